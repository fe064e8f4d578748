package domain

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Envelope is what only the ledger can say of an act: it wraps the act's own JSON as a CloudEvent in structured JSON
// mode (CloudEvents 1.0). The bytes that [Envelope.Append] gives are what is stored, hashed and published; they are never
// made again from a decoded value.
type Envelope struct {
	ID         string    // the act's id
	Ledger     string    // the ledger's id; the event's source is /ledgers/<ledger>
	Type       string    // the act's type, without prefix or version
	Version    int       // of the type's form, 1 being the first
	Subject    string    // the scope or party concerned; empty for none
	Recorded   time.Time // by the writer's clock, never going backwards from one act to the next
	Seq        uint64    // from 1, without gaps
	RecordedBy string    // the principal that recorded it
	Prev       string    // the leaf hash of the act before it, in hex; empty for the first
	Dates      string    // which of the act's times were given as days, space separated (see [Act.Dates])
	Act        []byte    // the act, as JSON

	prev [sha256.Size]byte // what Prev says, once read
}

// The form of what is stored. A change of it is a new number, and every number ever used stays readable.
const format = "1"

// Append adds the stored form of e to b and gives the extended slice.
func (e *Envelope) Append(b []byte) []byte {
	str := func(name, value string) {
		b = append(b, ',', '"')
		b = append(b, name...)
		b = append(b, '"', ':')
		b = quote(b, value)
	}
	b = append(b, `{"specversion":"1.0"`...)
	str("id", e.ID)
	str("source", "/ledgers/"+e.Ledger)
	str("type", "buckstop."+e.Type+".v"+strconv.Itoa(e.Version))
	if e.Subject != "" {
		str("subject", e.Subject)
	}
	str("time", e.Recorded.UTC().Format(time.RFC3339Nano))
	b = append(b, `,"datacontenttype":"application/json","format":"`+format+`"`...)
	str("seq", strconv.FormatUint(e.Seq, 10))
	str("recordedby", e.RecordedBy)
	if e.Prev != "" {
		str("prev", e.Prev)
	}
	if e.Dates != "" {
		str("dates", e.Dates)
	}
	b = append(b, `,"data":`...)
	b = append(b, e.Act...)
	return append(b, '}')
}

var leafRoom = sync.Pool{New: func() any { return new([]byte) }}

// LeafHash is the RFC 6962 hash of a stored act as a leaf of the ledger's log: SHA-256 of a zero byte and the bytes.
func LeafHash(stored []byte) [sha256.Size]byte {
	room := leafRoom.Get().(*[]byte)
	*room = append(append((*room)[:0], 0), stored...)
	sum := sha256.Sum256(*room)
	leafRoom.Put(room)
	return sum
}

// ReadEnvelope reads the stored form of an act as far as what wraps it; the act itself stays unread in Act. It refuses
// what is not of a form the ledger writes, naming the field.
func ReadEnvelope(stored []byte) (Envelope, error) { return readEnvelope(stored, &Envelope{}) }

// readEnvelope takes the strings that are the same in the envelope before from there.
func readEnvelope(stored []byte, before *Envelope) (Envelope, error) {
	var e Envelope
	rest, ok := bytes.CutPrefix(stored, []byte(`{"specversion":"1.0"`))
	if !ok {
		return e, fmt.Errorf("a stored act begins with the CloudEvents version 1.0")
	}
	var seen []byte
	for {
		rest, ok = bytes.CutPrefix(rest, []byte(`,"`))
		if !ok {
			return e, fmt.Errorf("the stored act breaks off after %q", seen)
		}
		end := bytes.IndexByte(rest, '"')
		if end < 0 || end+1 >= len(rest) || rest[end+1] != ':' {
			return e, fmt.Errorf("the stored act breaks off after %q", seen)
		}
		name := rest[:end]
		rest = rest[end+2:]
		if string(name) == "data" {
			if len(rest) < 2 || rest[len(rest)-1] != '}' {
				return e, fmt.Errorf("the stored act breaks off in its data")
			}
			e.Act = rest[:len(rest)-1]
			return e, e.check()
		}
		n, value, err := quoted(rest)
		if err != nil {
			return e, fmt.Errorf("the stored act's %s: %w", name, err)
		}
		if err := e.set(name, value, before); err != nil {
			return e, err
		}
		seen, rest = name, rest[n:]
	}
}

