package ledger

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/stretchr/testify/require"
)

// said gives the messages in the stream of findings, from the stream itself, as "state CODE kind about".
func said(t *testing.T, l *Ledger) (out []string) {
	t.Helper()
	_, err := l.log.Findings().Replay(context.Background(), func(r eventstore.Recorded) error {
		n, err := projections.ReadNotice(r.Data)
		require.NoError(t, err)
		require.Equal(t, "finding.acme."+string(n.Code), r.Subject)
		if n.Code != "DUTY_UNMET" {
			out = append(out, n.State+" "+n.Key()+" "+n.At.String()[:10])
		}
		return nil
	})
	require.NoError(t, err)
	return out
}

// clocked opens a ledger whose clock is set by hand.
func clocked(t *testing.T, store *eventstore.Server, now *time.Time) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), store, "acme", Options{Clock: func() time.Time { return *now }})
	require.NoError(t, err)
	t.Cleanup(l.Close)
	return l
}

// seated opens a ledger whose board has a member.
func seated(t *testing.T, store *eventstore.Server) *Ledger {
	l := opened(t, store)
	recordAll(t, l, act("m1", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`),
		act("m2", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"ada"}`))
	return l
}

func recordAll(t *testing.T, l *Ledger, acts ...[]byte) {
	t.Helper()
	for _, a := range acts {
		_, err := l.Record(context.Background(), "operator", a)
		require.NoError(t, err, string(a))
	}
}

func TestEachAppearanceAndClearingOfAFindingIsOneMessageAlsoByTimeAloneAndAfterRestarts(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	store := openStore(t, dir)
	l, err := New(ctx, store, "acme", Options{Clock: func() time.Time { return now }})
	require.NoError(t, err)
	require.NoError(t, l.PublishFindings(ctx), "of a ledger without acts there is nothing to say")
	recordAll(t, l,
		act("a1", "ledger.opened", "2026-01-01", "board", `{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`),
		act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`),
		act("a3", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"ada"}`),
		act("a4", "role.established", "2026-01-01", "board", `{"id":"cfo","name":"CFO"}`),
		act("a5", "delegation.granted", "2026-02-01", "board", `{"id":"d-cfo","from":"board","to":"cfo","scope":"organization","powers":["spend.*"],"until":"2026-06-01"}`),
	)
	require.NoError(t, l.PublishFindings(ctx))
	want := []string{
		"appeared NO_GOVERNING_BODY body board 2026-03-01",
		"cleared NO_GOVERNING_BODY body board 2026-03-01",
		"appeared VACANT delegation d-cfo 2026-03-01",
	}
	require.Equal(t, want, said(t, l))
	require.NoError(t, l.PublishFindings(ctx))
	require.Equal(t, want, said(t, l), "nothing is said twice")
	l.Close()
	require.NoError(t, store.Close())

	store = openStore(t, dir) // time passes while nobody runs
	defer store.Close()
	now = time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC)
	l = clocked(t, store, &now)
	require.NoError(t, l.PublishFindings(ctx))
	want = append(want,
		"appeared EXPIRING delegation d-cfo 2026-05-02",
		"cleared EXPIRING delegation d-cfo 2026-06-01",
		"cleared VACANT delegation d-cfo 2026-06-01",
	)
	require.Equal(t, want, said(t, l))

	recordAll(t, l, // what comes to be known changes what was
		act("a6", "decision.taken", "2026-03-05", "ada", `{"id":"po-1","scope":"organization","power":"spend.cloud","summary":"GPUs"}`),
		act("a7", "act.ratified", "2026-07-01", "board", `{"act":"a6","reason":"Needed"}`),
	)
	require.NoError(t, l.PublishFindings(ctx))
	want = append(want,
		"appeared NO_APPETITE scope organization 2026-07-01",
		"appeared ULTRA_VIRES decision po-1 2026-07-01",
		"cleared ULTRA_VIRES decision po-1 2026-07-01",
	)
	require.Equal(t, want, said(t, l))
}

