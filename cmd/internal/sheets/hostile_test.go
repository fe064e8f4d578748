package sheets

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

func TestFormulasAreNeverTakenAsValues(t *testing.T) {
	for name, change := range map[string]func(f *excelize.File){
		"plain": func(f *excelize.File) { require.NoError(t, f.SetCellFormula("Scopes", "B2", "UPPER(A2)")) },
		"with a value beside it": func(f *excelize.File) {
			require.NoError(t, f.SetCellFormula("Scopes", "B2", "UPPER(A2)"))
			require.NoError(t, f.UpdateLinkedValue())
		},
		"shared": func(f *excelize.File) {
			ref, shared := "B2:B3", excelize.STCellFormulaTypeShared
			require.NoError(t, f.SetCellFormula("Scopes", "B2", "UPPER(A2)", excelize.FormulaOpts{Ref: &ref, Type: &shared}))
		},
	} {
		_, errs := outcome(t, "x.xlsx", scopesWith(t, change))
		require.NotEmpty(t, errs, name)
		require.Equal(t, "sheet Scopes, row 2, column Name: the cell B2 holds a formula, and what a formula gives is not taken as a value. "+
			"Copy the cell, paste it back as values (Paste Special, Values) and save.", errs[0], name)
	}
}

// sheetXML makes a workbook of a sheet named Scopes out of what its part says.
func sheetXML(t testing.TB, data string, parts ...string) []byte {
	t.Helper()
	return zipped(t, append([]string{
		"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="http://r"><sheets><sheet name="Scopes" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="http://x/styles" Target="/xl/styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet>` + data + `</worksheet>`,
	}, parts...)...)
}

func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		require.NoError(t, err)
		_, err = io.WriteString(w, parts[i+1])
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func textCell(ref, text string) string {
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, ref, text)
}

var heads = `<row r="1">` + textCell("A1", "Id") + textCell("B1", "Name") + textCell("C1", "Effective date") + textCell("D1", "Kind") + `</row>`

func rowXML(n int, more string) string {
	return fmt.Sprintf(`<row r="%d">%s%s%s%s</row>`, n, textCell(fmt.Sprintf("A%d", n), fmt.Sprintf("s%d", n)), textCell(fmt.Sprintf("B%d", n), "S"),
		textCell(fmt.Sprintf("C%d", n), "2026-01-01"), more)
}

func TestCellsThatAFormulaElsewhereFillsAreNotTakenAsValues(t *testing.T) {
	for _, kind := range []string{"array", "dataTable"} {
		_, errs := outcome(t, "x.xlsx", sheetXML(t, `<sheetData>`+heads+
			rowXML(2, `<c r="D2" t="str"><f t="`+kind+`" ref="D2:D3">X</f><v>site</v></c>`)+rowXML(3, `<c r="D3" t="str"><v>site</v></c>`)+
			rowXML(4, `<c r="D4" t="str"><v>site</v></c>`)+`</sheetData>`))
		require.Len(t, errs, 2, kind)
		require.Contains(t, errs[0], "row 2, column Kind: the cell D2 holds a formula")
		require.Contains(t, errs[1], "row 3, column Kind: the cell D3 holds a formula")
	}
}

