package cli

import (
	"strings"

	"buckstop/domain"

	"github.com/spf13/cobra"
)

// The exit codes are public and permanent.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitCheck       = 3
	exitNotAllowed  = 4
	exitNotFound    = 5
	exitRefused     = 6
	exitConflict    = 7
	exitUnavailable = 8
)

// kinds begin the text of an error, by exit code.
var kinds = map[int]string{
	exitFailure: "failed", exitUsage: "usage", exitCheck: "check failed", exitNotAllowed: "not allowed", exitNotFound: "not found",
	exitRefused: "refused", exitConflict: "conflict", exitUnavailable: "unavailable",
}

// ends has the exit code of every code that is not a broken rule.
var ends = map[string]int{
	codeFailure: exitFailure, codeInterrupted: exitFailure,
	codeUsage: exitUsage, string(domain.Invalid): exitUsage,
	codeDamaged: exitCheck, codeDrift: exitCheck, codeFindings: exitCheck,
	codeNotFound: exitNotFound,
	codeExists:   exitConflict, string(domain.Conflict): exitConflict,
	codeLocked: exitUnavailable, codeUnavailable: exitUnavailable, codeUnsynced: exitUnavailable,
}

func (p *problem) exitCode() int {
	if p.exit != 0 {
		return p.exit
	}
	if exit, ok := ends[p.Code]; ok {
		return exit
	}
	return exitRefused
}

// titles say what a code means whatever the case; they are the titles of RFC 9457 problems.
var titles = map[string]string{
	codeUsage:       "The command line cannot be understood",
	codeNotFound:    "There is no such thing",
	codeExists:      "It exists already",
	codeLocked:      "The data directory is in use",
	codeUnsynced:    "The server cannot be shown to sync every write",
	codeUnavailable: "The store is unavailable",
	codeDamaged:     "The log is damaged",
	codeDrift:       "The stream is not configured as a ledger must be",
	codeFindings:    "There are findings that may not be open",
	codeInterrupted: "The command was interrupted",
	codeFailure:     "The command failed",

	string(domain.NotHeld):                   "The delegator does not hold what it delegates",
	string(domain.ExceedsPowers):             "Wider powers than those it stands on",
	string(domain.ExceedsLimit):              "A wider limit than the one it stands on",
	string(domain.ExceedsTerm):               "A longer term than the one it stands on",
	string(domain.ExceedsDepth):              "More levels than may still be delegated",
	string(domain.SubdelegationNotPermitted): "What it stands on may not be passed on",
	string(domain.AmbiguousAuthority):        "Two delegations fit equally",
	string(domain.ReservedMatter):            "The matter is reserved to the governing body",
	string(domain.GovernanceAct):             "Only the governing body may do this",
	string(domain.Cycle):                     "It would lead back to itself",
	string(domain.NotNatural):                "A system answers for nothing and passes nothing on",
	string(domain.NoQuorum):                  "No quorum is shown",
	string(domain.NotCarried):                "The resolution was not carried",
	string(domain.NotInOffice):               "Somebody was not in the seat",
	string(domain.Backdated):                 "Effective before it was resolved",
	string(domain.UnknownParty):              "No such party exists",
	string(domain.UnknownScope):              "No such scope exists",
	string(domain.UnknownAct):                "No such act is recorded",
	string(domain.UnknownID):                 "Nothing bears the id",
	string(domain.AlreadyExists):             "The id is taken",
	string(domain.DuplicateID):               "Another act has the id",
	string(domain.NotEntitled):               "Not entitled to the act",
	string(domain.Invalid):                   "Malformed",
	string(domain.Conflict):                  "Somebody else recorded first",
}

func title(code string) string {
	if t := titles[code]; t != "" {
		return t
	}
	return strings.ReplaceAll(code, "_", " ")
}

func exitCodesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "What the exit codes mean",
		Long: `Exit codes:

  0  ok
  1  failure: anything not listed here, an interruption among it
  2  usage: the command line, or an act's form (INVALID), is wrong
  3  a check failed: "can" says no, "findings --fail-on" found something, the record is damaged, or its stream is not
     configured as it must be
  4  not allowed: no access to a server (not used by an embedded ledger)
  5  not found: no such ledger, scope, act or file
  6  refused by a rule: the error names the rule and what would cure it
  7  conflict: the ledger exists already, or somebody else recorded first
  8  unavailable: the data directory is in use, or the NATS server cannot be reached or trusted

Errors go to stderr as "kind: CODE: what is wrong (where). What would cure it.", or with --json as an RFC 9457 problem.`,
	}
}
