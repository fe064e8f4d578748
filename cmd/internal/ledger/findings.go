package ledger

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"
)

// Each appearance and each clearing of a finding, also by time alone, is one durable message. What the messages say follows
// from the acts and the times at which they were recorded: at each act the findings are those of that time as known then, and
// between two acts those that time alone brings. So whoever publishes goes on where the last message stands, be it after a
// restart or on another server, says what is still unsaid, and nothing twice.

// overseer publishes the findings of a ledger.
type overseer struct {
	*Ledger
	store *eventstore.Findings
	last  uint64          // message
	open  map[string]bool // by the messages so far
	at    domain.Instant  // the moment of the last message
	known uint64
	watch *domain.Watch
}

// step is how many acts are looked at while the state is held.
const step = 64

// PublishFindings publishes every appearance and clearing of a finding up to now that was not published yet, and returns
// when all are on disk. Beside other servers of the ledger each is published once.
//
// Errors: [eventstore.ErrUnavailable], [eventstore.ErrDamaged]; ctx's.
func (l *Ledger) PublishFindings(ctx context.Context) error {
	o, err := l.oversee(ctx)
	if err != nil || o == nil {
		return err
	}
	return o.publish(ctx)
}

// KeepPublishing is [Ledger.PublishFindings] again whenever an act is recorded and whenever time brings a change, until ctx
// ends. Errors: those of PublishFindings.
func (l *Ledger) KeepPublishing(ctx context.Context) error {
	o, err := l.oversee(ctx)
	if err != nil || o == nil {
		return err
	}
	go func() { // what other servers record
		_ = l.log.Follow(ctx, l.Last(), func(eventstore.Recorded) error {
			l.grew()
			return nil
		})
	}()
	for {
		if err := l.learn(ctx); err != nil {
			return err
		}
		if err := o.publish(ctx); err != nil {
			return err
		}
		l.mu.RLock()
		next := o.watch.Next()
		l.mu.RUnlock()
		timer := time.NewTimer(min(time.Hour, next.Time().Sub(l.opts.Clock()))) // clocks are set; an hour is soon enough to notice
		select {
		case <-l.grown:
			timer.Stop()
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
	}
}

// learn takes in what other servers recorded, unless acts are being recorded here: then it is learned in recording them.
func (l *Ledger) learn(ctx context.Context) error {
	last, err := l.log.Last(ctx)
	if err != nil || last <= l.Last() || !l.writing.TryLock() {
		return err
	}
	defer l.writing.Unlock()
	return l.catchUp()
}

// grew tells who publishes that there may be more acts.
func (l *Ledger) grew() {
	select {
	case l.grown <- struct{}{}:
	default: // it was told already, and will look
	}
}

// oversee reads what was published so far; nil where nothing is recorded.
func (l *Ledger) oversee(ctx context.Context) (*overseer, error) {
	if l.log == nil || l.Last() == 0 {
		return nil, nil
	}
	o := &overseer{Ledger: l, store: l.log.Findings(), open: map[string]bool{}}
	return o, o.read(ctx)
}

// read takes in the messages after those that were read.
func (o *overseer) read(ctx context.Context) error {
	last, err := o.store.ReplayFrom(ctx, o.last, func(r eventstore.Recorded) error {
		n, err := projections.ReadNotice(r.Data)
		if err != nil {
			return fmt.Errorf("message %d of the findings: %w", r.Seq, err)
		}
		o.note(&n)
		return nil
	})
	if err == nil {
		o.last, o.watch = last, nil
	}
	return err
}

func (o *overseer) note(n *projections.Notice) {
	o.at, o.known = n.At, n.Known.Seq
	if n.State == projections.Appeared {
		o.open[n.Key()] = true
	} else {
		delete(o.open, n.Key())
	}
}

// publish says what is still to be said.
func (o *overseer) publish(ctx context.Context) error {
	for ready := false; !ready && ctx.Err() == nil; {
		o.mu.RLock()
		ready = o.state.Prepare(step)
		o.mu.RUnlock()
	}
	var unsaid []projections.Notice // said many at once: each batch costs the store as much as hundreds of notices
	for ctx.Err() == nil {
		notices, done := o.look()
		if unsaid = append(unsaid, notices...); !done && len(unsaid) < eventstore.MaxBatch {
			continue
		}
		err := o.say(ctx, unsaid)
		unsaid = nil
		if errors.Is(err, eventstore.ErrConflict) {
			err = o.read(ctx) // another server was first; what it said is not said again
			done = false
		}
		if err != nil || done {
			return err
		}
	}
	return ctx.Err()
}

// look looks at some acts, and at the instants between them, and gives what changed; done tells that there are no more.
func (o *overseer) look() (notices []projections.Notice, done bool) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	s := o.state
	var changes []domain.Change
	if o.watch == nil {
		changes = o.begin()
	}
	for range step {
		if o.watch.Known() == s.Last() {
			changes = append(changes, o.watch.Until(domain.InstantOf(o.opts.Clock()))...)
			done = true
			break
		}
		changes = append(changes, o.watch.Until(domain.InstantOf(s.Recorded(o.watch.Known()+1)))...)
		changes = append(changes, o.watch.Learn()...)
	}
	if len(changes) == 0 {
		return nil, done
	}
	v, err := s.View(domain.Beginning, o.watch.Known())
	if err != nil { // what is watched is known
		panic("ledger: " + err.Error())
	}
	for i := range changes {
		notices = append(notices, projections.NoticeOf(v, &changes[i]))
	}
	return notices, done
}

// begin begins to watch at the moment of the last message, and gives what of that moment was not said: all of it at the
// first act, and the rest where a publisher was interrupted.
func (o *overseer) begin() (unsaid []domain.Change) {
	if o.known == 0 {
		o.at, o.known = domain.InstantOf(o.state.Recorded(1)), 1
	}
	o.watch = o.state.Watch(o.at, o.known)
	is := map[string]bool{}
	for _, f := range o.watch.Open() {
		is[f.Key()] = true
		if !o.open[f.Key()] {
			unsaid = append(unsaid, domain.Change{Finding: f, Appeared: true, At: o.at, Known: o.known})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(o.open)) {
		if !is[key] {
			unsaid = append(unsaid, domain.Change{Finding: domain.FindingOf(key), At: o.at, Known: o.known})
		}
	}
	return unsaid
}

// say puts notices on disk, in order.
func (o *overseer) say(ctx context.Context, notices []projections.Notice) error {
	for len(notices) > 0 {
		n := min(len(notices), eventstore.MaxBatch)
		entries := make([]eventstore.Entry, n)
		for i := range entries {
			event, err := notices[i].Event(o.id)
			if err != nil {
				return err
			}
			entries[i] = eventstore.Entry{Subject: notices[i].Subject(o.id), Data: event}
		}
		if err := o.store.Append(ctx, o.last, entries); err != nil {
			return err
		}
		o.last += uint64(n)
		for i := range n {
			o.note(&notices[i])
		}
		notices = notices[n:]
	}
	return nil
}
