package ledger

import (
	"context"
	"errors"
	"runtime/debug"

	"buckstop/domain"
	"buckstop/eventstore"
)

// replay folds the whole record. While one part of it is folded the next is read, and the one after received and checked.
func (l *Ledger) replay(ctx context.Context, all uint64) error {
	// Most of what a replay makes stays, so that looking for garbage meanwhile is time lost, until memory gets scarce.
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(3 << 30))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const size = 512
	l.state.Expect(int(all))
	received, read := make(chan []eventstore.Recorded, 4), make(chan []domain.Stored, 4)
	failed := make(chan error, 2)
	go func() { failed <- readParts(received, read) }()
	go func() { failed <- l.fold(read, all) }()
	part := make([]eventstore.Recorded, 0, size)
	_, err := l.log.Replay(ctx, func(r eventstore.Recorded) error {
		if part = append(part, r); len(part) == size {
			received <- part // both go on taking what comes when they have failed
			part = make([]eventstore.Recorded, 0, size)
		}
		return nil
	})
	received <- part
	close(received)
	return errors.Join(err, <-failed, <-failed)
}

// readParts reads what was received; the first act that cannot be read ends it.
func readParts(received <-chan []eventstore.Recorded, read chan<- []domain.Stored) (err error) {
	defer close(read)
	var last *domain.Stored
	for part := range received {
		out := make([]domain.Stored, len(part))
		for i := range part {
			if err != nil {
				break
			}
			if out[i], err = domain.Read(part[i].Data, part[i].Leaf, last); err == nil {
				last = &out[i]
			}
		}
		if err == nil {
			read <- out
		}
	}
	return err
}

// fold takes in what was read.
func (l *Ledger) fold(read <-chan []domain.Stored, all uint64) (err error) {
	for part := range read {
		for i := range part {
			if err == nil {
				err = l.state.Add(&part[i])
			}
		}
		if l.opts.Ready != nil {
			l.opts.Ready(l.state.Last(), all)
		}
	}
	return err
}
