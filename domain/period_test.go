package domain

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func foldIn(t testing.TB, zone, yearStart string) *fold {
	f := newFold()
	z, err := time.LoadLocation(zone)
	require.NoError(t, err)
	f.zone, f.yearStart = z, yearStart
	return f
}

var periodZones = []string{"UTC", "Europe/London", "America/Sao_Paulo", "Asia/Beirut", "America/St_Johns", "Pacific/Apia", "Africa/Cairo",
	"America/Havana", "Asia/Gaza", "America/Scoresbysund", "Asia/Kathmandu", "Australia/Lord_Howe"}

// TestPeriodsTileTimeAndHoldTheirInstants: whichever instant of a period is asked about, the answer is that period, and the
// next begins where it ends.
func TestPeriodsTileTimeAndHoldTheirInstants(t *testing.T) {
	for i, zone := range periodZones {
		r := rand.New(rand.NewPCG(uint64(i), 17))
		f := foldIn(t, zone, []string{"01-01", "02-01", "04-06", "02-29", "12-31", "08-31"}[i%6])
		for _, at := range sampledInstants(r, f.zone) {
			for _, per := range []string{"day", "month", "quarter", "year"} {
				from, until := f.periodOf(per, at)
				require.False(t, at.Before(from), "%s: %s is before its %s from %s", zone, at, per, from)
				require.True(t, at.Before(until), "%s: %s is after its %s until %s", zone, at, per, until)
				for _, other := range []Instant{from, until.before(), InstantOf(from.Time().Add(time.Duration(r.Int64N(int64(until.Time().Sub(from.Time()))))))} {
					a, b := f.periodOf(per, other)
					require.Equal(t, [2]Instant{from, until}, [2]Instant{a, b}, "%s: the %s of %s is another at %s", zone, per, at, other)
				}
				next, _ := f.periodOf(per, until)
				require.Equal(t, until, next, "%s: after the %s of %s", zone, per, at)
			}
			from, until := f.periodOf("total", at)
			require.Equal(t, [2]Instant{Beginning, Forever}, [2]Instant{from, until})
		}
	}
}

// sampledInstants gives instants of some decades, most of them where a zone changes its clocks.
func sampledInstants(r *rand.Rand, zone *time.Location) []Instant {
	var out []Instant
	at := time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)
	for at.Year() < 2035 {
		_, next := at.In(zone).ZoneBounds()
		if next.IsZero() || next.Sub(at) > 200*24*time.Hour {
			next = at.AddDate(0, 0, 1+r.IntN(200))
			out = append(out, InstantOf(next.Add(time.Duration(r.Int64N(int64(24*time.Hour))))))
		}
		for _, d := range []time.Duration{-24 * time.Hour, -2 * time.Hour, -time.Minute, -1, 0, 1, 30 * time.Second, 30 * time.Minute, 59 * time.Minute, 61 * time.Minute, 25 * time.Hour} {
			out = append(out, InstantOf(next.Add(d)))
		}
		at = next.Add(time.Second)
	}
	return out
}

