package domain

import (
	"fmt"
	"slices"
)

// references checks that what the act names exists at its effective instant.
func (j *judge) references() *Refusal {
	switch j.act.Data.(type) {
	case *ActCorrected, *PolicyAdopted, *MatterReserved, *DelegationGranted, *DelegationVaried:
		return j.eachReference()
	default:
	}
	if j.act.names == nil { // it was settled before
		return j.eachReference()
	}
	for _, n := range j.act.names {
		if n.made && n.space != spacePrincipal {
			j.makes = thingKey{n.space, *n.id}
		} else if !n.made && !j.there(n.space, *n.id) {
			return j.eachReference() // which says where
		}
	}
	return nil
}

// there tells whether what is named exists, for what most acts name; of the rest it says no.
func (j *judge) there(sp space, id string) bool {
	switch sp {
	case spaceParty:
		return j.w.known(j.s.fold.canon(id))
	case spaceScope:
		return j.w.scopeAlive(id)
	case spaceDelegation:
		return !changesDelegation(j.act.Data) && j.w.delegation(id) != nil
	default:
		return false
	}
}

// eachReference goes over the references one by one.
func (j *judge) eachReference() *Refusal {
	corrects := j.act.corrects()
	err := j.act.eachField(func(at *walker, fd *field) error {
		if corrects && len(at.trail) > 1 && at.trail[0].name == "data" && at.trail[1].name != "act" {
			return nil // what a correction says is judged at the place of the act it corrects
		}
		if fd.kind == isID && !fd.names && fd.space != none && fd.space != spacePrincipal && len(at.trail) == 2 {
			j.makes = thingKey{fd.space, *fd.str()}
		}
		if fd.space == none && fd.name != "within" || fd.unset != nil && *fd.unset {
			return nil
		}
		switch {
		case fd.kind == isID && fd.names:
			return orNil(j.exists(fd.space, *fd.str(), at, -1))
		case fd.kind == isIDs && fd.names:
			for i, id := range *fd.strs() {
				if bad := j.exists(fd.space, id, at, i); bad != nil {
					return bad
				}
			}
		case fd.kind == isIDs && fd.name == "within":
			for i, id := range *fd.strs() {
				d, a := j.w.parameter(spaceDirection, id), j.w.parameter(spaceAppetite, id)
				if (d == nil || !d.alive) && (a == nil || !a.alive) {
					return refuse(UnknownID, at.item(i), fmt.Sprintf("neither a direction nor an appetite %q is set by %s", id, j.w.date()), "")
				}
			}
		case fd.kind == isNames && fd.space == spacePower:
			for i, p := range *fd.strs() {
				if !j.w.powerDefined(p) {
					return refuse(UnknownID, at.item(i), fmt.Sprintf("the power %s is not defined", p),
						"Record power.defined, or use one that is defined.")
				}
			}
		}
		return nil
	})
	if err != nil {
		return err.(*Refusal)
	}
	return nil
}

func orNil(bad *Refusal) error {
	if bad == nil {
		return nil
	}
	return bad
}

// changesDelegation tells whether an act does something to the delegation it names.
func changesDelegation(d Data) bool {
	switch d.(type) {
	case *DelegationAccepted, *DelegationDeclined, *DelegationVaried, *DelegationSuspended, *DelegationResumed, *DelegationRevoked:
		return true
	default:
		return false
	}
}

func (w *world) powerDefined(p string) bool {
	defined := w.powers()
	if len(defined) == 0 || p == "*" || TypeOf(p) != nil {
		return true
	}
	return slices.ContainsFunc(defined, func(d string) bool { return powerCovers(d, p) || powerCovers(p, d) })
}

// finds tells whether an act finds the scope it names. One that retires a scope needs it not to have been retired itself:
// what is above it may have been, at the same meeting.
func (w *world) finds(d Data, scope string) bool {
	if r, ok := d.(*ScopeRetired); ok && r.ID == scope {
		s := w.scope(scope)
		return s != nil && s.alive
	}
	return w.scopeAlive(scope)
}

func (j *judge) exists(sp space, id string, at *walker, item int) *Refusal {
	w := j.w
	switch sp {
	case spaceParty:
		if !w.known(j.s.fold.canon(id)) {
			return refuse(UnknownParty, at.item(item), fmt.Sprintf("no party, role or body %q exists on %s", id, w.date()),
				j.beginsLater("Record party.registered, role.established or body.constituted first."))
		}
	case spaceScope:
		if !w.finds(j.act.Data, id) {
			return refuse(UnknownScope, at.item(item), fmt.Sprintf("no scope %q exists on %s", id, w.date()), j.beginsLater("Record scope.defined first."))
		}
	case spaceDelegation:
		d := w.delegation(id)
		if d == nil {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no delegation %q has been granted by %s", id, w.date()), "")
		}
		if changesDelegation(j.act.Data) && at.trail[len(at.trail)-1].name == "id" && (d.ended != "" || !w.at.Before(d.until)) {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("%s is over by %s; what is revoked, declined or expired stays so", id, w.date()), "Grant a new one.")
		}
	case spaceDirection, spaceAppetite, spaceCriteria, spacePolicy, spaceMatter:
		p := w.parameter(sp, id)
		withdrawn := p != nil && !p.alive && !TypeOf(j.act.Type).Fact()
		if p == nil || withdrawn {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no such thing as %q is in force on %s", id, w.date()), "")
		}
	case spaceKey, spaceConcern, spaceAssurance, spaceAccount:
		if w.thing(sp, id) == nil {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no such thing as %q exists on %s", id, w.date()), "")
		}
	case spaceAct:
		if j.s.ids[id] == 0 {
			return refuse(UnknownAct, at.item(item), fmt.Sprintf("no act %q is recorded", id), "")
		}
	case none, spacePower, spaceDecision, spaceObjective, spaceAssessment, spaceReview, spaceInforming, spacePrincipal:
	}
	return nil
}

// beginsLater gives a cure, for an act from before the ledger begins the one that helps there.
func (j *judge) beginsLater(cure string) string {
	if opened := j.s.fold.entries[0].pos.At; j.w.at.Before(opened) {
		return "The ledger begins on " + j.s.fold.date(opened) + "; open one from an earlier day, with the effective time of ledger.opened."
	}
	return cure
}
