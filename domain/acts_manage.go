package domain

// The acts of management: choices made inside the parameters. They are facts, recorded also when they show something
// wrong.

type (
	// DecisionTaken is a decision under a power.
	DecisionTaken struct {
		ID      string
		Scope   string
		Power   string
		Summary Text
		Amounts []Quantity
		Under   string
	}
	// Quantity is how much of a dimension a decision takes.
	Quantity struct {
		Dimension string
		Unit      string
		Value     Amount
	}
	// ObjectiveSet is what management means to reach.
	ObjectiveSet struct {
		ID          string
		Scope       string
		Statement   Text
		Metric      string
		Target      string
		Due         When
		Serves      string
		Within      string
		Responsible string
	}
	// AssessmentCompleted is a risk or impact assessment.
	AssessmentCompleted struct {
		ID       string
		Scope    string
		Kind     string
		Result   Text
		Criteria string
		System   string
	}
	// MeasureReported is the value of a metric at its effective instant.
	MeasureReported struct {
		Scope  string
		Metric string
		Unit   string
		Value  Amount
	}
	// ReviewHeld is a management review.
	ReviewHeld struct {
		ID      string
		Scope   string
		Summary Text
	}
	// ConcernRaised is a concern.
	ConcernRaised struct {
		ID       string
		Scope    string
		Severity string
		Summary  Text
	}
	// ConcernResolved ends a concern.
	ConcernResolved struct {
		ID       string
		Scope    string
		Severity string
		Summary  Text
	}
)

func (d *DecisionTaken) declare(f *form) {
	f.made(spaceDecision, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.word("power", true, &d.Power, wrongSinglePower)
	f.long("summary", true, &d.Summary)
	f.list("amounts", false, many(&d.Amounts))
	f.refOpt("under", spaceDelegation, &d.Under)
}

func (q *Quantity) declare(f *form) {
	f.word("dimension", true, &q.Dimension, wrongUnit)
	f.word("unit", true, &q.Unit, wrongUnit)
	f.amount("value", &q.Value, false)
}

func (d *ObjectiveSet) declare(f *form) {
	f.made(spaceObjective, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.long("statement", true, &d.Statement)
	f.word("metric", false, &d.Metric, anyWord)
	f.word("target", false, &d.Target, anyWord)
	f.time("due", false, &d.Due)
	f.refOpt("serves", spaceDirection, &d.Serves)
	f.refOpt("within", spaceAppetite, &d.Within)
	f.refOpt("responsible", spaceParty, &d.Responsible)
}

func (d *AssessmentCompleted) declare(f *form) {
	f.made(spaceAssessment, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.enum("kind", true, &d.Kind, "risk", "impact")
	f.long("result", true, &d.Result)
	f.refOpt("criteria", spaceCriteria, &d.Criteria)
	f.refOpt("system", spaceParty, &d.System)
}

func (d *MeasureReported) declare(f *form) {
	f.ref("scope", spaceScope, &d.Scope)
	f.word("metric", true, &d.Metric, anyWord)
	f.word("unit", true, &d.Unit, wrongUnit)
	f.amount("value", &d.Value, true)
}

func (d *ReviewHeld) declare(f *form) {
	f.made(spaceReview, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.long("summary", true, &d.Summary)
}

func (d *ConcernRaised) declare(f *form) {
	f.made(spaceConcern, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.enum("severity", true, &d.Severity, "low", "medium", "high", "critical")
	f.long("summary", true, &d.Summary)
}

func (d *ConcernResolved) declare(f *form) {
	f.ref("id", spaceConcern, &d.ID)
	f.refOpt("scope", spaceScope, &d.Scope)
	f.enum("severity", false, &d.Severity, "low", "medium", "high", "critical")
	f.long("summary", false, &d.Summary)
}
