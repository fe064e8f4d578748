package projections

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"

	"buckstop/domain"
)

// ruled is the reference for can and findings: every question folds all acts anew with the model, and looks at every act
// there is. What is between, what was drawn and what was so earlier is never kept from one sequence to the next.
type ruled struct {
	*model
	zone      *time.Location
	yearStart string
	worlds    map[moment]*rWorld
	taken     map[int][]mDecision
	found     map[moment]map[string]*mFound
	moments   map[int][]domain.Instant
}

func newRuled(h *history) *ruled {
	r := &ruled{model: h.model, zone: h.state.Zone(), yearStart: "01-01", worlds: map[moment]*rWorld{}, taken: map[int][]mDecision{},
		found: map[moment]map[string]*mFound{}, moments: map[int][]domain.Instant{}}
	if d := r.acts[0].Data.(*domain.LedgerOpened); d.YearStart != "" {
		r.yearStart = d.YearStart
	}
	return r
}

// rWorld is the model's world, and what beside it the answers to can and findings need.
type rWorld struct {
	*mWorld
	known      int
	parameters map[string]*mParameter // by kind and id
	terms      map[string]*mTerms     // by delegation
	bodies     map[string]mBody
}

type mParameter struct {
	kind, id, scope, by string
	alive               bool
	data                domain.Data
	at                  domain.Instant
	seq                 int
}

type mTerms struct {
	granted     domain.Instant
	reviewBy    domain.When
	reportEvery string
	grant       int
	by          map[string]int // of the terms that were varied, the act that did so last
}

type mBody struct{ kind, parent string }

func (r *ruled) at(at domain.Instant, known int) *rWorld {
	if w := r.worlds[moment{at, known}]; w != nil {
		return w
	}
	w := &rWorld{known: known, parameters: map[string]*mParameter{}, terms: map[string]*mTerms{}, bodies: map[string]mBody{}}
	w.mWorld = r.world(at, 0)
	all := r.order(known)
	for _, p := range all {
		if d, ok := p.act.Data.(*domain.PartyRenamed); ok && d.NewID != "" {
			w.alias[d.NewID] = d.ID
		}
	}
	for _, p := range all {
		if at.Before(p.at) {
			break
		}
		open := w.open(p)
		side := w.who(p.act.By)
		if side == w.governs {
			side = ""
		}
		w.do(p)
		w.more(p, open, side)
	}
	r.worlds[moment{at, known}] = w
	return w
}

// open tells whether the delegation that an act varies is not over.
func (w *rWorld) open(p placed) bool {
	d, ok := p.act.Data.(*domain.DelegationVaried)
	if !ok {
		return false
	}
	g := w.grants[d.ID]
	return g != nil && g.ended == "" && p.at.Before(g.until)
}

func (w *rWorld) more(p placed, open bool, side string) {
	set := func(kind, id, scope string) {
		if w.scopeAlive(scope) {
			w.parameters[kind+" "+id] = &mParameter{kind, id, scope, side, true, p.act.Data, p.at, p.seq}
		}
	}
	end := func(kind, id string) {
		if x := w.parameters[kind+" "+id]; x != nil {
			x.alive = false
		}
	}
	switch d := p.act.Data.(type) {
	case *domain.BodyConstituted:
		w.bodies[d.ID] = mBody{d.Kind, w.who(d.Parent)}
	case *domain.DirectionSet:
		set("direction", d.ID, d.Scope)
	case *domain.DirectionWithdrawn:
		end("direction", d.ID)
	case *domain.PolicyAdopted:
		set("policy", d.ID, d.Scope)
	case *domain.PolicyWithdrawn:
		end("policy", d.ID)
	case *domain.AppetiteSet:
		set("appetite", d.ID, d.Scope)
	case *domain.AppetiteWithdrawn:
		end("appetite", d.ID)
	case *domain.CriteriaSet:
		set("criteria", d.ID, d.Scope)
	case *domain.MatterReserved:
		set("matter", d.ID, w.scopeOr(d.Scope))
	case *domain.MatterReleased:
		end("matter", d.ID)
	case *domain.DelegationGranted:
		if w.grants[d.ID] != nil {
			w.terms[d.ID] = &mTerms{p.at, d.ReviewBy, d.ReportEvery, p.seq, map[string]int{}}
		}
	case *domain.DelegationVaried:
		if !open {
			break
		}
		t := w.terms[d.ID]
		r := d.Removed
		for term, given := range map[string]bool{"powers": d.Powers != nil || r.Powers, "limits": d.Limits != nil || r.Limits, "under": d.Under != "" || r.Under,
			"until": !d.Until.IsZero() || r.Until, "reviewBy": !d.ReviewBy.IsZero() || r.ReviewBy, "reportEvery": d.ReportEvery != "" || r.ReportEvery} {
			if given {
				t.by[term] = p.seq
			}
		}
		if !d.ReviewBy.IsZero() || d.Removed.ReviewBy {
			t.reviewBy = d.ReviewBy
		}
		if d.ReportEvery != "" || d.Removed.ReportEvery {
			t.reportEvery = d.ReportEvery
		}
	default:
	}
}

