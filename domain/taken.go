package domain

import (
	"fmt"
)

// free checks that what the act makes is not taken, and that beginnings and ends of one id alternate.
func (j *judge) free() *Refusal {
	f := j.s.fold
	taken := func(sp space, id, path string) *Refusal {
		if seq := j.s.madeBy(sp, id); seq != 0 && seq != j.target {
			return refuse(AlreadyExists, path, fmt.Sprintf("%q is taken by act %s; an id is never free again", id, f.entries[seq-1].id), "Choose another id.")
		}
		return nil
	}
	switch d := j.act.Data.(type) {
	case *PartyRegistered:
		return taken(spaceParty, d.ID, "data.id")
	case *PartyRenamed:
		if d.NewID != "" {
			return taken(spaceParty, d.NewID, "data.newId")
		}
	case *GoverningBodySucceeded:
		return taken(spaceParty, d.ID, "data.id")
	case *BodyConstituted:
		return j.revivable(d.ID, spaceParty, func(o Data) bool { _, ok := o.(*BodyConstituted); return ok })
	case *RoleEstablished:
		return j.revivable(d.ID, spaceParty, func(o Data) bool { _, ok := o.(*RoleEstablished); return ok })
	case *ScopeDefined:
		if d.ID == f.root {
			return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q is the root scope", d.ID), "")
		}
		return j.revivable(d.ID, spaceScope, func(o Data) bool { _, ok := o.(*ScopeDefined); return ok })
	case *DirectionSet:
		return j.replaces(spaceDirection, d.ID, d.Scope, "")
	case *PolicyAdopted:
		return j.replaces(spacePolicy, d.ID, d.Scope, "")
	case *AppetiteSet:
		return j.replaces(spaceAppetite, d.ID, d.Scope, d.Category)
	case *CriteriaSet:
		return j.replaces(spaceCriteria, d.ID, d.Scope, "")
	case *MatterReserved:
		return j.replaces(spaceMatter, d.ID, j.w.scopeOr(d.Scope), "")
	case *PersonReturned:
		if !j.w.away(f.canon(d.Person)) {
			return refuse(AlreadyExists, "data.person", d.Person+" has not left", "")
		}
	case *PersonLeft:
		if j.w.away(f.canon(d.Person)) {
			return refuse(AlreadyExists, "data.person", d.Person+" has left already", "")
		}
	case *PowerDefined:
		if contains(j.w.powers(), d.ID) && j.target == 0 {
			return refuse(AlreadyExists, "data.id", fmt.Sprintf("the power %s is defined", d.ID), "")
		}
	default:
		return j.freshID()
	}
	return nil
}

// freshID checks the id of what can be made once and never again.
func (j *judge) freshID() *Refusal {
	if seq := j.s.madeBy(j.makes.space, j.makes.id); seq != 0 && seq != j.target {
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q is taken by act %s; an id is never free again", j.makes.id, j.s.fold.entries[seq-1].id), "Choose another id.")
	}
	return nil
}

// revivable checks the id of a role, body or scope: one that ended may begin again, as the same kind of thing.
func (j *judge) revivable(id string, sp space, same func(Data) bool) *Refusal {
	if sp == spaceParty {
		id = j.s.fold.canon(id)
	}
	seq := j.s.madeBy(sp, id)
	if seq != 0 && seq != j.target && !same(j.s.fold.entries[seq-1].data()) {
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q is taken by act %s, which made something else of it", id, j.s.fold.entries[seq-1].id), "Choose another id.")
	}
	alive := sp == spaceScope && j.w.scopeAlive(id)
	if sp == spaceParty {
		r, b := j.w.role(id), j.w.body(id)
		alive = r != nil && r.alive || b != nil && b.alive
	}
	if alive {
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q exists on %s", id, j.s.fold.date(j.act.Effective.At)), "")
	}
	return nil
}

// replaces checks the id of a parameter: set again it replaces itself, in the same scope and category.
func (j *judge) replaces(sp space, id, scope, category string) *Refusal {
	seq := j.s.madeBy(sp, id)
	if seq == 0 || seq == j.target {
		return nil
	}
	old := j.s.fold.entries[seq-1].act
	if c := j.s.fold.entries[seq-1].content; c != nil {
		old = c
	}
	was, cat := "", ""
	switch d := old.Data.(type) {
	case *DirectionSet:
		was = d.Scope
	case *PolicyAdopted:
		was = d.Scope
	case *AppetiteSet:
		was, cat = d.Scope, d.Category
	case *CriteriaSet:
		was = d.Scope
	case *MatterReserved:
		was = j.w.scopeOr(d.Scope)
	default:
	}
	if was != scope || cat != category {
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q was set by act %s for another scope or category", id, j.s.fold.entries[seq-1].id), "Choose another id.")
	}
	return nil
}
