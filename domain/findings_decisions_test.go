package domain_test

import (
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// buys is a decision of a party to spend so much over the AI management system.
func buys(id, day, by, gbp, more string) string {
	if more != "" {
		more = "," + more
	}
	return id + `: ` + day + ` ` + by + ` decision.taken {"id":"d-` + id + `","scope":"aims","power":"spend.cloud","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"` + gbp + `"}]` + more + `}`
}

// monthly gives dev 100 a month over the AI management system, by the technology officer.
const monthly = `
g-dev: 2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"],"limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"month"}]}
`

func TestUltraVires(t *testing.T) {
	t.Run("a decision by one who holds nothing, until it is ratified, and it stays to be seen", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "eli", "10", ""))
		s.findsFrom("2026-03-01", domain.UltraVires, "d-po-1").byOnly("po-1").is(domain.High).concerns("decision", "aims", "eli")
		before := s.known()
		s.and(`ratify: 2026-04-01 ceo act.ratified {"act":"po-1","reason":"Needed"}`)
		s.finds("2026-03-31T23:59:59.999999999Z", domain.UltraVires, "d-po-1")
		s.look("2026-04-01", domain.UltraVires, "d-po-1", 0).isCured("ceo", "2026-04-01", "ratify").since("2026-03-01")
		s.look("2026-04-01", domain.UltraVires, "d-po-1", before).isThere()
		s.and(`2026-04-02 board act.annulled {"act":"ratify","reason":"By mistake"}`)
		s.finds("2026-04-01", domain.UltraVires, "d-po-1")
	})
	t.Run("not where authority in force covers it", func(t *testing.T) {
		given(t, acme, line, buys("po-1", "2026-03-01", "cto", "10", "")).findsNo("2026-03-01", domain.UltraVires, "d-po-1")
		given(t, acme, line, buys("po-1", "2026-03-01", "cara", "10", "")).findsNo("2026-03-01", domain.UltraVires, "d-po-1") // through her role
		given(t, acme, line, buys("po-1", "2026-03-01", "board", "10", "")).findsNo("2026-03-01", domain.UltraVires, "d-po-1")
	})
	t.Run("a member alone is not the board", func(t *testing.T) {
		given(t, acme, line, buys("po-1", "2026-03-01", "ada", "10", "")).finds("2026-03-01", domain.UltraVires, "d-po-1")
	})
	t.Run("a power that was not given, a scope that is not covered, the day before and the day after", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["model.deploy"],"until":"2026-04-01"}`,
			`2026-03-01 dev decision.taken {"id":"in","scope":"triage","power":"model.deploy","summary":"S"}`,
			`2026-03-01 dev decision.taken {"id":"power","scope":"triage","power":"model.retire","summary":"S"}`,
			`2026-03-01 dev decision.taken {"id":"scope","scope":"technology","power":"model.deploy","summary":"S"}`,
			`2026-02-28T23:59:59.999Z dev decision.taken {"id":"before","scope":"aims","power":"model.deploy","summary":"S"}`,
			`2026-03-31T23:59:59.999Z dev decision.taken {"id":"last","scope":"aims","power":"model.deploy","summary":"S"}`,
			`2026-04-01 dev decision.taken {"id":"after","scope":"aims","power":"model.deploy","summary":"S"}`)
		for id, beyond := range map[string]bool{"in": false, "power": true, "scope": true, "before": true, "last": false, "after": true} {
			require.Equal(t, beyond, s.look("2026-05-01", domain.UltraVires, id, 0).Finding != nil, id)
		}
	})
	t.Run("by a delegation named that someone else holds", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "ceo", "10", `"under":"d-cto"`), buys("po-2", "2026-03-01", "board", "10", `"under":"d-ceo"`))
		s.finds("2026-03-01", domain.UltraVires, "d-po-1")
		s.finds("2026-03-01", domain.UltraVires, "d-po-2")
	})
	t.Run("beyond what is left of the month, and to the penny not", func(t *testing.T) {
		s := given(t, acme, line, monthly, buys("a", "2026-03-01", "dev", "60", ""), buys("b", "2026-03-31T23:59:59Z", "dev", "40", ""),
			buys("c", "2026-03-31T23:59:59.5Z", "dev", "0.0001", ""), buys("d", "2026-04-01", "dev", "100", ""), buys("e", "2026-04-02", "dev", "100.0001", ""))
		for id, beyond := range map[string]bool{"a": false, "b": false, "c": true, "d": false, "e": true} {
			require.Equal(t, beyond, s.look("2026-05-01", domain.UltraVires, "d-"+id, 0).Finding != nil, id)
		}
	})
	t.Run("a vacant role decides nothing, nor one that left, nor through somebody who is not in office", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`, buys("a", "2026-02-02", "cto", "1", ""), buys("b", "2026-02-02", "cara", "1", ""),
			`2026-02-03 board role.assigned {"role":"cto","party":"dev"}`, buys("c", "2026-02-04", "cto", "1", ""),
			`e: 2026-02-04 cto decision.taken {"id":"d-e","scope":"aims","power":"spend.cloud","summary":"S"} {"through":["dev"]}`,
			`f: 2026-02-04 cto decision.taken {"id":"d-f","scope":"aims","power":"spend.cloud","summary":"S"} {"through":["cara"]}`,
			`2026-02-05 board person.left {"person":"dev"}`, buys("g", "2026-02-05", "dev", "1", ""))
		for id, beyond := range map[string]bool{"a": true, "b": true, "c": false, "e": false, "f": true, "g": true} {
			require.Equal(t, beyond, s.look("2026-03-01", domain.UltraVires, "d-"+id, 0).Finding != nil, id)
		}
	})
	t.Run("a power that was not defined when it was recorded, whatever is defined later", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-21 board power.defined {"id":"model","name":"Models"}`, buys("a", "2026-03-01", "ceo", "1", ""),
			`2026-01-21 board power.defined {"id":"spend.cloud","name":"Cloud"}`, buys("b", "2026-03-01", "ceo", "1", ""))
		s.finds("2026-03-01", domain.UltraVires, "d-a")
		s.findsNo("2026-03-01", domain.UltraVires, "d-b")
	})
	t.Run("annulled, it is not found any more", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "eli", "10", ""))
		known := s.known()
		s.and(`2026-03-05 board act.annulled {"act":"po-1","reason":"Never taken"}`).findsNo("2026-03-06", domain.UltraVires, "d-po-1")
		s.look("2026-03-06", domain.UltraVires, "d-po-1", known).isThere()
	})
}

// undermines asserts that what is recorded late takes the ground from under the technology officer's purchase of 1 March.
func undermines(t *testing.T, by string, late ...string) {
	t.Helper()
	s := given(t, acme, line, buys("po-1", "2026-03-01", "cto", "10", `"under":"d-cto"`))
	s.findsNo("2026-04-01", domain.Undermined, "d-po-1")
	before := s.known()
	s.and(late...)
	s.findsFrom("2026-03-01", domain.Undermined, "d-po-1").byOnly("po-1", by).is(domain.High).concerns("decision", "aims", "cto")
	s.findsNo("2026-04-01", domain.UltraVires, "d-po-1")
	s.look("2026-04-01", domain.Undermined, "d-po-1", before).isAbsent()
	s.and(`ratify: 2026-04-10 board act.ratified {"act":"po-1","reason":"It stands"}`)
	s.look("2026-04-10", domain.Undermined, "d-po-1", 0).isCured("board", "2026-04-10", "ratify")
	s.finds("2026-04-09", domain.Undermined, "d-po-1")
}

func TestADecisionIsUndermined(t *testing.T) {
	t.Run("by a revocation recorded late", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 ceo delegation.revoked {"id":"d-cto"}`)
	})
	t.Run("by a suspension of what its delegation stands on", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 board delegation.suspended {"id":"d-ceo"}`)
	})
	t.Run("by a correction of the grant", func(t *testing.T) {
		undermines(t, "late", `late: 2026-03-05 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["model.*"]}}`)
	})
	t.Run("by a correction of the grant's day", func(t *testing.T) {
		undermines(t, "late", `late: 2026-03-05 ceo act.corrected {"act":"g-cto","effective":"2026-03-02","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}}`)
	})
	t.Run("by the annulment of the grant above", func(t *testing.T) {
		undermines(t, "late", `late: 2026-03-05 board act.annulled {"act":"g-ceo","reason":"Never resolved"}`)
	})
	t.Run("by a vacation recorded late: nobody was in office to decide", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 board role.vacated {"role":"cto","party":"cara"}`)
	})
	t.Run("by a move of the scope recorded late", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 board scope.moved {"id":"aims","parent":"sales"}`)
	})
	t.Run("by a matter reserved late", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 board matter.reserved {"id":"m","name":"Cloud","scope":"technology","powers":["spend.cloud"]}`)
	})
	t.Run("by a limit set late", func(t *testing.T) {
		undermines(t, "late", `late: 2026-02-01 ceo delegation.varied {"id":"d-cto","limits":[{"dimension":"spend","unit":"GBP","max":"9.9999","per":"act"}]}`)
	})
	t.Run("by a decision dated earlier and recorded later that uses up the shared limit", func(t *testing.T) {
		s := given(t, acme, line, monthly, `2026-02-02 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage"}`, buys("po-1", "2026-03-10", "dev", "60", ""))
		before := s.known()
		s.and(`po-0: 2026-03-09 eli decision.taken {"id":"d-po-0","scope":"triage","power":"spend.cloud","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"40.01"}]}`)
		s.findsFrom("2026-03-10", domain.Undermined, "d-po-1").byOnly("po-1")
		s.findsNo("2026-03-20", domain.UltraVires, "d-po-0")
		s.look("2026-03-20", domain.Undermined, "d-po-1", before).isAbsent()
		known := s.known()
		s.and(`2026-04-01 board act.annulled {"act":"po-0","reason":"Never bought"}`).findsNo("2026-03-20", domain.Undermined, "d-po-1")
		s.findsNo("2026-03-20", domain.LateAuthority, "d-po-1")
		s.look("2026-03-20", domain.Undermined, "d-po-1", known).isThere()
	})
	t.Run("and not by what takes effect after it", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "cto", "10", ""), `2026-03-01T00:00:00.000000001Z ceo delegation.revoked {"id":"d-cto"}`)
		s.findsNo("2026-04-01", domain.Undermined, "d-po-1")
	})
	t.Run("the act that did it is named, though the decision was reworded since", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "cto", "10", ""), `late: 2026-02-01 ceo delegation.revoked {"id":"d-cto"}`,
			`2026-03-05 cto act.corrected {"act":"po-1","data":{"id":"d-po-1","scope":"aims","power":"spend.cloud","summary":"Better said"}}`)
		s.finds("2026-04-01", domain.Undermined, "d-po-1").byOnly("po-1", "late")
	})
}

