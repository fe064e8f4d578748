package catalogue

import (
	"slices"
	"strings"

	"buckstop/domain"
)

// The two forms of a catalogue, by their columns.
var (
	standardForm = []string{"id", "title", "parent", "kind", "class", "governance", "management", "iso37000",
		"evidence_governance", "evidence_management", "note"}
	principlesForm = []string{"id", "title", "parent", "kind", "verb", "evidence_governance", "note"}

	standardKinds   = []string{"clause", "control", "group"}
	principlesKinds = []string{"principle", "clause", "term", "group"}
	classes         = []string{string(Governance), string(Hybrid), string(Management)}
	verbs           = []string{"direct", "oversee", "hold-to-account", "foundation"}
)

const group = "group"

// Parse reads a catalogue of one's own: CSV in UTF-8, with or without a byte order mark, with the columns of a management
// system's catalogue or of iso37000, as the README of the folder data describes them. The name is what its ids begin
// with, before the colon. One that an embedded catalogue has is not refused here.
//
// The error of a file with something wrong in it is [Problems], which tells all of it: but where a header is wrong, that
// alone; of very many problems, the first thousand; and of rows that are no CSV, only that. Files of more than 4 MiB or
// 10,000 rows are refused.
func Parse(name string, csv []byte) (*Catalogue, error) { return parse(name, csv, principles()) }

