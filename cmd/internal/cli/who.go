package cli

import (
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) whoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "who SCOPE [POWER]",
		Short: "Who is accountable for a scope, through which chain, within which limits",
		Long: "Says who answers for a scope, who holds the authority over it, within which limits, and the chain of delegations\n" +
			"from the governing body down. Every delegator of the chain remains accountable. With a POWER, such as\n" +
			"spend.cloud, it says so for that power alone.",
		Example: "  buckstop who claims-triage\n" +
			"  buckstop who claims-triage claim.approve --at 2026-03-01\n" +
			"  buckstop who claims-triage --at 2026-03-01 --known 2026-03-10",
		Args:        words("SCOPE", "[POWER]"),
		Annotations: map[string]string{asks: "yes"},
		RunE: a.asking(func(v *domain.View, args []string) error {
			power := ""
			if len(args) > 1 {
				power = args[1]
			}
			return a.who(v, args[0], power)
		}),
	}
}

func (a *app) who(v *domain.View, scope, power string) error {
	w, err := projections.AskWho(v, scope, power)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.document(w)
	}
	p := whoPage{screen: a.out, names: names{v}, calendar: calendar{v.Zone()}, w: w}
	p.print()
	return nil
}
