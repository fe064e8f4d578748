package projections

import (
	"reflect"
	"slices"

	"buckstop/domain"
)

// biography is a statement on its way.
type biography struct {
	v           *domain.View
	from, until domain.Instant
	who         domain.Party
	hats        []string // keys of the parties for which the party ever answers; itself first
	ties        []domain.Tie
	acts        []uint64            // that the statement rests on
	named       map[string][]uint64 // the acts naming a thing
	posts       map[string]*postStory
	governed    map[string]bool // the bodies that ever were the governing body
	replay      *domain.Replay
}

// spell is a time in which something had one value. Until is Forever where it goes on at the end of the period.
type spell[T any] struct {
	value       T
	from, until domain.Instant
	acts        []uint64 // that it rests on
}

// spells asks for a value along the effective clock, from the beginning to the end of the period, at every instant at which
// it can change, and gives the times in which it was there and the same. They are exact: see [domain.Spell].
func spells[T any](b *biography, ask func(s *domain.Spell, acts *[]uint64) (T, bool)) []spell[T] {
	var out []spell[T]
	open := false
	for at := domain.Beginning; !b.until.Before(at); {
		s := b.v.Spell(at)
		var acts []uint64
		value, ok := ask(s, &acts)
		if last := len(out) - 1; open && (!ok || !reflect.DeepEqual(out[last].value, value)) {
			out[last].until, open = at, false
		}
		if open {
			last := &out[len(out)-1]
			last.acts = append(last.acts, acts...)
		} else if ok && at.Before(b.until) {
			out, open = append(out, spell[T]{value, at, domain.Forever, acts}), true
		}
		if at = s.Lasts(); at == domain.Forever {
			break
		}
	}
	for i := range out {
		slices.Sort(out[i].acts)
		out[i].acts = slices.Compact(out[i].acts)
	}
	return out
}

// inPeriod leaves out what ended before the period.
func inPeriod[T any](b *biography, all []spell[T]) []spell[T] {
	return slices.DeleteFunc(all, func(s spell[T]) bool { return !b.from.Before(s.until) })
}

// meet finds the party, by any id it bears at any instant.
func (b *biography) meet(id string) error {
	var acts []uint64
	if b.who = b.v.Party(id, &acts); b.who.Kind == "" {
		known := spells(&biography{v: b.v, until: domain.Forever}, func(s *domain.Spell, acts *[]uint64) (domain.Party, bool) {
			p := s.Party(id, acts)
			return p, p.Kind != ""
		})
		if len(known) == 0 {
			return unknownParty(b.v, id)
		}
		b.who, acts = known[0].value, known[0].acts
	}
	b.acts = append(b.acts, acts...)
	return nil
}

// findHats finds every party for which the party may ever answer: the seats it had, what is in those seats, and so on.
func (b *biography) findHats() {
	b.hats = []string{b.who.Key}
	for i := 0; i < len(b.hats); i++ {
		for _, k := range b.v.Served(b.hats[i]) {
			if !slices.Contains(b.hats, k) {
				b.hats = append(b.hats, k)
			}
		}
	}
	b.ties = b.v.Ties()
	b.governed = map[string]bool{}
	for _, s := range spells(b, func(s *domain.Spell, acts *[]uint64) (string, bool) {
		return s.Party(s.Governing(acts), acts).Key, true
	}) {
		b.governed[s.value] = true
	}
}

// answers tells whether the party answers for another, or is it.
func (b *biography) answers(v *domain.View, hat string, acts *[]uint64) bool {
	if b.who.Kind == "person" {
		return slices.Contains(v.Answerable(hat, acts), v.Party(b.who.Key, acts).ID)
	}
	return b.sitsIn(v, b.who.Key, hat, acts, 0)
}

// sitsIn tells whether a party that is no person is another, or sits in it so that it answers for it, at however many hands.
func (b *biography) sitsIn(v *domain.View, key, hat string, acts *[]uint64, depth int) bool {
	p := v.Party(hat, acts)
	if hat == key {
		return p.Exists
	}
	if depth > len(b.hats) {
		return false
	}
	for _, o := range v.Occupants(&p) {
		if o.As == "self" || o.CoveredBy != "" && o.Covers != o.CoveredBy ||
			p.Kind != "role" && (o.As == "secretary" || o.As == "observer" || o.AlternateFor != "") {
			continue
		}
		*acts = append(*acts, o.Act)
		sitter := v.Party(o.Party, acts).Key
		if slices.Contains(b.hats, sitter) && b.sitsIn(v, key, sitter, acts, depth+1) {
			return true
		}
	}
	return false
}

// naming gives the acts that make or name a thing.
func (b *biography) naming(thing string) []uint64 {
	seqs, ok := b.named[thing]
	if !ok {
		seqs = b.v.Naming(thing)
		b.named[thing] = seqs
	}
	return seqs
}

// called gives what a party is called at the answer's instant, by its key.
func (b *biography) called(key string) (id string, name Text, kind string) {
	p := b.v.Party(key, new([]uint64))
	if p.Kind == "" && key == b.who.Key {
		p = b.who
	}
	return p.ID, Text{p.Name}, p.Kind
}
