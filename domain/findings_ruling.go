package domain

import (
	"fmt"
	"slices"
	"strings"
)

// ruling looks at a decision, a measure or a grant with which something was ever wrong.
func (x *examiner) ruling(i int32) {
	g := &x.r.all[i]
	d := x.r.dockets[g.docket]
	x.note.missed(keyOfAct(g.place.Seq))
	if !g.standsAt(x.known) || x.v.within(g.place.At) {
		return
	}
	now, _ := x.r.verdictAt(i, x.known)
	known := x.r.turned(g.place.Seq, x.known)
	switch d.kind {
	case ofDecisions:
		x.decision(g, d, now, known)
	case ofMeasures:
		x.measure(i, g, d, now)
	case ofGrant:
		first := x.r.all[x.r.first[g.place.Seq]-1].outcome
		if n := x.v.delegation(d.grant); now&uncovered != 0 && first&uncovered == 0 && (n == nil || n.ended == "") {
			f := Finding{Scope: d.scope, Since: g.place.At, Acts: []uint64{g.place.Seq, known}}
			if n != nil {
				f.Party = x.v.nameOf(n.to)
			}
			f.Sentence = fmt.Sprintf("The delegation %s stood as known when it was recorded; by what was recorded later, what it stands on was not in force when it was granted, on %s.", d.grant, x.date(g.place.At))
			f.Cure = Cure{"delegation.granted", fmt.Sprintf("Have somebody with the authority grant %s anew, and ratify what was done under it.", d.grant)}
			x.find(Undermined, "delegation", d.grant, f)
		}
	}
}

func (x *examiner) decision(g *ruling, d *docket, now verdict, known uint64) {
	a := x.v.state.contentOf(g.place.Seq, x.known)
	t := a.Data.(*DecisionTaken)
	first := x.r.all[x.r.first[g.place.Seq]-1].outcome
	by := x.label(d.decision.by)
	f := Finding{Scope: t.Scope, Party: x.v.nameOf(d.decision.by), Since: g.place.At, Acts: []uint64{g.place.Seq}, Cured: x.cured(g.place.Seq)}
	told := fmt.Sprintf("%s decided %s on %s: %s over %s%s", by, t.ID, x.date(g.place.At), t.Power, x.scopeLabel(t.Scope), amountsOf(t.Amounts))
	ratify := Cure{"act.ratified", fmt.Sprintf("Have somebody who could take the decision ratify %s, or annul it if it was never taken.", t.ID)}
	was, is := first&uncovered != 0, now&uncovered != 0
	switch f.Cure = ratify; {
	case was && is:
		f.Sentence = fmt.Sprintf("%s. No authority in force covered it: %s.", told, x.whyUncovered(g, d, t))
		x.find(UltraVires, "decision", t.ID, f)
	case is:
		if x.v.fold.entries[known-1].kind.Name != "decision.taken" { // one that came first is not itself undermined
			f.Acts = append(f.Acts, known)
		}
		f.Sentence = fmt.Sprintf("%s. It was covered as known when it was recorded; by %s, recorded later, it is not: %s.",
			told, x.actLabel(known), x.whyUncovered(g, d, t))
		x.find(Undermined, "decision", t.ID, f)
	case was:
		f.Acts = append(f.Acts, known)
		f.Sentence = fmt.Sprintf("%s. Nothing covered it as known when it was recorded; %s, recorded later, does.", told, x.actLabel(known))
		f.Cure = Cure{"act.ratified", fmt.Sprintf("Nothing is missing now. Record authority before it is used, or have %s ratified to close the matter.", t.ID)}
		x.find(LateAuthority, "decision", t.ID, f)
	}
	if now&unanswered != 0 {
		f := Finding{Scope: t.Scope, Party: f.Party, Since: g.place.At, Acts: []uint64{g.place.Seq}, Cured: f.Cured, Cure: ratify}
		f.Sentence = told + ". A system took it, and nobody who answers for that system was in office."
		x.find(SystemActed, "decision", t.ID, f)
	}
}

func (x *examiner) actLabel(seq uint64) string {
	e := x.v.fold.entries[seq-1]
	return fmt.Sprintf("act %d (%s)", seq, e.kind.Name)
}

func amountsOf(amounts []Quantity) string {
	var parts []string
	for _, q := range amounts {
		parts = append(parts, fmt.Sprintf("%s %s of %s", q.Value.Text, q.Unit, q.Dimension))
	}
	if len(parts) == 0 {
		return ""
	}
	return ", for " + strings.Join(parts, " and ")
}

