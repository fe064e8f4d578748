package ledger

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func openStore(t testing.TB, dir string) *eventstore.Server {
	s, err := eventstore.Open(context.Background(), eventstore.Config{Dir: dir})
	require.NoError(t, err)
	return s
}

func act(id, typ, effective, by, data string) []byte {
	return fmt.Appendf(nil, `{"id":%q,"type":%q,"effective":%q,"by":%q,"data":%s}`, id, typ, effective, by, data)
}

func TestWhatIsRecordedIsAnsweredAlsoAfterARestart(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	store := openStore(t, dir)
	l, err := New(ctx, store, "acme", Options{})
	require.NoError(t, err)
	for _, a := range [][]byte{
		act("a1", "ledger.opened", "2026-01-01", "board", `{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`),
		act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`),
		act("a3", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"ada"}`),
	} {
		_, err := l.Record(ctx, "operator", a)
		require.NoError(t, err)
	}
	first, err := l.Record(ctx, "operator", act("a3", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"ada"}`))
	require.NoError(t, err)
	require.True(t, first.Known)
	require.EqualValues(t, 3, first.Seq)
	l.Close()
	require.NoError(t, store.Close())

	store = openStore(t, dir)
	defer store.Close()
	l, err = Open(ctx, store, "acme", Options{})
	require.NoError(t, err)
	defer l.Close()
	again, err := l.Record(ctx, "operator", act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`))
	require.NoError(t, err)
	require.True(t, again.Known)
	_, err = l.Record(ctx, "operator", act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada O."}`))
	require.Equal(t, domain.DuplicateID, domain.CodeOf(err))
	require.NoError(t, l.Ask(domain.InstantOf(time.Now()), 0, func(v *domain.View) error {
		s, err := projections.AskSeats(v, "board")
		require.NoError(t, err)
		require.Len(t, s.Occupants, 1)
		require.Equal(t, "Ada Okafor", s.Occupants[0].Name.Plain)
		return err
	}))
}

func opened(t testing.TB, store *eventstore.Server) *Ledger {
	l, err := New(context.Background(), store, "acme", Options{})
	require.NoError(t, err)
	t.Cleanup(l.Close)
	_, err = l.Record(context.Background(), "operator", act("a1", "ledger.opened", "2026-01-01", "board", `{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`))
	require.NoError(t, err)
	return l
}

// recordMany records n roles from many goroutines, half of them one by one and half many at once, and gives the receipts.
func recordMany(t *testing.T, l *Ledger, name string, n int) []Receipt {
	receipts := make([]Receipt, n)
	var wait sync.WaitGroup
	for g := range 16 {
		wait.Go(func() {
			var sent []<-chan Result
			var of []int
			for i := g; i < n; i += 16 {
				id := fmt.Sprintf("%s-%d", name, i)
				text := act(id, "role.established", "2026-02-01", "board", fmt.Sprintf(`{"id":%q,"name":"Role"}`, id))
				if g%2 == 0 {
					sent, of = append(sent, l.Submit("operator", text)), append(of, i)
					continue
				}
				r, err := l.Record(context.Background(), "operator", text)
				if assert.NoError(t, err) {
					receipts[i] = r
				}
			}
			for k, s := range sent {
				r := <-s
				if assert.NoError(t, r.Err) {
					receipts[of[k]] = r.Receipt
				}
			}
		})
	}
	wait.Wait()
	return receipts
}

func TestActsRecordedAtOnceGetOnePlaceEach(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	seen := map[uint64]bool{}
	for _, r := range recordMany(t, l, "r", 1000) {
		require.False(t, seen[r.Seq], "two acts have the number %d", r.Seq)
		seen[r.Seq] = true
		stored, err := l.Stored(context.Background(), r.Seq)
		require.NoError(t, err)
		require.Equal(t, r.Leaf, leafText(domain.LeafHash(stored)))
	}
	require.EqualValues(t, 1001, l.Last())
	again, err := Open(context.Background(), store, "acme", Options{})
	require.NoError(t, err)
	defer again.Close()
	require.EqualValues(t, 1001, again.Last())
}

func TestTwoWritersOfOneLedgerAreFencedAndBothCatchUp(t *testing.T) {
	server := openStore(t, t.TempDir())
	defer server.Close()
	one := opened(t, server)
	two, err := Open(context.Background(), server, "acme", Options{})
	require.NoError(t, err)
	defer two.Close()
	var wait sync.WaitGroup
	seen := make([][]Receipt, 2)
	for i, l := range []*Ledger{one, two} {
		wait.Go(func() { seen[i] = recordMany(t, l, fmt.Sprintf("w%d", i), 200) })
	}
	wait.Wait()
	all := map[uint64]string{}
	for _, r := range append(seen[0], seen[1]...) {
		require.Empty(t, all[r.Seq])
		all[r.Seq] = r.ID
	}
	last, err := one.log.Last(context.Background())
	require.NoError(t, err)
	require.EqualValues(t, 401, last)
	again, err := Open(context.Background(), server, "acme", Options{})
	require.NoError(t, err)
	defer again.Close()
	require.EqualValues(t, 401, again.Last())
}

func TestAnErasedPersonIsNamedNoMoreAndTheRecordStaysWhole(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	store := openStore(t, dir)
	l := opened(t, store)
	for _, a := range [][]byte{
		act("a2", "party.registered", "2026-01-01", "board", `{"id":"ada","kind":"person","name":"Ada Okafor"}`),
		act("a3", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"ada"}`),
		act("a4", "person.erased", "2026-06-01", "board", `{"person":"ada"}`),
	} {
		_, err := l.Record(ctx, "operator", a)
		require.NoError(t, err)
	}
	named := func(l *Ledger) (name domain.Text) {
		require.NoError(t, l.Ask(domain.InstantOf(time.Now()), 0, func(v *domain.View) error {
			s, err := projections.AskSeats(v, "board")
			name = s.Occupants[0].Name.Text
			return err
		}))
		return name
	}
	require.True(t, named(l).Erased)
	again, err := Open(ctx, store, "acme", Options{})
	require.NoError(t, err)
	defer again.Close()
	require.True(t, named(again).Erased)
	require.EqualValues(t, 4, again.Last())
}

func TestARehearsalTakesNothingBackThatIsBeingRecorded(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	done := make(chan struct{})
	go func() {
		defer close(done)
		recordMany(t, l, "r", 400)
	}()
	for n := 0; ; n++ {
		select {
		case <-done:
			require.EqualValues(t, 401, l.Last())
			again, err := Open(context.Background(), store, "acme", Options{})
			require.NoError(t, err)
			defer again.Close()
			require.EqualValues(t, 401, again.Last())
			return
		default:
		}
		id, once := fmt.Sprintf("rehearsed-%d", n), true
		l.Rehearse("operator", func() ([]byte, bool) {
			defer func() { once = false }()
			return act(id, "role.established", "2026-02-01", "board", fmt.Sprintf(`{"id":%q,"name":"Role"}`, id)), once
		}, func(r Result) { assert.NoError(t, r.Err) })
	}
}
