package domain_test

import (
	"testing"

	"buckstop/domain"
)

// The tests of this file are about how bodies act, where resolutions_test.go does not say so: alternates, casting votes,
// recusal, written resolutions, governing bodies that came to have nobody, and committees.

// carried and meeting are resolutions of the council (see resolutions_test.go), which has a quorum of three.
const carried = ` {"resolution":{"date":"2026-01-09","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`

func meeting(votes string) string {
	return `2026-03-01 board direction.set {"id":"dir","scope":"aims","statement":"Fairness first"} {"resolution":{"date":"2026-02-24","method":"meeting",` + votes + `}}`
}

func TestAlternates(t *testing.T) {
	const second = `2026-01-10 board member.appointed {"body":"board","party":"guest","capacity":"alternate","alternateFor":"dan"}` + carried
	const ofBoth = `2026-01-10 board member.appointed {"body":"board","party":"finn","capacity":"alternate","alternateFor":"cara"}` + carried
	const forChair = `2026-01-10 board member.appointed {"body":"board","party":"guest","capacity":"alternate","alternateFor":"ada"}` + carried
	for _, c := range []struct {
		name, before, votes string
		code                domain.Code // empty where it is accepted
		path                string
	}{
		{"two for one absent member count once", second, `"present":["ada","finn","guest"],"for":["ada","finn"]`, domain.NoQuorum, "resolution"},
		{"of two for one absent member the first appointed votes", second, `"present":["ada","ben","finn","guest"],"for":["ada","finn"]`, "", ""},
		{"of two for one absent member the second does not vote", second, `"present":["ada","ben","cara","finn","guest"],"for":["ada","guest"]`, domain.NotInOffice, "resolution.for[1]"},
		{"the second votes where the first is absent", second, `"present":["ada","ben","guest"],"for":["ada","guest"]`, "", ""},
		{"one for two absent members counts once", ofBoth, `"present":["ada","finn"],"for":["ada","finn"]`, domain.NoQuorum, "resolution"},
		{"one for two members, of whom one is absent, votes", ofBoth, `"present":["ada","cara","finn"],"for":["ada","finn"]`, "", ""},
		{"a recused alternate does not count", "", `"present":["ada","ben","finn"],"for":["ada","ben"],"recused":["finn"]`, domain.NoQuorum, "resolution"},
		{"the alternate of the chair votes", forChair, `"present":["ben","cara","guest"],"for":["ben","guest"],"against":["cara"]`, "", ""},
		{"and has no casting vote", forChair, `"present":["ben","cara","dan","guest"],"for":["ben","guest"],"against":["cara","dan"],"casting":"guest"`, domain.NotCarried, "resolution"},
		{"alone makes no quorum of members who are absent", "", `"present":["finn"],"for":["finn"]`, domain.NoQuorum, "resolution"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, council, c.before).when(meeting(c.votes))
			if c.code == "" {
				o.isAccepted()
			} else {
				o.isRefused(c.code, c.path)
			}
		})
	}
	t.Run("a body of alternates alone is vacant", func(t *testing.T) {
		given(t, acme, `2026-01-05 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board"}`, `2026-01-05 board member.appointed {"body":"ac","party":"dev","alternateFor":"ada"}`).
			when(`2026-02-01 ac party.registered {"id":"zoe","kind":"person","name":"Zoe"}`).isRefused(domain.NotInOffice, "by")
	})
}

func TestRecusalAndQuorum(t *testing.T) {
	t.Run("who is recused is not counted, however many are present", func(t *testing.T) {
		given(t, council).when(meeting(`"present":["ada","ben","cara","dan"],"for":["ada","ben"],"recused":["cara","dan"]`)).isRefused(domain.NoQuorum, "resolution")
		given(t, council).when(meeting(`"present":["ada","ben","cara","dan"],"for":["ada","ben"],"against":["cara"],"recused":["dan"]`)).isAccepted()
	})
	t.Run("all recused decide nothing", func(t *testing.T) {
		given(t, council).when(meeting(`"present":["ada","ben","cara","dan"],"recused":["ada","ben","cara","dan"]`)).isRefused(domain.NoQuorum, "resolution")
	})
	t.Run("an observer who is recused takes nothing from the quorum", func(t *testing.T) {
		given(t, council).when(meeting(`"present":["ada","ben","cara","olga"],"for":["ada","ben"],"recused":["olga"]`)).isRefused(domain.NotInOffice, "resolution.recused[0]")
	})
	t.Run("in writing too", func(t *testing.T) {
		given(t, council).when(`2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-24","method":"written","present":["ada","ben","cara","dan"],"for":["ada","ben"],"recused":["cara","dan"]}}`).
			isRefused(domain.NoQuorum, "resolution")
	})
}

