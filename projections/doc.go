// Package projections answers questions from the acts of a ledger: who is accountable for a scope and through which
// chain, who sits where, and what the record holds. Every answer is for one effective instant ("at") as known at one
// sequence ("known"), says both, and names the acts it rests on ("because").
//
// Answers are values with the JSON form that commands, API and pages share. Nothing here changes a ledger.
package projections
