package domain

import (
	"reflect"
	"slices"
	"strconv"
)

// traitsOf gives what can be otherwise about the value of a cell, each under a name, to be compared.
func traitsOf(value any) map[string]any {
	out := map[string]any{}
	switch d := value.(type) {
	case nil:
	case seats:
		for i := range d {
			s := d[i]
			s.sitter = nil
			out[strconv.FormatUint(s.seq, 10)] = s
		}
	case idSet:
		for _, id := range d {
			out[id] = true
		}
	case *scope:
		out["scope"] = [...]any{d.life, d.parent, d.attached}
	case *delegation:
		out = map[string]any{
			"": [...]any{d.granted, d.from, d.to, d.scope, d.needsAcceptance}, "powers": d.powers, "limits": d.limits,
			"responsibilities": d.responsibilities, "conditions": d.conditions, "under": d.under, "until": d.until,
			"reviewBy": d.reviewBy, "reportEvery": d.reportEvery, "ended": d.ended, "accepted": d.accepted, "subdelegation": [...]any{d.closed, d.maxDepth},
		}
		for _, s := range d.suspensions {
			out["suspended "+strconv.FormatUint(s.seq, 10)] = s.by
		}
	default:
		out["all"] = value
	}
	return out
}

// differing gives the names of the traits that two values do not share, sorted.
func differing(a, b map[string]any) []string {
	var out []string
	for name := range a {
		if !reflect.DeepEqual(a[name], b[name]) {
			out = append(out, name)
		}
	}
	for name := range b {
		if _, both := a[name]; !both {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// mix gives the value of a cell with one trait of another value. A delegation that the other side does not have has there the
// traits with which it was granted, so that what varied it can be told from what granted it.
func (c *comparison) mix(x *cell, value, other any, trait string) any {
	kind := value
	if kind == nil {
		kind = other
	}
	switch kind.(type) {
	case seats:
		of := func(s *seat) bool { return strconv.FormatUint(s.seq, 10) == trait }
		mine, _ := value.(seats)
		theirs, _ := other.(seats)
		return append(mine.without(func(s *seat) bool { return !of(s) }), theirs.without(of)...)
	case idSet:
		mine, _ := value.(idSet)
		if theirs, _ := other.(idSet); contains(theirs, trait) {
			return mine.with(trait)
		}
		return mine.without(trait)
	case *delegation:
		mine, _ := value.(*delegation)
		theirs, _ := other.(*delegation)
		switch {
		case trait == "":
			return other
		case mine == nil:
			return value
		case theirs == nil:
			if theirs = c.asGranted(x); theirs == nil {
				return value
			}
		}
		return mine.with(theirs, trait, c.r.v.fold)
	default:
		return other
	}
}

// asGranted gives a delegation as it was granted, as far as the replayed view knows.
func (c *comparison) asGranted(x *cell) *delegation {
	if again := c.r.fold.find(c.r.v.fold.keys[x]); again != nil && len(again.writes) > 0 {
		d, _ := again.writes[0].value.(*delegation)
		return d
	}
	return nil
}

// with gives a delegation with one trait of another.
func (d *delegation) with(other *delegation, trait string, f *fold) *delegation {
	n := *d
	switch trait {
	case "powers":
		n.powers = other.powers
	case "limits":
		n.limits = other.limits
	case "responsibilities":
		n.responsibilities = other.responsibilities
	case "conditions":
		n.conditions = other.conditions
	case "under":
		n.under, n.carrier = other.under, nil
		if n.under != "" {
			n.carrier = f.find(key(cellDelegation, n.under))
		}
	case "until":
		n.until = other.until
	case "reviewBy":
		n.reviewBy = other.reviewBy
	case "reportEvery":
		n.reportEvery = other.reportEvery
	case "ended":
		n.ended = other.ended
	case "accepted":
		n.accepted = other.accepted
	case "subdelegation":
		n.closed, n.maxDepth = other.closed, other.maxDepth
	default:
		n.suspensions = nil
		name := func(s suspension) string { return "suspended " + strconv.FormatUint(s.seq, 10) }
		for _, s := range d.suspensions {
			if name(s) != trait {
				n.suspensions = append(n.suspensions, s)
			}
		}
		for _, s := range other.suspensions {
			if name(s) == trait {
				n.suspensions = append(n.suspensions, s)
			}
		}
	}
	return &n
}
