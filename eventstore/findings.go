package eventstore

import "context"

// Findings keeps the appearances and clearings of a ledger's findings, one message each on finding.<ledger>.<code>, in the
// stream FINDINGS_<ledger>. Nothing ever leaves it, so that nothing personal belongs into it. Several servers may compute
// the same findings: the fence of [Findings.Append] lets one of them say each, once. What a message says is its writer's
// business; entries are checked to be dense and for nothing else. Its methods are safe for concurrent use; appends wait for
// each other, and not for those of the acts, but for batches.
//
// Damage to this stream leaves the ledger as it is: the acts can be read, recorded and followed.
type Findings struct{ fenced }

// Append stores the entries in order after the message with sequence last (0 is before the first), and publishes each on
// its subject. It promises what [Log.Append] does: durable when it returns nil, and nothing stored twice, also when the
// same is appended after the same sequence again.
//
// Errors: those of [Log.Append]. [ErrConflict] when another server was first: read what it said with
// [Findings.ReplayFrom] and append what is still to be said. As with acts, from [BatchFrom] entries all of them or none
// are stored, and below that a [PartialError] tells how many are. [ErrInvalid] for a subject that is not one of the
// ledger's findings. A message of more than [MaxEntry] bytes or of none, and more than [MaxBatch] at once, are ErrInvalid too.
func (f *Findings) Append(ctx context.Context, last uint64, entries []Entry) error {
	return f.append(ctx, last, entries)
}

// Last gives the sequence of the last message, 0 where there is none. Errors: [ErrUnavailable]; [ErrNotFound] when the
// stream is gone.
func (f *Findings) Last(ctx context.Context) (uint64, error) { return f.last(ctx) }

// Replay calls fn with every message, in order, from the first to the one that was last when it began, and gives the
// sequence of the last that fn took, as [Log.Replay] does. A message that is missing or unreadable is a [DamageError] with
// the kind Gap or Short.
//
// Errors: fn's, as it is; [ErrDamaged], [ErrNotFound] when the stream is gone, [ErrUnavailable].
func (f *Findings) Replay(ctx context.Context, fn func(Recorded) error) (last uint64, err error) {
	return f.replay(ctx, fn)
}

// ReplayFrom is [Findings.Replay] for the messages after the sequence after, which must exist (0 is before the first).
func (f *Findings) ReplayFrom(ctx context.Context, after uint64, fn func(Recorded) error) (last uint64, err error) {
	return f.replayAfter(ctx, after, fn)
}

// Follow calls fn with every message after the sequence after, in order, those to come as they come, until ctx ends or fn
// gives an error, and returns that: as [Log.Follow] does, through restarts of the server too, none twice and none left
// out.
//
// Errors: ctx's; fn's, as it is; [ErrDamaged]; [ErrNotFound] when the stream is gone; [ErrUnavailable] when the store has
// been closed.
func (f *Findings) Follow(ctx context.Context, after uint64, fn func(Recorded) error) error {
	return f.follow(ctx, after, fn)
}
