package eventstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Limits of one append.
const (
	// BatchFrom is the number of entries from which an append is one atomic batch. A batch costs the server a staging
	// store and several syncs, some 2.3 ms where one entry takes 0.25 ms, so that fewer are quicker one by one.
	BatchFrom = 10
	// MaxBatch is how many entries may be appended at once: JetStream's limit on a batch.
	MaxBatch = 1000
	// MaxEntry is the size in bytes that an entry may have: twice what the ledger allows an act, for the wrapping.
	MaxEntry = 128 << 10
)

// How long an append tries where its context sets no end, which should outlast an election among replicas; and how long it
// waits for one answer to what it writes or asks.
const (
	appendPatience = 20 * time.Second
	answerPatience = 5 * time.Second
	askPatience    = 2 * time.Second
)

// Entry is what is to be appended: the bytes of an act, or of a finding's message, and the NATS subject on which it is
// published: ledger.<ledger>.… for an act, finding.<ledger>.<code> for a finding.
type Entry struct {
	Subject string
	Data    []byte
}

// append is [Log.Append] and [Findings.Append].
func (f *fenced) append(ctx context.Context, last uint64, entries []Entry) error {
	if err := f.fits(entries); err != nil || len(entries) == 0 {
		return err
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, appendPatience)
		defer cancel()
	}
	held, err := f.begin(ctx, len(entries) >= BatchFrom)
	if err != nil {
		return err
	}
	defer held()
	stored := 0
	if len(entries) >= BatchFrom {
		stored, err = f.publish(ctx, last, entries)
	} else {
		// One after the other is answered, never pipelined: were the first refused because another writer's entry took
		// its place, the second would be expected right after that entry, and stored.
		for stored < len(entries) && err == nil {
			var n int
			n, err = f.publish(ctx, last+uint64(stored), entries[stored:stored+1])
			stored += n
		}
	}
	switch {
	case err == nil:
		return nil
	case stored > 0:
		return &PartialError{Stored: stored, Err: err}
	}
	return err
}

func (f *fenced) fits(entries []Entry) error {
	if len(entries) > MaxBatch {
		return fmt.Errorf("%w: %d entries at once; %d are allowed", ErrInvalid, len(entries), MaxBatch)
	}
	for i := range entries {
		rest, ok := strings.CutPrefix(entries[i].Subject, f.prefix)
		if !ok || rest == "" || strings.ContainsAny(rest, " \t\r\n*>") {
			return fmt.Errorf("%w: subject %q is not one of %s", ErrInvalid, entries[i].Subject, f.called)
		}
		if n := len(entries[i].Data); n == 0 || n > MaxEntry {
			return fmt.Errorf("%w: an entry of %d bytes; 1 to %d are allowed", ErrInvalid, n, MaxEntry)
		}
	}
	return nil
}

// begin waits for the right to append, and to write a batch; the func that it gives hands both back.
func (f *fenced) begin(ctx context.Context, batch bool) (func(), error) {
	select {
	case f.writing <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: another append is under way: %w: %w", f.called, ErrUnavailable, ctx.Err())
	}
	if !batch {
		return func() { <-f.writing }, nil
	}
	select {
	case f.server.batch <- struct{}{}:
		return func() { <-f.server.batch; <-f.writing }, nil
	case <-ctx.Done():
		<-f.writing
		return nil, fmt.Errorf("%s: another batch is under way: %w: %w", f.called, ErrUnavailable, ctx.Err())
	}
}

// publish stores entries in one step and gives how many of the first are stored, all if err is nil. Whatever the server
// answers but yes is settled by looking; where that finds nothing the same is sent again, which is safe, since it is
// stored only where it was to be stored in the first place.
func (f *fenced) publish(ctx context.Context, last uint64, entries []Entry) (int, error) {
	uncertain := false
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := f.send(ctx, last, entries)
		if err == nil {
			return len(entries), nil
		}
		answer := code(err)
		uncertain = uncertain || !unsent(err) && answer == 0
		same, other, lerr := f.look(ctx, last, entries)
		if lerr == nil && wrongLast(answer) && same == 0 && !other {
			// Nothing is there and yet the log does not end before it: it is shorter than the writer believes; or replicas
			// are about to agree on what was sent before, which will show.
			var ends uint64
			ends, lerr = f.last(ctx)
			other = lerr == nil && ends < last
		}
		switch {
		case lerr == nil && same == len(entries):
			return same, nil
		case lerr == nil && other:
			return same, fmt.Errorf("%s: append after %d: %w", f.called, last, ErrConflict)
		case errors.Is(err, nats.ErrMaxPayload):
			return same, fmt.Errorf("%w: an entry is larger than the server allows: %w", ErrInvalid, err)
		case answer != 0 && !passing(answer) && !wrongLast(answer), f.server.nc.IsClosed():
			return same, f.unavailable(last, uncertain, err)
		}
		select {
		case <-ctx.Done():
			return same, f.unavailable(last, uncertain, err)
		case <-time.After(wait):
		}
	}
}

func (f *fenced) unavailable(last uint64, uncertain bool, err error) error {
	kind := ErrUnavailable
	if uncertain {
		kind = ErrUncertain
	}
	return fmt.Errorf("%s: append after %d: %w: %w", f.called, last, kind, err)
}

func wrongLast(c jetstream.ErrorCode) bool { return c == codeWrongLast || c == codeWrongLastReplicas }

// unsent tells of an error without an answer that nothing has reached the server that would store it.
func unsent(err error) bool {
	return errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, nats.ErrMaxPayload)
}

// send publishes the entries, once, with the sequence that they follow, and gives nil if the server says that they are
// stored there.
func (f *fenced) send(ctx context.Context, last uint64, entries []Entry) error {
	ctx, cancel := f.server.answerable(ctx, answerPatience)
	defer cancel()
	var stream string
	var seq uint64
	if len(entries) == 1 {
		m := &nats.Msg{Subject: entries[0].Subject, Data: entries[0].Data}
		ack, err := f.server.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequence(last), jetstream.WithRetryAttempts(0))
		if err != nil {
			return err
		}
		stream, seq = ack.Stream, ack.Sequence
	} else {
		msgs := make([]*nats.Msg, len(entries))
		for i := range entries {
			msgs[i] = &nats.Msg{Subject: entries[i].Subject, Data: entries[i].Data, Header: make(nats.Header, 4)}
		}
		msgs[0].Header.Set(jetstream.ExpectedLastSeqHeader, strconv.FormatUint(last, 10))
		ack, err := jetstreamext.PublishMsgBatch(ctx, f.server.js, msgs, jetstreamext.BatchFlowControl{})
		if err != nil {
			return err
		}
		stream, seq = ack.Stream, ack.Sequence
	}
	if want := last + uint64(len(entries)); stream != f.name || seq != want {
		return fmt.Errorf("the server says that it stored up to %d of stream %s, not %d of %s", seq, stream, want, f.name)
	}
	return nil
}

// look compares what lies after last with entries: how many are the same, and whether something else follows them.
func (f *fenced) look(ctx context.Context, last uint64, entries []Entry) (same int, other bool, err error) {
	for i := range entries {
		m, err := f.read(ctx, last+uint64(i)+1)
		switch {
		case errors.Is(err, ErrNotFound):
			return i, false, nil
		case err != nil:
			return i, false, err
		case m.Subject != entries[i].Subject || !bytes.Equal(m.Data, entries[i].Data):
			return i, true, nil
		}
	}
	return len(entries), false, nil
}
