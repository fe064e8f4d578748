package domain_test

import (
	"slices"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// The tests of the files findings_*_test.go are DOMAIN, section 7, as scenarios that a company secretary can check: given
// what is recorded, at an instant and as known at a sequence, then something is found or it is not.

// found is a finding of a story, or that there is none.
type found struct {
	*domain.Finding
	s    *story
	at   string
	what string
	ids  []string // of its acts
}

// findings gives all of an instant, the same once the ledger is loaded again, and of a ledger that knows no more.
func (s *story) findings(at string, known uint64) ([]domain.Finding, *domain.View) {
	s.t.Helper()
	ask := func(s *story, known uint64) ([]domain.Finding, *domain.View) {
		i, _, err := domain.ParseInstant(at, s.state.Zone())
		require.NoError(s.t, err)
		v, err := s.state.View(i, known)
		require.NoError(s.t, err)
		v.Reveal(func(seal string) (string, bool) { text, ok := s.personal[seal]; return text, ok })
		return v.Findings(), v
	}
	out, v := ask(s, known)
	again := s.restarted()
	now, _ := ask(again, known)
	require.Equal(s.t, out, now, "once the ledger is loaded again, something else is found")
	if known > 0 {
		again = begin(s.t, s.state.Ledger())
		again.personal = s.personal
		again.state.Duties = s.state.Duties
		for _, b := range s.stored[:known] {
			require.NoError(s.t, again.state.Load(b))
		}
		then, _ := ask(again, 0)
		require.Equal(s.t, then, out, "when no more was known, something else was found")
	}
	return out, v
}

// look gives what is found of a thing at an instant, as known at a sequence; 0 for the newest.
func (s *story) look(at string, code domain.FindingCode, about string, known uint64) found {
	s.t.Helper()
	all, v := s.findings(at, known)
	out := found{s: s, at: at, what: string(code) + " of " + about}
	for i := range all {
		f := &all[i]
		require.NotEmpty(s.t, f.Sentence)
		require.NotContains(s.t, f.Sentence, "%!")
		require.NotEmpty(s.t, f.Cure.Words)
		if f.Code == code && f.About == about {
			require.Nil(s.t, out.Finding, "%s is raised twice at %s", out.what, at)
			out.Finding = f
			for _, n := range f.Acts {
				out.ids = append(out.ids, v.ActID(n))
			}
		}
	}
	return out
}

// finds asserts that something is found, and not cured.
func (s *story) finds(at string, code domain.FindingCode, about string) found {
	s.t.Helper()
	return s.look(at, code, about, 0).isThere()
}

// findsNo asserts that something is not found.
func (s *story) findsNo(at string, code domain.FindingCode, about string) *story {
	s.t.Helper()
	s.look(at, code, about, 0).isAbsent()
	return s
}

// findsFrom asserts that something is found from an instant on, and not just before.
func (s *story) findsFrom(from string, code domain.FindingCode, about string) found {
	s.t.Helper()
	i, _, err := domain.ParseInstant(from, s.state.Zone())
	require.NoError(s.t, err)
	s.findsNo(domain.InstantOf(i.Time().Add(-1)).String(), code, about)
	return s.finds(from, code, about).since(from)
}

func (f found) isThere() found {
	f.s.t.Helper()
	require.NotNil(f.s.t, f.Finding, "%s is not raised at %s", f.what, f.at)
	require.Nil(f.s.t, f.Cured, "%s is cured at %s", f.what, f.at)
	return f
}

func (f found) isAbsent() {
	f.s.t.Helper()
	if f.Finding != nil {
		require.Fail(f.s.t, f.what+" is raised at "+f.at, f.Sentence)
	}
}

// since asserts from when on it has held, without a break.
func (f found) since(at string) found {
	f.s.t.Helper()
	i, _, err := domain.ParseInstant(at, f.s.state.Zone())
	require.NoError(f.s.t, err)
	require.Equal(f.s.t, i.String(), f.Since.String(), "%s at %s", f.what, f.at)
	return f
}

// by asserts that it lists acts: at least those that are named.
func (f found) by(ids ...string) found {
	f.s.t.Helper()
	require.Subset(f.s.t, f.ids, ids, "%s at %s", f.what, f.at)
	return f
}

// byOnly asserts that it lists these acts and no others.
func (f found) byOnly(ids ...string) found {
	f.s.t.Helper()
	require.ElementsMatch(f.s.t, ids, f.ids, "%s at %s", f.what, f.at)
	return f
}

func (f found) concerns(kind, scope, party string) found {
	f.s.t.Helper()
	require.Equal(f.s.t, [3]string{kind, scope, party}, [3]string{f.Kind, f.Scope, f.Party}, "%s at %s", f.what, f.at)
	return f
}

func (f found) is(s domain.Severity) found {
	f.s.t.Helper()
	require.Equal(f.s.t, s, f.Severity, "%s at %s", f.what, f.at)
	return f
}

// isCured asserts that it is there and shown as cured.
func (f found) isCured(by, since, act string) found {
	f.s.t.Helper()
	require.NotNil(f.s.t, f.Finding, "%s is not raised at %s", f.what, f.at)
	require.NotNil(f.s.t, f.Cured, "%s is not cured at %s", f.what, f.at)
	i, _, err := domain.ParseInstant(since, f.s.state.Zone())
	require.NoError(f.s.t, err)
	v, err := f.s.state.View(f.Since, 0)
	require.NoError(f.s.t, err)
	require.Equal(f.s.t, [3]string{by, i.String(), act}, [3]string{f.Cured.By, f.Cured.Since.String(), v.ActID(f.Cured.Act)}, "%s at %s", f.what, f.at)
	return f
}

// known gives the sequence of the newest act, to come back to what was known.
func (s *story) known() uint64 { return s.state.Last() }

func TestEveryFindingSaysWhatWhereAndHowToCureIt(t *testing.T) {
	codes := map[domain.FindingCode]bool{}
	for _, k := range domain.FindingKinds() {
		require.False(t, codes[k.Code], k.Code)
		codes[k.Code] = true
		require.NotEmpty(t, k.Title)
		require.True(t, k.Severity.AtLeast(domain.Low))
		if k.Code != domain.DutyUnmet {
			require.NotEmpty(t, k.Clauses)
		}
	}
	require.Len(t, codes, 23)
	require.True(t, domain.Critical.AtLeast(domain.High))
	require.True(t, domain.Medium.AtLeast(domain.Medium))
	require.False(t, domain.Low.AtLeast(domain.Medium))
}

func TestFindingsAreInTheOrderOfHowMuchTheyMatter(t *testing.T) {
	s := given(t, acme, line,
		`2026-03-01 dev decision.taken {"id":"po-1","scope":"aims","power":"spend.cloud","summary":"S"}`,
		`2026-03-01 dev decision.taken {"id":"po-0","scope":"aims","power":"spend.cloud","summary":"S"}`,
		`2026-03-02 eli decision.taken {"id":"po-2","scope":"aims","power":"spend.cloud","summary":"S"}`,
		`2026-03-03 board act.ratified {"act":"act-22","reason":"Needed"}`)
	all, _ := s.findings("2026-03-04", 0)
	var got []string
	for _, f := range all {
		got = append(got, f.About)
	}
	require.Equal(t, []string{"po-0", "po-1", "aims", "po-2"}, got, "what is open first, the severest of that first, and what is alike by its id")
	require.True(t, slices.IsSortedFunc(all, func(a, b domain.Finding) int { return boolToInt(a.Cured != nil) - boolToInt(b.Cured != nil) }))
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestNothingIsFoundBeforeTheLedgerBegins(t *testing.T) {
	s := given(t, acme, line)
	s.state.Duties = []domain.Duty{{ID: "duty:own", Title: "Own it", Evidence: []domain.Demand{{Type: "appetite.set", By: domain.ByGovernance}}, Cure: domain.Cure{Type: "appetite.set", Words: "Set it"}}}
	i, _, err := domain.ParseInstant("2025-12-31", time.UTC)
	require.NoError(t, err)
	v, err := s.state.View(i, 0)
	require.NoError(t, err)
	require.Empty(t, v.Findings())
	v, err = s.state.View(i, 1)
	require.NoError(t, err)
	require.Empty(t, v.Findings())
}
