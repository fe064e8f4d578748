package domain

import (
	"fmt"
)

// recorder checks that the principal may record for the party in whose name the act is. That it is a recorder, and for whom,
// is asked when the act is recorded or at its effective instant, whichever is later, so that whoever is no longer a recorder
// cannot go back to when they were. The seat of a person it is bound to may be of either: minutes are recorded by who was
// secretary then, or is now.
func (j *judge) recorder() *Refusal {
	if j.target != 0 {
		return nil // the correction itself was checked
	}
	return j.recordsFor(j.act.By)
}

func (j *judge) recordsFor(by string) *Refusal {
	then, now := j.act.Effective.At, j.now
	if now.Before(then) {
		now = then
	}
	id := j.s.fold.canon(by)
	w := j.s.worldAt(Pos{At: now, Seq: ^uint64(0)})
	r := w.recorder(j.principal)
	switch {
	case r == nil && j.principal == j.s.fold.opener,
		r != nil && (r.all || contains(r.parties, id) || contains(r.persons, id)),
		r != nil && (w.seatedFor(r.persons, id) || j.s.worldAt(Pos{At: then, Seq: ^uint64(0)}).seatedFor(r.persons, id)):
		return nil
	}
	return refuse(NotEntitled, "by", fmt.Sprintf("%s does not record for %s", j.principal, by),
		"The governing body appoints recorders with recorder.appointed.")
}

// seatedFor tells whether one of some persons sits in a role, or is chair or secretary of a body.
func (w *world) seatedFor(persons []string, id string) bool {
	body := w.body(id)
	for _, s := range w.occupied(id) {
		if contains(persons, s.party) && !w.away(s.party) && (body == nil || s.as == "chair" || s.as == "secretary") {
			return true
		}
	}
	return false
}
