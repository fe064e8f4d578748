// Package catalogue holds clauses of management-system standards as data: which of them are governance, which are
// management, which are both, and what in a ledger is evidence for each half. It knows no ledger; what is met, unmet or
// usurped is worked out by whoever has both.
//
// # What a catalogue is, and is not
//
// Numbers and titles are facts and are quoted for reference, some of them shortened. A catalogue is no substitute for the
// standard it refers to: verify it against the copies you purchased before you rely on it. It holds no text of any
// standard, and none may be added; the words that describe the halves are this project's own.
//
// The classes are this project's reading, and neither ISO's nor that of a certification body. They follow the line that
// ISO 37000:2021 draws in 4.2.3. Of each clause they ask: does it set the limits and answer for the result, which is
// governance, or does it choose and act within limits already set, which is management? A clause that does both is a
// hybrid, and each half is named. A row has its class as a whole; a row below it may have another.
//
// # How evidence counts
//
// An act is evidence for half a row when it is of a type listed for that half, by whom the list says, live, and over the
// scope asked about. Any one of the acts listed is enough, and none is required on its own. Three things need care:
//
//   - Four types appear in many rows ([Evidence.Broad]). Acts of these count only where their clauses name the row or one
//     above it ([Catalogue.Above]); one decision would otherwise seem to meet half a standard.
//   - Where the governing body's half has no evidence by the governing body and management acted all the same, with a type
//     listed for either half, the half is usurped. Where nobody acted it is unmet.
//   - A clause with clauses below it carries the evidence for the whole, so that whoever counts counts leaves alone
//     ([Row.Leaf]).
//
// The governing body's duties ([Duties]) are what it owes and no clause of ISO/IEC 42001 asks of it. That a member was
// appointed shows neither competence nor a quorum: whether the governing body is kept competent is to be read together
// with the finding NO_GOVERNING_BODY.
//
// # A catalogue of one's own
//
// [Parse] reads a file in the form of those in the folder data, whose README describes it. A new edition of a standard is
// a new file with a new prefix: acts that cite the old one keep their meaning.
package catalogue
