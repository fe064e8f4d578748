package domain

import "slices"

// tracker notes what an evaluation depends on: the cells it read, and the instants it compared its own with. From these
// follows how long its outcome holds on the effective clock, and which acts can change it.
type tracker struct {
	cells  []*cell
	absent []cellKey // of cells that do not exist yet
	marks  []Instant
	have   map[*cell]bool // the cells, where they are many
	lack   map[cellKey]bool
}

// few is how many are looked through one by one.
const few = 24

func (t *tracker) reset() {
	t.cells, t.absent, t.marks = t.cells[:0], t.absent[:0], t.marks[:0]
	clear(t.have)
	clear(t.lack)
}

func (t *tracker) read(c *cell) {
	if !noted(&t.have, t.cells, c) {
		t.cells = append(t.cells, c)
	}
}

func (t *tracker) missed(k cellKey) {
	if !noted(&t.lack, t.absent, k) {
		t.absent = append(t.absent, k)
	}
}

// noted tells whether something is in a list, and sees to it that it will be found there once it is many.
func noted[T comparable](many *map[T]bool, list []T, x T) bool {
	if len(list) < few {
		return slices.Contains(list, x)
	}
	if len(*many) == 0 {
		if *many == nil {
			*many = map[T]bool{}
		}
		for _, y := range list {
			(*many)[y] = true
		}
	}
	if (*many)[x] {
		return true
	}
	(*many)[x] = true
	return false
}

func (t *tracker) compared(with Instant) {
	if with != Beginning && with != Forever {
		t.marks = append(t.marks, with)
	}
}

// span gives the interval around an instant over which the evaluation comes to the same, as known at a sequence. It may
// come to the same for longer.
func (t *tracker) span(at Instant, known uint64) (from, until Instant) {
	from, until = Beginning, Forever
	for _, m := range t.marks {
		from, until = narrowed(from, until, m, at)
	}
	for _, c := range t.cells {
		f, u := c.line.around(at, known)
		if from.Before(f) {
			from = f
		}
		if u.Before(until) {
			until = u
		}
	}
	return from, until
}

// causes gives the acts by which something that was read began or ended at an instant, as known at a sequence.
func (t *tracker) causes(at Instant, known uint64) []uint64 {
	var out []uint64
	for _, c := range t.cells {
		if n := c.line.causeOf(at, known); n > 0 && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

// narrowed gives the part of [from, until) around an instant that does not reach over a boundary.
func narrowed(from, until, boundary, at Instant) (Instant, Instant) {
	if at.Before(boundary) {
		if boundary.Before(until) {
			until = boundary
		}
	} else if from.Before(boundary) {
		from = boundary
	}
	return from, until
}
