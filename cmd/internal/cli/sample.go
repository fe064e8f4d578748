package cli

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
	"buckstop/eventstore"
)

// The sample organization: its acts, one a line; when each was recorded; and what was tried meanwhile and refused.
var (
	//go:embed demo/acts.jsonl
	demoActs []byte
	//go:embed demo/recorded.txt
	demoRecorded string
	//go:embed demo/refused.jsonl
	demoRefused []byte
)

const (
	demoLedger    = "demo"
	demoPrincipal = "demo-secretary"
	demoToday     = "2026-11-20"
)

// story is what happened at the sample organization, year by year.
var story = [][2]string{
	{"2023", "The ledger opens with five directors and a quorum of three. The Board appoints a chief executive and delegates " +
		"the running of the Society."},
	{"2024", "A chief AI officer is appointed. High-risk AI systems stay reserved to the Board, which approves claims triage by " +
		"four to one."},
	{"2025", "The chief AI officer leaves; Rhiannon Pugh acts. Member services buys a chat assistant, outside every limit the " +
		"Board has set for AI."},
	{"2026", "An AI agent is let pay small claims. In May a letter turns up that had ended somebody's authority in February, and " +
		"in September the whole paper file is entered, late. In October one claim in forty is wrongly declined: the agent is " +
		"suspended, members are paid, it resumes with a lower limit. In November the Society becomes a company, under a new board."},
}

// sample is the sample organization's ledger, recorded.
type sample struct {
	ledger  *ledger.Ledger
	last    ledger.Receipt
	refused int // attempts that its story has
}

// attempt is an act that somebody tried to record and that was refused.
type attempt struct {
	After string          `json:"after"` // the act recorded last by then
	At    time.Time       `json:"at"`
	As    string          `json:"as"` // the principal
	Code  domain.Code     `json:"code"`
	Why   string          `json:"why"` // in the story
	Act   json.RawMessage `json:"act"`
}

// script is the sample organization's story as it is recorded.
type script struct {
	acts     [][]byte
	recorded []time.Time
	attempts map[int][]attempt // by the number of acts recorded before them
}

func readScript() (*script, error) {
	s := &script{acts: bytes.Split(bytes.TrimSpace(demoActs), []byte("\n")), attempts: map[int][]attempt{}}
	times := strings.Fields(demoRecorded)
	if len(times) != len(s.acts) {
		return nil, fmt.Errorf("the demo has %d acts and %d times", len(s.acts), len(times))
	}
	for i, t := range times {
		at, err := time.Parse(time.RFC3339, t)
		if err != nil {
			return nil, fmt.Errorf("the demo's time %d: %w", i+1, err)
		}
		s.recorded = append(s.recorded, at)
	}
	for i, line := range bytes.Split(bytes.TrimSpace(demoRefused), []byte("\n")) {
		var a attempt
		n := 0
		err := json.Unmarshal(line, &a)
		if err == nil {
			n, err = strconv.Atoi(strings.TrimPrefix(a.After, "demo-"))
		}
		if err != nil {
			return nil, fmt.Errorf("the demo's attempt %d: %w", i+1, err)
		}
		s.attempts[n] = append(s.attempts[n], a)
	}
	return s, nil
}

// demoClock gives the ledger the time and the seed of each act, in the order in which acts are judged: that in which they
// are handed over.
type demoClock struct {
	*script
	judged atomic.Int64              // how many acts were
	trying atomic.Pointer[time.Time] // of an attempt, which is no act; nil else
}

func (c *demoClock) now() time.Time {
	if at := c.trying.Load(); at != nil {
		return *at
	}
	return c.recorded[min(int(c.judged.Add(1)), len(c.recorded))-1]
}

func (c *demoClock) seed() [32]byte {
	return sha256.Sum256(fmt.Appendf(nil, "buckstop demo %d", c.judged.Load()-1))
}

// recordDemo records the sample organization. Times, ids and seals are fixed, so that every run gives the same bytes. A
// ledger that has it already is left as it is.
func recordDemo(ctx context.Context, store *eventstore.Server, bar *progress) (*sample, error) {
	told, err := readScript()
	if err != nil {
		return nil, err
	}
	clock := &demoClock{script: told}
	opts := ledger.Options{Clock: clock.now, Seed: clock.seed}
	l, err := ledger.New(ctx, store, demoLedger, opts)
	if errors.Is(err, eventstore.ErrExists) {
		l, err = ledger.Open(ctx, store, demoLedger, opts)
	}
	if err != nil {
		return nil, err
	}
	s := &sample{ledger: l, refused: len(bytes.Split(bytes.TrimSpace(demoRefused), []byte("\n")))}
	for done := 0; done < len(told.acts); {
		bar.of(int64(done), int64(len(told.acts)))
		next := done + 1
		for next < len(told.acts) && told.attempts[next] == nil {
			next++
		}
		if err = s.record(told.acts[done:next], done); err == nil && !s.last.Known {
			err = clock.try(ctx, l, told.attempts[next])
		}
		if err != nil {
			l.Close()
			return nil, err
		}
		done = next
	}
	bar.done()
	return s, nil
}

// record records acts that follow on so many, and waits for them.
func (s *sample) record(acts [][]byte, after int) error {
	results := make([]<-chan ledger.Result, len(acts))
	for i, line := range acts {
		results[i] = s.ledger.Submit(demoPrincipal, line)
	}
	for i, result := range results {
		r := <-result
		if r.Err != nil {
			return &located{r.Err, "the demo's acts.jsonl", after + i + 1}
		}
		s.last = r.Receipt
	}
	return nil
}

// try has attempts refused.
func (c *demoClock) try(ctx context.Context, l *ledger.Ledger, attempts []attempt) error {
	defer c.trying.Store(nil)
	for _, a := range attempts {
		c.trying.Store(&a.At)
		_, err := l.Record(ctx, a.As, a.Act)
		var refusal *domain.Refusal
		if !errors.As(err, &refusal) || refusal.Code != a.Code {
			return fmt.Errorf("the demo's attempt after %s was to be refused with %s: %w", a.After, a.Code, cmp.Or(err, errors.New("it was recorded")))
		}
	}
	return nil
}
