package eventstore

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// AttemptsKept is for how long a refused attempt is kept: a year, be it a leap year. An operator may keep them for longer.
const AttemptsKept = 366 * 24 * time.Hour

// How long [Attempts.Append] tries where its context sets no end. It is short: who was refused waits for it.
const attemptPatience = 5 * time.Second

// Attempts keeps what a ledger refused, apart from the ledger: one message an attempt, on refused.<ledger>.<code>, in the
// stream REFUSED_<ledger>, from which it leaves when it is a year old and not before. It is no part of the record: attempts
// are not fenced, numbered or chained, and what becomes of the stream leaves the ledger as it is. Its methods are safe for
// concurrent use.
type Attempts struct {
	server *Server
	ledger string
}

// Attempt is one refused attempt.
type Attempt struct {
	ID   string // its own; within two minutes an id is stored once
	Code string // of the rule that refused it: capitals and _
	Data []byte // what is published; at most MaxEntry bytes, nothing personal among them
}

var errElsewhere = errors.New("another stream has taken it")

var attemptCode = regexp.MustCompile(`^[A-Z][A-Z_]{0,63}$`)

// Append stores attempts in their order and publishes each on its subject. When it returns nil they are on disk, on a
// majority of the replicas where there are any, each once. From [BatchFrom] attempts it takes a fraction of the time that
// they would take one by one. It tries until ctx ends, for five seconds if ctx sets no end.
//
// Errors: [ErrUnavailable], and some of them may then be stored, or be found stored later; [ErrNotFound], at once, when the
// stream is gone; [ErrInvalid], and none is stored, for an attempt that can never be.
func (a *Attempts) Append(ctx context.Context, attempts []Attempt) error {
	msgs := make([]*nats.Msg, len(attempts))
	for i, t := range attempts {
		if n := len(t.Data); n == 0 || n > MaxEntry || t.ID == "" || !attemptCode.MatchString(t.Code) {
			return fmt.Errorf("%w: an attempt %q of %d bytes, refused as %q", ErrInvalid, t.ID, n, t.Code)
		}
		msgs[i] = &nats.Msg{Subject: a.subject(t.Code), Data: t.Data, Header: nats.Header{jetstream.MsgIDHeader: {t.ID}}}
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, attemptPatience)
		defer cancel()
	}
	for len(msgs) > 0 {
		n := min(len(msgs), MaxBatch)
		// A batch that was not answered with yes is sent again one by one; what is there of it already is told by its id.
		if n < BatchFrom || a.sendBatch(ctx, msgs[:n]) != nil {
			for _, m := range msgs[:n] {
				if err := a.send(ctx, m); err != nil {
					return fmt.Errorf("ledger %s: keep a refused attempt: %w", a.ledger, err)
				}
			}
		}
		msgs = msgs[n:]
	}
	return nil
}

func (a *Attempts) name() string               { return attemptsPrefix + a.ledger }
func (a *Attempts) subject(code string) string { return "refused." + a.ledger + "." + code }

// send publishes one attempt until it is stored.
func (a *Attempts) send(ctx context.Context, m *nats.Msg) error {
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := a.sendOnce(ctx, m)
		if err == nil {
			return nil
		}
		answer := code(err)
		if unsent(err) && a.gone(ctx) {
			return fmt.Errorf("stream %s is gone: %w", a.name(), ErrNotFound)
		}
		if answer != 0 && !passing(answer) || errors.Is(err, errElsewhere) || errors.Is(err, nats.ErrMaxPayload) || a.server.nc.IsClosed() {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		case <-time.After(wait):
		}
	}
}

func (a *Attempts) sendOnce(ctx context.Context, m *nats.Msg) error {
	ctx, cancel := a.server.answerable(ctx, answerPatience)
	defer cancel()
	ack, err := a.server.js.PublishMsg(ctx, m, jetstream.WithRetryAttempts(0))
	if err == nil && ack.Stream != a.name() {
		err = fmt.Errorf("%w: %s", errElsewhere, ack.Stream)
	}
	return err
}

