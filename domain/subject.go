package domain

import "strings"

// Subject gives the NATS subject of an act: ledger.<ledger>.<family>.<verb>.<subject>, where what NATS forbids in a token
// is percent-encoded.
func Subject(ledger, actType, concerned string) string {
	return "ledger." + ledger + "." + actType + "." + Token(concerned)
}

// Token percent-encodes an id for use in a NATS subject. Of what ids may hold, NATS forbids only the point.
func Token(id string) string { return strings.ReplaceAll(id, ".", "%2E") }

// subject says what an act concerns: the scope if it has one; else that of the delegation, assurance or parameter it
// names; else the body or role; else the party; else the root; for an act on the record, the original's.
func (s *State) subject(a *Act) string {
	orRoot := func(id string) string {
		if id == "" {
			return s.rootOf(a)
		}
		return id
	}
	ofThing := func(k space, id string) string {
		if t := s.newest().thing(k, id); t != nil {
			return orRoot(t.scope)
		}
		return s.rootOf(a)
	}
	ofParameter := func(k space, id string) string {
		if p := s.newest().parameter(k, id); p != nil {
			return orRoot(p.scope)
		}
		return s.rootOf(a)
	}
	ofDelegation := func(id string) string {
		if d := s.newest().delegation(id); d != nil {
			return d.scope
		}
		return s.rootOf(a)
	}
	switch d := a.Data.(type) {
	case *LedgerOpened, *OrganizationRenamed, *RecorderAppointed, *RecorderRemoved, *PowerDefined, *PurposeDefined:
		return s.rootOf(a)
	case *PartyRegistered:
		return d.ID
	case *PartyRenamed:
		return d.ID
	case *PersonLeft:
		return d.Person
	case *PersonReturned:
		return d.Person
	case *PersonErased:
		return d.Person
	case *BodyConstituted:
		if d.Scope != "" {
			return d.Scope
		}
		return d.ID
	case *BodyChanged:
		return d.ID
	case *BodyDissolved:
		return d.ID
	case *GoverningBodySucceeded:
		return d.ID
	case *MemberAppointed:
		return d.Body
	case *MemberDeparted:
		return d.Body
	case *RoleEstablished:
		if d.Scope != "" {
			return d.Scope
		}
		return d.ID
	case *RoleAbolished:
		return d.ID
	case *RoleAssigned:
		return d.Role
	case *RoleVacated:
		return d.Role
	case *ScopeDefined:
		return d.ID
	case *ScopeRenamed:
		return d.ID
	case *ScopeMoved:
		return d.ID
	case *ScopeRetired:
		return d.ID
	case *KeyRegistered:
		return d.Person
	case *KeyRevoked:
		if t := s.newest().thing(spaceKey, d.ID); t != nil {
			return t.party
		}
		return s.rootOf(a)
	case *DirectionSet:
		return d.Scope
	case *DirectionWithdrawn:
		return ofParameter(spaceDirection, d.ID)
	case *PolicyAdopted:
		return d.Scope
	case *PolicyWithdrawn:
		return ofParameter(spacePolicy, d.ID)
	case *AppetiteSet:
		return d.Scope
	case *AppetiteWithdrawn:
		return ofParameter(spaceAppetite, d.ID)
	case *CriteriaSet:
		return d.Scope
	case *MatterReserved:
		return orRoot(d.Scope)
	case *MatterReleased:
		return ofParameter(spaceMatter, d.ID)
	case *DelegationGranted:
		return d.Scope
	case *DelegationAccepted:
		return ofDelegation(d.ID)
	case *DelegationDeclined:
		return ofDelegation(d.ID)
	case *DelegationVaried:
		return ofDelegation(d.ID)
	case *DelegationSuspended:
		return ofDelegation(d.ID)
	case *DelegationResumed:
		return ofDelegation(d.ID)
	case *DelegationRevoked:
		return ofDelegation(d.ID)
	case *DecisionTaken:
		return d.Scope
	case *ObjectiveSet:
		return d.Scope
	case *AssessmentCompleted:
		return d.Scope
	case *MeasureReported:
		return d.Scope
	case *ReviewHeld:
		return d.Scope
	case *ConcernRaised:
		return d.Scope
	case *ConcernResolved:
		if d.Scope != "" {
			return d.Scope
		}
		return ofThing(spaceConcern, d.ID)
	case *AssuranceCommissioned:
		return d.Scope
	case *AssuranceReported:
		return ofThing(spaceAssurance, d.ID)
	case *AssuranceReviewed:
		return ofThing(spaceAssurance, d.ID)
	case *AccountGiven:
		return ofDelegation(d.Delegation)
	case *AccountReceived:
		if t := s.newest().thing(spaceAccount, d.ID); t != nil {
			return ofDelegation(t.scope)
		}
		return s.rootOf(a)
	case *StakeholdersInformed:
		return d.Scope
	case *ActCorrected:
		return s.subjectOfAct(a, d.Act)
	case *ActAnnulled:
		return s.subjectOfAct(a, d.Act)
	case *ActRatified:
		return s.subjectOfAct(a, d.Act)
	case *ActAttested:
		return s.subjectOfAct(a, d.Act)
	}
	return s.rootOf(a)
}

func (s *State) subjectOfAct(a *Act, id string) string {
	if seq, ok := s.ids[id]; ok && s.fold.entries[seq-1].act != a {
		return s.subject(s.said(seq))
	}
	return s.rootOf(a)
}

// rootOf gives the root scope, also for the act that defines it.
func (s *State) rootOf(a *Act) string {
	if d, ok := a.Data.(*LedgerOpened); ok {
		if d.Root != nil {
			return d.Root.ID
		}
		return "organization"
	}
	return s.fold.root
}
