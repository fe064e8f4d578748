package cli

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/govalues/decimal"
)

// canPage prints the answer to can as a company secretary would put it: yes or no, then by what or why not, then what is
// left, then who could decide instead.
type canPage struct {
	*screen
	names
	calendar
	c       *projections.Can
	amounts []domain.Quantity
}

func (p canPage) print() error {
	c := p.c
	subject := labelled(c.Party, c.Name.Text)
	what := fmt.Sprintf(" exercise %s over %s%s.", c.Power, labelled(c.Scope, c.ScopeName.Text), p.asked())
	if c.Allowed {
		p.wrapped("", "", p.bold("Yes. "+subject+" may"+what))
	} else {
		p.wrapped("", "", p.bold("No. "+subject+" may not"+what))
	}
	p.wrapped("", "", p.heading(c.At, c.Known.Seq, c.Known.Recorded))
	w, err := projections.AskWho(p.v, c.Scope, c.Power)
	if err != nil {
		return err
	}
	if c.Allowed {
		p.how(w)
	} else {
		p.why()
		p.left()
		if err := p.instead(w); err != nil {
			return err
		}
	}
	if len(c.Because) > 0 {
		p.printf("\n")
		p.wrapped(p.dim("Rests on acts "), strings.Repeat(" ", 14), p.dim(strings.Join(c.Because, ", ")))
	}
	return nil
}

// asked says for how much it is asked, as the end of a sentence.
func (p canPage) asked() string {
	var parts []string
	for _, q := range p.c.Amounts {
		parts = append(parts, fmt.Sprintf("%s %s of %s", grouped(q.Value), q.Unit, q.Dimension))
	}
	if len(parts) == 0 {
		return ""
	}
	return " for " + listed(parts)
}

// how says by what it may: the seat, the limits and conditions, and the chain.
func (p canPage) how(w *projections.Who) {
	c := p.c
	name := called(c.Party, c.Name.Text)
	p.printf("\n")
	if len(c.Chain) == 0 {
		p.wrapped("", "", fmt.Sprintf("%s is the governing body and acts by its own authority. It decides by resolution; no member acts for it alone.", name))
		people := listed(p.seats(w.Ultimate.Members))
		p.label("members", people)
		p.label("limits", "none")
		return
	}
	last := c.Chain[len(c.Chain)-1]
	switch kind := p.kind(c.Seat); {
	case c.Seat != c.Party:
		p.wrapped("", "", fmt.Sprintf("%s acts as %s, by the delegation %s.", name, p.bold(labelled(c.Seat, last.ToName.Text)), last.Delegation))
	case kind == "person":
		p.wrapped("", "", fmt.Sprintf("%s acts in person, by the delegation %s.", name, last.Delegation))
	case kind == "role":
		p.wrapped("", "", fmt.Sprintf("It acts by the delegation %s, through who is in office: %s.", last.Delegation, listed(p.seats(last.ToOccupants))))
	case kind == "system" || kind == "team" || kind == "organization":
		p.wrapped("", "", fmt.Sprintf("It is %s and acts by the delegation %s; %s answers for it.", article(kind), last.Delegation, listed(p.seats(last.ToOccupants))))
	default:
		p.wrapped("", "", fmt.Sprintf("It acts by the delegation %s, and decides by resolution; no member acts for it alone.", last.Delegation))
	}
	for i, k := range c.Conditions {
		p.label([]string{"if", ""}[min(i, 1)], fmt.Sprintf("%s (%s)", strings.TrimSuffix(k.Text.String(), "."), k.Delegation))
	}
	if all := limits(c.Limits); len(all) == 0 {
		p.label("limits", "none")
	} else {
		for i, l := range all {
			p.label([]string{"limits", ""}[min(i, 1)], l)
		}
	}
	if !c.Until.IsZero() {
		p.label("term", p.through(c.Until.Instant))
	}
	p.left()
	steps := slices.Clone(c.Chain)
	for i := range steps {
		steps[i].Conditions = nil // they are said above
	}
	whoPage{screen: p.screen, names: p.names, calendar: p.calendar, w: w}.chain(projections.Holder{Chain: steps})
}

