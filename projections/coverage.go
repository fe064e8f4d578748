package projections

import (
	"cmp"
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/domain/catalogue"
)

// Coverage answers which clauses of a standard the acts in force show to be met, by whom, and where management has done what
// is the governing body's (DOMAIN, section 8).
type Coverage struct {
	Catalogue string    `json:"catalogue"`
	Title     string    `json:"title"`
	Scope     string    `json:"scope,omitempty"` // acts must cover it; empty where acts over any scope count
	ScopeName Text      `json:"scopeName,omitzero"`
	Essay     []string  `json:"essay"`  // the answer to "is it governance or management?", in paragraphs
	Tally     []Tally   `json:"tally"`  // by class, of the rows without children
	Parts     []Part    `json:"parts"`  // the same, by top-level clause
	Rows      []Clause  `json:"rows"`   // in the order of the standard
	Duties    []Owed    `json:"duties"` // of the governing body
	Only      *Narrowed `json:"only,omitempty"`
	Note      string    `json:"note"` // what the reader has to know of the catalogue
	Answer
}

// Part is a top-level clause: a row without a parent that has children. Rows that have neither count together where their
// numbers are the same up to the first point.
type Part struct {
	Clause string  `json:"clause"` // its number
	Title  string  `json:"title,omitempty"`
	Tally  []Tally `json:"tally"` // by class, of the rows without children
}

// Narrowed says which rows and duties were asked for. The essay and the tallies are of all of them nevertheless.
type Narrowed struct {
	Clause string `json:"clause,omitempty"` // the number of a row, to stay with the rows below it; no duties then
	Status Status `json:"status,omitempty"` // of rows, or of duties where only those are asked for
	Duties bool   `json:"duties,omitempty"` // the duties, and no rows
}

// Status says whether something is shown to be met.
type Status string

// The statuses. Usurped: what is the governing body's is shown by management's own acts alone.
const (
	Met     Status = "met"
	Unmet   Status = "unmet"
	Usurped Status = "usurped"
)

// Tally counts rows of a class by their status.
type Tally struct {
	Class   catalogue.Class `json:"class"`
	Met     int             `json:"met"`
	Unmet   int             `json:"unmet"`
	Usurped int             `json:"usurped"`
}

// Clause is one row of a catalogue.
type Clause struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Parent     string          `json:"parent,omitempty"`
	Kind       string          `json:"kind"`
	Class      catalogue.Class `json:"class"`
	Status     Status          `json:"status,omitempty"` // empty for a heading
	Governance *Half           `json:"governance,omitempty"`
	Management *Half           `json:"management,omitempty"`
	Note       string          `json:"note,omitempty"`
	Leaf       bool            `json:"leaf"` // no row has it as its parent
}

// Half is the governing body's or management's half of a clause.
type Half struct {
	Says     string     `json:"says,omitempty"`
	Status   Status     `json:"status"`
	Acts     int        `json:"acts"`     // how many are evidence
	Evidence []Evidence `json:"evidence"` // the ten newest of them by effective time, the newest last
}

// Evidence is an act in force that shows something to be met.
type Evidence struct {
	Act        string         `json:"act"`
	Type       string         `json:"type"`
	By         string         `json:"by"`
	ByName     Text           `json:"byName"`
	Governance bool           `json:"governance"` // done by the governing body, or a committee acting for it
	Effective  domain.Instant `json:"effective"`
}

// Owed is a duty of the governing body.
type Owed struct {
	ID       string     `json:"id"`
	Title    string     `json:"title"`
	Verb     string     `json:"verb"`
	Ceiling  string     `json:"ceiling"` // the clause that comes nearest, and stops short
	Status   Status     `json:"status"`
	Acts     int        `json:"acts"`
	Evidence []Evidence `json:"evidence"` // as of a half
	Cure     Cure       `json:"cure"`
}

const mostEvidence = 10

