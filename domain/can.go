package domain

import "fmt"

// Permission says whether a party may decide something, by which authority, and if not, every reason why.
type Permission struct {
	Allowed    bool
	Seat       string      // the id borne by the role it acts as, or by the party itself; empty where it may not
	Chain      []Step      // the delegations that allow it, from the governing body down; empty for the governing body itself
	Authority  Authority   // what the chain confers
	Conditions []Condition // that the decision is subject to
	Left       []Left      // of each limit over a period, before the amounts asked about
	Reasons    []Reason    // why not; empty where it may
}

// Condition is what a delegation of the chain asks of who acts under it.
type Condition struct {
	Delegation string
	Text       Text
}

// Can answers whether a party may take a decision under a power over a scope, for some amounts. What was decided up to the
// instant, at the instant included, counts against limits over a period. Errors: UNKNOWN_PARTY, UNKNOWN_SCOPE.
func (v *View) Can(party, power, scope string, amounts []Quantity, acts *[]uint64) (Permission, error) {
	p := v.Party(party, acts)
	switch {
	case !p.Exists && p.Kind == "": // what is over may do nothing, and is no mistake to ask about
		return Permission{}, refuse(UnknownParty, "party", fmt.Sprintf("no party %q exists on %s, as known at act %d", party, v.Date(), v.known), "")
	case !v.scopeAlive(scope):
		return Permission{}, refuse(UnknownScope, "scope", fmt.Sprintf("no scope %q exists on %s, as known at act %d", scope, v.Date(), v.known), "")
	}
	d := decision{by: p.Key, power: power, scope: scope, amounts: amounts, place: Pos{v.at, ^uint64(0)}}
	if !v.powerDefined(power) {
		return Permission{Reasons: []Reason{{Code: UnknownID, Message: fmt.Sprintf("the power %s is not defined", power)}}}, nil
	}
	ways, why := v.routes(&d)
	way, why := v.pick(ways, why, &d)
	out := Permission{Reasons: why}
	if way == nil {
		if len(ways) > 0 {
			out.Left = v.left(&ways[0], &d)
			*acts = append(*acts, ways[0].acts...)
		} else {
			v.explain(&out, &d)
		}
		for _, r := range out.Reasons {
			*acts = append(*acts, r.Acts...)
		}
		return out, nil
	}
	out.Allowed, out.Reasons, out.Authority = true, nil, way.Authority
	out.Seat, out.Left = v.nameOf(way.seat), v.left(way, &d)
	*acts = append(*acts, way.acts...)
	for _, g := range way.chain {
		out.Chain = append(out.Chain, v.step(g))
		if !g.conditions.IsZero() {
			out.Conditions = append(out.Conditions, Condition{g.id, v.text(g.conditions)})
		}
	}
	return out, nil
}

// explain adds, to a denial for want of any authority, what the party was once given over the scope and what became of it.
func (v *View) explain(out *Permission, d *decision) {
	for _, hat := range v.hats(d.by) {
		t := v.state.things[spaceParty][hat]
		if t == nil {
			continue
		}
		for _, seq := range t.named {
			if seq > v.known {
				break
			}
			g, ok := v.fold.entries[seq-1].data().(*DelegationGranted)
			if !ok || v.fold.canonAt(g.To, v.known) != hat {
				continue
			}
			n := v.delegation(g.ID)
			if n == nil || n.ended == "" || !v.covers(n.scope, d.scope) {
				continue
			}
			out.Reasons = append(out.Reasons, Reason{Code: NotHeld, Delegation: n.id, Acts: []uint64{n.granted.Seq, n.rests.ended},
				Message: fmt.Sprintf("%s, which %s held, is over: %s on %s", n.id, v.nameOf(hat), n.fate(), v.endedOn(n))})
		}
	}
}

// endedOn gives the day on which a delegation ended for good.
func (v *View) endedOn(d *delegation) string {
	if a := v.state.contentOf(d.rests.ended, v.known); a != nil {
		return v.fold.date(a.Effective.At)
	}
	return v.Date()
}
