package projections

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/domain/catalogue"
)

// essay answers whether what an organization does under a standard is governance or management: first from the standard, then
// from the organization's own acts, then from what no clause asks.
func essay(c *Coverage, from *catalogue.Catalogue) []string {
	t := &telling{Coverage: c, from: from, name: c.Title, leaves: map[string][]*Clause{}}
	if short, _, ok := strings.Cut(c.Title, ", "); ok {
		t.name = short
	}
	for i := range c.Rows {
		r := &c.Rows[i]
		if !r.Leaf || r.Status == "" {
			continue
		}
		part := c.part(from, r).Clause
		t.leaves[part] = append(t.leaves[part], r)
		t.rows = append(t.rows, r)
	}
	t.sort()
	out := []string{t.standard()}
	if acts := t.acts(); acts != "" {
		out = append(out, acts)
	}
	return append(out, t.duties())
}

// telling is an essay on its way.
type telling struct {
	*Coverage
	from   *catalogue.Catalogue
	name   string // of the standard, in short
	rows   []*Clause
	leaves map[string][]*Clause // of each part, by its number

	// The parts, by what governance has in them.
	governed []*Part // half of it or more
	framing  []*Part // a half that sets the appetite or the criteria within which management acts
	shared   []*Part // less, or another half
	managed  []*Part // nothing
}

// sort tells the parts apart by what governance has in them.
func (t *telling) sort() {
	for i := range t.Parts {
		p := &t.Parts[i]
		g, h, m := all(p.Tally[0]), all(p.Tally[1]), all(p.Tally[2])
		switch {
		case g+h == 0:
			t.managed = append(t.managed, p)
		case g > 0 && g >= h+m:
			t.governed = append(t.governed, p)
		case t.frames(p):
			t.framing = append(t.framing, p)
		default:
			t.shared = append(t.shared, p)
		}
	}
}

func all(t Tally) int { return t.Met + t.Unmet + t.Usurped }

// frames tells whether the governance halves of a part set limits: each is shown by an appetite or by criteria.
func (t *telling) frames(p *Part) bool {
	return !slices.ContainsFunc(t.leaves[p.Clause], func(r *Clause) bool {
		row, _ := t.from.Row(r.ID)
		return r.Governance != nil && !slices.ContainsFunc(row.ByGovernance, func(e domain.Demand) bool {
			return e.Type == "appetite.set" || e.Type == "criteria.set"
		})
	})
}

// controls tells whether a part holds the controls of an annex.
func (t *telling) controls(p *Part) bool { return t.leaves[p.Clause][0].Kind == "control" }

// standard says what the standard itself is.
func (t *telling) standard() string {
	g, h, m := all(t.Tally[0]), all(t.Tally[1]), all(t.Tally[2])
	n := g + h + m
	rows := fmt.Sprintf("%d %s of %s, counting those with none below them,", n, t.nouns(n != 1), t.name)
	whole := either(n == 1, "The one "+rows[2:]+" is ", "All "+rows+" are ")
	switch n {
	case g:
		return "Governance throughout. " + whole + "the governing body's to answer for."
	case m:
		return "Management throughout. " + whole + "management's; nothing is asked of the governing body, so that nothing done under it is governance."
	}
	verdict := "Some of each, as it is written."
	switch {
	case m*2 > n:
		verdict = "Mostly management, as it is written."
	case g*2 > n:
		verdict = "Mostly governance, as it is written."
	case m > g:
		verdict = "Some of each, and more of management, as it is written."
	case g > m:
		verdict = "Some of each, and more of governance, as it is written."
	}
	var counts []string
	if m > 0 {
		counts = append(counts, numbered(m)+either(m == 1, " is", " are")+" management's alone")
	}
	if g > 0 {
		counts = append(counts, numbered(g)+either(g == 1, " is", " are")+" governance")
	}
	if h > 0 {
		counts = append(counts, numbered(h)+either(h == 1, " has", " have")+" a half of each")
	}
	return strings.Join(slices.DeleteFunc([]string{verdict, fmt.Sprintf("Of the %s %s.", rows, listed(counts)),
		t.concentrated(), t.elsewhere()}, func(s string) bool { return s == "" }), " ")
}

