package cli

import (
	"errors"
	"fmt"
	"io"

	"buckstop/cmd/internal/ledger"
	"buckstop/cmd/internal/sheets"
	"buckstop/domain"
)

// sheetRows gives the rows of a file of sheets to an import.
type sheetRows struct {
	*sheets.Book
	given     int
	previewed bool
	sheet     string            // of the row given last
	governing map[string]string // the governing body by effective date
}

// rowsOf reads a file of acts line by line, and one of sheets whole: what is wrong with the file as such is said before
// anything is recorded.
func (a *app) rowsOf(in *input) (*rows, error) {
	r := readRows(in)
	if begins, _ := in.Peek(4); !sheets.Is(in.name, begins) {
		return r, nil
	}
	book, err := sheets.Read(in.name, in)
	var wrong *sheets.Error
	switch {
	case errors.As(err, &wrong):
		return nil, &celled{wrong, in.name, wrong.Sheet, wrong.Row, wrong.Column}
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", in.name, err)
	}
	if !a.flags.json {
		for _, note := range book.Notes {
			a.err.printf("note: %s: %s.\n", in.name, note)
		}
	}
	in.size = int64(book.Len())
	r.book = &sheetRows{Book: book}
	return r, nil
}

// knowing looks up in a ledger what its sheets leave to it: the governing body, in whose name most rows are done. It is asked
// before the first row is given, since nothing can be asked of a ledger that is judging.
func (r *rows) knowing(l *opened) error {
	if r.book == nil {
		return nil
	}
	r.book.governing = map[string]string{}
	for _, date := range r.book.Unsigned() {
		at, _, err := domain.ParseInstant(date, l.Zone())
		if err != nil {
			continue // the row itself is refused
		}
		err = l.Ask(at, 0, func(v *domain.View) error {
			var acts []uint64
			r.book.governing[date] = v.Governing(&acts)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sheetRow gives the next row of a file of sheets; io.EOF after the last.
func (r *rows) sheetRow() (row, error) {
	b := r.book
	if b.given >= b.Len() {
		return row{}, io.EOF
	}
	made, err := b.Row(b.given, func(effective string) string { return b.governing[effective] })
	b.given++
	b.sheet, r.line, r.read = made.Sheet, made.Number, int64(b.given)
	n := row{act: act{made.Act, made.Number}, gist: gist{Type: made.Type}, sheet: made, err: err}
	if err == nil {
		n.gist = gistOf(n.text)
	}
	return n, nil
}

// peekSheet tells that there is a row, and leaves it. None opens a ledger.
func (r *rows) peekSheet() (row, error) {
	if r.book.Len() == 0 {
		return row{}, io.EOF
	}
	return row{}, nil
}

// sheetName is the sheet of the row given last.
func (r *rows) sheetName() string {
	if r.book == nil {
		return ""
	}
	return r.book.sheet
}

// at says of which row an error is, and of which column, so that whoever filled in a sheet finds the cell.
func (n *row) at(file string, err error) error {
	if n.sheet == nil {
		return &located{err, file, n.line}
	}
	in := &celled{err: err, file: file, sheet: n.sheet.Sheet, row: n.sheet.Number}
	var cell *sheets.Error
	var refusal *domain.Refusal
	if errors.As(err, &cell) {
		in.column = cell.Column
	} else if errors.As(err, &refusal) {
		in.column = n.sheet.Column(refusal.Path)
	}
	return in
}

// preview says in words what a row of a sheet would record.
func (im *importing) preview(r row, receipt ledger.Receipt) {
	if r.sheet == nil || !im.dry || im.flags.json {
		return
	}
	im.bar.hide()
	known := ""
	if receipt.Known {
		known = " (recorded already)"
	}
	where := fmt.Sprintf("row %d", r.sheet.Number)
	if r.sheet.Sheet != "" {
		where = r.sheet.Sheet + " " + where
	}
	im.out.printf("%s: %s%s\n", where, r.sheet.Words, known)
	im.rows.book.previewed = true
}