// TestAPeriodIsWhatTheCalendarSays counts the days in the calendar of the ledger's zone.
func TestAPeriodIsWhatTheCalendarSays(t *testing.T) {
	london := foldIn(t, "Europe/London", "02-01")
	for _, c := range []struct{ per, at, from, until string }{
		{"day", "2026-03-29T12:00:00Z", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"},     // 23 hours
		{"day", "2026-10-25T23:59:59Z", "2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z"},     // 25 hours
		{"day", "2026-10-24T22:59:59.999Z", "2026-10-23T23:00:00Z", "2026-10-24T23:00:00Z"}, // the day before
		{"month", "2026-03-31T22:59:59Z", "2026-03-01T00:00:00Z", "2026-03-31T23:00:00Z"},   // the last second of March
		{"month", "2026-03-31T23:00:00Z", "2026-03-31T23:00:00Z", "2026-04-30T23:00:00Z"},   // the first of April
		{"quarter", "2026-01-31T23:59:59Z", "2025-11-01T00:00:00Z", "2026-02-01T00:00:00Z"}, // the year begins in February
		{"quarter", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-04-30T23:00:00Z"}, // so does its first quarter
		{"quarter", "2026-10-31T23:59:59Z", "2026-07-31T23:00:00Z", "2026-11-01T00:00:00Z"}, //
		{"year", "2026-01-31T23:59:59Z", "2025-02-01T00:00:00Z", "2026-02-01T00:00:00Z"},    //
		{"year", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "2027-02-01T00:00:00Z"},    //
		{"year", "9999-12-31T00:00:00Z", "9999-02-01T00:00:00Z", Forever.String()},          // the last there is
		{"year", "0001-01-15T00:00:00Z", Beginning.String(), "0001-02-01T00:01:15Z"},        // and the first, in local mean time
		{"total", "2026-02-01T00:00:00Z", Beginning.String(), Forever.String()},             //
		{"quarter", "9999-12-31T23:59:59.9Z", "9999-11-01T00:00:00Z", Forever.String()},     //
		{"day", "9999-12-31T23:59:59.9Z", "9999-12-31T00:00:00Z", Forever.String()},         //
		{"month", "0001-01-01T00:00:00Z", Beginning.String(), "0001-01-01T00:01:15Z"},       // 31 December of the year 0, there
	} {
		at, _, err := ParseInstant(c.at, london.zone)
		require.NoError(t, err)
		from, until := london.periodOf(c.per, at)
		require.Equal(t, c.from+" "+c.until, from.String()+" "+until.String(), "the %s of %s", c.per, c.at)
	}
	for _, c := range []struct{ zone, yearStart, per, at, from, until string }{
		{"America/Sao_Paulo", "01-01", "day", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"}, // no midnight
		{"Asia/Beirut", "01-01", "day", "2024-03-31T12:00:00Z", "2024-03-30T22:00:00Z", "2024-03-31T21:00:00Z"},
		{"America/St_Johns", "01-01", "day", "2010-11-07T02:45:00Z", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"}, // 23:15 again, of a day that was over
		{"UTC", "02-29", "year", "2027-03-15T00:00:00Z", "2027-02-28T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"UTC", "02-29", "year", "2028-02-28T23:00:00Z", "2027-02-28T00:00:00Z", "2028-02-29T00:00:00Z"},
		{"UTC", "08-31", "quarter", "2026-11-30T00:00:00Z", "2026-11-30T00:00:00Z", "2027-02-28T00:00:00Z"},
		{"UTC", "08-31", "quarter", "2027-05-30T00:00:00Z", "2027-02-28T00:00:00Z", "2027-05-31T00:00:00Z"},
	} {
		f := foldIn(t, c.zone, c.yearStart)
		at, _, err := ParseInstant(c.at, f.zone)
		require.NoError(t, err)
		from, until := f.periodOf(c.per, at)
		require.Equal(t, c.from+" "+c.until, from.String()+" "+until.String(), "the %s of %s in %s", c.per, c.at, c.zone)
	}
}

// TestAPeriodIsThatOfTheSameDayInTheLedgersZone compares with the dates that clocks in the zone show, where they show each
// date once.
func TestAPeriodIsThatOfTheSameDayInTheLedgersZone(t *testing.T) {
	for i, zone := range []string{"UTC", "Europe/London", "America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe"} {
		r := rand.New(rand.NewPCG(uint64(i), 19))
		start := 1 + r.IntN(12)
		f := foldIn(t, zone, fmt.Sprintf("%02d-01", start))
		name := func(per string, at Instant) string {
			y, m, d := at.Time().In(f.zone).Date()
			since := (int(m) - start + 12) % 12 // whole months since the year began
			year := y
			if int(m) < start {
				year--
			}
			switch per {
			case "day":
				return fmt.Sprint(y, m, d)
			case "month":
				return fmt.Sprint(y, m)
			case "quarter":
				return fmt.Sprint(year, since/3)
			}
			return fmt.Sprint(year)
		}
		all := sampledInstants(r, f.zone)
		for range 3000 {
			a := all[r.IntN(len(all))]
			b := InstantOf(a.Time().Add(time.Duration(r.Int64N(int64([]time.Duration{time.Hour, 30 * time.Hour, 2000 * time.Hour, 9000 * time.Hour}[r.IntN(4)])))))
			for _, per := range []string{"day", "month", "quarter", "year"} {
				from, until := f.periodOf(per, a)
				in := !b.Before(from) && b.Before(until)
				require.Equal(t, name(per, a) == name(per, b), in, "%s: %s and %s in one %s", zone, a, b, per)
			}
		}
	}
}

// TestTermsRunByTheCalendar: after a month is the same day of the next, or its last where it is shorter; days keep their
// first instants and other instants their time of day.
func TestTermsRunByTheCalendar(t *testing.T) {
	for _, c := range []struct {
		zone, at, iso string
		n             int
		want          string
	}{
		{"UTC", "2026-01-31", "P1M", 1, "2026-02-28T00:00:00Z"},
		{"UTC", "2026-01-31", "P1M", 2, "2026-03-31T00:00:00Z"}, // from the grant, not from February's end
		{"UTC", "2027-11-30", "P3M", 1, "2028-02-29T00:00:00Z"},
		{"UTC", "2024-02-29", "P1Y", 1, "2025-02-28T00:00:00Z"},
		{"UTC", "2024-02-29", "P1Y", 4, "2028-02-29T00:00:00Z"},
		{"UTC", "2026-01-31", "P1M1D", 1, "2026-03-01T00:00:00Z"},
		{"UTC", "2026-01-15", "P2W", 3, "2026-02-26T00:00:00Z"},
		{"UTC", "2026-01-15T10:30:00.5Z", "P1M", 1, "2026-02-15T10:30:00.5Z"},
		{"Europe/London", "2026-03-01", "P1M", 1, "2026-03-31T23:00:00Z"},           // the first instant of 1 April
		{"Europe/London", "2026-03-28", "P1D", 2, "2026-03-29T23:00:00Z"},           // over a day of 23 hours
		{"Europe/London", "2026-03-28T09:00:00Z", "P1D", 2, "2026-03-30T08:00:00Z"}, // at the same time of day
		{"America/Sao_Paulo", "2018-11-03", "P1D", 1, "2018-11-04T03:00:00Z"},       // midnight does not exist
		{"America/Sao_Paulo", "2018-10-04", "P1M", 1, "2018-11-04T03:00:00Z"},
	} {
		f := foldIn(t, c.zone, "01-01")
		at, _, err := ParseInstant(c.at, f.zone)
		require.NoError(t, err)
		require.Equal(t, c.want, f.after(at, c.iso, c.n).String(), "%s and %d times %s in %s", c.at, c.n, c.iso, c.zone)
	}
	for i, zone := range periodZones {
		r := rand.New(rand.NewPCG(uint64(i), 23))
		f := foldIn(t, zone, "01-01")
		for range 300 {
			y, m, d := 1990+r.IntN(50), time.Month(1+r.IntN(12)), 1+r.IntN(28)
			day := f.firstOf(y, m, d)
			n := 1 + r.IntN(40)
			require.Equal(t, f.firstOf(y, m, d+n), f.after(day, "P1D", n), "%d days after %s in %s", n, day, zone)
			require.Equal(t, f.firstOf(y, m, d-n), f.days(day, -n), "%d days before %s in %s", n, day, zone)
			require.Equal(t, f.firstOf(y, m+time.Month(n), d), f.after(day, "P1M", n), "%d months after %s in %s", n, day, zone)
			require.Equal(t, f.firstOf(y+n, m, d), f.after(day, "P12M", n))
			last := f.overdue(day)
			require.Equal(t, f.firstOf(y, m, d+1), last, "what is due on a day is late at its end")
			require.Equal(t, InstantOf(day.Time().Add(time.Minute)), f.overdue(InstantOf(day.Time().Add(time.Minute))), "what is due at an instant is late at once")
		}
	}
}
