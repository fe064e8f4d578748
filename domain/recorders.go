package domain

import (
	"fmt"
)

// recorder checks that the principal may record for the party in whose name the act is: at the act's effective instant
// or when it is recorded, whichever is later, so that whoever is no longer a recorder cannot go back to when they were.
func (j *judge) recorder() *Refusal {
	if j.target != 0 {
		return nil // the correction itself was checked
	}
	return j.recordsFor(j.act.By)
}

func (j *judge) recordsFor(by string) *Refusal {
	at := j.act.Effective.At
	if at.Before(j.now) {
		at = j.now
	}
	w := j.s.worldAt(Pos{At: at, Seq: ^uint64(0)})
	if w.mayRecord(j.principal, j.s.fold.canon(by), j.s.fold.opener) {
		return nil
	}
	return refuse(NotEntitled, "by", fmt.Sprintf("%s does not record for %s", j.principal, by),
		"The governing body appoints recorders with recorder.appointed.")
}

func (w *world) mayRecord(principal, by, opener string) bool {
	r := w.recorder(principal)
	if r == nil {
		return principal == opener
	}
	if r.all || contains(r.parties, by) || contains(r.persons, by) {
		return true
	}
	for _, p := range r.persons {
		if w.away(p) {
			continue
		}
		body := w.body(by)
		for _, s := range w.occupied(by) {
			if s.party == p && (body == nil || s.as == "chair" || s.as == "secretary") {
				return true
			}
		}
	}
	return false
}
