package domain

// applyAct does what an act does to the state at its place in the fold. It reads cells as they stand just before, and an
// act whose subject is missing or has ended by then does nothing. Whether the act was to be accepted is not asked again.
func applyAct(m *moment, a *Act) {
	w := &world{r: m, at: m.pos.At, fold: m.fold}
	switch d := a.Data.(type) {
	case *LedgerOpened:
		w.open(m, d)
	case *OrganizationRenamed:
		m.set(key(cellOrganization, ""), &organization{d.Name, d.LegalID, m.pos.Seq})
	case *RecorderAppointed:
		w.appointRecorder(m, d)
	case *RecorderRemoved:
		w.removeRecorder(m, d)
	case *PartyRegistered:
		m.set(key(cellParty, d.ID), &party{d.Kind, d.ID, d.Name, m.fold.canon(d.Answerable), d.Ledger, m.pos.Seq, m.pos.Seq})
	case *PartyRenamed:
		w.rename(m, d)
	case *PersonLeft:
		w.leave(m, m.fold.canon(d.Person))
	case *PersonReturned:
		if p := w.presence(m.fold.canon(d.Person)); p != nil && p.away {
			m.set(key(cellPresence, m.fold.canon(d.Person)), &presence{false, m.pos, m.pos.Seq})
		}
	case *BodyConstituted:
		w.constitute(m, d)
	case *BodyChanged:
		w.changeBody(m, d)
	case *BodyDissolved:
		w.endBody(m, m.fold.canon(d.ID))
	case *GoverningBodySucceeded:
		w.succeed(m, d)
	case *MemberAppointed:
		w.appoint(m, d)
	case *MemberDeparted:
		w.unseat(m, m.fold.canon(d.Body), m.fold.canon(d.Party), d.Capacity)
	case *RoleEstablished:
		id := m.fold.canon(d.ID)
		if r := w.role(id); (r == nil || !r.alive) && w.scopeAlive(w.scopeOr(d.Scope)) {
			m.set(key(cellRole, id), &role{life{true, m.pos, m.pos.Seq}, d.ID, d.Name, w.scopeOr(d.Scope), m.pos.Seq})
		}
	case *RoleAbolished:
		w.abolish(m, m.fold.canon(d.ID))
	case *RoleAssigned:
		w.assign(m, d)
	case *RoleVacated:
		w.unseat(m, m.fold.canon(d.Role), m.fold.canon(d.Party), "")
	case *ScopeDefined:
		w.defineScope(m, d)
	case *ScopeRenamed:
		if n := w.scopeName(d.ID); w.scopeAlive(d.ID) && n != nil {
			m.set(key(cellScopeName, d.ID), &scopeName{d.Name, n.kind, m.pos.Seq})
		}
	case *ScopeMoved:
		w.moveScope(m, d)
	case *ScopeRetired:
		if w.finds(d, d.ID) {
			s := *w.scope(d.ID)
			s.alive, s.seq = false, m.pos.Seq
			m.set(key(cellScope, d.ID), &s)
		}
	case *PowerDefined:
		m.set(key(cellPowers, ""), w.powers().with(d.ID))
	case *KeyRegistered:
		m.set(cellKey{cellThing, spaceKey, d.ID}, &thing{party: m.fold.canon(d.Person), seq: m.pos.Seq})
	case *KeyRevoked:
		m.set(cellKey{cellThing, spaceKey, d.ID}, nil)
	case *PurposeDefined:
		m.set(cellKey{cellParameter, none, "purpose"}, &parameter{true, m.fold.root, d, m.pos, ""})
	case *DirectionSet:
		w.setParameter(m, spaceDirection, d.ID, d.Scope, a)
	case *DirectionWithdrawn:
		w.withdraw(m, spaceDirection, d.ID)
	case *PolicyAdopted:
		w.setParameter(m, spacePolicy, d.ID, d.Scope, a)
	case *PolicyWithdrawn:
		w.withdraw(m, spacePolicy, d.ID)
	case *AppetiteSet:
		w.setParameter(m, spaceAppetite, d.ID, d.Scope, a)
	case *AppetiteWithdrawn:
		w.withdraw(m, spaceAppetite, d.ID)
	case *CriteriaSet:
		w.setParameter(m, spaceCriteria, d.ID, d.Scope, a)
	case *MatterReserved:
		w.setParameter(m, spaceMatter, d.ID, w.scopeOr(d.Scope), a)
	case *MatterReleased:
		w.withdraw(m, spaceMatter, d.ID)
	case *DelegationGranted:
		w.grant(m, d)
	case *DelegationAccepted:
		w.change(m, d.ID, func(n *delegation) { n.accepted, n.rests.accepted = true, m.pos.Seq })
	case *DelegationDeclined:
		w.end(m, d.ID, "declined")
	case *DelegationVaried:
		w.vary(m, d)
	case *DelegationSuspended:
		by := w.sideOf(m.fold.canon(a.By))
		w.change(m, d.ID, func(n *delegation) {
			n.suspensions = append(n.suspensions[:len(n.suspensions):len(n.suspensions)], suspension{by, m.pos.Seq})
		})
	case *DelegationResumed:
		w.resume(m, d.ID, w.sideOf(m.fold.canon(a.By)))
	case *DelegationRevoked:
		w.end(m, d.ID, "revoked")
	case *ConcernRaised:
		m.set(cellKey{cellThing, spaceConcern, d.ID}, &thing{scope: d.Scope, seq: m.pos.Seq})
	case *AssuranceCommissioned:
		m.set(cellKey{cellThing, spaceAssurance, d.ID}, &thing{scope: d.Scope, party: m.fold.canon(d.Provider), seq: m.pos.Seq})
	case *AccountGiven:
		m.set(cellKey{cellThing, spaceAccount, d.ID}, &thing{scope: d.Delegation, party: m.fold.canon(a.By), seq: m.pos.Seq})
	case *PersonErased, *DecisionTaken, *ObjectiveSet, *AssessmentCompleted, *MeasureReported, *ReviewHeld, *ConcernResolved,
		*AssuranceReported, *AssuranceReviewed, *AccountReceived, *StakeholdersInformed, *ActCorrected, *ActAnnulled,
		*ActRatified, *ActAttested:
		// These are not applied; see changesNothing.
	}
}

