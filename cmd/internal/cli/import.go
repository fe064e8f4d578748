package cli

import (
	"context"
	"errors"
	"io"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"

	"github.com/spf13/cobra"
)

func (a *app) importCommand() *cobra.Command {
	dry, template := false, ""
	cmd := &cobra.Command{
		Use:   "import FILE|-",
		Short: "Record many acts from a file: JSON lines, an XLSX workbook or CSV",
		Long: "Records acts given as JSON lines or as rows of sheets, goes on to the end whatever is refused, and reports every row\n" +
			"that is, with its line, or its sheet, row and column. It can be run again, also after it was interrupted: what is\n" +
			"recorded already is told and left as it is. An act without an id gets one that is the same each time. Stored acts, as\n" +
			"exported, are unwrapped.\n\n" +
			"A file whose first act is ledger.opened opens the ledger that --ledger names.\n\n" +
			"Workbooks (.xlsx) and CSV (.csv) have a sheet for each kind of act. --template writes one to fill in, with what goes\n" +
			"into each column, by the name it is given: " + templateKinds() + ",\n" +
			"as .xlsx or .csv, or organisation.xlsx, which has them all. With --dry-run each row is said in words.",
		Example: "  buckstop import --template organisation.xlsx\n  buckstop import --dry-run organisation.xlsx\n" +
			"  buckstop --ledger acme import acts.jsonl",
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("template") {
				return words()(cmd, args)
			}
			return words("FILE")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case !cmd.Flags().Changed("template"):
				return a.importFile(cmd.Context(), args[0], dry)
			case dry:
				return usage(cmd, "--template and --dry-run do not go together")
			}
			return a.writeTemplate(template)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&dry, "dry-run", false, "decide and write nothing")
	f.StringVar(&template, "template", "", "write an empty workbook or CSV to fill in, as `FILE`, and import nothing")
	return cmd
}

func (a *app) importFile(ctx context.Context, file string, dry bool) error {
	in, err := a.input(file)
	if err != nil {
		return err
	}
	defer in.close()
	rows, err := a.rowsOf(in)
	if err != nil {
		return err
	}
	first, err := rows.peek()
	if err != nil {
		return rows.none(err)
	}
	l, err := a.openFor(ctx, first.Type == "ledger.opened", dry)
	if err != nil {
		return err
	}
	defer l.Close()
	if err := rows.knowing(l); err != nil {
		return err
	}
	im := &importing{app: a, l: l, rows: rows, dry: dry, bar: a.progress("Importing"), tally: tally{types: map[string]*count{}}}
	if dry {
		err = im.rehearse(ctx)
	} else {
		err = im.submit(ctx)
	}
	im.bar.done()
	if err == nil && ctx.Err() != nil {
		im.interrupted = true
		err = im.stoppedShort()
	}
	if serr := im.summary(); err == nil {
		err = serr
	}
	if err == nil {
		err = im.verdict()
	}
	if dry {
		return err
	}
	return a.concluded(ctx, l, err)
}

// stoppedShort says how far an import came that was interrupted.
func (im *importing) stoppedShort() error {
	return &problem{Code: codeInterrupted, Detail: "interrupted after the row given last", File: im.rows.in.name, Line: im.rows.line,
		Sheet: im.rows.sheetName(), cells: im.rows.book != nil, Cure: "Run the same import again to go on."}
}

// importing is an import under way.
type importing struct {
	*app
	l           *opened
	rows        *rows
	dry         bool
	bar         *progress
	interrupted bool
	tally       tally
	window      []outstanding
	waiting     int // bytes of the acts in window
}

// outstanding is a row that was submitted and whose result has not been looked at.
type outstanding struct {
	row    row
	result <-chan ledger.Result
}

// How many rows, and how many bytes of them, may be on their way at once.
const (
	windowRows  = 4000
	windowBytes = 64 << 20
)

// submit records the rows, many on their way at once, and looks at their results in their order.
func (im *importing) submit(ctx context.Context) error {
	var failed error
	for failed == nil && ctx.Err() == nil {
		r, err := im.rows.next(im.l.ID())
		if err == io.EOF {
			break
		}
		if err != nil {
			failed = err
			break
		}
		im.bar.of(im.rows.read, im.rows.in.size)
		im.window = append(im.window, outstanding{r, im.send(r)})
		im.waiting += len(r.text)
		for failed == nil && len(im.window) > 0 && (im.full() || len(im.window[0].result) > 0) {
			failed = im.settle()
		}
	}
	// What is on its way is recorded whatever happened, so it is counted too.
	for len(im.window) > 0 {
		if err := im.settle(); failed == nil {
			failed = err
		}
	}
	return failed
}

// full tells whether to wait for the oldest result: while many are on their way, and for the act that opens the ledger,
// since without it all others would be refused.
func (im *importing) full() bool {
	return len(im.window) >= windowRows || im.waiting >= windowBytes || im.l.fresh
}

func (im *importing) send(r row) <-chan ledger.Result {
	if r.err == nil {
		return im.l.Submit(im.flags.as, r.text)
	}
	result := make(chan ledger.Result, 1)
	result <- ledger.Result{Err: r.err}
	return result
}

// settle waits for the result of the oldest row on its way.
func (im *importing) settle() error {
	o := im.window[0]
	im.window = im.window[1:]
	im.waiting -= len(o.row.text)
	return im.note(o.row, <-o.result)
}

// note counts a row's result, and gives the error of one that no rule refused.
func (im *importing) note(r row, result ledger.Result) error {
	im.tally.note(r.gist, result)
	var refusal *domain.Refusal
	switch {
	case result.Err == nil:
		im.l.fresh = false
		im.tally.Last = max(im.tally.Last, result.Receipt.Seq)
		im.preview(r, result.Receipt)
	case errors.As(result.Err, &refusal) && !im.l.fresh:
		im.bar.hide()
		im.complain(problemOf(r.at(im.rows.in.name, result.Err)))
	default:
		return r.at(im.rows.in.name, result.Err)
	}
	return nil
}

// rehearse judges the rows one after the other.
func (im *importing) rehearse(ctx context.Context) (failed error) {
	var now row
	im.l.Rehearse(im.flags.as, func() ([]byte, bool) {
		for failed == nil && ctx.Err() == nil {
			var err error
			if now, err = im.rows.next(im.l.ID()); err != nil {
				if err != io.EOF {
					failed = err
				}
				return nil, false
			}
			im.bar.of(im.rows.read, im.rows.in.size)
			if now.err == nil {
				return now.text, true
			}
			failed = im.note(now, ledger.Result{Err: now.err})
		}
		return nil, false
	}, func(r ledger.Result) { failed = im.note(now, r) })
	if im.rows.book != nil && im.rows.book.previewed {
		im.out.printf("\n")
	}
	return failed
}

// verdict is the exit code of an import that came to its end.
func (im *importing) verdict() error {
	switch {
	case im.tally.Refused > 0:
		return &reported{exitRefused}
	case im.tally.Malformed > 0:
		return &reported{exitUsage}
	}
	return nil
}
