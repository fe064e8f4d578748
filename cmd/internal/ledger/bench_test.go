package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"testing"
	"time"

	"buckstop/cmd/internal/synthetic"
	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/klauspost/compress/s2"
	"github.com/nats-io/nats-server/v2/server/archive"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// TestMain collects garbage as seldom as the program does.
func TestMain(m *testing.M) {
	Tune()
	os.Exit(m.Run())
}

// imported is how many acts the benchmarks here import and replay.
const imported = 100_000

// begun gives a ledger in which a synthetic organization has been founded, its store, and the history that goes on.
func begun(b *testing.B, n int) (*Ledger, *eventstore.Server, *synthetic.History) {
	store := openStore(b, b.TempDir())
	b.Cleanup(func() { store.Close() })
	l, err := New(context.Background(), store, "synthetic", Options{})
	require.NoError(b, err)
	b.Cleanup(l.Close)
	h := synthetic.New(imported, 1)
	importActs(b, l, h, n)
	return l, store, h
}

// importActs records acts as `buckstop import` does: many on their way at once.
func importActs(b *testing.B, l *Ledger, h *synthetic.History, n int) {
	importTexts(b, l, textsOf(h, n))
}

func textsOf(h *synthetic.History, n int) [][]byte {
	texts := make([][]byte, n)
	for i := range texts {
		texts[i] = h.Next()
	}
	return texts
}

func importTexts(b *testing.B, l *Ledger, texts [][]byte) {
	pending := make(chan (<-chan Result), 4000)
	failed := make(chan error, 1)
	go func() {
		defer close(failed)
		for r := range pending {
			if r := <-r; r.Err != nil {
				failed <- r.Err
				return
			}
		}
	}()
	for _, t := range texts {
		pending <- l.Submit("operator", t)
	}
	close(pending)
	if err := <-failed; err != nil {
		b.Fatal(err)
	}
}

// bare makes a stream like a ledger's, for publishing without buckstop.
func bare(b *testing.B, store *eventstore.Server) jetstream.JetStream {
	js, err := jetstream.New(store.Conn())
	require.NoError(b, err)
	like, err := js.Stream(context.Background(), "LEDGER_synthetic")
	require.NoError(b, err)
	c := like.CachedInfo().Config
	c.Name, c.Subjects = "BARE", []string{"bare.>"}
	_, err = js.CreateStream(context.Background(), c)
	require.NoError(b, err)
	return js
}

