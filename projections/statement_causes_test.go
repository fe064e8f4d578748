package projections

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// openSucceeded adds to the finance ledger that the board changed the delegation's terms, and much else, on one day; and that a
// council succeeded it on another, with ada in it.
func openSucceeded(t *testing.T) *book {
	b := openFinance(t)
	b.ok("scope.defined", "2026-05-01", "board", `{"id":"claims","name":"Claims","parent":"finance"}`)
	b.ok("delegation.granted", "2026-05-01", "board", `{"id":"d-other","from":"board","to":"grace","scope":"finance","powers":["remedy.approve"]}`)
	b.ok("delegation.varied", "2026-05-01", "board", `{"id":"d-cfo","conditions":"In writing"}`)
	b.ok("delegation.revoked", "2026-05-01", "board", `{"id":"d-other"}`)
	b.ok("governing-body.succeeded", "2026-06-01", "board", `{"id":"council","name":"Council"}`)
	b.ok("member.appointed", "2026-06-01", "council", `{"body":"council","party":"grace","capacity":"chair"}`)
	b.ok("member.appointed", "2026-06-01", "council", `{"body":"council","party":"ada"}`)
	b.ok("member.appointed", "2026-06-01", "council", `{"body":"council","party":"alan","capacity":"secretary"}`)
	b.ok("delegation.granted", "2026-06-01", "council", `{"id":"d-third","from":"council","to":"grace","scope":"claims","powers":["remedy.approve"]}`)
	return b
}

func mandateOf(t *testing.T, all []Mandate, delegation, through string) Mandate {
	t.Helper()
	for _, m := range all {
		if m.Delegation == delegation && m.Through == through {
			return m
		}
	}
	require.Failf(t, "no such delegation", "%s through %q of %v", delegation, through, told(all))
	return Mandate{}
}

func TestAStatementNamesOfTheActsOfADayThoseThatChangedIt(t *testing.T) {
	b := openSucceeded(t)
	m := mandateOf(t, b.statement("alan", "2026-07-01", 0).Authority, "d-cfo", "cfo")
	require.Equal(t, []string{"d-cfo 2026-04-15/2026-05-01 in-force", "d-cfo 2026-05-01/2026-06-01 in-force", "d-cfo 2026-06-01/ in-force"}, told([]Mandate{m}))
	require.Equal(t, []string{"varied d-cfo: conditions"}, sentences(m.Spells[1].Began))
	require.Empty(t, m.Spells[1].Note)
}

func TestAStatementPutsAChangeDownToTheSuccessionOfTheGoverningBodyAndToNoTerm(t *testing.T) {
	b := openSucceeded(t)
	now := mandateOf(t, b.statement("alan", "2026-07-01", 0).Authority, "d-cfo", "cfo").Spells[2]
	require.Equal(t, []string{"Council took the place of the governing body"}, sentences(now.Began))
	require.Empty(t, now.Note)
	require.Equal(t, "council", now.Chain[0].From)

	ada := b.statement("ada", "2026-07-01", 0)
	before, after := mandateOf(t, ada.Delegated, "d-cfo", "board"), mandateOf(t, ada.Delegated, "d-cfo", "council")
	require.Equal(t, []string{"Council took the place of the governing body"}, sentences(before.Ended))
	require.Empty(t, before.EndNote)
	require.Equal(t, []string{"Council took the place of the governing body", "appointed ada to Council as member"}, sentences(after.Spells[0].Began))
	council := mandateOf(t, b.statement("council", "2026-07-01", 0).Delegated, "d-cfo", "")
	require.Equal(t, []string{"Council took the place of the governing body"}, sentences(council.Spells[0].Began))
}

func TestAStatementSaysWhoDelegatedAtThatTime(t *testing.T) {
	b := openSucceeded(t)
	for party, through := range map[string]string{"alan": "cfo", "cfo": ""} {
		m := mandateOf(t, b.statement(party, "2026-07-01", 0).Authority, "d-cfo", through)
		require.Equal(t, "board", m.From)
		require.Equal(t, "Board", m.FromName.String())
	}
	for party, through := range map[string]string{"ada": "council", "council": ""} {
		all := b.statement(party, "2026-07-01", 0).Delegated
		require.Equal(t, "board", mandateOf(t, all, "d-cfo", through).From)
		require.Equal(t, "council", mandateOf(t, all, "d-third", through).From)
	}
}

func TestAStatementOfAFormerGoverningBodySaysByWhatItWasSucceeded(t *testing.T) {
	b := openSucceeded(t)
	all := b.statement("board", "2026-07-01", 0).Identity
	last := all[len(all)-1]
	require.Equal(t, "governing-body.succeeded succeeded", last.Type+" "+last.As)
	require.Equal(t, "Council took the place of the governing body", last.Sentence)
	require.Equal(t, "2026-06-01T00:00:00Z", last.Effective.String())
	all = b.statement("council", "2026-07-01", 0).Identity
	require.Len(t, all, 1)
	require.Equal(t, "governing-body.succeeded ", all[0].Type+" "+all[0].As)
	require.Len(t, b.statement("board", "2026-05-31", 0).Identity, 1, "it is not succeeded yet")
	require.Empty(t, b.statement("ada", "2026-07-01", 0).Identity[1:])
}

func TestAStatementSaysThatATermEndedOnlyWhereOneDid(t *testing.T) {
	b := openFinance(t)
	b.ok("delegation.granted", "2026-01-15", "cfo", `{"id":"d-ap","from":"cfo","to":"alan","scope":"finance","powers":["spend.invoices"],"until":"2026-06-01"}`)
	b.ok("role.assigned", "2026-02-01", "board", `{"role":"cfo","party":"alan","basis":"acting","covers":"grace","until":"2026-03-01"}`)
	held := b.statement("grace", "2026-07-01", 0).Authority
	require.Equal(t, []string{"assigned alan to CFO (acting), covering for grace"}, sentences(held[0].Ended))
	require.Empty(t, held[0].EndNote)
	require.Empty(t, held[1].Spells[0].Began)
	require.Equal(t, "a term of office ended", held[1].Spells[0].Note)
	own := mandateOf(t, b.statement("alan", "2026-07-01", 0).Authority, "d-ap", "")
	require.Empty(t, own.Ended)
	require.Equal(t, "the term of d-ap ended", own.EndNote)
}

func TestAStatementKnowsOnlyTheCausesKnown(t *testing.T) {
	b := openFinance(t)
	b.ok("delegation.varied", "2026-02-01", "board", `{"id":"d-cfo","conditions":"In writing"}`)
	known := b.s.Last()
	b.ok("delegation.varied", "2026-02-01", "board", `{"id":"d-cfo","reviewBy":"2026-12-01","conditions":"In writing, by two"}`)
	began := func(known uint64) []string {
		return sentences(b.statement("grace", "2026-03-01", known).Authority[0].Spells[1].Began)
	}
	require.Equal(t, []string{"varied d-cfo: conditions"}, began(known))
	require.Equal(t, []string{"varied d-cfo: conditions; review"}, began(0), "the later one of a day has the last word")
}
