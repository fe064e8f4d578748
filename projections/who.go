package projections

import (
	"fmt"
	"slices"

	"buckstop/domain"
)

// Who answers who is accountable for a scope: who holds the authority now, through which chain, under which limits, and
// who remains accountable for having delegated it (DOMAIN, section 6; ISO 37000:2021, 4.2.2).
type Who struct {
	Scope      string   `json:"scope"`
	ScopeName  Text     `json:"scopeName"`
	Power      string   `json:"power,omitempty"`
	Ultimate   Ultimate `json:"ultimate"`
	Holders    []Holder `json:"holders"`    // on the nearest scope, going up, that has any
	Above      []Holder `json:"above"`      // further up: holders of powers that the nearest do not have
	Answerable []string `json:"answerable"` // the natural persons who answer now, for all of it
	Vacant     []string `json:"vacant"`     // who was passed over because nobody is in office
	Answer
}

// Ultimate is the governing body, which remains accountable for everything, with its members in office.
type Ultimate struct {
	Party   string     `json:"party"`
	Name    Text       `json:"name"`
	Members []Occupant `json:"members"`
}

// Holder holds authority over the scope by a delegation in force.
type Holder struct {
	Party            string           `json:"party"`
	Name             Text             `json:"name"`
	Kind             string           `json:"kind"`
	Delegation       string           `json:"delegation"`
	From             string           `json:"from"`
	Scope            string           `json:"scope"`
	Occupants        []Occupant       `json:"occupants"`
	Answerable       []string         `json:"answerable"`
	Vacant           []string         `json:"vacant"`
	Powers           []string         `json:"powers"`
	Reserved         []string         `json:"reserved,omitempty"` // what is reserved out of the powers
	Responsibilities []Responsibility `json:"responsibilities,omitempty"`
	Limits           []Limit          `json:"limits"`
	Until            Time             `json:"until,omitzero"` // the first instant not covered
	Chain            []Step           `json:"chain"`          // from the governing body down, this delegation last
}

// Step is one delegation of a chain. Its delegator remains accountable.
type Step struct {
	Delegation         string         `json:"delegation"`
	From               string         `json:"from"`
	FromName           Text           `json:"fromName"`
	FromOccupants      []Occupant     `json:"fromOccupants"`
	RemainsAccountable bool           `json:"remainsAccountable"` // true of every delegator, always
	To                 string         `json:"to"`
	ToName             Text           `json:"toName"`
	ToOccupants        []Occupant     `json:"toOccupants"`
	Scope              string         `json:"scope"`
	Since              domain.Instant `json:"since"`
	Until              Time           `json:"until,omitzero"`
	Conditions         *Text          `json:"conditions,omitempty"`
}

// Responsibility is a duty to act that comes with a delegation.
type Responsibility struct {
	ID        string `json:"id"`
	Statement Text   `json:"statement"`
	Code      string `json:"code,omitempty"`
}

// AskWho answers for a scope, and where power is not empty for that power alone. A scope that does not exist at the
// instant is refused, UNKNOWN_SCOPE.
func AskWho(v *domain.View, scope, power string) (*Who, error) {
	q := asking(v)
	defer q.done()
	s, ok := v.Scope(scope, &q.acts)
	if !ok {
		return nil, unknownScope(v, scope)
	}
	w := &Who{Scope: scope, ScopeName: Text{s.Name}, Power: power, Holders: []Holder{}, Above: []Holder{}}
	w.Ultimate = q.ultimate()
	have, nearest := q.held[:0], 0
	for at := scope; ; {
		known := len(have)
		have = v.Over(have, at, scope, power)
		for i := known; i < len(have); {
			switch {
			case nearest == 0:
				w.Holders = append(w.Holders, q.holder(&have[i]))
			case have[i].Adds(have[:nearest]):
				w.Above = append(w.Above, q.holder(&have[i]))
			default:
				have = slices.Delete(have, i, i+1)
				continue
			}
			i++
		}
		if nearest == 0 {
			nearest = len(have)
		}
		if at = v.Parent(at, &q.acts); at == "" {
			break
		}
	}
	q.held = have
	q.answerable(w)
	w.Answer = answerOf(v, q.acts)
	return w, nil
}

// answerable says who answers for all of it, and who was passed over.
func (q *question) answerable(w *Who) {
	w.Answerable, w.Vacant = []string{}, []string{}
	for i := range w.Holders {
		w.Answerable = union(w.Answerable, w.Holders[i].Answerable)
		w.Vacant = union(w.Vacant, w.Holders[i].Vacant)
	}
	if len(w.Holders) == 0 {
		w.Answerable = union(w.Answerable, q.v.Answerable(w.Ultimate.Party, &q.acts))
	}
}

func (q *question) ultimate() Ultimate {
	p := q.party(q.v.Governing(&q.acts))
	return Ultimate{Party: p.ID, Name: Text{p.Name}, Members: p.occupants}
}

func (q *question) holder(held *domain.Held) Holder {
	h := q.v.Holding(held, q.steps, &q.acts)
	q.steps = h.Chain
	p := q.party(h.To)
	out := Holder{
		Party: p.ID, Name: Text{p.Name}, Kind: p.Kind, Delegation: h.Delegation, From: h.From, Scope: h.Scope,
		Occupants: p.occupants, Powers: slices.Clone(h.Powers), Reserved: h.Reserved,
		Limits: limitsOf(h.Limits), Until: Time{h.Authority.Until}, Chain: make([]Step, len(h.Chain)), Vacant: []string{},
	}
	slices.Sort(out.Powers)
	for _, r := range h.Responsibilities {
		out.Responsibilities = append(out.Responsibilities, Responsibility{r.ID, Text{r.Statement}, r.Code})
	}
	for i := range h.Chain {
		q.step(&h.Chain[i], &out.Chain[i])
	}
	// Where nobody is in office, accountability falls to the nearest party up the chain that has somebody.
	out.Answerable = q.v.Answerable(h.To, &q.acts)
	if len(out.Answerable) == 0 {
		out.Vacant = append(out.Vacant, p.ID)
	}
	for i := len(h.Chain) - 1; i >= 0 && len(out.Answerable) == 0; i-- {
		from := h.Chain[i].From
		if out.Answerable = q.v.Answerable(from, &q.acts); len(out.Answerable) == 0 {
			out.Vacant = append(out.Vacant, from)
		}
	}
	return out
}

func (q *question) step(s *domain.Step, out *Step) {
	from := q.party(s.From)
	*out = Step{
		Delegation: s.Delegation, From: s.From, FromName: Text{from.Name}, FromOccupants: from.occupants, RemainsAccountable: true,
		Scope: s.Scope, Since: s.Granted, Until: Time{s.Until},
	}
	to := q.party(s.To)
	out.To, out.ToName, out.ToOccupants = s.To, Text{to.Name}, to.occupants
	if !s.Conditions.IsZero() {
		out.Conditions = &Text{s.Conditions}
	}
}

func unknownScope(v *domain.View, scope string) error {
	return &domain.Refusal{Code: domain.UnknownScope, Path: "scope",
		Message: fmt.Sprintf("no scope %q exists on %s, as known at act %d", scope, v.Date(), v.Known()),
		Cure:    "Ask for another date, or see `buckstop history` of it."}
}

// union adds what is new of b to a, sorted.
func union(a, b []string) []string {
	for _, s := range b {
		if i, ok := slices.BinarySearch(a, s); !ok {
			a = slices.Insert(a, i, s)
		}
	}
	return a
}
