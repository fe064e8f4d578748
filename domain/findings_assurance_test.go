package domain_test

import (
	"testing"

	"buckstop/domain"
)

// assured has the board commission assurance over the AI management system.
func assured(day, provider, more string) string {
	if more != "" {
		more = "," + more
	}
	return `as: ` + day + ` board assurance.commissioned {"id":"as-1","scope":"aims","provider":"` + provider + `","line":"third"` + more + `}`
}

const auditors = `2026-01-02 board party.registered {"id":"northgate","kind":"organization","name":"Northgate LLP","answerable":"eli"}`

func TestNotIndependent(t *testing.T) {
	t.Run("who holds it now, from when both are so", func(t *testing.T) {
		s := given(t, acme, line, auditors, assured("2026-02-01", "dev", ""))
		s.findsNo("2026-03-01", domain.NotIndependent, "as-1")
		s.and(`g: 2026-03-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"triage","powers":["model.deploy"]}`)
		s.findsFrom("2026-03-01", domain.NotIndependent, "as-1").byOnly("as", "g").is(domain.High).concerns("assurance", "aims", "dev")
		known := s.known()
		s.and(`2026-04-01 board act.annulled {"act":"g","reason":"Never granted"}`).findsNo("2026-03-01", domain.NotIndependent, "as-1")
		s.look("2026-03-01", domain.NotIndependent, "as-1", known).isThere()
	})
	t.Run("who held it up to twelve months ago, and not before", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["model.deploy"],"until":"2026-06-15"}`,
			assured("2026-07-01", "dev", ""))
		s.findsFrom("2026-07-01", domain.NotIndependent, "as-1")                 // weeks ago
		s.finds("2027-05-15", domain.NotIndependent, "as-1").since("2026-07-01") // eleven months
		s.finds("2027-06-14T23:59:59.9Z", domain.NotIndependent, "as-1")         // the last instant within a year of the last on which he held it
		s.findsNo("2027-06-15", domain.NotIndependent, "as-1")                   // a year after the first day not covered
		s.findsNo("2027-07-15", domain.NotIndependent, "as-1")                   // thirteen months
		s.and(`2026-09-01 dev assurance.reported {"id":"as-1","opinion":"satisfactory"}`)
		s.finds("2028-01-01", domain.NotIndependent, "as-1").since("2026-07-01") // it matters when it was reported
	})
	t.Run("what came after the report does not touch it", func(t *testing.T) {
		s := given(t, acme, line, assured("2026-02-01", "dev", ""), `2026-03-01 dev assurance.reported {"id":"as-1","opinion":"satisfactory"}`,
			`2026-03-02 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["model.deploy"]}`)
		s.findsNo("2026-04-01", domain.NotIndependent, "as-1")
	})
	t.Run("who answers to a holder, though for something else", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 ceo delegation.granted {"id":"d-dev","from":"ceo","to":"dev","scope":"sales","powers":["price.set"]}`, assured("2026-03-01", "dev", ""))
		s.findsFrom("2026-03-01", domain.NotIndependent, "as-1")
	})
	t.Run("through a seat: one who sits in the role, or answers for the firm", func(t *testing.T) {
		given(t, acme, line, assured("2026-03-01", "cara", "")).findsFrom("2026-03-01", domain.NotIndependent, "as-1")
		s := given(t, acme, line, auditors, assured("2026-03-01", "northgate", ""))
		s.findsNo("2026-03-10", domain.NotIndependent, "as-1")
		s.and(`seat: 2026-03-05 board role.assigned {"role":"cto","party":"eli","basis":"shared"}`)
		s.findsFrom("2026-03-05", domain.NotIndependent, "as-1").by("as", "seat")
	})
	t.Run("not where the impairment is declared and accepted by who commissions it", func(t *testing.T) {
		given(t, acme, line, assured("2026-03-01", "cara", `"impairment":"First-line self-assessment, accepted"`)).findsNo("2026-03-02", domain.NotIndependent, "as-1")
		s := given(t, acme, line, assured("2026-03-01", "cara", ""))
		known := s.known()
		s.and(`2026-04-01 board act.corrected {"act":"as","data":{"id":"as-1","scope":"aims","provider":"cara","line":"first","impairment":"Accepted"}}`)
		s.findsNo("2026-03-02", domain.NotIndependent, "as-1")
		s.look("2026-03-02", domain.NotIndependent, "as-1", known).isThere()
	})
	t.Run("who holds nothing but the power to order and review assurance is independent, and who has it from them", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-05 board body.constituted {"id":"audit","name":"Audit committee","kind":"committee","parent":"board"}`,
			`2026-01-05 board member.appointed {"body":"audit","party":"grace"}`,
			`2026-01-10 board delegation.granted {"id":"d-audit","from":"board","to":"audit","scope":"organization","powers":["assurance.commissioned","assurance.reviewed"]}`,
			`2026-01-11 audit delegation.granted {"id":"d-eli","from":"audit","to":"eli","scope":"technology"}`,
			assured("2026-03-01", "eli", ""))
		s.findsNo("2026-03-01", domain.NotIndependent, "as-1")
		s.findsNo("2026-03-01", domain.SamePerson, "as-1")
		s.and(`wider: 2026-03-02 board delegation.varied {"id":"d-audit","powers":["assurance.commissioned","assurance.reviewed","model.approve"]}`)
		s.findsFrom("2026-03-02", domain.NotIndependent, "as-1").by("as", "wider")
	})
	t.Run("a member of the board does not hold by that what the board holds", func(t *testing.T) {
		given(t, acme, line, assured("2026-03-01", "grace", "")).findsNo("2026-03-01", domain.NotIndependent, "as-1")
	})
}

func TestOnePersonAnswersAsHolderAndAssurer(t *testing.T) {
	s := given(t, acme, line, auditors, assured("2026-02-01", "northgate", `"impairment":"Known"`))
	s.findsNo("2026-04-01", domain.SamePerson, "as-1")
	s.and(`seat: 2026-03-01 board role.assigned {"role":"ceo","party":"eli","basis":"acting"}`)
	s.findsFrom("2026-03-01", domain.SamePerson, "as-1").by("as", "seat").is(domain.Medium).concerns("assurance", "aims", "eli")
	s.and(`2026-04-01 board role.vacated {"role":"ceo","party":"eli"}`).findsNo("2026-04-01", domain.SamePerson, "as-1")
	s.finds("2026-03-31", domain.SamePerson, "as-1")
}

func TestNotReceived(t *testing.T) {
	const report = `r: 2026-03-01 dev assurance.reported {"id":"as-1","opinion":"unsatisfactory"}`
	review := func(day, by, conclusion string) string {
		return `v: ` + day + ` ` + by + ` assurance.reviewed {"id":"as-1","conclusion":"` + conclusion + `"}`
	}
	t.Run("sixty days after the report", func(t *testing.T) {
		s := given(t, acme, line, assured("2026-02-01", "dev", ""), report)
		s.findsFrom("2026-04-30", domain.NotReceived, "as-1").byOnly("as", "r").is(domain.High).concerns("assurance", "aims", "dev")
	})
	t.Run("not where it was reviewed by then, whatever the conclusion", func(t *testing.T) {
		for _, c := range []string{"accepted", "challenged", "rejected"} {
			given(t, acme, line, assured("2026-02-01", "dev", ""), report, review("2026-04-29", "board", c)).findsNo("2026-12-01", domain.NotReceived, "as-1")
		}
	})
	t.Run("noted is not accepted", func(t *testing.T) {
		s := given(t, acme, line, assured("2026-02-01", "dev", ""), report, review("2026-03-02", "board", "noted"))
		s.findsFrom("2026-04-30", domain.NotReceived, "as-1").byOnly("as", "r", "v")
	})
	t.Run("however late, a review ends it", func(t *testing.T) {
		s := given(t, acme, line, assured("2026-02-01", "dev", ""), report)
		known := s.known()
		s.and(review("2026-09-01", "board", "accepted")).findsNo("2026-09-01", domain.NotReceived, "as-1")
		s.finds("2026-08-31T23:59:59Z", domain.NotReceived, "as-1").since("2026-04-30")
		s.look("2026-09-01", domain.NotReceived, "as-1", known).isThere().since("2026-04-30")
	})
	t.Run("a committee acting for the board counts", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-05 board body.constituted {"id":"audit","name":"Audit committee","kind":"committee","parent":"board"}`,
			`2026-01-05 board member.appointed {"body":"audit","party":"grace"}`,
			`2026-01-10 board delegation.granted {"id":"d-audit","from":"board","to":"audit","scope":"organization","powers":["assurance.reviewed"]}`,
			assured("2026-02-01", "dev", ""), report, review("2026-04-01", "audit", "accepted"))
		s.findsNo("2026-12-01", domain.NotReceived, "as-1")
	})
	t.Run("the next report is to be received as well", func(t *testing.T) {
		s := given(t, acme, line, assured("2026-02-01", "dev", ""), report, review("2026-03-10", "board", "accepted"),
			`2026-05-01 dev assurance.reported {"id":"as-1","opinion":"satisfactory"}`)
		s.findsFrom("2026-06-30", domain.NotReceived, "as-1")
	})
	t.Run("by the days of the ledger's zone", func(t *testing.T) {
		s := given(t, `2026-01-01 board ledger.opened {"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"},"timeZone":"Europe/London"}`,
			`2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}`, `2026-01-01 board party.registered {"id":"dev","kind":"person","name":"Dev"}`,
			`2026-01-01 board member.appointed {"body":"board","party":"ada"}`,
			`2026-02-01 board assurance.commissioned {"id":"as-1","scope":"organization","provider":"dev","line":"third"}`, report)
		s.findsFrom("2026-04-29T23:00:00Z", domain.NotReceived, "as-1") // 30 April begins then
	})
}

