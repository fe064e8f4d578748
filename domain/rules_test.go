package domain_test

import (
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// The tests of this file are DOMAIN, section 5, as scenarios that a company secretary can check: given what is recorded,
// when one more act is recorded, then it is accepted or refused for a rule, at a field. The board of acme acts without a
// quorum here; what resolutions must show is tested in resolutions_test.go.

// acme: a board of two, a chief executive and a chief technology officer, three persons beside them, and the scopes
// organization > technology > aims > triage, and organization > sales.
const acme = `
2026-01-01 board ledger.opened    {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"}}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada Okafor"}
2026-01-01 board party.registered {"id":"grace","kind":"person","name":"Grace Thorne"}
2026-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben Hale"}
2026-01-01 board party.registered {"id":"cara","kind":"person","name":"Cara Iyer"}
2026-01-01 board party.registered {"id":"dev","kind":"person","name":"Dev Rao"}
2026-01-01 board party.registered {"id":"eli","kind":"person","name":"Eli Brandt"}
2026-01-01 board member.appointed {"body":"board","party":"ada","capacity":"chair"}
2026-01-01 board member.appointed {"body":"board","party":"grace"}
2026-01-01 board scope.defined    {"id":"technology","name":"Technology"}
2026-01-01 board scope.defined    {"id":"aims","name":"AI management system","parent":"technology"}
2026-01-01 board scope.defined    {"id":"triage","name":"Triage","parent":"aims"}
2026-01-01 board scope.defined    {"id":"sales","name":"Sales"}
2026-01-01 board role.established {"id":"ceo","name":"Chief Executive"}
2026-01-01 board role.established {"id":"cto","name":"Chief Technology Officer","scope":"technology"}
2026-01-01 board role.assigned    {"role":"ceo","party":"ben"}
2026-01-01 board role.assigned    {"role":"cto","party":"cara"}
`

// line is the usual chain over it: the board to the chief executive for everything, and he to the technology officer.
const line = `
g-ceo: 2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","powers":["*"]}
g-cto: 2026-01-20 ceo   delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["model.*","spend.*","hire"]}
`

func TestRuleNotHeld(t *testing.T) {
	const devGrants = `2026-03-01 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims","powers":["model.deploy"]}`
	t.Run("who holds nothing passes nothing on", func(t *testing.T) {
		given(t, acme).when(devGrants).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor over a scope beside or above one's own", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"sales","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		given(t, acme, line).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"organization","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor before it begins", func(t *testing.T) {
		given(t, acme, line).when(`2026-01-19 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		given(t, acme, line).when(`2026-01-20 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isAccepted()
	})
	t.Run("nor on the first day not covered", func(t *testing.T) {
		s := given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","until":"2026-03-01"}`)
		s.when(devGrants).isRefused(domain.NotHeld, "data.from")
		s.when(`2026-02-28 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims","powers":["model.deploy"]}`).isAccepted()
	})
	t.Run("nor once it is revoked", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 ceo delegation.revoked {"id":"d-cto"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor once what it stands on is revoked", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board delegation.revoked {"id":"d-ceo"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor while it is suspended", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board delegation.suspended {"id":"d-cto"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor while it waits to be accepted", func(t *testing.T) {
		s := given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","acceptance":"required"}`)
		s.when(devGrants).isRefused(domain.NotHeld, "data.from")
		s.and(`2026-02-01 dev delegation.accepted {"id":"d"}`).when(devGrants).isAccepted()
	})
	t.Run("nor by a delegation that someone else holds", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims","under":"d-cto"}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor in one's own name what the role holds", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 cara delegation.granted {"id":"d-x","from":"cara","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		given(t, acme, line).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]} {"through":["cara"]}`).isAccepted()
	})
	t.Run("nor once one has left", func(t *testing.T) {
		given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`, `2026-02-01 board person.left {"person":"dev"}`).
			when(devGrants).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor, having returned, what leaving ended", func(t *testing.T) {
		given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`,
			`2026-02-01 board person.left {"person":"dev"}`, `2026-02-15 board person.returned {"person":"dev"}`).
			when(devGrants).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor over a scope that is retired, until it is revived", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 board scope.retired {"id":"technology"}`, `2026-04-01 board scope.defined {"id":"technology","name":"Technology"}`)
		s.when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"technology","powers":["hire"]}`).isRefused(domain.UnknownScope, "data.scope")
		s.when(`2026-04-02 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"technology","powers":["hire"]}`).isAccepted()
	})
	t.Run("nor over a scope that was moved from under one's own", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board scope.moved {"id":"aims","parent":"sales"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"triage","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
}

func TestRuleExceedsPowers(t *testing.T) {
	grant := func(powers string) string {
		return `2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":[` + powers + `]}`
	}
	for _, powers := range []string{`"audit.plan"`, `"*"`, `"model"` /* model.* covers model and below */, `"spend"`, `"hire.*"`, `"hire.staff"`, `"modelling"`} {
		o := given(t, acme, line).when(grant(powers))
		switch powers {
		case `"model"`, `"spend"`:
			o.isAccepted()
		default:
			o.isRefused(domain.ExceedsPowers, "data.powers[0]")
		}
	}
	given(t, acme, line).when(grant(`"hire","model.*","model.deploy.*","spend.cloud"`)).isAccepted()
	given(t, acme, line).when(grant(`"hire","audit.plan"`)).isRefused(domain.ExceedsPowers, "data.powers[1]")
	t.Run("by what is inherited: powers left out are those of the one above", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims"}`).
			when(`2026-03-01 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims","powers":["audit.plan"]}`).isRefused(domain.ExceedsPowers, "data.powers[0]")
	})
	t.Run("by what was narrowed above", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board delegation.varied {"id":"d-ceo","powers":["model.*"]}`).
			when(grant(`"hire"`)).isRefused(domain.ExceedsPowers, "data.powers[0]")
	})
	t.Run("by a variation", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board delegation.varied {"id":"d-ceo","powers":["model.*","spend.*","hire"]}`).
			when(`2026-03-01 ceo delegation.varied {"id":"d-cto","powers":["audit.plan"]}`).isRefused(domain.ExceedsPowers, "data.powers[0]")
	})
}

