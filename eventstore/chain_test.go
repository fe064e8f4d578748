package eventstore

import (
	"bytes"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func FuzzReadHeaderAgreesWithReadEnvelope(f *testing.F) {
	s := &scribe{ledger: "acme"}
	for range 3 {
		f.Add(s.entry(30).Data)
	}
	f.Add([]byte(`{"specversion":"1.0","id":"a\"b,\"seq\":\"9\"","source":"/ledgers/acme","type":"buckstop.a.v1","time":"2026-03-09T10:12:00Z","format":"1","seq":"1","recordedby":"p","data":{}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := domain.ReadEnvelope(b)
		h, herr := readHeader(b)
		if err != nil {
			return // the reader of the acts refuses it
		}
		require.NoError(t, herr)
		require.Equal(t, e.Seq, h.seq)
		require.Equal(t, "/ledgers/"+e.Ledger, string(h.source))
		require.True(t, bytes.Equal([]byte(e.Prev), h.prev))
	})
}

func BenchmarkReadHeader(b *testing.B) {
	s := &scribe{ledger: "acme"}
	data := s.entries(2, 60)[1].Data
	b.Run("header", func(b *testing.B) {
		for b.Loop() {
			_, _ = readHeader(data)
		}
	})
	b.Run("envelope", func(b *testing.B) {
		for b.Loop() {
			_, _ = domain.ReadEnvelope(data)
		}
	})
	b.Run("leaf", func(b *testing.B) {
		for b.Loop() {
			_ = domain.LeafHash(data)
		}
	})
}
