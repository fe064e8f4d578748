package projections

import (
	"slices"
	"strings"

	"buckstop/domain"
)

// identity lists the acts that are about the party itself.
func (b *biography) identity() []Deed {
	out := []Deed{}
	for _, n := range b.naming(b.who.Key) {
		r, ok := b.v.Act(n)
		if !ok || r.Content == nil || r.Suppressed || !r.Content.Effective.At.Before(b.until) {
			continue
		}
		is := func(id string) bool { return id != "" && b.v.Party(id, new([]uint64)).Key == b.who.Key }
		_, succeeds := r.Content.Data.(*domain.GoverningBodySucceeded)
		switch {
		case is(subjectOf(r.Content.Data)):
			out = append(out, b.deed(r, ""))
		case succeeds && is(r.Content.By): // only the one that is succeeded may do it
			out = append(out, b.deed(r, "succeeded"))
		}
	}
	return inTime(out)
}

// subjectOf gives the party that an act registers, establishes, renames or ends.
func subjectOf(d domain.Data) string {
	switch d := d.(type) {
	case *domain.LedgerOpened:
		return d.GoverningBody.ID
	case *domain.PartyRegistered:
		return d.ID
	case *domain.PartyRenamed:
		return d.ID
	case *domain.PersonLeft:
		return d.Person
	case *domain.PersonReturned:
		return d.Person
	case *domain.PersonErased:
		return d.Person
	case *domain.BodyConstituted:
		return d.ID
	case *domain.BodyChanged:
		return d.ID
	case *domain.BodyDissolved:
		return d.ID
	case *domain.GoverningBodySucceeded:
		return d.ID
	case *domain.RoleEstablished:
		return d.ID
	case *domain.RoleAbolished:
		return d.ID
	default:
		return ""
	}
}

func inTime(out []Deed) []Deed {
	slices.SortStableFunc(out, func(x, y Deed) int { return x.Effective.Compare(y.Effective) })
	return out
}

func (b *biography) deed(r domain.Recorded, as string) Deed {
	a := r.Content
	out := Deed{Entry: entryOf(b.v, r), Through: emptyNotNil(a.Through), As: as}
	out.Scope, out.Detail = toldOf(a.Data)
	if a.Resolution != nil {
		out.Resolution = strings.TrimSpace(a.Resolution.Reference)
	}
	acts := append([]uint64{r.Seq}, r.Ratified...)
	b.acts = append(b.acts, acts...)
	out.Because = b.v.ActIDs(acts)
	return out
}

// toldOf gives the scope of an act and what it says at length beside its sentence.
func toldOf(d domain.Data) (scope string, detail *Text) {
	text := func(t domain.Text) *Text {
		if t.IsZero() {
			return nil
		}
		return &Text{t}
	}
	switch d := d.(type) {
	case *domain.DecisionTaken:
		return d.Scope, nil
	case *domain.ObjectiveSet:
		return d.Scope, nil
	case *domain.AssessmentCompleted:
		return d.Scope, text(d.Result)
	case *domain.MeasureReported:
		return d.Scope, nil
	case *domain.ReviewHeld:
		return d.Scope, text(d.Summary)
	case *domain.ConcernRaised:
		return d.Scope, nil
	case *domain.ConcernResolved:
		return d.Scope, text(d.Summary)
	case *domain.DirectionSet:
		return d.Scope, nil
	case *domain.PolicyAdopted:
		return d.Scope, nil
	case *domain.AppetiteSet:
		return d.Scope, text(d.Statement)
	case *domain.CriteriaSet:
		return d.Scope, text(d.Statement)
	case *domain.MatterReserved:
		return d.Scope, nil
	case *domain.AccountGiven:
		return "", text(d.Summary)
	case *domain.AccountReceived:
		return "", text(d.Actions)
	case *domain.StakeholdersInformed:
		return d.Scope, text(d.Summary)
	case *domain.AssuranceCommissioned:
		return d.Scope, nil
	case *domain.AssuranceReported:
		return "", text(d.Findings)
	case *domain.AssuranceReviewed:
		return "", text(d.Actions)
	default:
		return "", nil
	}
}

