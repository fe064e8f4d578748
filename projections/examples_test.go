package projections

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/domain/catalogue"

	"github.com/stretchr/testify/require"
)

type example struct {
	Title  string
	Ledger string
	Steps  []struct {
		Record    json.RawMessage
		Refused   string
		Seq       uint64
		As        string
		Ask       string
		Scope     string
		Power     string
		Party     string
		At        string
		Known     uint64
		Expect    map[string]json.RawMessage
		Amounts   []Quantity
		Catalogue string
	}
}

// shared gives a folder of the material for tests, which is not part of the repository.
func shared(t testing.TB, name string) string {
	dir := filepath.Join("..", "..", "shared", name)
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is absent, and tests in CI need it", dir)
		}
		t.Skipf("%s is absent; this test needs it", dir)
	}
	return dir
}

// TestWorkedExamplesAreAnsweredAsTheirAuthorsDemand folds the acts of each worked case and asks what it asks.
func TestWorkedExamplesAreAnsweredAsTheirAuthorsDemand(t *testing.T) {
	workedCases(t, shared(t, "examples"))
}

// TestFurtherCasesAreAnsweredAsTheirAuthorsDemand does so with those of testdata/cases, in the same form. They were written
// from what the acts, rules and findings are to mean, before anybody looked at what the program answers.
func TestFurtherCasesAreAnsweredAsTheirAuthorsDemand(t *testing.T) {
	workedCases(t, filepath.Join("testdata", "cases"))
}

func workedCases(t *testing.T, dir string) {
	files, _ := filepath.Glob(filepath.Join(dir, "*.json"))
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ex := readExample(t, file)
			s := domain.NewState(ex.Ledger, time.LoadLocation)
			s.Duties = Duties()
			personal := map[string]string{}
			open := func(seal string) (string, bool) { text, ok := personal[seal]; return text, ok }
			for i, step := range ex.Steps {
				if step.Record != nil {
					var seq uint64
					a, _, err := domain.DecodeAct(step.Record)
					if err == nil {
						who := "operator"
						if step.As != "" {
							who = step.As
						}
						var out domain.Accepted
						out, err = s.Decide(a, domain.Recording{Principal: who, Now: time.Now(), ID: "x", Open: open})
						if err == nil {
							s.Commit(out.Seq)
							for _, p := range out.Personal {
								personal[p.Seal] = p.Text
							}
							seq = out.Seq
						}
					}
					require.Equal(t, step.Refused, string(domain.CodeOf(err)), "step %d: %s: %v", i, step.Record, err)
					if step.Seq != 0 {
						require.Equal(t, step.Seq, seq)
					}
					continue
				}
				at, _, err := domain.ParseInstant(step.At, s.Zone())
				require.NoError(t, err)
				v, err := s.View(at, step.Known)
				if step.Refused != "" {
					if err == nil {
						err = asked(v, step.Ask, step.Scope, step.Party, step.Power)
					}
					require.Equal(t, step.Refused, string(domain.CodeOf(err)), "step %d", i)
					continue
				}
				require.NoError(t, err)
				got := map[string]any{}
				switch step.Ask {
				case "who":
					w, err := AskWho(v, step.Scope, step.Power)
					require.NoError(t, err)
					var hs, ds []string
					for _, h := range w.Holders {
						hs, ds = append(hs, h.Party), append(ds, h.From)
					}
					got["holders"], got["delegators"] = set(hs), set(ds)
					got["answerable"], got["vacant"], got["ultimate"] = w.Answerable, w.Vacant, w.Ultimate.Party
					if len(w.Holders) == 1 {
						h := w.Holders[0]
						chain := []string{}
						for _, c := range h.Chain {
							chain = append(chain, c.Delegation)
						}
						limits := map[string]string{}
						for _, l := range h.Limits {
							limits[l.Dimension+" "+l.Unit+" "+l.Per] = l.Max
						}
						got["chain"], got["powers"], got["limits"] = chain, h.Powers, limits
					}
				case "seats":
					s, err := AskSeats(v, step.Party)
					require.NoError(t, err)
					var os []string
					for _, o := range s.Occupants {
						os = append(os, o.Party)
					}
					got["occupants"], got["exists"] = set(os), s.Exists
				case "parameters":
					p, err := AskParameters(v, step.Scope)
					require.NoError(t, err)
					got = comparedParameters(p)
				case "can":
					var amounts []domain.Quantity
					for _, q := range step.Amounts {
						a, err := domain.ParseAmount(q.Value, false)
						require.NoError(t, err)
						amounts = append(amounts, domain.Quantity{Dimension: q.Dimension, Unit: q.Unit, Value: a})
					}
					c, err := AskCan(v, step.Party, step.Power, step.Scope, amounts)
					require.NoError(t, err)
					left := map[string]string{}
					for _, l := range c.Left {
						left[l.Dimension+" "+l.Unit+" "+l.Per] = l.Left
					}
					got["allowed"], got["left"] = c.Allowed, left
				case "coverage":
					c, ok := catalogue.Embedded(step.Catalogue)
					require.True(t, ok)
					answer, err := AskCoverage(v, c, step.Scope)
					require.NoError(t, err)
					rows := map[string]Status{}
					for _, r := range answer.Rows {
						rows[r.ID] = r.Status
					}
					var wanted map[string]Status
					require.NoError(t, json.Unmarshal(step.Expect["rows"], &wanted))
					for id, want := range wanted {
						require.Equal(t, want, rows[id], "step %d: %s over %s at %s known %d", i, id, step.Scope, step.At, step.Known)
					}
					continue
				case "findings":
					f, err := AskFindings(v, FindingsQuery{})
					require.NoError(t, err)
					compareFindings(t, f, step.Expect, "step %d: at %s known %d", i, step.At, step.Known)
					continue
				default:
					continue
				}
				for k, want := range step.Expect {
					have, _ := json.Marshal(got[k])
					if k == "limits" || k == "left" {
						want, have = plainAmounts(t, want), plainAmounts(t, have)
					}
					require.JSONEq(t, string(want), string(have), "step %d: %s of %s%s at %s known %d", i, k, step.Scope, step.Party, step.At, step.Known)
				}
			}
		})
	}
}

