package projections

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// What a statement says of a time must be what who says of every instant of it: of whoever answers, through which
// delegation, with which powers. BUCKSTOP_INSTANTS is at how many instants of the Kubernetes ledger that is looked at (6 where
// it is not set); BUCKSTOP_HISTORIES makes more histories.

var late = domain.InstantOf(time.Date(2400, 1, 1, 0, 0, 0, 0, time.UTC))

// instantsOf gives the instants at which anything may change in a ledger, and one just before and one after each.
func instantsOf(v *domain.View) []domain.Instant {
	out := []domain.Instant{}
	add := func(at domain.Instant) {
		if at != domain.Beginning && at != domain.Forever {
			out = append(out, at, domain.InstantOf(at.Time().Add(-1)), domain.InstantOf(at.Time().Add(time.Hour)))
		}
	}
	for n := uint64(1); n <= v.Known(); n++ {
		r, _ := v.Act(n)
		if r.Content == nil {
			continue
		}
		add(r.Content.Effective.At)
		switch d := r.Content.Data.(type) {
		case *domain.DelegationGranted:
			add(timeOf(d.Until).Instant)
		case *domain.DelegationVaried:
			add(timeOf(d.Until).Instant)
		case *domain.MemberAppointed:
			add(timeOf(d.Until).Instant)
		case *domain.RoleAssigned:
			add(timeOf(d.Until).Instant)
		}
	}
	slices.SortFunc(out, domain.Instant.Compare)
	return slices.Compact(out)
}

func (s Span) holds(at domain.Instant) bool {
	return !at.Before(s.From.Instant) && (s.Until.IsZero() || at.Before(s.Until.Instant))
}

// standing gives the spell of a delegation that holds at an instant, if it is in force then.
func standing(all []Mandate, delegation string, at domain.Instant) *Terms {
	for i := range all {
		for k := range all[i].Spells {
			if t := &all[i].Spells[k]; all[i].Delegation == delegation && t.holds(at) && t.State == "in-force" {
				return t
			}
		}
	}
	return nil
}

// agrees compares the statements of persons with who, at every instant given.
func agrees(v *domain.View, persons []string, instants []domain.Instant) error {
	statements := map[string]*Statement{}
	for _, p := range persons {
		s, err := AskStatement(v, p, domain.Beginning, domain.Forever)
		if err != nil {
			return err
		}
		statements[v.Party(p, new([]uint64)).Key] = s
	}
	for _, at := range instants {
		w, err := v.Another(at, v.Known())
		if err != nil {
			return err
		}
		for key, s := range statements {
			if err := stands(w, s, at); err != nil {
				return fmt.Errorf("%s at %s, known %d: %w", key, at, v.Known(), err)
			}
		}
		for _, scope := range w.Scopes() {
			who, err := AskWho(w, scope, "")
			if err != nil {
				return err
			}
			for key, s := range statements {
				if err := agree(w, who, key, s, at); err != nil {
					return fmt.Errorf("%s of %s at %s, known %d: %w", scope, key, at, v.Known(), err)
				}
			}
		}
	}
	return nil
}

// stands compares every spell of a statement that holds at an instant with the delegation as it is then, and every seat with
// those who sit there.
func stands(w *domain.View, s *Statement, at domain.Instant) error {
	for _, all := range [][]Mandate{s.Authority, s.Delegated, s.Fallen} {
		for i := range all {
			for _, t := range all[i].Spells {
				if d, _ := w.Delegation(all[i].Delegation, new([]uint64)); t.holds(at) && t.State != d.State {
					return fmt.Errorf("%s is %s, not %s", all[i].Delegation, d.State, t.State)
				}
			}
		}
	}
	var have, want []string
	for _, o := range s.Seats {
		if o.holds(at) {
			have = append(have, o.As+" "+w.Party(o.Post, new([]uint64)).Key)
		}
	}
	is := w.Party(s.Party, new([]uint64)).Key
	for _, post := range w.Served(s.Party) {
		p := w.Party(post, new([]uint64))
		for _, o := range w.Occupants(&p) {
			if w.Party(o.Party, new([]uint64)).Key == is && post != is {
				want = append(want, o.As+" "+post)
			}
		}
	}
	slices.Sort(have)
	if slices.Sort(want); !slices.Equal(have, want) {
		return fmt.Errorf("sits as %v, not %v", want, have)
	}
	return nil
}

