package projections

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func TestNineYearsOfKubernetesAreFoldedAndEveryQuestionOfTheirTruthIsAnswered(t *testing.T) {
	dir := shared(t, "data/kubernetes")
	s := domain.NewState("kubernetes", time.LoadLocation)
	for i, line := range lines(t, filepath.Join(dir, "acts.jsonl")) {
		a, _, err := domain.DecodeAct(line)
		require.NoError(t, err, "line %d", i+1)
		out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: time.Now()})
		require.NoError(t, err, "line %d: %s", i+1, line)
		s.Commit(out.Seq)
	}
	for i, line := range lines(t, filepath.Join(dir, "truth.jsonl")) {
		var q struct {
			Q, Party, Scope, At               string
			Known                             uint64
			Occupants, Delegators, Answerable []string
			Exists                            bool
		}
		require.NoError(t, json.Unmarshal(line, &q))
		at, _, err := domain.ParseInstant(q.At, time.UTC)
		require.NoError(t, err)
		v, err := s.View(at, q.Known)
		require.NoError(t, err)
		if q.Q == "seats" {
			got, err := AskSeats(v, q.Party)
			require.NoError(t, err)
			var os []string
			for _, o := range got.Occupants {
				os = append(os, o.Party)
			}
			require.Equal(t, set(q.Occupants), set(os), "line %d: %s", i+1, line)
			continue
		}
		got, err := AskWho(v, q.Scope, "")
		if domain.CodeOf(err) == domain.UnknownScope {
			got = &Who{}
		} else {
			require.NoError(t, err)
		}
		switch q.Q {
		case "exists":
			require.Equal(t, q.Exists, err == nil, "line %d: %s", i+1, line)
		case "delegators":
			var ds []string
			for _, h := range got.Holders {
				if h.Scope == q.Scope {
					ds = append(ds, h.From)
				}
			}
			require.Equal(t, set(q.Delegators), set(ds), "line %d: %s", i+1, line)
		case "answerable":
			slices.Sort(got.Answerable)
			require.Equal(t, set(q.Answerable), set(got.Answerable), "line %d: %s", i+1, line)
		default:
			t.Fatalf("line %d asks %s", i+1, q.Q)
		}
	}
}

func lines(t testing.TB, file string) [][]byte {
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	var out [][]byte
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		out = append(out, bytes.Clone(sc.Bytes()))
	}
	return out
}
