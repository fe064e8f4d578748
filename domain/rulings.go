package domain

import (
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Whether an authority in force covered a decision depends on the acts known, and changes as more are: a revocation
// recorded late takes the ground from under decisions taken meanwhile. So does whether a measure is past what the appetite
// of its day allows, and whether a delegation stood on anything when it was granted.
//
// rulings hold, for each of these acts, what is so as known at every sequence. They take the record in, act by act, and
// look again only at those acts whose outcome can have changed: like acts are filed in one docket, which notes the cells
// that its outcome was read from. Nothing is folded anew.
//
// They are made when they are first asked for, and brought up to date from there. Their methods are safe for concurrent
// use under the rules of their State.
type rulings struct {
	mu      sync.Mutex
	s       *State
	upTo    uint64 // all acts up to here are taken in
	touched int    // so many of the fold's touches are
	view    View   // as which outcomes are read
	note    tracker
	dockets []*docket
	grants  []string // the delegations ever granted, in recorded order
	byKey   map[string]int32
	onCell  map[*cell][]int32   // the dockets whose outcome was read from a cell
	onKey   map[cellKey][]int32 // and from cells that did not exist
	all     []ruling
	first   []int32             // by sequence: its first ruling, counted from 1; 0 where it has none
	further map[uint64][]int32  // of acts that were restated: the rulings after the first
	changes map[int32][]outcome // of rulings that changed
	suspect []int32             // those that were ever other than in order
	moved   []movement          // in recorded order: suspects that came to be, changed or ended
	again   dueRulings          // to be looked at again
	queued  map[int32]bool
	tallies map[tallyKey]*account
	drew    map[int32][]drawing
	remarks remarks
}

// ruling is one act on the docket, with one content, as known from one sequence until another.
type ruling struct {
	place       Pos
	from, until uint64 // until is 0 while it stands
	docket      int32
	outcome     verdict // as first known
	suspect     bool
}

// verdict says what is so of an act.
type verdict uint8

const (
	uncovered      verdict = 1 << iota // a decision without authority, a delegation without support
	unanswered                         // a decision of a system for which nobody answered
	pastAmber                          // a measure
	pastRed                            // a measure
	undefinedPower                     // a decision under a power that was not defined when it was recorded
)

// movement says that by an act something else is known of a ruling.
type movement struct {
	known uint64
	i     int32
}

type outcome struct {
	known   uint64
	verdict verdict
}

// docket files like acts: decisions of one party for one power over one scope, measures of one metric, one grant.
type docket struct {
	kind        docketKind
	decision    decision // of decisions: what they have in common
	scope       string
	metric      string
	unit        string
	grant       string
	rulings     []int32 // by place; those that stand
	history     []int32 // of measures: all there ever were, by place
	from, until Instant // where what was read last holds
	read        bool
	ways        []route
	silent      bool // nobody answers for the system that decides
	thresholds  []Measure
	unsupported bool
	reads       dependencies
}

// dependencies are the cells that an outcome was ever read from.
type dependencies struct {
	cells  []*cell
	absent []cellKey
	have   map[*cell]bool
	lack   map[cellKey]bool
}

// more adds what an evaluation read, and calls with what is new.
func (d *dependencies) more(t *tracker, cell func(*cell), absent func(cellKey)) {
	for _, c := range t.cells {
		if !noted(&d.have, d.cells, c) {
			d.cells = append(d.cells, c)
			cell(c)
		}
	}
	for _, k := range t.absent {
		if !noted(&d.lack, d.absent, k) {
			d.absent = append(d.absent, k)
			absent(k)
		}
	}
}

type docketKind uint8

const (
	ofDecisions docketKind = iota
	ofMeasures
	ofGrant
)

func newRulings(s *State) *rulings {
	r := &rulings{s: s}
	r.reset()
	return r
}

// reset forgets everything: it is taken in anew when it is next asked for.
func (r *rulings) reset() {
	*r = rulings{s: r.s, byKey: map[string]int32{}, onCell: map[*cell][]int32{}, onKey: map[cellKey][]int32{},
		further: map[uint64][]int32{}, changes: map[int32][]outcome{}, queued: map[int32]bool{},
		tallies: map[tallyKey]*account{}, drew: map[int32][]drawing{}, remarks: newRemarks()}
	r.view.state = r.s
	r.view.world = world{r: &innerView{&r.view, r}, fold: r.s.fold, note: &r.note}
}

// innerView is the view by which the rulings read: it asks them back without waiting for itself.
type innerView struct {
	*View
	rulings *rulings
}

func (v *innerView) drawn(on tallyKey, from, to Pos, but uint64) sum {
	return v.rulings.sum(on, from, to, v.known, but)
}

// at is the ledger at an instant as known at a sequence, noting what is read.
func (r *rulings) at(at Instant, known uint64) *View {
	r.view.at, r.view.known = at, known
	r.note.reset()
	return &r.view
}

// forget makes the rulings forget an act that is taken back, and all after it.
func (r *rulings) forget(seq uint64) {
	if r.upTo >= seq {
		r.reset()
	}
}

// Prepare takes some more of the acts into what findings and limits over periods are answered from, and tells whether all
// that are committed are in. The first question takes in what is missing, which after a start is everything; a server that
// prepares beforehand, a little at a time, keeps nobody waiting.
func (s *State) Prepare(most int) (done bool) {
	r := s.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(min(s.committed, r.upTo+uint64(most)))
	return r.upTo >= s.committed
}

// takeIn takes in all acts up to a sequence; the caller holds mu.
func (r *rulings) takeIn(seq uint64) {
	for r.upTo < seq {
		r.upTo++
		r.take(r.upTo)
	}
}

// take takes in one act.
func (r *rulings) take(n uint64) {
	f := r.s.fold
	for ; r.touched < len(f.touched) && f.touched[r.touched].seq <= n; r.touched++ {
		r.changed(f.touched[r.touched].cell, n)
	}
	e := f.entries[n-1]
	switch e.data().(type) {
	case *ActCorrected, *ActAnnulled:
		target := e.target
		for f.entries[target-1].target != 0 {
			target = f.entries[target-1].target
		}
		r.restate(target, n)
	default:
		r.enter(n, r.s.contentOf(n, n), n)
	}
	r.lookAgain(n)
}

// restate closes what an act said and enters what it says instead.
func (r *rulings) restate(seq, n uint64) {
	if i := r.rulingOf(seq); i >= 0 && r.all[i].until == 0 {
		r.close(i, n)
	}
	r.remarks.close(seq, n)
	if content := r.s.contentOf(seq, n); content != nil {
		r.enter(seq, content, n)
	}
}

// rulingOf gives the newest ruling on an act, and -1 where there is none.
func (r *rulings) rulingOf(seq uint64) int32 {
	if more := r.further[seq]; len(more) > 0 {
		return more[len(more)-1]
	}
	if seq >= uint64(len(r.first)) {
		return -1
	}
	return r.first[seq] - 1
}

// rulingsOf gives every ruling there was on an act.
func (r *rulings) rulingsOf(seq uint64) []int32 {
	if seq >= uint64(len(r.first)) || r.first[seq] == 0 {
		return nil
	}
	return append([]int32{r.first[seq] - 1}, r.further[seq]...)
}

// keyOfAct stands for the ratifications of an act, and keyOfMetric for the measures of a metric over a scope, as something
// that findings depend on.
func keyOfAct(seq uint64) cellKey { return cellKey{cellRemarks, spaceAct, strconv.FormatUint(seq, 10)} }

func keyOfMetric(d *docket) cellKey {
	return cellKey{cellRemarks, spaceAct, d.scope + "\x00" + d.metric}
}

// enter files what an act says as known from n on.
func (r *rulings) enter(seq uint64, a *Act, n uint64) {
	f := r.s.fold
	r.remarks.enter(f, seq, a, n)
	var key string
	var begin func() *docket
	switch d := a.Data.(type) {
	case *DecisionTaken:
		by := f.canonAt(a.By, n)
		key = strings.Join(append([]string{"decision", by, d.Power, d.Scope, d.Under}, a.Through...), "\x00")
		begin = func() *docket {
			c := decision{by: by, power: d.Power, scope: d.Scope, under: d.Under}
			for _, p := range a.Through {
				c.through = append(c.through, f.canonAt(p, n))
			}
			return &docket{kind: ofDecisions, scope: d.Scope, decision: c}
		}
	case *MeasureReported:
		key = strings.Join([]string{"measure", d.Scope, d.Metric, d.Unit}, "\x00")
		begin = func() *docket {
			return &docket{kind: ofMeasures, scope: d.Scope, metric: d.Metric, unit: d.Unit}
		}
	case *DelegationGranted:
		key = "grant\x00" + d.ID
		begin = func() *docket {
			r.grants = append(r.grants, d.ID)
			return &docket{kind: ofGrant, scope: d.Scope, grant: d.ID}
		}
	default:
		return
	}
	k, ok := r.byKey[key]
	if !ok {
		k = int32(len(r.dockets))
		r.byKey[key] = k
		r.dockets = append(r.dockets, begin())
	}
	r.file(k, seq, a, n)
}

// file puts an act on its docket and rules on it.
func (r *rulings) file(k int32, seq uint64, a *Act, n uint64) {
	i := int32(len(r.all))
	r.all = append(r.all, ruling{place: Pos{a.Effective.At, seq}, from: n, docket: k})
	for uint64(len(r.first)) <= seq {
		r.first = append(r.first, 0)
	}
	if r.first[seq] != 0 {
		r.further[seq] = append(r.further[seq], i)
	} else {
		r.first[seq] = i + 1
	}
	d := r.dockets[k]
	switch d.kind {
	case ofDecisions:
		r.remarks.decide(r, d.scope, i)
	case ofMeasures:
		d.history = slices.Insert(d.history, r.search(d.history, r.all[i].place), i)
	case ofGrant:
	}
	at := r.search(d.rulings, r.all[i].place)
	d.rulings = slices.Insert(d.rulings, at, i)
	now := r.rule(i, a, n)
	r.all[i].outcome = now
	r.suspected(i, now|r.all[r.first[seq]-1].outcome, n) // one that is in order now may not have been when it was recorded
}

// suspected notes a ruling that is other than in order, or was.
func (r *rulings) suspected(i int32, now verdict, n uint64) {
	if now != 0 && !r.all[i].suspect {
		r.all[i].suspect = true
		r.suspect = append(r.suspect, i)
	}
	if r.all[i].suspect {
		r.moved = append(r.moved, movement{n, i})
	}
}

// search gives the index of the first ruling of a list at or after a place.
func (r *rulings) search(list []int32, p Pos) int {
	n := len(list)
	if n == 0 || r.all[list[n-1]].place.Before(p) {
		return n
	}
	at, _ := slices.BinarySearchFunc(list, p, func(i int32, p Pos) int {
		if q := r.all[i].place; q.Before(p) {
			return -1
		} else if p.Before(q) {
			return 1
		}
		return 0
	})
	return at
}

// close ends a ruling: the act does not say that any more.
func (r *rulings) close(i int32, n uint64) {
	g := &r.all[i]
	g.until = n
	r.suspected(i, 0, n)
	d := r.dockets[g.docket]
	if at := r.search(d.rulings, g.place); at < len(d.rulings) && d.rulings[at] == i {
		d.rulings = slices.Delete(d.rulings, at, at+1)
	}
	r.draw(i, nil, n)
}

// changed has everything that was read from a cell looked at again, over the intervals in which it is otherwise since n.
func (r *rulings) changed(c *cell, n uint64) {
	key := r.s.fold.keys[c]
	if key.kind == cellDelegation {
		r.limit(c, n)
	}
	on := r.onCell[c]
	if more := r.onKey[key]; more != nil {
		on = append(slices.Clone(on), more...)
	}
	if len(on) == 0 {
		return
	}
	facts := c.line.facts
	for i := c.line.known(n) - 1; i >= 0 && facts[i].seq == n; i-- {
		for _, k := range on {
			d := r.dockets[k]
			d.read = false
			for at := r.search(d.rulings, Pos{At: facts[i].from}); at < len(d.rulings); at++ {
				g := d.rulings[at]
				if !r.all[g].place.At.Before(facts[i].until) {
					break
				}
				r.lookLater(g)
			}
		}
	}
}

// verdictAt gives what was so of an act, as known at a sequence.
func (r *rulings) verdictAt(i int32, known uint64) (now verdict, since uint64) {
	g := &r.all[i]
	now, since = g.outcome, g.from
	for _, c := range r.changes[i] {
		if c.known > known {
			break
		}
		now, since = c.verdict, c.known
	}
	return now, since
}

// turned gives the act from which on an act has been covered, or has not, as known up to a sequence, whatever else of it was
// restated meanwhile.
func (r *rulings) turned(seq, known uint64) (since uint64) {
	was := verdict(0)
	for _, i := range r.rulingsOf(seq) {
		all := append([]outcome{{r.all[i].from, r.all[i].outcome}}, r.changes[i]...)
		for k, o := range all {
			if o.known > known || k+1 < len(all) && all[k+1].known == o.known {
				continue // not known, or of no account: the same act had it looked at again
			}
			if is := o.verdict & uncovered; since == 0 || is != was {
				since, was = o.known, is
			}
		}
	}
	return since
}

// standsAt tells whether a ruling is of what its act says as known at a sequence.
func (g *ruling) standsAt(known uint64) bool {
	return g.from <= known && (g.until == 0 || known < g.until)
}
