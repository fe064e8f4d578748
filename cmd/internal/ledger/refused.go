package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/uuid"
)

// Refused is an act that somebody tried to record and that a rule refused. It is no part of the record: it is published on
// refused.<ledger>.<code> and kept for a year. Nothing personal is in it: see [domain.State.Withheld].
type Refused struct {
	ID         string    `json:"id"`         // of the attempt, a UUIDv7
	Time       time.Time `json:"time"`       // when it was refused, UTC
	RecordedBy string    `json:"recordedBy"` // the principal that tried
	Attempted
}

// Attempted is the data of the event: the rule, and what was tried as far as it could be read.
type Attempted struct {
	Code    domain.Code     `json:"code"`
	Path    string          `json:"path,omitempty"`
	Message string          `json:"message"`
	Cure    string          `json:"cure,omitempty"`
	Acts    []string        `json:"acts,omitempty"`  // that stood in the way: the first hundred
	Type    string          `json:"type,omitempty"`  // the act's
	By      string          `json:"by,omitempty"`    // the party in whose name it was tried
	ActID   string          `json:"actId,omitempty"` // the act's own, where it was given one
	Act     json.RawMessage `json:"act,omitempty"`   // as it was given, personal texts withheld
	SHA256  string          `json:"sha256,omitempty"`
	Bytes   int             `json:"bytes,omitempty"` // with SHA256, the text given, where the act is malformed or too large to keep
}

// refusedEvent is how an attempt is published and kept: a CloudEvent in structured JSON mode.
type refusedEvent struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Subject     string    `json:"subject,omitempty"` // the act's type
	Time        time.Time `json:"time"`
	ContentType string    `json:"datacontenttype"`
	RecordedBy  string    `json:"recordedby"`
	Data        Attempted `json:"data"`
}

const refusedType = "buckstop.refused.v1"

// What of an attempt is kept.
const (
	maxKeptAct   = 64_000 // bytes of an act
	maxKeptActs  = 100    // ids of acts that stood in the way
	maxKeptWords = 4_000  // bytes of a message or a cure
)

// attemptOf writes the event of an attempt.
func (l *Ledger) attemptOf(r *refusedRequest) (eventstore.Attempt, error) {
	why := r.refusal.Withheld()
	e := refusedEvent{
		SpecVersion: "1.0", ID: uuid.Must(uuid.NewV7()).String(), Source: "/ledgers/" + l.id, Type: refusedType,
		ContentType: "application/json", RecordedBy: r.principal,
		Data: Attempted{Code: why.Code, Path: cut(why.Path), Message: cut(why.Message), Cure: cut(why.Cure),
			Acts: why.Acts[:min(len(why.Acts), maxKeptActs)]},
	}
	d := &e.Data
	a, _, err := domain.DecodeAct(r.text)
	l.mu.Lock() // of the clock, and of what the state looks up
	e.Time = l.opts.Clock().UTC().Round(0)
	if err == nil {
		d.Type, d.By, d.ActID = a.Type, a.By, a.ID
		d.Act = l.state.Withheld(a)
	}
	l.mu.Unlock()
	if err != nil {
		d.Type, d.By, d.ActID = glance(r.text)
	}
	if d.Act == nil || len(d.Act) > maxKeptAct {
		sum := sha256.Sum256(r.text)
		d.Act, d.SHA256, d.Bytes = nil, hex.EncodeToString(sum[:]), len(r.text)
	}
	e.Subject = d.Type
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(&e); err != nil {
		return eventstore.Attempt{}, err
	}
	return eventstore.Attempt{ID: e.ID, Code: string(d.Code), Data: bytes.TrimSpace(b.Bytes())}, nil
}

// cut shortens words to what is kept of them.
func cut(words string) string {
	if len(words) <= maxKeptWords {
		return words
	}
	return string(bytes.ToValidUTF8([]byte(words[:maxKeptWords]), nil)) + "…"
}

// glance tells of a malformed act its type, its party and its id, as far as they can be what they should be.
func glance(text []byte) (typ, by, id string) {
	d := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return "", "", ""
	}
	for d.PeekKind() == '"' {
		t, err := d.ReadToken()
		if err != nil {
			break
		}
		name := t.String()
		if d.PeekKind() != '"' {
			if d.SkipValue() != nil {
				break
			}
			continue
		}
		if t, err = d.ReadToken(); err != nil {
			break
		}
		switch value := t.String(); {
		case name == "type" && domain.TypeOf(value) != nil:
			typ = value
		case name == "by" && domain.ValidID(value):
			by = value
		case name == "id" && domain.ValidID(value):
			id = value
		}
	}
	return typ, by, id
}

// RefusedQuery narrows what [Ledger.Refused] gives. Its zero value asks for the whole last year.
type RefusedQuery struct {
	Code  domain.Code // the rule
	Since time.Time   // refused from then on
	Limit int         // the newest so many; 0 for all
}

// Refused gives the attempts that were refused in the last year, the oldest first: all whose refusal was answered before.
//
// Errors: [eventstore.ErrNotFound] when there is no ledger yet, or the stream that keeps them is gone;
// [eventstore.ErrInvalid] for a code that is none; [eventstore.ErrUnavailable].
func (l *Ledger) Refused(ctx context.Context, q RefusedQuery) ([]Refused, error) {
	kept := l.attempts.Load()
	if kept == nil {
		return nil, fmt.Errorf("ledger %s: %w", l.id, eventstore.ErrNotFound)
	}
	out := []Refused{}
	unread := 0
	err := kept.Read(ctx, eventstore.AttemptQuery{Code: string(q.Code), Since: q.Since, Newest: q.Limit}, func(a eventstore.Attempt) error {
		var e refusedEvent
		if err := json.Unmarshal(a.Data, &e); err != nil || e.Type != refusedType {
			unread++
			return nil
		}
		out = append(out, Refused{ID: e.ID, Time: e.Time, RecordedBy: e.RecordedBy, Attempted: e.Data})
		return nil
	})
	if unread > 0 {
		l.logger.Warn("what lies among the refused attempts is none", "ledger", l.id, "messages", unread)
	}
	return out, err
}
