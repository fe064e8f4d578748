package domain

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// between is what a tally gives by looking at every posting.
func betweenByLooking(postings []posting, from, to Pos, known uint64) sum {
	var total sum
	for _, p := range postings {
		if p.known <= known && !p.at.Before(from) && !to.Before(p.at) {
			total = total.plus(p.amount)
		}
	}
	return total
}

func randomPlace(r *rand.Rand, clock int64, seqs uint64) Pos {
	p := Pos{second(r.Int64N(clock)), r.Uint64N(seqs)}
	switch r.IntN(30) {
	case 0:
		p.At = Beginning
	case 1:
		p.At = Forever
	case 2:
		p.Seq = ^uint64(0)
	}
	return p
}

func TestTallyGivesWhatLookingAtEveryPostingGives(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 11))
		clock := []int64{3, 40, 50_000}[seed%3] // many postings at one place, and few
		var line tally
		var all []posting
		known, most := uint64(1), 1+r.IntN(1500)
		for len(all) < most {
			known += r.Uint64N(3)
			p := posting{randomPlace(r, clock, 50), known, sum{lo: r.Uint64N(1e12)}}
			if len(all) > 0 && r.IntN(3) == 0 { // one that takes back
				p.at, p.amount = all[r.IntN(len(all))].at, all[r.IntN(len(all))].amount.negated()
			}
			if r.IntN(50) == 0 {
				p.amount = p.amount.plus(sum{hi: 1 << 30})
			}
			line.post(p)
			all = append(all, p)
			if len(all)%5 > 0 && len(all) < most-20 {
				continue
			}
			for range 4 {
				from, to, k := randomPlace(r, clock, 50), randomPlace(r, clock, 50), r.Uint64N(known+2)
				if r.IntN(2) == 0 { // exactly at a posting
					from, to = all[r.IntN(len(all))].at, all[r.IntN(len(all))].at
				}
				require.Equal(t, betweenByLooking(all, from, to, k), line.between(from, to, k), "%d postings, from %v to %v known %d", len(all), from, to, k)
			}
		}
	}
}

// TestTallyQuestionGoesOverFewBlocksHoweverManyPostings spoils what a question has no need to look at.
func TestTallyQuestionGoesOverFewBlocksHoweverManyPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 12))
	var line tally
	for i := range 20_000 {
		line.post(posting{randomPlace(r, 1000, 50), uint64(i + 1), sum{lo: r.Uint64N(1000)}})
	}
	for _, n := range []int{63, 64, 4096, 16_384, 19_999} {
		all := line.postings[:n]
		spoilt := tally{postings: append([]posting(nil), line.postings...), blocks: make([][]running, len(line.blocks))}
		for l := range line.blocks {
			spoilt.blocks[l] = make([]running, len(line.blocks[l]))
		}
		end := n
		for ; end%blockSize != 0; end-- {
		}
		for i := range end {
			spoilt.postings[i].amount = sum{hi: 7}
		}
		for end > 0 {
			l, size := 0, blockSize
			for l+1 < len(line.blocks) && end%(size*fanout) == 0 {
				l, size = l+1, size*fanout
			}
			spoilt.blocks[l][end/size-1] = line.blocks[l][end/size-1]
			end -= size
		}
		for range 100 {
			from, to := randomPlace(r, 1000, 50), randomPlace(r, 1000, 50)
			require.Equal(t, betweenByLooking(all, from, to, uint64(n)), spoilt.between(from, to, uint64(n)), "%d postings", n)
		}
	}
}
