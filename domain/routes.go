package domain

import (
	"fmt"
	"slices"
	"strings"
)

// A decision is judged here, be it asked about or recorded, now or again as more becomes known: by which authority a party
// could take it, and if by none, why not.

// decision is a power over a scope, for some amounts, that a party takes or would take.
type decision struct {
	by, power, scope string
	through          []string // the persons who act for it
	under            string   // the delegation it is taken by; empty where that is left open
	amounts          []Quantity
	place            Pos    // what was drawn on a limit before it counts
	seq              uint64 // of the decision, if it is recorded: what it draws itself does not count; 0 else
}

// route is one way by which a party could take a decision: in person or in a seat it holds, by one delegation.
type route struct {
	seat  string        // the role it acts as; the party itself where it holds the authority
	chain []*delegation // nil for the governing body, which acts by its own authority
	Authority
	acts []uint64
}

// Reason is why a party may not decide something. Its code is that of the rule by which a delegation of it would be refused.
type Reason struct {
	Code       Code
	Message    string   // a sentence without a full stop
	Delegation string   // the delegation that comes short, where one does
	Acts       []uint64 // that stand in the way
}

// routes gives the ways to a decision, the nearest scope's first, whatever its amounts; and where there is none, why.
func (w *world) routes(d *decision) (ways []route, why []Reason) {
	if !w.known(d.by) {
		return nil, []Reason{{Code: UnknownParty, Message: fmt.Sprintf("%s does not exist on %s", d.by, w.date())}}
	}
	if !w.scopeAlive(d.scope) {
		return nil, []Reason{{Code: UnknownScope, Message: fmt.Sprintf("the scope %s does not exist on %s", d.scope, w.date())}}
	}
	if r := w.cannotAct(d); r != nil {
		return nil, []Reason{*r}
	}
	if w.sideOf(d.by) == "" {
		if d.under == "" {
			return []route{{seat: d.by, Authority: Authority{Powers: []string{"*"}, Until: Forever, Depth: -1}}}, nil
		}
		return nil, []Reason{{Code: NotHeld, Message: fmt.Sprintf("%s is held by another than %s", d.under, w.nameOf(d.by)), Delegation: d.under}}
	}
	type candidate struct {
		seat string
		d    *delegation
		rank int
	}
	var all []candidate
	for _, seat := range w.hats(d.by) {
		for _, id := range w.held(seat) {
			if g := w.delegation(id); g != nil && (d.under == "" || d.under == id) {
				if rank := w.stepsUp(d.scope, g.scope); rank >= 0 {
					all = append(all, candidate{seat, g, rank})
				} else if d.under == id {
					why = append(why, Reason{Code: NotHeld, Message: fmt.Sprintf("%s is over %s, which does not cover %s", id, g.scope, d.scope), Delegation: id})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return a.rank - b.rank })
	for _, c := range all {
		r, bad := w.route(d, c.seat, c.d)
		if bad != nil {
			why = append(why, *bad)
			continue
		}
		ways = append(ways, r)
	}
	if len(ways) == 0 && len(why) == 0 {
		why = append(why, w.holdsNothing(d))
	}
	return ways, why
}

// hats gives the parties as which one can act: itself, and each role it sits in.
func (w *world) hats(id string) []string {
	out := []string{id}
	for _, s := range w.seated(id) {
		if r := w.role(s); r == nil || !r.alive {
			continue
		}
		if slices.ContainsFunc(w.occupied(s), func(x seat) bool { return x.party == id }) {
			out = append(out, s)
		}
	}
	return out
}

// cannotAct says why a party can do nothing at all at present.
func (w *world) cannotAct(d *decision) *Reason {
	switch {
	case w.away(d.by):
		return &Reason{Code: NotInOffice, Message: fmt.Sprintf("%s had left by %s", w.nameOf(d.by), w.date()), Acts: []uint64{w.presence(d.by).seq}}
	case w.vacant(d.by):
		return &Reason{Code: NotInOffice, Message: fmt.Sprintf("%s is vacant on %s and cannot act", w.nameOf(d.by), w.date())}
	}
	if !w.post(d.by) {
		return nil
	}
	for _, p := range d.through {
		if !w.actsFor(p, d.by) {
			return &Reason{Code: NotInOffice, Message: fmt.Sprintf("%s is not in office for %s on %s", w.nameOf(p), w.nameOf(d.by), w.date())}
		}
	}
	return nil
}

// stepsUp gives how many scopes above one another lies: 0 for itself, and -1 where it does not lie above.
func (w *world) stepsUp(id, above string) int {
	for n := range deepest {
		if id == above {
			return n
		}
		s := w.scope(id)
		if s == nil || s.parent == "" {
			return -1
		}
		id = s.parent
	}
	return -1
}

// route gives the way that a delegation opens, or why it opens none.
func (w *world) route(d *decision, seat string, g *delegation) (route, *Reason) {
	chain := w.chain(g)
	if chain == nil {
		return route{}, &Reason{Code: NotHeld, Message: fmt.Sprintf("%s is not in force on %s, because %s", g.id, w.date(), w.whyNot(g)), Delegation: g.id, Acts: g.restsOn(nil)}
	}
	r := route{seat: seat, chain: chain}
	r.Authority = w.meet(chain, d.scope, &r.acts)
	for _, c := range chain {
		r.acts = c.restsOn(r.acts)
	}
	if conferred(r.Powers, r.Reserved, d.power) {
		return r, nil
	}
	for _, p := range w.parametersOver(spaceMatter, d.scope) {
		if slices.ContainsFunc(p.data.(*MatterReserved).Powers, func(x string) bool { return powerCovers(x, d.power) }) {
			return route{}, &Reason{Code: ReservedMatter, Message: fmt.Sprintf("%s is reserved to the governing body over %s", d.power, p.scope), Delegation: g.id, Acts: []uint64{p.pos.Seq}}
		}
	}
	return route{}, &Reason{Code: NotHeld, Message: fmt.Sprintf("%s does not confer %s: it confers %s", g.id, d.power, powersIn(r.Powers)), Delegation: g.id, Acts: g.restsOn(nil)}
}

func powersIn(powers []string) string {
	if len(powers) == 0 {
		return "nothing"
	}
	return strings.Join(powers, ", ")
}

// perPeriod says of what period a limit is.
func perPeriod(per string) string {
	if per == "total" {
		return "in total"
	}
	return "per " + per
}

// whyNot says why a delegation is not in force.
func (w *world) whyNot(d *delegation) string {
	switch {
	case w.at.Before(d.granted.At):
		return "it begins on " + w.fold.date(d.granted.At)
	case d.ended != "":
		return d.fate()
	case !w.within(d.until):
		return "its term ended before " + w.fold.date(d.until)
	case len(d.suspensions) > 0:
		return "it is suspended"
	case d.needsAcceptance && !d.accepted:
		return "it has not been accepted"
	case !w.holderExists(d):
		return w.nameOf(d.to) + " no longer exists"
	case !w.aliveSince(w.scopeIn(d.over), Pos{At: Forever}):
		return "the scope " + d.scope + " is retired"
	}
	return "what it stands on has fallen away"
}

// fate says how a delegation ended for good.
func (d *delegation) fate() string {
	if d.ended == "left" {
		return "its holder left"
	}
	return "it was " + d.ended
}

func (w *world) holdsNothing(d *decision) Reason {
	if d.under != "" {
		r := Reason{Code: NotHeld, Message: fmt.Sprintf("%s is not held by %s", d.under, w.nameOf(d.by)), Delegation: d.under}
		if g := w.delegation(d.under); g != nil {
			if r.Acts = g.restsOn(nil); g.ended != "" && contains(w.hats(d.by), g.to) {
				r.Message = fmt.Sprintf("%s is not in force on %s, because %s", g.id, w.date(), w.whyNot(g))
			}
		}
		return r
	}
	return Reason{Code: NotHeld, Message: fmt.Sprintf("%s holds no authority over %s", w.nameOf(d.by), d.scope)}
}
