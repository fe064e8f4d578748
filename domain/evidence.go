package domain

import "slices"

// Demand is an act type, and by whom it must be done, as a catalogue names what shows that a clause is met.
type Demand struct {
	Type string
	By   Side
}

// Side is who acted.
type Side string

// The sides. A committee acting for the governing body counts as the governing body for the types that allow it.
const (
	ByGovernance Side = "GB"
	ByManagement Side = "M"
	ByEither     Side = "any"
)

// broad are the types that many clauses name: they count only where the act itself cites the clause or one above it.
var broad = map[string]bool{"decision.taken": true, "policy.adopted": true, "measure.reported": true, "act.attested": true}

// Duty is something that a governing body owes, with what shows that it is met.
type Duty struct {
	ID       string
	Title    string
	Evidence []Demand
	Cure     Cure
	Clauses  []string
}

// String gives the demand as catalogues write it: decision.taken/M.
func (d Demand) String() string { return d.Type + "/" + string(d.By) }

// Broad tells whether acts of the demanded type count only where they cite the clause themselves, or one above it: the
// types that show many clauses to be met.
func (d Demand) Broad() bool { return broad[d.Type] }

// Shown is an act in force, as evidence.
type Shown struct {
	Act        uint64
	By         string // the id borne by who acted
	Governance bool   // it was the governing body, or a committee acting for it where the type allows that
	At         Instant
	Over       string // the scope that it is over
	Clauses    []string
}

// Is tells whether the act was done by a side.
func (s *Shown) Is(side Side) bool { return side == ByEither || (side == ByGovernance) == s.Governance }

// Cites tells whether the act names one of some clauses.
func (s *Shown) Cites(clauses []string) bool {
	return slices.ContainsFunc(s.Clauses, func(c string) bool { return slices.Contains(clauses, c) })
}

// Evidence gives the acts of a type that are in force at the view's instant, in recorded order: a parameter until it is
// withdrawn, a delegation until it ends or is suspended, a role, body, scope or seat while it exists, any other act while it is
// live.
func (v *View) Evidence(name string) []Shown {
	r := v.state.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(v.known)
	x := examine(r, v)
	var out []Shown
	x.evidence(name, func(s Shown) bool {
		out = append(out, s)
		return true
	})
	slices.SortFunc(out, func(a, b Shown) int { return int(int64(a.Act) - int64(b.Act)) })
	return out
}

// evidence calls yield with the acts of a type that are in force, until it has seen enough.
func (x *examiner) evidence(name string, yield func(Shown) bool) {
	x.note.missed(cellKey{kind: cellRemarks, id: name}) // more may come
	if sp, ok := parameterTypes[name]; ok {
		x.parametersShown(sp, yield)
		return
	}
	if name == "delegation.granted" {
		for _, id := range x.r.grants {
			d := x.v.delegation(id)
			if d == nil || !x.v.standing(d) { // one whose support fell away was granted all the same
				continue
			}
			if !yield(x.shown(d.granted.Seq, x.from(d), d.granted.At, d.scope, d.under == "")) {
				return
			}
		}
		return
	}
	for _, m := range x.ofType(name) {
		over, ok := x.inForce(m)
		if !ok {
			continue
		}
		by, governance := m.by, x.byGovernance(m)
		if governance && x.elsewhere(m.at).sideOf(by) == "" {
			by = x.v.governing().body // a successor stands for whom it succeeded
		}
		if !yield(x.shown(m.seq, by, m.at, over, governance)) {
			return
		}
	}
}

var parameterTypes = map[string]space{"purpose.defined": none, "direction.set": spaceDirection, "policy.adopted": spacePolicy,
	"appetite.set": spaceAppetite, "criteria.set": spaceCriteria, "matter.reserved": spaceMatter}

func (x *examiner) shown(seq uint64, by string, at Instant, over string, governance bool) Shown {
	s := Shown{Act: seq, By: x.v.nameOf(by), Governance: governance, At: at, Over: over}
	if a := x.v.state.contentOf(seq, x.known); a != nil {
		s.Clauses = a.Clauses
	}
	return s
}

func (x *examiner) parametersShown(sp space, yield func(Shown) bool) {
	ids := []string{"purpose"}
	if sp != none {
		ids = ids[:0]
		for id := range x.v.state.things[sp] {
			ids = append(ids, id)
		}
	}
	for _, id := range ids {
		p := x.v.parameter(sp, id)
		if p == nil || !p.alive || !x.v.scopeAlive(p.scope) {
			continue
		}
		by := p.by
		if by == "" {
			by = x.v.governing().body
		}
		if !yield(x.shown(p.pos.Seq, by, p.pos.At, p.scope, p.by == "")) {
			return
		}
	}
}

