package cli

import (
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) diffCommand() *cobra.Command {
	to, toKnown := "", ""
	cmd := &cobra.Command{
		Use:   "diff [who SCOPE | seats PARTY]",
		Short: "What changed between two times, or between what was known at two times",
		Long: "Compares the answers at --at, as known at --known, with those at --to, as known at --to-known, and names the acts\n" +
			"without which it would not have changed. It compares who and seats of everything there is, or one answer.",
		Example: "  buckstop diff --at 2025-12-10 --to 2026-09-15 who claims-triage\n" +
			"  buckstop diff --at 2026-03-16 --known 67 who fraud-screening    what was learned since act 67",
		Args: words("[who|seats]", "[SCOPE|PARTY]"), Annotations: map[string]string{asks: "yes"},
		RunE: func(cmd *cobra.Command, args []string) error {
			q := projections.Question{}
			switch {
			case len(args) == 1 || len(args) == 2 && args[0] != "who" && args[0] != "seats":
				return usage(cmd, "who SCOPE or seats PARTY is wanted")
			case len(args) == 2:
				q = projections.Question{Kind: args[0], Of: args[1]}
			}
			if a.flags.at == "" && a.flags.known == "" {
				return usage(cmd, "--at or --known is missing: from when to compare")
			}
			if to == "" && (a.flags.known != "" || toKnown != "") {
				to = a.flags.at
			}
			return a.diff(cmd, q, to, toKnown)
		},
	}
	cmd.Flags().StringVar(&to, "to", "", "the later `TIME` (default now; with --known or --to-known, that of --at)")
	cmd.Flags().StringVar(&toKnown, "to-known", "", "how much of the record to use at it: `NUMBER`, date or time (default all of it)")
	return cmd
}

func (a *app) diff(cmd *cobra.Command, q projections.Question, to, toKnown string) error {
	l, err := a.open(cmd.Context())
	if err != nil {
		return err
	}
	defer l.Close()
	at, err := a.moment("--to", to, l.Zone())
	if err != nil {
		return err
	}
	known, err := a.sequence("--to-known", toKnown, l)
	if err != nil {
		return err
	}
	return a.ask(l, func(from *domain.View) error {
		v, err := from.Another(at, known)
		if err != nil {
			return err
		}
		d, err := projections.AskDiff(from, v, q)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.document(d)
		}
		a.difference(names{v}, d)
		return nil
	})
}

func (a *app) difference(n names, d *projections.Diff) {
	c, out := calendar{n.v.Zone()}, a.out
	out.printf("%s\n  %s\n  %s\n", out.bold("What changed"),
		"from "+c.day(d.From.At)+", "+c.knownAs(d.From.Known), "to "+c.day(d.To.At)+", "+c.knownAs(d.To.Known))
	if len(d.Changes) == 0 {
		out.printf("\nNothing.\n")
		return
	}
	thing := ""
	for _, change := range d.Changes {
		if change.Thing != thing {
			thing = change.Thing
			out.printf("\n%s\n", out.bold(a.thing(n, thing)))
		}
		out.wrapped("  ", "    ", a.change(n, c, change))
	}
	if len(d.Acts) > 0 {
		out.printf("\nThe acts behind it:\n\n")
		a.entries(n, c, d.Acts)
	}
	switch {
	case d.TermEnded && len(d.Acts) > 0:
		out.printf("\nA term that ended changed something too.\n")
	case d.TermEnded:
		out.printf("\nNo act is behind it: a term ended.\n")
	}
}

// thing names what changed: "scope aims" and "seats ceo" by their names.
func (a *app) thing(n names, thing string) string {
	kind, id, _ := strings.Cut(thing, " ")
	switch kind {
	case "scope":
		if name := n.scope(id); name != id {
			return name + " (" + id + ")"
		}
		return id
	case "seats":
		return n.party(id) + ": who sits there"
	}
	return thing
}

// change says in words what changed of a thing.
func (a *app) change(n names, c calendar, change projections.Change) string {
	if change.What == "exists" {
		if len(change.After) > 0 && change.After[0] == "true" {
			return "it exists now"
		}
		return "it exists no longer"
	}
	before, after := valued(n, c, change.What, change.Before), valued(n, c, change.What, change.After)
	what := a.out.dim(change.What + ": ")
	switch {
	case before == "":
		return what + "now " + after
	case after == "":
		return what + "was " + before + ", now none"
	}
	return what + "was " + before + "; now " + after
}

// valued writes one side of a change, with names for ids and days for instants.
func valued(n names, c calendar, what string, values []string) string {
	out := slices.Clone(values)
	for i, value := range out {
		kind, _, _ := strings.Cut(what, " of ")
		switch kind {
		case "answerable":
			out[i] = n.person(value)
		case "holders", "vacant", "ultimate":
			out[i] = n.party(value)
		case "occupants":
			id, as, _ := strings.Cut(value, " ")
			out[i] = n.person(id) + " " + as
		case "until":
			if at, _, err := domain.ParseInstant(value, c.zone); err == nil {
				out[i] = c.through(at)
			}
		}
	}
	return strings.Join(out, ", ")
}
