package domain_test

import (
	"testing"

	"buckstop/domain"
)

// The tests of this file are about how bodies act: DOMAIN, section 4, Resolutions, and the fine points of section 10.

// council: a board of four with a quorum of three; sam is its secretary, olga observes, and finn stands in for dan.
const council = `
2026-01-01 board ledger.opened    {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"}}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}
2026-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben"}
2026-01-01 board party.registered {"id":"cara","kind":"person","name":"Cara"}
2026-01-01 board party.registered {"id":"dan","kind":"person","name":"Dan"}
2026-01-01 board party.registered {"id":"finn","kind":"person","name":"Finn"}
2026-01-01 board party.registered {"id":"sam","kind":"person","name":"Sam"}
2026-01-01 board party.registered {"id":"olga","kind":"person","name":"Olga"}
2026-01-01 board party.registered {"id":"guest","kind":"person","name":"Guest"}
2026-01-01 board member.appointed {"body":"board","party":"ada","capacity":"chair"}
2026-01-01 board member.appointed {"body":"board","party":"ben"}
2026-01-01 board member.appointed {"body":"board","party":"cara","capacity":"independent"}
2026-01-01 board member.appointed {"body":"board","party":"dan"}
2026-01-01 board member.appointed {"body":"board","party":"sam","capacity":"secretary"}
2026-01-01 board member.appointed {"body":"board","party":"olga","capacity":"observer"}
2026-01-01 board member.appointed {"body":"board","party":"finn","capacity":"alternate","alternateFor":"dan"}
2026-01-01 board scope.defined    {"id":"aims","name":"AIMS"}
2026-01-02 board body.changed     {"id":"board","quorum":3}
`

