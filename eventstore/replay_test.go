package eventstore

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// replays are the ways to read a log from its beginning. What is said of one here is said of all.
var replays = map[string]func(context.Context, *Log, func(Recorded) error) (uint64, error){
	"snapshot": func(ctx context.Context, l *Log, fn func(Recorded) error) (uint64, error) {
		return l.pipe(ctx, newChain(l.ledger), fn, l.snapshot)
	},
	"consumer": func(ctx context.Context, l *Log, fn func(Recorded) error) (uint64, error) {
		return l.ReplayFrom(ctx, 0, fn)
	},
	"replay": func(ctx context.Context, l *Log, fn func(Recorded) error) (uint64, error) { return l.Replay(ctx, fn) },
}

func TestEveryReplayGivesTheSame(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	read := func() map[string][]Recorded {
		out := map[string][]Recorded{}
		for name, replay := range replays {
			var got []Recorded
			last, err := replay(ctx, l, func(r Recorded) error { got = append(got, r); return nil })
			require.NoError(t, err, name)
			require.EqualValues(t, s.seq, last, name)
			require.Len(t, got, int(s.seq), name)
			out[name] = got
		}
		return out
	}
	read()
	require.NoError(t, l.Append(ctx, 0, s.entries(1, 10)))
	read()
	fill(t, l, s, 3000)
	for range 10 { // with what is large, more than one block of the server's
		last := s.seq
		require.NoError(t, l.Append(ctx, last, append(s.entries(30, 60_000), s.entries(30, 1)...)))
	}
	blocks, err := filepath.Glob(filepath.Join(l.server.cfg.Dir, "jetstream", "$G", "streams", "LEDGER_acme", "msgs", "*.blk"))
	require.NoError(t, err)
	require.Greater(t, len(blocks), 1)
	got := read()
	require.Equal(t, got["consumer"], got["snapshot"])
	require.Equal(t, got["consumer"], got["replay"])
	for i, r := range got["snapshot"] {
		require.EqualValues(t, i+1, r.Seq)
		require.Equal(t, domain.LeafHash(r.Data), r.Leaf)
	}
	data, err := l.Read(ctx, 42)
	require.NoError(t, err)
	require.Equal(t, got["snapshot"][41].Data, data)
	_, err = l.Read(ctx, s.seq+1)
	require.ErrorIs(t, err, ErrNotFound)
	_, err = l.Read(ctx, 0)
	require.ErrorIs(t, err, ErrNotFound)
}

func TestAnErrorOfTheReadersEndsTheReplay(t *testing.T) {
	l, s := acme(t)
	fill(t, l, s, 3000)
	enough := errors.New("enough")
	for name, replay := range replays {
		t.Run(name, func(t *testing.T) {
			last, err := replay(context.Background(), l, func(r Recorded) error {
				if r.Seq == 1000 {
					return enough
				}
				return nil
			})
			require.Equal(t, enough, err)
			require.EqualValues(t, 999, last)
			ctx, cancel := context.WithCancel(context.Background())
			last, err = replay(ctx, l, func(r Recorded) error {
				if r.Seq == 10 {
					cancel()
				}
				return nil
			})
			require.ErrorIs(t, err, context.Canceled)
			require.GreaterOrEqual(t, last, uint64(10))
		})
	}
}

func TestAReaderThatStallsStillGetsAll(t *testing.T) {
	l, s := acme(t)
	for range 4 {
		last := s.seq
		require.NoError(t, l.Append(context.Background(), last, s.entries(300, 60_000))) // more than a window
	}
	runtime.GC()
	n := 0
	last, err := l.Replay(context.Background(), func(Recorded) error {
		if n++; n == 1 {
			time.Sleep(6 * time.Second) // the server gives up on a snapshot after five
		}
		return nil
	})
	require.NoError(t, err)
	require.EqualValues(t, 1200, last)
	require.Equal(t, 1200, n)
}

func TestReplayFromTheMiddle(t *testing.T) {
	ctx := context.Background()
	l, s := acme(t)
	fill(t, l, s, 50)
	for _, after := range []uint64{0, 1, 25, 49, 50} {
		next := after
		last, err := l.ReplayFrom(ctx, after, func(r Recorded) error { next++; require.Equal(t, next, r.Seq); return nil })
		require.NoError(t, err)
		require.EqualValues(t, 50, last)
		require.EqualValues(t, 50, next)
	}
	_, err := l.ReplayFrom(ctx, 51, func(Recorded) error { return nil })
	damaged(t, err, Short, 51)
}

