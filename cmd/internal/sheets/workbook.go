package sheets

import (
	"encoding/xml"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// workbook is an XLSX file as far as its cells need it. It is read here and not by a library, since one has to see each
// value beside the formula that may have made it, also where a formula spills into the cells around it, and has to stop at
// a limit before the memory is taken, and not after.
type workbook struct {
	*pack
	from1904 bool
	sheets   []sheet
	shared   []string // texts that cells refer to by number
	shows    []format // by a cell's style
}

type sheet struct {
	name   string
	hidden bool
	part   string // empty for what is no worksheet, such as a chart
}

// readWorkbook reads what the sheets of a workbook need, and which sheets there are.
func readWorkbook(b []byte) (*workbook, error) {
	p, err := openPack(b)
	if err != nil {
		return nil, err
	}
	w := &workbook{pack: p}
	main := "xl/workbook.xml"
	root, err := w.related("")
	if err != nil {
		return nil, err
	}
	for _, r := range root {
		if r.kind == "officeDocument" {
			main = r.target
		}
	}
	parts, err := w.related(main)
	if err != nil {
		return nil, err
	}
	if err := w.readSheets(main, parts); err != nil {
		return nil, err
	}
	if len(w.sheets) == 0 {
		return nil, broken("it is no Excel workbook", "Save it as an Excel workbook (.xlsx), or as CSV.")
	}
	for _, r := range parts {
		switch r.kind {
		case "sharedStrings":
			err = w.readShared(r.target)
		case "styles":
			err = w.readStyles(r.target)
		case "vbaProject":
			err = broken("the workbook has macros", "Save it as an Excel workbook without macros (.xlsx).")
		}
		if err != nil {
			return nil, err
		}
	}
	return w, nil
}

// relation is a part that another one names.
type relation struct{ kind, target string }

// related gives the parts that a part names, by the ids it names them with. What lies outside the workbook is not among them.
func (w *workbook) related(name string) (map[string]relation, error) {
	out := map[string]relation{}
	folder, base := path.Split(name)
	err := w.elements(folder+"_rels/"+base+".rels", func(_ *xml.Decoder, e xml.StartElement) error {
		target := attribute(e, "Target")
		if e.Name.Local != "Relationship" || strings.EqualFold(attribute(e, "TargetMode"), "External") {
			return nil
		}
		if !strings.HasPrefix(target, "/") {
			target = "/" + folder + target
		}
		out[attribute(e, "Id")] = relation{path.Base(attribute(e, "Type")), strings.TrimPrefix(path.Clean(target), "/")}
		if len(out) > maxParts {
			return broken("the workbook names too many parts", "")
		}
		return nil
	})
	return out, err
}

func (w *workbook) readSheets(name string, parts map[string]relation) error {
	return w.elements(name, func(_ *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "workbookPr":
			w.from1904 = isTrue(attribute(e, "date1904"))
		case "sheet":
			s := sheet{name: clipped(attribute(e, "name")), hidden: attribute(e, "state") != "" && attribute(e, "state") != "visible"}
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" && parts[a.Value].kind == "worksheet" {
					s.part = parts[a.Value].target
				}
			}
			if w.sheets = append(w.sheets, s); len(w.sheets) > maxSheets {
				return broken(fmt.Sprintf("the workbook has more than %d sheets", maxSheets), "Keep those that are to be imported.")
			}
		}
		return nil
	})
}

// readShared reads the texts that cells share. Of one that is too long no more is kept than shows that it is.
func (w *workbook) readShared(name string) error {
	return w.elements(name, func(d *xml.Decoder, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		if len(w.shared) >= maxStrings {
			return broken(fmt.Sprintf("the workbook has more than %d texts", maxStrings), "Split it into several.")
		}
		text, err := readText(d)
		w.shared = append(w.shared, text)
		return err
	})
}

// readText reads the text of an element up to its end: that of its runs one after the other, without how it is pronounced.
func readText(d *xml.Decoder) (string, error) {
	var b strings.Builder
	depth, inText, silent := 1, 0, 0
	for depth > 0 {
		t, err := d.Token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; silent == 0 && t.Name.Local == "rPh" {
				silent = depth
			} else if inText == 0 && t.Name.Local == "t" {
				inText = depth
			}
		case xml.EndElement:
			switch depth {
			case silent:
				silent = 0
			case inText:
				inText = 0
			}
			depth--
		case xml.CharData:
			if inText > 0 && silent == 0 && b.Len() < maxEscaped {
				b.Write(t[:min(len(t), maxEscaped)])
			}
		}
	}
	return unescaped(b.String()), nil
}

// unescaped undoes how a workbook writes characters that XML has no room for: _x000D_ is a carriage return.
func unescaped(s string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			break
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if s[i+6] != '_' || err != nil || n >= 0xd800 && n < 0xe000 {
			b.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		b.WriteString(s[:i])
		b.WriteRune(rune(n))
		s = s[i+7:]
	}
	b.WriteString(s)
	return b.String()
}

// readStyles notes by each style of cells how it shows numbers.
func (w *workbook) readStyles(name string) error {
	codes := map[int]string{}
	var formats []int
	list := ""
	err := w.elements(name, func(_ *xml.Decoder, e xml.StartElement) error {
		id, _ := strconv.Atoi(attribute(e, "numFmtId"))
		switch {
		case e.Name.Local == "numFmt" && list == "numFmts":
			codes[id] = attribute(e, "formatCode")
		case e.Name.Local == "xf" && list == "cellXfs":
			formats = append(formats, id)
		case slices.Contains([]string{"numFmts", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}, e.Name.Local):
			list = e.Name.Local
		}
		if len(codes)+len(formats) > maxStyles {
			return broken(fmt.Sprintf("the workbook has more than %d styles", maxStyles), "")
		}
		return nil
	})
	for _, id := range formats {
		w.shows = append(w.shows, formatOf(id, codes[id]))
	}
	return err
}

func isTrue(s string) bool { return s == "1" || s == "true" || s == "on" }