func TestWrittenResolutions(t *testing.T) {
	written := func(date, votes string) string {
		return `2026-03-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"` + date + `","method":"written",` + votes + `}}`
	}
	const departed = `2026-02-20 board member.departed {"body":"board","party":"dan"}` + carried
	t.Run("by those who were members on its date", func(t *testing.T) {
		s := given(t, council, departed)
		s.when(written("2026-02-19", `"present":["ada","ben","cara"],"for":["ada","ben","cara"]`)).isRefused(domain.NotCarried, "resolution.for")
		s.when(written("2026-02-20", `"present":["ada","ben","cara"],"for":["ada","ben","cara"]`)).isAccepted()
	})
	t.Run("one against is not every member for", func(t *testing.T) {
		given(t, council).when(written("2026-02-24", `"present":["ada","ben","cara","dan"],"for":["ada","ben","cara"],"against":["dan"]`)).isRefused(domain.NotCarried, "resolution.for")
	})
	t.Run("nor does a casting vote help", func(t *testing.T) {
		given(t, council).when(written("2026-02-24", `"present":["ada","ben","cara","dan"],"for":["ada","ben","cara"],"against":["dan"],"casting":"ada"`)).isRefused(domain.NotCarried, "resolution.for")
	})
	t.Run("signed by one who has no vote", func(t *testing.T) {
		given(t, council).when(written("2026-02-24", `"present":["ada","ben","cara","dan","sam"],"for":["ada","ben","cara","dan","sam"]`)).isRefused(domain.NotInOffice, "resolution.for[4]")
	})
}

func TestCastingVotes(t *testing.T) {
	const tie = `"present":["ada","ben","cara","dan"],"for":["ada","ben"],"against":["cara","dan"],"casting":"ada"`
	t.Run("not of a chair who has gone", func(t *testing.T) {
		given(t, council, `2026-02-01 board member.departed {"body":"board","party":"ada","capacity":"chair"}`+carried, `2026-02-01 board member.appointed {"body":"board","party":"ada"}`+carried).
			when(meeting(tie)).isRefused(domain.NotCarried, "resolution")
	})
	t.Run("of a second chair", func(t *testing.T) {
		given(t, council, `2026-02-01 board member.appointed {"body":"board","party":"ben","capacity":"chair"}`+carried).
			when(meeting(`"present":["ada","ben","cara","dan"],"for":["ben","cara"],"against":["ada","dan"],"casting":"ben"`)).isAccepted()
	})
	t.Run("not needed, and not of one who is no chair", func(t *testing.T) {
		given(t, council).when(meeting(`"present":["ada","ben","cara"],"for":["ada","ben"],"against":["cara"],"casting":"ben"`)).isRefused(domain.NotInOffice, "resolution.casting")
	})
	t.Run("not of a recused chair", func(t *testing.T) {
		given(t, council).when(meeting(`"present":["ada","ben","cara","dan"],"for":["ben"],"against":["cara"],"recused":["ada"],"casting":"ada"`)).isRefused(domain.NotCarried, "resolution")
	})
	t.Run("who has two seats has one vote", func(t *testing.T) {
		given(t, council, `2026-02-01 board member.appointed {"body":"board","party":"ada"}`+carried).
			when(meeting(`"present":["ada","ben"],"for":["ada","ben"]`)).isRefused(domain.NoQuorum, "resolution")
	})
	t.Run("a member who is secretary as well votes", func(t *testing.T) {
		given(t, council, `2026-02-01 board member.appointed {"body":"board","party":"ben","capacity":"secretary"}`+carried).
			when(meeting(`"present":["ada","ben","cara"],"for":["ada","ben"]`)).isAccepted()
	})
}