// AskCoverage answers for a catalogue; with a scope, for the acts that cover it. A scope that does not exist at the instant
// is refused, UNKNOWN_SCOPE.
func AskCoverage(v *domain.View, c *catalogue.Catalogue, scope string) (*Coverage, error) {
	w := &weighing{v: v, scope: scope, byType: map[string][]domain.Shown{}, names: map[string]Text{}}
	out := &Coverage{Catalogue: c.ID, Title: c.Title, Scope: scope, Rows: []Clause{}, Duties: []Owed{}, Parts: []Part{}, Tally: tallies(),
		Note: noteOn(c)}
	if scope != "" {
		s, ok := v.Scope(scope, &w.acts)
		if !ok {
			return nil, unknownScope(v, scope)
		}
		out.ScopeName = Text{s.Name}
	}
	for i := range c.Rows {
		row := w.clause(c, &c.Rows[i])
		out.Rows = append(out.Rows, row)
		if row.Leaf && row.Status != "" {
			count(out.Tally, &row)
			count(out.part(c, &row).Tally, &row)
		}
	}
	for _, d := range catalogue.Duties() {
		out.Duties = append(out.Duties, w.duty(&d))
	}
	out.Essay = essay(out, c)
	out.Answer = answerOf(v, w.acts)
	return out, nil
}

func noteOn(c *catalogue.Catalogue) string {
	if _, embedded := catalogue.Embedded(c.ID); !embedded {
		return "The classes, and what counts as evidence, are those of the file " + c.ID + ". The duties are this project's reading of ISO 37000."
	}
	return "Which clauses are governance and which are management, and what counts as evidence, is this project's reading, and neither " +
		"ISO's nor that of a certification body. Verify numbers and titles against the copies you purchased."
}

func tallies() []Tally {
	return []Tally{{Class: catalogue.Governance}, {Class: catalogue.Hybrid}, {Class: catalogue.Management}}
}

func count(in []Tally, row *Clause) {
	t := &in[slices.IndexFunc(in, func(t Tally) bool { return t.Class == row.Class })]
	switch row.Status {
	case Met:
		t.Met++
	case Usurped:
		t.Usurped++
	default:
		t.Unmet++
	}
}

// part gives the part that a row belongs to.
func (c *Coverage) part(from *catalogue.Catalogue, row *Clause) *Part {
	above := from.Above(row.ID)
	number := c.Number(above[len(above)-1])
	if len(above) == 1 {
		number, _, _ = strings.Cut(number, ".")
	}
	i := slices.IndexFunc(c.Parts, func(p Part) bool { return p.Clause == number })
	if i < 0 {
		top, _ := from.Row(c.Catalogue + ":" + number)
		i, c.Parts = len(c.Parts), append(c.Parts, Part{number, top.Title, tallies()})
	}
	return &c.Parts[i]
}

// Number gives a row's id without the catalogue's.
func (c *Coverage) Number(id string) string { return strings.TrimPrefix(id, c.Catalogue+":") }

// Narrow leaves out the rows and the duties that are not asked for. A clause's rows are those below it; where no row has that
// number, those whose numbers go on from it after a point.
func (c *Coverage) Narrow(to Narrowed) {
	c.Only = &to
	above := map[string]bool{}
	c.Rows = slices.DeleteFunc(c.Rows, func(r Clause) bool {
		number := c.Number(r.ID)
		if number == to.Clause || above[r.Parent] || strings.HasPrefix(number, to.Clause+".") {
			above[r.ID] = true
		} else if to.Clause != "" {
			return true
		}
		return to.Duties || to.Status != "" && r.Status != to.Status
	})
	c.Duties = slices.DeleteFunc(c.Duties, func(d Owed) bool {
		return !to.Duties || to.Status != "" && d.Status != to.Status
	})
}

// weighing weighs the acts in force against what a catalogue demands.
type weighing struct {
	v      *domain.View
	scope  string
	byType map[string][]domain.Shown
	names  map[string]Text
	acts   []uint64
}

