package projections

import (
	"fmt"
	"slices"
	"sync"

	"buckstop/domain"
	"buckstop/domain/catalogue"
)

// Findings answers what a governing body should look at (DOMAIN, section 7). Nothing of it is stored: it is worked out from
// the acts for the instant and the knowledge asked for.
type Findings struct {
	Findings []Finding `json:"findings"` // what is not cured first, and of that the severest
	Answer
}

// Finding is one of them.
type Finding struct {
	Code     domain.FindingCode `json:"code"`
	Title    string             `json:"title"`
	Severity domain.Severity    `json:"severity"`
	Kind     string             `json:"kind"`  // of the thing it is about
	About    string             `json:"about"` // its id
	Scope    string             `json:"scope,omitempty"`
	Party    string             `json:"party,omitempty"`
	Since    Time               `json:"since,omitzero"` // from when on it has held without a break
	Acts     []string           `json:"acts"`
	Clauses  []string           `json:"clauses"`
	Sentence string             `json:"sentence"`
	Cure     Cure               `json:"cure"`
	Cured    *Cured             `json:"cured,omitempty"` // it was ratified, or put right by a later act, and stays to be seen
}

// Cure is the act that would cure a finding.
type Cure struct {
	Type  string `json:"type"` // of act
	Words string `json:"words"`
}

// Cured says by whom a finding was cured, from when on, and by which act.
type Cured struct {
	By    string         `json:"by"`
	Since domain.Instant `json:"since"`
	Act   string         `json:"act"`
}

// FindingsQuery narrows an answer. Its zero value asks for everything.
type FindingsQuery struct {
	Scope    string          // and the scopes below it; empty for all
	Code     string          // one code; empty for all
	Severity domain.Severity // at least; empty for all
	Open     bool            // leave out what is cured
}

// AskFindings gives the findings. A scope that does not exist at the instant is refused, UNKNOWN_SCOPE.
func AskFindings(v *domain.View, q FindingsQuery) (*Findings, error) {
	if q.Scope != "" {
		if _, ok := v.Scope(q.Scope, new([]uint64)); !ok {
			return nil, unknownScope(v, q.Scope)
		}
	}
	out := &Findings{Findings: []Finding{}}
	var acts []uint64
	for _, f := range v.Findings() {
		if q.Code != "" && string(f.Code) != q.Code || q.Severity != "" && !f.Severity.AtLeast(q.Severity) ||
			q.Open && f.Cured != nil || q.Scope != "" && (f.Scope == "" || !v.Covers(q.Scope, f.Scope)) {
			continue
		}
		out.Findings = append(out.Findings, findingOf(v, &f))
		acts = append(acts, f.Acts...)
		if f.Cured != nil {
			acts = append(acts, f.Cured.Act)
		}
	}
	out.Answer = answerOf(v, acts)
	return out, nil
}

func findingOf(v *domain.View, f *domain.Finding) Finding {
	out := Finding{
		Code: f.Code, Title: f.Title(), Severity: f.Severity, Kind: f.Kind, About: f.About, Scope: f.Scope, Party: f.Party,
		Since: Time{f.Since}, Acts: v.ActIDs(slices.Clone(f.Acts)), Clauses: f.Clauses, Sentence: f.Sentence, Cure: Cure(f.Cure),
	}
	if f.Cured != nil {
		out.Cured = &Cured{f.Cured.By, f.Cured.Since, v.ActID(f.Cured.Act)}
	}
	return out
}

// Duties are what a governing body owes, as the catalogue has them, for [domain.State.Duties].
var Duties = sync.OnceValue(func() []domain.Duty {
	var out []domain.Duty
	for _, d := range catalogue.Duties() {
		n := domain.Duty{ID: d.ID, Title: d.Title, Cure: domain.Cure{Type: d.CureType, Words: fmt.Sprintf("Have the governing body record %s: %s.", d.CureType, d.Cure)}}
		for _, c := range d.ISO37000 {
			n.Clauses = append(n.Clauses, "iso37000:"+c)
		}
		n.Clauses = append(n.Clauses, d.Ceiling)
		n.Evidence = d.Evidence
		out = append(out, n)
	}
	return out
})
