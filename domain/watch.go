package domain

import (
	"container/heap"
	"slices"
	"sort"
	"strings"
)

// Watch follows the findings of a ledger as its record grows and as time goes by, on both clocks at once: at every moment it
// has those of one instant as known at one sequence. It looks again only at what an act or an instant can have changed.
//
// What it tells is a function of the acts and of the moments it is moved to: another watch, moved alike, tells the same. One
// goroutine may use a Watch, under the rules of concurrency of its [State] for those who read it.
type Watch struct {
	s       *State
	at      Instant
	known   uint64
	watched []*watched
	by      map[subject]int
	onCell  map[*cell][]int
	onKey   map[cellKey][]int
	due     dueSubjects
	touched int // so many of the fold's touches are looked at
	moved   int // and of the movements of rulings
	dirty   map[int]bool
}

// watched is one thing that findings are about, with what is found of it now.
type watched struct {
	subject
	reads dependencies
	next  Instant // when by time alone it is to be looked at again
	open  []Finding
}

// Change says that a finding appeared, or that it is no more or was cured.
type Change struct {
	Finding
	Appeared bool
	At       Instant // the instant at which it is so, as known
	Known    uint64
}

// Watch begins to watch at an instant as known at a sequence, which must be committed.
func (s *State) Watch(at Instant, known uint64) *Watch {
	w := &Watch{s: s, at: at, known: known, by: map[subject]int{}, onCell: map[*cell][]int{}, onKey: map[cellKey][]int{}, dirty: map[int]bool{}}
	r := s.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(known)
	w.touched = sort.Search(len(s.fold.touched), func(i int) bool { return s.fold.touched[i].seq > known })
	w.moved = sort.Search(len(r.moved), func(i int) bool { return r.moved[i].known > known })
	for _, sub := range r.subjects() {
		w.watch(sub)
	}
	for _, i := range r.suspect {
		w.watch(subject{kind: aboutRuling, n: uint64(i)})
	}
	w.look()
	return w
}

// Open gives the findings that there are now and are not cured.
func (w *Watch) Open() []Finding {
	var out []Finding
	for _, x := range w.watched {
		out = append(out, x.open...)
	}
	return out
}

// Known is the sequence up to which acts are known.
func (w *Watch) Known() uint64 { return w.known }

// Next gives the next instant after the present one at which findings may change by time alone; Forever where none is.
func (w *Watch) Next() Instant {
	for len(w.due) > 0 {
		d := w.due[0]
		if w.watched[d.i].next == d.at {
			return d.at
		}
		heap.Pop(&w.due) // it was looked at since
	}
	return Forever
}

// Until moves the watch to a later instant, knowing no more, and gives what changed on the way, each at its instant.
func (w *Watch) Until(at Instant) []Change {
	var out []Change
	for next := w.Next(); next != Forever && !at.Before(next); next = w.Next() {
		w.at = next
		for len(w.due) > 0 && !next.Before(w.due[0].at) {
			if d := heap.Pop(&w.due).(dueSubject); w.watched[d.i].next == d.at {
				w.dirty[d.i] = true
			}
		}
		out = append(out, w.lookLocked()...)
	}
	if w.at.Before(at) {
		w.at = at
	}
	return out
}

// Learn makes the next act known, at the present instant, and gives what changed by it. The act must be committed.
func (w *Watch) Learn() []Change {
	w.known++
	r, f := w.s.rulings, w.s.fold
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(w.known)
	for ; w.touched < len(f.touched) && f.touched[w.touched].seq <= w.known; w.touched++ {
		c := f.touched[w.touched].cell
		w.soil(w.onCell[c])
		key := f.keys[c]
		w.soil(w.onKey[key])
		switch key.kind {
		case cellDelegation:
			w.watch(subject{kind: aboutDelegation, id: key.id})
		case cellParameter:
			if key.space == spaceDirection || key.space == spacePolicy || key.space == spaceAppetite {
				w.watch(subject{kind: aboutParameter, in: key.space, id: key.id})
			}
		default:
		}
	}
	for ; w.moved < len(r.moved) && r.moved[w.moved].known <= w.known; w.moved++ {
		w.watch(subject{kind: aboutRuling, n: uint64(r.moved[w.moved].i)})
	}
	w.hear(w.known)
	return w.look()
}