// over gives the parameters of a kind in force at a scope and above it, the nearest first.
func (w *rWorld) over(kind, scope string) []*mParameter {
	var out []*mParameter
	for _, at := range w.upFrom(scope) {
		var here []*mParameter
		for _, x := range w.parameters {
			if x.kind == kind && x.scope == at && x.alive {
				here = append(here, x)
			}
		}
		slices.SortFunc(here, func(a, b *mParameter) int { return strings.Compare(a.id, b.id) })
		out = append(out, here...)
	}
	return out
}

// appetites gives one a category: the nearest, and of one scope the latest.
func (w *rWorld) appetites(scope string) map[string]*mParameter {
	out := map[string]*mParameter{}
	for _, x := range w.over("appetite", scope) {
		c := x.data.(*domain.AppetiteSet).Category
		if o := out[c]; o == nil || o.scope == x.scope && (o.at.Before(x.at) || o.at == x.at && o.seq < x.seq) {
			out[c] = x
		}
	}
	return out
}

// Decisions.

type mDecision struct {
	placed
	by, power, scope, under string
	uncovered, unanswered   bool
	draws                   []string // the delegations whose limits it draws on
	amounts                 map[string]*big.Rat
}

func ratOf(a domain.Amount) *big.Rat {
	v, _ := new(big.Rat).SetString(a.Text)
	return v
}

func totalsOf(all []domain.Quantity) map[string]*big.Rat {
	out := map[string]*big.Rat{}
	for _, q := range all {
		k := q.Dimension + " " + q.Unit
		if out[k] == nil {
			out[k] = new(big.Rat)
		}
		out[k].Add(out[k], ratOf(q.Value))
	}
	return out
}

// decisions gives what is so of every decision that is live, as known at a sequence, in the order of their places.
func (r *ruled) decisions(known int) []mDecision {
	if all, ok := r.taken[known]; ok {
		return all
	}
	var all []mDecision
	for _, p := range r.order(known) {
		d, ok := p.act.Data.(*domain.DecisionTaken)
		if !ok {
			continue
		}
		w := r.at(p.at, known)
		x := mDecision{placed: p, by: w.who(p.act.By), power: d.Power, scope: d.Scope, under: d.Under, amounts: totalsOf(d.Amounts)}
		ways, boards := w.ways(x.by, x.power, x.scope, x.under, p.act.Through)
		i := slices.IndexFunc(ways, func(chain []*mGrant) bool { return r.affords(all, chain, x.amounts, p.at, p.seq) })
		x.uncovered = i < 0 && !boards || !r.powerDefined(d.Power, p.seq)
		x.unanswered = w.parties[x.by] != nil && w.parties[x.by].kind == "system" && len(w.answerable(x.by)) == 0
		under := d.Under
		if under == "" && len(ways) > 0 {
			chain := ways[max(i, 0)]
			under = chain[len(chain)-1].id
		}
		for g := w.grants[under]; under != "" && g != nil; g = w.grants[g.under] {
			x.draws = append(x.draws, g.id)
		}
		all = append(all, x)
	}
	r.taken[known] = all
	return all
}

func (r *ruled) decision(seq, known int) *mDecision {
	for i, d := range r.decisions(known) {
		if d.seq == seq {
			return &r.decisions(known)[i]
		}
	}
	return nil
}

func (r *ruled) powerDefined(power string, known int) bool {
	any := false
	for _, p := range r.order(known) {
		if d, ok := p.act.Data.(*domain.PowerDefined); ok {
			any = true
			if coversPower(d.ID, power) || coversPower(power, d.ID) {
				return true
			}
		}
	}
	return !any || domain.TypeOf(power) != nil || power == "*"
}

