package eventstore

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWhatWasAppendedOutlivesTheServer(t *testing.T) {
	dir, ctx := t.TempDir(), context.Background()
	sc := &scribe{ledger: "acme"}
	var want [][]byte
	for range 3 {
		s, err := Open(ctx, Config{Dir: dir})
		require.NoError(t, err)
		l, err := s.Open(ctx, "acme")
		if len(want) == 0 {
			require.ErrorIs(t, err, ErrNotFound)
			l, err = s.Create(ctx, "acme")
		}
		require.NoError(t, err)
		require.Equal(t, want, all(t, l))
		for _, n := range []int{1, 3, 40} {
			last := sc.seq
			es := sc.entries(n, 50)
			require.NoError(t, l.Append(ctx, last, es))
			for _, e := range es {
				want = append(want, e.Data)
			}
		}
		require.NoError(t, s.Close()) // and opened again at once
		require.NoError(t, s.Close(), "a second Close does nothing")
		require.ErrorIs(t, l.Append(ctx, sc.seq, (&scribe{ledger: "acme"}).entries(1, 1)), ErrUnavailable)
	}
}

func TestTheDirectoryIsMadeForThisUserAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	open(t, Config{Dir: dir})
	info, err := os.Stat(dir)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm())
}

func TestTheHolderOfTheDirectoryIsNamed(t *testing.T) {
	dir := t.TempDir()
	s := open(t, Config{Dir: dir})
	_, err := Open(context.Background(), Config{Dir: dir})
	require.ErrorIs(t, err, ErrLocked)
	assert.ErrorContains(t, err, "process "+strconv.Itoa(os.Getpid()))
	assert.ErrorContains(t, err, command())
	assert.ErrorContains(t, err, "Stop that process")
	var locked *LockedError
	require.ErrorAs(t, err, &locked)
	assert.Equal(t, dir, locked.Dir)
	require.NoError(t, s.Close())
	open(t, Config{Dir: dir})
}

func TestLedgersAreCreatedOnceAndListed(t *testing.T) {
	ctx := context.Background()
	s := open(t, Config{Dir: t.TempDir()})
	ids, err := s.Ledgers(ctx)
	require.NoError(t, err)
	assert.Empty(t, ids)
	for _, id := range []string{"b-2", "acme"} {
		_, err = s.Create(ctx, id)
		require.NoError(t, err)
	}
	_, err = s.Create(ctx, "acme")
	require.ErrorIs(t, err, ErrExists)
	for _, bad := range []string{"", "-a", "A", "a.b", "a>", "a b"} {
		_, err = s.Create(ctx, bad)
		require.ErrorIs(t, err, ErrInvalid, bad)
		_, err = s.Open(ctx, bad)
		require.ErrorIs(t, err, ErrInvalid, bad)
	}
	ids, err = s.Ledgers(ctx)
	require.NoError(t, err)
	assert.Equal(t, []string{"acme", "b-2"}, ids)
}

func TestOfManyThatCreateALedgerOneDoes(t *testing.T) {
	s := open(t, Config{Dir: t.TempDir()})
	errs := make(chan error)
	for range 8 {
		go func() { _, err := s.Create(context.Background(), "acme"); errs <- err }()
	}
	created := 0
	for range 8 {
		if err := <-errs; err == nil {
			created++
		} else {
			require.ErrorIs(t, err, ErrExists)
		}
	}
	require.Equal(t, 1, created)
}

func TestConfigThatContradictsItselfIsRefused(t *testing.T) {
	for _, cfg := range []Config{
		{}, {Dir: "x", URL: "nats://localhost"},
		{Dir: t.TempDir(), Listen: "0.0.0.0:0"}, {Dir: t.TempDir(), Listen: ":0"}, {Dir: t.TempDir(), Listen: "nowhere"},
		{Dir: t.TempDir(), Listen: "127.0.0.1:x"},
	} {
		_, err := Open(context.Background(), cfg)
		require.ErrorIs(t, err, ErrInvalid, "%+v", cfg)
	}
}

// all gives every entry's bytes.
func all(t testing.TB, l *Log) (data [][]byte) {
	t.Helper()
	last, err := l.Replay(context.Background(), func(r Recorded) error {
		data = append(data, r.Data)
		require.EqualValues(t, len(data), r.Seq)
		return nil
	})
	require.NoError(t, err)
	require.EqualValues(t, len(data), last)
	return data
}
