package domain

import (
	"bytes"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// scanner walks over JSON. It is strict about what it meets, though it gives only coarse reasons: text from outside is
// first checked as a whole by package jsontext, which says exactly what is wrong and where.
type scanner struct {
	b []byte
	i int
}

func (s *scanner) space() {
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return
		}
	}
}

// peek gives the next byte that is no white space, and 0 at the end.
func (s *scanner) peek() byte {
	s.space()
	if s.i < len(s.b) {
		return s.b[s.i]
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.peek() != c {
		return false
	}
	s.i++
	return true
}

func (s *scanner) word(w string) bool {
	s.space()
	if !bytes.HasPrefix(s.b[s.i:], []byte(w)) {
		return false
	}
	s.i += len(w)
	return true
}

// kind says in words what the next value is.
func (s *scanner) kind() string {
	switch c := s.peek(); {
	case c == '"':
		return "a string"
	case c == '{':
		return "an object"
	case c == '[':
		return "a list"
	case c == 't' || c == 'f':
		return "true or false"
	case c == 'n':
		return "null"
	case c == '-' || c >= '0' && c <= '9':
		return "a number"
	}
	return "nothing"
}

// str reads a string; the bytes are valid until the scanner's text changes.
func (s *scanner) str() ([]byte, *Refusal) {
	if s.peek() != '"' {
		return nil, refuse(Invalid, "", "a string is wanted, not "+s.kind(), "")
	}
	start := s.i + 1
	for i := start; i < len(s.b); i++ {
		switch c := s.b[i]; {
		case c == '"':
			s.i = i + 1
			return s.b[start:i], nil
		case c == '\\':
			return s.escaped()
		case c < ' ':
			return nil, refuse(Invalid, "", "the string holds a control character", "")
		}
	}
	return nil, refuse(Invalid, "", "the string does not end", "")
}

func (s *scanner) escaped() ([]byte, *Refusal) {
	for i := s.i + 1; i < len(s.b); i++ {
		switch s.b[i] {
		case '\\':
			i++
		case '"':
			v, err := jsontext.AppendUnquote(nil, s.b[s.i:i+1])
			if err != nil {
				return nil, refuse(Invalid, "", "the string is malformed", "")
			}
			s.i = i + 1
			return v, nil
		}
	}
	return nil, refuse(Invalid, "", "the string does not end", "")
}

// value skips one value of any kind and gives its bytes.
func (s *scanner) value() ([]byte, *Refusal) {
	s.space()
	start := s.i
	for depth := 0; ; {
		switch c := s.peek(); {
		case c == 0:
			return nil, refuse(Invalid, "", "the value does not end", "")
		case c == '"':
			if _, err := s.str(); err != nil {
				return nil, err
			}
		case c == '{' || c == '[':
			depth++
			s.i++
		case c == '}' || c == ']':
			depth--
			s.i++
		case c == ',' || c == ':':
			if depth == 0 {
				return nil, refuse(Invalid, "", "a value is wanted", "")
			}
			s.i++
			continue
		default:
			for s.i < len(s.b) && bytes.IndexByte([]byte(" \t\r\n,:]}\""), s.b[s.i]) < 0 {
				s.i++
			}
		}
		if depth <= 0 {
			return s.b[start:s.i], nil
		}
	}
}

// members calls member for each member of the object that comes next; member reads the value.
func (s *scanner) members(member func(name []byte) *Refusal) *Refusal {
	if !s.take('{') {
		return refuse(Invalid, "", "an object is wanted, not "+s.kind(), "")
	}
	if s.take('}') {
		return nil
	}
	for {
		name, err := s.str()
		if err != nil {
			return err
		}
		if !s.take(':') {
			return refuse(Invalid, "", "a colon is wanted after "+string(name), "")
		}
		if err := member(name); err != nil {
			if len(name) > 60 || !utf8.Valid(name) {
				name = []byte("…")
			}
			return err.under(string(name))
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return refuse(Invalid, "", "a comma or the object's end is wanted after "+string(name), "")
		}
	}
}

// items calls item for each item of the list that comes next; item reads the value.
func (s *scanner) items(item func(i int) *Refusal) *Refusal {
	if !s.take('[') {
		return refuse(Invalid, "", "a list is wanted, not "+s.kind(), "")
	}
	if s.take(']') {
		return nil
	}
	for i := 0; ; i++ {
		if err := item(i); err != nil {
			return err.under("[" + itoa(i) + "]")
		}
		if s.take(']') {
			return nil
		}
		if !s.take(',') {
			return refuse(Invalid, "", "a comma or the list's end is wanted", "")
		}
	}
}
