package catalogue

import (
	"strings"

	"buckstop/domain"
)

// evidence reads a cell that lists evidence, and leaves out what is none.
func (t *table) evidence(r record, column string) []domain.Demand {
	var list []domain.Demand
	for _, item := range strings.Fields(r.cells[column]) {
		name, by, ok := strings.Cut(item, "/")
		e := domain.Demand{Type: name, By: domain.Side(by)}
		const whole = "Write the act type, a slash, and GB, M or any: decision.taken/M."
		switch {
		case !ok:
			t.problem(r.line, column, whole, "%q does not say by whom the act is", short(item))
		case domain.TypeOf(name) == nil:
			t.problem(r.line, column, "Use an act type of the ledger, as in decision.taken/M.", "%q is no act type", short(name))
		case e.By != domain.ByGovernance && e.By != domain.ByManagement && e.By != domain.ByEither:
			t.problem(r.line, column, whole, "%q says of the act that it is by %q", short(item), short(by))
		case e.By == domain.ByManagement && domain.TypeOf(name).GoverningBodyAlone():
			t.problem(r.line, column, "Write "+name+"/GB, or a type that others may perform.",
				"%q can never be: %s is an act of the governing body alone", item, name)
		default:
			list = append(list, e)
		}
	}
	return list
}