func TestRuleExceedsLimit(t *testing.T) {
	const limited = `
2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","limits":[{"dimension":"spend","unit":"GBP","max":"100000","per":"act"},{"dimension":"spend","unit":"GBP","max":"1000000","per":"year"}]}
2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}
`
	grant := func(dimension, unit, max, per string) string {
		return `2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","limits":[{"dimension":"` + dimension + `","unit":"` + unit + `","max":"` + max + `","per":"` + per + `"}]}`
	}
	t.Run("inherited, by a hundredth", func(t *testing.T) {
		given(t, acme, limited).when(grant("spend", "GBP", "100000.01", "act")).isRefused(domain.ExceedsLimit, "data.limits[0].max")
		given(t, acme, limited).when(grant("spend", "GBP", "100000.00", "act")).isAccepted()
	})
	t.Run("of a period", func(t *testing.T) {
		given(t, acme, limited).when(grant("spend", "GBP", "1000001", "year")).isRefused(domain.ExceedsLimit, "data.limits[0].max")
	})
	t.Run("compared as numbers, not as text", func(t *testing.T) {
		given(t, acme, limited).when(grant("spend", "GBP", "99999.9", "act")).isAccepted()
		given(t, acme, limited).when(grant("spend", "GBP", "9", "act")).isAccepted()
	})
	t.Run("in a unit that is not allowed", func(t *testing.T) {
		given(t, acme, limited).when(grant("spend", "USD", "1", "act")).isRefused(domain.ExceedsLimit, "data.limits[0].unit")
	})
	t.Run("a dimension or a period not limited above may be limited below", func(t *testing.T) {
		given(t, acme, limited).when(grant("headcount", "persons", "3", "year")).isAccepted()
		given(t, acme, limited).when(grant("spend", "GBP", "100", "day")).isAccepted()
	})
	t.Run("by a variation", func(t *testing.T) {
		given(t, acme, limited).when(`2026-03-01 ceo delegation.varied {"id":"d-cto","limits":[{"dimension":"spend","unit":"GBP","max":"100001","per":"act"}]}`).isRefused(domain.ExceedsLimit, "data.limits[0].max")
	})
	t.Run("where the units above and below no longer meet, none is allowed", func(t *testing.T) {
		given(t, acme, `2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"act"}]}`,
			`2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology","limits":[{"dimension":"spend","unit":"GBP","max":"50","per":"act"}]}`,
			`2026-02-01 board delegation.varied {"id":"d-ceo","limits":[{"dimension":"spend","unit":"EUR","max":"100","per":"act"}]}`).
			when(grant("spend", "USD", "1000000", "act")).isRefused(domain.ExceedsLimit, "data.limits[0].unit")
	})
}

func TestRuleExceedsTerm(t *testing.T) {
	const term = `
2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","until":"2027-01-01"}
2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}
`
	t.Run("inherited, by a day", func(t *testing.T) {
		given(t, acme, term).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","until":"2027-01-02"}`).isRefused(domain.ExceedsTerm, "data.until")
		given(t, acme, term).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","until":"2027-01-01"}`).isAccepted()
	})
	t.Run("a term left out is that of the one above", func(t *testing.T) {
		given(t, acme, term).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims"}`).isAccepted()
	})
	t.Run("by a variation", func(t *testing.T) {
		given(t, acme, term).when(`2026-03-01 ceo delegation.varied {"id":"d-cto","until":"2027-01-02"}`).isRefused(domain.ExceedsTerm, "data.until")
	})
}

func TestRuleExceedsDepth(t *testing.T) {
	depth := func(n string) string {
		return `2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","subdelegation":{"maxDepth":` + n + `}}`
	}
	const ceoGrants = `2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}`
	const ctoGrants = `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims"}`
	t.Run("0 permits none", func(t *testing.T) {
		given(t, acme, depth("0")).when(ceoGrants).isRefused(domain.ExceedsDepth, "data.under")
	})
	t.Run("1 permits one level", func(t *testing.T) {
		given(t, acme, depth("1"), ceoGrants).when(ctoGrants).isRefused(domain.ExceedsDepth, "data.under")
	})
	t.Run("2 permits two", func(t *testing.T) {
		given(t, acme, depth("2"), ceoGrants, ctoGrants).
			when(`2026-02-02 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage"}`).isRefused(domain.ExceedsDepth, "data.under")
	})
	t.Run("a maxDepth above what remains", func(t *testing.T) {
		s := given(t, acme, depth("2"))
		s.when(`2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology","subdelegation":{"maxDepth":2}}`).isRefused(domain.ExceedsDepth, "data.subdelegation.maxDepth")
		s.when(`2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology","subdelegation":{"maxDepth":1}}`).isAccepted()
	})
	t.Run("tightened later: those made before stay, new ones are refused", func(t *testing.T) {
		given(t, acme, depth("2"), ceoGrants, ctoGrants, `2026-03-01 board delegation.varied {"id":"d-ceo","subdelegation":{"maxDepth":1}}`,
			`2026-03-02 cto delegation.varied {"id":"d-dev","reviewBy":"2026-12-01"}`).
			when(`2026-03-02 cto delegation.granted {"id":"d-eli","from":"cto","to":"eli","scope":"aims"}`).isRefused(domain.ExceedsDepth, "data.under")
	})
}

