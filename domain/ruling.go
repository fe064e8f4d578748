package domain

import (
	"container/heap"
	"slices"
)

// rule gives what is so of an act, as known at n. a is what the act says, if it is at hand.
func (r *rulings) rule(i int32, a *Act, n uint64) verdict {
	g := &r.all[i]
	d := r.dockets[g.docket]
	if !d.read || g.place.At.Before(d.from) || !g.place.At.Before(d.until) {
		r.consult(g.docket, g.place.At, n)
	}
	switch d.kind {
	case ofDecisions:
		return r.ruleDecision(i, d, a, n)
	case ofMeasures:
		if len(d.thresholds) == 0 {
			return 0
		}
		return past(d.thresholds, r.content(g, a, n).Data.(*MeasureReported).Value)
	case ofGrant:
		if d.unsupported {
			return uncovered
		}
	}
	return 0
}

// content gives what the act of a ruling says.
func (r *rulings) content(g *ruling, a *Act, n uint64) *Act {
	if a == nil {
		a = r.s.contentOf(g.place.Seq, n)
	}
	return a
}

// consult reads what the acts of a docket stand on at an instant, as known at n, and notes what that depends on.
func (r *rulings) consult(k int32, at Instant, n uint64) {
	d := r.dockets[k]
	v := r.at(at, n)
	switch d.kind {
	case ofDecisions:
		d.ways, _ = v.routes(&d.decision)
		d.silent = v.isSystem(d.decision.by) && !v.isAnsweredFor(d.decision.by)
	case ofMeasures:
		d.thresholds = d.thresholds[:0]
		for _, p := range v.appetitesOver(d.scope) {
			for _, m := range p.data.(*AppetiteSet).Measures {
				if m.Metric == d.metric && m.Unit == d.unit {
					d.thresholds = append(d.thresholds, m)
				}
			}
		}
	case ofGrant:
		d.unsupported = !v.supported(d.grant)
	}
	d.read = true
	d.from, d.until = r.note.span(at, n)
	r.dependsOnRead(k)
}

// dependsOnRead notes that a docket depends on what was read last.
func (r *rulings) dependsOnRead(k int32) {
	r.dockets[k].reads.more(&r.note, func(c *cell) { r.onCell[c] = append(r.onCell[c], k) }, func(c cellKey) { r.onKey[c] = append(r.onKey[c], k) })
}

// supported tells whether what a delegation stood on when it was granted carried it.
func (w *world) supported(id string) bool {
	d := w.delegation(id)
	if d == nil || !w.holderExists(d) || !w.aliveSince(w.scopeIn(d.over), Pos{At: Forever}) {
		return false
	}
	if d.under == "" {
		return true
	}
	u := w.delegationIn(d.carrier)
	return u != nil && u.to == d.from && w.covers(u.scope, d.scope) && w.chain(u) != nil
}

// past tells which thresholds a value is past: beyond them, and not on them.
func past(thresholds []Measure, value Amount) verdict {
	var out verdict
	for i := range thresholds {
		m := &thresholds[i]
		beyond := func(t Amount) bool {
			if t.Text == "" {
				return false
			}
			c := value.Value.Cmp(t.Value)
			return c > 0 && !m.LowerIsWorse.On || c < 0 && m.LowerIsWorse.On
		}
		if beyond(m.Red) {
			out |= pastRed
		} else if beyond(m.Amber) {
			out |= pastAmber
		}
	}
	return out
}

func (r *rulings) ruleDecision(i int32, d *docket, a *Act, n uint64) verdict {
	g := &r.all[i]
	var out verdict
	if d.silent {
		out |= unanswered
	}
	c := d.decision
	drawsOn := d.drawsOn(nil)
	if len(d.ways) > 0 && (d.limited() || len(r.tallies) > 0) {
		c.amounts = r.content(g, a, n).Data.(*DecisionTaken).Amounts
		c.place = Pos{g.place.At, g.place.Seq - 1}
		v := r.at(g.place.At, n)
		v.note = nil // what was drawn is followed on its own
		way, _ := v.pick(d.ways, nil, &c)
		v.note = &r.note
		if way == nil {
			out |= uncovered
		}
		drawsOn = d.drawsOn(way)
		r.choose(i, d.ways, c.amounts)
	} else if len(d.ways) == 0 {
		out |= uncovered
	}
	if len(r.tallies) > 0 {
		if c.amounts == nil && drawsOn != "" {
			c.amounts = r.content(g, a, n).Data.(*DecisionTaken).Amounts
		}
		now := r.drawings(drawsOn, c.amounts, g.place.At, n)
		if drawsOn != "" && len(c.amounts) > 0 && !d.opens(drawsOn) { // what it draws on was not read as a way to it
			r.dependsOnRead(g.docket)
		}
		r.draw(i, now, n)
	}
	if g.from == n && !r.at(g.place.At, g.place.Seq).powerDefined(c.power) {
		out |= undefinedPower
	} else {
		out |= r.all[i].outcome & undefinedPower
	}
	if out&undefinedPower != 0 {
		out |= uncovered
	}
	return out
}

// opens tells whether a delegation is a way to the decisions of a docket.
func (d *docket) opens(id string) bool {
	return slices.ContainsFunc(d.ways, func(w route) bool { return len(w.chain) > 0 && w.chain[len(w.chain)-1].id == id })
}

// limited tells whether any way of a docket has limits.
func (d *docket) limited() bool {
	return slices.ContainsFunc(d.ways, func(w route) bool { return len(w.Limits) > 0 })
}

// drawsOn gives the delegation whose limits a decision draws on: the one it names, else the one that affords it, else the
// nearest that confers its power.
func (d *docket) drawsOn(way *route) string {
	switch {
	case d.decision.under != "":
		return d.decision.under
	case way != nil && way.chain != nil:
		return way.chain[len(way.chain)-1].id
	case way == nil && len(d.ways) > 0 && d.ways[0].chain != nil:
		return d.ways[0].chain[len(d.ways[0].chain)-1].id
	}
	return ""
}

// dueRulings is what is to be looked at again, by place: what one decision draws counts for those after it.
type dueRulings []dueRuling

type dueRuling struct {
	place Pos
	i     int32
}

func (d dueRulings) Len() int           { return len(d) }
func (d dueRulings) Less(i, j int) bool { return d[i].place.Before(d[j].place) }
func (d dueRulings) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *dueRulings) Push(x any)        { *d = append(*d, x.(dueRuling)) }
func (d *dueRulings) Pop() any {
	n := len(*d) - 1
	x := (*d)[n]
	*d = (*d)[:n]
	return x
}

func (r *rulings) lookLater(i int32) {
	if !r.queued[i] {
		r.queued[i] = true
		heap.Push(&r.again, dueRuling{r.all[i].place, i})
	}
}

// lookAgain rules anew on what is due, as known at n.
func (r *rulings) lookAgain(n uint64) {
	for len(r.again) > 0 {
		i := heap.Pop(&r.again).(dueRuling).i
		delete(r.queued, i)
		if r.all[i].until != 0 {
			continue
		}
		was, _ := r.verdictAt(i, n)
		now := r.rule(i, nil, n)
		if now == was {
			continue
		}
		if cs := r.changes[i]; len(cs) > 0 && cs[len(cs)-1].known == n {
			cs[len(cs)-1].verdict = now
		} else {
			r.changes[i] = append(cs, outcome{n, now})
		}
		r.suspected(i, now, n)
	}
}
