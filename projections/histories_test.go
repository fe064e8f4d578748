package projections

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// Random histories of a small ledger, made from a seed: what the state accepts of them must be answered as the model
// answers it. BUCKSTOP_HISTORIES is how many (300 where it is not set), BUCKSTOP_HISTORY the seed of a single one.

func wanted() (first, n uint64) {
	if s := os.Getenv("BUCKSTOP_HISTORY"); s != "" {
		seed, _ := strconv.ParseUint(s, 10, 64)
		return seed, 1
	}
	n = 300
	if s := os.Getenv("BUCKSTOP_HISTORIES"); s != "" {
		n, _ = strconv.ParseUint(s, 10, 64)
	}
	return 1, n
}

var (
	corpusOnce sync.Once
	corpus     []*history
)

// histories gives the same histories to every test.
func histories() []*history {
	corpusOnce.Do(func() {
		first, n := wanted()
		corpus = make([]*history, n)
		var wg sync.WaitGroup
		for part := range 4 {
			wg.Go(func() {
				for i := uint64(part); i < n; i += 4 {
					corpus[i] = generate(first + i)
				}
			})
		}
		wg.Wait()
	})
	return corpus
}

// eachHistory checks something of every history; what fails is made as short as it gets and shown.
func eachHistory(t *testing.T, check func(h *history) error) { someHistories(t, 1, check) }

