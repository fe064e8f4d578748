package domain

import (
	"fmt"
	"slices"
)

func (x *examiner) governance() {
	lacks := func(v *View) (have, need int) {
		if b := v.body(v.governing().body); b != nil {
			return len(votersOf(v.occupied(v.governing().body), v.at)), max(b.quorum, 1)
		}
		return 0, 1
	}
	have, need := lacks(x.v)
	g := x.v.governing()
	if have >= need || g.body == "" {
		return
	}
	since, causes := x.since(func(v *View) bool { have, need := lacks(v); return v.governing().body != "" && have < need })
	says := fmt.Sprintf("%s has no member in office, so that nobody answers for the organisation.", x.label(g.body))
	if have > 0 {
		says = fmt.Sprintf("%s has %d of the %d members in office that its quorum asks for, and can decide nothing.", x.label(g.body), have, need)
	}
	x.find(NoGoverningBody, "body", x.v.nameOf(g.body), Finding{Party: x.v.nameOf(g.body), Since: since, Acts: append(causes, g.seq), Sentence: says,
		Cure: Cure{"member.appointed", fmt.Sprintf("Appoint members to %s until it has %d.", x.v.nameOf(g.body), need)}})
}

// delegation looks at one delegation.
func (x *examiner) delegation(id string) {
	d := x.v.delegation(id)
	if d == nil || d.ended != "" || !x.v.within(d.until) {
		return
	}
	x.unaccepted(d)
	x.delegationReview(d)
	x.conflicted(d)
	if !x.v.standing(d) {
		return
	}
	chain := x.v.chain(d)
	if chain == nil {
		x.lapsed(d)
		return
	}
	x.vacant(d)
	x.accountOverdue(d)
	x.expiring(d)
	x.samePerson(d)
}

// of begins a finding on a delegation.
func (x *examiner) of(d *delegation, since Instant, acts []uint64) Finding {
	return Finding{Scope: d.scope, Party: x.v.nameOf(d.to), Since: since, Acts: append(acts, d.granted.Seq)}
}

func (x *examiner) from(d *delegation) string {
	if d.under == "" {
		return x.v.governing().body
	}
	return d.from
}

func (x *examiner) vacant(d *delegation) {
	empty := func(v *View) bool {
		n := v.delegation(d.id)
		return n != nil && v.chain(n) != nil && len(x.everyone(v, n.to)) == 0
	}
	if !empty(x.v) {
		return
	}
	since, causes := x.since(empty)
	f := x.of(d, since, causes)
	f.Sentence = fmt.Sprintf("%s holds %s over %s and nobody is in office; accountability has fallen to %s.",
		x.label(d.to), d.id, x.scopeLabel(d.scope), x.label(x.fallenTo(d)))
	f.Cure = Cure{"role.assigned", fmt.Sprintf("Assign %s to somebody, or revoke %s.", x.v.nameOf(d.to), d.id)}
	if b := x.v.body(d.to); b != nil {
		f.Cure = Cure{"member.appointed", fmt.Sprintf("Appoint members to %s, or revoke %s.", x.v.nameOf(d.to), d.id)}
	} else if x.v.role(d.to) == nil {
		f.Cure = Cure{"delegation.revoked", fmt.Sprintf("Revoke %s and grant it to somebody for whom a person answers.", d.id)}
	}
	x.find(Vacant, "delegation", d.id, f)
}

// fallenTo gives who answers for a vacant holder: the nearest delegator above it that has somebody in office, and the
// governing body where none has.
func (x *examiner) fallenTo(d *delegation) string {
	for chain := x.v.chain(d); len(chain) > 0; chain = chain[:len(chain)-1] {
		if from := x.from(chain[len(chain)-1]); len(x.everyone(x.v, from)) > 0 {
			return from
		}
	}
	return x.v.governing().body
}