func TestADelegationIsUndermined(t *testing.T) {
	grantDev := `g-dev: 2026-03-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["model.deploy"]}`
	for name, late := range map[string]string{
		"by a revocation recorded late":                   `late: 2026-02-01 ceo delegation.revoked {"id":"d-cto"}`,
		"by a suspension further up":                      `late: 2026-02-01 board delegation.suspended {"id":"d-ceo"}`,
		"by the annulment of the grant it stands on":      `late: 2026-03-05 board act.annulled {"act":"g-cto","reason":"Never resolved"}`,
		"by a correction of the grant it stands on":       `late: 2026-03-05 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","until":"2026-03-01"}}`,
		"by a move of its scope":                          `late: 2026-02-01 board scope.moved {"id":"aims","parent":"sales"}`,
		"by the leaving of a person it was to be held by": `late: 2026-02-01 board person.left {"person":"dev"}`,
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, acme, line, grantDev)
			s.findsNo("2026-04-01", domain.Undermined, "d-dev")
			before := s.known()
			s.and(late)
			party := "dev"
			if name == "by the leaving of a person it was to be held by" {
				party = "" // it never came to be
			}
			s.findsFrom("2026-03-01", domain.Undermined, "d-dev").byOnly("g-dev", "late").is(domain.High).concerns("delegation", "aims", party)
			s.look("2026-04-01", domain.Undermined, "d-dev", before).isAbsent()
			s.and(`2026-04-20 board act.annulled {"act":"late","reason":"It was right"}`).findsNo("2026-04-01", domain.Undermined, "d-dev")
		})
	}
	t.Run("not by what takes effect later: that is LAPSED", func(t *testing.T) {
		s := given(t, acme, line, grantDev, `2026-03-02 ceo delegation.revoked {"id":"d-cto"}`)
		s.findsNo("2026-04-01", domain.Undermined, "d-dev").finds("2026-04-01", domain.Lapsed, "d-dev")
	})
	t.Run("nor by what leaves it standing with less, or takes only its delegator's office: that it was granted stays as judged", func(t *testing.T) {
		for _, late := range []string{`2026-02-01 board matter.reserved {"id":"m","name":"Release","scope":"technology","powers":["model.deploy"]}`,
			`2026-02-01 ceo delegation.varied {"id":"d-cto","powers":["hire"]}`, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`} {
			s := given(t, acme, line, grantDev, late)
			s.findsNo("2026-04-01", domain.Undermined, "d-dev").findsNo("2026-04-01", domain.Lapsed, "d-dev")
		}
	})
	t.Run("and once it is revoked itself, no longer", func(t *testing.T) {
		s := given(t, acme, line, grantDev, `2026-02-01 board delegation.suspended {"id":"d-ceo"}`, `2026-05-01 board delegation.revoked {"id":"d-dev"}`)
		s.finds("2026-04-30", domain.Undermined, "d-dev")
		s.findsNo("2026-05-01", domain.Undermined, "d-dev")
	})
}

func TestLateAuthority(t *testing.T) {
	t.Run("what is granted late covers what was decided", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "dev", "10", ""))
		s.finds("2026-03-02", domain.UltraVires, "d-po-1")
		before := s.known()
		s.and(`g: 2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"]}`)
		s.findsFrom("2026-03-01", domain.LateAuthority, "d-po-1").byOnly("po-1", "g").is(domain.Low).concerns("decision", "aims", "dev")
		s.findsNo("2026-03-02", domain.UltraVires, "d-po-1")
		s.look("2026-03-02", domain.LateAuthority, "d-po-1", before).isAbsent()
		s.look("2026-03-02", domain.UltraVires, "d-po-1", before).isThere()
	})
	t.Run("what is granted from the day after does not", func(t *testing.T) {
		s := given(t, acme, line, buys("po-1", "2026-03-01", "dev", "10", ""), `2026-03-02 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"]}`)
		s.finds("2026-03-10", domain.UltraVires, "d-po-1")
		s.findsNo("2026-03-10", domain.LateAuthority, "d-po-1")
	})
	t.Run("by a correction of the decision itself", func(t *testing.T) {
		s := given(t, acme, line, monthly, buys("po-1", "2026-03-01", "dev", "1000", ""))
		s.finds("2026-03-02", domain.UltraVires, "d-po-1")
		s.and(`fix: 2026-03-05 dev act.corrected {"act":"po-1","data":{"id":"d-po-1","scope":"aims","power":"spend.cloud","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"100"}]}}`)
		s.findsNo("2026-03-06", domain.UltraVires, "d-po-1").finds("2026-03-06", domain.LateAuthority, "d-po-1").byOnly("po-1", "fix")
	})
	t.Run("by an annulment that frees the limit, also by another way than was tried first", func(t *testing.T) {
		s := given(t, acme, line,
			`2026-02-01 cto delegation.granted {"id":"d-1","from":"cto","to":"dev","scope":"aims","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"month"}]}`,
			`2026-02-01 ceo delegation.granted {"id":"d-2","from":"ceo","to":"dev","scope":"technology","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"month"}]}`,
			buys("a", "2026-03-01", "dev", "60", `"under":"d-1"`), buys("b", "2026-03-02", "dev", "60", `"under":"d-2"`), buys("c", "2026-03-03", "dev", "50", ""))
		s.finds("2026-03-04", domain.UltraVires, "d-c")
		s.and(`free: 2026-03-05 board act.annulled {"act":"b","reason":"Never bought"}`)
		s.finds("2026-03-04", domain.LateAuthority, "d-c").byOnly("c", "free")
		s.findsNo("2026-03-04", domain.UltraVires, "d-c")
	})
	t.Run("what another drew by another way follows", func(t *testing.T) {
		s := given(t, acme, line,
			`2026-02-01 cto delegation.granted {"id":"d-1","from":"cto","to":"dev","scope":"aims","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"month"}]}`,
			`2026-02-01 ceo delegation.granted {"id":"d-2","from":"ceo","to":"dev","scope":"technology","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"month"}]}`,
			buys("a", "2026-03-01", "dev", "60", `"under":"d-1"`), buys("b", "2026-03-02", "dev", "60", ""), buys("c", "2026-03-03", "dev", "60", `"under":"d-2"`))
		s.finds("2026-03-04", domain.UltraVires, "d-c") // b went to d-2, since d-1 had not enough left
		s.and(`free: 2026-03-05 board act.annulled {"act":"a","reason":"Never bought"}`)
		s.finds("2026-03-04", domain.LateAuthority, "d-c").byOnly("c", "free") // now b draws on d-1
	})
	t.Run("what one without authority draws follows the delegation it names", func(t *testing.T) {
		for by, gone := range map[string]string{
			"ada": ``,                                                            // who holds nothing
			"cto": `2026-02-20 board role.vacated {"role":"cto","party":"cara"}`, // where nobody is in office
		} {
			s := given(t, acme, line, monthly, `2026-02-02 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage"}`, gone,
				`a: 2026-03-01 `+by+` decision.taken {"id":"d-a","scope":"triage","power":"spend.cloud","summary":"S","under":"d-eli","amounts":[{"dimension":"spend","unit":"GBP","value":"60"}]}`,
				buys("b", "2026-03-02", "dev", "60", ""))
			s.finds("2026-03-04", domain.UltraVires, "d-b") // a is not covered, and yet it counts
			s.and(`2026-02-11 ceo delegation.granted {"id":"d-dev3","from":"ceo","to":"dev","scope":"aims","powers":["spend.*"],"limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"act"}]}`,
				`move: 2026-02-12 dev delegation.varied {"id":"d-eli","under":"d-dev3"}`)
			s.finds("2026-03-04", domain.LateAuthority, "d-b").by("b", "move")
			s.and(`back: 2026-03-20 board act.annulled {"act":"move","reason":"Never moved"}`)
			s.finds("2026-03-04", domain.UltraVires, "d-b")
		}
	})
}

