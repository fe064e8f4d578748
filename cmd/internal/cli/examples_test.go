package cli

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/govalues/decimal"
	"github.com/stretchr/testify/require"
)

// step is one of a worked case; see README.md there.
type step struct {
	Record  json.RawMessage
	Refused string
	Seq     uint64
	As      string
	Ask     string
	Scope   string
	Power   string
	Party   string
	At      string
	Known   uint64
	Expect  map[string]json.RawMessage
	Amounts []struct{ Dimension, Unit, Value string }

	Catalogue string
}

// TestWorkedExamplesThroughTheRealCommands records every worked case with `record` and asks with the commands that answer its
// questions, each step opening the directory anew, so that what is judged and answered is always what was read back from
// disk. Questions of other kinds are skipped for as long as there are no commands for them.
func TestWorkedExamplesThroughTheRealCommands(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "examples"), "*.json"))
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			b, err := os.ReadFile(file)
			require.NoError(t, err)
			var example struct {
				Ledger string
				Steps  []step
			}
			require.NoError(t, json.Unmarshal(b, &example))
			global := []string{"--data", t.TempDir(), "--ledger", example.Ledger, "--json"}
			last := uint64(0)
			for i, s := range example.Steps {
				where := fmt.Sprintf("step %d", i)
				switch {
				case s.Record != nil:
					last = recordStep(t, where, global, s, last)
				case s.Ask == "who" || s.Ask == "seats" || s.Ask == "parameters" || s.Ask == "can" || s.Ask == "findings" || s.Ask == "coverage":
					askStep(t, where, global, s)
				}
			}
			// Opening it once more replays and checks the whole record.
			entries := decodeLines[struct{ Seq uint64 }](t, succeeds(t, "", append(global, "log")...))
			require.Len(t, entries, int(last))
		})
	}
}

func recordStep(t *testing.T, where string, global []string, s step, last uint64) uint64 {
	args := append(slices.Clone(global), "record", "-")
	if s.As != "" {
		args = append(args, "--as", s.As)
	}
	r := run(t, string(s.Record), args...)
	if s.Refused != "" {
		var p struct{ Code string }
		require.NotZero(t, r.code, "%s is accepted: %s", where, s.Record)
		require.NoError(t, json.Unmarshal([]byte(r.stderr), &p), r.stderr)
		require.Equal(t, s.Refused, p.Code, "%s: %s", where, r.stderr)
		require.Empty(t, r.stdout)
		return last
	}
	require.Zero(t, r.code, "%s: %s\n%s", where, s.Record, r.stderr)
	var receipt struct {
		Seq   uint64
		Leaf  string
		Known bool
	}
	require.NoError(t, json.Unmarshal([]byte(r.stdout), &receipt))
	require.Len(t, receipt.Leaf, 64)
	if !receipt.Known {
		last++
		require.Equal(t, last, receipt.Seq, where)
	}
	if s.Seq != 0 {
		require.Equal(t, s.Seq, receipt.Seq, where)
	}
	return last
}

func askStep(t *testing.T, where string, global []string, s step) {
	args := append(slices.Clone(global), s.Ask, "--at", s.At)
	for _, word := range []string{s.Party, s.Power, s.Scope} {
		if word != "" && s.Ask != "who" && s.Ask != "coverage" {
			args = append(args, word)
		}
	}
	switch s.Ask {
	case "who":
		args = append(args, s.Scope)
		if s.Power != "" {
			args = append(args, s.Power)
		}
	case "findings":
		args = append(args, "--all")
	case "coverage":
		args = append(args, s.Catalogue, "--scope", s.Scope)
	}
	for _, q := range s.Amounts {
		args = append(args, "--amount", q.Dimension+"="+q.Value+q.Unit)
	}
	if s.Known != 0 {
		args = append(args, "--known", fmt.Sprint(s.Known))
	}
	r := run(t, "", args...)
	if s.Refused != "" {
		require.Contains(t, r.stderr, `"code":"`+s.Refused+`"`, where)
		return
	}
	if string(s.Expect["allowed"]) == "false" {
		require.Equal(t, exitCheck, r.code, "%s: %s", where, r.stderr)
	} else {
		require.Zero(t, r.code, "%s: %s", where, r.stderr)
	}
	if s.Ask == "findings" {
		compareFindings(t, where, r.stdout, s.Expect)
		return
	}
	if s.Ask == "coverage" {
		compareCoverage(t, where, r.stdout, s.Expect["rows"])
		return
	}
	got := compared(t, r.stdout)
	for key, want := range s.Expect {
		have, _ := json.Marshal(got[key])
		if key == "limits" || key == "left" {
			want, have = decimals(t, want), decimals(t, have)
		}
		require.JSONEq(t, string(want), string(have), "%s: %s of %s%s at %s known %d", where, key, s.Scope, s.Party, s.At, s.Known)
	}
}

