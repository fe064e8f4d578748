package projections

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// The two clocks, rule by rule (DOMAIN, section 2).

// book is a ledger written in short, for one test.
type book struct {
	t *testing.T
	s *domain.State
	n int
}

var bookOpened = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// openBook opens a ledger in a time zone, of a board with ada and two more persons.
func openBook(t *testing.T, zone, from string) *book {
	b := &book{t: t, s: domain.NewState("acme", time.LoadLocation)}
	b.ok("ledger.opened", from, "board", `{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"},"timeZone":"`+zone+`"}`)
	for _, p := range []string{"ada", "grace", "alan"} {
		b.ok("party.registered", from, "board", `{"id":"`+p+`","kind":"person","name":"`+p+`"}`)
	}
	b.ok("member.appointed", from, "board", `{"body":"board","party":"ada"}`)
	return b
}

func (b *book) offer(kind, effective, by, data string) (uint64, error) {
	b.n++
	return b.offerAt(bookOpened.AddDate(0, 0, b.n), kind, effective, by, data)
}

func (b *book) offerAt(now time.Time, kind, effective, by, data string) (uint64, error) {
	text := fmt.Sprintf(`{"id":"a%d","type":%q,"effective":%q,"by":%q,"data":%s}`, b.n, kind, effective, by, data)
	_, out, err := decide(b.s, offer{text: []byte(text), now: now})
	if err == nil {
		b.s.Commit(out.Seq)
	}
	return out.Seq, err
}

// ok records an act, and gives its sequence.
func (b *book) ok(kind, effective, by, data string) uint64 {
	b.t.Helper()
	seq, err := b.offer(kind, effective, by, data)
	require.NoError(b.t, err, "%s %s", kind, data)
	return seq
}

func (b *book) refused(code domain.Code, kind, effective, by, data string) {
	b.t.Helper()
	_, err := b.offer(kind, effective, by, data)
	require.Equal(b.t, code, domain.CodeOf(err), "%s %s: %v", kind, data, err)
}

func (b *book) view(at string, known uint64) *domain.View {
	b.t.Helper()
	i, _, err := domain.ParseInstant(at, b.s.Zone())
	require.NoError(b.t, err)
	v, err := b.s.View(i, known)
	require.NoError(b.t, err)
	return v
}

// seats gives who sits in a role or body.
func (b *book) seats(id, at string, known uint64) []string {
	b.t.Helper()
	s, err := AskSeats(b.view(at, known), id)
	require.NoError(b.t, err)
	out := []string{}
	for _, o := range s.Occupants {
		out = append(out, o.Party)
	}
	return out
}

// holders gives who holds authority over a scope; none where there is no such scope.
func (b *book) holders(scope, at string, known uint64) []string {
	b.t.Helper()
	w, err := AskWho(b.view(at, known), scope, "")
	if domain.CodeOf(err) == domain.UnknownScope {
		return nil
	}
	require.NoError(b.t, err)
	out := []string{}
	for _, h := range w.Holders {
		out = append(out, h.Party)
	}
	return out
}

func TestClocksAtOneInstantTheLaterSequenceWins(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("scope.defined", "2025-01-01", "board", `{"id":"ops","name":"Ops"}`)
	b.ok("delegation.granted", "2025-02-01", "board", `{"id":"d","from":"board","to":"grace","scope":"ops","powers":["spend"]}`)
	b.ok("delegation.varied", "2025-03-01T00:00:00Z", "board", `{"id":"d","powers":["hire"]}`)
	known := b.ok("delegation.varied", "2025-03-01", "board", `{"id":"d","powers":["risk"]}`)
	b.ok("delegation.varied", "2025-02-15", "board", `{"id":"d","powers":["late"]}`) // recorded last, and earlier in the world
	powers := func(at string, known uint64) []string {
		w, err := AskWho(b.view(at, known), "ops", "")
		require.NoError(t, err)
		return w.Holders[0].Powers
	}
	require.Equal(t, []string{"hire"}, powers("2025-03-01", known-1))
	require.Equal(t, []string{"risk"}, powers("2025-03-01", known))
	require.Equal(t, []string{"risk"}, powers("2025-03-01", 0))
	require.Equal(t, []string{"spend"}, powers("2025-02-28T23:59:59.999999999Z", known))
	require.Equal(t, []string{"late"}, powers("2025-02-28T23:59:59.999999999Z", 0))
}

