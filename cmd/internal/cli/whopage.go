package cli

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/projections"
)

// whoPage prints the answer to who as a company secretary would put it: who answers, then who holds what, then through
// whom.
type whoPage struct {
	*screen
	names
	calendar
	w     *projections.Who
	brief bool // only who answers, who holds, and the chain
}

func (p whoPage) print() {
	w := p.w
	title := labelled(w.Scope, w.ScopeName.Text)
	if w.Power != "" {
		title += ", for " + w.Power
	}
	p.printf("%s\n", p.bold(title))
	p.wrapped("", "", p.heading(w.At, w.Known.Seq, w.Known.Recorded))
	p.printf("\n")
	p.answer()
	for i, h := range w.Holders {
		p.printf("\n")
		if len(w.Holders) > 1 {
			p.printf("%s\n", p.dim(fmt.Sprintf("Holder %d of %d", i+1, len(w.Holders))))
		}
		p.holder(h)
		p.chain(h)
	}
	if !p.brief {
		p.above()
		p.foot()
	}
}

// answer is the first sentence: who answers, and why they do.
func (p whoPage) answer() {
	w := p.w
	people := "Answerable: " + p.bold(listed(p.persons(w.Answerable)))
	vacant := listed(p.parties(w.Vacant)) + " " + plural(len(w.Vacant), "is", "are") + " vacant"
	body := labelled(w.Ultimate.Party, w.Ultimate.Name.Text)
	over := "over " + called(w.Scope, w.ScopeName.Text)
	if w.Power != "" {
		over = "for " + w.Power + " " + over
	}
	switch {
	case len(w.Answerable) == 0 && len(w.Vacant) > 0:
		p.wrapped("", "", "Answerable: "+p.red("nobody")+". "+capital(vacant)+", and "+body+" has no member in office.")
	case len(w.Answerable) == 0:
		p.wrapped("", "", "Answerable: "+p.red("nobody")+". "+body+" has no member in office.")
	case len(w.Holders) == 0:
		p.wrapped("", "", fmt.Sprintf("%s, as %s. Nobody holds authority %s by delegation, so it lies with the governing body.",
			people, body, over))
	case len(w.Vacant) > 0:
		p.wrapped("", "", people+", because "+p.yellow(vacant)+".")
	default:
		p.wrapped("", "", people+".")
	}
}

// holder says who holds the authority and what it is.
func (p whoPage) holder(h projections.Holder) {
	over := ""
	if h.Scope != p.w.Scope {
		over = ", as part of " + p.scope(h.Scope)
	}
	p.wrapped("", "", fmt.Sprintf("%s holds the authority%s%s.", p.bold(labelled(h.Party, h.Name.Text)), over, p.inOffice(h)))
	if len(p.w.Holders) > 1 {
		p.label("answers", p.answers(h))
	}
	p.label("may", strings.Join(powers(h.Powers), ", "))
	if len(h.Reserved) > 0 {
		p.label("may not", strings.Join(h.Reserved, ", ")+" (reserved to the governing body)")
	}
	for i, l := range limits(h.Limits) {
		p.label([]string{"limits", ""}[min(i, 1)], l)
	}
	if !h.Until.IsZero() {
		p.label("term", p.through(h.Until.Instant))
	}
	for i, r := range h.Responsibilities {
		p.label([]string{"duties", ""}[min(i, 1)], r.Statement.String())
	}
}

// answers says who answers for one holder of several.
func (p whoPage) answers(h projections.Holder) string {
	people := listed(p.persons(h.Answerable))
	if people == "" {
		people = "nobody"
	}
	if len(h.Vacant) > 0 {
		people += ", because " + listed(p.parties(h.Vacant)) + " " + plural(len(h.Vacant), "is", "are") + " vacant"
	}
	return people
}

func (p whoPage) label(name, words string) {
	p.wrapped(fmt.Sprintf("  %s ", p.dim(fmt.Sprintf("%-8s", name))), strings.Repeat(" ", 11), words)
}

// inOffice tells of who sits in the holder's seat, as the end of a sentence.
func (p whoPage) inOffice(h projections.Holder) string {
	if len(h.Occupants) == 0 {
		if h.Kind == "system" || h.Kind == "team" || h.Kind == "organization" {
			return "; nobody is in office to answer for it"
		}
		return ". Nobody is in office"
	}
	since := func(o projections.Occupant) string {
		s := p.seat(o)
		if !o.Since.IsZero() {
			s += " since " + p.day(o.Since.Instant)
		}
		if !o.Until.IsZero() {
			s += ", " + p.through(o.Until.Instant)
		}
		return s
	}
	seats := make([]string, len(h.Occupants))
	for i, o := range h.Occupants {
		seats[i] = since(o)
	}
	switch h.Kind {
	case "person":
		return " in person"
	case "system", "team", "organization":
		return fmt.Sprintf(". It is %s: %s answers for it", article(h.Kind), listed(p.seats(h.Occupants)))
	case "role":
		return ". In office: " + strings.Join(seats, "; ")
	}
	return ". Members: " + strings.Join(seats, "; ")
}

// above lists who holds, further up, powers that the holders do not have.
func (p whoPage) above() {
	if len(p.w.Above) == 0 {
		return
	}
	p.printf("\nFurther powers over it are held further up:\n")
	for _, h := range p.w.Above {
		own := slices.DeleteFunc(slices.Clone(h.Powers), func(power string) bool {
			return slices.ContainsFunc(p.w.Holders, func(n projections.Holder) bool { return slices.Contains(n.Powers, power) })
		})
		words := fmt.Sprintf("%s: %s", labelled(h.Party, h.Name.Text), strings.Join(powers(own), ", "))
		p.wrapped("  ", "    ", words+"; answerable: "+p.answers(h))
	}
}

func (p whoPage) foot() {
	p.printf("\n")
	if len(p.w.Because) > 0 {
		p.wrapped(p.dim("Rests on acts "), strings.Repeat(" ", 14), p.dim(strings.Join(p.w.Because, ", ")))
	}
}

// powers writes powers for people; the star stands for all.
func powers(all []string) []string {
	out := slices.Clone(all)
	for i, p := range out {
		if p == "*" {
			out[i] = "everything that is not reserved"
		}
	}
	return out
}

// limits writes limits, those of one dimension as one line: spend: 20,000 GBP an act, 600,000 GBP a year.
func limits(all []projections.Limit) []string {
	per := map[string]string{"act": "an act", "total": "in total"}
	var order []string
	lines := map[string][]string{}
	for _, l := range all {
		if lines[l.Dimension] == nil {
			order = append(order, l.Dimension)
		}
		each := per[l.Per]
		if each == "" {
			each = article(l.Per)
		}
		lines[l.Dimension] = append(lines[l.Dimension], fmt.Sprintf("%s %s %s", grouped(l.Max), l.Unit, each))
	}
	for i, d := range order {
		order[i] = d + ": " + strings.Join(lines[d], ", ")
	}
	return order
}

// article sets the article before a noun.
func article(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
