package eventstore

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// attempts gives n, whose ids begin anew each time.
func attempts(n int) []Attempt {
	out := make([]Attempt, n)
	for i := range out {
		out[i] = Attempt{ID: fmt.Sprintf("id-%d", i), Code: []string{"NOT_HELD", "CYCLE"}[i%2], Data: fmt.Appendf(nil, `{"n":%d}`, i)}
	}
	return out
}

func readAttempts(t *testing.T, l *Log, q AttemptQuery) []Attempt {
	t.Helper()
	var out []Attempt
	require.NoError(t, l.Attempts().Read(context.Background(), q, func(a Attempt) error { out = append(out, a); return nil }))
	return out
}

func TestAttemptsAreKeptInOrderAndPublished(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	sub, err := l.server.Conn().SubscribeSync("refused.*.CYCLE")
	require.NoError(t, err)
	require.Empty(t, readAttempts(t, l, AttemptQuery{}))
	require.NoError(t, l.Attempts().Append(ctx, nil))
	is := attempts(2500)
	require.NoError(t, l.Attempts().Append(ctx, is[:1]))
	require.NoError(t, l.Attempts().Append(ctx, is[1:6]))
	require.NoError(t, l.Attempts().Append(ctx, is[6:]))
	require.Equal(t, is, readAttempts(t, l, AttemptQuery{}))
	for i := 1; i < len(is); i += 2 {
		m, err := sub.NextMsg(time.Second)
		require.NoError(t, err)
		require.Equal(t, "refused.acme.CYCLE", m.Subject)
		require.Equal(t, string(is[i].Data), string(m.Data))
	}
	last, err := l.Last(ctx)
	require.NoError(t, err)
	require.Zero(t, last, "none of it is in the ledger")
}

func TestAttemptsAreFound(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	is := attempts(30)
	require.NoError(t, l.Attempts().Append(ctx, is[:20]))
	between := time.Now()
	time.Sleep(10 * time.Millisecond)
	require.NoError(t, l.Attempts().Append(ctx, is[20:]))
	require.Equal(t, is[27:], readAttempts(t, l, AttemptQuery{Newest: 3}))
	require.Equal(t, is, readAttempts(t, l, AttemptQuery{Newest: 300}))
	require.Equal(t, is[20:], readAttempts(t, l, AttemptQuery{Since: between}))
	require.Equal(t, is[28:], readAttempts(t, l, AttemptQuery{Since: between, Newest: 2}))
	require.Equal(t, []Attempt{is[26], is[28]}, readAttempts(t, l, AttemptQuery{Code: "NOT_HELD", Newest: 2}))
	require.Len(t, readAttempts(t, l, AttemptQuery{Code: "CYCLE", Since: between}), 5)
	require.Empty(t, readAttempts(t, l, AttemptQuery{Code: "NO_QUORUM"}))
	require.Empty(t, readAttempts(t, l, AttemptQuery{Since: time.Now()}))
	require.ErrorIs(t, l.Attempts().Read(ctx, AttemptQuery{Code: ">"}, nil), ErrInvalid)
	enough := errors.New("enough")
	for _, newest := range []int{0, 5} {
		require.Equal(t, enough, l.Attempts().Read(ctx, AttemptQuery{Newest: newest}, func(Attempt) error { return enough }))
	}
}

func TestAnAttemptSentAgainIsStoredOnce(t *testing.T) {
	ctx := context.Background()
	for _, n := range []int{1, 5, BatchFrom, 1500} {
		l, _ := acme(t)
		is := attempts(n)
		require.NoError(t, l.Attempts().Append(ctx, is[:(n+1)/2]))
		for range 2 {
			require.NoError(t, l.Attempts().Append(ctx, is))
		}
		require.Equal(t, is, readAttempts(t, l, AttemptQuery{}))
	}
}

func TestAnAttemptWhoseAcknowledgementWasLostIsStoredOnce(t *testing.T) {
	ctx := context.Background()
	srv := other(t, func(o *server.Options) { o.SyncAlways = true })
	w := newWire(t, srv.ClientURL())
	s := open(t, Config{URL: w.url(), AllowUnsynced: true})
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	is := attempts(105)
	for _, part := range [][]Attempt{is[:1], is[1:5], is[5:]} {
		w.deaf.Store(true) // the server stores, and is not heard
		done := make(chan error, 1)
		go func() { done <- l.Attempts().Append(ctx, part) }()
		time.Sleep(100 * time.Millisecond)
		w.cut()
		w.deaf.Store(false)
		require.NoError(t, <-done)
	}
	require.Equal(t, is, readAttempts(t, l, AttemptQuery{}))
}

func TestAnAttemptThatCanNeverBeKeptIsRefused(t *testing.T) {
	l, _ := acme(t)
	for _, bad := range []Attempt{
		{Code: "CYCLE", Data: []byte("x")}, {ID: "1", Code: "CYCLE"}, {ID: "1", Data: []byte("x")},
		{ID: "1", Code: "A.B", Data: []byte("x")}, {ID: "1", Code: "*", Data: []byte("x")}, {ID: "1", Code: "CYCLE", Data: make([]byte, MaxEntry+1)},
	} {
		require.ErrorIs(t, l.Attempts().Append(context.Background(), append(attempts(3), bad)), ErrInvalid)
	}
	require.Empty(t, readAttempts(t, l, AttemptQuery{}))
	big := attempts(20)
	for i := range big {
		big[i].Data = make([]byte, MaxEntry)
	}
	require.NoError(t, l.Attempts().Append(context.Background(), big))
	require.Len(t, readAttempts(t, l, AttemptQuery{}), 20)
}

func TestADamagedStreamOfAttemptsLeavesTheLedgerWhole(t *testing.T) {
	ctx := context.Background()
	for name, victims := range map[string][]int{"in the middle": {3}, "at the end": {8, 9}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := Open(ctx, Config{Dir: dir})
			require.NoError(t, err)
			l, err := s.Create(ctx, "acme")
			require.NoError(t, err)
			sc := &scribe{ledger: "acme"}
			fill(t, l, sc, 20)
			require.NoError(t, l.Attempts().Append(ctx, attempts(10)))
			require.NoError(t, s.Close())
			for _, n := range victims {
				spoilIn(t, blocksOf(t, dir, "REFUSED_acme"), fmt.Sprintf(`{"n":%d}`, n))
			}

			s = open(t, Config{Dir: dir})
			l, err = s.Open(ctx, "acme")
			require.NoError(t, err)
			require.Len(t, all(t, l), 20)
			fill(t, l, sc, 1)
			left := map[string]bool{}
			for _, a := range readAttempts(t, l, AttemptQuery{}) {
				left[string(a.Data)] = true
			}
			t.Logf("%d of 10 can be read", len(left))
			assert.True(t, left[`{"n":0}`])
			require.NoError(t, l.Attempts().Append(ctx, []Attempt{{ID: "new", Code: "CYCLE", Data: []byte(`{"n":10}`)}}))
			is := readAttempts(t, l, AttemptQuery{})
			require.Equal(t, `{"n":10}`, string(is[len(is)-1].Data))
		})
	}
}
