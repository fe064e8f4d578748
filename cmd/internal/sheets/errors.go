package sheets

import (
	"errors"
	"fmt"
	"strings"

	"buckstop/domain"
)

// Error says what is wrong with a file of sheets, and where. It is, for errors.As, a [domain.Refusal] with INVALID.
type Error struct {
	Sheet  string // empty where it is of the whole file, or the file is a CSV
	Row    int    // as the spreadsheet program numbers it; 0 where it is of no row
	Column string // the head above the cell; empty where it is of no column
	Path   string // the field of the act that the column fills in, such as data.limits[0].max
	What   string // a sentence without a full stop
	Cure   string // what would cure it, as sentences; empty where What says so already
}

// Error gives all of it.
func (e *Error) Error() string {
	var where []string
	if e.Sheet != "" {
		where = append(where, "sheet "+e.Sheet)
	}
	if e.Row > 0 {
		where = append(where, fmt.Sprintf("row %d", e.Row))
	}
	if e.Column != "" {
		where = append(where, "column "+e.Column)
	}
	text := e.What
	if len(where) > 0 {
		text = strings.Join(where, ", ") + ": " + text
	}
	if e.Cure != "" {
		text += ". " + e.Cure
	}
	return text
}

func (e *Error) Unwrap() error {
	return &domain.Refusal{Code: domain.Invalid, Path: e.Path, Message: e.What, Cure: e.Cure}
}

func broken(what, cure string) error { return &Error{What: what, Cure: cure} }

// on names the sheet that an error is of.
func on(err error, sheet string) error {
	var e *Error
	if errors.As(err, &e) {
		e.Sheet = sheet
	}
	return err
}
