package projections

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/domain"
)

// Random histories of a ledger in which much is decided, measured, assured and accounted for. BUCKSTOP_RULINGS is how many
// (150 where it is not set), BUCKSTOP_RULING the seed of the first; of the only one where how many is not set.

var (
	rulingsOnce   sync.Once
	rulingsCorpus []*history
)

func rulingHistories() []*history {
	rulingsOnce.Do(func() {
		first, n := uint64(1), uint64(150)
		if s := os.Getenv("BUCKSTOP_RULING"); s != "" {
			first, _ = strconv.ParseUint(s, 10, 64)
			n = 1
		}
		if s := os.Getenv("BUCKSTOP_RULINGS"); s != "" {
			n, _ = strconv.ParseUint(s, 10, 64)
		}
		rulingsCorpus = make([]*history, n)
		var wg sync.WaitGroup
		for part := range 4 {
			wg.Go(func() {
				for i := uint64(part); i < n; i += 4 {
					rulingsCorpus[i] = generateRulings(first + i)
				}
			})
		}
		wg.Wait()
	})
	return rulingsCorpus
}

// eachRuled checks something of every nth of these histories; what fails is made as short as it gets and shown.
func eachRuled(t *testing.T, nth int, check func(h *history) error) {
	all := rulingHistories()
	var mu sync.Mutex
	var wg sync.WaitGroup
	failed := 0
	for part := range 4 {
		wg.Go(func() {
			for i := part; i < len(all); i += 4 {
				if i%nth > 0 && len(all) > 1 {
					continue
				}
				err := check(all[i])
				if err == nil {
					continue
				}
				mu.Lock()
				if failed++; failed == 1 {
					short := shrink(all[i], check)
					t.Errorf("history %d: %v\nas short as it gets:\n%s%v", all[i].seed, err, short, check(short))
				} else {
					t.Logf("history %d fails as well", all[i].seed)
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
}

// clerk makes the acts of these histories: those of structure and delegation as maker does, and the rest here.
type clerk struct {
	*maker
	plan []planned
}

type planned struct {
	name   string
	weight int
	make   func(*clerk) (data jsonObject, by string, more jsonObject)
}

func generateRulings(seed uint64) *history {
	m := &maker{history: newHistory(seed), Rand: rand.New(rand.NewPCG(seed, 77)), data: map[string]jsonObject{}}
	r := &clerk{m, theRulingPlan}
	zone := oneOf(m, theZones)
	r.zone, _ = time.LoadLocation(zone)
	open := jsonObject{"organization": jsonObject{"name": "Acme"}, "governingBody": jsonObject{"id": "board", "name": "Board"}}
	if zone != "" {
		open["timeZone"] = zone
	}
	if r.may(50) {
		open["yearStart"] = oneOf(m, []string{"02-01", "04-06", "12-31"})
	}
	r.put("ledger.opened", theInstants[0], "board", open, nil)
	for _, p := range thePersons {
		r.put("party.registered", theInstants[0], "board", jsonObject{"id": p, "kind": "person", "name": p}, nil)
	}
	r.put("party.registered", theInstants[0], "board", jsonObject{"id": "y1", "kind": "system", "name": "y1", "answerable": "p3"}, nil)
	for _, p := range thePersons[:2] {
		r.put("member.appointed", theInstants[0], "board", jsonObject{"body": "board", "party": p}, nil)
	}
	for i, s := range theScopes[:3] {
		parent := []string{"organization", "s1", "organization"}[i]
		r.put("scope.defined", theInstants[0], "board", jsonObject{"id": s, "name": s, "parent": parent}, nil)
	}
	for _, id := range theRoles[:2] {
		r.put("role.established", theInstants[0], "board", jsonObject{"id": id, "name": id}, nil)
		r.put("role.assigned", theInstants[0], "board", jsonObject{"role": id, "party": oneOf(m, thePersons)}, nil)
	}
	if seed%3 == 0 {
		r.purses()
	}
	for want := 70 + r.IntN(50); len(r.offers) < want; {
		r.step()
	}
	return r.history
}

// purses has a few hold what they may spend in more than one way, and makes them spend it in the same months.
func (r *clerk) purses() {
	limit := func() []jsonObject {
		per := oneOf(r.maker, []string{"day", "month", "month", "quarter", "year", "total"})
		return []jsonObject{{"dimension": "spend", "unit": "GBP", "per": per, "max": fmt.Sprint(30 + 10*r.IntN(6))}}
	}
	for _, g := range []jsonObject{
		{"id": "d1", "from": "board", "to": "p1", "scope": "organization", "powers": []string{"spend.*"}, "limits": limit()},
		{"id": "d2", "from": "board", "to": oneOf(r.maker, []string{"p1", "p1", "r1"}), "scope": "s1", "powers": []string{"spend.*"}, "limits": limit()},
		{"id": "d3", "from": "p1", "to": "p2", "scope": "s1", "under": "d1"},
		{"id": "d4", "from": "board", "to": "p2", "scope": oneOf(r.maker, []string{"s1", "s2"}), "limits": limit()},
	} {
		r.put("delegation.granted", theInstants[1], g["from"].(string), g, nil)
	}
	r.plan = nil
	for _, k := range theRulingPlan {
		switch k.name {
		case "decision.taken":
			k.weight, k.make = 120, (*clerk).spends
		case "act.corrected", "act.annulled":
			k.weight = 25
		case "delegation.varied", "delegation.granted":
			k.weight = 6
		case "scope.moved", "delegation.suspended", "delegation.resumed", "act.ratified":
			k.weight = 3
		default:
			k.weight = 1
		}
		r.plan = append(r.plan, k)
	}
}

// spends decides in one of a few months, and mostly leaves open by which authority.
func (r *clerk) spends() (jsonObject, string, jsonObject) {
	r.at = []int{3, 4, 5, 5, 5, 6}[r.IntN(6)]
	data := jsonObject{"id": fmt.Sprint("x", r.n), "power": "spend", "summary": "S", "scope": oneOf(r.maker, []string{"s1", "s2", "s2", "organization"}),
		"amounts": []jsonObject{{"dimension": "spend", "unit": "GBP", "value": fmt.Sprint(5 + r.IntN(40))}}}
	if r.may(30) {
		data["under"] = oneOf(r.maker, []string{"d1", "d2", "d3", "d4"})
	}
	return data, oneOf(r.maker, []string{"p1", "p1", "p2", "r1"}), nil
}

// put offers an act with members beside its data.
func (r *clerk) put(kind, effective, by string, data, more jsonObject) bool {
	r.n++
	id := fmt.Sprint("a", r.n)
	act := jsonObject{"id": id, "type": kind, "effective": effective, "by": by, "data": data}
	for k, v := range more {
		act[k] = v
	}
	text, _ := json.Marshal(act)
	if !r.offer(offer{text: text, now: theStart.Add(time.Duration(r.n) * 24 * time.Hour)}) {
		return false
	}
	r.data[id] = data
	if kind == "act.corrected" {
		r.data[data["act"].(string)] = data["data"].(jsonObject)
	}
	return true
}

// theOffsets spread acts over the days and months after the instants of the small world.
var theOffsets = []time.Duration{0, 0, 0, time.Hour, 12 * time.Hour, 24 * time.Hour, 25 * time.Hour, 5 * 24 * time.Hour, 20 * 24 * time.Hour, 33 * 24 * time.Hour}

func (r *clerk) soon(at int) string {
	return domain.InstantOf(r.instant(at).Time().Add(oneOf(r.maker, theOffsets))).String()
}

func plain(make func(*maker) (jsonObject, string)) func(*clerk) (jsonObject, string, jsonObject) {
	return func(r *clerk) (jsonObject, string, jsonObject) {
		data, by := make(r.maker)
		return data, by, nil
	}
}

var theRulingPlan = []planned{
	{"party.registered", 1, plain((*maker).registered)},
	{"party.renamed", 1, plain((*maker).renamed)},
	{"person.left", 1, plain((*maker).left)},
	{"person.returned", 2, plain((*maker).returned)},
	{"body.constituted", 2, (*clerk).committee},
	{"governing-body.succeeded", 1, (*clerk).succeeds},
	{"member.appointed", 3, plain((*maker).appointed)},
	{"member.departed", 2, plain((*maker).departed)},
	{"role.established", 2, plain((*maker).established)},
	{"role.abolished", 1, plain((*maker).abolished)},
	{"role.assigned", 5, plain((*maker).assigned)},
	{"role.vacated", 3, plain((*maker).vacated)},
	{"scope.defined", 3, plain((*maker).defined)},
	{"scope.moved", 3, plain((*maker).moved)},
	{"scope.retired", 1, plain((*maker).retired)},
	{"power.defined", 1, (*clerk).power},
	{"delegation.granted", 18, (*clerk).grants},
	{"delegation.accepted", 3, plain((*maker).accepted)},
	{"delegation.declined", 1, plain((*maker).declined)},
	{"delegation.varied", 7, (*clerk).varies},
	{"delegation.suspended", 3, plain((*maker).suspended)},
	{"delegation.resumed", 4, plain((*maker).resumed)},
	{"delegation.revoked", 2, plain((*maker).revoked)},
	{"matter.reserved", 2, plain((*maker).reserved)},
	{"matter.released", 2, plain((*maker).released)},
	{"direction.set", 3, (*clerk).direction},
	{"direction.withdrawn", 1, withdrawn("direction")},
	{"appetite.set", 4, (*clerk).appetite},
	{"appetite.withdrawn", 2, withdrawn("appetite")},
	{"policy.adopted", 2, (*clerk).policy},
	{"policy.withdrawn", 1, withdrawn("policy")},
	{"criteria.set", 1, (*clerk).criteria},
	{"decision.taken", 34, (*clerk).decides},
	{"objective.set", 3, (*clerk).objective},
	{"assessment.completed", 2, (*clerk).assesses},
	{"measure.reported", 6, (*clerk).measures},
	{"review.held", 2, (*clerk).reviews},
	{"assurance.commissioned", 4, (*clerk).commissions},
	{"assurance.reported", 4, (*clerk).assures},
	{"assurance.reviewed", 3, (*clerk).receives},
	{"account.given", 5, (*clerk).accounts},
	{"account.received", 1, (*clerk).hears},
	{"stakeholders.informed", 1, (*clerk).informs},
	{"act.ratified", 4, (*clerk).ratifies},
	{"act.corrected", 11, nil},
	{"act.annulled", 9, nil},
}

func (r *clerk) step() {
	total := 0
	for _, k := range r.plan {
		total += k.weight
	}
	pick := r.IntN(total)
	i := 0
	for ; pick >= r.plan[i].weight; i++ {
		pick -= r.plan[i].weight
	}
	k := r.plan[i]
	r.at = 1 + r.IntN(len(theInstants)-2)
	if r.may(40) {
		r.at = 1 + r.IntN(4)
	}
	r.w = r.model.world(r.instant(r.at), len(r.model.acts))
	switch k.name {
	case "act.corrected":
		r.corrects()
		return
	case "act.annulled":
		r.annul()
		return
	}
	if len(r.w.answerable(r.w.governs)) == 0 && r.may(70) {
		k.name, k.make = "member.appointed", plain((*maker).appointed)
	}
	data, by, more := k.make(r)
	if data == nil {
		return
	}
	if by == "" {
		by = r.w.shown(r.w.governs)
	}
	effective := theInstants[r.at]
	if r.may(60) || strings.HasPrefix(k.name, "decision") {
		effective = r.soon(r.at)
	}
	r.put(k.name, effective, by, data, more)
}

// corrects corrects an act: half of the time one of the last decisions, whose amounts, power and delegation change.
func (r *clerk) corrects() {
	known := len(r.model.acts)
	var decisions []int
	for n := 2; n <= known; n++ {
		if _, ok := r.model.act(n).Data.(*domain.DecisionTaken); ok && !r.model.dead(n, known) {
			decisions = append(decisions, n)
		}
	}
	if len(decisions) == 0 || r.may(50) {
		r.correct()
		return
	}
	a := r.model.act(oneOf(r.maker, decisions))
	data := maps.Clone(r.data[a.ID])
	c := jsonObject{"act": a.ID, "data": data}
	if r.may(50) {
		c["effective"] = r.soon(1 + r.IntN(len(theInstants)-2))
	}
	if r.may(50) {
		data["amounts"] = r.amounts()
	}
	if r.may(20) {
		data["power"] = r.somePower()
	}
	if r.may(30) {
		delete(data, "under")
		if r.may(60) {
			data["under"] = oneOf(r.maker, theDelegations)
		}
	}
	if r.may(15) {
		c["by"] = oneOf(r.maker, slices.Concat(thePersons, theRoles))
	}
	last := theInstants[len(theInstants)-1]
	r.w = r.model.world(r.instant(len(theInstants)-1), known)
	r.put("act.corrected", last, r.w.shown(r.w.governs), c, nil)
}

var theParameters = map[string][]string{"direction": {"dir1", "dir2"}, "appetite": {"ap1", "ap2", "ap3"}, "policy": {"pol1", "pol2"}}

// withdrawn ends a direction, appetite or policy.
func withdrawn(kind string) func(*clerk) (jsonObject, string, jsonObject) {
	return func(r *clerk) (jsonObject, string, jsonObject) {
		id := r.set(kind)
		if id == "" {
			return nil, "", nil
		}
		return jsonObject{"id": id}, "", nil
	}
}

// set gives one of the directions, appetites or policies in force, and now and then just any.
func (r *clerk) set(kind string) string {
	if r.may(3) {
		return oneOf(r.maker, theParameters[kind])
	}
	w := newRuled(r.history).at(r.instant(r.at), len(r.model.acts))
	return r.some(theParameters[kind], func(id string) bool { return w.inForce(kind, id) })
}

func (r *clerk) succeeds() (jsonObject, string, jsonObject) {
	if r.may(70) {
		return nil, "", nil
	}
	data, by := r.succeeded()
	return data, by, nil
}

func (r *clerk) committee() (jsonObject, string, jsonObject) {
	data, by := r.constituted()
	if data != nil && r.may(70) {
		data["kind"], data["parent"] = "committee", r.w.shown(r.w.governs)
	}
	return data, by, nil
}

func (r *clerk) power() (jsonObject, string, jsonObject) {
	if r.seed%4 > 0 {
		return nil, "", nil
	}
	return jsonObject{"id": oneOf(r.maker, []string{"spend", "hire", "risk", "assurance"}), "name": "P"}, "", nil
}

// grants gives authority as maker does, over periods of every length, and to few, so that they hold it in more than one way.
func (r *clerk) grants() (jsonObject, string, jsonObject) {
	data, by := r.granted()
	if data == nil {
		return nil, "", nil
	}
	if r.may(50) {
		if to := oneOf(r.maker, []string{"p1", "p2", "p3", "r1", "r2", "y1"}); r.w.exists(to) && to != data["from"] {
			data["to"] = to
		}
	}
	if by == "" && r.may(12) {
		data["to"], data["powers"] = oneOf(r.maker, theBodies), []string{"assurance.*"}
		delete(data, "limits")
	}
	r.periods(data)
	if r.may(15) {
		data["reviewBy"] = theInstants[min(len(theInstants)-1, r.at+r.IntN(4))]
	}
	if r.may(20) {
		data["until"] = theInstants[min(len(theInstants)-1, r.at+1+r.IntN(4))]
	}
	if r.may(30) {
		data["reportEvery"] = oneOf(r.maker, []string{"P1M", "P3M", "P10D", "P1Y"})
	}
	return data, by, r.resolution(by)
}

// periods makes limits by the month limits of other periods.
func (r *clerk) periods(data jsonObject) {
	if data["limits"] == nil && r.may(40) {
		data["limits"] = r.limits()
	}
	ls, _ := data["limits"].([]jsonObject)
	if data["limits"] != nil && len(ls) == 0 {
		delete(data, "limits")
	}
	for _, l := range ls {
		if max, _ := l["max"].(string); r.may(40) && len(max) == 2 {
			l["max"] = max + "0"
		}
		if l["per"] == "month" && r.may(60) {
			l["per"] = oneOf(r.maker, []string{"day", "quarter", "year", "total"})
		}
		if r.may(5) {
			l["max"] = "999999999999999.9999"
		}
	}
}

// resolution gives now and then a resolution of the members in office.
func (r *clerk) resolution(by string) jsonObject {
	if r.may(70) || by != "" && by != r.w.governs {
		return nil
	}
	var in []string
	for _, s := range r.w.seated(r.w.governs) {
		if !slices.Contains(in, s.party) && s.as != "secretary" && s.as != "observer" && s.alternateOf == "" {
			in = append(in, s.party)
		}
	}
	if len(in) == 0 {
		return nil
	}
	return jsonObject{"resolution": jsonObject{"date": theInstants[r.at], "method": "meeting", "present": in, "for": in[:1+r.IntN(len(in))]}}
}

func (r *clerk) varies() (jsonObject, string, jsonObject) {
	data, by := r.varied()
	if data == nil {
		return nil, "", nil
	}
	if data["limits"] != nil {
		r.periods(data)
	}
	if r.may(15) {
		data["reviewBy"] = theInstants[min(len(theInstants)-1, r.at+r.IntN(4))]
	}
	if r.may(15) {
		data["reportEvery"] = oneOf(r.maker, []string{"P1M", "P3M", "P10D"})
	}
	return data, by, r.resolution(by)
}

func (r *clerk) somePower() string {
	return oneOf(r.maker, []string{"spend", "spend.ops", "spend.capital", "spend", "hire", "spend.ops.travel"})
}

func (r *clerk) amounts() []jsonObject {
	var out []jsonObject
	for range r.IntN(4) {
		of := oneOf(r.maker, [][2]string{{"spend", "GBP"}, {"spend", "GBP"}, {"spend", "EUR"}, {"staff", "people"}})
		value := fmt.Sprint(1 + r.IntN(35))
		switch {
		case r.may(10):
			value += fmt.Sprintf(".%04d", r.IntN(10_000))
		case r.may(2):
			value = "999999999999999.9999"
		}
		out = append(out, jsonObject{"dimension": of[0], "unit": of[1], "value": value})
	}
	return out
}

func (r *clerk) decides() (jsonObject, string, jsonObject) {
	data := jsonObject{"id": fmt.Sprint("x", r.n), "power": r.somePower(), "summary": "S"}
	by, scope := oneOf(r.maker, slices.Concat(thePersons, theRoles, []string{"board", "y1"})), r.some(r.scopesAnd(true), r.w.scopeAlive)
	if up := r.inForce(); len(up) > 0 && r.may(85) {
		g := r.w.grants[oneOf(r.maker, up)]
		by = g.to
		scope = r.some(r.scopesAnd(true), func(s string) bool { return r.w.scopeAlive(s) && r.w.within(s, g.scope) })
		if r.may(45) {
			data["under"] = g.id
		}
		for range 4 { // most decide what they may
			if w := r.w; scope == "" || w.confers(w.chainOf(g.id, 0), scope, data["power"].(string)) {
				break
			}
			data["power"] = r.somePower()
		}
	}
	if r.may(5) {
		data["under"] = oneOf(r.maker, theDelegations)
	}
	var more jsonObject
	if seats := r.w.seated(by); len(seats) > 0 && r.w.posts[by] != nil {
		switch s := oneOf(r.maker, seats); {
		case r.may(40):
			more = jsonObject{"through": []string{s.party}}
		case r.may(60) && !r.w.posts[by].body:
			by = s.party
		}
	}
	if scope == "" {
		return nil, "", nil
	}
	data["scope"] = scope
	if all := r.amounts(); len(all) > 0 {
		data["amounts"] = all
	}
	return data, r.called(by), more
}

func (r *clerk) holder() string {
	if up := r.inForce(); len(up) > 0 && r.may(70) {
		return r.called(r.w.grants[oneOf(r.maker, up)].to)
	}
	return oneOf(r.maker, slices.Concat(thePersons, []string{""}))
}

func (r *clerk) aScope() string { return oneOf(r.maker, []string{r.w.root, "s1", "s2", "s3"}) }

func (r *clerk) reviewBy(data jsonObject) jsonObject {
	if r.may(40) {
		data["reviewBy"] = theInstants[min(len(theInstants)-1, r.at+r.IntN(4))]
	}
	return data
}

func (r *clerk) direction() (jsonObject, string, jsonObject) {
	id := oneOf(r.maker, theParameters["direction"])
	scope := map[string]string{"dir1": r.w.root, "dir2": "s1"}[id]
	return r.reviewBy(jsonObject{"id": id, "scope": scope, "statement": "S"}), "", nil
}

func (r *clerk) appetite() (jsonObject, string, jsonObject) {
	id := oneOf(r.maker, theParameters["appetite"])
	scope := map[string]string{"ap1": r.w.root, "ap2": "s1", "ap3": "s1"}[id]
	data := jsonObject{"id": id, "scope": scope, "category": map[string]string{"ap1": "c1", "ap2": "c1", "ap3": "c2"}[id], "stance": "open", "statement": "S"}
	m := jsonObject{"metric": "m1", "unit": "percent", "amber": fmt.Sprint(2 + r.IntN(3)), "red": fmt.Sprint(5 + r.IntN(3))}
	if id == "ap3" {
		m = jsonObject{"metric": "m1", "unit": "percent", "amber": fmt.Sprint(3 + r.IntN(2)), "red": fmt.Sprint(1 + r.IntN(2)), "lowerIsWorse": true}
	}
	if r.may(80) {
		data["measures"] = []jsonObject{m}
	}
	return r.reviewBy(data), "", nil
}

func (r *clerk) policy() (jsonObject, string, jsonObject) {
	id := oneOf(r.maker, theParameters["policy"])
	scope := map[string]string{"pol1": r.w.root, "pol2": "s1"}[id]
	return r.reviewBy(jsonObject{"id": id, "scope": scope, "title": "T", "version": "1"}), r.holder(), nil
}

func (r *clerk) criteria() (jsonObject, string, jsonObject) {
	return jsonObject{"id": "cr1", "scope": "s1", "statement": "S"}, "", nil
}

func (r *clerk) objective() (jsonObject, string, jsonObject) {
	data := jsonObject{"id": fmt.Sprint("o", r.n), "scope": r.aScope(), "statement": "S"}
	if r.may(70) {
		data["serves"] = r.set("direction")
	}
	if r.may(60) {
		data["within"] = r.set("appetite")
	}
	for _, k := range []string{"serves", "within"} {
		if data[k] == "" {
			delete(data, k)
		}
	}
	return data, r.holder(), nil
}

func (r *clerk) assesses() (jsonObject, string, jsonObject) {
	return jsonObject{"id": fmt.Sprint("ra", r.n), "scope": r.aScope(), "kind": "risk", "result": "R"}, r.holder(), nil
}

func (r *clerk) measures() (jsonObject, string, jsonObject) {
	return jsonObject{"scope": oneOf(r.maker, []string{"s1", "s1", "s2"}), "metric": "m1", "unit": "percent", "value": fmt.Sprint(r.IntN(10))}, r.holder(), nil
}

func (r *clerk) reviews() (jsonObject, string, jsonObject) {
	return jsonObject{"id": fmt.Sprint("mr", r.n), "scope": r.aScope(), "summary": "S"}, r.holder(), nil
}

func (r *clerk) commissions() (jsonObject, string, jsonObject) {
	data := jsonObject{"id": fmt.Sprint("as", r.n), "scope": r.aScope(), "provider": oneOf(r.maker, slices.Concat(thePersons, []string{"r1", "r2", "t1", "o1", "b1"})),
		"line": oneOf(r.maker, []string{"first", "second", "external"})}
	if r.may(20) {
		data["impairment"] = "Known and accepted"
	}
	return data, "", nil
}

// commissioned gives one of the assurances there are.
func (r *clerk) commissioned() *domain.AssuranceCommissioned {
	var all []*domain.AssuranceCommissioned
	for _, p := range r.model.order(len(r.model.acts)) {
		if d, ok := p.act.Data.(*domain.AssuranceCommissioned); ok && !r.instant(r.at).Before(p.at) {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return oneOf(r.maker, all)
}

func (r *clerk) assures() (jsonObject, string, jsonObject) {
	d := r.commissioned()
	if d == nil {
		return nil, "", nil
	}
	return jsonObject{"id": d.ID, "opinion": "satisfactory"}, d.Provider, nil
}

func (r *clerk) receives() (jsonObject, string, jsonObject) {
	d := r.commissioned()
	if d == nil {
		return nil, "", nil
	}
	by := ""
	if r.may(40) {
		by = oneOf(r.maker, theBodies)
	}
	return jsonObject{"id": d.ID, "conclusion": oneOf(r.maker, []string{"noted", "accepted", "challenged"})}, by, nil
}

func (r *clerk) accounts() (jsonObject, string, jsonObject) {
	up := r.inForce()
	if len(up) == 0 {
		return nil, "", nil
	}
	g := r.w.grants[oneOf(r.maker, up)]
	return jsonObject{"id": fmt.Sprint("acc", r.n), "delegation": g.id, "period": "P", "summary": "S"}, r.called(g.to), nil
}

func (r *clerk) hears() (jsonObject, string, jsonObject) {
	for _, p := range r.model.order(len(r.model.acts)) {
		if d, ok := p.act.Data.(*domain.AccountGiven); ok && !r.instant(r.at).Before(p.at) {
			return jsonObject{"id": d.ID, "outcome": "accepted"}, "", nil
		}
	}
	return nil, "", nil
}

func (r *clerk) informs() (jsonObject, string, jsonObject) {
	return jsonObject{"id": fmt.Sprint("in", r.n), "audience": "all", "scope": r.w.root, "period": "P", "summary": "S"}, "", nil
}

func (r *clerk) ratifies() (jsonObject, string, jsonObject) {
	var facts []string
	for _, p := range r.model.order(len(r.model.acts)) {
		switch p.act.Data.(type) {
		case *domain.DecisionTaken, *domain.MeasureReported, *domain.ObjectiveSet:
			facts = append(facts, p.act.ID)
		default:
		}
	}
	if len(facts) == 0 {
		return nil, "", nil
	}
	by := r.holder()
	if r.may(70) {
		by = ""
	}
	return jsonObject{"act": oneOf(r.maker, facts), "reason": "R"}, by, nil
}
