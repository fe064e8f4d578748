package domain_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tests of this file are the reasons for which a rule refuses, where rules_test.go, resolutions_test.go and
// record_test.go do not have them already.

// TestEveryRuleRefusesWithItsCode is the table of DOMAIN, section 5, with one scenario for each code: what may be said to
// whoever asks what a code means. A code without a scenario fails.
func TestEveryRuleRefusesWithItsCode(t *testing.T) {
	const quorate = acme + line + `
2026-01-21 board body.changed {"id":"board","quorum":2}
`
	const meeting = `"method":"meeting","present":["ada","grace"]`
	plain, tested := acme+line, map[domain.Code]bool{}
	for _, c := range []struct {
		code          domain.Code
		name          string
		given, before string
		act           string
	}{
		{domain.NotHeld, "a person who holds nothing delegates hiring", plain, "",
			`2026-03-01 dev delegation.granted {"id":"d","from":"dev","to":"eli","scope":"aims","powers":["hire"]}`},
		{domain.ExceedsPowers, "the technology officer delegates lending, which he was not given", plain, "",
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["lend"]}`},
		{domain.ExceedsLimit, "who may spend 100 lets another spend 101", plain, `2026-02-01 ceo delegation.varied {"id":"d-cto","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"act"}]}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","limits":[{"dimension":"spend","unit":"GBP","max":"101","per":"act"}]}`},
		{domain.ExceedsTerm, "who may until June lets another until July", plain, `2026-02-01 ceo delegation.varied {"id":"d-cto","until":"2026-06-01"}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2026-07-01"}`},
		{domain.ExceedsDepth, "a delegation of one level below is passed on twice", plain, `2026-02-01 board delegation.varied {"id":"d-ceo","subdelegation":{"maxDepth":1}}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims"}`},
		{domain.SubdelegationNotPermitted, "what may not be passed on is passed on", plain, `2026-02-01 ceo delegation.varied {"id":"d-cto","subdelegation":{"permitted":false}}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims"}`},
		{domain.AmbiguousAuthority, "who was given hiring twice delegates it", plain, `2026-02-01 ceo delegation.granted {"id":"d-2","from":"ceo","to":"cto","scope":"technology","powers":["hire"]}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`},
		{domain.ReservedMatter, "a matter reserved to the board is delegated", plain, `2026-02-01 board matter.reserved {"id":"m","name":"Hiring","powers":["hire"]}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`},
		{domain.GovernanceAct, "the chief executive sets the risk appetite", plain, "",
			`2026-03-01 ceo appetite.set {"id":"a","scope":"aims","category":"bias","stance":"open","statement":"x"}`},
		{domain.Cycle, "the technology officer delegates back to the chief executive", plain, "",
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"ceo","scope":"aims","powers":["hire"]}`},
		{domain.NotNatural, "a system is given authority while the role that answers for it is vacant", plain, `2026-02-01 board role.established {"id":"owner","name":"Owner"}
2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Triage","answerable":"owner"}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"bot","scope":"aims","powers":["model.deploy"]}`},
		{domain.NoQuorum, "one of a board with a quorum of two decides", quorate, "",
			`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada"],"for":["ada"]}}`},
		{domain.NotCarried, "one votes for, one against, and the chair has no casting vote", quorate, "",
			`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-03-01",` + meeting + `,"for":["ada"],"against":["grace"]}}`},
		{domain.NotInOffice, "a technology officer who has gone acts for the role", plain, `2026-02-01 ceo role.assigned {"role":"cto","party":"dev"}
2026-02-01 board role.vacated {"role":"cto","party":"cara"}`,
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"eli","scope":"aims","powers":["hire"]} {"through":["cara"]}`},
		{domain.Backdated, "the board grants in March from February", quorate, "",
			`2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"} {"resolution":{"date":"2026-03-01",` + meeting + `,"for":["ada","grace"]}}`},
		{domain.UnknownParty, "authority is given to somebody unknown", plain, "",
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"zoe","scope":"aims","powers":["hire"]}`},
		{domain.UnknownScope, "authority is given over something unknown", plain, "",
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"lab","powers":["hire"]}`},
		{domain.UnknownAct, "an act that was never recorded is annulled", plain, "", `2026-03-01 board act.annulled {"act":"g-99","reason":"x"}`},
		{domain.UnknownID, "a delegation that was never granted is revoked", plain, "", `2026-03-01 board delegation.revoked {"id":"d-99"}`},
		{domain.AlreadyExists, "a second delegation is given the id of the first", plain, "",
			`2026-03-01 board delegation.granted {"id":"d-cto","from":"board","to":"dev","scope":"aims"}`},
		{domain.DuplicateID, "an act is given the id of another", plain, "", `g-cto: 2026-03-01 board purpose.defined {"statement":"x"}`},
		{domain.NotEntitled, "a person who holds nothing adopts a policy", plain, "",
			`2026-03-01 dev policy.adopted {"id":"p","scope":"aims","title":"P","version":"1"}`},
		{domain.Invalid, "a delegation ends before it begins", plain, "",
			`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2026-02-01"}`},
	} {
		t.Run(string(c.code)+": "+c.name, func(t *testing.T) {
			o := given(t, c.given, c.before).when(c.act).isRefusedFor(c.code)
			var r *domain.Refusal
			require.ErrorAs(t, o.err, &r)
			assert.NotEmpty(t, r.Message)
		})
		tested[c.code] = true
	}
	tested[domain.Conflict] = true // of the writer: eventstore and cmd test it
	for _, code := range codes(t) {
		assert.True(t, tested[code], "no scenario is refused for %s", code)
	}
}

