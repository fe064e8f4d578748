package ledger

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func refusedOf(t *testing.T, l *Ledger, q RefusedQuery) []Refused {
	t.Helper()
	all, err := l.Refused(context.Background(), q)
	require.NoError(t, err)
	return all
}

func role(id, name string) []byte {
	return act(id, "role.established", "2026-02-01", "board", fmt.Sprintf(`{"id":%q,"name":%q}`, id, name))
}

func TestARefusedAttemptIsKeptAndPublishedAndLeavesTheLedgerAsItWas(t *testing.T) {
	ctx := context.Background()
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	sub, err := store.Conn().SubscribeSync("refused.acme.>") // as any NATS client would
	require.NoError(t, err)
	require.Empty(t, refusedOf(t, l, RefusedQuery{}))
	before := time.Now()
	for _, c := range []struct {
		code      domain.Code
		principal string
		text      []byte
	}{
		{domain.NotEntitled, "mallory", role("r1", "Role")},
		{domain.UnknownParty, "operator", act("x1", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"nobody"}`)},
		{domain.DuplicateID, "operator", act("a1", "role.established", "2026-01-01", "board", `{"id":"r1","name":"Role"}`)},
		{domain.Invalid, "operator", []byte(`{"id":"x2","type":"role.established","by":"board","data":{}}`)},
		{domain.Invalid, "operator", []byte(`{"id":"x2","ty`)},
	} {
		_, err := l.Record(ctx, c.principal, c.text)
		var why *domain.Refusal
		require.ErrorAs(t, err, &why)
		require.Equal(t, c.code, why.Code)
		m, err := sub.NextMsg(time.Second)
		require.NoError(t, err)
		require.Equal(t, "refused.acme."+string(c.code), m.Subject)
		var event map[string]any
		require.NoError(t, json.Unmarshal(m.Data, &event))
		require.Equal(t, "1.0", event["specversion"])
		require.Equal(t, "/ledgers/acme", event["source"])
		require.Equal(t, "buckstop.refused.v1", event["type"])
		require.Equal(t, c.principal, event["recordedby"])
		require.Equal(t, m.Header.Get("Nats-Msg-Id"), event["id"])
		require.Equal(t, string(c.code), event["data"].(map[string]any)["code"])
	}
	_, err = sub.NextMsg(50 * time.Millisecond)
	require.ErrorIs(t, err, nats.ErrTimeout, "each once")
	require.EqualValues(t, 1, l.Last())
	read(t, store, l, before)
}

// read reads back what TestARefusedAttemptIsKeptAndPublishedAndLeavesTheLedgerAsItWas tried since before.
func read(t *testing.T, store *eventstore.Server, l *Ledger, before time.Time) {
	t.Helper()
	ctx := context.Background()
	all := refusedOf(t, l, RefusedQuery{})
	require.Len(t, all, 5)
	first := all[0]
	require.Equal(t, Refused{ID: first.ID, Time: first.Time, RecordedBy: "mallory", Attempted: Attempted{
		Code: domain.NotEntitled, Path: first.Path, Message: first.Message, Cure: first.Cure, Type: "role.established", By: "board",
		ActID: "r1", Act: role("r1", "Role"),
	}}, first)
	require.WithinRange(t, first.Time, before, time.Now())
	require.Equal(t, time.UTC, first.Time.Location())
	for _, malformed := range all[3:] {
		require.Nil(t, malformed.Act, "nothing is kept of what cannot be read")
		require.Len(t, malformed.SHA256, 64)
		require.NotZero(t, malformed.Bytes)
		require.Equal(t, "x2", malformed.ActID)
	}
	require.Equal(t, "role.established", all[3].Type)
	require.Equal(t, "board", all[3].By)

	require.Equal(t, all[3:], refusedOf(t, l, RefusedQuery{Limit: 2}))
	require.Equal(t, all[3:], refusedOf(t, l, RefusedQuery{Code: domain.Invalid}))
	require.Empty(t, refusedOf(t, l, RefusedQuery{Since: time.Now()}))
	_, err := l.Refused(ctx, RefusedQuery{Code: "x"})
	require.ErrorIs(t, err, eventstore.ErrInvalid)
	again, err := Open(ctx, store, "acme", Options{})
	require.NoError(t, err)
	defer again.Close()
	require.Equal(t, all, refusedOf(t, again, RefusedQuery{}))
	require.EqualValues(t, 1, again.Last())
}

func TestARehearsalAndAQuestionAreNoAttempts(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	texts := [][]byte{role("r1", "Role"), role("r1", "Another"), []byte("{")}
	refused := 0
	l.Rehearse("mallory", func() (text []byte, ok bool) {
		if len(texts) == 0 {
			return nil, false
		}
		text, texts = texts[0], texts[1:]
		return text, true
	}, func(r Result) {
		if r.Err != nil {
			refused++
		}
	})
	require.Equal(t, 3, refused)
	require.Error(t, l.Ask(domain.InstantOf(time.Now()), 99, func(*domain.View) error { return nil }))
	require.Empty(t, refusedOf(t, l, RefusedQuery{}))
}

// mixed records, from many goroutines and in both ways, n roles that are accepted and n that mallory may not establish.
func mixed(t *testing.T, l *Ledger, name string, n int) {
	var wait sync.WaitGroup
	for g := range 8 {
		wait.Go(func() {
			var sent []<-chan Result
			for i := g; i < n; i += 8 {
				good, bad := role(fmt.Sprintf("%s-%d", name, i), "Role"), role(fmt.Sprintf("%s-bad-%d", name, i), "Role")
				if g%2 == 0 {
					sent = append(sent, l.Submit("operator", good), l.Submit("mallory", bad))
					continue
				}
				_, err := l.Record(context.Background(), "operator", good)
				assert.NoError(t, err)
				_, err = l.Record(context.Background(), "mallory", bad)
				assert.Equal(t, domain.NotEntitled, domain.CodeOf(err))
			}
			for i, s := range sent {
				r := <-s
				assert.Equal(t, i%2 == 1, r.Err != nil)
			}
		})
	}
	wait.Wait()
}

// onceEach fails unless each attempt of mixed is kept once.
func onceEach(t *testing.T, all []Refused, n int, names ...string) {
	t.Helper()
	times := map[string]int{}
	for _, r := range all {
		times[r.ActID]++
		require.Equal(t, "mallory", r.RecordedBy)
		require.Equal(t, domain.NotEntitled, r.Code)
	}
	require.Len(t, times, n*len(names))
	for _, name := range names {
		for i := range n {
			require.Equal(t, 1, times[fmt.Sprintf("%s-bad-%d", name, i)])
		}
	}
}

func TestAttemptsOfManyRecordersAreKeptOnceEach(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	mixed(t, l, "m", 300)
	onceEach(t, refusedOf(t, l, RefusedQuery{}), 300, "m")
	require.EqualValues(t, 301, l.Last())
}

func TestAnAttemptJudgedAgainAfterAnotherWriterIsKeptOnce(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	one := opened(t, store)
	two, err := Open(context.Background(), store, "acme", Options{})
	require.NoError(t, err)
	defer two.Close()
	var wait sync.WaitGroup
	wait.Go(func() { mixed(t, one, "one", 150) })
	wait.Go(func() { mixed(t, two, "two", 150) })
	wait.Wait()
	onceEach(t, refusedOf(t, one, RefusedQuery{}), 150, "one", "two")
	last, err := one.log.Last(context.Background())
	require.NoError(t, err)
	require.EqualValues(t, 301, last)
}

func TestNothingPersonalIsKeptOfARefusedAttempt(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	store := openStore(t, dir)
	l := opened(t, store)
	const name = "Zebedee Quux"
	for _, text := range [][]byte{
		act("x1", "party.registered", "2026-01-01", "board", `{"id":"zeb","kind":"person","name":"Zebedee Quux"}`),
		act("x2", "party.renamed", "2026-01-01", "board", `{"id":"zeb","name":"Zebedee Quux"}`),
		act("x3", "act.corrected", "2026-01-01", "board", `{"act":"a1","data":{"name":"Zebedee Quux"}}`),
		act("x4", "act.corrected", "2026-01-01", "board", `{"act":"a9","data":{"name":"Zebedee Quux"}}`),
		act("x5", "member.appointed", "Zebedee Quux", "board", `{"body":"board","party":"zeb"}`),
		act("x6", "member.appointed", "2026-01-01", "board", `{"body":"board","party":"Zebedee Quux"}`),
		act("x7", "party.registered", "2026-01-01", "board", `{"id":"zeb","kind":"person","name":"Zebedee Quux","Zebedee Quux":"Zebedee Quux"}`),
		[]byte(`{"id":"x8","type":"purpose.defined","effective":"2026-01-01","by":"board","rationale":{"personal":"Zebedee Quux"},"data":{"statement":{"personal":"Zebedee Quux"}}}`),
		[]byte(`{"id":"Zebedee Quux","type":"Zebedee Quux","by":"Zebedee Quux"`),
		[]byte(`Zebedee Quux`),
	} {
		_, err := l.Record(ctx, "mallory", text)
		require.NotEmpty(t, domain.CodeOf(err), "%s", text)
	}
	all := refusedOf(t, l, RefusedQuery{})
	require.Len(t, all, 10)
	require.JSONEq(t, `{"id":"x1","type":"party.registered","effective":"2026-01-01","by":"board","data":{"id":"zeb","kind":"person","name":{"withheld":true}}}`, string(all[0].Act))
	l.Close()
	require.NoError(t, store.Close())
	found := 0
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		found += bytes.Count(b, []byte("mallory"))
		assert.NotContains(t, string(b), name, path)
		assert.NotContains(t, string(b), "Zebedee", path)
		return err
	}))
	require.NotZero(t, found, "the attempts were looked at")
}