func (p canPage) label(name, words string) {
	p.wrapped(fmt.Sprintf("  %s ", p.dim(fmt.Sprintf("%-8s", name))), strings.Repeat(" ", 11), words)
}

// why gives every reason against it, with the acts to look at.
func (p canPage) why() {
	p.printf("\n%s\n", p.bold(plural(len(p.c.Reasons), "The reason", "The reasons")))
	for _, r := range p.c.Reasons {
		says := r.Message
		if strings.HasPrefix(says, "the ") {
			says = capital(says)
		}
		p.wrapped("  ", "    ", fmt.Sprintf("%s %s", says+".", p.yellow("["+string(r.Code)+"]")))
		if len(r.Acts) > 0 {
			p.wrapped("    ", "    ", p.dim("See "+plural(len(r.Acts), "act ", "acts ")+strings.Join(r.Acts, ", ")))
		}
	}
}

// left says what is left of each limit over a period that is concerned, and what would be after the decision.
func (p canPage) left() {
	concerned := slices.DeleteFunc(slices.Clone(p.c.Left), func(l projections.Left) bool {
		return len(p.amounts) > 0 && !slices.ContainsFunc(p.amounts, func(q domain.Quantity) bool { return q.Dimension == l.Dimension })
	})
	if len(concerned) == 0 {
		return
	}
	p.printf("\n%s\n", p.bold("What is left of the limits over a period"))
	for _, l := range concerned {
		p.wrapped("  ", "    ", p.leftOf(l))
	}
}

func (p canPage) leftOf(l projections.Left) string {
	amount := func(value string) string { return grouped(value) + " " + l.Unit }
	each := map[string]string{"total": "in total"}[l.Per]
	if each == "" {
		each = article(l.Per)
	}
	through := ""
	if !l.Until.IsZero() {
		through = " " + p.through(l.Until.Instant)
	}
	left := amount(l.Left) + " are left"
	switch l.Left {
	case "0":
		left = "nothing is left"
	case "1":
		left = amount(l.Left) + " is left"
	}
	words := fmt.Sprintf("Of %s of %s %s, %s%s", amount(l.Max), l.Dimension, each, left, through)
	if l.Overdrawn != "" {
		words += "; " + amount(l.Overdrawn) + " more than that was decided"
	}
	switch after := p.after(l); after {
	case "":
	case "0":
		words += ", and nothing after this decision"
	default:
		words += ", and " + amount(after) + " after this decision"
	}
	return words + fmt.Sprintf(" (%s).", l.Delegation)
}

// after gives what is left of a limit when what is asked about is decided too; nothing where that cannot be.
func (p canPage) after(l projections.Left) string {
	left, err := decimal.Parse(l.Left)
	touched := false
	for _, q := range p.amounts {
		if err == nil && q.Dimension == l.Dimension && q.Unit == l.Unit {
			left, err = left.Sub(q.Value.Value)
			touched = true
		}
	}
	if err != nil || !touched || !p.c.Allowed || left.IsNeg() {
		return ""
	}
	return left.Trim(0).String()
}

// candidate is somebody who holds the power, and could perhaps decide.
type candidate struct {
	party      string
	delegation string
	limits     []projections.Limit
	rank       int // how many scopes above the one asked about
	depth      int
}

// mostCandidates bounds how many who could decide are listed.
const mostCandidates = 8

