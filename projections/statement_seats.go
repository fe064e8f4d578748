package projections

import (
	"cmp"
	"slices"

	"buckstop/domain"
)

// postStory is who sat in a post, and when nobody did, from the beginning to the end of the period.
type postStory struct {
	id      string // as it is called at the answer's instant
	name    Text
	kind    string
	offices []office
	vacant  []spell[bool]
}

// office is one seat of one party in a post.
type office struct {
	seat
	from, until domain.Instant // Forever where it goes on at the end of the period
	acts        []uint64
}

// seat is a seat as it stands at an instant, by the keys of parties.
type seat struct {
	act               uint64
	party, as         string
	covers, alternate string
	term              domain.Instant
}

func (b *biography) story(post string) *postStory {
	if p := b.posts[post]; p != nil {
		return p
	}
	p := &postStory{}
	b.posts[post] = p
	p.id, p.name, p.kind = b.called(post)
	for _, sp := range spells(b, func(s *domain.Spell, acts *[]uint64) ([]seat, bool) {
		all := seatsOf(s.View, post, acts)
		return all, len(all) > 0
	}) {
		for _, now := range sp.value {
			p.sit(now, sp)
		}
	}
	slices.SortStableFunc(p.offices, func(a, b office) int { return a.from.Compare(b.from) })
	p.vacant = spells(b, func(s *domain.Spell, acts *[]uint64) (bool, bool) {
		is := s.Party(post, acts)
		if !is.Exists || is.Kind == "person" || is.Kind == "team" || is.Kind == "organization" || is.Kind == "system" {
			return false, false
		}
		if is.Kind == "role" {
			return true, len(s.Occupants(&is)) == 0
		}
		return true, len(s.Answerable(post, new([]uint64))) == 0
	})
	return p
}

// sit adds a spell of a seat: to the office that it prolongs, or as a new one.
func (p *postStory) sit(now seat, sp spell[[]seat]) {
	var o *office
	for i := range p.offices {
		if last := &p.offices[i]; last.act == now.act && last.party == now.party && last.until == sp.from {
			o = last
		}
	}
	if o == nil {
		p.offices = append(p.offices, office{seat: now, from: sp.from, acts: []uint64{now.act}})
		o = &p.offices[len(p.offices)-1]
	}
	o.seat, o.until = now, sp.until
}

func seatsOf(v *domain.View, post string, acts *[]uint64) []seat {
	p := v.Party(post, acts)
	key := func(id string) string {
		if id == "" {
			return ""
		}
		return v.Party(id, new([]uint64)).Key
	}
	var out []seat
	for _, o := range v.Occupants(&p) {
		if o.As == "self" {
			continue
		}
		*acts = append(*acts, o.Act)
		out = append(out, seat{o.Act, key(o.Party), o.As, key(o.Covers), key(o.AlternateFor), o.Until})
	}
	return out
}

// seats tells where the party sat.
func (b *biography) seats() []Office {
	out := []Office{}
	for _, hat := range b.hats {
		if hat == b.who.Key {
			continue
		}
		p := b.story(hat)
		for i := range p.offices {
			if o := &p.offices[i]; o.party == b.who.Key && b.from.Before(o.until) {
				out = append(out, b.office(p, hat, o))
			}
		}
	}
	return inOrder(out)
}

func inOrder(out []Office) []Office {
	slices.SortStableFunc(out, func(x, y Office) int {
		return cmp.Or(x.From.Compare(y.From.Instant), cmp.Compare(x.Post, y.Post))
	})
	return out
}

// occupants tells who sat in the party.
func (b *biography) occupants() []Office {
	out := []Office{}
	if b.who.Kind == "person" {
		return out
	}
	p := b.story(b.who.Key)
	for i := range p.offices {
		if o := &p.offices[i]; b.from.Before(o.until) {
			out = append(out, b.office(p, b.who.Key, o))
		}
	}
	return inOrder(out)
}

func (b *biography) office(p *postStory, post string, o *office) Office {
	id, name, _ := b.called(o.party)
	out := Office{
		Post: p.id, PostName: p.name, PostKind: p.kind, Party: id, Name: name, As: o.as, Term: Time{o.term},
		Began: b.causes([]uint64{o.act}), Ended: []Cause{}, Span: b.span(o.from, o.until, o.acts),
	}
	if o.covers != "" {
		out.Covers, _, _ = b.called(o.covers)
	}
	if o.alternate != "" {
		out.AlternateFor, _, _ = b.called(o.alternate)
	}
	if o.until == domain.Forever {
		return out
	}
	if ended := b.leaving(o.until, post, o); len(ended) > 0 {
		out.Ended = b.causes(ended)
		out.Span = b.span(o.from, o.until, append(slices.Clone(o.acts), ended...))
	}
	return out
}

// leaving gives the acts by which a seat ended at an instant; none where its term passed.
func (b *biography) leaving(at domain.Instant, post string, was *office) []uint64 {
	ended, _ := b.turned(at, func(v *domain.View) facts {
		return facts{"sits": slices.ContainsFunc(seatsOf(v, post, new([]uint64)), func(s seat) bool {
			return s.act == was.act && s.party == was.party
		})}
	})
	return ended
}

func (b *biography) vacancies() []Vacancy {
	out := []Vacancy{}
	if b.who.Kind != "person" {
		p := b.story(b.who.Key)
		for _, s := range inPeriod(b, slices.Clone(p.vacant)) {
			out = append(out, Vacancy{p.id, b.span(s.from, s.until, s.acts)})
		}
	}
	return out
}

// ultimate tells when the party was the governing body, or one of its members who count.
func (b *biography) ultimate() []Ultimacy {
	out := []Ultimacy{}
	for _, s := range inPeriod(b, spells(b, func(s *domain.Spell, acts *[]uint64) (string, bool) {
		gb := s.Party(s.Governing(acts), acts).Key
		return gb, gb != "" && slices.Contains(b.hats, gb) && b.answers(s.View, gb, acts)
	})) {
		id, name, _ := b.called(s.value)
		out = append(out, Ultimacy{id, name, b.span(s.from, s.until, s.acts)})
	}
	return out
}
