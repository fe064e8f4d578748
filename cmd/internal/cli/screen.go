package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"golang.org/x/term"
)

// screen is where a command prints to: a terminal, which has a width and perhaps colours, or a file or pipe, which gets the
// same words plain.
type screen struct {
	io.Writer
	terminal bool
	colours  bool
	width    int // of paragraphs; also of tables on a terminal
}

// How wide a paragraph is where there is no terminal, and at most on one.
const paragraph = 100

func newScreen(w io.Writer, env func(string) string) *screen {
	s := &screen{Writer: w, width: paragraph}
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return s
	}
	s.terminal = true
	s.colours = env("NO_COLOR") == "" && env("TERM") != "dumb"
	if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
		s.width = max(width, 40)
	}
	return s
}

func (s *screen) printf(format string, args ...any) { fmt.Fprintf(s, format, args...) }

func (s *screen) ansi(code, words string) string {
	if !s.colours || words == "" {
		return words
	}
	return "\x1b[" + code + "m" + words + "\x1b[0m"
}

func (s *screen) bold(words string) string   { return s.ansi("1", words) }
func (s *screen) dim(words string) string    { return s.ansi("2", words) }
func (s *screen) red(words string) string    { return s.ansi("31", words) }
func (s *screen) yellow(words string) string { return s.ansi("33", words) }

// wrapped prints words as a paragraph: first before its first line, rest before the others. Colours end with a line and go
// on in the next, so that rest is not coloured by them.
func (s *screen) wrapped(first, rest, words string) {
	width := min(s.width, paragraph)
	line, colour := first, ""
	used, begun := visible(first), false
	for word := range strings.FieldsSeq(words) {
		if begun && used+1+visible(word) > width {
			if colour != "" {
				line += "\x1b[0m"
			}
			s.printf("%s\n", line)
			line, used, begun = rest+colour, visible(rest), false
		}
		if begun {
			line, used = line+" ", used+1
		}
		line, used, begun = line+word, used+visible(word), true
		if i := strings.LastIndex(word, "\x1b["); i >= 0 {
			if colour = word[i : i+strings.IndexByte(word[i:], 'm')+1]; colour == "\x1b[0m" {
				colour = ""
			}
		}
	}
	s.printf("%s\n", strings.TrimRight(line, " "))
}

// visible is how wide words are on a screen.
func visible(words string) int { return text.StringWidthWithoutEscSequences(words) }

// table prints rows under headings, without lines. On a terminal the column named by grows wraps into what width is left;
// elsewhere a row is a line, however long.
func (s *screen) table(headings []any, rows [][]any, grows int) {
	t := table.NewWriter()
	t.SetOutputMirror(s)
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	if s.colours {
		style.Color.Header = text.Colors{text.Faint}
		text.EnableColors()
	}
	t.SetStyle(style)
	t.SuppressTrailingSpaces()
	if len(headings) > 0 {
		t.AppendHeader(headings)
	}
	widths := make([]int, len(rows[0]))
	for _, row := range append(rows, headings) {
		for i, cell := range row {
			widths[i] = max(widths[i], visible(fmt.Sprint(cell)))
		}
	}
	columns := make([]table.ColumnConfig, len(widths))
	left := s.width - 2 // every column has two spaces after it, the last too
	for i, w := range widths {
		columns[i].Number = i + 1
		if numeric(rows, i) {
			columns[i].Align, columns[i].AlignHeader = text.AlignRight, text.AlignRight
		}
		if i != grows {
			left -= w + 2
		}
	}
	if s.terminal {
		columns[grows].WidthMax, columns[grows].WidthMaxEnforcer = max(left, 24), text.WrapSoft
	}
	t.SetColumnConfigs(columns)
	for _, row := range rows {
		t.AppendRow(row)
	}
	t.Render()
}

// numeric tells whether a column holds numbers alone.
func numeric(rows [][]any, column int) bool {
	for _, row := range rows {
		if strings.Trim(fmt.Sprint(row[column]), "0123456789,–") != "" {
			return false
		}
	}
	return true
}

// listed gives words as a sentence lists them: a, b and c.
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " and " + words[n]
}

// counted gives a number with its noun: 1 act, 2 acts.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(fmt.Sprint(n)) + " " + noun + "s"
}

// plural gives the one word or the other, as a number asks for.
func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// grouped sets commas between the thousands of a decimal.
func grouped(decimal string) string {
	whole, part, point := strings.Cut(decimal, ".")
	for i := len(whole) - 3; i > 0 && whole[i-1] != '-'; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if point {
		whole += "." + part
	}
	return whole
}

func capital(words string) string {
	_, n := utf8.DecodeRuneInString(words)
	return strings.ToUpper(words[:n]) + words[n:]
}
