package domain

import "fmt"

// entitled checks that the party in whose name the act is may perform acts of its type.
func (j *judge) entitled() *Refusal {
	a, w := j.act, j.w
	t, by := TypeOf(a.Type), j.s.fold.canon(a.By)
	if t.Fact() || w.sideOf(by) == "" && t.by != byRule {
		return nil
	}
	switch t.by {
	case byGB:
		return refuse(GovernanceAct, "by", fmt.Sprintf("%s is an act of the governing body alone, not of %s", a.Type, a.By),
			"Have the governing body do it: management does not set its own direction.")
	case byHolder, byCommittee:
		for _, at := range j.concerned() {
			if !w.holds(by, a.Type, at) {
				return j.notHolder(at)
			}
		}
	case byGBOrCommittee:
		for _, at := range j.concerned() {
			if !w.committeeOfGovernance(by) || !w.holds(by, a.Type, at) {
				return refuse(NotEntitled, "by", fmt.Sprintf("%s is neither the governing body nor a committee acting for it over %s", a.By, at),
					"Have the governing body do it, or delegate "+a.Type+" to the committee.")
			}
		}
	case byAny:
		if w.away(by) {
			return refuse(NotEntitled, "by", a.By+" has left", "")
		}
	case byRule:
		return j.entitledByRule(by)
	}
	return nil
}

func (j *judge) notHolder(at string) *Refusal {
	a := j.act
	return refuse(NotEntitled, "by", fmt.Sprintf("%s holds neither * nor %s over %s on %s", a.By, a.Type, at, j.s.fold.date(a.Effective.At)),
		"Have the governing body or a holder do it, or delegate the power "+a.Type+".")
}

// concerned gives the scopes over which an act of structure, direction or oversight is done.
func (j *judge) concerned() []string {
	w, f := j.w, j.s.fold
	root := []string{f.root}
	ofBody := func(id string) []string {
		if b := w.body(f.canon(id)); b != nil && b.scope != "" {
			return []string{b.scope}
		}
		return root
	}
	ofRole := func(id string) []string {
		if r := w.role(f.canon(id)); r != nil {
			return []string{r.scope}
		}
		return root
	}
	switch d := j.act.Data.(type) {
	case *BodyConstituted:
		return []string{w.scopeOr(d.Scope)}
	case *BodyChanged:
		return ofBody(d.ID)
	case *BodyDissolved:
		return ofBody(d.ID)
	case *MemberAppointed:
		return ofBody(d.Body)
	case *MemberDeparted:
		return ofBody(d.Body)
	case *RoleEstablished:
		return []string{w.scopeOr(d.Scope)}
	case *RoleAbolished:
		return ofRole(d.ID)
	case *RoleAssigned:
		return ofRole(d.Role)
	case *RoleVacated:
		return ofRole(d.Role)
	case *ScopeDefined:
		return []string{w.scopeOr(d.Parent)}
	case *ScopeRenamed:
		return []string{d.ID}
	case *ScopeMoved:
		old := f.root
		if s := w.scope(d.ID); s != nil && s.parent != "" {
			old = s.parent
		}
		return []string{old, w.scopeOr(d.Parent)}
	case *ScopeRetired:
		return []string{d.ID}
	case *PolicyAdopted:
		return []string{d.Scope}
	case *PolicyWithdrawn:
		if p := w.parameter(spacePolicy, d.ID); p != nil {
			return []string{p.scope}
		}
	case *AssuranceCommissioned:
		return []string{d.Scope}
	case *AssuranceReviewed:
		if t := w.thing(spaceAssurance, d.ID); t != nil {
			return []string{t.scope}
		}
	default:
		return root
	}
	return root
}

// entitledByRule is for the types whose own rule says who may.
func (j *judge) entitledByRule(by string) *Refusal {
	w := j.w
	notEntitled := func(who string) *Refusal {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s may not do this; %s may", j.act.By, who), "")
	}
	switch d := j.act.Data.(type) {
	case *DelegationGranted:
		return j.mayGrant(d, by)
	case *DelegationAccepted:
		return j.isHolder(d.ID, by)
	case *DelegationDeclined:
		return j.isHolder(d.ID, by)
	case *DelegationVaried:
		return j.mayVary(d, by)
	case *DelegationSuspended:
		return j.isAbove(d.ID, by)
	case *DelegationRevoked:
		return j.isAbove(d.ID, by)
	case *DelegationResumed:
		return j.mayResume(d.ID, by)
	case *AssuranceReported:
		if t := w.thing(spaceAssurance, d.ID); t.party != by {
			return notEntitled("its provider " + w.nameOf(t.party))
		}
	case *AccountGiven:
		if g := w.delegation(d.Delegation); g.to != by {
			return notEntitled("its holder " + w.nameOf(g.to))
		}
	case *AccountReceived:
		g := w.delegation(w.thing(spaceAccount, d.ID).scope)
		if g == nil {
			return notEntitled("nobody, since the delegation was never granted")
		}
		if w.fromOf(g) != w.sideOf(by) {
			return notEntitled("the delegator " + w.nameOf(g.from))
		}
	case *ActRatified:
		return j.mayRatify(d, by)
	case *ActAttested:
		if p := w.party(by); p == nil || p.kind != "person" {
			return notEntitled("a person")
		}
		if k := w.thing(spaceKey, d.Signature.Key); k.party != by {
			return notEntitled("the person whose key it is, " + w.nameOf(k.party))
		}
	default:
	}
	return nil
}

