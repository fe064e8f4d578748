package projections

import (
	"sync"

	"buckstop/domain"
)

// question is one question on its way: the acts its answer rests on so far, and the parties it has met.
type question struct {
	v       *domain.View
	acts    []uint64
	met     []*partyMet
	first   [8]partyMet // room for those that most questions meet
	order   [8]*partyMet
	scratch []domain.Occupant
	steps   []domain.Step
	held    []domain.Held
}

type partyMet struct {
	asked string
	domain.Party
	occupants []Occupant
}

// questions are those that were answered: their room is used again.
var questions = sync.Pool{New: func() any {
	return &question{acts: make([]uint64, 0, 96), scratch: make([]domain.Occupant, 0, 8)}
}}

func asking(v *domain.View) *question {
	q := questions.Get().(*question)
	q.v, q.acts, q.met = v, q.acts[:0], q.order[:0]
	return q
}

// done gives the question's room back; nothing of it may be in use.
func (q *question) done() {
	q.v = nil
	clear(q.steps)
	clear(q.held)
	clear(q.met)
	clear(q.first[:])
	questions.Put(q)
}

// party gives a party with its occupants.
func (q *question) party(id string) *partyMet {
	for _, p := range q.met {
		if p.asked == id {
			return p
		}
	}
	var p *partyMet
	if n := len(q.met); n < len(q.first) {
		p = &q.first[n]
	} else {
		p = &partyMet{}
	}
	p.asked, p.Party = id, q.v.Party(id, &q.acts)
	q.met = append(q.met, p)
	q.scratch = q.v.AppendOccupants(q.scratch[:0], &p.Party)
	p.occupants = make([]Occupant, len(q.scratch))
	for i := range q.scratch {
		o := &q.scratch[i]
		q.acts = append(q.acts, o.Act)
		p.occupants[i] = Occupant{
			Party: o.Party, Name: Text{o.Name}, As: o.As, Since: Time{o.Since}, Until: Time{o.Until},
			Covers: o.Covers, CoveredBy: o.CoveredBy, AlternateFor: o.AlternateFor, Act: q.v.ActID(o.Act),
		}
	}
	return p
}
