package domain

import (
	"container/heap"
	"reflect"
	"sort"
	"time"
)

// entry is what the state keeps of one recorded act.
//
// Most acts of a ledger are facts, on which nothing else rests. Of those it keeps the act's JSON alone, and reads it when
// it is asked for; act is nil then, and so is content, unless the fact was corrected.
type entry struct {
	id      string
	kind    *ActType
	act     *Act // as recorded
	content *Act // as it stands: act, or with its newest live correction; nil while the act is annulled
	fact    []byte
	dates   string // of a fact: see Act.Dates
	gone    bool   // a fact that is annulled
	pos     Pos    // where content applies
	reads   []*cell
	writes  []cellWrite
	records []uint64 // the acts on the record that name it, in recorded order
	target  uint64   // of an act on the record: the sequence it names
	merged  *Act     // of a correction: what its target says by it
	by      string   // the principal that recorded it
}

type cellWrite struct {
	cell  *cell
	value any
}

// fold keeps the cells as the fold of DOMAIN, section 2, leaves them, for the newest known sequence; and in each cell's
// timeline, for every sequence before it. Recording an act applies it at its place and then again, in order of their
// places, those later acts alone whose effect depends on a cell that thereby changed. That gives what folding everything
// anew would give, since an act's effect depends on nothing but the cells it reads, and those on the acts before it.
type fold struct {
	keys      map[*cell]cellKey // of the cells: they do not hold their own, so as to stay as small as questions want them
	cells     [cellKinds * int(spaces)]map[string]*cell
	entries   []*entry // entries[i] is of sequence i+1
	seq       uint64   // the act being recorded
	work      due
	queued    map[Pos]bool
	journal   []change // of the act being recorded, to take it back
	final     bool     // what is recorded now is not taken back: nothing is noted for that
	moment    moment   // of the act being applied
	touched   []touch  // in recorded order
	root      string   // the id of the root scope
	opener    string   // the principal that opened the ledger
	zone      *time.Location
	yearStart string // MM-DD, of the ledger's own year
	aliases   map[string][]alias
}

// alias is an id that a party came to bear, by which it is accepted at every instant.
type alias struct {
	of  string // empty from where the renaming is annulled
	seq uint64
}

// touch says that by an act something else became known of a cell.
type touch struct {
	seq  uint64
	cell *cell
}

// canon gives the id under which the state keeps a party.
func (f *fold) canon(id string) string { return f.canonAt(id, f.seq) }

func (f *fold) canonAt(id string, known uint64) string {
	as := f.aliases[id]
	for i := len(as) - 1; i >= 0; i-- {
		if as[i].seq <= known {
			if as[i].of == "" {
				return id
			}
			return as[i].of
		}
	}
	return id
}

// change is one step of the fold that can be taken back.
type change struct {
	cell   *cell
	what   changeKind
	index  int
	value  any
	pos    Pos
	entry  *entry
	before entry
}

type changeKind uint8

const (
	factAdded changeKind = iota
	writeAdded
	writeChanged
	writeRemoved
	readerAdded
	readerRemoved
	entryChanged
)

func newFold() *fold {
	return &fold{zone: time.UTC, yearStart: "01-01", queued: map[Pos]bool{}, aliases: map[string][]alias{}}
}

// find gives the cell of a key, and nil where nothing was ever written to it or asked of it.
func (f *fold) find(k cellKey) *cell { return f.cells[int(k.kind)*int(spaces)+int(k.space)][k.id] }

func (f *fold) cell(k cellKey) *cell {
	c := f.find(k)
	if c == nil {
		c = &cell{}
		if f.keys == nil {
			f.keys = map[*cell]cellKey{}
		}
		f.keys[c] = k
		m := &f.cells[int(k.kind)*int(spaces)+int(k.space)]
		if *m == nil {
			*m = map[string]*cell{}
		}
		(*m)[k.id] = c
	}
	return c
}

// place puts an act's content where it applies, or takes it away (nil), and applies again what depends on it.
func (f *fold) place(seq uint64, content *Act) {
	e := f.entries[seq-1]
	f.changeEntry(e)
	for _, w := range e.writes {
		f.unwrite(w.cell, e.pos)
	}
	f.unread(e)
	e.writes, e.reads, e.content = nil, nil, content
	if content != nil {
		e.pos = Pos{At: foldAt(content), Seq: seq}
		f.push(e.pos)
	}
	f.run()
}

func (f *fold) push(p Pos) {
	if !f.queued[p] {
		f.queued[p] = true
		heap.Push(&f.work, p)
	}
}

func (f *fold) run() {
	for len(f.work) > 0 {
		p := heap.Pop(&f.work).(Pos)
		delete(f.queued, p)
		if e := f.entries[p.Seq-1]; e.content != nil && e.pos == p {
			f.apply(e)
		}
	}
}

// apply works out what an act does at its place, and where that differs from what it did, what follows.
func (f *fold) apply(e *entry) {
	w := &f.moment
	w.fold, w.pos, w.tracked, w.writes = f, e.pos, w.tracked[:0], nil
	applyAct(w, e.content)
	f.changeEntry(e)
	f.unread(e)
	e.reads = append([]*cell(nil), w.tracked...)
	f.read(e)
	old := e.writes
	e.writes = w.writes
	for _, o := range old {
		if !wrote(w.writes, o.cell) {
			f.unwrite(o.cell, e.pos)
		}
	}
	for _, n := range w.writes {
		f.write(n.cell, e.pos, n.value)
	}
}