// nouns names the rows of the standard: clauses and controls.
func (t *telling) nouns(many bool) string {
	var out []string
	for _, kind := range []string{"principle", "clause", "term", "control"} {
		if slices.ContainsFunc(t.rows, func(r *Clause) bool { return r.Kind == kind }) {
			out = append(out, kind+either(many, "s", ""))
		}
	}
	return listed(out)
}

// concentrated says in which parts governance lies.
func (t *telling) concentrated() string {
	var in, annex []string
	for _, p := range t.governed {
		if t.controls(p) {
			annex = append(annex, p.called())
		} else {
			in = append(in, "clause "+p.called())
		}
	}
	framed := false
	for _, p := range t.framing {
		if t.controls(p) {
			annex = append(annex, "the framing half of "+p.called())
			continue
		}
		words := "the framing half of clause " + p.called()
		if !framed {
			words += ", where the governing body sets the appetite, criteria and direction that management plans within"
			framed = true
		}
		in = append(in, words)
	}
	switch {
	case len(in) == 0 && len(annex) == 0:
		return ""
	case len(in) == 0:
		return "Governance is concentrated in the controls " + listed(annex) + "."
	case len(annex) == 0:
		return "Governance is concentrated in " + listed(in) + "."
	}
	return "Governance is concentrated in " + listed(in) + "; among the controls, in " + listed(annex) + "."
}

// elsewhere says in which other parts the governing body has a half, and which are management's.
func (t *telling) elsewhere() string {
	out := ""
	if len(t.shared) > 0 {
		out = "The governing body also has a part in " + t.listedParts(t.shared, true) + "."
	}
	if len(t.managed) > 0 {
		managed := t.listedParts(t.managed, false)
		out = strings.TrimSpace(out + " " + capital(managed) + either(len(t.managed) == 1, " is", " are") + " management's throughout.")
	}
	return out
}

// listedParts lists parts: clauses 7 and 8, and controls A.4.
func (t *telling) listedParts(parts []*Part, titled bool) string {
	var groups []string
	for _, controls := range []bool{false, true} {
		var in []string
		for _, p := range parts {
			if t.controls(p) == controls {
				in = append(in, either(titled, p.called(), p.Clause))
			}
		}
		if len(in) > 0 {
			groups = append(groups, either(controls, "control group", "clause")+either(len(in) == 1, " ", "s ")+listed(in))
		}
	}
	return strings.Join(groups, ", and ")
}

// called names a part by number and title.
func (p *Part) called() string {
	if p.Title == "" {
		return p.Clause
	}
	return p.Clause + " (" + p.Title + ")"
}

// acts says which governance halves the governing body has done, which management did in its place and which nobody did.
func (t *telling) acts() string {
	var n, own, taken int
	for _, r := range t.rows {
		if r.Governance == nil {
			continue
		}
		n++
		switch r.Governance.Status {
		case Met:
			own++
		case Usurped:
			taken++
		default:
		}
	}
	if n == 0 {
		return ""
	}
	over := ""
	if t.Scope != "" {
		over = " that cover " + t.Scope
		if t.ScopeName.Plain != "" && t.ScopeName.Plain != t.Scope {
			over = " that cover " + t.ScopeName.Plain + " (" + t.Scope + ")"
		}
	}
	out := []string{"By the acts in force" + over + ", " + counts(n, own, taken)}
	var annex []*Part
	parts := slices.Concat(t.governed, t.framing)
	if own+taken == 0 {
		parts, t.shared = nil, nil // it is said already
	}
	for _, p := range parts {
		if t.controls(p) {
			annex = append(annex, p)
			continue
		}
		where := "In clause " + p.Clause
		if slices.Contains(t.framing, p) {
			where = "In the framing half of clause " + p.Clause
		}
		out = append(out, t.done(where, p))
	}
	if len(annex) > 0 {
		out = append(out, t.done("In "+t.listedParts(annex, false), annex...))
	}
	if len(t.shared) > 0 {
		out = append(out, t.done(either(len(out) > 1, "Elsewhere", "In "+t.listedParts(t.shared, false)), t.shared...))
	}
	if words := t.recorded(); words != "" {
		out = append(out, words)
	}
	return strings.Join(out, " ")
}

