package projections

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"buckstop/domain"
)

// dutiful gives the state that the stored acts up to a sequence make, told what a governing body owes.
func (h *history) dutiful(known int) (*domain.State, error) {
	s := domain.NewState("acme", time.LoadLocation)
	s.Duties = Duties()
	for _, b := range h.stored[:known] {
		if err := s.Load(b); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// ruledPoints gives n instants before the horizon and knowns.
func (h *history) ruledPoints(r *ruled, n int, salt uint64) []moment {
	rnd := rand.New(rand.NewPCG(h.seed, salt))
	out := make([]moment, n)
	for i := range out {
		p := moment{known: len(h.stored)}
		if rnd.IntN(2) == 0 {
			p.known = 1 + rnd.IntN(len(h.stored))
		}
		all := r.instants(p.known)
		p.at = all[rnd.IntN(len(all))]
		switch rnd.IntN(6) {
		case 0:
			p.at = all[len(all)-1]
		case 1:
			p.at = domain.InstantOf(p.at.Time().Add(-1))
		}
		out[i] = p
	}
	return out
}

// compared leaves out what the reference does not know: the duty of which seats are evidence.
func compared(key string) bool { return key != "DUTY_UNMET duty duty:keep-competent" }

func (h *history) compareFindings(r *ruled, v *domain.View, p moment) error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("findings at %s known %d: "+format, append([]any{p.at, p.known}, args...)...)
	}
	want := r.findings(p.at, p.known)
	seen := map[string]bool{}
	for _, f := range v.Findings() {
		if !compared(f.Key()) {
			continue
		}
		if seen[f.Key()] {
			return fail("%s is raised twice", f.Key())
		}
		seen[f.Key()] = true
		x := want[f.Key()]
		if x == nil {
			return fail("%s is raised and should not be: %s", f.Key(), f.Sentence)
		}
		cured := 0
		if f.Cured != nil {
			cured = int(f.Cured.Act)
		}
		if cured != x.cured {
			return fail("%s is cured by act %d and should be by %d", f.Key(), cured, x.cured)
		}
		if f.Code == domain.AppetiteBreach && (f.Severity == domain.Medium) != x.amber {
			return fail("%s is %s, and past amber alone is %v", f.Key(), f.Severity, x.amber)
		}
		if x.turned > 0 && !slices.Contains(f.Acts, uint64(x.turned)) {
			return fail("%s lists acts %v, and turned by act %d", f.Key(), f.Acts, x.turned)
		}
		if since := r.since(f.Key(), p.at, p.known); since != f.Since {
			return fail("%s is said to hold since %s, and holds since %s", f.Key(), f.Since, since)
		}
		if f.Sentence == "" || strings.Contains(f.Sentence, ": .") || strings.Contains(f.Sentence, "%!") || f.Cure.Words == "" {
			return fail("%s says %q and %q", f.Key(), f.Sentence, f.Cure.Words)
		}
		for _, n := range f.Acts {
			if n == 0 || n > uint64(p.known) {
				return fail("%s lists act %d", f.Key(), n)
			}
		}
	}
	for k := range want {
		if compared(k) && !seen[k] {
			return fail("%s is not raised", k)
		}
	}
	return nil
}

