package cli

import (
	"os"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func TestColoursAreForTerminalsThatWantThem(t *testing.T) {
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skipf("no terminal can be had here: %v", err)
	}
	defer func() { _ = terminal.Close() }()
	env := func(vars map[string]string) func(string) string {
		return func(name string) string { return vars[name] }
	}
	require.True(t, newScreen(terminal, env(nil)).colours)
	require.False(t, newScreen(terminal, env(map[string]string{"NO_COLOR": "1"})).colours)
	require.False(t, newScreen(terminal, env(map[string]string{"TERM": "dumb"})).colours)
	file, err := os.Create(t.TempDir() + "/file")
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	plain := newScreen(file, env(nil))
	require.False(t, plain.colours)
	require.Equal(t, "words", plain.bold("words"))
}

func TestDaysAreWrittenInTheLedgersZone(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	c := calendar{london}
	at := func(s string) domain.Instant {
		i, _, err := domain.ParseInstant(s, london)
		require.NoError(t, err)
		return i
	}
	require.Equal(t, "1 July 2026", c.day(at("2026-07-01")))
	require.Equal(t, "1 July 2026", c.day(at("2026-06-30T23:00:00Z")))
	require.Equal(t, "1 July 2026, 01:00 BST", c.day(at("2026-07-01T00:00:00Z")))
	require.Equal(t, "1 March 2026, 09:30:05 GMT", c.day(at("2026-03-01T09:30:05.5Z")))
	require.Equal(t, "through 29 February 2028", c.through(at("2028-03-01")))
	require.Equal(t, "through 28 March 2026", c.through(at("2026-03-29")))
	require.Equal(t, "until 1 March 2026, 12:00 GMT", c.through(at("2026-03-01T12:00:00Z")))
	require.Equal(t, "the beginning", c.day(domain.Beginning))
	// Where clocks skip midnight the day begins later.
	santiago, err := time.LoadLocation("America/Santiago")
	require.NoError(t, err)
	gap, _, err := domain.ParseInstant("2022-09-11", santiago)
	require.NoError(t, err)
	require.Equal(t, "11 September 2022", calendar{santiago}.day(gap))
	require.Equal(t, "through 10 September 2022", calendar{santiago}.through(gap))
}

func TestNumbersAndListsAreWrittenForPeople(t *testing.T) {
	for in, want := range map[string]string{"1": "1", "999": "999", "1000": "1,000", "1234567.89": "1,234,567.89", "-1000": "-1,000", "-100": "-100"} {
		require.Equal(t, want, grouped(in))
	}
	require.Equal(t, "", listed(nil))
	require.Equal(t, "a", listed([]string{"a"}))
	require.Equal(t, "a, b and c", listed([]string{"a", "b", "c"}))
	require.Equal(t, "nats://…@host:4222,…@other", redacted("nats://user:secret@host:4222,token@other"))
}
