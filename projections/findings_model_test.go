package projections

import (
	"slices"
	"strings"
	"time"

	"buckstop/domain"
)

// mFound is a finding of the reference. What it rests on is told for those on which more acts bear than the one it is about.
type mFound struct {
	who    string // on whom it turns
	amber  bool
	cured  int // by which act
	turned int // the act by which a decision or a delegation came to be as it is
}

// findings gives every finding at an instant, as known at a sequence, by code, kind and id.
func (r *ruled) findings(at domain.Instant, known int) map[string]*mFound {
	if out := r.found[moment{at, known}]; out != nil {
		return out
	}
	out := map[string]*mFound{}
	r.found[moment{at, known}] = out
	w := r.at(at, known)
	if w.governs == "" {
		return out
	}
	x := &seeker{r, w, at, known, r.upTo(at, known), out}
	x.governance()
	for id, g := range w.grants {
		x.delegation(id, g)
	}
	for _, p := range w.parameters {
		x.parameter(p)
	}
	for _, p := range x.acts {
		switch d := p.act.Data.(type) {
		case *domain.DecisionTaken:
			x.decision(p, d)
		case *domain.MeasureReported:
			x.measure(p, d)
		case *domain.DelegationGranted:
			x.grant(p, d)
		case *domain.ObjectiveSet:
			x.objective(p, d)
		case *domain.AssuranceCommissioned:
			x.assurance(p, d)
		default:
		}
	}
	for scope := range w.scopes {
		x.scope(scope)
	}
	x.duties()
	return out
}

// seeker looks for findings at one instant.
type seeker struct {
	*ruled
	w     *rWorld
	now   domain.Instant
	known int
	acts  []placed // those that hold by the instant
	out   map[string]*mFound
}

// upTo gives the acts that are live and effective by an instant, in the order of their places.
func (r *ruled) upTo(at domain.Instant, known int) []placed {
	var out []placed
	for _, p := range r.order(known) {
		if !at.Before(p.act.Effective.At) {
			out = append(out, p)
		}
	}
	return out
}

func (x *seeker) find(code domain.FindingCode, kind, id string) *mFound {
	f := &mFound{}
	x.out[string(code)+" "+kind+" "+id] = f
	return f
}

func (x *seeker) governance() {
	if !x.w.canAct(x.w.governs) {
		x.find(domain.NoGoverningBody, "body", x.w.shown(x.w.governs))
	}
}

// The calendar.

func (r *ruled) startsDay(at domain.Instant) bool {
	y, m, d := at.Time().In(r.zone).Date()
	return domain.InstantOf(domain.FirstOfDay(y, m, d, r.zone)) == at
}

func (r *ruled) plus(at domain.Instant, months, days int) domain.Instant {
	t := at.Time().In(r.zone)
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	day := min(t.Day(), first.AddDate(0, 1, -1).Day()) + days
	if r.startsDay(at) {
		date := time.Date(first.Year(), first.Month(), day, 0, 0, 0, 0, time.UTC)
		return domain.InstantOf(domain.FirstOfDay(date.Year(), date.Month(), date.Day(), r.zone))
	}
	return domain.InstantOf(time.Date(first.Year(), first.Month(), day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), r.zone))
}

// late gives the first instant at which what is due by another is late.
func (r *ruled) late(due domain.Instant) domain.Instant {
	if r.startsDay(due) {
		return r.plus(due, 0, 1)
	}
	return due
}

var theIntervals = map[string][2]int{"P1M": {1, 0}, "P3M": {3, 0}, "P10D": {0, 10}, "P1Y": {12, 0}}

func (r *ruled) due(granted domain.Instant, every string, n int) domain.Instant {
	return r.plus(granted, theIntervals[every][0]*n, theIntervals[every][1]*n)
}

// Delegations.

