package catalogue

import (
	"fmt"
	"strings"

	"buckstop/domain"
)

// Problem is one thing that is wrong with a catalogue's file.
type Problem struct {
	Line    int    // where it is, the header being line 1 as a rule; 0 for what is wrong with the file as a whole
	Column  string // the name of the column; empty for what is wrong with the whole row
	Message string // what is wrong, in a sentence without a full stop
	Cure    string // what would cure it, in a sentence
}

// String gives the place, what is wrong and what would cure it.
func (p Problem) String() string {
	if p.where() == "" {
		return p.Message + ". " + p.Cure
	}
	return p.where() + ": " + p.Message + ". " + p.Cure
}

func (p Problem) where() string {
	switch {
	case p.Line == 0:
		return p.Column
	case p.Column == "":
		return fmt.Sprintf("line %d", p.Line)
	}
	return fmt.Sprintf("line %d, %s", p.Line, p.Column)
}

// Problems is the error of a file that is no catalogue: all that is wrong with it, and never nothing. It carries the code
// INVALID.
type Problems []Problem

// Error gives each problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problems as refusals of the domain, whose paths are line and column.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = &domain.Refusal{Code: domain.Invalid, Path: p.where(), Message: p.Message, Cure: p.Cure}
	}
	return errs
}

// short cuts what a message quotes: a cell can be as long as its file.
func short(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
