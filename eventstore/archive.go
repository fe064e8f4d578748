package eventstore

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/nats-io/nats-server/v2/server/archive"
)

// archiveReader reads the messages of the server's archive, in place: what it gives lies in buffers that it makes as it
// goes and never touches again. The server's own reader of the format, [archive.Reader], copies each message twice and
// makes five objects of each; a whole replay is a ninth slower with it. A test holds the two together.
//
// The format: archive.MagicBytes, then entries to the end, each of five varints, a name and a payload.
//
//	len(name)  timestamp (signed)  sequence  len(message header)  len(message data)  name  header  data
//
// A message's name is its subject. State is kept in entries with sequence 0; the last is without name or payload and says
// that the archive is whole.
type archiveReader struct {
	in       io.Reader
	buf      []byte // the buffer that is being filled
	r        int    // what of it has been read
	begun    bool
	whole    bool
	subjects map[string]string // so that a subject that many messages share is one string
}

type archived struct {
	subject string
	seq     uint64
	data    []byte
}

const (
	archiveBuffer   = 256 << 10
	archiveSubjects = 4096
	archiveEntry    = 64 << 20 // larger than the server takes a message to be
)

var errArchive = errors.New("the archive is not of the form that is known here")

// next gives the next entry; io.EOF after the last, if the archive is whole.
func (a *archiveReader) next() (m archived, err error) {
	if !a.begun {
		if err := a.need(len(archive.MagicBytes)); err != nil || string(a.buf[a.r:a.r+len(archive.MagicBytes)]) != archive.MagicBytes {
			return m, errors.Join(errArchive, err)
		}
		a.r += len(archive.MagicBytes)
		a.begun = true
		a.subjects = make(map[string]string, 64)
	}
	if a.whole {
		return m, a.end()
	}
	// The five numbers and the rest of a small entry are nearly always there already.
	if err := a.need(5 * binary.MaxVarintLen64); err != nil && err != io.ErrUnexpectedEOF {
		return m, err
	}
	var n [5]uint64
	at := a.r
	for i := range n {
		v, size := binary.Uvarint(a.buf[at:])
		if size <= 0 {
			return m, errArchive
		}
		n[i], at = v, at+size
	}
	name, header, data := n[0], n[3], n[4]
	if name > archiveEntry || header > archiveEntry || data > archiveEntry {
		return m, errArchive
	}
	m.seq = n[2]
	at -= a.r // the buffer may be another after need
	if err := a.need(at + int(name+header+data)); err != nil {
		return m, errors.Join(errArchive, err)
	}
	at += a.r
	m.subject = a.subject(a.buf[at : at+int(name)])
	at += int(name + header)
	m.data = a.buf[at : at+int(data) : at+int(data)]
	a.r = at + int(data)
	if name == 0 && m.seq == 0 && header == 0 && data == 0 {
		a.whole = true
		return m, a.end()
	}
	return m, nil
}

// end is io.EOF if nothing follows.
func (a *archiveReader) end() error {
	if err := a.need(1); err != io.ErrUnexpectedEOF {
		return errors.Join(errArchive, err)
	}
	return io.EOF
}

func (a *archiveReader) subject(b []byte) string {
	if s, ok := a.subjects[string(b)]; ok {
		return s
	}
	if len(a.subjects) >= archiveSubjects {
		clear(a.subjects)
	}
	s := string(b)
	a.subjects[s] = s
	return s
}

// need makes n bytes available from a.r on, or gives io.ErrUnexpectedEOF if fewer are left. Messages that have been given
// keep their buffer: what of it has not been read is copied to the next.
func (a *archiveReader) need(n int) error {
	for len(a.buf)-a.r < n {
		if a.r+n > cap(a.buf) {
			next := make([]byte, len(a.buf)-a.r, max(archiveBuffer, n))
			copy(next, a.buf[a.r:])
			a.buf, a.r = next, 0
		}
		got, err := a.in.Read(a.buf[len(a.buf):cap(a.buf)])
		a.buf = a.buf[:len(a.buf)+got]
		switch {
		case got > 0:
		case err == io.EOF:
			return io.ErrUnexpectedEOF
		case err != nil:
			return err
		}
	}
	return nil
}
