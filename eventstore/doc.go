// Package eventstore keeps the acts of ledgers on NATS JetStream: an append-only log that is durable, fenced against a
// second writer, and checked whenever it is read.
//
// # What is kept
//
// A ledger acme is the first two of these streams of one JetStream account; the others lie beside it:
//
//	LEDGER_acme        the acts: subjects ledger.acme.>, one message an act, stream sequence = act sequence, from 1
//	KV_PERSONAL_acme   the personal values: the key-value bucket PERSONAL_acme, from which a value can be destroyed
//	REFUSED_acme       the attempts that were refused: subjects refused.acme.<code>, each kept for a year
//	FINDINGS_acme      the appearances and clearings of findings: subjects finding.acme.<code>, kept for ever
//
// A message of the first holds the bytes that package domain makes of an act (see domain.Envelope) and no others; those
// bytes are what is hashed, and each names the hash of the one before:
//
//	sequence 1   {"specversion":"1.0",…,"source":"/ledgers/acme",…,"seq":"1",…,"data":{…}}
//	sequence 2   {"specversion":"1.0",…,"source":"/ledgers/acme",…,"seq":"2",…,"prev":"<LeafHash of 1, hex>","data":{…}}
//
// Headers of a message are JetStream's own business (expected sequence, batch) and mean nothing to a reader.
//
// # What is guaranteed
//
// Durable: [Log.Append] returns when the acts are on disk, on a majority of the replicas where there are any. The embedded
// server syncs every write; a remote one that cannot be shown to do so is refused (see [Config.AllowUnsynced]).
//
// Fenced: every append names the sequence it follows. Of two writers that follow the same sequence one gets [ErrConflict]
// and has nothing stored after the other's acts.
//
// Definite: an acknowledgement that was lost, or an error that leaves doubt, is settled by reading what lies at the
// sequences in question and comparing bytes, and if nothing does, by publishing the same again under the same fence.
//
// Checked: whatever is read from the log ([Log.Replay], [Log.ReplayFrom], [Log.Follow]) has been checked to be dense from 1,
// to say of itself the sequence and the ledger under which it lies, and to be chained by prev. What is not is a
// [DamageError]. JetStream alone would pass over a damaged record in silence.
//
// Findings ([Findings]) are durable, fenced and definite in the same way, and checked to be dense. Refused attempts
// ([Attempts]) are durable. What happens to either leaves the ledger as it is: only a configuration that would lose
// messages stops it from being opened.
//
// # What is not
//
// Whoever administers JetStream, or has its files, can rewrite a whole log, chain included. That is detected outside, by
// the transparency log and its witnesses; see package eventstore/tlog.
package eventstore
