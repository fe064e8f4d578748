package projections

import (
	"buckstop/domain"
)

// Can answers whether a party may decide something: by which seat and which chain of delegations, under which conditions;
// or every reason why not (DOMAIN, section 6).
type Can struct {
	Party      string     `json:"party"`
	Name       Text       `json:"name"`
	Power      string     `json:"power"`
	Scope      string     `json:"scope"`
	ScopeName  Text       `json:"scopeName"`
	Amounts    []Quantity `json:"amounts"`
	Allowed    bool       `json:"allowed"`
	Seat       string     `json:"seat,omitempty"` // the role it acts as, or the party itself
	Chain      []Step     `json:"chain"`          // that allows it, from the governing body down; empty for the governing body
	Limits     []Limit    `json:"limits"`         // along the chain
	Until      Time       `json:"until,omitzero"` // the first instant at which the chain is over
	Conditions []Proviso  `json:"conditions"`
	Left       []Left     `json:"left"`    // of each limit over a period, before the amounts asked about
	Reasons    []Reason   `json:"reasons"` // why not; empty where it may
	Answer
}

// Quantity is how much of a dimension is asked about: an exact decimal.
type Quantity struct {
	Dimension string `json:"dimension"`
	Unit      string `json:"unit"`
	Value     string `json:"value"`
}

// Proviso is what a delegation of the chain asks of who acts under it.
type Proviso struct {
	Delegation string `json:"delegation"`
	Text       Text   `json:"text"`
}

// Left is what is left of a limit over a period, where along the chain it is least. Amounts are exact decimals.
type Left struct {
	Dimension  string `json:"dimension"`
	Unit       string `json:"unit"`
	Per        string `json:"per"`
	Max        string `json:"max"`
	Drawn      string `json:"drawn"`
	Left       string `json:"left"`                // never below 0
	Overdrawn  string `json:"overdrawn,omitempty"` // by how much more than the limit was drawn
	Delegation string `json:"delegation"`          // whose limit it is
	From       Time   `json:"from,omitzero"`       // the period; none for a total
	Until      Time   `json:"until,omitzero"`      // the first instant after it
}

// Reason is why a party may not. Its code is that of the rule that a delegation of it would break.
type Reason struct {
	Code       domain.Code `json:"code"`
	Message    string      `json:"message"` // a sentence without a full stop
	Delegation string      `json:"delegation,omitempty"`
	Acts       []string    `json:"acts"`
}

// AskCan answers for a party, a power and a scope. Errors: UNKNOWN_PARTY and UNKNOWN_SCOPE for what does not exist at the
// instant.
func AskCan(v *domain.View, party, power, scope string, amounts []domain.Quantity) (*Can, error) {
	q := asking(v)
	defer q.done()
	p, err := v.Can(party, power, scope, amounts, &q.acts)
	if err != nil {
		return nil, err
	}
	s, _ := v.Scope(scope, &q.acts)
	who := q.party(party)
	c := &Can{
		Party: who.ID, Name: Text{who.Name}, Power: power, Scope: scope, ScopeName: Text{s.Name}, Amounts: []Quantity{},
		Allowed: p.Allowed, Seat: p.Seat, Chain: make([]Step, len(p.Chain)), Limits: limitsOf(p.Authority.Limits),
		Conditions: []Proviso{}, Left: []Left{}, Reasons: []Reason{},
	}
	for _, a := range amounts {
		c.Amounts = append(c.Amounts, Quantity{a.Dimension, a.Unit, a.Value.Text})
	}
	for i := range p.Chain {
		q.step(&p.Chain[i], &c.Chain[i])
		c.Until = Time{p.Authority.Until}
	}
	for _, k := range p.Conditions {
		c.Conditions = append(c.Conditions, Proviso{k.Delegation, Text{k.Text}})
	}
	for _, l := range p.Left {
		c.Left = append(c.Left, Left{l.Dimension, l.Unit, l.Per, l.Max, l.Drawn, l.Left, l.Overdrawn, l.Delegation, Time{l.From}, Time{l.Until}})
	}
	for _, r := range p.Reasons {
		c.Reasons = append(c.Reasons, Reason{r.Code, r.Message, r.Delegation, v.ActIDs(r.Acts)})
	}
	c.Answer = answerOf(v, q.acts)
	return c, nil
}