func TestAnActTooLargeIsNotKeptWhole(t *testing.T) {
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	large := []byte(`{"id":"x1","type":"role.established","effective":"2026-02-01","by":"board","rationale":"` + strings.Repeat("x", 100_000) + `","data":{"id":"r","name":"R"}}`)
	_, err := l.Record(context.Background(), "mallory", large)
	require.Equal(t, domain.NotEntitled, domain.CodeOf(err))
	all := refusedOf(t, l, RefusedQuery{})
	require.Len(t, all, 1)
	require.Nil(t, all[0].Act)
	require.Equal(t, len(large), all[0].Bytes)
	require.Equal(t, "x1", all[0].ActID)
	require.Equal(t, "role.established", all[0].Type)
}

func TestAnImportWithThousandsOfRefusalsIsQuickAndKeepsThemAll(t *testing.T) {
	const n = 2000
	store := openStore(t, t.TempDir())
	defer store.Close()
	l := opened(t, store)
	begin := time.Now()
	var sent []<-chan Result
	for i := range n {
		sent = append(sent, l.Submit("mallory", role(fmt.Sprintf("bad-%d", i), "Role")))
		if i%10 == 0 {
			sent = append(sent, l.Submit("operator", role(fmt.Sprintf("good-%d", i), "Role")))
		}
	}
	for _, s := range sent {
		<-s
	}
	took := time.Since(begin)
	t.Logf("%d refusals and %d acts in %v", n, n/10, took)
	require.Less(t, took, 5*time.Second)
	require.Len(t, refusedOf(t, l, RefusedQuery{}), n)
	require.Len(t, refusedOf(t, l, RefusedQuery{Limit: 20}), 20)
	require.EqualValues(t, n/10+1, l.Last())
}

