package sheets

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// everything are the names of the template that has all sheets.
var everything = []string{"organisation", "organization", "everything"}

// Template gives the file that somebody fills in, by what the file is named after: one kind of sheet as XLSX or CSV, or
// organisation.xlsx, which has them all.
func Template(file string) ([]byte, error) {
	ext := filepath.Ext(file)
	name := strings.ToLower(strings.TrimSuffix(filepath.Base(file), ext))
	kinds := Kinds
	if i := slices.IndexFunc(Kinds, func(k *Kind) bool { return k.Name == name }); i >= 0 {
		kinds = Kinds[i : i+1]
	} else if !slices.Contains(everything, name) {
		return nil, broken(fmt.Sprintf("there is no template for %q", filepath.Base(file)), "Name the file "+templateNames()+".")
	}
	switch strings.ToLower(ext) {
	case ".xlsx":
		return workbookTemplate(kinds)
	case ".csv":
		if len(kinds) == 1 {
			return csvTemplate(kinds[0])
		}
		return nil, broken("a CSV holds one sheet, and "+name+" has several", "Name the file "+name+".xlsx.")
	}
	return nil, broken(fmt.Sprintf("a template is a workbook (.xlsx) or a CSV (.csv), and %q is neither", filepath.Base(file)), "Name the file "+templateNames()+".")
}

func templateNames() string {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Name+".xlsx")
	}
	return strings.Join(names, ", ") + " (or .csv), or " + everything[0] + ".xlsx, which has all of them"
}

func csvTemplate(k *Kind) ([]byte, error) {
	var out bytes.Buffer
	w, err := NewWriter(&out)
	if err != nil {
		return nil, err
	}
	var heads, sample []string
	for _, c := range k.Columns {
		if !c.Hidden {
			heads, sample = append(heads, c.Head), append(sample, c.Example)
		}
	}
	err = w.WriteAll([][]string{heads, sample})
	return out.Bytes(), err
}

// drawing is a workbook under way. The first error is kept, and nothing is done after it.
type drawing struct {
	*excelize.File
	styles map[string]int
	failed error
}

func (d *drawing) do(err error) {
	if d.failed == nil {
		d.failed = err
	}
}

func (d *drawing) style(name string, s *excelize.Style) {
	id, err := d.NewStyle(s)
	d.styles[name] = id
	d.do(err)
}

func workbookTemplate(kinds []*Kind) ([]byte, error) {
	d := &drawing{File: excelize.NewFile(), styles: map[string]int{}}
	defer func() { _ = d.Close() }()
	d.do(d.SetDocProps(&excelize.DocProperties{Creator: "buckstop", LastModifiedBy: "buckstop", Title: "Template for `buckstop import`"}))
	d.drawStyles()
	names := []string{kinds[0].Sheet, notesSheet}
	if len(kinds) > 1 {
		names = []string{notesSheet}
		for _, k := range kinds {
			names = append(names, k.Sheet)
		}
	}
	d.do(d.SetSheetName("Sheet1", names[0]))
	for _, name := range names[1:] {
		_, err := d.NewSheet(name)
		d.do(err)
	}
	for _, k := range kinds {
		d.draw(k, len(kinds) > 1)
	}
	d.drawNotes(kinds)
	d.SetActiveSheet(0)
	var out bytes.Buffer
	if d.failed == nil {
		d.do(d.Write(&out))
	}
	return out.Bytes(), d.failed
}

func (d *drawing) drawStyles() {
	const dark, light, grey = "1F3A4D", "DCE6EC", "7A7A7A"
	font := func(f excelize.Font) *excelize.Font { f.Family, f.Size = "Calibri", 11; return &f }
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	head := &excelize.Alignment{Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Vertical: "top", Horizontal: "left"}
	edge := []excelize.Border{{Type: "right", Color: "FFFFFF", Style: 1}}
	asText, iso := 49, "yyyy-mm-dd"
	d.style("required", &excelize.Style{Font: font(excelize.Font{Bold: true, Color: "FFFFFF"}), Alignment: head, Border: edge, NumFmt: asText,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{dark}}})
	d.style("optional", &excelize.Style{Font: font(excelize.Font{Bold: true, Color: dark}), Alignment: head, Border: edge, NumFmt: asText,
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{light}}})
	d.style("text", &excelize.Style{Font: font(excelize.Font{}), Alignment: top, NumFmt: asText})
	d.style("day", &excelize.Style{Font: font(excelize.Font{}), Alignment: left, CustomNumFmt: &iso})
	d.style("sample text", &excelize.Style{Font: font(excelize.Font{Italic: true, Color: grey}), Alignment: top, NumFmt: asText})
	d.style("sample day", &excelize.Style{Font: font(excelize.Font{Italic: true, Color: grey}), Alignment: left, CustomNumFmt: &iso})
	d.style("title", &excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: dark, Family: "Calibri"}})
}

