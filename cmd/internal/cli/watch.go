package cli

import (
	"context"
	"errors"
	"strings"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/spf13/cobra"
)

func (a *app) watchCommand() *cobra.Command {
	from, count := uint64(1), 0
	cmd := &cobra.Command{
		Use:   "watch [PATTERN]",
		Short: "Acts as they are recorded",
		Long: "Prints the acts that are recorded, and then those to come, a line each, until it is interrupted. With --json each\n" +
			"line is the CloudEvent exactly as it is stored.\n\n" +
			"PATTERN is one of NATS, matched against FAMILY.VERB.SUBJECT: * stands for one word, > for all that follow; what is left\n" +
			"out at the end may be anything. An embedded ledger is open to one program at a time, so that nothing is recorded\n" +
			"while it is watched; with --nats others may record.",
		Example: "  buckstop watch --from 100\n  buckstop watch 'delegation.>' --json\n  buckstop watch '*.granted' --count 1",
		Args:    words("[PATTERN]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			var pattern []string
			if len(args) > 0 {
				if pattern = subjectPattern(args[0]); pattern == nil {
					return usage(cmd, "%q is no pattern: words with points between them, * for one and > for all at the end", args[0])
				}
			}
			return a.watch(cmd.Context(), pattern, from, count)
		},
	}
	cmd.Flags().Uint64Var(&from, "from", 1, "from this `NUMBER` on")
	cmd.Flags().IntVar(&count, "count", 0, "end after `HOW-MANY`")
	return cmd
}

var errEnough = errors.New("enough")

func (a *app) watch(ctx context.Context, pattern []string, from uint64, count int) error {
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
	seen := 0
	err = log.Follow(ctx, max(from, 1)-1, func(r eventstore.Recorded) error {
		if !matches(pattern, r.Subject) {
			return nil
		}
		if err := a.watched(r); err != nil {
			return err
		}
		if seen++; seen == count {
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