// whyUncovered says why nothing covered a decision.
func (x *examiner) whyUncovered(g *ruling, d *docket, t *DecisionTaken) string {
	there := x.elsewhere(g.place.At)
	there.note = nil
	if !x.elsewhereKnown(g.place.Seq).powerDefined(t.Power) {
		return fmt.Sprintf("the power %s was not defined", t.Power)
	}
	c := d.decision
	c.amounts, c.place = t.Amounts, Pos{g.place.At, g.place.Seq - 1}
	_, why := there.may(&c)
	var parts []string
	for _, r := range why {
		parts = append(parts, r.Message)
	}
	return strings.Join(parts, "; ")
}

// elsewhereKnown is the ledger at the view's instant as known at another sequence.
func (x *examiner) elsewhereKnown(known uint64) *View {
	there := x.elsewhere(x.v.at)
	there.known, there.note = known, nil
	return there
}

// cured gives the ratification of a fact that is in force, if there is one: it cures from its effective instant on.
func (x *examiner) cured(seq uint64) *Cured {
	x.note.missed(keyOfAct(seq))
	s := x.v.state
	for _, n := range s.fold.entries[seq-1].records {
		a := s.said(n)
		if _, ok := a.Data.(*ActRatified); !ok || n > x.known || s.dead(n, x.known) || x.v.within(a.Effective.At) {
			continue
		}
		return &Cured{By: x.v.nameOf(x.v.fold.canonAt(a.By, x.known)), Since: a.Effective.At, Act: n}
	}
	return nil
}

// measure: past red or amber under the appetite in force when it was taken. A later measure that is within it shows it cured.
func (x *examiner) measure(i int32, g *ruling, d *docket, now verdict) {
	if now&(pastAmber|pastRed) == 0 {
		return
	}
	a := x.v.state.contentOf(g.place.Seq, x.known)
	m := a.Data.(*MeasureReported)
	f := Finding{Scope: m.Scope, Party: x.v.nameOf(x.v.fold.canonAt(a.By, x.known)), Since: g.place.At, Acts: []uint64{g.place.Seq}, Cured: x.cured(g.place.Seq)}
	if f.Cured == nil {
		f.Cured = x.backWithin(g, d)
	}
	level, threshold := "red", ""
	if now&pastRed == 0 {
		level, f.Severity = "amber", Medium
	}
	there := x.elsewhere(g.place.At)
	for _, p := range there.appetitesOver(m.Scope) {
		for _, t := range p.data.(*AppetiteSet).Measures {
			if t.Metric == m.Metric && t.Unit == m.Unit && past([]Measure{t}, m.Value)&now != 0 {
				f.Acts = append(f.Acts, p.pos.Seq)
				at := t.Red
				if level == "amber" {
					at = t.Amber
				}
				threshold = fmt.Sprintf(" (%s in the appetite %s)", at.Text, p.data.(*AppetiteSet).ID)
			}
		}
	}
	f.Sentence = fmt.Sprintf("%s over %s was %s %s on %s, past its %s threshold%s.", m.Metric, x.scopeLabel(m.Scope), m.Value.Text, m.Unit, x.date(g.place.At), level, threshold)
	f.Cure = Cure{"measure.reported", fmt.Sprintf("Bring %s back within the appetite and report it, or have the governing body set the appetite anew.", m.Metric)}
	x.find(AppetiteBreach, "measure", a.ID, f)
}

// backWithin gives the first later measure of the same metric that is within the appetite of its day.
func (x *examiner) backWithin(g *ruling, d *docket) *Cured {
	x.note.missed(keyOfMetric(d))
	for _, k := range d.history {
		n := &x.r.all[k]
		if !g.place.Before(n.place) || !n.standsAt(x.known) {
			continue
		}
		if x.v.within(n.place.At) {
			break
		}
		if now, _ := x.r.verdictAt(k, x.known); now&(pastAmber|pastRed) == 0 && x.measures(d, n.place.At) {
			a := x.v.state.contentOf(n.place.Seq, x.known)
			return &Cured{By: x.v.nameOf(x.v.fold.canonAt(a.By, x.known)), Since: n.place.At, Act: n.place.Seq}
		}
	}
	return nil
}

// measures tells whether an appetite in force at an instant has thresholds for a metric: without one, nothing is within it.
func (x *examiner) measures(d *docket, at Instant) bool {
	return slices.ContainsFunc(x.elsewhere(at).appetitesOver(d.scope), func(p *parameter) bool {
		return slices.ContainsFunc(p.data.(*AppetiteSet).Measures, func(m Measure) bool { return m.Metric == d.metric && m.Unit == d.unit })
	})
}