func TestSystemActed(t *testing.T) {
	const bot = `
2026-01-20 board party.registered {"id":"bot","kind":"system","name":"Triage agent","answerable":"dev"}
2026-01-21 cto delegation.granted {"id":"d-bot","from":"cto","to":"bot","scope":"triage","powers":["model.deploy"]}
`
	acts := func(id, day string) string {
		return id + `: ` + day + ` bot decision.taken {"id":"d-` + id + `","scope":"triage","power":"model.deploy","summary":"S"}`
	}
	s := given(t, acme, line, bot, acts("before", "2026-02-28T23:59:59Z"), acts("after", "2026-03-01"))
	s.findsNo("2026-03-02", domain.SystemActed, "d-after")
	known := s.known()
	s.and(`left: 2026-03-01 board person.left {"person":"dev"}`)
	s.findsFrom("2026-03-01", domain.SystemActed, "d-after").byOnly("after").is(domain.High).concerns("decision", "triage", "bot")
	s.findsNo("2026-03-02", domain.SystemActed, "d-before")
	s.findsNo("2026-03-02", domain.UltraVires, "d-after") // the system's authority stands
	s.look("2026-03-02", domain.SystemActed, "d-after", known).isAbsent()
	s.and(`2026-03-05 board person.returned {"person":"dev"}`, acts("again", "2026-03-05")).findsNo("2026-03-06", domain.SystemActed, "d-again")
	s.finds("2026-03-06", domain.SystemActed, "d-after")
	s.and(`ratify: 2026-03-07 cto act.ratified {"act":"after","reason":"Looked at"}`)
	s.look("2026-03-07", domain.SystemActed, "d-after", 0).isCured("cto", "2026-03-07", "ratify")

	t.Run("a role answers while somebody sits in it", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-20 board party.registered {"id":"bot","kind":"system","name":"Triage agent","answerable":"cto"}`,
			`2026-01-21 cto delegation.granted {"id":"d-bot","from":"cto","to":"bot","scope":"triage","powers":["model.deploy"]}`,
			`2026-03-01 board role.vacated {"role":"cto","party":"cara"}`, acts("x", "2026-03-01"), `2026-03-02 board role.assigned {"role":"cto","party":"eli"}`, acts("y", "2026-03-02"))
		s.finds("2026-03-03", domain.SystemActed, "d-x")
		s.findsNo("2026-03-03", domain.SystemActed, "d-y")
	})
	t.Run("what undermined its authority is named, and not who left", func(t *testing.T) {
		s := given(t, acme, line, bot, acts("x", "2026-03-01"), `late: 2026-02-01 cto delegation.revoked {"id":"d-bot"}`, `2026-02-15 board person.left {"person":"dev"}`)
		s.finds("2026-03-02", domain.Undermined, "d-x").byOnly("x", "late")
		s.finds("2026-03-02", domain.SystemActed, "d-x")
	})
}
