package domain

import (
	"fmt"
	"slices"
	"time"
)

// View is the ledger at one effective instant, as known at one sequence. What it gives is derived for that pair and for no
// other. A View stays right as acts are added after it was made, under the rules of concurrency of its [State].
type View struct {
	world
	state *State
	known uint64
	open  func(seal string) (text string, ok bool)
	notes memo
	room  struct {
		scopes [6]scopeMemo
		chains [6]chainMemo
	}
}

// View gives the ledger at an effective instant as known at a sequence; 0 stands for the newest. One beyond the newest is
// refused (INVALID).
func (s *State) View(at Instant, known uint64) (*View, error) {
	if known > s.committed {
		return nil, refuse(Invalid, "known", fmt.Sprintf("nothing is recorded as number %d; the newest is %d", known, s.committed), "")
	}
	if known == 0 {
		known = s.committed
	}
	v := &View{state: s, known: known}
	v.notes = memo{scopes: v.room.scopes[:0], chains: v.room.chains[:0]}
	v.world = world{r: v, at: at, fold: s.fold, memo: &v.notes}
	return v, nil
}

func (v *View) of(c *cell) any {
	if v.note != nil {
		v.note.read(c)
	}
	return c.line.at(v.at, v.known)
}

func (v *View) get(k cellKey) any {
	if c := v.fold.find(k); c != nil {
		return v.of(c)
	}
	if v.note != nil {
		v.note.missed(k)
	}
	return nil
}

func (v *View) drawn(on tallyKey, from, to Pos, but uint64) sum {
	return v.state.rulings.drawn(on, from, to, v.known, but)
}

// Reveal makes the view give personal texts, by what opens their seals; a seal that does not open is an erased text. A view
// that was not told gives them sealed.
func (v *View) Reveal(open func(seal string) (text string, ok bool)) { v.open = open }

func (v *View) text(t Text) Text {
	if t.Seal == "" || v.open == nil {
		return t
	}
	if plain, ok := v.open(t.Seal); ok {
		return Text{Plain: plain, Personal: true}
	}
	return Text{Erased: true, Personal: true}
}

// Another gives the same ledger at another instant, as known at another sequence: see [State.View].
func (v *View) Another(at Instant, known uint64) (*View, error) {
	w, err := v.state.View(at, known)
	if err == nil {
		w.open = v.open
	}
	return w, err
}

// Zone is the ledger's time zone.
func (v *View) Zone() *time.Location { return v.state.zone }

// Date gives the view's instant as people write it, in the ledger's time zone.
func (v *View) Date() string { return v.date() }

// At is the effective instant, Known the sequence up to which acts are known, and Recorded when that one was recorded.
func (v *View) At() Instant { return v.at }

// Known is the sequence up to which acts are known.
func (v *View) Known() uint64 { return v.known }

// Recorded is when the last act known was recorded; the zero time where none is.
func (v *View) Recorded() time.Time {
	if v.known == 0 {
		return time.Time{}
	}
	return v.state.recorded[v.known-1]
}

// ActID gives the id of an act.
func (v *View) ActID(seq uint64) string { return v.state.actIDs[seq-1] }

// canonical gives the id under which the state keeps a party, by any id it bore as far as known.
func (v *View) canonical(id string) string { return v.fold.canonAt(id, v.known) }

// ActIDs gives the ids of acts by their sequences and of the corrections by which they stand as they do, in recorded order
// and each once; zero stands for none.
func (v *View) ActIDs(seqs []uint64) []string {
	if len(v.state.amended) > 0 {
		seqs = v.withCorrections(seqs)
	}
	slices.Sort(seqs)
	seqs = slices.Compact(seqs)
	out := make([]string, 0, len(seqs))
	for _, n := range seqs {
		if n > 0 {
			out = append(out, v.state.actIDs[n-1])
		}
	}
	return out
}

// withCorrections adds the live corrections of acts.
func (v *View) withCorrections(seqs []uint64) []uint64 {
	for _, n := range seqs {
		if !v.state.amended[n] {
			continue
		}
		for _, r := range v.fold.entries[n-1].records {
			if r <= v.known && v.fold.entries[r-1].merged != nil && !v.state.dead(r, v.known) {
				seqs = append(seqs, r)
			}
		}
	}
	return seqs
}

// Governing gives the governing body's id; empty before there is one.
func (v *View) Governing(acts *[]uint64) string {
	g := v.governing()
	if g.body != "" {
		*acts = append(*acts, g.seq)
	}
	return g.body
}

// Scope is a scope that exists.
type Scope struct {
	ID     string
	Name   Text
	Kind   string
	Parent string // empty for the root
}

// Scope gives a scope, and false where it does not exist.
func (v *View) Scope(id string, acts *[]uint64) (Scope, bool) {
	if !v.scopeAlive(id) {
		return Scope{}, false
	}
	s := v.scope(id)
	*acts = append(*acts, s.seq, s.moved)
	out := Scope{ID: id, Parent: s.parent}
	if n := v.scopeName(id); n != nil {
		out.Name, out.Kind = v.text(n.name), n.kind
	}
	return out, true
}

