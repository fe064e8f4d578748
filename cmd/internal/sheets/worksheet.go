package sheets

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// reading is a worksheet under way. Its part is read once, from its beginning on, and no more is kept than its cells that
// hold something.
type reading struct {
	*workbook
	grid     grid
	now      line
	column   int    // of the cell read last
	spills   []area // of formulas that fill more cells than their own
	cells    *int   // that the whole workbook may still hold
	headOnly bool
}

// area is a rectangle of cells, its corners included; rows and columns count from 1 and 0.
type area struct{ top, left, bottom, right int }

var errHeadRead = errors.New("the head is read")

// readSheet reads a worksheet, or with headOnly its first row that holds something.
func (w *workbook) readSheet(s sheet, cells *int, headOnly bool) (*grid, error) {
	r := &reading{workbook: w, cells: cells, headOnly: headOnly, grid: grid{name: s.name, hidden: s.hidden}}
	err := w.elements(s.part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "row":
			return r.row(e)
		case "c":
			return r.cell(d, e)
		case "mergeCell":
			return r.merged(attribute(e, "ref"))
		}
		return nil
	})
	if err == nil {
		err = r.end()
	}
	if err != nil && !errors.Is(err, errHeadRead) {
		return nil, on(err, s.name)
	}
	return &r.grid, nil
}

func (r *reading) row(e xml.StartElement) error {
	if err := r.end(); err != nil {
		return err
	}
	row := r.now.row + 1
	if text := attribute(e, "r"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < row {
			return fmt.Errorf("row %s comes after row %d", clipped(text), r.now.row)
		}
		row = n
	}
	r.column = -1
	r.now = line{row: row, hidden: isTrue(attribute(e, "hidden"))}
	return nil
}

// end keeps the row that was read, if it holds something.
func (r *reading) end() error {
	if len(r.now.cells) == 0 {
		return nil
	}
	r.grid.lines = append(r.grid.lines, r.now)
	r.now.cells = nil
	if r.headOnly {
		return errHeadRead
	}
	return nil
}

// cell reads a cell and keeps it, if it holds something.
func (r *reading) cell(d *xml.Decoder, e xml.StartElement) error {
	row, column := r.now.row, r.column+1
	if ref := attribute(e, "r"); ref != "" {
		var ok bool
		if row, column, ok = position(ref); !ok || row != r.now.row {
			return fmt.Errorf("cell %s is in row %d", clipped(ref), r.now.row)
		}
	}
	if column <= r.column {
		return fmt.Errorf("the cell %s occurs twice or out of order", reference(row, column))
	}
	r.column = column
	value, formula, err := r.value(d, e, row, column)
	switch {
	case err != nil:
		return err
	case formula || r.spilled(row, column):
		value = flawed(column, "the cell "+reference(row, column)+" holds a formula, and what a formula gives is not taken as a value",
			"Copy the cell, paste it back as values (Paste Special, Values) and save.")
	case value.text == "":
		return nil
	}
	return r.keep(value)
}

func (r *reading) keep(c cell) error {
	n := len(r.now.cells)
	switch {
	case n > 0 && r.now.cells[n-1].column >= maxColumns:
		return nil // one beyond the last column says it for all
	case r.now.row > maxRows:
		return &Error{Row: r.now.row, What: fmt.Sprintf("the sheet goes on below row %d, and no more is read", maxRows), Cure: "Split it into several files."}
	case *r.cells == 0:
		return &Error{Row: r.now.row, What: fmt.Sprintf("more than %d cells are filled in", maxCells), Cure: "Split the workbook into several."}
	}
	*r.cells--
	r.now.cells = append(r.now.cells, c)
	return nil
}

// value reads what a cell holds, and whether a formula made it.
func (r *reading) value(d *xml.Decoder, e xml.StartElement, row, column int) (c cell, formula bool, err error) {
	var stored string
	for {
		t, err := d.Token()
		if err != nil {
			return cell{}, false, err
		}
		switch t := t.(type) {
		case xml.EndElement:
			style, _ := strconv.Atoi(attribute(e, "s"))
			c, err := r.made(column, attribute(e, "t"), stored, style)
			return c, formula, err
		case xml.StartElement:
			switch t.Name.Local {
			case "f":
				formula = true
				if err = r.spill(t, row, column); err == nil {
					err = d.Skip()
				}
			case "v":
				stored, err = verbatim(d)
			case "is":
				stored, err = readText(d)
			default:
				err = d.Skip()
			}
			if err != nil {
				return cell{}, false, err
			}
		}
	}
}