// TestResolutionNeedsTheQuorumOfItsDate: a meeting was quorate or was not; what the quorum became later changes neither.
func TestResolutionNeedsTheQuorumOfItsDate(t *testing.T) {
	const two = ` {"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}}`
	const three = ` {"resolution":{"date":"2026-02-24","method":"meeting","present":["ada","ben","cara"],"for":["ada","ben","cara"]}}`
	quorum := func(n string) string {
		return `2026-03-01 board body.changed {"id":"board","quorum":` + n + `}` + carried
	}
	const act = `2026-03-05 board purpose.defined {"statement":"x"}`
	given(t, council, quorum("2")).when(act+two).isRefused(domain.NoQuorum, "resolution")
	given(t, council, quorum("4")).when(act + three).isAccepted()
}

// TestResolutionsOfCorrectionsAndAnnulments: a body with a quorum shows one for these as for any act.
func TestResolutionsOfCorrectionsAndAnnulments(t *testing.T) {
	const dir = `d: 2026-02-01 board direction.set {"id":"dir","scope":"aims","statement":"x"}` + carried
	const fix = `2026-03-01 board act.corrected {"act":"d","data":{"id":"dir","scope":"aims","statement":"y"}}`
	const annul = `2026-03-01 board act.annulled {"act":"d","reason":"x"}`
	const ratify = `2026-03-01 board act.ratified {"act":"h","reason":"x"}`
	const hire = `h: 2026-02-01 guest decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`
	for _, act := range []string{fix, annul, ratify} {
		t.Run(act, func(t *testing.T) {
			given(t, council, dir, hire).when(act).isRefused(domain.NoQuorum, "resolution")
			given(t, council, dir, hire).when(act+` {"resolution":{"date":"2026-02-28","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}}`).isRefused(domain.NoQuorum, "resolution")
			given(t, council, dir, hire).when(act+` {"resolution":{"date":"2026-02-28","method":"meeting","present":["ada","ben","cara"],"for":["ada"],"against":["ben"]}}`).isRefused(domain.NotCarried, "resolution")
			given(t, council, dir, hire).when(act+` {"resolution":{"date":"2026-02-28","method":"meeting","present":["ada","ben","cara","guest"],"for":["ada","ben","guest"]}}`).isRefused(domain.NotInOffice, "resolution.for[2]")
			given(t, council, dir, hire).when(act + carried).isAccepted()
		})
	}
	t.Run("of the resolution itself", func(t *testing.T) {
		fix := func(votes string) string {
			return `2026-03-01 board act.corrected {"act":"d","resolution":{"date":"2026-01-09","method":"meeting",` + votes + `},"data":{"id":"dir","scope":"aims","statement":"x"}}` + carried
		}
		given(t, council, dir).when(fix(`"present":["ada","ben"],"for":["ada","ben"]`)).isRefusedFor(domain.NoQuorum)
		given(t, council, dir).when(fix(`"present":["ada","ben","dan"],"for":["ada"],"against":["ben","dan"]`)).isRefusedFor(domain.NotCarried)
		given(t, council, dir).when(fix(`"present":["ada","ben","dan"],"for":["ada","ben"]`)).isAccepted()
	})
	t.Run("not of a correction or annulment by a person", func(t *testing.T) {
		given(t, council, hire).when(`2026-03-01 guest act.annulled {"act":"h","reason":"x"}`).isAccepted()
	})
	t.Run("a vacant post puts nothing right", func(t *testing.T) {
		s := given(t, acme, line, `h: 2026-01-25 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`)
		s.when(`2026-03-01 cto act.annulled {"act":"h","reason":"x"}`).isRefused(domain.NotInOffice, "by")
		s.when(`2026-03-01 cto act.corrected {"act":"h","data":{"id":"x","scope":"aims","power":"hire","summary":"y"}}`).isRefused(domain.NotInOffice, "by")
		s.when(`2026-03-01 ceo act.annulled {"act":"h","reason":"x"}`).isAccepted()
	})
}

