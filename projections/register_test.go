package projections

import (
	"fmt"
	"slices"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func (b *book) register(at string, by RegisterQuery) []string {
	b.t.Helper()
	r, err := AskRegister(b.view(at, 0), by)
	require.NoError(b.t, err)
	out := []string{}
	for _, d := range r.Delegations {
		out = append(out, fmt.Sprintf("%d %s %s", d.Depth, d.Delegation, d.State))
	}
	return out
}

// openChain adds to the finance ledger what the chief financial officer passed on, and a scope beside it.
func openChain(t *testing.T) *book {
	b := openFinance(t)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"invoices","name":"Invoices","parent":"finance"}`)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"claims","name":"Claims"}`)
	b.ok("delegation.granted", "2026-01-05", "board", `{"id":"d-claims","from":"board","to":"alan","scope":"claims"}`)
	b.ok("delegation.granted", "2026-01-15", "cfo", `{"id":"d-b","from":"cfo","to":"alan","scope":"invoices","powers":["spend.invoices"],"until":"2026-03-01"}`)
	b.ok("delegation.granted", "2026-01-15", "cfo", `{"id":"d-a","from":"cfo","to":"ada","scope":"invoices","acceptance":"required"}`)
	b.ok("delegation.granted", "2026-01-20", "alan", `{"id":"d-sub","from":"alan","to":"grace","scope":"invoices","under":"d-b"}`)
	return b
}

func TestTheRegisterPutsADelegationAfterTheOneItStandsOn(t *testing.T) {
	b := openChain(t)
	require.Equal(t, []string{"0 d-claims in-force", "0 d-cfo in-force", "1 d-a pending", "1 d-b in-force", "2 d-sub in-force"},
		b.register("2026-02-01", RegisterQuery{}))
}

func TestTheRegisterListsWhatIsOverOnlyWhenAsked(t *testing.T) {
	b := openChain(t)
	require.Equal(t, []string{"0 d-claims in-force", "0 d-cfo in-force", "1 d-a pending", "2 d-sub lapsed"}, b.register("2026-03-01", RegisterQuery{}))
	require.Equal(t, []string{"0 d-claims in-force", "0 d-cfo in-force", "1 d-a pending", "1 d-b expired", "2 d-sub lapsed"},
		b.register("2026-03-01", RegisterQuery{All: true}))
	require.Equal(t, []string{"0 d-cfo in-force"}, b.register("2026-01-01", RegisterQuery{All: true}), "what is yet to be granted is not there")
}

func TestTheRegisterOfAScopeHasThoseBelowItAndThatOfAPartyItsSeats(t *testing.T) {
	b := openChain(t)
	require.Equal(t, []string{"0 d-claims in-force"}, b.register("2026-02-01", RegisterQuery{Scope: "claims"}))
	require.Equal(t, []string{"0 d-cfo in-force", "1 d-a pending", "1 d-b in-force", "2 d-sub in-force"}, b.register("2026-02-01", RegisterQuery{Scope: "finance"}))
	require.Equal(t, []string{"0 d-cfo in-force", "1 d-a pending", "1 d-b in-force", "2 d-sub in-force"}, b.register("2026-02-01", RegisterQuery{Party: "grace"}))
	require.Equal(t, []string{"2 d-sub in-force"}, b.register("2026-02-01", RegisterQuery{Party: "grace", Scope: "invoices"})[2:])
	_, err := AskRegister(b.view("2026-02-01", 0), RegisterQuery{Scope: "nowhere"})
	require.Equal(t, domain.UnknownScope, domain.CodeOf(err))
	_, err = AskRegister(b.view("2026-02-01", 0), RegisterQuery{Party: "nobody"})
	require.Equal(t, domain.UnknownParty, domain.CodeOf(err))
}

func TestTheRegisterGivesWhatEveryStepAllowsBesideWhatIsWritten(t *testing.T) {
	b := openChain(t)
	b.ok("matter.reserved", "2026-01-25", "board", `{"id":"m1","name":"Loans","scope":"finance","powers":["spend.loans"]}`)
	r, err := AskRegister(b.view("2026-02-01", 0), RegisterQuery{})
	require.NoError(t, err)
	cfo, sub := r.Delegations[1], r.Delegations[4]
	require.Equal(t, []string{"spend.loans"}, cfo.Reserved)
	require.Equal(t, []string{"spend.invoices"}, sub.Powers)
	require.Nil(t, sub.OwnPowers)
	require.Empty(t, sub.OwnLimits)
	require.Equal(t, "1000", sub.Limits[0].Max)
	require.True(t, sub.Until.IsZero())
	require.Equal(t, "2026-03-01T00:00:00Z", sub.Ends.String())
	require.Equal(t, "pending", r.Delegations[2].Acceptance)
	require.Empty(t, r.Delegations[2].Powers, "what is not in force confers nothing")
	require.Equal(t, "grace", cfo.To.Occupants[0].Party)
}

// TestTheRegisterAgreesWithWho compares what every delegation in force confers with what who says of its scope.
func TestTheRegisterAgreesWithWho(t *testing.T) {
	someHistories(t, 4, func(h *history) error {
		v, err := h.state.View(late, 0)
		if err != nil {
			return err
		}
		for _, at := range instantsOf(v) {
			w, err := v.Another(at, v.Known())
			if err != nil {
				return err
			}
			r, err := AskRegister(w, RegisterQuery{All: true})
			if err != nil {
				return err
			}
			if len(r.Delegations) != len(w.Delegations()) {
				return fmt.Errorf("at %s: %d of %d delegations", at, len(r.Delegations), len(w.Delegations()))
			}
			rows := map[string]*RegisteredGrant{}
			for i := range r.Delegations {
				d := &r.Delegations[i]
				_, there := w.Delegation(d.Under, new([]uint64))
				if there && rows[d.Under] == nil {
					return fmt.Errorf("at %s: %s comes before %s", at, d.Delegation, d.Under)
				}
				rows[d.Delegation] = d
			}
			for _, scope := range w.Scopes() {
				who, err := AskWho(w, scope, "")
				if err != nil {
					return err
				}
				for _, hold := range who.Holders {
					d := rows[hold.Delegation]
					if d.State != "in-force" || hold.Scope == scope && (!slices.Equal(d.Powers, hold.Powers) || !slices.Equal(d.Limits, hold.Limits) ||
						d.Ends != hold.Until) || d.Depth != len(hold.Chain)-1 || d.To.Party != hold.Party {
						return fmt.Errorf("at %s: %+v is not as who has it: %+v", at, *d, hold)
					}
				}
			}
		}
		return nil
	})
}
