package cli

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"time"

	"buckstop/cmd/internal/report"
	"buckstop/domain"

	"github.com/spf13/cobra"
)

// outgoing is a report in every form in which it can leave.
type outgoing struct {
	doc   any                 // the JSON document
	table func() report.Table // the CSV
	text  func(*screen)       // for people
}

// reporting makes of a question that a report answers what a command runs, and gives the command its -o: text on the standard
// output where nothing else is asked for.
func (a *app) reporting(cmd *cobra.Command, question func(v *domain.View, args []string) (outgoing, error)) {
	file := ""
	cmd.Flags().StringVarP(&file, "output", "o", "", "write a `FILE` in the format of its extension: .txt, .json or .csv; - is\nthe standard output, as is -.csv")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.formatOf(cmd, file)
		if err != nil {
			return err
		}
		var out bytes.Buffer
		err = a.asking(func(v *domain.View, args []string) error {
			o, err := question(v, args)
			if err == nil {
				err = a.render(&out, o, format, report.ToStream(file))
			}
			return err
		})(cmd, args)
		switch {
		case err != nil:
			return err
		case report.ToStream(file):
			_, err = a.out.Write(out.Bytes())
			return err
		}
		if err := report.WriteFile(file, func(w io.Writer) error { _, err := w.Write(out.Bytes()); return err }); err != nil {
			return &problem{Code: codeFailure, Detail: err.Error(), Cure: "Nothing was written.", File: file}
		}
		a.err.printf("Wrote %s.\n", file)
		return nil
	}
}

// formatOf gives the format that -o and --json ask for.
func (a *app) formatOf(cmd *cobra.Command, file string) (report.Format, error) {
	if file == "" || file == "-" {
		if a.flags.json {
			return report.JSON, nil
		}
		return report.Text, nil
	}
	format, err := report.FormatOf(file)
	var unknown *report.UnknownFormat
	if errors.As(err, &unknown) {
		return "", &problem{Code: codeUsage, Detail: unknown.Error(), Cure: unknown.Possible(), Path: "--output"}
	}
	if err == nil && a.given["json"] && format != report.JSON {
		return "", usage(cmd, "--json and -o %s name two formats; give one", file)
	}
	return format, err
}

// render writes a report in a format, as the standard output shows it or as a file holds it.
func (a *app) render(w io.Writer, o outgoing, format report.Format, stream bool) error {
	switch format {
	case report.JSON:
		b, err := plainJSON(o.doc)
		if err != nil {
			return err
		}
		if !stream || a.out.terminal {
			b = indented(b, "")
		}
		_, err = w.Write(append(b, '\n'))
		return err
	case report.CSV:
		return o.table().WriteCSV(w)
	}
	s := newScreen(w, a.env)
	if stream {
		*s = *a.out
		s.Writer = w
	}
	o.text(s)
	return nil
}

// laid prints a table for people, no wider than a screen or a page.
func (s *screen) laid(indent string, t report.Table) {
	for _, line := range t.Lines(s.width-visible(indent), s.dim) {
		s.printf("%s\n", strings.TrimRight(indent+line, " "))
	}
}

// marked colours words that may come to lie on several lines.
func (s *screen) marked(words string) string {
	all := strings.Fields(words)
	for i, w := range all {
		all[i] = s.yellow(w)
	}
	return strings.Join(all, " ")
}

// iso writes an instant for a table that programs read: a date where it is the beginning of a day, nothing for none.
func (c calendar) iso(i domain.Instant) string {
	if i == domain.Beginning || i == domain.Forever {
		return ""
	}
	t := i.Time().In(c.zone)
	if c.begins(t) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.RFC3339Nano)
}

// last writes, for a table, the last day that something covers, given the first instant not covered.
func (c calendar) last(until domain.Instant) string {
	if until == domain.Forever {
		return ""
	}
	t := until.Time().In(c.zone)
	if c.begins(t) {
		return t.AddDate(0, 0, -1).Format("2 Jan 2006")
	}
	return "until " + c.short(t)
}