// TestGoverningBodyThatLostItsMembers: without members it may do Structure acts; else nobody could ever be appointed again.
func TestGoverningBodyThatLostItsMembers(t *testing.T) {
	const gone = `2026-02-01 board person.left {"person":"ada"}
2026-02-01 board person.left {"person":"grace"}`
	const appoint = `2026-03-01 board member.appointed {"body":"board","party":"dev"}`
	t.Run("without a quorum", func(t *testing.T) {
		s := given(t, acme, gone)
		s.when(`2026-03-01 board purpose.defined {"statement":"x"}`).isRefused(domain.NotInOffice, "by")
		s.when(`2026-03-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`).isRefused(domain.NotInOffice, "by")
		s.when(appoint).isAccepted()
		s.when(`2026-03-01 board purpose.defined {"statement":"x"}`).isAccepted()
	})
	t.Run("with a quorum that it had reached", func(t *testing.T) {
		s := given(t, acme, `2026-01-05 board body.changed {"id":"board","quorum":2}`)
		s.and(`2026-02-01 board person.left {"person":"ada"} resolved 2026-01-31`, `2026-02-01 board person.left {"person":"grace"} resolved 2026-01-31`)
		s.when(`2026-03-01 board purpose.defined {"statement":"x"}`).isRefusedFor(domain.NoQuorum, domain.NotInOffice)
		s.when(appoint).isAccepted()
	})
	t.Run("who holds nothing appoints nobody to it", func(t *testing.T) {
		given(t, acme, gone).when(`2026-03-01 ceo member.appointed {"body":"board","party":"dev"}`).isRefused(domain.NotEntitled, "by")
	})
}

// committees: audit acts for the board, it audits under audit; exec and its committee do not act for the board.
const committees = `
2026-01-05 board body.constituted {"id":"audit","name":"Audit","kind":"committee","parent":"board","quorum":2}
2026-01-05 board body.constituted {"id":"it-audit","name":"IT audit","kind":"committee","parent":"audit"}
2026-01-05 board body.constituted {"id":"exec","name":"Executive","kind":"management","parent":"board"}
2026-01-05 board body.constituted {"id":"exec-audit","name":"Audit of the executive","kind":"committee","parent":"exec"}
2026-01-05 board body.constituted {"id":"lone","name":"Of nobody","kind":"committee"}
2026-01-05 board body.constituted {"id":"forum","name":"Forum","kind":"forum","parent":"board"}
2026-01-05 board member.appointed {"body":"audit","party":"ada","capacity":"chair"}
2026-01-05 board member.appointed {"body":"audit","party":"grace"}
2026-01-05 board member.appointed {"body":"audit","party":"dev","capacity":"observer"}
2026-01-05 board member.appointed {"body":"it-audit","party":"ada"}
2026-01-05 board member.appointed {"body":"exec","party":"ben"}
2026-01-05 board member.appointed {"body":"exec-audit","party":"ben"}
2026-01-05 board member.appointed {"body":"lone","party":"ada"}
2026-01-05 board member.appointed {"body":"forum","party":"ada"}
2026-01-10 board delegation.granted {"id":"d-audit","from":"board","to":"audit","scope":"technology","powers":["assurance.*"]}
2026-01-10 board delegation.granted {"id":"d-exec","from":"board","to":"exec","scope":"organization","powers":["*"]}
2026-01-10 board delegation.granted {"id":"d-exec-audit","from":"board","to":"exec-audit","scope":"organization","powers":["*"]}
2026-01-10 board delegation.granted {"id":"d-lone","from":"board","to":"lone","scope":"organization","powers":["*"]}
2026-01-10 board delegation.granted {"id":"d-forum","from":"board","to":"forum","scope":"organization","powers":["*"]}
2026-02-01 board assurance.commissioned {"id":"as","scope":"aims","provider":"eli","line":"external"}
2026-02-01 board assurance.commissioned {"id":"as-sales","scope":"sales","provider":"eli","line":"external"}
2026-02-10 eli assurance.reported {"id":"as","opinion":"satisfactory"}
`

