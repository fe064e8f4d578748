package cli

import (
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) historyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "history THING",
		Short: "Every act about a scope, party, delegation, act or whatever else bears an id",
		Long: "Lists the acts that made or named a thing, in the order in which they were recorded: a scope, a role, a body, a\n" +
			"person, a delegation, a policy, an act.",
		Example:     "  buckstop history claims-triage\n  buckstop history d-caio",
		Args:        words("THING"),
		Annotations: map[string]string{asks: "yes"},
		RunE: a.asking(func(v *domain.View, args []string) error {
			h, err := projections.AskHistory(v, args[0])
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.entriesAsLines(h.Entries)
			}
			c := calendar{v.Zone()}
			a.out.printf("%s, %s\n\n", a.out.bold("History of "+h.Thing), c.knownAs(h.Known))
			a.entries(names{v}, c, h.Entries)
			return nil
		}),
	}
}

// knownAs says how much of the record an answer knows, where it is about no single instant.
func (c calendar) knownAs(k projections.Known) string {
	return "as known at act " + grouped(uintText(k.Seq)) + " (recorded " + c.date(k.Recorded) + ")"
}
