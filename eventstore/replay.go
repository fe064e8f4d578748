package eventstore

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// replay is [Log.Replay] and [Findings.Replay].
func (f *fenced) replay(ctx context.Context, fn func(Recorded) error) (last uint64, err error) {
	return f.pipe(ctx, f.newChain(), fn, func(ctx context.Context, c *chain, emit func(Recorded) error) error {
		err := f.snapshot(ctx, c, emit)
		if errors.Is(err, errNoSnapshot) {
			f.server.log.Info("no snapshot, reading on with a consumer", "stream", f.name, "after", c.seen, "why", err)
			return f.replayFrom(ctx, c, emit)
		}
		return err
	})
}

// replayAfter is [Log.ReplayFrom] and [Findings.ReplayFrom].
func (f *fenced) replayAfter(ctx context.Context, after uint64, fn func(Recorded) error) (last uint64, err error) {
	c, err := f.chainAfter(ctx, after)
	if err != nil {
		return 0, err
	}
	return f.pipe(ctx, c, fn, f.replayFrom)
}

// pipe runs read in a goroutine of its own and hands what it emits to fn in this one, some hundreds of entries at a time.
func (f *fenced) pipe(ctx context.Context, c *chain, fn func(Recorded) error, read func(context.Context, *chain, func(Recorded) error) error) (uint64, error) {
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
func (f *fenced) replayFrom(ctx context.Context, c *chain, emit func(Recorded) error) error {
	info, err := f.info(ctx)
	if err != nil {
		return err
	}
	last := info.State.LastSeq
	for tries := 0; ; tries++ {
		seen := c.seen
		err := f.consume(ctx, c, last, emit)
		if err == nil || !errors.Is(err, errInterrupted) || ctx.Err() != nil {
			return err
		}
		if c.seen > seen {
			tries = 0
		}
		if tries == replayTries {
			return fmt.Errorf("%s: replay after %d: %w: %w", f.called, c.seen, ErrUnavailable, err)
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
func (f *fenced) consume(ctx context.Context, c *chain, until uint64, emit func(Recorded) error) error {
	if c.seen >= until {
		return nil
	}
	cons, err := f.consumer(ctx, c.seen+1)
	if err != nil {
		return err
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
			if err := f.silent(ctx, c); err != nil {
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

// consumer gives one that reads from a sequence on.
func (f *fenced) consumer(ctx context.Context, from uint64) (jetstream.Consumer, error) {
	ask, cancel := f.server.answerable(ctx, answerPatience)
	defer cancel()
	stream, err := f.open(ask)
	if err != nil {
		return nil, err
	}
	cons, err := stream.OrderedConsumer(ask, jetstream.OrderedConsumerConfig{
		DeliverPolicy:     jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:       from,
		InactiveThreshold: 30 * time.Second,
		MaxResetAttempts:  3,
	})
	switch {
	case code(err) == codeNoStream:
		return nil, fmt.Errorf("%s: its stream is gone: %w", f.called, ErrNotFound)
	case err != nil:
		return nil, interrupted(ctx, err)
	}
	return cons, nil
}

// silent finds out why nothing comes: there is nothing, the consumer has died, or what is next cannot be read and the
// consumer has passed over it.
func (f *fenced) silent(ctx context.Context, c *chain) error {
	info, err := f.info(ctx)
	switch {
	case errors.Is(err, ErrNotFound):
		return err
	case err != nil:
		return interrupted(ctx, err)
	case info.State.LastSeq < c.seen:
		return c.damageAt(info.State.LastSeq+1, Short, fmt.Sprintf("it is missing, though entries up to %d have been read before", c.seen))
	case info.State.LastSeq == c.seen:
		return nil
	}
	_, err = f.read(ctx, c.seen+1)
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
