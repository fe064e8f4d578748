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

// Entry is what is to be appended: the bytes of an act and the NATS subject, ledger.<ledger>.…, on which it is published.
type Entry struct {
	Subject string
	Data    []byte
}

// Append stores the entries in order after the entry with sequence last, and publishes each on its subject. When it
// returns nil they lie at last+1 … last+len(entries), on disk, on a majority of the replicas where there are any. To
// append the same entries after the same sequence again is to succeed again: nothing is stored twice.
//
// It tries until ctx ends, for 20 seconds if ctx sets no end, and waits for an append under way. From [BatchFrom] entries,
// all of them or none are in the log, whatever happens; below that a [PartialError] tells how many of the first are.
//
// Errors: [ErrConflict] when another writer's entry lies there, or last is not where the log ends: catch up and decide
// again. [ErrUnavailable] when nothing could be stored; if it is also [ErrUncertain] the entries may be found stored later.
// [ErrInvalid] for more than [MaxBatch] entries, one larger than [MaxEntry], or a subject that is not the ledger's.
func (l *Log) Append(ctx context.Context, last uint64, entries []Entry) error {
	if err := l.fits(entries); err != nil || len(entries) == 0 {
		return err
	}
	if _, ok := ctx.Deadline(); !ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, appendPatience)
		defer cancel()
	}
	held, err := l.begin(ctx, len(entries) >= BatchFrom)
	if err != nil {
		return err
	}
	defer held()
	stored := 0
	if len(entries) >= BatchFrom {
		stored, err = l.publish(ctx, last, entries)
	} else {
		// One after the other is answered, never pipelined: were the first refused because another writer's entry took
		// its place, the second would be expected right after that entry, and stored.
		for stored < len(entries) && err == nil {
			var n int
			n, err = l.publish(ctx, last+uint64(stored), entries[stored:stored+1])
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

func (l *Log) fits(entries []Entry) error {
	if len(entries) > MaxBatch {
		return fmt.Errorf("%w: %d entries at once; %d are allowed", ErrInvalid, len(entries), MaxBatch)
	}
	for i := range entries {
		rest, ok := strings.CutPrefix(entries[i].Subject, "ledger."+l.ledger+".")
		if !ok || rest == "" || strings.ContainsAny(rest, " \t\r\n*>") {
			return fmt.Errorf("%w: subject %q is not one of ledger %s", ErrInvalid, entries[i].Subject, l.ledger)
		}
		if n := len(entries[i].Data); n == 0 || n > MaxEntry {
			return fmt.Errorf("%w: an entry of %d bytes; 1 to %d are allowed", ErrInvalid, n, MaxEntry)
		}
	}
	return nil
}

// begin waits for the right to append, and to write a batch; the func that it gives hands both back.
func (l *Log) begin(ctx context.Context, batch bool) (func(), error) {
	select {
	case l.writing <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("ledger %s: another append is under way: %w: %w", l.ledger, ErrUnavailable, ctx.Err())
	}
	if !batch {
		return func() { <-l.writing }, nil
	}
	select {
	case l.server.batch <- struct{}{}:
		return func() { <-l.server.batch; <-l.writing }, nil
	case <-ctx.Done():
		<-l.writing
		return nil, fmt.Errorf("ledger %s: another batch is under way: %w: %w", l.ledger, ErrUnavailable, ctx.Err())
	}
}

// publish stores entries in one step and gives how many of the first are stored, all if err is nil. Whatever the server
// answers but yes is settled by looking; where that finds nothing the same is sent again, which is safe, since it is
// stored only where it was to be stored in the first place.
func (l *Log) publish(ctx context.Context, last uint64, entries []Entry) (int, error) {
	uncertain := false
	for wait := 20 * time.Millisecond; ; wait = min(2*wait, time.Second) {
		err := l.send(ctx, last, entries)
		if err == nil {
			return len(entries), nil
		}
		answer := code(err)
		uncertain = uncertain || !unsent(err) && answer == 0
		same, other, lerr := l.look(ctx, last, entries)
		if lerr == nil && wrongLast(answer) && same == 0 && !other {
			// Nothing is there and yet the log does not end before it: it is shorter than the writer believes; or replicas
			// are about to agree on what was sent before, which will show.
			var ends uint64
			ends, lerr = l.Last(ctx)
			other = lerr == nil && ends < last
		}
		switch {
		case lerr == nil && same == len(entries):
			return same, nil
		case lerr == nil && other:
			return same, fmt.Errorf("ledger %s: append after %d: %w", l.ledger, last, ErrConflict)
		case errors.Is(err, nats.ErrMaxPayload):
			return same, fmt.Errorf("%w: an entry is larger than the server allows: %w", ErrInvalid, err)
		case answer != 0 && !passing(answer) && !wrongLast(answer), l.server.nc.IsClosed():
			return same, l.unavailable(last, uncertain, err)
		}
		select {
		case <-ctx.Done():
			return same, l.unavailable(last, uncertain, err)
		case <-time.After(wait):
		}
	}
}

func (l *Log) unavailable(last uint64, uncertain bool, err error) error {
	kind := ErrUnavailable
	if uncertain {
		kind = ErrUncertain
	}
	return fmt.Errorf("ledger %s: append after %d: %w: %w", l.ledger, last, kind, err)
}

func wrongLast(c jetstream.ErrorCode) bool { return c == codeWrongLast || c == codeWrongLastReplicas }

// unsent tells of an error without an answer that nothing has reached the server that would store it.
func unsent(err error) bool {
	return errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrNoStreamResponse) || errors.Is(err, nats.ErrMaxPayload)
}

// send publishes the entries, once, with the sequence that they follow, and gives nil if the server says that they are
// stored there.
func (l *Log) send(ctx context.Context, last uint64, entries []Entry) error {
	ctx, cancel := l.server.answerable(ctx, answerPatience)
	defer cancel()
	var stream string
	var seq uint64
	if len(entries) == 1 {
		m := &nats.Msg{Subject: entries[0].Subject, Data: entries[0].Data}
		ack, err := l.server.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequence(last), jetstream.WithRetryAttempts(0))
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
		ack, err := jetstreamext.PublishMsgBatch(ctx, l.server.js, msgs, jetstreamext.BatchFlowControl{})
		if err != nil {
			return err
		}
		stream, seq = ack.Stream, ack.Sequence
	}
	if want := last + uint64(len(entries)); stream != streamPrefix+l.ledger || seq != want {
		return fmt.Errorf("the server says that it stored up to %d of stream %s, not %d of %s", seq, stream, want, streamPrefix+l.ledger)
	}
	return nil
}

// look compares what lies after last with entries: how many are the same, and whether something else follows them.
func (l *Log) look(ctx context.Context, last uint64, entries []Entry) (same int, other bool, err error) {
	for i := range entries {
		m, err := l.read(ctx, last+uint64(i)+1)
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