// codes reads the codes from where they are declared.
func codes(t *testing.T) []domain.Code {
	f, err := parser.ParseFile(token.NewFileSet(), "refusal.go", nil, 0)
	require.NoError(t, err)
	var out []domain.Code
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if is, ok := v.Type.(*ast.Ident); ok && is.Name == "Code" && len(v.Values) == 1 {
				s, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				require.NoError(t, err)
				out = append(out, domain.Code(s))
			}
		}
		return true
	})
	require.Greater(t, len(out), 20)
	return out
}

// TestRuleNotHeldByTheDelegationNamed: what is named in under must be in force and reach the scope.
func TestRuleNotHeldByTheDelegationNamed(t *testing.T) {
	under := func(scope string) string {
		return `2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"` + scope + `","powers":["hire"],"under":"d-cto"}`
	}
	given(t, acme, line).when(under("aims")).standsUnder("d-cto")
	for _, c := range []struct{ name, before string }{
		{"revoked", `2026-02-01 ceo delegation.revoked {"id":"d-cto"}`},
		{"suspended", `2026-02-01 ceo delegation.suspended {"id":"d-cto"}`},
		{"expired", `2026-02-01 ceo delegation.varied {"id":"d-cto","until":"2026-03-01"}`},
		{"resting on one that is revoked", `2026-02-01 board delegation.revoked {"id":"d-ceo"}`},
		{"resting on one whose holder is abolished", `2026-02-01 board role.abolished {"id":"ceo"}`},
	} {
		t.Run("it is "+c.name, func(t *testing.T) {
			given(t, acme, line, c.before).when(under("aims")).isRefused(domain.NotHeld, "data.from")
		})
	}
	t.Run("it does not reach the scope", func(t *testing.T) {
		given(t, acme, line).when(under("sales")).isRefused(domain.NotHeld, "data.from")
		given(t, acme, line).when(under("organization")).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("another would carry it, and it is not the one named", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board delegation.granted {"id":"d-2","from":"board","to":"cto","scope":"sales","powers":["hire"]}`).
			when(under("sales")).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("what management granted cannot be made to stand on nothing", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 ceo delegation.varied {"id":"d-cto","under":null}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor what the governing body granted on something", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board delegation.granted {"id":"d-2","from":"board","to":"cto","scope":"sales","powers":["hire"]}`).
			when(`2026-03-01 board delegation.varied {"id":"d-ceo","under":"d-2"}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("nor what one delegator granted on what another holds", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board delegation.granted {"id":"d-2","from":"board","to":"dev","scope":"organization"}`).
			when(`2026-03-01 ceo delegation.varied {"id":"d-cto","under":"d-2"}`).isRefused(domain.NotHeld, "data.from")
	})
}

