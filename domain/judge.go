package domain

import (
	"fmt"
	"slices"
)

// judge weighs one act: shape first, then references, entitlement, and then the rules of DOMAIN, section 5, in the order
// of its table. The act is judged at its place in the fold, on everything recorded before it.
type judge struct {
	s         *State
	act       *Act
	principal string
	now       Instant // when it is recorded
	target    uint64  // of the content of a correction: the sequence of the act corrected; 0 else
	w         *world
	makes     thingKey // what the act makes anew; known once its references are judged
	lifeless  []uint64 // acts whose subject was there before a correction or an annulment, to be there after it
}

// The steps by which an act is judged, and those by which what wraps a correction or an annulment is.
var (
	judging = []func(*judge) *Refusal{
		(*judge).references, (*judge).recorder, (*judge).entitled, (*judge).rules, (*judge).resolved, (*judge).inOffice,
		(*judge).backdated, (*judge).free,
	}
	restating = []func(*judge) *Refusal{
		(*judge).references, (*judge).recorder, (*judge).mayRestate, (*judge).resolved, (*judge).inOffice,
	}
)

func (j *judge) judge() *Refusal {
	j.w = j.s.worldAt(Pos{At: j.act.Effective.At, Seq: j.s.next()})
	if bad := j.shape(); bad != nil {
		return bad
	}
	switch d := j.act.Data.(type) {
	case *ActCorrected:
		return j.correction(d)
	case *ActAnnulled:
		return j.annulment(d)
	}
	return j.content()
}

// before reads the cells as they stand just before a place in the fold, as newest known and with everything pending.
type before struct {
	fold *fold
	pos  Pos
}

func (b *before) get(k cellKey) any {
	if c := b.fold.find(k); c != nil {
		return c.before(b.pos)
	}
	return nil
}

// worldAt is the state just before a place in the fold, with everything pending.
func (s *State) worldAt(p Pos) *world {
	w := &struct {
		world
		before
	}{before: before{s.fold, p}}
	w.world = world{r: &w.before, at: p.At, fold: s.fold}
	return &w.world
}

// content judges what an act says, be it new or the content of a correction.
func (j *judge) content() *Refusal {
	if d, ok := j.act.Data.(*LedgerOpened); ok {
		return j.opening(d)
	}
	if j.s.fold.root == "" {
		return refuse(Invalid, "type", "the ledger is not opened yet", "Its first act is ledger.opened.")
	}
	for _, step := range judging {
		if bad := step(j); bad != nil {
			return bad
		}
	}
	return nil
}

func (j *judge) opening(d *LedgerOpened) *Refusal {
	if j.s.fold.root != "" {
		return refuse(AlreadyExists, "type", "the ledger is open; it is opened once", "")
	}
	if j.act.By != d.GoverningBody.ID {
		return refuse(GovernanceAct, "by", "only the governing body opens its ledger", "Let by name the governing body.")
	}
	err := j.act.eachField(func(at *walker, fd *field) error {
		if fd.kind == isIDs && fd.names && len(*fd.strs()) > 0 {
			return refuse(UnknownParty, at.item(0), "no party is registered before the ledger is opened", "Leave it out.")
		}
		return nil
	})
	if err != nil {
		return err.(*Refusal)
	}
	return nil
}

// shape checks what the codec cannot see in one field alone.
func (j *judge) shape() *Refusal {
	if r := j.act.Resolution; r != nil {
		if bad := r.shape(j.s.fold.canon); bad != nil {
			return bad.under("resolution")
		}
	}
	for i, e := range j.act.Evidence {
		if e.URI == "" && e.SHA256 == "" && e.Title.IsZero() {
			return refuse(Invalid, fmt.Sprintf("evidence[%d]", i), "the evidence says nothing", "")
		}
	}
	bad := shapeOf(j.act.Data)
	if bad != nil {
		return bad.under("data")
	}
	return nil
}

func (r *Resolution) shape(canon func(string) string) *Refusal {
	seen := map[string]string{}
	for _, l := range []struct {
		name string
		who  []string
	}{{"for", r.For}, {"against", r.Against}, {"abstained", r.Abstained}, {"recused", r.Recused}} {
		for i, p := range l.who {
			at := fmt.Sprintf("%s[%d]", l.name, i)
			if was, ok := seen[canon(p)]; ok {
				return refuse(Invalid, at, fmt.Sprintf("%s is named both %s and %s", p, was, l.name), "")
			}
			seen[canon(p)] = l.name
			if !contains(r.Present, p) {
				return refuse(Invalid, at, p+" is not among those present", "")
			}
		}
	}
	for i, p := range r.Present {
		if index(r.Present, p) < i {
			return refuse(Invalid, fmt.Sprintf("present[%d]", i), p+" is named twice", "")
		}
	}
	if r.Casting != "" && !contains(r.For, r.Casting) {
		return refuse(Invalid, "casting", r.Casting+" gives the casting vote and is not among those for", "")
	}
	return nil
}

