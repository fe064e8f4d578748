package domain_test

import (
	"testing"

	"buckstop/domain"
)

// The tests of this file are about systems: they receive authority only while somebody answers for them, and never pass it
// on. The simplest cases are in TestRuleNotNatural.

// bots: the triage system, for which the owner answers, and the owner is dev; the chat system, for which eli answers.
const bots = `
2026-01-05 board role.established {"id":"owner","name":"System owner"}
o: 2026-01-06 board role.assigned {"role":"owner","party":"dev","until":"2026-06-01"}
2026-01-06 board party.registered {"id":"triager","kind":"system","name":"Triage","answerable":"owner"}
2026-01-06 board party.registered {"id":"chat","kind":"system","name":"Chat","answerable":"eli"}
`

func TestASystemReceivesAuthorityOnlyWhileSomebodyAnswers(t *testing.T) {
	grant := func(on, to string) string {
		return on + ` board delegation.granted {"id":"d-bot","from":"board","to":"` + to + `","scope":"aims","powers":["model.deploy"]}`
	}
	for _, c := range []struct {
		name, before, on, to string
		refused              bool
	}{
		{"the role that answers is filled", "", "2026-03-01", "triager", false},
		{"not yet", "", "2026-01-05", "triager", true},
		{"on the last day", "", "2026-05-31", "triager", false},
		{"no longer", "", "2026-06-01", "triager", true},
		{"the role that answers is vacated", `2026-02-01 board role.vacated {"role":"owner","party":"dev"}`, "2026-03-01", "triager", true},
		{"the role that answers is abolished", `2026-02-01 board role.abolished {"id":"owner"}`, "2026-03-01", "triager", true},
		{"the occupant of the role has left", `2026-02-01 board person.left {"person":"dev"}`, "2026-03-01", "triager", true},
		{"another covers the occupant", `2026-02-01 board role.assigned {"role":"owner","party":"ben","covers":"dev"}`, "2026-03-01", "triager", false},
		{"the assignment is annulled", `2026-02-01 board act.annulled {"act":"o","reason":"x"}`, "2026-03-01", "triager", true},
		{"a person answers", "", "2026-03-01", "chat", false},
		{"the person has left", `2026-02-01 board person.left {"person":"eli"}`, "2026-03-01", "chat", true},
		{"the person has left and returned", `2026-02-01 board person.left {"person":"eli"}
2026-02-15 board person.returned {"person":"eli"}`, "2026-03-01", "chat", false},
		{"the person leaves later", `2026-04-01 board person.left {"person":"eli"}`, "2026-03-01", "chat", false},
		{"the role that answers is filled by a system for which a person answers", `2026-06-01 board role.assigned {"role":"owner","party":"chat"}`, "2026-06-02", "triager", false},
		{"the role that answers is filled by the system itself", `2026-05-01 board role.assigned {"role":"owner","party":"triager"}`, "2026-06-02", "triager", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, acme, line, bots, c.before).when(grant(c.on, c.to))
			if c.refused {
				o.isRefused(domain.NotNatural, "data.to")
			} else {
				o.isAccepted()
			}
		})
	}
	t.Run("nor a seat in a role or body", func(t *testing.T) {
		const left = `2026-02-01 board person.left {"person":"eli"}`
		given(t, acme, line, bots, left).when(`2026-03-01 board role.assigned {"role":"cto","party":"chat"}`).isRefused(domain.NotNatural, "data.party")
		given(t, acme, line, bots, left).when(`2026-03-01 board member.appointed {"body":"board","party":"chat","capacity":"observer"}`).isRefused(domain.NotNatural, "data.party")
		given(t, acme, line, bots).when(`2026-03-01 board role.assigned {"role":"cto","party":"chat"}`).isAccepted()
	})
	t.Run("a correction that makes a system its recipient", func(t *testing.T) {
		given(t, acme, line, bots, `2026-02-01 board person.left {"person":"eli"}`, `g: 2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"ben","scope":"aims","powers":["hire"]}`).
			when(`2026-03-02 cto act.corrected {"act":"g","data":{"id":"d","from":"cto","to":"chat","scope":"aims","powers":["hire"]}}`).isRefused(domain.NotNatural, "data.data.to")
	})
	const held = `2026-01-25 cto delegation.granted {"id":"d-bot","from":"cto","to":"chat","scope":"aims","powers":["model.deploy"]}`
	const left = `2026-02-01 board person.left {"person":"eli"}`
	t.Run("what it holds may be taken away once nobody answers", func(t *testing.T) {
		s := given(t, acme, line, bots, held, left)
		s.when(`2026-03-01 cto delegation.varied {"id":"d-bot","until":"2026-04-01"}`).isAccepted()
		s.when(`2026-03-01 cto delegation.suspended {"id":"d-bot"}`).isAccepted()
		s.when(`2026-03-02 cto delegation.revoked {"id":"d-bot"}`).isAccepted()
	})
	t.Run("and not widened", func(t *testing.T) {
		given(t, acme, line, bots, held, left).when(`2026-03-01 cto delegation.varied {"id":"d-bot","powers":["model.*","hire"]}`).isRefusedFor(domain.NotNatural)
	})
	t.Run("a person or a role answers, nothing else", func(t *testing.T) {
		for _, who := range []string{"board", "chat", "office"} {
			given(t, acme, bots, `2026-01-06 board party.registered {"id":"office","kind":"team","name":"Office","answerable":"dev"}`).
				when(`2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Bot","answerable":"`+who+`"}`).isRefused(domain.Invalid, "data.answerable")
		}
		given(t, acme).when(`2026-02-01 board party.registered {"id":"bot","kind":"system","name":"Bot","answerable":"zoe"}`).isRefused(domain.UnknownParty, "data.answerable")
	})
}

