package eventstore

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"buckstop/domain"

	"github.com/nats-io/nats.go/jetstream"
)

// fenced is a stream of a ledger's from which nothing ever leaves, and to which several servers append under the fence of
// the sequence that they follow: that of the acts, and that of the findings. What it promises is written at [Log] and
// [Findings], which differ only in what an entry says of itself.
type fenced struct {
	server  *Server
	ledger  string
	called  string        // what errors call it
	name    string        // of the stream
	prefix  string        // of the subjects of its entries
	chained bool          // its entries say their sequence, and the hash of the one before
	writing chan struct{} // held by the one append under way

	mu     sync.Mutex // over stream
	stream jetstream.Stream
	reopen func(context.Context) (jetstream.Stream, error) // where stream is nil, since it could not be opened before
}

func (f *fenced) open(ctx context.Context) (_ jetstream.Stream, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.stream == nil {
		f.stream, err = f.reopen(ctx)
	}
	return f.stream, err
}

// newChain begins to check the entries from the first.
func (f *fenced) newChain() *chain {
	c := newChain(f.ledger)
	if !f.chained {
		c.loose, c.stream = true, f.name
	}
	return c
}

// chainAfter begins to check after the entry at seq, whose hash the next one must name if entries do.
func (f *fenced) chainAfter(ctx context.Context, seq uint64) (*chain, error) {
	c := f.newChain()
	if seq == 0 {
		return c, nil
	}
	m, err := f.read(ctx, seq)
	if errors.Is(err, ErrNotFound) {
		c.seen = seq - 1
		return nil, c.damage(Short, "it is missing, though it has been read before")
	}
	if err != nil {
		return nil, err
	}
	c.advance(seq, domain.LeafHash(m.Data))
	return c, nil
}

func (f *fenced) read(ctx context.Context, seq uint64) (*jetstream.RawStreamMsg, error) {
	if seq == 0 {
		return nil, fmt.Errorf("%s: entry 0: %w", f.called, ErrNotFound)
	}
	ctx, cancel := f.server.answerable(ctx, askPatience)
	defer cancel()
	stream, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	m, err := stream.GetMsg(ctx, seq)
	switch {
	case code(err) == codeNoMessage:
		return nil, fmt.Errorf("%s: entry %d: %w", f.called, seq, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("%s: read entry %d: %w: %w", f.called, seq, ErrUnavailable, err)
	}
	return m, nil
}

func (f *fenced) last(ctx context.Context) (uint64, error) {
	info, err := f.info(ctx)
	if err != nil {
		return 0, err
	}
	return info.State.LastSeq, nil
}

func (f *fenced) info(ctx context.Context) (*jetstream.StreamInfo, error) {
	ctx, cancel := f.server.answerable(ctx, askPatience)
	defer cancel()
	stream, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	info, err := stream.Info(ctx)
	switch {
	case code(err) == codeNoStream:
		return nil, fmt.Errorf("%s: its stream is gone: %w", f.called, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %w", f.called, ErrUnavailable, err)
	}
	return info, nil
}
