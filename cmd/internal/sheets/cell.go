package sheets

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// cell is one cell that holds something.
type cell struct {
	column int // 0 is the first
	holds  content
	text   string // a day as YYYY-MM-DD, a number as a plain decimal, a truth as yes or no, a flaw's sentence
	cure   string // of a flaw
}

// content is what kind of thing a cell holds.
type content uint8

const (
	words content = iota
	number
	share // a number shown as a percentage
	day
	truth
	flaw // something that is never taken as a value
)

// line is one row of a sheet that holds something. Rows are numbered as the spreadsheet program does, from 1.
type line struct {
	row    int
	hidden bool
	cells  []cell // in the order of their columns, each of which occurs once
}

// grid is what a sheet holds, before anything is made of it.
type grid struct {
	name   string // empty for a CSV, which has none
	hidden bool
	lines  []line
}

const (
	maxText    = 64_000      // bytes in a cell; no act is longer
	maxEscaped = 8 * maxText // as a workbook writes them, seven for one at most
)

// wrote makes a cell of text. White space around it is dropped, and accented letters become one character each, as the
// ledger wants them: some keyboards write two.
func wrote(column int, text string) cell {
	if len(text) > maxText {
		return flawed(column, "the cell holds more than "+strconv.Itoa(maxText)+" bytes of text, and no act is as long", "Shorten it.")
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	return cell{column: column, text: norm.NFC.String(strings.TrimSpace(text))}
}

func flawed(column int, what, cure string) cell {
	return cell{column: column, holds: flaw, text: what, cure: cure}
}

// counted makes a cell of a number as a workbook stores it, by how its format shows it.
func counted(column int, stored string, shown format, from1904 bool) cell {
	stored = strings.TrimSpace(stored)
	f, err := strconv.ParseFloat(stored, 64)
	if err != nil || strings.Trim(stored, "0123456789.eE+-") != "" {
		return flawed(column, strconv.Quote(clipped(stored))+" is stored as a number and is none", "Type it again.")
	}
	switch shown {
	case asDay:
		return dayOf(column, f, from1904)
	case asClock:
		return flawed(column, "the cell holds a time of day", "Format the cell as text and type what is meant.")
	case asShare, asNumber:
	}
	text, wrong := decimalOf(f)
	if wrong != "" {
		return flawed(column, wrong, "Format the cell as text and type the number again.")
	}
	if shown == asShare {
		return cell{column: column, holds: share, text: text}
	}
	return cell{column: column, holds: number, text: text}
}

// decimalOf gives the decimal that was typed. A spreadsheet program takes at most 15 digits and stores the nearest binary
// fraction, 1.1 as 1.1000000000000001; of all decimals of up to 15 digits only the one that was typed has it as its nearest.
// What is the nearest of none was worked out, not typed, and its last digits mean nothing.
func decimalOf(f float64) (text, wrong string) {
	if math.Abs(f) >= 1e15 {
		return "", "the number has more than 15 digits, and a spreadsheet program keeps no more"
	}
	text = strconv.FormatFloat(f, 'f', -1, 64)
	if text == "-0" {
		text = "0"
	}
	digits := strings.TrimLeft(strings.ReplaceAll(text, ".", ""), "-0")
	if strings.Contains(text, ".") {
		digits = strings.TrimRight(digits, "0")
	}
	if len(digits) > 15 {
		return "", "the number " + text + " is not exact: it was worked out, not typed"
	}
	return text, ""
}

// dayOf gives the day of a serial number: days since 30 December 1899, or since 1 January 1904 where the workbook says so.
func dayOf(column int, serial float64, from1904 bool) cell {
	const again = "Type the date as 2026-03-01."
	whole, part := math.Modf(serial)
	start, first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), 61.0 // before March 1900 the programs disagree by a day
	if from1904 {
		start, first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), 0
	}
	switch {
	case whole < first || serial < 0 || whole > 2_958_465:
		return flawed(column, "the number "+strconv.FormatFloat(serial, 'g', 6, 64)+" is shown as a date and is none from 1 March 1900 on", again)
	case part != 0:
		return flawed(column, "the cell holds a date with a time of day", again)
	}
	d := start.AddDate(0, 0, int(whole))
	if d.Year() > 9999 {
		return flawed(column, "the date is after the year 9999", again)
	}
	return cell{column: column, holds: day, text: d.Format(time.DateOnly)}
}

// written makes a day of text that can be read in one way alone. What could be read in two, such as 01/02/2026, is refused;
// an instant with its time zone is left to the ledger.
func written(text string) (day string, ok bool) {
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2006.1.2", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006", "2-Jan-2006"} {
		if d, err := time.Parse(layout, text); err == nil {
			return d.Format(time.DateOnly), true
		}
	}
	return text, len(text) >= len("2026-03-01T09:00:00Z") && text[4] == '-' && text[10] == 'T'
}

// clipped gives no more of a text than an error has room for, and nothing that a terminal would act upon.
func clipped(s string) string { return clippedTo(40, s) }

func clippedTo(most int, s string) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '�'
		}
		return r
	}, strings.ToValidUTF8(s[:min(len(s), 8*most)], "�")))
	if len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return string(runes)
}
