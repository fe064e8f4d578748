package eventstore

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPersonalValuesAreKeptOnce(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	p := l.Personal()
	_, err := p.Get(ctx, "ada_-")
	require.ErrorIs(t, err, ErrNotFound)
	for range 2 {
		require.NoError(t, p.Put(ctx, "ada_-", []byte("Ada")))
	}
	require.ErrorIs(t, p.Put(ctx, "ada_-", []byte("Bob")), ErrConflict)
	v, err := p.Get(ctx, "ada_-")
	require.NoError(t, err)
	require.Equal(t, "Ada", string(v))
	for _, key := range []string{"", "a.b", "a>", "a b", "*"} {
		require.ErrorIs(t, p.Put(ctx, key, []byte("x")), ErrInvalid)
		_, err = p.Get(ctx, key)
		require.ErrorIs(t, err, ErrNotFound)
	}
	require.ErrorIs(t, p.Put(ctx, "x", nil), ErrInvalid)
	require.ErrorIs(t, p.Put(ctx, "x", make([]byte, MaxEntry+1)), ErrInvalid)
	kv, err := l.server.js.KeyValue(ctx, "PERSONAL_acme") // as any client reads it
	require.NoError(t, err)
	e, err := kv.Get(ctx, "ada_-")
	require.NoError(t, err)
	require.Equal(t, "Ada", string(e.Value()))
	last, err := l.Last(ctx)
	require.NoError(t, err)
	require.Zero(t, last, "none of it is in the log")
}

func TestManyPersonalValues(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	p := l.Personal()
	none := func(string, []byte) error { t.Error("there is none"); return nil }
	require.NoError(t, p.All(ctx, none))
	values := map[string][]byte{}
	for i := range 2500 {
		values[fmt.Sprintf("key-%d", i)] = fmt.Appendf(nil, "value %d", i)
	}
	require.NoError(t, p.Put(ctx, "key-7", values["key-7"]))
	for range 2 { // with one that is there already, and with all
		require.NoError(t, p.PutAll(ctx, values))
	}
	got := map[string][]byte{}
	require.NoError(t, p.All(ctx, func(k string, v []byte) error { got[k] = v; return nil }))
	require.Equal(t, values, got)
	values["key-7"] = []byte("another")
	require.ErrorIs(t, p.PutAll(ctx, values), ErrConflict)
	var keys []string
	for k := range values {
		keys = append(keys, k)
	}
	require.NoError(t, p.Destroy(ctx, keys[:5]...))
	n := 0
	require.NoError(t, p.All(ctx, func(string, []byte) error { n++; return nil }))
	require.Equal(t, 2495, n)
}

// holds names the files below dir that hold text.
func holds(t *testing.T, dir, text string) (names []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		if bytes.Contains(b, []byte(text)) {
			names = append(names, name)
		}
		return err
	}))
	return names
}

func TestWhatIsDestroyedIsInNoFile(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	text := func(i int) string { return fmt.Sprintf("Countess no. %03d of Lovelace", i) }
	open1 := func() (*Server, *Personal) {
		s, err := Open(ctx, Config{Dir: dir})
		require.NoError(t, err)
		l, err := s.Open(ctx, "acme")
		if err != nil {
			l, err = s.Create(ctx, "acme")
		}
		require.NoError(t, err)
		return s, l.Personal()
	}
	s, p := open1()
	values := map[string][]byte{}
	for i := range 200 { // some one by one, some as a batch, some after a restart
		if i < 5 || i > 190 {
			require.NoError(t, p.Put(ctx, fmt.Sprint(i), []byte(text(i))))
			require.NoError(t, p.Put(ctx, fmt.Sprint(i), []byte(text(i))))
		} else {
			values[fmt.Sprint(i)] = []byte(text(i))
		}
	}
	require.NoError(t, p.PutAll(ctx, values))
	victims := []int{0, 1, 3, 50, 51, 190, 199}
	for round, n := range victims {
		if round == 3 {
			require.NoError(t, s.Close())
			s, p = open1()
		}
		require.NotEmpty(t, holds(t, dir, text(n)))
		require.NoError(t, p.Destroy(ctx, fmt.Sprint(n), "unknown"))
		require.NoError(t, p.Destroy(ctx, fmt.Sprint(n)), "again")
		require.Empty(t, holds(t, dir, text(n)), "%d", n)
		_, err := p.Get(ctx, fmt.Sprint(n))
		require.ErrorIs(t, err, ErrNotFound)
	}
	require.NoError(t, s.Close())
	for _, n := range victims {
		require.Empty(t, holds(t, dir, text(n)))
	}
	s, p = open1()
	defer func() { require.NoError(t, s.Close()) }()
	left := 0
	require.NoError(t, p.All(ctx, func(k string, v []byte) error {
		left++
		assert.NotContains(t, []string{"0", "1", "3", "50", "51", "190", "199"}, k)
		return nil
	}))
	require.Equal(t, 200-len(victims), left)
	require.NoError(t, p.Put(ctx, "0", []byte(text(0))), "it may be kept anew")
}

func TestFactABucketOfTheClientsMakingCannotErase(t *testing.T) {
	ctx := context.Background()
	s := open(t, Config{Dir: t.TempDir()})
	kv, err := s.js.CreateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: "theirs"})
	require.NoError(t, err)
	_, err = kv.Put(ctx, "k", []byte("the first text"))
	require.NoError(t, err)
	require.NoError(t, kv.Purge(ctx, "k"))
	require.NotEmpty(t, holds(t, s.cfg.Dir, "the first text"), "a purge leaves the text in the file")
	stream, err := s.js.Stream(ctx, "KV_theirs")
	require.NoError(t, err)
	require.Error(t, stream.SecureDeleteMsg(ctx, 1))
}
