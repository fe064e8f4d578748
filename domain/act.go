package domain

import (
	"github.com/go-json-experiment/json/jsontext"
)

// Act is one governance act as DOMAIN, section 3, describes it: what was done, by whom, and from when it holds. An act
// is a claim of whoever recorded it, until the ledger has judged it; see [State.Decide].
type Act struct {
	ID         string // unique in the ledger
	Type       string // a name of the registry, such as delegation.granted
	Effective  When   // when it holds in the world
	By         string // the party in whose name it is done
	Through    []string
	Resolution *Resolution
	Rationale  Text
	Evidence   []Evidence
	Clauses    []string
	Data       Data

	dates    string   // as stored: see Dates
	names    []naming // what it makes and names, from when it is settled until it is recorded
	encoded  []byte   // as stored, without what wraps it, while it is being recorded
	personal bool     // it has texts that are kept outside the log; known when it is settled
}

// Data is what an act of one type says beside what all acts say. The types of this package are all there are.
//
//sumtype:decl
type Data interface {
	declare(f *form)
	actData()
}

// Resolution is how a body came to an act: who was there and how they voted. Votes are judged in office on Date.
type Resolution struct {
	Reference string
	Date      When   // the day it was resolved, in the ledger's time zone
	Method    string // meeting or written
	Present   []string
	For       []string
	Against   []string
	Abstained []string
	Recused   []string
	Casting   string // the chair whose casting vote decides a tie
}

func (r *Resolution) declare(f *form) {
	f.word("reference", false, &r.Reference, anyWord)
	f.time("date", true, &r.Date)
	f.enum("method", true, &r.Method, "meeting", "written")
	f.refs("present", spaceParty, &r.Present)
	f.refs("for", spaceParty, &r.For)
	f.refs("against", spaceParty, &r.Against)
	f.refs("abstained", spaceParty, &r.Abstained)
	f.refs("recused", spaceParty, &r.Recused)
	f.refOpt("casting", spaceParty, &r.Casting)
}

// Evidence is a document that an act rests on, named and, where given, fixed by its SHA-256.
type Evidence struct {
	Title  Text
	URI    string
	SHA256 string
}

func (e *Evidence) declare(f *form) {
	f.short("title", true, &e.Title)
	f.word("uri", false, &e.URI, wrongURI)
	f.word("sha256", false, &e.SHA256, wrongHash)
}

// declare is the form of the whole act; the members of data are read by type, apart.
func (a *Act) declare(f *form, data *jsontext.Value) {
	f.add(field{name: "id", kind: isID, at: &a.ID})
	f.add(field{name: "type", kind: isName, required: true, at: &a.Type, word: anyWord})
	f.add(field{name: "effective", kind: isWhen, required: true, settles: true, at: &a.Effective})
	f.ref("by", spaceParty, &a.By)
	f.refs("through", spaceParty, &a.Through)
	f.nested("resolution", false, optional(&a.Resolution))
	f.long("rationale", false, &a.Rationale)
	f.list("evidence", false, many(&a.Evidence))
	f.words("clauses", false, &a.Clauses, wrongClause)
	f.add(field{name: "data", kind: isRaw, required: true, at: data})
}

// optional makes an object of a pointer that is nil while the object is absent.
func optional[T any, P interface {
	*T
	declare(*form)
}](p *P) object {
	return optionalObject[T, P]{p}
}

type optionalObject[T any, P interface {
	*T
	declare(*form)
}] struct{ p *P }

func (o optionalObject[T, P]) declare(f *form) { (*o.p).declare(f) }
func (o optionalObject[T, P]) present() bool   { return *o.p != nil }
func (o optionalObject[T, P]) appear()         { *o.p = new(T) }

// many makes a list of a slice that is nil while the list is absent.
func many[T any, P interface {
	*T
	declare(*form)
}](p *[]T) list {
	return manyObjects[T, P]{p}
}

type manyObjects[T any, P interface {
	*T
	declare(*form)
}] struct{ p *[]T }

func (l manyObjects[T, P]) appear() { *l.p = []T{} }
func (l manyObjects[T, P]) len() int {
	if *l.p == nil {
		return -1
	}
	return len(*l.p)
}
func (l manyObjects[T, P]) at(i int) object { return item[T, P]{&(*l.p)[i]} }
func (l manyObjects[T, P]) grow() object {
	*l.p = append(*l.p, *new(T))
	return l.at(len(*l.p) - 1)
}

type item[T any, P interface {
	*T
	declare(*form)
}] struct{ p P }

func (o item[T, P]) declare(f *form) { o.p.declare(f) }
func (o item[T, P]) present() bool   { return true }
func (o item[T, P]) appear()         {}