func shapeOf(d Data) *Refusal {
	switch d := d.(type) {
	case *PartyRegistered:
		if d.Kind == "system" && d.Answerable == "" {
			return refuse(Invalid, "answerable", "the field is missing", "A system needs the person or role that answers for it.")
		}
		if d.Kind == "person" && d.Answerable != "" {
			return refuse(Invalid, "answerable", "a person answers for themselves", "")
		}
	case *PartyRenamed:
		if d.Name.IsZero() && d.NewID == "" {
			return refuse(Invalid, "", "neither a name nor a newId is given", "")
		}
	case *BodyChanged:
		if d.Name.IsZero() && !d.Quorum.Set {
			return refuse(Invalid, "", "neither a name nor a quorum is given", "")
		}
	case *DelegationGranted:
		if d.Powers != nil && len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "Leave powers out to pass on all of the delegation it stands on.")
		}
		return shapeOfLimits(d.Limits)
	case *DelegationVaried:
		if d.Powers != nil && len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "Give null to pass on all of the delegation it stands on.")
		}
		return shapeOfLimits(d.Limits)
	case *MatterReserved:
		if len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "")
		}
	case *AppetiteSet:
		for i, m := range d.Measures {
			c := m.Amber.Value.Cmp(m.Red.Value)
			if m.LowerIsWorse.On {
				c = -c
			}
			if c > 0 {
				return refuse(Invalid, fmt.Sprintf("measures[%d].red", i), "red is reached before amber", "")
			}
		}
	}
	return nil
}

func shapeOfLimits(ls []Limit) *Refusal {
	for i := range ls {
		if limitOf(ls[:i], &ls[i]) != nil {
			return refuse(Invalid, fmt.Sprintf("limits[%d]", i), "the same dimension, unit and period are limited twice", "")
		}
	}
	return nil
}

// references checks that what the act names exists at its effective instant.
func (j *judge) references() *Refusal {
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
				if j.w.parameter(spaceDirection, id) == nil && j.w.parameter(spaceAppetite, id) == nil {
					return refuse(UnknownID, at.item(i), fmt.Sprintf("neither a direction nor an appetite %q is set by %s", id, j.w.at), "")
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
			return refuse(UnknownParty, at.item(item), fmt.Sprintf("no party, role or body %q exists on %s", id, w.at),
				"Record party.registered, role.established or body.constituted first.")
		}
	case spaceScope:
		if !w.finds(j.act.Data, id) {
			return refuse(UnknownScope, at.item(item), fmt.Sprintf("no scope %q exists on %s", id, w.at), "Record scope.defined first.")
		}
	case spaceDelegation:
		d := w.delegation(id)
		if d == nil {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no delegation %q has been granted by %s", id, w.at), "")
		}
		if changesDelegation(j.act.Data) && at.trail[len(at.trail)-1].name == "id" && (d.ended != "" || !w.at.Before(d.until)) {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("%s is over by %s; what is revoked, declined or expired stays so", id, w.at), "Grant a new one.")
		}
	case spaceDirection, spaceAppetite, spaceCriteria, spacePolicy, spaceMatter:
		p := w.parameter(sp, id)
		withdrawn := p != nil && !p.alive && !TypeOf(j.act.Type).Fact()
		if p == nil || withdrawn {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no such thing as %q is in force on %s", id, w.at), "")
		}
	case spaceKey, spaceConcern, spaceAssurance, spaceAccount:
		if w.thing(sp, id) == nil {
			return refuse(UnknownID, at.item(item), fmt.Sprintf("no such thing as %q exists on %s", id, w.at), "")
		}
	case spaceAct:
		if j.s.ids[id] == 0 {
			return refuse(UnknownAct, at.item(item), fmt.Sprintf("no act %q is recorded", id), "")
		}
	case none, spacePower, spaceDecision, spaceObjective, spaceAssessment, spaceReview, spaceInforming, spacePrincipal:
	}
	return nil
}

// recorder checks that the principal may record for the party in whose name the act is: at the act's effective instant
// or when it is recorded, whichever is later, so that whoever is no longer a recorder cannot go back to when they were.
func (j *judge) recorder() *Refusal {
	if j.target != 0 {
		return nil // the correction itself was checked
	}
	at := j.act.Effective.At
	if at.Before(j.now) {
		at = j.now
	}
	w := j.s.worldAt(Pos{At: at, Seq: ^uint64(0)})
	if w.mayRecord(j.principal, j.s.fold.canon(j.act.By), j.s.fold.opener) {
		return nil
	}
	return refuse(NotEntitled, "by", fmt.Sprintf("%s does not record for %s", j.principal, j.act.By),
		"The governing body appoints recorders with recorder.appointed.")
}

func (w *world) mayRecord(principal, by, opener string) bool {
	r := w.recorder(principal)
	if r == nil {
		return principal == opener
	}
	if r.all || contains(r.parties, by) || contains(r.persons, by) {
		return true
	}
	for _, p := range r.persons {
		if w.away(p) {
			continue
		}
		body := w.body(by)
		for _, s := range w.occupied(by) {
			if s.party == p && (body == nil || s.as == "chair" || s.as == "secretary") {
				return true
			}
		}
	}
	return false
}

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
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q exists on %s", id, j.act.Effective.At), "")
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
	}
	if was != scope || cat != category {
		return refuse(AlreadyExists, "data.id", fmt.Sprintf("%q was set by act %s for another scope or category", id, j.s.fold.entries[seq-1].id), "Choose another id.")
	}
	return nil
}
