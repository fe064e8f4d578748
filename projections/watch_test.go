package projections

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

// followed records acts one after the other, at the times of a clock, and asserts after each that a watch which was moved
// along has the findings that asking anew gives; and so at every instant at which it says that time alone changed them.
func followed(t *testing.T, ledger string, acts [][]byte, clock func(i int) time.Time) {
	t.Helper()
	s := domain.NewState(ledger, time.LoadLocation)
	s.Duties = Duties()
	var w *domain.Watch
	open := map[string]bool{}
	take := func(cs []domain.Change) {
		for _, c := range cs {
			require.Equal(t, !c.Appeared, open[c.Key()], "%s appeared twice, or was cleared without having appeared", c.Key())
			if c.Appeared {
				open[c.Key()] = true
			} else {
				delete(open, c.Key())
			}
		}
	}
	same := func(at domain.Instant) {
		v, err := s.View(at, w.Known())
		require.NoError(t, err)
		var want, got, told []string
		for _, f := range v.Findings() {
			if f.Cured == nil {
				want = append(want, fmt.Sprint(f.Key(), " since ", f.Since))
			}
		}
		for _, f := range w.Open() {
			got = append(got, fmt.Sprint(f.Key(), " since ", f.Since))
			told = append(told, f.Key())
		}
		slices.Sort(want)
		slices.Sort(got)
		require.Equal(t, strings.Join(want, "\n"), strings.Join(got, "\n"), "at %s known %d", at, w.Known())
		require.Len(t, open, len(told))
	}
	recorded := 0
	for i, text := range acts {
		now := clock(i)
		a, _, err := domain.DecodeAct(text)
		if err != nil {
			continue // as the case means it to be
		}
		out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: now, ID: fmt.Sprint("x", i)})
		if err != nil || out.Known {
			continue
		}
		recorded++
		s.Commit(out.Seq)
		at := domain.InstantOf(out.Recorded)
		if w == nil {
			w = s.Watch(at, out.Seq)
			for _, f := range w.Open() {
				open[f.Key()] = true
			}
			continue
		}
		for w.Next() != domain.Forever && !at.Before(w.Next()) {
			next := w.Next()
			take(w.Until(next))
			same(next)
		}
		take(w.Until(at))
		take(w.Learn())
		same(at)
	}
	require.Positive(t, recorded)
	take(w.Until(domain.Forever))
	same(domain.InstantOf(time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC)))
}

func TestAWatchThatWasMovedAlongHasTheFindingsThatAskingAnewGives(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(shared(t, "examples"), "*.json"))
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ex := readExample(t, file)
			var acts [][]byte
			for _, step := range ex.Steps {
				if step.Record != nil && step.As == "" {
					acts = append(acts, step.Record)
				}
			}
			followed(t, ex.Ledger, acts, func(i int) time.Time { return time.Date(2026, 1, 1+i*11, 12, 0, 0, 0, time.UTC) })
			followed(t, ex.Ledger, acts, func(int) time.Time { return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC) })
		})
	}
	t.Run("demo", func(t *testing.T) {
		b, err := os.ReadFile("../cmd/internal/cli/demo/acts.jsonl")
		require.NoError(t, err)
		var acts [][]byte
		for line := range strings.Lines(string(b)) {
			acts = append(acts, []byte(line))
		}
		followed(t, "demo", acts, func(i int) time.Time { return time.Date(2025, 6, 1+i*2, 12, 0, 0, 0, time.UTC) })
	})
}

// openKeys gives which findings asking anew gives that are not cured, sorted.
func openKeys(s *domain.State, at domain.Instant, known uint64) ([]string, error) {
	v, err := s.View(at, known)
	if err != nil {
		return nil, err
	}
	keys := []string{}
	for _, f := range v.Findings() {
		if f.Cured == nil {
			keys = append(keys, f.Key())
		}
	}
	slices.Sort(keys)
	return keys, nil
}

func TestAWatchMovedAlongAnyHistoryTellsEachChangeOnce(t *testing.T) {
	eachRuled(t, 2, func(h *history) error {
		s, err := h.dutiful(len(h.stored))
		if err != nil {
			return err
		}
		day := func(n int) domain.Instant {
			return domain.InstantOf(time.Date(2025, 1, 1+3*n, int(h.seed%24), 0, 0, 0, time.UTC))
		}
		w := s.Watch(day(1), 1)
		open := map[string]bool{}
		for _, f := range w.Open() {
			open[f.Key()] = true
		}
		same := func(at domain.Instant, changes []domain.Change) error {
			for _, c := range changes {
				if c.Appeared == open[c.Key()] {
					return fmt.Errorf("at %s known %d: %s appeared=%v, and it was %v", at, w.Known(), c.Key(), c.Appeared, open[c.Key()])
				}
				if delete(open, c.Key()); c.Appeared {
					open[c.Key()] = true
				}
			}
			want, err := openKeys(s, at, w.Known())
			if got := slices.Sorted(maps.Keys(open)); err == nil && !slices.Equal(want, got) {
				return fmt.Errorf("at %s known %d: watched %v, and asked %v", at, w.Known(), got, want)
			}
			return err
		}
		for n := 2; n <= len(h.stored); n++ {
			for next := w.Next(); next != domain.Forever && !day(n).Before(next); next = w.Next() {
				if err := same(next, w.Until(next)); err != nil {
					return err
				}
			}
			if err := same(day(n), append(w.Until(day(n)), w.Learn()...)); err != nil {
				return err
			}
		}
		end := domain.InstantOf(time.Date(2035, 1, 1, 0, 0, 0, 0, time.UTC))
		return same(end, w.Until(end))
	})
}
