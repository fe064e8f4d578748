package domain

import (
	"bytes"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// What was refused is kept and published apart from the record, where nothing can be destroyed when a person is erased. So
// no personal text may get there: this file takes them out.

// held stands for a text while an act that keeps it back is written; no text can be it, since none has control characters.
const held = "\x00"

var (
	heldWritten = quote(nil, held)
	withheld    = []byte(`{"withheld":true}`)
)

// Withheld writes an act as it was given, as [Act.Encode] does, with {"withheld": true} in the place of every text that
// the record would keep personal: the names of persons, and what is given as {"personal": …}. Where it cannot be told
// whether a name is a person's it counts as one; so does all that a correction says whose content cannot be read, and a
// time that is none. The act must come from [DecodeAct] and have been judged by nobody; it is changed and of no further
// use.
func (s *State) Withheld(a *Act) []byte {
	switch d := a.Data.(type) {
	case *PartyRenamed:
		d.person = s.perhapsPerson(d.ID)
	case *ActCorrected:
		s.withholdContent(d)
	default:
	}
	a.eachField(func(_ *walker, fd *field) error {
		switch fd.kind {
		case isText:
			if t := fd.text(); fd.personal || t.Personal || t.Seal != "" {
				*t = Text{Plain: held}
			}
		case isWhen:
			if w := fd.when(); !w.IsZero() {
				if _, _, err := ParseInstant(w.Text, time.UTC); err != nil {
					w.Text = held
				}
			}
		}
		return nil
	})
	return bytes.ReplaceAll(a.Encode(), heldWritten, withheld)
}

// perhapsPerson tells whether a party is a person, or unknown.
func (s *State) perhapsPerson(id string) bool {
	p := s.newest().party(s.fold.canon(id))
	return p == nil || p.kind == "person"
}

// withholdContent reads what a correction says, so that its texts can be told apart.
func (s *State) withholdContent(d *ActCorrected) {
	if target, ok := s.ids[d.Act]; ok {
		content := TypeOf(s.said(target).Type).data()
		if decodeData(content, d.given, nil, false) == nil {
			if r, ok := content.(*PartyRenamed); ok {
				r.person = s.perhapsPerson(r.ID)
			}
			d.Content = content
			return
		}
	}
	d.Content, d.given = nil, jsontext.Value(withheld)
}

var quotation = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Withheld gives the refusal without what a malformed act said in a place where nothing can be told of it, and where a
// name may have been written by mistake: with INVALID, the words that the message quotes, and what no field is called in
// the path. Other rules quote ids alone, which are no personal texts.
func (r *Refusal) Withheld() *Refusal {
	if r.Code != Invalid {
		return r
	}
	n := *r
	n.Message = quotation.ReplaceAllLiteralString(r.Message, `"…"`)
	n.Cure = quotation.ReplaceAllLiteralString(r.Cure, `"…"`)
	steps := strings.Split(r.Path, ".")
	for i, step := range steps {
		name, item, _ := strings.Cut(step, "[")
		if !memberNames()[name] && (name != "" || item == "") || strings.Trim(item, "0123456789[]") != "" {
			steps = append(steps[:i:i], "…")
			break
		}
	}
	if n.Path = strings.Join(steps, "."); r.Path == "" {
		n.Path = ""
	}
	return &n
}

// memberNames has what the fields of acts are called.
var memberNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	var data jsontext.Value
	var f form
	(&Act{}).declare(&f, &data)
	noteNames(names, &f)
	for i := range registry {
		var f form
		registry[i].data().declare(&f)
		noteNames(names, &f)
	}
	return names
})

func noteNames(names map[string]bool, f *form) {
	for i := range f.fields {
		fd := &f.fields[i]
		names[fd.name] = true
		var inner form
		switch fd.kind {
		case isObject:
			fd.obj().appear()
			fd.obj().declare(&inner)
		case isList:
			fd.list().grow().declare(&inner)
		default:
		}
		noteNames(names, &inner)
	}
}