// inForce tells whether what an act made still exists, and gives the scope it is over.
func (x *examiner) inForce(m *remark) (over string, ok bool) {
	v, f := x.v, x.v.fold
	root := f.root
	switch d := m.act.Data.(type) {
	case *RoleEstablished:
		r := v.role(f.canonAt(d.ID, x.known))
		return v.scopeOr(d.Scope), r != nil && r.alive && r.seq == m.seq
	case *BodyConstituted:
		b := v.body(f.canonAt(d.ID, x.known))
		return v.scopeOr(d.Scope), b != nil && b.alive && b.seq == m.seq
	case *ScopeDefined:
		s := v.scope(d.ID)
		return d.ID, v.scopeAlive(d.ID) && s.seq == m.seq
	case *RoleAssigned:
		id := f.canonAt(d.Role, x.known)
		if r := v.role(id); r != nil {
			root = r.scope
		}
		return root, v.sits(id, m.seq)
	case *MemberAppointed:
		id := f.canonAt(d.Body, x.known)
		if b := v.body(id); b != nil && b.scope != "" {
			root = b.scope
		}
		return root, v.sits(id, m.seq)
	default:
		if over = v.state.subject(m.act); v.scope(over) == nil {
			over = root
		}
		return over, true
	}
}

// sits tells whether the seat that an act gave is held.
func (w *world) sits(id string, seq uint64) bool {
	return slices.ContainsFunc(w.occupied(id), func(s seat) bool { return s.seq == seq })
}

// byGovernance tells whether the governing body acted, or for the types that allow it a committee acting for it.
func (x *examiner) byGovernance(m *remark) bool {
	there := x.elsewhere(m.at)
	if there.sideOf(m.by) == "" {
		return true
	}
	t := TypeOf(m.act.Type)
	return (t.by == byGBOrCommittee || t.by == byCommittee) && there.committeeOfGovernance(m.by)
}

// elsewhere is the ledger at another instant, as known and noted as the examiner's view.
func (x *examiner) elsewhere(at Instant) *View {
	there := *x.v
	there.world.r = &innerView{&there, x.r}
	there.at = at
	return &there
}

// duty looks at one of the governing body's duties.
func (x *examiner) duty(d *Duty) {
	met := func(*View) bool {
		return slices.ContainsFunc(d.Evidence, x.dutyShown)
	}
	unmet := func(v *View) bool { return v.governing().body != "" && !met(v) } // before there is a governing body it owes nothing
	if !unmet(x.v) {
		return
	}
	since, causes := x.since(unmet)
	x.find(DutyUnmet, "duty", d.ID, Finding{Party: x.v.nameOf(x.v.governing().body), Since: since, Acts: append(causes, x.v.governing().seq), Clauses: d.Clauses,
		Sentence: "The governing body has not done this itself, or no longer: " + lowerFirst(d.Title) + ".", Cure: d.Cure})
}

func (x *examiner) dutyShown(d Demand) (found bool) {
	x.dutyEvidence(d, func(Shown) bool {
		found = true
		return false
	})
	return found
}

// dutyEvidence gives the evidence for a duty, over any scope. That a member was appointed counts for the governing body alone.
func (x *examiner) dutyEvidence(d Demand, yield func(Shown) bool) {
	x.evidence(d.Type, func(s Shown) bool {
		if !s.Is(d.By) {
			return true
		}
		if m, ok := x.v.state.contentOf(s.Act, x.known).Data.(*MemberAppointed); ok && x.v.sideOf(x.v.fold.canonAt(m.Body, x.known)) != "" {
			return true
		}
		return yield(s)
	})
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}

// DutyEvidence gives the acts in force that show a duty to be met, over any scope, each with its type, in recorded order.
func (v *View) DutyEvidence(d Duty) []DutyShown {
	r := v.state.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(v.known)
	x := examine(r, v)
	var out []DutyShown
	for _, e := range d.Evidence {
		x.dutyEvidence(e, func(s Shown) bool {
			out = append(out, DutyShown{s, e.Type})
			return true
		})
	}
	slices.SortFunc(out, func(a, b DutyShown) int { return int(int64(a.Act) - int64(b.Act)) })
	return out
}

// DutyShown is an act that shows a duty to be met.
type DutyShown struct {
	Shown
	Type string
}