func TestCellsOfEveryTypeAreReadOrRefused(t *testing.T) {
	for cell, want := range map[string]string{
		`<c r="D2"><v>1234.5</v></c>`:                                             `"kind":"1234.5"`,
		`<c r="D2" t="n"><v>7</v></c>`:                                            `"kind":"7"`,
		`<c r="D2" t="s"><v>1</v></c>`:                                            `"kind":"two runs"`,
		`<c r="D2" t="str"><v> a_x000D__x005F_b </v></c>`:                         `"kind":"a\n_b"`,
		`<c r="D2" t="inlineStr"><is><t>e&#x301;</t></is></c>`:                    `"kind":"é"`,
		`<c r="D2" s="1"/>`:                                                       `"name":"S"`,
		`<c r="D2"><v></v></c>`:                                                   `"name":"S"`,
		`<c r="D2" t="e"><v>#REF!</v></c>`:                                        "column Kind: the cell shows the error #REF!",
		`<c r="D2" t="b"><v>1</v></c>`:                                            "column Kind: the cell holds a logical value (yes)",
		`<c r="D2" s="1"><v>46082</v></c>`:                                        "column Kind: the cell holds the date 2026-03-01",
		`<c r="D2" s="2"><v>0.5</v></c>`:                                          "column Kind: the cell shows a percentage",
		`<c r="D2" t="d"><v>2026-03-01T10:00:00</v></c>`:                          "is stored as a date and is no day",
		`<c r="D2" t="s"><v>9</v></c>`:                                            "a cell refers to the text 9, and there are 2",
		`<c r="D2" t="z"><v>9</v></c>`:                                            "unknown type",
		`<c r="F2"><v>9</v></c>`:                                                  "the cell F2 stands under no head",
		`<c r="XFD2"><v>9</v></c>`:                                                "the cell XFD2 stands under no head",
		`<c r="XFE2"><v>9</v></c>`:                                                "cell XFE2 is in row 2",
		`<c r="AAAAAAAAAAAAAA2"><v>9</v></c>`:                                     "is in row 2",
		`<c r="D3"><v>9</v></c>`:                                                  "cell D3 is in row 2",
		`<c r="C2"><v>9</v></c>`:                                                  "the cell C2 occurs twice or out of order",
		`<c r="D2" t="str"><v>x</v></c><c r="D2" t="str"><f>1</f><v>y</v></c>`:    "the cell D2 occurs twice or out of order",
		textCell("D2", strings.Repeat("x", maxText+1)):                            "column Kind: the cell holds more than 64000 bytes",
		`<c r="D2" t="str"><v>` + strings.Repeat("_x0041_", maxText) + `</v></c>`: strings.Repeat("A", 200),
		`<c r="D2" t="str"><v>` + strings.Repeat("_x0041_", maxText) + strings.Repeat("B", 70000) + `</v></c>`: "more than 64000 bytes",
	} {
		acts, errs := outcome(t, "x.xlsx", sheetXML(t, `<sheetData>`+heads+rowXML(2, cell)+`</sheetData>`,
			"xl/sharedStrings.xml", `<sst><si><t>one</t></si><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>unsaid</t></rPh></si></sst>`,
			"xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>`+
				`<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="10"/></cellXfs><dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs></styleSheet>`))
		require.Contains(t, strings.Join(append(acts, errs...), "\n"), want, clipped(cell))
	}
}

func TestSheetsBeyondTheLimitsAreRefusedSoon(t *testing.T) {
	started := time.Now()
	many := func(n int, row func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(row(i))
		}
		return b.String()
	}
	for name, c := range map[string]struct{ data, want string }{
		"a row far below":   {`<sheetData>` + heads + rowXML(1_048_576, "") + `</sheetData>`, "row 1048576: the sheet goes on below row 100000"},
		"rows out of order": {`<sheetData>` + heads + rowXML(5, "") + rowXML(4, "") + `</sheetData>`, "row 4 comes after row 5"},
		"merged cells":      {`<sheetData>` + heads + rowXML(2, "") + `</sheetData><mergeCells><mergeCell ref="D2:D9"/></mergeCells>`, "the cells D2:D9 are merged"},
		"formulas that spill": {`<sheetData>` + heads + many(1100, func(i int) string {
			return rowXML(i+2, fmt.Sprintf(`<c r="D%d"><f t="array" ref="D%d:D90000"/></c>`, i+2, i+2))
		}), "too many formulas"},
		"breaks off": {`<sheetData>` + heads + `<row r="2">`, "damaged"},
		"an entity":  {`<sheetData>` + heads + rowXML(2, `<c r="D2" t="str"><v>&xxe;</v></c>`), "damaged"},
		"not UTF-8":  {`<sheetData>` + heads + rowXML(2, "<c r=\"D2\" t=\"str\"><v>\xff</v></c>"), "damaged"},
	} {
		_, errs := outcome(t, "x.xlsx", sheetXML(t, c.data))
		require.Len(t, errs, 1, name)
		require.Contains(t, errs[0], c.want, name)
	}
	acts, errs := outcome(t, "x.xlsx", sheetXML(t, `<dimension ref="A1:XFD1048576"/><sheetData>`+heads+rowXML(2, "")+`<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>`))
	require.Empty(t, errs, "what is empty has no limit")
	require.Len(t, acts, 1)
	require.Less(t, time.Since(started), 20*time.Second)
}

