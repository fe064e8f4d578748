package domain_test

import (
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// parameters gives the parameters in force for a scope of a story, the same once its ledger is loaded again.
func (s *story) parameters(scope, at string, known uint64) domain.Parameters {
	s.t.Helper()
	ask := func(s *story) domain.Parameters {
		i, _, err := domain.ParseInstant(at, time.UTC)
		require.NoError(s.t, err)
		v, err := s.state.View(i, known)
		require.NoError(s.t, err)
		v.Reveal(func(seal string) (string, bool) { text, ok := s.personal[seal]; return text, ok })
		var acts []uint64
		return v.Parameters(scope, &acts)
	}
	p := ask(s)
	require.Equal(s.t, p, ask(s.restarted()), "once the ledger is loaded again, other parameters are in force")
	return p
}

func (s *story) appetites(scope, at string) []string {
	s.t.Helper()
	out := []string{}
	for _, a := range s.parameters(scope, at, 0).Appetites {
		out = append(out, a.Data.ID)
	}
	return out
}

func (s *story) directions(scope, at string) []string {
	s.t.Helper()
	out := []string{}
	for _, d := range s.parameters(scope, at, 0).Directions {
		out = append(out, d.Data.ID)
	}
	return out
}

func direction(day, id, scope string) string {
	return day + ` board direction.set {"id":"` + id + `","scope":"` + scope + `","statement":"Towards ` + id + `"}`
}

func appetite(day, id, scope, category string) string {
	return day + ` board appetite.set {"id":"` + id + `","scope":"` + scope + `","category":"` + category + `","stance":"open","statement":"S"}`
}

func TestParametersOfTheNearestScopeComeFirst(t *testing.T) {
	s := given(t, acme, direction("2026-02-01", "d-root", "organization"), direction("2026-02-02", "z-aims", "aims"),
		direction("2026-02-03", "a-aims", "aims"), direction("2026-02-04", "d-tech", "technology"),
		direction("2026-02-05", "d-triage", "triage"), direction("2026-02-06", "d-sales", "sales"))
	require.Equal(t, []string{"d-triage", "a-aims", "z-aims", "d-tech", "d-root"}, s.directions("triage", "2026-03-01"))
	require.Equal(t, []string{"d-sales", "d-root"}, s.directions("sales", "2026-03-01"))
	require.Equal(t, []string{"z-aims", "d-root"}, s.directions("triage", "2026-02-02"))
	p := s.parameters("triage", "2026-03-01", 0)
	require.Equal(t, "aims", p.Directions[1].Scope)
	require.Equal(t, "Towards a-aims", p.Directions[1].Data.Statement.Plain)
}

func TestAScopeThatMovesComesUnderWhatIsSetWhereItGoes(t *testing.T) {
	s := given(t, acme, direction("2026-02-01", "d-tech", "technology"), direction("2026-02-01", "d-sales", "sales"),
		`2026-03-01 board scope.moved {"id":"aims","parent":"sales"}`)
	require.Equal(t, []string{"d-tech"}, s.directions("triage", "2026-02-28"))
	require.Equal(t, []string{"d-sales"}, s.directions("triage", "2026-03-01"))
}

func TestOneAppetiteACategoryIsInForceTheNearestScopes(t *testing.T) {
	s := given(t, acme, appetite("2026-02-01", "ap-tech", "technology", "fairness"), appetite("2026-02-02", "ap-cost", "technology", "cost"),
		appetite("2026-02-01", "ap-aims", "aims", "fairness"))
	require.Equal(t, []string{"ap-aims", "ap-cost"}, s.appetites("triage", "2026-03-01"))
	require.Equal(t, []string{"ap-cost", "ap-tech"}, s.appetites("technology", "2026-03-01"))
	require.Empty(t, s.appetites("sales", "2026-03-01"))
	// The wider one, set later, does not take the nearer one's place; nor does the nearer one outlive its withdrawal.
	s.and(appetite("2026-02-10", "ap-new", "technology", "fairness"), `2026-03-10 board appetite.withdrawn {"id":"ap-aims"}`)
	require.Equal(t, []string{"ap-aims", "ap-cost"}, s.appetites("triage", "2026-03-09"))
	require.Equal(t, []string{"ap-cost", "ap-new"}, s.appetites("triage", "2026-03-10"))
}

func TestOfTwoAppetitesOfOneScopeAndCategoryTheLatestHolds(t *testing.T) {
	t.Run("by the effective clock, whichever was recorded first", func(t *testing.T) {
		s := given(t, acme, appetite("2026-04-01", "ap-2", "aims", "fairness"), appetite("2026-03-01", "ap-1", "aims", "fairness"))
		require.Equal(t, []string{"ap-1"}, s.appetites("aims", "2026-03-31"))
		require.Equal(t, []string{"ap-2"}, s.appetites("aims", "2026-04-01"))
	})
	t.Run("at one instant by the record", func(t *testing.T) {
		s := given(t, acme, appetite("2026-04-01", "ap-9", "aims", "fairness"), appetite("2026-04-01", "ap-1", "aims", "fairness"))
		require.Equal(t, []string{"ap-1"}, s.appetites("aims", "2026-04-01"))
	})
	t.Run("and when it is withdrawn, the earlier one that was not", func(t *testing.T) {
		s := given(t, acme, appetite("2026-03-01", "ap-1", "aims", "fairness"), appetite("2026-04-01", "ap-2", "aims", "fairness"),
			`2026-05-01 board appetite.withdrawn {"id":"ap-2"}`)
		require.Equal(t, []string{"ap-2"}, s.appetites("aims", "2026-04-30"))
		require.Equal(t, []string{"ap-1"}, s.appetites("aims", "2026-05-01"))
	})
	t.Run("set again, it holds anew from then on", func(t *testing.T) {
		s := given(t, acme, appetite("2026-03-01", "ap-1", "aims", "fairness"), appetite("2026-04-01", "ap-2", "aims", "fairness"),
			appetite("2026-05-01", "ap-1", "aims", "fairness"))
		require.Equal(t, []string{"ap-2"}, s.appetites("aims", "2026-04-30"))
		require.Equal(t, []string{"ap-1"}, s.appetites("aims", "2026-05-01"))
	})
}

func TestAParameterSetAgainReplacesItself(t *testing.T) {
	s := given(t, acme, `2026-02-01 board criteria.set {"id":"cr","scope":"aims","statement":"Old","levels":["low","high"]}`)
	known := s.state.Last()
	s.and(`2026-03-01 board criteria.set {"id":"cr","scope":"aims","statement":"New"}`)
	for _, c := range []struct {
		at        string
		known     uint64
		statement string
		since     string
	}{
		{"2026-02-28", 0, "Old", "2026-02-01T00:00:00Z"},
		{"2026-03-01", 0, "New", "2026-03-01T00:00:00Z"},
		{"2026-03-01", known, "Old", "2026-02-01T00:00:00Z"},
	} {
		all := s.parameters("triage", c.at, c.known).Criteria
		require.Len(t, all, 1)
		require.Equal(t, c.statement, all[0].Data.Statement.Plain)
		require.Equal(t, c.since, all[0].Since.String())
	}
	require.Empty(t, s.parameters("triage", "2026-01-31", 0).Criteria)
}

func TestAPolicyNamesWhoeverAdoptedItByTheirPresentId(t *testing.T) {
	policy := func(day, by, id string) string {
		return day + ` ` + by + ` policy.adopted {"id":"` + id + `","scope":"aims","title":"T","version":"1"}`
	}
	s := given(t, acme, line, policy("2026-02-01", "board", "p-board"), policy("2026-02-01", "ceo", "p-ceo"))
	by := func(at string) []string {
		var out []string
		for _, p := range s.parameters("aims", at, 0).Policies {
			out = append(out, p.By)
		}
		return out
	}
	require.Equal(t, []string{"board", "ceo"}, by("2026-03-01"))
	// What the former governing body adopted is its successor's; a renamed role bears its name of the instant.
	s.and(`2026-03-10 board party.renamed {"id":"ceo","newId":"managing-director"}`,
		`2026-04-01 board governing-body.succeeded {"id":"council","name":"Council"}`)
	require.Equal(t, []string{"board", "ceo"}, by("2026-03-09"))
	require.Equal(t, []string{"board", "managing-director"}, by("2026-03-31"))
	require.Equal(t, []string{"council", "managing-director"}, by("2026-04-01"))
}

func TestThePurposeIsOfEveryScope(t *testing.T) {
	s := given(t, acme)
	require.Nil(t, s.parameters("triage", "2026-02-01", 0).Purpose)
	s.and(`2026-02-01 board purpose.defined {"statement":"First"}`, `2026-03-01 board purpose.defined {"statement":{"personal":"Second"}}`)
	require.Equal(t, "First", s.parameters("triage", "2026-02-01", 0).Purpose.Data.Statement.Plain)
	require.Equal(t, "Second", s.parameters("triage", "2026-03-01", 0).Purpose.Data.Statement.Plain)
	require.Nil(t, s.parameters("triage", "2026-01-31", 0).Purpose)
}

func TestAMatterIsReservedOverTheRootWhereNoScopeIsNamed(t *testing.T) {
	s := given(t, acme, `2026-02-01 board matter.reserved {"id":"m-all","name":"Acquisitions","powers":["spend.acquisition"]}`,
		`2026-02-01 board matter.reserved {"id":"m-aims","name":"Release","scope":"aims","powers":["model.deploy"]}`,
		`2026-03-01 board matter.released {"id":"m-aims"}`)
	matters := func(scope, at string) map[string]string {
		out := map[string]string{}
		for _, m := range s.parameters(scope, at, 0).Matters {
			out[m.Data.ID] = m.Scope
		}
		return out
	}
	require.Equal(t, map[string]string{"m-all": "organization", "m-aims": "aims"}, matters("triage", "2026-02-28"))
	require.Equal(t, map[string]string{"m-all": "organization"}, matters("triage", "2026-03-01"))
	require.Equal(t, map[string]string{"m-all": "organization"}, matters("sales", "2026-02-28"))
}

func TestWhatTheViewRevealsOfAParameterIsNotKept(t *testing.T) {
	s := given(t, acme, `2026-02-01 board direction.set {"id":"d","scope":"aims","statement":{"personal":"About Ben"},"value":{"personal":"V"}}`)
	require.Equal(t, "About Ben", s.parameters("aims", "2026-02-01", 0).Directions[0].Data.Statement.Plain)
	s.personal = map[string]string{}
	require.True(t, s.parameters("aims", "2026-02-01", 0).Directions[0].Data.Statement.Erased)
}
