package projections

import "buckstop/domain"

// question is one question on its way: the acts its answer rests on so far, and the parties it has met.
type question struct {
	v       *domain.View
	acts    []uint64
	met     []*partyMet
	first   [8]partyMet // room for those that most questions meet
	order   [8]*partyMet
	scratch []domain.Occupant
}

type partyMet struct {
	asked string
	domain.Party
	occupants []Occupant
}

func asking(v *domain.View) *question {
	q := &question{v: v, acts: make([]uint64, 0, 96), scratch: make([]domain.Occupant, 0, 8)}
	q.met = q.order[:0]
	return q
}

// party gives a party with its occupants.
func (q *question) party(id string) *partyMet {
	for _, p := range q.met {
		if p.asked == id {
			return p
		}
	}
	p := &partyMet{}
	if n := len(q.met); n < len(q.first) {
		p = &q.first[n]
	}
	p.asked, p.Party = id, q.v.Party(id, &q.acts)
	q.met = append(q.met, p)
	q.scratch = q.v.AppendOccupants(q.scratch[:0], &p.Party)
	p.occupants = make([]Occupant, len(q.scratch))
	for i := range q.scratch {
		o := &q.scratch[i]
		q.acts = append(q.acts, o.Act)
		p.occupants[i] = Occupant{
			Party: o.Party, Name: Text{o.Name}, As: o.As, Since: instantOrNone(o.Since), Until: instantOrNone(o.Until),
			Covers: o.Covers, CoveredBy: o.CoveredBy, AlternateFor: o.AlternateFor, Act: q.v.ActID(o.Act),
		}
	}
	return p
}