func TestResolutionOfABodyWithAQuorum(t *testing.T) {
	for _, c := range []struct {
		name, resolution string
		code             domain.Code // empty where it is accepted
		path             string
	}{
		{"none is given", ``, domain.NoQuorum, "resolution"},
		{"three of four, two for", `"present":["ada","ben","cara"],"for":["ada","ben"],"against":["cara"]`, "", ""},
		{"two of four", `"present":["ada","ben"],"for":["ada","ben"]`, domain.NoQuorum, "resolution"},
		{"two members and the secretary: a secretary does not count", `"present":["ada","ben","sam"],"for":["ada","ben"]`, domain.NoQuorum, "resolution"},
		{"two members and an observer: an observer does not count", `"present":["ada","ben","olga"],"for":["ada","ben"]`, domain.NoQuorum, "resolution"},
		{"two members and a guest", `"present":["ada","ben","guest"],"for":["ada","ben"]`, domain.NoQuorum, "resolution"},
		{"others may be present", `"present":["ada","ben","cara","sam","olga","guest"],"for":["ada","ben"]`, "", ""},
		{"the secretary does not vote", `"present":["ada","ben","cara","sam"],"for":["ada","ben","sam"]`, domain.NotInOffice, "resolution.for[2]"},
		{"an observer does not vote", `"present":["ada","ben","cara","olga"],"for":["ada","ben"],"abstained":["olga"]`, domain.NotInOffice, "resolution.abstained[0]"},
		{"a guest does not vote", `"present":["ada","ben","cara","guest"],"for":["ada","ben"],"against":["guest"]`, domain.NotInOffice, "resolution.against[0]"},
		{"the alternate counts while the member is absent", `"present":["ada","ben","finn"],"for":["ada","finn"]`, "", ""},
		{"the alternate does not vote while the member is present", `"present":["ada","ben","dan","finn"],"for":["ada","finn"]`, domain.NotInOffice, "resolution.for[1]"},
		{"the alternate does not count while the member is present", `"present":["ada","dan","finn"],"for":["ada","dan"]`, domain.NoQuorum, "resolution"},
		{"who is recused reduces the quorum", `"present":["ada","ben","cara"],"for":["ada","ben"],"recused":["cara"]`, domain.NoQuorum, "resolution"},
		{"all four, one recused", `"present":["ada","ben","cara","dan"],"for":["ada","ben"],"recused":["dan"]`, "", ""},
		{"abstentions are no votes against", `"present":["ada","ben","cara"],"for":["ada"],"abstained":["ben","cara"]`, "", ""},
		{"more against", `"present":["ada","ben","cara"],"for":["ada"],"against":["ben","cara"]`, domain.NotCarried, "resolution"},
		{"nobody for", `"present":["ada","ben","cara"],"abstained":["ada","ben","cara"]`, domain.NotCarried, "resolution"},
		{"a tie", `"present":["ada","ben","cara","dan"],"for":["ada","ben"],"against":["cara","dan"]`, domain.NotCarried, "resolution"},
		{"a tie with the chair's casting vote", `"present":["ada","ben","cara","dan"],"for":["ada","ben"],"against":["cara","dan"],"casting":"ada"`, "", ""},
		{"a tie with a casting vote of one not in the chair", `"present":["ada","ben","cara","dan"],"for":["ada","ben"],"against":["cara","dan"],"casting":"ben"`, domain.NotCarried, "resolution"},
		{"a casting vote against", `"present":["ada","ben","cara","dan"],"for":["cara","dan"],"against":["ada","ben"],"casting":"ada"`, domain.NotCarried, "resolution"},
		{"a minority with the casting vote", `"present":["ada","ben","cara","dan"],"for":["ada"],"against":["cara","dan"],"casting":"ada"`, domain.NotCarried, "resolution"},
		{"votes of those not present", `"present":["ada","ben","cara"],"for":["ada","ben","dan"]`, domain.Invalid, "resolution.for[2]"},
		{"present twice", `"present":["ada","ben","ben"],"for":["ada","ben"]`, domain.Invalid, "resolution.present[2]"},
		{"written, all for", `"method":"written","present":["ada","ben","cara","dan"],"for":["ada","ben","cara","dan"]`, "", ""},
		{"written, all but one", `"method":"written","present":["ada","ben","cara","dan"],"for":["ada","ben","cara"],"abstained":["dan"]`, domain.NotCarried, "resolution.for"},
		{"written, one never heard", `"method":"written","present":["ada","ben","cara"],"for":["ada","ben","cara"]`, domain.NotCarried, "resolution.for"},
		{"written, the alternate in the member's place", `"method":"written","present":["ada","ben","cara","finn"],"for":["ada","ben","cara","finn"]`, domain.NotCarried, "resolution.for"},
		{"written, and the secretary need not sign", `"method":"written","present":["ada","ben","cara","dan","sam"],"for":["ada","ben","cara","dan"]`, "", ""},
		{"written, one recused is not eligible", `"method":"written","present":["ada","ben","cara","dan"],"for":["ada","ben","cara"],"recused":["dan"]`, "", ""},
		{"by another method", `"method":"circular","present":["ada","ben","cara"],"for":["ada","ben","cara"]`, domain.Invalid, "resolution.method"},
	} {
		t.Run(c.name, func(t *testing.T) {
			act := `2026-03-01 board direction.set {"id":"dir","scope":"aims","statement":"Fairness first"}`
			if c.resolution != "" {
				act += ` {"resolution":{"date":"2026-02-24",` + c.resolution + `}}`
				if !contains(c.resolution, `"method"`) {
					act = act[:len(act)-2] + `,"method":"meeting"}}`
				}
			}
			o := given(t, council).when(act)
			if c.code == "" {
				o.isAccepted()
			} else {
				o.isRefused(c.code, c.path)
			}
		})
	}
}

