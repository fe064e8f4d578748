package domain_test

import (
	"testing"

	"buckstop/domain"
)

// The tests of this file are about matters reserved to the governing body, over time, over scopes and towards the
// delegations that are there already; what counts as naming a reserved power is in rules_test.go.

// reserved reserves hiring over a scope from February to June.
func reserved(scope string) string {
	return `
m: 2026-02-01 board matter.reserved {"id":"m","name":"Hiring","scope":"` + scope + `","powers":["hire"]}
2026-06-01 board matter.released {"id":"m"}
`
}

func TestAReservedMatterIsNotDelegatedWhileItIsReserved(t *testing.T) {
	grant := func(on, by, scope string) string {
		return on + ` ` + by + ` delegation.granted {"id":"d","from":"` + by + `","to":"dev","scope":"` + scope + `","powers":["hire"]}`
	}
	for _, c := range []struct {
		name, on, reserved, over string
		refused                  bool
	}{
		{"on the day before", "2026-01-31", "technology", "technology", false},
		{"on the day it is reserved", "2026-02-01", "technology", "technology", true},
		{"on the last day", "2026-05-31", "technology", "technology", true},
		{"on the day it is released", "2026-06-01", "technology", "technology", false},
		{"at the scope itself", "2026-03-01", "technology", "technology", true},
		{"at the scope above", "2026-03-01", "technology", "aims", true},
		{"at the scope two above", "2026-03-01", "technology", "triage", true},
		{"at the root", "2026-03-01", "organization", "triage", true},
		{"at a scope below", "2026-03-01", "aims", "technology", false},
		{"at a scope beside", "2026-03-01", "sales", "technology", false},
		{"at a scope beside the one above", "2026-03-01", "sales", "triage", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, by := range []string{"board", "cto"} { // the governing body itself cannot delegate what it reserved
				o := given(t, acme, line, reserved(c.reserved)).when(grant(c.on, by, c.over))
				if c.refused {
					o.isRefused(domain.ReservedMatter, "data.powers[0]")
				} else {
					o.isAccepted()
				}
			}
		})
	}
	t.Run("to a committee", func(t *testing.T) {
		given(t, acme, reserved("organization"), `2026-01-05 board body.constituted {"id":"ac","name":"AC","kind":"committee","parent":"board"}`).
			when(`2026-03-01 board delegation.granted {"id":"d","from":"board","to":"ac","scope":"aims","powers":["hire"]}`).isRefused(domain.ReservedMatter, "data.powers[0]")
	})
	t.Run("after its scope was moved under where it is reserved", func(t *testing.T) {
		s := given(t, acme, line, reserved("sales"), `2026-03-01 board scope.moved {"id":"triage","parent":"sales"}`)
		s.when(grant("2026-02-28", "board", "triage")).isAccepted()
		s = given(t, acme, line, reserved("sales"), `2026-03-01 board scope.moved {"id":"triage","parent":"sales"}`)
		s.when(grant("2026-03-01", "board", "triage")).isRefused(domain.ReservedMatter, "data.powers[0]")
	})
	t.Run("after its scope was moved away", func(t *testing.T) {
		given(t, acme, line, reserved("aims"), `2026-03-01 board scope.moved {"id":"triage","parent":"technology"}`).when(grant("2026-03-01", "board", "triage")).isAccepted()
	})
	t.Run("as long as one of two reservations holds", func(t *testing.T) {
		const second = `2026-02-01 board matter.reserved {"id":"m-2","name":"People","powers":["hire","dismiss"]}`
		s := given(t, acme, line, reserved("technology"), second)
		s.when(grant("2026-06-01", "cto", "aims")).isRefused(domain.ReservedMatter, "data.powers[0]")
		s.and(`2026-07-01 board matter.released {"id":"m-2"}`).when(grant("2026-07-01", "cto", "aims")).isAccepted()
	})
	t.Run("not once it is reserved anew without that power", func(t *testing.T) {
		given(t, acme, line, reserved("technology"), `2026-03-01 board matter.reserved {"id":"m","name":"Lending","scope":"technology","powers":["lend"]}`).
			when(grant("2026-03-02", "cto", "aims")).isAccepted()
	})
	t.Run("nor once the reservation is annulled", func(t *testing.T) {
		given(t, acme, line, reserved("technology"), `2026-03-01 board act.annulled {"act":"m","reason":"x"}`).when(grant("2026-03-02", "cto", "aims")).isAccepted()
	})
	t.Run("by a correction of a grant that did not name it", func(t *testing.T) {
		given(t, acme, line, reserved("technology"), `g: 2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["spend.cloud"]}`).
			when(`2026-03-02 cto act.corrected {"act":"g","data":{"id":"d","from":"cto","to":"dev","scope":"aims","powers":["spend.cloud","hire"]}}`).
			isRefused(domain.ReservedMatter, "data.data.powers[1]")
	})
	t.Run("by a variation that names it again", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-25 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims","powers":["hire"]}`, reserved("technology"))
		s.when(`2026-03-01 cto delegation.varied {"id":"d","powers":["hire"]}`).isRefused(domain.ReservedMatter, "data.powers[0]")
		s.when(`2026-03-01 cto delegation.varied {"id":"d","reviewBy":"2027-01-01"}`).isAccepted() // it names nothing
	})
	t.Run("what is inherited is not named", func(t *testing.T) {
		given(t, acme, line, reserved("technology")).when(`2026-03-01 cto delegation.granted {"id":"d","from":"cto","to":"dev","scope":"aims"}`).isAccepted()
	})
}

