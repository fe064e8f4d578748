package cli

import (
	"strings"
	"testing"

	"buckstop/eventstore"

	"github.com/stretchr/testify/require"
)

// The hash of the demo's last act, and with it of all before, as the last leaf names them by their chain. It changes with the
// demo's data and with the stored form of acts, and must never change otherwise.
func TestEveryDemoHasTheSameBytes(t *testing.T) {
	var leaves []string
	for range 2 {
		store, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir()})
		require.NoError(t, err)
		s, err := recordDemo(t.Context(), store, &progress{to: newScreen(&strings.Builder{}, func(string) string { return "" })})
		require.NoError(t, err)
		require.EqualValues(t, 73, s.last.Seq)
		leaves = append(leaves, s.last.Leaf)
		s.ledger.Close()
		require.NoError(t, store.Close())
	}
	require.Equal(t, leaves[0], leaves[1])
}

// TestTheDemoAnswersAsItsStorySays holds the demo's answers to what its author demands of them. To be held to as well, when
// there are commands for it: triage-agent may approve a claim of 700 GBP at 2026-09-15 and not at 2026-06-15; decision
// demo-057 is no finding as known at 67, UNDERMINED at 68, and cured by demo-070 at 70; in late 2026 d-ceo is REVIEW_OVERDUE,
// d-triage-team ACCOUNT_OVERDUE (both 2026-09-30), and demo-048 an APPETITE_BREACH (amber).
func TestTheDemoAnswersAsItsStorySays(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	for _, q := range []struct {
		ask                               string
		holder, answerable, chain, powers []string
		limits                            map[string]string
		until                             string
	}{
		{"claims-triage --at 2026-09-15", []string{"triage-agent"}, []string{"oisin"}, []string{"d-ceo", "d-caio", "d-triage-team", "d-triage-agent"},
			[]string{"claim.approve"}, map[string]string{"claim GBP act": "750", "spend GBP act": "20000", "spend GBP year": "600000"}, "2027-04-19T23:00:00Z"},
		{"claims-triage --at 2025-12-10", []string{"caio"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio"},
			[]string{"claim.approve", "model.configure", "model.deploy", "model.retire", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "75000", "spend GBP year": "600000"}, "2028-03-01T00:00:00Z"},
		{"fraud-screening --at 2026-03-16", []string{"caio"}, []string{"anjali"}, []string{"d-ceo", "d-caio"},
			[]string{"claim.approve", "model.configure", "model.deploy", "model.retire", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "75000", "spend GBP year": "600000"}, "2028-03-01T00:00:00Z"},
		{"fraud-screening --at 2026-03-16 --known 67", []string{"marek"}, []string{"marek"}, []string{"d-ceo", "d-caio", "d-fraud"},
			[]string{"model.configure", "model.deploy", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "15000", "spend GBP year": "60000"}, "2027-06-02T23:00:00Z"},
		{"fraud-screening --at 2026-09-15", []string{"rhiannon"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio", "d-fraud-2"},
			[]string{"model.configure", "model.deploy", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "10000", "spend GBP year": "40000"}, "2028-03-01T00:00:00Z"},
		{"claims-triage --at 2025-11-02", []string{"caio"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage --at 2025-11-02 --known 51", []string{"caio"}, []string{"callum"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage model.deploy --at 2026-09-15", []string{"caio"}, []string{"anjali"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage model.approve-high-risk --at 2026-09-15", []string{}, []string{"callum", "desmond", "harpreet", "philippa", "sian"}, nil, nil, nil, ""},
	} {
		answer := succeeds(t, "", append([]string{"--data", kept, "--json", "who"}, strings.Fields(q.ask)...)...)
		got := compared(t, answer)
		require.Equal(t, "board", got["ultimate"], q.ask)
		require.Equal(t, q.holder, got["holders"], q.ask)
		require.Equal(t, q.answerable, got["answerable"], q.ask)
		if q.chain != nil {
			require.Equal(t, q.chain, got["chain"], q.ask)
		}
		if q.powers != nil {
			require.Equal(t, q.powers, got["powers"], q.ask)
			require.Equal(t, q.limits, got["limits"], q.ask)
			require.Contains(t, answer, `"until":"`+q.until+`","chain"`, q.ask)
		}
	}
}
