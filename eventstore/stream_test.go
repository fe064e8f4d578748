package eventstore

import (
	"context"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type streamChange struct {
	setting string
	change  func(*jetstream.StreamConfig)
}

// What an administrator can change in a running stream.
var updates = []streamChange{
	{"subjects", func(c *jetstream.StreamConfig) { c.Subjects = []string{"ledger.acme.>", "other.>"} }},
	{"retention", func(c *jetstream.StreamConfig) { c.Retention = jetstream.InterestPolicy }},
	{"discard", func(c *jetstream.StreamConfig) { c.Discard = jetstream.DiscardOld }},
	{"max_age", func(c *jetstream.StreamConfig) { c.MaxAge = time.Hour }},
	{"max_msgs", func(c *jetstream.StreamConfig) { c.MaxMsgs = 100 }},
	{"max_bytes", func(c *jetstream.StreamConfig) { c.MaxBytes = 1 << 20 }},
	{"max_msgs_per_subject", func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject = 3 }},
	{"discard_new_per_subject", func(c *jetstream.StreamConfig) { c.MaxMsgsPerSubject, c.DiscardNewPerSubject = 3, true }},
	{"max_msg_size", func(c *jetstream.StreamConfig) { c.MaxMsgSize = 1000 }},
	{"max_consumers", func(c *jetstream.StreamConfig) { c.MaxConsumers = 2 }},
	{"consumer_limits", func(c *jetstream.StreamConfig) { c.ConsumerLimits.MaxAckPending = 1 }},
	{"duplicate_window", func(c *jetstream.StreamConfig) { c.Duplicates = time.Minute }},
	{"compression", func(c *jetstream.StreamConfig) { c.Compression = jetstream.S2Compression }},
	{"allow_atomic", func(c *jetstream.StreamConfig) { c.AllowAtomicPublish = false }},
	{"allow_batched", func(c *jetstream.StreamConfig) { c.AllowBatchPublish = true }},
	{"allow_direct", func(c *jetstream.StreamConfig) { c.AllowDirect = true }},
	{"allow_msg_ttl", func(c *jetstream.StreamConfig) { c.AllowMsgTTL = true }},
	{"subject_delete_marker_ttl", func(c *jetstream.StreamConfig) {
		c.AllowMsgTTL, c.SubjectDeleteMarkerTTL, c.DenyPurge, c.AllowRollup = true, time.Minute, false, true
	}},
	{"allow_msg_schedules", func(c *jetstream.StreamConfig) {
		c.AllowMsgSchedules, c.AllowMsgTTL, c.Discard, c.DenyPurge = true, true, jetstream.DiscardOld, false
	}},
	{"republish", func(c *jetstream.StreamConfig) {
		c.RePublish = &jetstream.RePublish{Source: ">", Destination: "copy.>"}
	}},
	{"subject_transform", func(c *jetstream.StreamConfig) {
		c.SubjectTransform = &jetstream.SubjectTransformConfig{Source: "ledger.acme.a.>", Destination: "ledger.acme.b.>"}
	}},
	{"sources", func(c *jetstream.StreamConfig) { c.Sources = []*jetstream.StreamSource{{Name: "elsewhere"}} }},
	{"sealed", func(c *jetstream.StreamConfig) { c.Sealed = true }},
	{"no_ack", func(c *jetstream.StreamConfig) { c.NoAck = true; c.AllowAtomicPublish = false }},
}

