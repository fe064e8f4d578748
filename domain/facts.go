package domain

import (
	"fmt"
	"sync"
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

// eachName calls visit with what a fact makes and names. The ids are good until it returns.
func eachName(fact []byte, kind *ActType, visit func(sp space, id []byte, made bool)) *Refusal {
	sc := scanner{b: fact}
	party := func(int) *Refusal {
		v, err := sc.str()
		visit(spaceParty, v, false)
		return err
	}
	skip := func() *Refusal {
		_, err := sc.value()
		return err
	}
	return sc.members(func(name []byte) *Refusal {
		switch string(name) {
		case "type":
			v, err := sc.str()
			if err == nil && string(v) != kind.Name {
				err = refuse(Invalid, "", fmt.Sprintf("it is a %s wrapped as a %s", v, kind.Name), "")
			}
			return err
		case "by":
			return party(0)
		case "through":
			return sc.items(party)
		case "resolution":
			return sc.members(func([]byte) *Refusal {
				if sc.peek() == '[' {
					return sc.items(party)
				}
				return skip()
			})
		case "data":
			return sc.members(func(name []byte) *Refusal {
				for _, n := range factNames[kind.Name] {
					if n.name == string(name) {
						v, err := sc.str()
						visit(n.space, v, n.made)
						return err
					}
				}
				return skip()
			})
		}
		return skip()
	})
}

// factIndex is which facts name a thing. Nothing that is judged or asked often needs it, so that it is made when it is
// first asked for, and brought up to date from there.
type factIndex struct {
	mu    sync.Mutex
	upTo  uint64 // all committed facts up to here are in
	named [spaces]map[string][]uint64
}

// factsNaming gives the facts that make or name a thing, in recorded order.
func (s *State) factsNaming(k thingKey) []uint64 {
	x := &s.factIndex
	x.mu.Lock()
	defer x.mu.Unlock()
	for ; x.upTo < s.committed; x.upTo++ {
		s.eachFactName(x.upTo+1, func(n thingKey) {
			m := &x.named[n.space]
			if *m == nil {
				*m = map[string][]uint64{}
			}
			if was := (*m)[n.id]; len(was) == 0 || was[len(was)-1] != x.upTo+1 {
				(*m)[n.id] = append(was, x.upTo+1)
			}
		})
	}
	out := x.named[k.space][k.id]
	for seq := s.committed + 1; seq <= uint64(len(s.fold.entries)); seq++ {
		s.eachFactName(seq, func(n thingKey) {
			if n == k {
				out = append(out[:len(out):len(out)], seq)
			}
		})
	}
	return out
}

func (s *State) eachFactName(seq uint64, visit func(thingKey)) {
	e := s.fold.entries[seq-1]
	if e.fact == nil {
		return
	}
	_ = eachName(e.fact, e.kind, func(sp space, id []byte, _ bool) { // it was read without fault when it was recorded
		k := thingKey{sp, string(id)}
		if sp == spaceParty {
			k.id = s.fold.canon(k.id)
		}
		visit(k)
	})
}
