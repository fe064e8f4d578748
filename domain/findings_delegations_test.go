package domain_test

import (
	"testing"

	"buckstop/domain"
)

func TestNoGoverningBody(t *testing.T) {
	t.Run("without a member in office", func(t *testing.T) {
		s := given(t, acme, `d1: 2026-02-01 board member.departed {"body":"board","party":"ada"}`)
		s.findsNo("2026-03-01", domain.NoGoverningBody, "board")
		s.and(`d2: 2026-03-01 board member.departed {"body":"board","party":"grace"}`)
		s.findsFrom("2026-03-01", domain.NoGoverningBody, "board").by("act-1", "d2").is(domain.Critical).concerns("body", "", "board")
		known := s.known()
		s.and(`2026-04-01 board member.appointed {"body":"board","party":"dev"}`).findsNo("2026-04-01", domain.NoGoverningBody, "board")
		s.look("2026-04-01", domain.NoGoverningBody, "board", known).isThere().since("2026-03-01")
	})
	t.Run("a secretary, an observer and an alternate do not make a board", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board member.appointed {"body":"board","party":"dev","capacity":"secretary"}`,
			`2026-02-01 board member.appointed {"body":"board","party":"eli","capacity":"observer"}`,
			`2026-02-01 board member.appointed {"body":"board","party":"ben","alternateFor":"ada"}`,
			`2026-03-01 board member.departed {"body":"board","party":"ada"}`, `2026-03-01 board member.departed {"body":"board","party":"grace"}`)
		s.findsFrom("2026-03-01", domain.NoGoverningBody, "board")
	})
	t.Run("with fewer than its quorum", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board body.changed {"id":"board","quorum":2}`)
		s.findsNo("2026-03-01", domain.NoGoverningBody, "board")
		s.and(`left: 2026-03-01 board person.left {"person":"grace"} resolved 2026-02-20`)
		s.findsFrom("2026-03-01", domain.NoGoverningBody, "board").by("left")
	})
	t.Run("a term that ends", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board member.departed {"body":"board","party":"ada"}`, `2026-02-01 board member.departed {"body":"board","party":"grace"}`,
			`2026-02-01 board member.appointed {"body":"board","party":"dev","until":"2026-06-01"}`)
		s.findsFrom("2026-06-01", domain.NoGoverningBody, "board")
	})
}

func TestVacant(t *testing.T) {
	s := given(t, acme, line)
	s.findsNo("2026-03-01", domain.Vacant, "d-cto")
	s.and(`left: 2026-03-01 board role.vacated {"role":"cto","party":"cara"}`)
	s.findsFrom("2026-03-01", domain.Vacant, "d-cto").byOnly("g-cto", "left").is(domain.Medium).concerns("delegation", "technology", "cto")
	known := s.known()
	s.and(`2026-04-01 board role.assigned {"role":"cto","party":"eli"}`).findsNo("2026-04-01", domain.Vacant, "d-cto")
	s.finds("2026-03-31", domain.Vacant, "d-cto").since("2026-03-01")
	s.look("2026-04-01", domain.Vacant, "d-cto", known).isThere()

	t.Run("from the grant on, where nobody was ever in office", func(t *testing.T) {
		given(t, acme, `2026-01-05 board role.established {"id":"cro","name":"Risk officer"}`,
			`g: 2026-02-01 board delegation.granted {"id":"d-cro","from":"board","to":"cro","scope":"aims"}`).findsFrom("2026-02-01", domain.Vacant, "d-cro").byOnly("g")
	})
	t.Run("a firm or a system for which nobody answers", func(t *testing.T) {
		s := given(t, acme, `2026-01-05 board party.registered {"id":"firm","kind":"organization","name":"Firm","answerable":"dev"}`,
			`g: 2026-02-01 board delegation.granted {"id":"d-firm","from":"board","to":"firm","scope":"aims"}`, `left: 2026-03-01 board person.left {"person":"dev"}`)
		s.findsFrom("2026-03-01", domain.Vacant, "d-firm").by("g", "left")
	})
	t.Run("what is not in force is not vacant", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 board role.vacated {"role":"cto","party":"cara"}`, `2026-03-05 ceo delegation.suspended {"id":"d-cto"}`,
			`up: 2026-03-10 ceo delegation.resumed {"id":"d-cto"}`)
		s.finds("2026-03-04", domain.Vacant, "d-cto")
		s.findsNo("2026-03-05", domain.Vacant, "d-cto").findsFrom("2026-03-10", domain.Vacant, "d-cto").by("g-cto", "up")
	})
}

