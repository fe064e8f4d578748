package domain_test

import (
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// The tests of this file are the question whether a party may decide something (DOMAIN, section 6, can), as scenarios.

// asked is an answer to can.
type asked struct {
	domain.Permission
	s    *story
	what string
}

// can asks whether a party may decide something, of some amounts written "12.5 GBP of spend", at an instant, as known at a
// sequence; 0 for the newest. The same comes of a ledger that was loaded again.
func (s *story) can(party, power, scope, at string, known uint64, amounts ...string) asked {
	s.t.Helper()
	var all []domain.Quantity
	for _, text := range amounts {
		w := strings.Fields(text)
		a, err := domain.ParseAmount(w[0], false)
		require.NoError(s.t, err)
		all = append(all, domain.Quantity{Value: a, Unit: w[1], Dimension: w[3]})
	}
	ask := func(s *story) domain.Permission {
		i, _, err := domain.ParseInstant(at, s.state.Zone())
		require.NoError(s.t, err)
		v, err := s.state.View(i, known)
		require.NoError(s.t, err)
		var acts []uint64
		p, err := v.Can(party, power, scope, all, &acts)
		require.NoError(s.t, err)
		return p
	}
	p := ask(s)
	again := ask(s.restarted())
	require.Equal(s.t, [3]any{p.Allowed, p.Seat, p.Reasons}, [3]any{again.Allowed, again.Seat, again.Reasons}, "once the ledger is loaded again, it is answered otherwise")
	return asked{p, s, strings.Join([]string{party, power, scope, at, strings.Join(amounts, " and ")}, " ")}
}

// may asserts that it is allowed, in a seat and by a chain of delegations.
func (a asked) may(seat string, chain ...string) asked {
	a.s.t.Helper()
	require.True(a.s.t, a.Allowed, "%s: %v", a.what, a.Reasons)
	require.Empty(a.s.t, a.Reasons)
	var ids []string
	for _, c := range a.Chain {
		ids = append(ids, c.Delegation)
	}
	require.Equal(a.s.t, seat, a.Seat, a.what)
	require.Equal(a.s.t, chain, ids, a.what)
	return a
}

// mayNot asserts that it is not, for these reasons and no others.
func (a asked) mayNot(codes ...domain.Code) asked {
	a.s.t.Helper()
	require.False(a.s.t, a.Allowed, a.what)
	var got []domain.Code
	for _, r := range a.Reasons {
		require.NotEmpty(a.s.t, r.Message)
		got = append(got, r.Code)
	}
	require.Equal(a.s.t, codes, got, "%s: %v", a.what, a.Reasons)
	return a
}

// leaves asserts what is left of each limit over a period: "spend GBP month" to the amount.
func (a asked) leaves(left map[string]string) asked {
	a.s.t.Helper()
	got := map[string]string{}
	for _, l := range a.Left {
		got[l.Dimension+" "+l.Unit+" "+l.Per] = l.Left
	}
	require.Equal(a.s.t, left, got, a.what)
	return a
}

// spends is a decision to spend over a scope.
func spends(id, at, by, scope, gbp, more string) string {
	if more != "" {
		more = "," + more
	}
	return id + `: ` + at + ` ` + by + ` decision.taken {"id":"d-` + id + `","scope":"` + scope + `","power":"spend.parts","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"` + gbp + `"}]` + more + `}`
}

// limited gives dev authority by the technology officer, within limits.
func limited(limits string) string {
	return `g-dev: 2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"],"limits":[` + limits + `]}`
}

func per(period, max string) string {
	return `{"dimension":"spend","unit":"GBP","max":"` + max + `","per":"` + period + `"}`
}

func TestCanByWhichSeatAndChain(t *testing.T) {
	s := given(t, acme, line)
	s.can("board", "anything", "organization", "2026-01-01", 0).may("board")
	s.can("ceo", "anything", "triage", "2026-02-01", 0).may("ceo", "d-ceo")
	s.can("cto", "spend.cloud", "triage", "2026-02-01", 0).may("cto", "d-ceo", "d-cto")
	s.can("cara", "spend.cloud", "triage", "2026-02-01", 0).may("cto", "d-ceo", "d-cto") // through her role
	s.can("ada", "spend.cloud", "triage", "2026-02-01", 0).mayNot(domain.NotHeld)        // a member alone is not the board
	s.can("dev", "spend.cloud", "triage", "2026-02-01", 0).mayNot(domain.NotHeld)
	t.Run("the nearest of several, and conditions along the chain", func(t *testing.T) {
		s.and(`2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"],"conditions":"Two quotes"}`,
			`2026-02-01 ceo delegation.granted {"id":"d-dev2","from":"ceo","to":"dev","scope":"organization","powers":["spend.*","model.*"]}`)
		a := s.can("dev", "spend.cloud", "triage", "2026-02-02", 0).may("dev", "d-ceo", "d-cto", "d-dev")
		require.Len(t, a.Conditions, 1)
		require.Equal(t, [2]string{"d-dev", "Two quotes"}, [2]string{a.Conditions[0].Delegation, a.Conditions[0].Text.String()})
		s.can("dev", "model.deploy", "triage", "2026-02-02", 0).may("dev", "d-ceo", "d-dev2")
		s.can("dev", "spend.cloud", "sales", "2026-02-02", 0).may("dev", "d-ceo", "d-dev2")
		s.can("dev", "hire", "triage", "2026-02-02", 0).mayNot(domain.NotHeld, domain.NotHeld)
	})
}

func TestCanNot(t *testing.T) {
	t.Run("outside its term, and for each reason that it is not in force", func(t *testing.T) {
		s := given(t, acme, line, limited(per("act", "100")), `2026-02-10 cto delegation.varied {"id":"d-dev","until":"2026-06-01"}`)
		s.can("dev", "spend.parts", "aims", "2026-02-01", 0).may("dev", "d-ceo", "d-cto", "d-dev")
		s.can("dev", "spend.parts", "aims", "2026-01-31T23:59:59Z", 0).mayNot(domain.NotHeld)
		s.can("dev", "spend.parts", "aims", "2026-05-31T23:59:59Z", 0).may("dev", "d-ceo", "d-cto", "d-dev")
		s.can("dev", "spend.parts", "aims", "2026-06-01", 0).mayNot(domain.NotHeld)
		for _, end := range []string{`2026-03-01 ceo delegation.suspended {"id":"d-dev"}`, `2026-03-01 board delegation.revoked {"id":"d-ceo"}`,
			`2026-03-01 board scope.moved {"id":"aims","parent":"sales"}`, `2026-03-01 board role.abolished {"id":"cto"}`} {
			s := given(t, acme, line, limited(per("act", "100")), end)
			s.can("dev", "spend.parts", "aims", "2026-02-28", 0).may("dev", "d-ceo", "d-cto", "d-dev")
			a := s.can("dev", "spend.parts", "aims", "2026-03-01", 0).mayNot(domain.NotHeld)
			require.Equal(t, "d-dev", a.Reasons[0].Delegation, end)
		}
		s = given(t, acme, `2026-02-01 board delegation.granted {"id":"d","from":"board","to":"dev","scope":"aims","acceptance":"required"}`, `2026-03-01 dev delegation.accepted {"id":"d"}`)
		s.can("dev", "hire", "aims", "2026-02-28", 0).mayNot(domain.NotHeld)
		s.can("dev", "hire", "aims", "2026-03-01", 0).may("dev", "d")
	})
	t.Run("what was revoked is said to have been", func(t *testing.T) {
		s := given(t, acme, line, limited(per("act", "100")), `end: 2026-03-01 cto delegation.revoked {"id":"d-dev"}`)
		a := s.can("dev", "spend.parts", "aims", "2026-03-02", 0)
		require.False(t, a.Allowed)
		last := a.Reasons[len(a.Reasons)-1]
		require.Equal(t, "d-dev", last.Delegation)
		require.Len(t, last.Acts, 2)
	})
	t.Run("a vacant role, and the board without members", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 board role.vacated {"role":"cto","party":"cara"}`, `2026-04-01 board member.departed {"body":"board","party":"ada"}`,
			`2026-04-01 board member.departed {"body":"board","party":"grace"}`)
		s.can("cto", "hire", "aims", "2026-02-28", 0).may("cto", "d-ceo", "d-cto")
		s.can("cto", "hire", "aims", "2026-03-01", 0).mayNot(domain.NotInOffice)
		s.can("cara", "hire", "aims", "2026-03-01", 0).mayNot(domain.NotHeld)
		s.can("board", "hire", "aims", "2026-03-31", 0).may("board")
		s.can("board", "hire", "aims", "2026-04-01", 0).mayNot(domain.NotInOffice)
	})
	t.Run("a person who left, and what they held is over when they return", func(t *testing.T) {
		s := given(t, acme, line, limited(per("act", "100")), `2026-03-01 board person.left {"person":"dev"}`, `2026-05-01 board person.returned {"person":"dev"}`)
		s.can("dev", "spend.parts", "aims", "2026-02-28", 0).may("dev", "d-ceo", "d-cto", "d-dev")
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "1 GBP of spend")
		require.Equal(t, domain.NotInOffice, s.can("dev", "spend.parts", "aims", "2026-03-01", 0).Reasons[0].Code)
		require.False(t, s.can("dev", "spend.parts", "aims", "2026-05-01", 0).Allowed)
	})
	t.Run("a matter reserved at the scope or above, whenever", func(t *testing.T) {
		s := given(t, acme, line, `2026-03-01 board matter.reserved {"id":"m","name":"Release","scope":"technology","powers":["model.deploy"]}`, `2026-06-01 board matter.released {"id":"m"}`)
		s.can("cto", "model.deploy", "triage", "2026-02-28", 0).may("cto", "d-ceo", "d-cto")
		s.can("cto", "model.deploy", "triage", "2026-03-01", 0).mayNot(domain.ReservedMatter)
		s.can("ceo", "model.deploy", "triage", "2026-03-01", 0).mayNot(domain.ReservedMatter)
		s.can("ceo", "model.deploy", "sales", "2026-03-01", 0).may("ceo", "d-ceo")
		s.can("board", "model.deploy", "triage", "2026-03-01", 0).may("board")
		s.can("cto", "model.retire", "triage", "2026-03-01", 0).may("cto", "d-ceo", "d-cto")
		s.can("cto", "model.deploy", "triage", "2026-06-01", 0).may("cto", "d-ceo", "d-cto")
	})
	t.Run("a power that is not defined", func(t *testing.T) {
		s := given(t, acme, line)
		known := s.known()
		s.and(`2026-02-01 board power.defined {"id":"hire","name":"Hiring"}`)
		s.can("cto", "hire", "aims", "2026-02-02", 0).may("cto", "d-ceo", "d-cto")
		s.can("cto", "spend.cloud", "aims", "2026-02-02", 0).mayNot(domain.UnknownID)
		s.can("board", "spend.cloud", "aims", "2026-02-02", 0).mayNot(domain.UnknownID)
		s.can("cto", "spend.cloud", "aims", "2026-02-02", known).may("cto", "d-ceo", "d-cto")
	})
	t.Run("an unknown party or scope is no answer but a refusal", func(t *testing.T) {
		s := given(t, acme, line)
		i, _, _ := domain.ParseInstant("2026-02-01", s.state.Zone())
		v, _ := s.state.View(i, 0)
		_, err := v.Can("nobody", "hire", "aims", nil, new([]uint64))
		require.Equal(t, domain.UnknownParty, domain.CodeOf(err))
		_, err = v.Can("ceo", "hire", "nowhere", nil, new([]uint64))
		require.Equal(t, domain.UnknownScope, domain.CodeOf(err))
	})
}

func TestCanWithinLimits(t *testing.T) {
	t.Run("per act, several amounts of one unit together", func(t *testing.T) {
		s := given(t, acme, line, limited(per("act", "100")))
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "100 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev").leaves(map[string]string{})
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "100.0001 GBP of spend").mayNot(domain.ExceedsLimit)
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "60 GBP of spend", "40 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev")
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "60 GBP of spend", "40.0001 GBP of spend").mayNot(domain.ExceedsLimit)
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "1000 people of staff").may("dev", "d-ceo", "d-cto", "d-dev") // that is not limited
	})
	t.Run("a unit that is not listed is not allowed", func(t *testing.T) {
		s := given(t, acme, line, limited(per("month", "100")))
		a := s.can("dev", "spend.parts", "aims", "2026-03-01", 0, "1 EUR of spend", "1 GBP of spend").mayNot(domain.ExceedsLimit)
		a.leaves(map[string]string{"spend GBP month": "100"})
	})
	t.Run("what another of the chain leaves out is not left", func(t *testing.T) {
		eur := `{"dimension":"spend","unit":"EUR","max":"80","per":"month"}`
		s := given(t, acme, line, `2026-01-25 ceo delegation.varied {"id":"d-cto","limits":[`+per("month", "100")+`,`+eur+`]}`, limited(per("month", "60")))
		s.can("cto", "spend.parts", "aims", "2026-03-01", 0).leaves(map[string]string{"spend GBP month": "100", "spend EUR month": "80"})
		s.can("dev", "spend.parts", "aims", "2026-03-01", 0).leaves(map[string]string{"spend GBP month": "60"})
		s.and(`2026-03-10 ceo delegation.varied {"id":"d-cto","limits":[` + eur + `]}`)
		a := s.can("dev", "spend.parts", "aims", "2026-03-10", 0, "1 GBP of spend").mayNot(domain.ExceedsLimit)
		a.leaves(map[string]string{"spend GBP month": "0", "spend EUR month": "0"})
	})
	t.Run("to the last of exact decimals", func(t *testing.T) {
		s := given(t, acme, line, limited(per("total", "999999999999999.9999")), spends("a", "2026-03-01", "dev", "aims", "999999999999999.9998", ""))
		s.can("dev", "spend.parts", "aims", "2026-03-02", 0, "0.0001 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev").leaves(map[string]string{"spend GBP total": "0.0001"})
		s.can("dev", "spend.parts", "aims", "2026-03-02", 0, "0.0001 GBP of spend", "0.0001 GBP of spend").mayNot(domain.ExceedsLimit)
		s.and(spends("b", "2026-03-02", "dev", "aims", "0.0001", "")).findsNo("2026-03-03", domain.UltraVires, "d-b")
		s.can("dev", "spend.parts", "aims", "2026-03-03", 0).leaves(map[string]string{"spend GBP total": "0"})
	})
	t.Run("overdrawn beyond what 64 bits hold, it says by how much", func(t *testing.T) {
		s := given(t, acme, line, limited(per("year", "1")))
		for range 2000 {
			s.record([]byte(`{"type":"decision.taken","effective":"2026-03-01","by":"dev","data":{"id":"x`+strings.Repeat("x", s.acts%7)+itoa(s.acts)+`","scope":"aims","power":"spend.parts","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"999999999999999.9999"}]}}`), "operator", "").isAccepted()
		}
		a := s.can("dev", "spend.parts", "aims", "2026-03-02", 0, "0.5 GBP of spend").mayNot(domain.ExceedsLimit).leaves(map[string]string{"spend GBP year": "0"})
		require.Equal(t, [2]string{"1999999999999999999.8", "1999999999999999998.8"}, [2]string{a.Left[0].Drawn, a.Left[0].Overdrawn})
	})
}

func itoa(n int) string {
	const digits = "0123456789"
	if n < 10 {
		return digits[n : n+1]
	}
	return itoa(n/10) + digits[n%10:n%10+1]
}

func TestWhatIsLeftOfAPeriod(t *testing.T) {
	t.Run("day, month, quarter, year and total, of a year that begins on 6 April", func(t *testing.T) {
		opened := strings.Replace(acme, `"governingBody":{"id":"board","name":"Board"}}`, `"governingBody":{"id":"board","name":"Board"},"yearStart":"04-06"}`, 1)
		s := given(t, opened, line, limited(per("day", "100")+","+per("month", "1000")+","+per("quarter", "2000")+","+per("year", "5000")+","+per("total", "9000")))
		s.and(spends("a", "2026-04-05T23:59:59Z", "dev", "aims", "1", ""), spends("b", "2026-04-06", "dev", "aims", "10", ""), spends("c", "2026-07-05T12:00:00Z", "dev", "aims", "20", ""),
			spends("d", "2026-07-06", "dev", "aims", "40", ""), spends("e", "2027-04-05", "dev", "aims", "80", ""))
		for at, left := range map[string][5]string{
			"2026-04-05T23:59:59Z": {"99", "999", "1999", "4999", "8999"},
			"2026-04-06":           {"90", "989", "1990", "4990", "8989"}, // a new quarter and year in the same month
			"2026-04-07":           {"100", "989", "1990", "4990", "8989"},
			"2026-07-05T12:00:00Z": {"80", "980", "1970", "4970", "8969"},
			"2026-07-06":           {"60", "940", "1960", "4930", "8929"},
			"2026-08-01":           {"100", "1000", "1960", "4930", "8929"},
			"2027-04-05":           {"20", "920", "1920", "4850", "8849"},
			"2027-04-06":           {"100", "920", "2000", "5000", "8849"},
		} {
			s.can("dev", "spend.parts", "aims", at, 0).leaves(map[string]string{"spend GBP day": left[0], "spend GBP month": left[1], "spend GBP quarter": left[2],
				"spend GBP year": left[3], "spend GBP total": left[4]})
		}
	})
	t.Run("days of 23 and of 25 hours, and of zones whose midnight does not exist", func(t *testing.T) {
		for _, c := range []struct{ zone, first, before, after string }{
			{"Europe/London", "2026-03-29T00:00:00Z", "2026-03-28T23:59:59Z", "2026-03-29T23:00:00Z"},
			{"Europe/London", "2026-10-24T23:00:00Z", "2026-10-24T22:59:59Z", "2026-10-26T00:00:00Z"},
			{"Asia/Beirut", "2026-03-28T22:00:00Z", "2026-03-28T21:59:59Z", "2026-03-29T21:00:00Z"},
		} {
			s := given(t, strings.Replace(acme, `"governingBody":{"id":"board","name":"Board"}}`, `"governingBody":{"id":"board","name":"Board"},"timeZone":"`+c.zone+`"}`, 1),
				line, limited(per("day", "100")), spends("a", c.before, "dev", "aims", "70", ""), spends("b", c.first, "dev", "aims", "30", ""))
			last := func(at string) string {
				i, _, _ := domain.ParseInstant(at, s.state.Zone())
				return domain.InstantOf(i.Time().Add(-1)).String()
			}
			s.can("dev", "spend.parts", "aims", last(c.first), 0).leaves(map[string]string{"spend GBP day": "30"})
			s.can("dev", "spend.parts", "aims", c.first, 0).leaves(map[string]string{"spend GBP day": "70"})
			s.can("dev", "spend.parts", "aims", last(c.after), 0).leaves(map[string]string{"spend GBP day": "70"})
			s.can("dev", "spend.parts", "aims", c.after, 0).leaves(map[string]string{"spend GBP day": "100"})
		}
	})
	t.Run("the least along the chain, which those who were given of it share", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-25 ceo delegation.varied {"id":"d-cto","limits":[`+per("month", "100")+`]}`,
			`2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","limits":[`+per("month", "80")+`]}`,
			`2026-02-01 cto delegation.granted {"id":"d-eli","from":"cto","to":"eli","scope":"triage"}`, spends("a", "2026-03-01", "dev", "aims", "30", ""))
		s.can("dev", "spend.parts", "aims", "2026-03-02", 0).leaves(map[string]string{"spend GBP month": "50"})
		s.can("eli", "spend.parts", "triage", "2026-03-02", 0).leaves(map[string]string{"spend GBP month": "70"})
		s.and(spends("b", "2026-03-02", "eli", "triage", "60", ""))
		a := s.can("dev", "spend.parts", "aims", "2026-03-03", 0, "10 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev").leaves(map[string]string{"spend GBP month": "10"})
		require.Equal(t, "d-cto", a.Left[0].Delegation, "whose limit leaves least")
		s.can("dev", "spend.parts", "aims", "2026-03-03", 0, "10.0001 GBP of spend").mayNot(domain.ExceedsLimit)
		s.can("cara", "spend.parts", "aims", "2026-03-03", 0).leaves(map[string]string{"spend GBP month": "10"})
	})
	t.Run("what was drawn before a delegation is put under another counts where it was", func(t *testing.T) {
		s := given(t, acme, line, `2026-01-25 ceo delegation.varied {"id":"d-cto","limits":[`+per("year", "100")+`]}`,
			`2026-02-01 ceo delegation.granted {"id":"d-cto2","from":"ceo","to":"cto","scope":"technology","powers":["spend.*"],"limits":[`+per("year", "100")+`]}`,
			`2026-02-01 cto delegation.granted {"id":"d-eli","from":"cto","to":"eli","scope":"triage","powers":["spend.*"],"under":"d-cto"}`,
			spends("a", "2026-03-01", "eli", "triage", "30", ""), `2026-03-10 cto delegation.varied {"id":"d-eli","under":"d-cto2"}`, spends("b", "2026-03-10", "eli", "triage", "5", ""))
		s.can("eli", "spend.parts", "triage", "2026-03-09", 0).may("eli", "d-ceo", "d-cto", "d-eli").leaves(map[string]string{"spend GBP year": "70"})
		s.can("eli", "spend.parts", "triage", "2026-03-11", 0).may("eli", "d-ceo", "d-cto2", "d-eli").leaves(map[string]string{"spend GBP year": "95"})
		known := s.known()
		s.and(`2026-02-20 cto delegation.varied {"id":"d-eli","under":"d-cto2"}`) // it was moved before, and that is recorded late
		s.can("eli", "spend.parts", "triage", "2026-03-11", 0).leaves(map[string]string{"spend GBP year": "65"})
		s.can("eli", "spend.parts", "triage", "2026-03-11", known).leaves(map[string]string{"spend GBP year": "95"})
	})
	t.Run("what does not say under which draws on the way that affords it, also beyond authority", func(t *testing.T) {
		s := given(t, acme, line, limited(per("month", "100")), spends("a", "2026-03-01", "dev", "aims", "40", ""))
		s.can("dev", "spend.parts", "aims", "2026-03-02", 0).leaves(map[string]string{"spend GBP month": "60"})
		s.and(spends("b", "2026-03-02", "dev", "aims", "70", "")).finds("2026-03-02", domain.UltraVires, "d-b")
		a := s.can("dev", "spend.parts", "aims", "2026-03-03", 0).leaves(map[string]string{"spend GBP month": "0"})
		require.Equal(t, "10", a.Left[0].Overdrawn)
	})
	t.Run("annulled it is drawn no more, and corrected it is what is right", func(t *testing.T) {
		s := given(t, acme, line, limited(per("month", "100")), spends("a", "2026-03-01", "dev", "aims", "40", ""), spends("b", "2026-03-02", "dev", "aims", "30", ""))
		before := s.known()
		s.and(`2026-03-05 dev act.annulled {"act":"a","reason":"Never bought"}`)
		s.can("dev", "spend.parts", "aims", "2026-03-06", 0).leaves(map[string]string{"spend GBP month": "70"})
		s.and(`2026-03-05 dev act.corrected {"act":"b","data":{"id":"d-b","scope":"aims","power":"spend.parts","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"3"}]}}`)
		s.can("dev", "spend.parts", "aims", "2026-03-06", 0).leaves(map[string]string{"spend GBP month": "97"})
		s.and(`2026-03-05 dev act.corrected {"act":"b","effective":"2026-04-02","data":{"id":"d-b","scope":"aims","power":"spend.parts","summary":"S","amounts":[{"dimension":"spend","unit":"GBP","value":"3"}]}}`)
		s.can("dev", "spend.parts", "aims", "2026-03-06", 0).leaves(map[string]string{"spend GBP month": "100"})
		s.can("dev", "spend.parts", "aims", "2026-04-06", 0).leaves(map[string]string{"spend GBP month": "97"})
		s.can("dev", "spend.parts", "aims", "2026-03-06", before).leaves(map[string]string{"spend GBP month": "30"})
	})
	t.Run("what is decided ahead of time counts when it comes", func(t *testing.T) {
		s := given(t, acme, line, limited(per("month", "100")), spends("a", "2026-03-20", "dev", "aims", "40", ""))
		s.can("dev", "spend.parts", "aims", "2026-03-19T23:59:59Z", 0, "100 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev").leaves(map[string]string{"spend GBP month": "100"})
		s.can("dev", "spend.parts", "aims", "2026-03-20", 0).leaves(map[string]string{"spend GBP month": "60"})
	})
	t.Run("what was drawn before there was a limit counts", func(t *testing.T) {
		s := given(t, acme, line, `2026-02-01 cto delegation.granted {"id":"d-dev","from":"cto","to":"dev","scope":"aims","powers":["spend.*"]}`,
			spends("a", "2026-03-01", "dev", "aims", "40", ""), `2026-03-10 cto delegation.varied {"id":"d-dev","limits":[`+per("month", "100")+`]}`)
		s.can("dev", "spend.parts", "aims", "2026-03-09", 0, "100000 GBP of spend").may("dev", "d-ceo", "d-cto", "d-dev").leaves(map[string]string{})
		s.can("dev", "spend.parts", "aims", "2026-03-10", 0).leaves(map[string]string{"spend GBP month": "60"})
	})
}

