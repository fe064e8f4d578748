package sheets

import (
	"bytes"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func nobody(string) string { return "board" }

// read reads a file that has to be in order.
func read(t testing.TB, name string, content []byte) *Book {
	t.Helper()
	b, err := Read(name, bytes.NewReader(content))
	require.NoError(t, err)
	return b
}

func TestTemplatesImportAsNothing(t *testing.T) {
	files := []string{"organisation.xlsx", "Organization.XLSX", "some/where/everything.xlsx"}
	for _, k := range Kinds {
		files = append(files, k.Name+".xlsx", k.Name+".csv")
	}
	for _, file := range files {
		content, err := Template(file)
		require.NoError(t, err, file)
		b := read(t, file, content)
		require.Zero(t, b.Len(), file)
		require.Empty(t, b.Notes, file)
	}
	for _, file := range []string{"acts.xlsx", "delegations.xls", "delegations", "organisation.csv", ".xlsx"} {
		_, err := Template(file)
		require.ErrorAs(t, err, new(*Error), file)
	}
}

func TestExamplesOfTheTemplatesAreActs(t *testing.T) {
	content, err := Template("organisation.xlsx")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	for _, k := range Kinds {
		require.NoError(t, f.SetCellStr(k.Sheet, "A2", "Mine now"))
	}
	b := read(t, "mine.xlsx", saved(t, f))
	require.Equal(t, len(Kinds), b.Len())
	for i := range b.Len() {
		r, err := b.Row(i, nobody)
		require.NoError(t, err)
		_, _, err = domain.DecodeAct(r.Act)
		require.NoError(t, err, "%s: %s", r.Sheet, r.Act)
		require.NotEmpty(t, r.Words)
	}
}

// TestEveryColumnFillsInAFieldOfItsAct fills in every column there is, those of templates and those that may be added.
func TestEveryColumnFillsInAFieldOfItsAct(t *testing.T) {
	samples := map[Takes]string{Word: "x1", Long: "A text\nof two lines", List: "ada; grace", Day: "2026-05-01", Amount: "12.50", Count: "2", YesNo: "yes", Period: "P3M"}
	for _, k := range Kinds {
		for _, act := range []string{"role", "body"} {
			var heads, cells []string
			var fields []string
			for i := range k.Columns {
				c := &k.Columns[i]
				text := samples[c.Takes]
				switch {
				case c.Head == remark:
					continue
				case c.Head == "To a":
					text = act
				case len(c.Options) > 0:
					text = strings.ToUpper(c.Options[len(c.Options)-1])
				case c.Head == "Powers":
					text = "a.b, c.*\nd"
				case c.Head == "Clauses":
					text = "iso42001:5.3"
				case c.Head == "Document SHA-256":
					text = strings.Repeat("0f", 32)
				}
				if c.Paths != nil && c.Paths[map[string]string{"role": seatedInRole, "body": seatedInBody}[act]] == "" {
					continue
				}
				heads, cells = append(heads, c.Head), append(cells, text)
				if path := c.path(map[string]string{"role": seatedInRole, "body": seatedInBody}[act]); path != "" {
					fields = append(fields, path, c.Head)
				}
			}
			b := read(t, k.Name+".csv", csvOf(t, heads, cells))
			r, err := b.Row(0, nobody)
			require.NoError(t, err)
			_, _, err = domain.DecodeAct(r.Act)
			require.NoError(t, err, "%s: %s", k.Name, r.Act)
			for i := 0; i < len(fields); i += 2 {
				require.Equal(t, fields[i+1], r.Column(fields[i]), fields[i])
			}
		}
	}
}

func TestFieldsAreFoundUnderTheirHeads(t *testing.T) {
	b := read(t, "delegations.csv", csvOf(t,
		[]string{"Id", "From", "To", "Scope", "Effective date", "Limit 2 amount", "Limit 3 unit", "Limit 3 amount", "Powers", "Resolution date"},
		[]string{"d", "board", "ceo", "claims", "2026-03-01", "5", "GBP", "7", "a,b", "2026-02-01"}))
	r, err := b.Row(0, nobody)
	require.NoError(t, err)
	require.JSONEq(t, `{"type":"delegation.granted","effective":"2026-03-01","by":"board","resolution":{"date":"2026-02-01"},"data":{"id":"d","from":"board",
		"to":"ceo","scope":"claims","powers":["a","b"],"limits":[{"max":"5"},{"max":"7","unit":"GBP"}]}}`, string(r.Act))
	for path, head := range map[string]string{
		"data.limits[0].max": "Limit 2 amount", "data.limits[1].max": "Limit 3 amount", "data.limits[0].unit": "Limit 2 unit",
		"data.limits[1].per": "Limit 3 per", "data.powers[1]": "Powers", "data.powers": "Powers", "by": "From", "effective": "Effective date",
		"resolution": "Resolution reference", "resolution.date": "Resolution date", "resolution.present[3]": "Present", "resolution.method": "Resolution method",
		"data.until": "Until", "data": "", "": "", "data.nothing": "",
	} {
		require.Equal(t, head, r.Column(path), path)
	}
}

func TestAnExampleThatWasWrittenOverIsNotPassedOver(t *testing.T) {
	content, err := Template("roles.xlsx")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	require.NoError(t, f.SetCellStr("Roles", "B2", "cfo"))
	b := read(t, "roles.xlsx", saved(t, f))
	require.Equal(t, 1, b.Len())
	_, err = b.Row(0, nobody)
	require.EqualError(t, err, "sheet Roles, row 2, column Remark: the row is marked EXAMPLE and is not as the template has it. Empty the remark to import the row, or delete the row.")
}

func TestTemplatesKeepTheirHeadsInViewAndOfferLists(t *testing.T) {
	content, err := Template("organisation.xlsx")
	require.NoError(t, err)
	f, err := excelize.OpenReader(bytes.NewReader(content))
	require.NoError(t, err)
	require.Equal(t, []string{"Notes", "Parties", "Scopes", "Bodies", "Roles", "Appointments", "Appetites", "Delegations"}, f.GetSheetList())
	for _, k := range Kinds {
		panes, err := f.GetPanes(k.Sheet)
		require.NoError(t, err)
		require.True(t, panes.Freeze)
		lists, err := f.GetDataValidations(k.Sheet)
		require.NoError(t, err)
		require.NotEmpty(t, lists)
	}
	notes, err := f.GetRows("Notes")
	require.NoError(t, err)
	var said []string
	for _, row := range notes {
		said = append(said, strings.Join(row, " | "))
	}
	all := strings.Join(said, "\n")
	for _, k := range Kinds {
		for _, c := range k.Columns {
			if !c.Hidden {
				require.Contains(t, all, "| "+c.Head+" |", k.Name)
			}
		}
	}
}