// changesNothing tells whether acts of a type leave alone what authority rests on: most facts and reports do; acts on the
// record work from their sequence on, not from a place in the fold (see State.effect).
func changesNothing(d Data) bool {
	switch d.(type) {
	case *PersonErased, *DecisionTaken, *ObjectiveSet, *AssessmentCompleted, *MeasureReported, *ReviewHeld, *ConcernResolved,
		*AssuranceReported, *AssuranceReviewed, *AccountReceived, *StakeholdersInformed, *ActCorrected, *ActAnnulled,
		*ActRatified, *ActAttested:
		return true
	default:
		return false
	}
}

func key(k cellKind, id string) cellKey { return cellKey{kind: k, id: id} }

func (w *world) open(m *moment, d *LedgerOpened) {
	pos, gb := m.pos, d.GoverningBody
	m.set(key(cellOrganization, ""), &organization{d.Organization.Name, d.Organization.LegalID, pos.Seq})
	m.set(key(cellGoverning, ""), &governing{gb.ID, pos.Seq})
	m.set(key(cellBody, gb.ID), &body{life: life{true, pos, pos.Seq}, id: gb.ID, name: gb.Name, kind: "governing",
		scope: m.fold.root, quorum: gb.Quorum.N, changed: pos.Seq})
	m.set(key(cellScope, m.fold.root), &scope{life: life{true, pos, pos.Seq}, attached: pos})
	name := Text{Plain: d.Organization.Name.Plain}
	if d.Root != nil {
		name = d.Root.Name
	}
	m.set(key(cellScopeName, m.fold.root), &scopeName{name: name, seq: pos.Seq})
	m.set(key(cellRecorder, m.fold.opener), &recorder{all: true, seqs: []uint64{pos.Seq}})
}

func (w *world) appointRecorder(m *moment, d *RecorderAppointed) {
	n := recorder{}
	if old := w.recorder(d.Principal); old != nil {
		n = recorder{old.all, append([]string(nil), old.parties...), append([]string(nil), old.persons...), append([]uint64(nil), old.seqs...)}
	}
	n.all = n.all || d.Parties == nil && d.Person == ""
	for _, p := range d.Parties {
		n.parties = idSet(n.parties).with(m.fold.canon(p))
	}
	if d.Person != "" {
		n.persons = idSet(n.persons).with(m.fold.canon(d.Person))
	}
	n.seqs = append(n.seqs, m.pos.Seq)
	m.set(key(cellRecorder, d.Principal), &n)
}

func (w *world) removeRecorder(m *moment, d *RecorderRemoved) {
	old := w.recorder(d.Principal)
	if old == nil {
		return
	}
	n := *old
	for _, p := range d.Parties {
		n.parties = idSet(n.parties).without(m.fold.canon(p))
	}
	if d.Person != "" {
		n.persons = idSet(n.persons).without(m.fold.canon(d.Person))
	}
	if d.Parties == nil && d.Person == "" {
		n = recorder{}
	}
	n.seqs = append(old.seqs[:len(old.seqs):len(old.seqs)], m.pos.Seq)
	m.set(key(cellRecorder, d.Principal), &n)
}

