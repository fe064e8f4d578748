package domain_test

import (
	"testing"

	"buckstop/domain"
)

// Ben was finance director until July 2025; the acts of these stories are recorded in January 2026.
const formerDirector = `
	2025-01-01 board ledger.opened {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"}}
	2025-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada Okafor"}
	2025-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben Hale"}
	2025-01-01 board member.appointed {"body":"board","party":"ada"}
	2025-01-01 board role.established {"id":"cfo","name":"Finance director"}
	2025-01-05 board role.assigned {"role":"cfo","party":"ben","until":"2025-07-01"}
	2025-01-10 board recorder.appointed {"principal":"b@acme","person":"ben","parties":["ben"]}
	2025-01-10 board recorder.appointed {"principal":"s@acme","parties":["board"]}
`

func TestARecorderRecordsLateWhatTheirPersonDidInASeatTheyHadThen(t *testing.T) {
	given(t, formerDirector).when(`2025-03-15 cfo concern.raised {"id":"c-1","scope":"organization","severity":"low","summary":"Late invoices"} as b@acme`).isAccepted()
	given(t, formerDirector).when(`2025-08-15 cfo concern.raised {"id":"c-1","scope":"organization","severity":"low","summary":"Late invoices"} as b@acme`).
		isRefused(domain.NotEntitled, "by")
}

func TestWhoIsNoLongerARecorderCannotGoBackToWhenTheyWere(t *testing.T) {
	s := given(t, formerDirector, `2025-06-01 board recorder.removed {"principal":"s@acme"}`, `2025-06-01 board recorder.removed {"principal":"b@acme"}`)
	s.when(`2025-05-01 board direction.set {"id":"dir","scope":"organization","statement":"Grow"} as s@acme`).isRefused(domain.NotEntitled, "by")
	s.when(`2025-03-15 cfo concern.raised {"id":"c-1","scope":"organization","severity":"low","summary":"Late invoices"} as b@acme`).isRefused(domain.NotEntitled, "by")
}
