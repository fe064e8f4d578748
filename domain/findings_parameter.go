package domain

import "fmt"

func (x *examiner) parameter(sp space, id string) {
	p := x.v.parameter(sp, id)
	if p == nil || !p.alive || !x.v.scopeAlive(p.scope) {
		return
	}
	kind, set, title, review := "", "", "", reviewBy(p)
	switch d := p.data.(type) {
	case *DirectionSet:
		kind, set, title = "direction", "direction.set", x.quoted(d.Statement)
	case *PolicyAdopted:
		kind, set, title = "policy", "policy.adopted", x.quoted(d.Title)
		x.policyWithoutParameters(p, d)
	case *AppetiteSet:
		kind, set, title = "appetite", "appetite.set", x.quoted(d.Statement)
	default:
	}
	if review.IsZero() {
		return
	}
	late := func(v *View) bool {
		n := v.parameter(sp, id)
		by := reviewBy(n)
		return !by.IsZero() && v.scopeAlive(n.scope) && !v.within(v.fold.overdue(by.At))
	}
	if !late(x.v) {
		return
	}
	since, causes := x.since(late)
	x.find(ReviewOverdue, kind, id, Finding{Scope: p.scope, Since: since, Acts: append(causes, p.pos.Seq),
		Sentence: fmt.Sprintf("The %s %s over %s (“%s”) was to be reviewed by %s.", kind, id, x.scopeLabel(p.scope), title, x.date(review.At)),
		Cure:     Cure{set, fmt.Sprintf("Review the %s and record %s again with a new review date (reviewBy), or withdraw it.", kind, id)}})
}

// reviewBy gives by when a direction, policy or appetite that is not withdrawn is to be reviewed.
func reviewBy(p *parameter) When {
	if p == nil || !p.alive {
		return When{}
	}
	switch d := p.data.(type) {
	case *DirectionSet:
		return d.ReviewBy
	case *PolicyAdopted:
		return d.ReviewBy
	case *AppetiteSet:
		return d.ReviewBy
	default:
		return When{}
	}
}

func (x *examiner) policyWithoutParameters(p *parameter, d *PolicyAdopted) {
	alone := func(v *View) bool {
		n := v.parameter(spacePolicy, d.ID)
		return n != nil && n.alive && n.by != "" && v.scopeAlive(n.scope) && !v.committeeOfGovernance(n.by) &&
			len(v.parametersOver(spaceDirection, n.scope)) == 0 && len(v.parametersOver(spaceAppetite, n.scope)) == 0
	}
	if !alone(x.v) {
		return
	}
	since, causes := x.since(alone)
	x.find(PolicyWithoutParameters, "policy", d.ID, Finding{Scope: p.scope, Party: x.v.nameOf(p.by), Since: since, Acts: append(causes, p.pos.Seq),
		Sentence: fmt.Sprintf("%s adopted the policy %s (“%s”) over %s, where the governing body has set neither a direction nor an appetite for it to respect.",
			x.label(p.by), d.ID, x.quoted(d.Title), x.scopeLabel(p.scope)),
		Cure: Cure{"direction.set", fmt.Sprintf("Have the governing body set a direction or an appetite over %s, or adopt the policy itself.", p.scope)}})
}
