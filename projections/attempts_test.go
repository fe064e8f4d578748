package projections

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
)

// TestAttemptsOfAllKindsLeaveNoTrace keeps two ledgers: to one, variations of its own acts are offered at every turn, most
// of them wrong; the other is told of those alone that the first accepted. Both stay the same, in what they answer, in how
// they judge and in every byte they store.
func TestAttemptsOfAllKindsLeaveNoTrace(t *testing.T) {
	var mu sync.Mutex
	refused, taken := map[string]int{}, 0
	someHistories(t, 8, func(h *history) error {
		r := rand.New(rand.NewPCG(h.seed, 40))
		tried, spared := domain.NewState("acme", time.LoadLocation), domain.NewState("acme", time.LoadLocation)
		codes, accepted := map[string]int{}, 0
		for i, o := range h.offers {
			for n := range r.IntN(3) * r.IntN(12) * min(i, 1) {
				attempt := offer{text: h.variation(r, i, n), now: o.now}
				_, out, err := decide(tried, attempt)
				if p := (panicked{}); errors.As(err, &p) {
					return fmt.Errorf("%s: %w", attempt.text, err)
				}
				if err != nil {
					codes[string(domain.CodeOf(err))]++
					continue
				}
				if out.Known {
					continue
				}
				accepted++
				if err := alike(spared, attempt, out, nil); err != nil {
					return err
				}
				tried.Commit(out.Seq)
				spared.Commit(out.Seq)
			}
			_, out, err := decide(tried, o)
			if err := alike(spared, o, out, err); err != nil {
				return err
			}
			if err == nil {
				tried.Commit(out.Seq)
				spared.Commit(out.Seq)
			}
			if i%24 > 0 {
				continue
			}
			if err := sameAnswers(tried, spared, h.points(2, uint64(i))); err != nil {
				return err
			}
		}
		if err := sameAnswers(tried, spared, h.points(3, 41)); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		taken += accepted
		for c, n := range codes {
			refused[c] += n
		}
		return nil
	})
	for _, c := range slices.Sorted(maps.Keys(refused)) {
		t.Logf("%-28s %6d", c, refused[c])
	}
	t.Logf("%d variations were accepted", taken)
	if len(histories()) >= 100 {
		assert.Greater(t, len(refused), 15, "rules by which a variation was refused")
	}
}

// alike records an act in another ledger and tells whether it came to the same.
func alike(s *domain.State, o offer, out domain.Accepted, err error) error {
	_, other, bad := decide(s, o)
	if fmt.Sprint(bad) != fmt.Sprint(err) {
		return fmt.Errorf("%s is judged otherwise where nothing was refused before: %v, and not %v", o.text, bad, err)
	}
	if string(other.Stored) != string(out.Stored) {
		return fmt.Errorf("it is stored otherwise where nothing was refused before:\n %s\n %s", other.Stored, out.Stored)
	}
	return nil
}

func sameAnswers(a, b *domain.State, points []moment) error {
	if a.Last() != b.Last() {
		return fmt.Errorf("the newest is %d and not %d", a.Last(), b.Last())
	}
	for i := range points {
		points[i].known = 0
	}
	was, err := answersAt(b, points)
	if err != nil {
		return err
	}
	is, err := answersAt(a, points)
	if err != nil {
		return err
	}
	return differ("after attempts", was, is)
}

// variation gives an act that was offered, about then, with something else in it.
func (h *history) variation(r *rand.Rand, i, n int) []byte {
	var m jsonObject
	_ = json.Unmarshal(h.offers[max(1, min(len(h.offers)-1, i-8+r.IntN(16)))].text, &m)
	data, _ := m["data"].(jsonObject)
	m["id"] = fmt.Sprint("v", i, "-", n)
	anything := func() string {
		of := [][]string{theParties, theScopes, theDelegations, thePowers, theInstants, theMatters, {"nobody", "", "a1", "a9", "p1", "\u202e"}}[r.IntN(7)]
		return of[r.IntN(len(of))]
	}
	for range 1 + r.IntN(3) {
		keys := slices.Sorted(maps.Keys(data))
		if len(keys) == 0 {
			break
		}
		key := keys[r.IntN(len(keys))]
		switch r.IntN(16) {
		case 0, 1:
			m["by"] = theParties[r.IntN(len(theParties))]
		case 2, 3:
			m["effective"] = theInstants[r.IntN(len(theInstants))]
		case 4, 5, 6:
			if _, ok := data[key].(string); ok {
				data[key] = anything()
			}
		case 7:
			delete(data, key)
		case 8:
			data[fmt.Sprint(key, "s")] = anything()
		case 9:
			m["id"] = fmt.Sprint("a", 1+r.IntN(i+1))
		case 10:
			m["resolution"] = jsonObject{"date": theInstants[r.IntN(len(theInstants))], "method": "meeting", "present": thePersons, "for": thePersons[:r.IntN(3)],
				"against": thePersons[3:][:r.IntN(2)], "casting": thePersons[r.IntN(5)]}
			if r.IntN(2) == 0 {
				delete(m["resolution"].(jsonObject), "casting")
			}
		case 11:
			m["through"] = []string{anything()}
		case 12:
			data["powers"] = []string{anything(), "spend"}[:1+r.IntN(2)]
		case 13:
			data["until"] = theInstants[r.IntN(len(theInstants))]
			data["under"] = theDelegations[r.IntN(len(theDelegations))]
		case 14:
			if r.IntN(4) == 0 {
				m["rationale"] = strings.Repeat("At length. ", 6400)
			} else {
				m["type"] = theTypes[r.IntN(len(theTypes))].name
			}
		case 15:
			m["type"], data = "act.annulled", jsonObject{"act": fmt.Sprint("a", 1+r.IntN(i+1)), "reason": "x"}
			if r.IntN(2) == 0 {
				m["type"], data = "body.changed", jsonObject{"id": theBodies[r.IntN(len(theBodies))], "quorum": r.IntN(3)}
			}
			m["data"] = data
		}
	}
	text, _ := json.Marshal(m)
	return text
}
