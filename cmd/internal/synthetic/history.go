// Package synthetic makes histories of organizations that never were, of any length, for measuring: the same numbers give
// the same acts. An organization has up to a thousand systems under teams, departments and divisions, so that authority
// over a system comes down a chain of five delegations. Over its ten years each post changes hands four times and each
// delegation is varied ten times and one in five suspended and resumed; one act in fifty is recorded late, one in a hundred
// annulled; the rest are decisions and, one in five, measures.
package synthetic

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// History makes acts one after the other.
type History struct {
	rng    *rand.Rand
	n      int
	total  int
	at     time.Time
	step   time.Duration
	queue  [][]byte
	posts  []post
	people int
	last   []string // ids of acts that may be corrected or annulled
}

type post struct {
	role, scope, delegation, from string
	holder                        int
	suspended                     bool
}

// New begins a history of about n acts, from 2016 to 2026.
func New(n int, seed uint64) *History {
	h := &History{rng: rand.New(rand.NewPCG(seed, 1)), total: max(n, 1), at: time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)}
	h.step = time.Duration(int64(10*365*24*time.Hour) / int64(max(n, 1)))
	h.found(n)
	return h
}

// Next gives the next act, as JSON. There is always another.
func (h *History) Next() []byte {
	for len(h.queue) == 0 {
		h.live()
	}
	a := h.queue[0]
	h.queue = h.queue[1:]
	return a
}

// Systems lists the scopes at the foot of the organization.
func (h *History) Systems() []string {
	var out []string
	for _, p := range h.posts {
		if p.scope[0] == 's' {
			out = append(out, p.scope)
		}
	}
	return out
}

func (h *History) act(typ, by string, at time.Time, data string) string {
	h.n++
	id := fmt.Sprintf("act-%08d", h.n)
	h.queue = append(h.queue, fmt.Appendf(nil, `{"id":%q,"type":%q,"effective":%q,"by":%q,"data":%s}`, id, typ, at.Format(time.RFC3339), by, data))
	return id
}

func (h *History) found(n int) {
	at := h.at
	h.act("ledger.opened", "board", at, `{"organization":{"name":"Synthetic plc"},"governingBody":{"id":"board","name":"Board"},"root":{"id":"o","name":"Synthetic plc"}}`)
	h.people = min(max(n/200, 20), 20000)
	for i := range h.people {
		h.act("party.registered", "board", at, fmt.Sprintf(`{"id":"p%d","kind":"team","name":"Person %d"}`, i, i))
	}
	for i := range 5 {
		h.act("member.appointed", "board", at, fmt.Sprintf(`{"body":"board","party":"p%d"}`, i))
	}
	width := 10
	for n < 200*width*width*width && width > 2 {
		width--
	}
	h.office("o", "", "board", "", at)
	for a := range width {
		h.office(fmt.Sprintf("v%d", a), "o", "role-o", "d-o", at)
		for b := range width {
			h.office(fmt.Sprintf("d%d-%d", a, b), fmt.Sprintf("v%d", a), fmt.Sprintf("role-v%d", a), fmt.Sprintf("d-v%d", a), at)
			for c := range width {
				team := fmt.Sprintf("t%d-%d-%d", a, b, c)
				above := fmt.Sprintf("d%d-%d", a, b)
				h.office(team, above, "role-"+above, "d-"+above, at)
				h.office(fmt.Sprintf("s%d-%d-%d", a, b, c), team, "role-"+team, "d-"+team, at)
			}
		}
	}
}

// office makes a scope with a role that holds it.
func (h *History) office(scope, parent, from, under string, at time.Time) {
	if parent != "" {
		h.act("scope.defined", "board", at, fmt.Sprintf(`{"id":%q,"name":"Scope %s","parent":%q}`, scope, scope, parent))
	}
	role, d, holder := "role-"+scope, "d-"+scope, h.rng.IntN(h.people)
	h.act("role.established", "board", at, fmt.Sprintf(`{"id":%q,"name":"Head of %s","scope":%q}`, role, scope, scope))
	h.act("role.assigned", "board", at, fmt.Sprintf(`{"role":%q,"party":"p%d"}`, role, holder))
	if under != "" {
		under = fmt.Sprintf(`,"under":%q`, under)
	}
	h.act("delegation.granted", from, at, fmt.Sprintf(`{"id":%q,"from":%q,"to":%q,"scope":%q,"powers":["spend.*","model.*"],"limits":[{"dimension":"spend","unit":"GBP","max":"50000","per":"act"}]%s}`, d, from, role, scope, under))
	h.posts = append(h.posts, post{role: role, scope: scope, delegation: d, from: from, holder: holder})
}

// live makes the acts of one step of time.
func (h *History) live() {
	h.at = h.at.Add(h.step)
	at := h.at
	if h.rng.IntN(50) == 0 {
		at = at.Add(-time.Duration(h.rng.IntN(90*24)) * time.Hour) // recorded late
		if floor := time.Date(2016, 1, 2, 0, 0, 0, 0, time.UTC); at.Before(floor) {
			at = floor
		}
	}
	p := &h.posts[h.rng.IntN(len(h.posts))]
	// Of n steps, so many that each post sees its share.
	post := float64(len(h.posts)) / float64(h.total)
	switch k := h.rng.Float64(); {
	case k < 4*post:
		next := h.rng.IntN(h.people)
		if next == p.holder || at.Before(h.at) {
			h.decide(p, at)
			return
		}
		h.act("role.assigned", "board", at, fmt.Sprintf(`{"role":%q,"party":"p%d"}`, p.role, next))
		h.act("role.vacated", "board", at, fmt.Sprintf(`{"role":%q,"party":"p%d"}`, p.role, p.holder))
		p.holder = next
	case k < 14*post:
		h.act("delegation.varied", p.from, at, fmt.Sprintf(`{"id":%q,"conditions":"As of step %d"}`, p.delegation, h.n))
	case k < 14.4*post:
		if p.scope[0] != 's' || at.Before(h.at) {
			h.decide(p, at)
			return
		}
		if p.suspended {
			h.act("delegation.resumed", "board", at, fmt.Sprintf(`{"id":%q,"reason":"Inquiry ended"}`, p.delegation))
		} else {
			h.act("delegation.suspended", "board", at, fmt.Sprintf(`{"id":%q,"reason":"Inquiry"}`, p.delegation))
		}
		p.suspended = !p.suspended
	case k < 14.4*post+0.01 && len(h.last) > 0:
		h.act("act.annulled", "board", at, fmt.Sprintf(`{"act":%q,"reason":"Entered twice"}`, h.last[len(h.last)-1]))
		h.last = h.last[:len(h.last)-1]
	case k < 14.4*post+0.01+0.2:
		h.act("measure.reported", p.role, at, fmt.Sprintf(`{"scope":%q,"metric":"wrong-refusals","unit":"percent","value":"%d.%d"}`, p.scope, h.rng.IntN(10), h.rng.IntN(10)))
	default:
		h.decide(p, at)
	}
}

func (h *History) decide(p *post, at time.Time) {
	id := h.act("decision.taken", p.role, at, fmt.Sprintf(`{"id":"decision-%08d","scope":%q,"power":"spend.cloud","summary":"Order %d of the quarter","amounts":[{"dimension":"spend","unit":"GBP","value":"%d"}],"under":%q}`,
		h.n, p.scope, h.n, 100+h.rng.IntN(40000), p.delegation))
	if len(h.last) < 100 {
		h.last = append(h.last, id)
	}
}
