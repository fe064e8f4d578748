package projections

import "buckstop/domain"

// question is one question on its way: the acts its answer rests on so far, and the parties it has met.
type question struct {
	v    *domain.View
	acts []uint64
	met  []*partyMet
	room [12]*partyMet
}

type partyMet struct {
	asked string
	domain.Party
	occupants []Occupant
}

func asking(v *domain.View) *question {
	q := &question{v: v, acts: make([]uint64, 0, 96)}
	q.met = q.room[:0]
	return q
}

// party gives a party with its occupants.
func (q *question) party(id string) *partyMet {
	for _, p := range q.met {
		if p.asked == id {
			return p
		}
	}
	p := &partyMet{asked: id, Party: q.v.Party(id, &q.acts)}
	q.met = append(q.met, p)
	all := q.v.Occupants(p.Party)
	p.occupants = make([]Occupant, len(all))
	for i := range all {
		o := &all[i]
		q.acts = append(q.acts, o.Act)
		p.occupants[i] = Occupant{
			Party: o.Party, Name: Text{o.Name}, As: o.As, Since: instantOrNone(o.Since), Until: instantOrNone(o.Until),
			Covers: o.Covers, CoveredBy: o.CoveredBy, AlternateFor: o.AlternateFor, Act: q.v.ActID(o.Act),
		}
	}
	return p
}
