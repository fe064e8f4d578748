package domain

// Step is one delegation of a chain. Its From remains accountable for what it delegated.
type Step struct {
	Delegation string
	From       string // the id the delegator bears; for the governing body, the one governing now
	To         string
	Scope      string
	Granted    Instant
	Until      Instant // of this delegation alone; Forever where it has no term
	Conditions Text
}

// Holding is a delegation in force, with what it confers.
type Holding struct {
	Step
	Authority
	Responsibilities []Responsibility
	Chain            []Step // from the governing body down, this delegation last
}

// Held is a delegation in force over a scope, and what it confers at the scope asked about.
type Held struct {
	Authority
	chain   []*delegation
	reserve []uint64 // the acts that reserve something out of it
}

// Over adds to held the delegations in force over exactly a scope that are not merely a step towards another over it: those
// that confer power, or all where power is empty. What they confer is given for the scope asked about, at.
func (v *View) Over(held []Held, scope, at, power string) []Held {
	first := len(held)
	for _, id := range v.over(scope) {
		chain := v.chain(v.delegation(id))
		if chain == nil {
			continue
		}
		h := Held{chain: chain}
		h.Authority = v.meet(chain, at, &h.reserve)
		if power == "" || conferred(h.Powers, h.Reserved, power) {
			held = append(held, h)
		}
	}
	out := held[:first]
	for i := first; i < len(held); i++ {
		step := false
		for k := first; k < len(held) && !step; k++ {
			step = k != i && onChain(held[k].chain, held[i].chain[len(held[i].chain)-1])
		}
		if !step {
			out = append(out, held[i])
		}
	}
	return out
}

func onChain(chain []*delegation, d *delegation) bool {
	for _, c := range chain[:len(chain)-1] {
		if c.id == d.id {
			return true
		}
	}
	return false
}

// Adds tells whether h has a power that none of the others has.
func (h *Held) Adds(others []Held) bool {
	for _, p := range h.Powers {
		had := false
		for i := range others {
			had = had || conferred(others[i].Powers, nil, p)
		}
		if !had {
			return true
		}
	}
	return false
}

// Holding gives a delegation in force with its whole chain, which is laid into room.
func (v *View) Holding(held *Held, room []Step, acts *[]uint64) Holding {
	*acts = append(*acts, held.reserve...)
	h := Holding{Authority: held.Authority, Chain: room[:0]}
	for _, d := range held.chain {
		h.Chain = append(h.Chain, v.step(d))
		*acts = d.restsOn(*acts)
		if len(d.responsibilities) > 0 {
			h.Responsibilities = d.responsibilities
		}
	}
	h.Step = h.Chain[len(held.chain)-1]
	return h
}

func (v *View) step(d *delegation) Step {
	from := d.from
	if d.under == "" {
		from = v.governing().body
	}
	from = v.nameOf(from)
	return Step{Delegation: d.id, From: from, To: v.nameOf(d.to), Scope: d.scope, Granted: d.granted.At, Until: d.until,
		Conditions: v.text(d.conditions)}
}

// Delegation is a delegation with its state: what was granted and what became of it.
type Delegation struct {
	Step
	Under     string
	State     string // in-force, pending, suspended, revoked, declined, left, expired or lapsed
	Authority Authority
}

// Delegation gives a delegation, and false where it has not been granted.
func (v *View) Delegation(id string, acts *[]uint64) (Delegation, bool) {
	d := v.delegation(id)
	if d == nil {
		return Delegation{}, false
	}
	*acts = d.restsOn(*acts)
	out := Delegation{Step: v.step(d), Under: d.under}
	chain := v.chain(d)
	switch {
	case chain != nil:
		out.State = "in-force"
		out.Authority = v.meet(chain, d.scope, acts)
	case d.ended != "":
		out.State = d.ended
	case !v.at.Before(d.until):
		out.State = "expired"
	case d.needsAcceptance && !d.accepted:
		out.State = "pending"
	case len(d.suspensions) > 0:
		out.State = "suspended"
	default:
		out.State = "lapsed"
	}
	return out, true
}
