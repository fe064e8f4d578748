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

// Shown is an act that is evidence in force.
type Shown struct {
	Act uint64
	By  string // the id borne by who acted
	At  Instant
}

// Evidence gives the acts of a type, done by a side, that are in force at the view's instant: a parameter until it is
// withdrawn, a delegation while it is in force, a role, body, scope or seat while it exists, any other act while it is live.
// With a scope, the acts must cover it: be over it or over one above it. cites are the clauses of which an act of a broad
// type must name one.
func (v *View) Evidence(e Demand, scope string, cites []string) []Shown {
	r := v.state.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(v.known)
	return examine(r, v).evidence(e, scope, cites)
}

func (x *examiner) evidence(e Demand, scope string, cites []string) []Shown {
	var out []Shown
	add := func(seq uint64, by string, at Instant, over string, governance bool) {
		if scope != "" && !x.v.covers(over, scope) || e.By == ByGovernance && !governance || e.By == ByManagement && governance {
			return
		}
		if broad[e.Type] && !x.cites(seq, cites) {
			return
		}
		out = append(out, Shown{seq, x.v.nameOf(by), at})
	}
	switch e.Type {
	case "purpose.defined":
		x.parametersShown(none, add)
	case "direction.set":
		x.parametersShown(spaceDirection, add)
	case "policy.adopted":
		x.parametersShown(spacePolicy, add)
	case "appetite.set":
		x.parametersShown(spaceAppetite, add)
	case "criteria.set":
		x.parametersShown(spaceCriteria, add)
	case "matter.reserved":
		x.parametersShown(spaceMatter, add)
	case "delegation.granted":
		for id := range x.v.state.things[spaceDelegation] {
			if d := x.v.delegation(id); d != nil && x.v.chain(d) != nil {
				add(d.granted.Seq, x.from(d), d.granted.At, d.scope, d.under == "")
			}
		}
	default:
		for _, m := range x.ofType(e.Type) {
			if over, ok := x.inForce(m); ok {
				add(m.seq, m.by, m.at, over, x.byGovernance(m))
			}
		}
	}
	slices.SortFunc(out, func(a, b Shown) int { return int(int64(a.Act) - int64(b.Act)) })
	return out
}

func (x *examiner) parametersShown(sp space, add func(seq uint64, by string, at Instant, over string, governance bool)) {
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
		add(p.pos.Seq, by, p.pos.At, p.scope, p.by == "")
	}
}

// cites tells whether an act names one of some clauses.
func (x *examiner) cites(seq uint64, clauses []string) bool {
	a := x.v.state.contentOf(seq, x.known)
	return a != nil && slices.ContainsFunc(a.Clauses, func(c string) bool { return slices.Contains(clauses, c) })
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
		return slices.ContainsFunc(d.Evidence, func(e Demand) bool { return len(x.dutyShown(e)) > 0 })
	}
	if met(x.v) {
		return
	}
	since, causes := x.since(func(v *View) bool { return v.governing().body != "" && !met(v) })
	x.find(DutyUnmet, "duty", d.ID, Finding{Party: x.v.nameOf(x.v.governing().body), Since: since, Acts: append(causes, x.v.governing().seq), Clauses: d.Clauses,
		Sentence: "The governing body has not done this itself, or no longer: " + lowerFirst(d.Title) + ".", Cure: d.Cure})
}

// dutyShown is evidence for a duty, over any scope. That a member was appointed counts for the governing body alone.
func (x *examiner) dutyShown(e Demand) []Shown {
	out := x.evidence(e, "", nil)
	if e.Type == "member.appointed" {
		out = slices.DeleteFunc(out, func(s Shown) bool {
			d, ok := x.v.state.contentOf(s.Act, x.known).Data.(*MemberAppointed)
			return !ok || x.v.sideOf(x.v.fold.canonAt(d.Body, x.known)) != ""
		})
	}
	return out
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
