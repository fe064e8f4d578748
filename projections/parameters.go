package projections

import "buckstop/domain"

// Parameters answers within what a scope is managed: what the governing body has set for it and above it, and the policies
// adopted by whoever may. Of each kind the nearest scope's come first (DOMAIN, section 6).
//
// Since is in each the effective instant of the act that set it, and Act that act's id; what replaces another under its id
// holds since it did. A review date is the instant by which the review is wanted.
type Parameters struct {
	Scope      string      `json:"scope"`
	ScopeName  Text        `json:"scopeName"`
	Purpose    *Purpose    `json:"purpose"` // null where none is defined
	Directions []Direction `json:"directions"`
	Policies   []Policy    `json:"policies"`
	Appetites  []Appetite  `json:"appetites"` // one a category: the nearest scope's, and there the latest
	Criteria   []Criteria  `json:"criteria"`
	Matters    []Matter    `json:"matters"` // reserved to the governing body
	Answer
}

// Purpose is what the organization exists for.
type Purpose struct {
	Statement Text           `json:"statement"`
	Since     domain.Instant `json:"since"`
	Act       string         `json:"act"`
}

// Direction says where the governing body wants to go.
type Direction struct {
	ID        string         `json:"id"`
	Scope     string         `json:"scope"` // that it is set at
	Statement Text           `json:"statement"`
	Value     *Text          `json:"value,omitempty"`
	ReviewBy  Time           `json:"reviewBy,omitzero"`
	Since     domain.Instant `json:"since"`
	Act       string         `json:"act"`
}

// Policy is a policy in the version adopted. It may be management's own: By says whose it is.
type Policy struct {
	ID       string         `json:"id"`
	Scope    string         `json:"scope"`
	Title    Text           `json:"title"`
	Version  string         `json:"version"`
	SHA256   string         `json:"sha256,omitempty"`
	Within   []string       `json:"within"` // ids of the directions and appetites it respects
	ReviewBy Time           `json:"reviewBy,omitzero"`
	By       string         `json:"by"` // who adopted it; for the governing body, the one governing at the instant
	ByName   Text           `json:"byName"`
	ByKind   string         `json:"byKind"` // governing, committee, management, forum, role, person or another party
	Since    domain.Instant `json:"since"`
	Act      string         `json:"act"`
}

// Appetite is how much risk of a category the governing body will take.
type Appetite struct {
	ID        string         `json:"id"`
	Scope     string         `json:"scope"`
	Category  string         `json:"category"`
	Stance    string         `json:"stance"`
	Statement Text           `json:"statement"`
	Measures  []Measure      `json:"measures"`
	ReviewBy  Time           `json:"reviewBy,omitzero"`
	Since     domain.Instant `json:"since"`
	Act       string         `json:"act"`
}

// Measure is a metric of an appetite, with the values past which it is amber and red.
type Measure struct {
	Metric       string `json:"metric"`
	Unit         string `json:"unit"`
	Amber        string `json:"amber"` // decimal
	Red          string `json:"red"`   // decimal
	LowerIsWorse bool   `json:"lowerIsWorse"`
}

// Criteria say by what risk and impact are judged.
type Criteria struct {
	ID        string         `json:"id"`
	Scope     string         `json:"scope"`
	Statement Text           `json:"statement"`
	Levels    []string       `json:"levels"`
	Since     domain.Instant `json:"since"`
	Act       string         `json:"act"`
}

// Matter keeps powers for the governing body alone.
type Matter struct {
	ID     string         `json:"id"`
	Scope  string         `json:"scope"`
	Name   Text           `json:"name"`
	Powers []string       `json:"powers"`
	Since  domain.Instant `json:"since"`
	Act    string         `json:"act"`
}

// AskParameters answers for a scope. One that does not exist at the instant is refused, UNKNOWN_SCOPE.
func AskParameters(v *domain.View, scope string) (*Parameters, error) {
	q := asking(v)
	defer q.done()
	s, ok := v.Scope(scope, &q.acts)
	if !ok {
		return nil, unknownScope(v, scope)
	}
	in := v.Parameters(scope, &q.acts)
	p := &Parameters{
		Scope: scope, ScopeName: Text{s.Name},
		Directions: each(in.Directions, q.direction), Policies: each(in.Policies, q.policy),
		Appetites: each(in.Appetites, q.appetite), Criteria: each(in.Criteria, q.criteria), Matters: each(in.Matters, q.matter),
	}
	if d := in.Purpose; d != nil {
		p.Purpose = &Purpose{Text{d.Data.Statement}, d.Since, v.ActID(d.Act)}
	}
	p.Answer = answerOf(v, q.acts)
	return p, nil
}

func (q *question) direction(d *domain.InForce[domain.DirectionSet]) Direction {
	out := Direction{ID: d.Data.ID, Scope: d.Scope, Statement: Text{d.Data.Statement}, ReviewBy: whenOf(d.Data.ReviewBy),
		Since: d.Since, Act: q.v.ActID(d.Act)}
	if !d.Data.Value.IsZero() {
		out.Value = &Text{d.Data.Value}
	}
	return out
}

func (q *question) policy(d *domain.InForce[domain.PolicyAdopted]) Policy {
	by := q.v.Party(d.By, &q.acts)
	return Policy{ID: d.Data.ID, Scope: d.Scope, Title: Text{d.Data.Title}, Version: d.Data.Version, SHA256: d.Data.SHA256,
		Within: copied(d.Data.Within), ReviewBy: whenOf(d.Data.ReviewBy), By: d.By, ByName: Text{by.Name}, ByKind: by.Kind,
		Since: d.Since, Act: q.v.ActID(d.Act)}
}

func (q *question) appetite(d *domain.InForce[domain.AppetiteSet]) Appetite {
	out := Appetite{ID: d.Data.ID, Scope: d.Scope, Category: d.Data.Category, Stance: d.Data.Stance,
		Statement: Text{d.Data.Statement}, Measures: make([]Measure, len(d.Data.Measures)), ReviewBy: whenOf(d.Data.ReviewBy),
		Since: d.Since, Act: q.v.ActID(d.Act)}
	for i, m := range d.Data.Measures {
		out.Measures[i] = Measure{m.Metric, m.Unit, m.Amber.Text, m.Red.Text, m.LowerIsWorse.On}
	}
	return out
}

func (q *question) criteria(d *domain.InForce[domain.CriteriaSet]) Criteria {
	return Criteria{ID: d.Data.ID, Scope: d.Scope, Statement: Text{d.Data.Statement}, Levels: copied(d.Data.Levels),
		Since: d.Since, Act: q.v.ActID(d.Act)}
}

func (q *question) matter(d *domain.InForce[domain.MatterReserved]) Matter {
	return Matter{ID: d.Data.ID, Scope: d.Scope, Name: Text{d.Data.Name}, Powers: copied(d.Data.Powers), Since: d.Since,
		Act: q.v.ActID(d.Act)}
}

// each gives what of makes of every parameter of a list.
func each[D, P any](in []domain.InForce[D], of func(*domain.InForce[D]) P) []P {
	out := make([]P, len(in))
	for i := range in {
		out[i] = of(&in[i])
	}
	return out
}

func copied(words []string) []string { return append([]string{}, words...) }

func whenOf(w domain.When) Time {
	if w.IsZero() {
		return Time{domain.Forever}
	}
	return Time{w.At}
}
