package domain_test

import (
	"testing"

	"buckstop/domain"
)

// The tests of this file are about acts that stand on others: acceptance, suspension, accounts, ratification, attestation,
// correction and annulment, where record_test.go does not have them.

func TestAcceptance(t *testing.T) {
	const asked = `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","acceptance":"required","until":"2026-06-01"}`
	const use = ` dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"triage","powers":["hire"]}`
	t.Run("gives nothing before it, and all from it on", func(t *testing.T) {
		s := given(t, acme, line, asked, `2026-03-01 dev delegation.accepted {"id":"d"}`)
		s.when("2026-02-28"+use).isRefused(domain.NotHeld, "data.from")
		s.when("2026-03-01" + use).isAccepted()
	})
	t.Run("is not needed where it is not asked for", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","acceptance":"none"}`).when("2026-02-01" + use).isAccepted()
	})
	t.Run("is given by its holder alone", func(t *testing.T) {
		for _, by := range []string{"cto", "ceo", "board", "cara", "eli"} {
			for _, how := range []string{"accepted", "declined"} {
				given(t, acme, line, asked).when(`2026-03-01 `+by+` delegation.`+how+` {"id":"d"}`).isRefused(domain.NotEntitled, "by")
			}
		}
	})
	t.Run("comes too late once it is declined, revoked or expired", func(t *testing.T) {
		for _, end := range []string{`2026-02-15 dev delegation.declined {"id":"d"}`, `2026-02-15 cto delegation.revoked {"id":"d"}`} {
			s := given(t, acme, line, asked, end)
			s.when(`2026-03-01 dev delegation.accepted {"id":"d"}`).isRefused(domain.UnknownID, "data.id")
			s.when("2026-03-01"+use).isRefused(domain.NotHeld, "data.from")
		}
		given(t, acme, line, asked).when(`2026-06-01 dev delegation.accepted {"id":"d"}`).isRefused(domain.UnknownID, "data.id")
		given(t, acme, line, asked).when(`2026-01-31 dev delegation.accepted {"id":"d"}`).isRefused(domain.UnknownID, "data.id")
	})
	t.Run("given twice changes nothing", func(t *testing.T) {
		s := given(t, acme, line, asked, `2026-03-01 dev delegation.accepted {"id":"d"}`, `2026-04-01 dev delegation.accepted {"id":"d"}`)
		s.when("2026-03-15" + use).isAccepted()
	})
	t.Run("annulled, it was never given", func(t *testing.T) {
		s := given(t, acme, line, asked, `a: 2026-03-01 dev delegation.accepted {"id":"d"}`, "2026-03-02"+use, `2026-03-05 dev act.annulled {"act":"a","reason":"x"}`)
		s.when(`2026-03-10 eli delegation.granted {"id":"d-y","from":"eli","to":"ben","scope":"triage","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("does not lift a suspension", func(t *testing.T) {
		given(t, acme, line, asked, `2026-02-10 cto delegation.suspended {"id":"d"}`, `2026-03-01 dev delegation.accepted {"id":"d"}`).when("2026-03-02"+use).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("by a role needs somebody in it", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 ceo delegation.granted {"id":"d","from":"ceo","to":"cto","scope":"sales","acceptance":"required"}`, `2026-02-02 board role.vacated {"role":"cto","party":"cara"}`)
		s.when(`2026-02-01 cto delegation.accepted {"id":"d"}`).isAccepted()
		s.when(`2026-02-02 cto delegation.declined {"id":"d"}`).isRefused(domain.NotInOffice, "by")
		s.when(`2026-02-02 cara delegation.declined {"id":"d"}`).isRefused(domain.NotEntitled, "by")
	})
	t.Run("by a body with a quorum needs a resolution", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-05 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board","quorum":2}
2026-01-05 board member.appointed {"body":"ac","party":"ada"}
2026-01-05 board member.appointed {"body":"ac","party":"grace"}
2026-02-01 board delegation.granted {"id":"d","from":"board","to":"ac","scope":"sales","acceptance":"required"}`)
		s.when(`2026-03-01 ac delegation.accepted {"id":"d"}`).isRefused(domain.NoQuorum, "resolution")
		s.when(`2026-03-01 ac delegation.accepted {"id":"d"} resolved 2026-03-01`).isAccepted()
	})
}

func TestEndsAreFinal(t *testing.T) {
	const use = `2026-04-01 cto delegation.granted {"id":"d-x","from":"cto","to":"eli","scope":"aims","powers":["hire"]}`
	for _, end := range []string{
		`2026-03-01 ceo delegation.revoked {"id":"d-cto"}`,
		`2026-03-01 cto delegation.declined {"id":"d-cto"}`,
		`2026-02-01 ceo delegation.varied {"id":"d-cto","until":"2026-03-01"}`,
	} {
		t.Run(end, func(t *testing.T) {
			s := given(t, acme, line, `2026-02-15 ceo delegation.suspended {"id":"d-cto"}`, end)
			s.when(`2026-03-02 ceo delegation.resumed {"id":"d-cto"}`).isRefused(domain.UnknownID, "data.id")
			s.when(`2026-03-02 ceo delegation.varied {"id":"d-cto","until":"2030-01-01"}`).isRefused(domain.UnknownID, "data.id")
			s.when(`2026-03-02 cto delegation.accepted {"id":"d-cto"}`).isRefused(domain.UnknownID, "data.id")
			s.when(use).isRefused(domain.NotHeld, "data.from")
		})
	}
}

func TestWhoRatifiesWhat(t *testing.T) {
	const facts = `
a: 2026-02-01 dev decision.taken       {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}
s: 2026-02-01 dev decision.taken       {"id":"y","scope":"sales","power":"hire","summary":"One seller"}
m: 2026-02-01 dev measure.reported     {"scope":"aims","metric":"gap","unit":"percent","value":"1"}
v: 2026-02-01 dev review.held          {"id":"r","scope":"aims","summary":"x"}
p: 2026-02-01 board purpose.defined    {"statement":"x"}
`
	ratify := func(on, by, act string) string {
		return on + ` ` + by + ` act.ratified {"act":"` + act + `","reason":"x"}`
	}
	t.Run("who could take it now", func(t *testing.T) {
		s := given(t, acme, line, facts)
		for _, by := range []string{"board", "ceo", "cto", "cara", "ben"} { // in the seat or as who sits in it, as can answers
			s.again(t).when(ratify("2026-03-01", by, "a")).isAccepted()
		}
		for _, by := range []string{"dev", "eli", "ada"} { // a member alone is not the board
			s.when(ratify("2026-03-01", by, "a")).isRefused(domain.NotEntitled, "by")
		}
		s.when(ratify("2026-03-01", "cto", "s")).isRefused(domain.NotEntitled, "by") // sales is not theirs
		s.when(ratify("2026-03-01", "ceo", "s")).isAccepted()
	})
	t.Run("not who could when it was taken, and no longer can", func(t *testing.T) {
		given(t, acme, line, facts, `2026-02-15 ceo delegation.revoked {"id":"d-cto"}`).when(ratify("2026-03-01", "cto", "a")).isRefused(domain.NotEntitled, "by")
		given(t, acme, line, facts, `2026-02-15 ceo delegation.suspended {"id":"d-cto"}`).when(ratify("2026-03-01", "cto", "a")).isRefused(domain.NotEntitled, "by")
		given(t, acme, line, facts, `2026-02-15 board role.vacated {"role":"cto","party":"cara"}`).when(ratify("2026-03-01", "cto", "a")).isRefusedFor(domain.NotInOffice, domain.NotEntitled)
		given(t, acme, line, facts, `2026-02-15 board role.vacated {"role":"cto","party":"cara"}`).when(ratify("2026-03-01", "cara", "a")).isRefused(domain.NotEntitled, "by")
	})
	t.Run("who could not when it was taken, and now can", func(t *testing.T) {
		given(t, acme, line, facts, `2026-02-15 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`).when(ratify("2026-03-01", "dev", "a")).isAccepted()
	})
	t.Run("other facts by who holds their type", func(t *testing.T) {
		for _, act := range []string{"m", "v"} {
			given(t, acme, line, facts).when(ratify("2026-03-01", "board", act)).isAccepted()
			given(t, acme, line, facts).when(ratify("2026-03-01", "ceo", act)).isAccepted()
			given(t, acme, line, facts).when(ratify("2026-03-01", "cto", act)).isRefused(domain.NotEntitled, "by")
		}
	})
	t.Run("nothing but facts", func(t *testing.T) {
		s := given(t, acme, line, facts, `r: 2026-03-01 board act.ratified {"act":"a","reason":"x"}`, `c: 2026-03-01 dev act.corrected {"act":"a","data":{"id":"x","scope":"aims","power":"hire","summary":"Two nurses"}}`)
		for _, act := range []string{"p", "g-cto", "r", "c"} {
			s.when(ratify("2026-03-02", "board", act)).isRefused(domain.Invalid, "data.act")
		}
	})
	t.Run("nothing that is annulled, until the annulment is", func(t *testing.T) {
		s := given(t, acme, line, facts, `n: 2026-02-15 dev act.annulled {"act":"a","reason":"x"}`)
		s.when(ratify("2026-03-01", "board", "a")).isRefused(domain.Invalid, "data.act")
		s.and(`2026-02-16 dev act.annulled {"act":"n","reason":"x"}`).when(ratify("2026-03-01", "board", "a")).isAccepted()
	})
	t.Run("as it stands corrected", func(t *testing.T) {
		s := given(t, acme, line, facts, `c: 2026-02-15 dev act.corrected {"act":"a","data":{"id":"x","scope":"sales","power":"hire","summary":"One seller"}}`)
		s.when(ratify("2026-03-01", "cto", "a")).isRefused(domain.NotEntitled, "by")
		s.when(ratify("2026-03-01", "ceo", "a")).isAccepted()
	})
	t.Run("again, by another as well", func(t *testing.T) {
		given(t, acme, line, facts, ratify("2026-03-01", "ceo", "a"), ratify("2026-03-01", "ceo", "a")).when(ratify("2026-03-02", "board", "a")).isAccepted()
	})
	t.Run("it puts no delegation in force", func(t *testing.T) {
		given(t, acme, line, facts, ratify("2026-03-01", "board", "a")).
			when(`2026-03-02 dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"aims","powers":["hire"]}`).isRefused(domain.NotHeld, "data.from")
	})
	t.Run("it is never backdated", func(t *testing.T) {
		given(t, acme, line, facts, `2026-02-02 board body.changed {"id":"board","quorum":2}`).
			when(ratify("2026-03-01", "board", "a")+` resolved 2026-03-10`).isRefused(domain.Backdated, "effective")
	})
	t.Run("nor effective before what it ratifies", func(t *testing.T) {
		given(t, acme, line, facts).when(ratify("2026-01-25", "board", "a")).isRefusedFor(domain.Backdated, domain.Invalid, domain.UnknownAct)
	})
}

func TestWhoAttestsWithWhatKey(t *testing.T) {
	const keys = `
