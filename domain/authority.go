package domain

import "slices"

// Authority is what a delegation confers: the meet along its chain (DOMAIN, section 4).
type Authority struct {
	Powers   []string // as granted, before what is reserved is taken out
	Reserved []string // what is reserved out of them
	Limits   []Limit
	Until    Instant // Forever where no term is set
	Depth    int     // the levels below that it may be passed on; -1 for no limit
}

// chain gives the delegations from the governing body down to d, each in force, held by who granted the next and covering
// it, and nil where d is not in force.
func (w *world) chain(d *delegation) []*delegation {
	if w.memo == nil {
		return w.walkChain(d)
	}
	for i := range w.memo.chains {
		if w.memo.chains[i].d == d {
			return w.memo.chains[i].chain
		}
	}
	chain := w.walkChain(d)
	if len(w.memo.chains) < cap(w.memo.chains) {
		w.memo.chains = append(w.memo.chains, chainMemo{d, chain})
		for i := len(chain) - 1; i > 0 && len(w.memo.chains) < cap(w.memo.chains); i-- {
			w.memo.chains = append(w.memo.chains, chainMemo{chain[i-1], chain[:i:i]})
		}
	}
	return chain
}

func (w *world) walkChain(d *delegation) []*delegation {
	var room [8]*delegation
	up := room[:0]
	for n := 0; ; n++ {
		if n == deepest || !w.standing(d) {
			return nil
		}
		up = append(up, d)
		if d.under == "" {
			break
		}
		below := d
		d = w.delegationIn(d.carrier)
		if d == nil || d.to != below.from || !w.covers(d.scope, below.scope) {
			return nil
		}
	}
	out := make([]*delegation, len(up))
	for i, d := range up {
		out[len(up)-1-i] = d
	}
	return out
}

// standing tells whether a delegation, taken alone, is in force: inside its term, not ended, not suspended, accepted
// where that was asked for, its scope and its holder existing.
func (w *world) standing(d *delegation) bool {
	return d != nil && d.ended == "" && !w.at.Before(d.granted.At) && w.within(d.until) && len(d.suspensions) == 0 &&
		(d.accepted || !d.needsAcceptance) && w.holderExists(d) && w.aliveSince(w.scopeIn(d.over), Pos{At: Forever})
}

func (w *world) holderExists(d *delegation) bool {
	if r, _ := w.r.of(d.holder).(*role); r != nil {
		return r.alive
	}
	return w.exists(d.to)
}

// meet gives what a chain confers at a scope, where the matters reserved at or above it are taken out.
func (w *world) meet(chain []*delegation, at string, acts *[]uint64) Authority {
	a := Authority{Until: Forever, Depth: -1}
	for _, d := range chain {
		a.narrow(d)
	}
	reserved := w.reservedAt(at, acts)
	if a.Powers == nil {
		a.Powers = []string{"*"}
	}
	a.Powers, a.Reserved = withoutReserved(a.Powers, reserved)
	return a
}

func (a *Authority) narrow(d *delegation) {
	if d.powers != nil {
		a.Powers = meetPowers(a.Powers, d.powers)
	}
	a.Limits = meetLimits(a.Limits, d.limits)
	if d.until.Before(a.Until) {
		a.Until = d.until
	}
	if a.Depth > 0 {
		a.Depth--
	}
	if d.maxDepth >= 0 && (a.Depth < 0 || d.maxDepth < a.Depth) {
		a.Depth = d.maxDepth
	}
}

