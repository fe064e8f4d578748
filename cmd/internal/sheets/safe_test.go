package sheets

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"testing/quick"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestFormulasAreGuardedAndDataIsNot(t *testing.T) {
	for text, want := range map[string]string{
		"=1+1": "'=1+1", "+44 20 7946 0000": "'+44 20 7946 0000", "-12.50": "-12.50", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)",
		"＝1+1": "'＝1+1", "－1": "'－1", "  =1": "'  =1", "\t=1": "'\t'=1", "\tx": "'\tx", "\r": "'\r", "-": "'-", "--5": "'--5",
		"": "", "Ada": "Ada", "'s-Hertogenbosch": "'s-Hertogenbosch", "'=1": "''=1", "12": "12", "1.2.3": "1.2.3", "-1.2.3": "'-1.2.3",
		"a;=1": "a;'=1", "a\n- b": "a\n'- b", "a; -5": "a; -5", "-1;-1": "'-1;-1", `x;"=1`: `x;'"=1`, "a,=b": "a,=b", ";=1": ";'=1",
	} {
		require.Equal(t, want, SafeCell(text), "%q", text)
		require.Equal(t, text, PlainCell(want), "%q", text)
	}
	require.Equal(t, "'s-Hertogenbosch", PlainCell("'s-Hertogenbosch"), "an apostrophe that guards nothing is part of the text")
}

// begins tells whether a cell would be worked out, by the plainest reading of what a spreadsheet program does.
func begins(cell string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(cell, " "))
	return strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) && cell != "" && !plainNumber(strings.TrimLeft(cell, " "))
}

func FuzzSafeCellCanBeUndone(f *testing.F) {
	for _, s := range []string{"", "'", "''", "'='", "=1", "\n", "'\n", "\n'", "a;'=b", "' =1", ";", "'\t'=", "\u3000=1", `"=1"`, "-1;-1", "\xff=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		safe := SafeCell(s)
		if begins(safe) {
			t.Fatalf("%q becomes %q, which a spreadsheet program works out", s, safe)
		}
		for _, part := range strings.FieldsFunc(safe, func(r rune) bool { return strings.ContainsRune(";\t\r\n", r) }) {
			if begins(part) {
				t.Fatalf("%q becomes %q, of which %q is worked out where it begins a cell", s, safe, part)
			}
		}
		if got := PlainCell(safe); got != s {
			t.Fatalf("%q becomes %q and comes back as %q", s, safe, got)
		}
	})
}

func TestSafeCellCanBeUndoneForTextsOfItsOwnCharacters(t *testing.T) {
	const alphabet = "=+-@'\";\t\r\n a1.＝"
	letters := []rune(alphabet)
	check := func(picks []byte) bool {
		var b strings.Builder
		for _, p := range picks {
			b.WriteRune(letters[int(p)%len(letters)])
		}
		s := b.String()
		if PlainCell(SafeCell(s)) != s || begins(SafeCell(s)) {
			t.Logf("%q %q %q", s, SafeCell(s), PlainCell(SafeCell(s)))
			return false
		}
		return true
	}
	require.NoError(t, quick.Check(check, &quick.Config{MaxCount: 50000}))
}

func TestTheWriterGuardsEveryCell(t *testing.T) {
	var b bytes.Buffer
	w, err := NewWriter(&b)
	require.NoError(t, err)
	require.NoError(t, w.WriteAll([][]string{{"Name", "Amount"}, {"=HYPERLINK(\"x\")", "-12.50"}}))
	text, ok := strings.CutPrefix(b.String(), "\xef\xbb\xbf")
	require.True(t, ok)
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, [][]string{{"Name", "Amount"}, {"'=HYPERLINK(\"x\")", "-12.50"}}, rows)
}
