package domain

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// scan is the answer of a timeline by looking at every fact, newest first.
func scan(facts []fact, at Instant, known uint64) any {
	for i := len(facts) - 1; i >= 0; i-- {
		if f := facts[i]; f.seq <= known && !at.Before(f.from) && at.Before(f.until) {
			return f.value
		}
	}
	return nil
}

func second(n int64) Instant { return Instant{sec: n} }

// randomFact gives a fact of the next or the same sequence over an interval of a clock of so many seconds.
func randomFact(r *rand.Rand, facts []fact, clock int64) fact {
	f := fact{from: second(r.Int64N(clock)), until: Forever, seq: 1}
	if n := len(facts); n > 0 {
		f.seq = facts[n-1].seq + r.Uint64N(3)
	}
	if r.IntN(3) > 0 {
		f.until = second(f.from.sec + 1 + r.Int64N(clock))
	}
	if r.IntN(20) == 0 {
		f.from = Beginning
	}
	if r.IntN(5) > 0 {
		f.value = len(facts) // else nil: it holds no more
	}
	return f
}

func TestTimelineAnswersAsLookingAtEveryFactDoes(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		clock := []int64{4, 50, 100_000}[seed%3]
		var line timeline
		var facts []fact
		most := 200 + r.IntN(5000)
		undoing := false
		for step := 0; len(facts) < most && step < 3*most; step++ {
			switch {
			case len(facts) == 0 || r.IntN(100) == 0:
				undoing = false
			case r.IntN(200) == 0:
				undoing = true // many in a row, so that whole blocks go and come again
			}
			if undoing && len(facts) > 0 || len(facts) > 0 && r.IntN(10) == 0 {
				line.undo()
				facts = facts[:len(facts)-1]
			} else {
				f := randomFact(r, facts, clock)
				line.add(f)
				facts = append(facts, f)
			}
			if step%17 == 0 {
				compareLine(t, r, &line, facts, clock, 3)
			}
		}
		compareLine(t, r, &line, facts, clock, 300)
	}
}

func compareLine(t *testing.T, r *rand.Rand, line *timeline, facts []fact, clock int64, times int) {
	t.Helper()
	last := uint64(0)
	if n := len(facts); n > 0 {
		last = facts[n-1].seq
	}
	for range times {
		at, known := second(r.Int64N(2*clock)-1), r.Uint64N(last+2)
		if len(facts) > 0 && r.IntN(2) == 0 { // exactly where something begins or ends
			f := facts[r.IntN(len(facts))]
			if at = f.from; r.IntN(2) == 0 && f.until != Forever {
				at = f.until
			}
		}
		if want, got := scan(facts, at, known), line.at(at, known); want != got {
			require.Equal(t, want, got, "%d facts at %s known %d", len(facts), at, known)
		}
	}
}

func TestTimelineUndoneToNothingAnswersNothing(t *testing.T) {
	var line timeline
	for i := range 1000 {
		line.add(fact{second(0), Forever, i, uint64(i + 1)})
	}
	for range 1000 {
		line.undo()
	}
	require.Nil(t, line.at(second(5), 1000))
	line.add(fact{second(3), second(4), "x", 1})
	require.Nil(t, line.at(second(2), 1))
	require.Equal(t, "x", line.at(second(3), 1))
	require.Nil(t, line.at(second(4), 1))
}

// TestTimelineQuestionGoesOverFewBlocksHoweverLongTheTimeline spoils everything but the few blocks that make up what is
// known, and the facts after the last of them: a question that looked at more would be answered wrongly.
func TestTimelineQuestionGoesOverFewBlocksHoweverLongTheTimeline(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var line timeline
	var facts []fact
	for range 70_000 {
		f := randomFact(r, facts, 10_000)
		line.add(f)
		facts = append(facts, f)
	}
	for _, n := range []int{63, 64, 1000, 4096, 65_535, 65_536, 69_999} {
		n-- // of all facts with one sequence the last is known
		for n+1 < len(facts) && facts[n+1].seq == facts[n].seq {
			n++
		}
		n++
		spoilt := timeline{newest: line.newest, facts: append([]fact(nil), line.facts...), blocks: make([][]steps, len(line.blocks))}
		visited := 0
		for l := range line.blocks {
			spoilt.blocks[l] = make([]steps, len(line.blocks[l])) // of no instant
		}
		whole := n
		for ; whole%blockSize != 0; whole-- {
			visited++
		}
		for i := range whole { // a value may be needed, when it holds may not
			spoilt.facts[i].from, spoilt.facts[i].until = Beginning, Forever
		}
		for end := whole; end > 0; {
			l, size := 0, blockSize
			for l+1 < len(line.blocks) && end%(size*fanout) == 0 {
				l, size = l+1, size*fanout
			}
			spoilt.blocks[l][end/size-1] = line.blocks[l][end/size-1]
			end -= size
			visited++
		}
		for i := n; i < len(facts); i++ {
			spoilt.facts[i].from, spoilt.facts[i].until = Beginning, Forever
		}
		require.Less(t, visited, blockSize+(fanout-1)*len(line.blocks)+fanout, "%d facts", n)
		for range 500 {
			at, known := second(r.Int64N(20_000)), facts[n-1].seq
			require.Equal(t, scan(facts[:n], at, known), spoilt.at(at, known), "%d facts at %s", n, at)
		}
	}
}

func BenchmarkTimelineAt(b *testing.B) {
	for _, n := range []int{100, 10_000, 1_000_000} {
		r := rand.New(rand.NewPCG(1, 3))
		var line timeline
		for i := range n {
			from := r.Int64N(1 << 30)
			line.add(fact{second(from), second(from + 1 + r.Int64N(1<<20)), i, uint64(i + 1)})
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				line.at(second(r.Int64N(1<<30)), 1+r.Uint64N(uint64(n)))
			}
		})
	}
}
