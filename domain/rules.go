package domain

import (
	"fmt"
	"slices"
)

// rules are those of DOMAIN, section 5, from NOT_HELD to NOT_NATURAL.
func (j *judge) rules() *Refusal {
	w, f := j.w, j.s.fold
	switch d := j.act.Data.(type) {
	case *DelegationGranted:
		return j.grantable(d)
	case *DelegationVaried:
		return j.variable(d)
	case *PartyRegistered:
		return j.answers(f.canon(d.Answerable))
	case *ScopeDefined:
		if d.Parent == d.ID {
			return refuse(Cycle, "data.parent", d.ID+" would lie under itself", "")
		}
	case *ScopeMoved:
		if d.ID == f.root {
			return refuse(Cycle, "data.id", "the root scope holds all others and lies under none", "")
		}
		if w.covers(d.ID, w.scopeOr(d.Parent)) {
			return refuse(Cycle, "data.parent", fmt.Sprintf("%s would lie under itself: %s is below it", d.ID, w.scopeOr(d.Parent)), "Move it under a scope that is not below it.")
		}
	case *ScopeRetired:
		if d.ID == f.root {
			return refuse(Invalid, "data.id", "the root scope is not retired", "")
		}
	case *BodyConstituted:
		for id, n := f.canon(d.Parent), 0; id != "" && n < deepest; n++ {
			if id == d.ID {
				return refuse(Cycle, "data.parent", d.ID+" would lie under itself", "")
			}
			b := w.body(id)
			if b == nil {
				return refuse(UnknownParty, "data.parent", fmt.Sprintf("%q is no body", d.Parent), "")
			}
			id = b.parent
		}
	case *BodyDissolved:
		if w.sideOf(f.canon(d.ID)) == "" {
			return refuse(Invalid, "data.id", "the governing body is not dissolved", "Record governing-body.succeeded.")
		}
		return j.mustBe(f.canon(d.ID), "data.id", "body")
	case *BodyChanged:
		return j.mustBe(f.canon(d.ID), "data.id", "body")
	case *MemberAppointed:
		if bad := j.mustBe(f.canon(d.Body), "data.body", "body"); bad != nil {
			return bad
		}
		return j.receives(f.canon(d.Party), "data.party")
	case *MemberDeparted:
		return j.mustBe(f.canon(d.Body), "data.body", "body")
	case *RoleAbolished:
		return j.mustBe(f.canon(d.ID), "data.id", "role")
	case *RoleAssigned:
		if bad := j.mustBe(f.canon(d.Role), "data.role", "role"); bad != nil {
			return bad
		}
		if f.canon(d.Party) == f.canon(d.Role) {
			return refuse(Cycle, "data.party", "a role does not sit in itself", "")
		}
		return j.receives(f.canon(d.Party), "data.party")
	case *RoleVacated:
		return j.mustBe(f.canon(d.Role), "data.role", "role")
	case *PersonLeft:
		return j.mustBe(f.canon(d.Person), "data.person", "person")
	case *PersonReturned:
		return j.mustBe(f.canon(d.Person), "data.person", "person")
	case *PersonErased:
		return j.mustBe(f.canon(d.Person), "data.person", "person")
	case *KeyRegistered:
		return j.mustBe(f.canon(d.Person), "data.person", "person")
	case *RecorderAppointed:
		if d.Person != "" {
			return j.mustBe(f.canon(d.Person), "data.person", "person")
		}
	default:
	}
	return nil
}

// answers checks that a person or a role answers for a team, organization or system.
func (j *judge) answers(id string) *Refusal {
	if p := j.w.party(id); id == "" || p != nil && p.kind == "person" || p == nil && j.w.role(id) != nil {
		return nil
	}
	return refuse(Invalid, "data.answerable", fmt.Sprintf("%s is neither a person nor a role", j.w.nameOf(id)), "")
}

// mustBe checks that a party is of the kind that the act is about.
func (j *judge) mustBe(id, path, kind string) *Refusal {
	w := j.w
	is := false
	switch kind {
	case "role":
		r := w.role(id)
		is = r != nil && r.alive
	case "body":
		b := w.body(id)
		is = b != nil && b.alive
	case "person":
		p := w.party(id)
		is = p != nil && p.kind == "person"
	}
	if is {
		return nil
	}
	return refuse(UnknownParty, path, fmt.Sprintf("%q is no %s", w.nameOf(id), kind), "")
}

// receives checks that a party can be given a seat or authority: no person who left, and no system for which nobody
// answers.
func (j *judge) receives(id, path string) *Refusal {
	w := j.w
	if w.away(id) {
		return refuse(UnknownParty, path, fmt.Sprintf("%s has left by %s", w.nameOf(id), j.s.fold.date(j.act.Effective.At)), "Record person.returned first, if they have.")
	}
	if w.isSystem(id) && !w.isAnsweredFor(id) {
		return refuse(NotNatural, path, fmt.Sprintf("nobody answers for the system %s on %s", w.nameOf(id), j.s.fold.date(j.act.Effective.At)),
			"Let a person or an occupied role answer for it first.")
	}
	return nil
}

func (w *world) isSystem(id string) bool {
	p := w.party(id)
	return p != nil && p.kind == "system"
}

// isMachine tells whether a party is a system, or a role in which there is nobody but systems.
func (w *world) isMachine(id string) bool {
	in := w.occupied(id)
	return w.isSystem(id) || w.role(id) != nil && len(in) > 0 && !slices.ContainsFunc(in, func(s seat) bool { return !w.isSystem(s.party) })
}

func (w *world) isAnsweredFor(id string) bool {
	var acts []uint64
	return len(w.persons(nil, id, &acts)) > 0
}

// backdated refuses what would give authority, or cure the want of it, for a time before the body resolved it.
func (j *judge) backdated() *Refusal {
	w, a := j.w, j.act
	b := w.body(j.s.fold.canon(a.By))
	if b == nil || !b.alive || b.quorum == 0 || a.Resolution == nil || !a.Effective.At.Before(a.Resolution.Date.At) {
		return nil
	}
	gives := false
	switch d := a.Data.(type) {
	case *DelegationGranted, *DelegationResumed, *MemberAppointed, *RoleAssigned, *ActRatified:
		gives = true
	case *DelegationVaried:
		gives = j.widens(d)
	default:
	}
	if !gives {
		return nil
	}
	return refuse(Backdated, "effective", fmt.Sprintf("it would hold from %s, before it was resolved on %s", j.s.fold.date(a.Effective.At), j.s.fold.date(a.Resolution.Date.At)),
		"Let it hold from the resolution on, and ratify what was done meanwhile.")
}
