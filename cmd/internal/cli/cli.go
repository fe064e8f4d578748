// Package cli is the command line of buckstop, one file a command. A command reads flags, asks the application service
// (package ledger) and prints; no rule of the domain is decided here.
//
// What is for people goes to stdout as sentences and tables; with --json it is one JSON document, or one object a line for
// lists and streams. Messages, progress and errors go to stderr. [Run] gives the exit code.
package cli

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// app is one run of the program: what it was started with, and nothing global.
type app struct {
	in    io.Reader
	out   *screen
	err   *screen
	env   func(string) string
	now   func() time.Time
	flags globals
	given map[string]bool // the global flags given on the command line
	root  *cobra.Command
}

// Run runs one command line, without the program's name, and gives its exit code. It ends soon after ctx does. Nothing but
// its arguments is read and written, besides the data directory or the NATS server that they name; env looks up an
// environment variable.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	a := &app{in: stdin, env: env, now: time.Now, given: map[string]bool{}}
	a.out, a.err = newScreen(stdout, env), newScreen(stderr, env)
	a.root = a.command()
	a.root.SetArgs(args)
	a.root.SetIn(stdin)
	a.root.SetOut(stdout)
	a.root.SetErr(stderr)
	if err := a.root.ExecuteContext(ctx); err != nil {
		// A flag that cannot be read may come before --json.
		for _, arg := range args {
			a.flags.json = a.flags.json || arg == "--json"
		}
		return a.report(err)
	}
	return exitOK
}

const (
	groupRecord = "record"
	groupAsk    = "ask"
	groupOther  = "other"
)

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "buckstop",
		Short: "A ledger of governance acts that answers who is accountable",
		Long: "Buckstop keeps what a governing body resolves, delegates, reviews and is told, as acts that never change.\n" +
			"It answers who holds the authority over a scope, through which chain, within which limits, and who remains\n" +
			"accountable: for any day (--at), and as it was known on any day (--known).\n\n" +
			"Start with `buckstop demo`.",
		Version:       readBuild().Version,
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			return a.unknownCommand(args[0])
		},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return a.settle(cmd) },
	}
	root.AddGroup(&cobra.Group{ID: groupRecord, Title: "Record:"}, &cobra.Group{ID: groupAsk, Title: "Ask:"},
		&cobra.Group{ID: groupOther, Title: "Other:"})
	a.globalFlags(root)
	group := func(id string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = id
			root.AddCommand(c)
		}
	}
	group(groupRecord, a.initCommand(), a.recordCommand(), a.importCommand())
	group(groupAsk, a.whoCommand(), a.canCommand(), a.seatsCommand(), a.parametersCommand(), a.registerCommand(), a.statementCommand(),
		a.findingsCommand(), a.coverageCommand(), a.historyCommand(), a.logCommand(), a.showCommand(), a.diffCommand(), a.watchCommand())
	group(groupOther, a.demoCommand(), a.configCommand(), a.versionCommand())
	root.SetHelpCommandGroupID(groupOther)
	root.SetCompletionCommandGroupID(groupOther)
	root.AddCommand(exitCodesTopic())
	root.SuggestionsMinimumDistance = 2
	for _, c := range append(root.Commands(), root) {
		c.Flags().SortFlags = false
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		if words := cmd.Flags().Args(); cmd == root && len(words) > 0 {
			return a.unknownCommand(words[0])
		}
		return usage(cmd, "%s", err)
	})
	return root
}

func (a *app) unknownCommand(name string) error {
	p := usage(a.root, "there is no command %q", name)
	if near := a.root.SuggestionsFor(name); len(near) > 0 {
		p.Cure = "Did you mean `buckstop " + strings.Join(near, "` or `buckstop ") + "`?"
	}
	return p
}

// words checks how many arguments a command is given; what names them, as in its usage line, those in brackets last.
func words(what ...string) cobra.PositionalArgs {
	least := 0
	for _, w := range what {
		if !strings.HasPrefix(w, "[") {
			least++
		}
	}
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage(cmd, "%s is missing", what[len(args)])
		case len(args) > len(what):
			return usage(cmd, "%q is one argument too many", args[len(what)])
		}
		return nil
	}
}
