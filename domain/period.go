package domain

import (
	"strconv"
	"strings"
	"time"

	"github.com/sosodev/duration"
)

// Calendar periods and terms, in the ledger's time zone.

// periodOf gives the period [from, until) of a limit that holds an instant: the day, the month, or the quarter or year as
// counted from the ledger's yearStart; for a total, all time.
func (f *fold) periodOf(per string, at Instant) (from, until Instant) {
	t := at.Time().In(f.zone)
	y, m, d := t.Date()
	if !at.Before(f.firstOf(y, m, d+1)) { // clocks were set back from a new day into the one that is over
		y, m, d = time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC).Date()
	}
	switch per {
	case "day":
		return f.firstOf(y, m, d), f.firstOf(y, m, d+1)
	case "month":
		return f.firstOf(y, m, 1), f.firstOf(y, m+1, 1)
	case "quarter", "year":
		months := 3
		if per == "year" {
			months = 12
		}
		from, until = f.yearMonth(y-1, 0), f.yearMonth(y-1, months)
		for k := months; !at.Before(until); k += months {
			from, until = until, f.yearMonth(y-1, k+months)
		}
		return from, until
	}
	return Beginning, Forever
}

// yearMonth gives the first instant of the period that begins so many months after the year that starts in a calendar
// year. A month that is too short has it on its last day.
func (f *fold) yearMonth(year, months int) Instant {
	mm, dd, _ := strings.Cut(f.yearStart, "-")
	m, _ := strconv.Atoi(mm)
	d, _ := strconv.Atoi(dd)
	y, mo, d := clamped(year, time.Month(m+months), d)
	return f.firstOf(y, mo, d)
}

// firstOf gives the first instant of a day; months and days beyond their ends run on.
func (f *fold) firstOf(y int, m time.Month, d int) Instant {
	y, m, d = time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Date()
	return InstantOf(FirstOfDay(y, m, d, f.zone))
}

// clamped gives the day of a month, or the month's last where it is shorter.
func clamped(y int, m time.Month, d int) (int, time.Month, int) {
	first := time.Date(y, m, 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.Year(), first.Month(), min(d, last)
}

// after gives the instant n times an ISO 8601 duration of whole days, weeks, months or years after another: months and
// years by the calendar, clamped to the ends of shorter months, at the same time of day.
func (f *fold) after(at Instant, iso string, n int) Instant {
	d, err := duration.Parse(iso)
	if err != nil {
		return Forever
	}
	t := at.Time().In(f.zone)
	y, m, day := t.Date()
	months := int(d.Years)*12 + int(d.Months)
	y, m, day = clamped(y, m+time.Month(months*n), day)
	y, m, day = time.Date(y, m, day+n*(int(d.Weeks)*7+int(d.Days)), 0, 0, 0, 0, time.UTC).Date()
	if FirstOfDay(t.Year(), t.Month(), t.Day(), f.zone).Equal(t) {
		return f.firstOf(y, m, day)
	}
	return InstantOf(time.Date(y, m, day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), f.zone))
}

// days gives the instant so many days after another, by the calendar; before it where they are negative.
func (f *fold) days(at Instant, n int) Instant {
	if at == Beginning || at == Forever {
		return at
	}
	t := at.Time().In(f.zone)
	if FirstOfDay(t.Year(), t.Month(), t.Day(), f.zone).Equal(t) {
		return f.firstOf(t.Year(), t.Month(), t.Day()+n)
	}
	return InstantOf(t.AddDate(0, 0, n))
}

// overdue gives the first instant at which what is due at another is late: a day has until its end, an instant is exact.
func (f *fold) overdue(due Instant) Instant {
	if due == Beginning || due == Forever {
		return due
	}
	t := due.Time().In(f.zone)
	if FirstOfDay(t.Year(), t.Month(), t.Day(), f.zone).Equal(t) {
		return f.days(due, 1)
	}
	return due
}
