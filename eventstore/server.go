package eventstore

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// Config says where the acts are kept: in the directory Dir, by a JetStream inside this process, or by the JetStream
// that answers at URL. Exactly one of the two is given.
type Config struct {
	// Dir holds the embedded JetStream. It is created, for this user alone, if it does not exist; one process at a time
	// may have it.
	Dir string
	// URL is that of a NATS server with JetStream, or of several, separated by commas.
	URL string
	// Options are added to those with which URL is connected to: credentials, a token, TLS.
	Options []nats.Option
	// System are the options for a second, short connection to URL as a user of the system account, which asks the
	// servers how they sync. It is not needed if the first connection may ask (the system account exports
	// $SYS.REQ.SERVER.PING.JSZ to its account), nor with AllowUnsynced.
	System []nats.Option
	// Listen is the host:port on which the embedded server listens for NATS clients; empty for none, so that only this
	// process reaches it. Without a Token it must be a loopback address.
	Listen string
	// Token is what clients must present at Listen. Whoever has it may do anything to the streams.
	Token string
	// AllowUnsynced accepts a remote server that cannot be shown to sync every write: what it has acknowledged may be
	// lost at a power cut.
	AllowUnsynced bool
	// Replicas is how many servers of a remote cluster keep each ledger. 0 is 1.
	Replicas int
	// Logger gets what the embedded server and the connection have to say; nil for nobody.
	Logger *slog.Logger
}

// Server is an open store of ledgers. Its methods are safe for concurrent use.
type Server struct {
	cfg       Config
	log       *slog.Logger
	nc        *nats.Conn
	js        jetstream.JetStream
	batch     chan struct{} // held while an atomic batch is written: JetStream's batches slow each other down
	listenURL string
	shutdown  func() // ends the embedded server and gives the directory back
	once      sync.Once

	mu   sync.Mutex
	lost chan struct{} // closed when the connection is lost, and then another
}

// Open opens the store that cfg names, waiting until it can be used or ctx ends.
//
// Errors: [ErrLocked] (a [LockedError] that names the holder) when another process has cfg.Dir; [ErrUnsynced] when cfg.URL
// cannot be shown to sync every write; [ErrUnavailable] when it cannot be reached; [ErrInvalid] for a Config that is
// contradictory.
func Open(ctx context.Context, cfg Config) (*Server, error) {
	if (cfg.Dir == "") == (cfg.URL == "") {
		return nil, fmt.Errorf("%w: give either a data directory or the URL of a NATS server", ErrInvalid)
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	cfg.Replicas = max(cfg.Replicas, 1)
	s := &Server{cfg: cfg, log: cfg.Logger, batch: make(chan struct{}, 1), lost: make(chan struct{}), shutdown: func() {}}
	open := s.openRemote
	if cfg.Dir != "" {
		open = s.openEmbedded
	}
	if err := open(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	js, err := jetstream.New(s.nc)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.js = js
	return s, nil
}

// Close ends the connection and the embedded server and gives the directory back; it can be opened again at once. What
// Append has returned stays stored; what is under way fails with [ErrUnavailable]. A second Close does nothing.
func (s *Server) Close() error {
	s.once.Do(func() {
		if s.nc != nil {
			s.nc.Close()
		}
		s.shutdown()
	})
	return nil
}

// disconnected tells whoever waits for an answer that it will not come.
func (s *Server) disconnected() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.lost)
	s.lost = make(chan struct{})
}

