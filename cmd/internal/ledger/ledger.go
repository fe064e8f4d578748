// Package ledger is the application service over one ledger: its single writer, and the state that questions are answered
// from. Commands, API and pages go through it, so that a rule or an answer is the same everywhere.
//
// Whatever is recorded through a [Ledger] is judged on everything recorded before it, and acknowledged when it is on disk.
// Acts that wait are written together (group commit), and while one group is being written the next is judged already.
// Nothing that is not on disk is ever answered.
package ledger

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"

	"github.com/google/uuid"
)

// Options are what a ledger takes from outside. The zero value is right for real use.
type Options struct {
	Clock func() time.Time       // of recorded times; time.Now when nil
	NewID func() string          // ids for acts that come without one; UUIDv7 when nil
	Seed  func() [32]byte        // randomness for seals; crypto/rand when nil
	Ready func(done, all uint64) // told now and then how far opening has come; may be nil
}

// Ledger is one open ledger. Its methods are safe for concurrent use.
type Ledger struct {
	opts   Options
	log    *eventstore.Log
	server *eventstore.Server // while the ledger is not created yet
	logger *slog.Logger       // the store's
	id     string

	mu       sync.RWMutex // over state and personal
	state    *domain.State
	personal map[string]personalValue

	requests  chan *request
	submitted atomic.Int64                        // requests on their way to be judged
	writing   sync.Mutex                          // held by who judges and writes
	attempts  atomic.Pointer[eventstore.Attempts] // nil while the ledger is not created yet
	refusals  refusals
	grown     chan struct{} // told when acts were recorded, for who publishes findings
	quit      chan struct{}
	stopped   chan struct{}
	once      sync.Once
}

// Receipt says that an act is in the record, on disk.
type Receipt struct {
	ID       string    `json:"id"`
	Seq      uint64    `json:"seq"`
	Recorded time.Time `json:"recorded"` // UTC
	Leaf     string    `json:"leaf"`     // RFC 6962 leaf hash of the stored bytes, hex
	Known    bool      `json:"known,omitempty"`
}

// New gives a ledger that does not exist yet. Recording ledger.opened creates it.
//
// Errors: [eventstore.ErrExists].
func New(ctx context.Context, server *eventstore.Server, id string, opts Options) (*Ledger, error) {
	switch _, err := server.Open(ctx, id); {
	case err == nil:
		// A ledger whose first act was never stored, because the process ended between, is opened now.
		l, err := Open(ctx, server, id, opts)
		if err != nil || l.Last() == 0 {
			return l, err
		}
		l.Close()
		return nil, fmt.Errorf("ledger %s: %w", id, eventstore.ErrExists)
	case !errors.Is(err, eventstore.ErrNotFound):
		return nil, err
	}
	l := newLedger(server, id, opts)
	l.server = server
	go l.write()
	return l, nil
}

// Open opens a ledger: it replays the whole record, checking it, and is ready to record and to answer when it returns.
//
// Errors: [eventstore.ErrNotFound], [eventstore.ErrDrift], [eventstore.ErrDamaged], [eventstore.ErrUnavailable].
func Open(ctx context.Context, server *eventstore.Server, id string, opts Options) (*Ledger, error) {
	log, err := server.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	l := newLedger(server, id, opts)
	l.log = log
	l.attempts.Store(log.Attempts())
	all, err := log.Last(ctx)
	if err != nil {
		return nil, err
	}
	if err := l.replay(ctx, all); err != nil {
		return nil, fmt.Errorf("ledger %s: %w", id, err)
	}
	if err := l.loadPersonal(ctx); err != nil {
		return nil, fmt.Errorf("ledger %s: %w", id, err)
	}
	go l.write()
	return l, nil
}

func newLedger(server *eventstore.Server, id string, opts Options) *Ledger {
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	if opts.NewID == nil {
		opts.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	}
	if opts.Seed == nil {
		opts.Seed = func() (seed [32]byte) {
			rand.Read(seed[:])
			return seed
		}
	}
	l := &Ledger{
		opts: opts, logger: server.Logger(), id: id, state: domain.NewState(id, time.LoadLocation), personal: map[string]personalValue{},
		requests: make(chan *request, eventstore.MaxBatch), grown: make(chan struct{}, 1), quit: make(chan struct{}), stopped: make(chan struct{}),
	}
	l.state.Duties = projections.Duties()
	return l
}

// ID is the ledger's id.
func (l *Ledger) ID() string { return l.id }

// Last is the sequence of the newest act; 0 before the first.
func (l *Ledger) Last() uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.state.Last()
}

// Zone is the ledger's time zone: what dates without a time are read in.
func (l *Ledger) Zone() *time.Location {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.state.Zone()
}

// KnownAt gives the sequence of the last act recorded at or before an instant; 0 before the first.
func (l *Ledger) KnownAt(t time.Time) uint64 {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.state.KnownAt(t)
}

// Ask calls question with the ledger at an effective instant, as known at a sequence (0 for the newest). The view is
// good until question returns, which must ask nothing else of the ledger: the view has its zone, and other views.
//
// Errors: a [domain.Refusal] with INVALID for a sequence beyond the newest; those of question.
func (l *Ledger) Ask(at domain.Instant, known uint64, question func(*domain.View) error) error {
	l.mu.RLock()
	defer l.mu.RUnlock()
	v, err := l.state.View(at, known)
	if err != nil {
		return err
	}
	v.Reveal(l.reveal)
	return question(v)
}

// Stored gives the exact stored bytes of an act.
//
// Errors: [eventstore.ErrNotFound], [eventstore.ErrUnavailable].
func (l *Ledger) Stored(ctx context.Context, seq uint64) ([]byte, error) { return l.log.Read(ctx, seq) }

// Follow calls fn with the stored bytes of every act after a sequence, those already recorded and then those to come,
// until ctx ends. Errors: ctx's, fn's, and those of [eventstore.Log.Follow].
func (l *Ledger) Follow(ctx context.Context, after uint64, fn func(eventstore.Recorded) error) error {
	return l.log.Follow(ctx, after, fn)
}

// Close waits for what is being recorded, and for the attempts that are being kept, and stops the writer. What is submitted after it is refused with
// [eventstore.ErrUnavailable].
func (l *Ledger) Close() {
	l.once.Do(func() { close(l.quit) })
	<-l.stopped
	l.writing.Lock() // a recorder may be writing by itself
	defer l.writing.Unlock()
	l.refusals.close()
}

func leafText(leaf [32]byte) string { return hex.EncodeToString(leaf[:]) }