func TestRuleSubdelegationNotPermitted(t *testing.T) {
	given(t, acme, `2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","subdelegation":{"permitted":false}}`).
		when(`2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}`).isRefused(domain.SubdelegationNotPermitted, "data.under")
	given(t, acme, `2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","subdelegation":{"permitted":true}}`).
		when(`2026-01-20 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}`).isAccepted()
}

func TestRuleAmbiguousAuthorityAndTheNearestScope(t *testing.T) {
	const two = `
2026-01-10 board delegation.granted {"id":"d-1","from":"board","to":"dev","scope":"technology","powers":["model.*","hire"]}
2026-01-10 board delegation.granted {"id":"d-2","from":"board","to":"dev","scope":"technology","powers":["model.*","spend.*"]}
2026-01-10 board delegation.granted {"id":"d-3","from":"board","to":"dev","scope":"organization","powers":["*"]}
`
	grant := func(scope, powers, more string) string {
		return `2026-02-01 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"` + scope + `","powers":[` + powers + `]` + more + `}`
	}
	t.Run("two that fit equally", func(t *testing.T) {
		given(t, acme, two).when(grant("aims", `"model.deploy"`, "")).isRefused(domain.AmbiguousAuthority, "data.under")
	})
	t.Run("one of them named", func(t *testing.T) {
		given(t, acme, two).when(grant("aims", `"model.deploy"`, `,"under":"d-2"`)).standsUnder("d-2")
	})
	t.Run("the one on the nearest scope that passes every rule", func(t *testing.T) {
		given(t, acme, two).when(grant("aims", `"hire"`, "")).standsUnder("d-1")
		given(t, acme, two).when(grant("aims", `"spend.cloud"`, "")).standsUnder("d-2")
		given(t, acme, two).when(grant("aims", `"audit.plan"`, "")).standsUnder("d-3")
		given(t, acme, two).when(grant("sales", `"model.deploy"`, "")).standsUnder("d-3")
	})
	t.Run("if none does, the nearest one's refusal is given", func(t *testing.T) {
		given(t, acme, `2026-01-10 board delegation.granted {"id":"d-near","from":"board","to":"dev","scope":"aims","subdelegation":{"permitted":false}}`,
			`2026-01-10 board delegation.granted {"id":"d-far","from":"board","to":"dev","scope":"organization","powers":["hire"]}`).
			when(grant("triage", `"model.deploy"`, "")).isRefused(domain.SubdelegationNotPermitted, "data.under")
	})
	t.Run("one that is no longer in force does not count", func(t *testing.T) {
		given(t, acme, two, `2026-01-20 board delegation.revoked {"id":"d-1"}`).when(grant("aims", `"model.deploy"`, "")).standsUnder("d-2")
	})
	t.Run("under the governing body it is empty", func(t *testing.T) {
		given(t, acme).when(`2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`).standsUnder("")
	})
}

func TestRuleReservedMatter(t *testing.T) {
	reserve := func(scope, power string) string {
		return `2026-01-05 board matter.reserved {"id":"m","name":"M","scope":"` + scope + `","powers":["` + power + `"]}`
	}
	grant := func(power string) string {
		return `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","powers":["hire","` + power + `"]}`
	}
	for _, c := range []struct {
		name, reserved, at, named string
		refused                   bool
	}{
		{"the power itself", "spend.acquisition", "aims", "spend.acquisition", true},
		{"reserved above", "spend.acquisition", "organization", "spend.acquisition", true},
		{"reserved below", "spend.acquisition", "triage", "spend.acquisition", false},
		{"reserved beside", "spend.acquisition", "sales", "spend.acquisition", false},
		{"spend.* names a reserved spend.acquisition", "spend.acquisition", "aims", "spend.*", true},
		{"* does not", "spend.acquisition", "aims", "*", false},
		{"spend is another power", "spend.acquisition", "aims", "spend", false},
		{"spend.cloud is below a reserved spend.*", "spend.*", "aims", "spend.cloud", true},
		{"so is spend", "spend.*", "aims", "spend", true},
		{"everything is reserved", "*", "aims", "spend.cloud", true},
		{"an act type is a power", "policy.adopted", "organization", "policy.adopted", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, acme, reserve(c.at, c.reserved)).when(grant(c.named))
			if c.refused {
				o.isRefused(domain.ReservedMatter, map[bool]string{false: "data.powers[1]", true: "data.powers[0]"}[c.reserved == "*"])
			} else {
				o.isAccepted()
			}
		})
	}
	t.Run("in a variation", func(t *testing.T) {
		given(t, acme, reserve("aims", "hire"), `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","powers":["spend"]}`).
			when(`2026-03-01 board delegation.varied {"id":"d","powers":["spend","hire"]}`).isRefused(domain.ReservedMatter, "data.powers[1]")
	})
	t.Run("released", func(t *testing.T) {
		given(t, acme, reserve("aims", "hire"), `2026-01-20 board matter.released {"id":"m"}`).when(grant("spend")).isAccepted()
	})
	t.Run("reserved afterwards, it is no longer conferred", func(t *testing.T) {
		s := given(t, acme, line)
		s.when(`2026-02-01 ceo role.assigned {"role":"cto","party":"dev","basis":"shared"}`).isAccepted()
		s.and(`2026-02-02 board matter.reserved {"id":"m","name":"Appointments","powers":["role.assigned"]}`).
			when(`2026-02-03 ceo role.assigned {"role":"cto","party":"eli","basis":"shared"}`).isRefused(domain.NotEntitled, "by")
	})
}

