package eventstore

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"testing"

	"github.com/klauspost/compress/s2"
	"github.com/nats-io/nats-server/v2/server/archive"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

func BenchmarkAppendOne(b *testing.B) {
	l, s := acme(b)
	ctx := context.Background()
	for b.Loop() {
		last := s.seq
		if err := l.Append(ctx, last, []Entry{s.entry(60)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBareJetStreamPublish is what AppendOne costs without this package: the same entries, stream and server.
func BenchmarkBareJetStreamPublish(b *testing.B) {
	l, s := acme(b)
	ctx := context.Background()
	for b.Loop() {
		e := s.entry(60)
		if _, err := l.server.js.Publish(ctx, e.Subject, e.Data); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkGroup is what groups of a few entries cost, one by one and as a batch: where BatchFrom lies.
func BenchmarkGroup(b *testing.B) {
	for _, n := range []int{2, 4, 8, 12, 16, 24} {
		for _, batch := range []bool{false, true} {
			b.Run(fmt.Sprintf("n=%d/batch=%v", n, batch), func(b *testing.B) {
				l, s := acme(b)
				ctx := context.Background()
				for b.Loop() {
					last := s.seq
					es := s.entries(n, 60)
					if batch {
						require.NoError(b, l.send(ctx, last, es))
						continue
					}
					for i := range es {
						require.NoError(b, l.send(ctx, last+uint64(i), es[i:i+1]))
					}
				}
			})
		}
	}
}

func BenchmarkAppendBatch1000(b *testing.B) {
	l, s := acme(b)
	ctx := context.Background()
	for b.Loop() {
		last := s.seq
		es := s.entries(1000, 60)
		if err := l.Append(ctx, last, es); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*1000)/b.Elapsed().Seconds(), "acts/s")
}

// BenchmarkBareAtomicBatch1000 is what AppendBatch1000 costs without this package.
func BenchmarkBareAtomicBatch1000(b *testing.B) {
	l, s := acme(b)
	ctx := context.Background()
	for b.Loop() {
		last := s.seq
		es := s.entries(1000, 60)
		msgs := make([]*nats.Msg, len(es))
		for i := range es {
			msgs[i] = &nats.Msg{Subject: es[i].Subject, Data: es[i].Data, Header: nats.Header{}}
		}
		msgs[0].Header.Set(jetstream.ExpectedLastSeqHeader, strconv.FormatUint(last, 10))
		if _, err := jetstreamext.PublishMsgBatch(ctx, l.server.js, msgs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*1000)/b.Elapsed().Seconds(), "acts/s")
}

const benched = 100_000

func replayed(b *testing.B) *Log {
	b.Helper()
	l, s := acme(b)
	fill(b, l, s, benched)
	b.ResetTimer()
	return l
}

func perAct(b *testing.B) {
	b.ReportMetric(float64(b.N)*benched/b.Elapsed().Seconds()/1e6, "Macts/s")
}

func BenchmarkReplaySnapshot(b *testing.B) {
	l := replayed(b)
	for b.Loop() {
		last, err := l.Replay(context.Background(), func(Recorded) error { return nil })
		require.NoError(b, err)
		require.EqualValues(b, benched, last)
	}
	perAct(b)
}

func BenchmarkReplayOrderedConsumer(b *testing.B) {
	l := replayed(b)
	for b.Loop() {
		last, err := l.ReplayFrom(context.Background(), 0, func(Recorded) error { return nil })
		require.NoError(b, err)
		require.EqualValues(b, benched, last)
	}
	perAct(b)
}

// BenchmarkDecodeSnapshotOnly is the least that a replay by snapshot can cost: receiving it and telling its messages
// apart, with this package's reader and with the server's; and receiving it alone.
func BenchmarkDecodeSnapshotOnly(b *testing.B) {
	for name, read := range map[string]func(io.Reader) error{
		"receive": func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err },
		"s2":      func(r io.Reader) error { _, err := io.Copy(io.Discard, s2.NewReader(r)); return err },
		"ours": func(r io.Reader) error {
			a := &archiveReader{in: s2.NewReader(r)}
			for {
				if _, err := a.next(); err != nil {
					return eof(err)
				}
			}
		},
		"theirs": func(r io.Reader) error {
			a := archive.NewReader(s2.NewReader(r))
			for {
				h, err := a.Next()
				if err != nil {
					return eof(err)
				}
				if _, err := io.ReadFull(a, make([]byte, h.HeaderSize+h.PayloadSize)); err != nil {
					return err
				}
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			l := replayed(b)
			for b.Loop() {
				inbox := l.server.nc.NewInbox()
				chunks := make(chan *nats.Msg, snapshotWindow/snapshotChunk+8)
				sub, err := l.server.nc.ChanSubscribe(inbox, chunks)
				require.NoError(b, err)
				_, err = l.askSnapshot(context.Background(), inbox)
				require.NoError(b, err)
				require.NoError(b, read(&chunkReader{ctx: context.Background(), nc: l.server.nc, chunks: chunks}))
				require.NoError(b, sub.Unsubscribe())
			}
			perAct(b)
		})
	}
}

func eof(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// BenchmarkPutAll is what an import of a thousand persons costs, beside putting them one by one.
func BenchmarkPutAll(b *testing.B) {
	for _, one := range []bool{false, true} {
		b.Run(fmt.Sprintf("onebyone=%v", one), func(b *testing.B) {
			l, _ := acme(b)
			n := 0
			for b.Loop() {
				values := map[string][]byte{}
				for range 1000 {
					n++
					values[fmt.Sprintf("key-%d", n)] = []byte("salt and name")
				}
				if !one {
					require.NoError(b, l.Personal().PutAll(context.Background(), values))
					continue
				}
				for k, v := range values {
					require.NoError(b, l.Personal().Put(context.Background(), k, v))
				}
			}
		})
	}
}

// BenchmarkFollow is how long after an append its entry is with a follower.
func BenchmarkFollow(b *testing.B) {
	l, s := acme(b)
	seen := make(chan uint64)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { _ = l.Follow(ctx, 0, func(r Recorded) error { seen <- r.Seq; return nil }) }()
	for b.Loop() {
		last := s.seq
		require.NoError(b, l.Append(ctx, last, []Entry{s.entry(60)}))
		require.Equal(b, s.seq, <-seen)
	}
}