func TestPackagesBeyondTheLimitsAreRefused(t *testing.T) {
	bomb := strings.Repeat(" ", 21<<20)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"a bomb":                {sheetXML(t, "", "a", bomb, "b", bomb, "c", bomb, "d", bomb, "e", bomb, "f", bomb, "g", bomb, "h", bomb, "i", bomb, "j", bomb), "unpacks to more than 200 MiB"},
		"macros":                {sheetXML(t, "", "xl/vbaProject.bin", "x"), "has macros"},
		"one part twice":        {sheetXML(t, "", "XL/Workbook.xml", "x"), "two parts named xl/workbook.xml"},
		"an old workbook":       {[]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"), "old form"},
		"no zip":                {[]byte("PK\x03\x04 and so on"), "damaged"},
		"text":                  {[]byte("Id,Name"), "it is no Excel workbook"},
		"another zip":           {zipped(t, "a.txt", "hello"), "it is no Excel workbook"},
		"an OpenDocument":       {zipped(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>"), "OpenDocument"},
		"too large":             {bytes.Repeat([]byte("x"), maxFile+1), "more than 20 MiB"},
		"too many shared texts": {sheetXML(t, "", "xl/sharedStrings.xml", "<sst>"+strings.Repeat("<si/>", maxStrings+1)+"</sst>"), "more than 1000000 texts"},
	} {
		_, errs := outcome(t, "x.xlsx", c.content)
		require.Len(t, errs, 1, name)
		require.Contains(t, errs[0], c.want, name)
	}
	for _, name := range []string{"x.xlsm", "x.xlsb"} {
		_, errs := outcome(t, name, scopesWith(t, func(*excelize.File) {}))
		require.Contains(t, errs[0], "macros", name)
	}
}

func TestAZipThatLiesAboutItsSizesIsHeldToTheLimit(t *testing.T) {
	p := &pack{parts: map[string]*zip.File{}, left: 10}
	z, err := zip.NewReader(bytes.NewReader(zipped(t, "a", "more than ten bytes")), int64(len(zipped(t, "a", "more than ten bytes"))))
	require.NoError(t, err)
	p.parts["a"] = z.File[0]
	r, err := p.open("a")
	require.NoError(t, err)
	_, err = io.ReadAll(r)
	require.ErrorIs(t, err, errTooLarge)
}

func TestLinksToElsewhereAreNotFollowed(t *testing.T) {
	_, errs := outcome(t, "x.xlsx", zipped(t,
		"_rels/.rels", `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="http://r"><sheets><sheet name="Scopes" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://x/worksheet" TargetMode="External" Target="file:///etc/passwd"/></Relationships>`))
	require.Len(t, errs, 1)
	require.Contains(t, errs[0], "no sheet that can be imported")
	// A link that no value is taken from does no harm.
	acts, errs := outcome(t, "x.xlsx", sheetXML(t, `<sheetData>`+heads+rowXML(2, "")+`</sheetData>`, "xl/externalLinks/externalLink1.xml", "<externalLink/>"))
	require.Empty(t, errs)
	require.Len(t, acts, 1)
}

func FuzzWorksheetsAreReadOrRefused(f *testing.F) {
	f.Add(heads + rowXML(2, `<c r="D2" t="s"><v>0</v></c>`))
	f.Add(`<row><c t="inlineStr"><is><t>Id</t></is></c></row><row r="9"/><mergeCell ref="A1:B2"/>`)
	f.Add(heads + rowXML(2, `<c r="D2"><f t="array" ref="A1:B2"/><v>1</v></c>`))
	f.Fuzz(func(t *testing.T, data string) {
		outcome(t, "x.xlsx", sheetXML(t, data))
	})
}
