package projections

import (
	"time"

	"buckstop/domain"
)

// Answer is what every answer carries: the instant it is for, what was known when, and the acts it rests on.
type Answer struct {
	At      domain.Instant `json:"at"`
	Known   Known          `json:"known"`
	Because []string       `json:"because"` // ids of acts, in recorded order
}

// Known says how much of the record an answer knows.
type Known struct {
	Seq      uint64    `json:"seq"`      // the newest act known
	Recorded time.Time `json:"recorded"` // when it was recorded, UTC
}

func answerOf(v *domain.View, acts []uint64) Answer {
	return Answer{At: v.At(), Known: Known{v.Known(), v.Recorded()}, Because: v.ActIDs(acts)}
}

// Limit is a limit as it applies: the smallest along the chain.
type Limit struct {
	Dimension string `json:"dimension"`
	Unit      string `json:"unit"`
	Max       string `json:"max"` // decimal
	Per       string `json:"per"`
}

func limitsOf(ls []domain.Limit) []Limit {
	out := make([]Limit, len(ls))
	for i, l := range ls {
		out[i] = Limit{l.Dimension, l.Unit, l.Max.Text, l.Per}
	}
	return out
}

// Time is an instant of an answer; the beginning and the end of all time stand for none.
type Time struct{ domain.Instant }

// IsZero tells whether there is none.
func (t Time) IsZero() bool { return t.Instant == domain.Beginning || t.Instant == domain.Forever }

// Text is a text in an answer: as plain text, or {"sealed": true} or {"erased": true} for one that is kept outside the
// log and not shown or destroyed.
type Text struct{ domain.Text }

// MarshalJSON writes the text as readers are shown it.
func (t Text) MarshalJSON() ([]byte, error) { return t.Text.AppendJSON(nil), nil }
