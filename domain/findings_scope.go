package domain

import (
	"fmt"
	"slices"
)

// mostActs bounds how many acts a finding lists that has one for each of many facts: the earliest.
const mostActs = 100

// scope looks at the facts over exactly one scope.
func (x *examiner) scope(id string) {
	if !x.v.scopeAlive(id) {
		return
	}
	x.unset(NoAppetite, id, spaceAppetite, "appetite", "decisions were taken", "appetite.set", x.decisionsOver)
	x.unset(NoDirection, id, spaceDirection, "direction", "objectives were set", "direction.set", x.overType("objective.set"))
	x.unset(NoCriteria, id, spaceCriteria, "criteria", "assessments were completed", "criteria.set", x.overType("assessment.completed"))
	x.selfReview(id)
}

// unset: facts over a scope for which the governing body has set no parameter of a kind.
func (x *examiner) unset(code FindingCode, id string, sp space, what, happened, cure string, facts func(v *View, scope string, most int) []uint64) {
	bare := func(v *View, most int) []uint64 {
		if !v.scopeAlive(id) || len(v.parametersOver(sp, id)) > 0 {
			return nil
		}
		return facts(v, id, most)
	}
	acts := bare(x.v, mostActs)
	if len(acts) == 0 {
		return
	}
	since, causes := x.since(func(v *View) bool { return len(bare(v, 1)) > 0 })
	article := "no "
	x.find(code, "scope", id, Finding{Scope: id, Since: since, Acts: append(causes, acts...),
		Sentence: fmt.Sprintf("Over %s %s, and the governing body has set %s%s for it.", x.scopeLabel(id), happened, article, what),
		Cure:     Cure{cure, fmt.Sprintf("Have the governing body set its %s over %s or above it.", what, id)}})
}

// decisionsOver gives the earliest decisions over a scope by the view's instant.
func (x *examiner) decisionsOver(v *View, scope string, most int) []uint64 {
	x.note.missed(cellKey{cellRemarks, spaceDecision, scope})
	var out []uint64
	for _, i := range x.r.remarks.decided[scope] {
		g := &x.r.all[i]
		if !g.standsAt(x.known) {
			continue
		}
		if v.within(g.place.At) || len(out) == most {
			break
		}
		out = append(out, g.place.Seq)
	}
	return out
}

// overType gives the acts of a type over a scope.
func (x *examiner) overType(name string) func(*View, string, int) []uint64 {
	return func(_ *View, scope string, most int) []uint64 {
		var out []uint64
		for _, m := range x.remarks(thingKey{spaceScope, scope}) {
			if m.act.Type == name && len(out) < most {
				out = append(out, m.seq)
			}
		}
		return out
	}
}

// selfReview: management reviewed itself, and nobody else oversaw the scope.
func (x *examiner) selfReview(id string) {
	alone := func(v *View) (reviews []uint64) {
		if !v.scopeAlive(id) {
			return nil
		}
		for _, m := range x.remarks(thingKey{spaceScope, id}) {
			if _, ok := m.act.Data.(*ReviewHeld); ok && !x.byGovernance(m) && len(reviews) < mostActs {
				reviews = append(reviews, m.seq)
			}
		}
		if len(reviews) == 0 || x.overseen(v, id) {
			return nil
		}
		return reviews
	}
	acts := alone(x.v)
	if len(acts) == 0 {
		return
	}
	since, causes := x.since(func(v *View) bool { return len(alone(v)) > 0 })
	x.find(SelfReview, "scope", id, Finding{Scope: id, Since: since, Acts: append(causes, acts...),
		Sentence: fmt.Sprintf("The only oversight of %s is management's review of itself: nobody else has reported on it, and the governing body has reviewed no assurance over it.", x.scopeLabel(id)),
		Cure:     Cure{"assurance.commissioned", fmt.Sprintf("Commission assurance over %s from somebody independent, and review what they report.", id)}})
}

// overseen tells whether assurance over a scope was reported by others than its own management, or reviewed by the governing
// body or a committee acting for it.
func (x *examiner) overseen(v *View, scope string) bool {
	for at := scope; ; {
		for _, c := range x.remarks(thingKey{spaceScope, at}) {
			d, ok := c.act.Data.(*AssuranceCommissioned)
			if !ok {
				continue
			}
			if slices.ContainsFunc(x.remarks(thingKey{spaceAssurance, d.ID}), func(m *remark) bool {
				_, reported := m.act.Data.(*AssuranceReported)
				_, reviewed := m.act.Data.(*AssuranceReviewed)
				return reviewed || reported && d.Line != "first"
			}) {
				return true
			}
		}
		s := v.scope(at)
		if s == nil || s.parent == "" {
			return false
		}
		at = s.parent
	}
}

// objective: management's objective that serves no direction in force, or cites no appetite where there is one.
func (x *examiner) objective(seq uint64) {
	loose := func(v *View) (m *remark, why string) {
		m = x.r.remarks.at(seq, x.known)
		if m == nil || v.within(m.at) || x.byGovernance(m) {
			return m, ""
		}
		d := m.act.Data.(*ObjectiveSet)
		if !v.scopeAlive(d.Scope) {
			return m, ""
		}
		if p := v.parameter(spaceDirection, d.Serves); d.Serves == "" || p == nil || !p.alive {
			if d.Serves == "" {
				return m, "it serves no direction of the governing body"
			}
			return m, fmt.Sprintf("the direction %s that it serves is not in force", d.Serves)
		}
		p := v.parameter(spaceAppetite, d.Within)
		if (d.Within == "" || p == nil || !p.alive) && len(v.appetitesOver(d.Scope)) > 0 {
			return m, "it cites no appetite in force, though one is set over its scope"
		}
		return m, ""
	}
	m, why := loose(x.v)
	if why == "" {
		return
	}
	since, causes := x.since(func(v *View) bool { _, why := loose(v); return why != "" })
	d := m.act.Data.(*ObjectiveSet)
	x.find(DirectionByManagement, "objective", d.ID, Finding{Scope: d.Scope, Party: x.v.nameOf(m.by), Since: since, Acts: append(causes, seq), Cured: x.cured(seq),
		Sentence: fmt.Sprintf("%s set the objective %s over %s (“%s”), and %s: management is setting its own direction.",
			x.label(m.by), d.ID, x.scopeLabel(d.Scope), x.quoted(d.Statement), why),
		Cure: Cure{"direction.set", fmt.Sprintf("Have the governing body set the direction over %s, and correct %s to say what it serves and within which appetite.", d.Scope, d.ID)}})
}