func wrote(ws []cellWrite, c *cell) bool {
	for i := range ws {
		if ws[i].cell == c {
			return true
		}
	}
	return false
}

func (f *fold) write(c *cell, p Pos, v any) {
	i := c.search(p)
	if i < len(c.writes) && c.writes[i].pos == p {
		if reflect.DeepEqual(c.writes[i].value, v) {
			return
		}
		f.log(change{cell: c, what: writeChanged, index: i, value: c.writes[i].value})
		c.writes[i].value = v
	} else {
		f.log(change{cell: c, what: writeAdded, index: i})
		c.writes = append(c.writes, write{})
		copy(c.writes[i+1:], c.writes[i:])
		c.writes[i] = write{p, v}
	}
	f.spread(c, p, v)
}

func (f *fold) unwrite(c *cell, p Pos) {
	i := c.search(p)
	f.log(change{cell: c, what: writeRemoved, index: i, value: c.writes[i].value, pos: p})
	c.writes = append(c.writes[:i], c.writes[i+1:]...)
	var v any
	if i > 0 {
		v = c.writes[i-1].value
	}
	f.spread(c, p, v)
}

// spread makes known that a cell has a value from a place on, and has the acts that read it there apply again.
func (f *fold) spread(c *cell, p Pos, v any) {
	next := c.next(p)
	if p.At.Before(next.At) {
		f.log(change{cell: c, what: factAdded})
		c.line.add(fact{from: p.At, until: next.At, value: v, seq: f.seq})
		f.touched = append(f.touched, touch{f.seq, c})
	}
	for i := f.reader(c, p); i < len(c.readers); i++ {
		q := f.entries[c.readers[i]-1].pos
		if next.Before(q) {
			break
		}
		if p.Before(q) {
			f.push(q)
		}
	}
}

// reader gives the index of the first reader of c at or after p.
func (f *fold) reader(c *cell, p Pos) int {
	n := len(c.readers)
	if n == 0 || f.entries[c.readers[n-1]-1].pos.Before(p) {
		return n
	}
	return sort.Search(n, func(i int) bool { return !f.entries[c.readers[i]-1].pos.Before(p) })
}

func (f *fold) read(e *entry) {
	for _, c := range e.reads {
		i := f.reader(c, e.pos)
		f.log(change{cell: c, what: readerAdded, index: i})
		c.readers = append(c.readers, 0)
		copy(c.readers[i+1:], c.readers[i:])
		c.readers[i] = e.pos.Seq
	}
}

func (f *fold) unread(e *entry) {
	for _, c := range e.reads {
		i := f.reader(c, e.pos)
		f.log(change{cell: c, what: readerRemoved, index: i, pos: e.pos})
		c.readers = append(c.readers[:i], c.readers[i+1:]...)
	}
}

func (f *fold) changeEntry(e *entry) {
	if !f.final {
		f.journal = append(f.journal, change{what: entryChanged, entry: e, before: *e})
	}
}

func (f *fold) log(c change) {
	if !f.final {
		f.journal = append(f.journal, c)
	}
}

// rollback takes back everything since the journal had length n.
func (f *fold) rollback(n int) {
	for i := len(f.journal) - 1; i >= n; i-- {
		ch := &f.journal[i]
		c := ch.cell
		switch ch.what {
		case factAdded:
			c.line.undo()
			f.touched = f.touched[:len(f.touched)-1]
		case writeAdded:
			c.writes = append(c.writes[:ch.index], c.writes[ch.index+1:]...)
		case writeChanged:
			c.writes[ch.index].value = ch.value
		case writeRemoved:
			c.writes = append(c.writes, write{})
			copy(c.writes[ch.index+1:], c.writes[ch.index:])
			c.writes[ch.index] = write{ch.pos, ch.value}
		case readerAdded:
			c.readers = append(c.readers[:ch.index], c.readers[ch.index+1:]...)
		case readerRemoved:
			c.readers = append(c.readers, 0)
			copy(c.readers[ch.index+1:], c.readers[ch.index:])
			c.readers[ch.index] = ch.pos.Seq
		case entryChanged:
			*ch.entry = ch.before
		}
	}
	f.journal = f.journal[:n]
}

// foldAt is the instant at which an act applies: what registers a party or names a power is known at every instant.
func foldAt(a *Act) Instant {
	switch a.Data.(type) {
	case *PartyRegistered, *PowerDefined:
		return Beginning
	default:
		return a.Effective.At
	}
}

// moment is the fold just before a place, as an act that is applied there finds it. It notes what is read.
type moment struct {
	fold    *fold
	pos     Pos
	tracked []*cell
	writes  []cellWrite
}

// get gives what the act itself has set, and else what stands just before it.
func (m *moment) get(k cellKey) any { return m.of(m.fold.cell(k)) }

func (m *moment) of(c *cell) any {
	m.track(c)
	for i := range m.writes {
		if m.writes[i].cell == c {
			return m.writes[i].value
		}
	}
	return c.before(m.pos)
}

func (m *moment) track(c *cell) {
	for _, t := range m.tracked {
		if t == c {
			return
		}
	}
	m.tracked = append(m.tracked, c)
}

func (m *moment) set(k cellKey, v any) {
	c := m.fold.cell(k)
	for i := range m.writes {
		if m.writes[i].cell == c {
			m.writes[i].value = v
			return
		}
	}
	m.writes = append(m.writes, cellWrite{c, v})
}

// drawn is never asked: what an act does to the state does not depend on what was drawn.
func (m *moment) drawn(tallyKey, Pos, Pos, uint64) sum { return sum{} }
