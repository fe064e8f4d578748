package domain

// Family groups the act types by what governance does.
type Family string

// The families, in the order of DOMAIN, section 3.
const (
	Structure Family = "structure"
	Direct    Family = "direct"
	Delegate  Family = "delegate"
	Manage    Family = "manage"
	Oversee   Family = "oversee"
	Account   Family = "account"
	Record    Family = "record"
)

// entitlement says who may perform acts of a type.
type entitlement uint8

const (
	byGB            entitlement = iota // the governing body alone
	byGBOrCommittee                    // also a committee acting for it, by delegation of the power
	byCommittee                        // such a committee, or a holder of the power
	byHolder                           // the governing body, or a holder of the power
	byAny                              // any party in existence
	byRule                             // as the rules of the type say
)

// ActType is one row of the registry. Names and versions are permanent: whatever was ever stored under them stays
// readable.
type ActType struct {
	Name    string
	Version int // of the form in which it is written now
	Family  Family
	by      entitlement
	data    func() Data
}

// Fact tells whether acts of the type are choices of management: recorded also when they show something wrong.
func (t *ActType) Fact() bool { return t.Family == Manage }

// GoverningBodyAlone tells whether acts of the type are refused from anyone but the governing body.
func (t *ActType) GoverningBodyAlone() bool { return t.by == byGB }

var registry = []ActType{
	// Structure
	{"ledger.opened", 1, Structure, byGB, func() Data { return new(LedgerOpened) }},
	{"organization.renamed", 1, Structure, byGB, func() Data { return new(OrganizationRenamed) }},
	{"recorder.appointed", 1, Structure, byGB, func() Data { return new(RecorderAppointed) }},
	{"recorder.removed", 1, Structure, byGB, func() Data { return new(RecorderRemoved) }},
	{"party.registered", 1, Structure, byAny, func() Data { return new(PartyRegistered) }},
	{"party.renamed", 1, Structure, byHolder, func() Data { return new(PartyRenamed) }},
	{"person.left", 1, Structure, byHolder, func() Data { return new(PersonLeft) }},
	{"person.returned", 1, Structure, byHolder, func() Data { return new(PersonReturned) }},
	{"person.erased", 1, Structure, byHolder, func() Data { return new(PersonErased) }},
	{"body.constituted", 1, Structure, byHolder, func() Data { return new(BodyConstituted) }},
	{"body.changed", 1, Structure, byHolder, func() Data { return new(BodyChanged) }},
	{"body.dissolved", 1, Structure, byHolder, func() Data { return new(BodyDissolved) }},
	{"governing-body.succeeded", 1, Structure, byGB, func() Data { return new(GoverningBodySucceeded) }},
	{"member.appointed", 1, Structure, byHolder, func() Data { return new(MemberAppointed) }},
	{"member.departed", 1, Structure, byHolder, func() Data { return new(MemberDeparted) }},
	{"role.established", 1, Structure, byHolder, func() Data { return new(RoleEstablished) }},
	{"role.abolished", 1, Structure, byHolder, func() Data { return new(RoleAbolished) }},
	{"role.assigned", 1, Structure, byHolder, func() Data { return new(RoleAssigned) }},
	{"role.vacated", 1, Structure, byHolder, func() Data { return new(RoleVacated) }},
	{"scope.defined", 1, Structure, byHolder, func() Data { return new(ScopeDefined) }},
	{"scope.renamed", 1, Structure, byHolder, func() Data { return new(ScopeRenamed) }},
	{"scope.moved", 1, Structure, byHolder, func() Data { return new(ScopeMoved) }},
	{"scope.retired", 1, Structure, byHolder, func() Data { return new(ScopeRetired) }},
	{"power.defined", 1, Structure, byGB, func() Data { return new(PowerDefined) }},
	{"key.registered", 1, Structure, byHolder, func() Data { return new(KeyRegistered) }},
	{"key.revoked", 1, Structure, byHolder, func() Data { return new(KeyRevoked) }},

	// Direct
	{"purpose.defined", 1, Direct, byGB, func() Data { return new(PurposeDefined) }},
	{"direction.set", 1, Direct, byGB, func() Data { return new(DirectionSet) }},
	{"direction.withdrawn", 1, Direct, byGB, func() Data { return new(DirectionWithdrawn) }},
	{"policy.adopted", 1, Direct, byHolder, func() Data { return new(PolicyAdopted) }},
	{"policy.withdrawn", 1, Direct, byHolder, func() Data { return new(PolicyWithdrawn) }},
	{"appetite.set", 1, Direct, byGB, func() Data { return new(AppetiteSet) }},
	{"appetite.withdrawn", 1, Direct, byGB, func() Data { return new(AppetiteWithdrawn) }},
	{"criteria.set", 1, Direct, byGB, func() Data { return new(CriteriaSet) }},
	{"matter.reserved", 1, Direct, byGB, func() Data { return new(MatterReserved) }},
	{"matter.released", 1, Direct, byGB, func() Data { return new(MatterReleased) }},

	// Delegate
	{"delegation.granted", 1, Delegate, byRule, func() Data { return new(DelegationGranted) }},
	{"delegation.accepted", 1, Delegate, byRule, func() Data { return new(DelegationAccepted) }},
	{"delegation.declined", 1, Delegate, byRule, func() Data { return new(DelegationDeclined) }},
	{"delegation.varied", 1, Delegate, byRule, func() Data { return new(DelegationVaried) }},
	{"delegation.suspended", 1, Delegate, byRule, func() Data { return new(DelegationSuspended) }},
	{"delegation.resumed", 1, Delegate, byRule, func() Data { return new(DelegationResumed) }},
	{"delegation.revoked", 1, Delegate, byRule, func() Data { return new(DelegationRevoked) }},

	// Manage
	{"decision.taken", 1, Manage, byAny, func() Data { return new(DecisionTaken) }},
	{"objective.set", 1, Manage, byAny, func() Data { return new(ObjectiveSet) }},
	{"assessment.completed", 1, Manage, byAny, func() Data { return new(AssessmentCompleted) }},
	{"measure.reported", 1, Manage, byAny, func() Data { return new(MeasureReported) }},
	{"review.held", 1, Manage, byAny, func() Data { return new(ReviewHeld) }},
	{"concern.raised", 1, Manage, byAny, func() Data { return new(ConcernRaised) }},
	{"concern.resolved", 1, Manage, byAny, func() Data { return new(ConcernResolved) }},

	// Oversee
	{"assurance.commissioned", 1, Oversee, byCommittee, func() Data { return new(AssuranceCommissioned) }},
	{"assurance.reported", 1, Oversee, byRule, func() Data { return new(AssuranceReported) }},
	{"assurance.reviewed", 1, Oversee, byGBOrCommittee, func() Data { return new(AssuranceReviewed) }},

	// Account
	{"account.given", 1, Account, byRule, func() Data { return new(AccountGiven) }},
	{"account.received", 1, Account, byRule, func() Data { return new(AccountReceived) }},
	{"stakeholders.informed", 1, Account, byGB, func() Data { return new(StakeholdersInformed) }},

	// Record
	{"act.corrected", 1, Record, byRule, func() Data { return new(ActCorrected) }},
	{"act.annulled", 1, Record, byRule, func() Data { return new(ActAnnulled) }},
	{"act.ratified", 1, Record, byRule, func() Data { return new(ActRatified) }},
	{"act.attested", 1, Record, byRule, func() Data { return new(ActAttested) }},
}

