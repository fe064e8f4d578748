package projections

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"buckstop/domain"
)

// model is the reference for the fold: the acts as recorded, and nothing else. Every question folds all of them anew, as
// DOMAIN, section 2, says, onto plain maps. It is slow and has no cleverness that could be wrong.
type model struct {
	acts []*domain.Act // acts[i] is of sequence i+1
	seqs map[string]int
	kept map[int][]placed // what order gave, which for one known never changes
}

func (m *model) add(a *domain.Act) {
	if m.seqs == nil {
		m.seqs, m.kept = map[string]int{}, map[int][]placed{}
	}
	m.acts = append(m.acts, a)
	m.seqs[a.ID] = len(m.acts)
}

func (m *model) act(seq int) *domain.Act { return m.acts[seq-1] }

// dead: a live annulment names it.
func (m *model) dead(seq, known int) bool {
	for n := 1; n <= known; n++ {
		if d, ok := m.act(n).Data.(*domain.ActAnnulled); ok && m.seqs[d.Act] == seq && !m.dead(n, known) {
			return true
		}
	}
	return false
}

// said is what an act says, be it dead or not: its newest live correction, else itself.
func (m *model) said(seq, known int) *domain.Act {
	for n := known; n > seq; n-- {
		c, ok := m.act(n).Data.(*domain.ActCorrected)
		if !ok || m.seqs[c.Act] != seq || m.dead(n, known) {
			continue
		}
		out := *m.said(seq, n-1) // what is left out stays as it stood
		out.Data = c.Content
		if !c.Effective.IsZero() {
			out.Effective = c.Effective
		}
		if c.By != "" {
			out.By = c.By
		}
		return &out
	}
	return m.act(seq)
}

func (m *model) onRecord(seq int) bool { return strings.HasPrefix(m.act(seq).Type, "act.") }

type placed struct {
	at  domain.Instant
	seq int
	act *domain.Act
}

// world folds everything for one instant, as known at one sequence.
func (m *model) world(at domain.Instant, known int) *mWorld {
	w := &mWorld{
		at: at, alias: map[string]string{}, parties: map[string]*mParty{}, away: map[string]bool{}, posts: map[string]*mPost{},
		seats: map[string][]mSeat{}, scopes: map[string]*mScope{}, matters: map[string]mMatter{}, grants: map[string]*mGrant{},
	}
	all := m.order(known)
	for _, p := range all { // a party is accepted under any id it bore, whenever it came to bear it
		if d, ok := p.act.Data.(*domain.PartyRenamed); ok && d.NewID != "" {
			w.alias[d.NewID] = d.ID
		}
	}
	for _, p := range all {
		if !at.Before(p.at) {
			w.do(p)
		}
	}
	return w
}

// order gives the acts that are live, with what they say, in the order in which they apply.
func (m *model) order(known int) []placed {
	if all, ok := m.kept[known]; ok {
		return all
	}
	var all []placed
	for n := 1; n <= known; n++ {
		if m.onRecord(n) || m.dead(n, known) {
			continue
		}
		a := m.said(n, known)
		p := placed{a.Effective.At, n, a}
		if _, ok := a.Data.(*domain.PartyRegistered); ok {
			p.at = domain.Beginning // known at every instant
		}
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b placed) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return a.seq - b.seq
	})
	m.kept[known] = all
	return all
}

type mWorld struct {
	at       domain.Instant
	root     string
	governs  string
	alias    map[string]string
	parties  map[string]*mParty
	away     map[string]bool
	posts    map[string]*mPost // roles and bodies
	seats    map[string][]mSeat
	scopes   map[string]*mScope
	matters  map[string]mMatter
	grants   map[string]*mGrant
	departed []mSeat // as, from when
}

type (
	mParty struct{ kind, shown, answerable string }
	mPost  struct {
		body, alive bool
		shown       string
	}
	mSeat struct {
		post, party, as     string
		from, until         domain.Instant
		covers, alternateOf string
	}
	mScope struct {
		alive  bool
		parent string
	}
	mMatter struct {
		scope  string
		powers []string
	}
	mGrant struct {
		id, from, to, scope, under string
		powers                     []string
		limits                     []domain.Limit
		until                      domain.Instant
		pending                    bool
		ended                      string
		suspendedBy                []string
	}
)