func TestLapsed(t *testing.T) {
	grantDev := `g-dev: 2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["model.deploy"]}`
	for _, c := range []struct{ name, act, from string }{
		{"what it stands on is revoked", `end: 2026-03-01 ceo delegation.revoked {"id":"d-cto"}`, "2026-03-01"},
		{"what it stands on is suspended", `end: 2026-03-01 board delegation.suspended {"id":"d-ceo"}`, "2026-03-01"},
		{"what it stands on has expired", `end: 2026-02-10 ceo delegation.varied {"id":"d-cto","until":"2026-03-01"}`, "2026-03-01"},
		{"what it stands on was annulled", `end: 2026-03-01 board act.annulled {"act":"g-cto","reason":"Never resolved"}`, "2026-02-01"},
		{"its scope moved away", `end: 2026-03-01 board scope.moved {"id":"aims","parent":"sales"}`, "2026-03-01"},
		{"the role it stands on was abolished", `end: 2026-03-01 board role.abolished {"id":"cto"}`, "2026-03-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := given(t, acme, line, grantDev)
			s.findsNo("2026-04-01", domain.Lapsed, "d-dev")
			before := s.known()
			s.and(c.act)
			f := s.findsFrom(c.from, domain.Lapsed, "d-dev").by("g-dev").is(domain.High).concerns("delegation", "aims", "dev")
			if c.name != "what it stands on has expired" && c.name != "what it stands on was annulled" {
				f.by("end")
			}
			s.look("2026-04-01", domain.Lapsed, "d-dev", before).isAbsent()
		})
	}
	t.Run("until it is put under another, or is over itself", func(t *testing.T) {
		s := given(t, acme, line, grantDev, `2026-03-01 ceo delegation.revoked {"id":"d-cto"}`,
			`2026-03-10 ceo delegation.granted {"id":"d-cto2","from":"ceo","to":"cto","scope":"technology","powers":["model.*"]}`)
		s.finds("2026-04-01", domain.Lapsed, "d-dev")
		s.and(`2026-04-01 cto delegation.varied {"id":"d-dev","under":"d-cto2"}`).findsNo("2026-04-01", domain.Lapsed, "d-dev")
		s.finds("2026-03-31", domain.Lapsed, "d-dev").since("2026-03-01")
		s = given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","until":"2026-04-01"}`, `2026-03-01 ceo delegation.revoked {"id":"d-cto"}`)
		s.finds("2026-03-31", domain.Lapsed, "d-dev")
		s.findsNo("2026-04-01", domain.Lapsed, "d-dev")
	})
	t.Run("one that is suspended or not accepted itself has not lapsed", func(t *testing.T) {
		s := given(t, acme, line, grantDev, `2026-03-01 ceo delegation.revoked {"id":"d-cto"}`, `2026-03-05 board delegation.suspended {"id":"d-dev"}`)
		s.finds("2026-03-04", domain.Lapsed, "d-dev")
		s.findsNo("2026-03-05", domain.Lapsed, "d-dev")
	})
}

func TestUnaccepted(t *testing.T) {
	g := `g: 2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","acceptance":"required","until":"2026-06-01"}`
	s := given(t, acme, g)
	s.findsFrom("2026-02-01", domain.Unaccepted, "d").byOnly("g").is(domain.Medium).concerns("delegation", "aims", "dev")
	s.findsNo("2026-06-01", domain.Unaccepted, "d")
	known := s.known()
	s.and(`2026-03-01 dev delegation.accepted {"id":"d"}`).findsNo("2026-03-01", domain.Unaccepted, "d")
	s.finds("2026-02-28", domain.Unaccepted, "d")
	s.look("2026-03-01", domain.Unaccepted, "d", known).isThere()
	given(t, acme, g, `2026-03-01 dev delegation.declined {"id":"d"}`).findsNo("2026-03-01", domain.Unaccepted, "d")
	given(t, acme, line).findsNo("2026-03-01", domain.Unaccepted, "d-cto")
}

