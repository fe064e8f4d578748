package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// filling fills in a template as somebody at a spreadsheet program does: by the heads of its columns.
type filling struct {
	*testing.T
	*excelize.File
	path string
	rows map[string]int
}

func fillIn(t *testing.T, path string) *filling {
	f, err := excelize.OpenFile(path)
	require.NoError(t, err)
	return &filling{t, f, path, map[string]int{}}
}

// row adds a row below the example: heads and values in turn.
func (f *filling) row(sheet string, cells ...any) {
	f.Helper()
	if f.rows[sheet] == 0 {
		f.rows[sheet] = 2
	}
	f.rows[sheet]++
	heads, err := f.GetRows(sheet)
	require.NoError(f, err)
	for i := 0; i < len(cells); i += 2 {
		found := false
		for column, head := range heads[0] {
			if head == cells[i] || head == cells[i].(string)+" *" {
				cell, err := excelize.CoordinatesToCellName(column+1, f.rows[sheet])
				require.NoError(f, err)
				require.NoError(f, f.SetCellValue(sheet, cell, cells[i+1]))
				found = true
			}
		}
		require.True(f, found, "%s has no column %s", sheet, cells[i])
	}
}

func (f *filling) save() { require.NoError(f, f.SaveAs(f.path)) }

func TestOneWorkbookSetsUpAnOrganisation(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "organisation.xlsx")
	buckstop := func(args ...string) result { return run(t, "", append([]string{"--data", data}, args...)...) }
	succeeds(t, "", "--data", data, "init", "acme", "--organization", "Acme Ltd", "--governing-body", "board", "--quorum", "2", "--effective", "2026-01-01")
	succeeds(t, "", "import", "--template", file)

	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	resolved := []any{"Resolution reference", "2026-02/7", "Resolution date", "2026-02-24", "Resolution method", "meeting",
		"Present", "ada, grace", "For", "ada\ngrace"}
	f := fillIn(t, file)
	f.row("Delegations", append([]any{"Id", "d-claims", "From", "board", "To", "ceo", "Scope", "claims", "Powers", "claim.approve, spend.*",
		"Effective date", "1 March 2026", "Limit 1 amount", 50000, "Limit 1 unit", "GBP", "Limit 1 per", "act", "Limit 1 of", "spend", "Report every", "quarterly"}, resolved...)...)
	f.row("Delegations", "Id", "d-triage", "From", "ceo", "To", "bot", "Scope", "triage", "Through", "ada", "Effective date", "2026-03-02",
		"Limit 1 amount", "99999.50", "Limit 1 unit", "GBP", "Limit 1 per", "act", "Limit 1 of", "spend")
	f.row("Parties", "Id", "bot", "Name", "Triage model", "Kind", "system", "Answerable", "ceo", "Effective date", day)
	f.row("Parties", "Id", "ada", "Name", "Ada Okafor", "Kind", "person", "Effective date", day)
	f.row("Parties", "Id", "grace", "Name", "Grace Li", "Kind", "person", "Effective date", day)
	f.row("Scopes", "Id", "claims", "Name", "Claims", "Effective date", day)
	f.row("Scopes", "Id", "triage", "Name", "Triage", "Parent", "claims", "Effective date", day)
	f.row("Bodies", "Id", "risk", "Name", "Risk committee", "Kind", "committee", "Parent", "board", "Quorum", 2, "Effective date", day)
	f.row("Roles", "Id", "ceo", "Name", "Chief executive", "Effective date", day)
	f.row("Appointments", "Party", "ada", "To a", "role", "Role or body", "ceo", "Effective date", day)
	f.row("Appointments", "Party", "ada", "To a", "body", "Role or body", "board", "Effective date", day, "Capacity", "chair")
	f.row("Appointments", "Party", "grace", "To a", "body", "Role or body", "board", "Effective date", day)
	f.row("Appetites", append([]any{"Id", "ap-accuracy", "Scope", "claims", "Category", "accuracy", "Stance", "cautious", "Statement", "Few wrong decisions.",
		"Effective date", "2026-03-01", "Measure 1 metric", "reversed", "Measure 1 unit", "percent", "Measure 1 amber", 1.1, "Measure 1 red", "5"}, resolved...)...)
	f.save()

	// A dry run and the import itself come to the same: the one row that no rule allows, by sheet, row and column.
	const refused = "refused: EXCEEDS_LIMIT: "
	const where = "organisation.xlsx, sheet Delegations, row 4, column Limit 1 amount)"
	dry := buckstop("import", "--dry-run", file)
	require.Equal(t, exitRefused, dry.code, dry.stderr)
	require.Contains(t, dry.stdout, "Parties row 4: Ada Okafor (ada) is known as a person, from 2026-01-01\n")
	require.Contains(t, dry.stdout, "Delegations row 3: board delegates claim.approve, spend.* over claims to ceo (d-claims), from 2026-03-01\n")
	require.Contains(t, dry.stdout, "12 acts would be recorded in acme, and nothing was")
	done := buckstop("import", file)
	require.Equal(t, exitRefused, done.code)
	require.Contains(t, done.stdout, "12 acts recorded in acme; 1 refused.")
	for _, r := range []result{dry, done} {
		require.Contains(t, r.stderr, refused)
		require.Contains(t, r.stderr, where)
	}
	var p struct {
		Code, Sheet, Column, Path string
		Line                      int
	}
	require.NoError(t, json.Unmarshal([]byte(buckstop("--json", "import", file).stderr), &p))
	require.Equal(t, "EXCEEDS_LIMIT Delegations 4 Limit 1 amount data.limits[0].max",
		p.Code+" "+p.Sheet+" 4 "+p.Column+" "+p.Path)
	require.Equal(t, 4, p.Line)

	// Put right and imported again, what is recorded already is left as it is.
	require.NoError(t, f.SetCellStr("Delegations", "I4", "20000"))
	f.save()
	again := buckstop("import", file)
	require.Zero(t, again.code, again.stderr)
	require.Contains(t, again.stdout, "1 act recorded in acme; 12 already known.")
	require.Contains(t, buckstop("who", "triage", "--at", "2026-03-05").stdout, "Answerable: Ada Okafor.")
	who := buckstop("--json", "who", "triage", "--at", "2026-03-05").stdout
	require.Contains(t, who, `"max":"20000"`)
}