func TestNoNoticeOfAFindingNamesAPersonButByTheirId(t *testing.T) {
	ctx := context.Background()
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	recordAll(t, l,
		act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`),
		act("a3", "decision.taken", "2026-01-02", "ada", `{"id":"po-1","scope":"organization","power":"spend","summary":"A chair"}`))
	require.NoError(t, l.PublishFindings(ctx))
	seen := false
	_, err := l.log.Findings().Replay(ctx, func(r eventstore.Recorded) error {
		require.NotContains(t, string(r.Data), "Okafor")
		seen = seen || strings.Contains(string(r.Data), "ada decided po-1")
		return nil
	})
	require.NoError(t, err)
	require.True(t, seen)
}

func TestTwoServersOfALedgerSayEachFindingOnce(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	store := openStore(t, t.TempDir())
	defer store.Close()
	a := seated(t, store)
	for i := range 60 {
		recordAll(t, a, act(fmt.Sprint("r", i), "role.established", "2026-01-01", "board", fmt.Sprintf(`{"id":"role-%d","name":"Role %d"}`, i, i)),
			act(fmt.Sprint("d", i), "delegation.granted", "2026-01-01", "board", fmt.Sprintf(`{"id":"d-%d","from":"board","to":"role-%d","scope":"organization","powers":["spend"]}`, i, i)))
	}
	b := clocked(t, store, &now)
	now = time.Now()
	var wait sync.WaitGroup
	for _, l := range []*Ledger{a, b, a, b} {
		wait.Go(func() { require.NoError(t, l.PublishFindings(ctx)) })
	}
	wait.Wait()
	vacant := map[string]int{}
	for _, s := range said(t, a) {
		if strings.Contains(s, "VACANT") {
			vacant[s]++
		}
	}
	require.Len(t, vacant, 60)
	for s, n := range vacant {
		require.Equal(t, 1, n, s)
	}
}

func TestAPublisherInterruptedAnywhereGoesOnWhereItStopped(t *testing.T) {
	ctx := context.Background()
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := seated(t, store)
	for i := range 7 {
		recordAll(t, l, act(fmt.Sprint("r", i), "role.established", "2026-01-01", "board", fmt.Sprintf(`{"id":"role-%d","name":"Role %d"}`, i, i)),
			act(fmt.Sprint("d", i), "delegation.granted", "2026-01-01", "board", fmt.Sprintf(`{"id":"d-%d","from":"board","to":"role-%d","scope":"organization","powers":["spend"]}`, i, i)))
	}
	o, err := l.oversee(ctx)
	require.NoError(t, err)
	notices, done := o.look()
	require.True(t, done)
	for most := 0; most < len(notices); { // say a few, and be gone
		o, err = l.oversee(ctx)
		require.NoError(t, err)
		rest, _ := o.look()
		few := min(len(rest), 1+most%4)
		require.NoError(t, o.say(ctx, rest[:few]))
		most += few
	}
	require.NoError(t, l.PublishFindings(ctx))
	var got, want []string
	_, err = l.log.Findings().Replay(ctx, func(r eventstore.Recorded) error {
		n, err := projections.ReadNotice(r.Data)
		got = append(got, n.State+n.Key())
		return err
	})
	require.NoError(t, err)
	for _, n := range notices {
		want = append(want, n.State+n.Key())
	}
	require.Equal(t, want, got)
}

func TestAKeptPublisherSaysWhatTheNextActsBring(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := seated(t, store)
	ended := make(chan error, 1)
	go func() { ended <- l.KeepPublishing(ctx) }()
	recordAll(t, l, act("r", "role.established", "2026-01-01", "board", `{"id":"cfo","name":"CFO"}`),
		act("d", "delegation.granted", "2026-01-01", "board", `{"id":"d-cfo","from":"board","to":"cfo","scope":"organization","powers":["spend"]}`))
	require.Eventually(t, func() bool {
		return strings.Contains(strings.Join(said(t, l), "\n"), "appeared VACANT delegation d-cfo")
	}, 10*time.Second, 5*time.Millisecond)
	other := clocked(t, store, new(time.Time)) // another server records
	recordAll(t, other, act("r2", "role.established", "2026-01-01", "board", `{"id":"cto","name":"CTO"}`),
		act("d2", "delegation.granted", "2026-01-01", "board", `{"id":"d-cto","from":"board","to":"cto","scope":"organization","powers":["spend"]}`))
	require.Eventually(t, func() bool {
		return strings.Contains(strings.Join(said(t, l), "\n"), "appeared VACANT delegation d-cto")
	}, 10*time.Second, 5*time.Millisecond)
	stop()
	require.ErrorIs(t, <-ended, context.Canceled)
}
