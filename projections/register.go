package projections

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"buckstop/domain"
)

// Register is the delegation-of-authority matrix: every delegation with its state and what it effectively confers. It
// follows the chains: a delegation comes after the one it stands on, and before the next that stands there.
type Register struct {
	Scope       string            `json:"scope,omitempty"` // delegations over it and the scopes below it alone
	Party       string            `json:"party,omitempty"` // delegations from or to it, or a seat it has, alone
	All         bool              `json:"all"`             // also those that are over
	Delegations []RegisteredGrant `json:"delegations"`
	Answer
}

// RegisterQuery narrows a register. Its zero value asks for every delegation that is not over.
type RegisterQuery struct {
	Scope string
	Party string
	All   bool
}

// RegisteredGrant is one row of the register.
type RegisteredGrant struct {
	Delegation       string           `json:"delegation"`
	State            string           `json:"state"` // in-force, pending, suspended, lapsed; revoked, declined, left, expired
	From             Post             `json:"from"`  // it remains accountable
	To               Post             `json:"to"`
	Scope            string           `json:"scope"`
	ScopeName        Text             `json:"scopeName"`
	Under            string           `json:"under,omitempty"` // the delegation it stands on; none under the governing body
	Depth            int              `json:"depth"`           // delegations above it; 0 where the one it stands on is not there
	Granted          domain.Instant   `json:"granted"`
	Until            Time             `json:"until,omitzero"`    // of its own term: the first instant not covered
	Powers           []string         `json:"powers"`            // effective: what every step of the chain allows; none unless in force
	Reserved         []string         `json:"reserved"`          // taken out of the powers, as reserved to the governing body
	Limits           []Limit          `json:"limits"`            // effective
	Ends             Time             `json:"ends,omitzero"`     // effective: the earliest end of the chain
	Levels           *int             `json:"levels,omitempty"`  // it may be passed on so many levels; absent for no limit
	OwnPowers        []string         `json:"ownPowers"`         // as granted and varied; null for all of the one it stands on
	OwnLimits        []Limit          `json:"ownLimits"`         // as granted and varied
	Responsibilities []Responsibility `json:"responsibilities"`  // its own
	Conditions       *Text            `json:"conditions"`        // its own; null for none
	ReviewBy         Time             `json:"reviewBy,omitzero"` // the instant by which its review is wanted
	ReportEvery      string           `json:"reportEvery,omitempty"`
	Acceptance       string           `json:"acceptance"` // not required, pending, accepted or declined
	Instrument       *Text            `json:"instrument,omitempty"`
	Resolution       string           `json:"resolution,omitempty"` // the reference of the resolution that granted it
	Because          []string         `json:"because"`
}

// Post is a party to a delegation, with who is in office.
type Post struct {
	Party     string     `json:"party"`
	Name      Text       `json:"name"`
	Kind      string     `json:"kind"`
	Occupants []Occupant `json:"occupants"`
}

// AskRegister lists the delegations granted by the instant. A scope or party that is not known is refused, UNKNOWN_SCOPE or
// UNKNOWN_PARTY.
func AskRegister(v *domain.View, by RegisterQuery) (*Register, error) {
	q := asking(v)
	defer q.done()
	within, of, err := q.narrowed(by)
	if err != nil {
		return nil, err
	}
	out := &Register{Scope: by.Scope, Party: by.Party, All: by.All, Delegations: []RegisteredGrant{}}
	for _, r := range q.chained(v.Delegations()) {
		if (by.All || !over(r.d.State)) && within(r.d.Scope) && of(r.d.From, r.d.To) {
			out.Delegations = append(out.Delegations, q.registered(r))
		}
	}
	out.Answer = answerOf(v, q.acts)
	return out, nil
}

// over tells whether a delegation in a state is so for good.
func over(state string) bool {
	return state == "revoked" || state == "declined" || state == "left" || state == "expired"
}

// narrowed gives what tells whether a scope, and the parties to a delegation, are among those asked for.
func (q *question) narrowed(by RegisterQuery) (within func(scope string) bool, of func(from, to string) bool, err error) {
	within, of = func(string) bool { return true }, func(string, string) bool { return true }
	if by.Scope != "" {
		if _, ok := q.v.Scope(by.Scope, &q.acts); !ok {
			return nil, nil, unknownScope(q.v, by.Scope)
		}
		within = func(scope string) bool {
			for scope != "" && scope != by.Scope {
				scope = q.v.Parent(scope, &q.acts)
			}
			return scope != ""
		}
	}
	if by.Party != "" {
		p := q.party(by.Party)
		if p.Kind == "" {
			return nil, nil, unknownParty(q.v, by.Party)
		}
		of = func(from, to string) bool { return q.isOrSits(p, from) || q.isOrSits(p, to) }
	}
	return within, of, nil
}