// TestFindingsAreThoseThatLookingAtEveryActGives compares with the reference what is found, since when, how it is cured, and
// by which acts decisions and delegations came to be as they are; of a state that learned of the acts one by one and one
// that was loaded with those known alone.
func TestFindingsAreThoseThatLookingAtEveryActGives(t *testing.T) {
	eachRuled(t, 1, func(h *history) error {
		r := newRuled(h)
		s, err := h.dutiful(len(h.stored))
		if err != nil {
			return err
		}
		points := h.ruledPoints(r, 3, 1)
		if len(h.stored) < 30 { // one that was made short
			points = nil
			for known := 1; known <= len(h.stored); known++ {
				for _, at := range r.instants(known) {
					points = append(points, moment{at, known}, moment{domain.InstantOf(at.Time().Add(-1)), known})
				}
			}
		}
		for _, p := range points {
			v, err := s.View(p.at, uint64(p.known))
			if err != nil {
				return err
			}
			if err := h.compareFindings(r, v, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestCanIsAnsweredAsLookingAtEveryDecisionAnswersIt compares what is allowed and what is left.
func TestCanIsAnsweredAsLookingAtEveryDecisionAnswersIt(t *testing.T) {
	eachRuled(t, 1, func(h *history) error {
		r := newRuled(h)
		s, err := h.dutiful(len(h.stored))
		if err != nil {
			return err
		}
		rnd := rand.New(rand.NewPCG(h.seed, 2))
		points := h.ruledPoints(r, 5, 2)
		for _, p := range points {
			v, err := s.View(p.at, uint64(p.known))
			if err != nil {
				return err
			}
			for range 12 {
				if err := compareCan(r, v, p, rnd); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func compareCan(r *ruled, v *domain.View, p moment, rnd *rand.Rand) error {
	w := r.at(p.at, p.known)
	pick := func(of []string) string { return of[rnd.IntN(len(of))] }
	party, power, scope := pick(theParties), pick([]string{"spend", "spend.ops", "hire"}), pick(append([]string{"organization"}, theScopes...))
	if ids := sortedKeys(w.grants); len(ids) > 0 && rnd.IntN(5) > 0 {
		g := w.grants[pick(ids)]
		party, scope = g.to, g.scope
		if s := w.seated(g.to); len(s) > 0 && rnd.IntN(3) == 0 {
			party = s[rnd.IntN(len(s))].party
		}
	}
	var amounts []domain.Quantity
	for range rnd.IntN(3) {
		a, _ := domain.ParseAmount(pick([]string{"1", "5", "9.5", "20", "40", "0.0001"}), false)
		of := [][2]string{{"spend", "GBP"}, {"spend", "EUR"}, {"staff", "people"}}[rnd.IntN(3)]
		amounts = append(amounts, domain.Quantity{Dimension: of[0], Unit: of[1], Value: a})
	}
	c, err := AskCan(v, party, power, scope, amounts)
	if err != nil {
		exists := w.scopeAlive(scope) && (w.parties[party] != nil || w.posts[party] != nil && w.posts[party].alive)
		if code := domain.CodeOf(err); exists || code != domain.UnknownParty && code != domain.UnknownScope {
			return fmt.Errorf("can %s %s over %s at %s known %d: %w", party, power, scope, p.at, p.known, err)
		}
		return nil
	}
	want := r.can(party, power, scope, amounts, p.at, p.known)
	got := saysCan{Allowed: c.Allowed, Left: map[string]string{}}
	for _, l := range c.Left {
		left, _ := new(big.Rat).SetString(l.Left)
		if want.closed[l.Dimension+" "+l.Unit] {
			continue // nothing of it is allowed, whatever a longer period would leave
		}
		got.Left[l.Dimension+" "+l.Unit+" "+l.Per] = left.RatString()
	}
	if got.Allowed != want.Allowed || !maps.Equal(got.Left, want.Left) {
		text, _ := json.Marshal(c)
		return fmt.Errorf("can %s %s %v over %s at %s known %d\n it is answered %v\n and should be %v\n%s", party, power, amounts, scope, p.at, p.known, got, want, text)
	}
	if c.Allowed != (len(c.Reasons) == 0) {
		return fmt.Errorf("can %s %s over %s at %s known %d is %v for %d reasons", party, power, scope, p.at, p.known, c.Allowed, len(c.Reasons))
	}
	return nil
}

func findingsText(s *domain.State, at domain.Instant, known uint64) (string, error) {
	v, err := s.View(at, known)
	if err != nil {
		return "", err
	}
	f, err := AskFindings(v, FindingsQuery{})
	if err != nil {
		return "", err
	}
	f.Known = Known{} // when it was recorded is asked elsewhere
	text, err := json.MarshalIndent(f, "", " ")
	return string(text), err
}

// TestFindingsAreTheSameHoweverAStateCameToKnow: by answering along the way, by being loaded and asked once, or by knowing
// nothing that came later.
func TestFindingsAreTheSameHoweverAStateCameToKnow(t *testing.T) {
	eachRuled(t, 3, func(h *history) error {
		rnd := rand.New(rand.NewPCG(h.seed, 3))
		r := newRuled(h)
		all := r.instants(len(h.stored))
		along := domain.NewState("acme", time.LoadLocation)
		along.Duties = Duties()
		type given struct {
			at    domain.Instant
			known int
			text  string
		}
		var told []given
		for i, b := range h.stored {
			if err := along.Load(b); err != nil {
				return err
			}
			if rnd.IntN(3) == 0 {
				at := all[rnd.IntN(len(all))]
				text, err := findingsText(along, at, uint64(i+1))
				if err != nil {
					return err
				}
				told = append(told, given{at, i + 1, text})
			}
		}
		once, err := h.dutiful(len(h.stored))
		if err != nil {
			return err
		}
		for i, g := range told {
			for name, s := range map[string]*domain.State{"along the way": along, "once": once} {
				now, err := findingsText(s, g.at, uint64(g.known))
				if err != nil {
					return err
				}
				if err := differ(fmt.Sprintf("at %s known %d, asked %s", g.at, g.known, name), g.text, now); err != nil {
					return err
				}
			}
			if i%5 > 0 {
				continue
			}
			fresh, err := h.dutiful(g.known)
			if err != nil {
				return err
			}
			now, err := findingsText(fresh, g.at, uint64(g.known))
			if err != nil {
				return err
			}
			if err := differ(fmt.Sprintf("at %s known %d, knowing nothing later", g.at, g.known), g.text, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestFindingsForgetWhatIsRolledBack has others decided, asked about and taken back along the way.
func TestFindingsForgetWhatIsRolledBack(t *testing.T) {
	eachRuled(t, 3, func(h *history) error {
		rnd := rand.New(rand.NewPCG(h.seed, 4))
		n := newHistory(h.seed)
		n.state.Duties = Duties()
		all := newRuled(h).instants(len(h.stored))
		for i, o := range h.offers {
			if len(n.stored) > 3 && rnd.IntN(4) == 0 {
				at := all[rnd.IntN(len(all))]
				before := ""
				if rnd.IntN(2) == 0 {
					before, _ = findingsText(n.state, at, 0)
				}
				first := uint64(0)
				for _, extra := range h.offers[i:min(i+1+rnd.IntN(8), len(h.offers))] {
					_, out, err := decide(n.state, extra)
					if err == nil && first == 0 {
						first = out.Seq
					}
				}
				pending, err := findingsText(n.state, at, 0)
				if err != nil {
					return err
				}
				if first > 0 {
					n.state.Rollback(first)
				}
				after, err := findingsText(n.state, at, 0)
				if err != nil {
					return err
				}
				if before == "" {
					before = after
				}
				if err := differ("pending", before, pending); err != nil {
					return err
				}
				if err := differ("taken back", before, after); err != nil {
					return err
				}
			}
			if n.offer(o) != (o.bad == nil) {
				return fmt.Errorf("%s is judged otherwise after a rollback: %v, %v", o.text, o.bad, n.offers[len(n.offers)-1].bad)
			}
		}
		fresh, err := h.dutiful(len(h.stored))
		if err != nil {
			return err
		}
		for range 6 {
			at, known := all[rnd.IntN(len(all))], uint64(1+rnd.IntN(len(h.stored)))
			was, err := findingsText(fresh, at, known)
			if err != nil {
				return err
			}
			is, err := findingsText(n.state, at, known)
			if err != nil {
				return err
			}
			if err := differ(fmt.Sprintf("rolled back, at %s known %d", at, known), was, is); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestRulingHistoriesHoldWhatTheyAreFor: every finding is raised, and most acts are accepted.
func TestRulingHistoriesHoldWhatTheyAreFor(t *testing.T) {
	codes, cured, taken, offered := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, h := range rulingHistories() {
		for _, o := range h.offers {
			var a struct{ Type string }
			_ = json.Unmarshal(o.text, &a)
			offered[a.Type]++
			if o.bad == nil {
				taken[a.Type]++
			} else if p, ok := o.bad.(panicked); ok {
				t.Errorf("%s: %v", o.text, p)
			}
		}
		s, err := h.dutiful(len(h.stored))
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []string{"2025-05-20", "2025-08-01", "2026-01-20", "2026-03-01", "2027-06-01"} {
			i, _, _ := domain.ParseInstant(at, s.Zone())
			v, _ := s.View(i, 0)
			for _, f := range v.Findings() {
				codes[string(f.Code)]++
				if f.Cured != nil {
					cured[string(f.Code)]++
				}
			}
		}
	}
	for _, k := range theRulingPlan {
		t.Logf("%-26s %5d of %5d accepted", k.name, taken[k.name], offered[k.name])
	}
	for _, k := range domain.FindingKinds() {
		t.Logf("%-26s %5d found, %d cured", k.Code, codes[string(k.Code)], cured[string(k.Code)])
		if len(rulingHistories()) >= 60 && codes[string(k.Code)] == 0 {
			t.Errorf("%s was never found", k.Code)
		}
	}
}

// TestManyMayAskAtOnce asks a state that was asked nothing before, from several sides.
func TestManyMayAskAtOnce(t *testing.T) {
	h := rulingHistories()[0]
	s, err := h.dutiful(len(h.stored))
	if err != nil {
		t.Fatal(err)
	}
	points := h.ruledPoints(newRuled(h), 12, 6)
	answers := make([]string, 4)
	var wg sync.WaitGroup
	for i := range answers {
		wg.Go(func() {
			for k := range points {
				p := points[(k+i)%len(points)]
				text, err := findingsText(s, p.at, uint64(p.known))
				v, _ := s.View(p.at, uint64(p.known))
				_, _ = AskCan(v, "p1", "spend", "organization", nil)
				if k+i == len(points) || k+i == 0 {
					answers[i] = fmt.Sprint(text, err)
				}
			}
		})
	}
	wg.Wait()
	for i := range answers {
		if answers[i] != answers[0] {
			t.Errorf("asker %d is told otherwise:\n%s\n%s", i, answers[i], answers[0])
		}
	}
}