func (x *seeker) delegation(id string, g *mGrant) {
	w, t := x.w, x.w.terms[id]
	if g.ended != "" || !x.now.Before(g.until) {
		return
	}
	if g.pending {
		x.find(domain.Unaccepted, "delegation", id)
	}
	if !t.reviewBy.IsZero() && !x.now.Before(x.late(t.reviewBy.At)) && w.exists(g.to) {
		x.find(domain.ReviewOverdue, "delegation", id)
	}
	x.conflicted(id, g, t)
	if g.pending || len(g.suspendedBy) > 0 || !w.scopeAlive(g.scope) || !w.exists(g.to) {
		return
	}
	if w.chainOf(id, 0) == nil {
		x.find(domain.Lapsed, "delegation", id)
		return
	}
	if t.reportEvery != "" && x.accountLate(id, t) {
		x.find(domain.AccountOverdue, "delegation", id)
	}
	if g.until != domain.Forever && !x.now.Before(x.plus(g.until, 0, -30)) {
		x.find(domain.Expiring, "delegation", id)
	}
	from := g.from
	if g.under == "" {
		from = w.governs
	}
	to := w.answerable(g.to)
	if len(to) == 0 {
		x.find(domain.Vacant, "delegation", id)
	} else if len(to) == 1 && slices.Equal(to, w.answerable(from)) {
		x.find(domain.SamePerson, "delegation", id).who = w.who(to[0])
	}
}

// accountLate tells whether an account is outstanding: one that is given settles all that are due by then, and where none
// was outstanding the next.
func (x *seeker) accountLate(id string, t *mTerms) bool {
	settled := map[int]bool{}
	for _, p := range x.acts {
		d, ok := p.act.Data.(*domain.AccountGiven)
		if !ok || d.Delegation != id {
			continue
		}
		some, n := false, 1
		for ; !p.at.Before(x.due(t.granted, t.reportEvery, n)); n++ {
			some = some || !settled[n]
			settled[n] = true
		}
		if !some {
			settled[n] = true
		}
	}
	n := 1
	for settled[n] {
		n++
	}
	return !x.now.Before(x.late(x.due(t.granted, t.reportEvery, n)))
}

func (x *seeker) conflicted(id string, g *mGrant, t *mTerms) {
	acts := []int{t.grant}
	for _, n := range t.by {
		acts = append(acts, n)
	}
	for _, n := range acts {
		a := x.said(n, x.known)
		if a.Resolution == nil {
			continue
		}
		recipients := []string{g.to}
		for _, at := range []domain.Instant{a.Resolution.Date.At, a.Effective.At} {
			there := x.ruled.at(at, x.known)
			for _, p := range there.answerable(g.to) {
				recipients = append(recipients, there.who(p))
			}
		}
		for _, voter := range a.Resolution.For {
			if slices.Contains(recipients, x.w.who(voter)) {
				x.find(domain.Conflicted, "delegation", id)
			}
		}
	}
}

// grant: the delegation stood when it was recorded, and does not now.
func (x *seeker) grant(p placed, d *domain.DelegationGranted) {
	if g := x.w.grants[d.ID]; g != nil && g.ended != "" && !x.expiredFirst(g) {
		return
	}
	if x.carried(d.ID, p.act.Effective.At, x.known) {
		return
	}
	if !x.carried(d.ID, x.act(p.seq).Effective.At, p.seq) {
		return
	}
	x.find(domain.Undermined, "delegation", d.ID).turned = x.turned(p.seq, func(k int) bool {
		return !x.carried(d.ID, x.said(p.seq, k).Effective.At, k)
	})
}

// expiredFirst tells whether a delegation was over before its holder left.
func (x *seeker) expiredFirst(g *mGrant) bool {
	if g.ended != "left" {
		return false
	}
	for _, p := range x.acts {
		if d, ok := p.act.Data.(*domain.PersonLeft); ok && x.w.who(d.Person) == g.to && !p.at.Before(x.w.terms[g.id].granted) && p.at.Before(g.until) {
			return false
		}
	}
	return true
}

