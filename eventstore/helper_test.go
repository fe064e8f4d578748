package eventstore

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// scribe makes chained entries as the ledger's writer does.
type scribe struct {
	ledger string
	seq    uint64
	prev   string
}

// entry makes the next entry, whose act holds size bytes of text.
func (s *scribe) entry(size int) Entry {
	s.seq++
	act := fmt.Sprintf(`{"type":"decision.taken","effective":"2026-03-01T00:00:00Z","by":"board","data":{"id":"d%d","summary":%q}}`,
		s.seq, strings.Repeat("x", size))
	e := domain.Envelope{
		ID: fmt.Sprintf("018f2f0a-7f2b-7c1e-9b59-%012d", s.seq), Ledger: s.ledger, Type: "decision.taken", Version: 1,
		Subject: "aims", Recorded: time.Date(2026, 3, 9, 10, 12, 0, int(s.seq%1e9), time.UTC), Seq: s.seq,
		RecordedBy: "p-7f3a", Prev: s.prev, Act: []byte(act),
	}
	data := e.Append(nil)
	leaf := domain.LeafHash(data)
	s.prev = hex.EncodeToString(leaf[:])
	return Entry{Subject: fmt.Sprintf("ledger.%s.decision.taken.aims-%d", s.ledger, s.seq%50), Data: data}
}

func (s *scribe) entries(n, size int) []Entry {
	out := make([]Entry, n)
	for i := range out {
		out[i] = s.entry(size)
	}
	return out
}

func open(t testing.TB, cfg Config) *Server {
	t.Helper()
	s, err := Open(context.Background(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// acme is an empty ledger in a directory of its own, and the scribe of its entries.
func acme(t testing.TB) (*Log, *scribe) {
	t.Helper()
	l, err := open(t, Config{Dir: t.TempDir()}).Create(context.Background(), "acme")
	require.NoError(t, err)
	return l, &scribe{ledger: "acme"}
}

// fill appends n entries of about 450 bytes.
func fill(t testing.TB, l *Log, s *scribe, n int) {
	t.Helper()
	for n > 0 {
		group := min(n, MaxBatch)
		last := s.seq
		require.NoError(t, l.Append(context.Background(), last, s.entries(group, 60)))
		n -= group
	}
}