// BenchmarkRecordOne records acts one after the other, each on disk before the next; its peer publishes the bytes of as
// many acts synchronously to a stream of the same settings on the same server.
func BenchmarkRecordOne(b *testing.B) {
	ctx := context.Background()
	b.Run("buckstop", func(b *testing.B) {
		l, _, h := begun(b, 10_000)
		texts := make([][]byte, b.N)
		for i := range texts {
			texts[i] = h.Next()
		}
		b.ResetTimer()
		for _, t := range texts {
			if _, err := l.Record(ctx, "operator", t); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		l, store, _ := begun(b, 10_000)
		js := bare(b, store)
		stored := readAll(b, l)
		b.ResetTimer()
		for i := range b.N {
			if _, err := js.Publish(ctx, "bare.decision.taken.s1", stored[i%len(stored)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func readAll(b *testing.B, l *Ledger) [][]byte {
	var stored [][]byte
	_, err := l.log.Replay(context.Background(), func(r eventstore.Recorded) error {
		stored = append(stored, r.Data)
		return nil
	})
	require.NoError(b, err)
	return stored
}

// BenchmarkImport records 100,000 acts through the rules, in durable groups; its peer publishes the same stored bytes in
// atomic batches of 1,000, one after the other.
func BenchmarkImport(b *testing.B) {
	ctx := context.Background()
	perSecond := func(b *testing.B) {
		b.ReportMetric(float64(b.N)*imported/b.Elapsed().Seconds(), "acts/s")
	}
	b.Run("buckstop", func(b *testing.B) {
		for range b.N {
			b.StopTimer()
			store := openStore(b, b.TempDir())
			l, err := New(ctx, store, "synthetic", Options{})
			require.NoError(b, err)
			texts := textsOf(synthetic.New(imported, 1), imported)
			b.StartTimer()
			importTexts(b, l, texts)
			b.StopTimer()
			l.Close()
			require.NoError(b, store.Close())
			b.StartTimer()
		}
		perSecond(b)
	})
	b.Run("bare", func(b *testing.B) {
		b.StopTimer()
		l, _, _ := begun(b, imported)
		stored := readAll(b, l)
		for range b.N {
			store := openStore(b, b.TempDir())
			l, err := New(ctx, store, "synthetic", Options{})
			require.NoError(b, err)
			importActs(b, l, synthetic.New(imported, 1), 1)
			js := bare(b, store)
			b.StartTimer()
			for from := 0; from < imported; from += eventstore.MaxBatch {
				msgs := make([]*nats.Msg, eventstore.MaxBatch)
				for i := range msgs {
					msgs[i] = &nats.Msg{Subject: "bare.decision.taken.s1", Data: stored[from+i], Header: nats.Header{}}
				}
				msgs[0].Header.Set(jetstream.ExpectedLastSeqHeader, strconv.Itoa(from))
				if _, err := jetstreamext.PublishMsgBatch(ctx, js, msgs); err != nil {
					b.Fatal(err)
				}
			}
			b.StopTimer()
			l.Close()
			require.NoError(b, store.Close())
		}
		b.StartTimer()
		perSecond(b)
	})
}

// BenchmarkReplay opens a ledger of 100,000 acts until it can answer and record. Its peers take the same snapshot of the
// same stream: "decode" reads, checks and decodes every act and folds none; "snapshot" only tells the messages apart, with
// the server's own archive reader.
func BenchmarkReplay(b *testing.B) {
	ctx := context.Background()
	_, store, _ := begun(b, imported)
	perSecond := func(b *testing.B) {
		b.ReportMetric(float64(b.N)*imported/b.Elapsed().Seconds(), "acts/s")
	}
	b.Run("buckstop", func(b *testing.B) {
		for range b.N {
			l, err := Open(ctx, store, "synthetic", Options{})
			require.NoError(b, err)
			b.StopTimer()
			require.EqualValues(b, imported, l.Last())
			l.Close()
			b.StartTimer()
		}
		perSecond(b)
	})
	b.Run("decode", func(b *testing.B) {
		l, err := Open(ctx, store, "synthetic", Options{})
		require.NoError(b, err)
		defer l.Close()
		b.ResetTimer()
		for range b.N {
			require.Equal(b, imported, decodeActs(b, l))
		}
		perSecond(b)
	})
	b.Run("snapshot", func(b *testing.B) {
		for range b.N {
			require.Equal(b, imported, decodeSnapshot(b, store.Conn()))
		}
		perSecond(b)
	})
}

// decodeActs replays the record as far as acts that could be folded.
func decodeActs(b *testing.B, l *Ledger) int {
	received, read := make(chan []eventstore.Recorded, 4), make(chan []domain.Stored, 4)
	failed := make(chan error, 2)
	go func() { failed <- readParts(received, read) }()
	go func() {
		var part []eventstore.Recorded
		_, err := l.log.Replay(context.Background(), func(r eventstore.Recorded) error {
			if part = append(part, r); len(part) == 512 {
				received <- part
				part = nil
			}
			return nil
		})
		received <- part
		close(received)
		failed <- err
	}()
	n := 0
	for part := range read {
		n += len(part)
	}
	require.NoError(b, <-failed)
	require.NoError(b, <-failed)
	return n
}

// decodeSnapshot receives a snapshot of the stream and counts its messages.
func decodeSnapshot(b *testing.B, nc *nats.Conn) int {
	inbox := nc.NewInbox()
	chunks := make(chan *nats.Msg, 64)
	sub, err := nc.ChanSubscribe(inbox, chunks)
	require.NoError(b, err)
	defer sub.Unsubscribe()
	ask, err := json.Marshal(map[string]any{"deliver_subject": inbox, "no_consumers": true, "chunk_size": 256 << 10, "window_size": 8 << 20})
	require.NoError(b, err)
	_, err = nc.Request("$JS.API.STREAM.SNAPSHOT.LEDGER_synthetic", ask, 5*time.Second)
	require.NoError(b, err)
	r, w := io.Pipe()
	go func() {
		for m := range chunks {
			if len(m.Data) == 0 {
				break
			}
			w.Write(m.Data)
			if m.Reply != "" {
				nc.Publish(m.Reply, nil)
			}
		}
		w.Close()
	}()
	a := archive.NewReader(s2.NewReader(r))
	n := 0
	for {
		h, err := a.Next()
		if err == io.EOF {
			return n
		}
		require.NoError(b, err)
		if _, err := io.ReadFull(a, make([]byte, h.HeaderSize+h.PayloadSize)); err != nil {
			b.Fatal(fmt.Errorf("message %d: %w", n, err))
		}
		if h.Sequence > 0 {
			n++
		}
	}
}