// fromOf gives the side that granted a delegation: "" for the governing body, whichever it was.
func (w *world) fromOf(d *delegation) string {
	if d.under == "" {
		return ""
	}
	return d.from
}

func (j *judge) isHolder(id, by string) *Refusal {
	if d := j.w.delegation(id); d.to != by {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s does not hold %s; %s does", j.act.By, id, j.w.nameOf(d.to)), "")
	}
	return nil
}

func (j *judge) isAbove(id, by string) *Refusal {
	w, d := j.w, j.w.delegation(id)
	if contains(w.sidesAbove(d), w.sideOf(by)) {
		return nil
	}
	return refuse(NotEntitled, "by", fmt.Sprintf("%s neither granted %s nor stands above %s, who did", j.act.By, id, w.nameOf(d.from)),
		"Have its delegator or one above it do this.")
}

func (j *judge) mayVary(v *DelegationVaried, by string) *Refusal {
	id := v.ID
	w, d := j.w, j.w.delegation(id)
	side := w.sideOf(by)
	if side == w.fromOf(d) {
		return nil
	}
	if u := w.delegation(v.Under); v.Under != "" && u != nil && !contains(w.sidesAbove(u), side) {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s neither granted %s nor stands above %s by it", j.act.By, v.Under, w.nameOf(d.from)), "")
	}
	if bad := j.isAbove(id, by); bad != nil {
		return bad
	}
	if !w.vacant(d.from) {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s granted %s and is in office; %s acts for it only while it is vacant", w.nameOf(d.from), id, j.act.By),
			"Have "+w.nameOf(d.from)+" do this.")
	}
	return nil
}

func (j *judge) mayResume(id, by string) *Refusal {
	w, d := j.w, j.w.delegation(id)
	if bad := j.isAbove(id, by); bad != nil {
		return bad
	}
	if len(d.suspensions) == 0 {
		return refuse(UnknownID, "data.id", fmt.Sprintf("%s is not suspended on %s", id, j.s.fold.date(j.act.Effective.At)), "")
	}
	if len(w.liftable(d, w.sideOf(by))) == 0 {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s did not suspend %s and does not stand above who did", j.act.By, id),
			"A suspension is lifted by who made it or a delegator above them.")
	}
	return nil
}

// mayGrant: the delegator grants; while it is vacant, a delegator above it.
func (j *judge) mayGrant(d *DelegationGranted, by string) *Refusal {
	w, from := j.w, j.s.fold.canon(d.From)
	if w.sideOf(by) == w.sideOf(from) {
		return nil
	}
	if !w.vacant(from) {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s delegates what is its own; %s acts for it only while it is vacant", d.From, j.act.By),
			"Have "+d.From+" grant it.")
	}
	above := []string{""}
	for _, id := range w.held(from) {
		if d.Under == "" || d.Under == id {
			above = append(above, w.sidesAbove(w.delegation(id))...)
		}
	}
	if !contains(above, w.sideOf(by)) {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s is no delegator above %s", j.act.By, d.From),
			"While a post is vacant those above it act for it.")
	}
	return nil
}

// mayRatify: who could take the decision now.
func (j *judge) mayRatify(d *ActRatified, by string) *Refusal {
	seq := j.s.ids[d.Act]
	content := j.s.contentOf(seq, j.s.fold.seq)
	if content == nil || !TypeOf(content.Type).Fact() {
		return refuse(Invalid, "data.act", fmt.Sprintf("%s is no recorded fact; facts alone are ratified", d.Act), "")
	}
	if j.act.Effective.At.Before(content.Effective.At) {
		return refuse(UnknownAct, "data.act", fmt.Sprintf("%s took place on %s, after this", d.Act, j.s.fold.date(content.Effective.At)), "Ratify it from then on.")
	}
	if j.w.sideOf(by) == "" || j.w.vacant(by) { // who is vacant cannot act: see inOffice
		return nil
	}
	would := decision{by: by, power: content.Type, scope: j.s.subject(content), place: Pos{j.act.Effective.At, j.s.next()}, seq: seq}
	if t, ok := content.Data.(*DecisionTaken); ok {
		would.power, would.scope, would.amounts = t.Power, t.Scope, t.Amounts
	}
	if way, why := j.w.may(&would); way == nil {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s could not take this decision itself: %s", j.act.By, why[0].Message), "Have who could decide it ratify it.")
	}
	return nil
}
