package cli

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/projections"
)

// mandates prints a section of delegations: each with what it said when, and what became of it.
func (p *statementPage) mandates(title, say string, all []projections.Mandate) {
	if !p.heading(title, len(all)) {
		return
	}
	if say != "" {
		p.wrapped("   ", "   ", say)
		p.printf("\n")
	}
	for i := range all {
		m := &all[i]
		number := fmt.Sprintf("   %d.%d  ", p.section, i+1)
		rest := strings.Repeat(" ", visible(number))
		p.wrapped(number, rest, p.bold(m.Delegation)+": "+p.granted(m))
		for k := range m.Spells {
			var before *projections.Terms
			if k > 0 {
				before = &m.Spells[k-1]
			}
			p.spell(rest, m, before, &m.Spells[k])
		}
		if end := m.Spells[len(m.Spells)-1].Until; !end.IsZero() {
			finish := capital(p.finish(m))
			if why := p.why(m.Ended, m.EndNote); why != "" {
				finish += ": " + why
			}
			p.wrapped(rest, rest+"  ", finish+".")
		}
		p.printf("\n")
	}
}

// finish says when a delegation came to an end, or ended to concern the party.
func (p *statementPage) finish(m *projections.Mandate) string {
	last := &m.Spells[len(m.Spells)-1]
	day := p.through(last.Until.Instant)
	if m.EndedAs == "" {
		return "held " + day
	}
	return m.EndedAs + ", " + stated(last.State) + " " + day
}

// granted says who delegated what to whom, and by which seat it concerns the party.
func (p *statementPage) granted(m *projections.Mandate) string {
	return fmt.Sprintf("delegated by %s to %s on %s%s.", labelled(m.From, m.FromName.Text), labelled(m.To, m.ToName.Text), p.day(m.Granted.Instant),
		p.by(m))
}

// by says through which seat a delegation concerns the party.
func (p *statementPage) by(m *projections.Mandate) string {
	if m.Through == "" || m.Through == m.To {
		return ""
	}
	return "; by the seat in " + labelled(m.Through, m.ThroughName.Text)
}

// why names the acts by which something changed, and the term that ended.
func (p *statementPage) why(acts []projections.Cause, note string) string {
	var out []string
	for _, c := range acts {
		what := c.Sentence
		if by := p.person(c.By); !strings.HasPrefix(what, by+" ") {
			what = by + ": " + what
		}
		out = append(out, strings.TrimSuffix(what, ".")+" ("+c.Act+")")
	}
	if note != "" {
		out = append(out, note)
	}
	return strings.Join(out, "; ")
}

// spell prints what a delegation said over a time: the first one in full, each later one where it differs.
func (p *statementPage) spell(indent string, m *projections.Mandate, before, now *projections.Terms) {
	head := p.over(now.Span) + ": " + stated(now.State)
	if now.Vacant {
		head += ", nobody in office to answer for it"
	}
	if before != nil || m.Granted != now.From {
		if why := p.why(now.Began, now.Note); why != "" {
			head += ". " + capital(why)
		}
	}
	p.wrapped(indent, indent+"  ", head+".")
	if now.State != "in-force" {
		if before == nil {
			p.term(indent, "over", labelled(now.Scope, now.ScopeName.Text))
		}
		return
	}
	was := projections.Terms{}
	if before != nil && before.State == "in-force" {
		was = *before
	}
	fresh := was.State == ""
	if fresh || was.Scope != now.Scope {
		p.term(indent, "over", labelled(now.Scope, now.ScopeName.Text))
	}
	if fresh || !slices.Equal(was.Powers, now.Powers) {
		p.term(indent, "may", strings.Join(powers(now.Powers), ", "))
	}
	if !slices.Equal(was.Reserved, now.Reserved) {
		p.term(indent, "may not", or(strings.Join(now.Reserved, ", "), "nothing is reserved any more")+" (reserved to the governing body)")
	}
	if !slices.Equal(was.Limits, now.Limits) {
		p.terms(indent, "limits", limits(now.Limits), "none any more")
	}
	if !now.Ends.IsZero() && was.Ends != now.Ends {
		p.term(indent, "term", p.through(now.Ends.Instant))
	}
	if !slices.Equal(was.Responsibilities, now.Responsibilities) {
		var duties []string
		for _, r := range now.Responsibilities {
			duties = append(duties, r.Statement.String())
		}
		p.terms(indent, "duties", duties, "none any more")
	}
	if !slices.Equal(was.Conditions, now.Conditions) {
		var all []string
		for _, c := range now.Conditions {
			words := c.Text.String()
			if c.Delegation != m.Delegation {
				words += " (" + c.Delegation + ")"
			}
			all = append(all, words)
		}
		p.terms(indent, "if", all, "no conditions any more")
	}
	if !slices.Equal(was.Chain, now.Chain) {
		p.term(indent, "chain", p.line(now.Chain))
	}
}

