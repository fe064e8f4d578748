package domain

import (
	"cmp"
	"reflect"
	"slices"
)

// Replay is what a view knows, folded anew, so that it is at hand what each act did at its place.
type Replay struct {
	v    *View
	fold *fold
}

// Replay folds what the view knows anew. It takes as long as there are acts known.
func (v *View) Replay() *Replay {
	s := v.state
	f := &fold{entries: s.fold.entries, seq: v.known, root: s.fold.root, opener: s.fold.opener, zone: s.fold.zone,
		yearStart: s.fold.yearStart, aliases: s.fold.aliases}
	var places []Pos
	said := map[uint64]*Act{}
	for n := uint64(1); n <= v.known; n++ {
		if d := f.entries[n-1].data(); d == nil || changesNothing(d) {
			continue
		}
		if a := s.contentOf(n, v.known); a != nil {
			said[n] = a
			places = append(places, Pos{foldAt(a), n})
		}
	}
	slices.SortFunc(places, func(a, b Pos) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	for _, p := range places {
		m := &moment{fold: f, pos: p}
		applyAct(m, said[p.Seq])
		for _, w := range m.writes {
			w.cell.writes = append(w.cell.writes, write{p, w.value})
		}
	}
	return &Replay{v, f}
}

// Behind gives the acts by which what is found on a view came to be otherwise at an instant as the replayed view knows it, in
// recorded order, and tells whether a term that ended did.
//
// What differs of what is found is put down to what differs of what the ledger holds: to each trait of a thing without whose
// change it would not be so, or with whose change alone it would not have stayed so; and that to the acts that changed the
// trait for good, be it as they became known at the view's instant, or as they took effect between the two.
func (r *Replay) Behind(from *View, at Instant, find func(v *View) map[string]any) (acts []uint64, term bool) {
	c := &comparison{r: r, find: find}
	c.sides[0] = c.look(mixed{v: from, at: from.at, known: from.known})
	c.sides[1] = c.look(mixed{v: r.v, at: at, known: r.v.known})
	for _, side := range c.sides {
		for name, value := range side.found {
			if !reflect.DeepEqual(value, c.sides[0].found[name]) || !reflect.DeepEqual(value, c.sides[1].found[name]) {
				c.names = append(c.names, name)
			}
		}
	}
	if len(c.names) == 0 {
		return nil, false
	}
	acts = c.acts(false)
	term = c.term()
	if len(acts) == 0 && !term {
		acts = c.acts(true)
	}
	return acts, term
}

// comparison is of two sides, each the ledger at one instant as known at one sequence.
type comparison struct {
	r     *Replay
	find  func(v *View) map[string]any
	sides [2]*looked
	names []string // of what is found otherwise
}

type looked struct {
	mixed
	found map[string]any
	cells []*cell // that were read
}

func (c *comparison) look(m mixed) *looked {
	m.note = &tracker{}
	w := &View{state: m.v.state, known: m.known, open: m.v.open}
	w.world = world{r: &m, at: m.at, fold: m.v.fold, note: m.note}
	return &looked{mixed: m, found: c.find(w), cells: m.note.cells}
}

// alters tells whether a change to a side would alter what is found otherwise on the two.
func (c *comparison) alters(side *looked, m mixed) bool {
	found := c.look(m).found
	return slices.ContainsFunc(c.names, func(name string) bool { return !reflect.DeepEqual(found[name], side.found[name]) })
}

// term tells whether time alone would have altered the earlier side.
func (c *comparison) term() bool {
	first, last := c.sides[0], c.sides[1]
	if last.at.Before(first.at) {
		first, last = last, first
	}
	m := first.mixed
	m.at, m.then = last.at, &first.at
	return first.at != last.at && c.alters(first, m)
}

// acts gives the acts behind the traits that matter, or behind all.
func (c *comparison) acts(all bool) []uint64 {
	var out []uint64
	cells := slices.Clone(c.sides[0].cells)
	for _, x := range c.sides[1].cells {
		if !slices.Contains(cells, x) {
			cells = append(cells, x)
		}
	}
	for _, x := range cells {
		a, b := c.sides[0].value(x), c.sides[1].value(x)
		as, bs := traitsOf(a), traitsOf(b)
		for _, t := range differing(as, bs) {
			if all || c.matters(0, x, a, b, t) || c.matters(1, x, b, a, t) {
				out = append(out, c.changed(x, t)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// matters tells whether a side would be otherwise with the trait that the other side has.
func (c *comparison) matters(side int, x *cell, value, other any, trait string) bool {
	s := c.sides[side]
	m := s.mixed
	m.cell, m.is = x, c.mix(x, value, other, trait)
	return slices.Contains(s.cells, x) && c.alters(s, m)
}

// changed gives the acts that changed a trait of a cell for good.
func (c *comparison) changed(x *cell, trait string) []uint64 {
	from, to := &c.sides[0].mixed, &c.sides[1].mixed
	learnt := []turn{{0, x.line.at(from.at, min(from.known, to.known))}}
	for _, f := range x.line.facts {
		if f.seq > min(from.known, to.known) && f.seq <= max(from.known, to.known) && !from.at.Before(f.from) && from.at.Before(f.until) {
			learnt = append(learnt, turn{f.seq, f.value})
		}
	}
	if to.known < from.known {
		learnt = reversed(learnt)
	}
	first, last := from.at, to.at
	if last.Before(first) {
		first, last = last, first
	}
	passed := []turn{{0, x.line.at(first, to.known)}}
	if again := c.r.fold.find(c.r.v.fold.keys[x]); again != nil {
		for _, w := range again.writes {
			if first.Before(w.pos.At) && !last.Before(w.pos.At) {
				passed = append(passed, turn{w.pos.Seq, w.value})
			}
		}
	}
	if to.at.Before(from.at) {
		passed = reversed(passed)
	}
	acts := forGood(append(learnt, passed...), trait)
	if n := len(acts); n > 1 && c.r.v.fold.keys[x].kind == cellDelegation && trait != "" { // what set a term before has no part in it
		return acts[n-1:]
	}
	return acts
}

// turn is a value that a cell came to have, and the act that gave it.
type turn struct {
	act   uint64
	value any
}

// reversed is a way gone from its end to its beginning.
func reversed(way []turn) []turn {
	var out []turn
	act := uint64(0)
	for _, t := range slices.Backward(way) {
		out = append(out, turn{act, t.value})
		act = t.act
	}
	return out
}

// forGood gives the acts by which a trait came from its first value to its last, without those from which it came back.
func forGood(way []turn, trait string) []uint64 {
	var values []any
	var acts []uint64
	for _, t := range way {
		value := traitsOf(t.value)[trait]
		if k := slices.IndexFunc(values, func(v any) bool { return reflect.DeepEqual(v, value) }); k >= 0 {
			values, acts = values[:k+1], acts[:k+1]
			continue
		}
		values, acts = append(values, value), append(acts, t.act)
	}
	return slices.DeleteFunc(acts[1:], func(n uint64) bool { return n == 0 })
}

// mixed reads the ledger at an instant as known at a sequence, but for one cell that has another value.
type mixed struct {
	v     *View
	at    Instant
	then  *Instant // where cells are read at another instant than the ledger is asked at
	known uint64
	cell  *cell
	is    any
	note  *tracker
}

func (m *mixed) get(k cellKey) any {
	if c := m.v.fold.find(k); c != nil {
		return m.of(c)
	}
	return nil
}

func (m *mixed) of(c *cell) any {
	m.note.read(c)
	value := m.value(c)
	if all, ok := value.(seats); ok { // so that who sits there is asked of this reader too
		all = slices.Clone(all)
		for i := range all {
			all[i].sitter = &cell{}
		}
		return all
	}
	return value
}

func (m *mixed) value(c *cell) any {
	switch {
	case c == m.cell:
		return m.is
	case m.then != nil:
		return c.line.at(*m.then, m.known)
	}
	return c.line.at(m.at, m.known)
}

func (m *mixed) drawn(on tallyKey, from, to Pos, but uint64) sum {
	return m.v.state.rulings.drawn(on, from, to, m.known, but)
}
