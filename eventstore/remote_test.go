package eventstore

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// other starts a NATS server that is not ours, as an operator would.
func other(t testing.TB, change func(*server.Options)) *server.Server {
	t.Helper()
	opts := &server.Options{ServerName: "theirs", JetStream: true, StoreDir: t.TempDir(), Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true}
	if change != nil {
		change(opts)
	}
	s, err := server.NewServer(opts)
	require.NoError(t, err)
	s.Start()
	require.True(t, s.ReadyForConnections(10*time.Second))
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

// accounts has an ordinary user and one of the system account.
func accounts(o *server.Options) {
	app, sys := server.NewAccount("app"), server.NewAccount("sys")
	o.Accounts, o.SystemAccount = []*server.Account{app, sys}, "sys"
	o.Users = []*server.User{{Username: "app", Password: "app", Account: app}, {Username: "sys", Password: "sys", Account: sys}}
}

func TestARemoteServerThatCannotBeShownToSyncIsRefused(t *testing.T) {
	ctx := context.Background()
	app, sys := []nats.Option{nats.UserInfo("app", "app")}, []nats.Option{nats.UserInfo("sys", "sys")}
	for name, c := range map[string]struct {
		always  bool
		cfg     Config
		refused string // why, empty if it is not
	}{
		"nobody to ask":   {true, Config{Options: app}, "this user may not ask"},
		"it does not":     {false, Config{Options: app, System: sys}, "server theirs does not sync always"},
		"it does":         {true, Config{Options: app, System: sys}, ""},
		"wrong password":  {true, Config{Options: app, System: []nats.Option{nats.UserInfo("sys", "x")}}, "system account"},
		"it is accepted":  {false, Config{Options: app, AllowUnsynced: true}, ""},
		"not for the app": {true, Config{Options: app, System: app}, "this user may not ask"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := other(t, func(o *server.Options) {
				accounts(o)
				o.SyncAlways = c.always
			})
			acc, err := srv.LookupAccount("app")
			require.NoError(t, err)
			require.NoError(t, acc.EnableJetStream(nil, nil))
			c.cfg.URL = srv.ClientURL()
			s, err := Open(ctx, c.cfg)
			if c.refused == "" {
				require.NoError(t, err)
				defer func() { require.NoError(t, s.Close()) }()
				l, err := s.Create(ctx, "acme")
				require.NoError(t, err)
				sc := &scribe{ledger: "acme"}
				fill(t, l, sc, 30)
				require.Len(t, all(t, l), 30)
				return
			}
			require.ErrorIs(t, err, ErrUnsynced)
			assert.ErrorContains(t, err, c.refused)
			assert.ErrorContains(t, err, "jetstream { sync_interval: always }")
		})
	}
}

func TestAServerThatIsNotThereIsUnavailable(t *testing.T) {
	_, err := Open(context.Background(), Config{URL: "nats://127.0.0.1:1"})
	require.ErrorIs(t, err, ErrUnavailable)
}

func TestTheEmbeddedServerListensForOthers(t *testing.T) {
	s := open(t, Config{Dir: t.TempDir(), Listen: "127.0.0.1:0", Token: "secret"})
	_, err := nats.Connect(s.ListenURL())
	require.ErrorIs(t, err, nats.ErrAuthorization)
	nc, err := nats.Connect(s.ListenURL(), nats.Token("secret"))
	require.NoError(t, err)
	defer nc.Close()
	sub, err := nc.SubscribeSync("ledger.acme.>")
	require.NoError(t, err)
	require.NoError(t, nc.Flush())
	l, err := s.Create(context.Background(), "acme")
	require.NoError(t, err)
	fill(t, l, &scribe{ledger: "acme"}, 1)
	_, err = sub.NextMsg(time.Second)
	require.NoError(t, err)
}

// wire carries a client's connection to a server, and can lose what the server says.
type wire struct {
	l     net.Listener
	to    string
	deaf  atomic.Bool
	mu    sync.Mutex
	conns []net.Conn
}

