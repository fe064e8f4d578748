package catalogue

import (
	_ "embed" // for the duties
	"slices"
	"strings"
	"sync"

	"buckstop/domain"
)

// Duty is something a governing body owes that no clause of ISO/IEC 42001 asks of it.
type Duty struct {
	ID       string // duty:<name>
	Title    string
	Verb     string          // direct, oversee, hold-to-account or foundation
	ISO37000 []string        // where it comes from: numbers of iso37000, without its prefix
	Ceiling  string          // id of the row of iso42001 that comes nearest, and stops short
	Evidence []domain.Demand // any one of these acts shows it to be met
	CureType string          // the type of the act that would meet it
	Cure     string          // what that act should say
}

//go:embed data/duties.csv
var dutiesFile []byte

var dutyColumns = []string{"id", "title", "verb", "iso37000", "iso42001_ceiling", "evidence", "cure"}

// Duties gives the governing body's duties, in the order in which they are shown: it directs, it oversees, it holds to
// account. Each call gives a copy, which is the caller's own.
func Duties() []Duty {
	all := slices.Clone(duties())
	for i := range all {
		all[i].ISO37000 = slices.Clone(all[i].ISO37000)
		all[i].Evidence = slices.Clone(all[i].Evidence)
	}
	return all
}

var duties = sync.OnceValue(func() []Duty {
	all, err := parseDuties(dutiesFile, principles())
	if err != nil {
		panic("catalogue: duties: " + err.Error())
	}
	return all
})

// parseDuties reads the file of duties. It is not for files of other people's: what no clause asks for is a claim about
// one edition of one standard.
func parseDuties(text []byte, numbers map[string]bool) ([]Duty, error) {
	p := &reader{table: readTable(text, func([]string) []string { return dutyColumns }), name: "duty", numbers: numbers}
	p.find()
	var all []Duty
	for _, r := range p.records {
		p.id(r, r.cells["id"])
		p.oneOf(r, "verb", verbs)
		act, cure, _ := strings.Cut(r.cells["cure"], ": ")
		if domain.TypeOf(act) == nil || cure == "" {
			p.problem(r.line, "cure", "Write an act type, a colon, a space, and what the act should say.", "%q is no cure", short(r.cells["cure"]))
		}
		d := Duty{
			ID: r.cells["id"], Title: r.cells["title"], Verb: r.cells["verb"],
			ISO37000: p.references(r), Ceiling: "iso42001:" + r.cells["iso42001_ceiling"],
			Evidence: p.evidence(r, "evidence"), CureType: act, Cure: cure,
		}
		for _, column := range []string{"title", "evidence"} {
			if r.cells[column] == "" {
				p.problem(r.line, column, "Fill the cell.", "the duty has no %s", column)
			}
		}
		all = append(all, d)
	}
	return all, p.err()
}
