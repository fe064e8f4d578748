package cli

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"buckstop/cmd/internal/sheets"
	"buckstop/domain"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// maxRow is the longest line that is looked at; no act is nearly as long. The rest of a longer one is passed over.
const maxRow = 4 << 20

// row is one line of a file of acts, or one row of a sheet.
type row struct {
	act
	gist
	sheet *sheets.Row // nil in a file of JSON lines
	err   error       // why it cannot be an act
}

// rows reads a file of acts: a line each, or a row of a sheet each. An act without an id gets one that is the same whenever
// the same file is read into the same ledger, so that an import which was interrupted can be run again.
type rows struct {
	in     *input
	line   int
	read   int64               // bytes of the file behind it
	times  map[[16]byte]uint64 // how often a line without an id has occurred
	peeked *row
	book   *sheetRows // nil in a file of JSON lines
}

func readRows(in *input) *rows { return &rows{in: in, times: map[[16]byte]uint64{}} }

// next gives the next line that is not empty; io.EOF after the last.
func (r *rows) next(ledger string) (row, error) {
	if r.book != nil {
		n, err := r.sheetRow()
		return r.identified(n, ledger), err
	}
	if p := r.peeked; p != nil {
		r.peeked = nil
		return r.identified(*p, ledger), nil
	}
	n, err := r.raw()
	return r.identified(n, ledger), err
}

// peek gives the next line and leaves it to be read.
func (r *rows) peek() (row, error) {
	if r.book != nil {
		return r.peekSheet()
	}
	n, err := r.raw()
	if err == nil {
		r.peeked = &n
	}
	return n, err
}

// none is the error of a file whose first row cannot be had.
func (r *rows) none(err error) error {
	switch {
	case err != io.EOF:
		return err
	case r.book != nil:
		return &problem{Code: codeUsage, Detail: "there is no row to import in it", File: r.in.name,
			Cure: "Fill in rows below the heads; the template's example is passed over."}
	}
	return &problem{Code: codeUsage, Detail: "there is no act in it", File: r.in.name}
}

func (r *rows) raw() (row, error) {
	for {
		text, long, err := r.readLine()
		if err != nil {
			return row{}, err
		}
		r.line++
		n := row{act: act{bytes.TrimSpace(text), r.line}}
		if long {
			n.err = &domain.Refusal{Code: domain.Invalid, Message: fmt.Sprintf("the line is longer than %d bytes; no act is", maxRow)}
			return n, nil
		}
		if len(n.text) == 0 {
			continue
		}
		n.gist = gistOf(n.text)
		return n, nil
	}
}

// readLine reads a line and keeps no more of it than maxRow bytes.
func (r *rows) readLine() (line []byte, long bool, err error) {
	for {
		part, err := r.in.ReadSlice('\n')
		r.read += int64(len(part))
		if len(line)+len(part) <= maxRow {
			line = append(line, part...)
		} else {
			long = true
		}
		switch {
		case err == bufio.ErrBufferFull:
		case err == io.EOF && r.read > 0 && (len(line) > 0 || long):
			return line, long, nil
		case err != nil && err != io.EOF:
			return nil, false, fmt.Errorf("read %s: %w", r.in.name, err)
		default:
			return line, long, err
		}
	}
}

// identified gives an act without an id one made of the ledger, the act and how often it has occurred in the file.
func (r *rows) identified(n row, ledger string) row {
	if !n.whole || n.ID != "" || n.err != nil {
		return n
	}
	compact := jsontext.Value(bytes.Clone(n.text))
	if compact.Compact() != nil {
		return n
	}
	h := sha256.New()
	h.Write([]byte(ledger + "\n"))
	h.Write(compact)
	content := [16]byte(h.Sum(nil))
	h.Write(binary.BigEndian.AppendUint64([]byte{'\n'}, r.times[content]))
	if n.sheet == nil { // a row that stands in a sheet twice was copied, and is the one act
		r.times[content]++
	}
	id := uuid.UUID(h.Sum(nil)[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // version 8 of RFC 9562
	n.ID = id.String()
	rest := bytes.TrimSpace(n.text[1:])
	with := make([]byte, 0, len(rest)+48)
	with = append(with, `{"id":"`+n.ID+`"`...)
	if rest[0] != '}' {
		with = append(with, ',')
	}
	n.text = append(with, rest...)
	return n
}

// gist is what can be told of an act at a glance, without judging it.
type gist struct {
	ID, Type string
	wrapped  bool // it is a stored act as exported
	whole    bool // it is a JSON object
}

// gistOf looks at the outermost members of an act.
func gistOf(text []byte) (g gist) {
	d := jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return g
	}
	event := ""
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return g
		}
		key := name.String()
		if key != "id" && key != "type" && key != "specversion" || d.PeekKind() != '"' {
			if d.SkipValue() != nil {
				return g
			}
			continue
		}
		value, err := d.ReadToken()
		if err != nil {
			return g
		}
		switch key {
		case "id":
			g.ID = value.String()
		case "type":
			event = value.String()
		case "specversion":
			g.wrapped = true
		}
	}
	t, err := d.ReadToken()
	g.whole = err == nil && t.Kind() == '}'
	g.Type = event
	if g.wrapped {
		g.Type = unversioned(event)
	}
	if domain.TypeOf(g.Type) == nil {
		g.Type = ""
	}
	return g
}

// unversioned takes the act's type out of an event's: role.assigned out of buckstop.role.assigned.v1.
func unversioned(event string) string {
	event = strings.TrimPrefix(event, "buckstop.")
	if i := strings.LastIndex(event, ".v"); i >= 0 {
		event = event[:i]
	}
	return event
}
