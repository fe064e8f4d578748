// Package sheets reads acts out of workbooks (XLSX) and CSV, and writes the templates that people fill in for it. There is a
// [Kind] of sheet for each kind of act that comes in numbers: parties, scopes, bodies, roles, appointments, appetites and
// delegations; a workbook may have them all. Each row is one act. No rule of the domain is decided here: what a row says is
// made into the JSON of its act, and [Row.Column] tells which cell a refused field came from.
//
// What is read may be hostile. Nothing is worked out: a formula is refused, also where its result is stored beside it or
// spills into cells around it, and so is whatever cannot be told for sure: a number that was worked out, a date that can be
// read in two ways, merged cells, sheets that are hidden. Sizes are limited while the file is unpacked. A file is read whole
// before anything is made of it, so that one that is broken records nothing.
//
// What is written as CSV is guarded by [SafeCell], so that a text recorded in the ledger is no formula in the spreadsheet
// program of whoever opens a report.
package sheets
