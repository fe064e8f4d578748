package sheets

import (
	"bytes"
	"encoding/csv"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func saved(t testing.TB, f *excelize.File) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	require.NoError(t, f.Close())
	return b.Bytes()
}

// csvOf writes rows without guarding them.
func csvOf(t testing.TB, rows ...[]string) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, csv.NewWriter(&b).WriteAll(rows))
	return b.Bytes()
}

var scopeHeads = []any{"Id", "Name", "Effective date", "Parent"}

// scopesWith makes a workbook with a sheet Scopes, one good row on it, and what change makes of it.
func scopesWith(t testing.TB, change func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetName("Sheet1", "Scopes"))
	require.NoError(t, f.SetSheetRow("Scopes", "A1", &scopeHeads))
	require.NoError(t, f.SetSheetRow("Scopes", "A2", &[]any{"claims", "Claims", "2026-01-01"}))
	change(f)
	return saved(t, f)
}

// outcome gives the acts of a file, and its errors.
func outcome(t testing.TB, name string, content []byte) (acts, errs []string) {
	t.Helper()
	b, err := Read(name, bytes.NewReader(content))
	if err != nil {
		require.ErrorAs(t, err, new(*Error))
		return nil, []string{err.Error()}
	}
	for i := range b.Len() {
		r, err := b.Row(i, nobody)
		if err != nil {
			require.ErrorAs(t, err, new(*Error))
			errs = append(errs, err.Error())
			continue
		}
		acts = append(acts, string(r.Act))
	}
	return acts, errs
}
