package projections

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
)

// The order in which acts are recorded: what is known in the end does not depend on it.

// inTheWorld gives the acts of a history, each at an instant of its own, in the order in which they hold in the world.
// Acts on the record are left out: of two corrections the later recorded holds.
func (h *history) inTheWorld() []offer {
	type act struct {
		at   domain.Instant
		text []byte
	}
	var acts []act
	for i, a := range h.model.acts {
		if !h.model.onRecord(i + 1) {
			acts = append(acts, act{a.Effective.At, h.offers[h.taken[i]].text})
		}
	}
	slices.SortStableFunc(acts[1:], func(a, b act) int { return a.at.Compare(b.at) })
	day := func(n int) string { return time.Date(2025, 1, 1+n, 12, 0, 0, 0, time.UTC).Format(time.RFC3339) }
	out := make([]offer, len(acts))
	for i := range acts {
		var m jsonObject
		_ = json.Unmarshal(acts[i].text, &m)
		if i > 0 {
			m["effective"] = day(i)
		}
		if data := m["data"].(jsonObject); data["until"] != nil {
			until, _, _ := domain.ParseInstant(data["until"].(string), h.state.Zone())
			n := len(acts) // what had begun by then has
			for k := len(acts) - 1; k > i && !acts[k].at.Before(until); k-- {
				n = k
			}
			data["until"] = day(n)
		}
		text, _ := json.Marshal(m)
		out[i] = offer{text: text, now: theStart}
	}
	return out
}

// recorded records what is accepted of some acts, again and again as long as any more of them is; the first opens the
// ledger. It gives them as they were accepted, with what the ledger worked out.
func (h *history) recorded(offers []offer) (*history, []offer) {
	n, took := newHistory(h.seed), []offer{}
	for more := true; more; {
		more = false
		var left []offer
		for _, o := range offers {
			if !n.offer(o) {
				left = append(left, o)
				continue
			}
			more = true
			if d, ok := n.model.acts[len(n.model.acts)-1].Data.(*domain.DelegationGranted); ok && d.Under != "" {
				var m jsonObject
				_ = json.Unmarshal(o.text, &m)
				m["data"].(jsonObject)["under"] = d.Under
				o.text, _ = json.Marshal(m)
			}
			took = append(took, o)
		}
		offers = left
	}
	return n, took
}

// shuffled gives the acts in another order; what opens the ledger stays the first.
func shuffled(offers []offer, how int, r *rand.Rand) []offer {
	out := slices.Clone(offers)
	rest := out[1:]
	switch how {
	case 0:
		slices.Reverse(rest)
	case 1:
		r.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	default: // some come late
		for range len(rest) / 3 {
			i := r.IntN(len(rest))
			j := min(len(rest)-1, i+1+r.IntN(12))
			late := rest[i]
			copy(rest[i:j], rest[i+1:j+1])
			rest[j] = late
		}
	}
	return out
}

func TestActsRecordedInAnyOrderThatIsAcceptedAreAnsweredAlike(t *testing.T) {
	var mu sync.Mutex
	var whole, part, none, kept, offered, grants int
	someHistories(t, 5, func(h *history) error {
		all := h.inTheWorld()
		_, acts := h.recorded(all)
		base := h.again(acts)
		if len(base.stored) != len(acts) {
			return fmt.Errorf("with under given, an act is refused that was accepted without:\n%s", base)
		}
		mu.Lock()
		kept, offered = kept+len(acts), offered+len(all)
		for _, a := range base.model.acts {
			if a.Type == "delegation.granted" {
				grants++
			}
		}
		mu.Unlock()
		for how := range 3 {
			other, taken := h.recorded(shuffled(acts, how, rand.New(rand.NewPCG(h.seed, uint64(20+how)))))
			same := base
			if len(taken) < len(acts) { // beginnings and ends that came in the wrong order
				same = h.again(intersect(acts, taken))
			}
			mu.Lock()
			switch {
			case same == base:
				whole++
			case len(same.stored) == len(other.stored):
				part++
			default: // one is refused here for what was recorded only after it in the other
				none++
			}
			mu.Unlock()
			if len(same.stored) != len(other.stored) {
				continue
			}
			if err := same.answersAs(other); err != nil {
				return fmt.Errorf("order %d: %w\nthe other order:\n%s", how, err, other)
			}
		}
		return nil
	})
	t.Logf("%d of %d acts, %d grants among them, were accepted at instants of their own", kept, offered, grants)
	t.Logf("%d orders were accepted whole, %d in part, %d of others could not be compared", whole, part, none)
	if len(histories()) >= 100 {
		assert.Greater(t, whole, 10*none)
	}
}

