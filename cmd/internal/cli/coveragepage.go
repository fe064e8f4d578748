package cli

import (
	"fmt"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/domain/catalogue"
	"buckstop/projections"
)

// coveragePage is coverage as a board and its secretary read it: the answer in words, then at a glance, then clause by
// clause, then the duties.
type coveragePage struct {
	names
	calendar
	c *projections.Coverage
}

// classSigns stand for the classes where there is no room for their names.
var classSigns = map[catalogue.Class]string{catalogue.Governance: "G", catalogue.Hybrid: "H", catalogue.Management: "M"}

func (p coveragePage) print(s *screen) {
	var acts []uint64
	name, _ := p.v.Organization(&acts)
	s.wrapped("", "", s.bold("Coverage of "+p.c.Title))
	s.wrapped("", "", name.String())
	s.wrapped("", "", p.heading(p.c.At, p.c.Known.Seq, p.c.Known.Recorded))
	over := "Acts over any scope count."
	if p.c.Scope != "" {
		over = "Only acts that cover " + labelled(p.c.Scope, p.c.ScopeName.Text) + " count: those over it or over a scope above it."
	}
	s.wrapped("", "", over)
	if p.c.Only == nil {
		p.essay(s)
		p.glance(s)
		p.clauses(s)
		p.duties(s)
	} else if p.c.Only.Duties {
		p.duties(s)
	} else {
		p.clauses(s)
	}
	s.printf("\n")
	s.wrapped("", "", s.dim(p.c.Note))
}

// essay is the answer in words.
func (p coveragePage) essay(s *screen) {
	short, _, _ := strings.Cut(p.c.Title, ",")
	s.printf("\n%s\n", s.bold("Is our "+short+" governance or management?"))
	for i, words := range p.c.Essay {
		if i > 0 {
			s.printf("\n")
		}
		s.wrapped("", "", words)
	}
}

// glance shows in which parts of the standard governance lies, and how each part stands.
func (p coveragePage) glance(s *screen) {
	s.printf("\n%s\n", s.bold("At a glance"))
	row := func(first, second string, tallies []projections.Tally) []any {
		out := []any{first, second}
		var sum projections.Tally
		for _, t := range tallies {
			out = append(out, dashed(t.Met+t.Unmet+t.Usurped))
			sum.Met, sum.Unmet, sum.Usurped = sum.Met+t.Met, sum.Unmet+t.Unmet, sum.Usurped+t.Usurped
		}
		return append(out, dashed(sum.Met), dashed(sum.Unmet), dashed(sum.Usurped))
	}
	var rows [][]any
	for _, t := range p.c.Parts {
		rows = append(rows, row(t.Clause, t.Title, t.Tally))
	}
	for i, t := range p.c.Tally {
		one := make([]projections.Tally, len(p.c.Tally))
		one[i] = t
		rows = append(rows, row("", "All "+string(t.Class)+" ("+classSigns[t.Class]+")", one))
	}
	if len(p.c.Parts) > 1 {
		rows = append(rows, row("", "All", p.c.Tally))
	}
	for _, r := range rows {
		usurped := r[7].(string)
		r[7] = fmt.Sprintf("%*s", len("usurped"), usurped) // aligned here, since what is coloured is no number to the table
		if usurped != "–" {
			r[7] = s.red(r[7].(string))
		}
	}
	s.table([]any{"", "Clause", "G", "H", "M", "met", "unmet", "usurped"}, rows, 1)
	p.legend(s, " Counted are those with none below them.")
}

func (p coveragePage) legend(s *screen, more string) {
	s.wrapped("", "", s.dim("G is the governing body's, M management's; H has a half of each, and is met when both are. Usurped: only "+
		"management's acts show the governing body's half."+more))
}

// dashed writes a count for a table, in which most are nought.
func dashed(n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprint(n)
}

// clauses lists the clauses, each with who gave the evidence for its halves.
func (p coveragePage) clauses(s *screen) {
	title := "Clause by clause"
	if only := p.c.Only; only != nil {
		if only.Clause != "" {
			title = "Clause " + only.Clause
		}
		if only.Status != "" {
			title += ", " + string(only.Status)
		}
	}
	s.printf("\n%s\n", s.bold(title))
	if p.c.Only != nil {
		p.legend(s, "")
	}
	if len(p.c.Rows) == 0 {
		s.wrapped("", "", "There is none.")
		return
	}
	width := 0
	for _, r := range p.c.Rows {
		width = max(width, visible(p.c.Number(r.ID)))
	}
	for i := range p.c.Rows {
		p.clause(s, &p.c.Rows[i], width)
	}
}

func (p coveragePage) clause(s *screen, r *projections.Clause, width int) {
	number := fmt.Sprintf("%-*s", width, p.c.Number(r.ID))
	indent := strings.Repeat(" ", 15+width)
	if r.Status == "" {
		s.printf("\n")
		s.wrapped(indent[:13]+s.bold(number)+"  ", indent, s.bold(r.Title))
		return
	}
	s.wrapped(fmt.Sprintf("  %s  %s %s  ", classSigns[r.Class], p.status(s, r.Status, r.Class), number), indent, r.Title)
	for _, line := range p.halves(s, r) {
		s.wrapped(indent, indent+"   ", line)
	}
}

