package projections

import "buckstop/domain"

// facts is what is so at one instant, as known at one sequence: values under names that two of them can be compared by.
type facts = map[string]any

// before gives the instant just before another.
func before(at domain.Instant) domain.Instant { return domain.InstantOf(at.Time().Add(-1)) }

// turned gives the acts by which something came at an instant to be otherwise than just before, and tells whether a term that
// ended did.
func (b *biography) turned(at domain.Instant, find func(v *domain.View) facts) (acts []uint64, term bool) {
	if at == domain.Beginning {
		return nil, false
	}
	if b.replay == nil {
		b.replay = b.v.Replay()
	}
	return b.replay.Behind(b.v.Spell(before(at)).View, at, find)
}