// TestAReservedMatterIsNotConferred: it does not matter whether it was reserved before or after it was delegated, nor
// when either was recorded.
func TestAReservedMatterIsNotConferred(t *testing.T) {
	const act = ` dev role.assigned {"role":"cto","party":"eli","basis":"shared"}`
	const reserve = `m: 2026-02-01 board matter.reserved {"id":"m","name":"Appointments","scope":"technology","powers":["role.assigned"]}`
	const release = `2026-06-01 board matter.released {"id":"m"}`
	for name, grant := range map[string]string{
		"as itself":           `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"organization","powers":["role.assigned"]}`,
		"in what is below":    `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"organization","powers":["role.*"]}`,
		"in all":              `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"organization","powers":["*"]}`,
		"by what is left out": `2026-01-10 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"organization"}`,
	} {
		t.Run(name, func(t *testing.T) {
			for _, s := range []*story{given(t, acme, grant, reserve, release), given(t, acme, reserve, release, grant)} { // recorded in either order
				s.when("2026-03-01"+act).isRefused(domain.NotEntitled, "by")
				s.when("2026-01-31" + act).isAccepted()
				s.when("2026-06-01" + act).isAccepted()
				s.when(`2026-03-01 dev role.assigned {"role":"ceo","party":"eli","basis":"shared"}`).isAccepted() // over the whole it is not reserved
				s.when(`2026-03-01 board role.assigned {"role":"cto","party":"eli","basis":"shared"}`).isAccepted()
			}
		})
	}
	t.Run("nor passed on by what stands on it", func(t *testing.T) {
		s := given(t, acme, `
2026-01-10 board delegation.granted {"id":"d-top","from":"board","to":"ceo","scope":"organization"}
2026-01-11 ceo delegation.granted {"id":"d","from":"ceo","to":"dev","scope":"technology","powers":["role.assigned"]}
`, reserve, release)
		s.when("2026-03-01"+act).isRefused(domain.NotEntitled, "by")
		s.when("2026-06-01" + act).isAccepted()
	})
}

// TestAReservedMatterIsDecidedByTheGoverningBodyAlone: acts of management are facts, and only their ratification is judged.
func TestAReservedMatterIsRatifiedByTheGoverningBodyAlone(t *testing.T) {
	const decided = `h: 2026-03-01 cto decision.taken {"id":"x","scope":"aims","power":"hire","summary":"One nurse"}`
	ratify := func(on, by string) string { return on + ` ` + by + ` act.ratified {"act":"h","reason":"x"}` }
	s := given(t, acme, line, reserved("technology"), decided)
	for _, by := range []string{"ceo", "cto"} {
		s.when(ratify("2026-03-02", by)).isRefused(domain.NotEntitled, "by")
		s.again(t).when(ratify("2026-06-01", by)).isAccepted() // they could decide it by then
	}
	s.when(ratify("2026-03-02", "board")).isAccepted()
}