func TestRuleCycle(t *testing.T) {
	for _, c := range []struct{ name, to string }{{"to oneself", "cto"}, {"to the delegator above", "ceo"}, {"to the governing body", "board"}} {
		t.Run(c.name, func(t *testing.T) {
			given(t, acme, line).when(`2026-02-01 cto delegation.granted {"id":"d-x","from":"cto","to":"`+c.to+`","scope":"aims","powers":["hire"]}`).isRefused(domain.Cycle, "data.to")
		})
	}
	t.Run("the governing body to itself", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 board delegation.granted {"id":"d-x","from":"board","to":"board","scope":"aims"}`).isRefused(domain.Cycle, "data.to")
	})
	t.Run("two levels up, under an id it bore before", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board party.renamed {"id":"ceo","newId":"chief"}`, `2026-01-26 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).
			when(`2026-02-01 dev delegation.granted {"id":"d-x","from":"dev","to":"chief","scope":"aims","powers":["hire"]}`).isRefused(domain.Cycle, "data.to")
	})
	t.Run("to one who holds elsewhere is none", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board delegation.granted {"id":"d-dev","from":"board","to":"dev","scope":"sales"}`).
			when(`2026-02-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isAccepted()
	})
	t.Run("by moving what a delegation stands on", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`,
			`2026-01-26 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage","powers":["hire"]}`).
			when(`2026-02-01 cto delegation.varied {"id":"d-dev","under":"d-eli"}`).isRefusedFor(domain.NotHeld, domain.Cycle)
	})
	t.Run("a scope under itself", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 board scope.moved {"id":"aims","parent":"aims"}`).isRefused(domain.Cycle, "data.parent")
		given(t, acme).when(`2026-02-01 board scope.moved {"id":"technology","parent":"triage"}`).isRefused(domain.Cycle, "data.parent")
		given(t, acme).when(`2026-02-01 board scope.moved {"id":"organization","parent":"sales"}`).isRefusedFor(domain.Cycle)
	})
	t.Run("a scope under itself at a later instant", func(t *testing.T) {
		given(t, acme, `m: 2026-06-01 board scope.moved {"id":"sales","parent":"triage"}`).
			when(`2026-03-01 board scope.moved {"id":"technology","parent":"sales"}`).isRefusedFor(domain.Cycle).naming("m")
	})
	t.Run("a scope under itself by a correction", func(t *testing.T) {
		given(t, acme, `m: 2026-03-01 board scope.moved {"id":"technology","parent":"organization"}`, `2026-06-01 board scope.moved {"id":"sales","parent":"triage"}`).
			when(`2026-07-01 board act.corrected {"act":"m","data":{"id":"technology","parent":"sales"}}`).isRefusedFor(domain.Cycle)
	})
	t.Run("a body under itself", func(t *testing.T) {
		given(t, acme, `2026-02-01 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"board"}`,
			`2026-02-01 board body.constituted {"id":"b","name":"B","kind":"committee","parent":"a"}`, `2026-03-01 board body.dissolved {"id":"a"}`).
			when(`2026-04-01 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"b"}`).isRefused(domain.Cycle, "data.parent")
	})
	t.Run("a body under itself at a later instant", func(t *testing.T) {
		given(t, acme,
			`2026-02-01 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"board"}`,
			`b: 2026-02-02 board body.constituted {"id":"b","name":"B","kind":"committee","parent":"board"}`,
			`2026-03-01 board body.dissolved {"id":"a"}`,
			`2026-04-01 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"b"}`).
			when(`2026-05-01 board act.corrected {"act":"b","data":{"id":"b","name":"B","kind":"committee","parent":"a"}}`).isRefusedFor(domain.Cycle)
	})
}

func TestRuleNotNatural(t *testing.T) {
	const bot = `
