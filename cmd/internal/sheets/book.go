package sheets

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// Book is a file of sheets that was read whole, and of which no act has been made yet.
type Book struct {
	Notes  []string // what whoever imports it should be told: what was not read, and what is easily overlooked
	tables []*table
	rows   []where // in the order in which they are imported
}

// table is a sheet whose columns are understood.
type table struct {
	name  string
	fit   *fit
	lines []line
}

// where says where in a book a row lies.
type where struct{ table, line, rank int }

// Is tells whether a file is one of sheets, by its name or by how it begins.
func Is(name string, begins []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods":
		return true
	}
	return strings.HasPrefix(string(begins), "PK\x03\x04") || strings.HasPrefix(string(begins), "\xd0\xcf\x11\xe0")
}

// Read reads a file of sheets: an XLSX workbook, or a CSV, which is one sheet. What it is of is told by the name of the
// sheet, or of a CSV, and else by its heads. Every error but that of r is an [Error]; with one nothing of the file is given.
func Read(name string, r io.Reader) (*Book, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, broken(fmt.Sprintf("the file has more than %d MiB", maxFile>>20), "Split it into several.")
	}
	b := &Book{}
	ext := strings.ToLower(filepath.Ext(name))
	switch {
	case ext == ".xlsm", ext == ".xltm", ext == ".xlsb":
		return nil, broken("workbooks with macros, and binary ones, are not read", "Save it as an Excel workbook without macros (.xlsx).")
	case ext == ".csv" || ext == ".tsv":
		err = b.addCSV(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), text)
	default:
		err = b.addWorkbook(text)
	}
	if err != nil {
		return nil, err
	}
	b.order()
	return b, nil
}

// addWorkbook reads the sheets of a workbook that are ours. One that is hidden is refused if it is ours: whoever approved
// what the workbook shows did not see it.
func (b *Book) addWorkbook(text []byte) error {
	w, err := readWorkbook(text)
	if err != nil {
		return err
	}
	cells, ours := maxCells, 0
	var others []string
	for _, s := range w.sheets {
		kind, err := w.kindOf(s)
		switch {
		case err != nil:
			return err
		case kind == nil:
			if folded(s.name) != folded(notesSheet) {
				others = append(others, s.name)
			}
			continue
		case s.hidden:
			return &Error{Sheet: s.name, What: "the sheet is hidden", Cure: "Unhide it, or delete it."}
		}
		g, err := w.readSheet(s, &cells, false)
		if ours++; err == nil {
			err = b.add(kind, g)
		}
		if err != nil {
			return on(err, s.name)
		}
	}
	if ours == 0 {
		return broken("the workbook has no sheet that can be imported", "Name a sheet "+sheetNames()+", and its columns as in the template.")
	}
	if len(others) > 0 {
		b.Notes = append(b.Notes, "not read, since neither its name nor its heads are ours: "+strings.Join(others, ", "))
	}
	return nil
}

func sheetNames() string {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Sheet)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// kindOf tells what a sheet is of; nil where it is none of ours.
func (w *workbook) kindOf(s sheet) (*Kind, error) {
	if s.part == "" || folded(s.name) == folded(notesSheet) {
		return nil, nil
	}
	if k := kindByName(s.name); k != nil || s.hidden {
		return k, nil
	}
	cells := maxCells
	g, err := w.readSheet(s, &cells, true)
	if err != nil || len(g.lines) == 0 {
		return nil, err
	}
	return kindByHead(g.lines[0]), nil
}

// add matches a sheet's columns and keeps its rows, but for the template's example.
func (b *Book) add(kind *Kind, g *grid) error {
	if len(g.lines) == 0 {
		return nil
	}
	f, err := fitting(kind, g.lines[0])
	if err != nil {
		return err
	}
	t := &table{name: g.name, fit: f, lines: slices.DeleteFunc(g.lines[1:], func(l line) bool { return f.empty(l) || f.isExample(l) })}
	hidden := 0
	for _, l := range t.lines {
		if l.hidden {
			hidden++
		}
	}
	if hidden > 0 {
		b.Notes = append(b.Notes, fmt.Sprintf("sheet %s: rows that are hidden or filtered out are imported too: %d of them", g.name, hidden))
	}
	b.tables = append(b.tables, t)
	return nil
}

// empty tells whether a row says nothing, or nothing but a remark.
func (f *fit) empty(l line) bool {
	for _, c := range l.cells {
		if column := f.columns[c.column]; column == nil || column.Head != remark || marked(c.text) {
			return false
		}
	}
	return true
}

// isExample tells whether a row is the template's example, unchanged. One that was written over is not passed over: what
// somebody filled in must not be lost.
func (f *fit) isExample(l line) bool {
	is := false
	left := 0
	for _, c := range f.columns {
		if c.Example != "" && c.Head != remark {
			left++
		}
	}
	for _, c := range l.cells {
		column := f.columns[c.column]
		switch {
		case column == nil:
			return false
		case column.Head == remark:
			is = c.holds == words && marked(c.text)
		default:
			value, what, _ := column.value(c)
			sample, _, _ := column.value(cell{text: column.Example})
			if left--; what != "" || value != sample {
				return false
			}
		}
	}
	return is && left == 0
}

// order puts the rows into the order in which they can be imported: by kind, and as they stand in the file. A party for whom
// a role may answer comes after the roles.
func (b *Book) order() {
	afterRoles := slices.IndexFunc(Kinds, func(k *Kind) bool { return k.Name == "roles" })
	for i, t := range b.tables {
		rank := 2 * slices.Index(Kinds, t.fit.kind)
		answerable := t.fit.kind.heads["Answerable"]
		for j, l := range t.lines {
			at := where{i, j, rank}
			for _, c := range l.cells {
				if answerable != nil && t.fit.columns[c.column] == answerable {
					at.rank = 2*afterRoles + 1
				}
			}
			b.rows = append(b.rows, at)
		}
	}
	slices.SortStableFunc(b.rows, func(x, y where) int { return cmp.Compare(x.rank, y.rank) })
}

// Len is how many rows are to be imported.
func (b *Book) Len() int { return len(b.rows) }

// Unsigned gives the effective dates, each once, of the rows that do not say in whose name they are done.
func (b *Book) Unsigned() (dates []string) {
	seen := map[string]bool{}
	for i := range b.rows {
		m := b.making(i)
		if m.read() != nil || m.get("By") != "" || m.get("From") != "" {
			continue
		}
		if date := m.get("Effective date"); date != "" && !seen[date] {
			seen[date] = true
			dates = append(dates, date)
		}
	}
	return dates
}
