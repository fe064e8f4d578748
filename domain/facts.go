package domain

import (
	"bytes"
	"fmt"
)

// said gives what an act said as it was recorded.
func (s *State) said(seq uint64) *Act {
	e := s.fold.entries[seq-1]
	if e.act != nil {
		return e.act
	}
	a, bad := decodeAct(e.fact, nil, true)
	if bad != nil {
		panic("domain: act " + e.id + " was read once and cannot be read again: " + bad.Error())
	}
	a.ID = e.id
	a.markDates(e.dates)
	if err := a.settle(s.zone, false); err != nil {
		panic("domain: act " + e.id + " was read once and cannot be read again: " + err.Error())
	}
	return a
}

// stands gives what an act says as it stands, as newest known, and nil where it is annulled.
func (s *State) stands(seq uint64) *Act {
	e := s.fold.entries[seq-1]
	if e.content != nil || e.fact == nil || e.gone {
		return e.content
	}
	return s.said(seq)
}

// data gives what an act said, but nil for a fact kept as JSON: of that nothing begins, ends or changes.
func (e *entry) data() Data {
	if e.act == nil {
		return nil
	}
	return e.act.Data
}

// loose tells whether of acts of a type the JSON is kept alone.
func (t *ActType) loose() bool { return looseTypes[t.Name] }

var looseTypes = func() map[string]bool {
	m := map[string]bool{}
	for i := range registry {
		d := registry[i].data()
		if _, erases := d.(*PersonErased); changesNothing(d) && registry[i].Family != Record && !erases {
			m[registry[i].Name] = true
		}
	}
	return m
}()

// factNames says, for a type whose acts are kept as JSON, which members of its data make or name something.
type factName struct {
	name  string
	space space
	made  bool
}

var factNames = func() map[string][]factName {
	m := map[string][]factName{}
	for i := range registry {
		if !registry[i].loose() {
			continue
		}
		var f form
		registry[i].data().declare(&f)
		var names []factName
		for _, fd := range f.fields {
			if fd.kind == isID && fd.space != none {
				names = append(names, factName{fd.name, fd.space, !fd.names})
			}
		}
		m[registry[i].Name] = names
	}
	return m
}()

// takeFact records a fact from its stored form, reading of it no more than what it makes and names.
func (s *State) takeFact(e *Envelope, kind *ActType, leaf [32]byte) error {
	sc := scanner{b: e.Act}
	x := &entry{id: e.ID, kind: kind, fact: bytes.Clone(e.Act), dates: s.words.same(e.Dates), by: s.words.same(e.RecordedBy)}
	m := s.enter(x, e.Recorded, leaf)
	bad := sc.members(func(name []byte) *Refusal {
		switch string(name) {
		case "type":
			v, err := sc.str()
			if err == nil && string(v) != kind.Name {
				err = refuse(Invalid, "", fmt.Sprintf("it is a %s wrapped as a %s", v, kind.Name), "")
			}
			return err
		case "by":
			v, err := sc.str()
			s.noteWord(spaceParty, v, false, m)
			return err
		case "through":
			return sc.items(func(int) *Refusal { return s.noteItem(&sc, m) })
		case "resolution":
			return sc.members(func([]byte) *Refusal {
				if sc.peek() == '[' {
					return sc.items(func(int) *Refusal { return s.noteItem(&sc, m) })
				}
				_, err := sc.value()
				return err
			})
		case "data":
			return sc.members(func(name []byte) *Refusal {
				for _, n := range factNames[kind.Name] {
					if n.name == string(name) {
						v, err := sc.str()
						s.noteWord(n.space, v, n.made, m)
						return err
					}
				}
				_, err := sc.value()
				return err
			})
		}
		_, err := sc.value()
		return err
	})
	if bad != nil {
		s.Rollback(s.fold.seq)
		return bad
	}
	return nil
}

func (s *State) noteItem(sc *scanner, m *mark) *Refusal {
	v, err := sc.str()
	s.noteWord(spaceParty, v, false, m)
	return err
}

// noteWord is note for an id as it stands in JSON; one that is known already is not copied.
func (s *State) noteWord(sp space, id []byte, made bool, m *mark) {
	if len(id) == 0 {
		return
	}
	if t := s.things[sp][string(id)]; t != nil && (sp != spaceParty || len(s.fold.aliases) == 0) {
		t.note(made, s.fold.seq, m)
		return
	}
	s.note(thingKey{sp, s.words.intern(id)}, made, s.fold.seq, m)
}
