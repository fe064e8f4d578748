package eventstore

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The test binary is its own child: with this set it appends to the ledger in the directory named until it is killed.
// With the second set too it appends to the ledger's findings.
const (
	crashDir      = "EVENTSTORE_CRASH_DIR"
	crashFindings = "EVENTSTORE_CRASH_FINDINGS"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		until := appendUntilKilled
		if os.Getenv(crashFindings) != "" {
			until = sayUntilKilled
		}
		fmt.Fprintln(os.Stderr, until(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// appendUntilKilled appends groups of every size and tells, after each, up to where it was acknowledged.
func appendUntilKilled(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	l, err := s.Open(ctx, "acme")
	if err != nil {
		return err
	}
	sc := &scribe{ledger: "acme"}
	if _, err := l.Replay(ctx, func(r Recorded) error {
		sc.seq, sc.prev = r.Seq, fmt.Sprintf("%x", r.Leaf)
		return nil
	}); err != nil {
		return err
	}
	for i := 0; ; i++ {
		last := sc.seq
		if err := l.Append(ctx, last, sc.entries([]int{300, 1, 5, 40, 1000}[i%5], 40)); err != nil {
			return err
		}
		fmt.Println(sc.seq)
	}
}

func TestAKillInTheMiddleLosesNothingAcknowledged(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	require.NoError(t, err)
	_, err = s.Create(ctx, "acme")
	require.NoError(t, err)
	require.NoError(t, s.Close())
	for round := range 8 {
		acked := crash(t, dir, time.Duration(60+37*round)*time.Millisecond)
		s, err := Open(ctx, Config{Dir: dir})
		require.NoError(t, err, "the lock went with the process")
		l, err := s.Open(ctx, "acme")
		require.NoError(t, err)
		for name, replay := range replays {
			last, err := replay(ctx, l, func(Recorded) error { return nil })
			require.NoError(t, err, name)
			require.GreaterOrEqual(t, last, acked, name)
			require.LessOrEqual(t, last, acked+1000, name)
		}
		require.NoError(t, s.Close())
	}
}

// crash runs a child for a while after its first acknowledgement, kills it, and gives what was acknowledged last.
func crash(t *testing.T, dir string, after time.Duration) (acked uint64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir)
	var errs strings.Builder
	child.Stderr = &errs
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, err := fmt.Sscan(lines.Text(), &acked)
		require.NoError(t, err)
		if after > 0 {
			time.AfterFunc(after, func() { _ = child.Process.Kill() })
			after = 0
		}
	}
	_ = child.Wait()
	require.NotZero(t, acked, errs.String())
	return acked
}