2026-01-05 board role.established {"id":"owner","name":"System owner"}
2026-01-05 board party.registered {"id":"bot","kind":"system","name":"Triage","answerable":"owner"}
`
	const grant = `2026-02-01 board delegation.granted {"id":"d-bot","from":"board","to":"bot","scope":"triage","powers":["model.deploy"]}`
	t.Run("nobody answers for it", func(t *testing.T) {
		given(t, acme, bot).when(grant).isRefused(domain.NotNatural, "data.to")
	})
	t.Run("nor gives it a seat", func(t *testing.T) {
		given(t, acme, bot).when(`2026-02-01 board role.assigned {"role":"cto","party":"bot"}`).isRefused(domain.NotNatural, "data.party")
		given(t, acme, bot).when(`2026-02-01 board member.appointed {"body":"board","party":"bot"}`).isRefused(domain.NotNatural, "data.party")
	})
	t.Run("the role that answers is filled", func(t *testing.T) {
		given(t, acme, bot, `2026-01-06 board role.assigned {"role":"owner","party":"dev"}`).when(grant).isAccepted()
	})
	t.Run("it never passes authority on", func(t *testing.T) {
		given(t, acme, bot, `2026-01-06 board role.assigned {"role":"owner","party":"dev"}`, grant).
			when(`2026-03-01 bot delegation.granted {"id":"d-x","from":"bot","to":"eli","scope":"triage","powers":["model.deploy"]}`).isRefused(domain.NotNatural, "data.from")
	})
	t.Run("the person who answers has left", func(t *testing.T) {
		given(t, acme, `2026-01-05 board party.registered {"id":"bot","kind":"system","name":"Triage","answerable":"dev"}`, `2026-01-20 board person.left {"person":"dev"}`).
			when(grant).isRefused(domain.NotNatural, "data.to")
	})
}

func TestRuleNotInOffice(t *testing.T) {
	t.Run("a vacant role acts", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotInOffice, "by")
	})
	t.Run("a memberless body acts", func(t *testing.T) {
		given(t, acme, `2026-01-05 board body.constituted {"id":"forum","name":"Forum","kind":"forum"}`, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"forum","scope":"aims"}`).
			when(`2026-02-01 forum delegation.granted {"id":"d-x","from":"forum","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotInOffice, "by")
	})
	t.Run("someone acts for a role they no longer fill", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]} {"through":["cara","eli"]}`).isRefused(domain.NotInOffice, "through[1]")
	})
	t.Run("someone vacates or departs from a seat they do not have", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 board role.vacated {"role":"cto","party":"dev"}`).isRefused(domain.NotInOffice, "data.party")
		given(t, acme).when(`2026-02-01 board member.departed {"body":"board","party":"dev"}`).isRefused(domain.NotInOffice, "data.party")
		given(t, acme).when(`2026-02-01 board member.departed {"body":"board","party":"grace","capacity":"chair"}`).isRefused(domain.NotInOffice, "data.party")
	})
	t.Run("or no longer have", func(t *testing.T) {
		given(t, acme, `2026-01-15 board role.assigned {"role":"cto","party":"dev","basis":"acting","until":"2026-02-01"}`).
			when(`2026-02-01 board role.vacated {"role":"cto","party":"dev"}`).isRefused(domain.NotInOffice, "data.party")
	})
	t.Run("a seat that ended when its role was abolished stays ended when it is revived", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board role.abolished {"id":"cto"}`, `2026-03-01 board role.established {"id":"cto","name":"CTO","scope":"technology"}`).
			when(`2026-03-02 board role.vacated {"role":"cto","party":"cara"}`).isRefused(domain.NotInOffice, "data.party")
	})
	t.Run("those above a vacant role act for it", func(t *testing.T) {
		s := given(t, acme, line)
		const byCEO = `2026-03-01 ceo delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`
		s.when(byCEO).isRefused(domain.NotEntitled, "by")
		s.and(`2026-02-01 board role.vacated {"role":"cto","party":"cara"}`)
		s.when(`2026-03-01 eli delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotEntitled, "by")
		s.when(byCEO).isAccepted()
		s.when(`2026-03-01 board delegation.granted {"id":"d-y","from":"cto","to":"eli","scope":"aims","powers":["hire"]}`).isAccepted()
	})
}

func TestRuleUnknownReferences(t *testing.T) {
	for _, c := range []struct {
		act  string
		code domain.Code
		path string
	}{
		{`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"zoe","scope":"aims"}`, domain.UnknownParty, "data.to"},
		{`2026-02-01 zoe concern.raised {"id":"c","scope":"aims","severity":"low","summary":"x"}`, domain.UnknownParty, "by"},
		{`2026-02-01 board purpose.defined {"statement":"x"} {"through":["ada","zoe"]}`, domain.UnknownParty, "through[1]"},
		{`2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada","zoe"],"for":["ada"]}}`, domain.UnknownParty, "resolution.present[1]"},
		{`2025-12-31 board role.assigned {"role":"cto","party":"dev"}`, domain.UnknownParty, "by"},
		{`2026-02-01 board role.assigned {"role":"dev","party":"eli"}`, domain.UnknownParty, "data.role"},
		{`2026-02-01 board member.appointed {"body":"cto","party":"eli"}`, domain.UnknownParty, "data.body"},
		{`2026-02-01 board person.left {"person":"cto"}`, domain.UnknownParty, "data.person"},
		{`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"lab"}`, domain.UnknownScope, "data.scope"},
		{`2026-02-01 board scope.defined {"id":"x","name":"X","parent":"lab"}`, domain.UnknownScope, "data.parent"},
		{`2026-02-01 board delegation.revoked {"id":"d-99"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","under":"d-99"}`, domain.UnknownID, "data.under"},
		{`2026-02-01 board direction.withdrawn {"id":"dir"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board matter.released {"id":"m"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board key.revoked {"id":"k"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board assurance.reviewed {"id":"as","conclusion":"noted"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board account.received {"id":"acc","outcome":"accepted"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board policy.adopted {"id":"p","scope":"aims","title":"P","version":"1","within":["dir-99"]}`, domain.UnknownID, "data.within[0]"},
		{`2026-02-01 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x","under":"d-99"}`, domain.UnknownID, "data.under"},
		{`2026-02-01 dev objective.set {"id":"x","scope":"aims","statement":"x","serves":"dir-99"}`, domain.UnknownID, "data.serves"},
		{`2026-02-01 dev assessment.completed {"id":"x","scope":"aims","kind":"risk","result":"x","criteria":"c-99"}`, domain.UnknownID, "data.criteria"},
		{`2026-02-01 dev concern.resolved {"id":"c-99"}`, domain.UnknownID, "data.id"},
		{`2026-02-01 board act.annulled {"act":"a-99","reason":"x"}`, domain.UnknownAct, "data.act"},
		{`2026-02-01 board act.corrected {"act":"a-99","data":{}}`, domain.UnknownAct, "data.act"},
		{`2026-02-01 board act.ratified {"act":"a-99","reason":"x"}`, domain.UnknownAct, "data.act"},
	} {
		t.Run(c.act, func(t *testing.T) { given(t, acme, line).when(c.act).isRefused(c.code, c.path) })
	}
	t.Run("a scope exists from its effective instant", func(t *testing.T) {
		s := given(t, acme, `2026-05-01 board scope.defined {"id":"lab","name":"Lab"}`)
		s.when(`2026-04-30 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"lab"}`).isRefused(domain.UnknownScope, "data.scope")
		s.when(`2026-05-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"lab"}`).isAccepted()
	})
	t.Run("retiring a scope retires those below", func(t *testing.T) {
		given(t, acme, `2026-02-01 board scope.retired {"id":"technology"}`).
			when(`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"triage"}`).isRefused(domain.UnknownScope, "data.scope")
	})
	t.Run("a role exists from its effective instant to its end", func(t *testing.T) {
		s := given(t, acme, `2026-05-01 board role.established {"id":"cfo","name":"CFO"}`, `2026-06-01 board role.abolished {"id":"cfo"}`)
		s.when(`2026-04-30 board role.assigned {"role":"cfo","party":"dev"}`).isRefused(domain.UnknownParty, "data.role")
		s.when(`2026-06-01 board role.assigned {"role":"cfo","party":"dev"}`).isRefused(domain.UnknownParty, "data.role")
		s.when(`2026-05-31 board role.assigned {"role":"cfo","party":"dev"}`).isAccepted()
	})
	t.Run("a person is known at every instant", func(t *testing.T) {
		given(t, acme, `2026-06-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}`).
			when(`2026-02-01 board role.assigned {"role":"cto","party":"zoe"}`).isAccepted()
	})
	t.Run("a person who left is given nothing", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board person.left {"person":"dev"}`)
		s.when(`2026-03-01 board role.assigned {"role":"cto","party":"dev"}`).isRefused(domain.UnknownParty, "data.party")
		s.when(`2026-03-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`).isRefused(domain.UnknownParty, "data.to")
		s.when(`2026-01-31 board role.assigned {"role":"cto","party":"dev"}`).isAccepted()
	})
	t.Run("a renamed party is accepted under any id it bore", func(t *testing.T) {
		s := given(t, acme, `2026-02-01 board party.renamed {"id":"dev","newId":"dev-rao"}`)
		s.when(`2026-01-15 board role.assigned {"role":"cto","party":"dev-rao"}`).isAccepted()
		s.when(`2026-03-01 board role.vacated {"role":"cto","party":"dev"}`).isAccepted()
	})
	t.Run("an undefined power, once any is defined", func(t *testing.T) {
		const hire = `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","powers":["spend.cloud","hire"]}`
		given(t, acme).when(hire).isAccepted()
		s := given(t, acme, `2026-06-01 board power.defined {"id":"spend.cloud","name":"Computing"}`)
		s.when(hire).isRefused(domain.UnknownID, "data.powers[1]")
		s.when(`2026-02-01 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`).isRefused(domain.UnknownID, "data.powers[0]")
		s.when(`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","powers":["spend.cloud","*","policy.adopted"]}`).isAccepted()
		s.when(`2026-02-02 board delegation.varied {"id":"d","powers":["hire"]}`).isRefused(domain.UnknownID, "data.powers[0]")
		s.when(`2026-02-02 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"A fact: a finding, not a refusal"}`).isAccepted()
	})
}

