package domain

import "sort"

// Pos is a place in the fold: acts apply in the order of their effective instants, and at one instant in that of their
// sequence numbers.
type Pos struct {
	At  Instant
	Seq uint64
}

// Before tells whether p comes before q in the fold.
func (p Pos) Before(q Pos) bool {
	if c := p.At.Compare(q.At); c != 0 {
		return c < 0
	}
	return p.Seq < q.Seq
}

// cellKind says what a cell of the state holds; with the id of the thing it makes the cell's key.
type cellKind uint8

const (
	cellGoverning    cellKind         = iota // which body governs: *governing
	cellOrganization                         // the organization's name: *organization
	cellParty                                // a registered party's identity: *party
	cellPresence                             // whether a person is present: *presence
	cellRole                                 // *role
	cellBody                                 // *body
	cellSeats                                // who sits in a role or body: seats
	cellSeated                               // the roles and bodies a party sits in: idSet
	cellVacated                              // when a party last left a role or body: *vacated
	cellReached                              // whether a body ever reached its quorum: bool
	cellScope                                // *scope
	cellScopeName                            // *scopeName
	cellDelegation                           // *delegation
	cellOver                                 // the delegations over exactly a scope that are not ended: idSet
	cellHeld                                 // the delegations to a party that are not ended: idSet
	cellSet                                  // the directions, policies, appetites, criteria or matters set at a scope, by space: idSet
	cellParameter                            // a direction, policy, appetite, criteria or matter, by space and id: *parameter
	cellRecorder                             // what a principal may record: *recorder
	cellPowers                               // the powers defined: idSet
	cellThing                                // an assurance, account, concern or key, by space and id: *thing
	cellKinds        = iota                  // how many kinds there are
	cellRemarks      = cellKind(iota)        // no cell: it stands for the acts that oversight looks at, as something findings depend on
)

type cellKey struct {
	kind  cellKind
	space space
	id    string
}

// cell is one key of the state: what the acts in force write to it along the fold, which acts read it, and the timeline
// of what became known of it.
type cell struct {
	line    timeline
	writes  []write  // by place, of the newest known
	readers []uint64 // the sequences of the acts whose effect depends on the cell, by place
}

type write struct {
	pos   Pos
	value any
}

// before gives the value just before a place in the fold, as newest known.
func (c *cell) before(p Pos) any {
	if i := c.search(p); i > 0 {
		return c.writes[i-1].value
	}
	return nil
}

// search gives the index of the first write at or after p.
func (c *cell) search(p Pos) int {
	n := len(c.writes)
	if n == 0 || c.writes[n-1].pos.Before(p) {
		return n
	}
	return sort.Search(n, func(i int) bool { return !c.writes[i].pos.Before(p) })
}

// next gives the place of the first write after p, and the end of all where there is none.
func (c *cell) next(p Pos) Pos {
	i := c.search(p)
	if i < len(c.writes) && c.writes[i].pos == p {
		i++
	}
	if i < len(c.writes) {
		return c.writes[i].pos
	}
	return Pos{At: Forever}
}
