package domain

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// A form is the declaration of an object's members, made anew for a value and pointing into it: what each is called, in
// which order it is written, what it may hold, and which of the ledger's things it names. Decoding, encoding, checking,
// settling times, sealing texts and finding references all walk the same declaration, so that none can forget a member.
type form struct {
	fields []field
}

// space is one of the ledger's id spaces; an id is taken once in each.
type space uint8

const (
	none space = iota
	spaceParty
	spaceScope
	spaceDelegation
	spaceDirection
	spaceAppetite
	spaceCriteria
	spacePolicy
	spaceMatter
	spacePower
	spaceKey
	spaceDecision
	spaceObjective
	spaceAssessment
	spaceReview
	spaceConcern
	spaceAssurance
	spaceAccount
	spaceInforming
	spacePrincipal
	spaceAct
	spaces // how many there are
)

type fieldKind uint8

const (
	isID fieldKind = iota
	isIDs
	isName // a short word checked by word
	isNames
	isText
	isEnum
	isWhen
	isAmount
	isCount
	isBool
	isObject
	isList
	isRaw
)

type field struct {
	name     string
	kind     fieldKind
	required bool
	long     bool // texts: line feeds are allowed; amounts: a sign is
	personal bool // texts: always kept outside the log
	settles  bool // times: stored as an instant
	names    bool // ids: a reference to what must exist, not the id of what is made
	space    space
	options  []string
	word     func(string) string // what is wrong with a word; empty where nothing is

	at    any   // points to what the member holds: *string, *[]string, *Text, *When, *Amount, *Count, *Flag, *jsontext.Value
	data  *Data // of a raw member: what it holds, once read
	unset *bool // set where null was given, in the members that may be null
}

func (fd *field) str() *string         { return fd.at.(*string) }
func (fd *field) strs() *[]string      { return fd.at.(*[]string) }
func (fd *field) text() *Text          { return fd.at.(*Text) }
func (fd *field) when() *When          { return fd.at.(*When) }
func (fd *field) num() *Amount         { return fd.at.(*Amount) }
func (fd *field) count() *Count        { return fd.at.(*Count) }
func (fd *field) flag() *Flag          { return fd.at.(*Flag) }
func (fd *field) obj() object          { return fd.at.(object) }
func (fd *field) list() list           { return fd.at.(list) }
func (fd *field) raw() *jsontext.Value { return fd.at.(*jsontext.Value) }

// object is a nested object; list a list of such.
type object interface {
	declare(f *form)
	present() bool
	appear()
}

type list interface {
	len() int
	at(i int) object
	grow() object
	appear()
}

func (f *form) add(fd field) *field {
	f.fields = append(f.fields, fd)
	return &f.fields[len(f.fields)-1]
}

// made is the id of what the act makes, or speaks about as its own.
func (f *form) made(s space, p *string) {
	f.add(field{name: "id", kind: isID, required: true, space: s, at: p})
}

// ref names something of a space that must exist; refOpt may be left out.
func (f *form) ref(name string, s space, p *string) *field {
	return f.add(field{name: name, kind: isID, required: true, names: true, space: s, at: p})
}

func (f *form) refOpt(name string, s space, p *string) *field {
	return f.add(field{name: name, kind: isID, names: true, space: s, at: p})
}

func (f *form) refs(name string, s space, p *[]string) *field {
	return f.add(field{name: name, kind: isIDs, names: true, space: s, at: p})
}

func (f *form) short(name string, required bool, p *Text) *field {
	return f.add(field{name: name, kind: isText, required: required, at: p})
}

func (f *form) long(name string, required bool, p *Text) *field {
	return f.add(field{name: name, kind: isText, required: required, long: true, at: p})
}

func (f *form) word(name string, required bool, p *string, check func(string) string) *field {
	return f.add(field{name: name, kind: isName, required: required, at: p, word: check})
}

func (f *form) words(name string, required bool, p *[]string, check func(string) string) *field {
	return f.add(field{name: name, kind: isNames, required: required, at: p, word: check})
}

func (f *form) enum(name string, required bool, p *string, options ...string) *field {
	return f.add(field{name: name, kind: isEnum, required: required, at: p, options: options})
}

func (f *form) time(name string, required bool, p *When) *field {
	return f.add(field{name: name, kind: isWhen, required: required, at: p})
}