func (x *examiner) lapsed(d *delegation) {
	since, causes := x.since(func(v *View) bool {
		n := v.delegation(d.id)
		return n != nil && v.standing(n) && v.chain(n) == nil
	})
	f := x.of(d, since, causes)
	why := "what it stands on has fallen away"
	if u := x.v.delegation(d.under); u == nil {
		why = fmt.Sprintf("%s, which it stands on, was never granted", d.under)
	} else if x.v.chain(u) == nil {
		why = fmt.Sprintf("%s, which it stands on, is not in force, because %s", u.id, x.v.whyNot(u))
	} else if !x.v.covers(u.scope, d.scope) {
		why = fmt.Sprintf("%s, which it stands on, is over %s and no longer covers it", u.id, x.scopeLabel(u.scope))
	} else if u.to != d.from {
		why = fmt.Sprintf("%s, which it stands on, is held by %s and not by %s", u.id, x.label(u.to), x.label(d.from))
	}
	f.Sentence = fmt.Sprintf("The delegation %s to %s over %s is inside its term and confers nothing: %s.", d.id, x.label(d.to), x.scopeLabel(d.scope), why)
	f.Cure = Cure{"delegation.varied", fmt.Sprintf("Put %s under a delegation in force, or revoke it.", d.id)}
	x.find(Lapsed, "delegation", d.id, f)
}

func (x *examiner) unaccepted(d *delegation) {
	if !d.needsAcceptance || d.accepted {
		return
	}
	f := x.of(d, d.granted.At, nil)
	f.Sentence = fmt.Sprintf("The delegation %s was granted to %s on %s and has not been accepted; until then it confers nothing.", d.id, x.label(d.to), x.date(d.granted.At))
	f.Cure = Cure{"delegation.accepted", fmt.Sprintf("Have %s accept or decline %s.", x.v.nameOf(d.to), d.id)}
	x.find(Unaccepted, "delegation", d.id, f)
}

func (x *examiner) delegationReview(d *delegation) {
	late := func(v *View) bool {
		n := v.delegation(d.id)
		return n != nil && n.ended == "" && v.within(n.until) && !n.reviewBy.IsZero() && !v.within(v.fold.overdue(n.reviewBy.At)) && v.holderExists(n)
	}
	if !late(x.v) {
		return
	}
	since, causes := x.since(late)
	f := x.of(d, since, append(causes, d.rests.reviewBy))
	f.Sentence = fmt.Sprintf("The delegation %s to %s over %s was to be reviewed by %s.", d.id, x.label(d.to), x.scopeLabel(d.scope), x.date(d.reviewBy.At))
	f.Cure = Cure{"delegation.varied", fmt.Sprintf("Review %s and give it a new review date (reviewBy), or revoke it.", d.id)}
	x.find(ReviewOverdue, "delegation", d.id, f)
}

func (x *examiner) accountOverdue(d *delegation) {
	due, late := x.outstanding(x.v, d)
	if !late {
		return
	}
	since, causes := x.since(func(v *View) bool {
		n := v.delegation(d.id)
		if n == nil || v.chain(n) == nil {
			return false
		}
		_, late := x.outstanding(v, n)
		return late
	})
	out := x.of(d, since, append(causes, d.rests.reportEvery))
	out.Sentence = fmt.Sprintf("%[1]s was to account to %[4]s for %[2]s by %[3]s, and has not.", x.label(d.to), d.id, x.date(due), x.label(x.from(d)))
	out.Cure = Cure{"account.given", fmt.Sprintf("Have %s account for %s.", x.v.nameOf(d.to), d.id)}
	x.find(AccountOverdue, "delegation", d.id, out)
}

// outstanding gives the next account that is due, and whether it is late: one is due at the grant + n × reportEvery. One that
// is given settles all that are due by then, and where none was outstanding the next.
func (x *examiner) outstanding(v *View, d *delegation) (next Instant, late bool) {
	if d.reportEvery == "" {
		return Forever, false
	}
	due := func(n int) Instant { return v.fold.after(d.granted.At, d.reportEvery, n) }
	open := 1
	for _, m := range x.remarks(thingKey{spaceDelegation, d.id}) {
		switch {
		case !m.at.Before(due(open)):
			for !m.at.Before(due(open)) {
				open++
			}
		case open == 1 || !m.at.Before(due(open-1)):
			open++
		}
	}
	return due(open), !v.within(v.fold.overdue(due(open)))
}