func TestRuleAlreadyExists(t *testing.T) {
	for _, c := range []struct{ name, before, act, path string }{
		{"a person", ``, `2026-02-01 board party.registered {"id":"dev","kind":"person","name":"Another Dev"}`, "data.id"},
		{"parties, bodies and roles share one space", ``, `2026-02-01 board party.registered {"id":"cto","kind":"team","name":"CTO office"}`, "data.id"},
		{"a role with the id of a person", ``, `2026-02-01 board role.established {"id":"dev","name":"Developer"}`, "data.id"},
		{"a body with the id of a role", ``, `2026-02-01 board body.constituted {"id":"cto","name":"X","kind":"forum"}`, "data.id"},
		{"a role that exists", ``, `2026-02-01 board role.established {"id":"cto","name":"CTO"}`, "data.id"},
		{"the governing body", ``, `2026-02-01 board body.constituted {"id":"board","name":"X","kind":"forum"}`, "data.id"},
		{"a successor with an id taken", ``, `2026-02-01 board governing-body.succeeded {"id":"cto","name":"X"}`, "data.id"},
		{"a new id that is taken", ``, `2026-02-01 board party.renamed {"id":"dev","newId":"cara"}`, "data.newId"},
		{"an id someone bore before", `2026-01-15 board party.renamed {"id":"dev","newId":"dev-rao"}`, `2026-02-01 board party.registered {"id":"dev","kind":"person","name":"Another Dev"}`, "data.id"},
		{"an id someone came to bear", `2026-01-15 board party.renamed {"id":"dev","newId":"dev-rao"}`, `2026-02-01 board party.registered {"id":"dev-rao","kind":"person","name":"Another Dev"}`, "data.id"},
		{"a scope that exists", ``, `2026-02-01 board scope.defined {"id":"aims","name":"AIMS"}`, "data.id"},
		{"the root scope", ``, `2026-02-01 board scope.defined {"id":"organization","name":"X"}`, "data.id"},
		{"a delegation", ``, `2026-02-01 board delegation.granted {"id":"d-cto","from":"board","to":"dev","scope":"sales"}`, "data.id"},
		{"a revoked delegation", `2026-01-25 ceo delegation.revoked {"id":"d-cto"}`, `2026-02-01 board delegation.granted {"id":"d-cto","from":"board","to":"dev","scope":"sales"}`, "data.id"},
		{"an annulled delegation", `2026-01-25 ceo act.annulled {"act":"g-cto","reason":"x"}`, `2026-02-01 ceo delegation.granted {"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}`, "data.id"},
		{"a decision", `2026-01-25 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`, `2026-02-01 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"y"}`, "data.id"},
		{"a key that was revoked", `2026-01-15 board key.registered {"id":"k","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}
2026-01-20 board key.revoked {"id":"k"}`, `2026-02-01 board key.registered {"id":"k","person":"dev","algorithm":"ed25519","publicKey":"BBBB"}`, "data.id"},
		{"a power", `2026-01-15 board power.defined {"id":"hire","name":"Hiring"}`, `2026-02-01 board power.defined {"id":"hire","name":"Hiring"}`, "data.id"},
		{"a direction for another scope", `2026-01-15 board direction.set {"id":"dir","scope":"aims","statement":"x"}`, `2026-02-01 board direction.set {"id":"dir","scope":"sales","statement":"x"}`, "data.id"},
		{"an appetite of another category", `2026-01-15 board appetite.set {"id":"app","scope":"aims","category":"bias","stance":"averse","statement":"x"}`, `2026-02-01 board appetite.set {"id":"app","scope":"aims","category":"cost","stance":"open","statement":"x"}`, "data.id"},
		{"a matter for another scope", `2026-01-15 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`, `2026-02-01 board matter.reserved {"id":"m","name":"M","scope":"aims","powers":["hire"]}`, "data.id"},
		{"leaving twice", `2026-01-15 board person.left {"person":"dev"}`, `2026-02-01 board person.left {"person":"dev"}`, "data.person"},
		{"returning without having left", ``, `2026-02-01 board person.returned {"person":"dev"}`, "data.person"},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, acme, line, c.before).when(c.act).isRefused(domain.AlreadyExists, c.path) })
	}
	t.Run("the ledger is opened only once", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 board ledger.opened {"organization":{"name":"X"},"governingBody":{"id":"board","name":"B"}}`).isRefusedFor(domain.AlreadyExists)
	})
	for _, c := range []struct{ name, before, act string }{
		{"a retired scope is revived", `2026-01-15 board scope.retired {"id":"sales"}`, `2026-02-01 board scope.defined {"id":"sales","name":"Sales"}`},
		{"an abolished role is revived", `2026-01-15 board role.abolished {"id":"cto"}`, `2026-02-01 board role.established {"id":"cto","name":"CTO"}`},
		{"a dissolved body is revived", `2026-01-05 board body.constituted {"id":"forum","name":"F","kind":"forum"}
2026-01-15 board body.dissolved {"id":"forum"}`, `2026-02-01 board body.constituted {"id":"forum","name":"F","kind":"forum"}`},
		{"a direction is set again", `2026-01-15 board direction.set {"id":"dir","scope":"aims","statement":"x"}`, `2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"y"}`},
		{"a direction is set again where it was corrected to", `dir: 2026-01-15 board direction.set {"id":"dir","scope":"aims","statement":"x"}
