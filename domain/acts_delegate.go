package domain

// The acts that delegate authority and responsibility. None of them delegates accountability.

type (
	// DelegationGranted gives authority over a scope, inside what the delegator holds.
	DelegationGranted struct {
		ID               string
		From             string
		To               string
		Scope            string
		Powers           []string // nil: all of the delegation it stands on
		Responsibilities []Responsibility
		Limits           []Limit
		Conditions       Text
		Under            string // the delegation it stands on; empty under the governing body
		Subdelegation    *Subdelegation
		Acceptance       string // required or none; none when left out
		Until            When
		ReviewBy         When
		ReportEvery      string // ISO 8601 duration
		Instrument       Text
	}
	// Responsibility is a duty to act that comes with a delegation.
	Responsibility struct {
		ID        string
		Statement Text
		Code      string
	}
	// Limit is the most of a dimension, in a unit, in an act or a period.
	Limit struct {
		Dimension string
		Unit      string
		Max       Amount
		Per       string // act, day, month, quarter, year or total
	}
	// Subdelegation says whether, and how many levels below, authority may be passed on.
	Subdelegation struct {
		Permitted Flag  // true when left out
		MaxDepth  Count // levels below; 0 is none
	}
	// DelegationAccepted puts a delegation in force that had to be accepted.
	DelegationAccepted struct{ ID string }
	// DelegationDeclined ends a delegation from the side of its holder.
	DelegationDeclined struct{ ID string }
	// DelegationVaried changes the terms of a delegation. What is given as null is removed.
	DelegationVaried struct {
		ID               string
		Powers           []string
		Responsibilities []Responsibility
		Limits           []Limit
		Conditions       Text
		Under            string
		Until            When
		ReviewBy         When
		ReportEvery      string
		Subdelegation    *Subdelegation
		Removed          Removed
	}
	// Removed says which terms a variation removes.
	Removed struct {
		Powers, Responsibilities, Limits, Conditions, Under, Until, ReviewBy, ReportEvery, Subdelegation bool
	}
	// DelegationSuspended holds a delegation up until it is resumed by who did so or a delegator above them.
	DelegationSuspended struct {
		ID     string
		Reason Text
	}
	// DelegationResumed lifts a suspension.
	DelegationResumed struct {
		ID     string
		Reason Text
	}
	// DelegationRevoked ends a delegation for good.
	DelegationRevoked struct {
		ID     string
		Reason Text
	}
)

func (d *DelegationGranted) declare(f *form) {
	f.made(spaceDelegation, &d.ID)
	f.ref("from", spaceParty, &d.From)
	f.ref("to", spaceParty, &d.To)
	f.ref("scope", spaceScope, &d.Scope)
	f.words("powers", false, &d.Powers, wrongPower).space = spacePower
	f.list("responsibilities", false, many(&d.Responsibilities))
	f.list("limits", false, many(&d.Limits))
	f.long("conditions", false, &d.Conditions)
	f.refOpt("under", spaceDelegation, &d.Under)
	f.nested("subdelegation", false, optional(&d.Subdelegation))
	f.enum("acceptance", false, &d.Acceptance, "required", "none")
	f.until(&d.Until)
	f.time("reviewBy", false, &d.ReviewBy)
	f.word("reportEvery", false, &d.ReportEvery, wrongDuration)
	f.short("instrument", false, &d.Instrument)
}

func (r *Responsibility) declare(f *form) {
	f.add(field{name: "id", kind: isID, required: true, at: &r.ID})
	f.long("statement", true, &r.Statement)
	f.word("code", false, &r.Code, anyWord)
}

func (l *Limit) declare(f *form) {
	f.word("dimension", true, &l.Dimension, wrongUnit)
	f.word("unit", true, &l.Unit, wrongUnit)
	f.amount("max", &l.Max, false)
	f.enum("per", true, &l.Per, "act", "day", "month", "quarter", "year", "total")
}

func (s *Subdelegation) declare(f *form) {
	f.flag("permitted", &s.Permitted)
	f.count("maxDepth", &s.MaxDepth)
}

func (d *DelegationAccepted) declare(f *form) { f.ref("id", spaceDelegation, &d.ID) }
func (d *DelegationDeclined) declare(f *form) { f.ref("id", spaceDelegation, &d.ID) }

func (d *DelegationVaried) declare(f *form) {
	r := &d.Removed
	f.ref("id", spaceDelegation, &d.ID)
	p := f.words("powers", false, &d.Powers, wrongPower)
	p.space, p.unset = spacePower, &r.Powers
	f.list("responsibilities", false, many(&d.Responsibilities)).unset = &r.Responsibilities
	f.list("limits", false, many(&d.Limits)).unset = &r.Limits
	f.long("conditions", false, &d.Conditions).unset = &r.Conditions
	f.refOpt("under", spaceDelegation, &d.Under).unset = &r.Under
	f.until(&d.Until).unset = &r.Until
	f.time("reviewBy", false, &d.ReviewBy).unset = &r.ReviewBy
	f.word("reportEvery", false, &d.ReportEvery, wrongDuration).unset = &r.ReportEvery
	f.nested("subdelegation", false, optional(&d.Subdelegation)).unset = &r.Subdelegation
}

func (d *DelegationSuspended) declare(f *form) {
	f.ref("id", spaceDelegation, &d.ID)
	f.long("reason", false, &d.Reason)
}

func (d *DelegationResumed) declare(f *form) {
	f.ref("id", spaceDelegation, &d.ID)
	f.long("reason", false, &d.Reason)
}

func (d *DelegationRevoked) declare(f *form) {
	f.ref("id", spaceDelegation, &d.ID)
	f.long("reason", false, &d.Reason)
}
