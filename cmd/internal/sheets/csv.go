package sheets

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// addCSV reads a CSV. Its cells are text, all of them: what begins as a formula does is refused, and what was guarded so
// that a spreadsheet program does not take it for one is as it was before.
func (b *Book) addCSV(name string, text []byte) error {
	const utf = "Save it as “CSV UTF-8 (Comma delimited)”, or as an Excel workbook (.xlsx)."
	switch {
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return broken("it is a workbook, and its name says that it is a CSV", "Name it .xlsx.")
	case bytes.HasPrefix(text, []byte("\xff\xfe")), bytes.HasPrefix(text, []byte("\xfe\xff")), bytes.IndexByte(text, 0) >= 0:
		return broken("the text is not UTF-8 but, it seems, UTF-16", utf)
	case !utf8.Valid(text):
		return &Error{Row: 1 + bytes.Count(text[:invalidAt(text)], []byte("\n")), What: "the text is not UTF-8", Cure: utf}
	}
	text = bytes.TrimPrefix(text, []byte(mark))
	skipped := 0
	separator := rune(0)
	if rest, ok := bytes.CutPrefix(text, []byte("sep=")); ok && len(rest) > 1 {
		separator = rune(rest[0])
		_, text, _ = bytes.Cut(rest, []byte("\n"))
		skipped = 1
	}
	if separator == 0 {
		separator = separatorOf(text)
	}
	g, err := readCSV(text, separator, skipped)
	if err != nil {
		return err
	}
	if len(g.lines) == 0 {
		return nil
	}
	kind := kindByName(name)
	if kind == nil {
		kind = kindByHead(g.lines[0])
	}
	if kind == nil {
		return broken("what its rows are can be told neither from the file's name nor from its heads",
			"Name it after what it is, such as delegations.csv, and its columns as in the template.")
	}
	return b.add(kind, g)
}

func invalidAt(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

// separatorOf gives the character that parts the heads into the most that are known.
func separatorOf(text []byte) rune {
	best, most := ',', 0
	for _, candidate := range []rune{',', ';', '\t'} {
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma, r.FieldsPerRecord = candidate, -1
		heads, err := r.Read()
		if err != nil {
			continue
		}
		known := 0
		for _, h := range heads {
			for _, k := range Kinds {
				if k.column(h) != nil {
					known++
					break
				}
			}
		}
		if known > most {
			best, most = candidate, known
		}
	}
	return best
}

// readCSV reads the cells of a CSV. Rows are numbered as a spreadsheet program that opened it would: an empty line is one,
// and a row whose cells have several lines is one too.
func readCSV(text []byte, separator rune, skipped int) (*grid, error) {
	g := &grid{}
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	if r.Comma = separator; separator == '"' || separator == '\r' || separator == '\n' || separator >= utf8.RuneSelf {
		return nil, &Error{Row: 1, What: fmt.Sprintf("%q cannot stand between cells", separator), Cure: "Use a comma."}
	}
	inner, left := -skipped, maxCells // line ends inside cells, so far
	for {
		record, err := r.Read()
		if err == io.EOF {
			return g, nil
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			return nil, &Error{Row: syntax.StartLine - inner, What: "the line is no CSV: " + syntax.Err.Error(),
				Cure: "A cell with a quotation mark in it is put into quotation marks, and the mark doubled."}
		} else if err != nil {
			return nil, err
		}
		start, _ := r.FieldPos(0)
		l := line{row: start - inner}
		for i, field := range record {
			inner += strings.Count(field, "\n")
			if i > maxColumns {
				continue // one beyond the last column says it for all
			}
			if c := csvCell(i, field); c.text != "" {
				l.cells = append(l.cells, c)
				left--
			}
		}
		if left < 0 || l.row > maxRows {
			return nil, &Error{Row: l.row, What: fmt.Sprintf("more than %d rows, or %d cells, are filled in", maxRows, maxCells), Cure: "Split it into several files."}
		}
		if len(l.cells) > 0 {
			g.lines = append(g.lines, l)
		}
	}
}

// csvCell makes a cell of a field.
func csvCell(column int, field string) cell {
	if plain := strings.TrimSpace(field); dangerous(field) && !plainNumber(plain) {
		return flawed(column, fmt.Sprintf("the cell begins with %q, as a formula does, and a formula is not taken as a value", []rune(plain)[0]),
			"If it is text, put an apostrophe before it.")
	}
	return wrote(column, PlainCell(field))
}
