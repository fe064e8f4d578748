package cli

import (
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/projections"
)

// table is the statement as one dated table. Its until is the first instant not covered, empty where something goes on.
func (p statementPage) table() report.Table {
	s := p.s
	t := report.Table{Columns: []string{"section", "from", "until", "what", "scope", "detail", "acts"}}
	add := func(section string, over projections.Span, what, scope, detail string) {
		t.Add(section, p.iso(over.From.Instant), p.iso(over.Until.Instant), what, scope, detail, joined(over.Because))
	}
	p.deedRows(&t, "identity", s.Identity)
	for _, seats := range []struct {
		section string
		all     []projections.Office
	}{{"seat", s.Seats}, {"occupant", s.Occupants}} {
		for i := range seats.all {
			o := &seats.all[i]
			what := labelled(o.Post, o.PostName.Text)
			if seats.section == "occupant" {
				what = labelled(o.Party, o.Name.Text)
			}
			detail := []string{seatedAs(p.names, projections.Occupant{As: o.As, Covers: o.Covers, AlternateFor: o.AlternateFor})}
			if !o.Term.IsZero() {
				detail = append(detail, "for a term "+p.through(o.Term.Instant))
			}
			add(seats.section, o.Span, what, "", joined(detail))
		}
	}
	for _, v := range s.Vacancies {
		add("vacancy", v.Span, v.Post, "", "nobody in office")
	}
	for _, u := range s.Ultimate {
		add("ultimate", u.Span, labelled(u.Body, u.Name.Text), "", "the governing body remains accountable for everything")
	}
	for _, ms := range []struct {
		section string
		all     []projections.Mandate
	}{{"authority", s.Authority}, {"delegated", s.Delegated}, {"fallen", s.Fallen}} {
		for i := range ms.all {
			for k := range ms.all[i].Spells {
				sp := &ms.all[i].Spells[k]
				add(ms.section, sp.Span, ms.all[i].Delegation, sp.Scope, p.told(&ms.all[i], sp))
			}
		}
	}
	p.deedRows(&t, "decision", s.Decisions)
	p.deedRows(&t, "account", s.Accounts)
	p.deedRows(&t, "assurance", s.Assurance)
	p.handoverRows(add)
	for i := range s.Covers {
		c := &s.Covers[i]
		add("cover", c.Span, labelled(c.Actor, c.ActorName.Text)+" for "+labelled(c.Absent, c.AbsentName.Text), "",
			labelled(c.Post, c.PostName.Text)+": "+joined(c.Delegations))
	}
	return t
}

// handoverRows adds from whom and to whom seats went.
func (p *statementPage) handoverRows(add func(section string, over projections.Span, what, scope, detail string)) {
	for i := range p.s.Handovers {
		h := &p.s.Handovers[i]
		var detail []string
		if h.Predecessor != nil {
			detail = append(detail, "after "+p.neighbour(h.Predecessor))
		}
		if h.VacantBefore != nil {
			detail = append(detail, "before it vacant "+lower(p.over(*h.VacantBefore)))
		}
		if h.Successor != nil {
			detail = append(detail, "before "+p.neighbour(h.Successor))
		}
		if h.VacantAfter != nil {
			detail = append(detail, "after it vacant "+lower(p.over(*h.VacantAfter)))
		}
		add("handover", h.Span, labelled(h.Party, h.Name.Text)+" as "+labelled(h.Post, h.PostName.Text), "", joined(detail))
	}
}

// told says in one cell what a delegation said over a time.
func (p *statementPage) told(m *projections.Mandate, sp *projections.Terms) string {
	from := m.From
	if n := len(sp.Chain); n > 0 { // a governing body that succeeded the one that delegated it
		from = sp.Chain[n-1].From
	}
	out := []string{stated(sp.State), "from " + from + " to " + m.To}
	if m.Through != "" {
		out = append(out, "by the seat "+m.Through)
	}
	if sp.State == "in-force" {
		out = append(out, "powers: "+strings.Join(sp.Powers, ", "))
	}
	if len(sp.Reserved) > 0 {
		out = append(out, "reserved: "+strings.Join(sp.Reserved, ", "))
	}
	if len(sp.Limits) > 0 {
		out = append(out, "limits: "+strings.Join(limitCells(sp.Limits), ", "))
	}
	if !sp.Ends.IsZero() {
		out = append(out, "ends: "+p.iso(sp.Ends.Instant))
	}
	for _, r := range sp.Responsibilities {
		out = append(out, "duty: "+r.Statement.String())
	}
	for _, c := range sp.Conditions {
		out = append(out, "condition: "+c.Text.String())
	}
	if sp.Vacant {
		out = append(out, "nobody in office to answer for it")
	}
	return joined(out)
}

func (p *statementPage) deedRows(t *report.Table, section string, all []projections.Deed) {
	for i := range all {
		d := &all[i]
		var detail []string
		for _, part := range []string{d.As, textOf(d.Detail), d.State} {
			if part != "" {
				detail = append(detail, part)
			}
		}
		if d.Resolution != "" {
			detail = append(detail, "resolution "+d.Resolution)
		}
		t.Add(section, p.iso(d.Effective), "", d.Sentence, d.Scope, joined(detail), joined(d.Because))
	}
}
