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

// Over gives the delegations in force over exactly a scope that are not merely a step towards another over it: those that
// confer power, or all where power is empty. Authority is given for the scope asked about, at.
func (v *View) Over(scope, at, power string, acts *[]uint64) []Holding {
	var chains [][]*delegation
	var authorities []Authority
	for _, id := range v.over(scope) {
		chain := v.chain(v.delegation(id))
		if chain == nil {
			continue
		}
		var rests []uint64
		a := v.meet(chain, at, &rests)
		if power != "" && !conferred(a.Powers, a.Reserved, power) {
			continue
		}
		*acts = append(*acts, rests...)
		chains, authorities = append(chains, chain), append(authorities, a)
	}
	out := make([]Holding, 0, len(chains))
	for i, chain := range chains {
		d := chain[len(chain)-1]
		step := false
		for k, other := range chains {
			step = step || k != i && onChain(other, d)
		}
		if !step {
			out = append(out, v.holding(chain, authorities[i], acts))
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

func (v *View) holding(chain []*delegation, a Authority, acts *[]uint64) Holding {
	h := Holding{Authority: a, Chain: make([]Step, len(chain))}
	for i, d := range chain {
		h.Chain[i] = v.step(d)
		*acts = d.restsOn(*acts)
		if len(d.responsibilities) > 0 {
			h.Responsibilities = d.responsibilities
		}
	}
	h.Step = h.Chain[len(chain)-1]
	return h
}

func (v *View) step(d *delegation) Step {
	from := v.nameOf(d.from)
	if d.under == "" {
		from = v.nameOf(v.governing().body)
	}
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

// Adds tells whether a holding has a power that none of the others has.
func (h *Holding) Adds(others []Holding) bool {
	for _, p := range h.Powers {
		had := false
		for i := range others {
			o := &others[i]
			had = had || conferred(o.Powers, nil, p)
		}
		if !had {
			return true
		}
	}
	return false
}
