package domain

func (w *world) grant(m *moment, d *DelegationGranted) {
	to := m.fold.canon(d.To)
	if w.delegation(d.ID) != nil || !w.scopeAlive(d.Scope) || !w.exists(to) {
		return
	}
	n := &delegation{
		id: d.ID, from: m.fold.canon(d.From), to: to, scope: d.Scope, under: d.Under,
		powers: d.Powers, responsibilities: d.Responsibilities, limits: d.Limits, conditions: d.Conditions,
		maxDepth: -1, needsAcceptance: d.Acceptance == "required", until: end(d.Until), reviewBy: d.ReviewBy,
		reportEvery: d.ReportEvery, instrument: d.Instrument, granted: m.pos,
	}
	n.holder, n.over = m.fold.cell(key(cellRole, to)), m.fold.cell(key(cellScope, d.Scope))
	n.standsOn(m.fold)
	n.limitSubdelegation(d.Subdelegation)
	m.set(key(cellDelegation, d.ID), n)
	m.set(key(cellOver, d.Scope), w.over(d.Scope).with(d.ID))
	m.set(key(cellHeld, to), w.held(to).with(d.ID))
}

// standsOn finds the cell of what a delegation stands on.
func (n *delegation) standsOn(f *fold) {
	n.carrier = nil
	if n.under != "" {
		n.carrier = f.cell(key(cellDelegation, n.under))
	}
}

func (n *delegation) limitSubdelegation(s *Subdelegation) {
	n.maxDepth, n.closed = -1, false
	if s == nil {
		return
	}
	n.closed = s.Permitted.Set && !s.Permitted.On
	if s.MaxDepth.Set {
		n.maxDepth = s.MaxDepth.N
	}
}

// change writes a delegation anew, unless it is unknown or over: what is revoked, declined or expired stays so.
func (w *world) change(m *moment, id string, how func(n *delegation)) *delegation {
	d := w.delegation(id)
	if d == nil || d.ended != "" || !m.pos.At.Before(d.until) {
		return nil
	}
	n := *d
	how(&n)
	m.set(key(cellDelegation, id), &n)
	return &n
}

func (w *world) end(m *moment, id, how string) {
	if n := w.change(m, id, func(n *delegation) { n.ended, n.rests.ended = how, m.pos.Seq }); n != nil {
		m.set(key(cellOver, n.scope), w.over(n.scope).without(id))
		m.set(key(cellHeld, n.to), w.held(n.to).without(id))
	}
}

func (w *world) vary(m *moment, d *DelegationVaried) {
	w.change(m, d.ID, func(n *delegation) {
		n.vary(d, m.pos.Seq)
		n.standsOn(m.fold)
	})
}

// vary gives the terms that a variation gives and removes those that it removes.
func (n *delegation) vary(d *DelegationVaried, seq uint64) {
	r, by := d.Removed, &n.rests
	if d.Powers != nil || r.Powers {
		n.powers, by.powers = d.Powers, seq
	}
	if d.Responsibilities != nil || r.Responsibilities {
		n.responsibilities, by.responsibilities = d.Responsibilities, seq
	}
	if d.Limits != nil || r.Limits {
		n.limits, by.limits = d.Limits, seq
	}
	if !d.Conditions.IsZero() || r.Conditions {
		n.conditions, by.conditions = d.Conditions, seq
	}
	if d.Under != "" || r.Under {
		n.under, by.under = d.Under, seq
	}
	if !d.Until.IsZero() || r.Until {
		n.until, by.until = end(d.Until), seq
	}
	if !d.ReviewBy.IsZero() || r.ReviewBy {
		n.reviewBy, by.reviewBy = d.ReviewBy, seq
	}
	if d.ReportEvery != "" || r.ReportEvery {
		n.reportEvery, by.reportEvery = d.ReportEvery, seq
	}
	if d.Subdelegation != nil || r.Subdelegation {
		n.limitSubdelegation(d.Subdelegation)
		by.subdelegation = seq
	}
}

// resume lifts the suspension that the resuming side made; where it made none, those of the sides below it.
func (w *world) resume(m *moment, id, by string) {
	d := w.delegation(id)
	if d == nil {
		return
	}
	lifted := w.liftable(d, by)
	w.change(m, id, func(n *delegation) {
		n.rests.resumed = m.pos.Seq
		n.suspensions = nil
		for _, s := range d.suspensions {
			if !contains(lifted, s.by) {
				n.suspensions = append(n.suspensions, s)
			}
		}
	})
}

// liftable gives the sides whose suspensions a side lifts when it resumes a delegation.
func (w *world) liftable(d *delegation, by string) []string {
	var below []string
	sides := w.sidesAbove(d)
	rank := index(sides, by)
	for _, s := range d.suspensions {
		if s.by == by {
			return []string{by}
		}
		if at := index(sides, s.by); at >= 0 && at < rank || at < 0 && by == "" {
			below = append(below, s.by)
		}
	}
	return below
}

// sidesAbove gives who delegated, from the delegation's own delegator up to the governing body, which is "".
func (w *world) sidesAbove(d *delegation) []string {
	var sides []string
	for n := 0; d != nil && d.under != "" && n < deepest; n++ {
		sides = append(sides, d.from)
		d = w.delegation(d.under)
	}
	return append(sides, "")
}

func index(ss []string, s string) int {
	for i := range ss {
		if ss[i] == s {
			return i
		}
	}
	return -1
}

func contains(ss []string, s string) bool { return index(ss, s) >= 0 }
