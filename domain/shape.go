package domain

import (
	"fmt"
)

// shape checks what the codec cannot see in one field alone.
func (j *judge) shape() *Refusal {
	if r := j.act.Resolution; r != nil {
		if bad := r.shape(j.s.fold.canon); bad != nil {
			return bad.under("resolution")
		}
	}
	for i, e := range j.act.Evidence {
		if e.URI == "" && e.SHA256 == "" && e.Title.IsZero() {
			return refuse(Invalid, fmt.Sprintf("evidence[%d]", i), "the evidence says nothing", "")
		}
	}
	bad := shapeOf(j.act.Data)
	if bad != nil {
		return bad.under("data")
	}
	return nil
}

func (r *Resolution) shape(canon func(string) string) *Refusal {
	seen := map[string]string{}
	for _, l := range []struct {
		name string
		who  []string
	}{{"for", r.For}, {"against", r.Against}, {"abstained", r.Abstained}, {"recused", r.Recused}} {
		for i, p := range l.who {
			at := fmt.Sprintf("%s[%d]", l.name, i)
			if was, ok := seen[canon(p)]; ok {
				return refuse(Invalid, at, fmt.Sprintf("%s is named both %s and %s", p, was, l.name), "")
			}
			seen[canon(p)] = l.name
			if !contains(r.Present, p) {
				return refuse(Invalid, at, p+" is not among those present", "")
			}
		}
	}
	for i, p := range r.Present {
		if index(r.Present, p) < i {
			return refuse(Invalid, fmt.Sprintf("present[%d]", i), p+" is named twice", "")
		}
	}
	return nil
}

func shapeOf(d Data) *Refusal {
	switch d := d.(type) {
	case *PartyRegistered:
		if d.Kind == "system" && d.Answerable == "" {
			return refuse(Invalid, "answerable", "the field is missing", "A system needs the person or role that answers for it.")
		}
		if d.Kind == "person" && d.Answerable != "" {
			return refuse(Invalid, "answerable", "a person answers for themselves", "")
		}
	case *PartyRenamed:
		if d.Name.IsZero() && d.NewID == "" {
			return refuse(Invalid, "", "neither a name nor a newId is given", "")
		}
	case *BodyChanged:
		if d.Name.IsZero() && !d.Quorum.Set {
			return refuse(Invalid, "", "neither a name nor a quorum is given", "")
		}
	case *DelegationGranted:
		if d.Powers != nil && len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "Leave powers out to pass on all of the delegation it stands on.")
		}
		return shapeOfLimits(d.Limits)
	case *DelegationVaried:
		if d.Powers != nil && len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "Give null to pass on all of the delegation it stands on.")
		}
		return shapeOfLimits(d.Limits)
	case *MatterReserved:
		if len(d.Powers) == 0 {
			return refuse(Invalid, "powers", "the list is empty", "")
		}
	case *AppetiteSet:
		for i, m := range d.Measures {
			c := m.Amber.Value.Cmp(m.Red.Value)
			if m.LowerIsWorse.On {
				c = -c
			}
			if c > 0 {
				return refuse(Invalid, fmt.Sprintf("measures[%d].red", i), "red is reached before amber", "")
			}
		}
	default:
	}
	return nil
}

func shapeOfLimits(ls []Limit) *Refusal {
	for i := range ls {
		if limitOf(ls[:i], &ls[i]) != nil {
			return refuse(Invalid, fmt.Sprintf("limits[%d]", i), "the same dimension, unit and period are limited twice", "")
		}
	}
	return nil
}
