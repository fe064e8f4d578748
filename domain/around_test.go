package domain

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// What a finding rests on, and from when on it holds, is read off the intervals that timelines give around an instant.

func TestOneValueHoldsThroughoutTheIntervalThatATimelineGivesAroundAnInstant(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 13))
		clock := []int64{4, 50, 5_000}[seed%3]
		var line timeline
		var facts []fact
		for range 1 + r.IntN(700) {
			f := randomFact(r, facts, clock)
			line.add(f)
			facts = append(facts, f)
			if r.IntN(12) == 0 {
				line.undo()
				facts = facts[:len(facts)-1]
			}
			if len(facts) > 0 && r.IntN(6) == 0 {
				aroundHolds(t, r, &line, facts, clock)
			}
		}
	}
}

func aroundHolds(t *testing.T, r *rand.Rand, line *timeline, facts []fact, clock int64) {
	t.Helper()
	at, known := second(r.Int64N(2*clock)), r.Uint64N(facts[len(facts)-1].seq+2)
	if f := facts[r.IntN(len(facts))]; r.IntN(2) == 0 && f.from != Beginning {
		at = f.from
	}
	from, until := line.around(at, known)
	require.False(t, at.Before(from), "%s lies before the interval from %s", at, from)
	require.True(t, at.Before(until), "%s lies after the interval until %s", at, until)
	want := scan(facts, at, known)
	inside := []Instant{from, until.before()} // the first and the last of it, and every instant at which anything changes
	for _, f := range facts {
		inside = append(inside, f.from, f.until, f.from.before(), f.until.before())
	}
	for _, i := range inside {
		if !i.Before(from) && i.Before(until) && i != Beginning && i != Beginning.before() {
			require.Equal(t, want, scan(facts, i, known), "at %s, in the interval from %s until %s around %s, known %d", i, from, until, at, known)
		}
	}
}

// TestTheActByWhichAValueBeganIsTheNewestKnown: of several that begin at one instant, the last has the last word.
func TestTheActByWhichAValueBeganIsTheNewestKnown(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 14))
	var line timeline
	var facts []fact
	for range 400 {
		f := randomFact(r, facts, 30)
		line.add(f)
		facts = append(facts, f)
		at, known := second(r.Int64N(31)), r.Uint64N(f.seq+2)
		want := uint64(0)
		for _, f := range slices.Backward(facts) {
			if f.seq <= known && f.from == at {
				want = f.seq
				break
			}
		}
		require.Equal(t, want, line.causeOf(at, known))
	}
}