func (a *Attempts) sendBatch(ctx context.Context, msgs []*nats.Msg) error {
	select {
	case a.server.batch <- struct{}{}:
		defer func() { <-a.server.batch }()
	case <-ctx.Done():
		return ctx.Err()
	}
	batch := make([]*nats.Msg, len(msgs)) // copies, since a batch leaves its own headers in them
	for i, m := range msgs {
		batch[i] = &nats.Msg{Subject: m.Subject, Data: m.Data, Header: nats.Header{jetstream.MsgIDHeader: m.Header[jetstream.MsgIDHeader]}}
	}
	ctx, cancel := a.server.answerable(ctx, answerPatience)
	defer cancel()
	ack, err := jetstreamext.PublishMsgBatch(ctx, a.server.js, batch, jetstreamext.BatchFlowControl{})
	if err == nil && ack.Stream != a.name() {
		err = fmt.Errorf("%w: %s", errElsewhere, ack.Stream)
	}
	return err
}

// gone tells whether the server says that there is no such stream.
func (a *Attempts) gone(ctx context.Context) bool {
	ctx, cancel := a.server.answerable(ctx, askPatience)
	defer cancel()
	_, err := a.server.js.Stream(ctx, a.name())
	return code(err) == codeNoStream
}

// AttemptQuery narrows what [Attempts.Read] gives. Its zero value asks for all.
type AttemptQuery struct {
	Code   string    // of this rule
	Since  time.Time // kept from then on
	Newest int       // the newest so many of those that fit
}

// Read calls fn with the attempts that fit, the oldest first, as far as there are any when it begins, and ends with fn's
// first error. What cannot be read, since it is damaged, is passed over; fn may keep what it is given.
//
// Errors: fn's, as it is; [ErrNotFound] when the stream is gone; [ErrInvalid] for a code that is none; [ErrUnavailable].
func (a *Attempts) Read(ctx context.Context, q AttemptQuery, fn func(Attempt) error) error {
	if q.Code != "" && !attemptCode.MatchString(q.Code) {
		return fmt.Errorf("%w: %q is no code", ErrInvalid, q.Code)
	}
	stream, info, err := a.opened(ctx)
	if err != nil {
		return fmt.Errorf("ledger %s: refused attempts: %w", a.ledger, err)
	}
	from := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverAllPolicy, MaxResetAttempts: 3}
	if q.Code != "" {
		from.FilterSubjects = []string{a.subject(q.Code)}
	}
	switch {
	case !q.Since.IsZero():
		from.DeliverPolicy, from.OptStartTime = jetstream.DeliverByStartTimePolicy, &q.Since
	case q.Newest > 0 && q.Code == "" && uint64(q.Newest) < info.State.LastSeq:
		from.DeliverPolicy, from.OptStartSeq = jetstream.DeliverByStartSequencePolicy, info.State.LastSeq-uint64(q.Newest)+1
	}
	var newest []Attempt
	prefix := a.subject("")
	err = through(ctx, stream, from, info.State, func(m jetstream.Msg) error {
		t := Attempt{ID: m.Headers().Get(jetstream.MsgIDHeader), Code: strings.TrimPrefix(m.Subject(), prefix), Data: m.Data()}
		if q.Newest == 0 {
			return fn(t)
		}
		if newest = append(newest, t); len(newest) >= 2*q.Newest+100 {
			newest = append([]Attempt(nil), newest[len(newest)-q.Newest:]...)
		}
		return nil
	})
	if errors.Is(err, errPassedOver) {
		a.server.log.Warn("some refused attempts cannot be read", "ledger", a.ledger, "stream", a.name())
		err = nil
	}
	for _, t := range newest[max(0, len(newest)-max(q.Newest, 0)):] {
		if err != nil {
			break
		}
		err = fn(t)
	}
	return err
}

// opened gives the stream and how it stands.
func (a *Attempts) opened(ctx context.Context) (jetstream.Stream, *jetstream.StreamInfo, error) {
	ctx, cancel := a.server.answerable(ctx, askPatience)
	defer cancel()
	stream, err := a.server.js.Stream(ctx, a.name())
	switch {
	case code(err) == codeNoStream:
		return nil, nil, fmt.Errorf("stream %s is gone: %w", a.name(), ErrNotFound)
	case err != nil:
		return nil, nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
	}
	return stream, stream.CachedInfo(), nil
}