// who gives the first id of a party, whichever of its ids is used.
func (w *mWorld) who(id string) string {
	for w.alias[id] != "" {
		id = w.alias[id]
	}
	return id
}

func (w *mWorld) shown(id string) string {
	if p := w.parties[id]; p != nil {
		return p.shown
	}
	if p := w.posts[id]; p != nil {
		return p.shown
	}
	return id
}

func (w *mWorld) exists(id string) bool {
	if w.parties[id] != nil {
		return !w.away[id]
	}
	return w.posts[id] != nil && w.posts[id].alive
}

func (w *mWorld) scopeOr(id string) string {
	if id == "" {
		return w.root
	}
	return id
}

func (w *mWorld) scopeAlive(id string) bool { return w.scopes[id] != nil && w.scopes[id].alive }

// within tells whether a scope is another or below it.
func (w *mWorld) within(id, above string) bool { return slices.Contains(w.upFrom(id), above) }

func (w *mWorld) upFrom(id string) []string {
	var out []string
	for id != "" && w.scopes[id] != nil {
		if slices.Contains(out, id) {
			panic("the scope " + id + " lies under itself")
		}
		out = append(out, id)
		id = w.scopes[id].parent
	}
	return out
}

func termOf(until domain.When) domain.Instant {
	if until.IsZero() {
		return domain.Forever
	}
	return until.At
}

