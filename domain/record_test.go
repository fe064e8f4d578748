package domain_test

import (
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The tests of this file are about the record itself: who records, what is sent again, corrections and annulments, and
// what becomes of delegations.

func TestRecordersRecordForWhomTheyWereAppointed(t *testing.T) {
	const desk = `
2026-01-05 board recorder.appointed {"principal":"p-all"}
2026-01-05 board recorder.appointed {"principal":"p-sales","parties":["dev","eli"]}
2026-01-05 board recorder.appointed {"principal":"p-cara","person":"cara"}
2026-01-05 board recorder.appointed {"principal":"p-ada","person":"ada"}
2026-01-05 board recorder.appointed {"principal":"p-grace","person":"grace"}
2026-01-05 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board"}
2026-01-05 board member.appointed {"body":"ac","party":"grace","capacity":"secretary"}
2026-01-05 board member.appointed {"body":"ac","party":"cara"}
`
	concern := func(by string) string {
		return `2026-02-01 ` + by + ` concern.raised {"id":"c","scope":"aims","severity":"low","summary":"x"}`
	}
	for _, c := range []struct {
		name, principal, by string
		may                 bool
	}{
		{"whoever opens the ledger is the first", "operator", "board", true},
		{"appointed without parties: for all", "p-all", "board", true},
		{"appointed without parties: for those who came later", "p-all", "ac", true},
		{"never appointed", "p-nobody", "dev", false},
		{"for a party named", "p-sales", "eli", true},
		{"not for another", "p-sales", "cara", false},
		{"not for the board", "p-sales", "board", false},
		{"bound to a person: for that person", "p-cara", "cara", true},
		{"for that person's role", "p-cara", "cto", true},
		{"not for another's role", "p-cara", "ceo", false},
		{"not for a body of which the person is a mere member", "p-cara", "ac", false},
		{"for a body that the person chairs", "p-ada", "board", true},
		{"for a body of which the person is secretary", "p-grace", "ac", true},
		{"not for a body that another chairs", "p-grace", "board", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, acme, desk).when(concern(c.by) + ` as ` + c.principal)
			if c.may {
				o.isAccepted()
			} else {
				o.isRefused(domain.NotEntitled, "by")
			}
		})
	}
	t.Run("removed", func(t *testing.T) {
		s := given(t, acme, desk, `2026-01-20 board recorder.removed {"principal":"p-sales","parties":["dev"]}`)
		s.when(concern("dev")+` as p-sales`).isRefused(domain.NotEntitled, "by")
		s.when(concern("eli") + ` as p-sales`).isAccepted()
		s.and(`2026-01-20 board recorder.removed {"principal":"p-all"}`).
			when(`2026-02-01 dev review.held {"id":"r","scope":"aims","summary":"x"} as p-all`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("the first recorder too may be removed", func(t *testing.T) {
		given(t, acme, desk, `2026-01-20 board recorder.removed {"principal":"operator"} as p-all`).
			when(concern("dev")+` as operator`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("the person vacates the role", func(t *testing.T) {
		given(t, acme, desk, `2026-01-20 board role.vacated {"role":"cto","party":"cara"}`).
			when(concern("cto")+` as p-cara`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("the person leaves", func(t *testing.T) {
		given(t, acme, desk, `2026-01-20 board person.left {"person":"cara"}`).
			when(concern("cto")+` as p-cara`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("for corrections and annulments as well", func(t *testing.T) {
		s := given(t, acme, desk, strings.Replace(concern("dev"), "2026", "c: 2026", 1))
		s.when(`2026-02-02 board act.annulled {"act":"c","reason":"x"} as p-sales`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-02-02 dev act.corrected {"act":"c","data":{"id":"c","scope":"aims","severity":"high","summary":"x"}} as p-nobody`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-02-02 dev act.corrected {"act":"c","data":{"id":"c","scope":"aims","severity":"high","summary":"x"}} as p-sales`).isAccepted()
	})
	t.Run("management appoints none", func(t *testing.T) {
		given(t, acme, line).when(`2026-02-01 ceo recorder.appointed {"principal":"p"}`).isRefused(domain.GovernanceAct, "by")
	})
}

func TestSendingAnActAgain(t *testing.T) {
	const sent = `{"id":"g-1","type":"delegation.granted","effective":"2026-03-01","by":"ceo","through":["ben"],"rationale":"x","evidence":[{"title":"Letter"}],"data":{"id":"d-1","from":"ceo","to":"dev","scope":"aims","powers":["hire"],"limits":[{"dimension":"spend","unit":"GBP","max":"10","per":"act"}],"until":"2027-01-01"}}`
	for _, c := range []struct {
		name, again string
		same        bool
		path        string
	}{
		{"unchanged", sent, true, ""},
		{"with its members in another order", `{"data":{"until":"2027-01-01","limits":[{"per":"act","max":"10","unit":"GBP","dimension":"spend"}],"powers":["hire"],"scope":"aims","to":"dev","from":"ceo","id":"d-1"},"evidence":[{"title":"Letter"}],"rationale":"x","through":["ben"],"by":"ceo","effective":"2026-03-01","type":"delegation.granted","id":"g-1"}`, true, ""},
		{"with white space", strings.ReplaceAll(sent, ",", " ,\n "), true, ""},
		{"with what the ledger worked out", strings.Replace(sent, `"scope"`, `"under":"d-ceo","scope"`, 1), true, ""},
		{"with less than was sent", strings.Replace(sent, `"rationale":"x",`, ``, 1), true, ""},
		{"an instant where a day was", strings.Replace(sent, `"2026-03-01"`, `"2026-03-01T00:00:00Z"`, 1), false, "effective"},
		{"an instant where a day was, in until", strings.Replace(sent, `"2027-01-01"`, `"2027-01-01T00:00:00Z"`, 1), false, "data.until"},
		{"another day", strings.Replace(sent, `"2026-03-01"`, `"2026-03-02"`, 1), false, "effective"},
		{"another party", strings.Replace(sent, `"to":"dev"`, `"to":"eli"`, 1), false, "data.to"},
		{"another limit", strings.Replace(sent, `"max":"10"`, `"max":"11"`, 1), false, "data.limits[0].max"},
		{"one limit more", strings.Replace(sent, `"per":"act"}`, `"per":"act"},{"dimension":"spend","unit":"GBP","max":"10","per":"day"}`, 1), false, "data.limits"},
		{"one limit fewer", strings.Replace(sent, `{"dimension":"spend","unit":"GBP","max":"10","per":"act"}`, ``, 1), false, "data.limits"},
		{"another text", strings.Replace(sent, `"rationale":"x"`, `"rationale":"y"`, 1), false, "rationale"},
		{"one field more", strings.Replace(sent, `"rationale"`, `"clauses":["iso42001:5.3"],"rationale"`, 1), false, "clauses"},
		{"a resolution more", strings.Replace(sent, `"rationale"`, `"resolution":{"date":"2026-02-01","method":"meeting"},"rationale"`, 1), false, ""},
		{"other powers", strings.Replace(sent, `["hire"]`, `["hire","hire"]`, 1), false, "data.powers"},
		{"another type", `{"id":"g-1","type":"purpose.defined","effective":"2026-03-01","by":"board","data":{"statement":"x"}}`, false, "type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := given(t, acme, line)
			first := s.whenJSON(sent).isAccepted()
			o := s.whenJSON(c.again)
			switch {
			case c.same:
				o.withReceiptOf(first.out.Seq)
				require.Equal(t, first.out.Recorded, o.out.Recorded)
			case c.path == "":
				o.isRefusedFor(domain.DuplicateID)
			default:
				o.isRefused(domain.DuplicateID, c.path)
			}
			// The same holds once the ledger was started again.
			o = s.restarted().whenJSON(c.again)
			if c.same {
				o.withReceiptOf(first.out.Seq)
			} else {
				o.isRefusedFor(domain.DuplicateID)
			}
		})
	}
	t.Run("a name that is kept outside the log", func(t *testing.T) {
		s := given(t, acme)
		const zoe = `{"id":"z","type":"party.registered","effective":"2026-03-01","by":"board","data":{"id":"zoe","kind":"person","name":"Zoe Lund"}}`
		first := s.whenJSON(zoe).isAccepted()
		assert.NotContains(t, string(first.out.Stored), "Zoe")
		s.whenJSON(zoe).withReceiptOf(first.out.Seq)
		s.whenJSON(strings.Replace(zoe, "Lund", "Lind", 1)).isRefused(domain.DuplicateID, "data.name")
	})
	t.Run("an exported act is accepted again", func(t *testing.T) {
		s := given(t, acme, line)
		first := s.whenJSON(sent).isAccepted()
		s.whenJSON(string(first.out.Stored)).withReceiptOf(first.out.Seq)
		second := given(t, acme, line).whenJSON(string(first.out.Stored)).isAccepted()
		assert.False(t, second.out.Known)
		assert.Equal(t, "g-1", second.out.ID)
		second.whenJSON(sent).withReceiptOf(second.out.Seq)
	})
	t.Run("an exported correction is accepted again", func(t *testing.T) {
		s := given(t, acme, line)
		first := s.when(`c: 2026-03-01 ceo act.corrected {"act":"g-cto","effective":"2026-01-21","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","until":"2027-01-01"}}`).isAccepted()
		s.whenJSON(string(first.out.Stored)).withReceiptOf(first.out.Seq)
	})
	t.Run("a correction is sent again", func(t *testing.T) {
		const fix = `c: 2026-03-01 ceo act.corrected {"act":"g-cto","effective":"2026-01-21","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","until":"2027-01-01"}}`
		s := given(t, acme, line)
		first := s.when(fix).isAccepted()
		s.when(fix).withReceiptOf(first.out.Seq)
		s.restarted().when(fix).withReceiptOf(first.out.Seq)
		s.when(strings.Replace(fix, `"2027-01-01"`, `"2027-01-01T00:00:00Z"`, 1)).isRefused(domain.DuplicateID, "data.data.until")
	})
	t.Run("an act without an id is a new act each time", func(t *testing.T) {
		s := given(t, acme)
		const again = `2026-03-01 board purpose.defined {"statement":"x"}`
		assert.NotEqual(t, s.when(again).isAccepted().out.Seq, s.when(again).isAccepted().out.Seq)
	})
	t.Run("the id of a refused act is still free", func(t *testing.T) {
		s := given(t, acme)
		s.when(`x: 2026-03-01 board delegation.granted {"id":"d","from":"board","to":"zoe","scope":"aims"}`).isRefusedFor(domain.UnknownParty)
		s.when(`x: 2026-03-01 board purpose.defined {"statement":"x"}`).isAccepted()
	})
}

func TestCorrections(t *testing.T) {
	const hire = `a: 2026-02-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}`
	fix := func(by, more string) string {
		return `2026-03-01 ` + by + ` act.corrected {"act":"a"` + more + `,"data":{"id":"x","scope":"aims","power":"hire","summary":"Two nurses"}}`
	}
	t.Run("by who did it, by a delegator above, by the governing body", func(t *testing.T) {
		for _, by := range []string{"cto", "ceo", "board"} {
			given(t, acme, line, hire).when(fix(by, "")).isAccepted()
		}
	})
	t.Run("by nobody else", func(t *testing.T) {
		for _, by := range []string{"dev", "cara", "ada"} {
			given(t, acme, line, hire).when(fix(by, "")).isRefused(domain.NotEntitled, "by")
		}
		given(t, acme, line).when(`2026-03-01 cto act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}}`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("again, and always by the original's id", func(t *testing.T) {
		s := given(t, acme, line, hire, "c: "+fix("cto", ""))
		s.when(fix("cto", "")).isAccepted()
		s.when(`2026-03-01 cto act.corrected {"act":"c","data":{"act":"a","data":{"id":"x","scope":"aims","power":"hire","summary":"y"}}}`).isRefusedFor(domain.Invalid)
		s.when(`2026-03-01 cto act.corrected {"act":"c","data":{"id":"x","scope":"aims","power":"hire","summary":"y"}}`).isRefusedFor(domain.Invalid)
	})
	t.Run("not of an annulled act", func(t *testing.T) {
		given(t, acme, line, hire, `2026-02-15 cto act.annulled {"act":"a","reason":"x"}`).when(fix("cto", "")).isRefused(domain.Invalid, "data.act")
	})
	t.Run("but again once the annulment is annulled", func(t *testing.T) {
		given(t, acme, line, hire, `n: 2026-02-15 cto act.annulled {"act":"a","reason":"x"}`, `2026-02-16 cto act.annulled {"act":"n","reason":"x"}`).when(fix("cto", "")).isAccepted()
	})
	t.Run("not of what opened the ledger", func(t *testing.T) {
		s := begin(t, "acme").and(`o: 2026-01-01 board ledger.opened {"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}`)
		s.when(`2026-01-02 board act.corrected {"act":"o","data":{"organization":{"name":"Acme plc"},"governingBody":{"id":"board","name":"Board"}}}`).isRefused(domain.Invalid, "data.act")
		s.when(`2026-01-02 board act.annulled {"act":"o","reason":"x"}`).isRefused(domain.Invalid, "data.act")
	})
	t.Run("never of the id", func(t *testing.T) {
		given(t, acme, line, hire).when(`2026-03-01 cto act.corrected {"act":"a","data":{"id":"y","scope":"aims","power":"hire","summary":"x"}}`).isRefused(domain.Invalid, "data.data.id")
	})
	t.Run("never of the type", func(t *testing.T) {
		given(t, acme, line, hire).when(`2026-03-01 cto act.corrected {"act":"a","data":{"id":"x","scope":"aims","severity":"low","summary":"x"}}`).isRefusedFor(domain.Invalid)
	})
	t.Run("the data is the whole right data", func(t *testing.T) {
		given(t, acme, line, hire).when(`2026-03-01 cto act.corrected {"act":"a","data":{"id":"x","scope":"aims","power":"hire"}}`).isRefused(domain.Invalid, "data.data.summary")
	})
	t.Run("a term that ends before the original begins", func(t *testing.T) {
		given(t, acme, line).when(`2026-03-01 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","until":"2026-01-20"}}`).isRefused(domain.Invalid, "data.data.until")
	})
	t.Run("what it says is judged at the original's place, by every rule", func(t *testing.T) {
		s := given(t, acme, line)
		s.when(`2026-03-01 ceo act.corrected {"act":"g-cto","effective":"2026-01-09","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}}`).isRefusedFor(domain.NotHeld)
		s.when(`2026-03-01 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"ceo","scope":"technology"}}`).isRefusedFor(domain.Cycle)
		s.when(`2026-03-01 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"zoe","scope":"technology"}}`).isRefusedFor(domain.UnknownParty)
		s.when(`2026-03-01 board act.corrected {"act":"g-ceo","by":"cto","data":{"id":"d-ceo","from":"board","to":"ceo","scope":"organization"}}`).isRefusedFor(domain.NotEntitled)
	})
	t.Run("a post that is gone by now may still be named", func(t *testing.T) {
		s := given(t, acme, `a: 2026-02-01 board role.assigned {"role":"cto","party":"dev","basis":"shared"}`, `2026-06-01 board role.abolished {"id":"cto"}`, `2026-06-01 board scope.retired {"id":"sales"}`)
		s.when(`2026-07-01 board act.corrected {"act":"a","data":{"role":"cto","party":"eli","basis":"shared"}}`).isAccepted()
	})
	t.Run("a scope that is gone by now may still be named", func(t *testing.T) {
		given(t, acme, line, hire, `2026-06-01 board scope.retired {"id":"aims"}`).
			when(`2026-07-01 cto act.corrected {"act":"a","data":{"id":"x","scope":"aims","power":"hire","summary":"Two nurses"}}`).isAccepted()
	})
	t.Run("knowing all recorded since", func(t *testing.T) {
		given(t, acme, line, `2026-01-15 board matter.reserved {"id":"m","name":"M","powers":["hire"]}`).
			when(`2026-03-01 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["hire"]}}`).isRefusedFor(domain.ReservedMatter)
	})
	t.Run("what is left out stays as it stood, in the newest correction", func(t *testing.T) {
		given(t, acme, line,
			`2026-02-01 ceo act.corrected {"act":"g-cto","effective":"2026-01-25","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["hire"]}}`,
			`2026-02-02 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["hire","lend"]}}`).
			when(`2026-01-24 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["lend"]}`).isRefused(domain.NotHeld, "data.from")
	})
}

// TestCorrectionsAreJudgedTheSameOnceTheLedgerIsLoadedAgain: a day is the first instant of that day in the ledger's time
// zone, whoever reads it.
func TestCorrectionsAreJudgedTheSameOnceTheLedgerIsLoadedAgain(t *testing.T) {
	for _, zone := range []string{"Pacific/Auckland", "America/Los_Angeles"} {
		t.Run(zone, func(t *testing.T) {
			const resolution = `"resolution":{"date":"2026-03-01","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}`
			s := given(t, `
2026-01-01 board ledger.opened {"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"},"timeZone":"`+zone+`"}
2026-01-01 board party.registered {"id":"ada","kind":"person","name":"Ada"}
2026-01-01 board party.registered {"id":"ben","kind":"person","name":"Ben"}
2026-01-01 board scope.defined {"id":"aims","name":"AIMS"}
2026-01-01 board member.appointed {"body":"board","party":"ada"}
2026-01-01 board member.appointed {"body":"board","party":"ben"}
2026-01-02 board body.changed {"id":"board","quorum":2}
g: 2026-03-01 board delegation.granted {"id":"d","from":"board","to":"ben","scope":"aims"} {`+resolution+`}
2026-03-01 board member.departed {"body":"board","party":"ada"} {"resolution":{"date":"2026-02-20","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}}
2026-03-01 board body.changed {"id":"board","quorum":0} {"resolution":{"date":"2026-02-20","method":"meeting","present":["ada","ben"],"for":["ada","ben"]}}
`)
			const fix = `2026-04-01 board act.corrected {"act":"g","data":{"id":"d","from":"board","to":"ben","scope":"aims","powers":["hire"]}}`
			again := s.restarted()
			want, got := s.when(fix), again.when(fix)
			require.Equal(t, domain.CodeOf(want.err), domain.CodeOf(got.err), "before: %v\nafter loading: %v", want.err, got.err)
		})
	}
}

func TestAnnulments(t *testing.T) {
	const hire = `a: 2026-02-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}`
	annul := func(by, act string) string {
		return `2026-07-01 ` + by + ` act.annulled {"act":"` + act + `","reason":"x"}`
	}
	t.Run("by who did it, by a delegator above, by the governing body, and by nobody else", func(t *testing.T) {
		for _, by := range []string{"cto", "ceo", "board"} {
			given(t, acme, line, hire).when(annul(by, "a")).isAccepted()
		}
		for _, by := range []string{"dev", "cara"} {
			given(t, acme, line, hire).when(annul(by, "a")).isRefused(domain.NotEntitled, "by")
		}
		given(t, acme, line).when(annul("cto", "g-cto")).isRefused(domain.NotEntitled, "by")
	})
	for _, c := range []struct {
		name, before, act string
		code              domain.Code
		names             []string
	}{
		{"a party that a live act names", `p: 2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}
r: 2026-02-01 board role.assigned {"role":"cto","party":"zoe"}`, "p", domain.UnknownParty, []string{"r"}},
		{"a party in whose name a live act is", `p: 2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}
c: 2026-02-01 zoe concern.raised {"id":"c","scope":"aims","severity":"low","summary":"x"}`, "p", domain.UnknownParty, []string{"c"}},
		{"a party that voted", `p: 2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}
c: 2026-02-01 board purpose.defined {"statement":"x"} {"resolution":{"date":"2026-02-01","method":"meeting","present":["ada","zoe"],"for":["ada"]}}`, "p", domain.UnknownParty, []string{"c"}},
		{"a role", `p: 2026-02-01 board role.established {"id":"cfo","name":"CFO"}
r: 2026-02-01 board role.assigned {"role":"cfo","party":"dev"}
d: 2026-02-02 board delegation.granted {"id":"d","from":"board","to":"cfo","scope":"sales"}`, "p", domain.UnknownParty, []string{"r", "d"}},
		{"a body", `p: 2026-02-01 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board"}
r: 2026-02-01 board member.appointed {"body":"ac","party":"dev"}`, "p", domain.UnknownParty, []string{"r"}},
		{"a scope", `p: 2026-02-01 board scope.defined {"id":"lab","name":"Lab"}
r: 2026-02-01 board direction.set {"id":"dir","scope":"lab","statement":"x"}`, "p", domain.UnknownScope, []string{"r"}},
		{"a scope above one that a live act names", `p: 2026-02-01 board scope.defined {"id":"lab","name":"Lab"}
q: 2026-02-01 board scope.defined {"id":"bench","name":"Bench","parent":"lab"}
r: 2026-02-01 board direction.set {"id":"dir","scope":"bench","statement":"x"}`, "p", domain.UnknownScope, []string{"q", "r"}},
		{"a revival under a live act", `2026-01-10 board role.abolished {"id":"cto"}
p: 2026-02-01 board role.established {"id":"cto","name":"CTO"}
r: 2026-02-02 board role.assigned {"role":"cto","party":"dev"}`, "p", domain.UnknownParty, []string{"r"}},
		{"a succession under the successor's acts", `p: 2026-02-01 board governing-body.succeeded {"id":"council","name":"Council"}
r: 2026-02-01 council member.appointed {"body":"council","party":"ada"}`, "p", domain.UnknownParty, []string{"r"}},
	} {
		t.Run("not of "+c.name, func(t *testing.T) {
			by := "board"
			if strings.Contains(c.before, "succeeded") {
				by = "council"
			}
			given(t, acme, c.before).when(annul(by, c.act)).isRefused(c.code, "data.act").naming(c.names...)
		})
	}
	t.Run("of a party once the acts that name it are annulled", func(t *testing.T) {
		s := given(t, acme, `p: 2026-02-01 board party.registered {"id":"zoe","kind":"person","name":"Zoe"}`, `r: 2026-02-01 board role.assigned {"role":"cto","party":"zoe"}`)
		s.and(`2026-02-02 board act.annulled {"act":"r","reason":"x"}`).when(annul("board", "p")).isAccepted()
	})
	t.Run("nor a correction by which a scope begins only after it is named", func(t *testing.T) {
		given(t, acme, `p: 2026-02-01 board scope.defined {"id":"lab","name":"Lab"}`, `r: 2026-02-10 board direction.set {"id":"dir","scope":"lab","statement":"x"}`).
			when(`2026-07-01 board act.corrected {"act":"p","effective":"2026-03-01","data":{"id":"lab","name":"Lab"}}`).isRefusedFor(domain.UnknownScope).naming("r")
	})
	t.Run("delegations that rested on an annulled one lapse instead", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`)
		s.and(annul("board", "g-cto"))
		s.when(`2026-03-01 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		s.when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"triage","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("a lapsed delegation is not widened, and may be narrowed and revoked", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire","spend.cloud"]}`, annul("board", "g-cto"))
		s.when(`2026-03-01 cto delegation.varied {"id":"d-dev","powers":["hire"]}`).isAccepted()
		require.NotPanics(t, func() {
			s.when(`2026-03-02 cto delegation.varied {"id":"d-dev","powers":["hire","lend"]}`).isRefusedFor(domain.NotHeld, domain.UnknownID)
		})
		s.when(`2026-03-03 cto delegation.revoked {"id":"d-dev"}`).isAccepted()
	})
	t.Run("an annulled annulment gives back what it took", func(t *testing.T) {
		s := given(t, acme, line, "n: "+annul("board", "g-ceo"))
		s.when(`2026-03-01 ceo delegation.granted {"id":"d-x","from":"ceo","to":"eli","scope":"triage","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
		s.and(annul("board", "n"))
		s.when(`2026-03-01 ceo delegation.granted {"id":"d-x","from":"ceo","to":"eli","scope":"triage","powers":["hire"]}`).isAccepted()
	})
	t.Run("an annulled correction restores what stood before it", func(t *testing.T) {
		s := given(t, acme, line, `c: 2026-02-01 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","powers":["hire"]}}`)
		const spends = `2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"triage","powers":["spend.cloud"]}`
		s.when(spends).isRefused(domain.ExceedsPowers, "data.powers[0]")
		s.and(annul("ceo", "c")).when(spends).isAccepted()
	})
	t.Run("a seat given by mistake was never held", func(t *testing.T) {
		given(t, acme, line, `r: 2026-02-01 board role.assigned {"role":"cto","party":"dev","basis":"shared"}`, annul("board", "r")).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"aims","powers":["hire"]} {"through":["dev"]}`).isRefused(domain.NotInOffice, "through[0]")
	})
}

func TestSuspensions(t *testing.T) {
	suspend := func(by string) string { return `2026-03-01 ` + by + ` delegation.suspended {"id":"d-dev"}` }
	resume := func(by string) string { return `2026-03-05 ` + by + ` delegation.resumed {"id":"d-dev"}` }
	const grant = `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`
	const use = `2026-03-06 dev delegation.granted {"id":"d-eli","from":"dev","to":"eli","scope":"triage","powers":["hire"]}`
	t.Run("by its delegator or any above, and by nobody else", func(t *testing.T) {
		for _, by := range []string{"cto", "ceo", "board"} {
			given(t, acme, line, grant).when(suspend(by)).isAccepted()
			given(t, acme, line, grant).when(`2026-03-01 ` + by + ` delegation.revoked {"id":"d-dev"}`).isAccepted()
		}
		for _, by := range []string{"dev", "eli", "cara"} {
			given(t, acme, line, grant).when(suspend(by)).isRefused(domain.NotEntitled, "by")
			given(t, acme, line, grant).when(`2026-03-01 `+by+` delegation.revoked {"id":"d-dev"}`).isRefused(domain.NotEntitled, "by")
		}
	})
	t.Run("lifted by who made it or a delegator above them, not by one below", func(t *testing.T) {
		given(t, acme, line, grant, suspend("ceo")).when(resume("cto")).isRefused(domain.NotEntitled, "by")
		given(t, acme, line, grant, suspend("ceo")).when(resume("dev")).isRefused(domain.NotEntitled, "by")
		given(t, acme, line, grant, suspend("ceo"), resume("ceo")).when(use).isAccepted()
		given(t, acme, line, grant, suspend("ceo"), resume("board")).when(use).isAccepted()
	})
	t.Run("of two parties, each lifted on its own", func(t *testing.T) {
		s := given(t, acme, line, grant, suspend("board"), suspend("cto"))
		s.and(resume("cto")).when(use).isRefused(domain.NotHeld, "data.from")
		s.and(resume("board")).when(use).isAccepted()
		s = given(t, acme, line, grant, suspend("board"), suspend("cto"))
		s.and(resume("board")).when(use).isRefused(domain.NotHeld, "data.from")
		s.and(resume("cto")).when(use).isAccepted()
	})
	t.Run("the successor of the governing body lifts what its predecessor made", func(t *testing.T) {
		given(t, acme, line, grant, suspend("board"), `2026-03-02 board governing-body.succeeded {"id":"council","name":"Council"}`,
			`2026-03-02 council member.appointed {"body":"council","party":"ada"}`, resume("council")).when(use).isAccepted()
	})
	t.Run("what is not suspended is not resumed", func(t *testing.T) {
		given(t, acme, line, grant).when(resume("cto")).isRefusedFor(domain.UnknownID, domain.Invalid)
	})
	t.Run("what was revoked is not resumed into force", func(t *testing.T) {
		s := given(t, acme, line, grant, suspend("cto"), `2026-03-02 cto delegation.revoked {"id":"d-dev"}`)
		s.when(resume("cto"))
		s.when(use).isRefused(domain.NotHeld, "data.from")
	})
}

func TestWhoAcceptsVariesAndAccountsForADelegation(t *testing.T) {
	const asked = `2026-02-01 ceo delegation.granted {"id":"d-dev","from":"ceo","to":"dev","scope":"aims","acceptance":"required"}`
	for _, act := range []string{
		`2026-02-02 eli delegation.accepted {"id":"d-dev"}`,
		`2026-02-02 ceo delegation.accepted {"id":"d-dev"}`,
		`2026-02-02 ceo delegation.declined {"id":"d-dev"}`,
		`2026-02-02 dev delegation.varied {"id":"d-dev","reviewBy":"2027-01-01"}`,
		`2026-02-02 board delegation.varied {"id":"d-dev","reviewBy":"2027-01-01"}`,
		`2026-02-02 board delegation.granted {"id":"d-x","from":"ceo","to":"eli","scope":"aims"}`,
		`2026-02-02 eli account.given {"id":"acc","delegation":"d-dev","period":"Q1","summary":"x"}`,
	} {
		t.Run("not "+act, func(t *testing.T) { given(t, acme, line, asked).when(act).isRefused(domain.NotEntitled, "by") })
	}
	t.Run("declined is final", func(t *testing.T) {
		s := given(t, acme, line, asked, `2026-02-02 dev delegation.declined {"id":"d-dev"}`)
		s.when(`2026-02-03 dev delegation.accepted {"id":"d-dev"}`)
		s.when(`2026-02-04 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims"}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("expired is final", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 ceo delegation.granted {"id":"d-dev","from":"ceo","to":"dev","scope":"aims","until":"2026-03-01"}`)
		s.when(`2026-03-01 ceo delegation.varied {"id":"d-dev","until":"2027-01-01"}`)
		s.when(`2026-03-02 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims"}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("the account of a delegation goes to who gave it", func(t *testing.T) {
		s := given(t, acme, line, asked, `2026-02-02 dev delegation.accepted {"id":"d-dev"}`, `2026-03-01 dev account.given {"id":"acc","delegation":"d-dev","period":"Q1","summary":"x"}`)
		s.when(`2026-03-02 board account.received {"id":"acc","outcome":"accepted"}`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-03-02 dev account.received {"id":"acc","outcome":"accepted"}`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-03-02 ceo account.received {"id":"acc","outcome":"accepted"}`).isAccepted()
	})
	t.Run("and to nobody else once the delegation is annulled", func(t *testing.T) {
		given(t, acme, line, `g: 2026-02-01 ceo delegation.granted {"id":"d-dev","from":"ceo","to":"dev","scope":"aims"}`,
			`2026-03-01 dev account.given {"id":"acc","delegation":"d-dev","period":"Q1","summary":"x"}`, `2026-03-02 ceo act.annulled {"act":"g","reason":"x"}`).
			when(`2026-03-03 eli account.received {"id":"acc","outcome":"accepted"}`).isRefusedFor(domain.NotEntitled, domain.UnknownID)
	})
	t.Run("what the former governing body granted is the successor's", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 board governing-body.succeeded {"id":"council","name":"Council"}`, `2026-03-01 council member.appointed {"body":"council","party":"ada"}`)
		s.when(`2026-03-02 board delegation.revoked {"id":"d-ceo"}`).isRefused(domain.UnknownParty, "by")
		s.when(`2026-03-02 council delegation.varied {"id":"d-ceo","until":"2028-01-01"}`).isAccepted()
		s.when(`2026-02-28 board delegation.varied {"id":"d-ceo","until":"2029-01-01"}`).isAccepted()
	})
	t.Run("under moves only by a variation, and stays within", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-25 board delegation.granted {"id":"d-ceo-2","from":"board","to":"ceo","scope":"technology","powers":["hire"]}`)
		s.when(`2026-02-01 ceo delegation.varied {"id":"d-cto","under":"d-ceo-2"}`).isRefused(domain.ExceedsPowers, "data.powers[0]")
		s.when(`2026-02-01 ceo delegation.varied {"id":"d-cto","under":"d-ceo-2","powers":["hire"]}`).isAccepted()
		s.and(`2026-02-02 board delegation.revoked {"id":"d-ceo-2"}`).
			when(`2026-02-03 cto delegation.granted {"id":"d-x","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
}

func TestEntitlementOverTheScopeConcerned(t *testing.T) {
	const dev = `2026-01-10 board delegation.granted {"id":"d-dev","from":"board","to":"dev","scope":"technology","powers":["*"]}`
	for _, c := range []struct {
		act string
		may bool
	}{
		{`2026-02-01 dev scope.defined {"id":"lab","name":"Lab","parent":"aims"}`, true},
		{`2026-02-01 dev scope.defined {"id":"lab","name":"Lab","parent":"sales"}`, false},
		{`2026-02-01 dev scope.defined {"id":"lab","name":"Lab"}`, false},
		{`2026-02-01 dev scope.retired {"id":"triage"}`, true},
		{`2026-02-01 dev scope.renamed {"id":"sales","name":"Sale"}`, false},
		{`2026-02-01 dev role.established {"id":"ciso","name":"CISO","scope":"technology"}`, true},
		{`2026-02-01 dev role.established {"id":"ciso","name":"CISO"}`, false},
		{`2026-02-01 dev role.assigned {"role":"cto","party":"eli"}`, true},
		{`2026-02-01 dev role.assigned {"role":"ceo","party":"eli"}`, false},
		{`2026-02-01 dev body.constituted {"id":"m","name":"M","kind":"management","scope":"aims"}`, true},
		{`2026-02-01 dev body.constituted {"id":"m","name":"M","kind":"management"}`, false},
		{`2026-02-01 dev member.appointed {"body":"board","party":"eli"}`, false},
		{`2026-02-01 dev policy.adopted {"id":"p","scope":"triage","title":"P","version":"1"}`, true},
		{`2026-02-01 dev policy.adopted {"id":"p","scope":"sales","title":"P","version":"1"}`, false},
		{`2026-02-01 dev person.left {"person":"eli"}`, false},
		// moving needs authority over the old and the new parent
		{`2026-02-01 dev scope.moved {"id":"triage","parent":"technology"}`, true},
		{`2026-02-01 dev scope.moved {"id":"triage","parent":"sales"}`, false},
		{`2026-02-01 dev scope.moved {"id":"sales","parent":"technology"}`, false},
		{`2026-02-01 dev scope.moved {"id":"technology","parent":"sales"}`, false},
		{`2026-02-01 dev scope.moved {"id":"triage"}`, false},
	} {
		t.Run(c.act, func(t *testing.T) {
			o := given(t, acme, dev).when(c.act)
			if c.may {
				o.isAccepted()
			} else {
				o.isRefused(domain.NotEntitled, "by")
			}
		})
	}
	t.Run("the exact act type is enough, another is not", func(t *testing.T) {
		const narrow = `2026-01-10 board delegation.granted {"id":"d-dev","from":"board","to":"dev","scope":"technology","powers":["role.assigned","scope.*"]}`
		given(t, acme, narrow).when(`2026-02-01 dev role.assigned {"role":"cto","party":"eli"}`).isAccepted()
		given(t, acme, narrow).when(`2026-02-01 dev scope.renamed {"id":"aims","name":"x"}`).isAccepted()
		given(t, acme, narrow).when(`2026-02-01 dev role.vacated {"role":"cto","party":"cara"}`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("a member alone never acts as the body", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 ada scope.defined {"id":"lab","name":"Lab"}`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("who left does nothing", func(t *testing.T) {
		given(t, acme, `2026-01-20 board person.left {"person":"dev"}`).when(`2026-02-01 dev party.registered {"id":"zoe","kind":"person","name":"Zoe"}`).isRefused(domain.NotEntitled, "by")
	})
}

func TestCommitteesActForTheGoverningBody(t *testing.T) {
	const committee = `
2026-01-05 board body.constituted {"id":"ac","name":"Audit","kind":"committee","parent":"board"}
2026-01-05 board body.constituted {"id":"sub","name":"IT audit","kind":"committee","parent":"ac"}
2026-01-05 board body.constituted {"id":"mc","name":"Executive","kind":"management"}
2026-01-05 board member.appointed {"body":"ac","party":"ada"}
2026-01-05 board member.appointed {"body":"sub","party":"ada"}
2026-01-05 board member.appointed {"body":"mc","party":"ben"}
2026-01-10 board delegation.granted {"id":"d-ac","from":"board","to":"ac","scope":"technology","powers":["assurance.commissioned","assurance.reviewed"]}
2026-01-10 board delegation.granted {"id":"d-sub","from":"board","to":"sub","scope":"technology","powers":["assurance.reviewed"]}
2026-01-10 board delegation.granted {"id":"d-mc","from":"board","to":"mc","scope":"organization","powers":["*"]}
2026-02-01 board assurance.commissioned {"id":"as","scope":"aims","provider":"eli","line":"external"}
2026-02-01 board assurance.commissioned {"id":"as-sales","scope":"sales","provider":"eli","line":"external"}
`
	for _, c := range []struct {
		act string
		may bool
	}{
		{`2026-02-02 board assurance.reviewed {"id":"as","conclusion":"noted"}`, true},
		{`2026-02-02 ac assurance.reviewed {"id":"as","conclusion":"noted"}`, true},
		{`2026-02-02 sub assurance.reviewed {"id":"as","conclusion":"noted"}`, true},
		{`2026-02-02 ac assurance.reviewed {"id":"as-sales","conclusion":"noted"}`, false},
		{`2026-02-02 mc assurance.reviewed {"id":"as","conclusion":"noted"}`, false},
		{`2026-02-02 eli assurance.reviewed {"id":"as","conclusion":"noted"}`, false},
		{`2026-02-02 ac assurance.commissioned {"id":"x","scope":"aims","provider":"eli","line":"third"}`, true},
		{`2026-02-02 mc assurance.commissioned {"id":"x","scope":"aims","provider":"eli","line":"third"}`, true},
		{`2026-02-02 ac assurance.commissioned {"id":"x","scope":"sales","provider":"eli","line":"third"}`, false},
		{`2026-02-02 dev assurance.commissioned {"id":"x","scope":"aims","provider":"eli","line":"third"}`, false},
		{`2026-02-02 eli assurance.reported {"id":"as","opinion":"satisfactory"}`, true},
		{`2026-02-02 board assurance.reported {"id":"as","opinion":"satisfactory"}`, false},
	} {
		t.Run(c.act, func(t *testing.T) {
			o := given(t, acme, committee).when(c.act)
			if c.may {
				o.isAccepted()
			} else {
				o.isRefused(domain.NotEntitled, "by")
			}
		})
	}
	t.Run("direction by a committee is still a governance act", func(t *testing.T) {
		given(t, acme, committee).when(`2026-02-02 ac direction.set {"id":"dir","scope":"aims","statement":"x"}`).isRefused(domain.GovernanceAct, "by")
	})
}

func TestRatifications(t *testing.T) {
	const facts = `
2026-01-10 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"organization","powers":["spend.*"],"limits":[{"dimension":"spend","unit":"GBP","max":"1000","per":"act"},{"dimension":"spend","unit":"GBP","max":"1500","per":"year"}]}
2026-01-10 board delegation.granted {"id":"d-eli","from":"board","to":"eli","scope":"organization","powers":["spend.*"],"limits":[{"dimension":"spend","unit":"GBP","max":"500","per":"year"}]}
a: 2026-02-01 dev decision.taken {"id":"a","scope":"aims","power":"spend.cloud","summary":"x","amounts":[{"dimension":"spend","unit":"GBP","value":"900"}]}
b: 2026-02-01 dev decision.taken {"id":"b","scope":"aims","power":"spend.cloud","summary":"x","amounts":[{"dimension":"spend","unit":"GBP","value":"1001"}]}
c: 2026-02-01 dev decision.taken {"id":"c","scope":"aims","power":"spend.cloud","summary":"x","amounts":[{"dimension":"spend","unit":"USD","value":"1"}]}
h: 2026-02-01 dev decision.taken {"id":"h","scope":"aims","power":"hire","summary":"x"}
p: 2026-02-01 board purpose.defined {"statement":"x"}
`
	ratify := func(by, act string) string {
		return `2026-03-01 ` + by + ` act.ratified {"act":"` + act + `","reason":"x"}`
	}
	given(t, acme, facts).when(ratify("board", "b")).isAccepted()
	given(t, acme, facts).when(ratify("ceo", "a")).isAccepted()
	t.Run("not by one who could not take it: an amount, a unit, a power", func(t *testing.T) {
		for _, act := range []string{"b", "c", "h"} {
			given(t, acme, facts).when(ratify("ceo", act)).isRefused(domain.NotEntitled, "by")
		}
		given(t, acme, facts).when(ratify("dev", "a")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("not by one whose limit of a year it would exceed", func(t *testing.T) {
		given(t, acme, facts).when(ratify("eli", "a")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("a reserved matter by the governing body alone", func(t *testing.T) {
		s := given(t, acme, facts, `2026-02-15 board matter.reserved {"id":"m","name":"M","powers":["spend.cloud"]}`)
		s.when(ratify("ceo", "a")).isRefused(domain.NotEntitled, "by")
		s.when(ratify("board", "a")).isAccepted()
	})
	t.Run("only a recorded fact", func(t *testing.T) {
		given(t, acme, facts).when(ratify("board", "p")).isRefused(domain.Invalid, "data.act")
	})
	t.Run("it puts no delegation in force", func(t *testing.T) {
		given(t, acme, facts).when(`2026-03-01 board act.ratified {"act":"act-19","reason":"x"}`).isRefusedFor(domain.Invalid, domain.UnknownAct)
	})
}

func TestAttestations(t *testing.T) {
	const keys = `
k: 2026-01-10 board key.registered {"id":"k-ada","person":"ada","algorithm":"ed25519","publicKey":"AAAA"}
2026-01-10 board key.registered {"id":"k-dev","person":"dev","algorithm":"ed25519","publicKey":"BBBB"}
`
	attest := func(on, by, key string) string {
		return on + ` ` + by + ` act.attested {"act":"k","statement":"I was there","signature":{"key":"` + key + `","value":"AAAA"}}`
	}
	given(t, acme, keys).when(attest("2026-02-01", "ada", "k-ada")).isAccepted()
	t.Run("by a person", func(t *testing.T) {
		given(t, acme, keys).when(attest("2026-02-01", "ceo", "k-ada")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("not with another's key", func(t *testing.T) {
		given(t, acme, keys).when(attest("2026-02-01", "ada", "k-dev")).isRefusedFor(domain.NotEntitled, domain.UnknownID, domain.Invalid)
	})
	t.Run("not before the key is registered, nor once it is revoked", func(t *testing.T) {
		given(t, acme, keys).when(attest("2026-01-09", "ada", "k-ada")).isRefused(domain.UnknownID, "data.signature.key")
		given(t, acme, keys, `2026-01-20 board key.revoked {"id":"k-ada"}`).when(attest("2026-02-01", "ada", "k-ada")).isRefused(domain.UnknownID, "data.signature.key")
	})
	t.Run("of an act that is recorded", func(t *testing.T) {
		given(t, acme, keys).when(`2026-02-01 ada act.attested {"act":"zzz","statement":"x","signature":{"key":"k-ada","value":"AAAA"}}`).isRefused(domain.UnknownAct, "data.act")
	})
}

func TestRenamings(t *testing.T) {
	const renamed = `r: 2026-02-01 board party.renamed {"id":"dev","newId":"dev-rao"}`
	assign := func(party string) string {
		return `a: 2026-03-01 board role.assigned {"role":"cto","party":"` + party + `","basis":"shared"}`
	}
	t.Run("annulled, the new id is nobody's", func(t *testing.T) {
		s := given(t, acme, renamed, `2026-02-02 board act.annulled {"act":"r","reason":"x"}`)
		s.when(assign("dev-rao")).isRefused(domain.UnknownParty, "data.party")
		s.when(assign("dev")).isAccepted()
	})
	t.Run("not annulled under a live act that names the new id", func(t *testing.T) {
		given(t, acme, renamed, assign("dev-rao")).when(`2026-02-02 board act.annulled {"act":"r","reason":"x"}`).isRefusedFor(domain.UnknownParty).naming("a")
	})
	t.Run("corrected, the right id is theirs and the wrong one nobody's", func(t *testing.T) {
		s := given(t, acme, renamed, `2026-02-02 board act.corrected {"act":"r","data":{"id":"dev","newId":"dev-r"}}`)
		s.when(assign("dev-rao")).isRefused(domain.UnknownParty, "data.party")
		s.when(assign("dev-r")).isAccepted()
	})
	t.Run("of a role and of a body", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 board party.renamed {"id":"cto","newId":"chief-tech"}`, `2026-02-01 board party.renamed {"id":"board","newId":"directors"}`)
		s.when(`2026-03-01 chief-tech delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]} {"through":["cara"]}`).isAccepted()
		s.when(`2026-03-01 directors purpose.defined {"statement":"x"} {"through":["ada"]}`).isAccepted()
	})
	t.Run("an abolished role is revived under the id it bears", func(t *testing.T) {
		given(t, acme, `2026-02-01 board party.renamed {"id":"cto","newId":"chief-tech"}`, `2026-03-01 board role.abolished {"id":"chief-tech"}`).
			when(`2026-04-01 board role.established {"id":"chief-tech","name":"Chief of technology"}`).isAccepted()
	})
	t.Run("to nothing but another id or name", func(t *testing.T) {
		given(t, acme).when(`2026-02-01 dev party.renamed {"id":"dev","name":"D."}`).isRefused(domain.NotEntitled, "by")
	})
}

// TestVacating ends every assignment effective at or before it, whichever was recorded first.
func TestVacating(t *testing.T) {
	const vacated = `v: 2026-03-01 board role.vacated {"role":"cto","party":"cara"}`
	const acts = `2026-03-02 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]} {"through":["cara"]}`
	const other = `2026-01-05 board role.assigned {"role":"cto","party":"eli","basis":"shared"}`
	for name, assigned := range map[string]string{
		"an assignment before it, recorded later":            `2026-02-15 board role.assigned {"role":"cto","party":"cara"}`,
		"an assignment at the same instant, recorded later":  `2026-03-01 board role.assigned {"role":"cto","party":"cara"}`,
		"an assignment before it that is recorded even late": `2026-01-02 board role.assigned {"role":"cto","party":"cara","basis":"interim"}`,
	} {
		t.Run(name, func(t *testing.T) {
			given(t, acme, line, other, vacated, assigned).when(acts).isRefused(domain.NotInOffice, "through[0]")
		})
	}
	t.Run("not an assignment after it", func(t *testing.T) {
		given(t, acme, line, other, vacated, `2026-03-02 board role.assigned {"role":"cto","party":"cara"}`).when(acts).isAccepted()
	})
	t.Run("to undo it, annul it", func(t *testing.T) {
		given(t, acme, line, other, vacated, `2026-03-03 board act.annulled {"act":"v","reason":"x"}`).when(acts).isAccepted()
	})
	t.Run("a seat is held while any assignment holds", func(t *testing.T) {
		given(t, acme, line, other, `2026-02-01 board role.assigned {"role":"cto","party":"dev","until":"2026-03-01"}`, `2026-02-15 board role.assigned {"role":"cto","party":"dev"}`).
			when(`2026-03-02 cto delegation.granted {"id":"d","from":"cto","to":"cara","scope":"aims","powers":["hire"]} {"through":["dev"]}`).isAccepted()
	})
	t.Run("one capacity of a body, or all", func(t *testing.T) {
		const chair = `2026-01-05 board member.appointed {"body":"board","party":"grace","capacity":"chair"}`
		const votes = `2026-03-02 board purpose.defined {"statement":"x"} {"through":["grace"]}`
		given(t, acme, chair, `2026-03-01 board member.departed {"body":"board","party":"grace","capacity":"chair"}`).when(votes).isAccepted()
		given(t, acme, chair, `2026-03-01 board member.departed {"body":"board","party":"grace"}`).when(votes).isRefused(domain.NotInOffice, "through[0]")
	})
}
