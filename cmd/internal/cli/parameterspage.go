package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"buckstop/domain"
	"buckstop/projections"
)

// parametersPage prints the answer to parameters as a company secretary would put it, section by section, with what is not
// set in its place among them.
type parametersPage struct {
	*screen
	names
	calendar
	p       *projections.Parameters
	missing []string // said in one paragraph where several follow one another
}

func (p *parametersPage) print() {
	a := p.p
	p.printf("%s\n", p.bold(labelled(a.Scope, a.ScopeName.Text)))
	p.wrapped("", "", p.heading(a.At, a.Known.Seq, a.Known.Recorded))
	if a.Purpose == nil {
		p.missing = append(p.missing, "No purpose is defined.")
	} else {
		p.section("Purpose of the organization")
		p.wrapped("  ", "  ", a.Purpose.Statement.String())
		p.standing(a.Purpose.Since, a.Purpose.Act, projections.Time{Instant: domain.Forever})
	}
	listing(p, "Directions", "No direction is set for it.", a.Directions, p.direction)
	listing(p, "Policies", "No policy is adopted for it.", a.Policies, p.policy)
	listing(p, "Appetites", "No appetite is set for it.", a.Appetites, p.appetite)
	listing(p, "Criteria", "No criteria are set for it.", a.Criteria, p.criteria)
	listing(p, "Reserved to the governing body", "Nothing is reserved to the governing body.", a.Matters, p.matter)
	p.lacking()
	p.printf("\n")
	p.wrapped(p.dim("Rests on acts "), strings.Repeat(" ", 14), p.dim(strings.Join(a.Because, ", ")))
}

// listing prints one section, or has it said that there is nothing in it.
func listing[T any](p *parametersPage, title, none string, all []T, print func(*T)) {
	if len(all) == 0 {
		p.missing = append(p.missing, none)
		return
	}
	p.section(title)
	for i := range all {
		if i > 0 {
			p.printf("\n")
		}
		print(&all[i])
	}
}

func (p *parametersPage) section(title string) {
	p.lacking()
	p.printf("\n%s\n", p.bold(title))
}

// lacking says what the sections before this one would have held.
func (p *parametersPage) lacking() {
	if len(p.missing) > 0 {
		p.printf("\n")
		p.wrapped("", "", p.yellow(strings.Join(p.missing, " ")))
		p.missing = nil
	}
}

func (p *parametersPage) direction(d *projections.Direction) {
	p.titled(d.ID)
	p.statement(d.Statement)
	p.setFor(d.Scope)
	if d.Value != nil {
		p.label("value", d.Value.String())
	}
	p.standing(d.Since, d.Act, d.ReviewBy)
}

func (p *parametersPage) policy(d *projections.Policy) {
	p.titled(fmt.Sprintf("%s, version %s", labelled(d.ID, d.Title.Text), d.Version))
	p.setFor(d.Scope)
	by := labelled(d.By, d.ByName.Text)
	switch d.ByKind {
	case "governing":
		p.label("adopted", "by the governing body, "+by)
	case "committee", "forum":
		p.label("adopted", "by "+article(d.ByKind)+", "+by)
	default:
		p.label("adopted", "by management: "+by)
	}
	if len(d.Within) > 0 {
		p.label("within", strings.Join(p.respected(d.Within), ", "))
	} else {
		p.label("within", p.yellow("no direction or appetite"))
	}
	if d.SHA256 != "" {
		p.label("sha256", d.SHA256)
	}
	p.standing(d.Since, d.Act, d.ReviewBy)
}

// respected says of the directions and appetites that a policy respects which are not, or no longer, in force for the scope.
func (p *parametersPage) respected(ids []string) []string {
	out := slices.Clone(ids)
	for i, id := range ids {
		if !slices.ContainsFunc(p.p.Directions, func(d projections.Direction) bool { return d.ID == id }) &&
			!slices.ContainsFunc(p.p.Appetites, func(a projections.Appetite) bool { return a.ID == id }) {
			out[i] += " " + p.yellow("(not in force for it)")
		}
	}
	return out
}

func (p *parametersPage) appetite(d *projections.Appetite) {
	p.titled(fmt.Sprintf("%s: %s (%s)", d.Category, p.bold(d.Stance), d.ID))
	p.statement(d.Statement)
	p.setFor(d.Scope)
	for i, m := range d.Measures {
		past := "above"
		if m.LowerIsWorse {
			past = "below"
		}
		p.label([]string{"measures", ""}[min(i, 1)], fmt.Sprintf("%s: amber %s %s, red %s %s %s", m.Metric, past, grouped(m.Amber),
			past, grouped(m.Red), m.Unit))
	}
	p.standing(d.Since, d.Act, d.ReviewBy)
}

func (p *parametersPage) criteria(d *projections.Criteria) {
	p.titled(d.ID)
	p.statement(d.Statement)
	p.setFor(d.Scope)
	if len(d.Levels) > 0 {
		p.label("levels", strings.Join(d.Levels, "; "))
	}
	p.standing(d.Since, d.Act, projections.Time{Instant: domain.Forever})
}

func (p *parametersPage) matter(d *projections.Matter) {
	p.titled(labelled(d.ID, d.Name.Text))
	p.setFor(d.Scope)
	p.label("powers", strings.Join(d.Powers, ", "))
	p.standing(d.Since, d.Act, projections.Time{Instant: domain.Forever})
}

func (p *parametersPage) titled(words string) { p.wrapped("  ", "  ", words) }

// setFor says where a parameter is set when that is not the scope asked about.
func (p *parametersPage) setFor(scope string) {
	if scope != p.p.Scope {
		p.label("set for", p.scope(scope))
	}
}

// statement prints a text, line by line.
func (p *parametersPage) statement(t projections.Text) {
	for line := range strings.Lines(t.String()) {
		p.wrapped("    ", "    ", line)
	}
}

func (p *parametersPage) label(name, words string) {
	p.wrapped(fmt.Sprintf("    %s ", p.dim(fmt.Sprintf("%-8s", name))), strings.Repeat(" ", 13), words)
}

// standing says since when something holds, by which act, and when it is to be reviewed.
func (p *parametersPage) standing(since domain.Instant, act string, review projections.Time) {
	p.label("since", fmt.Sprintf("%s, by act %s", p.day(since), act))
	if !review.IsZero() {
		p.label("review", p.review(review.Instant))
	}
}

// review says when a review is wanted. It is overdue once the day of its date is over, or its time is past.
func (p *parametersPage) review(by domain.Instant) string {
	due, at := by.Time().In(p.zone), p.p.At.Time().In(p.zone)
	switch {
	case p.p.At.Before(by):
		return "by " + p.day(by)
	case p.begins(due) && at.Format(time.DateOnly) == due.Format(time.DateOnly):
		return p.yellow("due on " + p.day(by))
	}
	return p.yellow("overdue since " + p.day(by))
}