k: 2026-02-01 board key.registered {"id":"k-dev","person":"dev","algorithm":"ed25519","publicKey":"AAAA"}
2026-02-01 board key.registered {"id":"k-cara","person":"cara","algorithm":"ssh","publicKey":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOeW"}
2026-06-01 board key.revoked    {"id":"k-dev"}
2026-01-05 board party.registered {"id":"office","kind":"team","name":"Office","answerable":"dev"}
`
	attest := func(on, by, act, key string) string {
		return on + ` ` + by + ` act.attested {"act":"` + act + `","statement":"I was there","signature":{"key":"` + key + `","value":"AAAA"}}`
	}
	t.Run("while it is in force", func(t *testing.T) {
		s := given(t, acme, line, keys)
		s.when(attest("2026-01-31", "dev", "k", "k-dev")).isRefused(domain.UnknownID, "data.signature.key")
		s.when(attest("2026-02-01", "dev", "k", "k-dev")).isAccepted()
		s.when(attest("2026-05-31", "dev", "k", "k-dev")).isAccepted()
		s.when(attest("2026-06-01", "dev", "k", "k-dev")).isRefused(domain.UnknownID, "data.signature.key")
		s.when(attest("2026-03-01", "dev", "k", "k-99")).isRefused(domain.UnknownID, "data.signature.key")
	})
	t.Run("a person, with a key of their own", func(t *testing.T) {
		s := given(t, acme, line, keys)
		s.when(attest("2026-03-01", "dev", "k", "k-cara")).isRefused(domain.NotEntitled, "by")
		for _, by := range []string{"cto", "board", "office"} { // though cara is the technology officer, and dev answers for the office
			for _, key := range []string{"k-cara", "k-dev"} {
				s.when(attest("2026-03-01", by, "k", key)).isRefused(domain.NotEntitled, "by")
			}
		}
	})
	t.Run("under whatever id", func(t *testing.T) {
		given(t, acme, line, keys, `2026-03-01 board party.renamed {"id":"dev","newId":"dev-rao"}`).when(attest("2026-03-02", "dev-rao", "k", "k-dev")).isAccepted()
	})
	t.Run("any act, its own making and its annulment among them", func(t *testing.T) {
		s := given(t, acme, line, keys, `h: 2026-02-02 eli decision.taken {"id":"x","scope":"aims","power":"hire","summary":"x"}`, `n: 2026-02-03 eli act.annulled {"act":"h","reason":"x"}`)
		for _, act := range []string{"k", "g-ceo", "h", "n"} {
			s.when(attest("2026-03-01", "dev", act, "k-dev")).isAccepted()
		}
		s.when(attest("2026-03-01", "dev", "zzz", "k-dev")).isRefused(domain.UnknownAct, "data.act")
	})
	t.Run("as often as one likes", func(t *testing.T) {
		given(t, acme, line, keys, attest("2026-03-01", "dev", "k", "k-dev")).when(attest("2026-03-01", "dev", "k", "k-dev")).isAccepted()
	})
}

func TestWhoPutsTheRecordRight(t *testing.T) {
	const hire = `h: 2026-02-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}`
	correct := func(on, by string) string {
		return on + ` ` + by + ` act.corrected {"act":"h","data":{"id":"x","scope":"aims","power":"hire","summary":"Two nurses"}}`
	}
	annul := func(on, by, act string) string {
		return on + ` ` + by + ` act.annulled {"act":"` + act + `","reason":"x"}`
	}
	t.Run("a delegator above, for as long as it is one", func(t *testing.T) {
		s := given(t, acme, line, hire, `2026-03-01 ceo delegation.revoked {"id":"d-cto"}`)
		s.again(t).when(correct("2026-02-28", "ceo")).isAccepted()
		s.when(correct("2026-03-01", "ceo")).isRefused(domain.NotEntitled, "by")
		s.when(annul("2026-03-01", "ceo", "h")).isRefused(domain.NotEntitled, "by")
		s.when(annul("2026-03-01", "board", "h")).isAccepted()
	})
	t.Run("not a delegator in another line, nor one below", func(t *testing.T) {
		s := given(t, acme, line, hire, `2026-01-25 board delegation.granted {"id":"d-eli","from":"board","to":"eli","scope":"organization"}`, `2026-01-25 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims"}`)
		for _, by := range []string{"eli", "dev"} {
			s.when(correct("2026-03-01", by)).isRefused(domain.NotEntitled, "by")
			s.when(annul("2026-03-01", by, "h")).isRefused(domain.NotEntitled, "by")
		}
	})
	t.Run("an annulment or a correction by who made that, or above them", func(t *testing.T) {
		for _, record := range []string{correct("2026-03-01", "board"), annul("2026-03-01", "board", "h")} {
			s := given(t, acme, line, hire, "r: "+record)
			s.when(annul("2026-03-02", "cto", "r")).isRefused(domain.NotEntitled, "by")
			s.when(annul("2026-03-02", "ceo", "r")).isRefused(domain.NotEntitled, "by")
			s.when(annul("2026-03-02", "board", "r")).isAccepted()
		}
		given(t, acme, line, hire, "r: "+annul("2026-03-01", "cto", "h")).when(annul("2026-03-02", "ceo", "r")).isAccepted()
	})
	t.Run("what was said to be another's act, by that other", func(t *testing.T) {
		s := given(t, acme, line, hire, `2026-03-01 board act.corrected {"act":"h","by":"dev","data":{"id":"x","scope":"aims","power":"hire","summary":"One nurse"}}`)
		s.when(annul("2026-03-02", "cto", "h")).isRefused(domain.NotEntitled, "by")
		s.when(annul("2026-03-02", "dev", "h")).isAccepted()
	})
	t.Run("only an original is corrected, and only once is annulled", func(t *testing.T) {
		s := given(t, acme, line, hire, "c: "+correct("2026-03-01", "cto"), `r: 2026-03-01 board act.ratified {"act":"h","reason":"x"}`)
		s.when(`2026-03-02 board act.corrected {"act":"c","data":{"act":"h","data":{"id":"x","scope":"aims","power":"hire","summary":"y"}}}`).isRefusedFor(domain.Invalid)
		s.when(`2026-03-02 board act.corrected {"act":"r","data":{"act":"h","reason":"y"}}`).isRefused(domain.Invalid, "data.act")
		s.and("n: " + annul("2026-03-02", "cto", "h"))
		s.when(annul("2026-03-03", "board", "h")).isRefused(domain.Invalid, "data.act")
		s.when(correct("2026-03-03", "board")).isRefused(domain.Invalid, "data.act")
		s.when(`2026-03-03 board act.corrected {"act":"n","data":{"act":"h","reason":"y"}}`).isRefused(domain.Invalid, "data.act")
		s.and(annul("2026-03-03", "board", "n"))
		s.when(annul("2026-03-04", "board", "n")).isRefused(domain.Invalid, "data.act")
		s.when(correct("2026-03-04", "board")).isAccepted()
	})
	t.Run("a term that ends before what it was corrected to begin", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 ceo act.corrected {"act":"g-cto","effective":"2026-06-01","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology"}}`)
		s.when(`2026-02-02 ceo act.corrected {"act":"g-cto","data":{"id":"d-cto","from":"ceo","to":"cto","scope":"technology","until":"2026-05-01"}}`).isRefused(domain.Invalid, "data.data.until")
	})
	t.Run("nobody, by laying an act in the name of another", func(t *testing.T) {
		const x = `x: 2026-02-01 ceo delegation.granted {"id":"d-x","from":"ceo","to":"dev","scope":"aims","powers":["hire"]}`
		const desk = `2026-01-05 board recorder.appointed {"principal":"p-ben","person":"ben"}`
		const quorate = `2026-01-21 board body.changed {"id":"board","quorum":2}`
		const data = `"data":{"id":"d-x","from":"board","to":"dev","scope":"organization","powers":["*"]}`
		const invented = `"resolution":{"date":"2026-01-31","method":"meeting","present":["ada","grace"],"for":["ada","grace"]},`
		given(t, acme, line, desk, x).when(`2026-03-01 ceo act.corrected {"act":"x","by":"board",` + data + `} as p-ben`).isRefusedFor(domain.NotEntitled)
		given(t, acme, line, desk, x).when(`2026-03-01 ceo act.corrected {"act":"x","by":"board",` + data + `} as operator`).isRefusedFor(domain.NotEntitled)
		given(t, acme, line, desk, x, quorate).when(`2026-03-01 ceo act.corrected {"act":"x","by":"board",` + invented + data + `} as p-ben`).isRefusedFor(domain.NotEntitled)
		given(t, acme, line, desk, hire).when(`2026-03-01 cto act.corrected {"act":"h","by":"ceo","data":{"id":"x","scope":"aims","power":"hire","summary":"One nurse"}}`).isRefusedFor(domain.NotEntitled)
		given(t, acme, line, x).when(`2026-03-01 board act.corrected {"act":"x","by":"board",` + data + `}`).isAccepted()
	})
	t.Run("not who has left", func(t *testing.T) {
		const grant = `h: 2026-02-01 dev party.registered {"id":"zoe","kind":"person","name":"Zoe"}`
		s := given(t, acme, line, grant, `2026-03-01 board person.left {"person":"dev"}`)
		s.when(annul("2026-03-02", "dev", "h")).isRefused(domain.NotEntitled, "by")
		s.when(annul("2026-02-28", "dev", "h")).isAccepted()
	})
}

func TestSuspensionsOfAVacantPostAndOfOneAbove(t *testing.T) {
	const dev = `2026-01-25 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`
	const use = ` dev delegation.granted {"id":"d-x","from":"dev","to":"eli","scope":"triage","powers":["hire"]}`
	t.Run("made by a post that is vacant now is lifted by those above it", func(t *testing.T) {
		s := given(t, acme, line, dev, `2026-02-01 cto delegation.suspended {"id":"d-dev"}`, `2026-02-02 board role.vacated {"role":"cto","party":"cara"}`)
		s.when(`2026-02-10 cto delegation.resumed {"id":"d-dev"}`).isRefused(domain.NotInOffice, "by")
		s.when(`2026-02-10 dev delegation.resumed {"id":"d-dev"}`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-02-10 ceo delegation.resumed {"id":"d-dev"}`).isAccepted()
		s.when("2026-02-10" + use).isAccepted()
	})
	t.Run("of one above suspends what stands on it, and lifting that is for those above", func(t *testing.T) {
		s := given(t, acme, line, dev, `2026-02-01 board delegation.suspended {"id":"d-cto"}`)
		s.when("2026-02-10"+use).isRefused(domain.NotHeld, "data.from")
		s.when(`2026-02-10 cto delegation.resumed {"id":"d-dev"}`).isRefused(domain.UnknownID, "data.id") // that one is not suspended
		s.when(`2026-02-10 cto delegation.resumed {"id":"d-cto"}`).isRefused(domain.NotEntitled, "by")
		s.when(`2026-02-10 ceo delegation.resumed {"id":"d-cto"}`).isRefused(domain.NotEntitled, "by") // the board made it
		s.when(`2026-02-10 board delegation.resumed {"id":"d-cto"}`).isAccepted()
		s.when("2026-02-10" + use).isAccepted()
	})
	t.Run("by a body with a quorum needs a resolution, and so does lifting it", func(t *testing.T) {
		s := given(t, acme, line, dev, `2026-01-26 board body.changed {"id":"board","quorum":2}`)
		s.when(`2026-02-01 board delegation.suspended {"id":"d-dev"}`).isRefused(domain.NoQuorum, "resolution")
		s.and(`2026-02-01 board delegation.suspended {"id":"d-dev"} resolved 2026-02-05`) // taking away may be backdated
		s.when(`2026-02-10 board delegation.resumed {"id":"d-dev"}`).isRefused(domain.NoQuorum, "resolution")
		s.when(`2026-02-10 board delegation.resumed {"id":"d-dev"} resolved 2026-02-11`).isRefused(domain.Backdated, "effective")
		s.when(`2026-02-10 board delegation.resumed {"id":"d-dev"} resolved 2026-02-10`).isAccepted()
	})
}

