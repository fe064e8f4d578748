package cli

import (
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) logCommand() *cobra.Command {
	q := projections.LogQuery{}
	refused := false
	cmd := &cobra.Command{
		Use:   "log",
		Short: "The acts recorded",
		Long: "Lists the acts in the order in which they were recorded, each as it stands: with its corrections, and marked where\n" +
			"it was corrected, annulled or ratified. `buckstop show` shows one whole.\n\n" +
			"With --refused it lists what was tried in the last year and refused by a rule, which is no part of the record: when,\n" +
			"the rule, who tried to record it and in whose name, and why it was refused. --type is then an act type or a code, and\n" +
			"--by whoever tried.",
		Example: "  buckstop log --limit 20\n  buckstop log --type 'delegation.*' --by board\n  buckstop log --from 50 --to 60 --json\n" +
			"  buckstop log --refused --type RESERVED_MATTER",
		Args:        words(),
		Annotations: map[string]string{asks: "yes"},
		RunE: func(cmd *cobra.Command, args []string) error {
			if refused {
				return a.refusedLog(cmd, q)
			}
			return a.asking(func(v *domain.View, _ []string) error { return a.log(v, q) })(cmd, args)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.Uint64Var(&q.From, "from", 0, "from this `NUMBER` on")
	f.Uint64Var(&q.To, "to", 0, "up to this `NUMBER`")
	f.StringVar(&q.Type, "type", "", "of this `TYPE`, such as role.assigned or 'delegation.*'")
	f.StringVar(&q.By, "by", "", "done in the name of this `PARTY`")
	f.IntVar(&q.Limit, "limit", 0, "the newest `HOW-MANY`")
	f.BoolVar(&refused, "refused", false, "the attempts that were refused in the last year, in place of acts")
	return cmd
}

func (a *app) log(v *domain.View, q projections.LogQuery) error {
	log, err := projections.AskLog(v, q)
	if err != nil {
		return err
	}
	if a.flags.json {
		return a.entriesAsLines(log.Entries)
	}
	if len(log.Entries) == 0 {
		a.out.printf("No act fits.\n")
		return nil
	}
	a.entries(names{v}, calendar{v.Zone()}, log.Entries)
	return nil
}

func (a *app) entriesAsLines(entries []projections.Entry) error {
	for _, e := range entries {
		if err := a.line(e); err != nil {
			return err
		}
	}
	return nil
}

// entries lists acts with both their clocks.
func (a *app) entries(n names, c calendar, entries []projections.Entry) {
	var rows [][]any
	for _, e := range entries {
		what := e.Sentence
		if by := n.person(e.By); !strings.HasPrefix(what, by+" ") {
			what = by + ": " + what
		}
		switch e.State {
		case "":
		case "annulled", "without effect":
			what = a.out.dim(what) + " " + a.out.yellow("["+e.State+"]")
		default:
			what += " " + a.out.yellow("["+e.State+"]")
		}
		rows = append(rows, []any{e.Seq, c.short(e.Effective.Time()), c.shortDate(e.Recorded), what})
	}
	a.out.table([]any{"Act", "Effective", "Recorded", "What was done"}, rows, 3)
}
