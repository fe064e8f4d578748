package projections

import (
	"cmp"
	"slices"

	"buckstop/domain"
)

// mandate is a delegation as it stands at an instant, by the keys of parties and what is the same for as long as it does not
// change.
type mandate struct {
	state            string
	from, to, scope  string
	powers, reserved []string
	limits           []Limit
	ends             domain.Instant
	conditions       []Proviso
	responsibilities []Responsibility
	chain            []Link // by keys
	over             []string
	vacant           bool
}

// mandateOf gives a delegation as it stands; false where it has not been granted.
func (b *biography) mandateOf(s *domain.Spell, id string, acts *[]uint64) (mandate, bool) {
	d, ok := s.Delegation(id, acts)
	if !ok {
		return mandate{}, false
	}
	key := func(id string) string { return s.Party(id, new([]uint64)).Key }
	m := mandate{state: d.State, from: key(d.From), to: key(d.To), scope: d.Scope, ends: domain.Forever}
	for at := d.Scope; at != ""; at = s.Parent(at, new([]uint64)) {
		m.over = append(m.over, at)
	}
	h, ok := s.Hold(id, acts)
	if !ok {
		return m, true
	}
	m.powers, m.reserved = slices.Sorted(slices.Values(h.Powers)), slices.Sorted(slices.Values(h.Reserved))
	m.limits, m.ends, m.responsibilities = limitsOf(h.Limits), h.Authority.Until, dutiesOf(h.Responsibilities)
	for _, step := range h.Chain {
		m.chain = append(m.chain, Link{step.Delegation, key(step.From), key(step.To)})
		if !step.Conditions.IsZero() {
			m.conditions = append(m.conditions, Proviso{step.Delegation, Text{step.Conditions}})
		}
	}
	m.vacant = len(s.Answerable(d.To, new([]uint64))) == 0
	return m, true
}

// tied gives the delegations that had, in some form, what fits; each once.
func (b *biography) tied(fits func(t *domain.Tie) bool) []string {
	var out []string
	for i := range b.ties {
		if t := &b.ties[i]; fits(t) && !slices.Contains(out, t.Delegation) {
			out = append(out, t.Delegation)
		}
	}
	return out
}

// authority tells what the party held, in its own name or by a seat, for as long as it answered there.
func (b *biography) authority() []Mandate {
	out := []Mandate{}
	for _, hat := range b.hats {
		for _, id := range b.tied(func(t *domain.Tie) bool { return t.To == hat }) {
			out = append(out, b.mandates(id, hat, func(s *domain.Spell, m *mandate, acts *[]uint64) bool {
				m.vacant = false
				return !over(m.state) && m.to == hat && b.answers(s, hat, acts)
			})...)
		}
	}
	return ordered(out)
}

// delegated tells what the party passed on, itself or by a seat, for as long as it remained accountable for it.
func (b *biography) delegated() []Mandate {
	out := []Mandate{}
	for _, hat := range b.hats {
		for _, id := range b.tied(func(t *domain.Tie) bool { return t.From == hat || t.Under == "" && b.governed[hat] }) {
			out = append(out, b.mandates(id, hat, func(s *domain.Spell, m *mandate, acts *[]uint64) bool {
				return !over(m.state) && m.from == hat && b.answers(s, hat, acts)
			})...)
		}
	}
	return ordered(out)
}

// fallen tells of what others held while nobody was in office to answer for it, so that it fell to the party as the nearest
// delegator above that had anybody.
func (b *biography) fallen() []Mandate {
	below := map[string]bool{}
	governs := slices.ContainsFunc(b.hats, func(hat string) bool { return b.governed[hat] })
	for _, id := range b.tied(func(t *domain.Tie) bool { return t.Under == "" && governs || slices.Contains(b.hats, t.From) }) {
		below[id] = true
	}
	for more := true; more; {
		more = false
		for _, t := range b.ties {
			if below[t.Under] && !below[t.Delegation] {
				below[t.Delegation], more = true, true
			}
		}
	}
	out := []Mandate{}
	for _, id := range b.tied(func(t *domain.Tie) bool { return below[t.Delegation] && !b.neverVacant(t.To) }) {
		for _, hat := range b.catchers(id) {
			out = append(out, b.mandates(id, hat, func(s *domain.Spell, m *mandate, acts *[]uint64) bool {
				return b.fallsTo(s, m, acts) == hat && b.answers(s, hat, acts)
			})...)
		}
	}
	return ordered(out)
}

// neverVacant tells whether a party is a person, of whom a delegation ends when they leave.
func (b *biography) neverVacant(key string) bool {
	_, _, kind := b.called(key)
	return kind == "person"
}

// catchers gives those of the party's seats to which a delegation ever fell.
func (b *biography) catchers(id string) []string {
	var out []string
	for _, s := range spells(b, func(s *domain.Spell, acts *[]uint64) (string, bool) {
		m, ok := b.mandateOf(s, id, acts)
		return b.fallsTo(s, &m, acts), ok && m.vacant
	}) {
		if slices.Contains(b.hats, s.value) && !slices.Contains(out, s.value) {
			out = append(out, s.value)
		}
	}
	return out
}

// fallsTo gives the nearest party above a vacant delegation that has anybody to answer; none where there is none.
func (b *biography) fallsTo(s *domain.Spell, m *mandate, acts *[]uint64) string {
	if !m.vacant {
		return ""
	}
	for i := len(m.chain) - 1; i >= 0; i-- {
		if len(s.Answerable(m.chain[i].From, acts)) > 0 {
			return m.chain[i].From
		}
	}
	return ""
}