var byName = func() map[string]*ActType {
	m := make(map[string]*ActType, len(registry))
	for i := range registry {
		m[registry[i].Name] = &registry[i]
	}
	return m
}()

// ActTypes lists every type there is, in the order of DOMAIN, section 3.
func ActTypes() []ActType { return append([]ActType(nil), registry...) }

// TypeOf gives the registry's row for a name, and nil for what is no act type.
func TypeOf(name string) *ActType { return byName[name] }

func (*LedgerOpened) actData()           {}
func (*OrganizationRenamed) actData()    {}
func (*RecorderAppointed) actData()      {}
func (*RecorderRemoved) actData()        {}
func (*PartyRegistered) actData()        {}
func (*PartyRenamed) actData()           {}
func (*PersonLeft) actData()             {}
func (*PersonReturned) actData()         {}
func (*PersonErased) actData()           {}
func (*BodyConstituted) actData()        {}
func (*BodyChanged) actData()            {}
func (*BodyDissolved) actData()          {}
func (*GoverningBodySucceeded) actData() {}
func (*MemberAppointed) actData()        {}
func (*MemberDeparted) actData()         {}
func (*RoleEstablished) actData()        {}
func (*RoleAbolished) actData()          {}
func (*RoleAssigned) actData()           {}
func (*RoleVacated) actData()            {}
func (*ScopeDefined) actData()           {}
func (*ScopeRenamed) actData()           {}
func (*ScopeMoved) actData()             {}
func (*ScopeRetired) actData()           {}
func (*PowerDefined) actData()           {}
func (*KeyRegistered) actData()          {}
func (*KeyRevoked) actData()             {}
func (*PurposeDefined) actData()         {}
func (*DirectionSet) actData()           {}
func (*DirectionWithdrawn) actData()     {}
func (*PolicyAdopted) actData()          {}
func (*PolicyWithdrawn) actData()        {}
func (*AppetiteSet) actData()            {}
func (*AppetiteWithdrawn) actData()      {}
func (*CriteriaSet) actData()            {}
func (*MatterReserved) actData()         {}
func (*MatterReleased) actData()         {}
func (*DelegationGranted) actData()      {}
func (*DelegationAccepted) actData()     {}
func (*DelegationDeclined) actData()     {}
func (*DelegationVaried) actData()       {}
func (*DelegationSuspended) actData()    {}
func (*DelegationResumed) actData()      {}
func (*DelegationRevoked) actData()      {}
func (*DecisionTaken) actData()          {}
func (*ObjectiveSet) actData()           {}
func (*AssessmentCompleted) actData()    {}
func (*MeasureReported) actData()        {}
func (*ReviewHeld) actData()             {}
func (*ConcernRaised) actData()          {}
func (*ConcernResolved) actData()        {}
func (*AssuranceCommissioned) actData()  {}
func (*AssuranceReported) actData()      {}
func (*AssuranceReviewed) actData()      {}
func (*AccountGiven) actData()           {}
func (*AccountReceived) actData()        {}
func (*StakeholdersInformed) actData()   {}
func (*ActCorrected) actData()           {}
func (*ActAnnulled) actData()            {}
func (*ActRatified) actData()            {}
func (*ActAttested) actData()            {}