// turned gives the sequence from which on something has been so of an act, whenever it was live, up to what is known.
func (x *seeker) turned(seq int, so func(known int) bool) int {
	first := x.known
	for k := x.known; k >= seq; k-- {
		if x.dead(seq, k) {
			continue
		}
		if !so(k) {
			break
		}
		first = k
	}
	return first
}

// carried tells whether what a delegation stood on when it was granted was in force then.
func (r *ruled) carried(id string, at domain.Instant, known int) bool {
	w := r.at(at, known)
	g := w.grants[id]
	if g == nil || !w.exists(g.to) || !w.scopeAlive(g.scope) {
		return false
	}
	if g.under == "" {
		return true
	}
	up := w.chainOf(g.under, 0)
	return up != nil && up[len(up)-1].to == g.from && w.within(g.scope, up[len(up)-1].scope)
}

// Facts.

// ratified gives the first ratification recorded of an act that is in force.
func (x *seeker) ratified(seq int) int {
	for n := seq + 1; n <= x.known; n++ {
		if d, ok := x.act(n).Data.(*domain.ActRatified); ok && x.seqs[d.Act] == seq && !x.dead(n, x.known) && !x.now.Before(x.act(n).Effective.At) {
			return n
		}
	}
	return 0
}

func (x *seeker) decision(p placed, d *domain.DecisionTaken) {
	is, was := x.ruled.decision(p.seq, x.known), x.ruled.decision(p.seq, p.seq)
	code := domain.FindingCode("")
	switch {
	case is.uncovered && was.uncovered:
		code = domain.UltraVires
	case is.uncovered:
		code = domain.Undermined
	case was.uncovered:
		code = domain.LateAuthority
	}
	if code != "" {
		f := x.find(code, "decision", d.ID)
		f.cured, f.who = x.ratified(p.seq), is.by
		if code != domain.UltraVires {
			f.turned = x.turned(p.seq, func(k int) bool { return x.ruled.decision(p.seq, k).uncovered == is.uncovered })
			if f.turned != 0 && x.act(f.turned).Type == "decision.taken" { // it is not itself undermined
				f.turned = 0
			}
		}
	}
	if is.unanswered {
		x.find(domain.SystemActed, "decision", d.ID).cured = x.ratified(p.seq)
	}
}

// beyond tells what a measure is past in the appetites of its day: 2 for red, 1 for amber; -1 where none measures it.
func (x *seeker) beyond(p placed, d *domain.MeasureReported) int {
	worst := -1
	for _, a := range x.ruled.at(p.at, x.known).appetites(d.Scope) {
		for _, m := range a.data.(*domain.AppetiteSet).Measures {
			if m.Metric != d.Metric || m.Unit != d.Unit {
				continue
			}
			worst = max(worst, 0)
			for level, t := range []domain.Amount{m.Amber, m.Red} {
				if t.Text == "" {
					continue
				}
				c := ratOf(d.Value).Cmp(ratOf(t))
				if m.LowerIsWorse.On {
					c = -c
				}
				if c > 0 {
					worst = max(worst, level+1)
				}
			}
		}
	}
	return worst
}

func (x *seeker) measure(p placed, d *domain.MeasureReported) {
	worst := x.beyond(p, d)
	if worst < 1 {
		return
	}
	f := x.find(domain.AppetiteBreach, "measure", p.act.ID)
	f.amber, f.cured = worst == 1, x.ratified(p.seq)
	for _, q := range x.acts {
		m, ok := q.act.Data.(*domain.MeasureReported)
		if f.cured == 0 && ok && (p.at.Before(q.at) || p.at == q.at && p.seq < q.seq) && m.Scope == d.Scope && m.Metric == d.Metric && m.Unit == d.Unit && x.beyond(q, m) == 0 {
			f.cured = q.seq
		}
	}
}