func TestClocksBeginningAndEndAtOneInstantFollowTheirSequences(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("role.assigned", "2025-02-01", "board", `{"role":"cfo","party":"grace"}`)
	b.ok("role.abolished", "2025-03-01", "board", `{"id":"cfo"}`)
	b.ok("role.established", "2025-03-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("role.assigned", "2025-03-01", "board", `{"role":"cfo","party":"alan"}`)
	require.Equal(t, []string{"alan"}, b.seats("cfo", "2025-03-01", 0))
	// Vacating ends every assignment effective at or before it, whichever was recorded first.
	b.ok("role.vacated", "2025-04-01", "board", `{"role":"cfo","party":"alan"}`)
	b.ok("role.assigned", "2025-04-01", "board", `{"role":"cfo","party":"alan"}`)
	require.Empty(t, b.seats("cfo", "2025-04-01", 0))
	b.ok("role.assigned", "2025-04-01T00:00:00.000000001Z", "board", `{"role":"cfo","party":"alan"}`)
	require.Equal(t, []string{"alan"}, b.seats("cfo", "2025-04-02", 0))
}

func TestClocksAnIntervalHoldsItsFirstInstantAndNotItsLast(t *testing.T) {
	b := openBook(t, "Europe/London", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("role.assigned", "2025-06-01", "board", `{"role":"cfo","party":"grace","until":"2025-07-01"}`)
	b.ok("delegation.granted", "2025-06-01", "board", `{"id":"d","from":"board","to":"cfo","scope":"organization","until":"2025-07-01"}`)
	b.ok("member.appointed", "2025-06-01", "board", `{"body":"board","party":"alan","until":"2025-07-01"}`)
	// In summer a day in London begins at 23:00 UTC on the day before.
	for at, in := range map[string]bool{
		"2025-05-31T22:59:59.999999999Z": false, "2025-05-31T23:00:00Z": true, "2025-06-01": true, "2025-06-30": true,
		"2025-06-30T22:59:59.999999999Z": true, "2025-06-30T23:00:00Z": false, "2025-07-01": false,
	} {
		seats, holders, members := []string{}, []string{}, []string{"ada"}
		if in {
			seats, holders, members = []string{"grace"}, []string{"cfo"}, []string{"ada", "alan"}
		}
		require.Equal(t, seats, b.seats("cfo", at, 0), at)
		require.Equal(t, holders, b.holders("organization", at, 0), at)
		require.Equal(t, members, b.seats("board", at, 0), at)
	}
	b.refused(domain.Invalid, "role.assigned", "2025-06-01", "board", `{"role":"cfo","party":"ada","until":"2025-06-01"}`)
	b.refused(domain.Invalid, "role.assigned", "2025-06-01", "board", `{"role":"cfo","party":"ada","until":"2025-05-31"}`)
	b.ok("role.assigned", "2025-06-01", "board", `{"role":"cfo","party":"ada","until":"2025-05-31T23:00:00.000000001Z"}`)
}

func TestClocksADayBeginsAtItsFirstInstantInTheZoneOfTheLedger(t *testing.T) {
	for _, c := range []struct{ zone, day, begins string }{
		{"UTC", "2025-06-01", "2025-06-01T00:00:00Z"},
		{"Asia/Tokyo", "2025-06-01", "2025-05-31T15:00:00Z"},
		{"America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"}, // midnight was skipped: the day began at 01:00
		{"America/Sao_Paulo", "2018-11-05", "2018-11-05T02:00:00Z"},
		{"America/Sao_Paulo", "2019-02-17", "2019-02-17T03:00:00Z"}, // midnight of the 17th came back as 23:00 of the 16th
		{"Europe/London", "2025-10-26", "2025-10-25T23:00:00Z"},     // a day of 25 hours
		{"Europe/London", "2025-10-27", "2025-10-27T00:00:00Z"},
		{"America/Havana", "2025-11-02", "2025-11-02T04:00:00Z"},   // 01:00 came back as 00:00: the first of two midnights
		{"Asia/Gaza", "2021-10-29", "2021-10-28T21:00:00Z"},        // the same, and the second is where the zone changes
		{"America/St_Johns", "2010-11-07", "2010-11-07T02:30:00Z"}, // 00:01 came back as 23:01 of the day before
		{"Asia/Beirut", "2024-03-31", "2024-03-30T22:00:00Z"},      // midnight was skipped
		{"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},     // the day before it never was
	} {
		b := openBook(t, c.zone, "2000-01-01")
		b.ok("role.established", c.day, "board", `{"id":"cfo","name":"CFO"}`)
		v := b.view(c.begins, 0)
		s, err := AskSeats(v, "cfo")
		require.NoError(t, err)
		require.True(t, s.Exists, "%s began at %s in %s", c.day, c.begins, c.zone)
		v, err = b.s.View(domain.InstantOf(v.At().Time().Add(-1)), 0)
		require.NoError(t, err)
		s, err = AskSeats(v, "cfo")
		require.NoError(t, err)
		require.False(t, s.Exists, "%s had not begun before %s in %s", c.day, c.begins, c.zone)
	}
}

// TestClocksEveryDayAtWhichClocksChangeBeginsAtTheFirstInstantThatShowsIt looks for it minute by minute.
func TestClocksEveryDayAtWhichClocksChangeBeginsAtTheFirstInstantThatShowsIt(t *testing.T) {
	zones := []string{"America/Sao_Paulo", "Europe/London", "America/Havana", "America/St_Johns", "Asia/Beirut", "Africa/Cairo", "Atlantic/Azores",
		"America/Scoresbysund", "Asia/Tehran", "Pacific/Apia", "Pacific/Kwajalein", "America/Asuncion", "Asia/Gaza", "Australia/Lord_Howe"}
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		require.NoError(t, err)
		end := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for at := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC); at.Before(end); {
			_, change := at.In(zone).ZoneBounds()
			if change.IsZero() || change.After(end) {
				break
			}
			at = change
			seen := map[string]bool{}
			start := change.Add(-27 * time.Hour)
			for m := start; m.Before(change.Add(27 * time.Hour)); m = m.Add(time.Minute) {
				day := m.In(zone).Format(time.DateOnly)
				if !seen[day] && m != start && len(seen) > 0 {
					i, _, err := domain.ParseInstant(day, zone)
					require.NoError(t, err)
					if i != domain.InstantOf(m) {
						t.Errorf("%s in %s began at %s and not at %s", day, name, m.UTC(), i)
					}
				}
				seen[day] = true
			}
		}
	}
}

func TestClocksAKnownBeyondTheNewestIsRefused(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	_, err := b.s.View(domain.InstantOf(bookOpened), b.s.Last()+1)
	require.Equal(t, domain.Invalid, domain.CodeOf(err))
	v, err := b.s.View(domain.InstantOf(bookOpened), b.s.Last())
	require.NoError(t, err)
	require.Equal(t, b.s.Last(), v.Known())
	v, err = b.s.View(domain.InstantOf(bookOpened), 0)
	require.NoError(t, err)
	require.Equal(t, b.s.Last(), v.Known())
	// What is decided and not committed is beyond the newest, too.
	_, out, err := decide(b.s, offer{text: []byte(`{"id":"z","type":"role.established","effective":"2025-01-01","by":"board","data":{"id":"r","name":"R"}}`), now: bookOpened})
	require.NoError(t, err)
	_, err = b.s.View(domain.InstantOf(bookOpened), out.Seq)
	require.Equal(t, domain.Invalid, domain.CodeOf(err))
}

func TestClocksKnownAsAnInstantIsTheLastActRecordedAtOrBeforeIt(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01") // act n is recorded n days after it was opened
	require.Zero(t, b.s.KnownAt(bookOpened))
	require.EqualValues(t, 1, b.s.KnownAt(bookOpened.AddDate(0, 0, 1)))
	require.EqualValues(t, 1, b.s.KnownAt(bookOpened.AddDate(0, 0, 2).Add(-1)))
	require.EqualValues(t, 2, b.s.KnownAt(bookOpened.AddDate(0, 0, 2)))
	require.Equal(t, b.s.Last(), b.s.KnownAt(bookOpened.AddDate(9, 0, 0)))
	// Of several recorded at one instant, the last.
	now := b.s.Recorded(b.s.Last())
	for _, id := range []string{"r1", "r2"} {
		b.n++
		_, err := b.offerAt(now, "role.established", "2025-01-01", "board", `{"id":"`+id+`","name":"R"}`)
		require.NoError(t, err)
	}
	require.Equal(t, b.s.Last(), b.s.KnownAt(now))
}

func TestClocksRecordedTimeNeverGoesBackAndNeverOrders(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	last := b.s.Recorded(b.s.Last())
	b.n++
	seq, err := b.offerAt(last.Add(-1000*time.Hour), "role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	require.NoError(t, err)
	require.Equal(t, last, b.s.Recorded(seq))
	require.Equal(t, seq, b.s.KnownAt(last))
	require.Less(t, b.s.KnownAt(last.Add(-1)), seq)
}

func TestClocksAnActAheadOfTimeFailsWhereItsSubjectHasEndedByThen(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("scope.defined", "2025-01-01", "board", `{"id":"ops","name":"Ops"}`)
	b.ok("role.assigned", "2027-01-01", "board", `{"role":"cfo","party":"grace"}`)
	known := b.ok("delegation.granted", "2027-01-01", "board", `{"id":"d","from":"board","to":"alan","scope":"ops"}`)
	require.Equal(t, []string{"grace"}, b.seats("cfo", "2027-01-01", known))
	require.Equal(t, []string{"alan"}, b.holders("ops", "2027-01-01", known))
	b.ok("role.abolished", "2026-12-01", "board", `{"id":"cfo"}`)
	b.ok("scope.retired", "2026-12-01", "board", `{"id":"ops"}`)
	b.ok("role.established", "2027-02-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("scope.defined", "2027-02-01", "board", `{"id":"ops","name":"Ops"}`)
	for _, at := range []string{"2027-01-01", "2027-03-01"} {
		require.Empty(t, b.seats("cfo", at, 0), at)
		require.Empty(t, b.holders("ops", at, 0), at)
	}
	require.Equal(t, []string{"grace"}, b.seats("cfo", "2027-01-01", known), "as known then")
}

func TestClocksACorrectionOfACorrectedActAndItsAnnulmentRestoreWhatStood(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("role.assigned", "2025-02-01", "board", `{"role":"cfo","party":"grace"}`)
	original := fmt.Sprint("a", b.n)
	say := func(party, at string) string {
		effective := ""
		if at != "" {
			effective = `"effective":"` + at + `",`
		}
		b.ok("act.corrected", "2026-01-01", "board", `{"act":"`+original+`",`+effective+`"data":{"role":"cfo","party":"`+party+`"}}`)
		return fmt.Sprint("a", b.n)
	}
	annul := func(id string) string {
		b.ok("act.annulled", "2026-01-01", "board", `{"act":"`+id+`","reason":"an error"}`)
		return fmt.Sprint("a", b.n)
	}
	first := say("alan", "2025-03-01")
	require.Empty(t, b.seats("cfo", "2025-02-15", 0))
	require.Equal(t, []string{"alan"}, b.seats("cfo", "2025-03-01", 0))
	second := say("ada", "") // leaves out the instant, which stays as it stood: March
	require.Empty(t, b.seats("cfo", "2025-02-15", 0))
	require.Equal(t, []string{"ada"}, b.seats("cfo", "2025-03-01", 0))
	b.refused(domain.Invalid, "act.corrected", "2026-01-01", "board", `{"act":"`+second+`","data":{"role":"cfo","party":"ada"}}`)
	undone := annul(second)
	require.Equal(t, []string{"alan"}, b.seats("cfo", "2025-03-01", 0))
	annul(undone)
	require.Equal(t, []string{"ada"}, b.seats("cfo", "2025-03-01", 0))
	annul(first) // what the second left out stays as it stood when that was recorded
	require.Empty(t, b.seats("cfo", "2025-02-15", 0))
	require.Equal(t, []string{"ada"}, b.seats("cfo", "2025-03-01", 0))
	annul(second)
	require.Equal(t, []string{"grace"}, b.seats("cfo", "2025-02-01", 0))
	last := annul(original)
	require.Empty(t, b.seats("cfo", "2025-03-01", 0))
	b.refused(domain.Invalid, "act.corrected", "2026-01-01", "board", `{"act":"`+original+`","data":{"role":"cfo","party":"ada"}}`)
	annul(last)
	require.Equal(t, []string{"grace"}, b.seats("cfo", "2025-02-01", 0))
}

func TestClocksARegisteredPartyIsKnownAtEveryInstant(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	known := b.s.Last()
	b.refused(domain.UnknownParty, "role.assigned", "2025-02-01", "board", `{"role":"cfo","party":"joan"}`)
	b.ok("party.registered", "2026-06-01", "board", `{"id":"joan","kind":"person","name":"Joan"}`)
	b.ok("role.assigned", "2025-02-01", "board", `{"role":"cfo","party":"joan"}`)
	require.Equal(t, []string{"joan"}, b.seats("cfo", "2025-02-01", 0))
	for _, at := range []string{"0001-01-01", "2025-01-01", "9999-12-31"} {
		s, err := AskSeats(b.view(at, 0), "joan")
		require.NoError(t, err)
		require.True(t, s.Exists, at)
		s, err = AskSeats(b.view(at, known), "joan")
		require.NoError(t, err)
		require.False(t, s.Exists, "the ledger had not learned of her")
	}
}

func TestClocksARenamedPartyIsAcceptedUnderAnyIDItBoreAndAnsweredUnderTheOneItBoreThen(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("role.assigned", "2025-02-01", "board", `{"role":"cfo","party":"grace"}`)
	before := b.s.Last()
	b.ok("party.renamed", "2025-06-01", "board", `{"id":"grace","newId":"grace-h"}`)
	b.ok("party.renamed", "2025-09-01", "board", `{"id":"grace-h","newId":"admiral"}`)
	b.ok("party.renamed", "2025-07-01", "board", `{"id":"cfo","newId":"finance"}`)
	for at, is := range map[string]string{"2025-02-01": "grace", "2025-05-31": "grace", "2025-06-01": "grace-h", "2025-09-01": "admiral"} {
		require.Equal(t, []string{is}, b.seats("cfo", at, 0), at)
		require.Equal(t, []string{is}, b.seats("finance", at, 0), at)
		require.Equal(t, []string{"grace"}, b.seats("cfo", at, before), at)
	}
	// Under any id, at any instant.
	for i, id := range []string{"grace", "grace-h", "admiral"} {
		for k, role := range []string{"cfo", "finance"} {
			at := fmt.Sprintf("2025-03-0%d", 1+2*i+k)
			b.ok("role.vacated", at, "board", `{"role":"`+role+`","party":"`+id+`"}`)
			require.Empty(t, b.seats("finance", at, 0))
			b.ok("role.assigned", at+"T01:00:00Z", "board", `{"role":"`+role+`","party":"`+id+`"}`)
		}
	}
	b.ok("delegation.granted", "2025-04-01", "board", `{"id":"d","from":"board","to":"admiral","scope":"organization"}`)
	require.Equal(t, []string{"grace"}, b.holders("organization", "2025-04-01", 0))
	require.Equal(t, []string{"admiral"}, b.holders("organization", "2026-04-01", 0))
	w, err := AskWho(b.view("2025-07-01", 0), "organization", "")
	require.NoError(t, err)
	require.Equal(t, []string{"grace-h"}, w.Answerable)
	// No id is ever free again.
	for _, id := range []string{"grace", "grace-h", "admiral"} {
		b.refused(domain.AlreadyExists, "party.registered", "2025-01-01", "board", `{"id":"`+id+`","kind":"person","name":"X"}`)
	}
	require.True(t, slices.Equal(b.seats("admiral", "2025-02-01", 0), []string{"grace"}))
}

// TestClocksOpeningALedgerCanBeRolledBack: an opening that did not reach the disk was never decided.
func TestClocksOpeningALedgerCanBeRolledBack(t *testing.T) {
	s := domain.NewState("acme", time.LoadLocation)
	open := func(zone string) (uint64, error) {
		_, out, err := decide(s, offer{text: []byte(`{"id":"a1","type":"ledger.opened","effective":"2025-01-01","by":"board","data":{"organization":{"name":"Acme"},` +
			`"governingBody":{"id":"board","name":"Board"},"timeZone":"` + zone + `","root":{"id":"all","name":"All"}}}`), now: bookOpened})
		return out.Seq, err
	}
	seq, err := open("Asia/Tokyo")
	require.NoError(t, err)
	s.Rollback(seq)
	require.Empty(t, s.Root())
	require.Equal(t, time.UTC, s.Zone())
	seq, err = open("Europe/London")
	require.NoError(t, err)
	s.Commit(seq)
	require.Equal(t, "Europe/London", s.Zone().String())
}
