package domain

import (
	"reflect"
	"slices"
	"time"
)

// Recorded is one act as the record holds it, and what it says as known.
type Recorded struct {
	Seq        uint64
	ID         string
	At         time.Time // when it was recorded, UTC
	By         string    // the principal that recorded it
	Act        *Act      // as recorded
	Content    *Act      // as it stands: with its newest live correction; nil where it is annulled
	Corrected  []uint64  // the live corrections of it, in recorded order
	Annulled   uint64    // the live annulment of it; 0 where there is none
	Ratified   []uint64  // the live ratifications of it
	Attested   []uint64  // the live attestations of it
	Suppressed bool      // it has no effect, since what it is about is missing or had ended at its effective instant
}

// Act gives a recorded act by its sequence, as the view knows it. Personal texts are revealed as the view was told to.
func (v *View) Act(seq uint64) (Recorded, bool) {
	if seq == 0 || seq > v.known {
		return Recorded{}, false
	}
	s, e := v.state, v.fold.entries[seq-1]
	out := Recorded{Seq: seq, ID: e.id, At: s.recorded[seq-1], By: e.by, Act: v.revealed(s.said(seq))}
	if c := s.contentOf(seq, v.known); c != nil && s.asRecorded(seq, c) {
		out.Content = out.Act
	} else if c != nil {
		out.Content = v.revealed(c)
	}
	for _, r := range e.records {
		if r > v.known || s.dead(r, v.known) {
			continue
		}
		switch v.fold.entries[r-1].act.Data.(type) {
		case *ActCorrected:
			out.Corrected = append(out.Corrected, r)
		case *ActAnnulled:
			out.Annulled = r
		case *ActRatified:
			out.Ratified = append(out.Ratified, r)
		case *ActAttested:
			out.Attested = append(out.Attested, r)
		default:
		}
	}
	out.Suppressed = v.known == s.committed && e.act != nil && e.content != nil && s.hasNoEffect(e)
	return out, true
}

// hasNoEffect tells whether an act that writes to the state wrote nothing at its place.
func (s *State) hasNoEffect(e *entry) bool {
	return len(e.writes) == 0 && !changesNothing(e.content.Data)
}

// revealed gives the act with its personal texts as the view gives them.
func (v *View) revealed(a *Act) *Act {
	sealed := false
	a.eachField(func(_ *walker, fd *field) error {
		sealed = sealed || fd.kind == isText && fd.text().Seal != ""
		return nil
	})
	if !sealed || v.open == nil {
		return a
	}
	n := a.clone()
	n.eachField(func(_ *walker, fd *field) error {
		if fd.kind == isText {
			*fd.text() = v.text(*fd.text())
		}
		return nil
	})
	return n
}

// clone copies an act, sharing nothing that a reader could change.
func (a *Act) clone() *Act {
	n, bad := decodeAct(a.Encode(), nil, true)
	if bad != nil {
		return a
	}
	n.ID = a.ID
	if c, ok := n.Data.(*ActCorrected); ok {
		is := a.Data.(*ActCorrected)
		for i := range registry {
			if d := registry[i].data(); is.Content != nil && reflect.TypeOf(d) == reflect.TypeOf(is.Content) {
				if decodeData(d, c.given, nil, true) == nil {
					c.Content = d
				}
			}
		}
	}
	n.markDates(a.Dates())
	_ = n.settle(time.UTC, false)
	return n
}

// Naming gives the sequences of the acts that make or name something with an id: a scope, a party, a delegation, an act or
// whatever else, in recorded order.
func (v *View) Naming(id string) []uint64 {
	var out []uint64
	for sp := spaceParty; sp <= spaceAct; sp++ {
		k := thingKey{sp, id}
		if sp == spaceParty {
			k.id = v.canonical(id)
		}
		for _, n := range v.state.namedBy(k) {
			if n <= v.known {
				out = append(out, n)
			}
		}
	}
	if n := v.state.ids[id]; n != 0 && n <= v.known {
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Scopes gives the ids of the scopes that exist, sorted.
func (v *View) Scopes() []string {
	out := []string{}
	if v.scopeAlive(v.fold.root) {
		out = append(out, v.fold.root)
	}
	for id := range v.state.things[spaceScope] {
		if id != v.fold.root && v.scopeAlive(id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Posts gives the ids that the roles and bodies that exist bear, sorted.
func (v *View) Posts() []string {
	out := []string{}
	for id := range v.state.things[spaceParty] {
		r, b := v.role(id), v.body(id)
		if r != nil && r.alive || b != nil && b.alive {
			out = append(out, v.nameOf(id))
		}
	}
	slices.Sort(out)
	return out
}

// SeqOf gives the sequence of the act with an id, and 0 where none is known.
func (v *View) SeqOf(id string) uint64 {
	if n := v.state.ids[id]; n <= v.known {
		return n
	}
	return 0
}
