package domain

import "fmt"

func (x *examiner) parameter(sp space, id string) {
	p := x.v.parameter(sp, id)
	if p == nil || !p.alive || !x.v.scopeAlive(p.scope) {
		return
	}
	var review When
	kind, set, title := "", "", ""
	switch d := p.data.(type) {
	case *DirectionSet:
		kind, set, review, title = "direction", "direction.set", d.ReviewBy, x.quoted(d.Statement)
	case *PolicyAdopted:
		kind, set, review, title = "policy", "policy.adopted", d.ReviewBy, x.quoted(d.Title)
		x.policyWithoutParameters(p, d)
	case *AppetiteSet:
		kind, set, review, title = "appetite", "appetite.set", d.ReviewBy, x.quoted(d.Statement)
	default:
	}
	if review.IsZero() {
		return
	}
	late := x.v.fold.overdue(review.At)
	if x.v.within(late) {
		return
	}
	x.find(ReviewOverdue, kind, id, Finding{Scope: p.scope, Since: latest(late, p.pos.At), Acts: []uint64{p.pos.Seq},
		Sentence: fmt.Sprintf("The %s %s over %s (“%s”) was to be reviewed by %s.", kind, id, x.scopeLabel(p.scope), title, x.date(review.At)),
		Cure:     Cure{set, fmt.Sprintf("Review the %s and record %s again with a new review date (reviewBy), or withdraw it.", kind, id)}})
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
