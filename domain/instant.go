package domain

import (
	"fmt"
	"time"
)

// Instant is a point on the effective clock, in UTC, to the nanosecond. Its zero value is the beginning of the year 1.
// It is comparable with == and small enough to be copied freely.
//
// An interval of instants is half-open, [from, until): it holds its first instant and not its last.
type Instant struct {
	sec  int64 // seconds since 1970-01-01T00:00:00Z, minus those of the year 1, so that the zero value is valid
	nsec int32
}

const (
	year1   = -62135596800 // 0001-01-01T00:00:00Z in Unix seconds
	year10k = 253402300800 // 10000-01-01T00:00:00Z in Unix seconds
)

// Beginning is before every instant an act may name, and Forever after every one of them.
var (
	Beginning = Instant{sec: -1}
	Forever   = Instant{sec: year10k - year1}
)

// InstantOf gives the instant of t. An instant outside the years 1 to 9999 becomes Beginning or Forever.
func InstantOf(t time.Time) Instant {
	s := t.Unix() - year1
	switch {
	case s < 0:
		return Beginning
	case s >= Forever.sec:
		return Forever
	}
	return Instant{sec: s, nsec: int32(t.Nanosecond())}
}

// Time gives the instant as a time in UTC.
func (i Instant) Time() time.Time { return time.Unix(i.sec+year1, int64(i.nsec)).UTC() }

// Compare is negative, zero or positive as i is before, at or after j.
func (i Instant) Compare(j Instant) int {
	switch {
	case i.sec < j.sec:
		return -1
	case i.sec > j.sec:
		return 1
	case i.nsec < j.nsec:
		return -1
	case i.nsec > j.nsec:
		return 1
	}
	return 0
}

// Before tells whether i is earlier than j.
func (i Instant) Before(j Instant) bool { return i.sec < j.sec || i.sec == j.sec && i.nsec < j.nsec }

// String gives the instant in RFC 3339, in UTC, with as many fractional digits as it needs.
func (i Instant) String() string {
	switch i {
	case Beginning:
		return "the beginning"
	case Forever:
		return "for ever"
	}
	return i.Time().Format(time.RFC3339Nano)
}

// MarshalText gives the instant in RFC 3339, in UTC; Beginning and Forever as nothing.
func (i Instant) MarshalText() ([]byte, error) {
	if i == Beginning || i == Forever {
		return nil, nil
	}
	return []byte(i.String()), nil
}

// UnmarshalText reads an RFC 3339 instant; a date alone is an error, since it needs a time zone (see [ParseInstant]).
func (i *Instant) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = Forever
		return nil
	}
	v, isDate, err := ParseInstant(string(b), time.UTC)
	if err == nil && isDate {
		err = fmt.Errorf("%q is a date; an instant with its time zone is wanted", b)
	}
	*i = v
	return err
}

// ParseInstant reads an instant as RFC 3339 writes it, or a date (YYYY-MM-DD), which is the first instant of that day in
// zone. It tells which of the two it was.
func ParseInstant(s string, zone *time.Location) (at Instant, isDate bool, err error) {
	if len(s) == len(time.DateOnly) {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			return Instant{}, false, fmt.Errorf("%q is no date of the form YYYY-MM-DD", s)
		}
		if d.Year() < 1 {
			return Instant{}, false, fmt.Errorf("%q is outside the years 1 to 9999", s)
		}
		at := InstantOf(FirstOfDay(d.Year(), d.Month(), d.Day(), zone))
		if at == Beginning || at == Forever {
			return Instant{}, false, fmt.Errorf("%q is outside the years 1 to 9999", s)
		}
		return at, true, nil
	}
	// time.Parse takes a comma for a point and hours without a leading zero; RFC 3339 does not.
	if len(s) < len("2006-01-02T15:04:05Z") || s[10] != 'T' || s[13] != ':' || s[16] != ':' || len(s) > 19 && s[19] == ',' {
		return Instant{}, false, fmt.Errorf("%q is no date (YYYY-MM-DD) and no RFC 3339 instant with its time zone (2026-03-01T09:00:00Z)", s)
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	if err == nil {
		err = checkFinest(s)
	}
	if err != nil {
		return Instant{}, false, fmt.Errorf("%q is no date (YYYY-MM-DD) and no RFC 3339 instant with its time zone (2026-03-01T09:00:00Z)", s)
	}
	at = InstantOf(t)
	if at == Beginning || at == Forever {
		return Instant{}, false, fmt.Errorf("%q is outside the years 1 to 9999", s)
	}
	return at, false, nil
}

// checkFinest refuses what time.Parse lets pass: parts of a nanosecond, and offsets that no clock shows.
func checkFinest(s string) error {
	rest := s[19:]
	if rest[0] == '.' {
		digits := 1
		for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
			digits++
		}
		if digits > 10 {
			return fmt.Errorf("%q is finer than a nanosecond", s)
		}
		rest = rest[digits:]
	}
	if len(rest) == len("+00:00") && (rest[1:3] > "23" || rest[4:6] > "59") {
		return fmt.Errorf("%q has no offset of a time zone", s)
	}
	return nil
}

// FirstOfDay is the first instant of the given day in zone: midnight, the earlier one where clocks are set back over it,
// or the end of the gap where they skip it.
func FirstOfDay(year int, month time.Month, day int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	start, end := t.ZoneBounds()
	// Of a midnight that does not exist, or exists twice, time.Date does not say which way it errs.
	if t.Day() != day {
		return end
	}
	if start.IsZero() {
		return t
	}
	before := start.Add(-1)
	early := time.Date(year, month, day, 0, 0, 0, 0, time.FixedZone("", offset(before, zone)))
	if early.Before(start) {
		return early.In(zone)
	}
	if y, m, d := start.In(zone).Date(); start.Before(t) && y == year && m == month && d == day && before.In(zone).Day() != day {
		return start
	}
	return t
}

func offset(t time.Time, zone *time.Location) int {
	_, o := t.In(zone).Zone()
	return o
}
