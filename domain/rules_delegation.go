package domain

import (
	"fmt"
	"strings"
)

// grantable judges a delegation by the one it stands on. Where none is named it finds the nearest that carries it, and
// says so in the act.
func (j *judge) grantable(d *DelegationGranted) *Refusal {
	w, f := j.w, j.s.fold
	n := &delegation{
		id: d.ID, from: f.canon(d.From), to: f.canon(d.To), scope: d.Scope, under: d.Under,
		powers: d.Powers, limits: d.Limits, until: end(d.Until),
	}
	n.limitSubdelegation(d.Subdelegation)
	switch {
	case w.sideOf(n.from) == "":
		if d.Under != "" {
			return refuse(Invalid, "data.under", "the governing body delegates what is its own; its delegations stand on none", "Leave under out.")
		}
		return j.carried(n, nil)
	case d.Under != "":
		return j.carried(n, w.delegation(d.Under))
	}
	under, bad := j.nearest(n)
	if bad != nil {
		return bad
	}
	d.Under = under
	return nil
}

// nearest finds the delegation to n's delegator that carries n on the nearest scope.
func (j *judge) nearest(n *delegation) (string, *Refusal) {
	w := j.w
	var first *Refusal
	for at := n.scope; ; {
		var fit []string
		for _, id := range w.held(n.from) {
			u := w.delegation(id)
			if u == nil || u.scope != at || w.chain(u) == nil || !j.standsAbove(n.from, u) {
				continue
			}
			if bad := j.carried(n, u); bad == nil {
				fit = append(fit, id)
			} else if first == nil {
				first = bad
			}
		}
		switch len(fit) {
		case 1:
			return fit[0], nil
		case 0:
		default:
			return "", refuse(AmbiguousAuthority, "data.under", fmt.Sprintf("%s holds this field by %s, and either would carry it", w.nameOf(n.from), listed(fit, "and")),
				"Name one of them in under.")
		}
		s := w.scope(at)
		if s == nil || s.parent == "" {
			break
		}
		at = s.parent
	}
	if first != nil {
		return "", first
	}
	if by := j.s.fold.canon(j.act.By); w.sideOf(by) != n.from && w.sideOf(by) != "" {
		return "", refuse(NotEntitled, "by", fmt.Sprintf("%s is no delegator above %s by what reaches %s", j.act.By, w.nameOf(n.from), n.scope), "While a post is vacant those above it act for it.")
	}
	return "", j.notHeld(n, "")
}

// standsAbove tells whether who acts is the delegator of what is to stand on u, or, for one that is vacant, a delegator
// above it along u.
func (j *judge) standsAbove(from string, u *delegation) bool {
	side := j.w.sideOf(j.s.fold.canon(j.act.By))
	return side == from || contains(j.w.sidesAbove(u), side)
}

func (j *judge) notHeld(n *delegation, why string) *Refusal {
	if why == "" {
		why = fmt.Sprintf("%s holds no authority over %s on %s", j.w.nameOf(n.from), n.scope, j.w.date())
	}
	return refuse(NotHeld, "data.from", why, "Nobody passes on what they do not hold: delegate it to them first.")
}

// carried tells whether u carries n: u is in force, its holder is n's delegator, it covers n's scope, and n is nowhere
// wider. Under the governing body (u is nil) what it has not reserved is free to give.
func (j *judge) carried(n, u *delegation) *Refusal {
	if u != nil {
		if bad := j.withinParent(n, u, true); bad != nil {
			return bad
		}
	}
	if bad := j.unreserved(n.powers, n.scope); bad != nil {
		return bad
	}
	if bad := j.acyclic(n, u); bad != nil {
		return bad
	}
	if j.w.isMachine(n.from) {
		return refuse(NotNatural, "data.from", j.w.nameOf(n.from)+" is a system, or nobody but systems is in it; a system may hold authority and not pass it on", "Have a person grant it.")
	}
	return j.receives(n.to, "data.to")
}