// TestRuleEveryLimitAboveCountsForItself: every dimension, unit and period of the one above counts for itself.
func TestRuleEveryLimitAboveCountsForItself(t *testing.T) {
	const limited = `2026-01-25 ceo delegation.varied {"id":"d-cto","limits":[{"dimension":"spend","unit":"GBP","max":"10","per":"act"},{"dimension":"spend","unit":"EUR","max":"12","per":"act"},{"dimension":"headcount","unit":"persons","max":"2","per":"year"}]}`
	grant := func(limits string) string {
		return `2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","limits":[` + limits + `]}`
	}
	for _, c := range []struct{ name, limits, path string }{
		{"the second of two", `{"dimension":"spend","unit":"GBP","max":"9","per":"act"},{"dimension":"spend","unit":"EUR","max":"13","per":"act"}`, "data.limits[1].max"},
		{"another dimension", `{"dimension":"headcount","unit":"persons","max":"3","per":"year"}`, "data.limits[0].max"},
		{"another unit of a dimension", `{"dimension":"headcount","unit":"teams","max":"1","per":"year"}`, "data.limits[0].unit"},
		{"a unit that is allowed and one that is not", `{"dimension":"spend","unit":"EUR","max":"1","per":"act"},{"dimension":"spend","unit":"JPY","max":"1","per":"act"}`, "data.limits[1].unit"},
	} {
		t.Run(c.name, func(t *testing.T) {
			given(t, acme, line, limited).when(grant(c.limits)).isRefused(domain.ExceedsLimit, c.path)
		})
	}
	given(t, acme, line, limited).when(grant(`{"dimension":"spend","unit":"EUR","max":"12","per":"act"},{"dimension":"spend","unit":"GBP","max":"100","per":"year"},{"dimension":"floor","unit":"m2","max":"1","per":"total"}`)).isAccepted()
}

func TestRuleCycleOfWhatIsNew(t *testing.T) {
	given(t, acme).when(`2026-02-01 board scope.defined {"id":"aims","name":"AIMS","parent":"aims"}`).isRefused(domain.Cycle, "data.parent")
	given(t, acme, `2026-01-05 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"board"}`, `2026-01-06 board body.dissolved {"id":"a"}`).
		when(`2026-02-01 board body.constituted {"id":"a","name":"A","kind":"committee","parent":"a"}`).isRefusedFor(domain.Cycle, domain.UnknownParty)
}

// TestRuleUnknownOnceItHasEnded: what has ended is as unknown as what never was.
func TestRuleUnknownOnceItHasEnded(t *testing.T) {
	grant := func(to string) string {
		return `2026-03-01 board delegation.granted {"id":"d","from":"board","to":"` + to + `","scope":"aims"}`
	}
	for _, c := range []struct {
		name, before, act string
		code              domain.Code
		path              string
	}{
		{"a role that is abolished", `2026-02-01 board role.abolished {"id":"cto"}`, grant("cto"), domain.UnknownParty, "data.to"},
		{"a body that is dissolved", `2026-01-02 board body.constituted {"id":"forum","name":"F","kind":"forum"}
2026-02-01 board body.dissolved {"id":"forum"}`, grant("forum"), domain.UnknownParty, "data.to"},
		{"a body that is dissolved, as a parent", `2026-01-02 board body.constituted {"id":"ac","name":"A","kind":"committee","parent":"board"}
2026-02-01 board body.dissolved {"id":"ac"}`, `2026-03-01 board body.constituted {"id":"sub","name":"S","kind":"committee","parent":"ac"}`, domain.UnknownParty, "data.parent"},
		{"a seat in a role that is abolished", `2026-02-01 board role.abolished {"id":"cto"}`, `2026-03-01 board role.vacated {"role":"cto","party":"cara"}`, domain.UnknownParty, "data.role"},
		{"a direction that is withdrawn", `2026-01-02 board direction.set {"id":"dir","scope":"aims","statement":"x"}
2026-02-01 board direction.withdrawn {"id":"dir"}`, `2026-03-01 board direction.withdrawn {"id":"dir"}`, domain.UnknownID, "data.id"},
		{"a direction not yet set, in a policy", `2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"x"}`,
			`2026-01-31 board policy.adopted {"id":"p","scope":"aims","title":"P","version":"1","within":["dir"]}`, domain.UnknownID, "data.within[0]"},
		{"a matter that is released", `2026-01-02 board matter.reserved {"id":"m","name":"M","powers":["hire"]}
2026-02-01 board matter.released {"id":"m"}`, `2026-03-01 board matter.released {"id":"m"}`, domain.UnknownID, "data.id"},
		{"a key that is revoked", `2026-01-02 board key.registered {"id":"k","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}
2026-02-01 board key.revoked {"id":"k"}`, `2026-03-01 board key.revoked {"id":"k"}`, domain.UnknownID, "data.id"},
		{"a delegation that is revoked", `2026-02-01 ceo delegation.revoked {"id":"d-cto"}`, `2026-03-01 ceo delegation.suspended {"id":"d-cto"}`, domain.UnknownID, "data.id"},
		{"a delegation that is revoked, revoked again", `2026-02-01 ceo delegation.revoked {"id":"d-cto"}`, `2026-03-01 ceo delegation.revoked {"id":"d-cto"}`, domain.UnknownID, "data.id"},
		{"a delegation that has expired", `2026-02-01 ceo delegation.varied {"id":"d-cto","until":"2026-03-01"}`, `2026-03-01 ceo delegation.varied {"id":"d-cto","until":"2027-01-01"}`, domain.UnknownID, "data.id"},
		{"a delegation not yet granted", "", `2026-01-19 ceo delegation.revoked {"id":"d-cto"}`, domain.UnknownID, "data.id"},
		{"a concern not yet raised", `2026-03-02 dev concern.raised {"id":"c","scope":"aims","severity":"low","summary":"x"}`, `2026-03-01 dev concern.resolved {"id":"c"}`, domain.UnknownID, "data.id"},
		{"the former governing body", `2026-02-01 board governing-body.succeeded {"id":"council","name":"Council"}
2026-02-01 council member.appointed {"body":"council","party":"ada"}`, `2026-03-01 board purpose.defined {"statement":"x"}`, domain.UnknownParty, "by"},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, acme, line, c.before).when(c.act).isRefused(c.code, c.path) })
	}
}