// TestRatifyingIsJudgedWithWhatIsLeft: who ratifies must be able to take the decision now, and what it drew itself is not
// drawn twice.
func TestRatifyingIsJudgedWithWhatIsLeft(t *testing.T) {
	base := []string{acme, line, limited(per("act", "10")), `2026-01-25 ceo delegation.varied {"id":"d-cto","limits":[` + per("month", "100") + `]}`}
	ratify := func(day string) string { return day + ` cto act.ratified {"act":"a","reason":"Needed"}` }
	t.Run("exactly what is left", func(t *testing.T) {
		s := given(t, append(base, spends("b", "2026-03-01", "cto", "aims", "40", ""), spends("a", "2026-03-02", "dev", "aims", "60", ""))...)
		s.finds("2026-03-03", domain.UltraVires, "d-a")
		s.can("cto", "spend.parts", "aims", "2026-03-03", 0).leaves(map[string]string{"spend GBP month": "0"}) // it has been drawn
		s.when(ratify("2026-03-03")).isAccepted()
	})
	t.Run("and not more", func(t *testing.T) {
		s := given(t, append(base, spends("b", "2026-03-01", "cto", "aims", "40", ""), spends("a", "2026-03-02", "dev", "aims", "60.0001", ""))...)
		s.when(ratify("2026-03-03")).isRefusedFor(domain.NotEntitled)
		s.when(ratify("2026-04-01")).isAccepted() // of next month there is enough left
	})
	t.Run("what was decided since counts", func(t *testing.T) {
		s := given(t, append(base, spends("a", "2026-03-02", "dev", "aims", "60", ""), spends("b", "2026-03-03", "cto", "aims", "41", ""))...)
		s.when(ratify("2026-03-02T12:00:00Z")).isAccepted()
		s.when(ratify("2026-03-04")).isRefusedFor(domain.NotEntitled)
		s.and(`2026-03-05 cto act.annulled {"act":"b","reason":"Never bought"}`)
		s.when(ratify("2026-03-04")).isAccepted()
	})
	t.Run("who could not take it at all cannot ratify it", func(t *testing.T) {
		s := given(t, append(base, spends("a", "2026-03-02", "eli", "aims", "5", ""))...)
		s.when(`2026-03-04 eli act.ratified {"act":"a","reason":"Needed"}`).isRefusedFor(domain.NotEntitled)
		s.when(`2026-03-04 dev act.ratified {"act":"a","reason":"Needed"}`).isAccepted()
		s.when(`2026-03-04 board act.ratified {"act":"a","reason":"Needed"}`).isAccepted()
	})
}
