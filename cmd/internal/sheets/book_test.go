package sheets

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func TestRealDatesAndNumbersOfAWorkbookAreRead(t *testing.T) {
	for _, from1904 := range []bool{false, true} {
		content := scopesWith(t, func(f *excelize.File) {
			require.NoError(t, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &from1904}))
			require.NoError(t, f.SetCellValue("Scopes", "C2", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)))
			require.NoError(t, f.SetCellValue("Scopes", "A2", 1001))
		})
		acts, errs := outcome(t, "x.xlsx", content)
		require.Empty(t, errs)
		require.JSONEq(t, `{"type":"scope.defined","effective":"2026-03-01","by":"board","data":{"id":"1001","name":"Claims"}}`, acts[0])
	}
}

func TestSheetsAreToldByNameOrByHeads(t *testing.T) {
	// Id, Name and Effective date alone are the heads of a role as well; with Parent they are those of a scope.
	for _, name := range []string{"Scopes", "scopes", "SCOPES 2026", "Scopes (2)", "Scopeshop", "Sheet1"} {
		acts, errs := outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) { require.NoError(t, f.SetSheetName("Scopes", name)) }))
		require.Empty(t, errs, name)
		require.Len(t, acts, 1, name)
	}
	_, errs := outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) {
		require.NoError(t, f.SetSheetName("Scopes", "Sheet1"))
		require.NoError(t, f.SetCellStr("Sheet1", "D1", ""))
	}))
	require.Len(t, errs, 1)
	require.Contains(t, errs[0], "no sheet that can be imported")
}

func TestHeadsThatAreNotOursAreRefusedWithTheNearest(t *testing.T) {
	for head, want := range map[string]string{
		"Parnt":     "sheet Scopes, row 1, column Parnt: there is no such column in a sheet of scopes. The nearest is Parent; what is for people alone goes into Remark.",
		"NAME":      "sheet Scopes, row 1, column NAME: the column is there twice. Delete one of the two.",
		"Scope * x": "there is no such column",
	} {
		_, errs := outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) { require.NoError(t, f.SetCellStr("Scopes", "D1", head)) }))
		require.Len(t, errs, 1)
		require.Contains(t, errs[0], want)
	}
	_, errs := outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) { require.NoError(t, f.RemoveCol("Scopes", "B")) }))
	require.Equal(t, []string{"sheet Scopes, row 1: the sheet has no column Name. Add it, or start from the template that `import --template scopes.xlsx` writes."}, errs)
	_, errs = outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) { require.NoError(t, f.SetCellFormula("Scopes", "B1", `"Name"`)) }))
	require.Contains(t, errs[0], "sheet Scopes, row 1: the cell B1 holds a formula")
	acts, errs := outcome(t, "x.xlsx", scopesWith(t, func(f *excelize.File) { require.NoError(t, f.SetCellStr("Scopes", "B1", " name* (in full)")) }))
	require.Empty(t, errs)
	require.Len(t, acts, 1)
}

func TestHiddenSheetsAreNotImportedAndHiddenRowsAreTold(t *testing.T) {
	hidden := func(f *excelize.File) {
		_, err := f.NewSheet("Other")
		require.NoError(t, err)
		f.SetActiveSheet(1)
		require.NoError(t, f.SetSheetVisible("Scopes", false))
	}
	_, errs := outcome(t, "x.xlsx", scopesWith(t, hidden))
	require.Equal(t, []string{"sheet Scopes: the sheet is hidden. Unhide it, or delete it."}, errs)
	b := read(t, "x.xlsx", scopesWith(t, func(f *excelize.File) {
		require.NoError(t, f.SetRowVisible("Scopes", 2, false))
		_, err := f.NewSheet("Workings")
		require.NoError(t, err)
		require.NoError(t, f.SetCellStr("Workings", "A1", "Anything"))
	}))
	require.Equal(t, 1, b.Len())
	require.Equal(t, []string{"sheet Scopes: rows that are hidden or filtered out are imported too: 1 of them",
		"not read, since neither its name nor its heads are ours: Workings"}, b.Notes)
}