func (f *form) until(p *When) *field {
	return f.add(field{name: "until", kind: isWhen, settles: true, at: p})
}

func (f *form) amount(name string, p *Amount, signed bool) *field {
	return f.add(field{name: name, kind: isAmount, required: true, long: signed, at: p})
}

func (f *form) count(name string, p *Count) *field {
	return f.add(field{name: name, kind: isCount, at: p})
}

func (f *form) flag(name string, p *Flag) *field {
	return f.add(field{name: name, kind: isBool, at: p})
}

func (f *form) nested(name string, required bool, o object) *field {
	return f.add(field{name: name, kind: isObject, required: required, at: o})
}

func (f *form) list(name string, required bool, l list) *field {
	return f.add(field{name: name, kind: isList, required: required, at: l})
}

// Count is a whole number, not negative, that may be absent.
type Count struct {
	Set bool
	N   int
}

// Flag is true or false, or absent.
type Flag struct{ Set, On bool }

func (fd *field) given() bool {
	if fd.unset != nil && *fd.unset {
		return true
	}
	switch fd.kind {
	case isID, isName, isEnum:
		return *fd.str() != ""
	case isIDs, isNames:
		return *fd.strs() != nil
	case isText:
		return !fd.text().IsZero()
	case isWhen:
		return !fd.when().IsZero()
	case isAmount:
		return fd.num().Text != ""
	case isCount:
		return fd.count().Set
	case isBool:
		return fd.flag().Set
	case isObject:
		return fd.obj().present()
	case isList:
		return fd.list().len() >= 0
	case isRaw:
		return len(*fd.raw()) > 0
	}
	return false
}

func (fd *field) checkWord(w string) *Refusal {
	switch fd.kind {
	case isID, isIDs:
		if !ValidID(w) {
			return refuse(Invalid, "", strconv.Quote(w)+" is no id",
				"An id is up to 200 of the characters A–Z a–z 0–9 . _ : / @ | + - and begins with a letter or digit.")
		}
	case isEnum:
		for _, o := range fd.options {
			if o == w {
				return nil
			}
		}
		return refuse(Invalid, "", strconv.Quote(w)+" is none of "+listed(fd.options, "or"), "")
	default:
		if fd.word != nil {
			if wrong := fd.word(w); wrong != "" {
				return refuse(Invalid, "", strconv.Quote(w)+" "+wrong, "")
			}
		} else if w == "" {
			return refuse(Invalid, "", "the text is empty", "")
		}
		if err := checkText(w, false); err != nil {
			return refuse(Invalid, "", "the text "+err.Error(), "")
		}
	}
	return nil
}

func (fd *field) decodeCount(s *scanner) *Refusal {
	v, err := s.value()
	if err != nil {
		return err
	}
	n, bad := strconv.Atoi(string(v))
	if bad != nil || n < 0 || n > 1_000_000 || v[0] == '+' || v[0] == '-' {
		return refuse(Invalid, "", "a whole number from 0 to 1000000 is wanted", "")
	}
	*fd.count() = Count{Set: true, N: n}
	return nil
}

func (fd *field) decodeText(s *scanner, stored bool) *Refusal {
	var t Text
	if s.peek() == '{' {
		err := s.members(func(name []byte) *Refusal {
			v, err := s.str()
			switch {
			case err != nil:
				return err
			case string(name) == "personal" && !stored && t.Plain == "":
				t.Personal, t.Plain = true, string(v)
			case string(name) == "sealed" && stored && t.Seal == "":
				t.Personal, t.Seal = true, string(v)
			case string(name) == "sealed":
				return refuse(Invalid, "", "a seal is given where the text itself is wanted",
					"Give the text; the ledger seals it again.")
			default:
				return refuse(Invalid, "", `a text is a string or {"personal": "…"}`, "")
			}
			return nil
		})
		if err != nil {
			return err
		}
	} else {
		v, err := s.str()
		if err != nil {
			return err
		}
		t.Plain = string(v)
	}
	if t.IsZero() {
		return refuse(Invalid, "", "the text is empty", "")
	}
	if err := checkText(t.Plain, fd.long); err != nil {
		return refuse(Invalid, "", "the text "+err.Error(), "")
	}
	*fd.text() = t
	return nil
}
