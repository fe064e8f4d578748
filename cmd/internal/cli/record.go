package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"

	"github.com/spf13/cobra"
)

func (a *app) recordCommand() *cobra.Command {
	dry := false
	cmd := &cobra.Command{
		Use:   "record FILE|-",
		Short: "Record acts, with a receipt for each",
		Long: "Records acts given as JSON: one, several one after the other, an array, or a line each. Every act gets a receipt:\n" +
			"its id, its number in the record, when it was recorded and the hash of what is stored. It is printed when the act is\n" +
			"on disk. The first act that is refused ends it, since later ones may rest on it.\n\n" +
			"A file whose first act is ledger.opened opens the ledger that --ledger names.",
		Example: "  buckstop record acts.json\n" +
			"  echo '{\"type\":\"party.registered\",\"effective\":\"2026-03-01\",\"by\":\"board\",\n" +
			"    \"data\":{\"id\":\"ada\",\"kind\":\"person\",\"name\":\"Ada Okafor\"}}' | buckstop record -",
		Args: words("FILE"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.record(cmd.Context(), args[0], dry) },
	}
	cmd.Flags().BoolVar(&dry, "dry-run", false, "decide and write nothing")
	return cmd
}

func (a *app) record(ctx context.Context, file string, dry bool) error {
	in, err := a.input(file)
	if err != nil {
		return err
	}
	defer in.close()
	acts := readActs(in)
	first, err := acts.peek()
	switch {
	case err == io.EOF:
		return &problem{Code: codeUsage, Detail: "there is no act in it", File: in.name}
	case err != nil:
		return err
	}
	opening, err := opens(first.text)
	if err != nil {
		return &located{err, in.name, first.line}
	}
	l, err := a.openFor(ctx, opening, dry)
	if err != nil {
		return err
	}
	defer l.Close()
	if dry {
		return a.rehearse(l, in.name, acts)
	}
	return a.concluded(ctx, l, a.recordEach(ctx, l, in.name, acts))
}

// recordEach records acts one after the other, and ends with the first that cannot be.
func (a *app) recordEach(ctx context.Context, l *opened, name string, acts *acts) error {
	var last ledger.Receipt
	for n := 0; ; n++ {
		next, err := acts.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			if last, err = l.Record(ctx, a.flags.as, next.text); err != nil {
				err = &located{err, name, next.line}
			}
		}
		if err != nil {
			return a.stopped(err, n)
		}
		if err := a.receipt(l, last, next.text); err != nil {
			return err
		}
	}
}

// openFor opens the ledger to record in; where the first act opens a ledger it need not exist yet.
func (a *app) openFor(ctx context.Context, opening, dry bool) (*opened, error) {
	if opening {
		return a.openOrNew(ctx, dry)
	}
	return a.open(ctx)
}

// stopped says what became of the acts before the one that ended it.
func (a *app) stopped(err error, before int) error {
	p := problemOf(err)
	a.complain(p)
	if !a.flags.json {
		switch before {
		case 0:
			a.err.printf("Nothing was recorded.\n")
		case 1:
			a.err.printf("The act before it is recorded. What follows it was not tried.\n")
		default:
			a.err.printf("The %s before it are recorded. What follows it was not tried.\n", counted(before, "act"))
		}
	}
	return &reported{p.exitCode()}
}

// rehearse judges acts one after the other, and ends with the first that would be refused.
func (a *app) rehearse(l *opened, name string, acts *acts) (failed error) {
	var now act
	n := 0
	l.Rehearse(a.flags.as, func() ([]byte, bool) {
		var err error
		if now, err = acts.next(); err != nil {
			if err != io.EOF && failed == nil {
				failed = err
			}
			return nil, false
		}
		return now.text, failed == nil
	}, func(r ledger.Result) {
		switch {
		case failed != nil:
		case r.Err != nil:
			failed = &located{r.Err, name, now.line}
		default:
			n++
			failed = a.rehearsed(r.Receipt, now.text)
		}
	})
	if failed == nil && !a.flags.json {
		a.out.printf("Dry run: %s would be recorded; nothing was.\n", counted(n, "act"))
	}
	var refusal *domain.Refusal
	if errors.As(failed, &refusal) && !a.flags.json {
		a.complain(problemOf(failed))
		a.err.printf("Dry run: nothing was recorded.\n")
		return &reported{problemOf(failed).exitCode()}
	}
	return failed
}

// receipt prints that an act is recorded.
func (a *app) receipt(l *opened, r ledger.Receipt, text []byte) error {
	if a.flags.json {
		return a.line(r)
	}
	verb := "Recorded as act"
	if r.Known {
		verb = "Already recorded as act"
	}
	a.out.printf("%s %d: %s (%s)\n", verb, r.Seq, gistOf(text).Type, r.ID)
	a.out.printf("  %s  leaf %s\n", calendar{l.Zone()}.time(r.Recorded.Truncate(time.Second)), r.Leaf)
	return nil
}

// rehearsed prints what would become of an act. Its time and hash are those of the real recording and not known yet.
func (a *app) rehearsed(r ledger.Receipt, text []byte) error {
	o := gistOf(text)
	if a.flags.json {
		return a.line(struct {
			ID     string `json:"id,omitempty"`
			Seq    uint64 `json:"seq"`
			Known  bool   `json:"known,omitempty"`
			DryRun bool   `json:"dryRun"`
		}{o.ID, r.Seq, r.Known, true})
	}
	verb := "Would be recorded as act"
	if r.Known {
		verb = "Already recorded as act"
	}
	id := ""
	if o.ID != "" {
		id = fmt.Sprintf(" (%s)", o.ID)
	}
	a.out.printf("%s %d: %s%s\n", verb, r.Seq, o.Type, id)
	return nil
}
