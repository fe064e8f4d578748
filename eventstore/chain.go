package eventstore

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"

	"buckstop/domain"
)

// chain checks entries as they are read, in order: that none is missing, and that each says of itself that it belongs
// where it lies. It is used by one goroutine.
type chain struct {
	ledger string
	stream string // the stream's name, where it is not that of the acts
	loose  bool   // entries say nothing of where they belong
	source []byte // what an entry's source must be
	seen   uint64 // the last entry that was checked
	prev   [64]byte
}

func newChain(ledger string) *chain {
	return &chain{ledger: ledger, source: []byte("/ledgers/" + ledger)}
}

// next checks the entry that lies at seq and gives its leaf hash.
func (c *chain) next(seq uint64, data []byte) (leaf [32]byte, err error) {
	if seq != c.seen+1 {
		return leaf, c.damage(Gap, fmt.Sprintf("it is missing: entry %d follows entry %d", seq, c.seen))
	}
	if c.loose {
		leaf = domain.LeafHash(data)
		c.advance(seq, leaf)
		return leaf, nil
	}
	h, err := readHeader(data)
	switch {
	case err != nil:
		return leaf, c.damage(Foreign, "it is not in the form of a stored act: "+err.Error())
	case !bytes.Equal(h.source, c.source):
		return leaf, c.damage(Foreign, fmt.Sprintf("it says that it is of %q", h.source))
	case h.seq != seq:
		return leaf, c.damage(Foreign, fmt.Sprintf("it says that it is entry %d", h.seq))
	case seq == 1 && len(h.prev) > 0:
		return leaf, c.damage(Broken, "it is the first entry and names one before it")
	case seq > 1 && !bytes.Equal(h.prev, c.prev[:]):
		return leaf, c.damage(Broken, fmt.Sprintf("it names %q as the hash of the entry before it, which is %q", h.prev, c.prev))
	}
	leaf = domain.LeafHash(data)
	c.advance(seq, leaf)
	return leaf, nil
}

func (c *chain) advance(seq uint64, leaf [32]byte) {
	c.seen = seq
	hex.Encode(c.prev[:], leaf[:])
}

// ends checks that the log is to end where the entries did.
func (c *chain) ends(last uint64) error {
	if c.seen >= last {
		return nil
	}
	return c.damage(Short, fmt.Sprintf("it is missing: JetStream counts %d entries, and the last that can be read is %d", last, c.seen))
}

func (c *chain) damage(kind Kind, what string) error { return c.damageAt(c.seen+1, kind, what) }

func (c *chain) damageAt(seq uint64, kind Kind, what string) error {
	cure := restore
	if c.stream != "" {
		cure = fmt.Sprintf(restoreOther, c.stream)
	}
	return &DamageError{Ledger: c.ledger, Stream: c.stream, Seq: seq, Kind: kind, What: what, Cure: cure}
}

// header is what of an entry's wrapping says where it belongs.
type header struct {
	source, prev []byte
	seq          uint64
}

// readHeader reads the wrapping of a stored act as far as the header needs, without the cost of [domain.ReadEnvelope].
// It goes from attribute to attribute up to the data, so that nothing inside a value is taken for an attribute; where it
// meets a value with an escape it leaves the whole to ReadEnvelope.
func readHeader(stored []byte) (h header, err error) {
	rest, ok := bytes.CutPrefix(stored, []byte(`{"specversion":"1.0"`))
	for ok {
		if rest, ok = bytes.CutPrefix(rest, []byte(`,"`)); !ok {
			break
		}
		end := bytes.IndexByte(rest, '"')
		if end < 0 || end+2 >= len(rest) || rest[end+1] != ':' {
			break
		}
		name := rest[:end]
		if string(name) == "data" {
			return h, nil
		}
		if rest[end+2] != '"' {
			break
		}
		rest = rest[end+3:]
		end = bytes.IndexByte(rest, '"')
		if end < 0 || bytes.IndexByte(rest[:end], '\\') >= 0 {
			break
		}
		value := rest[:end]
		rest = rest[end+1:]
		switch string(name) {
		case "source":
			h.source = value
		case "seq":
			if h.seq, err = strconv.ParseUint(string(value), 10, 64); err != nil {
				return h, fmt.Errorf("its sequence is %q", value)
			}
		case "prev":
			h.prev = value
		}
	}
	e, err := domain.ReadEnvelope(stored)
	if err != nil {
		return h, err
	}
	return header{source: []byte("/ledgers/" + e.Ledger), prev: []byte(e.Prev), seq: e.Seq}, nil
}