// found gives the acts that meet a demand on a row, by one of the sides asked for.
func (w *weighing) found(d domain.Demand, cites []string) []domain.Shown {
	all, ok := w.byType[d.Type]
	if !ok {
		all = w.v.Evidence(d.Type)
		w.byType[d.Type] = all
	}
	var out []domain.Shown
	for _, s := range all {
		if s.Is(d.By) && (!d.Broad() || s.Cites(cites)) && (w.scope == "" || w.v.Covers(s.Over, w.scope)) {
			out = append(out, s)
		}
	}
	return out
}

// evidence weighs several demands: what meets any of them.
func (w *weighing) evidence(demands []domain.Demand, cites []string) (n int, out []Evidence) {
	var all []domain.DutyShown
	for _, d := range demands {
		for _, s := range w.found(d, cites) {
			all = append(all, domain.DutyShown{Shown: s, Type: d.Type})
		}
	}
	return w.newest(all)
}

// newest counts acts, and gives the newest of them.
func (w *weighing) newest(all []domain.DutyShown) (n int, out []Evidence) {
	slices.SortFunc(all, func(a, b domain.DutyShown) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Act, b.Act)) })
	all = slices.CompactFunc(all, func(a, b domain.DutyShown) bool { return a.Act == b.Act })
	out = []Evidence{}
	for _, f := range all[max(0, len(all)-mostEvidence):] {
		w.acts = append(w.acts, f.Act)
		out = append(out, Evidence{w.v.ActID(f.Act), f.Type, f.By, w.name(f.By), f.Governance, f.At})
	}
	return len(all), out
}

func (w *weighing) name(party string) Text {
	name, ok := w.names[party]
	if !ok {
		name = Text{w.v.Party(party, &w.acts).Name}
		w.names[party] = name
	}
	return name
}

// by gives the same demands on another side.
func by(side domain.Side, of []domain.Demand) []domain.Demand {
	out := slices.Clone(of)
	for i := range out {
		out[i].By = side
	}
	return out
}

func (w *weighing) clause(c *catalogue.Catalogue, r *catalogue.Row) Clause {
	out := Clause{ID: r.ID, Title: r.Title, Parent: r.Parent, Kind: r.Kind, Class: r.Class, Note: r.Note, Leaf: r.Leaf}
	if r.Kind == "group" {
		return out
	}
	cites := c.Above(r.ID)
	if r.Class.Governed() {
		out.Governance = w.governance(r, cites)
		out.Status = out.Governance.Status
	}
	if len(r.ByManagement) > 0 {
		h := &Half{Says: r.Management, Status: Unmet}
		if h.Acts, h.Evidence = w.evidence(r.ByManagement, cites); h.Acts > 0 {
			h.Status = Met
		}
		out.Management = h
		if r.Class == catalogue.Management || r.Class == catalogue.Hybrid && out.Status == Met {
			out.Status = h.Status
		}
	}
	return out
}

// governance weighs the governing body's half: where it is shown by management's acts alone, it is usurped.
func (w *weighing) governance(r *catalogue.Row, cites []string) *Half {
	h := &Half{Says: r.Governance, Status: Met}
	own := r.ByGovernance
	if h.Acts, h.Evidence = w.evidence(own, cites); h.Acts > 0 {
		return h
	}
	theirs := by(domain.ByManagement, slices.Concat(own, r.ByManagement))
	if h.Acts, h.Evidence = w.evidence(theirs, cites); h.Acts > 0 {
		h.Status = Usurped
		return h
	}
	h.Status = Unmet
	return h
}

func (w *weighing) duty(d *catalogue.Duty) Owed {
	out := Owed{ID: d.ID, Title: d.Title, Verb: d.Verb, Ceiling: d.Ceiling, Status: Unmet, Cure: Cure{d.CureType, d.Cure}}
	all := w.v.DutyEvidence(domain.Duty{Evidence: d.Evidence})
	if w.scope != "" {
		all = slices.DeleteFunc(all, func(f domain.DutyShown) bool { return !w.v.Covers(f.Over, w.scope) })
	}
	if out.Acts, out.Evidence = w.newest(all); out.Acts > 0 {
		out.Status = Met
	}
	return out
}