func (w *world) rename(m *moment, d *PartyRenamed) {
	id := m.fold.canon(d.ID)
	if p := w.party(id); p != nil {
		n := *p
		n.named = m.pos.Seq
		if !d.Name.IsZero() {
			n.name = d.Name
		}
		if d.NewID != "" {
			n.id = d.NewID
		}
		m.set(key(cellParty, id), &n)
	} else if r := w.role(id); r != nil && r.alive {
		n := *r
		n.named = m.pos.Seq
		if !d.Name.IsZero() {
			n.name = d.Name
		}
		if d.NewID != "" {
			n.id = d.NewID
		}
		m.set(key(cellRole, id), &n)
	} else if b := w.body(id); b != nil && b.alive {
		n := *b
		n.changed = m.pos.Seq
		if !d.Name.IsZero() {
			n.name = d.Name
		}
		if d.NewID != "" {
			n.id = d.NewID
		}
		m.set(key(cellBody, id), &n)
	}
}

// leave ends a person's seats and personal delegations for good.
func (w *world) leave(m *moment, p string) {
	if w.party(p) == nil || w.away(p) {
		return
	}
	m.set(key(cellPresence, p), &presence{true, m.pos, m.pos.Seq})
	for _, s := range w.seated(p) {
		m.set(key(cellSeats, s), w.seats(s).without(func(x *seat) bool { return x.party != p }))
	}
	m.set(key(cellSeated, p), idSet(nil))
	for _, id := range w.held(p) {
		w.end(m, id, "left")
	}
	m.set(key(cellHeld, p), idSet(nil))
}

func (w *world) constitute(m *moment, d *BodyConstituted) {
	at, id := w.scopeOr(d.Scope), m.fold.canon(d.ID)
	if b := w.body(id); b != nil && b.alive || !w.scopeAlive(at) {
		return
	}
	m.set(key(cellBody, id), &body{life: life{true, m.pos, m.pos.Seq}, id: d.ID, name: d.Name, kind: d.Kind, scope: at,
		parent: m.fold.canon(d.Parent), quorum: d.Quorum.N, changed: m.pos.Seq})
}

func (w *world) changeBody(m *moment, d *BodyChanged) {
	id := m.fold.canon(d.ID)
	b := w.body(id)
	if b == nil || !b.alive {
		return
	}
	n := *b
	n.changed = m.pos.Seq
	if !d.Name.IsZero() {
		n.name = d.Name
	}
	if d.Quorum.Set {
		n.quorum = d.Quorum.N
	}
	m.set(key(cellBody, id), &n)
	w.noteQuorum(m, id, n.quorum, w.seats(id))
}

func (w *world) succeed(m *moment, d *GoverningBodySucceeded) {
	if b := w.body(d.ID); b != nil && b.alive {
		return
	}
	w.endBody(m, w.governing().body)
	m.set(key(cellGoverning, ""), &governing{d.ID, m.pos.Seq})
	m.set(key(cellBody, d.ID), &body{life: life{true, m.pos, m.pos.Seq}, id: d.ID, name: d.Name, kind: "governing",
		scope: m.fold.root, quorum: d.Quorum.N, changed: m.pos.Seq})
}

func (w *world) endBody(m *moment, id string) {
	b := w.body(id)
	if b == nil || !b.alive {
		return
	}
	n := *b
	n.alive, n.seq = false, m.pos.Seq
	m.set(key(cellBody, id), &n)
	w.clearSeats(m, id)
}

func (w *world) abolish(m *moment, id string) {
	r := w.role(id)
	if r == nil || !r.alive {
		return
	}
	n := *r
	n.alive, n.seq = false, m.pos.Seq
	m.set(key(cellRole, id), &n)
	w.clearSeats(m, id)
}

func (w *world) clearSeats(m *moment, id string) {
	old := w.seats(id)
	for i := range old {
		p := old[i].party
		m.set(key(cellSeated, p), w.seated(p).without(id))
	}
	m.set(key(cellSeats, id), seats(nil))
}

func (w *world) appoint(m *moment, d *MemberAppointed) {
	id, p := m.fold.canon(d.Body), m.fold.canon(d.Party)
	b := w.body(id)
	if b == nil || !b.alive || !w.exists(p) {
		return
	}
	s := seat{party: p, as: d.Capacity, from: m.pos.At, until: end(d.Until), alternateFor: m.fold.canon(d.AlternateFor), seq: m.pos.Seq}
	if s.as == "" {
		s.as = "member"
	}
	all := w.sit(m, id, s)
	w.noteQuorum(m, id, b.quorum, all)
}

