package eventstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"buckstop/domain"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Replay calls fn with every entry, in order, from the first to the one that was last when it began, and gives the
// sequence of the last that fn took. fn is called by the caller's goroutine, while what follows is received, checked and
// hashed in others; it may keep what it is given. An error of fn's ends the replay and is returned as it is.
//
// It reads a snapshot of the stream, which is several times as quick as a consumer, and goes on with a consumer where the
// server gives no snapshot. What it reads is checked (see [DamageError]); fn has then had every entry before the damage.
//
// Errors: [ErrDamaged] (a [DamageError]), [ErrNotFound] when the ledger's stream is gone, [ErrUnavailable].
func (l *Log) Replay(ctx context.Context, fn func(Recorded) error) (last uint64, err error) {
	return l.pipe(ctx, newChain(l.ledger), fn, func(ctx context.Context, c *chain, emit func(Recorded) error) error {
		err := l.snapshot(ctx, c, emit)
		if errors.Is(err, errNoSnapshot) {
			l.server.log.Info("no snapshot, reading on with a consumer", "ledger", l.ledger, "after", c.seen, "why", err)
			return l.replayFrom(ctx, c, emit)
		}
		return err
	})
}

// ReplayFrom is [Log.Replay] for the entries after the sequence after, which must exist (0 is before the first). It reads
// through a consumer, and suits catching up. Errors: those of Replay; a [DamageError] too if the log ends before after.
func (l *Log) ReplayFrom(ctx context.Context, after uint64, fn func(Recorded) error) (last uint64, err error) {
	c, err := l.chainAfter(ctx, after)
	if err != nil {
		return 0, err
	}
	return l.pipe(ctx, c, fn, l.replayFrom)
}

// chainAfter begins to check after the entry at seq, whose hash the next one must name.
func (l *Log) chainAfter(ctx context.Context, seq uint64) (*chain, error) {
	c := newChain(l.ledger)
	if seq == 0 {
		return c, nil
	}
	data, err := l.Read(ctx, seq)
	if errors.Is(err, ErrNotFound) {
		c.seen = seq - 1
		return nil, c.damage(Short, "it is missing, though it has been read before")
	}
	if err != nil {
		return nil, err
	}
	c.advance(seq, domain.LeafHash(data))
	return c, nil
}

// pipe runs read in a goroutine of its own and hands what it emits to fn in this one, some hundreds of entries at a time.
func (l *Log) pipe(ctx context.Context, c *chain, fn func(Recorded) error, read func(context.Context, *chain, func(Recorded) error) error) (uint64, error) {
	const size = 256
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	last := c.seen
	groups := make(chan []Recorded, 8)
	done := make(chan error, 1)
	go func() {
		defer close(groups)
		group := make([]Recorded, 0, size)
		flush := func() error {
			select {
			case groups <- group:
				group = make([]Recorded, 0, size)
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		err := read(ctx, c, func(r Recorded) error {
			if group = append(group, r); len(group) < size {
				return nil
			}
			return flush()
		})
		if ferr := flush(); err == nil {
			err = ferr
		}
		done <- err
	}()
	for group := range groups {
		for i := range group {
			if err := fn(group[i]); err != nil {
				cancel()
				for range groups { // until the reader has gone
				}
				return last, err
			}
			last = group[i].Seq
		}
	}
	return last, <-done
}

// How often a replay tries again without having come further.
const replayTries = 3

// replayFrom reads, with a consumer, from where c is to where the log ends now.
func (l *Log) replayFrom(ctx context.Context, c *chain, emit func(Recorded) error) error {
	info, err := l.info(ctx)
	if err != nil {
		return err
	}
	last := info.State.LastSeq
	for tries := 0; ; tries++ {
		seen := c.seen
		err := l.consume(ctx, c, last, emit)
		if err == nil || !errors.Is(err, errInterrupted) || ctx.Err() != nil {
			return err
		}
		if c.seen > seen {
			tries = 0
		}
		if tries == replayTries {
			return fmt.Errorf("ledger %s: replay after %d: %w: %w", l.ledger, c.seen, ErrUnavailable, err)
		}
	}
}

// errInterrupted: the consumer broke off; another may do better.
var errInterrupted = errors.New("interrupted")

// How long a consumer may be silent before it is found out whether there is something to say: while entries are known to
// be coming, and while they may come.
const (
	silence     = 2 * time.Second
	idleSilence = 15 * time.Second
)

// forever is a sequence that no log reaches.
const forever = math.MaxUint64

// consume reads from where c is up to until, and emits what it has checked. Errors:
// errInterrupted for what may pass; emit's; DamageError; ctx's.
func (l *Log) consume(ctx context.Context, c *chain, until uint64, emit func(Recorded) error) error {
	if c.seen >= until {
		return nil
	}
	ask, cancel := l.server.answerable(ctx, answerPatience)
	defer cancel()
	cons, err := l.stream.OrderedConsumer(ask, jetstream.OrderedConsumerConfig{
		DeliverPolicy:     jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:       c.seen + 1,
		InactiveThreshold: 30 * time.Second,
		MaxResetAttempts:  3,
	})
	if code(err) == codeNoStream {
		return fmt.Errorf("ledger %s: its stream is gone: %w", l.ledger, ErrNotFound)
	}
	if err != nil {
		return interrupted(ctx, err)
	}
	msgs, err := cons.Messages(jetstream.PullMaxMessages(4096), jetstream.PullExpiry(30*time.Second))
	if err != nil {
		return interrupted(ctx, err)
	}
	defer msgs.Stop()
	defer context.AfterFunc(ctx, msgs.Stop)()
	patience := jetstream.NextMaxWait(silence)
	if until == forever {
		patience = jetstream.NextMaxWait(idleSilence)
	}
	for c.seen < until {
		m, err := msgs.Next(patience)
		switch {
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, nats.ErrTimeout):
			if err := l.silent(ctx, c); err != nil {
				return err
			}
			continue
		case err != nil:
			return interrupted(ctx, err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return interrupted(ctx, err)
		}
		data := m.Data()
		leaf, err := c.next(meta.Sequence.Stream, data)
		if err != nil {
			return err
		}
		if err := emit(Recorded{Seq: c.seen, Subject: m.Subject(), Data: data, Leaf: leaf}); err != nil {
			return err
		}
	}
	return nil
}

// silent finds out why nothing comes: there is nothing, the consumer has died, or what is next cannot be read and the
// consumer has passed over it.
func (l *Log) silent(ctx context.Context, c *chain) error {
	info, err := l.info(ctx)
	switch {
	case errors.Is(err, ErrNotFound):
		return err
	case err != nil:
		return interrupted(ctx, err)
	case info.State.LastSeq < c.seen:
		return &DamageError{Ledger: c.ledger, Seq: info.State.LastSeq + 1, Kind: Short, Cure: restore,
			What: fmt.Sprintf("it is missing, though entries up to %d have been read before", c.seen)}
	case info.State.LastSeq == c.seen:
		return nil
	}
	_, err = l.read(ctx, c.seen+1)
	if errors.Is(err, ErrNotFound) {
		if c.seen+1 == info.State.LastSeq {
			return c.ends(info.State.LastSeq)
		}
		return c.damage(Gap, "it is missing and entries follow it")
	}
	return interrupted(ctx, errors.New("the consumer is silent"))
}

func interrupted(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %w", errInterrupted, err)
}