2026-01-16 board act.corrected {"act":"dir","data":{"id":"dir","scope":"sales","statement":"x"}}`, `2026-02-01 board direction.set {"id":"dir","scope":"sales","statement":"y"}`},
		{"a second appetite of the same category", `2026-01-15 board appetite.set {"id":"app","scope":"aims","category":"bias","stance":"averse","statement":"x"}`, `2026-02-01 board appetite.set {"id":"app-2","scope":"aims","category":"bias","stance":"open","statement":"x"}`},
		{"a scope with the id of a party", ``, `2026-02-01 board scope.defined {"id":"dev","name":"Development"}`},
		{"a delegation with the id of a scope", ``, `2026-02-01 board delegation.granted {"id":"aims","from":"board","to":"dev","scope":"aims"}`},
		{"a second assignment while seated", ``, `2026-02-01 board role.assigned {"role":"cto","party":"cara"}`},
		{"an id that was only refused", ``, `2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := given(t, acme, line, c.before)
			if c.name == "an id that was only refused" {
				s.when(`2026-02-01 zoe party.registered {"id":"zoe","kind":"person","name":"Zoe"}`).isRefusedFor(domain.UnknownParty)
			}
			s.when(c.act).isAccepted()
		})
	}
	t.Run("a role's id for a body once it is abolished", func(t *testing.T) {
		given(t, acme, `2026-01-15 board role.abolished {"id":"cto"}`).when(`2026-02-01 board body.constituted {"id":"cto","name":"X","kind":"forum"}`).isRefused(domain.AlreadyExists, "data.id")
	})
}