// TestRuleMalformed: what a single field cannot show to be wrong.
func TestRuleMalformed(t *testing.T) {
	for _, c := range []struct{ name, act, path string }{
		{"evidence that says nothing", `2026-02-01 board purpose.defined {"statement":"x"} {"evidence":[{"title":"Minutes"},{}]}`, "evidence[1].title"},
		{"a person for whom another answers", `2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe","answerable":"ada"}`, "data.answerable"},
		{"a system for which nobody answers", `2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Bot"}`, "data.answerable"},
		{"a body changed in nothing", `2026-02-01 board body.changed {"id":"board"}`, "data"},
		{"a party renamed to nothing", `2026-02-01 board party.renamed {"id":"dev"}`, "data"},
		{"red before amber", `2026-02-01 board appetite.set {"id":"a","scope":"aims","category":"bias","stance":"averse","statement":"x","measures":[{"metric":"gap","unit":"percent","amber":"5","red":"4"}]}`, "data.measures[0].red"},
		{"red before amber where lower is worse", `2026-02-01 board appetite.set {"id":"a","scope":"aims","category":"bias","stance":"averse","statement":"x","measures":[{"metric":"gap","unit":"percent","amber":"5","red":"9"},{"metric":"cover","unit":"percent","amber":"4","red":"5","lowerIsWorse":true}]}`, "data.measures[1].red"},
		{"a limit given twice", `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"act"},{"dimension":"spend","unit":"GBP","max":"2","per":"act"}]}`, "data.limits[1]"},
		{"powers of a variation that are none", `2026-02-01 board delegation.varied {"id":"d-ceo","powers":[]}`, "data.powers"},
		{"a matter of no powers", `2026-02-01 board matter.reserved {"id":"m","name":"M","powers":[]}`, "data.powers"},
		{"a vote for and recused", `2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada","grace"],"for":["ada","grace"],"recused":["ada"]}}`, "resolution.recused[0]"},
		{"a vote twice", `2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada","grace"],"for":["ada","ada"]}}`, "resolution.for[1]"},
		{"one recused who is not present", `2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada"],"for":["ada"],"recused":["grace"]}}`, "resolution.recused[0]"},
		{"an appointment that ends as it begins", `2026-02-01 board member.appointed {"body":"board","party":"dev","until":"2026-02-01"}`, "data.until"},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, acme, line).when(c.act).isRefused(domain.Invalid, c.path) })
	}
	given(t, acme).when(`2026-02-01 board appetite.set {"id":"a","scope":"aims","category":"bias","stance":"averse","statement":"x","measures":[{"metric":"gap","unit":"percent","amber":"5","red":"5"},{"metric":"cover","unit":"percent","amber":"5","red":"4","lowerIsWorse":true}]}`).isAccepted()
}

// A direction that is withdrawn is no longer one that a policy could respect; objectives, which are facts, may cite it.
func TestRulePolicyWithinWhatIsWithdrawn(t *testing.T) {
	for _, set := range []string{
		`{"id":"dir","scope":"aims","statement":"x"}`,
		`{"id":"app","scope":"aims","category":"bias","stance":"averse","statement":"x"}`,
	} {
		kind, id := "direction", "dir"
		if strings.Contains(set, "category") {
			kind, id = "appetite", "app"
		}
		given(t, acme, `2026-02-01 board `+kind+`.set `+set, `2026-02-10 board `+kind+`.withdrawn {"id":"`+id+`"}`).
			when(`2026-03-01 board policy.adopted {"id":"p","scope":"aims","title":"P","version":"1","within":["`+id+`"]}`).isRefused(domain.UnknownID, "data.within[0]")
	}
}