func TestEmptyRowsAndRemarksArePassedOver(t *testing.T) {
	acts, errs := outcome(t, "scopes.csv", []byte("Remark,Id,Name,Effective date\n,,,\n\na note,,,\n,claims,Claims,2026-01-01\n,,Nameless,\n"))
	require.Len(t, acts, 1)
	require.Equal(t, []string{"row 6, column Id: the cell is empty. Fill it in."}, errs)
}

func TestSheetsAreImportedInAnOrderThatWorks(t *testing.T) {
	f := excelize.NewFile()
	add := func(sheet string, rows ...[]any) {
		_, err := f.NewSheet(sheet)
		require.NoError(t, err)
		for i, row := range rows {
			require.NoError(t, f.SetSheetRow(sheet, reference(i+1, 0), &row))
		}
	}
	add("Roles", []any{"Id", "Name", "Effective date"}, []any{"ceo", "CEO", "2026-01-01"})
	add("Parties", []any{"Id", "Name", "Kind", "Answerable", "Effective date"}, []any{"bot", "Bot", "system", "ceo", "2026-01-01"}, []any{"ada", "Ada", "person", "", "2026-01-01"})
	add("Scopes", []any{"Id", "Name", "Effective date"}, []any{"claims", "Claims", "2026-01-01"})
	b := read(t, "x.xlsx", saved(t, f))
	var got []string
	for i := range b.Len() {
		r, err := b.Row(i, nobody)
		require.NoError(t, err)
		got = append(got, r.Words)
	}
	require.Equal(t, []string{"Ada (ada) is known as a person, from 2026-01-01", "the scope Claims (claims), from 2026-01-01",
		"the role CEO (ceo), from 2026-01-01", "Bot (bot) is known as a system, from 2026-01-01"}, got)
	require.Equal(t, []string{"2026-01-01"}, b.Unsigned())
}

func TestAppointmentsAreToRolesOrBodies(t *testing.T) {
	head := "Party,To a,Role or body,Effective date,Basis,Capacity\n"
	acts, errs := outcome(t, "appointments.csv", []byte(head+"ada,Role,ceo,2026-01-01,acting,\nada,body,board,2026-01-01,,chair\nada,body,board,2026-01-01,,treasurer\n"+
		"ada,body,board,2026-01-01,acting,\nada,role,ceo,2026-01-01,,chair\nada,seat,ceo,2026-01-01,,\n"))
	require.Len(t, acts, 3)
	require.JSONEq(t, `{"type":"role.assigned","effective":"2026-01-01","by":"board","data":{"role":"ceo","party":"ada","basis":"acting"}}`, acts[0])
	require.JSONEq(t, `{"type":"member.appointed","effective":"2026-01-01","by":"board","data":{"body":"board","party":"ada","capacity":"chair"}}`, acts[1])
	require.Equal(t, []string{
		"row 5, column Basis: the column is not for member.appointed. Empty the cell; the notes of the template say what it is for.",
		"row 6, column Capacity: the column is not for role.assigned. Empty the cell; the notes of the template say what it is for.",
		`row 7, column To a: "seat" is none of role, body`,
	}, errs)
}

