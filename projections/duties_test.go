package projections

import (
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// TestEveryDutyOfTheCatalogueIsUnmetUntilTheGoverningBodyDoesIt does one after the other what cures them.
func TestEveryDutyOfTheCatalogueIsUnmetUntilTheGoverningBodyDoesIt(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.s.Duties = Duties()
	unmet := func(at string, known uint64) map[string]Finding {
		t.Helper()
		f, err := AskFindings(b.view(at, known), FindingsQuery{Code: string(domain.DutyUnmet)})
		require.NoError(t, err)
		out := map[string]Finding{}
		for _, x := range f.Findings {
			require.Equal(t, "board", x.Party)
			require.NotEmpty(t, x.Clauses)
			require.NotEmpty(t, x.Cure.Words)
			out[x.About] = x
		}
		return out
	}
	require.Empty(t, unmet("2024-12-31", 0), "before there is a governing body it owes nothing")
	require.Len(t, unmet("2025-01-15", 0), 9, "all but the one that its members fulfil")
	b.ok("scope.defined", "2025-01-01", "board", `{"id":"aims","name":"AIMS"}`)
	b.ok("role.established", "2025-01-01", "board", `{"id":"cto","name":"CTO"}`)
	b.ok("role.assigned", "2025-01-01", "board", `{"role":"cto","party":"grace"}`)
	for _, c := range []struct{ duty, kind, at, by, data string }{
		{"duty:delegate-within-limits", "delegation.granted", "2025-02-01", "board", `{"id":"d","from":"board","to":"cto","scope":"aims"}`},
		{"duty:own-appetite", "appetite.set", "2025-02-02", "board", `{"id":"ap","scope":"aims","category":"ai","stance":"open","statement":"S"}`},
		{"duty:set-criteria", "criteria.set", "2025-02-03", "board", `{"id":"cr","scope":"aims","statement":"S"}`},
		{"duty:set-direction", "direction.set", "2025-02-04", "board", `{"id":"dir","scope":"aims","statement":"S"}`},
		{"duty:reserve-matters", "matter.reserved", "2025-02-05", "board", `{"id":"m","name":"M","scope":"aims","powers":["model.retire"]}`},
		{"duty:demand-assurance", "assurance.commissioned", "2025-02-06", "board", `{"id":"as","scope":"aims","provider":"alan","line":"third"}`},
		{"", "assurance.reported", "2025-02-07", "alan", `{"id":"as","opinion":"satisfactory"}`},
		{"duty:review-assurance", "assurance.reviewed", "2025-02-08", "board", `{"id":"as","conclusion":"accepted"}`},
		{"", "account.given", "2025-02-09", "cto", `{"id":"acc","delegation":"d","period":"P","summary":"S"}`},
		{"duty:hold-delegates-to-account", "account.received", "2025-02-10", "board", `{"id":"acc","outcome":"accepted"}`},
		{"duty:account-to-stakeholders", "stakeholders.informed", "2025-02-11", "board", `{"id":"in","audience":"all","scope":"aims","period":"P","summary":"S"}`},
	} {
		known := b.s.Last()
		b.ok(c.kind, c.at, c.by, c.data)
		if c.duty == "" {
			continue
		}
		before := b.view(c.at, 0).At().Time().Add(-1).Format("2006-01-02T15:04:05.999999999Z07:00")
		require.Contains(t, unmet(c.at, known), c.duty, "as it was known")
		require.Contains(t, unmet(before, 0), c.duty)
		require.Equal(t, "2025-01-01T00:00:00Z", unmet(before, 0)[c.duty].Since.String())
		require.NotContains(t, unmet(c.at, 0), c.duty)
	}
	require.Empty(t, unmet("2025-03-01", 0))
	// What is withdrawn, revoked or left is no evidence from then on.
	b.ok("direction.withdrawn", "2025-04-01", "board", `{"id":"dir"}`)
	b.ok("delegation.revoked", "2025-04-02", "board", `{"id":"d"}`)
	b.ok("matter.released", "2025-04-03", "board", `{"id":"m"}`)
	b.ok("member.departed", "2025-04-04", "board", `{"body":"board","party":"ada"}`)
	for duty, since := range map[string]string{"duty:set-direction": "2025-04-01", "duty:delegate-within-limits": "2025-04-02", "duty:reserve-matters": "2025-04-03", "duty:keep-competent": "2025-04-04"} {
		f, ok := unmet("2025-05-01", 0)[duty]
		require.True(t, ok, duty)
		require.Equal(t, since+"T00:00:00Z", f.Since.String(), duty)
	}
	require.Len(t, unmet("2025-05-01", 0), 4)
}

// TestADutyIsNotMetByManagement does what would meet duties, by those who manage.
func TestADutyIsNotMetByManagement(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.s.Duties = Duties()
	b.ok("delegation.granted", "2025-02-01", "board", `{"id":"d","from":"board","to":"grace","scope":"organization","powers":["*"]}`)
	b.ok("assurance.commissioned", "2025-02-02", "grace", `{"id":"as","scope":"organization","provider":"alan","line":"second"}`)
	b.ok("delegation.granted", "2025-02-03", "grace", `{"id":"d2","from":"grace","to":"alan","scope":"organization"}`)
	b.ok("account.given", "2025-02-04", "alan", `{"id":"acc","delegation":"d2","period":"P","summary":"S"}`)
	b.ok("account.received", "2025-02-05", "grace", `{"id":"acc","outcome":"accepted"}`)
	f, err := AskFindings(b.view("2025-03-01", 0), FindingsQuery{Code: string(domain.DutyUnmet)})
	require.NoError(t, err)
	unmet := map[string]bool{}
	for _, x := range f.Findings {
		unmet[x.About] = true
	}
	require.True(t, unmet["duty:demand-assurance"])
	require.True(t, unmet["duty:hold-delegates-to-account"])
	require.False(t, unmet["duty:delegate-within-limits"])
}