func TestWithoutItsStreamAnAttemptIsRefusedAllTheSame(t *testing.T) {
	ctx := context.Background()
	var said bytes.Buffer
	store, err := eventstore.Open(ctx, eventstore.Config{Dir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(&said, nil))})
	require.NoError(t, err)
	defer store.Close()
	l := opened(t, store)
	js, err := jetstream.New(store.Conn())
	require.NoError(t, err)
	require.NoError(t, js.DeleteStream(ctx, "REFUSED_acme"))
	begin := time.Now()
	_, err = l.Record(ctx, "mallory", role("r1", "Role"))
	require.Equal(t, domain.NotEntitled, domain.CodeOf(err))
	require.Less(t, time.Since(begin), 2*time.Second)
	_, err = l.Refused(ctx, RefusedQuery{})
	require.ErrorIs(t, err, eventstore.ErrNotFound)
	_, err = l.Record(ctx, "operator", role("r1", "Role"))
	require.NoError(t, err)
	l.Close()
	require.Contains(t, said.String(), "refused attempts could not be kept")

	again, err := Open(ctx, store, "acme", Options{})
	require.NoError(t, err)
	defer again.Close()
	_, err = again.Record(ctx, "mallory", role("r2", "Role"))
	require.Equal(t, domain.NotEntitled, domain.CodeOf(err))
	require.Len(t, refusedOf(t, again, RefusedQuery{}), 1)
}

func TestBeforeThereIsALedgerAndAfterItIsClosedNothingIsKept(t *testing.T) {
	ctx := context.Background()
	store := openStore(t, t.TempDir())
	defer store.Close()
	l, err := New(ctx, store, "acme", Options{})
	require.NoError(t, err)
	_, err = l.Record(ctx, "operator", role("r1", "Role"))
	require.NotEmpty(t, domain.CodeOf(err))
	_, err = l.Refused(ctx, RefusedQuery{})
	require.ErrorIs(t, err, eventstore.ErrNotFound)
	_, err = l.Record(ctx, "operator", act("a1", "ledger.opened", "2026-01-01", "board", `{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`))
	require.NoError(t, err)
	_, err = l.Record(ctx, "mallory", role("r1", "Role"))
	require.Equal(t, domain.NotEntitled, domain.CodeOf(err))
	require.Len(t, refusedOf(t, l, RefusedQuery{}), 1)
	gone, cancel := context.WithCancel(ctx)
	cancel()
	_, err = l.Record(gone, "mallory", []byte("{"))
	require.Equal(t, domain.Invalid, domain.CodeOf(err), "that it is malformed is known however the keeping ends")
	l.Close()
	_, err = l.Record(ctx, "mallory", []byte("{"))
	require.Equal(t, domain.Invalid, domain.CodeOf(err))
	require.Len(t, refusedOf(t, l, RefusedQuery{}), 2)
}
