package domain

import (
	"fmt"
	"slices"
)

// Left is what is left of a limit over a period: the least along a chain.
type Left struct {
	Dimension, Unit, Per string
	Max                  string  // the limit that leaves least
	Drawn                string  // what was drawn on it in the period
	Left                 string  // never below 0
	Overdrawn            string  // by how much more than the limit was drawn; empty where it was not
	Delegation           string  // whose limit that is
	From, Until          Instant // the period
	left, max            sum
}

// asked is how much of one dimension and unit a decision takes in all.
type asked struct {
	dimension, unit string
	value           sum
}

func totals(amounts []Quantity) []asked {
	var out []asked
	for _, q := range amounts {
		i := slices.IndexFunc(out, func(a asked) bool { return a.dimension == q.Dimension && a.unit == q.Unit })
		if i < 0 {
			i = len(out)
			out = append(out, asked{dimension: q.Dimension, unit: q.Unit})
		}
		out[i].value = out[i].value.plus(sumOf(q.Value))
	}
	return out
}

// affords gives why the limits of a route do not allow a decision's amounts, and nothing where they do.
func (w *world) affords(r *route, d *decision) (why []Reason) {
	if len(d.amounts) == 0 || r.chain == nil {
		return nil
	}
	id := r.chain[len(r.chain)-1].id
	beyond := func(format string, args ...any) {
		why = append(why, Reason{Code: ExceedsLimit, Message: fmt.Sprintf(format, args...), Delegation: id, Acts: r.grants()})
	}
	left := w.left(r, d)
	for _, q := range totals(d.amounts) {
		if !allowed(r.Limits, &Limit{Dimension: q.dimension, Unit: q.unit}) {
			beyond("%s allows no %s in %s", id, q.dimension, q.unit)
			continue
		}
		for i := range r.Limits {
			l := &r.Limits[i]
			if l.Dimension == q.dimension && l.Unit == q.unit && q.value.above(sumOf(l.Max)) {
				beyond("%s %s is more than the %s %s %s that %s allows", q.value, q.unit, l.Max.Text, l.Unit, perPeriod(l.Per), id)
			}
		}
		for _, l := range left {
			if l.Dimension != q.dimension || l.Unit != q.unit || !q.value.above(l.left) || q.value.above(l.max) {
				continue
			}
			beyond("%s %s is more than the %s %s left of the %s %s that %s allows", q.value, q.unit, l.Left, l.Unit, l.Max, perPeriod(l.Per), l.Delegation)
		}
	}
	return why
}

// grants gives the acts that the delegations of a route rest on.
func (r *route) grants() (acts []uint64) {
	for _, g := range r.chain {
		acts = g.restsOn(acts)
	}
	return acts
}

// left gives what is left of each limit over a period along a route, just before a decision's place.
func (w *world) left(r *route, d *decision) []Left {
	var out []Left
	for _, g := range r.chain {
		for i := range g.limits {
			l := &g.limits[i]
			meet := limitOf(r.Limits, l) // nil where another of the chain leaves the unit out
			if l.Per == "act" || meet == nil {
				continue
			}
			from, until := w.fold.periodOf(l.Per, d.place.At)
			w.boundary(from, until)
			drawn := w.r.drawn(tallyKey{g.id, l.Dimension, l.Unit}, Pos{At: from}, d.place, d.seq)
			n := Left{Dimension: l.Dimension, Unit: l.Unit, Per: l.Per, Max: l.Max.Text, Drawn: drawn.String(), Delegation: g.id, From: from, Until: until}
			n.max = sumOf(l.Max)
			n.left = n.max.minus(drawn)
			if most := sumOf(meet.Max); n.left.above(most) { // they name no unit in common, and leave nothing
				n.left, n.max, n.Max = most, most, meet.Max.Text
			}
			n.Left = n.left.String()
			if n.left.negative() {
				n.Left, n.Overdrawn = "0", n.left.negated().String()
			}
			k := slices.IndexFunc(out, func(o Left) bool { return o.Dimension == l.Dimension && o.Unit == l.Unit && o.Per == l.Per })
			switch {
			case k < 0:
				out = append(out, n)
			case out[k].left.above(n.left):
				out[k] = n
			}
		}
	}
	return out
}

// boundary notes that what was worked out holds between two instants.
func (w *world) boundary(from, until Instant) {
	if w.note != nil {
		w.note.compared(from)
		w.note.compared(until)
	}
}

// may judges a decision: the first way that affords it, or every reason against it.
func (w *world) may(d *decision) (*route, []Reason) {
	ways, why := w.routes(d)
	return w.pick(ways, why, d)
}

func (w *world) pick(ways []route, why []Reason, d *decision) (*route, []Reason) {
	for i := range ways {
		short := w.affords(&ways[i], d)
		if len(short) == 0 {
			return &ways[i], nil
		}
		why = append(why, short...)
	}
	return nil, why
}
