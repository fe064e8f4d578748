package cli

import (
	"strings"

	"buckstop/projections"
)

// chain draws the delegations from the governing body down to a holder.
func (p whoPage) chain(h projections.Holder) {
	w := p.w
	p.printf("\n  The chain, from the top. Every delegator remains accountable for what it passed on.\n\n")
	members := listed(p.seats(w.Ultimate.Members))
	if members == "" {
		members = "no member in office"
	}
	p.step("  ", "  ", p.bold(labelled(w.Ultimate.Party, w.Ultimate.Name.Text))+", the governing body: "+members, len(h.Chain) > 0)
	for i, s := range h.Chain {
		indent := "  " + strings.Repeat("   ", i)
		words := p.bold(labelled(s.To, s.ToName.Text)) + p.holding(s)
		last := i == len(h.Chain)-1
		p.step(indent+p.dim("└─ "), indent+"   ", words, !last)
		words = "by " + s.Delegation + " over " + p.scope(s.Scope) + ", since " + p.day(s.Since)
		if !s.Until.IsZero() {
			words += ", " + p.through(s.Until.Instant)
		}
		if s.Conditions != nil {
			words += ". Condition: " + s.Conditions.String()
		}
		p.step(indent+"   "+p.bar(!last), indent+"   ", p.dim(words), !last)
	}
}

// step prints what is said of one step; bar tells whether the chain goes on below it.
func (p whoPage) step(first, rest, words string, bar bool) {
	if bar {
		rest += p.bar(true)
	} else {
		rest += "   "
	}
	p.wrapped(first, rest, words)
}

func (p whoPage) bar(on bool) string {
	if on {
		return p.dim("│  ")
	}
	return "   "
}

// holding says who acts for a step's party.
func (p whoPage) holding(s projections.Step) string {
	people := listed(p.seats(s.ToOccupants))
	switch kind := p.kind(s.To); {
	case people == "":
		return ": " + p.yellow("vacant")
	case kind == "person":
		return ""
	case kind == "system" || kind == "team" || kind == "organization":
		return ", " + article(kind) + ": " + people + " answers for it"
	default:
		return ": " + people
	}
}