// deeds lists what the party decided, accounted for and assured, and adds to accounts and assurance what the other side did.
func (b *biography) deeds(s *Statement) {
	s.Decisions, s.Accounts, s.Assurance = []Deed{}, []Deed{}, []Deed{}
	var accounts, engagements []string
	for _, n := range b.doings() {
		r, ok := b.v.Act(n)
		if !ok || r.Content == nil || r.Suppressed {
			continue
		}
		at := r.Content.Effective.At
		if at.Before(b.from) || !at.Before(b.until) {
			continue
		}
		family := domain.TypeOf(r.Act.Type).Family
		if family != domain.Manage && family != domain.Direct && family != domain.Oversee && family != domain.Account {
			continue
		}
		as, did := b.part(r.Content)
		if !did {
			continue
		}
		switch family {
		case domain.Oversee:
			engagements = append(engagements, engagementOf(r.Content.Data))
		case domain.Account:
			if id := engagementOf(r.Content.Data); id != "" {
				accounts = append(accounts, id)
			} else {
				s.Accounts = append(s.Accounts, b.deed(r, as))
			}
		default:
			s.Decisions = append(s.Decisions, b.deed(r, as))
		}
	}
	s.Decisions = inTime(s.Decisions)
	s.Accounts = inTime(append(s.Accounts, b.exchanges(domain.Account, accounts)...))
	s.Assurance = b.exchanges(domain.Oversee, engagements)
}

// doings gives the acts that name the party or what it answered for.
func (b *biography) doings() []uint64 {
	var out []uint64
	for _, hat := range b.hats {
		out = append(out, b.naming(hat)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// engagementOf gives the id of the account or the assurance that an act belongs to.
func engagementOf(d domain.Data) string {
	switch d := d.(type) {
	case *domain.AccountGiven:
		return d.ID
	case *domain.AccountReceived:
		return d.ID
	case *domain.AssuranceCommissioned:
		return d.ID
	case *domain.AssuranceReported:
		return d.ID
	case *domain.AssuranceReviewed:
		return d.ID
	default:
		return ""
	}
}

// exchanges lists every act of accounts or assurance engagements by the end of the period, whoever did it.
func (b *biography) exchanges(family domain.Family, ids []string) []Deed {
	out := []Deed{}
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		for _, n := range b.naming(id) {
			r, ok := b.v.Act(n)
			if !ok || r.Content == nil || r.Suppressed || domain.TypeOf(r.Act.Type).Family != family ||
				engagementOf(r.Content.Data) != id || !r.Content.Effective.At.Before(b.until) {
				continue
			}
			as, did := b.part(r.Content)
			if !did {
				as = "the other side"
			}
			out = append(out, b.deed(r, as))
		}
	}
	return inTime(out)
}

// isBody tells whether a party of a kind acts by resolution.
func isBody(kind string) bool {
	return kind == "governing" || kind == "committee" || kind == "management" || kind == "forum"
}

// part tells what the party had to do with an act, and false where it had nothing. An act of a role counts for a person who
// alone sat there, or is named as having acted; an act of a body for a member who had a part in its resolution.
func (b *biography) part(a *domain.Act) (as string, did bool) {
	is := func(id string) bool { return id != "" && b.v.Party(id, new([]uint64)).Key == b.who.Key }
	if is(a.By) {
		return "", true
	}
	if slices.ContainsFunc(a.Through, is) {
		return "acted", true
	}
	if r := a.Resolution; r != nil {
		for _, list := range []struct {
			of []string
			as string
		}{{r.For, "voted for"}, {r.Against, "voted against"}, {r.Abstained, "abstained"}, {r.Recused, "recused"}, {r.Present, "present"}} {
			if slices.ContainsFunc(list.of, is) {
				return list.as, true
			}
		}
	}
	if d, ok := a.Data.(*domain.ObjectiveSet); ok && is(d.Responsible) {
		return "responsible", true
	}
	by := b.v.Party(a.By, new([]uint64))
	if isBody(by.Kind) || !slices.Contains(b.hats, by.Key) {
		return "", false
	}
	v := b.v.Spell(a.Effective.At).View
	if b.who.Kind == "person" {
		answers := v.Answerable(by.Key, new([]uint64))
		if len(answers) != 1 || len(a.Through) > 0 {
			return "", false
		}
	}
	if !b.answers(v, by.Key, new([]uint64)) {
		return "", false
	}
	if by.Kind == "role" {
		return "in office", true
	}
	return "answers for it", true
}
