package cli

import (
	"bufio"
	"io"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func TestALineTooLongIsARowErrorAndIsNotKept(t *testing.T) {
	long := io.MultiReader(strings.NewReader("{}\n"), io.LimitReader(endless('x'), 3*maxRow), strings.NewReader("\n\n {\"id\":\"a\"}"))
	r := readRows(&input{Reader: bufio.NewReader(long)})
	first, err := r.next("acme")
	require.NoError(t, err)
	require.NoError(t, first.err)
	second, err := r.next("acme")
	require.NoError(t, err)
	require.Equal(t, domain.Invalid, domain.CodeOf(second.err))
	require.Equal(t, 2, second.line)
	require.LessOrEqual(t, len(second.text), maxRow)
	third, err := r.next("acme")
	require.NoError(t, err)
	require.Equal(t, "a", third.ID)
	require.Equal(t, 4, third.line)
	_, err = r.next("acme")
	require.Equal(t, io.EOF, err)
	require.EqualValues(t, 3+3*maxRow+2+len(` {"id":"a"}`), r.read)
}

func TestAByteOrderMarkIsPassedOver(t *testing.T) {
	const opening = "\xef\xbb\xbf" + `{"id":"a1","type":"ledger.opened","effective":"2026-01-01","by":"board",` +
		`"data":{"organization":{"name":"Acme"},"governingBody":{"id":"board","name":"Board"}}}`
	for _, command := range []string{"record", "import"} {
		succeeds(t, opening, "--data", t.TempDir(), "--ledger", "acme", command, "-")
	}
}

type endless byte

func (e endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(e)
	}
	return len(b), nil
}

func TestIDsOfActsWithoutOneAreTheSameEachTime(t *testing.T) {
	read := func(ledger, text string) (ids []string) {
		r := readRows(&input{Reader: bufio.NewReader(strings.NewReader(text))})
		for {
			row, err := r.next(ledger)
			if err == io.EOF {
				return ids
			}
			require.NoError(t, err)
			require.Contains(t, string(row.text), row.ID)
			require.True(t, domain.ValidID(row.ID), row.ID)
			ids = append(ids, row.ID)
		}
	}
	const text = "{\"type\":\"x\"}\n{ \"type\" : \"x\" }\n{\"id\":\"mine\",\"type\":\"x\"}\n{\"type\":\"y\"}\n{}\n"
	ids := read("acme", text)
	require.Len(t, sorted(ids), 5, "an act given twice is two acts")
	require.Equal(t, ids, read("acme", text))
	require.Equal(t, "mine", ids[2])
	require.Equal(t, ids[3], read("acme", "{\"type\":\"y\"}")[0], "where it stands in the file makes no difference")
	require.NotEqual(t, ids[3], read("other", "{\"type\":\"y\"}")[0], "the same act in another ledger is another")
}

func TestPatternsMatchAsThoseOfNATS(t *testing.T) {
	const subject = "ledger.acme.delegation.granted.claims%2Etriage"
	for pattern, want := range map[string]bool{
		"delegation.>": true, "delegation.granted.claims%2Etriage": true, "*.granted": true, "*.granted.*": true, "delegation": true, ">": true,
		"*.*.*": true, "*.*.*.>": false, "*.*.*.*": false, "delegation.revoked": false, "granted": false, "delegation.granted.>": true,
	} {
		require.Equal(t, want, matches(subjectPattern(pattern), subject), pattern)
	}
	for _, none := range []string{"", ".", "a..b", ">.a", "a*", "a b"} {
		require.Nil(t, subjectPattern(none), none)
	}
}
