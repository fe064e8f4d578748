package eventstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestFollowGivesWhatWasAndWhatComes(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	l, s := acme(t)
	fill(t, l, s, 100)
	seen := make(chan Recorded, 1000)
	done := make(chan error, 1)
	go func() { done <- l.Follow(ctx, 40, func(r Recorded) error { seen <- r; return nil }) }()
	for want := uint64(41); want <= 160; want++ {
		if want == 101 {
			fill(t, l, s, 10)
			fill(t, l, s, 50)
		}
		r := <-seen
		require.Equal(t, want, r.Seq)
		data, err := l.Read(ctx, want)
		require.NoError(t, err)
		require.Equal(t, data, r.Data)
	}
	cancel()
	require.ErrorIs(t, <-done, context.Canceled)
}

func TestFollowEnds(t *testing.T) {
	ctx := context.Background()
	l, s := loose(t)
	fill(t, l, s, 5)
	enough := errors.New("enough")
	require.Equal(t, enough, l.Follow(ctx, 0, func(r Recorded) error { return enough }))
	damaged(t, l.Follow(ctx, 6, func(Recorded) error { return nil }), Short, 6)
	done := make(chan error, 1)
	go func() { done <- l.Follow(ctx, 5, func(Recorded) error { return nil }) }()
	require.NoError(t, l.server.Close())
	require.ErrorIs(t, <-done, ErrUnavailable)
}

func TestFollowFindsThatTheLogWasExchanged(t *testing.T) {
	ctx := context.Background()
	l, s := loose(t)
	fill(t, l, s, 5)
	c, err := l.chainAfter(ctx, 5)
	require.NoError(t, err)
	require.NoError(t, l.stream.Purge(ctx))
	_, err = l.resume(ctx, c, 0)
	damaged(t, err, Short, 5)
	require.NoError(t, l.server.js.DeleteStream(ctx, "LEDGER_acme"))
	l.stream, err = l.server.js.CreateStream(ctx, streamConfig("acme", 1))
	require.NoError(t, err)
	fork := &scribe{ledger: "acme"}
	require.NoError(t, l.Append(ctx, 0, fork.entries(6, 33)))
	_, err = l.resume(ctx, c, 0)
	damaged(t, err, Foreign, 5)
}
