package eventstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/stretchr/testify/require"
)

// cluster starts three servers that replicate, as an operator would, and gives the URLs of all.
func cluster(t *testing.T) ([]*server.Server, string) {
	t.Helper()
	var routes []*url.URL
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		u, err := url.Parse("nats-route://" + l.Addr().String())
		require.NoError(t, err)
		routes = append(routes, u)
		require.NoError(t, l.Close())
	}
	var servers []*server.Server
	var urls []string
	for i := range 3 {
		s := other(t, func(o *server.Options) {
			o.ServerName, o.SyncAlways = fmt.Sprintf("n%d", i), true
			o.Cluster.Name, o.Cluster.Host, o.Routes = "c", "127.0.0.1", routes
			_, _ = fmt.Sscan(routes[i].Port(), &o.Cluster.Port)
			sys := server.NewAccount("sys")
			o.Accounts, o.SystemAccount = []*server.Account{sys}, "sys"
			o.Users = []*server.User{{Username: "sys", Password: "sys", Account: sys}, {Username: "app", Password: "app"}}
		})
		servers, urls = append(servers, s), append(urls, s.ClientURL())
	}
	require.Eventually(t, func() bool {
		for _, s := range servers {
			if s.JetStreamIsLeader() && len(s.JetStreamClusterPeers()) == 3 {
				return true
			}
		}
		return false
	}, 20*time.Second, 50*time.Millisecond)
	return servers, strings.Join(urls, ",")
}

func TestReplicas(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	servers, urls := cluster(t)
	s := open(t, Config{URL: urls, Replicas: 3, Options: []nats.Option{nats.UserInfo("app", "app")}, System: []nats.Option{nats.UserInfo("sys", "sys")}})
	l, err := s.Create(ctx, "acme")
	require.NoError(t, err)
	sc := &scribe{ledger: "acme"}
	for _, n := range groups {
		last := sc.seq
		es := sc.entries(n, 20)
		require.NoError(t, l.Append(ctx, last, es))
		require.NoError(t, l.Append(ctx, last, es), "again")
		late := &scribe{ledger: "acme", seq: last}
		require.ErrorIs(t, l.Append(ctx, last, late.entries(n, 30)), ErrConflict)
	}
	for name, replay := range replays {
		last, err := replay(ctx, l, func(Recorded) error { return nil })
		require.NoError(t, err, name)
		require.Equal(t, sc.seq, last, name)
	}
	require.NoError(t, l.Personal().Put(ctx, "k", []byte("Ada")))

	seen := make(chan uint64, 5000)
	go func() { _ = l.Follow(ctx, 0, func(r Recorded) error { seen <- r.Seq; return nil }) }()
	info, err := l.stream.Info(ctx)
	require.NoError(t, err)
	gone := make(chan struct{})
	for _, n := range servers { // the leader goes
		if n.Name() == info.Cluster.Leader {
			go func() { n.Shutdown(); n.WaitForShutdown(); close(gone) }()
		}
	}
	for range 5 {
		fill(t, l, sc, 1)
		fill(t, l, sc, 20)
	}
	for want := uint64(1); want <= sc.seq; want++ {
		select {
		case got := <-seen:
			require.Equal(t, want, got)
		case <-ctx.Done():
			t.Fatalf("entry %d did not come", want)
		}
	}
	// The bucket elects a leader of its own; until it has one, a value is unavailable and nothing worse.
	for {
		_, err = l.Personal().Get(ctx, "k")
		if !errors.Is(err, ErrUnavailable) || ctx.Err() != nil {
			break
		}
	}
	require.NoError(t, err)
	<-gone
	_, err = Open(ctx, Config{URL: urls, Replicas: 3, Options: []nats.Option{nats.UserInfo("app", "app")}, System: []nats.Option{nats.UserInfo("sys", "sys")}})
	require.ErrorIs(t, err, ErrUnsynced, "a server that is away cannot be asked")
	require.ErrorContains(t, err, "only 2 of 3")
}