// recorded says how much of what is management's the record shows.
func (t *telling) recorded() string {
	n, met := 0, 0
	for _, r := range t.rows {
		if r.Class == catalogue.Governance {
			continue
		}
		n++
		if r.Management.Status == Met {
			met++
		}
	}
	switch {
	case n == 0:
		return ""
	case n == met:
		return "Management's part shows wherever it has one."
	}
	shows := either(met == 0, fmt.Sprintf("none of the %d that ask something of it: there is", n), fmt.Sprintf("%d of the %d that ask something of it; on the rest there is", met, n))
	return "Management's part shows in " + shows + " no act in the record, which is not to say that nothing is done."
}

// counts says how many of n governance halves were done, and how many management did.
func counts(n, own, taken int) string {
	nobody := n - own - taken
	whole := either(n == 1, "the one clause", fmt.Sprintf("all %d", n)) + " that "
	asks := whole + either(n == 1, "asks", "ask") + " something of it"
	switch n {
	case own:
		return "the governing body has done its part in " + asks + "."
	case taken:
		return "management acted in the governing body's place in " + asks + "."
	case nobody:
		return fmt.Sprintf("nobody has done the governing body's part in %s that asks something of it.", either(n == 1, "the one clause", fmt.Sprintf("any of the %d", n)))
	}
	out := fmt.Sprintf("the governing body has done its part in %s of the %d that ask something of it", numbered(own), n)
	if taken > 0 {
		out += "; in " + fmt.Sprint(taken) + " management acted in its place"
	}
	if nobody > 0 {
		out += either(taken > 0, ", and in ", "; in ") + fmt.Sprint(nobody) + " nobody has"
	}
	return out + "."
}

// done says of some parts which governance halves were done by whom.
func (t *telling) done(where string, parts ...*Part) string {
	var own, taken, nobody []string
	for _, p := range parts {
		for _, r := range t.leaves[p.Clause] {
			if r.Governance == nil {
				continue
			}
			number := t.Number(r.ID)
			switch r.Governance.Status {
			case Met:
				own = append(own, number)
			case Usurped:
				taken = append(taken, number)
			default:
				nobody = append(nobody, number)
			}
		}
	}
	var out []string
	if len(own) > 0 {
		out = append(out, "it has done "+listed(own))
	}
	if len(taken) > 0 {
		out = append(out, "management did "+listed(taken)+" in its place")
	}
	if len(nobody) > 0 {
		out = append(out, "nobody has done "+listed(nobody))
	}
	return where + " " + strings.Join(out, "; ") + "."
}

// duties says what no clause asks, and which of it is done.
func (t *telling) duties() string {
	var owed []string
	for _, d := range t.Duties {
		if d.Status != Met {
			owed = append(owed, lower(d.Title))
		}
	}
	n, met := len(t.Duties), len(t.Duties)-len(owed)
	first := fmt.Sprintf("No clause of ISO/IEC 42001 asks the governing body itself for the %s duties that it owes over AI.", inWords(n))
	switch met {
	case n:
		return first + " It has met all of them."
	case 0:
		return first + " It has met none of them."
	}
	return first + fmt.Sprintf(" It has met %s of them, and still owes %s: %s.", inWords(met), inWords(len(owed)), strings.Join(owed, "; "))
}

// inWords writes a small number.
func inWords(n int) string {
	words := []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return fmt.Sprint(n)
}

// numbered writes a count of what there may be none of.
func numbered(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}

func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " and " + words[n]
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
