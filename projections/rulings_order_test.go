package projections

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// TestTheOrderOfRecordingMattersNotToWhatIsAllowedNorToWhatIsSet: acts that say under which delegation they stand, with
// effective instants of their own, come to the same in every order in which the rules accept them.
func TestTheOrderOfRecordingMattersNotToWhatIsAllowedNorToWhatIsSet(t *testing.T) {
	var compared, stuck atomic.Int64
	eachRuled(t, 1, func(h *history) error {
		acts := h.unordered()
		first := domain.NewState("acme", time.LoadLocation)
		var kept [][]byte
		for _, text := range acts { // in the order of their instants, those that are accepted
			if recordText(first, text) == nil {
				kept = append(kept, text)
			}
		}
		rnd := rand.New(rand.NewPCG(h.seed, 5))
		second := domain.NewState("acme", time.LoadLocation)
		if err := recordText(second, kept[0]); err != nil {
			return err
		}
		left := slices.Clone(kept[1:])
		rnd.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		for progress := true; progress && len(left) > 0; {
			progress = false
			left = slices.DeleteFunc(left, func(text []byte) bool {
				ok := recordText(second, text) == nil
				progress = progress || ok
				return ok
			})
		}
		if len(left) > 0 { // each of what is left is to come before one that was taken
			stuck.Add(1)
			return nil
		}
		compared.Add(1)
		for range 8 {
			at, _, _ := domain.ParseInstant(theInstants[rnd.IntN(len(theInstants))], first.Zone())
			at = domain.InstantOf(at.Time().Add(oneOfOffsets(rnd)))
			if err := sameAt(first, second, at); err != nil {
				return err
			}
		}
		return nil
	})
	t.Logf("%d histories were compared, %d could not be recorded in another order", compared.Load(), stuck.Load())
	if len(rulingHistories()) >= 60 {
		require.Greater(t, compared.Load(), int64(len(rulingHistories())/4))
	}
}

func oneOfOffsets(rnd *rand.Rand) time.Duration {
	return theOffsets[rnd.IntN(len(theOffsets))] + time.Second
}

// unordered gives a history's acts but those on the record and renamings, each at an instant of its own, in the order of
// their instants; decisions and grants without a delegation they stand on are left out, but for the governing body's.
func (h *history) unordered() [][]byte {
	type dated struct {
		at   domain.Instant
		text []byte
	}
	var all []dated
	for i, b := range h.stored {
		e, err := domain.ReadEnvelope(b)
		if err != nil {
			panic(err)
		}
		act := jsonObject{}
		if err := json.Unmarshal(e.Act, &act); err != nil {
			panic(err)
		}
		data := act["data"].(jsonObject)
		board := act["by"] == "board"
		switch kind := act["type"].(string); {
		case strings.HasPrefix(kind, "act."), kind == "party.renamed", kind == "governing-body.succeeded":
			continue
		case kind == "decision.taken" && data["under"] == nil && !board, kind == "delegation.granted" && data["under"] == nil && data["from"] != "board":
			continue
		}
		delete(act, "resolution")
		at := h.model.act(i + 1).Effective.At
		if i > 0 {
			at = domain.InstantOf(at.Time().Add(time.Duration(i) * time.Millisecond))
		}
		act["id"], act["effective"] = fmt.Sprint("n", i+1), at.String()
		openNames(data)
		text, _ := json.Marshal(act)
		all = append(all, dated{at, text})
	}
	slices.SortFunc(all, func(a, b dated) int { return a.at.Compare(b.at) })
	var out [][]byte
	for _, d := range all {
		out = append(out, d.text)
	}
	return out
}

// openNames gives names again that are sealed in what is stored.
func openNames(data jsonObject) {
	for k, v := range maps.All(data) {
		if o, ok := v.(jsonObject); ok && o["sealed"] != nil {
			data[k] = "N"
		}
	}
}

func recordText(s *domain.State, text []byte) error {
	_, out, err := decide(s, offer{text: text, now: theStart})
	if err == nil {
		s.Commit(out.Seq)
	}
	return err
}

// sameAt compares what two ledgers allow, and what they have set, at one instant as newest known.
func sameAt(a, b *domain.State, at domain.Instant) error {
	va, err := a.View(at, 0)
	if err != nil {
		return err
	}
	vb, err := b.View(at, 0)
	if err != nil {
		return err
	}
	amount, _ := domain.ParseAmount("12", false)
	amounts := []domain.Quantity{{Dimension: "spend", Unit: "GBP", Value: amount}}
	for _, scope := range append([]string{a.Root()}, theScopes[:3]...) {
		pa, err := AskParameters(va, scope)
		pb, worse := AskParameters(vb, scope)
		if fmt.Sprint(domain.CodeOf(err)) != fmt.Sprint(domain.CodeOf(worse)) {
			return fmt.Errorf("parameters of %s at %s: %v and %v", scope, at, err, worse)
		}
		if err == nil {
			pa.Known, pb.Known = Known{}, Known{}
			slices.Sort(pa.Because)
			slices.Sort(pb.Because)
			x, _ := json.MarshalIndent(pa, "", " ")
			y, _ := json.MarshalIndent(pb, "", " ")
			if err := differ(fmt.Sprintf("parameters of %s at %s", scope, at), string(x), string(y)); err != nil {
				return err
			}
		}
		for _, party := range slices.Concat(thePersons[:3], theRoles[:2], []string{"board", "y1"}) {
			for _, power := range []string{"spend", "hire"} {
				ca, err := AskCan(va, party, power, scope, amounts)
				cb, worse := AskCan(vb, party, power, scope, amounts)
				if x, y := canText(ca, err), canText(cb, worse); x != y {
					return fmt.Errorf("can %s %s over %s at %s:\n%s\n%s", party, power, scope, at, x, y)
				}
			}
		}
	}
	return nil
}

// canText gives an answer without when it was known, and with its acts and reasons in an order of their own.
func canText(c *Can, err error) string {
	if err != nil {
		return string(domain.CodeOf(err))
	}
	c.Known = Known{}
	slices.Sort(c.Because)
	for i := range c.Reasons {
		slices.Sort(c.Reasons[i].Acts)
	}
	slices.SortFunc(c.Reasons, func(a, b Reason) int { return strings.Compare(a.Message, b.Message) })
	text, _ := json.Marshal(c)
	return string(text)
}