func TestReviewOverdue(t *testing.T) {
	t.Run("a delegation: a day has until its end", func(t *testing.T) {
		s := given(t, acme, `g: 2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","reviewBy":"2026-06-30"}`)
		s.findsFrom("2026-07-01", domain.ReviewOverdue, "d").byOnly("g").is(domain.Medium).concerns("delegation", "aims", "dev")
		known := s.known()
		s.and(`v: 2026-07-10 board delegation.varied {"id":"d","reviewBy":"2026-12-31"}`).findsNo("2026-07-10", domain.ReviewOverdue, "d")
		s.findsFrom("2027-01-01", domain.ReviewOverdue, "d").byOnly("g", "v")
		s.look("2026-07-10", domain.ReviewOverdue, "d", known).isThere().since("2026-07-01")
	})
	t.Run("an instant is exact", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","reviewBy":"2026-06-30T17:00:00Z"}`)
		s.findsFrom("2026-06-30T17:00:00Z", domain.ReviewOverdue, "d")
	})
	t.Run("one that was due before it was set again is overdue from then on", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`,
			`v: 2026-05-01 board delegation.varied {"id":"d","reviewBy":"2026-03-31"}`)
		s.findsFrom("2026-05-01", domain.ReviewOverdue, "d").by("v")
	})
	t.Run("a direction, an appetite, a policy", func(t *testing.T) {
		s := given(t, acme, line, `a: 2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"S","reviewBy":"2026-06-30"}`,
			`b: 2026-02-01 board appetite.set {"id":"ap","scope":"aims","category":"c","stance":"open","statement":"S","reviewBy":"2026-06-30"}`,
			`c: 2026-02-01 ceo policy.adopted {"id":"pol","scope":"aims","title":"T","version":"1","reviewBy":"2026-06-30"}`)
		s.findsFrom("2026-07-01", domain.ReviewOverdue, "dir").byOnly("a").concerns("direction", "aims", "")
		s.findsFrom("2026-07-01", domain.ReviewOverdue, "ap").byOnly("b").concerns("appetite", "aims", "")
		s.findsFrom("2026-07-01", domain.ReviewOverdue, "pol").byOnly("c").concerns("policy", "aims", "")
		s.and(`2026-07-05 board direction.set {"id":"dir","scope":"aims","statement":"S","reviewBy":"2027-06-30"}`,
			`2026-07-05 board appetite.withdrawn {"id":"ap"}`, `2026-07-05 ceo policy.adopted {"id":"pol","scope":"aims","title":"T","version":"2"}`)
		for _, id := range []string{"dir", "ap", "pol"} {
			s.finds("2026-07-04", domain.ReviewOverdue, id).since("2026-07-01")
			s.findsNo("2026-07-05", domain.ReviewOverdue, id)
		}
	})
	t.Run("a direction that was overdue and is set again with a day that has passed too is overdue without a break", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"S","reviewBy":"2026-06-30"}`,
			`2026-08-01 board direction.set {"id":"dir","scope":"aims","statement":"S","reviewBy":"2026-07-15"}`)
		s.finds("2026-09-01", domain.ReviewOverdue, "dir").since("2026-07-01")
	})
	t.Run("in the days of the ledger's zone", func(t *testing.T) {
		s := given(t, `2026-01-01 board ledger.opened {"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"},"timeZone":"Europe/London"}`,
			`2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}`, `2026-01-01 board member.appointed {"body":"board","party":"ada"}`,
			`2026-02-01 board direction.set {"id":"dir","scope":"organization","statement":"S","reviewBy":"2026-03-29"}`)
		s.findsFrom("2026-03-29T23:00:00Z", domain.ReviewOverdue, "dir") // a day of 23 hours
	})
}