// governed tells whether the governing body did an act, or a committee acting for it where that counts.
func (x *seeker) governed(p placed, committee bool) bool {
	there := x.ruled.at(p.at, x.known)
	by := there.who(p.act.By)
	return by == there.governs || committee && there.committee(by)
}

func (w *rWorld) committee(id string) bool {
	for range 10 {
		b, ok := w.bodies[id]
		if !ok || !w.posts[id].alive || b.kind != "committee" || b.parent == "" {
			return false
		}
		if b.parent == w.governs {
			return true
		}
		id = b.parent
	}
	return false
}

func (w *rWorld) inForce(kind, id string) bool {
	p := w.parameters[kind+" "+id]
	return p != nil && p.alive
}

func (x *seeker) objective(p placed, d *domain.ObjectiveSet) {
	if x.governed(p, false) || !x.w.scopeAlive(d.Scope) {
		return
	}
	if !x.w.inForce("direction", d.Serves) || !x.w.inForce("appetite", d.Within) && len(x.w.over("appetite", d.Scope)) > 0 {
		x.find(domain.DirectionByManagement, "objective", d.ID).cured = x.ratified(p.seq)
	}
}

func (x *seeker) parameter(p *mParameter) {
	if !p.alive || !x.w.scopeAlive(p.scope) {
		return
	}
	var review domain.When
	switch d := p.data.(type) {
	case *domain.DirectionSet:
		review = d.ReviewBy
	case *domain.AppetiteSet:
		review = d.ReviewBy
	case *domain.PolicyAdopted:
		review = d.ReviewBy
		if p.by != "" && !x.w.committee(p.by) && len(x.w.over("direction", p.scope))+len(x.w.over("appetite", p.scope)) == 0 {
			x.find(domain.PolicyWithoutParameters, "policy", p.id)
		}
	default:
	}
	if !review.IsZero() && !x.now.Before(x.late(review.At)) {
		x.find(domain.ReviewOverdue, p.kind, p.id)
	}
}

// Scopes.

func (x *seeker) scope(id string) {
	if !x.w.scopeAlive(id) {
		return
	}
	has := map[string]bool{}
	for _, p := range x.acts {
		switch d := p.act.Data.(type) {
		case *domain.DecisionTaken:
			has["decision"] = has["decision"] || d.Scope == id
		case *domain.ObjectiveSet:
			has["objective"] = has["objective"] || d.Scope == id
		case *domain.AssessmentCompleted:
			has["assessment"] = has["assessment"] || d.Scope == id
		case *domain.ReviewHeld:
			has["review"] = has["review"] || d.Scope == id && !x.governed(p, false)
		default:
		}
	}
	for _, c := range []struct {
		code       domain.FindingCode
		fact, kind string
	}{{domain.NoAppetite, "decision", "appetite"}, {domain.NoDirection, "objective", "direction"}, {domain.NoCriteria, "assessment", "criteria"}} {
		if has[c.fact] && len(x.w.over(c.kind, id)) == 0 {
			x.find(c.code, "scope", id)
		}
	}
	if has["review"] && !x.overseen(id) {
		x.find(domain.SelfReview, "scope", id)
	}
}

func (x *seeker) overseen(scope string) bool {
	over := map[string]string{} // the assurances over the scope or above it, with their lines
	for _, p := range x.acts {
		switch d := p.act.Data.(type) {
		case *domain.AssuranceCommissioned:
			if x.w.within(scope, d.Scope) {
				over[d.ID] = d.Line
			}
		default:
		}
	}
	for _, p := range x.acts {
		switch d := p.act.Data.(type) {
		case *domain.AssuranceReported:
			if line, ok := over[d.ID]; ok && line != "first" {
				return true
			}
		case *domain.AssuranceReviewed:
			if _, ok := over[d.ID]; ok {
				return true
			}
		default:
		}
	}
	return false
}

// Assurance.

