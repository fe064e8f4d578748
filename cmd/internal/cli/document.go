package cli

import (
	"bytes"
	"encoding/json"
)

// document prints a value as one JSON document: over several lines on a terminal, else as one.
func (a *app) document(v any) error {
	b, err := plainJSON(v)
	if err != nil {
		return err
	}
	if a.out.terminal {
		b = indented(b, "")
	}
	a.out.printf("%s\n", b)
	return nil
}

// line prints a value as one line of JSON.
func (a *app) line(v any) error {
	b, err := plainJSON(v)
	if err != nil {
		return err
	}
	a.out.printf("%s\n", b)
	return nil
}

// plainJSON writes JSON for people and programs, not for HTML.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// indented spreads JSON over lines, all but the first beginning with prefix.
func indented(b []byte, prefix string) []byte {
	var out bytes.Buffer
	if err := json.Indent(&out, b, prefix, "  "); err != nil {
		return b
	}
	return out.Bytes()
}