// withinParent checks that n stands within u, and, where it is new under it, that u may be passed on.
func (j *judge) withinParent(n, u *delegation, anew bool) *Refusal {
	w := j.w
	if u == nil {
		return j.notHeld(n, fmt.Sprintf("%s has not been granted by %s", n.under, w.date()))
	}
	chain := w.chain(u)
	switch {
	case u.to != n.from:
		return j.notHeld(n, fmt.Sprintf("%s is held by %s, not by %s", u.id, w.nameOf(u.to), w.nameOf(n.from)))
	case chain == nil:
		return j.notHeld(n, fmt.Sprintf("%s is not in force on %s", u.id, w.date()))
	case !w.covers(u.scope, n.scope):
		return j.notHeld(n, fmt.Sprintf("%s does not reach %s", u.id, n.scope))
	}
	a := Authority{Until: Forever, Depth: -1}
	for _, c := range chain {
		a.narrow(c)
	}
	if bad := j.within(n, u, &a); bad != nil || !anew {
		return bad
	}
	return passedOn(u, &a)
}

// within checks that n is nowhere wider than what u confers.
func (j *judge) within(n, u *delegation, a *Authority) *Refusal {
	for i, p := range n.powers {
		if !conferred(powersOr(a.Powers), nil, p) {
			return refuse(ExceedsPowers, fmt.Sprintf("data.powers[%d]", i), fmt.Sprintf("%s is not among the powers of %s: %s", p, u.id, strings.Join(powersOr(a.Powers), ", ")),
				"Grant no more than the delegator has.")
		}
	}
	if bad := withinLimits(n, u, a); bad != nil {
		return bad
	}
	if n.until != Forever && a.Until.Before(n.until) {
		return refuse(ExceedsTerm, "data.until", fmt.Sprintf("it would outlast %s, which ends on %s", u.id, j.s.fold.date(a.Until)), "End it by then.")
	}
	if a.Depth > 0 && n.maxDepth > a.Depth-1 {
		return refuse(ExceedsDepth, "data.subdelegation.maxDepth", fmt.Sprintf("%d levels below are more than the %d that remain under %s", n.maxDepth, a.Depth-1, u.id), "")
	}
	return nil
}

// passedOn checks that u may be passed on at all.
func passedOn(u *delegation, a *Authority) *Refusal {
	switch {
	case a.Depth == 0:
		return refuse(ExceedsDepth, "data.under", fmt.Sprintf("%s may be passed on no further", u.id), "Ask who granted it for more levels.")
	case u.closed:
		return refuse(SubdelegationNotPermitted, "data.under", fmt.Sprintf("%s may not be passed on", u.id), "Ask who granted it to permit subdelegation.")
	}
	return nil
}

func withinLimits(n, u *delegation, a *Authority) *Refusal {
	for i := range n.limits {
		l := &n.limits[i]
		if !allowed(a.Limits, l) {
			return refuse(ExceedsLimit, fmt.Sprintf("data.limits[%d].unit", i), fmt.Sprintf("%s allows no %s in %s", u.id, l.Dimension, l.Unit), "Use a unit that it allows.")
		}
		if have := limitOf(a.Limits, l); have != nil && l.Max.Value.Cmp(have.Max.Value) > 0 {
			return refuse(ExceedsLimit, fmt.Sprintf("data.limits[%d].max", i),
				fmt.Sprintf("%s %s per %s is more than the %s that %s allows", l.Max.Text, l.Unit, l.Per, have.Max.Text, u.id), "Grant no more than the delegator has.")
		}
	}
	return nil
}

func powersOr(p []string) []string {
	if p == nil {
		return []string{"*"}
	}
	return p
}