func (x *seeker) assurance(p placed, d *domain.AssuranceCommissioned) {
	open, judged := domain.Forever, x.now
	reported := false
	for _, q := range x.acts {
		switch r := q.act.Data.(type) {
		case *domain.AssuranceReported:
			if r.ID == d.ID {
				if open == domain.Forever {
					open = q.at
				}
				if !reported {
					reported, judged = true, q.at
				}
			}
		case *domain.AssuranceReviewed:
			if r.ID == d.ID && r.Conclusion != "noted" {
				open = domain.Forever
			}
		default:
		}
	}
	if open != domain.Forever && !x.now.Before(x.plus(open, 0, 60)) {
		x.find(domain.NotReceived, "assurance", d.ID)
	}
	provider := x.w.who(d.Provider)
	there := x.ruled.at(judged, x.known)
	if d.Impairment.IsZero() && (x.tied(there, provider, d.Scope) || x.heldWithinAYear(judged, provider, d.Scope)) {
		x.find(domain.NotIndependent, "assurance", d.ID)
	}
	answers := there.answerable(provider)
	for _, at := range there.upFrom(d.Scope) {
		for _, id := range sortedKeys(there.grants) {
			chain := there.chainOf(id, 0)
			if chain == nil || there.grants[id].scope != at || onlyAssurance(chain) {
				continue
			}
			for _, who := range there.persons(there.grants[id].to, map[string]bool{}) {
				if slices.Contains(answers, who) && x.out["SAME_PERSON assurance "+d.ID] == nil {
					x.find(domain.SamePerson, "assurance", d.ID).who = there.who(who)
				}
			}
		}
	}
}

func onlyAssurance(chain []*mGrant) bool {
	return slices.ContainsFunc(chain, func(g *mGrant) bool {
		return len(g.powers) > 0 && !slices.ContainsFunc(g.powers, func(p string) bool { return !strings.HasPrefix(p, "assurance.") })
	})
}

// selves gives the parties as which a provider can hold something.
func (w *rWorld) selves(provider string) []string {
	out := []string{provider}
	for _, p := range w.answerable(provider) {
		out = append(out, w.who(p))
	}
	people := slices.Clone(out)
	for _, id := range sortedKeys(w.posts) {
		if id != w.governs && slices.ContainsFunc(w.seated(id), func(s mSeat) bool { return slices.Contains(people, s.party) }) {
			out = append(out, id)
		}
	}
	return out
}

func (w *rWorld) holdsAny(ids []string, scope string) bool {
	for id, g := range w.grants {
		chain := w.chainOf(id, 0)
		if chain != nil && slices.Contains(ids, g.to) && (w.within(scope, g.scope) || w.within(g.scope, scope)) && !onlyAssurance(chain) {
			return true
		}
	}
	return false
}

func (x *seeker) tied(w *rWorld, provider, scope string) bool {
	selves := w.selves(provider)
	if w.holdsAny(selves, scope) {
		return true
	}
	for id, g := range w.grants {
		if !slices.Contains(selves, g.to) {
			continue
		}
		for _, c := range w.chainOf(id, 0) {
			if c.under != "" && w.holdsAny([]string{c.from}, scope) {
				return true
			}
		}
	}
	return false
}

func (x *seeker) heldWithinAYear(judged domain.Instant, provider, scope string) bool {
	all := x.instants(x.known)
	for i, from := range all {
		if i+1 == len(all) || !from.Before(judged) {
			break
		}
		if until := all[i+1]; judged.Before(x.plus(until, 12, 0)) {
			if w := x.ruled.at(from, x.known); w.holdsAny(w.selves(provider), scope) {
				return true
			}
		}
	}
	return false
}

// duties of the catalogue, but for that of which seats are evidence.
func (x *seeker) duties() {
	for _, d := range Duties() {
		met := false
		for _, e := range d.Evidence {
			met = met || x.shown(e.Type)
		}
		if !met {
			x.find(domain.DutyUnmet, "duty", d.ID)
		}
	}
}

