package ledger

import (
	"context"
	"errors"
	"fmt"

	"buckstop/domain"
	"buckstop/eventstore"
)

// Result is what became of one act: a receipt, or why there is none.
type Result struct {
	Receipt Receipt
	Err     error
}

// request is one act on its way through the writer.
type request struct {
	principal string
	text      []byte
	act       *domain.Act // as decoded; nil once it was judged, since judging it changes it
	reply     chan Result
	accepted  domain.Accepted
	err       error
	erases    string // the person whose personal texts are to be destroyed
}

// group is what is written together.
type group struct {
	requests []*request
	entries  []eventstore.Entry
	sealed   []domain.Sealed
	last     uint64 // the sequence that the entries follow
	done     chan error
}

// Record records an act, given as JSON, and returns when it is on disk.
//
// Errors: a [domain.Refusal] when a rule refuses it, and nothing is recorded: the attempt is kept by then, on disk, apart
// from the record (see [Ledger.Refused]), or it is logged why it could not be. [eventstore.ErrUnavailable] when it could
// not be stored, [eventstore.ErrUncertain] when that could not be learned: sending the same act with the same id again
// settles it.
func (l *Ledger) Record(ctx context.Context, principal string, text []byte) (Receipt, error) {
	r := &request{principal: principal, text: text, reply: make(chan Result, 1)}
	var malformed error
	if r.act, _, malformed = domain.DecodeAct(text); malformed != nil {
		l.answer(r, Result{Err: malformed})
	} else if !l.recordAlone(r) {
		l.submit(r)
	}
	select {
	case r := <-r.reply:
		return r.Receipt, r.Err
	case <-ctx.Done():
		if malformed != nil {
			return Receipt{}, malformed
		}
		return Receipt{}, fmt.Errorf("%w: %w", eventstore.ErrUncertain, ctx.Err())
	}
}

// recordAlone does the writer's work for one request where nobody else records: to wake another goroutine, and be woken by
// it, would take a good part of what the disk takes. It tells whether it did.
func (l *Ledger) recordAlone(r *request) bool {
	if l.submitted.Load() > 0 || !l.writing.TryLock() {
		return false
	}
	defer l.writing.Unlock()
	select {
	case <-l.quit:
		return false
	default:
	}
	for g := l.gather(r, nil); g != nil; {
		l.append(g)
		_, g = l.finish(g, <-g.done, nil)
	}
	return true
}

// Submit hands an act to the writer, after all that this caller submitted before, and gives its result when it is on
// disk or refused, as [Ledger.Record] does. It waits only while very many acts are on their way already.
func (l *Ledger) Submit(principal string, text []byte) <-chan Result {
	r := &request{principal: principal, text: text, reply: make(chan Result, 1)}
	if r.act, _, r.err = domain.DecodeAct(text); r.err != nil {
		l.answer(r, Result{Err: r.err})
		return r.reply
	}
	l.submit(r)
	return r.reply
}

func (l *Ledger) submit(r *request) {
	l.submitted.Add(1)
	select {
	case l.requests <- r:
	case <-l.quit:
		l.submitted.Add(-1)
		r.reply <- Result{Err: fmt.Errorf("the ledger is closed: %w", eventstore.ErrUnavailable)}
	}
}

// write is the single writer: it judges what waits, and has one group written while it judges the next.
func (l *Ledger) write() {
	defer close(l.stopped)
	var writing, next *group
	held := false // the right to write, which is had from the first of a run of groups to the last
	for {
		if writing == nil && next != nil {
			writing, next = next, nil
			go l.append(writing)
		}
		switch {
		case writing == nil:
			if held {
				held = false
				l.writing.Unlock()
			}
			select {
			case r := <-l.requests:
				held = true
				l.writing.Lock()
				l.submitted.Add(-1)
				next = l.gather(r, nil)
			case <-l.quit:
				l.drain()
				return
			}
		case next != nil && len(next.requests) >= eventstore.MaxBatch:
			writing, next = l.finish(writing, <-writing.done, next)
		default:
			select {
			case r := <-l.requests:
				l.submitted.Add(-1)
				next = l.gather(r, next)
			case err := <-writing.done:
				writing, next = l.finish(writing, err, next)
			}
		}
	}
}

// drain answers what was submitted while the ledger closed.
func (l *Ledger) drain() {
	for {
		select {
		case r := <-l.requests:
			l.submitted.Add(-1)
			r.reply <- Result{Err: fmt.Errorf("the ledger is closed: %w", eventstore.ErrUnavailable)}
		default:
			return
		}
	}
}

// gather judges a request and all that wait with it, and puts them into a group.
func (l *Ledger) gather(r *request, g *group) *group {
	l.mu.Lock()
	defer l.mu.Unlock()
	if g == nil {
		g = &group{done: make(chan error, 1)}
	}
	l.decide(r, g)
	for len(g.requests) < eventstore.MaxBatch {
		select {
		case r := <-l.requests:
			l.submitted.Add(-1)
			l.decide(r, g)
		default:
			return g
		}
	}
	return g
}

