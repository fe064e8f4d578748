package cli

import (
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) parametersCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "parameters SCOPE",
		Short: "What is set for a scope: directions, policies, appetites, criteria, reserved matters",
		Long: "Lists what the governing body has set for a scope and those above it, the nearest first: the directions, the\n" +
			"appetites (one a category: the nearest scope's), the criteria and the matters it reserved to itself; the policies,\n" +
			"with who adopted each; and the purpose. It says what is not set, and which reviews are overdue.",
		Example:     "  buckstop parameters claims-triage\n  buckstop parameters claims-triage --at 2026-03-01 --known 2026-03-10",
		Args:        words("SCOPE"),
		Annotations: map[string]string{asks: "yes"},
		RunE:        a.asking(func(v *domain.View, args []string) error { return a.parameters(v, args[0]) }),
	}
}

func (a *app) parameters(v *domain.View, scope string) error {
	p, err := projections.AskParameters(v, scope)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.document(p)
	}
	page := parametersPage{screen: a.out, names: names{v}, calendar: calendar{v.Zone()}, p: p}
	page.print()
	return nil
}