// lastRow is how far down a template's drop-down lists reach.
const lastRow = 10_000

// draw makes the sheet of a kind: heads that stay in view, the example, drop-down lists, and cells formatted so that what is
// typed stays as it was typed.
func (d *drawing) draw(k *Kind, all bool) {
	at := 0
	for _, c := range k.Columns {
		if c.Hidden {
			continue
		}
		at++
		letter, err := excelize.ColumnNumberToName(at)
		d.do(err)
		format, head, shade := "text", c.Head, "optional"
		if c.Takes == Day {
			format = "day"
		}
		if c.Required {
			head, shade = head+" *", "required"
		}
		d.do(d.SetColWidth(k.Sheet, letter, letter, c.width()))
		d.do(d.SetColStyle(k.Sheet, letter, d.styles[format]))
		d.do(d.SetCellStr(k.Sheet, letter+"1", head))
		d.do(d.SetCellStyle(k.Sheet, letter+"1", letter+"1", d.styles[shade]))
		if date, err := time.Parse(time.DateOnly, c.Example); err == nil && c.Takes == Day {
			d.do(d.SetCellValue(k.Sheet, letter+"2", date))
		} else if c.Example != "" {
			d.do(d.SetCellStr(k.Sheet, letter+"2", c.Example))
		}
		d.do(d.SetCellStyle(k.Sheet, letter+"2", letter+"2", d.styles["sample "+format]))
		d.dropDown(k, c, letter, all)
	}
	d.do(d.SetRowHeight(k.Sheet, 1, 34))
	d.do(d.SetPanes(k.Sheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}))
}

// dropDown offers a column's options; scopes from their own sheet, where there is one.
func (d *drawing) dropDown(k *Kind, c Column, letter string, all bool) {
	v := excelize.NewDataValidation(true)
	v.Sqref = fmt.Sprintf("%s2:%s%d", letter, letter, lastRow)
	switch {
	case len(c.Options) > 0:
		d.do(v.SetDropList(c.Options))
	case all && (c.Head == "Scope" || c.Head == "Parent" && k.Name == "scopes"):
		v.SetSqrefDropList(fmt.Sprintf("Scopes!$B$2:$B$%d", lastRow))
		c.Open = true
	default:
		return
	}
	if !c.Open {
		v.SetError(excelize.DataValidationErrorStyleStop, c.Head, "Choose one of the list, or leave the cell empty.")
	}
	d.do(d.AddDataValidation(k.Sheet, v))
}

// width is how wide a column is shown, in characters.
func (c *Column) width() float64 {
	switch {
	case c.Head == remark:
		return 27
	case c.Takes == Long:
		return 36
	case c.Takes == List:
		return 24
	case c.Takes == Day:
		return 13
	}
	return float64(min(max(14, len(c.Example)+3, len(c.Head)*2/3+3), 30))
}

func (d *drawing) drawNotes(kinds []*Kind) {
	for i, w := range []float64{18, 26, 9, 95} {
		letter, err := excelize.ColumnNumberToName(i + 1)
		d.do(err)
		d.do(d.SetColWidth(notesSheet, letter, letter, w))
		d.do(d.SetColStyle(notesSheet, letter, d.styles["text"]))
	}
	d.do(d.SetCellStr(notesSheet, "A1", "How to fill in this workbook"))
	d.do(d.SetCellStyle(notesSheet, "A1", "A1", d.styles["title"]))
	row := 3
	for _, text := range introduction(kinds) {
		from, to := fmt.Sprintf("A%d", row), fmt.Sprintf("D%d", row)
		d.do(d.SetCellStr(notesSheet, from, text))
		d.do(d.MergeCell(notesSheet, from, to))
		d.do(d.SetCellStyle(notesSheet, from, to, d.styles["text"]))
		d.do(d.SetRowHeight(notesSheet, row, height(text, 150)))
		row++
	}
	row++
	for i, head := range []string{"Sheet", "Column", "Needed", "What goes into it"} {
		letter, _ := excelize.ColumnNumberToName(i + 1)
		d.do(d.SetCellStr(notesSheet, fmt.Sprintf("%s%d", letter, row), head))
	}
	d.do(d.SetCellStyle(notesSheet, fmt.Sprintf("A%d", row), fmt.Sprintf("D%d", row), d.styles["required"]))
	for _, cells := range explained(kinds) {
		row++
		d.do(d.SetSheetRow(notesSheet, fmt.Sprintf("A%d", row), &cells))
		d.do(d.SetCellStyle(notesSheet, fmt.Sprintf("A%d", row), fmt.Sprintf("D%d", row), d.styles["text"]))
		d.do(d.SetRowHeight(notesSheet, row, max(height(cells[3], 95), height(cells[0], 17))))
	}
}

// height is the height of a row for a text in lines of so many characters, in points.
func height(text string, across int) float64 {
	return 15.5 * float64(1+len(text)/across)
}
