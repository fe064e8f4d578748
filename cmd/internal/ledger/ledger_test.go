package ledger

import (
	"context"
	"fmt"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"

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