func (w *world) assign(m *moment, d *RoleAssigned) {
	id, p := m.fold.canon(d.Role), m.fold.canon(d.Party)
	if r := w.role(id); r == nil || !r.alive || !w.exists(p) {
		return
	}
	s := seat{party: p, as: d.Basis, from: m.pos.At, until: end(d.Until), covers: m.fold.canon(d.Covers), seq: m.pos.Seq}
	if s.as == "" {
		s.as = "substantive"
	}
	w.sit(m, id, s)
}

// sit seats a party, unless it left the seat at this very instant: vacating ends every assignment effective at or before
// it, whichever was recorded first.
func (w *world) sit(m *moment, id string, s seat) seats {
	old := w.seats(id)
	if v, ok := w.r.get(cellKey{kind: cellVacated, id: id + "\x00" + s.party}).(*vacated); ok && v.ends(&s) {
		return old
	}
	s.sitter = m.fold.cell(key(cellParty, s.party))
	all := append(old[:len(old):len(old)], s)
	m.set(key(cellSeats, id), all)
	m.set(key(cellSeated, s.party), w.seated(s.party).with(id))
	return all
}

// vacated is the latest instant at which a party left a seat, and in which capacities.
type vacated struct {
	at  Instant
	as  []string
	seq uint64
}

func (v *vacated) ends(s *seat) bool {
	if v.at.Before(s.from) {
		return false
	}
	for _, c := range v.as {
		if c == "" || c == s.as {
			return true
		}
	}
	return false
}

func (w *world) unseat(m *moment, id, p, as string) {
	if r, b := w.role(id), w.body(id); (r == nil || !r.alive) && (b == nil || !b.alive) {
		return
	}
	k := cellKey{kind: cellVacated, id: id + "\x00" + p}
	v := &vacated{at: m.pos.At, as: []string{as}, seq: m.pos.Seq}
	if old, ok := w.r.get(k).(*vacated); ok && old.at == v.at {
		v.as = append(append([]string(nil), old.as...), as)
	}
	m.set(k, v)
	old := w.seats(id)
	kept := old.without(func(s *seat) bool { return s.party != p || as != "" && s.as != as })
	m.set(key(cellSeats, id), kept)
	for i := range kept {
		if kept[i].party == p {
			return
		}
	}
	m.set(key(cellSeated, p), w.seated(p).without(id))
}

// noteQuorum notes when a body first has as many voting members as its quorum asks for.
func (w *world) noteQuorum(m *moment, id string, quorum int, s seats) {
	if reached, _ := w.r.get(key(cellReached, id)).(bool); !reached && quorum > 0 && len(votersOf(s, w.at)) >= quorum {
		m.set(key(cellReached, id), true)
	}
}

func end(until When) Instant {
	if until.IsZero() {
		return Forever
	}
	return until.At
}

func (w *world) defineScope(m *moment, d *ScopeDefined) {
	parent := w.scopeOr(d.Parent)
	if d.ID == m.fold.root || w.scopeAlive(d.ID) || !w.scopeAlive(parent) {
		return
	}
	m.set(key(cellScope, d.ID), &scope{life: life{true, m.pos, m.pos.Seq}, parent: parent, above: m.fold.cell(key(cellScope, parent)), attached: m.pos, moved: m.pos.Seq})
	m.set(key(cellScopeName, d.ID), &scopeName{d.Name, d.Kind, m.pos.Seq})
}

func (w *world) moveScope(m *moment, d *ScopeMoved) {
	parent := w.scopeOr(d.Parent)
	if d.ID == m.fold.root || !w.scopeAlive(d.ID) || !w.scopeAlive(parent) || w.covers(d.ID, parent) {
		return
	}
	s := *w.scope(d.ID)
	s.parent, s.above, s.attached, s.moved = parent, m.fold.cell(key(cellScope, parent)), m.pos, m.pos.Seq
	m.set(key(cellScope, d.ID), &s)
}

func (w *world) setParameter(m *moment, s space, id, at string, a *Act) {
	if !w.scopeAlive(at) {
		return
	}
	w.withdraw(m, s, id)
	m.set(cellKey{cellParameter, s, id}, &parameter{true, at, a.Data, m.pos, w.sideOf(m.fold.canon(a.By))})
	m.set(cellKey{cellSet, s, at}, w.setAt(s, at).with(id))
}

func (w *world) withdraw(m *moment, s space, id string) {
	p := w.parameter(s, id)
	if p == nil || !p.alive {
		return
	}
	m.set(cellKey{cellParameter, s, id}, &parameter{false, p.scope, p.data, m.pos, p.by})
	m.set(cellKey{cellSet, s, p.scope}, w.setAt(s, p.scope).without(id))
}