func newWire(t *testing.T, url string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &wire{l: l, to: strings.TrimPrefix(url, "nats://")}
	t.Cleanup(func() { _ = l.Close(); w.cut() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			s, err := net.Dial("tcp", w.to)
			if err != nil {
				_ = c.Close()
				continue
			}
			w.mu.Lock()
			w.conns = append(w.conns, c, s)
			w.mu.Unlock()
			go func() { _, _ = io.Copy(s, c); _ = s.Close() }()
			go func() { _, _ = io.Copy(earful{w, c}, s); _ = c.Close() }()
		}
	}()
	return w
}

type earful struct {
	w *wire
	c net.Conn
}

func (e earful) Write(p []byte) (int, error) {
	if e.w.deaf.Load() {
		return len(p), nil
	}
	return e.c.Write(p)
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.conns {
		_ = c.Close()
	}
	w.conns = nil
}

func (w *wire) url() string { return "nats://" + w.l.Addr().String() }

func TestAnAcknowledgementLostOnTheWireIsSettled(t *testing.T) {
	ctx := context.Background()
	srv := other(t, func(o *server.Options) { o.SyncAlways = true })
	w := newWire(t, srv.ClientURL())
	s := open(t, Config{URL: w.url(), AllowUnsynced: true})
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	for _, n := range []int{1, 4, 100} {
		last := sc.seq
		es := sc.entries(n, 20)
		w.deaf.Store(true) // the server stores, and is not heard
		done := make(chan error, 1)
		go func() { done <- l.Append(ctx, last, es) }()
		time.Sleep(100 * time.Millisecond)
		w.cut()
		w.deaf.Store(false)
		require.NoError(t, <-done)
		require.Len(t, all(t, l), int(sc.seq), "and stored once")
	}
}

func TestWithoutAnAnswerItIsUncertain(t *testing.T) {
	srv := other(t, func(o *server.Options) { o.SyncAlways = true })
	w := newWire(t, srv.ClientURL())
	s := open(t, Config{URL: w.url(), AllowUnsynced: true})
	l, err := s.Create(context.Background(), "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	es := sc.entries(1, 20)
	w.deaf.Store(true)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	err = l.Append(ctx, 0, es)
	require.ErrorIs(t, err, ErrUncertain)
	require.ErrorIs(t, err, ErrUnavailable)
	w.cut()
	w.deaf.Store(false)
	require.NoError(t, l.Append(context.Background(), 0, es), "asked again it is settled")
	require.Len(t, all(t, l), 1)
}

func TestAppendAndFollowOutlastTheServer(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	dir, port := t.TempDir(), server.RANDOM_PORT
	start := func() *server.Server {
		return other(t, func(o *server.Options) { o.SyncAlways, o.StoreDir, o.Port = true, dir, port })
	}
	srv := start()
	port = srv.Addr().(*net.TCPAddr).Port
	s := open(t, Config{URL: srv.ClientURL(), AllowUnsynced: true})
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	fill(t, l, sc, 20)
	seen := make(chan uint64, 1000)
	followed := make(chan error, 1)
	go func() { followed <- l.Follow(ctx, 0, func(r Recorded) error { seen <- r.Seq; return nil }) }()
	for range 2 {
		srv.Shutdown()
		srv.WaitForShutdown()
		last := sc.seq
		es := sc.entries(3, 10)
		done := make(chan error, 1)
		go func() { done <- l.Append(ctx, last, es) }()
		time.Sleep(300 * time.Millisecond)
		srv = start()
		require.NoError(t, <-done)
		fill(t, l, sc, 12)
	}
	for want := uint64(1); want <= sc.seq; want++ {
		select {
		case got := <-seen:
			require.Equal(t, want, got)
		case <-time.After(20 * time.Second):
			t.Fatalf("entry %d did not come", want)
		}
	}
	cancel()
	require.ErrorIs(t, <-followed, context.Canceled)
}
