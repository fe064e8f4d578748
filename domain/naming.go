package domain

import (
	"slices"
)

type thingKey struct {
	space space
	id    string
}

// index notes what an act names and makes.
func (s *State) index(a *Act, m *mark) {
	if a.corrects() { // what it says may have been read after it was settled
		a.names = a.names[:0]
		a.eachField(func(_ *walker, fd *field) error {
			switch {
			case fd.kind == isID && fd.space != none:
				a.names = append(a.names, naming{fd.str(), fd.space, !fd.names})
			case fd.kind == isIDs && fd.space != none:
				for i := range *fd.strs() {
					a.names = append(a.names, naming{&(*fd.strs())[i], fd.space, false})
				}
			}
			return nil
		})
	}
	fact := TypeOf(a.Type).loose()
	for _, n := range a.names {
		if fact {
			if n.made {
				s.make(thingKey{n.space, *n.id}, m)
			}
			continue
		}
		*n.id = s.words.same(*n.id)
		s.note(thingKey{n.space, *n.id}, n.made, s.fold.seq, m)
	}
	a.names = nil
}

// naming is one thing that an act makes or names.
type naming struct {
	id    *string
	space space
	made  bool
}

// thingIndex is which acts speak of a thing.
type thingIndex struct {
	made  uint64   // the first act that made it; 0 while none has
	named []uint64 // the acts that make or name it, in recorded order
}

func (s *State) thing(k thingKey) *thingIndex {
	m := &s.things[k.space]
	t := (*m)[k.id]
	if t == nil {
		if *m == nil {
			*m = map[string]*thingIndex{}
		}
		t = &thingIndex{}
		(*m)[k.id] = t
	}
	return t
}

// madeBy gives the first act that made a thing, and 0 where none did; namedBy the acts that make or name it.
func (s *State) madeBy(sp space, id string) uint64 {
	if t := s.things[sp][id]; t != nil {
		return t.made
	}
	return 0
}

func (s *State) namedBy(k thingKey) []uint64 {
	out := s.factsNaming(k)
	if t := s.things[k.space][k.id]; t != nil && len(t.named) > 0 {
		if len(out) == 0 {
			return t.named
		}
		out = append(out[:len(out):len(out)], t.named...)
		slices.Sort(out)
	}
	return out
}

// make notes the first act that makes a thing.
func (s *State) make(k thingKey, m *mark) {
	if t := s.thing(k); t.made == 0 {
		t.made = s.fold.seq
		m.made = append(m.made, t)
	}
}

func (s *State) note(k thingKey, made bool, seq uint64, m *mark) {
	t := s.thing(k)
	if k.space == spaceParty {
		if id := s.fold.canon(k.id); id != k.id {
			if made && t.made == 0 {
				t.made = seq
				m.made = append(m.made, t)
			}
			t, made = s.thing(thingKey{spaceParty, id}), false
		}
	}
	t.note(made, seq, m)
}

func (t *thingIndex) note(made bool, seq uint64, m *mark) {
	if made && t.made == 0 {
		t.made = seq
		m.made = append(m.made, t)
	}
	if n := len(t.named); n == 0 || t.named[n-1] != seq {
		t.named = append(t.named, seq)
		m.named = append(m.named, t)
	}
}