// instead names those who could decide it, the nearest first.
func (p canPage) instead(w *projections.Who) error {
	if p.c.Reasons[0].Code == domain.UnknownID {
		return nil
	}
	all, err := p.candidates()
	if err != nil {
		return err
	}
	var able, vacant []string
	for _, k := range all {
		c, err := projections.AskCan(p.v, k.party, p.c.Power, p.c.Scope, p.amounts)
		switch {
		case err != nil:
		case c.Allowed:
			able = append(able, p.able(c))
		case slices.ContainsFunc(c.Reasons, func(r projections.Reason) bool { return r.Code == domain.NotInOffice }) && p.mayAfford(k):
			vacant = append(vacant, p.party(k.party))
		}
	}
	body := p.bold(labelled(w.Ultimate.Party, w.Ultimate.Name.Text)) + ", the governing body"
	board, err := projections.AskCan(p.v, w.Ultimate.Party, p.c.Power, p.c.Scope, p.amounts)
	if err != nil {
		return err
	}
	p.printf("\n%s\n", p.bold("Who could decide it instead"))
	for i, line := range able {
		if i == mostCandidates {
			p.wrapped("  ", "    ", fmt.Sprintf("%d more; `buckstop who %s %s` lists who holds the power", len(able)-i, p.c.Scope, p.c.Power))
			break
		}
		p.wrapped("  ", "    ", line)
	}
	switch {
	case !board.Allowed:
		p.wrapped("  ", "    ", body+", once it has "+p.yellow("members in office")+" again")
	case len(able) == 0:
		p.wrapped("  ", "    ", "Only "+body+": "+listed(p.seats(w.Ultimate.Members)))
	default:
		p.wrapped("  ", "    ", body+": "+listed(p.seats(w.Ultimate.Members)))
	}
	if len(vacant) > 0 {
		p.wrapped("  ", "    ", listed(vacant)+" "+plural(len(vacant), "holds", "hold")+" the power too, but "+p.yellow(plural(len(vacant), "is vacant", "are vacant"))+
			": until somebody is in office, those above act in its place")
	}
	return nil
}

func (p canPage) able(c *projections.Can) string {
	who := p.bold(labelled(c.Party, c.Name.Text))
	last := c.Chain[len(c.Chain)-1]
	switch kind := p.kind(c.Party); {
	case c.Seat != c.Party:
		who += ", as " + labelled(c.Seat, last.ToName.Text)
	case kind != "person":
		who += ": " + listed(p.seats(last.ToOccupants))
	}
	who += fmt.Sprintf(", by %s over %s", last.Delegation, p.scope(last.Scope))
	if len(c.Conditions) > 0 {
		who += fmt.Sprintf(", on %s", plural(len(c.Conditions), "a condition", "conditions"))
	}
	return who
}

// mayAfford tells whether the limits would allow the amounts, whatever was drawn, to somebody who cannot act and be asked.
func (p canPage) mayAfford(k candidate) bool {
	for _, q := range p.amounts {
		limited, unit := false, false
		for _, l := range k.limits {
			if l.Dimension != q.Dimension {
				continue
			}
			limited = true
			if l.Unit != q.Unit {
				continue
			}
			unit = true
			if most, err := decimal.Parse(l.Max); err != nil || most.Cmp(q.Value.Value) < 0 {
				return false
			}
		}
		if limited && !unit {
			return false
		}
	}
	return true
}

// candidates gives who holds the power over the scope, the nearest first: by the scope, then down the chain.
func (p canPage) candidates() ([]candidate, error) {
	var out []candidate
	var acts []uint64
	for at, rank := p.c.Scope, 0; at != ""; at, rank = p.v.Parent(at, &acts), rank+1 {
		w, err := projections.AskWho(p.v, at, p.c.Power)
		if err != nil {
			return nil, err
		}
		for _, h := range w.Holders {
			for depth, s := range h.Chain {
				if h.Scope != at || s.Scope != at || s.To == p.c.Party ||
					slices.ContainsFunc(out, func(k candidate) bool { return k.party == s.To }) {
					continue
				}
				k := candidate{party: s.To, delegation: s.Delegation, rank: rank, depth: depth}
				if depth == len(h.Chain)-1 {
					k.limits = h.Limits
				}
				out = append(out, k)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b candidate) int {
		if a.rank != b.rank {
			return a.rank - b.rank
		}
		return b.depth - a.depth
	})
	return out, nil
}
