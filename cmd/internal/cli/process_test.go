package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"buckstop/cmd/internal/synthetic"

	"github.com/stretchr/testify/require"
)

// child starts the program as another process.
func child(t *testing.T, args ...string) (*exec.Cmd, io.Reader, *safeBuffer) {
	t.Helper()
	cmd := exec.Command("buckstop", args...)
	cmd.Env = append(os.Environ(), "BUCKSTOP_DATA=", "BUCKSTOP_LEDGER=", "BUCKSTOP_NATS=")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	complaints := &safeBuffer{}
	cmd.Stderr = complaints
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd, out, complaints
}

// generated writes a file of n acts, of which one in three comes without an id.
func generated(t *testing.T, n int) string {
	var b bytes.Buffer
	history := synthetic.New(n, 1)
	for i := range n {
		line := history.Next()
		var a map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(line, &a))
		if bytes.Contains(line, []byte(`"measure.reported"`)) && i%3 == 0 {
			delete(a, "id")
			line, _ = json.Marshal(a)
		}
		b.Write(line)
		b.WriteByte('\n')
	}
	file := filepath.Join(t.TempDir(), "acts.jsonl")
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
	return file
}

func TestImportKilledAtAnyPointIsFinishedByRunningItAgain(t *testing.T) {
	const n = 10_000
	file, data := generated(t, n), t.TempDir()
	args := []string{"--data", data, "--ledger", "synthetic", "--json", "import", file}
	// Often enough, and later and later, for some of them to be killed with part of the file recorded.
	killed, halfway, before := 0, 0, 0
	for try := 0; try < 25 && halfway < 8; try++ {
		cmd, out, _ := child(t, args...)
		go func() { _, _ = io.Copy(io.Discard, out) }()
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		select {
		case <-time.After(time.Duration(30+10*try+rand.IntN(60)) * time.Millisecond):
			require.NoError(t, cmd.Process.Kill())
			<-ended
			killed++
		case err := <-ended:
			require.NoError(t, err)
		}
		if r := run(t, "", "--data", data, "--ledger", "synthetic", "--json", "log", "--limit", "1"); r.code == 0 {
			last := decodeLines[struct{ Seq int }](t, r.stdout)
			require.Len(t, last, 1)
			require.GreaterOrEqual(t, last[0].Seq, before, "nothing recorded is lost")
			if last[0].Seq > before && last[0].Seq < n {
				halfway++
			}
			before = last[0].Seq
		}
		if before == n {
			break
		}
	}
	require.NotZero(t, halfway, "no import was killed in its middle")

	type summary struct{ Recorded, Known, Refused, Malformed, Failed int }
	var last, again summary
	require.NoError(t, json.Unmarshal([]byte(succeeds(t, "", args...)), &last))
	require.Equal(t, n, last.Recorded+last.Known)
	require.NoError(t, json.Unmarshal([]byte(succeeds(t, "", args...)), &again))
	require.Equal(t, summary{Known: n}, again)

	// Every act is there once, in the order of the file, and the numbers are dense. Reading it checked the chain.
	entries := decodeLines[struct {
		Seq      uint64
		Type, ID string
	}](t, succeeds(t, "", "--data", data, "--json", "log"))
	require.Len(t, entries, n)
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	i := 0
	for line := range lines(string(b)) {
		g := gistOf([]byte(line))
		require.EqualValues(t, i+1, entries[i].Seq)
		require.Equal(t, g.Type, entries[i].Type)
		if g.ID != "" {
			require.Equal(t, g.ID, entries[i].ID)
		}
		i++
	}
	t.Logf("killed %d times, %d of them with more recorded than before; %d acts were recorded before the last run", killed, halfway, before)
}

func TestADirectoryInUseNamesItsHolderAndAWatchEndsWellWhenInterrupted(t *testing.T) {
	data := t.TempDir()
	succeeds(t, "", "--data", data, "init", "acme", "--organization", "Acme", "--governing-body", "board")
	cmd, out, complaints := child(t, "watch", "--data", data)
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err, complaints.String())
	require.Contains(t, line, "ledger.opened  organization  by board")

	r := run(t, "", "--data", data, "who", "organization")
	require.Equal(t, exitUnavailable, r.code)
	require.Regexp(t, fmt.Sprintf(`^unavailable: LOCKED: the data directory %s is in use by process %d \(buckstop watch\) since `, data, cmd.Process.Pid), r.stderr)
	r = run(t, "", "--data", data, "--json", "record", "-")
	require.Equal(t, exitUsage, r.code, "there is nothing to record")
	r = run(t, `{"type":"scope.defined","effective":"2026-01-01","by":"board","data":{"id":"x","name":"X"}}`, "--data", data, "--json", "record", "-")
	require.Equal(t, exitUnavailable, r.code)
	require.Contains(t, r.stderr, `"code":"LOCKED"`)

	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.NoError(t, cmd.Wait(), "an interrupted watch ends with exit code 0: %s", complaints)
	require.Empty(t, complaints.String())
	succeeds(t, "", "--data", data, "who", "organization")
}

func TestAnInterruptedImportSaysWhatIsRecordedAndHowToGoOn(t *testing.T) {
	const n = 100_000
	file, data := generated(t, n), t.TempDir()
	cmd, out, complaints := child(t, "import", "--data", data, "--ledger", "synthetic", file, "--json")
	stream := filepath.Join(data, "jetstream", "$G", "streams", "LEDGER_synthetic")
	require.Eventually(t, func() bool { _, err := os.Stat(stream); return err == nil }, time.Minute, 5*time.Millisecond)
	time.Sleep(50 * time.Millisecond)
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	b, err := io.ReadAll(out)
	require.NoError(t, err)
	require.Error(t, cmd.Wait())
	require.Equal(t, exitFailure, cmd.ProcessState.ExitCode())
	var sum struct {
		Interrupted bool
		Recorded    int
		Last        uint64
	}
	require.NoError(t, json.Unmarshal(b, &sum), string(b))
	require.True(t, sum.Interrupted)
	require.Less(t, sum.Recorded, n)
	require.EqualValues(t, sum.Recorded, sum.Last)
	require.Contains(t, complaints.String(), `"code":"INTERRUPTED"`)
	last := decodeLines[struct{ Seq uint64 }](t, succeeds(t, "", "--data", data, "--json", "log", "--limit", "1"))
	require.Equal(t, sum.Last, last[0].Seq, "all that was on its way is counted")
}