// What only whoever creates the stream can choose.
var creations = []streamChange{
	{"storage", func(c *jetstream.StreamConfig) { c.Storage = jetstream.MemoryStorage }},
	{"retention", func(c *jetstream.StreamConfig) { c.Retention = jetstream.WorkQueuePolicy }},
	{"deny_delete", func(c *jetstream.StreamConfig) { c.DenyDelete = false }},
	{"deny_purge", func(c *jetstream.StreamConfig) { c.DenyPurge = false }},
	{"allow_rollup_hdrs", func(c *jetstream.StreamConfig) { c.AllowRollup, c.DenyPurge = true, false }},
	{"persist_mode", func(c *jetstream.StreamConfig) {
		c.PersistMode, c.AllowAtomicPublish = jetstream.AsyncPersistMode, false
	}},
	{"allow_msg_counter", func(c *jetstream.StreamConfig) { c.AllowMsgCounter, c.Discard = true, jetstream.DiscardOld }},
	{"first_seq", func(c *jetstream.StreamConfig) { c.FirstSeq = 100 }},
	{"mirror", func(c *jetstream.StreamConfig) {
		c.Mirror, c.Subjects, c.AllowAtomicPublish = &jetstream.StreamSource{Name: "elsewhere"}, nil, false
	}},
}

func TestDriftIsRefusedByName(t *testing.T) {
	ctx := context.Background()
	s := open(t, Config{Dir: t.TempDir()})
	_, err := s.js.CreateStream(ctx, jetstream.StreamConfig{Name: "elsewhere", Subjects: []string{"elsewhere"}})
	require.NoError(t, err)
	refused := func(t *testing.T, setting string) {
		t.Helper()
		_, err := s.Open(ctx, "acme")
		require.ErrorIs(t, err, ErrDrift)
		require.ErrorContains(t, err, " "+setting+" is ")
		var d *DriftError
		require.ErrorAs(t, err, &d)
		for _, one := range d.Drifts {
			assert.NotEqual(t, one.Is, one.Must, one.Setting)
		}
		require.NoError(t, s.js.DeleteStream(ctx, d.Stream))
	}
	for _, c := range updates {
		t.Run("changed/"+c.setting, func(t *testing.T) {
			defer func() { _ = s.js.DeleteStream(ctx, "LEDGER_acme") }()
			_, err := s.Create(ctx, "acme")
			require.NoError(t, err)
			cfg := streamConfig("acme", 1)
			c.change(&cfg)
			if cfg.DenyPurge { // what cannot be withdrawn is created so
				_, err = s.js.UpdateStream(ctx, cfg)
			} else {
				require.NoError(t, s.js.DeleteStream(ctx, cfg.Name))
				_, err = s.js.CreateStream(ctx, cfg)
			}
			require.NoError(t, err)
			refused(t, c.setting)
		})
	}
	for _, c := range creations {
		t.Run("created/"+c.setting, func(t *testing.T) {
			defer func() { _ = s.js.DeleteStream(ctx, "LEDGER_acme") }()
			cfg := streamConfig("acme", 1)
			c.change(&cfg)
			_, err := s.js.CreateStream(ctx, cfg)
			require.NoError(t, err)
			refused(t, c.setting)
		})
	}
	t.Run("the bucket of personal values", func(t *testing.T) {
		_, err := s.Create(ctx, "acme")
		require.NoError(t, err)
		cfg := personalConfig("acme", 1)
		cfg.MaxAge = time.Hour
		_, err = s.js.UpdateStream(ctx, cfg)
		require.NoError(t, err)
		refused(t, "max_age")
		_, err = s.Open(ctx, "acme")
		require.ErrorIs(t, err, ErrNotFound)
		require.ErrorContains(t, err, "KV_PERSONAL_acme")
	})
}

func TestEveryDriftIsNamedAtOnce(t *testing.T) {
	is, must := streamConfig("acme", 1), streamConfig("acme", 3)
	is.MaxAge, is.DenyPurge, is.MirrorDirect = time.Hour, false, true
	var names []string
	for _, d := range drift(is, must) {
		names = append(names, d.Setting+" "+d.Is+" "+d.Must)
	}
	assert.Equal(t, []string{"num_replicas 1 at least 3", "deny_purge false true", "mirror_direct true false", "max_age 1h0m0s 0s"}, names)
	assert.Empty(t, drift(streamConfig("acme", 3), streamConfig("acme", 1)), "more replicas than asked for are welcome")
}
