package domain

import (
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// encode adds the object of the members declared from the n-th on to b: those given, in the order declared.
func (f *form) encode(b []byte, n int) []byte {
	b = append(b, '{')
	first := true
	for i, end := n, len(f.fields); i < end; i++ {
		fd := &f.fields[i]
		if !fd.given() {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = quote(b, fd.name)
		b = append(b, ':')
		b = f.member(b, fd)
	}
	return append(b, '}')
}

func (f *form) object(b []byte, o interface{ declare(*form) }) []byte {
	n := len(f.fields)
	o.declare(f)
	b = f.encode(b, n)
	f.fields = f.fields[:n]
	return b
}

func (f *form) member(b []byte, fd *field) []byte {
	if fd.unset != nil && *fd.unset {
		return append(b, "null"...)
	}
	switch fd.kind {
	case isID, isName, isEnum:
		return quote(b, *fd.str())
	case isIDs, isNames:
		b = append(b, '[')
		for i, s := range *fd.strs() {
			if i > 0 {
				b = append(b, ',')
			}
			b = quote(b, s)
		}
		return append(b, ']')
	case isText:
		return fd.text().encode(b, fd.personal)
	case isWhen:
		return quote(b, fd.when().Text)
	case isAmount:
		return quote(b, fd.num().Text)
	case isCount:
		return strconv.AppendInt(b, int64(fd.count().N), 10)
	case isBool:
		return strconv.AppendBool(b, fd.flag().On)
	case isObject:
		return f.object(b, fd.obj())
	case isList:
		b = append(b, '[')
		l := fd.list()
		for i := range l.len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = f.object(b, l.at(i))
		}
		return append(b, ']')
	case isRaw:
		if fd.data != nil && *fd.data != nil {
			return f.object(b, *fd.data)
		}
		return append(b, *fd.raw()...)
	}
	return b
}

// encode writes a sealed text as {"sealed": …}, an erased one as {"erased": true}, and a personal one that is not yet
// sealed as it was given: names of persons, which always are personal, as plain strings.
func (t *Text) encode(b []byte, always bool) []byte {
	switch {
	case t.Erased:
		return append(b, `{"erased":true}`...)
	case t.Plain == "" && t.Seal != "":
		b = append(b, `{"sealed":`...)
		return append(quote(b, t.Seal), '}')
	case t.Personal && !always:
		b = append(b, `{"personal":`...)
		return append(quote(b, t.Plain), '}')
	}
	return quote(b, t.Plain)
}

func quote(b []byte, s string) []byte {
	plain := true
	for i := range len(s) {
		c := s[i]
		plain = plain && c >= ' ' && c < 0x7f && c != '"' && c != '\\'
	}
	if plain {
		b = append(b, '"')
		b = append(b, s...)
		return append(b, '"')
	}
	b, _ = jsontext.AppendQuote(b, s)
	return b
}

func itoa(i int) string { return strconv.Itoa(i) }

// listed gives words as a sentence lists them: a, b or c.
func listed(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " " + last + " " + words[n]
}

// same gives the one string held for s.
func (n *interner) same(s string) string {
	if one, ok := n.m[s]; ok {
		return one
	}
	n.m[s] = s
	return s
}

// interner gives one string for equal bytes, so that the ids of a large ledger are held once.
type interner struct{ m map[string]string }

func (n *interner) intern(b []byte) string {
	if n == nil {
		return string(b)
	}
	if s, ok := n.m[string(b)]; ok {
		return s
	}
	s := string(b)
	n.m[s] = s
	return s
}

// AppendJSON adds the text to b as answers show it: a string; {"sealed": …} for one kept outside the log that is not shown;
// {"erased": true} for one that was destroyed.
func (t Text) AppendJSON(b []byte) []byte { return t.encode(b, true) }
