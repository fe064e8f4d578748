package eventstore

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// How long the embedded server may take to recover its streams where ctx sets no end.
const startPatience = 5 * time.Minute

func (s *Server) openEmbedded(ctx context.Context) error {
	opts, err := embeddedOptions(s.cfg)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.cfg.Dir, 0o700); err != nil {
		return fmt.Errorf("create the data directory: %w", err)
	}
	held, err := lock(s.cfg.Dir)
	if err != nil {
		return err
	}
	s.shutdown = func() { _ = held.Unlock() }
	srv, err := server.NewServer(opts)
	if err != nil {
		return fmt.Errorf("%w: the embedded NATS server: %w", ErrInvalid, err)
	}
	bridge := &serverLog{log: s.log}
	srv.SetLoggerV2(bridge, false, false, false)
	srv.Start()
	s.shutdown = func() {
		srv.Shutdown()
		srv.WaitForShutdown()
		_ = held.Unlock()
	}
	patience := startPatience
	if end, ok := ctx.Deadline(); ok {
		patience = time.Until(end)
	}
	if !srv.ReadyForConnections(patience) || !srv.JetStreamEnabled() {
		why := "it was not ready in time"
		if fatal := bridge.fatal.Load(); fatal != nil {
			why = *fatal
		}
		return fmt.Errorf("%w: the embedded NATS server did not start: %s", ErrUnavailable, why)
	}
	if s.cfg.Listen != "" {
		s.listenURL = srv.ClientURL()
	}
	s.nc, err = nats.Connect("", append(s.clientOptions(), nats.InProcessServer(srv), nats.Token(s.cfg.Token))...)
	if err != nil {
		return fmt.Errorf("%w: connect to the embedded NATS server: %w", ErrUnavailable, err)
	}
	return nil
}

// embeddedOptions are the server's. That it syncs every write before it acknowledges is what the ledger rests on: the
// default is every two minutes.
func embeddedOptions(cfg Config) (*server.Options, error) {
	opts := &server.Options{
		ServerName: "buckstop",
		JetStream:  true,
		StoreDir:   cfg.Dir, // the server keeps its streams in the directory jetstream below
		SyncAlways: true,
		DontListen: cfg.Listen == "",
		NoSigs:     true,
	}
	if cfg.Listen == "" {
		return opts, nil
	}
	host, port, err := net.SplitHostPort(cfg.Listen)
	if err != nil {
		return nil, fmt.Errorf("%w: the listen address %q: %w", ErrInvalid, cfg.Listen, err)
	}
	ip := net.ParseIP(host)
	if cfg.Token == "" && host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%w: to listen on %q, where others reach it, a token is needed", ErrInvalid, cfg.Listen)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("%w: the listen address %q: %w", ErrInvalid, cfg.Listen, err)
	}
	opts.Host, opts.Port, opts.Authorization = host, int(n), cfg.Token
	if n == 0 {
		opts.Port = server.RANDOM_PORT
	}
	return opts, nil
}

// clientOptions are those of every connection: reconnecting for ever, since Append and Follow wait for it.
func (s *Server) clientOptions() []nats.Option {
	return []nats.Option{
		nats.Name("buckstop"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(250 * time.Millisecond),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			s.disconnected()
			if err != nil {
				s.log.Warn("disconnected from NATS", "error", err)
			}
		}),
		nats.ReconnectHandler(func(nc *nats.Conn) { s.log.Info("reconnected to NATS", "url", nc.ConnectedUrlRedacted()) }),
		nats.ErrorHandler(func(_ *nats.Conn, sub *nats.Subscription, err error) {
			subject := ""
			if sub != nil {
				subject = sub.Subject
			}
			s.log.Warn("NATS connection", "error", err, "subject", subject)
		}),
	}
}

// serverLog gives what the embedded server logs to slog. Its notices are details here.
type serverLog struct {
	log   *slog.Logger
	fatal atomic.Pointer[string]
}

func (l *serverLog) Noticef(format string, v ...any) {
	l.log.Debug("nats: " + fmt.Sprintf(format, v...))
}
func (l *serverLog) Warnf(format string, v ...any) { l.log.Warn("nats: " + fmt.Sprintf(format, v...)) }
func (l *serverLog) Errorf(format string, v ...any) {
	l.log.Error("nats: " + fmt.Sprintf(format, v...))
}
func (l *serverLog) Debugf(string, ...any) {}
func (l *serverLog) Tracef(string, ...any) {}

// Fatalf keeps why the server cannot go on. Unlike the server's own logger it does not end the process.
func (l *serverLog) Fatalf(format string, v ...any) {
	why := fmt.Sprintf(format, v...)
	l.fatal.CompareAndSwap(nil, &why)
	l.log.Error("nats: " + why)
}
