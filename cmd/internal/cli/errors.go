package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/spf13/cobra"
)

// problem is an error as people and programs are told it: the one form that every other error is made into.
type problem struct {
	Code   string // of a rule, in domain; or of the program, below
	Detail string // what is wrong, without a full stop
	Cure   string // what would cure it, as sentences; empty where Detail says so already
	File   string // where it is from, if it is a file
	Line   int    // 1 is the first; 0 is none
	Sheet  string // of a workbook
	Column string // the head above the cell concerned, in a file of sheets
	Path   string // the field concerned
	Acts   []string
	cells  bool   // File is one of sheets: Line is a row
	exit   int    // in place of the code's own, if not 0
	kind   string // what the text begins with, in place of the exit code's, if not empty
}

// What the program itself can say, beside the rules of the domain.
const (
	codeUsage       = "USAGE"
	codeNotFound    = "NOT_FOUND"
	codeExists      = "EXISTS"
	codeLocked      = "LOCKED"
	codeUnsynced    = "UNSYNCED"
	codeUnavailable = "UNAVAILABLE"
	codeDamaged     = "DAMAGED"
	codeDrift       = "DRIFT"
	codeInterrupted = "INTERRUPTED"
	codeFailure     = "FAILURE"
)

func (p *problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Code + ": " + p.Detail)
	var where []string
	switch {
	case p.cells:
		where = p.cell()
	case p.Line > 0:
		where = append(where, fmt.Sprintf("%s line %d", p.File, p.Line))
	case p.File != "":
		where = append(where, p.File)
	}
	if p.Path != "" && p.Column == "" {
		where = append(where, p.Path)
	}
	if len(where) > 0 {
		b.WriteString(" (" + strings.Join(where, ", ") + ")")
	}
	if p.Cure != "" {
		b.WriteString(". " + p.Cure)
	}
	return b.String()
}

// cell says where in a file of sheets it is, as whoever filled it in knows it.
func (p *problem) cell() []string {
	where := []string{p.File}
	if p.Sheet != "" {
		where = append(where, "sheet "+p.Sheet)
	}
	if p.Line > 0 {
		where = append(where, fmt.Sprintf("row %d", p.Line))
	}
	if p.Column != "" {
		where = append(where, "column "+p.Column)
	}
	return where
}

// usage is the error of a command line that cannot be understood.
func usage(cmd *cobra.Command, format string, args ...any) *problem {
	return &problem{Code: codeUsage, Detail: fmt.Sprintf(format, args...), Cure: "See `" + cmd.CommandPath() + " --help`."}
}

// located says from which line of which file an error is.
type located struct {
	err  error
	file string
	line int
}

func (l *located) Error() string { return fmt.Sprintf("%s line %d: %s", l.file, l.line, l.err) }
func (l *located) Unwrap() error { return l.err }

// celled says from which cell of a file of sheets an error is, as far as that is known.
type celled struct {
	err    error
	file   string
	sheet  string
	row    int
	column string
}

func (c *celled) Error() string { return c.file + ": " + c.err.Error() }
func (c *celled) Unwrap() error { return c.err }

// asked marks the refusal of a question. That what it asks about is not there is no broken rule.
type asked struct{ err error }

func (e *asked) Error() string { return e.err.Error() }
func (e *asked) Unwrap() error { return e.err }

// problemOf makes any error a problem.
func problemOf(err error) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	p = &problem{}
	var refusal *domain.Refusal
	if errors.As(err, &refusal) {
		*p = problem{Code: string(refusal.Code), Detail: refusal.Message, Cure: refusal.Cure, Path: refusal.Path, Acts: refusal.Acts,
			kind: kinds[exitRefused]}
		var question *asked
		if errors.As(err, &question) {
			p.asked(refusal.Path)
		}
	} else {
		p.Code, p.Detail = storeCode(err), strings.TrimSuffix(err.Error(), ".")
	}
	var at *located
	if errors.As(err, &at) {
		p.File, p.Line = at.file, at.line
		if refusal == nil {
			p.Detail = strings.TrimSuffix(at.err.Error(), ".")
		}
	}
	var in *celled
	if errors.As(err, &in) {
		p.cells, p.File, p.Sheet, p.Line, p.Column = true, in.file, in.sheet, in.row, in.column
	}
	return p
}

// asked makes the refusal of a question the problem of whoever asks: the fields of an act have no part in it.
func (p *problem) asked(path string) {
	if p.Path = ""; path == "known" {
		p.Path = "--known"
	}
	if p.kind = kinds[exitUsage]; strings.HasPrefix(p.Code, "UNKNOWN_") {
		p.exit, p.kind = exitNotFound, kinds[exitNotFound]
	}
}

// storeCode names what went wrong beside the rules.
func storeCode(err error) string {
	for _, known := range []struct {
		err  error
		code string
	}{
		{eventstore.ErrLocked, codeLocked},
		{eventstore.ErrUnsynced, codeUnsynced},
		{eventstore.ErrDamaged, codeDamaged},
		{eventstore.ErrDrift, codeDrift},
		{eventstore.ErrExists, codeExists},
		{eventstore.ErrConflict, string(domain.Conflict)},
		{eventstore.ErrUnavailable, codeUnavailable},
		{eventstore.ErrNotFound, codeNotFound},
		{eventstore.ErrInvalid, codeUsage},
		{fs.ErrNotExist, codeNotFound},
		{context.Canceled, codeInterrupted},
	} {
		if errors.Is(err, known.err) {
			return known.code
		}
	}
	return codeFailure
}

// report prints an error to stderr and gives the exit code.
func (a *app) report(err error) int {
	var said *reported
	if errors.As(err, &said) {
		return said.exit
	}
	p := problemOf(err)
	a.complain(p)
	return p.exitCode()
}

// reported is an error of which all has been said.
type reported struct{ exit int }

func (r *reported) Error() string { return fmt.Sprintf("exit code %d", r.exit) }

// complain prints a problem: a line of text, or with --json an RFC 9457 problem as one line.
func (a *app) complain(p *problem) {
	if !a.flags.json {
		kind := or(p.kind, kinds[p.exitCode()])
		words := p.Error()
		if p.Code == codeUsage {
			words = strings.TrimPrefix(words, codeUsage+": ")
		}
		if !a.err.terminal {
			a.err.printf("%s: %s\n", kind, words)
			return
		}
		a.err.wrapped(a.err.red(kind+":")+" ", "  ", words)
		return
	}
	b, _ := json.Marshal(struct {
		Type   string   `json:"type"`
		Title  string   `json:"title"`
		Detail string   `json:"detail"`
		Code   string   `json:"code"`
		File   string   `json:"file,omitempty"`
		Sheet  string   `json:"sheet,omitempty"`
		Line   int      `json:"line,omitempty"`
		Column string   `json:"column,omitempty"`
		Path   string   `json:"path,omitempty"`
		Cure   string   `json:"cure,omitempty"`
		Acts   []string `json:"acts,omitempty"`
		Exit   int      `json:"exit"`
	}{"urn:buckstop:problem:" + p.Code, title(p.Code), p.Detail, p.Code, p.File, p.Sheet, p.Line, p.Column, p.Path, p.Cure, p.Acts, p.exitCode()})
	a.err.printf("%s\n", b)
}
