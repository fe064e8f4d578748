package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) demoCommand() *cobra.Command {
	keep := ""
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "A sample organization, recorded and asked about",
		Long: "Records the acts of an invented insurer into a ledger of its own, through the same door as any others, and asks who\n" +
			"was accountable for its AI systems when. The ledger is removed at the end, unless --keep says where to leave it.",
		Example: "  buckstop demo\n  buckstop demo --keep ./demo-data",
		Args:    words(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if a.given["data"] || a.given["nats"] {
				return usage(cmd, "the demo lies in a directory of its own; say where with --keep DIR")
			}
			return a.demo(cmd.Context(), keep)
		},
	}
	cmd.Flags().StringVar(&keep, "keep", "", "leave the demo's ledger in this `DIRECTORY`")
	return cmd
}

func (a *app) demo(ctx context.Context, keep string) error {
	dir := keep
	if keep == "" {
		var err error
		if dir, err = os.MkdirTemp("", "buckstop-demo-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
	}
	store, err := eventstore.Open(ctx, eventstore.Config{Dir: dir})
	if err != nil {
		return err
	}
	ids, err := store.Ledgers(ctx)
	if err == nil && slices.ContainsFunc(ids, func(id string) bool { return id != demoLedger }) {
		err = &problem{Code: codeUsage, Detail: dir + " holds other ledgers", Cure: "Give the demo a directory of its own."}
	}
	if err != nil {
		_ = store.Close()
		return err
	}
	sample, err := recordDemo(ctx, store, a.progress("Recording the demo"))
	if err != nil {
		_ = store.Close()
		return err
	}
	l := &opened{Ledger: sample.ledger, store: store, clean: func() {}}
	defer l.Close()
	if !a.flags.json {
		a.introduce(l, sample)
	}
	for i, s := range scenes {
		if err := a.scene(l, i, s); err != nil {
			return err
		}
	}
	if !a.flags.json {
		a.tryNext(keep)
	}
	return nil
}

// scene is one question of the demo, and what to see in its answer.
type scene struct {
	title, scope, at string
	known            uint64
	told             string
}

var scenes = []scene{
	{"Who is accountable for claims triage today?", "claims-triage", demoToday, 0,
		"An AI agent approves small claims. A system answers for nothing: the person named for it does, and everybody who " +
			"passed the authority down still does too."},
	{"Who was, on 10 December 2025?", "claims-triage", "2025-12-10", 0,
		"Before the team and the agent. The chief AI officer had left on 31 October and nobody had yet been found, so " +
			"somebody was acting in the post."},
	{"Who was accountable for fraud screening on 16 March 2026?", "fraud-screening", "2026-03-16", 0,
		"As the record stands today, nobody held it but the chief AI officer: a letter had ended Marek Zielonka's authority " +
			"from 1 February."},
	{"The same day, as it was known before that letter was entered", "fraud-screening", "2026-03-16", 67,
		"The letter was filed and not entered until 18 May 2026 (act 68). What anybody could have known on the day is still " +
			"there to be asked for: nothing recorded is ever changed."},
}

// command is what gives the same answer.
func (s scene) command() string {
	c := "who " + s.scope + " --at " + s.at
	if s.known != 0 {
		c += fmt.Sprintf(" --known %d", s.known)
	}
	return c
}

func (a *app) scene(l *opened, i int, s scene) error {
	at, err := a.moment("--at", s.at, l.Zone())
	if err != nil {
		return err
	}
	return put(l, at, s.known, func(v *domain.View) error {
		w, err := projections.AskWho(v, s.scope, "")
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.line(struct {
				Demo    bool             `json:"demo"`
				Title   string           `json:"title"`
				Command string           `json:"command"`
				Answer  *projections.Who `json:"answer"`
			}{true, s.title, "buckstop " + s.command(), w})
		}
		a.banner(fmt.Sprintf("%d. %s", i+1, s.title))
		a.out.wrapped("", "", s.told)
		a.out.printf("\n%s\n\n", a.out.dim("$ buckstop "+s.command()))
		whoPage{screen: a.out, names: names{v}, calendar: calendar{v.Zone()}, w: w, brief: i > 0}.print()
		return nil
	})
}

// banner begins a screen of the demo; it says that what follows is invented.
func (a *app) banner(title string) {
	const mark = " demo data"
	line := strings.Repeat("─", max(min(a.out.width, paragraph)-len([]rune(title))-len(mark)-1, 3))
	a.out.printf("\n%s %s%s\n", a.out.bold(title), a.out.dim(line), a.out.yellow(mark))
}

func (a *app) introduce(l *opened, s *sample) {
	c := calendar{l.Zone()}
	a.banner("Harrow & Vale Mutual")
	a.out.wrapped("", "", "A sample organization, for demonstration: an invented British mutual insurer. Every person, firm and figure in it is invented.")
	a.out.printf("\n")
	a.out.wrapped("", "", fmt.Sprintf("%s were recorded, the last on %s; \"today\" is 15 September 2026. They went through the "+
		"same door as any others: judged by the rules, hashed, and on disk.", counted(int(s.last.Seq), "act"), c.date(s.last.Recorded)))
	a.out.printf("\n")
	for _, year := range story {
		a.out.wrapped("  "+a.out.bold(year[0])+"  ", strings.Repeat(" ", 8), year[1])
	}
}

// tryNext gives commands that go on from what was shown.
func (a *app) tryNext(keep string) {
	dir := keep
	a.banner("Try next")
	if keep == "" {
		dir = "./demo-data"
		a.out.printf("This ledger is removed now. Make one that stays:\n\n  %s demo --keep %s\n\nThen ask it:\n\n", program(), dir)
	} else {
		a.out.printf("The ledger stays in %s. Ask it:\n\n", dir)
	}
	for _, n := range []struct{ command, why string }{
		{"who claims-triage --at 2025-11-02", "the acting officer's first weekend"},
		{"who claims-triage --at 2025-11-02 --known 51", "the same, before her start was corrected: the post was vacant"},
		{"who claims-triage model.approve-high-risk --at 2026-09-15", "a reserved matter: the Board itself answers"},
		{"diff --at 2026-03-16 --known 67 who fraud-screening", "what the late letter changed"},
		{"seats caio --at 2026-09-15", "who is in a post"},
		{"history d-fraud", "everything about one delegation"},
		{"show 51", "one act, as it was recorded and as it stands"},
		{"log --limit 10", "the record"},
	} {
		a.out.printf("  %s\n  %s --data %s %s\n", a.out.dim("# "+n.why), program(), dir, n.command)
	}
	a.out.printf("\nTo record in it, say that you are its recorder: --as %s.\n", demoPrincipal)
	a.out.printf("To open a ledger of your own: %s init --help\n", program())
}

// program is how the program was called: as a command, or from its source.
func program() string {
	if exe, err := os.Executable(); err == nil && strings.Contains(filepath.ToSlash(exe), "/go-build") {
		return "go run ./cmd/buckstop"
	}
	return "buckstop"
}
