package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/nats-io/nats.go"
)

// opened is a ledger with the store it lies in.
type opened struct {
	*ledger.Ledger
	store *eventstore.Server
	fresh bool // it does not exist yet: recording its first act creates it
	clean func()
}

func (o *opened) Close() {
	if o.Ledger != nil {
		o.Ledger.Close()
	}
	_ = o.store.Close()
	o.clean()
}

// exists tells whether there is a store to open without making one.
func (a *app) exists() bool {
	if a.flags.nats != "" || a.flags.data == "" {
		return true
	}
	_, err := os.Stat(a.flags.data)
	return !errors.Is(err, os.ErrNotExist)
}

// place names where the ledgers are, for people.
func (a *app) place() string {
	if a.flags.nats != "" {
		return redacted(a.flags.nats)
	}
	return a.flags.data
}

// redacted hides what may be a password in the URLs of NATS servers.
func redacted(urls string) string {
	all := strings.Split(urls, ",")
	for i, u := range all {
		scheme, rest, ok := strings.Cut(u, "://")
		if !ok {
			scheme, rest = "", u
		}
		if at := strings.LastIndex(rest, "@"); at >= 0 {
			rest = "…" + rest[at:]
		}
		if all[i] = rest; ok {
			all[i] = scheme + "://" + rest
		}
	}
	return strings.Join(all, ",")
}

// store opens where the flags say that the ledgers lie.
func (a *app) store(ctx context.Context) (*eventstore.Server, error) {
	if a.flags.nats == "" && a.flags.data == "" {
		return nil, &problem{Code: codeUsage, Detail: "there is no home directory to keep a ledger in", Cure: "Give --data."}
	}
	cfg := eventstore.Config{Dir: a.flags.data, AllowUnsynced: a.flags.unsynced}
	if a.flags.nats != "" {
		cfg.Dir, cfg.URL = "", a.flags.nats
		if a.flags.creds != "" {
			cfg.Options = append(cfg.Options, nats.UserCredentials(a.flags.creds))
		}
	}
	return eventstore.Open(ctx, cfg)
}

// open opens the ledger that the flags name. Nothing is created.
func (a *app) open(ctx context.Context) (*opened, error) {
	if !a.exists() {
		return nil, a.noLedger(nil)
	}
	store, err := a.store(ctx)
	if err != nil {
		return nil, err
	}
	o := &opened{store: store, clean: func() {}}
	id, err := a.pick(ctx, store)
	if err == nil {
		o.Ledger, err = a.openID(ctx, store, id)
	}
	if err != nil {
		o.Close()
		return nil, err
	}
	return o, nil
}

// openOrNew opens the ledger that the flags name, or one that does not exist yet if --ledger names it. With rehearsing
// nothing is left behind, not even a directory.
func (a *app) openOrNew(ctx context.Context, rehearsing bool) (*opened, error) {
	if a.flags.ledger == "" {
		return a.open(ctx)
	}
	if !domain.ValidLedgerID(a.flags.ledger) {
		return nil, badLedgerID(a.flags.ledger)
	}
	o := &opened{clean: func() {}}
	var err error
	if rehearsing && !a.exists() {
		o.store, o.clean, err = a.rehearsal(ctx)
	} else {
		o.store, err = a.store(ctx)
	}
	if err != nil {
		return nil, err
	}
	o.Ledger, err = ledger.New(ctx, o.store, a.flags.ledger, ledger.Options{})
	if o.fresh = err == nil; errors.Is(err, eventstore.ErrExists) {
		o.Ledger, err = a.openID(ctx, o.store, a.flags.ledger)
	}
	if err != nil {
		o.Close()
		return nil, err
	}
	return o, nil
}

// rehearsal opens a store in a temporary directory.
func (a *app) rehearsal(ctx context.Context) (*eventstore.Server, func(), error) {
	dir, err := os.MkdirTemp("", "buckstop-rehearsal-")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { _ = os.RemoveAll(dir) }
	store, err := eventstore.Open(ctx, eventstore.Config{Dir: dir})
	if err != nil {
		clean()
		return nil, nil, err
	}
	return store, clean, nil
}

func (a *app) openID(ctx context.Context, store *eventstore.Server, id string) (*ledger.Ledger, error) {
	bar := a.progress("Reading the record")
	defer bar.done()
	l, err := ledger.Open(ctx, store, id, ledger.Options{Ready: func(done, all uint64) { bar.of(int64(done), int64(all)) }})
	if errors.Is(err, eventstore.ErrNotFound) {
		ids, _ := store.Ledgers(ctx)
		return nil, a.noLedger(ids)
	}
	return l, err
}

// pick gives the id of the ledger that the flags name: the only one, where they name none.
func (a *app) pick(ctx context.Context, store *eventstore.Server) (string, error) {
	if id := a.flags.ledger; id != "" {
		if !domain.ValidLedgerID(id) {
			return "", badLedgerID(id)
		}
		return id, nil
	}
	ids, err := store.Ledgers(ctx)
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", a.noLedger(nil)
	case len(ids) > 1:
		return "", &problem{Code: codeUsage, Detail: fmt.Sprintf("there are %d ledgers in %s: %s", len(ids), a.place(), listed(ids)),
			Cure: "Name one with --ledger."}
	}
	return ids[0], nil
}

// noLedger says that there is no such ledger, and which there are.
func (a *app) noLedger(ids []string) error {
	p := &problem{Code: codeNotFound, Detail: "there is no ledger in " + a.place()}
	if a.flags.ledger != "" {
		p.Detail = fmt.Sprintf("there is no ledger %s in %s", a.flags.ledger, a.place())
	}
	switch {
	case len(ids) == 1:
		p.Cure = fmt.Sprintf("There is %s. ", ids[0])
	case len(ids) > 1:
		p.Cure = fmt.Sprintf("There are %s. ", listed(ids))
	}
	p.Cure += "Say with --data where it lies, or open it with `buckstop init LEDGER`."
	return p
}

func badLedgerID(id string) error {
	return &problem{Code: codeUsage, Detail: fmt.Sprintf("%q is no id of a ledger", id),
		Cure: "It is up to 63 of the characters a–z 0–9 -, and does not begin with -."}
}