func contains(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

func TestResolutionCountsAPersonOnceUnderWhateverId(t *testing.T) {
	const renamed = `2026-01-10 board party.renamed {"id":"ben","newId":"ben-hale"} {"resolution":{"date":"2026-01-09","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`
	const act = `2026-03-01 board purpose.defined {"statement":"x"} `
	t.Run("towards the quorum", func(t *testing.T) {
		given(t, council, renamed).when(act+`{"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben","ben-hale"],"for":["ada","ben"]}}`).
			isRefusedFor(domain.NoQuorum, domain.Invalid)
	})
	t.Run("among the votes", func(t *testing.T) {
		given(t, council, renamed).when(act+`{"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben","ben-hale","cara","dan"],"for":["ben","ben-hale"],"against":["ada"],"abstained":["cara","dan"]}}`).
			isRefusedFor(domain.NotCarried, domain.Invalid)
	})
	t.Run("on two lists", func(t *testing.T) {
		given(t, council, renamed).when(act + `{"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben","ben-hale","cara","dan"],"for":["ada","ben","cara"],"against":["ben-hale"],"abstained":["dan"]}}`).
			isRefusedFor(domain.Invalid)
	})
	t.Run("recused under the other id", func(t *testing.T) {
		given(t, council, renamed).when(act + `{"resolution":{"date":"2026-02-24","method":"written","present":["ada","ben-hale","cara","dan"],"for":["ada","cara","dan"],"recused":["ben-hale"]}}`).isAccepted()
	})
	t.Run("an alternate of a member present under the other id", func(t *testing.T) {
		given(t, council, renamed, `2026-01-10 board member.appointed {"body":"board","party":"guest","alternateFor":"ben"} {"resolution":{"date":"2026-01-09","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`).
			when(act+`{"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben-hale","cara","guest"],"for":["ada","guest"]}}`).
			isRefused(domain.NotInOffice, "resolution.for[1]")
	})
}

// TestResolutionVotesAreJudgedOnItsDate: in office on resolution.date, not on effective.
func TestResolutionVotesAreJudgedOnItsDate(t *testing.T) {
	const all = `"method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]`
	s := given(t, council, `2026-02-20 board member.departed {"body":"board","party":"cara"} {"resolution":{"date":"2026-02-19",`+all+`}}`)
	s.when(`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-19",` + all + `}}`).isAccepted()
	s.when(`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-20","method":"meeting","present":["ada","ben","cara","dan"],"for":["ada","ben","cara"]}}`).
		isRefused(domain.NotInOffice, "resolution.for[2]")
	s.when(`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-20",`+all+`}}`).isRefused(domain.NoQuorum, "resolution")

	late := given(t, council).and(`2026-03-01 board member.appointed {"body":"board","party":"guest","capacity":"chair"} {"resolution":{"date":"2026-02-28",` + all + `}}`)
	late.when(`2026-03-10 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-28","method":"meeting","present":["ada","ben","guest","cara"],"for":["ada","guest"]}}`).
		isRefused(domain.NotInOffice, "resolution.for[1]")
	late.when(`2026-03-10 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","ben","guest","cara"],"for":["ada","guest"],"against":["ben"]}}`).isAccepted()
}

// TestResolutionOfAnAlternateWhoseMemberIsGone: an alternate votes when the member is absent, and who departed is no member.
func TestResolutionOfAnAlternateWhoseMemberIsGone(t *testing.T) {
	given(t, council, `2026-02-01 board member.departed {"body":"board","party":"dan"} {"resolution":{"date":"2026-01-09","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`).
		when(`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben","finn"],"for":["ada","finn"]}}`).
		isRefused(domain.NoQuorum, "resolution")
}

// TestGoverningBodyBelowItsQuorum does Structure acts without a resolution until it first reaches it.
func TestGoverningBodyBelowItsQuorum(t *testing.T) {
	const young = `
2026-01-01 board ledger.opened    {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board","quorum":2}}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}
2026-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben"}
2026-01-01 board party.registered {"id":"sam","kind":"person","name":"Sam"}
2026-01-02 board member.appointed {"body":"board","party":"ada","capacity":"chair"}
2026-01-02 board member.appointed {"body":"board","party":"sam","capacity":"secretary"}
`
	const resolved = ` {"resolution":{"date":"2026-01-05","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}}`
	t.Run("structure without a resolution", func(t *testing.T) {
		given(t, young).when(`2026-01-03 board scope.defined {"id":"aims","name":"AIMS"}`).isAccepted()
	})
	t.Run("nothing else without one", func(t *testing.T) {
		given(t, young).when(`2026-01-03 board purpose.defined {"statement":"x"}`).isRefused(domain.NoQuorum, "resolution")
	})
	t.Run("it may put its structure right", func(t *testing.T) {
		given(t, young, `lab: 2026-01-03 board scope.defined {"id":"lab","name":"Lab"}`, `2026-01-04 board act.corrected {"act":"lab","data":{"id":"lab","name":"Laboratory"}}`).
			when(`2026-01-04 board act.annulled {"act":"lab","reason":"x"}`).isAccepted()
	})
	t.Run("once it reached it, no more", func(t *testing.T) {
		s := given(t, young, `2026-01-05 board member.appointed {"body":"board","party":"ben"}`)
		s.when(`2026-01-06 board scope.defined {"id":"aims","name":"AIMS"}`).isRefused(domain.NoQuorum, "resolution")
		s.when(`2026-01-06 board scope.defined {"id":"aims","name":"AIMS"}` + resolved).isAccepted()
		s.when(`2026-01-04 board scope.defined {"id":"lab","name":"Lab"}`).isAccepted() // it had not reached it then
	})
	t.Run("nor when it falls below it again", func(t *testing.T) {
		given(t, young, `2026-01-05 board member.appointed {"body":"board","party":"ben"}`, `2026-01-10 board member.departed {"body":"board","party":"ben"}`+resolved).
			when(`2026-01-11 board scope.defined {"id":"aims","name":"AIMS"}`).isRefused(domain.NoQuorum, "resolution")
	})
	t.Run("a committee below its quorum has no such grace", func(t *testing.T) {
		given(t, young, `2026-01-03 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board","quorum":2}`, `2026-01-03 board member.appointed {"body":"ac","party":"ada"}`).
			when(`2026-01-04 ac party.registered {"id":"zoe","kind":"person","name":"Zoe"}`).isRefused(domain.NoQuorum, "resolution")
	})
	t.Run("its successor begins anew", func(t *testing.T) {
		s := given(t, young, `2026-01-05 board member.appointed {"body":"board","party":"ben"}`, `2026-02-01 board governing-body.succeeded {"id":"council","name":"Council","quorum":2}`+resolved)
		s.and(`2026-02-01 council member.appointed {"body":"council","party":"ada"}`, `2026-02-01 council member.appointed {"body":"council","party":"ben"}`)
		s.when(`2026-02-02 council scope.defined {"id":"aims","name":"AIMS"}`).isRefused(domain.NoQuorum, "resolution")
		s.when(`2026-02-02 board scope.defined {"id":"aims","name":"AIMS"}`).isRefused(domain.UnknownParty, "by")
	})
}

// TestGoverningBodyWithoutMembers may do Structure acts, and correct or annul them, and nothing else.
func TestGoverningBodyWithoutMembers(t *testing.T) {
	const empty = `
2026-01-01 board ledger.opened    {"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"}}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}
lab: 2026-01-01 board scope.defined {"id":"lab","name":"Lab"}
`
	for _, act := range []string{
		`2026-01-02 board member.appointed {"body":"board","party":"ada"}`,
		`2026-01-02 board recorder.appointed {"principal":"p"}`,
		`2026-01-02 board organization.renamed {"name":"Acme"}`,
		`2026-01-02 board power.defined {"id":"hire","name":"Hiring"}`,
		`2026-01-02 board act.corrected {"act":"lab","data":{"id":"lab","name":"Laboratory"}}`,
		`2026-01-02 board act.annulled {"act":"lab","reason":"x"}`,
	} {
		t.Run("may "+act, func(t *testing.T) { given(t, empty).when(act).isAccepted() })
	}
	for _, act := range []string{
		`2026-01-02 board purpose.defined {"statement":"x"}`,
		`2026-01-02 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`,
		`2026-01-02 board delegation.granted {"id":"d","from":"board","to":"ada","scope":"lab"}`,
		`2026-01-02 board policy.adopted {"id":"p","scope":"lab","title":"P","version":"1"}`,
		`2026-01-02 board stakeholders.informed {"id":"s","audience":"all","scope":"lab","period":"2025","summary":"x"}`,
	} {
		t.Run("may not "+act, func(t *testing.T) { given(t, empty).when(act).isRefused(domain.NotInOffice, "by") })
	}
	t.Run("nor annul what is no structure", func(t *testing.T) {
		given(t, empty, `2026-01-02 board member.appointed {"body":"board","party":"ada","until":"2026-02-01"}`, `p: 2026-01-03 board purpose.defined {"statement":"x"}`).
			when(`2026-02-01 board act.annulled {"act":"p","reason":"x"}`).isRefused(domain.NotInOffice, "by")
	})
	t.Run("a body of a secretary alone has no members", func(t *testing.T) {
		given(t, empty, `2026-01-02 board member.appointed {"body":"board","party":"ada","capacity":"secretary"}`).
			when(`2026-01-03 board purpose.defined {"statement":"x"}`).isRefused(domain.NotInOffice, "by")
	})
}

// TestRuleBackdated: a grant, appointment, widening or resumption by a body with a quorum, effective before its resolution.
func TestRuleBackdated(t *testing.T) {
	const on = ` {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`
	const early = ` {"resolution":{"date":"2026-01-05","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`
	const before = `
2026-01-05 board role.established {"id":"ceo","name":"CEO"}` + early + `
2026-01-05 board role.assigned {"role":"ceo","party":"finn"}` + early + `
2026-01-05 board delegation.granted {"id":"d","from":"board","to":"ceo","scope":"aims","powers":["hire","spend.cloud"],"limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"act"}],"until":"2027-01-01","subdelegation":{"maxDepth":1}}` + early + `
2026-02-01 board delegation.suspended {"id":"d"}` + early + `
`
	for _, c := range []struct{ name, act string }{
		{"a grant", `2026-02-28 board delegation.granted {"id":"d-2","from":"board","to":"guest","scope":"aims"}`},
		{"an appointment to a body", `2026-02-28 board member.appointed {"body":"board","party":"guest"}`},
		{"an appointment to a role", `2026-02-28 board role.assigned {"role":"ceo","party":"guest"}`},
		{"a resumption", `2026-02-28 board delegation.resumed {"id":"d"}`},
		{"a widening: a power more", `2026-02-28 board delegation.varied {"id":"d","powers":["hire","spend.*"]}`},
		{"a widening: all powers", `2026-02-28 board delegation.varied {"id":"d","powers":null}`},
		{"a widening: a higher limit", `2026-02-28 board delegation.varied {"id":"d","limits":[{"dimension":"spend","unit":"GBP","max":"101","per":"act"}]}`},
		{"a widening: no limit", `2026-02-28 board delegation.varied {"id":"d","limits":null}`},
		{"a widening: another unit", `2026-02-28 board delegation.varied {"id":"d","limits":[{"dimension":"spend","unit":"GBP","max":"100","per":"act"},{"dimension":"spend","unit":"USD","max":"1","per":"act"}]}`},
		{"a widening: a longer term", `2026-02-28 board delegation.varied {"id":"d","until":"2027-01-02"}`},
		{"a widening: no term", `2026-02-28 board delegation.varied {"id":"d","until":null}`},
		{"a widening: deeper", `2026-02-28 board delegation.varied {"id":"d","subdelegation":{"maxDepth":2}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			given(t, council, before).when(c.act+on).isRefused(domain.Backdated, "effective")
			given(t, council, before).when("2026-03-01" + c.act[len("2026-02-28"):] + on).isAccepted()
		})
	}
	for _, c := range []struct{ name, act string }{
		{"a revocation", `2026-02-28 board delegation.revoked {"id":"d"}`},
		{"a suspension", `2026-02-28 board delegation.suspended {"id":"d"}`},
		{"a narrowing", `2026-02-28 board delegation.varied {"id":"d","powers":["hire"],"limits":[{"dimension":"spend","unit":"GBP","max":"50","per":"act"}],"until":"2026-12-01","subdelegation":{"maxDepth":0}}`},
		{"a departure", `2026-02-28 board member.departed {"body":"board","party":"dan"}`},
		{"a vacation", `2026-02-28 board role.vacated {"role":"ceo","party":"finn"}`},
		{"a direction", `2026-02-28 board direction.set {"id":"dir","scope":"aims","statement":"x"}`},
		{"a reservation", `2026-02-28 board matter.reserved {"id":"m","name":"M","powers":["lend"]}`},
	} {
		t.Run("not "+c.name, func(t *testing.T) { given(t, council, before).when(c.act + on).isAccepted() })
	}
	t.Run("by a correction", func(t *testing.T) {
		given(t, council, before, `g: 2026-03-01 board delegation.granted {"id":"d-2","from":"board","to":"guest","scope":"aims"}`+on).
			when(`2026-03-05 board act.corrected {"act":"g","effective":"2026-02-28","data":{"id":"d-2","from":"board","to":"guest","scope":"aims"}}` + on).
			isRefusedFor(domain.Backdated)
	})
	t.Run("not by a body without a quorum, nor by a person", func(t *testing.T) {
		given(t, acme).when(`2026-02-28 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}` + ` {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","grace"],"for":["ada","grace"]}}`).isAccepted()
		given(t, acme, line).when(`2026-02-28 ceo delegation.granted {"id":"d","from":"ceo","to":"dev","scope":"aims"}`).isAccepted()
	})
}

// TestFactsAreRecordedEvenWhenWrong: facts need no resolution, and only shape and references refuse them.
func TestFactsAreRecordedEvenWhenWrong(t *testing.T) {
	for _, act := range []string{
		`2026-02-01 board decision.taken {"id":"x","scope":"aims","power":"hire","summary":"By a board with a quorum and no resolution"}`,
		`2026-02-01 guest decision.taken {"id":"x","scope":"aims","power":"spend.cloud","summary":"By one who holds nothing","amounts":[{"dimension":"spend","unit":"GBP","value":"1000000"}]}`,
		`2026-02-01 guest objective.set {"id":"x","scope":"aims","statement":"Serving no direction"}`,
		`2026-02-01 guest assessment.completed {"id":"x","scope":"aims","kind":"risk","result":"Without criteria"}`,
		`2026-02-01 guest measure.reported {"scope":"aims","metric":"gap","unit":"percent","value":"-99"}`,
		`2026-02-01 guest review.held {"id":"x","scope":"aims","summary":"Of one's own"}`,
		`2026-02-01 guest concern.raised {"id":"x","scope":"aims","severity":"critical","summary":"x"}`,
	} {
		t.Run(act, func(t *testing.T) { given(t, council).when(act).isAccepted() })
	}
	t.Run("by a vacant role", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`).
			when(`2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"} {"through":["cara"]}`).isAccepted()
	})
	t.Run("by a memberless body", func(t *testing.T) {
		given(t, acme, `2026-01-05 board body.constituted {"id":"forum","name":"F","kind":"forum"}`).
			when(`2026-03-01 forum decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`).isAccepted()
	})
	t.Run("by one who left", func(t *testing.T) {
		given(t, acme, `2026-02-01 board person.left {"person":"dev"}`).when(`2026-03-01 dev decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`).isAccepted()
	})
	t.Run("under a delegation that is revoked, of a reserved matter", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`, `2026-02-01 ceo delegation.revoked {"id":"d-cto"}`).
			when(`2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x","under":"d-cto"}`).isAccepted()
	})
	t.Run("serving a direction that is withdrawn", func(t *testing.T) {
		given(t, acme, `2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"x"}`, `2026-02-10 board direction.withdrawn {"id":"dir"}`).
			when(`2026-03-01 dev objective.set {"id":"x","scope":"aims","statement":"x","serves":"dir"}`).isAccepted()
	})
	t.Run("but not of what does not exist", func(t *testing.T) {
		given(t, acme).when(`2026-03-01 dev decision.taken {"id":"x","scope":"lab","power":"hire","summary":"x"}`).isRefused(domain.UnknownScope, "data.scope")
	})
}