func TestAHostileWorkbookRecordsNothing(t *testing.T) {
	dir := t.TempDir()
	data, file := filepath.Join(dir, "data"), filepath.Join(dir, "scopes.xlsx")
	succeeds(t, "", "--data", data, "init", "acme", "--organization", "Acme Ltd", "--governing-body", "board", "--effective", "2026-01-01")
	succeeds(t, "", "import", "--template", file)
	f := fillIn(t, file)
	f.row("Scopes", "Id", "claims", "Name", "Claims", "Effective date", "2026-01-01")
	f.row("Scopes", "Id", "triage", "Name", "Triage", "Effective date", "2026-01-01")
	require.NoError(t, f.MergeCell("Scopes", "B3", "B4"))
	f.save()
	r := run(t, "", "--data", data, "import", file)
	require.Equal(t, exitUsage, r.code)
	require.Contains(t, r.stderr, "refused: INVALID: the cells B3:B4 are merged, and which rows their value is meant for cannot be told ("+file+", sheet Scopes, row 3). Unmerge them")
	require.NoError(t, os.WriteFile(file, []byte("PK\x03\x04"), 0o600))
	r = run(t, "", "--data", data, "import", file)
	require.Equal(t, exitUsage, r.code)
	require.Contains(t, r.stderr, "refused: INVALID: the workbook is damaged")
	require.Len(t, decodeLines[struct{}](t, succeeds(t, "", "--data", data, "--json", "log")), 1)
}
