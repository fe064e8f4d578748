package eventstore

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// groups are sizes on both sides of what is a batch.
var groups = []int{1, 2, BatchFrom - 1, BatchFrom, 50, MaxBatch}

func TestTheSecondWriterIsFencedOff(t *testing.T) {
	for _, n := range groups {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			ctx := context.Background()
			l, s := acme(t)
			fill(t, l, s, 5)
			other := *s
			first := s.entries(3, 10)
			second := other.entries(n, 20)
			require.NoError(t, l.Append(ctx, 5, first))
			require.ErrorIs(t, l.Append(ctx, 5, second), ErrConflict)
			require.ErrorIs(t, l.Append(ctx, 2, second), ErrConflict)
			require.ErrorIs(t, l.Append(ctx, 50, second), ErrConflict, "the log is shorter than that")
			require.Len(t, all(t, l), 8)
			fill(t, l, s, 1)
		})
	}
}

func TestAnAcknowledgementThatWasLostIsFound(t *testing.T) {
	for _, n := range groups {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			ctx := context.Background()
			l, s := acme(t)
			fill(t, l, s, 5)
			es := s.entries(n, 20)
			for range 3 {
				require.NoError(t, l.Append(ctx, 5, es))
			}
			require.Len(t, all(t, l), 5+n)
			fill(t, l, s, 2)
			require.NoError(t, l.Append(ctx, 5, es), "whatever follows")
		})
	}
}

func TestWritersThatRaceLeaveOneChain(t *testing.T) {
	ctx := context.Background()
	server := open(t, Config{Dir: t.TempDir()})
	_, err := server.Create(ctx, "acme")
	require.NoError(t, err)
	var wg sync.WaitGroup
	var stored sync.Map
	for w := range 4 {
		wg.Go(func() {
			l, err := server.Open(ctx, "acme") // each with a mutex of its own, like writers on different machines
			require.NoError(t, err)
			s := &scribe{ledger: "acme"}
			for round := range 30 {
				before := *s
				es := s.entries([]int{1, 3, 20}[round%3], w+1)
				err := l.Append(ctx, before.seq, es)
				if err == nil {
					stored.Store(string(es[len(es)-1].Data), true)
					continue
				}
				require.ErrorIs(t, err, ErrConflict)
				_, err = l.Replay(ctx, func(r Recorded) error {
					s.seq, s.prev = r.Seq, fmt.Sprintf("%x", r.Leaf)
					return nil
				})
				require.NoError(t, err)
			}
		})
	}
	wg.Wait()
	l, err := server.Open(ctx, "acme")
	require.NoError(t, err)
	is := map[string]bool{}
	for _, d := range all(t, l) {
		is[string(d)] = true
	}
	stored.Range(func(k, _ any) bool { assert.True(t, is[k.(string)], "what was acknowledged is there"); return true })
}

func TestPartOfAGroupIsToldOf(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	es := s.entries(4, 10)
	require.NoError(t, l.Append(ctx, 0, es[:2]))
	other := (&scribe{ledger: "acme"}).entries(2, 10)
	other = append(other, Entry{Subject: es[2].Subject, Data: []byte("another's")})
	require.NoError(t, l.Append(ctx, 2, other[2:]))
	err := l.Append(ctx, 0, es)
	require.ErrorIs(t, err, ErrConflict)
	var part *PartialError
	require.ErrorAs(t, err, &part)
	assert.Equal(t, 2, part.Stored)
}

func TestWhatCanNeverBeStoredIsRefused(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	require.NoError(t, l.Append(ctx, 0, nil))
	require.ErrorIs(t, l.Append(ctx, 0, make([]Entry, MaxBatch+1)), ErrInvalid)
	require.ErrorIs(t, l.Append(ctx, 0, []Entry{s.entry(MaxEntry)}), ErrInvalid)
	for _, subject := range []string{"", "ledger.acme", "ledger.acme.", "ledger.other.a.b", "ledger.acme.>", "ledger.acme.a b", "$KV.x"} {
		require.ErrorIs(t, l.Append(ctx, 0, []Entry{{Subject: subject, Data: []byte("x")}}), ErrInvalid, subject)
	}
	require.ErrorIs(t, l.Append(ctx, 0, []Entry{{Subject: "ledger.acme.a.b"}}), ErrInvalid)
	last, err := l.Last(ctx)
	require.NoError(t, err)
	require.Zero(t, last)
}

func TestTheLargestEntriesAreStored(t *testing.T) {
	l, s := acme(t)
	require.NoError(t, l.Append(context.Background(), 0, s.entries(1, MaxEntry-1000)))
	require.NoError(t, l.Append(context.Background(), 1, s.entries(20, MaxEntry-1000)))
	require.Len(t, all(t, l), 21)
}

func TestAppendEndsWithItsContext(t *testing.T) {
	l, s := acme(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	err := l.Append(ctx, 0, s.entries(1, 10))
	require.ErrorIs(t, err, ErrUnavailable)
	l.writing <- struct{}{}
	short, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err = l.Append(short, 0, s.entries(1, 10))
	require.ErrorIs(t, err, ErrUnavailable)
	require.ErrorContains(t, err, "another append is under way")
	<-l.writing
}

func TestSubjectsArePublished(t *testing.T) {
	l, s := acme(t)
	sub, err := l.server.Conn().SubscribeSync("ledger.*.decision.>")
	require.NoError(t, err)
	for _, n := range []int{1, 20} {
		last := s.seq
		es := s.entries(n, 10)
		require.NoError(t, l.Append(context.Background(), last, es))
		for _, e := range es {
			m, err := sub.NextMsg(time.Second)
			require.NoError(t, err)
			require.Equal(t, e.Subject, m.Subject)
			require.Equal(t, string(e.Data), string(m.Data))
			require.True(t, strings.HasPrefix(m.Subject, "ledger.acme."))
		}
	}
}