// comparedParameters gives of an answer what the worked cases compare.
func comparedParameters(p *Parameters) map[string]any {
	got := map[string]any{
		"directions": idsOf(p.Directions, func(d Direction) string { return d.ID }),
		"policies":   idsOf(p.Policies, func(d Policy) string { return d.ID }),
		"appetites":  idsOf(p.Appetites, func(d Appetite) string { return d.ID }),
		"criteria":   idsOf(p.Criteria, func(d Criteria) string { return d.ID }),
		"matters":    idsOf(p.Matters, func(d Matter) string { return d.ID }),
	}
	if p.Purpose != nil {
		got["purpose"] = p.Purpose.Statement.String()
	}
	return got
}

func idsOf[T any](all []T, id func(T) string) []string {
	var out []string
	for _, a := range all {
		out = append(out, id(a))
	}
	return set(out)
}

func set(ss []string) []string {
	out := append([]string{}, ss...)
	slices.Sort(out)
	return slices.Compact(out)
}

// compareFindings asserts that some finding has each code and acts that are to be found, and none those that are not.
func compareFindings(t *testing.T, f *Findings, expect map[string]json.RawMessage, where ...any) {
	t.Helper()
	for k, b := range expect {
		var wanted []struct {
			Code string
			Acts []string
		}
		require.NoError(t, json.Unmarshal(b, &wanted))
		for _, w := range wanted {
			found := slices.ContainsFunc(f.Findings, func(x Finding) bool {
				return string(x.Code) == w.Code && !slices.ContainsFunc(w.Acts, func(id string) bool { return !slices.Contains(x.Acts, id) })
			})
			require.Equal(t, k == "has", found, append([]any{k + " " + w.Code + ": " + fmt.Sprintf(where[0].(string), where[1:]...)}, f.Findings)...)
		}
	}
}

func readExample(t *testing.T, file string) (ex example) {
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &ex))
	return ex
}

// asked puts a question of which only whether it is refused matters.
func asked(v *domain.View, ask, scope, party, power string) (err error) {
	switch ask {
	case "who":
		_, err = AskWho(v, scope, power)
	case "can":
		_, err = AskCan(v, party, power, scope, nil)
	case "parameters":
		_, err = AskParameters(v, scope)
	case "seats":
		_, err = AskSeats(v, party)
	}
	return err
}

// plainAmounts writes amounts without needless zeros, so that they compare as decimals.
func plainAmounts(t *testing.T, b []byte) []byte {
	var amounts map[string]string
	require.NoError(t, json.Unmarshal(b, &amounts))
	for k, v := range amounts {
		a, err := domain.ParseAmount(v, true)
		require.NoError(t, err)
		amounts[k] = a.Value.Trim(0).String()
	}
	out, err := json.Marshal(amounts)
	require.NoError(t, err)
	return out
}
