package eventstore

import (
	"context"
	"errors"
	"time"
)

// follow is [Log.Follow] and [Findings.Follow].
func (f *fenced) follow(ctx context.Context, after uint64, fn func(Recorded) error) error {
	var c *chain
	for wait := 50 * time.Millisecond; ; wait = min(2*wait, 5*time.Second) {
		from, err := f.resume(ctx, c, after)
		if err == nil {
			c, after = from, from.seen
			err = f.consume(ctx, c, forever, fn)
			if c.seen > after {
				wait = 50 * time.Millisecond
			}
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case f.server.nc.IsClosed():
			return errors.Join(ErrUnavailable, err)
		case err != nil && !errors.Is(err, errInterrupted) && !errors.Is(err, ErrUnavailable):
			return err
		}
		f.server.log.Debug("following again", "stream", f.name, "after", after, "why", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// resume gives the chain from which to go on: c, if the entry that it saw last is still the one that lies there.
func (f *fenced) resume(ctx context.Context, c *chain, after uint64) (*chain, error) {
	if c == nil {
		return f.chainAfter(ctx, after)
	}
	if c.seen == 0 {
		return c, nil
	}
	now, err := f.chainAfter(ctx, c.seen)
	if err != nil {
		return nil, err
	}
	if now.prev != c.prev {
		return nil, c.damageAt(c.seen, Foreign, "it is not the entry that was read there before")
	}
	return c, nil
}
