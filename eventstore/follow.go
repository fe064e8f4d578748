package eventstore

import (
	"context"
	"errors"
	"time"
)

// Follow calls fn with every entry after the sequence after, in order, those to come as they come, until ctx ends or fn
// gives an error, and returns that. It outlasts the server: when the connection or the consumer is lost it goes on from
// where it was, without an entry twice or left out, however long that takes. fn is called from one goroutine and may keep
// what it is given. Entries are checked as those of [Log.Replay] are.
//
// Errors: ctx's; fn's, as it is; [ErrDamaged], also when the log now ends before what was read, or holds another entry
// there; [ErrNotFound] when the ledger's stream is gone; [ErrUnavailable] when the store has been closed.
func (l *Log) Follow(ctx context.Context, after uint64, fn func(Recorded) error) error {
	var c *chain
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		from, err := l.resume(ctx, c, after)
		if err == nil {
			c, after = from, from.seen
			err = l.consume(ctx, c, forever, fn)
			if c.seen > after {
				wait = 50 * time.Millisecond
			}
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case l.server.nc.IsClosed():
			return errors.Join(ErrUnavailable, err)
		case err != nil && !errors.Is(err, errInterrupted) && !errors.Is(err, ErrUnavailable):
			return err
		}
		l.server.log.Debug("following again", "ledger", l.ledger, "after", after, "why", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// resume gives the chain from which to go on: c, if the entry that it saw last is still the one that lies there.
func (l *Log) resume(ctx context.Context, c *chain, after uint64) (*chain, error) {
	if c == nil {
		return l.chainAfter(ctx, after)
	}
	if c.seen == 0 {
		return c, nil
	}
	now, err := l.chainAfter(ctx, c.seen)
	if err != nil {
		return nil, err
	}
	if now.prev != c.prev {
		return nil, &DamageError{Ledger: c.ledger, Seq: c.seen, Kind: Foreign, Cure: restore,
			What: "it is not the entry that was read there before"}
	}
	return c, nil
}
