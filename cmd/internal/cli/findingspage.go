package cli

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/domain"
	"buckstop/projections"
)

// findingsPage is the list of findings as a board reads it: how many and how severe, then group by group, those of one code
// together.
type findingsPage struct {
	*screen
	names
	calendar
	f     *projections.Findings
	by    projections.FindingsQuery
	whole bool // no group is shortened
}

// mostOfOneCode bounds how many findings of one code are shown one by one. A shortened group shows so many.
const (
	mostOfOneCode = 10
	ofManyShown   = 3
)

func (p findingsPage) print(to *screen) {
	p.screen = to
	var acts []uint64
	name, _ := p.v.Organization(&acts)
	p.printf("%s\n", p.bold("Findings"))
	p.wrapped("", "", name.String())
	p.printf("\n")
	p.opening()
	open := slices.Clone(p.f.Findings)
	cured := slices.DeleteFunc(slices.Clone(open), func(f projections.Finding) bool { return f.Cured == nil })
	open = slices.DeleteFunc(open, func(f projections.Finding) bool { return f.Cured != nil })
	for _, severity := range slices.Backward(domain.Severities()) {
		some := slices.DeleteFunc(slices.Clone(open), func(f projections.Finding) bool { return f.Severity != severity })
		if len(some) > 0 {
			p.printf("\n%s\n", p.ruled(strings.ToUpper(string(severity))))
			p.groups(some)
		}
	}
	if len(cured) > 0 {
		p.printf("\n%s\n", p.ruled("CURED"))
		p.groups(cured)
	}
}

// ruled writes a heading that runs across.
func (p findingsPage) ruled(words string) string {
	rest := min(p.width, paragraph) - visible(words) - 1
	return p.bold(words) + " " + p.dim(strings.Repeat("─", max(rest, 3)))
}

// opening is the first sentence: how many there are and how severe, for when, and what was left out.
func (p findingsPage) opening() {
	f := p.f
	when := p.heading(f.At, f.Known.Seq, f.Known.Recorded)
	n, severe := 0, map[domain.Severity]int{}
	for _, x := range f.Findings {
		if x.Cured == nil {
			n++
			severe[x.Severity]++
		}
	}
	var parts []string
	for _, s := range slices.Backward(domain.Severities()) {
		switch {
		case severe[s] == n && n > 0:
			parts = append(parts, fmt.Sprintf("%s%s", plural(n, "", "all "), s))
		case severe[s] > 0:
			parts = append(parts, fmt.Sprintf("%s %s", grouped(fmt.Sprint(severe[s])), s))
		}
	}
	words := fmt.Sprintf("Nothing%s is to be found%s %s.", p.ofKind(), p.over(), when)
	if n > 0 {
		words = fmt.Sprintf("%s%s%s %s: %s.", counted(n, "finding"), p.ofKind(), p.over(), when, listed(parts))
	}
	p.wrapped("", "", p.bold(words)+p.asideOfCured(n))
}

// ofKind and over say which findings were asked for.
func (p findingsPage) ofKind() string {
	out := ""
	if p.by.Code != "" {
		out += " of the code " + p.by.Code
	}
	return out + ofSeverity(p.by.Severity)
}

func (p findingsPage) over() string {
	if p.by.Scope == "" {
		return ""
	}
	return " over " + p.scope(p.by.Scope) + " or a scope below it"
}

// asideOfCured says how many are cured, beside so many that are open.
func (p findingsPage) asideOfCured(open int) string {
	by := p.by
	by.Open = false
	all, err := projections.AskFindings(p.v, by)
	if err != nil || len(all.Findings) == open {
		return ""
	}
	n := len(all.Findings) - open
	says := " " + counted(n, "finding")
	if open > 0 {
		says = " " + grouped(fmt.Sprint(n)) + " more"
	}
	says += plural(n, " is cured", " are cured")
	if p.by.Open {
		says += "; --all shows " + plural(n, "it", "them")
	}
	return says + "."
}

// groups prints findings, those of one code under one title.
func (p findingsPage) groups(all []projections.Finding) {
	for len(all) > 0 {
		n := slices.IndexFunc(all, func(f projections.Finding) bool { return f.Code != all[0].Code })
		if n < 0 {
			n = len(all)
		}
		p.group(all[:n])
		all = all[n:]
	}
}