func TestAccountOverdue(t *testing.T) {
	account := func(id, day string) string {
		return id + `: ` + day + ` dev account.given {"id":"acc-` + id + `","delegation":"d","period":"P","summary":"S"}`
	}
	monthly := `g: 2026-01-31 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","reportEvery":"P1M"}`
	t.Run("due at the ends of shorter months, and late when the day is over", func(t *testing.T) {
		s := given(t, acme, monthly)
		s.findsFrom("2026-03-01", domain.AccountOverdue, "d").byOnly("g").is(domain.Medium).concerns("delegation", "aims", "dev")
		s.and(account("feb", "2026-02-28"))
		s.findsFrom("2026-04-01", domain.AccountOverdue, "d") // due on 31 March, and not on the 28th
		s.and(account("mar", "2026-03-30"))
		s.findsFrom("2026-05-01", domain.AccountOverdue, "d") // due on 30 April
	})
	t.Run("one that is late settles all that are due by then, and the next is due as ever", func(t *testing.T) {
		s := given(t, acme, monthly, account("late", "2026-05-10"))
		s.finds("2026-05-09", domain.AccountOverdue, "d").since("2026-03-01")
		s.findsNo("2026-05-10", domain.AccountOverdue, "d").findsFrom("2026-06-01", domain.AccountOverdue, "d")
	})
	t.Run("two accounts in one period are for that period", func(t *testing.T) {
		s := given(t, acme, monthly, account("one", "2026-02-10"), account("two", "2026-02-20"))
		s.findsNo("2026-03-31", domain.AccountOverdue, "d").findsFrom("2026-04-01", domain.AccountOverdue, "d")
	})
	t.Run("as it was known", func(t *testing.T) {
		s := given(t, acme, monthly)
		known := s.known()
		s.and(account("feb", "2026-02-27")).findsNo("2026-03-01", domain.AccountOverdue, "d")
		s.look("2026-03-01", domain.AccountOverdue, "d", known).isThere()
	})
	t.Run("one that was annulled was not given", func(t *testing.T) {
		s := given(t, acme, monthly, account("feb", "2026-02-27"), `2026-03-05 dev act.annulled {"act":"feb","reason":"For another"}`)
		s.findsFrom("2026-03-01", domain.AccountOverdue, "d")
	})
	t.Run("varied, it is counted from the grant at the new interval", func(t *testing.T) {
		s := given(t, acme, monthly, account("feb", "2026-02-27"), `v: 2026-03-10 board delegation.varied {"id":"d","reportEvery":"P3M"}`)
		s.findsNo("2026-04-01", domain.AccountOverdue, "d").findsNo("2026-05-01", domain.AccountOverdue, "d") // February's account was for that quarter
		s.findsFrom("2026-08-01", domain.AccountOverdue, "d").byOnly("g", "v")
		s.and(`2026-08-05 board delegation.varied {"id":"d","reportEvery":null}`).findsNo("2026-08-05", domain.AccountOverdue, "d")
	})
	t.Run("nothing is due of what is not in force, and what was due is late again from the resumption on", func(t *testing.T) {
		s := given(t, acme, monthly, `2026-02-15 board delegation.suspended {"id":"d"}`, `up: 2026-04-10 board delegation.resumed {"id":"d"}`)
		s.findsNo("2026-03-01", domain.AccountOverdue, "d").findsFrom("2026-04-10", domain.AccountOverdue, "d").by("g", "up")
		s = given(t, acme, monthly, `2026-03-15 board delegation.suspended {"id":"d"}`, `2026-04-10 board delegation.resumed {"id":"d"}`)
		s.finds("2026-03-14", domain.AccountOverdue, "d").since("2026-03-01")
		s.finds("2026-05-01", domain.AccountOverdue, "d").since("2026-04-10")
	})
	t.Run("by days, weeks and years", func(t *testing.T) {
		for every, from := range map[string]string{"P10D": "2026-02-11", "P2W": "2026-02-15", "P1Y": "2027-02-01"} {
			given(t, acme, `2026-01-31 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","reportEvery":"`+every+`"}`).
				findsFrom(from, domain.AccountOverdue, "d")
		}
	})
}

func TestExpiring(t *testing.T) {
	s := given(t, acme, line, `g: 2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2026-07-01"}`)
	s.findsFrom("2026-06-01", domain.Expiring, "d").byOnly("g").is(domain.Low).concerns("delegation", "aims", "dev")
	s.findsNo("2026-07-01", domain.Expiring, "d").findsNo("2026-06-15", domain.Expiring, "d-cto")
	known := s.known()
	s.and(`v: 2026-06-10 cto delegation.varied {"id":"d","until":"2026-12-31"}`).findsNo("2026-06-10", domain.Expiring, "d")
	s.findsFrom("2026-12-01", domain.Expiring, "d").byOnly("g", "v")
	s.look("2026-06-10", domain.Expiring, "d", known).isThere().since("2026-06-01")
	t.Run("a term that is shortened expires from then on", func(t *testing.T) {
		s := given(t, acme, line, `g: 2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims"}`, `v: 2026-06-20 cto delegation.varied {"id":"d","until":"2026-07-01"}`)
		s.findsFrom("2026-06-20", domain.Expiring, "d").byOnly("g", "v")
	})
	t.Run("a short one from its grant", func(t *testing.T) {
		given(t, acme, line, `g: 2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2026-02-15"}`).findsFrom("2026-02-01", domain.Expiring, "d")
	})
}