func (q *question) isOrSits(p *partyMet, id string) bool {
	post := q.party(id)
	return post.Key == p.Key || slices.ContainsFunc(post.occupants, func(o Occupant) bool { return o.Party == p.ID })
}

func unknownParty(v *domain.View, party string) error {
	return &domain.Refusal{Code: domain.UnknownParty, Path: "party",
		Message: fmt.Sprintf("no person, role, body or other party %q is known on %s, as known at act %d", party, v.Date(), v.Known()),
		Cure:    "Check the id, or ask for another date."}
}

// row is a delegation in its place of the register.
type row struct {
	d     domain.Delegation
	acts  []uint64
	depth int
}

// chained puts delegations after those that they stand on; those that stand on the same one by scope and id.
func (q *question) chained(ids []string) []row {
	below := map[string][]row{}
	rows := map[string]bool{}
	for _, id := range ids {
		rows[id] = true
	}
	for _, id := range ids {
		var r row
		r.d, _ = q.v.Delegation(id, &r.acts)
		under := r.d.Under
		if !rows[under] {
			under = ""
		}
		below[under] = append(below[under], r)
	}
	for _, rs := range below {
		slices.SortFunc(rs, func(a, b row) int {
			return cmp.Or(cmp.Compare(a.d.Scope, b.d.Scope), cmp.Compare(a.d.Delegation, b.d.Delegation))
		})
	}
	var out []row
	var lay func(under string, depth int)
	lay = func(under string, depth int) {
		rs := below[under]
		delete(below, under)
		for _, r := range rs {
			r.depth = depth
			out = append(out, r)
			lay(r.d.Delegation, depth+1)
		}
	}
	lay("", 0)
	for len(below) > 0 { // those that stand on each other: no history should bring it about, and none may hide them
		first := slices.MinFunc(ids, func(a, b string) int {
			return cmp.Or(cmp.Compare(len(below[b]), len(below[a])), cmp.Compare(a, b))
		})
		lay(first, 0)
	}
	return out
}

func (q *question) registered(r row) RegisteredGrant {
	d := r.d
	t, _ := q.v.Terms(d.Delegation)
	acts := append([]uint64{}, r.acts...)
	s, _ := q.v.Scope(d.Scope, &acts)
	out := RegisteredGrant{
		Delegation: d.Delegation, State: d.State, From: q.post(d.From, &acts), To: q.post(d.To, &acts),
		Scope: d.Scope, ScopeName: Text{s.Name},
		Under: d.Under, Depth: r.depth, Granted: d.Granted, Until: Time{d.Until},
		Powers: []string{}, Reserved: []string{}, Limits: []Limit{}, OwnPowers: t.Powers, OwnLimits: limitsOf(t.Limits),
		Ends: Time{domain.Forever}, ReviewBy: timeOf(t.ReviewBy),
		Responsibilities: dutiesOf(t.Responsibilities), ReportEvery: t.ReportEvery, Acceptance: acceptanceOf(d.State, &t),
	}
	if h, ok := q.v.Hold(d.Delegation, &acts); ok {
		out.Powers, out.Reserved, out.Limits = slices.Sorted(slices.Values(h.Powers)), emptyNotNil(h.Reserved), limitsOf(h.Limits)
		out.Ends = Time{h.Authority.Until}
		switch {
		case t.Closed:
			out.Levels = new(int)
		case h.Depth >= 0:
			out.Levels = &h.Depth
		}
	}
	if !d.Conditions.IsZero() {
		out.Conditions = &Text{d.Conditions}
	}
	if !t.Instrument.IsZero() {
		out.Instrument = &Text{t.Instrument}
	}
	if granted, ok := q.v.Act(t.Granted); ok && granted.Content != nil && granted.Content.Resolution != nil {
		out.Resolution = strings.TrimSpace(granted.Content.Resolution.Reference)
	}
	out.Because = q.v.ActIDs(acts)
	q.acts = append(q.acts, acts...)
	return out
}

func (q *question) post(id string, acts *[]uint64) Post {
	p := q.party(id)
	q.v.Party(id, acts)
	for _, o := range p.occupants {
		*acts = append(*acts, q.v.SeqOf(o.Act))
	}
	return Post{Party: p.ID, Name: Text{p.Name}, Kind: p.Kind, Occupants: p.occupants}
}

// timeOf gives the time of an act, which may give none.
func timeOf(w domain.When) Time {
	if w.IsZero() {
		return Time{domain.Forever}
	}
	return Time{w.At}
}

func dutiesOf(rs []domain.Responsibility) []Responsibility {
	out := []Responsibility{}
	for _, r := range rs {
		out = append(out, Responsibility{r.ID, Text{r.Statement}, r.Code})
	}
	return out
}

func acceptanceOf(state string, t *domain.Terms) string {
	switch {
	case !t.ToAccept:
		return "not required"
	case t.Accepted:
		return "accepted"
	case state == "declined":
		return "declined"
	}
	return "pending"
}
