package report

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheExtensionOfAFileNamesItsFormat(t *testing.T) {
	for file, want := range map[string]Format{"a.csv": CSV, "a.b.JSON": JSON, "dir.csv/a.txt": Text, "-": Text, "-.csv": CSV} {
		got, err := FormatOf(file)
		require.NoError(t, err, file)
		require.Equal(t, want, got, file)
	}
	for _, file := range []string{"a.pdf", "a", "a.", "a.xlsx", "dir.csv/a"} {
		_, err := FormatOf(file)
		var unknown *UnknownFormat
		require.ErrorAs(t, err, &unknown, file)
	}
	require.True(t, ToStream("-.csv"))
	require.False(t, ToStream("./-.csv"))
	require.False(t, ToStream("-a.csv"))
}

func TestACSVHasItsColumnsFirstAndNoCellThatWorksAsAFormula(t *testing.T) {
	table := Table{Columns: []string{"what", "detail"}}
	table.Add("=1+1", "a \"quoted\", b\nand c")
	table.Add("-12.50", "@SUM(A1)")
	var out bytes.Buffer
	require.NoError(t, table.WriteCSV(&out))
	require.Equal(t, "what,detail\r\n'=1+1,\"a \"\"quoted\"\", b\r\nand c\"\r\n-12.50,'@SUM(A1)\r\n", out.String())
	rows, err := csv.NewReader(&out).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3)
}

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "r.csv")
	require.NoError(t, os.WriteFile(file, []byte("old"), 0o640))
	require.Error(t, WriteFile(file, func(w io.Writer) error {
		_, _ = io.WriteString(w, "half of it")
		return errors.New("the disk is gone")
	}))
	b, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "old", string(b))

	link := filepath.Join(dir, "link.csv")
	require.NoError(t, os.Symlink(file, link))
	require.NoError(t, WriteFile(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }))
	b, err = os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, "new", string(b), "what a link points to is replaced, not the link")
	is, err := os.Stat(file)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o640), is.Mode().Perm())
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 2, "nothing is left lying beside it")
	require.Error(t, WriteFile(dir, func(io.Writer) error { return nil }))
	require.Error(t, WriteFile(filepath.Join(dir, "no", "r.csv"), func(io.Writer) error { return nil }))
}

func TestATableFitsItsWidthAndLeavesNothingOut(t *testing.T) {
	table := Table{Columns: []string{"Delegation", "Over", "Allows"}}
	table.Add("d-a-delegation-with-a-very-long-name", "Finance and treasury", "spend.invoices, spend.loans and much else that takes more room than there is\nif: asked")
	table.Add("d-b", "Claims", "all")
	for _, width := range []int{40, 60, 80, 140, 300} {
		lines := table.Lines(width, nil)
		all := strings.Join(lines, "\n")
		for _, line := range lines {
			require.LessOrEqual(t, len(line), width, "%d:\n%s", width, all)
		}
		require.Equal(t, letters(append(table.Rows, table.Columns)), letters([][]string{lines}), "%d:\n%s", width, all)
	}
	require.Equal(t, []string{"A    B", "1    x y", "222  z"}, Table{Columns: []string{"A", "B"}, Rows: [][]string{{"1", "x y"}, {"222", "z"}}}.Lines(80, nil))
	require.Equal(t, []string{"A", "ääää", "ääää"}, Table{Columns: []string{"A"}, Rows: [][]string{{"ääääääää"}}}.Lines(4, nil), "a letter is never cut")
}

// letters gives what is written in cells, in no order.
func letters(rows [][]string) string {
	var out []rune
	for _, row := range rows {
		for _, cell := range row {
			out = append(out, []rune(strings.Join(strings.Fields(cell), ""))...)
		}
	}
	slices.Sort(out)
	return string(out)
}