func (p findingsPage) group(all []projections.Finding) {
	first := &all[0]
	words := p.bold(first.Title) + fmt.Sprintf(" (%s)", first.Code)
	if len(all) > 1 {
		words += ": " + grouped(fmt.Sprint(len(all)))
	}
	p.printf("\n")
	p.wrapped("", "", words)
	shared := !slices.ContainsFunc(all, func(f projections.Finding) bool { return !slices.Equal(f.Clauses, first.Clauses) })
	if shared && len(first.Clauses) > 0 {
		p.wrapped("", "", p.dim("Bears on "+clauses(first.Clauses)))
	}
	shown := all
	if len(all) > mostOfOneCode && !p.whole {
		shown = all[:ofManyShown]
	}
	for i := range shown {
		p.printf("\n")
		p.finding(&shown[i], !shared)
	}
	if len(shown) < len(all) {
		p.printf("\n")
		p.rest(all[len(shown):])
	}
}

func (p findingsPage) finding(f *projections.Finding, clausesToo bool) {
	p.wrapped("  ", "  ", f.Sentence)
	if !f.Since.IsZero() {
		p.label("since", p.day(f.Since.Instant))
	}
	if f.Cured != nil {
		p.label("cured", fmt.Sprintf("by %s on %s, by act %s", p.party(f.Cured.By), p.day(f.Cured.Since), f.Cured.Act))
	} else {
		p.label("to cure", toCure(f))
	}
	if clausesToo && len(f.Clauses) > 0 {
		p.label("clauses", clauses(f.Clauses))
	}
	if acts := f.Acts; len(acts) > 0 {
		more := ""
		if n := len(acts) - mostActsShown; n > 1 && !p.whole {
			acts, more = acts[:mostActsShown], fmt.Sprintf(" and %d more", n)
		}
		p.label(plural(len(f.Acts), "act", "acts"), strings.Join(acts, ", ")+more)
	}
}

// mostScopesNamed bounds how many scopes of findings that are not shown are named.
const mostScopesNamed = 4

// mostActsShown bounds how many acts of one finding are listed.
const mostActsShown = 8

func (p findingsPage) label(name, words string) {
	p.wrapped(fmt.Sprintf("    %s ", p.dim(fmt.Sprintf("%-8s", name))), strings.Repeat(" ", 13), words)
}

// rest says of the findings of a group that are not shown what they are over, and how to see them.
func (p findingsPage) rest(all []projections.Finding) {
	count, order := map[string]int{}, []string{}
	earliest := domain.Forever
	for _, f := range all {
		if count[f.Scope] == 0 {
			order = append(order, f.Scope)
		}
		count[f.Scope]++
		if f.Since.Before(earliest) {
			earliest = f.Since.Instant
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return count[b] - count[a] })
	var over []string
	for _, s := range order {
		if len(order) > mostScopesNamed {
			over = []string{counted(len(order), "scope")}
			break
		}
		words := "none in particular"
		if s != "" {
			words = p.scope(s)
		}
		if len(order) > 1 {
			words += fmt.Sprintf(" (%s)", grouped(fmt.Sprint(count[s])))
		}
		over = append(over, words)
	}
	words := fmt.Sprintf("%s more, over %s", grouped(fmt.Sprint(len(all))), listed(over))
	if earliest != domain.Forever && earliest != domain.Beginning {
		words += "; the earliest since " + p.day(earliest)
	}
	p.wrapped("  ", "  ", p.yellow(words+".")+fmt.Sprintf(" To see them all: add --code %s, or -o findings.csv.", all[0].Code))
}

// clauses writes references to clauses as people know them, standard by standard: ISO 37000 4.2.2 and 6.8; ISO/IEC 42001 5.3.
func clauses(all []string) string {
	var order []string
	of := map[string][]string{}
	for _, c := range all {
		standard, clause, ok := strings.Cut(c, ":")
		name := standards[standard]
		if !ok || name == "" {
			name, clause = c, ""
		}
		if of[name] == nil {
			order = append(order, name)
		}
		of[name] = append(of[name], clause)
	}
	for i, name := range order {
		order[i] = strings.TrimSpace(name + " " + listed(of[name]))
	}
	return strings.Join(order, "; ")
}

var standards = map[string]string{"iso37000": "ISO 37000", "iso42001": "ISO/IEC 42001", "iso27001": "ISO/IEC 27001", "iso9001": "ISO 9001"}

func (p findingsPage) table() report.Table {
	t := report.Table{Columns: []string{"severity", "code", "title", "kind", "about", "scope", "party", "since", "sentence", "cure_type", "cure",
		"clauses", "acts", "cured_by", "cured_since", "cured_act"}}
	for i := range p.f.Findings {
		f := &p.f.Findings[i]
		by, since, act := "", "", ""
		if f.Cured != nil {
			by, since, act = f.Cured.By, p.iso(f.Cured.Since), f.Cured.Act
		}
		t.Add(string(f.Severity), string(f.Code), f.Title, f.Kind, f.About, f.Scope, f.Party, p.iso(f.Since.Instant), f.Sentence, f.Cure.Type,
			f.Cure.Words, joined(f.Clauses), joined(f.Acts), by, since, act)
	}
	return t
}
