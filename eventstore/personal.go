package eventstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
	"github.com/synadia-io/orbit.go/jetstreamext"
)

// Personal keeps the personal values of a ledger, outside its log, so that they can be destroyed while every hash and
// proof over the log goes on verifying. It is the JetStream key-value bucket PERSONAL_<ledger>, readable with any
// key-value client, but not to be written with one: a key has one value for ever, until that is destroyed. Its methods are
// safe for concurrent use.
type Personal struct {
	server *Server
	ledger string
	stream jetstream.Stream
}

// personalConfig is how the bucket's stream is configured. A key-value bucket made by JetStream's own client would keep
// overwritten values in its files and deny that a message be erased; here a second value under a key is refused by the
// server (so that no text lies in the files twice), and messages may be deleted.
func personalConfig(ledger string, replicas int) jetstream.StreamConfig {
	c := streamConfig(ledger, replicas)
	c.Name = "KV_PERSONAL_" + ledger
	c.Subjects = []string{personalSubject(ledger, ">")}
	c.MaxMsgsPerSubject, c.DiscardNewPerSubject = 1, true
	c.DenyDelete = false
	c.Metadata = map[string]string{createdBy: nuid.Next()}
	return c
}

func personalSubject(ledger, key string) string { return "$KV.PERSONAL_" + ledger + "." + key }

var personalKey = regexp.MustCompile(`^[A-Za-z0-9_=-]{1,200}$`)

// Put keeps value under key, and returns when it is on disk, on a majority of the replicas where there are any. To put the
// same value again is to succeed again.
//
// Errors: [ErrConflict] when another value lies under key; [ErrInvalid] for a key that is not of base64url characters or a
// value that is empty or larger than [MaxEntry]; [ErrUnavailable].
func (p *Personal) Put(ctx context.Context, key string, value []byte) error {
	return p.PutAll(ctx, map[string][]byte{key: value})
}

// PutAll keeps many values, as [Personal.Put] does each, at a fraction of the cost for thousands. If it fails any of them
// may have been kept; it can be called again with the same.
func (p *Personal) PutAll(ctx context.Context, values map[string][]byte) error {
	msgs := make([]*nats.Msg, 0, len(values))
	for key, value := range values {
		if !personalKey.MatchString(key) || len(value) == 0 || len(value) > MaxEntry {
			return fmt.Errorf("%w: a personal value of %d bytes under %q", ErrInvalid, len(value), key)
		}
		msgs = append(msgs, &nats.Msg{Subject: personalSubject(p.ledger, key), Data: value})
	}
	for len(msgs) > 0 {
		n := min(len(msgs), MaxBatch)
		if err := p.put(ctx, msgs[:n]); err != nil {
			return fmt.Errorf("ledger %s: keep a personal value: %w", p.ledger, err)
		}
		msgs = msgs[n:]
	}
	return nil
}

// put keeps up to MaxBatch values. What the server does not say yes to is settled by looking which of them are there.
func (p *Personal) put(ctx context.Context, msgs []*nats.Msg) error {
	for tries := 1; ; tries++ {
		err := p.send(ctx, msgs)
		if err == nil {
			return nil
		}
		missing, lerr := p.missing(ctx, msgs)
		switch {
		case lerr != nil:
			return lerr
		case len(missing) == 0:
			return nil
		case tries == putTries || ctx.Err() != nil:
			return fmt.Errorf("%w: %w", ErrUnavailable, err)
		}
		msgs = missing
	}
}

// How often Put sends what is still missing: the first may be refused for values that are there already, the second be
// overtaken by another's.
const putTries = 3

// missing gives those of msgs that are not there; ErrConflict if another value is there in place of one.
func (p *Personal) missing(ctx context.Context, msgs []*nats.Msg) (missing []*nats.Msg, err error) {
	for _, m := range msgs {
		is, err := p.last(ctx, m.Subject)
		switch {
		case code(err) == codeNoMessage:
			missing = append(missing, m)
		case err != nil:
			return nil, fmt.Errorf("%w: %w", ErrUnavailable, err)
		case !bytes.Equal(is.Data, m.Data):
			return nil, ErrConflict
		}
	}
	return missing, nil
}

