package sheets

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// SafeCell gives the text to write into a cell of a CSV so that a spreadsheet program shows it and never works it out.
// Text that such a program could take for a formula or a command gets an apostrophe before it: that which begins with
// = + - @, with one of their full-width forms, with a tab, a carriage return or a line feed, be it after spaces. A decimal
// that is negative or has no sign, such as -12.50, is left as it is: it is data.
//
// The same holds for what follows a semicolon, a tab or the end of a line inside the text: a program that takes another
// character than ours to stand between cells begins a cell there, quotation marks or not.
//
// [PlainCell] gives back exactly what went in, whatever that was. Every CSV that is written goes through it, as
// [NewWriter] sees to. XLSX needs none of it: there a text is marked as one.
func SafeCell(s string) string {
	return eachPart(s, func(part string, at place) string {
		if guardable(part, at) {
			return "'" + part
		}
		return part
	})
}

// PlainCell undoes [SafeCell]. Of a text that does not come from there it takes away nothing but an apostrophe before what
// could be a formula.
func PlainCell(s string) string {
	return eachPart(s, func(part string, at place) string {
		if strings.HasPrefix(part, "'") && guardable(part, at) {
			return part[1:]
		}
		return part
	})
}

// Writer writes a CSV that a spreadsheet program can be trusted with. It begins with a byte order mark, by which such
// programs know it for UTF-8.
type Writer struct{ *csv.Writer }

// NewWriter writes to w, and the byte order mark at once.
func NewWriter(w io.Writer) (*Writer, error) {
	_, err := io.WriteString(w, mark)
	return &Writer{csv.NewWriter(w)}, err
}

// Write writes a row, each cell as [SafeCell] gives it.
func (w *Writer) Write(row []string) error {
	safe := make([]string, len(row))
	for i, cell := range row {
		safe[i] = SafeCell(cell)
	}
	return w.Writer.Write(safe)
}

// WriteAll writes rows, each cell as [SafeCell] gives it, and flushes.
func (w *Writer) WriteAll(rows [][]string) error {
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// mark is the byte order mark of UTF-8.
const mark = "\xef\xbb\xbf"

// place says where in a text a part stands.
type place int

const (
	inside place = iota
	before       // the text's first, with a tab or the end of a line right after it
	last         // nothing comes after it
)

// eachPart changes every part of a text in which a spreadsheet program may begin a cell.
func eachPart(s string, change func(part string, at place) string) string {
	const breaks = ";\t\r\n"
	var b strings.Builder
	for first := true; ; first = false {
		i := strings.IndexAny(s, breaks)
		if i < 0 {
			b.WriteString(change(s, last))
			return b.String()
		}
		at := inside
		if first && s[i] != ';' {
			at = before
		}
		b.WriteString(change(s[:i], at))
		b.WriteByte(s[i])
		s = s[i+1:]
	}
}

// guardable tells whether a part is guarded by an apostrophe: it is dangerous, or would be without the apostrophes that it
// begins with. Since that is the same before and after, what was done can be undone.
func guardable(part string, at place) bool {
	part = strings.TrimLeft(part, "'")
	return dangerous(part) && !(at == last && plainNumber(strings.TrimLeft(part, " "))) || at == before && strings.Trim(part, " ") == ""
}

// dangerous tells whether a spreadsheet program could take the text for something other than text. What comes
// after spaces and quotation marks counts, since some programs drop them.
func dangerous(s string) bool {
	rest := strings.TrimLeft(s, " \"\u00a0\u3000\ufeff\t\r\n")
	first, _ := utf8.DecodeRuneInString(rest)
	switch first {
	case '=', '+', '-', '@', '＝', '＋', '－', '＠':
		return true
	}
	return false
}

// plainNumber tells whether the text is a decimal, negative or not, and nothing besides. With a plus sign it is more likely
// a telephone number, which a spreadsheet program would spoil.
func plainNumber(s string) bool {
	digits, points := 0, 0
	for _, c := range strings.TrimPrefix(s, "-") {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points <= 1
}
