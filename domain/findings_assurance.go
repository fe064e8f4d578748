package domain

import (
	"fmt"
	"slices"
	"strings"
)

const (
	receivedDays    = 60
	independentYear = "P1Y"
)

// assurance looks at an assurance that was commissioned.
func (x *examiner) assurance(id string) {
	m := x.commission(id)
	if m == nil {
		return
	}
	d := m.act.Data.(*AssuranceCommissioned)
	x.notReceived(d)
	if d.Impairment.IsZero() {
		x.notIndependent(m, d)
	}
	x.assuresOwn(m, d)
}

// commission gives the act that commissioned an assurance, and nil before it.
func (x *examiner) commission(id string) (m *remark) {
	for _, c := range x.remarks(thingKey{spaceAssurance, id}) {
		if _, ok := c.act.Data.(*AssuranceCommissioned); ok {
			m = c
		}
	}
	return m
}

// notReceived: reported, and within 60 days not reviewed by the governing body or a committee acting for it other than by
// noting it.
func (x *examiner) notReceived(d *AssuranceCommissioned) {
	open, noted := x.unreceived(d.ID)
	late := func(v *View) bool {
		open, _ := x.unreceived(d.ID)
		return open != nil && x.commission(d.ID) != nil && !v.within(v.fold.days(open.at, receivedDays))
	}
	if !late(x.v) {
		return
	}
	since, causes := x.since(late)
	f := Finding{Scope: d.Scope, Party: x.v.nameOf(x.v.fold.canonAt(d.Provider, x.known)), Since: since, Acts: append(append(causes, noted...), open.seq, x.commission(d.ID).seq)}
	f.Sentence = fmt.Sprintf("%s reported the assurance %s over %s on %s, and in %d days neither the governing body nor a committee acting for it has reviewed it.",
		x.label(f.Party), d.ID, x.scopeLabel(d.Scope), x.date(open.at), receivedDays)
	if len(noted) > 0 {
		f.Sentence = strings.TrimSuffix(f.Sentence, "reviewed it.") + "done more than note it."
	}
	f.Cure = Cure{"assurance.reviewed", fmt.Sprintf("Have the governing body review %s and conclude: accepted, challenged or rejected.", d.ID)}
	x.find(NotReceived, "assurance", d.ID, f)
}

// unreceived gives the first report that is not reviewed other than by noting it, and by which acts it was noted.
func (x *examiner) unreceived(id string) (open *remark, noted []uint64) {
	for _, m := range x.remarks(thingKey{spaceAssurance, id}) {
		switch r := m.act.Data.(type) {
		case *AssuranceReported:
			if open == nil {
				open = m
			}
		case *AssuranceReviewed:
			if r.Conclusion == "noted" {
				noted = append(noted, m.seq)
			} else {
				open, noted = nil, nil
			}
		default:
		}
	}
	return open, noted
}

// judgedAt gives the instant up to which a provider's independence matters: its report, or else the view's.
func (x *examiner) judgedAt(v *View, d *AssuranceCommissioned) Instant {
	for _, m := range x.remarks(thingKey{spaceAssurance, d.ID}) {
		if _, ok := m.act.Data.(*AssuranceReported); ok && m.at.Before(v.at) {
			return m.at
		}
	}
	return v.at
}

func (x *examiner) notIndependent(m *remark, d *AssuranceCommissioned) {
	provider := x.v.fold.canonAt(d.Provider, x.known)
	tied := func(v *View) string {
		if v.within(m.at) {
			return ""
		}
		return x.tie(x.elsewhere(x.judgedAt(v, d)), provider, d.Scope)
	}
	why := tied(x.v)
	if why == "" {
		return
	}
	since, causes := x.since(func(v *View) bool { return tied(v) != "" })
	x.find(NotIndependent, "assurance", d.ID, Finding{Scope: d.Scope, Party: x.v.nameOf(provider), Since: since, Acts: append(causes, m.seq),
		Sentence: fmt.Sprintf("%s gives the assurance %s over %s and is not independent of it: %s.", x.label(provider), d.ID, x.scopeLabel(d.Scope), why),
		Cure:     Cure{"assurance.commissioned", "Commission it from a provider independent of those who run it, or correct the act to declare the impairment that the commissioner accepts."}})
}

