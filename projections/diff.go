package projections

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/domain"
)

// Question is what a [Diff] compares the answers of: who of a scope, seats of a role or body, or with an empty Kind every
// scope, role and body there is.
type Question struct {
	Kind string // who, seats or empty
	Of   string // the scope or party
}

// Diff says what changed in an answer from one (at, known) to another, and which acts changed it.
type Diff struct {
	From    Answer   `json:"from"`
	To      Answer   `json:"to"`
	Changes []Change `json:"changes"`
	Acts    []Entry  `json:"acts"` // those that one of the two rests on and the other does not
}

// Change is one thing that is otherwise in the second answer.
type Change struct {
	Thing  string   `json:"thing"` // such as "scope aims"
	What   string   `json:"what"`
	Before []string `json:"before"`
	After  []string `json:"after"`
}

// AskDiff compares the answers to a question at two views of one ledger.
func AskDiff(from, to *domain.View, q Question) (*Diff, error) {
	d := &Diff{Changes: []Change{}, Acts: []Entry{}}
	about := map[string]bool{} // what the changed answers speak of
	for _, k := range things(from, to, q) {
		a, ofA, err := facets(from, k)
		if err != nil {
			return nil, err
		}
		b, ofB, err := facets(to, k)
		if err != nil {
			return nil, err
		}
		if changes := compare(k.Kind+" "+k.Of, a, b); len(changes) > 0 {
			d.Changes = append(d.Changes, changes...)
			for _, id := range append(append(ofA, ofB...), k.Of) {
				about[id] = true
			}
		}
	}
	d.From, d.To = answerOf(from, nil), answerOf(to, nil)
	d.Acts = actsBetween(from, to, about)
	return d, nil
}

// actsBetween gives the acts about some things that one view has in effect or knows and the other does not.
func actsBetween(from, to *domain.View, about map[string]bool) []Entry {
	newest, known := to, from.Known()
	if from.Known() > to.Known() {
		newest, known = from, to.Known()
	}
	first, last := from.At(), to.At()
	if last.Before(first) {
		first, last = last, first
	}
	var seqs []uint64
	for id := range about {
		seqs = append(seqs, newest.Naming(id)...)
	}
	for _, n := range seqs { // and what was said of those acts since
		if r, ok := newest.Act(n); ok {
			seqs = append(append(seqs, r.Corrected...), r.Annulled)
		}
	}
	slices.Sort(seqs)
	out := []Entry{}
	for _, n := range slices.Compact(seqs) {
		r, ok := newest.Act(n)
		if !ok || domain.TypeOf(r.Act.Type).Fact() {
			continue
		}
		at := r.Act.Effective.At
		if n > known || first.Before(at) && !last.Before(at) {
			out = append(out, entryOf(newest, r))
		}
	}
	return out
}

func things(from, to *domain.View, q Question) []Question {
	if q.Kind != "" {
		return []Question{{map[string]string{"who": "scope", "seats": "seats"}[q.Kind], q.Of}}
	}
	var out []Question
	for _, s := range union(from.Scopes(), to.Scopes()) {
		out = append(out, Question{"scope", s})
	}
	for _, p := range union(from.Posts(), to.Posts()) {
		out = append(out, Question{"seats", p})
	}
	return out
}

// facets gives what an answer says, as lists under names that two answers can be compared by, and the delegations and
// posts that it speaks of.
func facets(v *domain.View, q Question) (map[string][]string, []string, error) {
	out := map[string][]string{}
	if q.Kind == "seats" {
		s, err := AskSeats(v, q.Of)
		if err != nil {
			return nil, nil, err
		}
		out["exists"] = []string{fmt.Sprint(s.Exists)}
		out["occupants"] = people(s.Occupants)
		return out, nil, nil
	}
	w, err := AskWho(v, q.Of, "")
	if domain.CodeOf(err) == domain.UnknownScope {
		out["exists"] = []string{"false"}
		return out, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	out["exists"], out["ultimate"] = []string{"true"}, []string{w.Ultimate.Party}
	out["answerable"], out["vacant"] = w.Answerable, w.Vacant
	var about []string
	for _, h := range w.Holders {
		out["holders"] = union(out["holders"], []string{h.Party})
		of := " of " + h.Party + " by " + h.Delegation
		out["powers"+of] = h.Powers
		for _, l := range h.Limits {
			out["limits"+of] = append(out["limits"+of], fmt.Sprintf("%s %s %s per %s", l.Dimension, l.Max, l.Unit, l.Per))
		}
		if !h.Until.IsZero() {
			out["until"+of] = []string{h.Until.String()}
		}
		var chain []string
		for _, s := range h.Chain {
			chain = append(chain, s.Delegation)
			about = append(about, s.Delegation, s.To)
		}
		out["chain"+of] = []string{strings.Join(chain, " → ")}
	}
	return out, about, nil
}

func people(os []Occupant) []string {
	out := []string{}
	for _, o := range os {
		out = union(out, []string{o.Party + " (" + o.As + ")"})
	}
	return out
}

func compare(thing string, a, b map[string][]string) []Change {
	var names []string
	for k := range a {
		names = union(names, []string{k})
	}
	for k := range b {
		names = union(names, []string{k})
	}
	var out []Change
	for _, k := range names {
		if !slices.Equal(a[k], b[k]) {
			out = append(out, Change{thing, k, emptyNotNil(a[k]), emptyNotNil(b[k])})
		}
	}
	return out
}

func emptyNotNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