func TestSelfReview(t *testing.T) {
	const own = `own: 2026-02-01 cto review.held {"id":"mr","scope":"aims","summary":"S"}`
	t.Run("management's own review, until others report", func(t *testing.T) {
		s := given(t, acme, line, own)
		s.findsFrom("2026-02-01", domain.SelfReview, "aims").byOnly("own").is(domain.Medium).concerns("scope", "aims", "")
		s.findsNo("2026-02-01", domain.SelfReview, "technology").findsNo("2026-02-01", domain.SelfReview, "triage")
		known := s.known()
		s.and(assured("2026-02-10", "dev", "")).finds("2026-02-11", domain.SelfReview, "aims") // ordered is not done
		s.and(`2026-03-01 dev assurance.reported {"id":"as-1","opinion":"satisfactory"}`).findsNo("2026-03-01", domain.SelfReview, "aims")
		s.finds("2026-02-28", domain.SelfReview, "aims").since("2026-02-01")
		s.look("2026-03-01", domain.SelfReview, "aims", known).isThere()
	})
	t.Run("what was reported over a scope above counts", func(t *testing.T) {
		s := given(t, acme, line, own, `2026-02-10 board assurance.commissioned {"id":"as-1","scope":"technology","provider":"dev","line":"external"}`,
			`2026-03-01 dev assurance.reported {"id":"as-1","opinion":"satisfactory"}`)
		s.findsNo("2026-03-01", domain.SelfReview, "aims")
		s.and(`move: 2026-04-01 board scope.moved {"id":"aims","parent":"sales"}`)
		s.findsFrom("2026-04-01", domain.SelfReview, "aims").byOnly("own", "move")
	})
	t.Run("the first line's report counts once the board reviewed it", func(t *testing.T) {
		s := given(t, acme, line, own, `2026-02-10 board assurance.commissioned {"id":"as-1","scope":"aims","provider":"cto","line":"first"}`,
			`2026-03-01 cto assurance.reported {"id":"as-1","opinion":"satisfactory"}`)
		s.finds("2026-03-02", domain.SelfReview, "aims")
		s.and(`2026-03-05 board assurance.reviewed {"id":"as-1","conclusion":"accepted"}`).findsNo("2026-03-05", domain.SelfReview, "aims")
	})
	t.Run("the board's own review is no shadow", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board review.held {"id":"mr","scope":"aims","summary":"S"}`).findsNo("2026-03-01", domain.SelfReview, "aims")
	})
}
