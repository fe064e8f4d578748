package domain

import (
	"slices"
	"sort"
)

// A tally is what was drawn on one delegation in one dimension and unit, on both clocks: postings in the order in which
// they became known, each of an amount at a place of the fold. What is taken back is posted again with its sign turned.
//
// As in a timeline, full blocks of postings have an index, here of their places with running sums, so that the sum over
// an interval as known at a sequence takes O(log²) in the postings. Nothing that is posted is changed.
type tally struct {
	postings []posting
	blocks   [][]running // blocks[l][i] covers postings [i·16·4^l, (i+1)·16·4^l)
}

// tallyKey says what a tally is of.
type tallyKey struct{ delegation, dimension, unit string }

type posting struct {
	at     Pos
	known  uint64 // the act by which it became known
	amount sum
}

// running holds the places of a block's postings in their order; sums[i] is the sum of the first i of them.
type running struct {
	at   []Pos
	sums []sum
}

func (t *tally) post(p posting) {
	t.postings = append(t.postings, p)
	for l, size := 0, blockSize; len(t.postings)%size == 0; l, size = l+1, size*fanout {
		if l == len(t.blocks) {
			t.blocks = append(t.blocks, nil)
		}
		t.blocks[l] = append(t.blocks[l], t.build(l, len(t.postings)-size, size))
	}
}

// between gives the sum of what is posted at the places from one to another, both included, as known at a sequence.
func (t *tally) between(from, to Pos, known uint64) sum {
	n := len(t.postings)
	if n > 0 && t.postings[n-1].known > known {
		n = sort.Search(n, func(i int) bool { return t.postings[i].known > known })
	}
	var total sum
	for n > 0 {
		if n%blockSize != 0 {
			n--
			if p := &t.postings[n]; !p.at.Before(from) && !to.Before(p.at) {
				total = total.plus(p.amount)
			}
			continue
		}
		l, size := 0, blockSize
		for l+1 < len(t.blocks) && n%(size*fanout) == 0 {
			l, size = l+1, size*fanout
		}
		b := &t.blocks[l][n/size-1]
		i := sort.Search(size, func(i int) bool { return !b.at[i].Before(from) })
		j := sort.Search(size, func(i int) bool { return to.Before(b.at[i]) })
		if i < j {
			total = total.plus(b.sums[j]).minus(b.sums[i])
		}
		n -= size
	}
	return total
}

// build makes the index of a block: of its postings, or of the blocks it is made of.
func (t *tally) build(level, first, size int) running {
	order := make([]posting, 0, size)
	if level == 0 {
		order = append(order, t.postings[first:first+size]...)
	} else {
		below := size / fanout
		for _, b := range t.blocks[level-1][first/below : first/below+fanout] {
			for i, at := range b.at {
				order = append(order, posting{at: at, amount: b.sums[i+1].minus(b.sums[i])})
			}
		}
	}
	slices.SortStableFunc(order, func(a, b posting) int {
		switch {
		case a.at.Before(b.at):
			return -1
		case b.at.Before(a.at):
			return 1
		}
		return 0
	})
	out := running{make([]Pos, size), make([]sum, size+1)}
	for i := range order {
		out.at[i], out.sums[i+1] = order[i].at, out.sums[i].plus(order[i].amount)
	}
	return out
}