func (p *Personal) send(ctx context.Context, msgs []*nats.Msg) error {
	if len(msgs) >= BatchFrom {
		return p.sendBatch(ctx, msgs)
	}
	for _, m := range msgs {
		if err := p.sendOne(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (p *Personal) sendOne(ctx context.Context, m *nats.Msg) error {
	ctx, cancel := p.server.answerable(ctx, answerPatience)
	defer cancel()
	_, err := p.server.js.PublishMsg(ctx, &nats.Msg{Subject: m.Subject, Data: m.Data})
	return err
}

func (p *Personal) last(ctx context.Context, subject string) (*jetstream.RawStreamMsg, error) {
	ctx, cancel := p.server.answerable(ctx, askPatience)
	defer cancel()
	return p.stream.GetLastMsgForSubject(ctx, subject)
}

func (p *Personal) sendBatch(ctx context.Context, msgs []*nats.Msg) error {
	select {
	case p.server.batch <- struct{}{}:
		defer func() { <-p.server.batch }()
	case <-ctx.Done():
		return ctx.Err()
	}
	batch := make([]*nats.Msg, len(msgs))
	for i, m := range msgs {
		batch[i] = &nats.Msg{Subject: m.Subject, Data: m.Data, Header: make(nats.Header, 4)}
	}
	ctx, cancel := p.server.answerable(ctx, answerPatience)
	defer cancel()
	_, err := jetstreamext.PublishMsgBatch(ctx, p.server.js, batch, jetstreamext.BatchFlowControl{})
	return err
}

// Get gives the value under key. Errors: [ErrNotFound] when there is none or it has been destroyed; [ErrUnavailable].
func (p *Personal) Get(ctx context.Context, key string) ([]byte, error) {
	m, err := p.get(ctx, key)
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

func (p *Personal) get(ctx context.Context, key string) (*jetstream.RawStreamMsg, error) {
	if !personalKey.MatchString(key) {
		return nil, fmt.Errorf("ledger %s: personal value %q: %w", p.ledger, key, ErrNotFound)
	}
	m, err := p.last(ctx, personalSubject(p.ledger, key))
	switch {
	case code(err) == codeNoMessage:
		return nil, fmt.Errorf("ledger %s: personal value %s: %w", p.ledger, key, ErrNotFound)
	case err != nil:
		return nil, fmt.Errorf("ledger %s: personal value %s: %w: %w", p.ledger, key, ErrUnavailable, err)
	}
	return m, nil
}

// All calls fn with every value there is when it begins, in the order in which they were kept, and ends with fn's first
// error. What is destroyed meanwhile may or may not be given. Errors: fn's, as it is; [ErrUnavailable].
func (p *Personal) All(ctx context.Context, fn func(key string, value []byte) error) error {
	info, err := p.stream.Info(ctx)
	if err != nil {
		return fmt.Errorf("ledger %s: personal values: %w: %w", p.ledger, ErrUnavailable, err)
	}
	prefix := personalSubject(p.ledger, "")
	from := jetstream.OrderedConsumerConfig{DeliverPolicy: jetstream.DeliverAllPolicy, MaxResetAttempts: 3}
	err = through(ctx, p.stream, from, info.State, func(m jetstream.Msg) error {
		return fn(strings.TrimPrefix(m.Subject(), prefix), m.Data())
	})
	if errors.Is(err, errPassedOver) {
		return fmt.Errorf("ledger %s: personal values: %w: %w", p.ledger, ErrUnavailable, err)
	}
	return err
}

// Destroy erases the values under keys. When it returns, none of the embedded store's files holds them. There is no undoing
// it and no trace but that a sequence of the bucket is unused. A key without a value is passed over, so that it can be
// called again.
//
// The server writes the file in which a value lies anew, with noise in its place, and unlinks the old one. What an
// examination of the raw device may still find in freed blocks, and what backups hold, is for the operator to see to; so
// are replicas, whose log of what they agreed on holds a value until the server has compacted it.
//
// Errors: [ErrUnavailable]; some values may then have been erased.
func (p *Personal) Destroy(ctx context.Context, keys ...string) error {
	for _, key := range keys {
		m, err := p.get(ctx, key)
		if errors.Is(err, ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := p.stream.SecureDeleteMsg(ctx, m.Sequence); err != nil {
			if _, gerr := p.get(ctx, key); !errors.Is(gerr, ErrNotFound) {
				return fmt.Errorf("ledger %s: destroy a personal value: %w: %w", p.ledger, ErrUnavailable, err)
			}
		}
	}
	return p.settle()
}

// settle makes it last, through a power cut too, that files have been replaced: the server syncs the new file and not the
// directory. Where the server is another's, that is left to it.
func (p *Personal) settle() error {
	if p.server.cfg.Dir == "" {
		return nil
	}
	dir, err := os.Open(filepath.Join(p.server.cfg.Dir, "jetstream", "$G", "streams", "KV_PERSONAL_"+p.ledger, "msgs"))
	if err != nil {
		return fmt.Errorf("ledger %s: destroy a personal value: %w", p.ledger, err)
	}
	defer func() { _ = dir.Close() }()
	if err := dir.Sync(); err != nil {
		return fmt.Errorf("ledger %s: destroy a personal value: %w", p.ledger, err)
	}
	return nil
}
