package sheets

import (
	"strings"
)

// notesSheet is the sheet of a template that explains the others. It is never read.
const notesSheet = "Notes"

// introduction is what the notes say before they come to the columns.
func introduction(kinds []*Kind) []string {
	out := []string{
		"Each row below the heads is one act. Columns marked * have to be filled in; all others may be left empty. The columns may stand in any order, and those you do not need may be deleted.",
		"The row marked " + example + " shows what a row looks like. It is passed over as long as it is as it was; delete it, or write over it and empty its remark.",
		"Two dates. The effective date is when an act holds in the world: you give it, and it may be past or future. When it was recorded is the other one: the ledger adds it and nobody can change it. So minutes that are approved weeks later can be recorded late, and what was known when can always be told. A date here is the first instant of that day in the ledger's time zone. Until is the first day on which something no longer holds.",
		"Dates are typed as 2026-03-01. A cell formatted as a date is taken as well. What can be read in two ways, such as 01/02/2026, is refused.",
		"Ids are short names without spaces, such as ada or risk-committee: up to 200 letters, digits and . _ : / @ | + -, beginning with a letter or digit; capitals make a difference. A row may name what stands above it, what is in a sheet before its own (" + sheetNames() + ", in this order), or what is in the ledger already. The root scope, of which all others are part, and the governing body came with the ledger.",
		"Several entries in a cell, such as powers or persons, have commas, semicolons or line breaks between them.",
		"Amounts are typed as 50000 or 1234.50: a point before the decimals, no signs between thousands, no currency.",
		"Formulas are never taken as values: copy such cells and paste them back as values. Merged cells are refused. Rows that are hidden or filtered out are imported too. Hidden sheets, and sheets with other names and heads, are not.",
		"Look first, then import: `buckstop import --dry-run FILE` says for each row what would be recorded or what is wrong with it, and records nothing. `buckstop import FILE` records. Both can be repeated: what is recorded already is left as it is. What is recorded cannot be changed by importing a changed row; it is corrected by an act of its own.",
	}
	for _, k := range kinds {
		out = append(out, k.Sheet+". "+k.About)
	}
	return out
}

// explained gives what the notes say of each column in a template of kinds: sheet, head, whether it is needed, what goes in.
// What is the same in several sheets is said once.
func explained(kinds []*Kind) (rows [][]string) {
	said := map[string]int{}
	for _, k := range kinds {
		for _, c := range k.Columns {
			if c.Hidden {
				continue
			}
			note := c.Note
			if len(c.Options) > 0 {
				note += " One of: " + strings.Join(c.Options, ", ") + "."
			}
			if c.Example != "" && c.Head != remark {
				note += " For example: " + c.Example
			}
			key := c.Head + "\x00" + note
			if at, ok := said[key]; ok {
				rows[at][0] += ", " + k.Sheet
				continue
			}
			said[key] = len(rows)
			needed := ""
			if c.Required {
				needed = "yes"
			}
			rows = append(rows, []string{k.Sheet, c.Head, needed, note})
		}
	}
	for _, row := range rows {
		if len(kinds) > 1 && strings.Count(row[0], ",") == len(kinds)-1 {
			row[0] = "all"
		}
	}
	return rows
}
