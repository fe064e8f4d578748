package eventstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// errPassedOver: messages that the server counts do not come, since they cannot be read.
var errPassedOver = errors.New("some messages are counted and do not come")

// How often in a row a consumer may be silent, though the server counts messages for it, before they are given up.
const silentTries = 2

// through calls fn with what a consumer gives, from where from says, of what a stream held in the state given. It is for
// streams from which messages may leave, so that a sequence without one is nothing wrong. Errors: fn's, as it is; ctx's;
// ErrUnavailable; errPassedOver, once all that can be read has been given.
func through(ctx context.Context, stream jetstream.Stream, from jetstream.OrderedConsumerConfig, state jetstream.StreamState, fn func(jetstream.Msg) error) error {
	tries := 0
	for seen := uint64(0); seen < state.LastSeq && state.Msgs > 0; {
		if seen > 0 {
			from.DeliverPolicy, from.OptStartSeq, from.OptStartTime = jetstream.DeliverByStartSequencePolicy, seen+1, nil
		}
		cons, err := stream.OrderedConsumer(ctx, from)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		if cons.CachedInfo().NumPending == 0 {
			return nil
		}
		msgs, err := cons.Messages(jetstream.PullMaxMessages(4096))
		if err != nil {
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		before := seen
		seen, err = each(ctx, msgs, seen, state.LastSeq, fn)
		msgs.Stop()
		switch {
		case err != nil:
			return err
		case seen > before:
			tries = 0
		default:
			if tries++; tries == silentTries {
				return errPassedOver
			}
		}
	}
	return nil
}

// each calls fn with what msgs gives up to last, and gives how far it came. A silence ends it: what was still to come may
// have been destroyed.
func each(ctx context.Context, msgs jetstream.MessagesContext, seen, last uint64, fn func(jetstream.Msg) error) (uint64, error) {
	for seen < last {
		wait, cancel := context.WithTimeout(ctx, silence)
		m, err := msgs.Next(jetstream.NextContext(wait))
		cancel()
		switch {
		case ctx.Err() != nil:
			return seen, ctx.Err()
		case errors.Is(err, context.DeadlineExceeded), errors.Is(err, nats.ErrTimeout):
			return seen, nil
		case err != nil:
			return seen, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		meta, err := m.Metadata()
		if err != nil {
			return seen, fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		if err := fn(m); err != nil {
			return seen, err
		}
		seen = meta.Sequence.Stream
		if meta.NumPending == 0 {
			return last, nil
		}
	}
	return seen, nil
}
