package eventstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// messages are n findings' messages, of which writer says that they are its own, from the one with number from on.
func messages(writer string, from uint64, n int) []Entry {
	out := make([]Entry, n)
	for i := range out {
		out[i] = Entry{Subject: "finding.acme.VACANT", Data: fmt.Appendf(nil, `{"by":%q,"n":%d}`, writer, from+uint64(i))}
	}
	return out
}

func allFindings(t *testing.T, l *Log) (out []string) {
	t.Helper()
	last, err := l.Findings().Replay(context.Background(), func(r Recorded) error {
		out = append(out, string(r.Data))
		require.EqualValues(t, len(out), r.Seq)
		return nil
	})
	require.NoError(t, err)
	require.EqualValues(t, len(out), last)
	return out
}

func TestFindingsAreSaidOnceByOneOfTwoServers(t *testing.T) {
	ctx := context.Background()
	for _, n := range groups {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			one, sc := acme(t)
			two, err := one.server.Open(ctx, "acme")
			require.NoError(t, err)
			fill(t, one, sc, 7)
			sub, err := one.server.Conn().SubscribeSync("finding.acme.VACANT")
			require.NoError(t, err)
			first := messages("one", 1, n)
			for range 3 {
				require.NoError(t, one.Findings().Append(ctx, 0, first), "the same again is stored once")
			}
			require.ErrorIs(t, two.Findings().Append(ctx, 0, messages("two", 1, n)), ErrConflict)
			require.ErrorIs(t, two.Findings().Append(ctx, 5000, messages("two", 1, n)), ErrConflict)
			last, err := two.Findings().ReplayFrom(ctx, 0, func(Recorded) error { return nil })
			require.NoError(t, err)
			require.EqualValues(t, n, last)
			require.NoError(t, two.Findings().Append(ctx, last, messages("two", last+1, 2)))
			require.Len(t, allFindings(t, one), n+2)
			got, err := one.Findings().Last(ctx)
			require.NoError(t, err)
			require.EqualValues(t, n+2, got)
			for range n + 2 {
				_, err := sub.NextMsg(time.Second)
				require.NoError(t, err)
			}
			require.Len(t, all(t, one), 7, "the acts have a fence of their own")
		})
	}
}

func TestAFindingWhoseAcknowledgementWasLostIsSaidOnce(t *testing.T) {
	ctx := context.Background()
	srv := other(t, func(o *server.Options) { o.SyncAlways = true })
	w := newWire(t, srv.ClientURL())
	l, err := open(t, Config{URL: w.url(), AllowUnsynced: true}).Create(ctx, "acme")
	require.NoError(t, err)
	last := uint64(0)
	for _, n := range []int{1, 4, 100} {
		es := messages("one", last+1, n)
		w.deaf.Store(true) // the server stores, and is not heard
		done := make(chan error, 1)
		go func() { done <- l.Findings().Append(ctx, last, es) }()
		time.Sleep(100 * time.Millisecond)
		w.cut()
		w.deaf.Store(false)
		require.NoError(t, <-done)
		last += uint64(n)
	}
	require.Len(t, allFindings(t, l), int(last))
}

func TestFindingsAreFollowedThroughARestart(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	dir, port := t.TempDir(), server.RANDOM_PORT
	start := func() *server.Server {
		return other(t, func(o *server.Options) { o.SyncAlways, o.StoreDir, o.Port = true, dir, port })
	}
	srv := start()
	port = srv.Addr().(*net.TCPAddr).Port
	l, err := open(t, Config{URL: srv.ClientURL(), AllowUnsynced: true}).Create(ctx, "acme")
	require.NoError(t, err)
	require.NoError(t, l.Findings().Append(ctx, 0, messages("one", 1, 20)))
	seen := make(chan Recorded, 100)
	go func() { _ = l.Findings().Follow(ctx, 10, func(r Recorded) error { seen <- r; return nil }) }()
	srv.Shutdown()
	srv.WaitForShutdown()
	start()
	require.NoError(t, l.Findings().Append(ctx, 20, messages("one", 21, 3)))
	for want := uint64(11); want <= 23; want++ {
		select {
		case r := <-seen:
			require.Equal(t, want, r.Seq)
			require.Equal(t, "finding.acme.VACANT", r.Subject)
			require.Equal(t, fmt.Sprintf(`{"by":"one","n":%d}`, want), string(r.Data))
		case <-ctx.Done():
			t.Fatalf("message %d did not come", want)
		}
	}
	enough := errors.New("enough")
	require.Equal(t, enough, l.Findings().Follow(ctx, 0, func(Recorded) error { return enough }))
}

func TestWhatIsNoFindingOfTheLedgerIsRefused(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	for _, subject := range []string{"", "finding.acme.", "finding.other.VACANT", "ledger.acme.a.b", "finding.acme.>"} {
		require.ErrorIs(t, l.Findings().Append(ctx, 0, []Entry{{Subject: subject, Data: []byte("x")}}), ErrInvalid, subject)
	}
	require.ErrorIs(t, l.Append(ctx, 0, messages("one", 1, 1)), ErrInvalid)
	require.Empty(t, allFindings(t, l))
}

func TestDamagedFindingsAreFoundAndLeaveTheLedgerWhole(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, Config{Dir: dir})
	require.NoError(t, err)
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	fill(t, l, sc, 20)
	require.NoError(t, l.Findings().Append(ctx, 0, messages("one", 1, 20)))
	require.NoError(t, s.Close())
	spoilIn(t, blocksOf(t, dir, "FINDINGS_acme"), `{"by":"one","n":7}`)

	s = open(t, Config{Dir: dir})
	l, err = s.Open(ctx, "acme")
	require.NoError(t, err)
	n := 0
	_, err = l.Findings().Replay(ctx, func(Recorded) error { n++; return nil })
	damaged(t, err, Gap, 7)
	assert.ErrorContains(t, err, "stream FINDINGS_acme of ledger acme is damaged at 7")
	require.Equal(t, 6, n)
	require.Len(t, all(t, l), 20)
	fill(t, l, sc, 20)
}

// sayUntilKilled appends findings' messages as appendUntilKilled does acts.
func sayUntilKilled(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	l, err := s.Open(ctx, "acme")
	if err != nil {
		return err
	}
	last, err := l.Findings().Last(ctx)
	for i := 0; err == nil; i++ {
		n := []int{300, 1, 5, 40, 1000}[i%5]
		if err = l.Findings().Append(ctx, last, messages("one", last+1, n)); err == nil {
			last += uint64(n)
			fmt.Println(last)
		}
	}
	return err
}

func TestAKillInTheMiddleLosesNoFindingThatWasSaid(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	t.Setenv(crashFindings, "yes")
	s, err := Open(ctx, Config{Dir: dir})
	require.NoError(t, err)
	_, err = s.Create(ctx, "acme")
	require.NoError(t, err)
	require.NoError(t, s.Close())
	for round := range 3 {
		acked := crash(t, dir, time.Duration(70+41*round)*time.Millisecond)
		s, err := Open(ctx, Config{Dir: dir})
		require.NoError(t, err)
		l, err := s.Open(ctx, "acme")
		require.NoError(t, err)
		said := allFindings(t, l)
		require.GreaterOrEqual(t, uint64(len(said)), acked)
		require.LessOrEqual(t, uint64(len(said)), acked+1000)
		for i, m := range said {
			require.Equal(t, fmt.Sprintf(`{"by":"one","n":%d}`, i+1), m, "none twice")
		}
		require.NoError(t, s.Close())
	}
}
