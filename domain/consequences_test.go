package domain_test

import "testing"

// A move recorded ahead of its time comes to nothing when the scope it leads to is retired first; nothing is refused.
func TestAScopeMayBeRetiredLateThoughAnotherWasToMoveUnderIt(t *testing.T) {
	given(t, acme, `2026-06-01 board scope.moved {"id":"triage","parent":"sales"}`).
		when(`2026-03-01 board scope.retired {"id":"sales"}`).isAccepted()
}