// quoted reads the JSON string at the head of b and gives its length there and its value.
func quoted(b []byte) (int, []byte, error) {
	if len(b) > 0 && b[0] == '"' {
		if end := bytes.IndexByte(b[1:], '"'); end >= 0 && bytes.IndexByte(b[1:1+end], '\\') < 0 {
			return end + 2, b[1 : 1+end], nil
		}
	}
	d := jsontext.NewDecoder(bytes.NewReader(b))
	v, err := d.ReadValue()
	if err != nil {
		return 0, nil, err
	}
	n := len(v)
	s, err := jsontext.AppendUnquote(nil, v)
	return n, s, err
}

func (e *Envelope) set(name, value []byte, before *Envelope) (err error) {
	switch string(name) {
	case "id":
		e.ID = string(value)
	case "source":
		ledger, ok := bytes.CutPrefix(value, []byte("/ledgers/"))
		if !ok {
			return fmt.Errorf("the stored act's source %q is no ledger", value)
		}
		e.Ledger = again(ledger, before.Ledger)
	case "type":
		return e.setType(value)
	case "subject":
		e.Subject = string(value)
	case "time":
		e.Recorded, err = time.Parse(time.RFC3339Nano, string(value))
	case "datacontenttype":
		if string(value) != "application/json" {
			return fmt.Errorf("the stored act holds %q; this version reads application/json", value)
		}
	case "format":
		if string(value) != format {
			return fmt.Errorf("the stored act is of format %q; this version reads format %s", value, format)
		}
	case "seq":
		e.Seq, err = strconv.ParseUint(string(value), 10, 64)
	case "recordedby":
		e.RecordedBy = again(value, before.RecordedBy)
	case "prev":
		if n, err := hex.Decode(e.prev[:], value[:min(len(value), 2*sha256.Size)]); err != nil || n != sha256.Size || len(value) != 2*sha256.Size || hasUpper(value) {
			return fmt.Errorf("the stored act's prev %q is no SHA-256 in hex", value)
		}
		e.Prev = string(value)
	case "dates":
		e.Dates = string(value)
	default:
		return fmt.Errorf("the stored act has an attribute %q that this version does not know", name)
	}
	return err
}

func hasUpper(b []byte) bool {
	for _, c := range b {
		if c >= 'A' && c <= 'Z' {
			return true
		}
	}
	return false
}

// again gives b as a string, the one at hand if it is the same.
func again(b []byte, at string) string {
	if string(b) == at {
		return at
	}
	return string(b)
}

func (e *Envelope) setType(value []byte) error {
	v, ok := bytes.CutPrefix(value, []byte("buckstop."))
	dot := bytes.LastIndex(v, []byte(".v"))
	if !ok || dot < 0 {
		return fmt.Errorf("the stored act's type %q is not of the form buckstop.<type>.v<version>", value)
	}
	n, err := strconv.Atoi(string(v[dot+2:]))
	if err != nil || n < 1 {
		return fmt.Errorf("the stored act's type %q has no version", value)
	}
	if t := byName[string(v[:dot])]; t != nil {
		e.Type, e.Version = t.Name, n
		return nil
	}
	e.Type, e.Version = string(v[:dot]), n
	return nil
}

func (e *Envelope) check() error {
	switch {
	case e.ID == "" || e.Ledger == "" || e.Type == "" || e.RecordedBy == "" || e.Recorded.IsZero() || e.Seq == 0:
		return fmt.Errorf("the stored act lacks one of id, source, type, time, seq and recordedby")
	case (e.Seq == 1) != (e.Prev == ""):
		return fmt.Errorf("the stored act %d must name the act before it, and the first must not", e.Seq)
	}
	return nil
}
