package catalogue

import (
	"strings"

	"buckstop/domain"
)

// Evidence is one kind of act that shows half a row, or a duty, to be met.
type Evidence struct {
	Type string // an act type of the ledger
	By   By
}

// By says in whose name an act has to be done to be evidence.
type By string

// Who an act may be by.
const (
	ByGoverningBody By = "GB"  // the governing body or, for the types that allow it, a committee acting for it
	ByManagement    By = "M"   // any other party
	ByAny           By = "any" // either
)

// Broad tells whether acts of the type are evidence for so many rows that one counts only where its clauses name the row
// or one above it.
func (e Evidence) Broad() bool {
	switch e.Type {
	case "decision.taken", "policy.adopted", "measure.reported", "act.attested":
		return true
	}
	return false
}

// String gives the evidence as catalogues write it: decision.taken/M.
func (e Evidence) String() string { return e.Type + "/" + string(e.By) }

// governingBodyAlone are the act types that the ledger refuses from anyone but the governing body. The domain's registry
// knows them and tells nobody; a test compares the two.
var governingBodyAlone = map[string]bool{
	"ledger.opened": true, "organization.renamed": true, "governing-body.succeeded": true, "power.defined": true,
	"recorder.appointed": true, "recorder.removed": true,
	"purpose.defined": true, "criteria.set": true,
	"direction.set": true, "direction.withdrawn": true,
	"appetite.set": true, "appetite.withdrawn": true,
	"matter.reserved": true, "matter.released": true,
	"stakeholders.informed": true,
}

// evidence reads a cell that lists evidence, and leaves out what is none.
func (t *table) evidence(r record, column string) []Evidence {
	var list []Evidence
	for _, item := range strings.Fields(r.cells[column]) {
		name, by, ok := strings.Cut(item, "/")
		e := Evidence{name, By(by)}
		const whole = "Write the act type, a slash, and GB, M or any: decision.taken/M."
		switch {
		case !ok:
			t.problem(r.line, column, whole, "%q does not say by whom the act is", short(item))
		case domain.TypeOf(name) == nil:
			t.problem(r.line, column, "Use an act type of the ledger, as in decision.taken/M.", "%q is no act type", short(name))
		case by != string(ByGoverningBody) && by != string(ByManagement) && by != string(ByAny):
			t.problem(r.line, column, whole, "%q says of the act that it is by %q", short(item), short(by))
		case e.By == ByManagement && governingBodyAlone[name]:
			t.problem(r.line, column, "Write "+name+"/GB, or a type that others may perform.",
				"%q can never be: %s is an act of the governing body alone", item, name)
		default:
			list = append(list, e)
		}
	}
	return list
}