func TestSamePerson(t *testing.T) {
	s := given(t, acme, line, `2026-03-01 board role.vacated {"role":"cto","party":"cara"}`)
	s.findsNo("2026-04-01", domain.SamePerson, "d-cto")
	s.and(`acting: 2026-04-01 board role.assigned {"role":"cto","party":"ben","basis":"acting"}`)
	s.findsFrom("2026-04-01", domain.SamePerson, "d-cto").by("g-cto", "acting").is(domain.Medium).concerns("delegation", "technology", "ben")
	known := s.known()
	s.and(`2026-05-01 board role.assigned {"role":"cto","party":"eli","basis":"shared"}`).findsNo("2026-05-01", domain.SamePerson, "d-cto") // not alone
	s.look("2026-05-01", domain.SamePerson, "d-cto", known).isThere()
	t.Run("the only member of the board, who is its delegate", func(t *testing.T) {
		s := given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"ada","scope":"aims"}`)
		s.findsNo("2026-02-01", domain.SamePerson, "d")
		s.and(`2026-02-01 board member.departed {"body":"board","party":"grace"}`).findsFrom("2026-02-01", domain.SamePerson, "d").concerns("delegation", "aims", "ada")
	})
	t.Run("one after the other is since when this one is", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 board role.vacated {"role":"cto","party":"cara"}`, `2026-03-01 board role.assigned {"role":"cto","party":"ben"}`,
			`2026-05-01 board role.vacated {"role":"cto","party":"ben"}`, `2026-05-01 board role.vacated {"role":"ceo","party":"ben"}`,
			`2026-05-01 board role.assigned {"role":"cto","party":"eli"}`, `2026-05-01 board role.assigned {"role":"ceo","party":"eli"}`)
		s.finds("2026-04-01", domain.SamePerson, "d-cto").since("2026-03-01").concerns("delegation", "technology", "ben")
		s.finds("2026-06-01", domain.SamePerson, "d-cto").since("2026-05-01").concerns("delegation", "technology", "eli")
	})
}

func TestConflicted(t *testing.T) {
	voted := func(to, present, yes, recused string) string {
		return `g: 2026-03-01 board delegation.granted {"id":"d","from":"board","to":"` + to + `","scope":"aims"} {"resolution":{"date":"2026-02-20","method":"meeting","present":[` +
			present + `],"for":[` + yes + `],"recused":[` + recused + `]}}`
	}
	t.Run("the recipient", func(t *testing.T) {
		s := given(t, acme, voted("ada", `"ada","grace"`, `"ada","grace"`, ``))
		s.findsFrom("2026-03-01", domain.Conflicted, "d").byOnly("g").is(domain.Medium).concerns("delegation", "aims", "ada")
		known := s.known()
		s.and(`2026-04-01 board delegation.revoked {"id":"d"}`).findsNo("2026-04-01", domain.Conflicted, "d")
		s.look("2026-04-01", domain.Conflicted, "d", known).isThere()
	})
	t.Run("not where they stepped aside", func(t *testing.T) {
		given(t, acme, voted("ada", `"ada","grace"`, `"grace"`, `"ada"`)).findsNo("2026-04-01", domain.Conflicted, "d")
	})
	t.Run("who sits in the role that receives, when it is voted or when it takes effect", func(t *testing.T) {
		given(t, acme, `2026-01-05 board role.assigned {"role":"cto","party":"grace","basis":"shared"}`, voted("cto", `"ada","grace"`, `"ada","grace"`, ``)).
			finds("2026-03-01", domain.Conflicted, "d").concerns("delegation", "aims", "grace")
		given(t, acme, `2026-02-25 board role.assigned {"role":"cto","party":"grace"}`, voted("cto", `"ada","grace"`, `"ada","grace"`, ``)).finds("2026-03-01", domain.Conflicted, "d")
		given(t, acme, `2026-03-02 board role.assigned {"role":"cto","party":"grace"}`, voted("cto", `"ada","grace"`, `"ada","grace"`, ``)).findsNo("2026-04-01", domain.Conflicted, "d")
	})
	t.Run("a variation, until it is decided again without them", func(t *testing.T) {
		s := given(t, acme, `g: 2026-01-10 board delegation.granted {"id":"d","from":"board","to":"ada","scope":"aims","powers":["model.deploy"]}`,
			`v: 2026-03-01 board delegation.varied {"id":"d","powers":["model.*"]} {"resolution":{"date":"2026-02-20","method":"meeting","present":["ada","grace"],"for":["ada"]}}`)
		s.findsFrom("2026-03-01", domain.Conflicted, "d").byOnly("g", "v")
		s.and(`2026-04-01 board delegation.varied {"id":"d","powers":["model.*"]} {"resolution":{"date":"2026-04-01","method":"meeting","present":["ada","grace"],"for":["grace"],"recused":["ada"]}}`)
		s.findsNo("2026-04-01", domain.Conflicted, "d")
	})
}
