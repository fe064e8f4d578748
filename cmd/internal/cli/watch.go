package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/spf13/cobra"
)

// watching is what is watched.
type watching struct {
	fits  func(subject string) bool // nil for all
	from  uint64
	count int // end after so many; 0 for never
	seen  int
}

func (a *app) watchCommand() *cobra.Command {
	w, findings := &watching{}, false
	cmd := &cobra.Command{
		Use:   "watch [PATTERN]",
		Short: "Acts as they are recorded, or findings as they appear and clear",
		Long: "Prints the acts that are recorded, and then those to come, a line each, until it is interrupted. With --json each\n" +
			"line is the CloudEvent exactly as it is stored.\n\n" +
			"PATTERN is one of NATS, matched against FAMILY.VERB.SUBJECT: * stands for one word, > for all that follow; what is left\n" +
			"out at the end may be anything. An embedded ledger is open to one program at a time, so that nothing is recorded\n" +
			"while it is watched; with --nats others may record.\n\n" +
			"With --findings it prints each appearance and each clearing of a finding instead: its number, from when on it is so, the\n" +
			"code, what it is about, and the finding. They are published by whoever records, and while it watches by this program,\n" +
			"so that what time alone brings is seen too. PATTERN is then a code, with * for what may be anything: VACANT, 'NO_*'.",
		Example: "  buckstop watch --from 100\n  buckstop watch 'delegation.>' --json\n  buckstop watch '*.granted' --count 1\n" +
			"  buckstop watch --findings VACANT",
		Args: words("[PATTERN]"),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if len(args) > 0 && findings {
				w.fits, err = codesLike(args[0])
			} else if len(args) > 0 {
				w.fits, err = subjectsLike(cmd, args[0])
			}
			switch {
			case err != nil:
				return err
			case findings:
				return a.watchFindings(cmd.Context(), w)
			}
			return a.watch(cmd.Context(), w)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&findings, "findings", false, "findings as they appear and clear, in place of acts")
	f.Uint64Var(&w.from, "from", 1, "from this `NUMBER` on")
	f.IntVar(&w.count, "count", 0, "end after `HOW-MANY`")
	return cmd
}

var errEnough = errors.New("enough")

func (a *app) watch(ctx context.Context, w *watching) error {
	if !a.exists() {
		return a.noLedger(nil)
	}
	store, err := a.store(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = store.Close() }()
	id, err := a.pick(ctx, store)
	if err != nil {
		return err
	}
	log, err := store.Open(ctx, id)
	if errors.Is(err, eventstore.ErrNotFound) {
		ids, _ := store.Ledgers(ctx)
		return a.noLedger(ids)
	}
	if err != nil {
		return err
	}
	last, err := log.Last(ctx)
	if err != nil {
		return err
	}
	if w.after() > last {
		return w.beyond("act", last)
	}
	return w.follow(ctx, log.Follow, a.watched)
}

// after is the number after which to watch.
func (w *watching) after() uint64 { return max(w.from, 1) - 1 }

// beyond refuses to watch from a number that is yet to come and not the next.
func (w *watching) beyond(what string, last uint64) error {
	return &problem{Code: codeUsage, Detail: fmt.Sprintf("there is no %s %d yet; the newest is %d", what, w.after(), last),
		Cure: fmt.Sprintf("Watch from %d on for those to come.", last+1), Path: "--from"}
}

// follow prints what fits as it comes, until ctx ends or there were enough.
func (w *watching) follow(ctx context.Context, stream func(context.Context, uint64, func(eventstore.Recorded) error) error,
	print func(eventstore.Recorded) error) error {
	err := stream(ctx, w.after(), func(r eventstore.Recorded) error {
		if w.fits != nil && !w.fits(r.Subject) {
			return nil
		}
		if err := print(r); err != nil {
			return err
		}
		if w.seen++; w.seen == w.count {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) || ctx.Err() != nil {
		return nil
	}
	return err
}

func (a *app) watched(r eventstore.Recorded) error {
	if a.flags.json {
		a.out.printf("%s\n", r.Data)
		return nil
	}
	e, act, err := domain.ReadStored(r.Data)
	if err != nil {
		return err
	}
	a.out.printf("%d  %s  %s  %s  by %s  %s\n", e.Seq, e.Recorded.Format(time.RFC3339), a.out.bold(e.Type), e.Subject, act.By, a.out.dim(e.ID))
	return nil
}

// subjectsLike gives what tells whether a subject fits a pattern.
func subjectsLike(cmd *cobra.Command, pattern string) (func(string) bool, error) {
	words := subjectPattern(pattern)
	if words == nil {
		return nil, usage(cmd, "%q is no pattern: words with points between them, * for one and > for all at the end", pattern)
	}
	return func(subject string) bool { return matches(words, subject) }, nil
}

// subjectPattern splits a pattern into its words; nil where it is none.
func subjectPattern(pattern string) []string {
	words := strings.Split(pattern, ".")
	for i, w := range words {
		if w == "" || w == ">" && i < len(words)-1 || w != ">" && w != "*" && strings.ContainsAny(w, "*> \t") {
			return nil
		}
	}
	return words
}

// matches tells whether a subject, ledger.<ledger>.<family>.<verb>.<subject>, fits a pattern as NATS matches it. A pattern
// that ends early fits whatever follows.
func matches(pattern []string, subject string) bool {
	words := strings.Split(subject, ".")[2:]
	for i, w := range pattern {
		switch {
		case w == ">":
			return i < len(words)
		case i >= len(words) || w != "*" && w != words[i]:
			return false
		}
	}
	return true
}