// answerable is a context that ends when the connection over which an answer could come is lost, and after patience. The
// client itself would wait on to the end of ctx.
func (s *Server) answerable(ctx context.Context, patience time.Duration) (context.Context, context.CancelFunc) {
	s.mu.Lock()
	lost := s.lost
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	go func() {
		select {
		case <-lost:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// Conn is the connection to NATS, for what else is kept or published there. It must not be closed.
func (s *Server) Conn() *nats.Conn { return s.nc }

// ListenURL is where NATS clients reach the embedded server; empty without [Config.Listen].
func (s *Server) ListenURL() string { return s.listenURL }

// Ledgers lists the ids of the ledgers that exist, sorted. Errors: [ErrUnavailable].
func (s *Server) Ledgers(ctx context.Context) ([]string, error) {
	names := s.js.StreamNames(ctx, jetstream.WithStreamListSubject("ledger.>"))
	var ids []string
	for name := range names.Name() {
		if id, ok := strings.CutPrefix(name, streamPrefix); ok && ledgerID.MatchString(id) {
			ids = append(ids, id)
		}
	}
	if err := names.Err(); err != nil {
		return nil, fmt.Errorf("list the ledgers: %w: %w", ErrUnavailable, err)
	}
	slices.Sort(ids)
	return ids, nil
}

var ledgerID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// Create creates an empty ledger and opens it. Of several that create the same ledger at once one succeeds.
//
// Errors: [ErrExists], [ErrInvalid] for an id that is none, [ErrUnavailable].
func (s *Server) Create(ctx context.Context, ledger string) (*Log, error) {
	if !ledgerID.MatchString(ledger) {
		return nil, fmt.Errorf("%w: %q is no ledger id ([a-z0-9][a-z0-9-]{0,62})", ErrInvalid, ledger)
	}
	// A ledger exists when its acts have a stream: that one is created last, so that a crash leaves nothing to clear up.
	if _, err := s.js.Stream(ctx, streamPrefix+ledger); err == nil {
		return nil, fmt.Errorf("create ledger %s: %w", ledger, ErrExists)
	}
	for _, make := range []func(string, int) jetstream.StreamConfig{personalConfig, attemptsConfig, findingsConfig} {
		if _, err := s.js.CreateStream(ctx, make(ledger, s.cfg.Replicas)); err != nil && code(err) != codeNameInUse {
			return nil, fmt.Errorf("create ledger %s: %w: %w", ledger, ErrUnavailable, err)
		}
	}
	switch _, err := s.js.CreateStream(ctx, streamConfig(ledger, s.cfg.Replicas)); {
	case code(err) == codeNameInUse:
		return nil, fmt.Errorf("create ledger %s: %w", ledger, ErrExists)
	case err != nil:
		return nil, fmt.Errorf("create ledger %s: %w: %w", ledger, ErrUnavailable, err)
	}
	return s.Open(ctx, ledger)
}

// Open opens a ledger, asserting the configuration of its streams. It reads nothing of the log: see [Log.Replay]. The streams
// of refused attempts and of findings are made if they are missing, as in a ledger from before there were any; where that
// cannot be, or they cannot be reached, it is logged, and the ledger is open without them.
//
// Errors: [ErrNotFound]; [ErrDrift] (a [DriftError] that names each setting, what it is and what it must be);
// [ErrInvalid] for an id that is none; [ErrUnavailable].
func (s *Server) Open(ctx context.Context, ledger string) (*Log, error) {
	if !ledgerID.MatchString(ledger) {
		return nil, fmt.Errorf("%w: %q is no ledger id ([a-z0-9][a-z0-9-]{0,62})", ErrInvalid, ledger)
	}
	acts, err := s.assert(ctx, ledger, streamConfig(ledger, s.cfg.Replicas))
	if err != nil {
		return nil, err
	}
	values, err := s.assert(ctx, ledger, personalConfig(ledger, s.cfg.Replicas))
	if err != nil {
		return nil, err
	}
	_, err = s.beside(ctx, ledger, attemptsConfig)
	if errors.Is(err, ErrDrift) {
		return nil, err
	}
	findings, err := s.beside(ctx, ledger, findingsConfig)
	if errors.Is(err, ErrDrift) {
		return nil, err
	}
	return &Log{
		fenced: fenced{server: s, ledger: ledger, called: "ledger " + ledger, name: streamPrefix + ledger,
			prefix: "ledger." + ledger + ".", chained: true, writing: make(chan struct{}, 1), stream: acts},
		personal: &Personal{server: s, ledger: ledger, stream: values},
		attempts: &Attempts{server: s, ledger: ledger},
		findings: &Findings{fenced{server: s, ledger: ledger, called: "the findings of ledger " + ledger,
			name: findingsPrefix + ledger, prefix: "finding." + ledger + ".", writing: make(chan struct{}, 1), stream: findings,
			reopen: func(ctx context.Context) (jetstream.Stream, error) { return s.beside(ctx, ledger, findingsConfig) }}},
	}, nil
}

// beside opens a stream that lies beside the acts and without which they can do, making it if it is missing.
func (s *Server) beside(ctx context.Context, ledger string, config func(string, int) jetstream.StreamConfig) (jetstream.Stream, error) {
	must := config(ledger, s.cfg.Replicas)
	stream, err := s.assert(ctx, ledger, must)
	if errors.Is(err, ErrNotFound) {
		_, err = s.js.CreateStream(ctx, must)
		if err == nil || code(err) == codeNameInUse {
			stream, err = s.assert(ctx, ledger, must)
		} else {
			err = fmt.Errorf("ledger %s: create stream %s: %w: %w", ledger, must.Name, ErrUnavailable, err)
		}
	}
	if err != nil && !errors.Is(err, ErrDrift) {
		s.log.Warn("a stream beside the ledger could not be opened", "ledger", ledger, "stream", must.Name, "error", err)
	}
	return stream, err
}

// Logger is what the store was opened with to tell of what nobody waits to hear; it is never nil.
func (s *Server) Logger() *slog.Logger { return s.log }

// assert opens the stream that must names and refuses it if it is configured otherwise.
func (s *Server) assert(ctx context.Context, ledger string, must jetstream.StreamConfig) (jetstream.Stream, error) {
	stream, err := s.js.Stream(ctx, must.Name)
	switch {
	case code(err) == codeNoStream:
		return nil, fmt.Errorf("open ledger %s: stream %s: %w", ledger, must.Name, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("open ledger %s: %w: %w", ledger, ErrUnavailable, err)
	}
	if drifts := drift(stream.CachedInfo().Config, must); len(drifts) > 0 {
		return nil, fmt.Errorf("open ledger %s: %w", ledger, &DriftError{Stream: must.Name, Drifts: drifts})
	}
	return stream, nil
}
