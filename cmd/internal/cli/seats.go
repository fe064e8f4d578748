package cli

import (
	"fmt"
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) seatsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "seats PARTY",
		Short: "Who sits in a role or body",
		Long: "Lists the occupants of a role or the members of a body, each with capacity, term and the act that seated them.\n" +
			"For a team, organization or system it names who answers for it.",
		Example:     "  buckstop seats board\n  buckstop seats ceo --at 2025-12-10",
		Args:        words("PARTY"),
		Annotations: map[string]string{asks: "yes"},
		RunE:        a.asking(func(v *domain.View, args []string) error { return a.seats(v, args[0]) }),
	}
}

func (a *app) seats(v *domain.View, party string) error {
	s, err := projections.AskSeats(v, party)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.document(s)
	}
	n, c := names{v}, calendar{v.Zone()}
	a.out.printf("%s\n%s\n\n", a.out.bold(labelled(s.Party, s.Name.Text)), c.heading(s.At, s.Known.Seq, s.Known.Recorded))
	switch {
	case !s.Exists && len(v.Naming(party)) == 0:
		a.out.printf("No role, body or party is known by that id.\n")
		return nil
	case !s.Exists:
		a.out.printf("It does not exist then. `buckstop history %s` shows from when to when it does.\n", party)
		return nil
	case s.Kind == "person":
		a.out.printf("A person; nobody sits in a person.\n")
		return nil
	case len(s.Occupants) == 0:
		a.out.printf("%s Nobody is in office.\n", a.out.yellow("Vacant."))
		return nil
	}
	var rows [][]any
	for _, o := range s.Occupants {
		rows = append(rows, []any{labelled(o.Party, o.Name.Text), seatedAs(n, o), servedFrom(c, o), o.Act})
	}
	a.out.table([]any{"Who", "As", "Term", "By act"}, rows, 2)
	return nil
}

func seatedAs(n names, o projections.Occupant) string {
	as := []string{o.As}
	if o.As == "answerable" {
		as[0] = "answers for it"
	}
	if o.Covers != "" {
		as = append(as, "covering for "+n.person(o.Covers))
	}
	if o.CoveredBy != "" {
		as = append(as, "away, covered by "+n.person(o.CoveredBy))
	}
	if o.AlternateFor != "" {
		as = append(as, "alternate for "+n.person(o.AlternateFor))
	}
	return strings.Join(as, ", ")
}

func servedFrom(c calendar, o projections.Occupant) string {
	var words []string
	if !o.Since.IsZero() {
		words = append(words, "since "+c.day(o.Since.Instant))
	}
	if !o.Until.IsZero() {
		words = append(words, c.through(o.Until.Instant))
	}
	return fmt.Sprint(strings.Join(words, ", "))
}