// mandates gives the times over which a delegation concerns the party by one of its seats, each with its spells.
func (b *biography) mandates(id, hat string, concerns func(*domain.Spell, *mandate, *[]uint64) bool) []Mandate {
	all := spells(b, func(s *domain.Spell, acts *[]uint64) (mandate, bool) {
		m, ok := b.mandateOf(s, id, acts)
		return m, ok && concerns(s, &m, acts)
	})
	var out []Mandate
	for first := 0; first < len(all); {
		next := first + 1
		for next < len(all) && all[next-1].until == all[next].from {
			next++
		}
		if run := all[first:next]; b.from.Before(run[len(run)-1].until) {
			out = append(out, b.mandate(id, hat, run))
		}
		first = next
	}
	return out
}

// mandate tells of one time without a break.
func (b *biography) mandate(id, hat string, run []spell[mandate]) Mandate {
	last := run[len(run)-1]
	out := Mandate{Delegation: id, RemainsAccountable: true, Ended: []Cause{}, Spells: []Terms{}}
	if hat != b.who.Key {
		out.Through, out.ThroughName, _ = b.called(hat)
	}
	out.From, out.FromName, _ = b.called(last.value.from)
	out.To, out.ToName, _ = b.called(last.value.to)
	s := b.v.Spell(last.from)
	d, _ := s.Delegation(id, new([]uint64))
	out.Granted = Time{d.Granted}
	for i := range run {
		var before *spell[mandate]
		if i > 0 {
			before = &run[i-1]
		}
		if b.from.Before(run[i].until) {
			out.Spells = append(out.Spells, b.terms(id, hat, before, &run[i]))
		}
	}
	if last.until == domain.Forever {
		return out
	}
	after, _ := b.mandateOf(b.v.Spell(last.until), id, new([]uint64))
	ended := b.without(b.turned(last.until, id, hat, &last, &spell[mandate]{value: after}), begins)
	if over(after.state) {
		out.EndedAs = after.state
	}
	out.Ended, out.EndNote = b.causes(ended), b.note(last.until, ended, &last.value)
	t := &out.Spells[len(out.Spells)-1]
	t.Because = b.span(last.from, last.until, append(slices.Clone(last.acts), ended...)).Because
	return out
}

// terms tells of one spell.
func (b *biography) terms(id, hat string, before, now *spell[mandate]) Terms {
	m := &now.value
	began := b.without(b.turned(now.from, id, hat, before, now), ends)
	out := Terms{
		Span: b.span(now.from, now.until, append(slices.Clone(now.acts), began...)), State: m.state, Scope: m.scope,
		Powers: emptyNotNil(m.powers), Reserved: emptyNotNil(m.reserved), Limits: append([]Limit{}, m.limits...), Ends: Time{m.ends},
		Conditions: append([]Proviso{}, m.conditions...), Responsibilities: append([]Responsibility{}, m.responsibilities...),
		Chain: []Link{}, Vacant: m.vacant, Began: b.causes(began),
	}
	if s, ok := b.v.Scope(m.scope, new([]uint64)); ok {
		out.ScopeName = Text{s.Name}
	}
	for _, l := range m.chain {
		from, _, _ := b.called(l.From)
		to, _, _ := b.called(l.To)
		out.Chain = append(out.Chain, Link{l.Delegation, from, to})
	}
	if before != nil {
		out.Note = b.note(now.from, began, &before.value)
	}
	return out
}

// turned gives the acts by which one spell gave way to another.
func (b *biography) turned(at domain.Instant, id, hat string, before, now *spell[mandate]) []uint64 {
	things := []string{id, hat, b.who.Key}
	var acts []uint64
	for _, s := range []*spell[mandate]{before, now} {
		if s == nil {
			continue
		}
		acts = append(acts, s.acts...)
		things = append(things, s.value.over...)
		things = append(things, s.value.from, s.value.to)
		for _, l := range s.value.chain {
			things = append(things, l.Delegation, l.To)
		}
		for _, n := range s.acts { // a matter is released by its id
			if r, ok := b.v.Act(n); ok && r.Content != nil {
				if m, ok := r.Content.Data.(*domain.MatterReserved); ok {
					things = append(things, m.ID)
				}
			}
		}
	}
	slices.Sort(things)
	return b.turning(at, acts, slices.Compact(things))
}

// without leaves out the acts by which others came or went, unless there are none but those.
func (b *biography) without(acts []uint64, which func(domain.Data) bool) []uint64 {
	kept := slices.DeleteFunc(slices.Clone(acts), func(n uint64) bool {
		r, _ := b.v.Act(n)
		return which(r.Content.Data)
	})
	if len(kept) == 0 {
		return acts
	}
	return kept
}

func begins(d domain.Data) bool {
	switch d.(type) {
	case *domain.MemberAppointed, *domain.RoleAssigned:
		return true
	default:
		return false
	}
}

func ends(d domain.Data) bool {
	switch d.(type) {
	case *domain.MemberDeparted, *domain.RoleVacated, *domain.PersonLeft:
		return true
	default:
		return false
	}
}

// note says why something changed at an instant, where no act did it.
func (b *biography) note(at domain.Instant, acts []uint64, before *mandate) string {
	if len(acts) > 0 {
		return ""
	}
	s := b.v.Spell(at)
	for _, l := range before.chain {
		if d, ok := s.Delegation(l.Delegation, new([]uint64)); ok && d.Until == at {
			return "the term of " + l.Delegation + " ended"
		}
	}
	return "a term ended"
}

func ordered(out []Mandate) []Mandate {
	slices.SortStableFunc(out, func(x, y Mandate) int {
		return cmp.Or(x.Spells[0].From.Compare(y.Spells[0].From.Instant), cmp.Compare(x.Delegation, y.Delegation))
	})
	return out
}
