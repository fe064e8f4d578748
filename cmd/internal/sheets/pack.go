package sheets

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
)

// The limits of what is read. A file beyond one is refused, with the limit, before anything of it is recorded.
const (
	maxFile     = 20 << 20  // bytes
	maxUnpacked = 200 << 20 // bytes of a workbook's parts that are read, unpacked
	maxParts    = 10_000    // in a workbook
	maxSheets   = 50        // in a workbook
	maxRows     = 100_000   // down which a sheet is read
	maxColumns  = 200       // across which a sheet is read
	maxCells    = 2_000_000 // that hold something
	maxStyles   = 100_000   // of a workbook's cells
	maxSpills   = 1_000     // formulas of a sheet that fill several cells
	maxStrings  = 1_000_000 // that a workbook's sheets share
)

// pack is a workbook's file: a zip of parts that name each other.
type pack struct {
	parts map[string]*zip.File // by their names in lower case: programs do not agree on the case
	left  int64                // bytes that may still be unpacked
}

// openPack looks at nothing but which parts there are.
func openPack(b []byte) (*pack, error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")):
		return nil, broken("it is a workbook of the old form (.xls), or one with a password", "Save it as an Excel workbook (.xlsx) without a password.")
	case !bytes.HasPrefix(b, []byte("PK\x03\x04")):
		return nil, broken("it is no Excel workbook", "Save it as an Excel workbook (.xlsx), or as CSV.")
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, broken("the workbook is damaged: "+clippedTo(120, err.Error()), "Open it in a spreadsheet program and save it again.")
	}
	if len(z.File) > maxParts {
		return nil, broken(fmt.Sprintf("the workbook has %d parts; no more than %d are read", len(z.File), maxParts), "")
	}
	p := &pack{parts: map[string]*zip.File{}, left: maxUnpacked}
	var unpacked uint64
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(f.Name, `\`, "/")), "/"))
		if p.parts[name] != nil {
			return nil, broken("the workbook has two parts named "+clipped(name), "Open it in a spreadsheet program and save it again.")
		}
		if path.Base(name) == "vbaproject.bin" {
			return nil, broken("the workbook has macros", "Save it as an Excel workbook without macros (.xlsx).")
		}
		p.parts[name] = f
		unpacked += min(f.UncompressedSize64, maxUnpacked+1)
	}
	if unpacked > maxUnpacked {
		return nil, tooLarge()
	}
	if p.parts["mimetype"] != nil && p.parts["content.xml"] != nil {
		return nil, broken("it is an OpenDocument spreadsheet", "Save it as an Excel workbook (.xlsx).")
	}
	return p, nil
}

func tooLarge() error {
	return broken(fmt.Sprintf("the workbook unpacks to more than %d MiB", maxUnpacked>>20), "Split it into several.")
}

// open gives a part, unpacked as it is read and no further than the limit; nil where there is none by that name.
func (p *pack) open(name string) (io.ReadCloser, error) {
	f := p.parts[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(name, err)
	}
	return &metered{ReadCloser: r, of: p}, nil
}

// metered counts what is unpacked against the limit of the whole workbook, whatever the zip says of its sizes.
type metered struct {
	io.ReadCloser
	of *pack
}

var errTooLarge = errors.New("the workbook is too large")

func (m *metered) Read(b []byte) (int, error) {
	if m.of.left <= 0 {
		return 0, errTooLarge
	}
	n, err := m.ReadCloser.Read(b[:min(int64(len(b)), m.of.left)])
	m.of.left -= int64(n)
	return n, err
}

// elements reads a part and hands over each element as it begins; each may read on from it. A part that is not there has none.
func (p *pack) elements(name string, each func(d *xml.Decoder, e xml.StartElement) error) error {
	r, err := p.open(name)
	if r == nil || err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	d := xml.NewDecoder(r)
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			if e, ok := t.(xml.StartElement); ok {
				err = each(d, e)
			}
		}
		if err != nil {
			return damaged(name, err)
		}
	}
}

// damaged says that a part cannot be read; what says so already is left as it is.
func damaged(name string, err error) error {
	var known *Error
	switch {
	case errors.As(err, &known), errors.Is(err, errHeadRead):
		return err
	case errors.Is(err, errTooLarge):
		return tooLarge()
	}
	return broken(fmt.Sprintf("the workbook is damaged in its part %s: %s", clipped(name), clippedTo(120, err.Error())),
		"Open it in a spreadsheet program and save it again.")
}

// attribute gives an element's attribute by its name without a namespace; empty where there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
