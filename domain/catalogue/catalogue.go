package catalogue

import (
	"slices"

	"buckstop/domain"
)

// Catalogue is the clauses of one standard, or of a rule book of one's own. It is made by [Parse] or [Embedded], and is
// safe for concurrent use as long as nobody changes it.
type Catalogue struct {
	ID    string // what its rows' ids begin with, before the colon
	Title string // for people; of a catalogue of one's own it is the id
	Rows  []Row  // in the order of the standard; a parent stands before its children

	index map[string]int // of a row, by its id
}

// Row is one clause, control, principle or term, or a heading that only holds others.
type Row struct {
	ID     string // the catalogue's id, a colon and the number, as an act's clauses cite it
	Title  string
	Parent string // id of the row above it; empty at the top
	Kind   string // clause, control or group; in the form of iso37000 principle, clause, term or group
	Class  Class  // of the row as a whole; in the form of iso37000 always Governance
	Verb   string // in the form of iso37000 alone: direct, oversee, hold-to-account or foundation

	Governance string // the governing body's half, in this project's words; empty where Class is Management
	Management string // management's half; in a governance row what the standard leaves to top management, where it does

	ISO37000 []string // numbers of rows of iso37000, without its prefix

	ByGovernance []domain.Demand // what is evidence for the governance half; empty for a group
	ByManagement []domain.Demand // what is evidence for the management half; empty for a group

	Note string
	Leaf bool // no row has it as its parent
}

// Class says whose a row is.
type Class string

// The classes. A Hybrid has two halves, one of each.
const (
	Governance Class = "governance"
	Hybrid     Class = "hybrid"
	Management Class = "management"
)

// Governed tells whether rows of the class have a governance half.
func (c Class) Governed() bool { return c == Governance || c == Hybrid }

// Row gives the row with an id, and false where there is none. Its lists are the catalogue's own.
func (c *Catalogue) Row(id string) (Row, bool) {
	i, ok := c.index[id]
	if !ok {
		return Row{}, false
	}
	return c.Rows[i], true
}

// Above gives a row's own id and those of the rows above it, nearest first; nothing where there is no such row.
func (c *Catalogue) Above(id string) []string {
	var ids []string
	for r, ok := c.Row(id); ok; r, ok = c.Row(r.Parent) { // it ends: a parent stands before its children
		ids = append(ids, r.ID)
	}
	return ids
}

// clone gives a copy that shares nothing which a caller can change.
func (c *Catalogue) clone() *Catalogue {
	own := *c
	own.Rows = slices.Clone(c.Rows)
	for i := range own.Rows {
		r := &own.Rows[i]
		r.ISO37000 = slices.Clone(r.ISO37000)
		r.ByGovernance = slices.Clone(r.ByGovernance)
		r.ByManagement = slices.Clone(r.ByManagement)
	}
	return &own
}