// TestOrderOfSeveralBrokenRules is DOMAIN, section 10: shape, references, entitlement, then section 5's table in its order.
func TestOrderOfSeveralBrokenRules(t *testing.T) {
	const quorate = `2026-01-02 board body.changed {"id":"board","quorum":2}`
	for _, c := range []struct {
		name, before, act string
		code              domain.Code
	}{
		{"shape before references", "", `2026-02-01 zoe delegation.granted {"id":"d","from":"zoe","to":"yan","scope":"lab","powers":[]}`, domain.Invalid},
		{"references before entitlement", "", `2026-02-01 dev direction.set {"id":"dir","scope":"lab","statement":"x"}`, domain.UnknownScope},
		{"a party before a scope, as they stand in the act", "", `2026-02-01 dev delegation.granted {"id":"d","from":"dev","to":"zoe","scope":"lab"}`, domain.UnknownParty},
		{"references before an id taken", "", `2026-02-01 board delegation.granted {"id":"d-cto","from":"board","to":"zoe","scope":"aims"}`, domain.UnknownParty},
		{"entitlement before NOT_HELD", "", `2026-02-01 eli delegation.granted {"id":"d","from":"dev","to":"cara","scope":"aims"}`, domain.NotEntitled},
		{"GOVERNANCE_ACT before an id taken", "", `2026-02-01 ceo matter.reserved {"id":"d-cto","name":"M","powers":["hire"]}`, domain.GovernanceAct},
		{"NOT_HELD before CYCLE", "", `2026-02-01 dev delegation.granted {"id":"d","from":"dev","to":"dev","scope":"aims"}`, domain.NotHeld},
		{"EXCEEDS_POWERS before EXCEEDS_TERM", `2026-01-21 ceo delegation.varied {"id":"d-cto","until":"2027-01-01"}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["audit"],"until":"2028-01-01"}`, domain.ExceedsPowers},
		{"EXCEEDS_LIMIT before EXCEEDS_TERM", `2026-01-21 ceo delegation.varied {"id":"d-cto","until":"2027-01-01","limits":[{"dimension":"spend","unit":"GBP","max":"1","per":"act"}]}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2028-01-01","limits":[{"dimension":"spend","unit":"GBP","max":"2","per":"act"}]}`, domain.ExceedsLimit},
		{"EXCEEDS_TERM before EXCEEDS_DEPTH", `2026-01-21 ceo delegation.varied {"id":"d-cto","until":"2027-01-01","subdelegation":{"maxDepth":0}}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","until":"2028-01-01"}`, domain.ExceedsTerm},
		{"EXCEEDS_DEPTH before SUBDELEGATION_NOT_PERMITTED", `2026-01-21 ceo delegation.varied {"id":"d-cto","subdelegation":{"permitted":false,"maxDepth":0}}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims"}`, domain.ExceedsDepth},
		{"EXCEEDS_POWERS before RESERVED_MATTER", `2026-01-21 board matter.reserved {"id":"m","name":"M","powers":["audit"]}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["audit"]}`, domain.ExceedsPowers},
		{"SUBDELEGATION_NOT_PERMITTED before RESERVED_MATTER", "2026-01-21 board matter.reserved {\"id\":\"m\",\"name\":\"M\",\"powers\":[\"hire\"]}\n2026-01-21 ceo delegation.varied {\"id\":\"d-cto\",\"subdelegation\":{\"permitted\":false}}", `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`, domain.SubdelegationNotPermitted},
		{"RESERVED_MATTER before CYCLE", `2026-01-21 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"ceo","scope":"aims","powers":["hire"]}`, domain.ReservedMatter},
		{"CYCLE before NO_QUORUM", quorate, `2026-02-01 board scope.moved {"id":"technology","parent":"aims"}`, domain.Cycle},
		{"RESERVED_MATTER before NO_QUORUM", "2026-01-01 board matter.reserved {\"id\":\"m\",\"name\":\"M\",\"powers\":[\"hire\"]}\n" + quorate, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","powers":["hire"]}`, domain.ReservedMatter},
		{"NO_QUORUM before NOT_IN_OFFICE", quorate, `2026-02-01 board role.vacated {"role":"cto","party":"dev"}`, domain.NoQuorum},
		{"NO_QUORUM before BACKDATED", quorate, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"} {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada"],"for":["ada"]}}`, domain.NoQuorum},
		{"NOT_CARRIED before NOT_IN_OFFICE", quorate, `2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada","grace","dev"],"for":["dev"],"against":["ada","grace"]}}`, domain.NotCarried},
		{"NOT_IN_OFFICE before BACKDATED", quorate, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"} {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","grace","dev"],"for":["ada","grace","dev"]}}`, domain.NotInOffice},
		{"BACKDATED before ALREADY_EXISTS", quorate, `2026-02-01 board delegation.granted {"id":"d-cto","from":"board","to":"dev","scope":"aims"} {"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","grace"],"for":["ada","grace"]}}`, domain.Backdated},
		{"NO_QUORUM before ALREADY_EXISTS", quorate, `2026-02-01 board scope.defined {"id":"aims","name":"x"}`, domain.NoQuorum},
	} {
		t.Run(c.name, func(t *testing.T) { given(t, acme, line, c.before).when(c.act).isRefusedFor(c.code) })
	}
}