func (x *seeker) shown(kind string) bool {
	if name, ok := map[string]string{"appetite.set": "appetite", "criteria.set": "criteria", "direction.set": "direction", "matter.reserved": "matter"}[kind]; ok {
		for _, p := range x.w.parameters {
			if p.kind == name && p.by == "" && p.alive && x.w.scopeAlive(p.scope) {
				return true
			}
		}
		return false
	}
	if kind == "delegation.granted" {
		for id, g := range x.w.grants {
			if g.under == "" && x.w.chainOf(id, 0) != nil {
				return true
			}
		}
		return false
	}
	committee := kind == "assurance.commissioned" || kind == "assurance.reviewed"
	return slices.ContainsFunc(x.acts, func(p placed) bool { return p.act.Type == kind && x.governed(p, committee) })
}

// From when on.

var horizon = domain.InstantOf(time.Date(2028, 6, 1, 0, 0, 0, 0, time.UTC))

// instants gives every instant at which a finding can begin or end, up to a horizon.
func (r *ruled) instants(known int) []domain.Instant {
	if all, ok := r.moments[known]; ok {
		return all
	}
	var out []domain.Instant
	add := func(at domain.Instant) {
		if at.Before(horizon) && at != domain.Beginning {
			out = append(out, at)
		}
	}
	day := func(w domain.When, more ...int) {
		if !w.IsZero() {
			add(w.At)
			add(r.late(w.At))
			add(r.plus(w.At, 0, -30))
		}
	}
	granted, every := map[string]domain.Instant{}, map[string][]string{}
	for n := 1; n <= known; n++ {
		add(r.act(n).Effective.At)
	}
	for _, p := range r.order(known) {
		add(p.act.Effective.At)
		switch d := p.act.Data.(type) {
		case *domain.DelegationGranted:
			granted[d.ID], every[d.ID] = p.at, append(every[d.ID], d.ReportEvery)
			day(d.Until)
			day(d.ReviewBy)
		case *domain.DelegationVaried:
			every[d.ID] = append(every[d.ID], d.ReportEvery)
			day(d.Until)
			day(d.ReviewBy)
		case *domain.RoleAssigned:
			day(d.Until)
		case *domain.MemberAppointed:
			day(d.Until)
		case *domain.DirectionSet:
			day(d.ReviewBy)
		case *domain.AppetiteSet:
			day(d.ReviewBy)
		case *domain.PolicyAdopted:
			day(d.ReviewBy)
		case *domain.AssuranceReported:
			add(r.plus(p.at, 0, 60))
		default:
		}
	}
	for _, at := range slices.Clone(out) {
		add(r.plus(at, 12, 0))
	}
	for id, at := range granted {
		for _, e := range every[id] {
			for n := 1; e != "" && r.due(at, e, n).Before(horizon); n++ {
				add(r.due(at, e, n))
				add(r.late(r.due(at, e, n)))
			}
		}
	}
	slices.SortFunc(out, domain.Instant.Compare)
	out = slices.Compact(out)
	r.moments[known] = out
	return out
}

// since goes back from one instant at which anything can change to the one before, for as long as the finding is there.
func (r *ruled) since(key string, at domain.Instant, known int) domain.Instant {
	now := r.findings(at, known)[key]
	out := at
	for _, i := range slices.Backward(r.instants(known)) {
		if at.Before(i) {
			continue
		}
		f := r.findings(i, known)[key]
		if strings.HasPrefix(key, "NO_GOVERNING_BODY") { // of whichever body governed then
			w := r.at(i, known)
			f = r.findings(i, known)["NO_GOVERNING_BODY body "+w.shown(w.governs)]
		}
		if f == nil || strings.HasPrefix(key, "SAME_PERSON") && f.who != now.who {
			return out
		}
		out = i
	}
	return out
}
