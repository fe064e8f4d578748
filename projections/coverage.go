package projections

import (
	"fmt"
	"slices"

	"buckstop/domain"
	"buckstop/domain/catalogue"
)

// Coverage answers which clauses of a standard the acts in force show to be met, by whom, and where management has done what
// is the governing body's (DOMAIN, section 8).
type Coverage struct {
	Catalogue string   `json:"catalogue"`
	Title     string   `json:"title"`
	Scope     string   `json:"scope,omitempty"` // acts must cover it; empty where acts over any scope count
	Essay     []string `json:"essay"`           // the answer to "is it governance or management?", in paragraphs
	Tally     []Tally  `json:"tally"`           // by class, of the rows without children
	Rows      []Clause `json:"rows"`            // in the order of the standard
	Duties    []Owed   `json:"duties"`          // of the governing body
	Answer
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
	Evidence []Evidence `json:"evidence"` // the newest of them, at most mostEvidence
}

// Evidence is an act in force that shows something to be met.
type Evidence struct {
	Act        string         `json:"act"`
	Type       string         `json:"type"`
	By         string         `json:"by"`
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
	Evidence []Evidence `json:"evidence"`
	Cure     Cure       `json:"cure"`
}

const mostEvidence = 10

// AskCoverage answers for a catalogue; with a scope, for the acts that cover it. A scope that does not exist at the instant
// is refused, UNKNOWN_SCOPE.
func AskCoverage(v *domain.View, c *catalogue.Catalogue, scope string) (*Coverage, error) {
	if scope != "" {
		if _, ok := v.Scope(scope, new([]uint64)); !ok {
			return nil, unknownScope(v, scope)
		}
	}
	w := &weighing{v: v, scope: scope, byType: map[string][]domain.Shown{}}
	out := &Coverage{Catalogue: c.ID, Title: c.Title, Scope: scope, Rows: []Clause{}, Duties: []Owed{}, Tally: []Tally{{Class: catalogue.Governance},
		{Class: catalogue.Hybrid}, {Class: catalogue.Management}}}
	for i := range c.Rows {
		row := w.clause(c, &c.Rows[i])
		out.Rows = append(out.Rows, row)
		if row.Leaf && row.Status != "" {
			t := &out.Tally[slices.IndexFunc(out.Tally, func(t Tally) bool { return t.Class == row.Class })]
			switch row.Status {
			case Met:
				t.Met++
			case Usurped:
				t.Usurped++
			default:
				t.Unmet++
			}
		}
	}
	for _, d := range catalogue.Duties() {
		out.Duties = append(out.Duties, w.duty(&d))
	}
	out.Essay = essay(out, c)
	out.Answer = answerOf(v, w.acts)
	return out, nil
}

// weighing weighs the acts in force against what a catalogue demands.
type weighing struct {
	v      *domain.View
	scope  string
	byType map[string][]domain.Shown
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
	type found struct {
		domain.Shown
		kind string
	}
	var all []found
	for _, d := range demands {
		for _, s := range w.found(d, cites) {
			if !slices.ContainsFunc(all, func(f found) bool { return f.Act == s.Act }) {
				all = append(all, found{s, d.Type})
			}
		}
	}
	slices.SortFunc(all, func(a, b found) int { return int(int64(a.Act) - int64(b.Act)) })
	out = []Evidence{}
	for _, f := range all[max(0, len(all)-mostEvidence):] {
		w.acts = append(w.acts, f.Act)
		out = append(out, Evidence{w.v.ActID(f.Act), f.kind, f.By, f.Governance, f.At})
	}
	return len(all), out
}