// ways gives the chains by which a party could decide, apart from amounts; and whether it is the governing body.
func (w *rWorld) ways(by, power, scope, under string, through []string) (ways [][]*mGrant, boards bool) {
	post := w.posts[by] != nil && w.posts[by].alive
	switch {
	case !post && w.parties[by] == nil, !w.scopeAlive(scope), w.away[by], post && !w.canAct(by):
		return nil, false
	}
	if post {
		for _, p := range through {
			if p = w.who(p); p != by && !slices.Contains(w.mayActFor(by), p) {
				return nil, false
			}
		}
	}
	if by == w.governs {
		return nil, under == ""
	}
	hats := []string{by}
	for _, id := range sortedKeys(w.posts) {
		if p := w.posts[id]; p.alive && !p.body && slices.ContainsFunc(w.seated(id), func(s mSeat) bool { return s.party == by }) {
			hats = append(hats, id)
		}
	}
	for _, at := range w.upFrom(scope) {
		for _, hat := range hats {
			for _, id := range sortedKeys(w.grants) {
				g := w.grants[id]
				if chain := w.chainOf(id, 0); g.to == hat && g.scope == at && (under == "" || under == id) && chain != nil && w.confers(chain, scope, power) {
					ways = append(ways, chain)
				}
			}
		}
	}
	return ways, false
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// canAct tells whether a role or body has an occupant, or a member with a vote.
func (w *rWorld) canAct(id string) bool {
	return slices.ContainsFunc(w.seated(id), func(s mSeat) bool {
		return !w.posts[id].body || s.as != "secretary" && s.as != "observer" && s.alternateOf == ""
	})
}

// mayActFor gives the persons who may be named as having acted for a role or body.
func (w *rWorld) mayActFor(id string) []string {
	out := w.persons(id, map[string]bool{})
	for _, s := range w.seated(id) {
		out = append(out, w.persons(s.party, map[string]bool{})...)
	}
	for i := range out {
		out[i] = w.who(out[i])
	}
	return out
}

// affords tells whether the limits of every delegation of a chain leave room for amounts, after the decisions before.
func (r *ruled) affords(before []mDecision, chain []*mGrant, amounts map[string]*big.Rat, at domain.Instant, seq int) bool {
	for k, q := range amounts {
		dimension, unit, _ := strings.Cut(k, " ")
		for _, g := range chain {
			limited, named := false, false
			for _, l := range g.limits {
				if l.Dimension != dimension {
					continue
				}
				limited = true
				if l.Unit != unit {
					continue
				}
				named = true
				left := ratOf(l.Max)
				if l.Per != "act" {
					left.Sub(left, r.drawn(before, g.id, k, l.Per, at, seq))
				}
				if q.Cmp(left) > 0 || q.Cmp(ratOf(l.Max)) > 0 {
					return false
				}
			}
			if limited && !named {
				return false
			}
		}
	}
	return true
}

// drawn is what decisions before a place took of a limit in the same period.
func (r *ruled) drawn(before []mDecision, id, of, per string, at domain.Instant, seq int) *big.Rat {
	total := new(big.Rat)
	for _, d := range before {
		if (d.at.Before(at) || d.at == at && d.seq < seq) && slices.Contains(d.draws, id) && d.amounts[of] != nil && r.period(per, d.at) == r.period(per, at) {
			total.Add(total, d.amounts[of])
		}
	}
	return total
}

// period names the day, month, quarter or year that an instant is in.
func (r *ruled) period(per string, at domain.Instant) string {
	y, m, d := at.Time().In(r.zone).Date()
	switch per {
	case "day":
		return fmt.Sprint(y, m, d)
	case "month":
		return fmt.Sprint(y, m)
	case "quarter", "year":
		first, _ := time.Parse("01-02", r.yearStart)
		months := 3
		if per == "year" {
			months = 12
		}
		last := ""
		for k := range 9 { // the starts from that of the year before on, the last that is not after the day
			start := time.Date(y-1, first.Month()+time.Month(k*months), 1, 0, 0, 0, 0, time.UTC)
			length := start.AddDate(0, 1, -1).Day()
			start = start.AddDate(0, 0, min(first.Day(), length)-1)
			if !start.After(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)) {
				last = start.Format(time.DateOnly)
			}
		}
		return last
	}
	return "all"
}

// opens tells whether every delegation of a chain that limits a dimension names a unit of it.
func opens(chain []*mGrant, dimension, unit string) bool {
	return !slices.ContainsFunc(chain, func(g *mGrant) bool {
		of := func(l domain.Limit) bool { return l.Dimension == dimension }
		return slices.ContainsFunc(g.limits, of) && !slices.ContainsFunc(g.limits, func(l domain.Limit) bool { return of(l) && l.Unit == unit })
	})
}

type saysCan struct {
	Allowed bool
	Left    map[string]string
	closed  map[string]bool // dimensions and units of which the chain allows nothing, though some of it limits them
}

// can answers as View.Can is to: all that was decided up to the instant counts.
func (r *ruled) can(party, power, scope string, amounts []domain.Quantity, at domain.Instant, known int) saysCan {
	w := r.at(at, known)
	out := saysCan{Left: map[string]string{}, closed: map[string]bool{}}
	if !r.powerDefined(power, known) {
		return out
	}
	ways, boards := w.ways(w.who(party), power, scope, "", nil)
	all := r.decisions(known)
	i := slices.IndexFunc(ways, func(chain []*mGrant) bool { return r.affords(all, chain, totalsOf(amounts), at, math.MaxInt) })
	out.Allowed = boards || i >= 0
	if len(ways) == 0 {
		return out
	}
	least := map[string]*big.Rat{}
	chain := ways[max(i, 0)]
	for _, g := range chain {
		for _, l := range g.limits {
			if out.closed[l.Dimension+" "+l.Unit] = !opens(chain, l.Dimension, l.Unit); l.Per == "act" || !opens(chain, l.Dimension, l.Unit) {
				continue
			}
			left := ratOf(l.Max)
			left.Sub(left, r.drawn(all, g.id, l.Dimension+" "+l.Unit, l.Per, at, math.MaxInt))
			k := l.Dimension + " " + l.Unit + " " + l.Per
			if least[k] == nil || left.Cmp(least[k]) < 0 {
				least[k] = left
			}
		}
	}
	for k, v := range least {
		if v.Sign() < 0 {
			v = new(big.Rat)
		}
		out.Left[k] = v.RatString()
	}
	return out
}