// tie says what ties a provider to a scope at an instant: it holds authority there, held it in the year before, or answers to
// who holds it.
func (x *examiner) tie(v *View, provider, scope string) string {
	ids := v.identities(provider)
	if d := v.holdsIn(ids, scope); d != nil {
		return fmt.Sprintf("they hold %s, over %s", d.id, d.scope)
	}
	for _, id := range ids {
		for _, h := range v.held(id) {
			for _, c := range v.chain(v.delegation(h)) {
				if c.under != "" && v.holdsIn([]string{c.from}, scope) != nil {
					return fmt.Sprintf("they answer to %s, who holds authority there", x.label(c.from))
				}
			}
		}
	}
	at := v.at
	defer func() { v.at = at }()
	for range deepest {
		from, _ := x.note.span(v.at, x.known)
		if from == Beginning {
			return ""
		}
		over := x.v.fold.after(from, independentYear, 1) // from then on, what was held until there is more than a year ago
		x.v.within(over)
		if !at.Before(over) {
			return ""
		}
		v.at = from.before()
		if d := v.holdsIn(v.identities(provider), scope); d != nil {
			return fmt.Sprintf("they held %s, over %s, until %s", d.id, d.scope, x.date(from))
		}
	}
	return ""
}

// identities gives the parties as which a provider could hold what it assures: itself, who answers for it, and the roles and
// bodies in which these sit.
func (w *world) identities(provider string) []string {
	out := []string{provider}
	for _, p := range w.persons(nil, provider, new([]uint64)) {
		if !contains(out, p) {
			out = append(out, p)
		}
	}
	for _, p := range slices.Clone(out) {
		for _, s := range w.seated(p) {
			if w.sideOf(s) != "" && !contains(out, s) && slices.ContainsFunc(w.occupied(s), func(x seat) bool { return x.party == p }) {
				out = append(out, s)
			}
		}
	}
	return out
}

// holdsIn gives a delegation in force by which one of some parties holds authority over a scope, over what it is part of or
// over a part of it; to order and review assurance is not to hold what is assured.
func (w *world) holdsIn(ids []string, scope string) *delegation {
	for _, id := range ids {
		for _, h := range w.held(id) {
			d := w.delegation(h)
			if d == nil || !w.covers(d.scope, scope) && !w.covers(scope, d.scope) {
				continue
			}
			if chain := w.chain(d); chain != nil && !oversee(chain) {
				return d
			}
		}
	}
	return nil
}

// oversee tells whether a chain confers nothing but assurance: one that passes on all of it has no powers of its own.
func oversee(chain []*delegation) bool {
	return slices.ContainsFunc(chain, func(d *delegation) bool {
		return len(d.powers) > 0 && !slices.ContainsFunc(d.powers, func(p string) bool { return !strings.HasPrefix(p, "assurance.") })
	})
}

// assuresOwn: one natural person answers for the provider and for a holder of what it assures.
func (x *examiner) assuresOwn(m *remark, d *AssuranceCommissioned) {
	provider := x.v.fold.canonAt(d.Provider, x.known)
	both := func(v *View) (person, holder string) {
		if v.within(m.at) {
			return "", ""
		}
		there := x.elsewhere(x.judgedAt(v, d))
		people := there.persons(nil, provider, new([]uint64))
		for at := d.Scope; len(people) > 0; {
			for _, id := range there.over(at) {
				g := there.delegation(id)
				if chain := there.chain(g); chain == nil || oversee(chain) {
					continue
				}
				for _, p := range there.persons(nil, g.to, new([]uint64)) {
					if contains(people, p) {
						return p, g.to
					}
				}
			}
			s := there.scope(at)
			if s == nil || s.parent == "" {
				break
			}
			at = s.parent
		}
		return "", ""
	}
	person, holder := both(x.v)
	if person == "" {
		return
	}
	since, causes := x.since(func(v *View) bool { p, _ := both(v); return p == person })
	x.find(SamePerson, "assurance", d.ID, Finding{Scope: d.Scope, Party: x.v.nameOf(person), Since: since, Acts: append(causes, m.seq),
		Sentence: fmt.Sprintf("%s answers both for %s, who holds authority over %s, and for %s, who gives the assurance %s over it.",
			x.label(person), x.label(holder), x.scopeLabel(d.Scope), x.label(provider), d.ID),
		Cure: Cure{"assurance.commissioned", "Commission it from a provider for whom somebody else answers."}})
}