func TestAccountsAreGivenByTheHolderToTheDelegator(t *testing.T) {
	const given1 = `2026-02-01 cto account.given {"id":"acc","delegation":"d-cto","period":"Q1","summary":"x"}`
	t.Run("of a delegation from the governing body, to it or its successor", func(t *testing.T) {
		const acc = `2026-02-01 ceo account.given {"id":"acc","delegation":"d-ceo","period":"Q1","summary":"x"}`
		given(t, acme, line, acc).when(`2026-03-01 board account.received {"id":"acc","outcome":"accepted"}`).isAccepted()
		given(t, acme, line, acc, `2026-02-15 board governing-body.succeeded {"id":"council","name":"Council"}`, `2026-02-15 council member.appointed {"body":"council","party":"ada"}`).
			when(`2026-03-01 council account.received {"id":"acc","outcome":"accepted"}`).isAccepted()
	})
	t.Run("of one that is over, too", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 ceo delegation.revoked {"id":"d-cto"}`, given1).when(`2026-03-01 ceo account.received {"id":"acc","outcome":"challenged"}`).isAccepted()
	})
	t.Run("not before it was given", func(t *testing.T) {
		given(t, acme, line, given1).when(`2026-01-31 ceo account.received {"id":"acc","outcome":"accepted"}`).isRefused(domain.UnknownID, "data.id")
	})
	t.Run("by a vacant post nothing is given or received", func(t *testing.T) {
		given(t, acme, line, `2026-01-25 board role.vacated {"role":"cto","party":"cara"}`).when(given1).isRefused(domain.NotInOffice, "by")
		given(t, acme, line, given1, `2026-02-02 board role.vacated {"role":"ceo","party":"ben"}`).when(`2026-03-01 ceo account.received {"id":"acc","outcome":"accepted"}`).isRefused(domain.NotInOffice, "by")
	})
}

func TestAssuranceIsReportedByItsProviderAlone(t *testing.T) {
	const asked = `2026-02-01 board assurance.commissioned {"id":"as","scope":"aims","provider":"dev","line":"third"}`
	for _, by := range []string{"board", "cto", "ceo", "eli"} {
		given(t, acme, line, asked).when(`2026-03-01 `+by+` assurance.reported {"id":"as","opinion":"satisfactory"}`).isRefused(domain.NotEntitled, "by")
	}
	given(t, acme, line, asked).when(`2026-01-31 dev assurance.reported {"id":"as","opinion":"satisfactory"}`).isRefused(domain.UnknownID, "data.id")
	given(t, acme, line, asked, `2026-02-15 board party.renamed {"id":"dev","newId":"dev-rao"}`).when(`2026-03-01 dev-rao assurance.reported {"id":"as","opinion":"satisfactory"}`).isAccepted()
	t.Run("a role that provides it and is vacant reports nothing", func(t *testing.T) {
		given(t, acme, line, `2026-02-01 board assurance.commissioned {"id":"as","scope":"aims","provider":"cto","line":"first"}`, `2026-02-15 board role.vacated {"role":"cto","party":"cara"}`).
			when(`2026-03-01 cto assurance.reported {"id":"as","opinion":"satisfactory"}`).isRefused(domain.NotInOffice, "by")
	})
}
