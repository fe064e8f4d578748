package projections

import (
	"encoding/json"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// openFinance opens a ledger in which the board delegates to a chief financial officer: grace from 10 January until 1 April,
// alan from 15 April on.
func openFinance(t *testing.T) *book {
	b := openBook(t, "UTC", "2026-01-01")
	b.ok("role.established", "2026-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"finance","name":"Finance"}`)
	b.ok("delegation.granted", "2026-01-01", "board", `{"id":"d-cfo","from":"board","to":"cfo","scope":"finance","powers":["spend.*"],
		"limits":[{"dimension":"spend","unit":"GBP","max":"1000","per":"act"}],"responsibilities":[{"id":"r1","statement":"Keep the books"}]}`)
	b.ok("role.assigned", "2026-01-10", "board", `{"role":"cfo","party":"grace"}`)
	b.ok("role.vacated", "2026-04-01", "board", `{"role":"cfo","party":"grace"}`)
	b.ok("role.assigned", "2026-04-15", "board", `{"role":"cfo","party":"alan"}`)
	return b
}

func (b *book) statement(party, at string, known uint64) *Statement {
	b.t.Helper()
	s, err := AskStatement(b.view(at, known), party, domain.Beginning, domain.Forever)
	require.NoError(b.t, err)
	return s
}

// dated writes a time as 2026-01-10/2026-04-01, with nothing on a side that is open.
func dated(s Span) string {
	day := func(t Time) string {
		if t.IsZero() {
			return ""
		}
		return strings.TrimSuffix(t.String(), "T00:00:00Z")
	}
	return day(s.From) + "/" + day(s.Until)
}

// told writes delegations as "d-cfo 2026-01-10/2026-04-01 in-force", a line a spell.
func told(all []Mandate) []string {
	out := []string{}
	for _, m := range all {
		for _, s := range m.Spells {
			out = append(out, m.Delegation+" "+dated(s.Span)+" "+s.State)
		}
	}
	return out
}

func sentences(causes []Cause) []string {
	out := []string{}
	for _, c := range causes {
		out = append(out, c.Sentence)
	}
	return out
}

func TestAStatementHasTheAuthorityOfARoleOnlyWhileThePersonSitsThere(t *testing.T) {
	b := openFinance(t)
	s := b.statement("grace", "2026-06-01", 0)
	require.Len(t, s.Seats, 1)
	require.Equal(t, "2026-01-10/2026-04-01", dated(s.Seats[0].Span))
	require.Equal(t, []string{"role.assigned"}, []string{s.Seats[0].Began[0].Type})
	require.Equal(t, []string{"role.vacated"}, []string{s.Seats[0].Ended[0].Type})
	require.Equal(t, []string{"d-cfo 2026-01-10/2026-04-01 in-force"}, told(s.Authority))
	m := s.Authority[0]
	require.Equal(t, "cfo", m.Through)
	require.Equal(t, []string{"assigned grace to CFO (substantive)"}, sentences(m.Spells[0].Began))
	require.Equal(t, []string{"grace vacated CFO"}, sentences(m.Ended))
	require.Empty(t, m.EndedAs)
	require.Equal(t, []string{"spend.*"}, m.Spells[0].Powers)
	require.Equal(t, "Keep the books", m.Spells[0].Responsibilities[0].Statement.String())
	require.Equal(t, []string{"d-cfo 2026-04-15/ in-force"}, told(b.statement("alan", "2026-06-01", 0).Authority))
}

func TestAStatementSaysFromWhomAndToWhomASeatWentAndForHowLongItWasVacant(t *testing.T) {
	b := openFinance(t)
	h := b.statement("grace", "2026-06-01", 0).Handovers
	require.Len(t, h, 1)
	require.Nil(t, h[0].Predecessor)
	require.Equal(t, "2026-01-01/2026-01-10", dated(*h[0].VacantBefore))
	require.Equal(t, "2026-04-01/2026-04-15", dated(*h[0].VacantAfter))
	require.Equal(t, "alan", h[0].Successor.Party)
	require.Equal(t, "2026-04-15/", dated(h[0].Successor.Span))
	require.Equal(t, "grace", b.statement("alan", "2026-06-01", 0).Handovers[0].Predecessor.Party)
}

func TestAStatementOfAMemberSaysWhatFellToTheBoardWhileAPostWasVacant(t *testing.T) {
	b := openFinance(t)
	s := b.statement("ada", "2026-06-01", 0)
	require.Equal(t, []string{"d-cfo 2026-01-01/2026-01-10 in-force", "d-cfo 2026-04-01/2026-04-15 in-force"}, told(s.Fallen))
	require.Len(t, s.Ultimate, 1)
	require.Equal(t, "2026-01-01/", dated(s.Ultimate[0].Span))
	require.Equal(t, "board", s.Ultimate[0].Body)
	vacant := []bool{}
	for _, sp := range s.Delegated[0].Spells {
		vacant = append(vacant, sp.Vacant)
	}
	require.Equal(t, []bool{true, false, true, false}, vacant)
	require.True(t, s.Delegated[0].RemainsAccountable)
	require.Empty(t, s.Authority, "a governing body holds nothing by delegation")
}

func TestAStatementOfASecretaryHasTheSeatAndNoAccountability(t *testing.T) {
	b := openFinance(t)
	b.ok("member.appointed", "2026-02-01", "board", `{"body":"board","party":"alan","capacity":"secretary","until":"2026-05-01"}`)
	s := b.statement("alan", "2026-06-01", 0)
	require.Equal(t, "secretary", s.Seats[0].As)
	require.Equal(t, "2026-02-01/2026-05-01", dated(s.Seats[0].Span))
	require.Empty(t, s.Seats[0].Ended, "its term passed")
	require.Empty(t, s.Ultimate)
	require.Empty(t, s.Delegated)
}

func TestAStatementDatesEveryChangeOfTerms(t *testing.T) {
	b := openFinance(t)
	b.ok("delegation.granted", "2026-01-15", "cfo", `{"id":"d-ap","from":"cfo","to":"alan","scope":"finance","powers":["spend.invoices"],"until":"2026-12-01"}`)
	b.ok("delegation.varied", "2026-02-01", "cfo", `{"id":"d-ap","limits":[{"dimension":"spend","unit":"GBP","max":"500","per":"act"}]}`)
	b.ok("delegation.suspended", "2026-02-10", "cfo", `{"id":"d-ap","reason":"Audit"}`)
	b.ok("delegation.resumed", "2026-02-20", "cfo", `{"id":"d-ap"}`)
	b.ok("delegation.suspended", "2026-03-01", "board", `{"id":"d-cfo"}`)
	b.ok("delegation.resumed", "2026-03-05", "board", `{"id":"d-cfo"}`)
	b.ok("delegation.varied", "2026-05-01", "board", `{"id":"d-cfo","until":"2026-09-01"}`)
	own := func(all []Mandate) (out []Mandate) {
		for _, m := range all {
			if m.Through == "" {
				out = append(out, m)
			}
		}
		return out
	}
	m := own(b.statement("alan", "2027-01-01", 0).Authority)
	require.Equal(t, []string{
		"d-ap 2026-01-15/2026-02-01 in-force", "d-ap 2026-02-01/2026-02-10 in-force", "d-ap 2026-02-10/2026-02-20 suspended",
		"d-ap 2026-02-20/2026-03-01 in-force", "d-ap 2026-03-01/2026-03-05 lapsed", "d-ap 2026-03-05/2026-05-01 in-force",
		"d-ap 2026-05-01/2026-09-01 in-force", "d-ap 2026-09-01/2026-12-01 lapsed",
	}, told(m))
	require.Equal(t, "expired", m[0].EndedAs)
	require.Equal(t, "500", m[0].Spells[1].Limits[0].Max)
	require.Equal(t, []string{"varied d-ap: limits"}, sentences(m[0].Spells[1].Began))
	require.Equal(t, []string{"suspended d-cfo"}, sentences(m[0].Spells[4].Began), "it lapsed because the one above it was suspended")
	require.Empty(t, m[0].Spells[7].Began)
	require.Equal(t, "the term of d-cfo ended", m[0].Spells[7].Note)

	delegated := b.statement("grace", "2027-01-01", 0).Delegated
	require.Equal(t, "d-ap 2026-03-05/2026-04-01 in-force", told(delegated)[5], "a delegation by a role is of its occupant only while there")
	require.Equal(t, "d-ap 2026-04-15/2026-05-01 in-force", told(b.statement("alan", "2027-01-01", 0).Delegated)[0])
}

func TestAStatementChangesByALaterCorrectionOnlyAsKnownLater(t *testing.T) {
	b := openFinance(t)
	known := b.s.Last()
	assigned := b.view("2026-06-01", 0).Naming("grace")
	id := ""
	for _, n := range assigned {
		if r, _ := b.view("2026-06-01", 0).Act(n); r.Act.Type == "role.assigned" {
			id = r.ID
		}
	}
	b.ok("act.corrected", "2026-05-20", "board", `{"act":"`+id+`","effective":"2026-01-20","data":{"role":"cfo","party":"grace"}}`)
	require.Equal(t, []string{"d-cfo 2026-01-20/2026-04-01 in-force"}, told(b.statement("grace", "2026-06-01", 0).Authority))
	before := b.statement("grace", "2026-06-01", known)
	require.Equal(t, []string{"d-cfo 2026-01-10/2026-04-01 in-force"}, told(before.Authority))
	require.Equal(t, known, before.Known.Seq)
	require.Equal(t, "2026-01-01/2026-01-20", dated(*b.statement("grace", "2026-06-01", 0).Handovers[0].VacantBefore))
}

func TestAStatementGivesWhoActsInAnAbsenceTheAuthorityMeanwhile(t *testing.T) {
	b := openFinance(t)
	b.ok("role.assigned", "2026-02-01", "board", `{"role":"cfo","party":"alan","basis":"acting","covers":"grace","until":"2026-03-01"}`)
	grace, alan := b.statement("grace", "2026-03-15", 0), b.statement("alan", "2026-03-15", 0)
	require.Equal(t, []string{"d-cfo 2026-01-10/2026-02-01 in-force", "d-cfo 2026-03-01/ in-force"}, told(grace.Authority))
	require.Equal(t, "2026-01-10/", dated(grace.Seats[0].Span), "she kept the seat")
	require.Equal(t, []string{"d-cfo 2026-02-01/2026-03-01 in-force"}, told(alan.Authority))
	require.Equal(t, "grace", alan.Seats[0].Covers)
	for _, s := range []*Statement{grace, alan} {
		require.Len(t, s.Covers, 1)
		require.Equal(t, "2026-02-01/2026-03-01", dated(s.Covers[0].Span))
		require.Equal(t, []string{"d-cfo"}, s.Covers[0].Delegations)
		require.Equal(t, "grace alan", s.Covers[0].Absent+" "+s.Covers[0].Actor)
	}
}

func TestAStatementCoversWhatAPersonsRoleAnswersFor(t *testing.T) {
	b := openFinance(t)
	b.ok("party.registered", "2026-01-05", "board", `{"id":"payer","kind":"system","name":"Payment run","answerable":"cfo"}`)
	b.ok("delegation.granted", "2026-01-15", "board", `{"id":"d-pay","from":"board","to":"payer","scope":"finance","powers":["spend.invoices"]}`)
	s := b.statement("grace", "2026-06-01", 0)
	require.Equal(t, []string{"d-cfo 2026-01-10/2026-04-01 in-force", "d-pay 2026-01-15/2026-04-01 in-force"}, told(s.Authority))
	require.Equal(t, "payer", s.Authority[1].Through)
}

func TestAStatementOfARoleTellsWhoSatThereAndAllItHeld(t *testing.T) {
	b := openFinance(t)
	s := b.statement("cfo", "2026-06-01", 0)
	var who []string
	for _, o := range s.Occupants {
		who = append(who, o.Party+" "+dated(o.Span))
	}
	require.Equal(t, []string{"grace 2026-01-10/2026-04-01", "alan 2026-04-15/"}, who)
	require.Len(t, s.Vacancies, 2)
	require.Equal(t, []string{"d-cfo 2026-01-01/ in-force"}, told(s.Authority))
	require.Len(t, s.Handovers, 2)
	require.Equal(t, "role.established", s.Identity[0].Type)
}

func TestAStatementHasADecisionOfARoleFromWhoAloneSatThereOrActed(t *testing.T) {
	b := openFinance(t)
	decide := func(id, on string) {
		b.ok("decision.taken", on, "cfo", `{"id":"`+id+`","scope":"finance","power":"spend.invoices","summary":"Paid"}`)
	}
	decide("alone", "2026-02-01")
	b.ok("role.assigned", "2026-03-01", "board", `{"role":"cfo","party":"ada","basis":"shared"}`)
	decide("together", "2026-03-02")
	b.n++
	text := `{"id":"t1","type":"decision.taken","effective":"2026-03-03","by":"cfo","through":["grace"],"data":{"id":"hers","scope":"finance","power":"spend.invoices","summary":"Paid"}}`
	_, out, err := b.decideText(text)
	require.NoError(t, err)
	b.s.Commit(out.Seq)
	ids := func(party string) (out []string) {
		for _, d := range b.statement(party, "2026-06-01", 0).Decisions {
			out = append(out, d.Effective.String()[:10]+" "+d.As)
		}
		return out
	}
	require.Equal(t, []string{"2026-02-01 in office", "2026-03-03 acted"}, ids("grace"))
	require.Empty(t, ids("ada"))
	require.Equal(t, []string{"2026-02-01 ", "2026-03-02 ", "2026-03-03 "}, ids("cfo"))
}

func (b *book) decideText(text string) (*domain.Act, domain.Accepted, error) {
	return decide(b.s, offer{text: []byte(text), now: bookOpened.AddDate(0, 0, b.n)})
}

func TestAStatementHasBothSidesOfAnAccountAndOfAssurance(t *testing.T) {
	b := openFinance(t)
	b.ok("account.given", "2026-03-20", "cfo", `{"id":"q1","delegation":"d-cfo","period":"Q1","summary":"All paid"}`)
	b.ok("account.received", "2026-05-02", "board", `{"id":"q1","outcome":"challenged","actions":"Show the ledger"}`)
	b.ok("assurance.commissioned", "2026-02-01", "board", `{"id":"as1","scope":"finance","provider":"alan","line":"third"}`)
	b.ok("assurance.reported", "2026-03-01", "alan", `{"id":"as1","opinion":"satisfactory","findings":"None"}`)
	types := func(all []Deed) (out []string) {
		for _, d := range all {
			out = append(out, d.Type+" "+d.As)
		}
		return out
	}
	s := b.statement("grace", "2026-06-01", 0)
	require.Equal(t, []string{"account.given in office", "account.received the other side"}, types(s.Accounts))
	require.Equal(t, "Show the ledger", s.Accounts[1].Detail.String())
	require.Equal(t, []string{"assurance.commissioned the other side", "assurance.reported "}, types(b.statement("alan", "2026-06-01", 0).Assurance))
	require.Equal(t, []string{"account.given the other side", "account.received "}, types(b.statement("board", "2026-06-01", 0).Accounts))
}

func TestAStatementShowsAnErasedPersonAsErased(t *testing.T) {
	b := openFinance(t)
	v := b.view("2026-06-01", 0)
	v.Reveal(func(string) (string, bool) { return "", false })
	s, err := AskStatement(v, "grace", domain.Beginning, domain.Forever)
	require.NoError(t, err)
	text, err := json.Marshal(s)
	require.NoError(t, err)
	require.Contains(t, string(text), `"party":"grace","name":{"erased":true}`)
	require.Equal(t, []string{"d-cfo 2026-01-10/2026-04-01 in-force"}, told(s.Authority), "what was done stays")
}

func TestAStatementOfAPeriodGivesTrueBeginningsAndLeavesOpenWhatGoesOn(t *testing.T) {
	b := openFinance(t)
	ask := func(from, until string) *Statement {
		f, _, _ := domain.ParseInstant(from, b.s.Zone())
		u, _, _ := domain.ParseInstant(until, b.s.Zone())
		s, err := AskStatement(b.view("2026-06-01", 0), "grace", f, u)
		require.NoError(t, err)
		return s
	}
	require.Equal(t, "2026-01-10/", dated(ask("2026-02-01", "2026-03-01").Seats[0].Span))
	require.Equal(t, "2026-01-10/2026-04-01", dated(ask("2026-02-01", "2026-04-01").Seats[0].Span), "it ends with the period")
	require.Empty(t, ask("2026-04-01", "2026-05-01").Seats, "the first day not covered is no day of it")
	require.Empty(t, ask("2026-01-01", "2026-01-10").Seats)
	require.Equal(t, "2026-04-15/", dated(b.statement("alan", "2026-04-15", 0).Seats[0].Span), "the day asked about is part of it")
}

func TestAStatementOfAnUnknownPartyOrNoTimeIsRefused(t *testing.T) {
	b := openFinance(t)
	_, err := AskStatement(b.view("2026-06-01", 0), "nobody", domain.Beginning, domain.Forever)
	require.Equal(t, domain.UnknownParty, domain.CodeOf(err))
	at := b.view("2026-06-01", 0).At()
	_, err = AskStatement(b.view("2026-07-01", 0), "grace", at, at)
	require.Equal(t, domain.Invalid, domain.CodeOf(err))
	s := b.statement("cfo", "2025-12-01", 0)
	require.Empty(t, s.Authority, "it does not exist yet")
}
