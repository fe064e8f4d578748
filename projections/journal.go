package projections

import (
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"time"

	"buckstop/domain"
)

// Entry is one act of the record, as a reader meets it in a list.
type Entry struct {
	Seq        uint64         `json:"seq"`
	ID         string         `json:"id"`
	Type       string         `json:"type"`
	Recorded   time.Time      `json:"recorded"`   // UTC
	RecordedBy string         `json:"recordedBy"` // principal
	Effective  domain.Instant `json:"effective"`  // as it stands
	By         string         `json:"by"`
	Sentence   string         `json:"sentence"`        // what was done, as it stands, in plain English
	State      string         `json:"state,omitempty"` // corrected, annulled, ratified, or without effect
}

// Log is the record, in recorded order.
type Log struct {
	Entries []Entry `json:"entries"`
	Answer
}

// LogQuery narrows a log. Its zero value asks for everything known.
type LogQuery struct {
	From, To uint64 // sequences, both included; 0 for no bound
	Type     string // an act type, or a pattern of path.Match such as delegation.*
	By       string // the party in whose name it was done
	Limit    int    // the newest so many; 0 for all
}

// AskLog lists the acts recorded, as far as known.
func AskLog(v *domain.View, q LogQuery) (*Log, error) {
	if _, err := path.Match(q.Type, ""); err != nil {
		return nil, &domain.Refusal{Code: domain.Invalid, Path: "type", Message: fmt.Sprintf("%q is no pattern", q.Type)}
	}
	to := v.Known()
	if q.To != 0 {
		to = min(to, q.To)
	}
	var acts []uint64
	by := v.Party(q.By, &acts).Key
	out := &Log{Entries: []Entry{}}
	for n := max(q.From, 1); n <= to; n++ {
		r, _ := v.Act(n)
		if q.Type != "" {
			if ok, _ := path.Match(q.Type, r.Act.Type); !ok {
				continue
			}
		}
		if q.By != "" && v.Party(r.Act.By, &acts).Key != by {
			continue
		}
		out.Entries = append(out.Entries, entryOf(v, r))
	}
	if q.Limit > 0 && len(out.Entries) > q.Limit {
		out.Entries = out.Entries[len(out.Entries)-q.Limit:]
	}
	out.Answer = answerOf(v, nil)
	return out, nil
}

// History is every act that made or named a thing: a scope, party, delegation, act, policy or whatever else bears the id.
type History struct {
	Thing   string  `json:"thing"`
	Entries []Entry `json:"entries"`
	Answer
}

// AskHistory lists the acts about a thing, in recorded order. One that no act names is refused, UNKNOWN_ID.
func AskHistory(v *domain.View, thing string) (*History, error) {
	seqs := v.Naming(thing)
	if len(seqs) == 0 {
		return nil, &domain.Refusal{Code: domain.UnknownID, Path: "thing", Message: fmt.Sprintf("no act known at %d names %q", v.Known(), thing)}
	}
	out := &History{Thing: thing, Entries: make([]Entry, 0, len(seqs))}
	for _, n := range seqs {
		r, _ := v.Act(n)
		out.Entries = append(out.Entries, entryOf(v, r))
	}
	out.Answer = answerOf(v, seqs)
	return out, nil
}

// Shown is one act whole: as it was recorded, as it stands now, and what was recorded about it since.
type Shown struct {
	Entry
	Act         json.RawMessage `json:"act"`    // as recorded
	Stands      json.RawMessage `json:"stands"` // as it stands; null where it is annulled
	Corrections []string        `json:"corrections"`
	AnnulledBy  string          `json:"annulledBy,omitempty"`
	Ratified    []string        `json:"ratifications,omitempty"`
	Attested    []string        `json:"attestations,omitempty"`
	Answer
}

// AskShow shows an act by its id, or else by its sequence number. One that is not recorded is refused, UNKNOWN_ACT.
func AskShow(v *domain.View, act string) (*Shown, error) {
	seq := v.SeqOf(act)
	if seq == 0 {
		if n, err := strconv.ParseUint(act, 10, 64); err == nil {
			seq = n
		}
	}
	r, ok := v.Act(seq)
	if !ok {
		return nil, &domain.Refusal{Code: domain.UnknownAct, Path: "act", Message: fmt.Sprintf("no act %q is recorded, as known at %d", act, v.Known())}
	}
	out := &Shown{Entry: entryOf(v, r), Act: r.Act.Encode(), Stands: json.RawMessage("null"), Corrections: []string{}}
	acts := append([]uint64{seq, r.Annulled}, r.Corrected...)
	if r.Content != nil {
		out.Stands = r.Content.Encode()
	}
	for _, n := range r.Corrected {
		out.Corrections = append(out.Corrections, v.ActID(n))
	}
	if r.Annulled != 0 {
		out.AnnulledBy = v.ActID(r.Annulled)
	}
	for _, n := range r.Ratified {
		out.Ratified = append(out.Ratified, v.ActID(n))
	}
	for _, n := range r.Attested {
		out.Attested = append(out.Attested, v.ActID(n))
	}
	out.Answer = answerOf(v, append(append(acts, r.Ratified...), r.Attested...))
	return out, nil
}

func entryOf(v *domain.View, r domain.Recorded) Entry {
	stands := r.Content
	state := ""
	switch {
	case stands == nil:
		stands, state = r.Act, "annulled"
	case len(r.Ratified) > 0:
		state = "ratified"
	case len(r.Corrected) > 0:
		state = "corrected"
	case r.Suppressed:
		state = "without effect"
	}
	return Entry{Seq: r.Seq, ID: r.ID, Type: r.Act.Type, Recorded: r.At, RecordedBy: r.By, Effective: stands.Effective.At,
		By: stands.By, Sentence: Sentence(v, stands), State: state}
}
