package eventstore

import "context"

// Log is the acts of one ledger. Its methods are safe for concurrent use; appends wait for each other.
type Log struct {
	fenced
	personal *Personal
	attempts *Attempts
	findings *Findings
}

// Recorded is an entry as it lies in the log, checked.
type Recorded struct {
	Seq     uint64
	Subject string
	Data    []byte   // never to be changed; it may be kept, and may then keep up to 256 KiB of its neighbours in memory
	Leaf    [32]byte // domain.LeafHash(Data)
}

// Ledger is the id of the ledger.
func (l *Log) Ledger() string { return l.ledger }

// Personal is where the ledger's personal values lie.
func (l *Log) Personal() *Personal { return l.personal }

// Attempts is where what the ledger refused is kept for a year.
func (l *Log) Attempts() *Attempts { return l.attempts }

// Findings is where the appearances and clearings of the ledger's findings are kept.
func (l *Log) Findings() *Findings { return l.findings }

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
	return l.append(ctx, last, entries)
}

// Read gives the entry at seq, as it lies there: unlike the entries of a replay it has not been checked against its
// neighbours. It is read from the leader where there are replicas. Errors: [ErrNotFound], [ErrUnavailable].
func (l *Log) Read(ctx context.Context, seq uint64) ([]byte, error) {
	m, err := l.read(ctx, seq)
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

// Last gives the sequence of the last entry, 0 for an empty log, as JetStream counts it. Errors: [ErrUnavailable].
func (l *Log) Last(ctx context.Context) (uint64, error) { return l.last(ctx) }

// Replay calls fn with every entry, in order, from the first to the one that was last when it began, and gives the
// sequence of the last that fn took. fn is called by the caller's goroutine, while what follows is received, checked and
// hashed in others; it may keep what it is given. An error of fn's ends the replay and is returned as it is.
//
// It reads a snapshot of the stream, which is several times as quick as a consumer, and goes on with a consumer where the
// server gives no snapshot. What it reads is checked (see [DamageError]); fn has then had every entry before the damage.
//
// Errors: [ErrDamaged] (a [DamageError]), [ErrNotFound] when the ledger's stream is gone, [ErrUnavailable].
func (l *Log) Replay(ctx context.Context, fn func(Recorded) error) (last uint64, err error) {
	return l.replay(ctx, fn)
}

// ReplayFrom is [Log.Replay] for the entries after the sequence after, which must exist (0 is before the first). It reads
// through a consumer, and suits catching up. Errors: those of Replay; a [DamageError] too if the log ends before after.
func (l *Log) ReplayFrom(ctx context.Context, after uint64, fn func(Recorded) error) (last uint64, err error) {
	return l.replayAfter(ctx, after, fn)
}

// Follow calls fn with every entry after the sequence after, in order, those to come as they come, until ctx ends or fn
// gives an error, and returns that. It outlasts the server: when the connection or the consumer is lost it goes on from
// where it was, without an entry twice or left out, however long that takes. fn is called from one goroutine and may keep
// what it is given. Entries are checked as those of [Log.Replay] are.
//
// Errors: ctx's; fn's, as it is; [ErrDamaged], also when the log now ends before what was read, or holds another entry
// there; [ErrNotFound] when the ledger's stream is gone; [ErrUnavailable] when the store has been closed.
func (l *Log) Follow(ctx context.Context, after uint64, fn func(Recorded) error) error {
	return l.follow(ctx, after, fn)
}
