package cli

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/eventstore"

	"github.com/stretchr/testify/require"
)

// TestOthersRecordWhileAWatchFollowsThroughNATS has two programs at one JetStream, which a data directory does not allow.
func TestOthersRecordWhileAWatchFollowsThroughNATS(t *testing.T) {
	server, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	require.NoError(t, err)
	defer func() { _ = server.Close() }()

	r := run(t, "", "init", "acme", "--nats", server.ListenURL(), "--organization", "Acme", "--governing-body", "board")
	require.Equal(t, exitUnavailable, r.code, "nothing shows that this server syncs")
	require.Contains(t, r.stderr, "unavailable: UNSYNCED: ")

	there := []string{"--nats", server.ListenURL(), "--allow-unsynced"}
	succeeds(t, "", append(there, "init", "acme", "--organization", "Acme", "--governing-body", "board",
		"--effective", "2026-01-01")...)
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	watched, complaints := &safeBuffer{}, &safeBuffer{}
	ended := make(chan int)
	go func() {
		ended <- Run(ctx, append(there, "watch", "scope.>", "--count", "2", "--json"), strings.NewReader(""), watched, complaints,
			func(string) string { return "" })
	}()
	for _, id := range []string{"aims", "finance"} {
		succeeds(t, `{"type":"scope.defined","effective":"2026-01-01","by":"board","data":{"id":"`+id+`","name":"A scope"}}`,
			append(there, "record", "-")...)
	}
	require.Zero(t, <-ended, complaints.String())
	acts := decodeLines[struct{ Seq, Subject, Type string }](t, watched.String())
	require.Len(t, acts, 2)
	require.Equal(t, "aims", acts[0].Subject)
	require.Equal(t, "3", acts[1].Seq)
	require.Equal(t, "buckstop.scope.defined.v1", acts[1].Type)
}

// safeBuffer is a buffer that two goroutines may use.
type safeBuffer struct {
	mu sync.Mutex
	b  strings.Builder
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