// decide judges one request on the pending state; the caller holds mu.
func (l *Ledger) decide(r *request, g *group) {
	g.requests = append(g.requests, r)
	a := r.act
	if r.act = nil; a == nil {
		a, _, r.err = domain.DecodeAct(r.text)
	}
	if r.err != nil {
		return
	}
	r.accepted, r.err = l.state.Decide(a, domain.Recording{
		Principal: r.principal, Now: l.opts.Clock(), ID: l.opts.NewID(), Seed: l.opts.Seed(), Open: l.reveal,
	})
	if r.err != nil || r.accepted.Known {
		return
	}
	if d, ok := a.Data.(*domain.PersonErased); ok {
		r.erases = d.Person
	}
	if len(g.entries) == 0 {
		g.last = r.accepted.Seq - 1
	}
	g.entries = append(g.entries, eventstore.Entry{Subject: r.accepted.Subject, Data: r.accepted.Stored})
	g.sealed = append(g.sealed, r.accepted.Personal...)
	for _, s := range r.accepted.Personal {
		l.personal[s.Seal] = valueOf(s)
	}
}

// append puts a group on disk: the personal texts first, then the acts.
func (l *Ledger) append(g *group) {
	ctx := context.Background()
	if len(g.entries) == 0 {
		g.done <- nil
		return
	}
	err := l.create(ctx)
	if err == nil && len(g.sealed) > 0 {
		err = l.keep(ctx, g.sealed)
	}
	if err == nil {
		err = l.log.Append(ctx, g.last, g.entries)
	}
	g.done <- err
}

// create makes the ledger's streams, once its first act is accepted.
func (l *Ledger) create(ctx context.Context) (err error) {
	if l.log == nil {
		if l.log, err = l.server.Create(ctx, l.id); err == nil {
			l.attempts.Store(l.log.Attempts())
		}
	}
	return err
}

// finish answers a group that was written. Where it was not, everything pending is taken back; after another writer's
// acts it is caught up with them, and what waits is judged again. It gives the group now to be written.
func (l *Ledger) finish(g *group, err error, next *group) (writing, waiting *group) {
	if err == nil {
		l.mu.Lock()
		if n := len(g.entries); n > 0 {
			l.state.Commit(g.last + uint64(n))
			l.grew()
		}
		l.mu.Unlock()
		for _, r := range g.requests {
			l.answer(r, l.result(r))
		}
		return nil, next
	}
	l.mu.Lock()
	l.state.Rollback(l.state.Last() + 1)
	l.mu.Unlock()
	if caught := l.catchUp(); caught != nil || !errors.Is(err, eventstore.ErrConflict) {
		l.fail(g, errors.Join(err, caught))
		if next != nil {
			next = l.again(next.requests)
		}
		return nil, next
	}
	all := g.requests
	if next != nil {
		all = append(all, next.requests...)
	}
	return nil, l.again(all)
}

// fail answers the requests of a group that could not be stored: those that were stored all the same with their receipts.
func (l *Ledger) fail(g *group, err error) {
	for _, r := range g.requests {
		l.mu.RLock()
		seq := l.state.SeqOf(r.accepted.ID)
		l.mu.RUnlock()
		if r.err == nil && seq != 0 {
			r.accepted.Seq = seq
			l.answer(r, l.result(r))
			continue
		}
		if r.err == nil {
			r.err = fmt.Errorf("the act could not be stored: %w", err)
		}
		l.answer(r, Result{Err: r.err})
	}
}

// again judges requests anew.
func (l *Ledger) again(requests []*request) *group {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := &group{done: make(chan error, 1)}
	for _, r := range requests {
		r.err = nil
		l.decide(r, g)
	}
	return g
}

// catchUp takes in what other writers recorded.
func (l *Ledger) catchUp() error {
	if l.log == nil {
		return nil
	}
	_, err := l.log.ReplayFrom(context.Background(), l.Last(), func(r eventstore.Recorded) error {
		in, err := domain.Read(r.Data, r.Leaf, nil)
		if err != nil {
			return err
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.state.Add(&in)
	})
	return err
}

func (l *Ledger) result(r *request) Result {
	if r.err != nil {
		return Result{Err: r.err}
	}
	a := &r.accepted
	if a.Known {
		stored, err := l.log.Read(context.Background(), a.Seq)
		if err != nil {
			return Result{Err: err}
		}
		a.Leaf = domain.LeafHash(stored)
	}
	if r.erases != "" {
		if err := l.erase(context.Background(), r.erases); err != nil {
			return Result{Err: fmt.Errorf("the erasure is recorded as number %d and is carried through when the ledger is next opened: %w", a.Seq, err)}
		}
	}
	return Result{Receipt: Receipt{ID: a.ID, Seq: a.Seq, Recorded: a.Recorded, Leaf: leafText(a.Leaf), Known: a.Known}}
}

// Rehearse judges acts as [Ledger.Submit] would, one after the other and each knowing those before it, and records none; nor is
// what it would refuse kept as an attempt.
// It waits for what is being recorded, and recording waits for it.
func (l *Ledger) Rehearse(principal string, next func() ([]byte, bool), each func(Result)) {
	l.writing.Lock() // or what is on its way to the disk would be taken back with what is rehearsed
	defer l.writing.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	from := l.state.Last() + 1
	defer l.state.Rollback(from)
	for {
		text, ok := next()
		if !ok {
			return
		}
		a, _, err := domain.DecodeAct(text)
		var out domain.Accepted
		if err == nil {
			out, err = l.state.Decide(a, domain.Recording{
				Principal: principal, Now: l.opts.Clock(), ID: l.opts.NewID(), Seed: l.opts.Seed(), Open: l.reveal,
			})
		}
		if err != nil {
			each(Result{Err: err})
			continue
		}
		each(Result{Receipt: Receipt{ID: out.ID, Seq: out.Seq, Recorded: out.Recorded, Leaf: leafText(out.Leaf), Known: out.Known}})
	}
}