func TestASystemNeverPassesAuthorityOn(t *testing.T) {
	const held = `2026-01-25 cto delegation.granted {"id":"d-bot","from":"cto","to":"chat","scope":"aims"}`
	t.Run("to a person, a role or another system", func(t *testing.T) {
		for _, to := range []string{"ben", "owner", "triager"} {
			given(t, acme, line, bots, held).when(`2026-03-01 chat delegation.granted {"id":"d-x","from":"chat","to":"`+to+`","scope":"triage","powers":["model.deploy"]}`).isRefused(domain.NotNatural, "data.from")
		}
	})
	t.Run("nor does anybody pass it on for it", func(t *testing.T) {
		for _, by := range []string{"cto", "ceo", "board", "eli"} {
			given(t, acme, line, bots, held).when(`2026-03-01 `+by+` delegation.granted {"id":"d-x","from":"chat","to":"ben","scope":"triage","powers":["model.deploy"]}`).isRefused(domain.NotEntitled, "by")
		}
	})
	t.Run("though what it holds may be passed on by its terms", func(t *testing.T) {
		given(t, acme, line, bots, `2026-01-25 cto delegation.granted {"id":"d-bot","from":"cto","to":"chat","scope":"aims","subdelegation":{"permitted":true,"maxDepth":3}}`).
			when(`2026-03-01 chat delegation.granted {"id":"d-x","from":"chat","to":"ben","scope":"triage","powers":["model.deploy"]}`).isRefused(domain.NotNatural, "data.from")
	})
	t.Run("nor by a role that it alone fills", func(t *testing.T) {
		given(t, acme, line, bots, `2026-02-01 board role.vacated {"role":"cto","party":"cara"}`, `2026-02-01 board role.assigned {"role":"cto","party":"chat"}`).
			when(`2026-03-01 cto delegation.granted {"id":"d-x","from":"cto","to":"ben","scope":"aims","powers":["hire"]}`).isRefused(domain.NotNatural, "data.from")
	})
	t.Run("what it decides is a fact", func(t *testing.T) {
		given(t, acme, line, bots, held).when(`2026-03-01 chat decision.taken {"id":"x","scope":"aims","power":"model.deploy","summary":"x"}`).isAccepted()
		given(t, acme, line, bots, held, `2026-02-01 board person.left {"person":"eli"}`).when(`2026-03-01 chat decision.taken {"id":"x","scope":"aims","power":"model.deploy","summary":"x"}`).isAccepted()
	})
	t.Run("giving assurance is no authority", func(t *testing.T) {
		given(t, acme, line, bots, `2026-02-01 board assurance.commissioned {"id":"as","scope":"aims","provider":"chat","line":"second"}`).
			when(`2026-03-01 chat assurance.reported {"id":"as","opinion":"satisfactory"}`).isAccepted()
	})
	t.Run("it attests nothing", func(t *testing.T) {
		s := given(t, acme, line, bots, `k: 2026-02-01 board key.registered {"id":"k","person":"eli","algorithm":"ed25519","publicKey":"AAAA"}`)
		s.when(`2026-03-01 chat act.attested {"act":"k","statement":"x","signature":{"key":"k","value":"AAAA"}}`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-03-01 board key.registered {"id":"k-2","person":"chat","algorithm":"ed25519","publicKey":"AAAA"}`).isRefused(domain.UnknownParty, "data.person")
	})
}