// intersect gives those of acts that were taken, in the order of acts.
func intersect(acts, taken []offer) []offer {
	texts := map[string]bool{}
	for _, o := range taken {
		texts[string(o.text)] = true
	}
	var out []offer
	for _, o := range acts {
		if texts[string(o.text)] {
			out = append(out, o)
		}
	}
	return out
}

// answersAs compares what two ledgers of the same acts answer at their newest known, at every instant of an act and just
// before, apart from the order in which things are listed.
func (h *history) answersAs(other *history) error {
	r := rand.New(rand.NewPCG(h.seed, 30))
	at := []domain.Instant{theLast}
	for range 8 {
		i := h.model.acts[r.IntN(len(h.model.acts))].Effective.At
		if at = append(at, i); r.IntN(4) == 0 {
			at = append(at, domain.InstantOf(i.Time().Add(-1)))
		}
	}
	for _, at := range at {
		v, err := h.state.View(at, 0)
		if err != nil {
			return err
		}
		w, err := other.state.View(at, 0)
		if err != nil {
			return err
		}
		was, err := sayAll(v, h.state.Root())
		if err != nil {
			return err
		}
		is, err := sayAll(w, h.state.Root())
		if err != nil {
			return err
		}
		for _, asked := range slices.Sorted(maps.Keys(was)) {
			if !reflect.DeepEqual(was[asked], is[asked]) {
				return fmt.Errorf("%s at %s:\n in one order %+v\n in another   %+v", asked, at, was[asked], is[asked])
			}
		}
	}
	return nil
}

// sayAll gives every answer at an instant, without its order.
func sayAll(v *domain.View, root string) (map[string]any, error) {
	out := map[string]any{}
	for _, scope := range append([]string{root}, theScopes...) {
		for _, power := range theQuestions {
			who, err := stateSaysWho(v, scope, power)
			if err != nil {
				return nil, err
			}
			out["who "+scope+" "+power] = who
			if w, err := AskWho(v, scope, power); err == nil {
				out["because of who "+scope+" "+power] = set(w.Because)
			}
		}
	}
	for _, id := range theParties {
		seats, err := stateSaysSeats(v, id)
		if err != nil {
			return nil, err
		}
		out["seats "+id] = seats
		if s, err := AskSeats(v, id); err == nil {
			out["because of seats "+id] = set(s.Because)
		}
	}
	for _, scope := range append([]string{root}, theScopes...) {
		if p, err := AskParameters(v, scope); err == nil {
			out["parameters "+scope] = []any{p.Purpose, unordered(p.Directions), unordered(p.Policies), unordered(p.Appetites), unordered(p.Criteria),
				unordered(p.Matters), unordered(p.Because)}
		} else {
			out["parameters "+scope] = domain.CodeOf(err)
		}
		for i, id := range theParties {
			power := theQuestions[1+i%(len(theQuestions)-1)]
			asked := "can " + id + " " + power + " " + scope
			c, err := AskCan(v, id, power, scope, nil)
			if err != nil {
				out[asked] = domain.CodeOf(err)
				continue
			}
			var by, why []string
			for _, s := range c.Chain {
				by = append(by, s.Delegation)
			}
			for _, r := range c.Reasons {
				why = append(why, fmt.Sprint(r.Code, r.Delegation))
			}
			out[asked] = []any{c.Allowed, c.Seat, by, unordered(c.Limits), c.Until, unordered(c.Left), unordered(why)}
		}
	}
	return out, nil
}

// unordered gives what is listed, as text and sorted.
func unordered[T any](listed []T) []string {
	var out []string
	for _, x := range listed {
		text, _ := json.Marshal(x)
		out = append(out, string(text))
	}
	slices.Sort(out)
	return out
}