func demands(of []catalogue.Evidence) []domain.Demand {
	out := make([]domain.Demand, len(of))
	for i, e := range of {
		out[i] = demandOf(e)
	}
	return out
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
		if h.Acts, h.Evidence = w.evidence(demands(r.ByManagement), cites); h.Acts > 0 {
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
	own := demands(r.ByGovernance)
	if h.Acts, h.Evidence = w.evidence(own, cites); h.Acts > 0 {
		return h
	}
	theirs := by(domain.ByManagement, append(own, demands(r.ByManagement)...))
	if h.Acts, h.Evidence = w.evidence(theirs, cites); h.Acts > 0 {
		h.Status = Usurped
		return h
	}
	h.Status = Unmet
	return h
}

func (w *weighing) duty(d *catalogue.Duty) Owed {
	out := Owed{ID: d.ID, Title: d.Title, Verb: d.Verb, Ceiling: d.Ceiling, Status: Unmet, Cure: Cure{d.CureType, d.Cure}}
	n := 0
	for _, f := range w.v.DutyEvidence(domain.Duty{Evidence: demands(d.Evidence)}) {
		if w.scope != "" && !w.v.Covers(f.Over, w.scope) {
			continue
		}
		n++
		if len(out.Evidence) < mostEvidence {
			w.acts = append(w.acts, f.Act)
			out.Evidence = append(out.Evidence, Evidence{w.v.ActID(f.Act), f.Type, f.By, f.Governance, f.At})
		}
	}
	if n > 0 {
		out.Status = Met
	}
	if out.Evidence == nil {
		out.Evidence = []Evidence{}
	}
	return out
}

// essay answers whether what the organisation does under a standard is governance or management, from its own acts.
func essay(c *Coverage, from *catalogue.Catalogue) []string {
	var governance, hybrid, management int
	for _, s := range from.Concentration() {
		governance, hybrid, management = governance+s.Governance, hybrid+s.Hybrid, management+s.Management
	}
	all := governance + hybrid + management
	if governance+hybrid == all {
		return append([]string{fmt.Sprintf("All %d rows of %s are the governing body's.", all, c.Title)}, done(c)...)
	}
	first := fmt.Sprintf("%s is mostly management: of its %d clauses and controls %d are management's, %d are governance, and %d are both.",
		c.Title, all, management, governance, hybrid)
	if where := densest(from); where != "" {
		first += " Its governance is concentrated in " + where + "."
	}
	return append([]string{first}, done(c)...)
}

// densest names the top-level clauses in which governance is.
func densest(c *catalogue.Catalogue) string {
	pure, framed := "", ""
	for _, s := range c.Concentration() {
		all := s.Governance + s.Hybrid + s.Management
		switch {
		case s.Clause == "A" || all == 0:
		case s.Governance == all:
			pure = joined(pure, fmt.Sprintf("clause %s (%s)", s.Clause, s.Title))
		case s.Governance+s.Hybrid > s.Management && s.Clause == "6":
			framed = joined(framed, fmt.Sprintf("the framing half of clause %s (%s)", s.Clause, s.Title))
		}
	}
	return joined(pure, framed)
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " and " + b
}

// done says which governance halves the governing body has done, which management did for it, and which duties are unmet.
func done(c *Coverage) []string {
	var own, taken, nobody []string
	for _, r := range c.Rows {
		if r.Governance == nil || !r.Leaf {
			continue
		}
		number := r.ID[len(c.Catalogue)+1:]
		switch r.Governance.Status {
		case Met:
			own = append(own, number)
		case Usurped:
			taken = append(taken, number)
		default:
			nobody = append(nobody, number)
		}
	}
	n := len(own) + len(taken) + len(nobody)
	out := []string{fmt.Sprintf("Of the %d that ask something of governance, the governing body has done its part of %d%s; management did it in its place for %d%s; nobody has for %d%s.",
		n, len(own), listedIn(own), len(taken), listedIn(taken), len(nobody), listedIn(nobody))}
	met := 0
	for _, d := range c.Duties {
		if d.Status == Met {
			met++
		}
	}
	out = append(out, fmt.Sprintf("No clause asks the governing body itself for its ten duties. It has met %d of them.", met))
	return out
}

func listedIn(numbers []string) string {
	if len(numbers) == 0 {
		return ""
	}
	s := " ("
	for i, n := range numbers {
		if i > 0 {
			s += ", "
		}
		s += n
	}
	return s + ")"
}