// parse is Parse with the numbers of iso37000 given, so that iso37000 itself can be read.
func parse(name string, csv []byte, numbers map[string]bool) (*Catalogue, error) {
	if !domain.ValidID(name) || strings.Contains(name, ":") {
		return nil, Problems{{Message: "a catalogue cannot be named " + strings.ToValidUTF8(short(name), "\ufffd"),
			Cure: "Name it with ASCII letters, digits, points and hyphens, such as acme-policy."}}
	}
	p := &reader{table: readTable(csv, formOf), name: name, numbers: numbers}
	p.find()
	c := &Catalogue{ID: name, Title: name, Rows: make([]Row, len(p.records)), index: make(map[string]int, len(p.records))}
	for i, r := range p.records {
		c.Rows[i] = p.row(r)
		c.index[c.Rows[i].ID] = i
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return c, nil
}

// formOf tells the forms apart by what the one has in place of the other.
func formOf(header []string) []string {
	if slices.Contains(header, "verb") && !slices.Contains(header, "class") {
		return principlesForm
	}
	return standardForm
}

// reader judges the rows of a table.
type reader struct {
	*table
	name    string
	numbers map[string]bool // of iso37000
	lines   map[string]int  // where an id stands first
	parents map[string]bool // the ids that rows name as their parent
}

// find notes what rows there are, before any is judged.
func (p *reader) find() {
	p.lines, p.parents = make(map[string]int, len(p.records)), map[string]bool{}
	for _, r := range p.records {
		if id := r.cells["id"]; p.lines[id] == 0 {
			p.lines[id] = r.line
		}
		p.parents[r.cells["parent"]] = true
	}
}

func (p *reader) row(r record) Row {
	id := r.cells["id"]
	p.id(r, id)
	p.parent(r, id, r.cells["parent"])
	if r.cells["title"] == "" {
		p.problem(r.line, "title", "Write the clause's title, or a label of your own.", "the row has no title")
	}
	row := Row{
		ID: id, Title: r.cells["title"], Parent: r.cells["parent"], Kind: r.cells["kind"], Class: Governance,
		Verb: r.cells["verb"], Governance: r.cells["governance"], Management: r.cells["management"],
		ISO37000:     p.references(r),
		ByGovernance: p.evidence(r, "evidence_governance"), ByManagement: p.evidence(r, "evidence_management"),
		Note: r.cells["note"], Leaf: !p.parents[id],
	}
	if _, ok := r.cells["class"]; !ok {
		p.oneOf(r, "verb", verbs)
		if p.oneOf(r, "kind", principlesKinds) {
			p.half(r, "evidence_governance", true)
			p.heading(row, r.line)
		}
		return row
	}
	row.Class = Class(r.cells["class"])
	// Which halves a row has cannot be told while either is unknown.
	if kind, class := p.oneOf(r, "kind", standardKinds), p.oneOf(r, "class", classes); kind && class {
		p.halves(r, row)
		p.heading(row, r.line)
	}
	return row
}

func (p *reader) id(r record, id string) {
	switch number, ok := strings.CutPrefix(id, p.name+":"); {
	case !ok || number == "":
		p.problem(r.line, "id", "Write "+p.name+":, the name of the file, before the number.", "%q is no id of the catalogue %s", short(id), p.name)
	case !domain.ValidID(id):
		p.problem(r.line, "id", "Use ASCII letters, digits and . _ : / @ | + - alone, and 200 characters at most.", "%q is no id", short(id))
	case p.lines[id] != r.line:
		p.problem(r.line, "id", "Give each row an id of its own.", "%q stands on line %d already", short(id), p.lines[id])
	}
}

func (p *reader) parent(r record, id, parent string) {
	line, found := p.lines[parent]
	switch {
	case parent == "":
	case parent == id:
		p.problem(r.line, "parent", "Name the row above it, or leave the cell empty.", "the row is its own parent")
	case found && line > r.line:
		p.problem(r.line, "parent", "Put the parent before its children.", "the parent %q comes only on line %d", short(parent), line)
	case !found && p.whole: // else it may be in a row that could not be read
		p.problem(r.line, "parent", "Name a row of the same file, or leave the cell empty.", "there is no row %q", short(parent))
	}
}

func (p *reader) references(r record) []string {
	refs := strings.Fields(r.cells["iso37000"])
	for _, ref := range refs {
		if !p.numbers[ref] {
			p.problem(r.line, "iso37000", "Write a number that the catalogue iso37000 has, without its prefix, such as 6.9.3.",
				"%q is no number of iso37000", short(ref))
		}
	}
	return refs
}

func (t *table) oneOf(r record, column string, words []string) bool {
	if slices.Contains(words, r.cells[column]) {
		return true
	}
	t.problem(r.line, column, "Write "+strings.Join(words[:len(words)-1], ", ")+" or "+words[len(words)-1]+".",
		"%q is no %s", short(r.cells[column]), column)
	return false
}

// halves checks that a row names the halves that its class says it has, and no other.
func (p *reader) halves(r record, row Row) {
	governed, managed := row.Class.Governed(), row.Class != Governance
	if !governed && row.Governance != "" {
		p.problem(r.line, "governance", "Leave it empty, or make the class hybrid.", "a management row has no governance half")
	}
	if row.Kind != group { // a heading may leave them to the rows below it
		if governed && row.Governance == "" {
			p.problem(r.line, "governance", "Say in your own words what the governing body decides or answers for.", "a %s row names its governance half", row.Class)
		}
		if managed && row.Management == "" {
			p.problem(r.line, "management", "Say in your own words what management does.", "a %s row names its management half", row.Class)
		}
	}
	p.half(r, "evidence_governance", governed)
	p.half(r, "evidence_management", managed || row.Management != "")
}

// half checks that a row has evidence for a half that it has, and for no other.
func (p *reader) half(r record, column string, named bool) {
	listed := r.cells[column] != ""
	switch {
	case r.cells["kind"] == group:
		if listed {
			p.problem(r.line, column, "Move it to the rows below, or make the row a clause.", "a group has no evidence of its own")
		}
	case named && !listed:
		p.problem(r.line, column, "List the acts that show it, such as decision.taken/M, with spaces between them.", "the half has no evidence")
	case !named && listed:
		p.problem(r.line, column, "Name the half, or leave the cell empty.", "the row has no such half")
	}
}

// heading checks that a group holds something: as a leaf it would be counted, and could never be met.
func (p *reader) heading(row Row, line int) {
	if row.Kind == group && row.Leaf && p.whole {
		p.problem(line, "kind", "Add the rows it holds, or make it a clause with evidence.", "the group holds no row")
	}
}
