package eventstore

import (
	"fmt"
	"reflect"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

const (
	streamPrefix   = "LEDGER_"
	attemptsPrefix = "REFUSED_"
	findingsPrefix = "FINDINGS_"
	// JetStream's least; the log does not rest on its suppression of duplicates, so the window need hold nothing.
	duplicates = 100 * time.Millisecond
	// Of two that create the same stream at once with the same configuration JetStream would tell both that they have.
	createdBy = "buckstop.created"
)

// streamConfig is how the stream of a ledger's acts is configured: nothing ever leaves it.
func streamConfig(ledger string, replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:               streamPrefix + ledger,
		Subjects:           []string{"ledger." + ledger + ".>"},
		Retention:          jetstream.LimitsPolicy,
		Storage:            jetstream.FileStorage,
		Replicas:           replicas,
		Discard:            jetstream.DiscardNew,
		DenyDelete:         true,
		DenyPurge:          true,
		AllowAtomicPublish: true,
		// A direct read may be answered by a replica that lags; what settles a doubt must come from the leader.
		AllowDirect:       false,
		MaxConsumers:      -1,
		MaxMsgs:           -1,
		MaxBytes:          -1,
		MaxMsgsPerSubject: -1,
		MaxMsgSize:        -1,
		Duplicates:        duplicates,
		Compression:       jetstream.NoCompression,
		PersistMode:       jetstream.DefaultPersistMode, // never async
		Metadata:          map[string]string{createdBy: nuid.Next()},
	}
}

// attemptsConfig is how the stream of refused attempts is configured: a message leaves it when it is a year old. An attempt
// is published with an id, so that one which is sent again is stored once.
func attemptsConfig(ledger string, replicas int) jetstream.StreamConfig {
	c := streamConfig(ledger, replicas)
	c.Name, c.Subjects = attemptsPrefix+ledger, []string{"refused." + ledger + ".>"}
	c.MaxAge = AttemptsKept
	c.Duplicates = 2 * time.Minute
	return c
}

// findingsConfig is how the stream of findings is configured: as that of the acts.
func findingsConfig(ledger string, replicas int) jetstream.StreamConfig {
	c := streamConfig(ledger, replicas)
	c.Name, c.Subjects = findingsPrefix+ledger, []string{"finding." + ledger + ".>"}
	return c
}

// drift names the settings in which is differs from must. Where a stream lies (Placement) and how it is described may
// differ, there may be more replicas than asked for, and what is kept for a time may be kept for longer.
func drift(is, must jetstream.StreamConfig) []Drift {
	var drifts []Drift
	differs := func(setting string, is, must any) {
		if !reflect.DeepEqual(is, must) {
			drifts = append(drifts, Drift{setting, show(is), show(must)})
		}
	}
	differs("subjects", is.Subjects, must.Subjects)
	differs("retention", is.Retention, must.Retention)
	differs("storage", is.Storage, must.Storage)
	if is.Replicas < must.Replicas {
		drifts = append(drifts, Drift{"num_replicas", show(is.Replicas), fmt.Sprintf("at least %d", must.Replicas)})
	}
	differs("discard", is.Discard, must.Discard)
	differs("discard_new_per_subject", is.DiscardNewPerSubject, must.DiscardNewPerSubject)
	differs("deny_delete", is.DenyDelete, must.DenyDelete)
	differs("deny_purge", is.DenyPurge, must.DenyPurge)
	differs("allow_rollup_hdrs", is.AllowRollup, must.AllowRollup)
	differs("allow_atomic", is.AllowAtomicPublish, must.AllowAtomicPublish)
	differs("allow_batched", is.AllowBatchPublish, must.AllowBatchPublish)
	differs("allow_direct", is.AllowDirect, must.AllowDirect)
	differs("mirror_direct", is.MirrorDirect, must.MirrorDirect)
	differs("allow_msg_ttl", is.AllowMsgTTL, must.AllowMsgTTL)
	differs("subject_delete_marker_ttl", is.SubjectDeleteMarkerTTL, must.SubjectDeleteMarkerTTL)
	differs("allow_msg_counter", is.AllowMsgCounter, must.AllowMsgCounter)
	differs("allow_msg_schedules", is.AllowMsgSchedules, must.AllowMsgSchedules)
	differs("persist_mode", is.PersistMode, must.PersistMode)
	if is.MaxAge != 0 && (must.MaxAge == 0 || is.MaxAge < must.MaxAge) {
		least := show(must.MaxAge)
		if must.MaxAge > 0 {
			least = "at least " + least
		}
		drifts = append(drifts, Drift{"max_age", show(is.MaxAge), least})
	}
	differs("max_msgs", is.MaxMsgs, must.MaxMsgs)
	differs("max_bytes", is.MaxBytes, must.MaxBytes)
	differs("max_msgs_per_subject", is.MaxMsgsPerSubject, must.MaxMsgsPerSubject)
	differs("max_msg_size", is.MaxMsgSize, must.MaxMsgSize)
	differs("max_consumers", is.MaxConsumers, must.MaxConsumers)
	differs("consumer_limits", is.ConsumerLimits, must.ConsumerLimits)
	differs("duplicate_window", is.Duplicates, must.Duplicates)
	differs("compression", is.Compression, must.Compression)
	differs("first_seq", max(is.FirstSeq, 1), max(must.FirstSeq, 1))
	differs("no_ack", is.NoAck, must.NoAck)
	differs("sealed", is.Sealed, must.Sealed)
	differs("mirror", is.Mirror, must.Mirror)
	differs("sources", len(is.Sources), len(must.Sources))
	differs("subject_transform", is.SubjectTransform, must.SubjectTransform)
	differs("republish", is.RePublish, must.RePublish)
	return drifts
}

// show writes a setting as an operator writes it.
func show(v any) string {
	if r := reflect.ValueOf(v); r.Kind() == reflect.Pointer {
		if r.IsNil() {
			return "unset"
		}
		return fmt.Sprintf("%+v", r.Elem().Interface())
	}
	return fmt.Sprint(v)
}
