package domain

import (
	"fmt"
	"slices"
	"strings"
)

// examiner looks for findings at one instant, as known at one sequence. What it reads is noted, so that it can tell since
// when a finding holds, until when what it found stays as it is, and which acts could change it.
type examiner struct {
	r     *rulings
	v     *View // noting what is read
	note  *tracker
	at    Instant
	known uint64
	out   []Finding
}

// subject is one thing that findings are about.
type subject struct {
	kind subjectKind
	id   string // of a delegation, assurance, scope or parameter
	in   space  // of a parameter
	n    uint64 // the sequence of an objective; the number of a ruling or duty
}

type subjectKind uint8

const (
	aboutGovernance subjectKind = iota
	aboutDelegation
	aboutParameter
	aboutAssurance
	aboutScope
	aboutObjective
	aboutRuling
	aboutDuty
)

// examine makes an examiner; the caller holds the rulings, which have taken in what v knows.
func examine(r *rulings, v *View) *examiner {
	x := &examiner{r: r, note: &tracker{}, at: v.at, known: v.known}
	x.v = &View{state: v.state, known: v.known, open: v.open}
	x.v.world = world{r: &innerView{x.v, r}, at: v.at, fold: v.fold, note: x.note}
	return x
}

// all examines everything there is.
func (x *examiner) all() {
	for _, s := range x.r.subjects() {
		x.subject(s)
	}
	for _, i := range x.r.suspect {
		x.subject(subject{kind: aboutRuling, n: uint64(i)})
	}
}

// subjects lists what findings can be about, but for rulings.
func (r *rulings) subjects() []subject {
	out := []subject{{kind: aboutGovernance}}
	for _, id := range r.grants {
		out = append(out, subject{kind: aboutDelegation, id: id})
	}
	for _, sp := range []space{spaceDirection, spacePolicy, spaceAppetite} {
		for id := range r.s.things[sp] {
			out = append(out, subject{kind: aboutParameter, in: sp, id: id})
		}
	}
	for id := range r.s.things[spaceAssurance] {
		out = append(out, subject{kind: aboutAssurance, id: id})
	}
	for id, facts := range r.remarks.scopes {
		if facts {
			out = append(out, subject{kind: aboutScope, id: id})
		}
	}
	for _, m := range r.remarks.ofType["objective.set"] {
		if m.seq == m.from { // once for each, however often it was corrected
			out = append(out, subject{kind: aboutObjective, n: m.seq})
		}
	}
	for i := range r.s.Duties {
		out = append(out, subject{kind: aboutDuty, n: uint64(i)})
	}
	return out
}

// subject examines one thing.
func (x *examiner) subject(s subject) {
	switch s.kind {
	case aboutGovernance:
		x.governance()
	case aboutDelegation:
		x.delegation(s.id)
	case aboutParameter:
		x.parameter(s.in, s.id)
	case aboutAssurance:
		x.assurance(s.id)
	case aboutScope:
		x.scope(s.id)
	case aboutObjective:
		x.objective(s.n)
	case aboutRuling:
		x.ruling(int32(s.n))
	case aboutDuty:
		x.duty(&x.v.state.Duties[s.n])
	}
}

// find adds a finding.
func (x *examiner) find(code FindingCode, kind, about string, f Finding) {
	k := &findingKinds[kindIndex(code)]
	f.Code, f.Kind, f.About = code, kind, about
	if f.Severity == "" {
		f.Severity = k.Severity
	}
	if f.Clauses == nil {
		f.Clauses = k.Clauses
	}
	slices.Sort(f.Acts)
	f.Acts = slices.DeleteFunc(slices.Compact(f.Acts), func(n uint64) bool { return n == 0 })
	x.out = append(x.out, f)
}

// since finds from when on something has held without a break up to the instant asked about, and the acts that brought it
// about. It goes back from one instant at which anything it depends on changed to the one before.
func (x *examiner) since(holds func(*View) bool) (Instant, []uint64) {
	kept := *x.note
	*x.note = tracker{}
	defer func() { *x.note, x.v.at = kept, x.at }()
	x.v.at = x.at
	holds(x.v)
	for range deepest {
		from, _ := x.note.span(x.v.at, x.known)
		if from == Beginning {
			return from, nil
		}
		causes := x.note.causes(from, x.known)
		x.note.reset()
		if x.v.at = from.before(); !holds(x.v) {
			return from, causes
		}
	}
	return x.v.at, nil
}

// before gives the instant just before another.
func (i Instant) before() Instant {
	if i.nsec == 0 {
		return Instant{i.sec - 1, 999_999_999}
	}
	return Instant{i.sec, i.nsec - 1}
}

// remarks gives the acts about something that say so by the view's instant, and notes when others begin to.
func (x *examiner) remarks(about thingKey) []*remark {
	x.note.missed(cellKey{cellRemarks, about.space, about.id})
	return x.said(x.r.remarks.about[about])
}

// ofType gives the acts of a type that say so by the view's instant.
func (x *examiner) ofType(name string) []*remark {
	x.note.missed(cellKey{kind: cellRemarks, id: name})
	return x.said(x.r.remarks.ofType[name])
}

func (x *examiner) said(all []*remark) []*remark {
	var out []*remark
	for _, m := range all {
		x.v.within(m.at)
		if m.in(x.v.at, x.known) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b *remark) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return int(int64(a.seq) - int64(b.seq))
	})
	return out
}

// label gives a party's name with its id, as a sentence has it.
func (x *examiner) label(id string) string {
	id, name := x.v.called(id)
	return called(id, name)
}

// called gives a name with its id; the id alone where the name is sealed, erased or the same.
func called(id string, name Text) string {
	if name.Plain == "" || name.Plain == id {
		return id
	}
	return fmt.Sprintf("%s (%s)", name.Plain, id)
}

// quoted gives a text as a sentence quotes it: its beginning, on one line.
func (x *examiner) quoted(t Text) string {
	const most = 120
	words := []rune(strings.Join(strings.Fields(x.v.text(t).String()), " "))
	if len(words) > most {
		words = append(words[:most-1], '…')
	}
	return string(words)
}

func (x *examiner) scopeLabel(id string) string {
	if n := x.v.scopeName(id); n != nil {
		return called(id, x.v.text(n.name))
	}
	return id
}

func (x *examiner) date(at Instant) string { return x.v.fold.date(at) }

// everyone gives the natural persons who answer where a party does.
func (x *examiner) everyone(v *View, id string) []string {
	var acts []uint64
	return v.persons(nil, id, &acts)
}
