// Package report is the one way for a report to leave the program: as text for people, as a JSON document, or as a table in
// CSV, on a stream or in a file.
package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"buckstop/cmd/internal/sheets"
)

// Format is the form a report leaves in.
type Format string

// The formats, by the extensions of their files.
const (
	Text Format = "txt"
	JSON Format = "json"
	CSV  Format = "csv"
)

var formats = []Format{Text, JSON, CSV}

// Table is a report as rows under headings. Every row has a cell for each column.
type Table struct {
	Columns []string
	Rows    [][]string
}

// Add adds a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// UnknownFormat is the error of a file whose extension names no format of this release.
type UnknownFormat struct{ File, Extension string }

func (e *UnknownFormat) Error() string {
	if e.Extension == "" {
		return fmt.Sprintf("%s has no extension to say what to write", e.File)
	}
	return fmt.Sprintf("this release cannot write %s files (%s)", e.Extension, e.File)
}

// Possible says which formats there are, as a sentence.
func (e *UnknownFormat) Possible() string {
	return "Possible are .txt (text for people), .json (the whole answer) and .csv (a table for spreadsheets)."
}

// FormatOf gives the format that a file's extension names, an [UnknownFormat] where it names none. A dash stands for the
// standard output, and may have an extension too: -.csv.
func FormatOf(file string) (Format, error) {
	if file == "-" {
		return Text, nil
	}
	ext := filepath.Ext(file)
	f := Format(strings.ToLower(strings.TrimPrefix(ext, ".")))
	if !slices.Contains(formats, f) {
		return "", &UnknownFormat{file, ext}
	}
	return f, nil
}

// ToStream tells whether what is called a file is the standard output: a dash, with an extension or without.
func ToStream(file string) bool {
	return file == "" || file == "-" || strings.HasPrefix(file, "-.") && filepath.Ext(file) == file[1:]
}

// WriteCSV writes the table as RFC 4180 has it, in UTF-8, its columns first. No cell can become a formula in a spreadsheet:
// each goes through [sheets.SafeCell].
func (t Table) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = sheets.SafeCell(cell)
		}
		if err := out.Write(safe); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