// meetLimits gives the smallest limit of each dimension, unit and period. Where both limit a dimension, only the units that
// both name remain; where they name none in common, nothing is allowed of it, and every unit's limit is 0.
func meetLimits(a, b []Limit) []Limit {
	if len(a) == 0 {
		return b
	}
	if len(b) == 0 {
		return a
	}
	if tighter(b, a) {
		return b
	}
	if tighter(a, b) {
		return a
	}
	out := make([]Limit, 0, len(a)+len(b))
	for _, l := range a {
		if allowed(b, &l) {
			out = append(out, l)
		}
	}
	for _, l := range b {
		if !allowed(a, &l) {
			continue
		}
		if have := limitOf(out, &l); have == nil {
			out = append(out, l)
		} else if l.Max.Value.Cmp(have.Max.Value) < 0 {
			have.Max = l.Max
		}
	}
	for _, ls := range [2][]Limit{a, b} {
		for _, l := range ls {
			if !limitsDimension(a, l.Dimension) || !limitsDimension(b, l.Dimension) || meetsIn(a, b, l.Dimension) || limitOf(out, &l) != nil {
				continue
			}
			l.Max = Amount{Text: "0"}
			out = append(out, l)
		}
	}
	return out
}

func limitsDimension(limits []Limit, dimension string) bool {
	return slices.ContainsFunc(limits, func(l Limit) bool { return l.Dimension == dimension })
}

// meetsIn tells whether two lists of limits name a unit of a dimension in common.
func meetsIn(a, b []Limit, dimension string) bool {
	return slices.ContainsFunc(a, func(l Limit) bool { return l.Dimension == dimension && allowed(b, &l) })
}

// tighter tells whether a limits exactly what b does, and nothing less.
func tighter(a, b []Limit) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if l := limitOf(b, &a[i]); l == nil || a[i].Max.Value.Cmp(l.Max.Value) > 0 {
			return false
		}
	}
	return true
}

// allowed tells whether limits leave the unit of l open: they do not limit its dimension, or they name the unit.
func allowed(limits []Limit, l *Limit) bool {
	limited := false
	for i := range limits {
		if limits[i].Dimension == l.Dimension {
			if limits[i].Unit == l.Unit {
				return true
			}
			limited = true
		}
	}
	return !limited
}

func limitOf(limits []Limit, l *Limit) *Limit {
	for i := range limits {
		if h := &limits[i]; h.Dimension == l.Dimension && h.Unit == l.Unit && h.Per == l.Per {
			return h
		}
	}
	return nil
}

// reservedAt gives the powers reserved at a scope or above it.
func (w *world) reservedAt(id string, acts *[]uint64) []string {
	if w.memo == nil {
		return w.findReserved(id, acts)
	}
	if w.memo.at != id {
		w.memo.at, w.memo.acts = id, nil
		w.memo.reserved = w.findReserved(id, &w.memo.acts)
	}
	*acts = append(*acts, w.memo.acts...)
	return w.memo.reserved
}

func (w *world) findReserved(id string, acts *[]uint64) []string {
	var out []string
	for range deepest {
		for _, m := range w.setAt(spaceMatter, id) {
			p := w.parameter(spaceMatter, m)
			if p == nil || !p.alive {
				continue
			}
			*acts = append(*acts, p.pos.Seq)
			out = append(out, p.data.(*MatterReserved).Powers...)
		}
		s := w.scope(id)
		if s == nil || s.parent == "" {
			break
		}
		id = s.parent
	}
	return out
}

// holds tells whether a party has a power over a scope: it is the governing body, or a delegation in force that covers
// the scope gives it the power or all powers.
func (w *world) holds(id, power, at string) bool {
	if w.sideOf(id) == "" {
		return true
	}
	for _, h := range w.held(id) {
		d := w.delegation(h)
		if d == nil || !w.covers(d.scope, at) {
			continue
		}
		chain := w.chain(d)
		if chain == nil {
			continue
		}
		var acts []uint64
		a := w.meet(chain, at, &acts)
		if conferred(a.Powers, a.Reserved, power) {
			return true
		}
	}
	return false
}

// committeeOfGovernance tells whether a body's parents reach the governing body.
func (w *world) committeeOfGovernance(id string) bool {
	for range deepest {
		b := w.body(id)
		if b == nil || !b.alive || b.kind != "committee" || b.parent == "" {
			return false
		}
		if p := w.body(b.parent); p != nil && p.kind == "governing" { // be it the one governing now or one that it succeeded
			return true
		}
		id = b.parent
	}
	return false
}
