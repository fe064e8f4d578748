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
	From      Answer   `json:"from"`
	To        Answer   `json:"to"`
	Changes   []Change `json:"changes"`
	Acts      []Entry  `json:"acts"`      // those without which the changes would not be: recorded or taking effect between the two
	TermEnded bool     `json:"termEnded"` // a term that ended changed something; no act did that
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
	d := &Diff{From: answerOf(from, nil), To: answerOf(to, nil), Changes: []Change{}, Acts: []Entry{}}
	var acts []uint64
	var replay *domain.Replay
	for _, k := range things(from, to, q) {
		a, err := facets(from, k)
		if err != nil {
			return nil, err
		}
		b, err := facets(to, k)
		if err != nil {
			return nil, err
		}
		changes := compare(k.Kind+" "+k.Of, a, b)
		if len(changes) == 0 {
			continue
		}
		d.Changes = append(d.Changes, changes...)
		if replay == nil {
			replay = to.Replay()
		}
		changed, term := replay.Behind(from, to.At(), func(v *domain.View) facts { return found(v, k) })
		acts, d.TermEnded = append(acts, changed...), d.TermEnded || term
	}
	newest := to
	if from.Known() > to.Known() {
		newest = from
	}
	slices.Sort(acts)
	for _, n := range slices.Compact(acts) {
		if r, ok := newest.Act(n); ok {
			d.Acts = append(d.Acts, entryOf(newest, r))
		}
	}
	return d, nil
}

// found gives everything an answer says, one fact each.
func found(v *domain.View, q Question) facts {
	said, err := facets(v, q)
	if err != nil { // it was asked at both views, and nothing but the unknown scope that facets knows is refused
		return facts{}
	}
	out := facts{}
	for name, values := range said {
		for _, value := range values {
			out[name+"\x00"+value] = true
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

// facets gives what an answer says, as lists under names that two answers can be compared by.
func facets(v *domain.View, q Question) (map[string][]string, error) {
	out := map[string][]string{}
	if q.Kind == "seats" {
		s, err := AskSeats(v, q.Of)
		if err != nil {
			return nil, err
		}
		out["exists"] = []string{fmt.Sprint(s.Exists)}
		out["occupants"] = people(s.Occupants)
		return out, nil
	}
	w, err := AskWho(v, q.Of, "")
	if domain.CodeOf(err) == domain.UnknownScope {
		out["exists"] = []string{"false"}
		return out, nil
	}
	if err != nil {
		return nil, err
	}
	out["exists"], out["ultimate"] = []string{"true"}, []string{w.Ultimate.Party}
	out["answerable"], out["vacant"] = w.Answerable, w.Vacant
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
		}
		out["chain"+of] = []string{strings.Join(chain, " → ")}
	}
	return out, nil
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
