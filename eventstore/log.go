package eventstore

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go/jetstream"
)

// Log is the acts of one ledger. Its methods are safe for concurrent use; appends wait for each other.
type Log struct {
	server   *Server
	ledger   string
	stream   jetstream.Stream
	writing  chan struct{} // held by the one append under way
	personal *Personal
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

// Read gives the entry at seq, as it lies there: unlike the entries of a replay it has not been checked against its
// neighbours. It is read from the leader where there are replicas. Errors: [ErrNotFound], [ErrUnavailable].
func (l *Log) Read(ctx context.Context, seq uint64) ([]byte, error) {
	m, err := l.read(ctx, seq)
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

func (l *Log) read(ctx context.Context, seq uint64) (*jetstream.RawStreamMsg, error) {
	if seq == 0 {
		return nil, fmt.Errorf("ledger %s: entry 0: %w", l.ledger, ErrNotFound)
	}
	ctx, cancel := l.server.answerable(ctx, askPatience)
	defer cancel()
	m, err := l.stream.GetMsg(ctx, seq)
	switch {
	case code(err) == codeNoMessage:
		return nil, fmt.Errorf("ledger %s: entry %d: %w", l.ledger, seq, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("ledger %s: read entry %d: %w: %w", l.ledger, seq, ErrUnavailable, err)
	}
	return m, nil
}

// Last gives the sequence of the last entry, 0 for an empty log, as JetStream counts it. Errors: [ErrUnavailable].
func (l *Log) Last(ctx context.Context) (uint64, error) {
	info, err := l.info(ctx)
	if err != nil {
		return 0, err
	}
	return info.State.LastSeq, nil
}

func (l *Log) info(ctx context.Context) (*jetstream.StreamInfo, error) {
	ctx, cancel := l.server.answerable(ctx, askPatience)
	defer cancel()
	info, err := l.stream.Info(ctx)
	switch {
	case code(err) == codeNoStream:
		return nil, fmt.Errorf("ledger %s: its stream is gone: %w", l.ledger, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("ledger %s: %w: %w", l.ledger, ErrUnavailable, err)
	}
	return info, nil
}
