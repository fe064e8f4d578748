package domain

// A timeline answers one key's question on both clocks: which value held at an effective instant, as known at a
// sequence. It is the list of what became known, in recorded order, each fact a value over an interval [from, until) of
// the effective clock; the answer is the newest fact recorded by `known` whose interval covers `at`.
//
// A long list is not searched from its end. Over each full block of facts (16, and four blocks to a block of the next
// size) lies a step function: the instants at which the newest fact of the block changes, and which it is between them.
// A question goes over the few blocks that make up the prefix known, newest first, with a binary search in each: O(log²)
// in the facts of the key. Nothing that was written is changed but by undo, so that earlier `known`s keep their answers.
type timeline struct {
	newest fact // again, here: most keys have few facts, and most questions want the newest
	facts  []fact
	blocks [][]steps // blocks[l][i] covers facts [i·16·4^l, (i+1)·16·4^l)
}

type fact struct {
	from, until Instant
	value       any
	seq         uint64 // the act by which it became known
}

// steps is a step function over the effective clock: fact of[i] holds from at[i] to at[i+1]; -1 where none does.
type steps struct {
	at []Instant
	of []int32
}

const (
	blockSize = 16
	fanout    = 4
)

func (t *timeline) add(f fact) {
	t.newest = f
	t.facts = append(t.facts, f)
	for l, size := 0, blockSize; len(t.facts)%size == 0; l, size = l+1, size*fanout {
		if l == len(t.blocks) {
			t.blocks = append(t.blocks, nil)
		}
		t.blocks[l] = append(t.blocks[l], t.build(l, len(t.facts)-size, size))
	}
}

// undo takes the newest fact back.
func (t *timeline) undo() {
	for l, size := 0, blockSize; len(t.facts)%size == 0; l, size = l+1, size*fanout {
		t.blocks[l] = t.blocks[l][:len(t.blocks[l])-1]
	}
	n := len(t.facts) - 1
	t.facts[n] = fact{}
	t.facts, t.newest = t.facts[:n], fact{}
	if n > 0 {
		t.newest = t.facts[n-1]
	}
}

// at gives the value that held at an instant, as known at a sequence, and nil where none did.
func (t *timeline) at(at Instant, known uint64) any {
	n := len(t.facts)
	switch f := &t.newest; {
	case n == 0:
		return nil
	case f.seq <= known && !at.Before(f.from) && at.Before(f.until):
		return f.value
	case n < blockSize:
		for n--; n > 0; n-- {
			if f := &t.facts[n-1]; f.seq <= known && !at.Before(f.from) && at.Before(f.until) {
				return f.value
			}
		}
		return nil
	case f.seq > known:
		n = t.known(known)
	}
	for n > 0 {
		if n%blockSize != 0 {
			n--
			if f := &t.facts[n]; !at.Before(f.from) && at.Before(f.until) {
				return f.value
			}
			continue
		}
		l, size := t.blockBefore(n)
		if i := t.blocks[l][n/size-1].find(at); i >= 0 {
			return t.facts[i].value
		}
		n -= size
	}
	return nil
}

func (s *steps) find(at Instant) int32 {
	i := s.after(at)
	if i == 0 {
		return -1
	}
	return s.of[i-1]
}

// after gives the index of the first step after an instant.
func (s *steps) after(at Instant) int {
	i, j := 0, len(s.at)
	for i < j {
		m := int(uint(i+j) >> 1)
		if at.Before(s.at[m]) {
			j = m
		} else {
			i = m + 1
		}
	}
	return i
}

// known gives how many of the facts are known at a sequence: they come first.
func (t *timeline) known(seq uint64) int {
	i, j := 0, len(t.facts)
	for i < j {
		if m := int(uint(i+j) >> 1); t.facts[m].seq > seq {
			j = m
		} else {
			i = m + 1
		}
	}
	return i
}

// around gives an interval around an instant in which one value holds, as known at a sequence.
func (t *timeline) around(at Instant, known uint64) (from, until Instant) {
	from, until = Beginning, Forever
	for n := t.known(known); n > 0; {
		if n%blockSize != 0 {
			n--
			f := &t.facts[n]
			from, until = narrowed(from, until, f.from, at)
			from, until = narrowed(from, until, f.until, at)
			continue
		}
		l, size := t.blockBefore(n)
		b := &t.blocks[l][n/size-1]
		if i := b.after(at); i > 0 && from.Before(b.at[i-1]) {
			from = b.at[i-1]
		}
		if i := b.after(at); i < len(b.at) && b.at[i].Before(until) {
			until = b.at[i]
		}
		n -= size
	}
	return from, until
}

// causeOf gives the newest act known by which a value began at an instant, and 0 where none did.
func (t *timeline) causeOf(at Instant, known uint64) uint64 {
	for n := t.known(known); n > 0; n-- {
		if f := &t.facts[n-1]; f.from == at {
			return f.seq
		}
	}
	return 0
}

// blockBefore gives the level and the size of the largest block that ends at n.
func (t *timeline) blockBefore(n int) (level, size int) {
	size = blockSize
	for level+1 < len(t.blocks) && n%(size*fanout) == 0 {
		level, size = level+1, size*fanout
	}
	return level, size
}

// build makes the step function of a block: of its facts, or of the blocks it is made of.
func (t *timeline) build(level, first, size int) steps {
	var parts []steps // oldest first
	if level == 0 {
		for i := first; i < first+size; i++ {
			f := &t.facts[i]
			parts = append(parts, steps{[]Instant{f.from, f.until}, []int32{int32(i), -1}})
		}
	} else {
		below := size / fanout
		parts = append(parts, t.blocks[level-1][first/below:first/below+fanout]...)
	}
	for len(parts) > 1 {
		var merged []steps
		for i := 0; i+1 < len(parts); i += 2 {
			merged = append(merged, overlay(&parts[i], &parts[i+1]))
		}
		parts = merged
	}
	return parts[0]
}

// overlay gives the step function of an older and a newer one, the newer having the last word.
func overlay(older, newer *steps) steps {
	out := steps{make([]Instant, 0, len(older.at)+len(newer.at)), make([]int32, 0, len(older.at)+len(newer.at))}
	i, j := 0, 0
	o, n := int32(-1), int32(-1)
	for i < len(older.at) || j < len(newer.at) {
		var at Instant
		switch {
		case j == len(newer.at) || i < len(older.at) && older.at[i].Before(newer.at[j]):
			at, o, i = older.at[i], older.of[i], i+1
		case i == len(older.at) || newer.at[j].Before(older.at[i]):
			at, n, j = newer.at[j], newer.of[j], j+1
		default:
			at, o, n, i, j = older.at[i], older.of[i], newer.of[j], i+1, j+1
		}
		v := n
		if v < 0 {
			v = o
		}
		if k := len(out.of); k > 0 && out.of[k-1] == v || k == 0 && v < 0 {
			continue
		}
		out.at, out.of = append(out.at, at), append(out.of, v)
	}
	return out
}
