package domain

import "slices"

// parametersOver gives the directions, policies, appetites, criteria or matters set at a scope and above it: the nearest
// scope's first, and those of one scope by their ids.
func (w *world) parametersOver(s space, scope string) []*parameter {
	var out []*parameter
	for range deepest {
		for _, id := range w.setAt(s, scope) {
			if p := w.parameter(s, id); p != nil && p.alive {
				out = append(out, p)
			}
		}
		above := w.scope(scope)
		if above == nil || above.parent == "" {
			break
		}
		scope = above.parent
	}
	return out
}

// appetitesOver gives the appetites in force over a scope, one a category: the nearest scope's, and of two set at one scope
// the latest by its place in the fold.
func (w *world) appetitesOver(scope string) []*parameter {
	var out []*parameter
	for _, p := range w.parametersOver(spaceAppetite, scope) {
		category := p.data.(*AppetiteSet).Category
		i := slices.IndexFunc(out, func(o *parameter) bool { return o.data.(*AppetiteSet).Category == category })
		switch {
		case i < 0:
			out = append(out, p)
		case out[i].scope == p.scope && out[i].pos.Before(p.pos):
			out = append(slices.Delete(out, i, i+1), p) // those of one scope stay in the order of their ids
		}
	}
	return out
}

// InForce is a parameter in force: what the act that set it says, as it stands, and since when it holds.
type InForce[D any] struct {
	Data  D
	Scope string  // that it was set at
	By    string  // the id borne by who set it; where the governing body did, of the one governing now
	Since Instant // the effective instant of the act that set it
	Act   uint64
}

// Parameters are what the governing body, and for policies management too, has set for a scope: of each kind the nearest
// scope's first, and those of one scope by their ids.
type Parameters struct {
	Purpose    *InForce[PurposeDefined] // of the whole organization; nil where none is defined
	Directions []InForce[DirectionSet]
	Policies   []InForce[PolicyAdopted]
	Appetites  []InForce[AppetiteSet] // one a category
	Criteria   []InForce[CriteriaSet]
	Matters    []InForce[MatterReserved]
}

// Parameters gives the parameters in force for a scope that exists.
func (v *View) Parameters(scope string, acts *[]uint64) Parameters {
	for at := scope; at != ""; {
		at = v.Parent(at, acts)
	}
	out := Parameters{
		Directions: inForce(v, v.parametersOver(spaceDirection, scope), acts, func(d *DirectionSet) {
			d.Statement, d.Value = v.text(d.Statement), v.text(d.Value)
		}),
		Policies:  inForce(v, v.parametersOver(spacePolicy, scope), acts, func(d *PolicyAdopted) { d.Title = v.text(d.Title) }),
		Appetites: inForce(v, v.appetitesOver(scope), acts, func(d *AppetiteSet) { d.Statement = v.text(d.Statement) }),
		Criteria: inForce(v, v.parametersOver(spaceCriteria, scope), acts, func(d *CriteriaSet) {
			d.Statement = v.text(d.Statement)
		}),
		Matters: inForce(v, v.parametersOver(spaceMatter, scope), acts, func(d *MatterReserved) { d.Name = v.text(d.Name) }),
	}
	if p := v.parameter(none, "purpose"); p != nil {
		out.Purpose = &inForce(v, []*parameter{p}, acts, func(d *PurposeDefined) { d.Statement = v.text(d.Statement) })[0]
	}
	return out
}

// inForce gives copies of parameters, whose texts reveal may change.
func inForce[D any](v *View, set []*parameter, acts *[]uint64, reveal func(*D)) []InForce[D] {
	out := make([]InForce[D], len(set))
	for i, p := range set {
		by := p.by
		if by == "" {
			by = v.governing().body
		}
		out[i] = InForce[D]{Data: *any(p.data).(*D), Scope: p.scope, By: v.nameOf(by), Since: p.pos.At, Act: p.pos.Seq}
		reveal(&out[i].Data)
		*acts = append(*acts, p.pos.Seq)
	}
	return out
}
