package eventstore

import (
	"bytes"
	"io"
	"testing"
	"testing/iotest"

	"github.com/nats-io/nats-server/v2/server/archive"
	"github.com/stretchr/testify/require"
)

// archived by the server's own writer.
func archiveOf(t testing.TB, whole bool, sizes ...int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := archive.NewWriter(&b)
	add := func(name string, seq uint64, header, data int) {
		require.NoError(t, w.WriteHeader(&archive.Header{Name: name, Timestamp: -5, Sequence: seq, HeaderSize: int64(header), PayloadSize: int64(data)}))
		_, err := w.Write(bytes.Repeat([]byte{byte(seq)}, header+data))
		require.NoError(t, err)
	}
	add("state.json", 0, 0, 30)
	for i, size := range sizes {
		add("ledger.acme.a.b", uint64(i+1), i%7*20, size)
	}
	if whole {
		add("", 0, 0, 0)
	}
	return b.Bytes()
}

// theirs reads an archive with the server's own reader.
func theirs(b []byte) (out []archived, err error) {
	r := archive.NewReader(bytes.NewReader(b))
	for {
		h, err := r.Next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		buf, err := io.ReadAll(r)
		if err != nil {
			return out, err
		}
		out = append(out, archived{h.Name, h.Sequence, buf[h.HeaderSize:]})
	}
}

func ours(r io.Reader) (out []archived, err error) {
	a := &archiveReader{in: r}
	for {
		m, err := a.next()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, m)
	}
}

func TestArchivesAreReadAsTheServerReadsThem(t *testing.T) {
	sizes := []int{0, 1, 127, 128, 60_000, 200_000, 3, archiveBuffer, archiveBuffer - 1, 2 * archiveBuffer, 5}
	b := archiveOf(t, true, sizes...)
	want, err := theirs(b)
	require.NoError(t, err)
	for name, r := range map[string]io.Reader{
		"at once": bytes.NewReader(b), "by bytes": iotest.OneByteReader(bytes.NewReader(b)), "by halves": iotest.HalfReader(bytes.NewReader(b)),
		"with its end": iotest.DataErrReader(bytes.NewReader(b)),
	} {
		got, err := ours(r)
		require.NoError(t, err, name)
		require.Len(t, got, len(sizes)+1, name)
		for i := range got { // theirs gives the end as an entry
			require.Equal(t, want[i].subject, got[i].subject)
			require.Equal(t, want[i].seq, got[i].seq)
			require.True(t, bytes.Equal(want[i].data, got[i].data), name)
		}
	}
}

func TestAnArchiveThatIsNotWholeIsRefused(t *testing.T) {
	b := archiveOf(t, true, 10, 200, 3)
	for n := range b {
		_, err := ours(bytes.NewReader(b[:n]))
		require.Error(t, err, "%d of %d bytes", n, len(b))
	}
	_, err := ours(bytes.NewReader(append(b, 0)))
	require.Error(t, err)
	_, err = ours(bytes.NewReader(archiveOf(t, false, 10)))
	require.Error(t, err)
	_, err = ours(bytes.NewReader([]byte("an older server sends a tar archive")))
	require.ErrorIs(t, err, errArchive)
}

func FuzzArchive(f *testing.F) {
	f.Add(archiveOf(f, true, 10, 300, 0))
	f.Add(archiveOf(f, true))
	f.Add([]byte("NATSARC1\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ours(bytes.NewReader(b))
		if err != nil {
			return
		}
		want, err := theirs(b)
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(want), len(got))
		for i := range got {
			require.Equal(t, want[i].subject, got[i].subject)
			require.Equal(t, want[i].seq, got[i].seq)
			require.True(t, bytes.Equal(want[i].data, got[i].data))
		}
	})
}