func agree(w *domain.View, who *Who, key string, s *Statement, at domain.Instant) error {
	is := func(all []string) bool {
		return slices.ContainsFunc(all, func(id string) bool { return w.Party(id, new([]uint64)).Key == key })
	}
	ultimate := slices.ContainsFunc(s.Ultimate, func(u Ultimacy) bool { return u.holds(at) })
	answers := len(who.Holders) == 0 && ultimate
	for i := range who.Holders {
		h := &who.Holders[i]
		held, fallen := standing(s.Authority, h.Delegation, at), standing(s.Fallen, h.Delegation, at)
		if (held != nil || fallen != nil) != is(h.Answerable) {
			return fmt.Errorf("held %t or fallen %t by %s, but answerable are %v", held != nil, fallen != nil, h.Delegation, h.Answerable)
		}
		if held != nil && h.Scope == who.Scope && (!slices.Equal(held.Powers, h.Powers) || !slices.Equal(held.Limits, h.Limits) || held.Ends != h.Until) {
			return fmt.Errorf("%s confers %v %v until %v, not %v %v until %v", h.Delegation, h.Powers, h.Limits, h.Until, held.Powers, held.Limits, held.Ends)
		}
		answers = answers || held != nil || fallen != nil
		for _, step := range h.Chain {
			if accountable := standing(s.Delegated, step.Delegation, at) != nil; accountable != is(w.Answerable(step.From, new([]uint64))) {
				return fmt.Errorf("remains accountable for %s: %t, but %v answer for %s", step.Delegation, accountable,
					w.Answerable(step.From, new([]uint64)), step.From)
			}
		}
	}
	if answers != is(who.Answerable) {
		return fmt.Errorf("answers %t, but answerable are %v", answers, who.Answerable)
	}
	return nil
}

// personsOf gives the persons that a ledger knows.
func personsOf(v *domain.View) []string {
	var out []string
	for n := uint64(1); n <= v.Known(); n++ {
		if r, _ := v.Act(n); r.Content != nil {
			if d, ok := r.Content.Data.(*domain.PartyRegistered); ok && d.Kind == "person" {
				out = append(out, d.ID)
			}
		}
	}
	return out
}

func TestAStatementSaysOfEveryInstantWhatWhoSays(t *testing.T) {
	t.Parallel()
	someHistories(t, 10, func(h *history) error {
		for _, known := range []uint64{h.state.Last(), h.state.Last() / 2} {
			v, err := h.state.View(late, max(known, 1))
			if err != nil {
				return err
			}
			if err := agrees(v, personsOf(v), instantsOf(v)); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestStatementsOfKubernetesSayOfEverySampledInstantWhatWhoSays(t *testing.T) {
	t.Parallel()
	s := domain.NewState("kubernetes", time.LoadLocation)
	for _, line := range lines(t, filepath.Join(shared(t, "data/kubernetes"), "acts.jsonl")) {
		a, _, err := domain.DecodeAct(line)
		require.NoError(t, err)
		out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: time.Now()})
		require.NoError(t, err)
		s.Commit(out.Seq)
	}
	v, err := s.View(late, 0)
	require.NoError(t, err)
	wanted := 6
	if n, err := strconv.Atoi(os.Getenv("BUCKSTOP_INSTANTS")); err == nil {
		wanted = n
	}
	require.NoError(t, agrees(v, sampled(personsOf(v), wanted), sampled(instantsOf(v), wanted)))
}

// sampled gives some of a list, evenly.
func sampled[T any](all []T, wanted int) []T {
	var out []T
	for i := 0; i < len(all); i += max(1, len(all)/max(1, wanted)) {
		out = append(out, all[i])
	}
	return out
}
