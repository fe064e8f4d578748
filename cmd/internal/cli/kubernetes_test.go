package cli

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/stretchr/testify/require"
)

// question is one of truth.jsonl, with its answer; see README.md there.
type question struct {
	Q, Party, Scope, At               string
	Known                             uint64
	Occupants, Delegators, Answerable []string
	Exists                            bool
}

// TestKubernetesHistoryThroughTheRealCommands imports nine years of acts into an embedded JetStream with `import`, and then
// asks all that is known to be true of them: every question of the service, reopened, and some of the commands.
func TestKubernetesHistoryThroughTheRealCommands(t *testing.T) {
	source, data := shared(t, "data/kubernetes"), t.TempDir()
	global := []string{"--data", data, "--ledger", "kubernetes", "--json"}
	command := func(args ...string) string { return succeeds(t, "", append(args, global...)...) }
	file := filepath.Join(source, "acts.jsonl")

	var sum struct {
		Recorded, Known, Refused, Malformed, Failed int
		Last                                        uint64
	}
	require.NoError(t, json.Unmarshal([]byte(command("import", file)), &sum))
	require.Equal(t, 7359, sum.Recorded)
	require.EqualValues(t, 7359, sum.Last)
	require.Zero(t, sum.Known+sum.Refused+sum.Malformed+sum.Failed)
	require.NoError(t, json.Unmarshal([]byte(command("import", file)), &sum))
	require.Equal(t, 7359, sum.Known, "a second import finds everything recorded")
	require.Zero(t, sum.Recorded)

	b, err := os.ReadFile(filepath.Join(source, "truth.jsonl"))
	require.NoError(t, err)
	truth := decodeLines[question](t, string(b))
	require.NotEmpty(t, truth)
	ctx := t.Context()
	store, err := eventstore.Open(ctx, eventstore.Config{Dir: data})
	require.NoError(t, err)
	l, err := ledger.Open(ctx, store, "kubernetes", ledger.Options{})
	require.NoError(t, err)
	require.EqualValues(t, 7359, l.Last())
	for i, q := range truth {
		require.Equal(t, q.truth(), q.askService(t, l), "line %d: %+v", i+1, q)
	}
	l.Close()
	require.NoError(t, store.Close())

	seed := uint64(time.Now().UnixNano())
	rng := rand.New(rand.NewPCG(seed, 0))
	for range 40 {
		i := rng.IntN(len(truth))
		q := truth[i]
		require.Equal(t, q.truth(), q.askCommand(t, global), "line %d (seed %d): %+v", i+1, seed, q)
	}
}

func (q question) truth() any {
	switch q.Q {
	case "seats":
		return sorted(q.Occupants)
	case "delegators":
		return sorted(q.Delegators)
	case "answerable":
		return sorted(q.Answerable)
	}
	return q.Exists
}

func (q question) askService(t *testing.T, l *ledger.Ledger) (got any) {
	at, _, err := domain.ParseInstant(q.At, time.UTC)
	require.NoError(t, err)
	require.NoError(t, l.Ask(at, q.Known, func(v *domain.View) error {
		if q.Q == "seats" {
			s, err := projections.AskSeats(v, q.Party)
			require.NoError(t, err)
			b, err := json.Marshal(s)
			require.NoError(t, err)
			got = q.pick(t, string(b), true)
			return nil
		}
		w, err := projections.AskWho(v, q.Scope, "")
		if domain.CodeOf(err) == domain.UnknownScope {
			got = q.pick(t, "{}", false)
			return nil
		}
		b, merr := json.Marshal(w)
		require.NoError(t, merr)
		got = q.pick(t, string(b), true)
		return err
	}))
	return got
}

func (q question) askCommand(t *testing.T, global []string) any {
	args := []string{"who", q.Scope}
	if q.Q == "seats" {
		args = []string{"seats", q.Party}
	}
	args = append(append(args, global...), "--at", q.At)
	if q.Known != 0 {
		args = append(args, "--known", fmt.Sprint(q.Known))
	}
	r := run(t, "", args...)
	if r.code == exitNotFound {
		require.Contains(t, r.stderr, "UNKNOWN_SCOPE")
		return q.pick(t, "{}", false)
	}
	require.Zero(t, r.code, r.stderr)
	return q.pick(t, r.stdout, true)
}

// pick takes out of an answer what the question is about.
func (q question) pick(t *testing.T, answer string, exists bool) any {
	got := compared(t, answer)
	switch q.Q {
	case "seats":
		return got["occupants"]
	case "answerable":
		return sorted(got["answerable"].([]string))
	case "delegators":
		return sorted(got["over"].(map[string][]string)[q.Scope])
	}
	return exists
}
