package projections

import (
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
)

// disturbances are acts that change answers, to be annulled again. TestRevokingAndAnnullingTheRevocationRestoresEveryAnswer
// has the revocations of the governing body.
var disturbances = []disturbance{
	{"delegation.suspended", theDelegations, false, false, `{"id":%q}`},
	{"delegation.revoked", theDelegations, false, false, `{"id":%q}`},
	{"delegation.declined", theDelegations, false, true, `{"id":%q}`},
	{"delegation.resumed", theDelegations, false, false, `{"id":%q}`},
	{"delegation.varied", theDelegations, false, false, `{"id":%q,"powers":["spend.ops"],"until":"2026-06-15"}`},
	{"person.left", thePersons, false, false, `{"person":%q}`},
	{"person.returned", thePersons, true, false, `{"person":%q}`},
	{"role.abolished", theRoles, false, false, `{"id":%q}`},
	{"role.established", theRoles, true, false, `{"id":%q,"name":"Anew"}`},
	{"role.assigned", theRoles, false, false, `{"role":%q,"party":"p4"}`},
	{"role.vacated", theRoles, false, false, `{"role":%q,"party":"p1"}`},
	{"role.vacated", theRoles, false, false, `{"role":%q,"party":"p2"}`},
	{"body.dissolved", theBodies, false, false, `{"id":%q}`},
	{"member.departed", thePersons, false, false, `{"body":"board","party":%q}`},
	{"scope.moved", theScopes, true, false, `{"id":%q,"parent":"s1"}`},
	{"scope.moved", theScopes, true, false, `{"id":%q}`},
	{"scope.retired", theScopes, false, false, `{"id":%q}`},
	{"matter.reserved", []string{"m3", "m4"}, false, false, `{"id":%q,"name":"Spending","powers":["spend"]}`},
	{"matter.released", theMatters, false, false, `{"id":%q}`},
	{"governing-body.succeeded", []string{"board4"}, true, false, `{"id":%q,"name":"The board after"}`},
}

// TestAnnullingWhatDisturbedTheAnswersRestoresEveryOne records an act and annuls it: who answers for every scope and who
// sits in every post is then as it was, at every instant.
func TestAnnullingWhatDisturbedTheAnswersRestoresEveryOne(t *testing.T) {
	var mu sync.Mutex
	restored, changed := map[string]int{}, map[string]int{}
	someHistories(t, 6, func(h *history) error {
		s, err := h.loaded()
		if err != nil {
			return err
		}
		points := h.points(3, 10)
		if len(h.stored) < 40 { // one that was made short
			points = h.everywhere()
			points = points[len(points)-1-2*len(theInstants):]
		}
		for i := range points {
			points[i].known = 0
		}
		before, err := answersAt(s, points)
		if err != nil {
			return err
		}
		for k, d := range disturbances {
			for i, id := range d.of {
				at := theInstants[1+(int(h.seed)/6+i+k)%4]
				act, by := fmt.Sprint("disturb-", k, "-", i), d.by(s, at, id)
				if put(s, act, d.kind, at, by, fmt.Sprintf(d.data, id)) != nil {
					continue
				}
				if d.kind == "governing-body.succeeded" {
					by = id // the act is that of a body that it ended
				}
				during, err := answersAt(s, points)
				if err != nil {
					return err
				}
				if bad := put(s, "annul-"+act, "act.annulled", at, by, fmt.Sprintf(`{"act":%q,"reason":"an error"}`, act)); bad != nil {
					if code := domain.CodeOf(bad); d.begins && (code == domain.UnknownParty || code == domain.UnknownScope) {
						before = during
						continue
					}
					return fmt.Errorf("%s of %s at %s cannot be annulled: %w", d.kind, id, at, bad)
				}
				after, err := answersAt(s, points)
				if err != nil {
					return err
				}
				if err := differ(d.kind+" of "+id+" at "+at+", and annulling that", before, after); err != nil {
					return err
				}
				mu.Lock()
				restored[d.kind]++
				if during != before {
					changed[d.kind]++
				}
				mu.Unlock()
			}
		}
		return nil
	})
	for _, kind := range slices.Sorted(maps.Keys(restored)) {
		t.Logf("%-26s %5d annulled, of which %5d had changed an answer", kind, restored[kind], changed[kind])
	}
	if len(histories()) < 100 {
		return
	}
	for _, kind := range []string{"delegation.suspended", "delegation.revoked", "person.left", "scope.moved", "matter.reserved"} {
		assert.NotZero(t, changed[kind], "no %s changed an answer", kind)
	}
}

type disturbance struct {
	kind   string
	of     []string
	begins bool // its annulment may leave acts without what they name, and is refused then
	holder bool // it is an act of who holds the delegation
	data   string
}

// by gives in whose name it is done: the governing body of that instant, or the holder where it is theirs to do.
func (d *disturbance) by(s *domain.State, at, of string) string {
	effective, _, _ := domain.ParseInstant(at, s.Zone())
	v, err := s.View(effective, 0)
	if err != nil {
		panic(err)
	}
	var acts []uint64
	if held, ok := v.Delegation(of, &acts); d.holder && ok {
		return held.To
	}
	return v.Governing(&acts)
}

// put records an act.
func put(s *domain.State, id, kind, at, by, data string) error {
	_, out, err := decide(s, offer{text: fmt.Appendf(nil, `{"id":%q,"type":%q,"effective":%q,"by":%q,"data":%s}`, id, kind, at, by, data), now: theStart})
	if err == nil {
		s.Commit(out.Seq)
	}
	return err
}