// unreserved refuses to name a reserved power: naming spend.* names a reserved spend.x; * names nothing.
func (j *judge) unreserved(powers []string, scope string) *Refusal {
	var acts []uint64
	reserved := j.w.reservedAt(scope, &acts)
	for i, p := range powers {
		for _, r := range reserved {
			if p != "*" && (powerCovers(r, p) || powerCovers(p, r)) {
				return refuse(ReservedMatter, fmt.Sprintf("data.powers[%d]", i), fmt.Sprintf("%s is reserved to the governing body over %s", r, scope),
					"Leave it out, or have the governing body release the matter.")
			}
		}
	}
	return nil
}

// acyclic refuses to delegate to oneself or to a delegator above.
func (j *judge) acyclic(n, u *delegation) *Refusal {
	w := j.w
	if n.to == n.from || w.sideOf(n.to) == "" {
		return refuse(Cycle, "data.to", fmt.Sprintf("%s would delegate to itself, or to the governing body", w.nameOf(n.from)), "")
	}
	for depth := 0; u != nil && depth < deepest; depth++ {
		if u.id == n.id {
			return refuse(Cycle, "data.under", n.id+" would stand on itself", "")
		}
		if u.from == n.to {
			return refuse(Cycle, "data.to", fmt.Sprintf("%s stands above %s: it delegated what this rests on", w.nameOf(n.to), w.nameOf(n.from)), "Authority is not handed back up; revoke or vary instead.")
		}
		if u.under == "" {
			break
		}
		u = w.delegation(u.under)
	}
	return nil
}

// variable judges a variation: the terms it gives must be within the delegation it stands on, and one that is moved must be
// carried as a grant would be. What stands on something that is not in force at present may still be narrowed.
func (j *judge) variable(d *DelegationVaried) *Refusal {
	w := j.w
	old := w.delegation(d.ID)
	n := *old
	n.vary(d, 0)
	moved := n.under != old.under
	switch {
	case n.under == "" && moved && w.sideOf(n.from) != "":
		return j.notHeld(&n, fmt.Sprintf("%s was not granted by the governing body and must stand on a delegation", d.ID))
	case n.under != "" && (moved || j.widens(d) || d.narrows() && w.chain(w.delegation(n.under)) != nil):
		given := n
		if !moved {
			given = delegation{id: n.id, from: n.from, to: n.to, scope: n.scope, under: n.under, maxDepth: -1, until: Forever}
			given.vary(d, 0)
		}
		if bad := j.withinParent(&given, w.delegation(n.under), moved); bad != nil {
			return bad
		}
	}
	if bad := j.unreserved(d.Powers, n.scope); bad != nil {
		return bad
	}
	if moved && n.under != "" {
		if bad := j.acyclic(&n, w.delegation(n.under)); bad != nil {
			return bad
		}
	}
	if w.isSystem(n.to) && j.widens(d) {
		return j.receives(n.to, "data.id")
	}
	return nil
}

// narrows tells whether a variation gives terms that what it stands on bounds.
func (d *DelegationVaried) narrows() bool {
	return d.Powers != nil || d.Limits != nil || !d.Until.IsZero() || d.Subdelegation != nil
}

// widens tells whether a variation gives more than its delegation had.
func (j *judge) widens(d *DelegationVaried) bool {
	old := j.w.delegation(d.ID)
	n := *old
	n.vary(d, 0)
	for _, p := range powersOr(n.powers) {
		if !conferred(powersOr(old.powers), nil, p) {
			return true
		}
	}
	for i := range old.limits {
		if have := limitOf(n.limits, &old.limits[i]); have == nil || have.Max.Value.Cmp(old.limits[i].Max.Value) > 0 {
			return true
		}
	}
	for i := range n.limits {
		if !allowed(old.limits, &n.limits[i]) {
			return true
		}
	}
	deeper := old.maxDepth >= 0 && (n.maxDepth < 0 || n.maxDepth > old.maxDepth)
	return old.until.Before(n.until) || deeper || old.closed && !n.closed || n.under != old.under
}