func TestCommitteesUnderADelegation(t *testing.T) {
	const resolved = ` {"resolution":{"date":"2026-02-15","method":"meeting","present":["ada","grace","dev"],"for":["ada","grace"]}}`
	review := func(by, of string) string {
		return `2026-03-01 ` + by + ` assurance.reviewed {"id":"` + of + `","conclusion":"accepted"}`
	}
	t.Run("review assurance where they hold the power, by resolution of their own", func(t *testing.T) {
		given(t, acme, committees).when(review("audit", "as") + resolved).isAccepted()
		given(t, acme, committees).when(review("audit", "as")).isRefused(domain.NoQuorum, "resolution")
		given(t, acme, committees).when(review("audit", "as")+` {"resolution":{"date":"2026-02-15","method":"meeting","present":["ada","dev"],"for":["ada"]}}`).isRefused(domain.NoQuorum, "resolution")
		given(t, acme, committees).when(review("audit", "as")+` {"resolution":{"date":"2026-02-15","method":"meeting","present":["ada","grace"],"for":["ada"],"against":["grace"]}}`).isRefused(domain.NotCarried, "resolution")
		given(t, acme, committees).when(review("audit", "as-sales")+resolved).isRefused(domain.NotEntitled, "by")
	})
	t.Run("not what is no committee, or no committee of the board", func(t *testing.T) {
		for _, by := range []string{"exec", "exec-audit", "lone", "forum", "ada", "ceo"} {
			given(t, acme, line, committees).when(review(by, "as")).isRefused(domain.NotEntitled, "by")
		}
	})
	t.Run("not without the power, though the parent has it", func(t *testing.T) {
		given(t, acme, committees).when(review("it-audit", "as")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("by delegation of the parent committee", func(t *testing.T) {
		given(t, acme, committees, `2026-02-16 audit delegation.granted {"id":"d-it","from":"audit","to":"it-audit","scope":"aims","powers":["assurance.reviewed"]}`+resolved).
			when(review("it-audit", "as")).isAccepted()
	})
	t.Run("and not a person to whom the committee delegates", func(t *testing.T) {
		given(t, acme, committees, `2026-02-16 audit delegation.granted {"id":"d-dev","from":"audit","to":"dev","scope":"aims","powers":["assurance.*"]}`+resolved).
			when(review("dev", "as")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("not once the delegation is revoked, nor while it is suspended", func(t *testing.T) {
		given(t, acme, committees, `2026-02-20 board delegation.revoked {"id":"d-audit"}`).when(review("audit", "as")+resolved).isRefused(domain.NotEntitled, "by")
		given(t, acme, committees, `2026-02-20 board delegation.suspended {"id":"d-audit"}`).when(review("audit", "as")+resolved).isRefused(domain.NotEntitled, "by")
	})
	t.Run("not what is reserved to the board", func(t *testing.T) {
		s := given(t, acme, committees, `2026-02-20 board matter.reserved {"id":"m","name":"Reviews","powers":["assurance.reviewed"]}`)
		s.when(review("audit", "as")+resolved).isRefused(domain.NotEntitled, "by")
		s.when(review("board", "as")).isAccepted()
	})
	t.Run("not without members", func(t *testing.T) {
		given(t, acme, committees, `2026-02-16 audit delegation.granted {"id":"d-it","from":"audit","to":"it-audit","scope":"aims","powers":["assurance.reviewed"]}`+resolved,
			`2026-02-17 board member.departed {"body":"it-audit","party":"ada"}`).when(review("it-audit", "as")).isRefused(domain.NotInOffice, "by")
	})
	const sub = `2026-01-11 board delegation.granted {"id":"d-it","from":"board","to":"it-audit","scope":"aims","powers":["assurance.reviewed"]}`
	t.Run("a committee of a committee that is dissolved no longer acts for the board", func(t *testing.T) {
		s := given(t, acme, committees, sub, `2026-02-20 board body.dissolved {"id":"audit"}`)
		s.when(`2026-02-19 it-audit assurance.reviewed {"id":"as","conclusion":"accepted"}`).isAccepted()
		s.when(review("it-audit", "as")).isRefused(domain.NotEntitled, "by")
		s.and(`2026-02-25 board body.constituted {"id":"audit","name":"Audit","kind":"committee","parent":"board"}`)
		s.when(review("it-audit", "as")).isAccepted()
	})
	t.Run("nor one that is dissolved and constituted as something else", func(t *testing.T) {
		given(t, acme, committees, `2026-02-20 board body.dissolved {"id":"audit"}`, `2026-02-20 board body.constituted {"id":"audit","name":"Audit","kind":"management","parent":"board"}`,
			`2026-02-20 board member.appointed {"body":"audit","party":"ada"}`).when(review("audit", "as")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("of a governing body that was succeeded act for its successor", func(t *testing.T) {
		given(t, acme, committees, `2026-02-20 board governing-body.succeeded {"id":"council","name":"Council"}`, `2026-02-20 council member.appointed {"body":"council","party":"ada"}`).
			when(review("audit", "as") + resolved).isAccepted()
	})
	t.Run("do no act of governance", func(t *testing.T) {
		given(t, acme, committees, `2026-01-11 board delegation.granted {"id":"d-all","from":"board","to":"it-audit","scope":"organization","powers":["*"]}`).
			when(`2026-03-01 it-audit appetite.set {"id":"a","scope":"aims","category":"bias","stance":"averse","statement":"x"}`).isRefused(domain.GovernanceAct, "by")
	})
}

// TestTheSuperiorOfAVacantPost acts on what the post held: within that, for as long as it is vacant, and along its chain.
func TestTheSuperiorOfAVacantPost(t *testing.T) {
	const dev = `2026-01-25 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire","model.*"]}`
	const vacated = `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`
	const filled = `2026-03-01 board role.assigned {"role":"cto","party":"eli"}`
	for _, act := range []string{
		` delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"aims","powers":["hire"]}`,
		` delegation.varied {"id":"d-dev","powers":["hire"]}`,
	} {
		t.Run(act, func(t *testing.T) {
			s := given(t, acme, line, dev, vacated, filled)
			s.when("2026-01-31 ceo"+act).isRefused(domain.NotEntitled, "by")
			s.when("2026-03-01 ceo"+act).isRefused(domain.NotEntitled, "by")
			s.when("2026-02-10 cto"+act).isRefused(domain.NotInOffice, "by")
			s.when("2026-02-10 dev"+act).isRefused(domain.NotEntitled, "by")
			s.when("2026-02-10 cara"+act).isRefused(domain.NotEntitled, "by")
			s.again(t).when("2026-02-28 ceo" + act).isAccepted()
			s.again(t).when("2026-02-01 board" + act).isAccepted()
		})
	}
	t.Run("gives no more than the post held", func(t *testing.T) {
		s := given(t, acme, line, vacated)
		s.when(`2026-02-10 ceo delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"aims","powers":["lend"]}`).isRefused(domain.ExceedsPowers, "data.powers[0]")
		s.when(`2026-02-10 board delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"sales","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		s.when(`2026-02-10 ceo delegation.granted {"id":"d-x","from":"cto","to":"ceo","scope":"aims","powers":["hire"]}`).isRefused(domain.Cycle, "data.to")
	})
	t.Run("is not one who left and whose place nobody took", func(t *testing.T) {
		given(t, acme, `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims"}`, `2026-02-01 board person.left {"person":"dev"}`).
			when(`2026-03-01 board delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims"}`).isRefusedFor(domain.NotEntitled, domain.NotHeld)
	})
	const other = `
2026-01-10 board delegation.granted {"id":"d-eli","from":"board","to":"eli","scope":"sales","powers":["*"]}
2026-01-11 eli   delegation.granted {"id":"d-side","from":"eli","to":"cto","scope":"sales","powers":["sell"]}
`
	t.Run("is not one who delegated something else to it", func(t *testing.T) {
		given(t, acme, line, other, vacated).when(`2026-02-10 eli delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"],"under":"d-cto"}`).isRefused(domain.NotEntitled, "by")
		given(t, acme, line, other, vacated).when(`2026-02-10 eli delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"sales","powers":["sell"]}`).standsUnder("d-side")
	})
	t.Run("nor where under is left out", func(t *testing.T) {
		given(t, acme, line, other, vacated).when(`2026-02-10 eli delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("nor where it moves what the post granted to what another delegated", func(t *testing.T) {
		given(t, acme, line, `
2026-01-10 board delegation.granted {"id":"d-eli","from":"board","to":"eli","scope":"organization","powers":["hire"]}
2026-01-11 eli   delegation.granted {"id":"d-side","from":"eli","to":"cto","scope":"organization","powers":["hire"]}
2026-01-25 cto   delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"],"under":"d-side"}
`, vacated).when(`2026-02-10 eli delegation.varied {"id":"d-dev","under":"d-cto","powers":["hire","spend.cloud"]}`).isRefused(domain.NotEntitled, "by")
	})
}