// Parent gives the scope above one that exists, and empty for the root.
func (v *View) Parent(id string, acts *[]uint64) string {
	s := v.scope(id)
	if s == nil || s.parent == "" {
		return ""
	}
	if p := v.scope(s.parent); p != nil {
		*acts = append(*acts, p.seq, p.moved)
	}
	return s.parent
}

// Party is a party, role or body that the ledger knows.
type Party struct {
	Key        string // the id it is kept under, whatever it is called
	ID         string // the id it bears
	Name       Text
	Kind       string // person, team, organization, system, role; of a body: governing, committee, management, forum
	Answerable string // the id of who answers for a team, organization or system
	Ledger     string // the ledger of a party that keeps its own
	Exists     bool   // false for a role or body that is over or not yet begun; a person is known at every instant
	Away       bool   // of a person: they left
	registered *party // nil for a role or body
}

// Party gives a party, role or body by any id it bore; its Exists is false where it is not known.
func (v *View) Party(id string, acts *[]uint64) Party {
	k := v.canonical(id)
	out := Party{Key: k, ID: id}
	if r := v.role(k); r != nil {
		*acts = append(*acts, r.seq, r.named)
		out.ID, out.Name, out.Kind, out.Exists = r.id, v.text(r.name), "role", r.alive
	} else if p := v.party(k); p != nil {
		*acts = append(*acts, p.seq, p.named)
		out.registered = p
		out.ID, out.Name, out.Kind, out.Ledger, out.Exists = p.id, v.text(p.name), p.kind, p.ledger, true
		if p.answerable != "" {
			out.Answerable = v.nameOf(p.answerable)
		}
		if s := v.presence(k); s != nil {
			*acts = append(*acts, s.seq)
			out.Away = s.away
		}
	} else if b := v.body(k); b != nil {
		*acts = append(*acts, b.seq, b.changed)
		out.ID, out.Name, out.Kind, out.Exists = b.id, v.text(b.name), b.kind, b.alive
	}
	return out
}

// Occupant is who sits in a role or body, or answers for a team, organization or system.
type Occupant struct {
	Party        string // the id it bears
	Name         Text
	As           string // basis of a role, capacity of a body; "self" for a person, "answerable" for who answers
	Since        Instant
	Until        Instant // Forever where it has no term
	Covers       string
	CoveredBy    string
	AlternateFor string
	Act          uint64
}

// Occupants gives who sits in a role or body in the order of their seating; for a person, that person; for a team,
// organization or system, who answers for it. It is empty where nobody does.
func (v *View) Occupants(of *Party) []Occupant { return v.AppendOccupants(nil, of) }

// AppendOccupants is Occupants in room that is at hand.
func (v *View) AppendOccupants(out []Occupant, of *Party) []Occupant {
	k := of.Key
	if of.registered != nil {
		p := of.registered
		switch {
		case p.kind == "person" && !of.Away:
			return append(out, Occupant{Party: of.ID, Name: of.Name, As: "self", Since: Beginning, Until: Forever, Act: p.seq})
		case p.answerable != "" && v.exists(p.answerable):
			id, name := v.called(p.answerable)
			return append(out, Occupant{Party: id, Name: name, As: "answerable", Since: Beginning, Until: Forever, Act: p.seq})
		}
		return out
	}
	all := v.occupied(k)
	for i := range all {
		s := &all[i]
		out = append(out, Occupant{As: s.as, Since: s.from, Until: s.until, Act: s.seq})
		o := &out[len(out)-1]
		if p, _ := v.of(s.sitter).(*party); p != nil {
			o.Party, o.Name = p.id, v.text(p.name)
		} else {
			o.Party, o.Name = v.called(s.party)
		}
		if s.covers != "" {
			o.Covers = v.nameOf(s.covers)
		}
		if s.alternateFor != "" {
			o.AlternateFor = v.nameOf(s.alternateFor)
		}
		for c := range all {
			if all[c].covers == s.party && all[c].party != s.party {
				o.CoveredBy = v.nameOf(all[c].party)
			}
		}
	}
	return out
}

// called gives the id and the name that a party bears.
func (v *View) called(id string) (string, Text) {
	if p := v.party(id); p != nil {
		return p.id, v.text(p.name)
	}
	if r := v.role(id); r != nil {
		return r.id, v.text(r.name)
	}
	if b := v.body(id); b != nil {
		return b.id, v.text(b.name)
	}
	return id, Text{}
}

// Answerable gives the natural persons who answer where a party does, by the ids they bear, sorted.
func (v *View) Answerable(id string, acts *[]uint64) []string {
	return v.named(v.persons(nil, v.canonical(id), acts))
}

func (v *View) named(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = v.nameOf(id)
	}
	slices.Sort(out)
	return out
}

// Covers tells whether a scope is another or lies above it.
func (v *View) Covers(above, scope string) bool { return v.covers(above, scope) }

// RecordedAt is when an act that the view knows was recorded, UTC.
func (v *View) RecordedAt(seq uint64) time.Time { return v.state.recorded[seq-1] }