func TestCSVIsReadAsPeopleSaveIt(t *testing.T) {
	want := `{"type":"scope.defined","effective":"2026-01-01","by":"board","data":{"id":"claims","name":"Claims; all"}}`
	for name, text := range map[string]string{
		"commas":           "Id,Name,Effective date\nclaims,Claims; all,2026-01-01\n",
		"semicolons":       "Id;Name;Effective date\r\nclaims;\"Claims; all\";2026-01-01\r\n",
		"tabs":             "Id\tName\tEffective date\nclaims\tClaims; all\t2026-01-01\n",
		"a mark":           "\xef\xbb\xbfId,Name,Effective date\nclaims,Claims; all,2026-01-01\n",
		"its separator":    "sep=;\nId;Name;Effective date\nclaims;\"Claims; all\";2026-01-01\n",
		"no end of a line": "Id,Name,Effective date\nclaims,Claims; all,2026-01-01",
	} {
		acts, errs := outcome(t, "scopes 2026.csv", []byte(text))
		require.Empty(t, errs, name)
		require.Len(t, acts, 1, name)
		require.JSONEq(t, want, acts[0], name)
	}
	for text, want := range map[string]string{
		"\xff\xfeI\x00d\x00": "UTF-16",
		"I\x00d\x00":         "UTF-16",
		"Id,Name,Effective date\nx,Caf\xe9,2026-01-01": "row 2: the text is not UTF-8",
		"PK\x03\x04": "its name says that it is a CSV",
		"Id,Name,Effective date\nx,\"y,2026-01-01\n":  "the line is no CSV",
		"Id,Name,Effective date\nx,=1+1,2026-01-01\n": `row 2, column Name: the cell begins with '=', as a formula does`,
		"Id,Name,Effective date\nx, @x,2026-01-01\n":  `row 2, column Name: the cell begins with '@', as a formula does`,
		"Id,Name,Effective date\nx,y,01/02/2026\n":    `row 2, column Effective date: "01/02/2026" is no date that can be read in one way alone. Write the date as 2026-03-01.`,
		"Id,Name,Effective date\nx,y,2026-01-01,z\n":  "row 2: the cell D2 stands under no head",
	} {
		_, errs := outcome(t, "scopes.csv", []byte(text))
		require.Len(t, errs, 1, text)
		require.Contains(t, errs[0], want)
	}
	_, errs := outcome(t, "mine.csv", []byte("A,B\n1,2\n"))
	require.Contains(t, errs[0], "neither from the file's name nor from its heads")
}

func TestRowsOfACSVAreNumberedAsASpreadsheetProgramDoes(t *testing.T) {
	b := read(t, "scopes.csv", []byte("sep=,\nId,Name,Effective date,Rationale\n\na,A,2026-01-01,\"one\ntwo\"\nb,B,2026-01-01,\n\n\nc,C,2026-01-01,\"x\r\ny\nz\"\nd,D,2026-01-01,\n"))
	var got []int
	for i := range b.Len() {
		r, err := b.Row(i, nobody)
		require.NoError(t, err)
		got = append(got, r.Number)
	}
	require.Equal(t, []int{4, 5, 8, 9}, got)
}

func TestWhatTheWriterGuardsComesBackExactly(t *testing.T) {
	for _, name := range []string{"=1+1", "+44 20", "-", "@x", "'quoted'", "'=x", "-12.50", "a;=b", "Ada", "＝x"} {
		var b strings.Builder
		w, err := NewWriter(&b)
		require.NoError(t, err)
		require.NoError(t, w.WriteAll([][]string{{"Id", "Name", "Effective date"}, {"x", name, "2026-01-01"}}))
		book := read(t, "scopes.csv", []byte(b.String()))
		r, err := book.Row(0, nobody)
		require.NoError(t, err, name)
		require.Equal(t, "the scope "+name+" (x), from 2026-01-01", r.Words)
	}
}

func FuzzCSVIsReadOrRefused(f *testing.F) {
	for _, s := range []string{"Id,Name,Effective date\nx,y,2026-01-01", "sep=;\nId;Name", "sep=\"\n", "Id\tName\n\"", "\xef\xbb\xbfId", "\n\n\r\n,,,", "Id,Name\n\"a\nb\",'=1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		acts, _ := outcome(t, "scopes.csv", []byte(text))
		for _, a := range acts {
			if !strings.HasPrefix(a, "{") {
				t.Fatal(a)
			}
		}
	})
}
