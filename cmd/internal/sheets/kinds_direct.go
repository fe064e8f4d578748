package sheets

import (
	"fmt"
	"strings"
)

// How many groups of columns of one sort a template has, and how many are taken where somebody adds some.
const (
	groupsShown = 3
	groupsTaken = 9
)

// groups gives the columns of each group, such as Limit 1 amount. A head without its number is that of the first.
func groups(name string, of func(n int) []Column) (out []Column) {
	for n := range groupsTaken {
		for _, c := range of(n) {
			if n == 0 {
				c.aliases = append(c.aliases, folded(name+" "+c.Head))
			}
			c.Head = fmt.Sprintf("%s %d %s", name, n+1, c.Head)
			if c.Hidden = n >= groupsShown; n > 0 {
				c.Example, c.Note = "", fmt.Sprintf("As %s 1.", strings.Replace(c.Head, fmt.Sprintf(" %d ", n+1), " ", 1))
			}
			out = append(out, c)
		}
	}
	return out
}

func appetites() *Kind {
	own := []Column{
		required(column("Id", "data.id", Word, "ap-claims-accuracy", "What the appetite is called, without spaces. Given again, it replaces the former one.")),
		required(column("Scope", "data.scope", Word, "claims", "The id of the scope it is for.")),
		required(column("Category", "data.category", Word, "accuracy", "The category of risk: a word of yours.")),
		required(choice(column("Stance", "data.stance", Word, "cautious", "How much risk of the category is taken."),
			"averse", "minimal", "cautious", "open", "seeking")),
		required(column("Statement", "data.statement", Long, "Few claims may be decided wrongly.", "The appetite in a sentence.")),
		effective("2026-02-01"),
		column("Review by", "data.reviewBy", Day, "2027-02-01", "The day by which it is to be looked at again."),
	}
	own = append(own, groups("Measure", func(n int) []Column {
		at := func(head, field string, takes Takes, example, note string) Column {
			return column(head, fmt.Sprintf("data.measures[%d].%s", n, field), takes, example, note)
		}
		return []Column{
			at("metric", "metric", Word, "claims-reversed", "What is measured. A measure needs all of metric, unit, amber and red."),
			at("unit", "unit", Word, "percent", "Its unit: one word."),
			at("amber", "amber", Amount, "2", "The value past which it is amber."),
			at("red", "red", Amount, "5", "The value past which it is red."),
			choice(at("lower is worse", "lowerIsWorse", YesNo, "no", "Whether lower values are the worse ones. Left empty: no."), "yes", "no"),
		}
	})...)
	k := kindOf("appetites", "Each row says how much risk of a category the governing body takes over a scope (appetite.set).", byGoverning, own...)
	k.act = always("appetite.set")
	k.say = func(get func(string) string) string {
		return fmt.Sprintf("%s: %s on %s (%s)", get("Scope"), get("Stance"), get("Category"), get("Id"))
	}
	return k
}

func delegations() *Kind {
	own := []Column{
		required(column("Id", "data.id", Word, "d-claims", "What the delegation is called, without spaces. It is never free again.")),
		required(column("From", "data.from", Word, "board", "The id of whoever delegates, and remains accountable.")),
		required(column("To", "data.to", Word, "ceo", "The id of the role, body, person or other party that gets the authority.")),
		required(column("Scope", "data.scope", Word, "claims", "The id of the scope over which it is given.")),
		column("Powers", "data.powers", List, "claim.approve, spend.*", "What may be decided: lower-case words with dots, spend.* for spend and all below it, * for everything. With commas, semicolons or line breaks between them. Left empty: all of what it stands on."),
		effective("2026-03-01"), until("2027-03-01", "Left empty: until further notice."),
	}
	own = append(own, groups("Limit", func(n int) []Column {
		at := func(head, field string, takes Takes, example, note string) Column {
			return column(head, fmt.Sprintf("data.limits[%d].%s", n, field), takes, example, note)
		}
		return []Column{
			at("amount", "max", Amount, "50000", "The most that is allowed: at most 15 digits before and 4 after the point, without signs between thousands. A limit needs all of amount, unit, per and of."),
			at("unit", "unit", Word, "GBP", "The currency or other unit of the amount."),
			choice(at("per", "per", Word, "act", "For one act, or for all of a calendar period, or in total."), "act", "day", "month", "quarter", "year", "total"),
			at("of", "dimension", Word, "spend", "What is limited, in one word: spend, headcount, exposure."),
		}
	})...)
	own = append(own,
		column("Conditions", "data.conditions", Long, "", "What else has to be kept, in words."))
	own = append(own, groups("Responsibility", func(n int) []Column {
		at := func(head, field string, takes Takes, example, note string) Column {
			return column(head, fmt.Sprintf("data.responsibilities[%d].%s", n, field), takes, example, note)
		}
		return []Column{
			at("id", "id", Word, "timely", "What the duty is called, without spaces."),
			at("statement", "statement", Long, "Decide every claim within ten days", "The duty to act that comes with the authority."),
		}
	})...)
	own = append(own,
		column("Under", "data.under", Word, "", "The id of the delegation it stands on. Left empty: the ledger finds it."),
		choice(column("May be passed on", "data.subdelegation.permitted", YesNo, "yes", "Whether it may be delegated further. Left empty: yes."), "yes", "no"),
		column("Levels below", "data.subdelegation.maxDepth", Count, "1", "How many levels further down at most. Left empty: as many as what it stands on allows."),
		choice(column("Acceptance", "data.acceptance", Word, "none", "Whether it holds only once it is accepted. Left empty: none."), "none", "required"),
		column("Review by", "data.reviewBy", Day, "2026-12-01", "The day by which it is to be looked at again."),
		Column{Head: "Report every", Path: "data.reportEvery", Takes: Period, Options: []string{"monthly", "quarterly", "half-yearly", "yearly"}, Open: true,
			Example: "quarterly", Note: "How often an account is due. An ISO 8601 duration, such as P3M, is taken too."},
		column("Instrument", "data.instrument", Word, "", "The document by which it is granted, such as Scheme of delegation, section 4."))
	k := kindOf("delegations", "Each row gives authority over a scope to somebody, within limits (delegation.granted). Whoever gives it remains accountable.",
		"In whose name it is done. Left empty: whoever is under From. A delegator further up may grant while From is vacant.", own...)
	k.act = always("delegation.granted")
	k.say = func(get func(string) string) string {
		return fmt.Sprintf("%s delegates %s over %s to %s (%s)", get("From"), first(get("Powers"), "all it holds"), get("Scope"), get("To"), get("Id"))
	}
	return k
}
