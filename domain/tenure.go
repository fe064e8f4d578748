package domain

import (
	"cmp"
	"slices"
)

// What reports over time ask of a View: how long an answer stays as it is, and what may be part of one at any instant.

// Spell is the ledger at one instant that notes how long what is asked of it stays as it is. It gives what a [View] gives,
// and no two of its questions may run at once.
type Spell struct{ *View }

// Spell gives the ledger at another instant, as known at the same sequence.
func (v *View) Spell(at Instant) *Spell {
	w, err := v.Another(at, v.known)
	if err != nil { // what a view knows is committed, and stays so
		panic("domain: " + err.Error())
	}
	w.note = &tracker{}
	return &Spell{w}
}

// Lasts gives the first instant after the spell's own at which any answer it gave so far may be otherwise; Forever where none
// will be. What occupants are called is the exception: they may come to bear another name or id before.
func (s *Spell) Lasts() Instant {
	_, until := s.note.span(s.at, s.known)
	return until
}

// Tie is between whom a delegation is, or at some instant was, and on which one it stood. From and To are keys of parties.
type Tie struct{ Delegation, From, To, Under string }

// Ties gives every delegation known, whatever its instant, in every form it ever had, sorted by delegation.
func (v *View) Ties() []Tie {
	var out []Tie
	for id := range v.state.things[spaceDelegation] {
		first := len(out)
		v.eachFact(key(cellDelegation, id), func(value any) {
			if d, _ := value.(*delegation); d != nil {
				if t := (Tie{d.id, d.from, d.to, d.under}); !slices.Contains(out[first:], t) {
					out = append(out, t)
				}
			}
		})
	}
	slices.SortStableFunc(out, func(a, b Tie) int { return cmp.Compare(a.Delegation, b.Delegation) })
	return out
}

// Served gives the keys of the roles and bodies that a party sat in at any instant, and of the teams, organizations and
// systems that it was ever to answer for; sorted.
func (v *View) Served(id string) []string {
	k := v.canonical(id)
	var out idSet
	v.eachFact(key(cellSeated, k), func(value any) {
		ids, _ := value.(idSet)
		for _, post := range ids {
			out = out.with(post)
		}
	})
	for other := range v.state.things[spaceParty] {
		v.eachFact(key(cellParty, other), func(value any) {
			if p, _ := value.(*party); p != nil && p.answerable == k {
				out = out.with(other)
			}
		})
	}
	return out
}

// eachFact visits every value that a cell had at any instant, as far as known.
func (v *View) eachFact(k cellKey, visit func(value any)) {
	c := v.fold.find(k)
	if c == nil {
		return
	}
	for i := range c.line.facts {
		if c.line.facts[i].seq > v.known {
			return
		}
		visit(c.line.facts[i].value)
	}
}

// Delegations gives the ids of the delegations granted by the view's instant, over or not; sorted.
func (v *View) Delegations() []string {
	var out []string
	for id := range v.state.things[spaceDelegation] {
		if v.delegation(id) != nil {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// Terms are a delegation's own terms, as granted and varied, whatever those it stands on allow.
type Terms struct {
	Powers           []string // nil: all of the one it stands on
	Responsibilities []Responsibility
	Limits           []Limit
	ReviewBy         When
	ReportEvery      string // ISO 8601 duration
	Instrument       Text
	ToAccept         bool // it had to be accepted
	Accepted         bool
	Closed           bool // it may not be passed on
	MaxDepth         int  // the levels below it that are permitted; -1 for no limit of its own
	Granted          uint64
	Ended            uint64 // the act that revoked or declined it or by which its holder left; 0 where none did
}

// Terms gives the terms of a delegation; false where it has not been granted.
func (v *View) Terms(id string) (Terms, bool) {
	d := v.delegation(id)
	if d == nil {
		return Terms{}, false
	}
	out := Terms{
		Powers: d.powers, Limits: d.limits, ReviewBy: d.reviewBy, ReportEvery: d.reportEvery, Instrument: v.text(d.instrument),
		ToAccept: d.needsAcceptance, Accepted: d.accepted, Closed: d.closed, MaxDepth: d.maxDepth,
		Granted: d.granted.Seq, Ended: d.rests.ended,
	}
	for _, r := range d.responsibilities {
		out.Responsibilities = append(out.Responsibilities, Responsibility{r.ID, v.text(r.Statement), r.Code})
	}
	return out, true
}

// Hold gives a delegation in force with its chain and what it confers over its own scope; false where it is not in force.
func (v *View) Hold(id string, acts *[]uint64) (Holding, bool) {
	chain := v.chain(v.delegation(id))
	if chain == nil {
		return Holding{}, false
	}
	h := Held{chain: chain}
	h.Authority = v.meet(chain, chain[len(chain)-1].scope, &h.reserve)
	return v.Holding(&h, nil, acts), true
}

// Organization gives the name and the legal id of the legal entity that the ledger is of.
func (v *View) Organization(acts *[]uint64) (name Text, legalID string) {
	o, _ := v.r.get(key(cellOrganization, "")).(*organization)
	if o == nil {
		return Text{}, ""
	}
	*acts = append(*acts, o.seq)
	return v.text(o.name), o.legalID
}
