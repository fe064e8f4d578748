package domain

import (
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
)

// walker goes over the members of an act that are given. Its form and trail are used again from act to act.
type walker struct {
	form  form
	trail []waypoint
	visit func(w *walker, fd *field) error
	data  jsontext.Value
}

// waypoint is one step of the path to where the walker stands: a member, or an item of a list.
type waypoint struct {
	name string
	item int // -1 for a member
}

var walkers = sync.Pool{New: func() any { return &walker{form: form{fields: make([]field, 0, 32)}, trail: make([]waypoint, 0, 8)} }}

// path gives the path of the member visited, such as data.limits[0].max.
func (w *walker) path() string {
	var b strings.Builder
	for i, p := range w.trail {
		switch {
		case p.item >= 0:
			b.WriteString("[" + itoa(p.item) + "]")
		case i > 0:
			b.WriteString("." + p.name)
		default:
			b.WriteString(p.name)
		}
	}
	return b.String()
}

// item gives the path of an item of the list visited, and of the member itself for -1.
func (w *walker) item(i int) string {
	if i < 0 {
		return w.path()
	}
	return w.path() + "[" + itoa(i) + "]"
}

// eachField calls visit for every member of the act that is given, nested ones after what they are in. What visit is given
// is good until it returns.
func (a *Act) eachField(visit func(w *walker, fd *field) error) error {
	w := walkers.Get().(*walker)
	w.visit = visit
	err := w.act(a)
	w.release()
	return err
}

func (w *walker) release() {
	w.form.fields, w.trail, w.visit, w.data = w.form.fields[:0], w.trail[:0], nil, nil
	walkers.Put(w)
}

func (w *walker) act(a *Act) error {
	a.declare(&w.form, &w.data)
	if err := w.each(0); err != nil {
		return err
	}
	w.trail = append(w.trail[:0], waypoint{"data", -1})
	return w.inside(a.Data)
}

// inside visits the members of what is nested where the walker stands.
func (w *walker) inside(o interface{ declare(*form) }) error {
	n := len(w.form.fields)
	o.declare(&w.form)
	err := w.each(n)
	w.form.fields = w.form.fields[:n]
	return err
}

// each visits the members declared from the n-th on.
func (w *walker) each(n int) error {
	for i, end := n, len(w.form.fields); i < end; i++ {
		fd := &w.form.fields[i]
		if !fd.given() {
			continue
		}
		w.trail = append(w.trail, waypoint{fd.name, -1})
		if err := w.member(fd); err != nil {
			return err
		}
		w.trail = w.trail[:len(w.trail)-1]
	}
	return nil
}

func (w *walker) member(fd *field) error {
	if fd.unset != nil && *fd.unset {
		return w.visit(w, fd)
	}
	switch fd.kind {
	case isObject:
		return w.inside(fd.obj())
	case isRaw:
		if fd.data != nil && *fd.data != nil {
			return w.inside(*fd.data)
		}
		return w.visit(w, fd)
	case isList:
		l := fd.list()
		if err := w.visit(w, fd); err != nil {
			return err
		}
		for i := range l.len() {
			w.trail = append(w.trail, waypoint{"", i})
			if err := w.inside(l.at(i)); err != nil {
				return err
			}
			w.trail = w.trail[:len(w.trail)-1]
		}
		return nil
	default:
		return w.visit(w, fd)
	}
}
