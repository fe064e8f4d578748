package report

import (
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"
)

// gap lies between two columns.
const gap = "  "

// Lines lays the table out for people in so many columns of a screen: cells wrap between words, and a word that is too long
// for its column is broken, so that nothing is left out. A cell may have lines of its own. Where rows take several lines, an
// empty one lies between them. The first line holds the headings, in which heading may set colours.
func (t Table) Lines(width int, heading func(string) string) []string {
	if len(t.Columns) == 0 {
		return nil
	}
	widths := t.widths(width - len(gap)*(len(t.Columns)-1))
	var blocks [][]string
	tall := false
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		block := laid(row, widths)
		tall = tall || len(block) > 1
		blocks = append(blocks, block)
	}
	var out []string
	for i, block := range blocks {
		if i == 0 && heading != nil {
			for k := range block {
				block[k] = heading(block[k])
			}
		}
		if tall && i > 1 {
			out = append(out, "")
		}
		out = append(out, block...)
	}
	return out
}

// widths shares a width among the columns: each gets what its widest cell needs, and where that is too much in all, the
// widest give way first, but none below its longest word, or what a date takes, if that can be.
func (t Table) widths(all int) []int {
	want, least := make([]int, len(t.Columns)), make([]int, len(t.Columns))
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		for i, cell := range row {
			for line := range strings.SplitSeq(cell, "\n") {
				want[i] = max(want[i], text.StringWidthWithoutEscSequences(line))
			}
			for word := range strings.FieldsSeq(cell) {
				least[i] = max(least[i], min(text.StringWidthWithoutEscSequences(word), 15))
			}
			least[i] = max(least[i], min(want[i], 13))
		}
	}
	for sum(want) > all {
		widest := -1
		for i := range want {
			if want[i] > least[i] && (widest < 0 || want[i] > want[widest]) {
				widest = i
			}
		}
		if widest < 0 { // words must be broken
			for i := range want {
				if want[i] > 4 && (widest < 0 || want[i] > want[widest]) {
					widest = i
				}
			}
			if widest < 0 {
				break
			}
			least[widest] = want[widest] - 1
		}
		want[widest]--
	}
	return want
}

func sum(all []int) int {
	n := 0
	for _, w := range all {
		n += w
	}
	return n
}

// laid gives the lines of a row.
func laid(row []string, widths []int) []string {
	cells := make([][]string, len(row))
	height := 1
	for i, cell := range row {
		for line := range strings.SplitSeq(cell, "\n") {
			cells[i] = append(cells[i], wrapped(line, widths[i])...)
		}
		height = max(height, len(cells[i]))
	}
	out := make([]string, height)
	for k := range out {
		var b strings.Builder
		for i := range row {
			if i > 0 {
				b.WriteString(gap)
			}
			line := ""
			if k < len(cells[i]) {
				line = cells[i][k]
			}
			b.WriteString(line + strings.Repeat(" ", max(0, widths[i]-text.StringWidthWithoutEscSequences(line))))
		}
		out[k] = strings.TrimRight(b.String(), " ")
	}
	return out
}

// wrapped breaks words that fit on no line, at a dot or a dash where there is one, and lays the rest on lines.
func wrapped(words string, width int) []string {
	var out []string
	line := ""
	for word := range strings.FieldsSeq(words) {
		for text.StringWidthWithoutEscSequences(word) > width {
			if line != "" {
				out, line = append(out, line), ""
			}
			head := text.Trim(word, width)
			if cut := strings.LastIndexAny(head, ".-_/"); cut > 0 && cut < len(head)-1 {
				head = head[:cut+1]
			}
			if head == "" {
				break
			}
			out, word = append(out, head), word[len(head):]
		}
		switch {
		case line == "":
			line = word
		case text.StringWidthWithoutEscSequences(line)+1+text.StringWidthWithoutEscSequences(word) <= width:
			line += " " + word
		default:
			out, line = append(out, line), word
		}
	}
	if line != "" || len(out) == 0 {
		out = append(out, line)
	}
	return out
}
