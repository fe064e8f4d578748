package cli

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"buckstop/domain"
	"buckstop/eventstore"
	"buckstop/projections"
)

// concluded ends a command that records: it says what went wrong, if something did, and then publishes the findings that
// follow from what was recorded. So nobody waits for these before being told what became of the acts; and as they can be
// published at any later time, that they could not be is no failure of the command.
func (a *app) concluded(ctx context.Context, l *opened, err error) error {
	if err != nil {
		err = &reported{a.report(err)}
	}
	if ctx.Err() != nil {
		return err
	}
	done := a.waiting("Publishing findings")
	unpublished := l.PublishFindings(ctx)
	done()
	if unpublished != nil && ctx.Err() == nil {
		a.unpublished(unpublished)
	}
	return err
}

// unpublished says that findings could not be published.
func (a *app) unpublished(err error) {
	p := problemOf(err)
	p.Detail = "the findings could not be published: " + p.Detail
	p.Cure = "They are published when the ledger is next written or watched."
	if !a.flags.json {
		a.err.printf("note: %s. %s\n", p.Detail, p.Cure)
		return
	}
	b, _ := plainJSON(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Detail string `json:"detail"`
		Code   string `json:"code"`
		Cure   string `json:"cure"`
	}{"urn:buckstop:problem:" + p.Code, title(p.Code), p.Detail, p.Code, p.Cure}) // without an exit code: the command has its own
	a.err.printf("%s\n", b)
}

// waiting shows on a terminal that work of unknown length is under way, once it has taken a second, until done is called.
func (a *app) waiting(what string) (done func()) {
	bar := a.progress(what)
	over, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for n := int64(1); ; n++ {
			select {
			case <-tick.C:
				bar.of(n, -1)
			case <-over:
				bar.done()
				return
			}
		}
	}()
	return func() {
		close(over)
		<-gone
	}
}

// keepPublishing publishes findings as acts and time bring them, until ctx ends. What cannot be published is said once and
// tried again, but for what trying cannot mend.
func (a *app) keepPublishing(ctx context.Context, l *opened) {
	said := false
	for {
		err := l.KeepPublishing(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if !said {
			a.unpublished(err)
			said = true
		}
		if !errors.Is(err, eventstore.ErrUnavailable) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(retryPublishing):
		}
	}
}

// retryPublishing is how long to wait before findings that could not be published are tried again.
const retryPublishing = 5 * time.Second

// watchFindings prints what is published of findings, and publishes what there is to be said meanwhile.
func (a *app) watchFindings(ctx context.Context, w *watching) error {
	l, err := a.open(ctx)
	if err != nil {
		return err
	}
	defer l.Close()
	log, err := l.store.Open(ctx, l.ID())
	if err != nil {
		return err
	}
	if w.after() > 0 {
		// The number may be one of those that are still to be published.
		if err := l.PublishFindings(ctx); err != nil && ctx.Err() == nil {
			a.unpublished(err)
		}
		last, err := log.Findings().Last(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		case w.after() > last:
			return w.beyond("message", last)
		}
	}
	ctx, stop := context.WithCancel(ctx)
	var publishing sync.WaitGroup
	publishing.Go(func() { a.keepPublishing(ctx, l) })
	defer publishing.Wait()
	defer stop()
	return w.follow(ctx, log.Findings().Follow, a.noticed)
}

// noticed prints that a finding appeared or cleared.
func (a *app) noticed(r eventstore.Recorded) error {
	if a.flags.json {
		a.out.printf("%s\n", r.Data)
		return nil
	}
	n, err := projections.ReadNotice(r.Data)
	if err != nil {
		return err
	}
	words := n.Sentence
	if by := n.Cured; by != nil {
		words = strings.TrimSpace(fmt.Sprintf("%s Cured by %s (%s).", words, by.By, by.Act))
	}
	a.out.printf("%s\n", strings.TrimRight(fmt.Sprintf("%d  %s  %s  %s  %s  %s", r.Seq, n.At.Time().UTC().Format(time.RFC3339), n.State,
		a.out.bold(string(n.Code)), n.Kind+" "+n.About, words), " "))
	return nil
}

// codesLike gives what tells whether a message is of a code that fits a pattern, however that is written: no-* stands for
// all that begin with NO_. That there is no such code is an error, since it would be waited for in vain.
func codesLike(pattern string) (func(subject string) bool, error) {
	if pattern == "*" || pattern == ">" {
		return nil, nil
	}
	like := strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToUpper(pattern))
	fits := func(code string) bool { ok, err := path.Match(like, code); return ok && err == nil }
	if slices.ContainsFunc(domain.FindingKinds(), func(k domain.FindingKind) bool { return fits(string(k.Code)) }) {
		return func(subject string) bool { return fits(subject[strings.LastIndexByte(subject, '.')+1:]) }, nil
	}
	_, err := findingCodeNamed(pattern)
	p := problemOf(err)
	p.Path = ""
	return nil, p
}