// line writes a chain in one line, from the governing body down.
func (p *statementPage) line(chain []projections.Link) string {
	var b strings.Builder
	for i, l := range chain {
		if i == 0 {
			b.WriteString(p.person(l.From))
		}
		b.WriteString(" → " + p.person(l.To) + " by " + l.Delegation)
	}
	return b.String()
}

func (p *statementPage) terms(indent, label string, all []string, none string) {
	if len(all) == 0 {
		all = []string{none}
	}
	for i, words := range all {
		p.term(indent, []string{label, ""}[min(i, 1)], words)
	}
}

func (p *statementPage) term(indent, label, words string) {
	p.wrapped(indent+"  "+p.dim(fmt.Sprintf("%-8s", label))+" ", indent+strings.Repeat(" ", 11), words)
}

// deeds prints a section of acts.
func (p *statementPage) deeds(title string, all []projections.Deed) {
	if !p.heading(title, len(all)) {
		return
	}
	t := report.Table{Columns: []string{"Effective", "Recorded", "What was done", "Part taken", "Act"}}
	for i := range all {
		d := &all[i]
		what := []string{p.done(d)}
		if d.Detail != nil {
			what = append(what, d.Detail.String())
		}
		if d.Resolution != "" {
			what = append(what, "Resolution "+d.Resolution)
		}
		t.Add(p.short(d.Effective.Time()), p.shortDate(d.Recorded), strings.Join(what, "\n"), d.As, d.ID)
	}
	p.laid("   ", t)
	p.printf("\n")
}

func (p *statementPage) handovers() {
	if !p.heading("Handovers", len(p.s.Handovers)) {
		return
	}
	for i := range p.s.Handovers {
		h := &p.s.Handovers[i]
		words := fmt.Sprintf("%s: %s %s. ", labelled(h.Post, h.PostName.Text), labelled(h.Party, h.Name.Text), lower(p.over(h.Span)))
		switch {
		case h.Predecessor == nil:
			words += "Nobody came before"
		default:
			words += "Taken over from " + p.neighbour(h.Predecessor)
		}
		words += p.gap(h.VacantBefore) + ". "
		switch {
		case h.Until.IsZero():
		case h.Successor == nil:
			words += "Nobody has followed" + p.gap(h.VacantAfter) + "."
		default:
			words += "Handed over to " + p.neighbour(h.Successor) + p.gap(h.VacantAfter) + "."
		}
		p.wrapped("   ", "     ", strings.TrimSpace(words))
	}
	p.printf("\n")
}

func (p *statementPage) neighbour(n *projections.Neighbour) string {
	return labelled(n.Party, n.Name.Text) + ", in office " + lower(p.over(n.Span))
}

func (p *statementPage) gap(s *projections.Span) string {
	if s == nil {
		return ""
	}
	return "; vacant " + lower(p.over(*s))
}

func (p *statementPage) covers() {
	if len(p.s.Covers) == 0 {
		return
	}
	p.heading("Absences covered", 1)
	for i := range p.s.Covers {
		c := &p.s.Covers[i]
		held := "It held nothing by delegation meanwhile."
		if len(c.Delegations) > 0 {
			held = "It held " + listed(c.Delegations) + " meanwhile, for which the one who acted answers."
		}
		p.wrapped("   ", "     ", fmt.Sprintf("%s %s acted as %s in the absence of %s. %s", p.over(c.Span), labelled(c.Actor, c.ActorName.Text),
			labelled(c.Post, c.PostName.Text), labelled(c.Absent, c.AbsentName.Text), held))
	}
	p.printf("\n")
}