func damaged(t *testing.T, err error, kind Kind, seq uint64) {
	t.Helper()
	require.ErrorIs(t, err, ErrDamaged)
	var d *DamageError
	require.ErrorAs(t, err, &d)
	assert.Equal(t, kind, d.Kind, err)
	assert.Equal(t, seq, d.Seq, err)
	assert.Equal(t, "acme", d.Ledger)
	assert.NotEmpty(t, d.What)
	assert.NotEmpty(t, d.Cure)
}

// loose is a log whose stream can be tampered with.
func loose(t *testing.T) (*Log, *scribe) {
	t.Helper()
	ctx := context.Background()
	l, s := acme(t)
	require.NoError(t, l.server.js.DeleteStream(ctx, "LEDGER_acme"))
	cfg := streamConfig("acme", 1)
	cfg.DenyDelete, cfg.DenyPurge = false, false
	var err error
	l.stream, err = l.server.js.CreateStream(ctx, cfg)
	require.NoError(t, err)
	return l, s
}

func TestDamageIsFound(t *testing.T) {
	ctx := context.Background()
	raw := func(t *testing.T, l *Log, data []byte) {
		_, err := l.server.js.Publish(ctx, "ledger.acme.x.y.z", data)
		require.NoError(t, err)
	}
	for name, c := range map[string]struct {
		kind   Kind
		seq    uint64
		damage func(t *testing.T, l *Log, s *scribe)
	}{
		"an entry deleted": {Gap, 7, func(t *testing.T, l *Log, _ *scribe) { require.NoError(t, l.stream.DeleteMsg(ctx, 7)) }},
		"the first entry deleted": {Gap, 1, func(t *testing.T, l *Log, _ *scribe) {
			require.NoError(t, l.stream.DeleteMsg(ctx, 1))
		}},
		"the last entry deleted": {Short, 20, func(t *testing.T, l *Log, _ *scribe) {
			require.NoError(t, l.stream.DeleteMsg(ctx, 20))
		}},
		"the first half purged": {Gap, 1, func(t *testing.T, l *Log, _ *scribe) {
			require.NoError(t, l.stream.Purge(ctx, jetstream.WithPurgeSequence(10)))
		}},
		"another ledger's entry": {Foreign, 21, func(t *testing.T, l *Log, s *scribe) {
			other := *s
			other.ledger = "other"
			raw(t, l, other.entry(1).Data)
		}},
		"an entry of another place": {Foreign, 21, func(t *testing.T, l *Log, s *scribe) { s.seq++; raw(t, l, s.entry(1).Data) }},
		"an entry twice": {Foreign, 21, func(t *testing.T, l *Log, s *scribe) {
			other := scribe{"acme", 19, s.prev}
			raw(t, l, other.entry(1).Data)
		}},
		"something else": {Foreign, 21, func(t *testing.T, l *Log, _ *scribe) { raw(t, l, []byte("hello")) }},
		"nothing":        {Foreign, 21, func(t *testing.T, l *Log, _ *scribe) { raw(t, l, nil) }},
		"a chain broken": {Broken, 21, func(t *testing.T, l *Log, s *scribe) {
			s.prev = string(bytes.Repeat([]byte("0"), 64))
			raw(t, l, s.entry(1).Data)
			raw(t, l, s.entry(1).Data)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			l, s := loose(t)
			fill(t, l, s, 20)
			c.damage(t, l, s)
			for way, replay := range replays {
				n := uint64(0)
				last, err := replay(ctx, l, func(r Recorded) error { n++; require.Equal(t, n, r.Seq); return nil })
				damaged(t, err, c.kind, c.seq)
				require.Equal(t, c.seq-1, n, "%s gives everything before the damage", way)
				require.Equal(t, n, last)
			}
			if c.kind != Short {
				damaged(t, l.Follow(ctx, 0, func(Recorded) error { return nil }), c.kind, c.seq)
			}
		})
	}
}

// blocks are the server's files of a ledger's acts.
func blocks(t *testing.T, dir string) []string { return blocksOf(t, dir, "LEDGER_acme") }

func blocksOf(t *testing.T, dir, stream string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "jetstream", "$G", "streams", stream, "msgs", "*.blk"))
	require.NoError(t, err)
	require.NotEmpty(t, names)
	return names
}

// spoil changes one byte of the file that holds text, near it, while no server has the file open.
func spoil(t *testing.T, dir, text string) { spoilIn(t, blocks(t, dir), text) }

func spoilIn(t *testing.T, files []string, text string) {
	t.Helper()
	for _, name := range files {
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		if at := bytes.Index(b, []byte(text)); at >= 0 {
			b[at+len(text)/2] ^= 1
			require.NoError(t, os.WriteFile(name, b, 0o600))
			return
		}
	}
	t.Fatalf("no file holds %q", text)
}
