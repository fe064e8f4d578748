package domain_test

import (
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tests of this file are DOMAIN, section 3: of every act type, who may perform it.

// entitlements is that table. Every act is about technology or what is below it, or about the whole organization, and is
// done by each of
//
//	board      the governing body
//	audit      a committee of the board that holds, over the organization, the power named as the act type
//	pay        a committee of the board that holds nothing
//	exec       a management body of which the board is the parent, which holds * over the organization
//	star       a person who holds * over the organization
//	exact      a person who holds, over the organization, the power named as the act type
//	beside     a person who holds * over sales
//	member     a member of the board, alone
//	nobody     a person who holds nothing
//	left       a person who held * over the organization, and has left
//	vacant     a role that holds * over the organization, and that nobody fills
//
// and by those whom the act itself concerns, named after them. It is accepted (yes), refused as an act of governance
// (gov, GOVERNANCE_ACT), refused because the party may not do it (no, NOT_ENTITLED), or because the party may and has
// nobody to do it (empty, NOT_IN_OFFICE). A ratification is for whoever could take the decision now, as can answers it: who
// sits in a role could.
const entitlements = `
                          board audit pay  exec star exact beside member nobody left vacant
ledger.opened             yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
organization.renamed      yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
recorder.appointed        yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
recorder.removed          yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
party.registered          yes   yes   yes  yes  yes  yes   yes    yes    yes    no   empty
party.renamed             yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no
person.left               yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no
person.returned           yes   yes   no   yes  yes  yes   no     no     no     no   empty
person.erased             yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no
body.constituted          yes   yes   no   yes  yes  yes   no     no     no     no   empty
body.changed              yes   yes   no   yes  yes  yes   no     no     no     no   empty   forum:no
body.dissolved            yes   yes   no   yes  yes  yes   no     no     no     no   empty   forum:no
governing-body.succeeded  yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
member.appointed          yes   yes   no   yes  yes  yes   no     no     no     no   empty   forum:no dev:no
member.departed           yes   yes   no   yes  yes  yes   no     no     no     no   empty   forum:no dev:no
role.established          yes   yes   no   yes  yes  yes   no     no     no     no   empty
role.abolished            yes   yes   no   yes  yes  yes   no     no     no     no   empty   lead:no
role.assigned             yes   yes   no   yes  yes  yes   no     no     no     no   empty   lead:no dev:no
role.vacated              yes   yes   no   yes  yes  yes   no     no     no     no   empty   lead:no dev:no
scope.defined             yes   yes   no   yes  yes  yes   no     no     no     no   empty
scope.renamed             yes   yes   no   yes  yes  yes   no     no     no     no   empty
scope.moved               yes   yes   no   yes  yes  yes   no     no     no     no   empty
scope.retired             yes   yes   no   yes  yes  yes   no     no     no     no   empty
power.defined             yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
key.registered            yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no
key.revoked               yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no

purpose.defined           yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
direction.set             yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
direction.withdrawn       yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
policy.adopted            yes   yes   no   yes  yes  yes   no     no     no     no   empty
policy.withdrawn          yes   yes   no   yes  yes  yes   no     no     no     no   empty
appetite.set              yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
appetite.withdrawn        yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
criteria.set              yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
matter.reserved           yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov
matter.released           yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov

delegation.granted        no    no    no   no   no   no    no     no     no     no   no      cto:yes ceo:no cara:no dev:no
delegation.accepted       no    no    no   no   no   no    no     no     no     no   no      dev:yes cto:no ceo:no
delegation.declined       no    no    no   no   no   no    no     no     no     no   no      dev:yes cto:no ceo:no
delegation.varied         no    no    no   no   no   no    no     no     no     no   no      ceo:yes ben:no cto:no
delegation.suspended      yes   no    no   no   no   no    no     no     no     no   no      ceo:yes ben:no cto:no
delegation.resumed        yes   no    no   no   no   no    no     no     no     no   no      ceo:yes ben:no cto:no
delegation.revoked        yes   no    no   no   no   no    no     no     no     no   no      ceo:yes ben:no cto:no

decision.taken            yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
objective.set             yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
assessment.completed      yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
measure.reported          yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
review.held               yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
concern.raised            yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes
concern.resolved          yes   yes   yes  yes  yes  yes   yes    yes    yes    yes  yes

assurance.commissioned    yes   yes   no   yes  yes  yes   no     no     no     no   empty   dev:no
assurance.reported        no    no    no   no   no   no    no     no     no     no   no      dev:yes
assurance.reviewed        yes   yes   no   no   no   no    no     no     no     no   no      dev:no

account.given             no    no    no   no   no   no    no     no     no     no   no      cto:yes cara:no ceo:no
account.received          no    no    no   no   no   no    no     no     no     no   no      ceo:yes ben:no cto:no
stakeholders.informed     yes   gov   gov  gov  gov  gov   gov    gov    gov    gov  gov

act.corrected             yes   no    no   no   no   no    no     no     no     no   no      cto:yes ceo:yes cara:no dev:no
act.annulled              yes   no    no   no   no   no    no     no     no     no   no      cto:yes ceo:yes cara:no dev:no
act.ratified              yes   no    no   yes  yes  no    no     no     no     no   empty   cto:yes ceo:yes cara:yes dev:no
act.attested              no    no    no   no   no   no    no     no     no     no   no      dev:yes cara:no cto:no
`

// examples are the acts, each with what has to be recorded before it. In the data of party.registered and of others that
// make something the id is new.
var examples = map[string]struct{ before, data string }{
	"organization.renamed":     {"", `{"name":"Acme Holdings plc"}`},
	"recorder.appointed":       {"", `{"principal":"p-1"}`},
	"recorder.removed":         {`2026-02-01 board recorder.appointed {"principal":"p-1"}`, `{"principal":"p-1"}`},
	"party.registered":         {"", `{"id":"zoe","kind":"person","name":"Zoe"}`},
	"party.renamed":            {"", `{"id":"dev","name":"Dev Rao-Lund"}`},
	"person.left":              {"", `{"person":"dev"}`},
	"person.returned":          {`2026-02-01 board person.left {"person":"dev"}`, `{"person":"dev"}`},
	"person.erased":            {"", `{"person":"dev"}`},
	"body.constituted":         {"", `{"id":"risk","name":"Risk","kind":"committee","scope":"aims","parent":"board"}`},
	"body.changed":             {"", `{"id":"forum","quorum":0}`},
	"body.dissolved":           {"", `{"id":"forum"}`},
	"governing-body.succeeded": {"", `{"id":"council","name":"Council"}`},
	"member.appointed":         {"", `{"body":"forum","party":"eli"}`},
	"member.departed":          {"", `{"body":"forum","party":"dev"}`},
	"role.established":         {"", `{"id":"ciso","name":"CISO","scope":"aims"}`},
	"role.abolished":           {"", `{"id":"lead"}`},
	"role.assigned":            {"", `{"role":"lead","party":"eli"}`},
	"role.vacated":             {"", `{"role":"lead","party":"dev"}`},
	"scope.defined":            {"", `{"id":"lab","name":"Lab","parent":"aims"}`},
	"scope.renamed":            {"", `{"id":"triage","name":"Claims triage"}`},
	"scope.moved":              {"", `{"id":"triage","parent":"technology"}`},
	"scope.retired":            {"", `{"id":"triage"}`},
	"power.defined":            {"", `{"id":"hire","name":"Hiring"}`},
	"key.registered":           {"", `{"id":"k-2","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}`},
	"key.revoked":              {"", `{"id":"k-dev"}`},
	"purpose.defined":          {"", `{"statement":"To insure fairly"}`},
	"direction.set":            {"", `{"id":"dir-2","scope":"aims","statement":"x"}`},
	"direction.withdrawn":      {"", `{"id":"dir"}`},
	"policy.adopted":           {"", `{"id":"pol-2","scope":"aims","title":"P","version":"1","within":["dir","app"]}`},
	"policy.withdrawn":         {"", `{"id":"pol"}`},
	"appetite.set":             {"", `{"id":"app-2","scope":"aims","category":"cost","stance":"open","statement":"x"}`},
	"appetite.withdrawn":       {"", `{"id":"app"}`},
	"criteria.set":             {"", `{"id":"cri-2","scope":"aims","statement":"x"}`},
	"matter.reserved":          {"", `{"id":"mat-2","name":"M","scope":"aims","powers":["lend"]}`},
	"matter.released":          {"", `{"id":"mat"}`},
	"delegation.granted":       {"", `{"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`},
	"delegation.accepted":      {"", `{"id":"d-dev"}`},
	"delegation.declined":      {"", `{"id":"d-dev"}`},
	"delegation.varied":        {"", `{"id":"d-cto","reviewBy":"2027-01-01"}`},
	"delegation.suspended":     {"", `{"id":"d-cto"}`},
	"delegation.resumed":       {`2026-02-01 ceo delegation.suspended {"id":"d-cto"}`, `{"id":"d-cto"}`},
	"delegation.revoked":       {"", `{"id":"d-cto"}`},
	"decision.taken":           {"", `{"id":"x-2","scope":"aims","power":"hire","summary":"x"}`},
	"objective.set":            {"", `{"id":"x-2","scope":"aims","statement":"x","serves":"dir","within":"app"}`},
	"assessment.completed":     {"", `{"id":"x-2","scope":"aims","kind":"risk","result":"x"}`},
	"measure.reported":         {"", `{"scope":"aims","metric":"gap","unit":"percent","value":"1"}`},
	"review.held":              {"", `{"id":"x-2","scope":"aims","summary":"x"}`},
	"concern.raised":           {"", `{"id":"con-2","scope":"aims","severity":"low","summary":"x"}`},
	"concern.resolved":         {"", `{"id":"con"}`},
	"assurance.commissioned":   {"", `{"id":"as-2","scope":"aims","provider":"dev","line":"third"}`},
	"assurance.reported":       {"", `{"id":"as","opinion":"satisfactory"}`},
	"assurance.reviewed":       {"", `{"id":"as","conclusion":"accepted"}`},
	"account.given":            {"", `{"id":"acc-2","delegation":"d-cto","period":"Q1","summary":"x"}`},
	"account.received":         {"", `{"id":"acc","outcome":"accepted"}`},
	"stakeholders.informed":    {"", `{"id":"inf","audience":"shareholders","scope":"aims","period":"2025","summary":"x"}`},
	"act.corrected":            {"", `{"act":"x","data":{"id":"x","scope":"aims","power":"hire","summary":"Two nurses"}}`},
	"act.annulled":             {"", `{"act":"x","reason":"It was never taken"}`},
	"act.ratified":             {"", `{"act":"x","reason":"It was needed at once"}`},
	"act.attested":             {"", `{"act":"x","statement":"I was there","signature":{"key":"k-dev","value":"AAAA"}}`},
}

// company is the line with one of everything that an act can be about.
const company = acme + line + `
2026-01-02 board party.registered {"id":"star","kind":"person","name":"Star"}
2026-01-02 board party.registered {"id":"exact","kind":"person","name":"Exact"}
2026-01-02 board party.registered {"id":"beside","kind":"person","name":"Beside"}
2026-01-02 board party.registered {"id":"left","kind":"person","name":"Left"}
2026-01-02 board role.established {"id":"vacant","name":"Vacant"}
2026-01-02 board body.constituted {"id":"audit","name":"Audit","kind":"committee","parent":"board"}
2026-01-02 board body.constituted {"id":"pay","name":"Remuneration","kind":"committee","parent":"board"}
2026-01-02 board body.constituted {"id":"exec","name":"Executive","kind":"management","parent":"board"}
2026-01-02 board member.appointed {"body":"audit","party":"ada"}
2026-01-02 board member.appointed {"body":"pay","party":"ada"}
2026-01-02 board member.appointed {"body":"exec","party":"ben"}
2026-01-03 board delegation.granted {"id":"d-exec","from":"board","to":"exec","scope":"organization","powers":["*"]}
2026-01-03 board delegation.granted {"id":"d-star","from":"board","to":"star","scope":"organization","powers":["*"]}
2026-01-03 board delegation.granted {"id":"d-beside","from":"board","to":"beside","scope":"sales","powers":["*"]}
2026-01-03 board delegation.granted {"id":"d-left","from":"board","to":"left","scope":"organization","powers":["*"]}
2026-01-03 board delegation.granted {"id":"d-vacant","from":"board","to":"vacant","scope":"organization","powers":["*"]}
2026-01-04 board person.left {"person":"left"}
2026-01-21 board body.constituted {"id":"forum","name":"Forum","kind":"forum","scope":"technology"}
2026-01-21 board member.appointed {"body":"forum","party":"dev"}
2026-01-21 board role.established {"id":"lead","name":"Lead","scope":"technology"}
2026-01-21 board role.assigned {"role":"lead","party":"dev"}
2026-01-21 board key.registered {"id":"k-dev","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}
2026-01-21 board direction.set {"id":"dir","scope":"aims","statement":"x"}
2026-01-21 board appetite.set {"id":"app","scope":"aims","category":"bias","stance":"averse","statement":"x"}
2026-01-21 board policy.adopted {"id":"pol","scope":"aims","title":"P","version":"1"}
2026-01-21 board matter.reserved {"id":"mat","name":"M","scope":"aims","powers":["sell"]}
2026-01-21 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","acceptance":"required"}
2026-01-21 board assurance.commissioned {"id":"as","scope":"aims","provider":"dev","line":"third"}
2026-01-21 cto account.given {"id":"acc","delegation":"d-cto","period":"2025","summary":"x"}
2026-01-21 dev concern.raised {"id":"con","scope":"aims","severity":"low","summary":"x"}
x: 2026-01-22 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}
`

// granting gives audit and exact the power named as an act type.
func granting(power string) string {
	return `
2026-01-23 board delegation.granted {"id":"d-audit","from":"board","to":"audit","scope":"organization","powers":["` + power + `"]}
2026-01-23 board delegation.granted {"id":"d-exact","from":"board","to":"exact","scope":"organization","powers":["` + power + `"]}
`
}

func TestEveryActTypeIsPerformedByThoseItIsAnActOf(t *testing.T) {
	verdicts := map[string]domain.Code{"gov": domain.GovernanceAct, "no": domain.NotEntitled, "empty": domain.NotInOffice}
	called := map[string]string{"member": "ada", "nobody": "eli"}
	lines := strings.Split(strings.TrimSpace(entitlements), "\n")
	columns := strings.Fields(lines[0])
	seen := map[string]bool{}
	for _, l := range lines[1:] {
		words := strings.Fields(l)
		if len(words) == 0 {
			continue
		}
		kind := words[0]
		require.NotNil(t, domain.TypeOf(kind), "%s is no act type", kind)
		require.GreaterOrEqual(t, len(words), 1+len(columns), "%s has too few columns", kind)
		seen[kind] = true
		cases := words[1+len(columns):]
		for i, by := range columns {
			cases = append(cases, by+":"+words[1+i])
		}
		var s *story
		if kind != "ledger.opened" {
			s = given(t, company, granting(kind), examples[kind].before)
		}
		for _, c := range cases {
			by, verdict, _ := strings.Cut(c, ":")
			t.Run(kind+" by "+by, func(t *testing.T) {
				if called[by] != "" {
					by = called[by]
				}
				var o outcome
				if s == nil {
					o = begin(t, "acme").when(`2026-01-01 ` + by + ` ledger.opened {"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`)
				} else {
					o = s.again(t).when(`2026-03-01 ` + by + ` ` + kind + ` ` + examples[kind].data)
				}
				switch code, refused := verdicts[verdict]; {
				case refused:
					o.isRefused(code, "by")
				default:
					require.Equal(t, "yes", verdict)
					o.isAccepted()
				}
			})
		}
	}
	for _, k := range domain.ActTypes() {
		assert.True(t, seen[k.Name], "nothing says who may perform %s", k.Name)
	}
}

// again is the same ledger for another test.
func (s *story) again(t *testing.T) *story {
	n := s.restarted()
	n.t = t
	return n
}

func TestNoActOfGovernanceIsDelegated(t *testing.T) {
	// The governing body may name such a power in a delegation; it gives nobody the right to govern.
	s := given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"organization","powers":["direction.set","matter.released"]}`,
		`2026-01-11 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`)
	s.when(`2026-02-01 dev direction.set {"id":"dir","scope":"aims","statement":"x"}`).isRefused(domain.GovernanceAct, "by")
	s.when(`2026-02-01 dev matter.released {"id":"m"}`).isRefused(domain.GovernanceAct, "by")
}

// TestAHolderIsEntitledOnlyWhileItsDelegationIsInForce: authority is what a holder has at the act's effective instant.
func TestAHolderIsEntitledOnlyWhileItsDelegationIsInForce(t *testing.T) {
	const define = ` dev scope.defined {"id":"lab","name":"Lab","parent":"aims"}`
	const grant = `2026-01-10 board delegation.granted {"id":"d-top","from":"board","to":"ceo","scope":"organization"}
g: 2026-01-20 ceo delegation.granted {"id":"d","from":"ceo","to":"dev","scope":"technology","powers":["scope.defined"],"until":"2026-06-01"}`
	for _, c := range []struct{ name, before, on string }{
		{"before it is granted", "", "2026-01-19"},
		{"on the first day not covered", "", "2026-06-01"},
		{"while it is suspended", `2026-02-01 ceo delegation.suspended {"id":"d"}`, "2026-03-01"},
		{"once it is revoked", `2026-02-01 ceo delegation.revoked {"id":"d"}`, "2026-03-01"},
		{"once it is declined", `2026-02-01 dev delegation.declined {"id":"d"}`, "2026-03-01"},
		{"once what it stands on is revoked", `2026-02-01 board delegation.revoked {"id":"d-top"}`, "2026-03-01"},
		{"while what it stands on is suspended", `2026-02-01 board delegation.suspended {"id":"d-top"}`, "2026-03-01"},
		{"once what it stands on is narrowed", `2026-02-01 board delegation.varied {"id":"d-top","powers":["hire"]}`, "2026-03-01"},
		{"once it is narrowed", `2026-02-01 ceo delegation.varied {"id":"d","powers":["hire"]}`, "2026-03-01"},
		{"once what it stands on has ended", `2026-02-01 board delegation.varied {"id":"d-top","until":"2026-02-15"}`, "2026-03-01"},
		{"once the power is reserved", `2026-02-01 board matter.reserved {"id":"m","name":"M","powers":["scope.*"]}`, "2026-03-01"},
		{"once it is annulled", `2026-02-01 ceo act.annulled {"act":"g","reason":"x"}`, "2026-03-01"},
		{"over a scope that was moved away", `2026-02-01 board scope.moved {"id":"aims","parent":"sales"}`, "2026-03-01"},
	} {
		t.Run("not "+c.name, func(t *testing.T) {
			given(t, acme, grant, c.before).when(c.on+define).isRefused(domain.NotEntitled, "by")
		})
	}
	t.Run("on the first and on the last day", func(t *testing.T) {
		given(t, acme, grant).when("2026-01-20" + define).isAccepted()
		given(t, acme, grant).when("2026-05-31" + define).isAccepted()
	})
	t.Run("again once it is resumed, released or restored", func(t *testing.T) {
		given(t, acme, grant, `2026-02-01 ceo delegation.suspended {"id":"d"}`, `2026-02-02 ceo delegation.resumed {"id":"d"}`).when("2026-03-01" + define).isAccepted()
		given(t, acme, grant, `2026-02-01 board matter.reserved {"id":"m","name":"M","powers":["scope.*"]}`, `2026-02-02 board matter.released {"id":"m"}`).when("2026-03-01" + define).isAccepted()
		given(t, acme, grant, `r: 2026-02-01 ceo delegation.revoked {"id":"d"}`, `2026-02-02 ceo act.annulled {"act":"r","reason":"x"}`).when("2026-03-01" + define).isAccepted()
	})
	t.Run("not while it waits to be accepted", func(t *testing.T) {
		s := given(t, acme, `2026-01-20 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"technology","acceptance":"required"}`)
		s.when("2026-03-01"+define).isRefused(domain.NotEntitled, "by")
		s.and(`2026-02-15 dev delegation.accepted {"id":"d"}`)
		s.when("2026-02-14"+define).isRefused(domain.NotEntitled, "by")
		s.when("2026-02-15" + define).isAccepted()
	})
}
