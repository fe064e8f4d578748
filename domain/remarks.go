package domain

import "slices"

// remark is an act that oversight looks at, with one content, as known from one sequence until another.
type remark struct {
	seq         uint64
	from, until uint64 // until is 0 while it stands
	at          Instant
	by          string
	act         *Act
}

// in tells whether the act says this at an instant, as known at a sequence.
func (m *remark) in(at Instant, known uint64) bool {
	return m.from <= known && (m.until == 0 || known < m.until) && !at.Before(m.at)
}

// remarks find the acts that oversight looks at: by type, and by what they are about. Decisions and measures, of which a
// ledger has many, are among them only where they cite clauses.
type remarks struct {
	bySeq   map[uint64][]*remark // as known, oldest first
	ofType  map[string][]*remark
	about   map[thingKey][]*remark // accounts by delegation, all of an assurance by its id, all else by scope
	decided map[string][]int32     // the rulings on decisions over a scope, by place
	scopes  map[string]bool        // over which there is any fact
}

func newRemarks() remarks {
	return remarks{map[uint64][]*remark{}, map[string][]*remark{}, map[thingKey][]*remark{}, map[string][]int32{}, map[string]bool{}}
}

// at gives what an act says as known at a sequence, and nil where it says nothing.
func (x *remarks) at(seq, known uint64) *remark {
	for _, m := range x.bySeq[seq] {
		if m.from <= known && (m.until == 0 || known < m.until) {
			return m
		}
	}
	return nil
}

// enter files what an act says as known from n on.
func (x *remarks) enter(f *fold, seq uint64, a *Act, n uint64) {
	switch a.Data.(type) {
	case *DecisionTaken, *MeasureReported:
		if len(a.Clauses) == 0 {
			return
		}
	default:
	}
	m := &remark{seq: seq, from: n, at: a.Effective.At, by: f.canonAt(a.By, n), act: a}
	x.bySeq[seq] = append(x.bySeq[seq], m)
	x.ofType[a.Type] = append(x.ofType[a.Type], m)
	for _, k := range aboutWhat(a) {
		x.about[k] = append(x.about[k], m)
		if k.space == spaceScope && !x.scopes[k.id] {
			x.scopes[k.id] = TypeOf(a.Type).Fact()
		}
	}
}

// aboutWhat gives what an act is found by.
func aboutWhat(a *Act) []thingKey {
	switch d := a.Data.(type) {
	case *AccountGiven:
		return []thingKey{{spaceDelegation, d.Delegation}}
	case *AssuranceReported:
		return []thingKey{{spaceAssurance, d.ID}}
	case *AssuranceReviewed:
		return []thingKey{{spaceAssurance, d.ID}}
	case *AssuranceCommissioned:
		return []thingKey{{spaceScope, d.Scope}, {spaceAssurance, d.ID}}
	case *ObjectiveSet:
		return []thingKey{{spaceScope, d.Scope}}
	case *AssessmentCompleted:
		return []thingKey{{spaceScope, d.Scope}}
	case *ReviewHeld:
		return []thingKey{{spaceScope, d.Scope}}
	default:
		return nil
	}
}

// close ends what an act says.
func (x *remarks) close(seq, n uint64) {
	if all := x.bySeq[seq]; len(all) > 0 && all[len(all)-1].until == 0 {
		all[len(all)-1].until = n
	}
}

// decide files a ruling on a decision under its scope.
func (x *remarks) decide(r *rulings, scope string, i int32) {
	list := x.decided[scope]
	x.decided[scope], x.scopes[scope] = slices.Insert(list, r.search(list, r.all[i].place), i), true
}