const expiringDays = 30

func (x *examiner) expiring(d *delegation) {
	soon := func(v *View) bool {
		n := v.delegation(d.id)
		return n != nil && n.until != Forever && v.chain(n) != nil && !v.within(v.fold.days(n.until, -expiringDays))
	}
	if !soon(x.v) {
		return
	}
	since, causes := x.since(soon)
	f := x.of(d, since, append(causes, d.rests.until))
	f.Sentence = fmt.Sprintf("The delegation %s to %s over %s ends soon: from %s on it confers nothing.", d.id, x.label(d.to), x.scopeLabel(d.scope), x.date(d.until))
	f.Cure = Cure{"delegation.varied", fmt.Sprintf("Give %s a new term, or arrange who follows.", d.id)}
	x.find(Expiring, "delegation", d.id, f)
}

func (x *examiner) samePerson(d *delegation) {
	both := func(v *View) string {
		n := v.delegation(d.id)
		if n == nil || v.chain(n) == nil {
			return ""
		}
		from := n.from
		if n.under == "" {
			from = v.governing().body
		}
		a, b := x.everyone(v, from), x.everyone(v, n.to)
		if len(a) == 1 && slices.Equal(a, b) {
			return a[0]
		}
		return ""
	}
	person := both(x.v)
	if person == "" {
		return
	}
	since, causes := x.since(func(v *View) bool { return both(v) == person })
	f := x.of(d, since, causes)
	f.Party = x.v.nameOf(person)
	f.Sentence = fmt.Sprintf("%s answers alone on both sides of %s: for %s, who delegated it, and for %s, who holds it.",
		x.label(person), d.id, x.label(x.from(d)), x.label(d.to))
	f.Cure = Cure{"role.assigned", "Put somebody else on one of the two sides."}
	x.find(SamePerson, "delegation", d.id, f)
}

// conflicted: who received authority, or sits in what received it, voted for it.
func (x *examiner) conflicted(d *delegation) {
	voter, act := x.votedForOwn(x.v, d)
	if act == 0 {
		return
	}
	since, causes := x.since(func(v *View) bool {
		n := v.delegation(d.id)
		if n == nil || n.ended != "" || !v.within(n.until) {
			return false
		}
		_, act := x.votedForOwn(v, n)
		return act != 0
	})
	f := x.of(d, since, append(causes, act))
	f.Party = x.v.nameOf(voter)
	f.Sentence = fmt.Sprintf("%s voted for %s, which gives authority to %s.", x.label(voter), d.id, x.label(d.to))
	f.Cure = Cure{"delegation.granted", fmt.Sprintf("Revoke %s and decide it again with %s recused.", d.id, x.v.nameOf(voter))}
	x.find(Conflicted, "delegation", d.id, f)
}

// votedForOwn gives who voted for authority of their own, and the act that gave it; 0 for none.
func (x *examiner) votedForOwn(v *View, d *delegation) (voter string, act uint64) {
	acts := []uint64{d.granted.Seq}
	for _, n := range d.restsOn(nil) {
		if _, ok := v.fold.entries[n-1].data().(*DelegationVaried); ok && !slices.Contains(acts, n) {
			acts = append(acts, n)
		}
	}
	for _, n := range acts {
		a := v.state.contentOf(n, x.known)
		if a == nil || a.Resolution == nil {
			continue
		}
		there := x.elsewhere(a.Resolution.Date.At)
		recipients := append(there.persons(nil, d.to, new([]uint64)), d.to)
		recipients = x.elsewhere(a.Effective.At).persons(recipients, d.to, new([]uint64))
		for _, p := range a.Resolution.For {
			if p = v.canonical(p); slices.Contains(recipients, p) {
				return p, n
			}
		}
	}
	return "", 0
}