func TestRuleAlreadyExistsForEveryKindOfThing(t *testing.T) {
	for _, c := range []struct{ name, before, act string }{
		{"an objective", `2026-02-01 dev objective.set {"id":"x","scope":"aims","statement":"x"}`, `2026-02-02 dev objective.set {"id":"x","scope":"aims","statement":"y"}`},
		{"an assessment", `2026-02-01 dev assessment.completed {"id":"x","scope":"aims","kind":"risk","result":"x"}`, `2026-02-02 dev assessment.completed {"id":"x","scope":"aims","kind":"impact","result":"x"}`},
		{"a review", `2026-02-01 dev review.held {"id":"x","scope":"aims","summary":"x"}`, `2026-02-02 dev review.held {"id":"x","scope":"aims","summary":"y"}`},
		{"a concern", `2026-02-01 dev concern.raised {"id":"x","scope":"aims","severity":"low","summary":"x"}`, `2026-02-02 dev concern.raised {"id":"x","scope":"aims","severity":"high","summary":"x"}`},
		{"an assurance", `2026-02-01 board assurance.commissioned {"id":"x","scope":"aims","provider":"eli","line":"third"}`, `2026-02-02 board assurance.commissioned {"id":"x","scope":"aims","provider":"dev","line":"third"}`},
		{"an account", `2026-02-01 cto account.given {"id":"x","delegation":"d-cto","period":"Q1","summary":"x"}`, `2026-02-02 cto account.given {"id":"x","delegation":"d-cto","period":"Q2","summary":"x"}`},
		{"an informing", `2026-02-01 board stakeholders.informed {"id":"x","audience":"all","scope":"aims","period":"2025","summary":"x"}`, `2026-02-02 board stakeholders.informed {"id":"x","audience":"all","scope":"aims","period":"2026","summary":"x"}`},
		{"a policy for another scope", `2026-02-01 board policy.adopted {"id":"x","scope":"aims","title":"P","version":"1"}`, `2026-02-02 board policy.adopted {"id":"x","scope":"sales","title":"P","version":"2"}`},
		{"criteria for another scope", `2026-02-01 board criteria.set {"id":"x","scope":"aims","statement":"x"}`, `2026-02-02 board criteria.set {"id":"x","scope":"sales","statement":"x"}`},
		{"a decision that was annulled", `a: 2026-02-01 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}
2026-02-01 dev act.annulled {"act":"a","reason":"x"}`, `2026-02-02 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"y"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			given(t, acme, line, c.before).when(c.act).isRefused(domain.AlreadyExists, "data.id")
		})
	}
	t.Run("each kind has ids of its own", func(t *testing.T) {
		given(t, acme, line, `
2026-02-01 dev   decision.taken       {"id":"x","scope":"aims","power":"hire","summary":"x"}
2026-02-01 dev   objective.set        {"id":"x","scope":"aims","statement":"x"}
2026-02-01 dev   assessment.completed {"id":"x","scope":"aims","kind":"risk","result":"x"}
2026-02-01 dev   review.held          {"id":"x","scope":"aims","summary":"x"}
2026-02-01 dev   concern.raised       {"id":"x","scope":"aims","severity":"low","summary":"x"}
2026-02-01 board assurance.commissioned {"id":"x","scope":"aims","provider":"eli","line":"third"}
2026-02-01 cto   account.given        {"id":"x","delegation":"d-cto","period":"Q1","summary":"x"}
2026-02-01 board stakeholders.informed {"id":"x","audience":"all","scope":"aims","period":"2025","summary":"x"}
2026-02-01 board direction.set        {"id":"x","scope":"aims","statement":"x"}
2026-02-01 board appetite.set         {"id":"x","scope":"aims","category":"bias","stance":"averse","statement":"x"}
2026-02-01 board criteria.set         {"id":"x","scope":"aims","statement":"x"}
2026-02-01 board policy.adopted       {"id":"x","scope":"aims","title":"P","version":"1"}
2026-02-01 board matter.reserved      {"id":"x","name":"M","powers":["sell"]}
2026-02-01 board scope.defined        {"id":"x","name":"X"}
2026-02-01 board party.registered     {"id":"x","kind":"person","name":"X"}
2026-02-01 board delegation.granted   {"id":"x","from":"board","to":"dev","scope":"aims"}
2026-02-01 board key.registered       {"id":"x","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}
`)
	})
}
