package ledger

import (
	"context"
	"errors"
	"sync"

	"buckstop/domain"
	"buckstop/eventstore"
)

// refusedRequest is a request that a rule refused, on its way to its answer.
type refusedRequest struct {
	*request
	refusal *domain.Refusal
	result  Result
}

// refusals are the requests that were refused and whose attempts are being kept: those that wait together are written
// together, by a goroutine that is there while any wait. So nobody waits for a refusal but whom it concerns.
type refusals struct {
	mu      sync.Mutex
	waiting []*refusedRequest
	keeping bool           // the goroutine is there
	closed  bool           // nothing is kept any more
	done    sync.WaitGroup // for the goroutine
}

// How many bytes of acts are kept in one step; beside them it is eventstore.MaxBatch attempts.
const attemptBytes = 8 << 20

// answer gives a request its result: at once, but where a rule refused it, once the attempt is on disk, or could not be
// put there, which is logged. It never waits.
func (l *Ledger) answer(r *request, result Result) {
	if result.Err == nil || !l.refused(r, result) {
		r.reply <- result
	}
}

// refused hands over what is an attempt. That another writer was first is none: nobody broke a rule.
func (l *Ledger) refused(r *request, result Result) bool {
	var refusal *domain.Refusal
	if !errors.As(result.Err, &refusal) || refusal.Code == domain.Conflict || l.attempts.Load() == nil {
		return false
	}
	q := &l.refusals
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.waiting = append(q.waiting, &refusedRequest{r, refusal, result})
	if !q.keeping {
		q.keeping = true
		q.done.Add(1)
		go l.keepAttempts()
	}
	return true
}

// keepAttempts keeps and answers what waits until nothing does.
func (l *Ledger) keepAttempts() {
	q := &l.refusals
	defer q.done.Done()
	for {
		q.mu.Lock()
		n, size := 0, 0
		for n < len(q.waiting) && n < eventstore.MaxBatch && size < attemptBytes {
			size += len(q.waiting[n].text)
			n++
		}
		group := q.waiting[:n:n]
		if q.waiting = q.waiting[n:]; n == 0 {
			q.waiting, q.keeping = nil, false
			q.mu.Unlock()
			return
		}
		q.mu.Unlock()
		if err := l.keepGroup(group); err != nil {
			l.logger.Error("refused attempts could not be kept", "ledger", l.id, "attempts", len(group), "error", err)
		}
		for _, r := range group {
			r.reply <- r.result
		}
	}
}

func (l *Ledger) keepGroup(group []*refusedRequest) error {
	attempts := make([]eventstore.Attempt, len(group))
	for i, r := range group {
		var err error
		if attempts[i], err = l.attemptOf(r); err != nil {
			return err
		}
	}
	return l.attempts.Load().Append(context.Background(), attempts)
}

// close waits for what is being kept. What is refused from then on is answered and not kept.
func (q *refusals) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.done.Wait()
}
