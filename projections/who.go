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
	Until            *domain.Instant  `json:"until,omitempty"` // the first instant not covered
	Chain            []Step           `json:"chain"`           // from the governing body down, this delegation last
}

// Step is one delegation of a chain. Its delegator remains accountable.
type Step struct {
	Delegation         string          `json:"delegation"`
	From               string          `json:"from"`
	FromName           Text            `json:"fromName"`
	FromOccupants      []Occupant      `json:"fromOccupants"`
	RemainsAccountable bool            `json:"remainsAccountable"` // true of every delegator, always
	To                 string          `json:"to"`
	ToName             Text            `json:"toName"`
	ToOccupants        []Occupant      `json:"toOccupants"`
	Scope              string          `json:"scope"`
	Since              domain.Instant  `json:"since"`
	Until              *domain.Instant `json:"until,omitempty"`
	Conditions         *Text           `json:"conditions,omitempty"`
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
	var acts []uint64
	s, ok := v.Scope(scope, &acts)
	if !ok {
		return nil, unknownScope(v, scope)
	}
	w := &Who{Scope: scope, ScopeName: Text{s.Name}, Power: power, Holders: []Holder{}, Above: []Holder{}}
	w.Ultimate = ultimate(v, &acts)
	var have []domain.Holding
	for at := s; ; {
		for _, h := range v.Over(at.ID, scope, power, &acts) {
			switch {
			case len(w.Holders) == 0 || w.Holders[0].Scope == at.ID:
				w.Holders = append(w.Holders, holderOf(v, h, &acts))
				have = append(have, h)
			case h.Adds(have):
				w.Above = append(w.Above, holderOf(v, h, &acts))
				have = append(have, h)
			}
		}
		if at.Parent == "" {
			break
		}
		at, _ = v.Scope(at.Parent, &acts)
	}
	w.answer(v, &acts)
	w.Answer = answerOf(v, acts)
	return w, nil
}

// answer says who answers for all of it, and who was passed over.
func (w *Who) answer(v *domain.View, acts *[]uint64) {
	w.Answerable, w.Vacant = []string{}, []string{}
	for _, h := range w.Holders {
		w.Answerable = union(w.Answerable, h.Answerable)
		w.Vacant = union(w.Vacant, h.Vacant)
	}
	if len(w.Holders) == 0 {
		w.Answerable = union(w.Answerable, v.Answerable(w.Ultimate.Party, acts))
	}
}

func ultimate(v *domain.View, acts *[]uint64) Ultimate {
	id := v.Governing(acts)
	p := v.Party(id, acts)
	return Ultimate{Party: p.ID, Name: Text{p.Name}, Members: occupantsOf(v, id, acts)}
}

func holderOf(v *domain.View, h domain.Holding, acts *[]uint64) Holder {
	p := v.Party(h.To, acts)
	out := Holder{
		Party: p.ID, Name: Text{p.Name}, Kind: p.Kind, Delegation: h.Delegation, From: h.Step.From, Scope: h.Scope,
		Occupants: occupantsOf(v, h.To, acts), Powers: slices.Sorted(slices.Values(h.Powers)), Reserved: h.Reserved,
		Limits: limitsOf(h.Limits), Until: instantOrNone(h.Authority.Until), Chain: make([]Step, len(h.Chain)), Vacant: []string{},
	}
	for _, r := range h.Responsibilities {
		out.Responsibilities = append(out.Responsibilities, Responsibility{r.ID, Text{r.Statement}, r.Code})
	}
	for i, s := range h.Chain {
		out.Chain[i] = stepOf(v, s, acts)
	}
	// Where nobody is in office, accountability falls to the nearest party up the chain that has somebody.
	out.Answerable = v.Answerable(h.To, acts)
	if len(out.Answerable) == 0 {
		out.Vacant = append(out.Vacant, p.ID)
	}
	for i := len(h.Chain) - 1; i >= 0 && len(out.Answerable) == 0; i-- {
		from := h.Chain[i].From
		if out.Answerable = v.Answerable(from, acts); len(out.Answerable) == 0 {
			out.Vacant = append(out.Vacant, from)
		}
	}
	return out
}

func stepOf(v *domain.View, s domain.Step, acts *[]uint64) Step {
	out := Step{
		Delegation: s.Delegation, From: s.From, FromName: Text{v.Party(s.From, acts).Name}, FromOccupants: occupantsOf(v, s.From, acts),
		RemainsAccountable: true, To: s.To, ToName: Text{v.Party(s.To, acts).Name}, ToOccupants: occupantsOf(v, s.To, acts),
		Scope: s.Scope, Since: s.Granted, Until: instantOrNone(s.Until),
	}
	if !s.Conditions.IsZero() {
		out.Conditions = &Text{s.Conditions}
	}
	return out
}

func unknownScope(v *domain.View, scope string) error {
	return &domain.Refusal{Code: domain.UnknownScope, Path: "scope",
		Message: fmt.Sprintf("no scope %q exists on %s, as known at %d", scope, v.At(), v.Known()),
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
