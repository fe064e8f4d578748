package cli

import (
	"fmt"
	"strconv"
	"time"

	"buckstop/domain"

	"github.com/spf13/cobra"
)

// moment gives the instant that --at or --to names, now where it names none.
func (a *app) moment(flag, value string, zone *time.Location) (domain.Instant, error) {
	if value == "" {
		return domain.InstantOf(a.now()), nil
	}
	at, _, err := domain.ParseInstant(value, zone)
	if err != nil {
		return at, &problem{Code: codeUsage, Detail: err.Error(), Path: flag}
	}
	return at, nil
}

// sequence gives how much of the record --known or --to-known names: 0 for all of it. A date is its first instant, and a
// time stands for the last act recorded at or before it.
func (a *app) sequence(flag, value string, l *opened) (uint64, error) {
	if value == "" {
		return 0, nil
	}
	wrong := func(format string, args ...any) (uint64, error) {
		return 0, &problem{Code: string(domain.Invalid), Detail: fmt.Sprintf(format, args...), Path: flag}
	}
	if n, err := strconv.ParseUint(value, 10, 64); err == nil {
		if n == 0 {
			return wrong("acts are numbered from 1")
		}
		return n, nil
	}
	at, _, err := domain.ParseInstant(value, l.Zone())
	if err != nil {
		return 0, &problem{Code: codeUsage, Detail: err.Error() + ", nor a sequence number", Path: flag}
	}
	n := l.KnownAt(at.Time())
	switch {
	case n == 0:
		return wrong("nothing was recorded yet at %s", calendar{l.Zone()}.day(at))
	case n == l.Last() && at.Time().After(a.now()):
		return wrong("%s is yet to come; nobody can say what will be known then", calendar{l.Zone()}.day(at))
	}
	return n, nil
}

// ask opens the ledger and puts a question to it at the times that the flags name.
func (a *app) ask(l *opened, question func(*domain.View) error) error {
	at, err := a.moment("--at", a.flags.at, l.Zone())
	if err != nil {
		return err
	}
	known, err := a.sequence("--known", a.flags.known, l)
	if err != nil {
		return err
	}
	return put(l, at, known, question)
}

// asking makes of a question what a command runs: it opens the ledger, asks at the times given, and closes it.
func (a *app) asking(question func(v *domain.View, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		l, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer l.Close()
		return a.ask(l, func(v *domain.View) error { return question(v, args) })
	}
}

// put asks at one pair of times.
func put(l *opened, at domain.Instant, known uint64, question func(*domain.View) error) error {
	if l.Last() == 0 {
		return &problem{Code: codeNotFound, Detail: fmt.Sprintf("nothing is recorded in the ledger %s yet", l.ID()),
			Cure: "Open it with `buckstop init " + l.ID() + "`."}
	}
	if err := l.Ask(at, known, question); err != nil {
		return &asked{err}
	}
	return nil
}

// calendar writes times for people, as days of the ledger's time zone where they are days.
type calendar struct{ zone *time.Location }

// day writes an instant: 1 March 2026, or 1 March 2026, 09:30 GMT where it is not the beginning of a day.
func (c calendar) day(i domain.Instant) string {
	switch i {
	case domain.Beginning:
		return "the beginning"
	case domain.Forever:
		return "the end of time"
	}
	t := i.Time().In(c.zone)
	if c.begins(t) {
		return t.Format("2 January 2006")
	}
	return c.time(t)
}

// begins tells whether t is the first instant of its day.
func (c calendar) begins(t time.Time) bool {
	return domain.FirstOfDay(t.Year(), t.Month(), t.Day(), c.zone).Equal(t)
}

// through writes the end of a term, given the first instant not covered: through the day before it, or until a time.
func (c calendar) through(until domain.Instant) string {
	t := until.Time().In(c.zone)
	if c.begins(t) {
		return "through " + t.AddDate(0, 0, -1).Format("2 January 2006")
	}
	return "until " + c.time(t)
}

// time writes a time to the minute, to the second where that matters.
func (c calendar) time(t time.Time) string {
	t = t.In(c.zone)
	if t.Second() != 0 {
		return t.Format("2 January 2006, 15:04:05 MST")
	}
	return t.Format("2 January 2006, 15:04 MST")
}

// date writes the day a time falls on.
func (c calendar) date(t time.Time) string { return t.In(c.zone).Format("2 January 2006") }

// heading says for when an answer is right: the instant asked about, and how much of the record it knows.
func (c calendar) heading(at domain.Instant, known uint64, recorded time.Time) string {
	return fmt.Sprintf("on %s, as known at act %d (recorded %s)", c.day(at), known, c.date(recorded))
}

// short writes a time for a table: 1 Mar 2026, and the hour where it is not the beginning of a day.
func (c calendar) short(t time.Time) string {
	t = t.In(c.zone)
	if c.begins(t) {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan 2006 15:04")
}

// shortDate writes the day a time falls on, for a table.
func (c calendar) shortDate(t time.Time) string { return t.In(c.zone).Format("2 Jan 2006") }
