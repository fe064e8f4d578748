package domain

// The acts that direct: what the governing body sets, within which management chooses.

type (
	// PurposeDefined says what the organization exists for.
	PurposeDefined struct{ Statement Text }
	// DirectionSet says where the governing body wants to go.
	DirectionSet struct {
		ID        string
		Scope     string
		Statement Text
		Value     Text
		ReviewBy  When
	}
	// DirectionWithdrawn ends a direction.
	DirectionWithdrawn struct{ ID string }
	// PolicyAdopted adopts a policy, in a version of it.
	PolicyAdopted struct {
		ID       string
		Scope    string
		Title    Text
		Version  string
		SHA256   string
		Within   []string
		ReviewBy When
	}
	// PolicyWithdrawn ends a policy.
	PolicyWithdrawn struct{ ID string }
	// AppetiteSet says how much risk of a category the governing body will take in pursuit of its purpose.
	AppetiteSet struct {
		ID        string
		Scope     string
		Category  string
		Stance    string
		Statement Text
		Measures  []Measure
		ReviewBy  When
	}
	// Measure is a metric of an appetite with the values at which it turns amber and red.
	Measure struct {
		Metric       string
		Unit         string
		Amber        Amount
		Red          Amount
		LowerIsWorse Flag
	}
	// AppetiteWithdrawn ends an appetite.
	AppetiteWithdrawn struct{ ID string }
	// CriteriaSet says what is acceptable: by what risk and impact are judged.
	CriteriaSet struct {
		ID        string
		Scope     string
		Statement Text
		Levels    []string
	}
	// MatterReserved keeps powers for the governing body alone.
	MatterReserved struct {
		ID     string
		Name   Text
		Scope  string
		Powers []string
	}
	// MatterReleased ends a reservation.
	MatterReleased struct{ ID string }
)

func (d *PurposeDefined) declare(f *form) { f.long("statement", true, &d.Statement) }

func (d *DirectionSet) declare(f *form) {
	f.made(spaceDirection, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.long("statement", true, &d.Statement)
	f.long("value", false, &d.Value)
	f.time("reviewBy", false, &d.ReviewBy)
}

func (d *DirectionWithdrawn) declare(f *form) { f.ref("id", spaceDirection, &d.ID) }

func (d *PolicyAdopted) declare(f *form) {
	f.made(spacePolicy, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.short("title", true, &d.Title)
	f.word("version", true, &d.Version, anyWord)
	f.word("sha256", false, &d.SHA256, wrongHash)
	f.add(field{name: "within", kind: isIDs, at: &d.Within})
	f.time("reviewBy", false, &d.ReviewBy)
}

func (d *PolicyWithdrawn) declare(f *form) { f.ref("id", spacePolicy, &d.ID) }

func (d *AppetiteSet) declare(f *form) {
	f.made(spaceAppetite, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.word("category", true, &d.Category, anyWord)
	f.enum("stance", true, &d.Stance, "averse", "minimal", "cautious", "open", "seeking")
	f.long("statement", true, &d.Statement)
	f.list("measures", false, many(&d.Measures))
	f.time("reviewBy", false, &d.ReviewBy)
}

func (m *Measure) declare(f *form) {
	f.word("metric", true, &m.Metric, anyWord)
	f.word("unit", true, &m.Unit, wrongUnit)
	f.amount("amber", &m.Amber, true)
	f.amount("red", &m.Red, true)
	f.flag("lowerIsWorse", &m.LowerIsWorse)
}

func (d *AppetiteWithdrawn) declare(f *form) { f.ref("id", spaceAppetite, &d.ID) }

func (d *CriteriaSet) declare(f *form) {
	f.made(spaceCriteria, &d.ID)
	f.ref("scope", spaceScope, &d.Scope)
	f.long("statement", true, &d.Statement)
	f.words("levels", false, &d.Levels, anyWord)
}

func (d *MatterReserved) declare(f *form) {
	f.made(spaceMatter, &d.ID)
	f.short("name", true, &d.Name)
	f.refOpt("scope", spaceScope, &d.Scope)
	f.words("powers", true, &d.Powers, wrongPower).space = spacePower
}

func (d *MatterReleased) declare(f *form) { f.ref("id", spaceMatter, &d.ID) }
