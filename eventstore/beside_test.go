package eventstore

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// besides are the streams that lie beside the acts.
var besides = map[string]func(string, int) jetstream.StreamConfig{"REFUSED_acme": attemptsConfig, "FINDINGS_acme": findingsConfig}

func TestTheStreamsBesideTheActsAreMadeWithTheLedgerAndWhereTheyAreMissing(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	s := l.server
	look := func() {
		t.Helper()
		for name, subject := range map[string]string{"REFUSED_acme": "refused.acme.>", "FINDINGS_acme": "finding.acme.>"} {
			stream, err := s.js.Stream(ctx, name)
			require.NoError(t, err)
			c := stream.CachedInfo().Config
			assert.Equal(t, []string{subject}, c.Subjects)
			assert.Equal(t, jetstream.FileStorage, c.Storage)
			assert.Equal(t, jetstream.LimitsPolicy, c.Retention)
			assert.True(t, c.DenyDelete && c.DenyPurge)
			if name == "REFUSED_acme" {
				assert.Equal(t, 366*24*time.Hour, c.MaxAge, "a year, be it a leap year")
			} else {
				assert.Zero(t, c.MaxAge)
			}
			// As in a ledger from before there were such streams.
			require.NoError(t, s.js.DeleteStream(ctx, name))
		}
	}
	look()
	_, err := s.Open(ctx, "acme")
	require.NoError(t, err)
	look()
	ids, err := s.Ledgers(ctx)
	require.NoError(t, err)
	require.Equal(t, []string{"acme"}, ids)
}

func TestAStreamBesideTheActsThatWouldLoseMessagesIsRefusedByName(t *testing.T) {
	ctx := context.Background()
	l, _ := acme(t)
	s := l.server
	for name, config := range besides {
		for _, c := range []streamChange{
			{"max_age", func(c *jetstream.StreamConfig) { c.MaxAge = 30 * 24 * time.Hour }},
			{"max_msgs", func(c *jetstream.StreamConfig) { c.MaxMsgs = 100 }},
			{"deny_purge", func(c *jetstream.StreamConfig) { c.DenyPurge = false }},
			{"storage", func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage }},
		} {
			require.NoError(t, s.js.DeleteStream(ctx, name))
			cfg := config("acme", 1)
			c.change(&cfg)
			_, err := s.js.CreateStream(ctx, cfg)
			require.NoError(t, err)
			_, err = s.Open(ctx, "acme")
			require.ErrorIs(t, err, ErrDrift, "%s %s", name, c.setting)
			require.ErrorContains(t, err, name)
			require.ErrorContains(t, err, " "+c.setting+" is ")
		}
		require.NoError(t, s.js.DeleteStream(ctx, name))
	}
	for _, age := range []time.Duration{0, 20 * 366 * 24 * time.Hour} {
		cfg := attemptsConfig("acme", 1)
		cfg.MaxAge = age
		_, err := s.js.CreateOrUpdateStream(ctx, cfg)
		require.NoError(t, err)
		_, err = s.Open(ctx, "acme")
		require.NoError(t, err, "for longer than a year is welcome")
	}
}

func TestTheLedgerGoesOnWithoutTheStreamsBesideIt(t *testing.T) {
	ctx := context.Background()
	l, sc := acme(t)
	s := l.server
	fill(t, l, sc, 3)
	for name := range besides {
		require.NoError(t, s.js.DeleteStream(ctx, name))
	}
	begin := time.Now()
	require.ErrorIs(t, l.Attempts().Append(ctx, attempts(1)), ErrNotFound)
	require.ErrorIs(t, l.Attempts().Append(ctx, attempts(30)), ErrNotFound)
	require.ErrorIs(t, l.Attempts().Read(ctx, AttemptQuery{}, nil), ErrNotFound)
	require.Less(t, time.Since(begin), attemptPatience/2, "it does not wait for what will not come")
	_, err := l.Findings().Last(ctx)
	require.ErrorIs(t, err, ErrNotFound)
	fill(t, l, sc, 20)

	// Neither can be made while another stream has the subjects.
	_, err = s.js.CreateStream(ctx, jetstream.StreamConfig{Name: "theirs", Subjects: []string{"refused.>", "finding.>"}})
	require.NoError(t, err)
	l, err = s.Open(ctx, "acme")
	require.NoError(t, err)
	fill(t, l, sc, 20)
	require.Len(t, all(t, l), 43)
	begin = time.Now()
	require.ErrorIs(t, l.Attempts().Append(ctx, attempts(1)), ErrUnavailable)
	require.Less(t, time.Since(begin), attemptPatience/2)
	_, err = l.Findings().Last(ctx)
	require.ErrorIs(t, err, ErrUnavailable)
	require.NoError(t, s.js.DeleteStream(ctx, "theirs"))
	_, err = l.Findings().Last(ctx)
	require.NoError(t, err, "it is made as soon as it can be")
}
