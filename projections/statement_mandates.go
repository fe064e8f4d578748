package projections

import (
	"cmp"
	"slices"
	"strconv"

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
func (b *biography) mandateOf(v *domain.View, id string, acts *[]uint64) (mandate, bool) {
	d, ok := v.Delegation(id, acts)
	if !ok {
		return mandate{}, false
	}
	key := func(id string) string { return v.Party(id, new([]uint64)).Key }
	m := mandate{state: d.State, from: key(d.From), to: key(d.To), scope: d.Scope, ends: domain.Forever}
	for at := d.Scope; at != ""; at = v.Parent(at, new([]uint64)) {
		m.over = append(m.over, at)
	}
	h, ok := v.Hold(id, acts)
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
	m.vacant = len(v.Answerable(d.To, new([]uint64))) == 0
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

// condition is part of what makes a delegation concern the party.
type condition func(v *domain.View, m *mandate, acts *[]uint64) bool

func goesOn(_ *domain.View, m *mandate, _ *[]uint64) bool { return m.state != "" && !over(m.state) }

func (b *biography) answersFor(hat string) condition {
	return func(v *domain.View, _ *mandate, acts *[]uint64) bool { return b.answers(v, hat, acts) }
}

// authority tells what the party held, in its own name or by a seat, for as long as it answered there.
func (b *biography) authority() []Mandate {
	out := []Mandate{}
	for _, hat := range b.hats {
		to := func(_ *domain.View, m *mandate, _ *[]uint64) bool {
			m.vacant = false
			return m.to == hat
		}
		for _, id := range b.tied(func(t *domain.Tie) bool { return t.To == hat }) {
			out = append(out, b.mandates(id, hat, goesOn, to, b.answersFor(hat))...)
		}
	}
	return ordered(out)
}

// delegated tells what the party passed on, itself or by a seat, for as long as it remained accountable for it.
func (b *biography) delegated() []Mandate {
	out := []Mandate{}
	for _, hat := range b.hats {
		from := func(_ *domain.View, m *mandate, _ *[]uint64) bool { return m.from == hat }
		for _, id := range b.tied(func(t *domain.Tie) bool { return t.From == hat || t.Under == "" && b.governed[hat] }) {
			out = append(out, b.mandates(id, hat, goesOn, from, b.answersFor(hat))...)
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
			falls := func(v *domain.View, m *mandate, acts *[]uint64) bool { return b.fallsTo(v, m, acts) == hat }
			out = append(out, b.mandates(id, hat, falls, b.answersFor(hat))...)
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
		m, ok := b.mandateOf(s.View, id, acts)
		return b.fallsTo(s.View, &m, acts), ok && m.vacant
	}) {
		if slices.Contains(b.hats, s.value) && !slices.Contains(out, s.value) {
			out = append(out, s.value)
		}
	}
	return out
}

// fallsTo gives the nearest party above a vacant delegation that has anybody to answer; none where there is none.
func (b *biography) fallsTo(v *domain.View, m *mandate, acts *[]uint64) string {
	if !m.vacant {
		return ""
	}
	for i := len(m.chain) - 1; i >= 0; i-- {
		if len(v.Answerable(m.chain[i].From, acts)) > 0 {
			return m.chain[i].From
		}
	}
	return ""
}

// mandates gives the times over which a delegation meets all conditions on which it concerns the party by one of its seats,
// each with its spells.
func (b *biography) mandates(id, hat string, on ...condition) []Mandate {
	all := spells(b, func(s *domain.Spell, acts *[]uint64) (mandate, bool) {
		m, ok := b.mandateOf(s.View, id, acts)
		for _, met := range on {
			ok = ok && met(s.View, &m, acts)
		}
		return m, ok
	})
	var out []Mandate
	for first := 0; first < len(all); {
		next := first + 1
		for next < len(all) && all[next-1].until == all[next].from {
			next++
		}
		if run := all[first:next]; b.from.Before(run[len(run)-1].until) {
			out = append(out, b.mandate(id, hat, run, on))
		}
		first = next
	}
	return out
}

// mandate tells of one time without a break.
func (b *biography) mandate(id, hat string, run []spell[mandate], on []condition) Mandate {
	last := run[len(run)-1]
	out := Mandate{Delegation: id, RemainsAccountable: true, Ended: []Cause{}, Spells: []Terms{}}
	if hat != b.who.Key {
		out.Through, out.ThroughName, _ = b.called(hat)
	}
	d, _ := b.v.Spell(last.from).Delegation(id, new([]uint64))
	out.Granted = Time{d.Granted}
	granted, ok := b.mandateOf(b.v.Spell(d.Granted).View, id, new([]uint64))
	if !ok {
		granted = last.value
	}
	out.From, out.FromName, _ = b.called(granted.from)
	out.To, out.ToName, _ = b.called(last.value.to)
	for i := range run {
		if b.from.Before(run[i].until) {
			out.Spells = append(out.Spells, b.terms(id, run[:i+1], on))
		}
	}
	if last.until == domain.Forever {
		return out
	}
	after, _ := b.mandateOf(b.v.Spell(last.until).View, id, new([]uint64))
	if over(after.state) {
		out.EndedAs = after.state
	}
	ended, term := b.turned(last.until, b.concerning(id, on))
	out.Ended = b.causes(ended)
	if term {
		out.EndNote = b.note(last.until, &last.value)
	}
	t := &out.Spells[len(out.Spells)-1]
	t.Because = b.span(last.from, last.until, append(slices.Clone(last.acts), ended...)).Because
	return out
}

// terms tells of the last of some spells without a break.
func (b *biography) terms(id string, run []spell[mandate], on []condition) Terms {
	now := &run[len(run)-1]
	m, differs := &now.value, b.concerning(id, on)
	if len(run) > 1 {
		differs = b.saying(id, on)
	}
	began, term := b.turned(now.from, differs)
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
	if term {
		was, _ := b.mandateOf(b.v.Spell(before(now.from)).View, id, new([]uint64))
		out.Note = b.note(now.from, &was)
	}
	return out
}

// concerning asks which of the conditions are met on which a delegation concerns the party.
func (b *biography) concerning(id string, on []condition) func(v *domain.View) facts {
	return func(v *domain.View) facts {
		m, _ := b.mandateOf(v, id, new([]uint64))
		out := facts{}
		for i, met := range on {
			out[strconv.Itoa(i)] = met(v, &m, new([]uint64))
		}
		return out
	}
}

// saying asks what a delegation says.
func (b *biography) saying(id string, on []condition) func(v *domain.View) facts {
	return func(v *domain.View) facts {
		m, _ := b.mandateOf(v, id, new([]uint64))
		for _, met := range on { // a condition may leave something out of account
			met(v, &m, new([]uint64))
		}
		return facts{
			"state": m.state, "from": m.from, "to": m.to, "scope": m.scope, "powers": m.powers, "reserved": m.reserved,
			"limits": m.limits, "ends": m.ends, "conditions": m.conditions, "responsibilities": m.responsibilities,
			"chain": m.chain, "over": m.over, "vacant": m.vacant,
		}
	}
}

// note says which term ended at an instant: that of a delegation of the chain there was, or of a seat.
func (b *biography) note(at domain.Instant, was *mandate) string {
	s := b.v.Spell(at)
	for _, l := range was.chain {
		if d, ok := s.Delegation(l.Delegation, new([]uint64)); ok && d.Until == at {
			return "the term of " + l.Delegation + " ended"
		}
	}
	return "a term of office ended"
}

func ordered(out []Mandate) []Mandate {
	slices.SortStableFunc(out, func(x, y Mandate) int {
		return cmp.Or(x.Spells[0].From.Compare(y.Spells[0].From.Instant), cmp.Compare(x.Delegation, y.Delegation))
	})
	return out
}
