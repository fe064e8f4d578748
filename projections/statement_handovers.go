package projections

import (
	"slices"

	"buckstop/domain"
)

// stint is a time in a seat without a break, in whatever bases.
type stint struct {
	party       string
	from, until domain.Instant
	acts        []uint64
}

// stints gives the times without a break that parties had in a post, in their order; of a body, those of its chair.
func (p *postStory) stints() []stint {
	var out []stint
	for i := range p.offices { // in the order of their beginnings
		o := &p.offices[i]
		if p.kind != "role" && o.as != "chair" {
			continue
		}
		k := slices.IndexFunc(out, func(s stint) bool { return s.party == o.party && !s.until.Before(o.from) })
		if k < 0 {
			out = append(out, stint{o.party, o.from, o.until, slices.Clone(o.acts)})
			continue
		}
		if out[k].until.Before(o.until) {
			out[k].until = o.until
		}
		out[k].acts = append(out[k].acts, o.acts...)
	}
	return out
}

// handovers tells from whom the party took each role, and the chair of each body, and to whom it passed them on; of a role
// or body, each handover of it.
func (b *biography) handovers() []Handover {
	out := []Handover{}
	for _, hat := range b.hats {
		if hat == b.who.Key && b.who.Kind == "person" {
			continue
		}
		p := b.story(hat)
		if p.kind == "team" || p.kind == "organization" || p.kind == "system" {
			continue
		}
		all := p.stints()
		for _, s := range all {
			if (hat == b.who.Key || s.party == b.who.Key) && b.from.Before(s.until) {
				out = append(out, b.handover(p, all, s))
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Handover) int { return x.From.Compare(y.From.Instant) })
	return out
}

func (b *biography) handover(p *postStory, all []stint, of stint) Handover {
	id, name, _ := b.called(of.party)
	out := Handover{Post: p.id, PostName: p.name, Party: id, Name: name, Span: b.span(of.from, of.until, of.acts)}
	var before, after *stint
	for i := range all {
		s := &all[i]
		if s.from.Before(of.from) && !of.until.Before(s.until) && (before == nil || before.until.Before(s.until)) {
			before = s
		}
		if of.until != domain.Forever && of.from.Before(s.from) && of.until.Before(s.until) && (after == nil || s.from.Before(after.from)) {
			after = s
		}
	}
	out.Predecessor, out.Successor = b.neighbour(before), b.neighbour(after)
	if p.kind != "role" {
		return out
	}
	for _, v := range p.vacant {
		gap := b.span(v.from, v.until, v.acts)
		if v.until == of.from {
			out.VacantBefore = &gap
		}
		if v.from == of.until {
			out.VacantAfter = &gap
		}
	}
	return out
}

func (b *biography) neighbour(s *stint) *Neighbour {
	if s == nil {
		return nil
	}
	id, name, _ := b.called(s.party)
	return &Neighbour{id, name, b.span(s.from, s.until, s.acts)}
}

// covers tells who acted for whom in the posts that concern the party, and what the post held meanwhile.
func (b *biography) covers() []Cover {
	out := []Cover{}
	for _, hat := range b.hats {
		if hat == b.who.Key && b.who.Kind == "person" {
			continue
		}
		p := b.story(hat)
		for i := range p.offices {
			o := &p.offices[i]
			if o.covers != "" && (hat == b.who.Key || o.party == b.who.Key || o.covers == b.who.Key) && b.from.Before(o.until) {
				out = append(out, b.cover(p, hat, o))
			}
		}
	}
	slices.SortStableFunc(out, func(x, y Cover) int { return x.From.Compare(y.From.Instant) })
	return out
}

func (b *biography) cover(p *postStory, hat string, c *office) Cover {
	out := Cover{Post: p.id, PostName: p.name, Delegations: []string{}, Span: b.span(c.from, c.until, c.acts)}
	out.Absent, out.AbsentName, _ = b.called(c.covers)
	out.Actor, out.ActorName, _ = b.called(c.party)
	for _, t := range b.ties {
		if t.To != hat || slices.Contains(out.Delegations, t.Delegation) {
			continue
		}
		held := spells(b, func(s *domain.Spell, acts *[]uint64) (bool, bool) {
			h, ok := s.Hold(t.Delegation, acts)
			return true, ok && s.Party(h.To, acts).Key == hat
		})
		if slices.ContainsFunc(held, func(s spell[bool]) bool { return s.from.Before(c.until) && c.from.Before(s.until) }) {
			out.Delegations = append(out.Delegations, t.Delegation)
		}
	}
	return out
}
