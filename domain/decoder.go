package domain

import (
	"math/bits"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// decoder reads acts. Its form is used again from act to act; objects nested in one another declare their members one
// after the other on it.
type decoder struct {
	scanner
	form   form
	ids    *interner
	stored bool // sealed texts are accepted and personal ones are not
	data   jsontext.Value
}

var decoders = sync.Pool{New: func() any { return &decoder{form: form{fields: make([]field, 0, 48)}} }}

func newDecoder(text []byte, ids *interner, stored bool) *decoder {
	d := decoders.Get().(*decoder)
	d.scanner, d.ids, d.stored = scanner{b: text}, ids, stored
	return d
}

func (d *decoder) release() {
	d.scanner, d.form.fields, d.ids, d.data = scanner{}, d.form.fields[:0], nil, nil
	decoders.Put(d)
}

// object reads the object that comes next into what o declares.
func (d *decoder) object(o interface{ declare(*form) }) *Refusal {
	n := len(d.form.fields)
	o.declare(&d.form)
	err := d.members(n)
	d.form.fields = d.form.fields[:n]
	return err
}

// members reads the object that comes next into the members declared from the n-th on.
func (d *decoder) members(n int) *Refusal {
	var seen uint64
	next, end := n, len(d.form.fields)
	err := d.scanner.members(func(name []byte) *Refusal {
		i := next
		for ; i < end && d.form.fields[i].name != string(name); i++ {
		}
		if i == end {
			for i = n; i < next && d.form.fields[i].name != string(name); i++ {
			}
			if i == next {
				return refuse(Invalid, "", "there is no such field", "")
			}
		}
		next = i + 1
		if seen&(1<<(i-n)) != 0 {
			return refuse(Invalid, "", "the field is given twice", "")
		}
		seen |= 1 << (i - n)
		return d.field(&d.form.fields[i])
	})
	if err != nil {
		return err
	}
	for missing := ^seen & (1<<(end-n) - 1); missing != 0; missing &= missing - 1 {
		if fd := &d.form.fields[n+bits.TrailingZeros64(missing)]; fd.required {
			return refuse(Invalid, fd.name, "the field is missing", "")
		}
	}
	return nil
}

// field reads one member.
func (d *decoder) field(fd *field) *Refusal {
	if fd.unset != nil && d.word("null") {
		*fd.unset = true
		return nil
	}
	switch fd.kind {
	case isText:
		return fd.decodeText(&d.scanner, d.stored)
	case isCount:
		return fd.decodeCount(&d.scanner)
	case isBool:
		if d.word("true") {
			*fd.flag() = Flag{Set: true, On: true}
		} else if d.word("false") {
			*fd.flag() = Flag{Set: true}
		} else {
			return refuse(Invalid, "", "true or false is wanted, not "+d.kind(), "")
		}
		return nil
	case isObject:
		o := fd.obj()
		o.appear()
		return d.object(o)
	case isList:
		l := fd.list()
		l.appear()
		return d.items(func(int) *Refusal { return d.object(l.grow()) })
	case isRaw:
		if d.peek() != '{' {
			return refuse(Invalid, "", "an object is wanted, not "+d.kind(), "")
		}
		v, err := d.value()
		*fd.raw() = v
		return err
	case isIDs, isNames:
		list := fd.strs()
		*list = []string{}
		return d.items(func(int) *Refusal {
			v, err := d.str()
			if err != nil {
				return err
			}
			w := d.ids.intern(v)
			*list = append(*list, w)
			return fd.checkWord(w)
		})
	}
	v, err := d.str()
	if err != nil {
		return err
	}
	switch fd.kind {
	case isWhen:
		if len(v) == 0 {
			return refuse(Invalid, "", "the time is empty", "")
		}
		*fd.when() = When{Text: string(v)}
		return nil
	case isAmount:
		a, err := ParseAmount(string(v), fd.long)
		if err != nil {
			return refuse(Invalid, "", err.Error(), "")
		}
		*fd.num() = a
		return nil
	}
	w := d.ids.intern(v)
	*fd.str() = w
	return fd.checkWord(w)
}