// someHistories checks something of every nth history, for what takes long.
func someHistories(t *testing.T, nth int, check func(h *history) error) {
	var all []*history
	for i, h := range histories() {
		if i%nth == 0 {
			all = append(all, h)
		}
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	failed := 0
	for part := range 4 {
		wg.Go(func() {
			for i := part; i < len(all); i += 4 {
				h := all[i]
				if err := check(h); err != nil {
					mu.Lock()
					if failed++; failed <= 3 {
						short := shrink(h, check)
						t.Errorf("history %d: %v\nas short as it gets:\n%s%v", h.seed, err, short, check(short))
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if failed > 3 {
		t.Errorf("and %d histories more", failed-3)
	}
}

// history is a ledger: the acts offered to it, those it took, and the model beside it.
type history struct {
	seed    uint64
	state   *domain.State
	model   *model
	offers  []offer
	stored  [][]byte
	taken   []int // taken[i] is the offer that became sequence i+1
	refused map[string]int
}

type offer struct {
	text []byte // the act, as JSON
	now  time.Time
	bad  error // why it was refused
}

func (h *history) String() string {
	var b strings.Builder
	n := 0
	for _, o := range h.offers {
		if o.bad != nil {
			if len(h.offers) < 40 {
				fmt.Fprintf(&b, "   -  %s\n      refused: %v\n", o.text, o.bad)
			}
			continue
		}
		n++
		fmt.Fprintf(&b, "%4d  %s\n", n, o.text)
	}
	return b.String()
}

func newHistory(seed uint64) *history {
	return &history{seed: seed, state: domain.NewState("acme", time.LoadLocation), model: &model{}, refused: map[string]int{}}
}

func recording(o offer) domain.Recording {
	return domain.Recording{Principal: "operator", Now: o.now, ID: "x"}
}

func decide(s *domain.State, o offer) (a *domain.Act, out domain.Accepted, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = panicked{fmt.Sprint(p, " in ", strings.Join(within(string(debug.Stack())), " < "))}
		}
	}()
	if a, _, err = domain.DecodeAct(o.text); err != nil {
		return nil, out, err
	}
	out, err = s.Decide(a, recording(o))
	return a, out, err
}

// panicked is what an act fails with that should have been accepted or refused.
type panicked struct{ what string }

func (p panicked) Error() string { return p.what }

// within gives the functions of the domain that a stack goes through.
func within(stack string) []string {
	var out []string
	for _, l := range strings.Split(stack, "\n") {
		if _, name, ok := strings.Cut(l, "buckstop/domain."); ok && len(out) < 4 {
			out = append(out, name)
		}
	}
	return out
}

// offer offers an act to the ledger and tells whether it was taken.
func (h *history) offer(o offer) bool {
	a, out, err := decide(h.state, o)
	o.bad = err
	h.offers = append(h.offers, o)
	if err != nil {
		return false
	}
	h.state.Commit(out.Seq)
	h.model.add(a)
	h.stored = append(h.stored, out.Stored)
	h.taken = append(h.taken, len(h.offers)-1)
	return true
}

// again offers some of the history to a new ledger.
func (h *history) again(offers []offer) *history {
	n := newHistory(h.seed)
	for _, o := range offers {
		n.offer(o)
	}
	return n
}

// shrink leaves out of a history what does not matter to what is wrong.
func shrink(h *history, check func(*history) error) *history {
	fails := func(n *history) bool {
		defer func() { recover() }()
		return len(n.stored) > 0 && check(n) != nil
	}
	var taken []offer
	for _, o := range h.offers {
		if o.bad == nil {
			taken = append(taken, o)
		}
	}
	if n := h.again(taken); fails(n) { // else what was refused matters too
		h = n
	}
	for size := len(h.offers) / 2; size > 0; {
		smaller := false
		for i := len(h.offers) - size; i >= 1; i -= size {
			if i+size > len(h.offers) {
				continue
			}
			n := h.again(append(slices.Clone(h.offers[:i]), h.offers[i+size:]...))
			if fails(n) {
				h, smaller = n, true
			}
		}
		if !smaller || size > 1 {
			size /= 2
		}
	}
	return h
}

// The small world of the histories.

var (
	theZones = []string{"", "Europe/London", "America/Sao_Paulo", "Asia/Tokyo"}
	// twelve instants; some are given as days in the ledger's zone and as instants, which then differ or are the same
	theInstants = []string{"2025-01-01", "2025-03-30", "2025-03-30T01:30:00+01:00", "2025-06-01", "2025-07-15T12:00:00Z", "2025-10-26",
		"2025-10-26T01:30:00Z", "2025-12-31", "2026-02-01T00:00:00Z", "2026-02-01", "2026-06-30T23:59:59.999999999Z", "2027-01-01"}
	thePersons     = []string{"p1", "p2", "p3", "p4", "p5"}
	theOthers      = []string{"t1", "o1", "y1"} // a team, an organization, a system
	theRoles       = []string{"r1", "r2", "r3", "r4"}
	theBodies      = []string{"b1", "b2", "b3"}
	theScopes      = []string{"s1", "s2", "s3", "s4", "s5"}
	theDelegations = []string{"d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"}
	theMatters     = []string{"m1", "m2"}
	thePowers      = []string{"*", "spend.*", "spend", "spend.ops", "spend.ops.*", "hire", "policy.adopted", "risk.*", "role.assigned", "scope.defined"}
	theParties     = slices.Concat(thePersons, theOthers, theRoles, theBodies, []string{"board", "board2", "board3"})
)

// theLast is the last instant that can be asked about.
var theLast = domain.InstantOf(domain.Forever.Time().Add(-1))

var theStart = time.Date(2026, 1, 10, 9, 0, 0, 0, time.UTC)

type jsonObject = map[string]any

type maker struct {
	*history
	*rand.Rand
	zone *time.Location
	data map[string]jsonObject // of each act taken, what it says now
	n    int
	w    *mWorld // at the effective instant of the act being made
	at   int     // its index in times
}

func oneOf[T any](r *maker, of []T) T { return of[r.IntN(len(of))] }

func (r *maker) may(percent int) bool { return r.IntN(100) < percent }

func (r *maker) instant(i int) domain.Instant {
	at, _, err := domain.ParseInstant(theInstants[i], r.zone)
	if err != nil {
		panic(err)
	}
	return at
}

// generate makes a history.
func generate(seed uint64) *history {
	r := &maker{history: newHistory(seed), Rand: rand.New(rand.NewPCG(seed, 25)), data: map[string]jsonObject{}}
	zone := oneOf(r, theZones)
	r.zone, _ = time.LoadLocation(zone)
	open := jsonObject{"organization": jsonObject{"name": "Acme"}, "governingBody": jsonObject{"id": "board", "name": "Board"}}
	if zone != "" {
		open["timeZone"] = zone
	}
	if r.may(30) {
		open["root"] = jsonObject{"id": "all", "name": "All"}
	}
	r.record("ledger.opened", 0, "board", open)
	for _, p := range thePersons {
		r.record("party.registered", r.IntN(len(theInstants)), "board", jsonObject{"id": p, "kind": "person", "name": p})
	}
	for _, p := range thePersons[:2+r.IntN(2)] {
		r.record("member.appointed", 0, "board", jsonObject{"body": "board", "party": p})
	}
	for want := 60 + r.IntN(60); len(r.offers) < want; {
		r.step()
	}
	return r.history
}

func (r *maker) record(kind string, at int, by string, data jsonObject) bool {
	return r.recordAs(kind, theInstants[at], by, data)
}

func (r *maker) recordAs(kind, effective, by string, data jsonObject) bool {
	r.n++
	id := fmt.Sprint("a", r.n)
	text, _ := json.Marshal(jsonObject{"id": id, "type": kind, "effective": effective, "by": by, "data": data})
	now := theStart.Add(time.Duration(r.n) * 24 * time.Hour)
	if r.may(10) {
		now = now.Add(-72 * time.Hour) // a clock that was set back
	}
	if !r.offer(offer{text: text, now: now}) {
		return false
	}
	r.data[id] = data
	if kind == "act.corrected" {
		r.data[data["act"].(string)] = data["data"].(jsonObject)
	}
	return true
}

// kinds are the acts that are made, and how often.
var theTypes = []struct {
	name   string
	weight int
	make   func(r *maker) (jsonObject, string) // the data, nil where there is nothing to do; and by whom, empty for the governing body
}{
	{"party.registered", 2, (*maker).registered},
	{"party.renamed", 2, (*maker).renamed},
	{"person.left", 2, (*maker).left},
	{"person.returned", 3, (*maker).returned},
	{"body.constituted", 4, (*maker).constituted},
	{"body.dissolved", 2, (*maker).dissolved},
	{"governing-body.succeeded", 1, (*maker).succeeded},
	{"member.appointed", 5, (*maker).appointed},
	{"member.departed", 4, (*maker).departed},
	{"role.established", 5, (*maker).established},
	{"role.abolished", 2, (*maker).abolished},
	{"role.assigned", 8, (*maker).assigned},
	{"role.vacated", 4, (*maker).vacated},
	{"scope.defined", 6, (*maker).defined},
	{"scope.renamed", 1, (*maker).scopeRenamed},
	{"scope.moved", 3, (*maker).moved},
	{"scope.retired", 2, (*maker).retired},
	{"delegation.granted", 16, (*maker).granted},
	{"delegation.accepted", 4, (*maker).accepted},
	{"delegation.declined", 1, (*maker).declined},
	{"delegation.varied", 5, (*maker).varied},
	{"delegation.suspended", 4, (*maker).suspended},
	{"delegation.resumed", 6, (*maker).resumed},
	{"delegation.revoked", 2, (*maker).revoked},
	{"matter.reserved", 2, (*maker).reserved},
	{"matter.released", 3, (*maker).released},
	{"act.corrected", 9, nil},
	{"act.annulled", 7, nil},
}

func (r *maker) step() {
	total := 0
	for _, k := range theTypes {
		total += k.weight
	}
	pick := r.IntN(total)
	for _, k := range theTypes {
		if pick -= k.weight; pick >= 0 {
			continue
		}
		r.at = 1 + r.IntN(len(theInstants)-1)
		if r.may(30) {
			r.at = 1 + r.IntN(4) // early, so that there is something later
		}
		r.w = r.model.world(r.instant(r.at), len(r.model.acts))
		switch k.name {
		case "act.corrected":
			r.correct()
		case "act.annulled":
			r.annul()
		default:
			make := k.make
			if len(r.w.answerable(r.w.governs)) == 0 && r.may(70) {
				k.name, make = "member.appointed", (*maker).appointed // a board without members does little else
			}
			data, by := make(r)
			if data == nil {
				return
			}
			if by == "" || r.may(3) {
				by = r.w.shown(r.w.governs)
			}
			r.record(k.name, r.at, by, data)
		}
		return
	}
}

// some gives one of those that are fit, and now and then just any.
func (r *maker) some(of []string, fit func(id string) bool) string {
	var good []string
	for _, id := range of {
		if fit(id) {
			good = append(good, id)
		}
	}
	if len(good) == 0 || r.may(2) {
		if r.may(5) {
			return oneOf(r, of)
		}
		if len(good) == 0 {
			return ""
		}
	}
	return oneOf(r, good)
}

// called gives one of the ids that a party bore.
func (r *maker) called(id string) string {
	if id != "" && r.may(40) {
		for _, new := range slices.Sorted(maps.Keys(r.w.alias)) {
			if r.w.alias[new] == id && r.may(60) {
				return new
			}
		}
	}
	return id
}

func (r *maker) later(data jsonObject, percent int) {
	if r.may(percent) && r.at+1 < len(theInstants) {
		data["until"] = theInstants[r.at+1+r.IntN(len(theInstants)-r.at-1)]
	}
}

func (r *maker) alive(id string) bool { return r.w.posts[id] != nil && r.w.posts[id].alive }
func (r *maker) over(id string) bool  { return !r.alive(id) }

func (r *maker) scopesAnd(root bool) []string {
	if root {
		return append([]string{r.w.root}, theScopes...)
	}
	return theScopes
}

func (r *maker) scope(data jsonObject, name string) {
	if id := r.some(r.scopesAnd(true), r.w.scopeAlive); id != "" && r.may(60) {
		data[name] = id
	}
}

func (r *maker) registered() (jsonObject, string) {
	id := r.some(theOthers, func(id string) bool { return r.model.world(theLast, len(r.model.acts)).parties[id] == nil })
	if id == "" {
		return nil, ""
	}
	kind := map[byte]string{'t': "team", 'o': "organization", 'y': "system", 'p': "person"}[id[0]]
	data := jsonObject{"id": id, "kind": kind, "name": id}
	if kind == "system" || r.may(60) {
		data["answerable"] = r.some(slices.Concat(thePersons, theRoles), r.w.exists)
		if data["answerable"] == "" {
			data["answerable"] = "p1"
		}
	}
	return data, ""
}

func (r *maker) renamed() (jsonObject, string) {
	id := r.some(theParties, r.w.exists)
	data := jsonObject{"id": r.called(id), "newId": fmt.Sprint(id, "-", r.n)}
	if r.may(20) {
		delete(data, "newId")
		data["name"] = "New"
	}
	return data, ""
}

func (r *maker) left() (jsonObject, string) {
	return r.orNone("person", r.called(r.some(thePersons, r.w.exists)))
}

func (r *maker) returned() (jsonObject, string) {
	return r.orNone("person", r.called(r.some(thePersons, func(id string) bool { return r.w.away[id] })))
}

func (r *maker) orNone(name, id string) (jsonObject, string) {
	if id == "" {
		return nil, ""
	}
	return jsonObject{name: id}, ""
}

func (r *maker) constituted() (jsonObject, string) {
	id := r.some(theBodies, r.over)
	if id == "" {
		return nil, ""
	}
	data := jsonObject{"id": id, "name": id, "kind": oneOf(r, []string{"committee", "management", "forum"})}
	r.scope(data, "scope")
	return data, ""
}

func (r *maker) dissolved() (jsonObject, string) {
	return r.orNone("id", r.called(r.some(theBodies, r.alive)))
}
func (r *maker) abolished() (jsonObject, string) {
	return r.orNone("id", r.called(r.some(theRoles, r.alive)))
}

func (r *maker) succeeded() (jsonObject, string) {
	return jsonObject{"id": oneOf(r, []string{"board2", "board3"}), "name": "The next board"}, ""
}

func (r *maker) appointed() (jsonObject, string) {
	body := r.some(append(slices.Clone(theBodies), r.w.governs, r.w.governs), r.alive)
	party := r.some(slices.Concat(thePersons, thePersons, theOthers, theRoles), r.w.exists)
	if body == "" || party == "" {
		return nil, ""
	}
	data := jsonObject{"body": r.called(body), "party": r.called(party)}
	if r.may(40) {
		data["capacity"] = oneOf(r, []string{"chair", "secretary", "observer", "independent"})
	}
	if r.may(10) {
		data["alternateFor"] = r.called(r.some(thePersons, r.w.exists))
	}
	r.later(data, 20)
	return data, ""
}

func (r *maker) departed() (jsonObject, string) {
	post := r.some(append(slices.Clone(theBodies), r.w.governs), func(id string) bool { return len(r.w.seated(id)) > 0 })
	if post == "" || len(r.w.seated(post)) == 0 {
		return nil, ""
	}
	s := oneOf(r, r.w.seated(post))
	data := jsonObject{"body": r.called(post), "party": r.called(s.party)}
	if r.may(30) {
		data["capacity"] = s.as
	}
	return data, ""
}

func (r *maker) established() (jsonObject, string) {
	id := r.some(theRoles, r.over)
	if id == "" {
		return nil, ""
	}
	data := jsonObject{"id": id, "name": id}
	r.scope(data, "scope")
	return data, ""
}

func (r *maker) assigned() (jsonObject, string) {
	role := r.some(theRoles, r.alive)
	party := r.some(slices.Concat(thePersons, thePersons, thePersons, theOthers, theBodies, theRoles), func(id string) bool { return r.w.exists(id) && id != role })
	if role == "" || party == "" {
		return nil, ""
	}
	data := jsonObject{"role": r.called(role), "party": r.called(party)}
	if r.may(50) {
		data["basis"] = oneOf(r, []string{"substantive", "acting", "interim", "shared"})
	}
	if now := r.w.seated(role); len(now) > 0 && r.may(40) {
		data["covers"] = r.called(oneOf(r, now).party)
	}
	r.later(data, 30)
	return data, r.holding()
}

// holding gives now and then somebody who holds authority and is no governing body.
func (r *maker) holding() string {
	if r.may(85) {
		return ""
	}
	for _, g := range r.inForce() {
		return r.called(r.w.grants[g].to)
	}
	return ""
}

func (r *maker) vacated() (jsonObject, string) {
	post := r.some(theRoles, func(id string) bool { return len(r.w.seated(id)) > 0 })
	if post == "" || len(r.w.seated(post)) == 0 {
		return nil, ""
	}
	return jsonObject{"role": r.called(post), "party": r.called(oneOf(r, r.w.seated(post)).party)}, ""
}

func (r *maker) defined() (jsonObject, string) {
	id := r.some(theScopes, func(id string) bool { return !r.w.scopeAlive(id) })
	if id == "" {
		return nil, ""
	}
	data := jsonObject{"id": id, "name": id}
	r.scope(data, "parent")
	return data, r.holding()
}

func (r *maker) scopeRenamed() (jsonObject, string) {
	id := r.some(theScopes, r.w.scopeAlive)
	if id == "" {
		return nil, ""
	}
	return jsonObject{"id": id, "name": "New"}, ""
}

func (r *maker) moved() (jsonObject, string) {
	id := r.some(theScopes, r.w.scopeAlive)
	to := r.some(r.scopesAnd(true), func(s string) bool { return r.w.scopeAlive(s) && !r.w.within(s, id) })
	if id == "" || to == "" {
		return nil, ""
	}
	return jsonObject{"id": id, "parent": to}, ""
}

func (r *maker) retired() (jsonObject, string) {
	return r.orNone("id", r.some(theScopes, r.w.scopeAlive))
}

func (r *maker) inForce() []string {
	var out []string
	for _, id := range theDelegations {
		if r.w.chainOf(id, 0) != nil {
			out = append(out, id)
		}
	}
	return out
}

func (r *maker) limits() []jsonObject {
	var out []jsonObject
	for _, l := range []jsonObject{{"dimension": "spend", "unit": "GBP"}, {"dimension": "spend", "unit": "EUR"}, {"dimension": "staff", "unit": "people"}} {
		for _, per := range probePers {
			if r.may(30) {
				out = append(out, jsonObject{"dimension": l["dimension"], "unit": l["unit"], "per": per, "max": fmt.Sprint(1+r.IntN(9), "0")})
			}
		}
	}
	return out
}

// terms gives some of the powers and lower limits of the chain that a delegation is to stand on.
func (r *maker) terms(data jsonObject, under string) {
	if r.may(50) {
		var ok []string
		for _, p := range thePowers {
			sample := strings.TrimSuffix(p, ".*")
			if p != "*" && (under == "" || r.w.grants[under] != nil && r.w.confers(r.w.chainOf(under, 0), r.w.grants[under].scope, sample)) {
				ok = append(ok, p)
			}
		}
		if len(ok) > 0 {
			r.Shuffle(len(ok), func(i, j int) { ok[i], ok[j] = ok[j], ok[i] })
			data["powers"] = ok[:1+r.IntN(min(4, len(ok)))]
		}
		if under == "" && r.may(30) {
			data["powers"] = []string{"*"}
		}
	}
	if r.may(40) {
		ls := r.limits()
		if under != "" {
			for _, c := range r.w.chainOf(under, 0) {
				if len(c.limits) > 0 { // a child names what its parent names, and no more of it
					ls = nil
					for _, l := range c.limits {
						if r.may(70) {
							ls = append(ls, jsonObject{"dimension": l.Dimension, "unit": l.Unit, "per": l.Per, "max": fmt.Sprint(1 + r.IntN(10))})
						}
					}
				}
			}
		}
		if len(ls) > 0 {
			data["limits"] = ls
		}
	}
}

func (r *maker) granted() (jsonObject, string) {
	id := r.some(theDelegations, func(id string) bool {
		return !slices.ContainsFunc(r.model.acts, func(a *domain.Act) bool {
			d, ok := a.Data.(*domain.DelegationGranted)
			return ok && d.ID == id
		})
	})
	if id == "" {
		return nil, ""
	}
	data := jsonObject{"id": id}
	from, scope, under := r.w.governs, r.some(r.scopesAnd(true), r.w.scopeAlive), ""
	if up := r.inForce(); len(up) > 0 && r.may(70) {
		under = oneOf(r, up)
		g := r.w.grants[under]
		from = g.to
		scope = r.some(r.scopesAnd(true), func(s string) bool { return r.w.scopeAlive(s) && r.w.within(s, g.scope) })
		if r.may(50) {
			data["under"] = under
		}
		if g.until != domain.Forever && r.may(50) {
			data["until"] = g.until.String()
		}
	}
	if data["until"] == nil {
		r.later(data, 30)
	}
	to := r.some(slices.Concat(thePersons, theRoles, theRoles, theBodies, theOthers), func(id string) bool { return r.w.exists(id) && id != from })
	if scope == "" || to == "" {
		return nil, ""
	}
	data["from"], data["to"], data["scope"] = r.called(from), r.called(to), scope
	r.terms(data, under)
	if r.may(20) {
		data["acceptance"] = "required"
	}
	if r.may(15) {
		data["subdelegation"] = jsonObject{"maxDepth": r.IntN(4)}
	}
	if len(r.w.answerable(from)) == 0 {
		return data, "" // those above act for a vacant one
	}
	return data, r.called(from)
}

func (r *maker) existing(fit func(g *mGrant) bool) *mGrant {
	id := r.some(theDelegations, func(id string) bool {
		g := r.w.grants[id]
		return g != nil && g.ended == "" && r.w.at.Before(g.until) && fit(g)
	})
	return r.w.grants[id]
}

func whichever(*mGrant) bool { return true }

func (r *maker) accepted() (jsonObject, string) {
	g := r.existing(func(g *mGrant) bool { return g.pending })
	if g == nil {
		return nil, ""
	}
	return jsonObject{"id": g.id}, r.called(g.to)
}

func (r *maker) declined() (jsonObject, string) {
	g := r.existing(whichever)
	if g == nil {
		return nil, ""
	}
	return jsonObject{"id": g.id}, r.called(g.to)
}

// above gives somebody who delegated it, directly or further up.
func (r *maker) above(g *mGrant) string {
	return r.called(oneOf(r, r.w.sidesOf(g)))
}

func (r *maker) varied() (jsonObject, string) {
	g := r.existing(whichever)
	if g == nil {
		return nil, ""
	}
	data := jsonObject{"id": g.id}
	r.terms(data, g.under)
	r.later(data, 30)
	if len(data) == 1 {
		data["limits"] = nil
	}
	if r.may(10) {
		data[oneOf(r, []string{"until", "powers", "limits"})] = nil
	}
	if up := r.inForce(); len(up) > 0 && r.may(25) && g.under != "" {
		data["under"] = oneOf(r, up)
	}
	by := ""
	if g.under != "" {
		by = g.from
	}
	return data, r.called(by)
}

func (r *maker) suspended() (jsonObject, string) {
	g := r.existing(whichever)
	if g == nil {
		return nil, ""
	}
	return jsonObject{"id": g.id}, r.above(g)
}

func (r *maker) resumed() (jsonObject, string) {
	g := r.existing(func(g *mGrant) bool { return len(g.suspendedBy) > 0 })
	if g == nil {
		return nil, ""
	}
	if len(g.suspendedBy) > 0 && r.may(50) {
		return jsonObject{"id": g.id}, r.called(oneOf(r, g.suspendedBy))
	}
	return jsonObject{"id": g.id}, r.above(g)
}

func (r *maker) revoked() (jsonObject, string) {
	g := r.existing(whichever)
	if g == nil {
		return nil, ""
	}
	return jsonObject{"id": g.id}, r.above(g)
}

func (r *maker) reserved() (jsonObject, string) {
	// A matter stays where it was first reserved.
	id := oneOf(r, theMatters)
	scope := map[string]string{"m1": r.w.root, "m2": "s2"}[id]
	if !r.w.scopeAlive(scope) {
		return nil, ""
	}
	return jsonObject{"id": id, "name": id, "scope": scope, "powers": []string{oneOf(r, thePowers[1:]), oneOf(r, thePowers[1:])}}, ""
}

func (r *maker) released() (jsonObject, string) {
	return r.orNone("id", r.some(theMatters, func(id string) bool { _, ok := r.w.matters[id]; return ok }))
}

// correct corrects an act: its instant, or something it says.
func (r *maker) correct() {
	known := len(r.model.acts)
	var live []int
	for n := 2; n <= known; n++ {
		if !r.model.onRecord(n) && !r.model.dead(n, known) {
			live = append(live, n)
		}
	}
	was := oneOf(r, live)
	a := r.model.act(was)
	said := r.model.said(was, known)
	data := maps.Clone(r.data[a.ID])
	c := jsonObject{"act": a.ID}
	i := slices.IndexFunc(theInstants, func(s string) bool { return said.Effective.At == r.parse(s) })
	if r.may(60) {
		c["effective"] = theInstants[max(1, min(len(theInstants)-1, i-2+r.IntN(5)))]
	}
	if r.may(60) {
		r.change(data)
	}
	c["data"] = data
	if r.may(90) {
		r.w = r.model.world(r.instant(len(theInstants)-1), known)
	}
	r.recordAs("act.corrected", theInstants[len(theInstants)-1], r.w.shown(r.w.governs), c)
}

func (r *maker) parse(s string) domain.Instant {
	at, _, _ := domain.ParseInstant(s, r.zone)
	return at
}

// change changes one thing that an act says.
func (r *maker) change(data jsonObject) {
	for _, name := range []string{"powers", "limits", "until", "party", "to", "parent", "scope", "capacity", "covers", "newId", "role"} {
		if data[name] == nil || !r.may(50) {
			continue
		}
		switch name {
		case "powers":
			data[name] = []string{oneOf(r, thePowers), oneOf(r, thePowers)}
		case "limits":
			if ls := r.limits(); len(ls) > 0 {
				data[name] = ls
			}
		case "until":
			delete(data, name)
			if r.may(50) {
				data[name] = oneOf(r, theInstants[3:])
			}
		case "party", "to":
			data[name] = oneOf(r, slices.Concat(thePersons, thePersons, theRoles, theOthers))
		case "parent", "scope":
			data[name] = oneOf(r, r.scopesAnd(true))
		case "capacity", "covers":
			delete(data, name)
		case "newId":
			data[name] = fmt.Sprint(data["id"], "-c", r.n)
		case "role":
			data[name] = oneOf(r, theRoles)
		}
		return
	}
	if _, ok := data["under"]; !ok && data["from"] != nil && r.may(50) {
		r.terms(data, "")
	}
}

// annul annuls an act, a correction or an annulment.
func (r *maker) annul() {
	known := len(r.model.acts)
	var live, record []string
	for n := 2; n <= known; n++ {
		if r.model.dead(n, known) {
			continue
		}
		if id := r.model.act(n).ID; r.model.onRecord(n) {
			record = append(record, id)
		} else if n > 9 || r.may(20) {
			live = append(live, id)
		}
	}
	of := live
	if len(record) > 0 && (r.may(50) || len(live) == 0) {
		of = record
	}
	if len(of) == 0 {
		return
	}
	r.w = r.model.world(r.instant(len(theInstants)-1), known)
	r.recordAs("act.annulled", theInstants[len(theInstants)-1], r.w.shown(r.w.governs), jsonObject{"act": oneOf(r, of), "reason": "an error"})
}

// What is asked.

type moment struct {
	at    domain.Instant
	known int
}

// points gives n instants and knowns, among them those of the acts and just before and after.
func (h *history) points(n int, salt uint64) []moment {
	r := rand.New(rand.NewPCG(h.seed, salt))
	var at []domain.Instant
	for _, s := range theInstants {
		i, _, _ := domain.ParseInstant(s, h.state.Zone())
		at = append(at, i)
	}
	out := make([]moment, n)
	for i := range out {
		p := moment{at[r.IntN(len(at))], len(h.stored)}
		switch r.IntN(8) {
		case 0:
			p.at = domain.InstantOf(p.at.Time().Add(-1))
		case 1:
			p.at = domain.InstantOf(p.at.Time().Add(time.Duration(r.Int64N(int64(100 * 24 * time.Hour)))))
		case 2:
			p.at = theLast
		}
		if r.IntN(3) > 0 {
			p.known = 1 + r.IntN(len(h.stored))
		}
		out[i] = p
	}
	return out
}

// everywhere gives every instant that matters at every known.
func (h *history) everywhere() []moment {
	var out []moment
	for known := range len(h.stored) {
		for _, s := range theInstants {
			at, _, _ := domain.ParseInstant(s, h.state.Zone())
			out = append(out, moment{at, known + 1}, moment{domain.InstantOf(at.Time().Add(-1)), known + 1})
		}
		out = append(out, moment{theLast, known + 1})
	}
	return out
}

var theQuestions = []string{"", "spend", "spend.ops", "hire"}

func stateSaysSeats(v *domain.View, id string) (saysSeats, error) {
	s, err := AskSeats(v, id)
	if err != nil {
		return saysSeats{}, err
	}
	if !s.Exists {
		if len(s.Occupants) > 0 {
			return saysSeats{}, fmt.Errorf("%s does not exist and has occupants", id)
		}
		return saysSeats{}, nil
	}
	return saysSeats{s.Party, true, occupantsSay(s.Occupants)}, nil
}

func occupantsSay(os []Occupant) []string {
	var out []string
	for _, o := range os {
		out = append(out, occupantSays(o.Party, o.As, o.Since.Instant, o.Until.Instant, o.Covers, o.CoveredBy != "", o.AlternateFor))
	}
	slices.Sort(out)
	return out
}

func stateSaysWho(v *domain.View, scope, power string) (saysWho, error) {
	w, err := AskWho(v, scope, power)
	if domain.CodeOf(err) == domain.UnknownScope {
		return saysWho{Unknown: true}, nil
	}
	if err != nil {
		return saysWho{}, err
	}
	out := saysWho{Ultimate: w.Ultimate.Party, Members: occupantsSay(w.Ultimate.Members), Holders: map[string]saysHolder{},
		Answerable: set(w.Answerable), Vacant: set(w.Vacant)}
	for _, h := range w.Holders {
		s := saysHolder{Party: h.Party, From: h.From, Scope: h.Scope, Until: domain.Forever.String(), Limits: limitsSay(h.Limits),
			Answerable: set(h.Answerable), Vacant: set(h.Vacant), Powers: powersSay(h.Powers, h.Reserved)}
		if !h.Until.IsZero() {
			s.Until = h.Until.String()
		}
		for _, c := range h.Chain {
			s.Chain += fmt.Sprintf("%s: %s to %s; ", c.Delegation, c.From, c.To)
		}
		if _, twice := out.Holders[h.Delegation]; twice {
			return out, fmt.Errorf("%s is shown twice", h.Delegation)
		}
		out.Holders[h.Delegation] = s
	}
	return out, nil
}

func powersSay(powers, reserved []string) []string {
	var out []string
	for _, p := range probes {
		covers := func(pattern string) bool { return coversPower(pattern, p) }
		if slices.ContainsFunc(powers, covers) && !slices.ContainsFunc(reserved, covers) {
			out = append(out, p)
		}
	}
	return out
}

func limitsSay(ls []Limit) map[string]string {
	var in []domain.Limit
	for _, l := range ls {
		in = append(in, domain.Limit{Dimension: l.Dimension, Unit: l.Unit, Per: l.Per, Max: domain.Amount{Text: l.Max}})
	}
	return allows(in)
}

// compare asks state and model the same at some points.
func (h *history) compare(points []moment) error {
	for _, p := range points {
		v, err := h.state.View(p.at, uint64(p.known))
		if err != nil {
			return err
		}
		w := h.model.world(p.at, p.known)
		for _, scope := range append([]string{h.state.Root()}, theScopes...) {
			for _, power := range theQuestions {
				got, err := stateSaysWho(v, scope, power)
				if err != nil {
					return err
				}
				if want := w.saysWho(scope, power); !reflect.DeepEqual(got, want) {
					return fmt.Errorf("who %s %s at %s known %d\n the state says %+v\n the model says %+v", scope, power, p.at, p.known, got, want)
				}
			}
		}
		for _, id := range slices.Concat(theRoles, theBodies, []string{"board", "board2", "board3"}, slices.Sorted(maps.Keys(w.alias))) {
			if w.parties[w.who(id)] != nil {
				continue
			}
			got, err := stateSaysSeats(v, id)
			if err != nil {
				return err
			}
			if want := w.saysSeats(id); !reflect.DeepEqual(got, want) {
				return fmt.Errorf("seats %s at %s known %d\n the state says %+v\n the model says %+v", id, p.at, p.known, got, want)
			}
		}
	}
	return nil
}

// answers gives whole answers at some points, to be compared with those of another time or state.
func answersAt(s *domain.State, points []moment) (string, error) {
	var b strings.Builder
	for _, p := range points {
		v, err := s.View(p.at, uint64(p.known))
		if err != nil {
			return "", err
		}
		for _, scope := range append([]string{s.Root()}, theScopes...) {
			for _, power := range theQuestions[:2] {
				w, err := AskWho(v, scope, power)
				if w != nil && p.known == 0 {
					w.Known = Known{} // the newest, whichever that is
				}
				text, _ := json.Marshal(w)
				fmt.Fprintln(&b, p, scope, power, string(text), domain.CodeOf(err))
			}
		}
		for _, id := range theParties {
			w, err := AskSeats(v, id)
			if w != nil && p.known == 0 {
				w.Known = Known{}
			}
			text, _ := json.Marshal(w)
			fmt.Fprintln(&b, p, id, string(text), domain.CodeOf(err))
		}
	}
	return b.String(), nil
}

func differ(what, a, b string) error {
	if a == b {
		return nil
	}
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range as {
		if i >= len(bs) || as[i] != bs[i] {
			return fmt.Errorf("%s:\n was %s\n is  %s", what, as[i], bs[min(i, len(bs)-1)])
		}
	}
	return fmt.Errorf("%s", what)
}

// The properties.

func TestNoActMakesTheLedgerPanic(t *testing.T) {
	eachHistory(t, func(h *history) error {
		for _, o := range h.offers {
			if p, ok := o.bad.(panicked); ok {
				return fmt.Errorf("%s: %w", o.text, p)
			}
		}
		return nil
	})
}

func TestRandomHistoriesAreAnsweredAsFoldingEverythingAnewAnswersThem(t *testing.T) {
	eachHistory(t, func(h *history) error {
		if len(h.stored) < 40 { // one that was made short
			return h.compare(h.everywhere())
		}
		return h.compare(h.points(16, 1))
	})
}

func TestRandomHistoriesHoldActsOfEveryTypeAndMostAreAccepted(t *testing.T) {
	type count struct {
		taken, refused int
		codes          map[string]int
		late, future   int
	}
	counts := map[string]*count{}
	offered, taken := 0, 0
	for _, h := range histories() {
		for _, o := range h.offers {
			var a struct{ Type string }
			_ = json.Unmarshal(o.text, &a)
			c := counts[a.Type]
			if c == nil {
				c = &count{codes: map[string]int{}}
				counts[a.Type] = c
			}
			if offered++; o.bad == nil {
				taken++
				c.taken++
				continue
			}
			c.refused++
			c.codes[string(domain.CodeOf(o.bad))]++
		}
		for i, a := range h.model.acts {
			c := counts[a.Type]
			if at := a.Effective.At.Time(); at.After(h.state.Recorded(uint64(i + 1))) {
				c.future++
			} else {
				c.late++
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		c := counts[name]
		t.Logf("%-26s %6d accepted (%d of them ahead of time), %5d refused %v", name, c.taken, c.future, c.refused, c.codes)
	}
	t.Logf("%d histories: %d of %d acts accepted", len(histories()), taken, offered)
	if len(histories()) < 100 {
		return
	}
	for _, k := range theTypes {
		if counts[k.name] == nil || counts[k.name].taken == 0 {
			t.Errorf("no %s was ever accepted", k.name)
		}
	}
	require.Greater(t, taken*10, offered*6, "most are accepted")
}

func TestNoHistoryMakesTheGoverningBodyNotAccountable(t *testing.T) {
	eachHistory(t, func(h *history) error {
		for _, p := range h.points(6, 2) {
			v, err := h.state.View(p.at, uint64(p.known))
			if err != nil {
				return err
			}
			var acts []uint64
			governs := v.Party(v.Governing(&acts), &acts).ID
			for _, scope := range append([]string{h.state.Root()}, theScopes...) {
				for _, power := range theQuestions {
					w, err := AskWho(v, scope, power)
					if err != nil {
						continue // it does not exist
					}
					if w.Ultimate.Party == "" || w.Ultimate.Party != governs {
						return fmt.Errorf("at %s known %d nobody but %q is ultimately accountable for %s", p.at, p.known, w.Ultimate.Party, scope)
					}
					for _, hd := range slices.Concat(w.Holders, w.Above) {
						if err := accountable(hd, governs); err != nil {
							return fmt.Errorf("at %s known %d, %s of %s: %w", p.at, p.known, hd.Delegation, scope, err)
						}
					}
				}
			}
		}
		return nil
	})
}

func accountable(h Holder, governs string) error {
	if len(h.Chain) == 0 || h.Chain[0].From != governs {
		return fmt.Errorf("the governing body %s is not the first of its chain %+v", governs, h.Chain)
	}
	for _, s := range h.Chain {
		if s.From == "" || !s.RemainsAccountable {
			return fmt.Errorf("a delegator does not remain accountable: %+v", s)
		}
	}
	if len(h.Answerable) == 0 && !slices.Contains(h.Vacant, governs) {
		return fmt.Errorf("nobody answers, and the governing body is not said to be vacant")
	}
	return nil
}

func TestNoEffectiveDelegationIsEverWiderThanTheOneItStandsOn(t *testing.T) {
	eachHistory(t, func(h *history) error {
		points := h.points(12, 3)
		if len(h.stored) < 40 {
			points = h.everywhere()
		}
		for _, p := range points {
			v, err := h.state.View(p.at, uint64(p.known))
			if err != nil {
				return err
			}
			for _, id := range theDelegations {
				var acts []uint64
				child, _ := v.Delegation(id, &acts)
				if child.State != "in-force" || child.Under == "" {
					continue
				}
				parent, _ := v.Delegation(child.Under, &acts)
				if err := noWider(v, child, parent); err != nil {
					return fmt.Errorf("at %s known %d, %s under %s: %w", p.at, p.known, id, child.Under, err)
				}
			}
		}
		return nil
	})
}

func noWider(v *domain.View, child, parent domain.Delegation) error {
	if parent.State != "in-force" {
		return fmt.Errorf("it stands on what is %s", parent.State)
	}
	c, p := child.Authority, parent.Authority
	has := powersSay(p.Powers, p.Reserved)
	for _, power := range powersSay(c.Powers, c.Reserved) {
		if !slices.Contains(has, power) {
			return fmt.Errorf("%s is not among the powers %v", power, has)
		}
	}
	own := allows(c.Limits)
	for k, most := range allows(p.Limits) {
		if l, ok := own[k]; !ok || narrower(most, l) {
			return fmt.Errorf("its limit of %s is %q, where %q is allowed", k, l, most)
		}
	}
	if p.Until.Before(c.Until) {
		return fmt.Errorf("it lasts until %s, beyond %s", c.Until, p.Until)
	}
	if p.Depth >= 0 && (c.Depth < 0 || c.Depth > p.Depth) {
		return fmt.Errorf("it may be passed on %d levels, beyond %d", c.Depth, p.Depth)
	}
	var acts []uint64
	for at := child.Scope; at != parent.Scope; {
		s, ok := v.Scope(at, &acts)
		if !ok || s.Parent == "" {
			return fmt.Errorf("its scope %s does not lie within %s", child.Scope, parent.Scope)
		}
		at = s.Parent
	}
	return nil
}

// loaded gives the state that the stored acts make.
func (h *history) loaded() (*domain.State, error) {
	s := domain.NewState("acme", time.LoadLocation)
	for _, b := range h.stored {
		if err := s.Load(b); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func TestRevokingAndAnnullingTheRevocationRestoresEveryAnswer(t *testing.T) {
	restored := 0
	var mu sync.Mutex
	someHistories(t, 3, func(h *history) error {
		s, err := h.loaded()
		if err != nil {
			return err
		}
		points := h.points(4, 4)
		for i := range points {
			points[i].known = 0
		}
		before, err := answersAt(s, points)
		if err != nil {
			return err
		}
		for i, id := range theDelegations {
			at := theInstants[1+(int(h.seed)+i)%(len(theInstants)-1)]
			for n, text := range []string{
				`{"id":"revoke-%s","type":"delegation.revoked","effective":%q,"by":%q,"data":{"id":%q}}`,
				`{"id":"annul-%s","type":"act.annulled","effective":%q,"by":%q,"data":{"act":"revoke-%[1]s","reason":"an error"}}`,
			} {
				effective, _, _ := domain.ParseInstant(at, s.Zone())
				v, _ := s.View(effective, 0)
				var acts []uint64
				_, out, err := decide(s, offer{text: fmt.Appendf(nil, text, id, at, v.Governing(&acts), id)[:], now: theStart})
				if err != nil && n == 0 {
					break
				}
				if err != nil {
					return fmt.Errorf("the revocation of %s at %s cannot be annulled: %w", id, at, err)
				}
				s.Commit(out.Seq)
				if n == 0 {
					continue
				}
				after, err := answersAt(s, points)
				if err != nil {
					return err
				}
				if err := differ("revoking "+id+" at "+at+" and annulling that", before, after); err != nil {
					return err
				}
				mu.Lock()
				restored++
				mu.Unlock()
			}
		}
		return nil
	})
	t.Logf("%d delegations were revoked and restored", restored)
	require.NotZero(t, restored)
}

func TestARefusedActChangesNoAnswer(t *testing.T) {
	someHistories(t, 3, func(h *history) error {
		n := newHistory(h.seed)
		for i, o := range h.offers {
			if o.bad == nil || len(n.stored) == 0 || (i+int(h.seed))%3 > 0 {
				n.offer(o)
				continue
			}
			points := n.points(2, uint64(i))
			before, err := answersAt(n.state, points)
			if err != nil {
				return err
			}
			if n.offer(o) {
				return fmt.Errorf("refused before and taken now: %s", o.text)
			}
			after, err := answersAt(n.state, points)
			if err != nil {
				return err
			}
			if err := differ(string(o.text), before, after); err != nil {
				return err
			}
		}
		return n.sameStored(h)
	})
}

// TestARefusedActChangesNothingThatFollows leaves every refused act out: what is stored then is the same to the byte.
func TestARefusedActChangesNothingThatFollows(t *testing.T) {
	eachHistory(t, func(h *history) error {
		n := newHistory(h.seed)
		for _, o := range h.offers {
			if o.bad == nil && !n.offer(o) {
				return fmt.Errorf("taken before and refused now: %s: %w", o.text, n.offers[len(n.offers)-1].bad)
			}
		}
		return n.sameStored(h)
	})
}

func (h *history) sameStored(other *history) error {
	for i := range other.stored {
		if i >= len(h.stored) || string(h.stored[i]) != string(other.stored[i]) {
			return fmt.Errorf("act %d is stored otherwise", i+1)
		}
	}
	return nil
}

func TestAStateLoadedFromTheStoredActsAnswersAndJudgesAlike(t *testing.T) {
	all := histories()
	someHistories(t, 4, func(h *history) error {
		s, err := h.loaded()
		if err != nil {
			return err
		}
		points := h.points(5, 5)
		was, err := answersAt(h.state, points)
		if err != nil {
			return err
		}
		is, err := answersAt(s, points)
		if err != nil {
			return err
		}
		if err := differ("loaded", was, is); err != nil {
			return err
		}
		n := h.again(h.offers)
		for i, o := range all[(h.seed+1)%uint64(len(all))].offers {
			o.text = fmt.Appendf(nil, `{"id":"more-%d",%s`, i, strings.SplitN(string(o.text), `{`, 2)[1])
			o.text = []byte(strings.Replace(string(o.text), fmt.Sprintf(`"id":"a%d","type"`, i+1), `"type"`, 1))
			o.now = theStart.AddDate(2, 0, i)
			_, was, bad := decide(n.state, o)
			_, is, worse := decide(s, o)
			if fmt.Sprint(bad) != fmt.Sprint(worse) || string(was.Stored) != string(is.Stored) {
				return fmt.Errorf("%s is judged otherwise by a loaded state: %v, %v", o.text, bad, worse)
			}
			if bad == nil {
				n.state.Commit(was.Seq)
				s.Commit(is.Seq)
			}
		}
		return nil
	})
}

func TestWhatIsRolledBackWasNeverDecidedAndWhatIsPendingIsNotAnswered(t *testing.T) {
	all := histories()
	someHistories(t, 5, func(h *history) error {
		r := rand.New(rand.NewPCG(h.seed, 6))
		n := newHistory(h.seed)
		foreign := all[(h.seed+7)%uint64(len(all))].offers
		for i, o := range h.offers {
			if len(n.stored) > 0 && r.IntN(4) == 0 {
				// some of what comes later here, and some of what came in another history
				extra := slices.Clone(h.offers[i:min(i+1+r.IntN(6), len(h.offers))])
				for range r.IntN(3) {
					extra = append(extra, foreign[1+r.IntN(len(foreign)-1)])
				}
				if err := n.tryAndRollBack(extra, r); err != nil {
					return err
				}
			}
			if n.offer(o) != (o.bad == nil) {
				return fmt.Errorf("%s is judged otherwise after a rollback: %v, %v", o.text, o.bad, n.offers[len(n.offers)-1].bad)
			}
		}
		if err := n.sameStored(h); err != nil {
			return err
		}
		points := h.points(4, 7)
		was, err := answersAt(h.state, points)
		if err != nil {
			return err
		}
		is, err := answersAt(n.state, points)
		if err != nil {
			return err
		}
		return differ("rolled back", was, is)
	})
}

func (h *history) tryAndRollBack(extra []offer, r *rand.Rand) error {
	points := h.points(1, r.Uint64())
	before, err := answersAt(h.state, points)
	if err != nil {
		return err
	}
	var seqs []uint64
	for _, o := range extra {
		if _, out, err := decide(h.state, o); err == nil && !out.Known {
			seqs = append(seqs, out.Seq)
		}
	}
	pending, err := answersAt(h.state, points)
	if err != nil {
		return err
	}
	if err := differ("pending", before, pending); err != nil {
		return err
	}
	if len(seqs) > 1 && r.IntN(2) == 0 { // in two steps
		h.state.Rollback(seqs[len(seqs)/2])
	}
	if len(seqs) > 0 {
		h.state.Rollback(seqs[0])
	}
	after, err := answersAt(h.state, points)
	if err != nil {
		return err
	}
	return differ("after a rollback", before, after)
}

// TestActsCommittedTogetherAreAsIfCommittedOneByOne decides several acts before any of them is committed.
func TestActsCommittedTogetherAreAsIfCommittedOneByOne(t *testing.T) {
	someHistories(t, 3, func(h *history) error {
		r := rand.New(rand.NewPCG(h.seed, 8))
		s := domain.NewState("acme", time.LoadLocation)
		var pending []uint64
		n := 0
		for _, o := range h.offers {
			_, out, err := decide(s, o)
			if (err == nil) != (o.bad == nil) || err == nil && string(out.Stored) != string(h.stored[n]) {
				return fmt.Errorf("%s is judged otherwise while others are pending: %v, %v", o.text, o.bad, err)
			}
			if err == nil {
				n++
				if pending = append(pending, out.Seq); r.IntN(4) == 0 {
					s.Commit(pending[r.IntN(len(pending))])
					pending = slices.DeleteFunc(pending, func(q uint64) bool { return q <= s.Last() })
				}
			}
		}
		s.Commit(uint64(n))
		points := h.points(4, 9)
		was, err := answersAt(h.state, points)
		if err != nil {
			return err
		}
		is, err := answersAt(s, points)
		if err != nil {
			return err
		}
		return differ("committed together", was, is)
	})
}

func TestWhatWasAnsweredAtAKnownNeverChangesAsMoreIsRecorded(t *testing.T) {
	someHistories(t, 3, func(h *history) error {
		n := newHistory(h.seed)
		type given struct {
			points []moment
			text   string
		}
		var all []given
		for i, o := range h.offers {
			if n.offer(o) && i%12 == 0 {
				points := n.points(2, uint64(i))
				points[0].known = len(n.stored)
				text, err := answersAt(n.state, points)
				if err != nil {
					return err
				}
				all = append(all, given{points, text})
			}
		}
		for _, g := range all {
			now, err := answersAt(n.state, g.points)
			if err != nil {
				return err
			}
			if err := differ("recorded since", g.text, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestRecordedActsAreNotChangedByWhatFollows: an act says what it said when it was recorded, also in memory.
func TestRecordedActsAreNotChangedByWhatFollows(t *testing.T) {
	eachHistory(t, func(h *history) error {
		for i, a := range h.model.acts {
			e, err := domain.ReadEnvelope(h.stored[i])
			if err != nil {
				return err
			}
			bare := *a
			bare.ID = ""
			if text := bare.Encode(); string(text) != string(e.Act) {
				return fmt.Errorf("act %d was stored as %s and says %s", i+1, e.Act, text)
			}
		}
		return nil
	})
}

// TestASuspensionIsLiftedByWhoMadeItOrADelegatorAboveThemAndByNobodyBelow is what random histories seldom come to.
func TestASuspensionIsLiftedByWhoMadeItOrADelegatorAboveThemAndByNobodyBelow(t *testing.T) {
	b := openBook(t, "UTC", "2025-01-01")
	b.ok("role.established", "2025-01-01", "board", `{"id":"cfo","name":"CFO"}`)
	b.ok("delegation.granted", "2025-02-01", "board", `{"id":"d1","from":"board","to":"grace","scope":"organization"}`)
	b.ok("delegation.granted", "2025-02-01", "grace", `{"id":"d2","from":"grace","to":"alan","scope":"organization"}`)
	b.ok("delegation.granted", "2025-02-01", "alan", `{"id":"d3","from":"alan","to":"cfo","scope":"organization"}`)
	for _, by := range []string{"alan", "board"} {
		b.ok("delegation.suspended", "2025-03-01", by, `{"id":"d3"}`)
	}
	held := func(at string, want ...string) {
		t.Helper()
		require.Equal(t, want, b.holders("organization", at, 0), at)
	}
	held("2025-03-01", "alan")
	b.ok("delegation.resumed", "2025-04-01", "grace", `{"id":"d3"}`) // she lifts alan's, and not the board's
	held("2025-04-01", "alan")
	b.refused(domain.NotEntitled, "delegation.resumed", "2025-05-01", "grace", `{"id":"d3"}`)
	b.refused(domain.NotEntitled, "delegation.resumed", "2025-05-01", "alan", `{"id":"d3"}`)
	b.ok("delegation.resumed", "2025-06-01", "board", `{"id":"d3"}`)
	held("2025-05-31", "alan")
	held("2025-06-01", "cfo")
}
