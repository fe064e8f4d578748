package projections

import (
	"fmt"
	"slices"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// diff gives the sequences of the acts behind what changed, and whether a term that ended is.
func (b *book) diff(from, to *domain.View, kind, of string) ([]uint64, bool) {
	b.t.Helper()
	d, err := AskDiff(from, to, Question{kind, of})
	require.NoError(b.t, err)
	return actsOf(d), d.TermEnded
}

func actsOf(d *Diff) (out []uint64) {
	for _, a := range d.Acts {
		out = append(out, a.Seq)
	}
	return out
}

func TestADiffNamesOnlyTheActsThatChangedTheAnswer(t *testing.T) {
	b := openFinance(t)
	known := b.s.Last()
	b.ok("party.registered", "2026-01-02", "board", `{"id":"bob","kind":"person","name":"Bob"}`)
	b.ok("scope.defined", "2026-01-02", "board", `{"id":"claims","name":"Claims"}`)
	b.ok("delegation.granted", "2026-01-02", "board", `{"id":"d-all","from":"board","to":"bob","scope":"claims"}`)
	b.ok("delegation.granted", "2026-02-02", "cfo", `{"id":"d-ap","from":"cfo","to":"bob","scope":"finance","powers":["spend.invoices"]}`)
	b.ok("policy.adopted", "2026-02-02", "board", `{"id":"p1","scope":"finance","title":"Spending","version":"1"}`)
	revoked := b.ok("delegation.revoked", "2026-02-01", "board", `{"id":"d-cfo","reason":"A letter was filed and not entered"}`)
	acts, term := b.diff(b.view("2026-03-01", known), b.view("2026-03-01", 0), "who", "finance")
	require.Equal(t, []uint64{revoked}, acts)
	require.False(t, term)
	back, _ := b.diff(b.view("2026-03-01", 0), b.view("2026-03-01", known), "who", "finance")
	require.Equal(t, acts, back)
}

func TestADiffOfTimeAloneNamesTheActsThatTookEffectBetween(t *testing.T) {
	b := openFinance(t)
	last := b.s.Last() // grace was assigned, vacated, and alan assigned
	acts, term := b.diff(b.view("2026-03-01", 0), b.view("2026-04-10", 0), "who", "finance")
	require.Equal(t, []uint64{last - 1}, acts)
	require.False(t, term)
	acts, _ = b.diff(b.view("2026-03-01", 0), b.view("2026-05-01", 0), "seats", "cfo")
	require.Equal(t, []uint64{last - 1, last}, acts)
	acts, _ = b.diff(b.view("2026-05-01", 0), b.view("2026-03-01", 0), "seats", "cfo")
	require.Equal(t, []uint64{last - 1, last}, acts)
}

func TestADiffNamesTheCorrectionAndTheAnnulmentByWhichAnAnswerChanged(t *testing.T) {
	b := openFinance(t)
	known := b.s.Last()
	assigned := b.view("2026-06-01", 0).ActID(known)
	corrected := b.ok("act.corrected", "2026-05-20", "board", `{"act":"`+assigned+`","effective":"2026-05-01","data":{"role":"cfo","party":"alan"}}`)
	acts, _ := b.diff(b.view("2026-04-20", known), b.view("2026-04-20", 0), "seats", "cfo")
	require.Equal(t, []uint64{corrected}, acts)
	annulled := b.ok("act.annulled", "2026-05-21", "board", `{"act":"`+b.view("2026-06-01", 0).ActID(corrected)+`","reason":"It was right"}`)
	acts, _ = b.diff(b.view("2026-04-20", corrected), b.view("2026-04-20", 0), "seats", "cfo")
	require.Equal(t, []uint64{annulled}, acts)
	other := b.ok("act.corrected", "2026-05-22", "board", `{"act":"`+assigned+`","data":{"role":"cfo","party":"ada"}}`)
	acts, _ = b.diff(b.view("2026-04-20", annulled), b.view("2026-04-20", 0), "seats", "cfo")
	require.Equal(t, []uint64{other}, acts, "the seat is by the same act, and another's")
	d, err := AskDiff(b.view("2026-04-20", known), b.view("2026-04-20", annulled), Question{})
	require.NoError(t, err)
	require.Empty(t, d.Changes)
	require.Empty(t, d.Acts, "what was corrected and restored changed nothing")
}

func TestADiffSaysThatATermEnded(t *testing.T) {
	b := openFinance(t)
	b.ok("delegation.varied", "2026-02-01", "board", `{"id":"d-cfo","until":"2026-05-01"}`)
	acts, term := b.diff(b.view("2026-04-20", 0), b.view("2026-05-01", 0), "who", "finance")
	require.Empty(t, acts)
	require.True(t, term)
	b.ok("role.assigned", "2026-04-18", "board", `{"role":"cfo","party":"grace","basis":"acting","until":"2026-04-25"}`)
	acts, term = b.diff(b.view("2026-04-20", 0), b.view("2026-04-28", 0), "seats", "cfo")
	require.Empty(t, acts)
	require.True(t, term)
}

func TestADiffNamesWhatWasChangedWhileItCouldNotBeSeen(t *testing.T) {
	b := openFinance(t)
	b.ok("delegation.suspended", "2026-02-01", "board", `{"id":"d-cfo"}`)
	varied := b.ok("delegation.varied", "2026-02-02", "board", `{"id":"d-cfo","limits":[{"dimension":"spend","unit":"GBP","max":"500","per":"act"}]}`)
	b.ok("delegation.resumed", "2026-02-03", "board", `{"id":"d-cfo"}`)
	acts, _ := b.diff(b.view("2026-01-20", 0), b.view("2026-02-20", 0), "who", "finance")
	require.Equal(t, []uint64{varied}, acts)
}

func TestADiffNamesEachActThatWouldHaveEndedItAlone(t *testing.T) {
	b := openFinance(t)
	known := b.s.Last()
	b.ok("delegation.granted", "2026-02-01", "board", `{"id":"d-audit","from":"board","to":"alan","scope":"organization","powers":["audit.book"],"acceptance":"required"}`)
	revoked := b.ok("delegation.revoked", "2026-02-01", "board", `{"id":"d-cfo"}`)
	abolished := b.ok("role.abolished", "2026-02-02", "board", `{"id":"cfo"}`)
	acts, _ := b.diff(b.view("2026-02-10", known), b.view("2026-02-10", 0), "who", "finance")
	require.Equal(t, []uint64{revoked, abolished}, acts)
}

func TestADiffNamesAGrantAndNotWhatElseWasGrantedThere(t *testing.T) {
	b := openFinance(t)
	known := b.s.Last()
	b.ok("delegation.granted", "2026-02-01", "board", `{"id":"d-audit","from":"board","to":"alan","scope":"finance","powers":["audit.book"],"acceptance":"required"}`)
	granted := b.ok("delegation.granted", "2026-02-01", "cfo", `{"id":"d-ap","from":"cfo","to":"alan","scope":"finance","powers":["spend.invoices"]}`)
	varied := b.ok("delegation.varied", "2026-02-03", "cfo", `{"id":"d-ap","limits":[{"dimension":"spend","unit":"GBP","max":"500","per":"act"}]}`)
	b.ok("delegation.varied", "2026-02-04", "cfo", `{"id":"d-ap","reportEvery":"P1M"}`)
	acts, _ := b.diff(b.view("2026-02-10", known), b.view("2026-02-10", 0), "who", "finance")
	require.Equal(t, []uint64{granted, varied}, acts)
}

func TestADiffNamesTheActByWhichAnOccupantCameToBearAnotherID(t *testing.T) {
	b := openFinance(t)
	b.ok("role.assigned", "2026-03-02", "board", `{"role":"cfo","party":"ada","basis":"shared"}`)
	renamed := b.ok("party.renamed", "2026-03-02", "board", `{"id":"grace","newId":"grace-h"}`)
	b.ok("role.vacated", "2026-03-03", "board", `{"role":"cfo","party":"ada"}`)
	acts, _ := b.diff(b.view("2026-03-01", 0), b.view("2026-03-10", 0), "seats", "cfo")
	require.Equal(t, []uint64{renamed}, acts)
}

// TestADiffOfOneActNamesThatAct compares what was known before and after each act, and what was so before and after each
// instant.
func TestADiffOfOneActNamesThatAct(t *testing.T) {
	t.Parallel()
	someHistories(t, 20, func(h *history) error {
		v, err := h.state.View(late, 0)
		if err != nil {
			return err
		}
		instants := instantsOf(v)
		effective := map[domain.Instant][]uint64{}
		for n := uint64(1); n <= v.Known(); n++ {
			if r, _ := v.Act(n); r.Content != nil {
				effective[r.Content.Effective.At] = append(effective[r.Content.Effective.At], n)
			}
		}
		for i, at := range instants {
			if n := uint64(i)%v.Known() + 1; n > 1 {
				if err := learntBy(v, at, n); err != nil {
					return err
				}
			}
			if err := passedBy(v, at, effective[at]); err != nil {
				return err
			}
		}
		return nil
	})
}

func learntBy(v *domain.View, at domain.Instant, n uint64) error {
	d, err := diffOf(v, at, n-1, at, n)
	if err == nil && len(d.Changes) > 0 && !slices.Equal(actsOf(d), []uint64{n}) {
		err = fmt.Errorf("at %s, act %d changed %v, but behind it are %v", at, n, d.Changes, actsOf(d))
	}
	return err
}

func passedBy(v *domain.View, at domain.Instant, acts []uint64) error {
	d, err := diffOf(v, before(at), v.Known(), at, v.Known())
	if err != nil || len(d.Changes) == 0 {
		return err
	}
	behind := actsOf(d)
	if len(behind) == 0 && !d.TermEnded || slices.ContainsFunc(behind, func(n uint64) bool { return !slices.Contains(acts, n) }) {
		return fmt.Errorf("at %s, %v changed %v, but behind it are %v, and a term: %t", at, acts, d.Changes, behind, d.TermEnded)
	}
	return nil
}

func diffOf(v *domain.View, at domain.Instant, known uint64, to domain.Instant, toKnown uint64) (*Diff, error) {
	a, err := v.Another(at, known)
	if err != nil {
		return nil, err
	}
	b, err := v.Another(to, toKnown)
	if err != nil {
		return nil, err
	}
	return AskDiff(a, b, Question{})
}
