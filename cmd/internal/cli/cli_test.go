package cli

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary be the program: as `buckstop` in scripts and in tests that kill it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"buckstop": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		os.Exit(Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
	}})
}

// TestScripts runs the scripts, which show what each command does, its errors and exit codes among it. With UPDATE_SCRIPTS
// set, the outputs that they compare are written anew.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:                map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits},
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("BUCKSTOP_DATA", filepath.Join(e.WorkDir, "data"))
			return nil
		},
	})
}

// exits runs a command and demands its exit code: exits 6 buckstop record act.json.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT…]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		code = ended.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, not %d", code, want)
	}
}

// result is what became of one command line.
type result struct {
	code           int
	stdout, stderr string
}

// run runs a command line in this process, with no environment but HOME.
func run(t testing.TB, stdin string, args ...string) result {
	t.Helper()
	var out, err bytes.Buffer
	code := Run(t.Context(), args, strings.NewReader(stdin), &out, &err, func(string) string { return "" })
	return result{code, out.String(), err.String()}
}

// succeeds runs a command line that must end with exit code 0, and gives what it printed.
func succeeds(t testing.TB, stdin string, args ...string) string {
	t.Helper()
	r := run(t, stdin, args...)
	require.Zero(t, r.code, "buckstop %s\n%s", strings.Join(args, " "), r.stderr)
	return r.stdout
}

// shared gives a folder of the material for tests, which is not part of the repository.
func shared(t testing.TB, name string) string {
	dir := filepath.Join("..", "..", "..", "..", "shared", name)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is absent, and tests in CI need it", dir)
		}
		t.Skipf("%s is absent; this test needs it", dir)
	}
	return dir
}

// lines gives the lines of a text that are not empty.
func lines(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && !yield(line) {
				return
			}
		}
	}
}
