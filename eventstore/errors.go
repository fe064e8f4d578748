package eventstore

import (
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// Errors that the methods of this package return, wrapped; match them with [errors.Is]. Each method says which.
var (
	// ErrExists: the ledger to be created exists.
	ErrExists = errors.New("the ledger exists")
	// ErrNotFound: there is no such ledger, entry or personal value.
	ErrNotFound = errors.New("not found")
	// ErrDrift: a stream is not configured as a ledger must be. The error is a [DriftError].
	ErrDrift = errors.New("the stream's configuration has drifted")
	// ErrLocked: another process has the data directory. The error is a [LockedError].
	ErrLocked = errors.New("the data directory is in use")
	// ErrUnsynced: a remote server cannot be shown to sync every write.
	ErrUnsynced = errors.New("the server cannot be shown to sync every write to disk")
	// ErrConflict: something other than what was to be written lies there already: another writer was first.
	ErrConflict = errors.New("another writer was first")
	// ErrUnavailable: the server could not be reached or would not store. Nothing is stored, unless the error is
	// ErrUncertain also.
	ErrUnavailable = errors.New("the store is unavailable")
	// ErrUncertain: it could not be learned whether the entries are stored; they may be, or may yet be. Whoever appends
	// after the same sequence next gets ErrConflict if they are. An ErrUncertain is an ErrUnavailable as well.
	ErrUncertain = fmt.Errorf("it is not known whether it was stored: %w", ErrUnavailable)
	// ErrInvalid: an argument that can never be stored: a ledger's id, a subject outside of it, an entry too large, too
	// many entries at once.
	ErrInvalid = errors.New("invalid")
	// ErrDamaged: what is stored is not what was written. The error is a [DamageError].
	ErrDamaged = errors.New("the log is damaged")
)

// PartialError tells that of the entries given to [Log.Append] only the first Stored (at least one) are in the log and
// durable, and why the others are not: Err is an [ErrConflict] or [ErrUnavailable]. Only an append of fewer than
// [BatchFrom] entries can fail so.
type PartialError struct {
	Stored int
	Err    error
}

func (e *PartialError) Error() string {
	return fmt.Sprintf("only the first %d were stored: %v", e.Stored, e.Err)
}

// Unwrap gives Err.
func (e *PartialError) Unwrap() error { return e.Err }

// Kind is a way in which a log can be damaged.
type Kind string

// The kinds of damage.
const (
	Gap     Kind = "gap"           // an entry is missing between others
	Short   Kind = "short stream"  // entries are missing at the end
	Broken  Kind = "broken chain"  // an entry does not name the hash of the one before it
	Foreign Kind = "foreign entry" // an entry that no writer of this ledger made, or not for this place
)

// DamageError tells that the log, or the ledger's stream that it names, is not what its writers wrote. It is an
// [ErrDamaged]. Nothing must be appended to such a log until it has been restored.
type DamageError struct {
	Ledger string
	Stream string // empty for that of the acts
	Seq    uint64 // of the first entry that is wrong or missing
	Kind   Kind
	What   string // what is wrong, as a sentence part
	Cure   string // what to do, as a sentence
}

func (e *DamageError) Error() string {
	what := "ledger " + e.Ledger
	if e.Stream != "" {
		what = "stream " + e.Stream + " of " + what
	}
	return fmt.Sprintf("%s is damaged at %d (%s): %s. %s", what, e.Seq, e.Kind, e.What, e.Cure)
}

// Is tells that a DamageError is an ErrDamaged.
func (e *DamageError) Is(target error) bool { return target == ErrDamaged }

const restore = "Write nothing more to this ledger; restore it from a backup or from a replica, and compare it with the last " +
	"signed checkpoint before it is opened for writing again."

const restoreOther = "The acts are not concerned. Restore stream %s from a backup or from a replica."

// Drift is one setting of a stream that is not as it must be.
type Drift struct{ Setting, Is, Must string }

// DriftError names every setting of a stream that is not as a ledger needs it. It is an [ErrDrift].
type DriftError struct {
	Stream string
	Drifts []Drift
}

func (e *DriftError) Error() string {
	parts := make([]string, len(e.Drifts))
	for i, d := range e.Drifts {
		parts[i] = fmt.Sprintf("%s is %s and must be %s", d.Setting, d.Is, d.Must)
	}
	return fmt.Sprintf("the configuration of stream %s has drifted: %s. Find out who changed it and why, and put it back "+
		"(nats stream edit %s); what cannot be changed back needs a new stream, restored from a backup", e.Stream, strings.Join(parts, "; "), e.Stream)
}

// Is tells that a DriftError is an ErrDrift.
func (e *DriftError) Is(target error) bool { return target == ErrDrift }

// Codes of JetStream that decide what is done next.
const (
	codeWrongLast         jetstream.ErrorCode = 10071 // on one server
	codeWrongLastReplicas jetstream.ErrorCode = 10164 // on replicas
	codeNoMessage         jetstream.ErrorCode = 10037
	codeNoStream          jetstream.ErrorCode = 10059
	codeNameInUse         jetstream.ErrorCode = 10058
	codeNoLeader          jetstream.ErrorCode = 10008
	codeBatchIncomplete   jetstream.ErrorCode = 10176
	codeBatchInflight     jetstream.ErrorCode = 10210
)

// code gives JetStream's code of err, 0 if err is not JetStream's answer.
func code(err error) jetstream.ErrorCode {
	var api *jetstream.APIError
	if errors.As(err, &api) {
		return api.ErrorCode
	}
	var js jetstream.JetStreamError
	if errors.As(err, &js) && js.APIError() != nil {
		return js.APIError().ErrorCode
	}
	return 0
}

// passing tells whether an answer of JetStream's is one that time may change.
func passing(c jetstream.ErrorCode) bool {
	switch c {
	case codeNoLeader, codeBatchIncomplete, codeBatchInflight:
		return true
	default:
		return false
	}
}
