package cli

import (
	"strings"

	"buckstop/domain"
	"buckstop/projections"
)

// names calls parties and scopes what they are called at a view's instant.
type names struct{ v *domain.View }

// person gives the name alone, the id where there is no name to show.
func (n names) person(id string) string {
	var acts []uint64
	return called(id, n.v.Party(id, &acts).Name)
}

func (n names) persons(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.person(id)
	}
	return out
}

// party gives the name and the id: Chief executive (ceo).
func (n names) party(id string) string {
	var acts []uint64
	return labelled(id, n.v.Party(id, &acts).Name)
}

func (n names) parties(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = n.party(id)
	}
	return out
}

// kind says what a party is: person, team, organization, system, role, or a body's kind.
func (n names) kind(id string) string {
	var acts []uint64
	return n.v.Party(id, &acts).Kind
}

func (n names) scope(id string) string {
	var acts []uint64
	s, ok := n.v.Scope(id, &acts)
	if !ok {
		return id
	}
	return called(id, s.Name)
}

func called(id string, name domain.Text) string {
	if name.Plain == "" {
		return id
	}
	return name.Plain
}

func labelled(id string, name domain.Text) string {
	switch shown := name.String(); {
	case name.IsZero() || shown == id:
		return id
	case strings.HasPrefix(shown, "("):
		return id + " " + shown
	default:
		return shown + " (" + id + ")"
	}
}

// seat says who sits where and how: Rhiannon Pugh (acting, covering for Leila Haddadian). What goes without saying is left
// out.
func (n names) seat(o projections.Occupant) string {
	var notes []string
	switch o.As {
	case "self", "answerable", "substantive", "member":
	default:
		notes = append(notes, o.As)
	}
	if o.Covers != "" {
		notes = append(notes, "covering for "+n.person(o.Covers))
	}
	if o.CoveredBy != "" {
		notes = append(notes, "away, covered by "+n.person(o.CoveredBy))
	}
	if o.AlternateFor != "" {
		notes = append(notes, "alternate for "+n.person(o.AlternateFor))
	}
	name := called(o.Party, o.Name.Text)
	if len(notes) == 0 {
		return name
	}
	return name + " (" + strings.Join(notes, ", ") + ")"
}

func (n names) seats(all []projections.Occupant) []string {
	out := make([]string, len(all))
	for i, o := range all {
		out[i] = n.seat(o)
	}
	return out
}
