package domain_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A story is a ledger under test: given acts that are accepted, when one more is recorded, then it is accepted or refused.
//
// An act is written on a line as
//
//	[act id:] <effective> <by> <type> {data} [{further members}] [resolved <day>] [as <principal>]
//
// or as the JSON of a whole act. "resolved <day>" stands for a meeting of ada and grace on that day, both for it. Empty
// lines and those that begin with # are skipped.
type story struct {
	t        *testing.T
	state    *domain.State
	personal map[string]string
	stored   [][]byte
	acts     int
}

func begin(t *testing.T, ledger string) *story {
	return &story{t: t, state: domain.NewState(ledger, time.LoadLocation), personal: map[string]string{}}
}

// given begins a story with acts that must be accepted.
func given(t *testing.T, acts ...string) *story {
	t.Helper()
	return begin(t, "acme").and(acts...)
}

// and adds acts that must be accepted.
func (s *story) and(acts ...string) *story {
	s.t.Helper()
	for _, text := range acts {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
				continue
			}
			text, principal, err := expand(line)
			require.NoError(s.t, err, line)
			s.record(text, principal, line).isAccepted()
		}
	}
	return s
}

// outcome is what became of an act.
type outcome struct {
	*story
	line string
	out  domain.Accepted
	err  error
}

// when records an act; what follows says what is to become of it. An accepted act stays recorded.
func (s *story) when(line string) outcome {
	s.t.Helper()
	text, principal, err := expand(line)
	require.NoError(s.t, err, line)
	return s.tell(text, principal, line)
}

// whenJSON records the text of an act as it comes.
func (s *story) whenJSON(text string) outcome { return s.tell([]byte(text), "operator", text) }

// tell records an act, and in a copy of the ledger that was loaded anew as well: both must come to the same.
func (s *story) tell(text []byte, principal, line string) outcome {
	s.t.Helper()
	loaded := s.restarted().record(text, principal, line)
	o := s.record(text, principal, line)
	assert.Equal(s.t, fmt.Sprint(o.err), fmt.Sprint(loaded.err), "once the ledger is loaded again, it judges otherwise:\n%s", line)
	assert.Equal(s.t, string(o.out.Stored), string(loaded.out.Stored), "once the ledger is loaded again, it stores something else:\n%s", line)
	return o
}

func (s *story) record(text []byte, principal, line string) outcome {
	o := outcome{story: s, line: line}
	a, _, err := domain.DecodeAct(text)
	if err != nil {
		o.err = err
		return o
	}
	s.acts++
	o.out, o.err = s.state.Decide(a, domain.Recording{
		Principal: principal,
		Now:       time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC).Add(time.Duration(s.acts) * time.Minute),
		ID:        fmt.Sprintf("act-%d", s.acts),
		Seed:      sha256.Sum256([]byte(a.ID)),
		Open:      func(seal string) (string, bool) { text, ok := s.personal[seal]; return text, ok },
	})
	if o.err == nil && !o.out.Known {
		s.state.Commit(o.out.Seq)
		s.stored = append(s.stored, o.out.Stored)
		for _, p := range o.out.Personal {
			s.personal[p.Seal] = p.Text
		}
	}
	return o
}

func (o outcome) isAccepted() outcome {
	o.t.Helper()
	require.NoError(o.t, o.err, o.line)
	return o
}

// isRefused asserts the rule and the field; a refusal leaves nothing behind.
func (o outcome) isRefused(code domain.Code, path string) outcome {
	o.t.Helper()
	o.isRefusedFor(code)
	var r *domain.Refusal
	require.ErrorAs(o.t, o.err, &r)
	require.Equal(o.t, path, r.Path, "path of %v\n%s", o.err, o.line)
	return o
}

// isRefusedFor asserts the rule alone; one of several where DOMAIN leaves open which.
func (o outcome) isRefusedFor(codes ...domain.Code) outcome {
	o.t.Helper()
	require.Error(o.t, o.err, "accepted, and should be refused for %s:\n%s", codes, o.line)
	require.Contains(o.t, codes, domain.CodeOf(o.err), "%v\n%s", o.err, o.line)
	return o
}

// naming asserts the acts that stand in the way.
func (o outcome) naming(acts ...string) outcome {
	o.t.Helper()
	var r *domain.Refusal
	require.ErrorAs(o.t, o.err, &r)
	require.ElementsMatch(o.t, acts, r.Acts, "%v", o.err)
	return o
}

// withReceiptOf asserts that the act was known already, and got the receipt of the first.
func (o outcome) withReceiptOf(seq uint64) outcome {
	o.t.Helper()
	o.isAccepted()
	require.True(o.t, o.out.Known, "recorded anew:\n%s", o.line)
	require.Equal(o.t, seq, o.out.Seq)
	return o
}

// standsUnder asserts the delegation that the ledger put a grant under.
func (o outcome) standsUnder(id string) outcome {
	o.t.Helper()
	o.isAccepted()
	_, a, err := domain.ReadStored(o.out.Stored)
	require.NoError(o.t, err)
	require.Equal(o.t, id, a.Data.(*domain.DelegationGranted).Under)
	return o
}

// restarted is the same ledger, loaded again from what it stored.
func (s *story) restarted() *story {
	s.t.Helper()
	again := begin(s.t, s.state.Ledger())
	for _, b := range s.stored {
		require.NoError(s.t, again.state.Load(b))
	}
	again.personal, again.stored, again.acts = maps.Clone(s.personal), slices.Clip(s.stored), s.acts
	return again
}

// expand makes a line of a story the JSON of an act.
func expand(line string) (text []byte, principal string, err error) {
	principal = "operator"
	if strings.HasPrefix(line, "{") {
		return []byte(line), principal, nil
	}
	head, rest, _ := strings.Cut(line, "{")
	words := strings.Fields(head)
	act := map[string]any{}
	if len(words) > 0 && strings.HasSuffix(words[0], ":") {
		act["id"], words = strings.TrimSuffix(words[0], ":"), words[1:]
	}
	if len(words) != 3 {
		return nil, "", fmt.Errorf("a line is <effective> <by> <type> {data}, not %q", head)
	}
	act["effective"], act["by"], act["type"] = words[0], words[1], words[2]
	d := json.NewDecoder(strings.NewReader("{" + rest))
	var data json.RawMessage
	if err := d.Decode(&data); err != nil {
		return nil, "", fmt.Errorf("data: %w", err)
	}
	act["data"] = data
	tail := ("{" + rest)[d.InputOffset():]
	if t := strings.TrimSpace(tail); strings.HasPrefix(t, "{") {
		d = json.NewDecoder(strings.NewReader(t))
		more := map[string]json.RawMessage{}
		if err := d.Decode(&more); err != nil {
			return nil, "", fmt.Errorf("further members: %w", err)
		}
		for k, v := range more {
			act[k] = v
		}
		tail = t[d.InputOffset():]
	}
	words = strings.Fields(tail)
	for len(words) >= 2 {
		switch words[0] {
		case "resolved":
			act["resolution"] = json.RawMessage(fmt.Sprintf(`{"date":%q,"method":"meeting","present":["ada","grace"],"for":["ada","grace"]}`, words[1]))
		case "as":
			principal = words[1]
		default:
			return nil, "", fmt.Errorf("what is %q?", words[0])
		}
		words = words[2:]
	}
	if len(words) > 0 {
		return nil, "", fmt.Errorf("what is %q?", words)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err = e.Encode(act)
	return bytes.TrimSpace(b.Bytes()), principal, err
}