// hear has what may depend on a fact or report looked at again, or on the ratification of one.
func (w *Watch) hear(n uint64) {
	s, r := w.s, w.s.rulings
	e := s.fold.entries[n-1]
	seq := n
	switch d := e.data().(type) {
	case *ActRatified:
		w.soil(w.onKey[keyOfAct(s.ids[d.Act])])
		return
	case *ActCorrected, *ActAnnulled:
		for s.fold.entries[seq-1].target != 0 {
			seq = s.fold.entries[seq-1].target
		}
		w.soil(w.onKey[keyOfAct(s.ratifiedBy(e))])
	default:
	}
	for _, m := range r.remarks.bySeq[seq] {
		w.soil(w.onKey[cellKey{kind: cellRemarks, id: m.act.Type}])
		for _, k := range aboutWhat(m.act) {
			w.soil(w.onKey[cellKey{cellRemarks, k.space, k.id}])
			switch k.space {
			case spaceScope:
				w.watch(subject{kind: aboutScope, id: k.id})
			case spaceAssurance:
				w.watch(subject{kind: aboutAssurance, id: k.id})
			default:
			}
		}
		if m.act.Type == "objective.set" {
			w.watch(subject{kind: aboutObjective, n: seq})
		}
	}
	for _, i := range r.rulingsOf(seq) {
		d := r.dockets[r.all[i].docket]
		switch d.kind {
		case ofDecisions:
			w.watch(subject{kind: aboutScope, id: d.scope})
		case ofMeasures:
			w.soil(w.onKey[keyOfMetric(d)])
		case ofGrant:
		}
	}
}

// ratifiedBy gives the act that an annulled ratification named, where that is what an act annuls; 0 else.
func (s *State) ratifiedBy(e *entry) uint64 {
	for e.target != 0 {
		e = s.fold.entries[e.target-1]
	}
	if d, ok := e.data().(*ActRatified); ok {
		return s.ids[d.Act]
	}
	return 0
}

// watch adds something to be watched, and in any case has it looked at.
func (w *Watch) watch(s subject) {
	i, ok := w.by[s]
	if !ok {
		i = len(w.watched)
		w.by[s] = i
		w.watched = append(w.watched, &watched{subject: s, next: Forever})
	}
	w.dirty[i] = true
}

func (w *Watch) soil(all []int) {
	for _, i := range all {
		w.dirty[i] = true
	}
}

func (w *Watch) lookLocked() []Change {
	w.s.rulings.mu.Lock()
	defer w.s.rulings.mu.Unlock()
	w.s.rulings.takeIn(w.known)
	return w.look()
}

// look looks at what is to be looked at, and gives what changed, in an order that does not depend on chance.
func (w *Watch) look() []Change {
	if len(w.dirty) == 0 {
		return nil
	}
	v := &View{state: w.s, known: w.known}
	v.world = world{at: w.at, fold: w.s.fold}
	x := examine(w.s.rulings, v)
	var out []Change
	for i := range w.dirty {
		t := w.watched[i]
		x.out = nil
		x.note.reset()
		x.subject(t.subject)
		t.reads.more(x.note, func(c *cell) { w.onCell[c] = append(w.onCell[c], i) }, func(k cellKey) { w.onKey[k] = append(w.onKey[k], i) })
		if _, t.next = x.note.span(w.at, w.known); t.next != Forever {
			heap.Push(&w.due, dueSubject{t.next, i})
		}
		var found []Finding
		for _, f := range x.out {
			if f.Cured == nil {
				found = append(found, f)
			}
		}
		out = append(out, w.compare(t.open, found, x.out)...)
		t.open = found
	}
	clear(w.dirty)
	slices.SortFunc(out, func(a, b Change) int { return strings.Compare(a.Key(), b.Key()) })
	return settled(out)
}

// settled leaves out what goes on: an act that is corrected is looked at as another, and may come to the same.
func settled(changes []Change) []Change {
	out := changes[:0]
	for _, c := range changes {
		if n := len(out); n > 0 && out[n-1].Key() == c.Key() && out[n-1].Appeared != c.Appeared {
			out = out[:n-1]
			continue
		}
		out = append(out, c)
	}
	return out
}

// compare gives what is found and was not, and what was and is no more: with how it was cured, where it was.
func (w *Watch) compare(was, is, all []Finding) (out []Change) {
	in := func(list []Finding, f *Finding) int {
		return slices.IndexFunc(list, func(o Finding) bool { return o.Key() == f.Key() })
	}
	for i := range is {
		if in(was, &is[i]) < 0 {
			out = append(out, Change{Finding: is[i], Appeared: true, At: w.at, Known: w.known})
		}
	}
	for i := range was {
		if in(is, &was[i]) >= 0 {
			continue
		}
		over := was[i]
		if k := in(all, &was[i]); k >= 0 {
			over = all[k]
		}
		out = append(out, Change{Finding: over, At: w.at, Known: w.known})
	}
	return out
}

// dueSubjects is what is to be looked at again, by instant.
type dueSubjects []dueSubject

type dueSubject struct {
	at Instant
	i  int
}

func (d dueSubjects) Len() int           { return len(d) }
func (d dueSubjects) Less(i, j int) bool { return d[i].at.Before(d[j].at) }
func (d dueSubjects) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *dueSubjects) Push(x any)        { *d = append(*d, x.(dueSubject)) }
func (d *dueSubjects) Pop() any {
	n := len(*d) - 1
	x := (*d)[n]
	*d = (*d)[:n]
	return x
}
