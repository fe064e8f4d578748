package domain

import "slices"

// What decisions draw on the limits of delegations: on the one they are taken under and on all above it, whether they were
// authorised or not, so that sub-delegates share their delegator's limit. A tally is kept where a limit over a period was
// ever set.

// account is the tally of one delegation, dimension and unit, with the decisions that draw on it.
type account struct {
	tally
	key      tallyKey
	rulings  []int32 // by place; those that draw now
	choices  []int32 // by place; those that could be taken by more than one way, where this is on one: which they take may change
	largest  sum     // of what these take
	tightest map[string]sum
}

// drawing is one amount on one account.
type drawing struct {
	on     *account
	amount sum
}

// limit opens accounts for the limits over a period that a delegation has as known at n.
func (r *rulings) limit(c *cell, n uint64) {
	facts := c.line.facts
	for i := c.line.known(n) - 1; i >= 0 && facts[i].seq == n; i-- {
		d, _ := facts[i].value.(*delegation)
		if d == nil {
			continue
		}
		for k := range d.limits {
			if l := &d.limits[k]; l.Per != "act" {
				r.open(d, l, n)
			}
		}
	}
}

func (r *rulings) open(d *delegation, l *Limit, n uint64) {
	key, most := tallyKey{d.id, l.Dimension, l.Unit}, sumOf(l.Max)
	a := r.tallies[key]
	if a == nil {
		a = &account{key: key, tightest: map[string]sum{}}
		r.tallies[key] = a
		for i := range r.all { // what was drawn before there was a limit counts
			if g := &r.all[i]; g.until == 0 && r.dockets[g.docket].kind == ofDecisions {
				r.lookLater(int32(i))
			}
		}
	}
	if was, ok := a.tightest[l.Per]; !ok || was.above(most) {
		a.tightest[l.Per] = most
	}
}

// drawings gives what amounts draw, taken under a delegation at an instant as known at n.
func (r *rulings) drawings(under string, amounts []Quantity, at Instant, n uint64) []drawing {
	if under == "" || len(amounts) == 0 {
		return nil
	}
	v := r.at(at, n)
	var out []drawing
	all := totals(amounts)
	g := v.delegation(under)
	for depth := 0; g != nil && depth < deepest; depth++ {
		for _, q := range all {
			if a := r.tallies[tallyKey{g.id, q.dimension, q.unit}]; a != nil {
				out = append(out, drawing{a, q.value})
			}
		}
		if g.under == "" {
			break
		}
		g = v.delegationIn(g.carrier)
	}
	return out
}

// draw makes what a ruling draws what it is now, and has those after it that share a limit looked at again.
func (r *rulings) draw(i int32, now []drawing, n uint64) {
	was := r.drew[i]
	if slices.Equal(was, now) {
		return
	}
	place := r.all[i].place
	for _, d := range was {
		if !slices.Contains(now, d) {
			d.on.post(posting{place, n, d.amount.negated()})
			d.on.leave(r, i)
			r.disturb(d.on, place, n)
		}
	}
	for _, d := range now {
		if !slices.Contains(was, d) {
			d.on.post(posting{place, n, d.amount})
			d.on.join(r, i)
			r.disturb(d.on, place, n)
		}
	}
	if len(now) == 0 {
		delete(r.drew, i)
	} else {
		r.drew[i] = now
	}
}

func (a *account) join(r *rulings, i int32) {
	a.rulings = slices.Insert(a.rulings, r.search(a.rulings, r.all[i].place), i)
}

// choose notes that a ruling which may be taken by more than one way depends on what is left on each.
func (r *rulings) choose(i int32, ways []route, amounts []Quantity) {
	if len(ways) < 2 {
		return
	}
	place := r.all[i].place
	for _, q := range totals(amounts) {
		for _, w := range ways {
			for _, g := range w.chain {
				a := r.tallies[tallyKey{g.id, q.dimension, q.unit}]
				if a == nil {
					continue
				}
				if q.value.above(a.largest) {
					a.largest = q.value
				}
				if at := r.search(a.choices, place); at == len(a.choices) || a.choices[at] != i {
					a.choices = slices.Insert(a.choices, at, i)
				}
			}
		}
	}
}

func (a *account) leave(r *rulings, i int32) {
	if at := r.search(a.rulings, r.all[i].place); at < len(a.rulings) && a.rulings[at] == i {
		a.rulings = slices.Delete(a.rulings, at, at+1)
	}
}

// disturb has the decisions after a place looked at again, as far as they share a period with it whose limit they may go
// beyond, and those that may be taken by another way. Where all that was drawn in a period is within the tightest limit that
// there ever was, nothing can have changed.
func (r *rulings) disturb(a *account, p Pos, n uint64) {
	next := Pos{p.At, p.Seq + 1}
	from, choices := r.search(a.rulings, next), a.choices[r.search(a.choices, next):]
	if from == len(a.rulings) && len(choices) == 0 {
		return
	}
	for per, most := range a.tightest {
		first, until := r.s.fold.periodOf(per, p.At)
		peak := a.peak(Pos{At: first}, Pos{At: until}, n)
		if peak.plus(a.largest).above(most) { // what they take here may not have fitted, or not fit any more
			r.lookUntil(choices, until)
		}
		if peak.above(most) {
			r.lookUntil(a.rulings[from:], until)
		}
	}
}

// lookUntil has the first of some rulings looked at again, up to an instant.
func (r *rulings) lookUntil(list []int32, until Instant) {
	for _, i := range list {
		if !r.all[i].place.At.Before(until) {
			break
		}
		r.lookLater(i)
	}
}

// peak gives the most that can have been drawn in a period just before or just after the last posting.
func (a *account) peak(from, until Pos, n uint64) sum {
	total := a.between(from, until, n)
	if last := a.postings[len(a.postings)-1].amount; last.negative() {
		total = total.minus(last)
	}
	return total
}

// sum gives what was drawn on a delegation, both places included, as known at a sequence, but for one act's own.
func (r *rulings) sum(on tallyKey, from, to Pos, known, but uint64) sum {
	a := r.tallies[on]
	if a == nil {
		return sum{}
	}
	total := a.between(from, to, known)
	if i := r.rulingOf(but); i >= 0 {
		if p := r.all[i].place; !p.Before(from) && !to.Before(p) {
			for _, d := range r.drew[i] {
				if d.on == a {
					total = total.minus(d.amount)
				}
			}
		}
	}
	return total
}

// drawn is sum, for questions and judges: it takes in what is needed first.
func (r *rulings) drawn(on tallyKey, from, to Pos, known, but uint64) sum {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(known)
	return r.sum(on, from, to, known, but)
}
