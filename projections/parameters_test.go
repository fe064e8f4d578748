package projections

import (
	"encoding/json"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// framed is a ledger in which something of each kind is set for ops, and the purpose.
func framed(t *testing.T) *book {
	b := openBook(t, "Europe/London", "2025-01-01")
	b.ok("scope.defined", "2025-01-01", "board", `{"id":"ops","name":"Operations"}`)
	b.ok("scope.defined", "2025-01-01", "board", `{"id":"desk","name":"Desk","parent":"ops"}`)
	b.ok("role.established", "2025-01-01", "board", `{"id":"coo","name":"Operating officer"}`)
	b.ok("delegation.granted", "2025-01-01", "board", `{"id":"d","from":"board","to":"coo","scope":"ops","powers":["*"]}`)
	b.ok("role.assigned", "2025-01-01", "board", `{"role":"coo","party":"grace"}`)
	b.ok("purpose.defined", "2025-02-01", "board", `{"statement":"To serve"}`)
	b.ok("direction.set", "2025-07-01", "board", `{"id":"dir","scope":"ops","statement":"Sooner","value":"In a day","reviewBy":"2026-07-01"}`)
	b.ok("appetite.set", "2025-07-01", "board", `{"id":"ap","scope":"ops","category":"delay","stance":"averse","statement":"No delay",
		"measures":[{"metric":"on-time","unit":"percent","amber":"99.5","red":"98","lowerIsWorse":true}]}`)
	b.ok("criteria.set", "2025-07-01", "board", `{"id":"cr","scope":"ops","statement":"By days","levels":["one","more"]}`)
	b.ok("matter.reserved", "2025-07-01", "board", `{"id":"m","name":"Closing","scope":"ops","powers":["site.close"]}`)
	b.ok("policy.adopted", "2025-08-01", "coo", `{"id":"pol","scope":"ops","title":"Service","version":"2","within":["dir","ap"]}`)
	return b
}

func TestParametersAreOneDocument(t *testing.T) {
	p, err := AskParameters(framed(t).view("2025-09-01", 0), "desk")
	require.NoError(t, err)
	got, err := json.Marshal(p)
	require.NoError(t, err)
	require.JSONEq(t, `{"scope":"desk","scopeName":"Desk",
		"purpose":{"statement":"To serve","since":"2025-02-01T00:00:00Z","act":"a11"},
		"directions":[{"id":"dir","scope":"ops","statement":"Sooner","value":"In a day","reviewBy":"2026-06-30T23:00:00Z",
			"since":"2025-06-30T23:00:00Z","act":"a12"}],
		"policies":[{"id":"pol","scope":"ops","title":"Service","version":"2","within":["dir","ap"],"by":"coo",
			"byName":"Operating officer","byKind":"role","since":"2025-07-31T23:00:00Z","act":"a16"}],
		"appetites":[{"id":"ap","scope":"ops","category":"delay","stance":"averse","statement":"No delay",
			"measures":[{"metric":"on-time","unit":"percent","amber":"99.5","red":"98","lowerIsWorse":true}],
			"since":"2025-06-30T23:00:00Z","act":"a13"}],
		"criteria":[{"id":"cr","scope":"ops","statement":"By days","levels":["one","more"],"since":"2025-06-30T23:00:00Z","act":"a14"}],
		"matters":[{"id":"m","scope":"ops","name":"Closing","powers":["site.close"],"since":"2025-06-30T23:00:00Z","act":"a15"}],
		"at":"2025-08-31T23:00:00Z","known":{"seq":16,"recorded":"2026-03-17T09:00:00Z"},
		"because":["a1","a6","a7","a8","a11","a12","a13","a14","a15","a16"]}`, string(got))
}

func TestParametersThatAreNotSetAreEmptyAndNotAbsent(t *testing.T) {
	p, err := AskParameters(framed(t).view("2025-01-01", 0), "desk")
	require.NoError(t, err)
	got, err := json.Marshal(p)
	require.NoError(t, err)
	require.JSONEq(t, `{"scope":"desk","scopeName":"Desk","purpose":null,"directions":[],"policies":[],"appetites":[],"criteria":[],
		"matters":[],"at":"2025-01-01T00:00:00Z","known":{"seq":16,"recorded":"2026-03-17T09:00:00Z"},"because":["a1","a6","a7"]}`,
		string(got))
}

func TestParametersOfAScopeThatDoesNotExistAreRefused(t *testing.T) {
	_, err := AskParameters(framed(t).view("2024-12-31", 0), "desk")
	require.Equal(t, domain.UnknownScope, domain.CodeOf(err))
}

func TestParametersFollowBothClocks(t *testing.T) {
	b := framed(t)
	known := b.s.Last()
	b.ok("act.corrected", "2025-09-01", "board", `{"act":"a12","data":{"id":"dir","scope":"ops","statement":"Later"}}`)
	b.ok("act.annulled", "2025-09-01", "board", `{"act":"a14","reason":"Never resolved"}`)
	before, err := AskParameters(b.view("2025-09-01", known), "ops")
	require.NoError(t, err)
	now, err := AskParameters(b.view("2025-09-01", 0), "ops")
	require.NoError(t, err)
	require.Equal(t, "Sooner", before.Directions[0].Statement.String())
	require.Equal(t, "Later", now.Directions[0].Statement.String())
	require.Len(t, before.Criteria, 1)
	require.Empty(t, now.Criteria)
	require.Equal(t, "a12", now.Directions[0].Act)
	require.Contains(t, now.Because, "a17", "what is corrected rests on the correction too")
	require.NotContains(t, before.Because, "a17")
}
