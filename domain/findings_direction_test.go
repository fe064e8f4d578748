package domain_test

import (
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func objective(day, by, more string) string {
	if more != "" {
		more = "," + more
	}
	return `obj: ` + day + ` ` + by + ` objective.set {"id":"o","scope":"aims","statement":"Automate 40 %"` + more + `}`
}

func TestDirectionByManagement(t *testing.T) {
	t.Run("an objective that serves no direction, until it is corrected to serve one", func(t *testing.T) {
		s := given(t, acme, line, objective("2026-03-01", "cto", ""))
		s.findsFrom("2026-03-01", domain.DirectionByManagement, "o").byOnly("obj").is(domain.High).concerns("objective", "aims", "cto")
		known := s.known()
		s.and(direction("2026-02-01", "dir", "aims")).finds("2026-03-02", domain.DirectionByManagement, "o")
		s.and(`2026-03-10 cto act.corrected {"act":"obj","data":{"id":"o","scope":"aims","statement":"Automate 40 %","serves":"dir"}}`)
		s.findsNo("2026-03-02", domain.DirectionByManagement, "o")
		s.look("2026-03-02", domain.DirectionByManagement, "o", known).isThere()
	})
	t.Run("one that serves a direction withdrawn since", func(t *testing.T) {
		s := given(t, acme, line, direction("2026-02-01", "dir", "aims"), objective("2026-03-01", "cto", `"serves":"dir"`))
		s.findsNo("2026-04-01", domain.DirectionByManagement, "o")
		s.and(`w: 2026-04-01 board direction.withdrawn {"id":"dir"}`)
		s.findsFrom("2026-04-01", domain.DirectionByManagement, "o").byOnly("obj", "w")
		s.and(direction("2026-05-01", "dir", "aims")).findsNo("2026-05-01", domain.DirectionByManagement, "o")
		s.finds("2026-04-30", domain.DirectionByManagement, "o").since("2026-04-01")
	})
	t.Run("one that cites no appetite where one exists, and need not where none does", func(t *testing.T) {
		s := given(t, acme, line, direction("2026-02-01", "dir", "aims"), objective("2026-03-01", "cto", `"serves":"dir"`))
		s.findsNo("2026-03-10", domain.DirectionByManagement, "o")
		s.and(appetite("2026-03-15", "ap", "technology", "cost")).findsFrom("2026-03-15", domain.DirectionByManagement, "o").by("obj")
		s = given(t, acme, line, direction("2026-02-01", "dir", "aims"), appetite("2026-02-01", "ap", "technology", "cost"), objective("2026-03-01", "cto", `"serves":"dir","within":"ap"`))
		s.findsNo("2026-03-10", domain.DirectionByManagement, "o")
		s.and(appetite("2026-02-01", "ap2", "technology", "delay"), `2026-03-20 board appetite.withdrawn {"id":"ap"}`)
		s.findsFrom("2026-03-20", domain.DirectionByManagement, "o")
	})
	t.Run("the governing body's own objective is its direction", func(t *testing.T) {
		given(t, acme, line, objective("2026-03-01", "board", "")).findsNo("2026-03-10", domain.DirectionByManagement, "o")
	})
	t.Run("ratified, it is cured and stays to be seen", func(t *testing.T) {
		s := given(t, acme, line, objective("2026-03-01", "cto", ""), `ok: 2026-03-20 board act.ratified {"act":"obj","reason":"Adopted as our own"}`)
		s.finds("2026-03-19", domain.DirectionByManagement, "o")
		s.look("2026-03-20", domain.DirectionByManagement, "o", 0).isCured("board", "2026-03-20", "ok")
	})
}

func TestPolicyWithoutParameters(t *testing.T) {
	policy := func(by string) string {
		return `pol: 2026-03-01 ` + by + ` policy.adopted {"id":"p","scope":"aims","title":"Use of AI","version":"1"}`
	}
	s := given(t, acme, line, policy("ceo"))
	s.findsFrom("2026-03-01", domain.PolicyWithoutParameters, "p").byOnly("pol").is(domain.High).concerns("policy", "aims", "ceo")
	known := s.known()
	s.and(direction("2026-04-01", "dir", "organization")).findsNo("2026-04-01", domain.PolicyWithoutParameters, "p")
	s.look("2026-04-01", domain.PolicyWithoutParameters, "p", known).isThere()
	s.and(`w: 2026-05-01 board direction.withdrawn {"id":"dir"}`).findsFrom("2026-05-01", domain.PolicyWithoutParameters, "p").byOnly("pol", "w")
	s.and(`2026-06-01 ceo policy.withdrawn {"id":"p"}`).findsNo("2026-06-01", domain.PolicyWithoutParameters, "p")
	given(t, acme, line, policy("board")).findsNo("2026-03-02", domain.PolicyWithoutParameters, "p")
	given(t, acme, line, `2026-01-05 board body.constituted {"id":"risk","name":"Risk committee","kind":"committee","parent":"board"}`,
		`2026-01-05 board member.appointed {"body":"risk","party":"grace"}`,
		`2026-01-10 board delegation.granted {"id":"d-risk","from":"board","to":"risk","scope":"organization","powers":["policy.adopted"]}`,
		policy("risk")).findsNo("2026-03-02", domain.PolicyWithoutParameters, "p") // a committee acting for it is not management
	given(t, acme, line, appetite("2026-02-01", "ap", "technology", "cost"), policy("ceo")).findsNo("2026-03-02", domain.PolicyWithoutParameters, "p")
	given(t, acme, line, appetite("2026-02-01", "ap", "sales", "cost"), policy("ceo")).finds("2026-03-02", domain.PolicyWithoutParameters, "p")
}

func TestNothingSetOverWhatIsDone(t *testing.T) {
	for _, c := range []struct {
		code      domain.FindingCode
		fact, set string
	}{
		{domain.NoAppetite, `fact: 2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"S"}`, appetite("2026-04-01", "ap", "technology", "cost")},
		{domain.NoDirection, objective("2026-03-01", "cto", ""), direction("2026-04-01", "dir", "organization")},
		{domain.NoCriteria, `fact: 2026-03-01 cto assessment.completed {"id":"x","scope":"aims","kind":"risk","result":"Low"}`, `2026-04-01 board criteria.set {"id":"cr","scope":"aims","statement":"S"}`},
	} {
		t.Run(string(c.code), func(t *testing.T) {
			s := given(t, acme, line, c.fact)
			fact := "fact"
			if c.code == domain.NoDirection {
				fact = "obj"
			}
			s.findsFrom("2026-03-01", c.code, "aims").byOnly(fact).is(domain.Medium).concerns("scope", "aims", "")
			s.findsNo("2026-03-02", c.code, "technology").findsNo("2026-03-02", c.code, "triage")
			known := s.known()
			s.and(c.set).findsNo("2026-04-01", c.code, "aims")
			s.finds("2026-03-31", c.code, "aims").since("2026-03-01")
			s.look("2026-04-01", c.code, "aims", known).isThere()
			s.and(`2026-05-01 board act.annulled {"act":"`+fact+`","reason":"Never done"}`).findsNo("2026-03-31", c.code, "aims")
		})
	}
	t.Run("what was set and is withdrawn is missing from then on", func(t *testing.T) {
		s := given(t, acme, line, appetite("2026-02-01", "ap", "technology", "cost"), `fact: 2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"S"}`,
			`w: 2026-04-01 board appetite.withdrawn {"id":"ap"}`)
		s.findsFrom("2026-04-01", domain.NoAppetite, "aims").byOnly("fact", "w")
	})
	t.Run("what is set over a scope beside it is not set over it", func(t *testing.T) {
		s := given(t, acme, line, appetite("2026-02-01", "ap", "sales", "cost"), `fact: 2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"S"}`)
		s.finds("2026-03-01", domain.NoAppetite, "aims")
		s.and(`2026-04-01 board scope.moved {"id":"aims","parent":"sales"}`).findsNo("2026-04-01", domain.NoAppetite, "aims")
	})
}

func TestAppetiteBreach(t *testing.T) {
	limits := func(day, id, amber, red, more string) string {
		return day + ` board appetite.set {"id":"` + id + `","scope":"technology","category":"quality","stance":"cautious","statement":"S","measures":[{"metric":"errors","unit":"percent","amber":"` + amber + `","red":"` + red + `"` + more + `}]}`
	}
	measured := func(id, day, value string) string {
		return id + `: ` + day + ` dev measure.reported {"scope":"aims","metric":"errors","unit":"percent","value":"` + value + `"}`
	}
	ap := `ap: ` + limits("2026-02-01", "ap-1", "3", "5", "")
	t.Run("past red is high, past amber alone medium, and on the threshold is not past it", func(t *testing.T) {
		s := given(t, acme, ap, measured("m1", "2026-03-01", "3"), measured("m2", "2026-03-02", "3.0001"), measured("m3", "2026-03-03", "5"), measured("m4", "2026-03-04", "5.01"), measured("m5", "2026-03-05", "-7"))
		s.findsNo("2026-03-04", domain.AppetiteBreach, "m1")
		s.findsFrom("2026-03-02", domain.AppetiteBreach, "m2").byOnly("m2", "ap").is(domain.Medium).concerns("measure", "aims", "dev")
		s.findsFrom("2026-03-03", domain.AppetiteBreach, "m3").is(domain.Medium)
		s.findsFrom("2026-03-04", domain.AppetiteBreach, "m4").byOnly("m4", "ap").is(domain.High)
		s.findsNo("2026-03-05", domain.AppetiteBreach, "m5")
	})
	t.Run("where lower is worse", func(t *testing.T) {
		s := given(t, acme, `ap: `+limits("2026-02-01", "ap-1", "95", "90", `,"lowerIsWorse":true`), measured("m1", "2026-03-01", "95"), measured("m2", "2026-03-02", "94.9"), measured("m3", "2026-03-03", "90"), measured("m4", "2026-03-04", "89.9999"))
		s.findsNo("2026-03-04", domain.AppetiteBreach, "m1")
		for id, severity := range map[string]domain.Severity{"m2": domain.Medium, "m3": domain.Medium, "m4": domain.High} {
			s.finds("2026-03-04", domain.AppetiteBreach, id).is(severity)
		}
	})
	t.Run("by the appetite of its day, as it is known", func(t *testing.T) {
		s := given(t, acme, ap, measured("m1", "2026-03-01", "4"), `new: `+limits("2026-03-02", "ap-2", "10", "20", ""), measured("m2", "2026-03-02", "9"))
		s.finds("2026-03-01", domain.AppetiteBreach, "m1").is(domain.Medium)
		s.findsNo("2026-03-02", domain.AppetiteBreach, "m2")
		known := s.known()
		s.and(limits("2026-02-15", "ap-3", "8", "12", "")).findsNo("2026-03-01", domain.AppetiteBreach, "m1") // another was set before, and is recorded late
		s.look("2026-03-01", domain.AppetiteBreach, "m1", known).isThere()
	})
	t.Run("a later measure within it shows it cured, and one that nothing measures does not", func(t *testing.T) {
		s := given(t, acme, ap, measured("m1", "2026-03-01", "6"), measured("m2", "2026-03-02", "4"))
		s.finds("2026-03-02", domain.AppetiteBreach, "m1").is(domain.High) // amber is not within
		s.and(`w: 2026-03-03 board appetite.withdrawn {"id":"ap-1"}`, measured("m3", "2026-03-04", "2"))
		s.finds("2026-03-04", domain.AppetiteBreach, "m1")
		s.and(limits("2026-03-05", "ap-1", "3", "5", ""), measured("m4", "2026-03-06", "3"))
		s.finds("2026-03-05T23:59:59Z", domain.AppetiteBreach, "m1")
		s.look("2026-03-06", domain.AppetiteBreach, "m1", 0).isCured("dev", "2026-03-06", "m4").since("2026-03-01")
		s.look("2026-03-06", domain.AppetiteBreach, "m2", 0).isCured("dev", "2026-03-06", "m4")
	})
	t.Run("ratified", func(t *testing.T) {
		s := given(t, acme, ap, measured("m1", "2026-03-01", "6"), `ok: 2026-03-10 board act.ratified {"act":"m1","reason":"Borne"}`)
		s.look("2026-03-10", domain.AppetiteBreach, "m1", 0).isCured("board", "2026-03-10", "ok")
	})
	t.Run("another metric, unit or scope is another matter", func(t *testing.T) {
		s := given(t, acme, ap, `a: 2026-03-01 dev measure.reported {"scope":"sales","metric":"errors","unit":"percent","value":"6"}`,
			`b: 2026-03-01 dev measure.reported {"scope":"aims","metric":"delays","unit":"percent","value":"6"}`,
			`c: 2026-03-01 dev measure.reported {"scope":"aims","metric":"errors","unit":"count","value":"6"}`)
		for _, id := range []string{"a", "b", "c"} {
			s.findsNo("2026-03-02", domain.AppetiteBreach, id)
		}
	})
}

func TestADutyOfTheGoverningBodyIsUnmet(t *testing.T) {
	duty := domain.Duty{ID: "duty:criteria", Title: "Set the criteria", Evidence: []domain.Demand{{Type: "criteria.set", By: domain.ByGovernance}, {Type: "decision.taken", By: domain.ByGovernance}},
		Cure: domain.Cure{Type: "criteria.set", Words: "Set them"}, Clauses: []string{"iso42001:6.1.1"}}
	told := func(s *story) *story { s.state.Duties = []domain.Duty{duty}; return s }
	at := func(s *story, at string, known uint64) *domain.Finding {
		i, _, err := domain.ParseInstant(at, s.state.Zone())
		require.NoError(t, err)
		v, err := s.state.View(i, known)
		require.NoError(t, err)
		for _, f := range v.Findings() {
			if f.Code == domain.DutyUnmet {
				return &f
			}
		}
		return nil
	}
	s := told(given(t, acme, line))
	f := at(s, "2026-02-01", 0)
	require.NotNil(t, f, "from the day the ledger was opened")
	require.Equal(t, "2026-01-01T00:00:00Z", f.Since.String())
	require.Equal(t, [3]string{"duty:criteria", "board", "Set them"}, [3]string{f.About, f.Party, f.Cure.Words})
	require.Equal(t, []string{"iso42001:6.1.1"}, f.Clauses)
	require.Equal(t, []uint64{1}, f.Acts)
	known := s.known()
	s.and(`2026-03-01 board criteria.set {"id":"cr","scope":"aims","statement":"S"}`)
	require.NotNil(t, at(s, "2026-02-28", 0))
	require.Nil(t, at(s, "2026-03-01", 0))
	require.NotNil(t, at(s, "2026-03-01", known))
	s.and(`gone: 2026-06-01 board scope.retired {"id":"technology"}`)
	f = at(s, "2026-07-01", 0)
	require.NotNil(t, f, "what is set over a scope that is retired is no evidence")
	require.Equal(t, "2026-06-01T00:00:00Z", f.Since.String())
	s.and(`2026-08-01 board decision.taken {"id":"x","scope":"organization","power":"hire","summary":"S"}`)
	require.NotNil(t, at(s, "2026-08-02", 0), "of a broad type an act counts where it cites the clause alone, and a duty names none")
}
