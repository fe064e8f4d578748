package eventstore

// The facts about nats-server on which this package rests, each a test: when one fails after an upgrade, look at what was
// built on it.

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

func TestFactAServerLeftToItselfSyncsEveryTwoMinutes(t *testing.T) {
	config := other(t, nil).JetStreamConfig()
	assert.False(t, config.SyncAlways)
	assert.Equal(t, 2*time.Minute, config.SyncInterval)
	opts, err := embeddedOptions(Config{Dir: t.TempDir()})
	require.NoError(t, err)
	assert.True(t, other(t, func(o *server.Options) { o.SyncAlways = opts.SyncAlways }).JetStreamConfig().SyncAlways)
}

func TestFactAnOrdinaryAccountCannotAskHowTheServerSyncs(t *testing.T) {
	srv := other(t, nil)
	nc, err := nats.Connect(srv.ClientURL())
	require.NoError(t, err)
	defer nc.Close()
	_, err = nc.Request(jszSubject, nil, time.Second)
	require.ErrorIs(t, err, nats.ErrNoResponders)
}

func TestFactARetryOfAStoredMessageIsAWrongLastSequence(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	e := s.entry(10)
	for i := range 2 {
		_, err := l.server.js.Publish(ctx, e.Subject, e.Data, jetstream.WithExpectLastSequence(0), jetstream.WithMsgID("1"))
		if i == 0 {
			require.NoError(t, err)
			continue
		}
		require.Error(t, err)
		assert.Equal(t, codeWrongLast, code(err), "with a message id too: it is not told to be a duplicate")
	}
}

func TestFactARetryOfAStoredBatch(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		id   string
		want jetstream.ErrorCode
	}{{"", codeWrongLast}, {"1", 10201}} {
		l, s := acme(t)
		es := s.entries(3, 10)
		for i := range 2 {
			var msgs []*nats.Msg
			for n, e := range es {
				m := &nats.Msg{Subject: e.Subject, Data: e.Data, Header: nats.Header{}}
				if c.id != "" {
					m.Header.Set(jetstream.MsgIDHeader, c.id+e.Subject)
				}
				if n == 0 {
					m.Header.Set(jetstream.ExpectedLastSeqHeader, "0")
				}
				msgs = append(msgs, m)
			}
			_, err := jetstreamext.PublishMsgBatch(ctx, l.server.js, msgs)
			if i == 0 {
				require.NoError(t, err)
				continue
			}
			require.Error(t, err)
			assert.Equal(t, c.want, code(err), "message id %q", c.id)
		}
	}
}

func TestFactABatchTakesTheExpectedSequenceOnItsFirstMessageOnly(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	var msgs []*nats.Msg
	for n, e := range s.entries(3, 10) {
		m := &nats.Msg{Subject: e.Subject, Data: e.Data, Header: nats.Header{}}
		m.Header.Set(jetstream.ExpectedLastSeqHeader, string(rune('0'+n)))
		msgs = append(msgs, m)
	}
	_, err := jetstreamext.PublishMsgBatch(ctx, l.server.js, msgs)
	require.Error(t, err)
	last, err := l.Last(ctx)
	require.NoError(t, err)
	require.Zero(t, last)
}

func TestFactDenyingDeletesDoesNotStopAnAdministrator(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	fill(t, l, s, 5)
	require.Error(t, l.stream.DeleteMsg(ctx, 3))
	require.Error(t, l.stream.Purge(ctx))
	cfg := streamConfig("acme", 1)
	cfg.MaxMsgs, cfg.Discard = 2, jetstream.DiscardOld
	_, err := l.server.js.UpdateStream(ctx, cfg)
	require.NoError(t, err)
	_, err = l.Read(ctx, 1)
	require.ErrorIs(t, err, ErrNotFound, "an update erased it")
	require.NoError(t, l.server.js.DeleteStream(ctx, cfg.Name))
}

func TestFactACorruptRecordIsPassedOverInSilence(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, Config{Dir: dir})
	require.NoError(t, err)
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	for range 3 {
		last := sc.seq
		require.NoError(t, l.Append(ctx, last, sc.entries(100, 60_000))) // several blocks
	}
	require.NoError(t, s.Close())
	spoil(t, dir, `"data":{"id":"d7","summary":"xxxxxxxxxxxx`)

	s = open(t, Config{Dir: dir})
	l, err = s.Open(ctx, "acme")
	require.NoError(t, err)
	last, err := l.Last(ctx)
	require.NoError(t, err)
	assert.EqualValues(t, 300, last, "the server still counts it")
	info, err := l.stream.Info(ctx)
	require.NoError(t, err)
	t.Logf("after the corruption the server counts %d messages, from %d to %d", info.State.Msgs, info.State.FirstSeq, info.State.LastSeq)

	cons, err := l.stream.OrderedConsumer(ctx, jetstream.OrderedConsumerConfig{})
	require.NoError(t, err)
	msgs, err := cons.Messages()
	require.NoError(t, err)
	defer msgs.Stop()
	var seqs []uint64
	for len(seqs) < 10 {
		m, err := msgs.Next(jetstream.NextMaxWait(5 * time.Second))
		require.NoError(t, err)
		meta, err := m.Metadata()
		require.NoError(t, err)
		seqs = append(seqs, meta.Sequence.Stream)
	}
	assert.NotContains(t, seqs, uint64(7), "a consumer passes over it without an error")
	t.Logf("an ordered consumer gives %v", seqs)
	for _, replay := range replays {
		_, err := replay(ctx, l, func(Recorded) error { return nil })
		damaged(t, err, Gap, 7)
	}
}

func TestFactATruncatedFileIsAShorterLogThatIsAppendedTo(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s, err := Open(ctx, Config{Dir: dir})
	require.NoError(t, err)
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	fill(t, l, sc, 5)
	fork := *sc
	fill(t, l, sc, 1)
	require.NoError(t, s.Close())
	name := blocks(t, dir)[0]
	b, err := os.ReadFile(name)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(name, b[:len(b)-50], 0o600))
	require.NoError(t, os.Remove(filepath.Join(filepath.Dir(name), "index.db")))

	s = open(t, Config{Dir: dir})
	l, err = s.Open(ctx, "acme")
	require.NoError(t, err)
	last, err := l.Last(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 5, last, "the server does not miss it")
	require.Len(t, all(t, l), 5, "nor does a replay: only who has seen it elsewhere, in a checkpoint, can")
	require.ErrorIs(t, l.Append(ctx, 6, sc.entries(1, 10)), ErrConflict)
	_, err = l.ReplayFrom(ctx, 6, func(Recorded) error { return nil })
	damaged(t, err, Short, 6)
	require.NoError(t, l.Append(ctx, 5, fork.entries(1, 10)), "and its sequence is used again")
}
