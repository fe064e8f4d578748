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
	if keep == "" {
		return nil
	}
	return a.concluded(ctx, l, nil)
}

// scene is one question of the demo, and what to see in its answer.
type scene struct {
	title, told string
	command     string
	at          string
	known       uint64
	answer      func(v *domain.View) (any, error)
	print       func(a *app, v *domain.View, answer any) error
}

var scenes = []scene{
	{"Who is accountable for claims triage today?",
		"An AI agent pays small claims. A system answers for nothing: the person named for it does, and everybody who " +
			"passed the authority down still does too.",
		"who claims-triage", demoToday, 0, whoAnswers("claims-triage"), (*app).whoInBrief},
	{"May the agent pay a claim of 700 pounds?",
		"In September it might have. After a bad quarter it resumed with a limit of 500.",
		"can triage-agent claim.approve claims-triage --amount claim=700GBP", demoToday, 0, mayAgentPay, (*app).whyNot},
	{"Who was accountable for fraud screening on 16 March 2026?",
		"As the record stands today, nobody but the chief AI officer: a letter had ended Marek Zielonka's authority from 1 February.",
		"who fraud-screening", "2026-03-16", 0, whoAnswers("fraud-screening"), (*app).whoAlone},
	{"The same day, as it was known before that letter was entered",
		"It was filed, and entered on 18 May (act 68). What anybody could have known on the day can still be asked for: nothing " +
			"recorded is ever changed.",
		"who fraud-screening", "2026-03-16", 67, whoAnswers("fraud-screening"), (*app).whoAlone},
	{"What should the Board look at today?",
		"Nothing of this was entered by anybody: it follows from the acts.",
		"findings", demoToday, 0, openFindings, (*app).headline},
}

func whoAnswers(scope string) func(*domain.View) (any, error) {
	return func(v *domain.View) (any, error) { return projections.AskWho(v, scope, "") }
}

func mayAgentPay(v *domain.View) (any, error) {
	q, _ := quantity("claim=700GBP")
	return projections.AskCan(v, "triage-agent", "claim.approve", "claims-triage", []domain.Quantity{q})
}

func openFindings(v *domain.View) (any, error) {
	return projections.AskFindings(v, projections.FindingsQuery{Open: true})
}

func (a *app) whoPage(v *domain.View, answer any) whoPage {
	return whoPage{screen: a.out, names: names{v}, calendar: calendar{v.Zone()}, w: answer.(*projections.Who), brief: true}
}

func (a *app) whoInBrief(v *domain.View, answer any) error {
	a.whoPage(v, answer).print()
	return nil
}

// whoAlone says who answers, and no more.
func (a *app) whoAlone(v *domain.View, answer any) error {
	a.whoPage(v, answer).answer()
	return nil
}

// whyNot says that somebody may not, and why.
func (a *app) whyNot(v *domain.View, answer any) error {
	c := answer.(*projections.Can)
	says := "No."
	if c.Allowed {
		says = "Yes."
	}
	a.out.wrapped("", "", a.out.bold(says))
	for _, r := range c.Reasons {
		a.out.wrapped("  ", "  ", r.Message+". "+a.out.yellow("["+string(r.Code)+"]"))
	}
	return nil
}

// headline lists findings, one a line.
func (a *app) headline(v *domain.View, answer any) error {
	var rows [][]any
	for _, f := range answer.(*projections.Findings).Findings {
		rows = append(rows, []any{f.Severity, f.Title, f.About, calendar{v.Zone()}.short(f.Since.Time())})
	}
	a.out.table([]any{"Severity", "Finding", "About", "Since"}, rows, 2)
	return nil
}

// line is the command that gives the same answer.
func (s scene) line() string {
	c := s.command + " --at " + s.at
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
		answer, err := s.answer(v)
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.line(struct {
				Demo    bool   `json:"demo"`
				Title   string `json:"title"`
				Command string `json:"command"`
				Answer  any    `json:"answer"`
			}{true, s.title, "buckstop " + s.line(), answer})
		}
		a.banner(fmt.Sprintf("%d. %s", i+1, s.title))
		a.out.wrapped("", "", s.told)
		a.out.printf("\n%s\n\n", a.out.dim("$ buckstop "+s.line()))
		return s.print(a, v, answer)
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
	a.out.wrapped("", "", fmt.Sprintf("%s were recorded, the last on %s, which is \"today\". They went through the same "+
		"door as any others: judged by the rules, hashed, and on disk. %s were refused.", counted(int(s.last.Seq), "act"),
		c.date(s.last.Recorded), capital(counted(s.refused, "attempt"))))
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
		{"who claims-triage --at 2025-12-10", "somebody was acting in the post"},
		{"can caio model.approve-high-risk claims-triage", "a reserved matter: the Board alone"},
		{"findings", "the board pack; add --all for what was put right"},
		{"coverage iso42001 --scope organization", "governance or management? what management has usurped"},
		{"statement anjali --from 2026-03-01", "what one officer held, and handed on"},
		{"register", "the delegation-of-authority matrix"},
		{"log --refused", "what was tried and refused"},
		{"history d-fraud", "everything about one delegation"},
		{"show demo-100", "a person whose data were erased; every hash still verifies"},
		{"watch 'delegation.>' --from 172 --count 5", "acts as they are recorded"},
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
