package catalogue

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a file. They lie far above any standard, and keep a wrong file from costing more than a message.
const (
	maxBytes    = 4 << 20
	maxRows     = 10_000
	maxProblems = 1_000
)

// table is a file as rows of named cells, with what is wrong with it.
type table struct {
	records  []record
	problems Problems
	full     bool // there are more problems than are told
	whole    bool // every row could be read
}

type record struct {
	line  int
	cells map[string]string // by column; without the spaces around them
}

// problem notes what is wrong, and counts it no further once there is too much.
func (t *table) problem(line int, column, cure, format string, args ...any) {
	if len(t.problems) < maxProblems {
		t.problems = append(t.problems, Problem{line, column, fmt.Sprintf(format, args...), cure})
		return
	}
	t.full = true
}

// err gives the problems in the order of the file.
func (t *table) err() error {
	if len(t.problems) == 0 {
		return nil
	}
	ps := slices.Clone(t.problems)
	slices.SortStableFunc(ps, func(a, b Problem) int { return a.Line - b.Line })
	if t.full {
		ps = append(ps, Problem{0, "", "there are more problems than these", "Mend these first."})
	}
	return ps
}

// readTable reads a file whose columns are those that form gives for its header, in any order. Where the header is wrong
// nothing more is read, since every row would be wrong with it.
func readTable(text []byte, form func(header []string) []string) *table {
	t := &table{whole: true}
	if len(text) > maxBytes {
		t.problem(0, "", "Split it into catalogues of their own.", "the file has %d bytes, and %d at most are read", len(text), maxBytes)
		return t
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	r.FieldsPerRecord = -1 // what a row lacks is told in our own words
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		t.problem(1, "", "Begin with a header: the names of the columns, separated by commas.", "the file is empty")
		return t
	case err != nil:
		t.unreadable(err)
		return t
	}
	if !t.header(r, header, form) {
		return t
	}
	for !t.full {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.unreadable(err)
			continue
		}
		line, _ := r.FieldPos(0)
		if len(t.records) == maxRows {
			t.problem(line, "", "Split it into catalogues of their own.", "the file has more than %d rows", maxRows)
			t.whole = false
			break
		}
		t.record(line, header, cells)
	}
	if len(t.records) == 0 && len(t.problems) == 0 {
		t.problem(1, "", "Add a row for each clause.", "the file has a header and no rows")
	}
	return t
}

// unreadable notes a row that is no CSV. Reading goes on after it.
func (t *table) unreadable(err error) {
	t.whole = false
	at := &csv.ParseError{Err: err}
	errors.As(err, &at)
	to := ""
	if at.Line > at.StartLine {
		to = fmt.Sprintf("from here down to line %d ", at.Line)
	}
	t.problem(at.StartLine, "", `Put a cell that holds " or a comma between quotation marks, and write " in it twice.`,
		"%sthis is not CSV: %v", to, at.Err)
}

// header checks the names of the columns and puts them in order in place.
func (t *table) header(r *csv.Reader, header []string, form func([]string) []string) bool {
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	line, _ := r.FieldPos(0)
	columns := form(header)
	cure := "The columns are " + strings.Join(columns, ", ") + ", separated by commas."
	seen := map[string]bool{}
	for _, name := range header {
		switch {
		case !slices.Contains(columns, name):
			t.problem(line, short(strings.ToValidUTF8(name, "\ufffd")), cure, "there is no column %q", short(name))
		case seen[name]:
			t.problem(line, name, "Keep one of them.", "the column %q stands there twice", name)
		}
		seen[name] = true
	}
	for _, name := range columns {
		if !seen[name] {
			t.problem(line, name, "Add it to the header, and a cell for it to each row.", "the column %q is missing", name)
		}
	}
	return len(t.problems) == 0
}

// record takes one row up. One of empty cells alone is what spreadsheets leave behind, and is passed over like an empty
// line.
func (t *table) record(line int, header, cells []string) {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return
	}
	if len(cells) != len(header) {
		t.problem(line, "", `Put a cell that holds a comma between quotation marks, and a comma between any two cells.`,
			"the row has %d cells, and the header %d", len(cells), len(header))
		t.whole = false
		return
	}
	r := record{line, make(map[string]string, len(header))}
	for i, column := range header {
		if wrong := wrongText(cells[i]); wrong != "" {
			t.problem(line, column, "Take it out, and save the file as UTF-8.", "%q %s", short(cells[i]), wrong)
		}
		r.cells[column] = strings.TrimSpace(cells[i])
	}
	t.records = append(t.records, r)
}

// wrongText says what is wrong with a cell: it is shown on one line, and is what it seems to be.
func wrongText(s string) string {
	if !utf8.ValidString(s) {
		return "is not valid UTF-8"
	}
	for _, r := range s {
		switch {
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return fmt.Sprintf("holds the control character %q", r)
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return fmt.Sprintf("holds %U, which turns the direction of writing", r)
		}
	}
	return ""
}