// TestRuleBeginningsAndEndsAlternate is DOMAIN, section 3: beginnings and ends of one id, however late they are recorded,
// must alternate on the effective clock.
func TestRuleBeginningsAndEndsAlternate(t *testing.T) {
	const life = `
end: 2026-03-01 board role.abolished {"id":"cto"}
again: 2026-06-01 board role.established {"id":"cto","name":"CTO","scope":"technology"}
`
	t.Run("an earlier end", func(t *testing.T) {
		given(t, acme, life).when(`2026-02-01 board role.abolished {"id":"cto"}`).isRefusedFor(domain.AlreadyExists).naming("end")
	})
	t.Run("an earlier beginning anew", func(t *testing.T) {
		given(t, acme, life).when(`2026-04-01 board role.established {"id":"cto","name":"CTO"}`).isRefusedFor(domain.AlreadyExists).naming("again")
	})
	t.Run("an end before the beginning anew, while it is over", func(t *testing.T) {
		given(t, acme, life).when(`2026-05-01 board role.abolished {"id":"cto"}`).isRefusedFor(domain.UnknownParty, domain.AlreadyExists)
	})
	t.Run("both, in the right places", func(t *testing.T) {
		given(t, acme, life, `2026-09-01 board role.abolished {"id":"cto"}`, `2026-12-01 board role.established {"id":"cto","name":"CTO"}`)
	})
	t.Run("annulling the end, once it began anew", func(t *testing.T) {
		given(t, acme, life).when(`2026-07-01 board act.annulled {"act":"end","reason":"x"}`).isRefusedFor(domain.AlreadyExists).naming("again")
	})
	t.Run("correcting the end to after the beginning anew", func(t *testing.T) {
		given(t, acme, life).when(`2026-07-01 board act.corrected {"act":"end","effective":"2026-06-15","data":{"id":"cto"}}`).isRefusedFor(domain.AlreadyExists)
	})
	t.Run("scopes", func(t *testing.T) {
		s := given(t, acme, `end: 2026-03-01 board scope.retired {"id":"sales"}`, `2026-06-01 board scope.defined {"id":"sales","name":"Sales"}`)
		s.when(`2026-02-01 board scope.retired {"id":"sales"}`).isRefusedFor(domain.AlreadyExists).naming("end")
		s.when(`2026-04-01 board scope.defined {"id":"sales","name":"Sales"}`).isRefusedFor(domain.AlreadyExists)
	})
	t.Run("bodies", func(t *testing.T) {
		s := given(t, acme, `2026-01-05 board body.constituted {"id":"forum","name":"F","kind":"forum"}`, `end: 2026-03-01 board body.dissolved {"id":"forum"}`)
		s.when(`2026-02-01 board body.dissolved {"id":"forum"}`).isRefusedFor(domain.AlreadyExists).naming("end")
	})
	t.Run("persons", func(t *testing.T) {
		s := given(t, acme, `left: 2026-03-01 board person.left {"person":"dev"}`)
		s.when(`2026-02-01 board person.left {"person":"dev"}`).isRefusedFor(domain.AlreadyExists).naming("left")
		s.when(`2026-02-01 board person.returned {"person":"dev"}`).isRefusedFor(domain.AlreadyExists)
		s.and(`back: 2026-06-01 board person.returned {"person":"dev"}`)
		s.when(`2026-05-01 board person.returned {"person":"dev"}`).isRefusedFor(domain.AlreadyExists).naming("back")
		s.when(`2026-07-01 board act.annulled {"act":"left","reason":"x"}`).isRefusedFor(domain.AlreadyExists).naming("back")
	})
	t.Run("under whatever id", func(t *testing.T) {
		given(t, acme, `2026-01-15 board party.renamed {"id":"cto","newId":"chief-tech"}`, `end: 2026-06-01 board role.abolished {"id":"chief-tech"}`).
			when(`2026-03-01 board role.abolished {"id":"cto"}`).isRefusedFor(domain.AlreadyExists).naming("end")
	})
	t.Run("what is neither a beginning nor an end may come to nothing", func(t *testing.T) {
		given(t, acme, `2026-06-01 board scope.moved {"id":"triage","parent":"sales"}`, `2026-06-01 board scope.renamed {"id":"triage","name":"Claims triage"}`).
			when(`2026-03-01 board scope.retired {"id":"triage"}`).isAccepted()
		given(t, acme, `2026-06-01 board party.renamed {"id":"cto","name":"Chief of technology"}`, `2026-06-01 board role.assigned {"role":"cto","party":"dev"}`).
			when(`2026-03-01 board role.abolished {"id":"cto"}`).isAccepted()
	})
}

func TestRuleAViewBeyondTheNewestActIsInvalid(t *testing.T) {
	s := given(t, acme)
	_, err := s.state.View(domain.InstantOf(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)), s.state.Last()+1)
	var r *domain.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, domain.Invalid, r.Code)
	require.Equal(t, "known", r.Path)
}

func TestRuleTheFirstActOpensTheLedger(t *testing.T) {
	begin(t, "acme").when(`2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}`).isRefused(domain.Invalid, "type")
	begin(t, "acme").when(`2026-01-01 ceo ledger.opened {"organization":{"name":"X"},"governingBody":{"id":"board","name":"B"}}`).isRefused(domain.GovernanceAct, "by")
	begin(t, "acme").when(`2026-01-01 board ledger.opened {"organization":{"name":"X"},"governingBody":{"id":"board","name":"B"}} {"through":["zoe"]}`).isRefused(domain.UnknownParty, "through[0]")
}

func TestRuleWhatCannotBeEndedOrSatIn(t *testing.T) {
	for _, c := range []struct {
		act   string
		codes []domain.Code
	}{
		{`2026-02-01 board scope.retired {"id":"organization"}`, []domain.Code{domain.Invalid}},
		{`2026-02-01 board body.dissolved {"id":"board"}`, []domain.Code{domain.Invalid}},
		{`2026-02-01 board role.assigned {"role":"cto","party":"cto"}`, []domain.Code{domain.Cycle}},
		{`2026-02-01 board body.constituted {"id":"x","name":"X","kind":"forum","parent":"dev"}`, []domain.Code{domain.UnknownParty}},
		{`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","under":"d-ceo"}`, []domain.Code{domain.Invalid, domain.NotHeld}},
		// what answers for a system is a person or a role
		{`2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Bot","answerable":"board"}`, []domain.Code{domain.Invalid, domain.UnknownParty, domain.NotNatural}},
		{`2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Bot","answerable":"old-bot"}`, []domain.Code{domain.Invalid, domain.UnknownParty, domain.NotNatural}},
	} {
		t.Run(c.act, func(t *testing.T) {
			given(t, acme, line, `2026-01-05 board party.registered {"id":"old-bot","kind":"system","name":"Old bot","answerable":"dev"}`).when(c.act).isRefusedFor(c.codes...)
		})
	}
}
