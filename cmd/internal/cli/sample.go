package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"buckstop/cmd/internal/ledger"
	"buckstop/eventstore"
)

// The sample organization: its acts, one a line, and when each was recorded.
var (
	//go:embed demo/acts.jsonl
	demoActs []byte
	//go:embed demo/recorded.txt
	demoRecorded string
)

const (
	demoLedger    = "demo"
	demoPrincipal = "demo-secretary"
	demoToday     = "2026-09-15"
)

// story is what happened at the sample organization, year by year.
var story = [][2]string{
	{"2023", "The ledger opens with five directors and a quorum of three. The Board appoints a chief executive and delegates " +
		"the running of the Society."},
	{"2024", "A chief AI officer is appointed and three AI systems are listed. High-risk systems stay reserved to the Board, " +
		"which approves claims triage by four to one."},
	{"2025", "The chief AI officer leaves after 31 October. Rhiannon Pugh acts; her start is entered as 3 November and " +
		"corrected to the 1st."},
	{"2026", "Anjali Raghunath succeeds on 2 March. An AI agent is let approve small claims. In May assurers find a letter " +
		"that had ended the fraud screening lead's authority on 1 February, and was never entered."},
}

// sample is the sample organization's ledger, recorded.
type sample struct {
	ledger *ledger.Ledger
	last   ledger.Receipt
}

// recordDemo records the sample organization. Times, ids and seals are fixed, so that every run gives the same bytes. A
// ledger that has it already is left as it is.
func recordDemo(ctx context.Context, store *eventstore.Server, bar *progress) (*sample, error) {
	lines := bytes.Split(bytes.TrimSpace(demoActs), []byte("\n"))
	times := strings.Fields(demoRecorded)
	if len(times) != len(lines) {
		return nil, fmt.Errorf("the demo has %d acts and %d times", len(lines), len(times))
	}
	recorded := make([]time.Time, len(times))
	for i, t := range times {
		var err error
		if recorded[i], err = time.Parse(time.RFC3339, t); err != nil {
			return nil, fmt.Errorf("the demo's time %d: %w", i+1, err)
		}
	}
	// Acts are recorded one by one, so that the ledger asks for the time and the seed of the act that now says which.
	var now atomic.Int64
	opts := ledger.Options{
		Clock: func() time.Time { return recorded[now.Load()] },
		Seed:  func() [32]byte { return sha256.Sum256(fmt.Appendf(nil, "buckstop demo %d", now.Load())) },
	}
	l, err := ledger.New(ctx, store, demoLedger, opts)
	if errors.Is(err, eventstore.ErrExists) {
		l, err = ledger.Open(ctx, store, demoLedger, opts)
	}
	if err != nil {
		return nil, err
	}
	s := &sample{ledger: l}
	for i, line := range lines {
		now.Store(int64(i))
		bar.of(int64(i), int64(len(lines)))
		if s.last, err = l.Record(ctx, demoPrincipal, line); err != nil {
			l.Close()
			return nil, &located{err, "the demo's acts.jsonl", i + 1}
		}
	}
	bar.done()
	return s, nil
}