// verbatim reads the text right inside an element, up to its end.
func verbatim(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return b.String(), nil
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.CharData:
			if b.Len() < maxEscaped {
				b.Write(t[:min(len(t), maxEscaped)])
			}
		}
	}
}

// made makes a cell of what is stored, by its type.
func (r *reading) made(column int, kind, stored string, style int) (cell, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(stored))
		if err != nil || i < 0 || i >= len(r.shared) {
			return cell{}, fmt.Errorf("a cell refers to the text %s, and there are %d", clipped(stored), len(r.shared))
		}
		return wrote(column, r.shared[i]), nil
	case "inlineStr":
		return wrote(column, stored), nil
	case "str":
		return wrote(column, unescaped(stored)), nil
	case "b":
		return cell{column: column, holds: truth, text: map[bool]string{true: "yes", false: "no"}[isTrue(stored)]}, nil
	case "e":
		return flawed(column, "the cell shows the error "+clipped(stored), "Type what is meant."), nil
	case "d":
		return isoDay(column, stored), nil
	case "", "n":
		if strings.TrimSpace(stored) == "" {
			return cell{}, nil
		}
		shown := asNumber
		if style > 0 && style < len(r.shows) {
			shown = r.shows[style]
		}
		return counted(column, stored, shown, r.from1904), nil
	}
	return flawed(column, "the cell is of an unknown type, "+clipped(kind), "Type what is meant."), nil
}

func isoDay(column int, stored string) cell {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05", time.RFC3339} {
		if d, err := time.Parse(layout, stored); err == nil && d.Equal(d.Truncate(24*time.Hour)) {
			return cell{column: column, holds: day, text: d.Format(time.DateOnly)}
		}
	}
	return flawed(column, strconv.Quote(clipped(stored))+" is stored as a date and is no day", "Type the date as 2026-03-01.")
}

// spill notes the cells that a formula fills besides its own. What shares a formula has one of its own.
func (r *reading) spill(f xml.StartElement, row, column int) error {
	a, ok := areaOf(attribute(f, "ref"))
	if kind := attribute(f, "t"); !ok || kind == "shared" || a == (area{row, column, row, column}) {
		return nil
	}
	if r.spills = append(r.spills, a); len(r.spills) > maxSpills {
		return &Error{Row: row, What: "the sheet has too many formulas that fill several cells", Cure: "Copy them, paste them back as values and save."}
	}
	return nil
}

// spilled tells whether a cell's value comes from a formula in another one.
func (r *reading) spilled(row, column int) bool {
	for i := 0; i < len(r.spills); i++ {
		a := r.spills[i]
		if a.bottom < row {
			r.spills[i] = r.spills[len(r.spills)-1]
			r.spills = r.spills[:len(r.spills)-1]
			i--
			continue
		}
		if row >= a.top && column >= a.left && column <= a.right {
			return true
		}
	}
	return false
}

// merged refuses cells that are merged with others: which rows their value is meant for cannot be told.
func (r *reading) merged(ref string) error {
	if r.headOnly {
		return nil
	}
	a, ok := areaOf(ref)
	if !ok {
		return fmt.Errorf("%s are no cells to merge", clipped(ref))
	}
	return &Error{Row: a.top, What: "the cells " + clipped(ref) + " are merged, and which rows their value is meant for cannot be told",
		Cure: "Unmerge them, fill in each and save."}
}

// areaOf reads B2:C9, or B2 alone.
func areaOf(ref string) (a area, ok bool) {
	from, to, two := strings.Cut(ref, ":")
	if !two {
		to = from
	}
	var ok2 bool
	a.top, a.left, ok = position(from)
	a.bottom, a.right, ok2 = position(to)
	return a, ok && ok2
}

// position reads a cell's reference: D7 is row 7, column 3.
func position(ref string) (row, column int, ok bool) {
	i := 0
	for i < len(ref) && i < 4 && ref[i] >= 'A' && ref[i] <= 'Z' {
		column = column*26 + int(ref[i]-'A') + 1
		i++
	}
	row, err := strconv.Atoi(ref[i:])
	return row, column - 1, i > 0 && err == nil && row > 0 && row <= 1<<20 && column <= 1<<14 && ref[i] != '+'
}

// reference writes a cell's place as people know it.
func reference(row, column int) string {
	name := ""
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(row)
}