func mOr(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// do applies one act.
func (w *mWorld) do(p placed) {
	switch d := p.act.Data.(type) {
	case *domain.LedgerOpened:
		w.root, w.governs = "organization", d.GoverningBody.ID
		if d.Root != nil {
			w.root = d.Root.ID
		}
		w.scopes[w.root] = &mScope{alive: true}
		w.begin(w.governs, true)
	case *domain.PartyRegistered:
		w.parties[d.ID] = &mParty{d.Kind, d.ID, d.Answerable}
	case *domain.PartyRenamed:
		id := w.who(d.ID)
		if d.NewID == "" {
			break
		}
		if w.parties[id] != nil {
			w.parties[id].shown = d.NewID
		} else if w.posts[id] != nil && w.posts[id].alive {
			w.posts[id].shown = d.NewID
		}
	case *domain.PersonLeft:
		w.leave(w.who(d.Person))
	case *domain.PersonReturned:
		w.away[w.who(d.Person)] = false
	case *domain.BodyConstituted:
		if w.scopeAlive(w.scopeOr(d.Scope)) {
			w.begin(d.ID, true)
		}
	case *domain.RoleEstablished:
		if w.scopeAlive(w.scopeOr(d.Scope)) {
			w.begin(d.ID, false)
		}
	case *domain.BodyDissolved:
		w.end(w.who(d.ID))
	case *domain.RoleAbolished:
		w.end(w.who(d.ID))
	case *domain.GoverningBodySucceeded:
		w.end(w.governs)
		w.governs = d.ID
		w.begin(d.ID, true)
	case *domain.MemberAppointed:
		w.sit(mSeat{w.who(d.Body), w.who(d.Party), mOr(d.Capacity, "member"), p.at, termOf(d.Until), "", w.who(d.AlternateFor)})
	case *domain.MemberDeparted:
		w.unseat(mSeat{post: w.who(d.Body), party: w.who(d.Party), as: d.Capacity, from: p.at})
	case *domain.RoleAssigned:
		w.sit(mSeat{w.who(d.Role), w.who(d.Party), mOr(d.Basis, "substantive"), p.at, termOf(d.Until), w.who(d.Covers), ""})
	case *domain.RoleVacated:
		w.unseat(mSeat{post: w.who(d.Role), party: w.who(d.Party), from: p.at})
	case *domain.ScopeDefined:
		if parent := w.scopeOr(d.Parent); w.scopeAlive(parent) && !w.scopeAlive(d.ID) {
			w.scopes[d.ID] = &mScope{true, parent}
		}
	case *domain.ScopeMoved:
		if parent := w.scopeOr(d.Parent); w.scopeAlive(d.ID) && w.scopeAlive(parent) && !w.within(parent, d.ID) {
			w.scopes[d.ID].parent = parent
		}
	case *domain.ScopeRetired:
		if !w.scopeAlive(d.ID) {
			break
		}
		for id, s := range w.scopes {
			if s.alive && w.within(id, d.ID) {
				s.alive = false
			}
		}
	case *domain.MatterReserved:
		if at := w.scopeOr(d.Scope); w.scopeAlive(at) {
			w.matters[d.ID] = mMatter{at, d.Powers}
		}
	case *domain.MatterReleased:
		delete(w.matters, d.ID)
	default:
		w.delegate(p)
	}
}

func (w *mWorld) begin(id string, body bool) {
	if w.posts[id] == nil || !w.posts[id].alive {
		w.posts[id] = &mPost{body, true, id}
	}
}

func (w *mWorld) end(id string) {
	if w.posts[id] != nil {
		w.posts[id].alive = false
		w.seats[id] = nil
	}
}

func (w *mWorld) leave(id string) {
	if w.parties[id] == nil || w.away[id] {
		return
	}
	w.away[id] = true
	for post := range w.seats {
		w.seats[post] = slices.DeleteFunc(w.seats[post], func(s mSeat) bool { return s.party == id })
	}
	for _, g := range w.grants {
		if g.to == id && g.ended == "" {
			g.ended = "left"
		}
	}
}

// ends tells whether a departure ends a seat.
func (dep mSeat) ends(s mSeat) bool {
	return s.post == dep.post && s.party == dep.party && (dep.as == "" || dep.as == s.as) && !dep.from.Before(s.from)
}

func (w *mWorld) sit(s mSeat) {
	if w.posts[s.post] == nil || !w.posts[s.post].alive || !w.exists(s.party) {
		return
	}
	for _, dep := range w.departed {
		if dep.ends(s) {
			return
		}
	}
	w.seats[s.post] = append(w.seats[s.post], s)
}

func (w *mWorld) unseat(dep mSeat) {
	if w.posts[dep.post] == nil || !w.posts[dep.post].alive {
		return
	}
	w.departed = append(w.departed, dep)
	w.seats[dep.post] = slices.DeleteFunc(w.seats[dep.post], dep.ends)
}

func (w *mWorld) delegate(p placed) {
	side := w.who(p.act.By)
	if side == w.governs {
		side = ""
	}
	// what is over has no more acts done to it
	open := func(id string) *mGrant {
		if g := w.grants[id]; g != nil && g.ended == "" && p.at.Before(g.until) {
			return g
		}
		return &mGrant{}
	}
	switch d := p.act.Data.(type) {
	case *domain.DelegationGranted:
		if w.scopeAlive(d.Scope) && w.exists(w.who(d.To)) {
			w.grants[d.ID] = &mGrant{id: d.ID, from: w.who(d.From), to: w.who(d.To), scope: d.Scope, under: d.Under, powers: d.Powers,
				limits: d.Limits, until: termOf(d.Until), pending: d.Acceptance == "required"}
		}
	case *domain.DelegationAccepted:
		open(d.ID).pending = false
	case *domain.DelegationDeclined:
		open(d.ID).ended = "declined"
	case *domain.DelegationRevoked:
		open(d.ID).ended = "revoked"
	case *domain.DelegationVaried:
		g := open(d.ID)
		if d.Powers != nil || d.Removed.Powers {
			g.powers = d.Powers
		}
		if d.Limits != nil || d.Removed.Limits {
			g.limits = d.Limits
		}
		if !d.Until.IsZero() || d.Removed.Until {
			g.until = termOf(d.Until)
		}
		if d.Under != "" || d.Removed.Under {
			g.under = d.Under
		}
	case *domain.DelegationSuspended:
		g := open(d.ID)
		g.suspendedBy = append(g.suspendedBy, side)
	case *domain.DelegationResumed:
		g := open(d.ID)
		own := slices.Contains(g.suspendedBy, side)
		sides := w.sidesOf(g)
		rank := slices.Index(sides, side)
		g.suspendedBy = slices.DeleteFunc(g.suspendedBy, func(s string) bool {
			at := slices.Index(sides, s)
			return s == side || !own && (at >= 0 && at < rank || at < 0 && side == "") // one no longer on the chain: the governing body alone
		})
	}
}

// sidesOf gives who delegated, from the delegation's delegator up; the governing body, last, is "".
func (w *mWorld) sidesOf(g *mGrant) []string {
	var out []string
	for seen := 0; g != nil && g.under != "" && seen < 100; seen++ {
		out = append(out, g.from)
		g = w.grants[g.under]
	}
	return append(out, "")
}

// chainOf gives the delegations from the governing body down to one in force; nil where it is not in force.
func (w *mWorld) chainOf(id string, depth int) []*mGrant {
	g := w.grants[id]
	if depth > 100 || g == nil || g.ended != "" || g.pending || len(g.suspendedBy) > 0 || !w.at.Before(g.until) ||
		!w.scopeAlive(g.scope) || !w.exists(g.to) {
		return nil
	}
	if g.under == "" {
		return []*mGrant{g}
	}
	up := w.chainOf(g.under, depth+1)
	if up == nil || up[len(up)-1].to != g.from || !w.within(g.scope, up[len(up)-1].scope) {
		return nil
	}
	return append(slices.Clone(up), g)
}

// seated gives the seats held now.
func (w *mWorld) seated(post string) []mSeat {
	var out []mSeat
	for _, s := range w.seats[post] {
		if w.at.Before(s.until) {
			out = append(out, s)
		}
	}
	return out
}

// persons gives the natural persons who answer where a party does.
func (w *mWorld) persons(id string, seen map[string]bool) []string {
	if seen[id] {
		return nil
	}
	seen[id] = true
	if p := w.parties[id]; p != nil {
		switch {
		case p.kind != "person" && p.answerable == "":
			return nil
		case p.kind != "person":
			return w.persons(w.who(p.answerable), seen)
		case w.away[id]:
			return nil
		}
		return []string{p.shown}
	}
	var out []string
	all := w.seated(id)
	for _, s := range all {
		body := w.posts[id].body
		if body && (s.as == "secretary" || s.as == "observer" || s.alternateOf != "") {
			continue
		}
		covered := slices.ContainsFunc(all, func(o mSeat) bool { return o.covers == s.party && o.party != s.party && s.covers != o.party })
		if !body && covered {
			continue
		}
		out = append(out, w.persons(s.party, seen)...)
	}
	return out
}

func (w *mWorld) answerable(id string) []string { return set(w.persons(id, map[string]bool{})) }

// What the answers are compared by.

type saysSeats struct {
	Shown     string
	Exists    bool
	Occupants []string
}

func (w *mWorld) saysSeats(id string) saysSeats {
	id = w.who(id)
	if p := w.posts[id]; p == nil || !p.alive {
		return saysSeats{}
	}
	return saysSeats{w.shown(id), true, w.occupants(id)}
}

func (w *mWorld) occupants(id string) []string {
	var out []string
	all := w.seated(id)
	for _, s := range all {
		coveredBy := slices.ContainsFunc(all, func(o mSeat) bool { return o.covers == s.party && o.party != s.party })
		out = append(out, occupantSays(w.shown(s.party), s.as, s.from, s.until, w.shown(s.covers), coveredBy, w.shown(s.alternateOf)))
	}
	slices.Sort(out)
	return out
}

func occupantSays(party, as string, since, until domain.Instant, covers string, covered bool, alternate string) string {
	return fmt.Sprint(party, " as ", as, " from ", since, " until ", until, " covers ", covers, " covered ", covered, " alternate for ", alternate)
}

type saysWho struct {
	Unknown    bool // no such scope
	Ultimate   string
	Members    []string
	Holders    map[string]saysHolder // by delegation
	Answerable []string
	Vacant     []string
}

type saysHolder struct {
	Party, From, Scope, Until string
	Chain                     string
	Powers                    []string // of the probes
	Limits                    map[string]string
	Answerable, Vacant        []string
}

// probes are the powers that are tried on every answer.
var probes = []string{"spend", "spend.ops", "spend.ops.travel", "spend.capital", "hire", "policy.adopted", "risk.accept"}

func coversPower(pattern, power string) bool {
	if stem, ok := strings.CutSuffix(pattern, ".*"); ok {
		return power == stem || strings.HasPrefix(power, stem+".")
	}
	return pattern == "*" || pattern == power
}

// confers tells whether a chain gives a power at a scope.
func (w *mWorld) confers(chain []*mGrant, scope, power string) bool {
	for _, g := range chain {
		if g.powers != nil && !slices.ContainsFunc(g.powers, func(p string) bool { return coversPower(p, power) }) {
			return false
		}
	}
	for _, m := range w.matters {
		if w.within(scope, m.scope) && slices.ContainsFunc(m.powers, func(p string) bool { return coversPower(p, power) }) {
			return false
		}
	}
	return true
}

var (
	probeUnits = map[string][]string{"spend": {"GBP", "EUR"}, "staff": {"people"}}
	probePers  = []string{"act", "month"}
)

// allows says what limits leave of each dimension, unit and period: "none" where the unit is not open, nothing for no
// limit.
func allows(limits []domain.Limit) map[string]string {
	out := map[string]string{}
	for dim, units := range probeUnits {
		for _, unit := range units {
			limited, open := false, false
			most := map[string]*big.Rat{}
			for _, l := range limits {
				if l.Dimension != dim {
					continue
				}
				limited = true
				if l.Unit != unit {
					continue
				}
				v, _ := new(big.Rat).SetString(l.Max.Text)
				open = open || v.Sign() > 0
				if most[l.Per] == nil || v.Cmp(most[l.Per]) < 0 {
					most[l.Per] = v
				}
			}
			for _, per := range probePers {
				switch k := dim + " " + unit + " " + per; {
				case limited && !open:
					out[k] = "none"
				case most[per] != nil:
					out[k] = most[per].RatString()
				}
			}
		}
	}
	return out
}

// meets gives what is left where limits apply one after the other.
func meets(chain []map[string]string) map[string]string {
	out := map[string]string{}
	for _, one := range chain {
		for k, v := range one {
			if was, ok := out[k]; !ok || narrower(v, was) {
				out[k] = v
			}
		}
	}
	return out
}

func narrower(a, b string) bool {
	if a == "none" || b == "none" {
		return a == "none" && b != "none"
	}
	x, _ := new(big.Rat).SetString(a)
	y, _ := new(big.Rat).SetString(b)
	return x.Cmp(y) < 0
}

func (w *mWorld) saysWho(scope, power string) saysWho {
	if !w.scopeAlive(scope) {
		return saysWho{Unknown: true}
	}
	out := saysWho{Ultimate: w.shown(w.governs), Members: w.occupants(w.governs), Holders: map[string]saysHolder{}}
	for _, at := range w.upFrom(scope) {
		chains := map[string][]*mGrant{}
		for id, g := range w.grants {
			if chain := w.chainOf(id, 0); chain != nil && g.scope == at && (power == "" || w.confers(chain, scope, power)) {
				chains[id] = chain
			}
		}
		for id, chain := range chains {
			step := false
			for other, c := range chains {
				step = step || other != id && slices.Contains(c, chain[len(chain)-1])
			}
			if !step {
				out.Holders[id] = w.holder(chain, scope)
			}
		}
		if len(out.Holders) > 0 {
			break
		}
	}
	for _, h := range out.Holders {
		out.Answerable = append(out.Answerable, h.Answerable...)
		out.Vacant = append(out.Vacant, h.Vacant...)
	}
	if len(out.Holders) == 0 {
		out.Answerable = w.answerable(w.governs)
	}
	out.Answerable, out.Vacant = set(out.Answerable), set(out.Vacant)
	return out
}

func (w *mWorld) holder(chain []*mGrant, scope string) saysHolder {
	last := chain[len(chain)-1]
	h := saysHolder{Party: w.shown(last.to), Scope: last.scope}
	until := domain.Forever
	var limits []map[string]string
	up := []string{last.to} // from the holder up
	for i, g := range chain {
		if g.until.Before(until) {
			until = g.until
		}
		limits = append(limits, allows(g.limits))
		from := g.from
		if g.under == "" {
			from = w.governs
		}
		h.From = w.shown(from)
		h.Chain += fmt.Sprintf("%s: %s to %s; ", g.id, h.From, w.shown(g.to))
		d := chain[len(chain)-1-i]
		if d.under == "" {
			up = append(up, w.governs)
		} else {
			up = append(up, d.from)
		}
	}
	h.Until, h.Limits = until.String(), meets(limits)
	for _, p := range probes {
		if w.confers(chain, scope, p) {
			h.Powers = append(h.Powers, p)
		}
	}
	for _, id := range up {
		if h.Answerable = w.answerable(id); len(h.Answerable) > 0 {
			break
		}
		h.Vacant = append(h.Vacant, w.shown(id))
	}
	h.Vacant = set(h.Vacant)
	return h
}
