package domain

import (
	"errors"
	"strings"
)

// Code names the rule that refuses an act or a question (DOMAIN, section 5). Codes are public and permanent.
type Code string

// The rules an act can break, in the order in which the last of them are tried: what comes first is reported first.
const (
	NotHeld                   Code = "NOT_HELD"
	ExceedsPowers             Code = "EXCEEDS_POWERS"
	ExceedsLimit              Code = "EXCEEDS_LIMIT"
	ExceedsTerm               Code = "EXCEEDS_TERM"
	ExceedsDepth              Code = "EXCEEDS_DEPTH"
	SubdelegationNotPermitted Code = "SUBDELEGATION_NOT_PERMITTED"
	AmbiguousAuthority        Code = "AMBIGUOUS_AUTHORITY"
	ReservedMatter            Code = "RESERVED_MATTER"
	GovernanceAct             Code = "GOVERNANCE_ACT"
	Cycle                     Code = "CYCLE"
	NotNatural                Code = "NOT_NATURAL"
	NoQuorum                  Code = "NO_QUORUM"
	NotCarried                Code = "NOT_CARRIED"
	NotInOffice               Code = "NOT_IN_OFFICE"
	Backdated                 Code = "BACKDATED"
	UnknownParty              Code = "UNKNOWN_PARTY"
	UnknownScope              Code = "UNKNOWN_SCOPE"
	UnknownAct                Code = "UNKNOWN_ACT"
	UnknownID                 Code = "UNKNOWN_ID"
	AlreadyExists             Code = "ALREADY_EXISTS"
	DuplicateID               Code = "DUPLICATE_ID"
	NotEntitled               Code = "NOT_ENTITLED"
	Invalid                   Code = "INVALID"
	Conflict                  Code = "CONFLICT"
)

// Refusal is the error of an act or a question that a rule refuses. Nothing of what was refused is recorded.
type Refusal struct {
	Code    Code
	Path    string   // the field concerned, such as data.limits[0].max; empty for the whole
	Message string   // what is wrong, in a sentence without a full stop
	Cure    string   // what would cure it; empty where the message says so already
	Acts    []string // ids of the acts that stand in the way, where there are any
}

// Error gives the code, what is wrong, where, and what would cure it.
func (r *Refusal) Error() string {
	var b strings.Builder
	b.WriteString(string(r.Code))
	b.WriteString(": ")
	b.WriteString(r.Message)
	if r.Path != "" {
		b.WriteString(" (" + r.Path + ")")
	}
	if r.Cure != "" {
		b.WriteString(". " + r.Cure)
	}
	return b.String()
}

// CodeOf gives the code of the refusal in err's chain, and nothing where there is none.
func CodeOf(err error) Code {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

func refuse(code Code, path, message, cure string) *Refusal {
	return &Refusal{Code: code, Path: path, Message: message, Cure: cure}
}

// under puts outer before the path of a refusal, as the reader of a nested field unwinds.
func (r *Refusal) under(outer string) *Refusal {
	switch {
	case r.Path == "":
		r.Path = outer
	case r.Path[0] == '[':
		r.Path = outer + r.Path
	default:
		r.Path = outer + "." + r.Path
	}
	return r
}