// halves says who gave the evidence for the halves of a clause; nothing where nobody gave any.
func (p coveragePage) halves(s *screen, r *projections.Clause) (lines []string) {
	g, m := r.Governance, r.Management
	if (g == nil || g.Acts == 0) && (m == nil || m.Acts == 0) {
		return nil
	}
	usurper := ""
	switch {
	case g == nil:
	case g.Status == projections.Met:
		lines = append(lines, s.dim("G")+"  "+p.shown(g.Acts, g.Evidence))
	case g.Status == projections.Usurped:
		e := g.Evidence[len(g.Evidence)-1]
		usurper = e.Act
		lines = append(lines, fmt.Sprintf("%s by %s (%s, %s%s); the governing body has not", s.red("usurped:"), called(e.By, e.ByName.Text), e.Type,
			p.day(e.Effective), further(g.Acts)))
	default:
		lines = append(lines, s.dim("G")+"  "+s.yellow("no act"))
	}
	switch {
	case m == nil:
	case m.Acts == 0 && r.Class == catalogue.Hybrid:
		lines = append(lines, s.dim("M")+"  "+s.yellow("no act"))
	case m.Acts > 0 && m.Evidence[len(m.Evidence)-1].Act != usurper:
		lines = append(lines, s.dim("M")+"  "+p.shown(m.Acts, m.Evidence))
	}
	return lines
}

// status writes a status as wide as the widest. What management has yet to do is no alarm in itself.
func (p coveragePage) status(s *screen, is projections.Status, class catalogue.Class) string {
	words := fmt.Sprintf("%-7s", is)
	switch {
	case is == projections.Usurped:
		return s.red(words)
	case is == projections.Unmet && class == catalogue.Management:
		return s.dim(words)
	case is == projections.Unmet:
		return s.yellow(words)
	}
	return words
}

// shown names the newest act that shows something, and says how many more there are.
func (p coveragePage) shown(n int, all []projections.Evidence) string {
	e := all[len(all)-1]
	return fmt.Sprintf("%s: %s, %s%s", called(e.By, e.ByName.Text), e.Type, p.short(e.Effective.Time()), further(n))
}

func further(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(", +%d more", n-1)
}

// duties lists what the governing body owes, and what would meet what is not met.
func (p coveragePage) duties(s *screen) {
	s.printf("\n%s\n", s.bold("What no clause of ISO/IEC 42001 asks: the governing body's duties"))
	if len(p.c.Duties) == 0 {
		s.wrapped("", "", "There is none that is "+string(p.c.Only.Status)+".")
	}
	const indent = "           "
	for _, d := range p.c.Duties {
		s.wrapped(fmt.Sprintf("  %s  ", p.status(s, d.Status, catalogue.Governance)), indent, d.Title)
		if d.Status == projections.Met {
			s.wrapped(indent, indent+"  ", p.shown(d.Acts, d.Evidence))
			continue
		}
		s.wrapped(indent+s.dim("cure:")+" ", indent+"  ", d.Cure.Type+": "+d.Cure.Words)
		s.wrapped(indent+s.dim("nearest clause:")+" ", indent+"  ", strings.TrimPrefix(d.Ceiling, "iso42001:")+", which stops short of it")
	}
}

// table is coverage for spreadsheets: a row a clause, then a row a duty. Clauses keep their catalogue's name, so that no
// spreadsheet takes their numbers for dates.
func (p coveragePage) table() report.Table {
	t := report.Table{Columns: []string{"catalogue", "clause", "title", "kind", "class", "status", "governance", "governance_status",
		"governance_evidence", "management", "management_status", "management_evidence", "note"}}
	for _, r := range p.c.Rows {
		cells := []string{p.c.Catalogue, r.ID, r.Title, r.Kind, string(r.Class), string(r.Status)}
		for _, h := range []*projections.Half{r.Governance, r.Management} {
			if h == nil {
				h = &projections.Half{}
			}
			cells = append(cells, h.Says, string(h.Status), p.cell(h.Acts, h.Evidence))
		}
		t.Add(append(cells, r.Note)...)
	}
	for _, d := range p.c.Duties {
		note := "nearest clause: " + d.Ceiling
		if d.Status != projections.Met {
			note += "; cure: " + d.Cure.Type + ": " + d.Cure.Words
		}
		t.Add("duty", d.ID, d.Title, "duty", string(catalogue.Governance), string(d.Status), d.Title, string(d.Status),
			p.cell(d.Acts, d.Evidence), "", "", "", note)
	}
	return t
}

// cell writes evidence into one cell, the newest first.
func (p coveragePage) cell(n int, all []projections.Evidence) string {
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i]
		out = append(out, fmt.Sprintf("%s %s by %s (%s)", e.Act, e.Type, e.By, p.iso(e.Effective)))
	}
	if more := n - len(all); more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return joined(out)
}
