package eventstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
)

func (s *Server) openRemote(ctx context.Context) error {
	nc, err := nats.Connect(s.cfg.URL, append(s.clientOptions(), s.cfg.Options...)...)
	if err != nil {
		return fmt.Errorf("%w: connect to NATS: %w", ErrUnavailable, err)
	}
	s.nc = nc
	if s.cfg.AllowUnsynced {
		return nil
	}
	shown := s.shownSynced(ctx)
	if shown == nil {
		return nil
	}
	return fmt.Errorf("%w: %s: %w. An act that was acknowledged could be lost at a power cut. Set "+
		"jetstream { sync_interval: always } in the configuration of every server and let this program ask for it, with the "+
		"credentials of a system-account user or by exporting %s to its account; or allow an unsynced server, if such a "+
		"loss is acceptable", ErrUnsynced, nc.ConnectedUrlRedacted(), shown, jszSubject)
}

// The servers tell how they sync on this subject, and only there: nothing that an ordinary account may ask shows it.
const jszSubject = "$SYS.REQ.SERVER.PING.JSZ"

// shownSynced gives nil if every server of the cluster says that it syncs always, and else why that is not shown.
func (s *Server) shownSynced(ctx context.Context) error {
	err := askSynced(ctx, s.nc)
	if err == nil || len(s.cfg.System) == 0 {
		return err
	}
	nc, cerr := nats.Connect(s.cfg.URL, append([]nats.Option{nats.Name("buckstop sync check")}, s.cfg.System...)...)
	if cerr != nil {
		return fmt.Errorf("the system account: %w", cerr)
	}
	defer nc.Close()
	return askSynced(ctx, nc)
}

// jsz is what of a server's answer matters here.
type jsz struct {
	Server struct {
		Name string `json:"name"`
	} `json:"server"`
	Data struct {
		Disabled bool `json:"disabled"`
		Config   struct {
			SyncAlways bool `json:"sync_always"`
		} `json:"config"`
		Meta struct {
			Size int `json:"cluster_size"`
		} `json:"meta_cluster"`
	} `json:"data"`
}

// How long servers after the first may take to answer.
const jszPatience = 2 * time.Second

func askSynced(ctx context.Context, nc *nats.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, jszPatience)
	defer cancel()
	inbox := nc.NewRespInbox()
	sub, err := nc.SubscribeSync(inbox)
	if err != nil {
		return err
	}
	defer func() { _ = sub.Unsubscribe() }()
	if err := nc.PublishRequest(jszSubject, inbox, nil); err != nil {
		return err
	}
	// A cluster of n is shown when n servers with JetStream have answered; the answers say how large it is.
	for servers, want := 0, 1; servers < want; {
		m, err := sub.NextMsgWithContext(ctx)
		switch {
		case errors.Is(err, nats.ErrNoResponders):
			return errors.New("this user may not ask the servers for their settings")
		case err != nil && servers > 0:
			return fmt.Errorf("only %d of %d servers told their settings", servers, want)
		case err != nil:
			return errors.New("no server told its settings")
		}
		var a jsz
		if err := json.Unmarshal(m.Data, &a); err != nil {
			return fmt.Errorf("a server's settings: %w", err)
		}
		if a.Data.Disabled {
			continue
		}
		if !a.Data.Config.SyncAlways {
			return fmt.Errorf("server %s does not sync always", a.Server.Name)
		}
		servers++
		want = max(want, a.Data.Meta.Size)
	}
	return nil
}