// compareCoverage asserts the status of each row of a catalogue that is given.
func compareCoverage(t *testing.T, where, answer string, expect []byte) {
	t.Helper()
	var got struct{ Rows []struct{ ID, Status string } }
	require.NoError(t, json.Unmarshal([]byte(answer), &got), answer)
	stands := map[string]string{}
	for _, r := range got.Rows {
		stands[r.ID] = r.Status
	}
	var wanted map[string]string
	require.NoError(t, json.Unmarshal(expect, &wanted))
	require.NotEmpty(t, wanted)
	for id, want := range wanted {
		require.Equal(t, want, stands[id], "%s: %s", where, id)
	}
}

// compared gives of an answer what the worked cases and the Kubernetes questions compare.
func compared(t *testing.T, answer string) map[string]any {
	t.Helper()
	var a struct {
		Exists, Allowed    bool
		Left               []struct{ Dimension, Unit, Per, Left string }
		Occupants          []struct{ Party string }
		Ultimate           struct{ Party string }
		Answerable, Vacant []string
		Holders            []struct {
			Party, From, Scope string
			Powers             []string
			Limits             []struct{ Dimension, Unit, Max, Per string }
			Chain              []struct{ Delegation string }
		}
		Purpose                                            struct{ Statement string }
		Directions, Policies, Appetites, Criteria, Matters []struct{ ID string }
	}
	require.NoError(t, json.Unmarshal([]byte(answer), &a), answer)
	var occupants, holders, delegators []string
	for _, o := range a.Occupants {
		occupants = append(occupants, o.Party)
	}
	over := map[string][]string{}
	for _, h := range a.Holders {
		holders, delegators = append(holders, h.Party), append(delegators, h.From)
		over[h.Scope] = append(over[h.Scope], h.From)
	}
	got := map[string]any{"exists": a.Exists, "occupants": sorted(occupants), "ultimate": a.Ultimate.Party,
		"answerable": a.Answerable, "vacant": a.Vacant, "holders": sorted(holders), "delegators": sorted(delegators),
		"over": over, "purpose": a.Purpose.Statement, "allowed": a.Allowed}
	left := map[string]string{}
	for _, l := range a.Left {
		left[l.Dimension+" "+l.Unit+" "+l.Per] = l.Left
	}
	got["left"] = left
	for kind, all := range map[string][]struct{ ID string }{"directions": a.Directions, "policies": a.Policies,
		"appetites": a.Appetites, "criteria": a.Criteria, "matters": a.Matters} {
		var ids []string
		for _, p := range all {
			ids = append(ids, p.ID)
		}
		got[kind] = sorted(ids)
	}
	if len(a.Holders) == 1 {
		h := a.Holders[0]
		chain, limits := []string{}, map[string]string{}
		for _, c := range h.Chain {
			chain = append(chain, c.Delegation)
		}
		for _, l := range h.Limits {
			limits[l.Dimension+" "+l.Unit+" "+l.Per] = l.Max
		}
		got["chain"], got["powers"], got["limits"] = chain, h.Powers, limits
	}
	return got
}

// compareFindings asserts that some finding has each code and acts that are to be found, and none those that are not.
func compareFindings(t *testing.T, where, answer string, expect map[string]json.RawMessage) {
	t.Helper()
	type finding struct {
		Code string
		Acts []string
	}
	var a struct{ Findings []finding }
	require.NoError(t, json.Unmarshal([]byte(answer), &a), answer)
	for key, list := range expect {
		var wanted []finding
		require.NoError(t, json.Unmarshal(list, &wanted))
		for _, w := range wanted {
			found := slices.ContainsFunc(a.Findings, func(f finding) bool {
				return f.Code == w.Code && !slices.ContainsFunc(w.Acts, func(id string) bool { return !slices.Contains(f.Acts, id) })
			})
			require.Equal(t, key == "has", found, "%s: %s %s %v\n%s", where, key, w.Code, w.Acts, answer)
		}
	}
}

func sorted(all []string) []string {
	out := append([]string{}, all...)
	slices.Sort(out)
	return slices.Compact(out)
}

func decodeLines[T any](t testing.TB, text string) []T {
	var out []T
	for line := range lines(text) {
		var v T
		require.NoError(t, json.Unmarshal([]byte(line), &v), line)
		out = append(out, v)
	}
	return out
}

// decimals writes limits so that equal amounts are equal texts.
func decimals(t *testing.T, limits []byte) []byte {
	var all map[string]string
	require.NoError(t, json.Unmarshal(limits, &all))
	for name, max := range all {
		all[name] = decimal.MustParse(max).Trim(0).String()
	}
	b, err := json.Marshal(all)
	require.NoError(t, err)
	return b
}
