package eventstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/klauspost/compress/s2"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// errNoSnapshot: the server gives no snapshot, or not in a form that is read here, or broke off giving it. What has been
// read of it has been checked and emitted like anything else; a consumer goes on from there.
var errNoSnapshot = errors.New("no snapshot")

// The server sends a chunk only while less than a window of them is unacknowledged, and gives up on a receiver that
// acknowledges none for five seconds.
const (
	snapshotChunk  = 256 << 10
	snapshotWindow = 8 << 20
	chunkPatience  = 10 * time.Second
)

// snapshot reads the whole stream as the server archives it, and emits what it has checked.
//
// The protocol: a request with the subject to which the archive is to be sent; an answer that says how large the stream
// is; then the chunks, in order, each with a reply subject for its acknowledgement but the last, which is shorter and has
// none; and a message without data, whose status says how it ended. The chunks are one s2 stream of an archive.
func (f *fenced) snapshot(ctx context.Context, c *chain, emit func(Recorded) error) error {
	nc := f.server.nc
	inbox := nc.NewInbox()
	// The server keeps to the window, so that the channel is never full and nothing is dropped.
	chunks := make(chan *nats.Msg, snapshotWindow/snapshotChunk+8)
	sub, err := nc.ChanSubscribe(inbox, chunks)
	if err != nil {
		return fmt.Errorf("%w: %w", errNoSnapshot, err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	state, err := f.askSnapshot(ctx, inbox)
	if err != nil {
		return err
	}
	r := &archiveReader{in: s2.NewReader(&chunkReader{ctx: ctx, nc: nc, chunks: chunks}, s2.ReaderMaxBlockSize(4<<20))}
	for {
		m, err := r.next()
		switch {
		case err == io.EOF:
			return f.counted(c, state)
		case err != nil && ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("%w: %w", errNoSnapshot, err)
		case m.seq == 0: // the state of the stream or of a consumer
			continue
		}
		leaf, err := c.next(m.seq, m.data)
		if err != nil {
			return err
		}
		if err := emit(Recorded{Seq: m.seq, Subject: m.subject, Data: m.data, Leaf: leaf}); err != nil {
			return err
		}
	}
}

// counted compares what was read with what the server counts.
func (f *fenced) counted(c *chain, state jetstream.StreamState) error {
	if state.LastSeq > 0 && state.FirstSeq != 1 && c.seen == 0 {
		return c.damage(Gap, fmt.Sprintf("it is missing: JetStream has entries from %d to %d", state.FirstSeq, state.LastSeq))
	}
	return c.ends(state.LastSeq)
}

// askSnapshot asks for the snapshot and gives what the server says of the stream.
func (f *fenced) askSnapshot(ctx context.Context, inbox string) (state jetstream.StreamState, err error) {
	request, err := json.Marshal(map[string]any{"deliver_subject": inbox, "no_consumers": true,
		"chunk_size": snapshotChunk, "window_size": snapshotWindow})
	if err != nil {
		return state, err
	}
	wait, cancel := context.WithTimeout(ctx, answerPatience)
	defer cancel()
	m, err := f.server.nc.RequestWithContext(wait, "$JS.API.STREAM.SNAPSHOT."+f.name, request)
	if ctx.Err() != nil {
		return state, ctx.Err()
	}
	if err != nil {
		return state, fmt.Errorf("%w: %w", errNoSnapshot, err)
	}
	var answer struct {
		Error *jetstream.APIError    `json:"error"`
		State *jetstream.StreamState `json:"state"`
	}
	switch err := json.Unmarshal(m.Data, &answer); {
	case err != nil:
		return state, fmt.Errorf("%w: %w", errNoSnapshot, err)
	case answer.Error != nil && answer.Error.ErrorCode == codeNoStream:
		return state, fmt.Errorf("%s: its stream is gone: %w", f.called, ErrNotFound)
	case answer.Error != nil:
		return state, fmt.Errorf("%w: %w", errNoSnapshot, answer.Error)
	case answer.State == nil:
		return state, fmt.Errorf("%w: the answer does not say how large the stream is", errNoSnapshot)
	}
	return *answer.State, nil
}

// chunkReader is the archive as the chunks bring it. A chunk is acknowledged when it has been read, so that what waits in
// memory is at most a window.
type chunkReader struct {
	ctx    context.Context
	nc     *nats.Conn
	chunks <-chan *nats.Msg
	rest   []byte
	timer  *time.Timer
	ended  bool
}

func (r *chunkReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.ended {
			return 0, io.EOF
		}
		if err := r.receive(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *chunkReader) receive() error {
	if r.timer == nil {
		r.timer = time.NewTimer(chunkPatience)
	}
	r.timer.Reset(chunkPatience)
	select {
	case m := <-r.chunks:
		if len(m.Data) == 0 {
			r.ended = true
			if status := m.Header.Get("Status"); status != "" && status != "204" {
				return fmt.Errorf("the server broke off: %s %s", status, m.Header.Get("Description"))
			}
			return nil
		}
		r.rest = m.Data
		if m.Reply != "" {
			return r.nc.Publish(m.Reply, nil)
		}
		return nil
	case <-r.timer.C:
		return errors.New("no chunk came")
	case <-r.ctx.Done():
		return r.ctx.Err()
	}
}
