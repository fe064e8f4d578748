package domain

import "fmt"

// resolved checks that a body with a quorum shows a resolution that had one and carried.
func (j *judge) resolved() *Refusal {
	w, a := j.w, j.act
	id := j.s.fold.canon(a.By)
	b := w.body(id)
	if TypeOf(a.Type).Fact() || b == nil || !b.alive || b.quorum == 0 {
		return nil
	}
	r := a.Resolution
	if r == nil {
		if reached, _ := w.r.get(key(cellReached, id)).(bool); w.sideOf(id) == "" && (!reached || w.vacant(id)) && j.structural() {
			return nil
		}
		return refuse(NoQuorum, "resolution", fmt.Sprintf("%s acts by resolution of at least %d members, and none is given", a.By, b.quorum),
			"Give the resolution: its date, its method, who was present and how they voted.")
	}
	v := j.voters(id, r)
	quorum := b.quorum
	if then := j.s.worldAt(Pos{At: r.Date.At, Seq: ^uint64(0)}).body(id); then != nil && then.alive {
		quorum = then.quorum
	}
	if n := v.count(r.Present) - v.count(r.Recused); n < quorum {
		return refuse(NoQuorum, "resolution", fmt.Sprintf("%d of %s were present and not recused; its quorum was %d", n, a.By, quorum),
			"Decide it again with a quorum present.")
	}
	if r.Method == "written" {
		for _, m := range v.all {
			if !contains(v.canon(r.Recused), m) && !contains(v.canon(r.For), m) {
				return refuse(NotCarried, "resolution.for", fmt.Sprintf("a written resolution needs every member who may vote, and %s is not for it", w.nameOf(m)), "")
			}
		}
		return nil
	}
	yes, no := len(v.canon(r.For)), len(v.canon(r.Against)) // whether each may vote is another question
	chair := j.s.fold.canon(r.Casting)
	casting := r.Casting != "" && v.chairs[chair] && contains(v.canon(r.For), chair)
	if yes < no || yes == no && !casting || yes == 0 {
		return refuse(NotCarried, "resolution", fmt.Sprintf("%d voted for it and %d against", yes, no), "What is not carried is not decided.")
	}
	return nil
}

// structural tells whether the act is about structure, or puts right an act that is.
func (j *judge) structural() bool {
	family := TypeOf(j.act.Type).Family
	named := ""
	switch d := j.act.Data.(type) {
	case *ActCorrected:
		named = d.Act
	case *ActAnnulled:
		named = d.Act
	default:
		return family == Structure
	}
	seq := j.s.ids[named]
	for seq != 0 && j.s.fold.entries[seq-1].target != 0 {
		seq = j.s.fold.entries[seq-1].target
	}
	return seq != 0 && j.s.fold.entries[seq-1].kind.Family == Structure
}

// voters are the members of a body that count and vote on the day of a resolution.
type voters struct {
	fold   *fold
	all    []string // those who always may, in office that day
	may    map[string]bool
	chairs map[string]bool
}

func (j *judge) voters(id string, r *Resolution) *voters {
	w := j.s.worldAt(Pos{At: r.Date.At, Seq: ^uint64(0)})
	v := &voters{fold: j.s.fold, may: map[string]bool{}, chairs: map[string]bool{}}
	present := v.canon(r.Present)
	seats := w.occupied(id)
	members := votersOf(seats, w.at)
	var stoodFor []string
	for _, s := range seats {
		switch {
		case s.as == "secretary" || s.as == "observer":
		case s.alternateFor != "":
			// One alternate stands in for a member who is absent.
			if contains(members, s.alternateFor) && !contains(present, s.alternateFor) && contains(present, s.party) && !contains(stoodFor, s.alternateFor) {
				v.may[s.party] = true
				stoodFor = append(stoodFor, s.alternateFor)
			}
		default:
			v.may[s.party] = true
			if !contains(v.all, s.party) {
				v.all = append(v.all, s.party)
			}
			if s.as == "chair" {
				v.chairs[s.party] = true
			}
		}
	}
	return v
}

// canon gives the parties named, each once, whatever ids they are named by.
func (v *voters) canon(ids []string) []string {
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if id = v.fold.canon(id); !contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func (v *voters) count(ids []string) int {
	n := 0
	for _, id := range v.canon(ids) {
		if v.may[id] {
			n++
		}
	}
	return n
}

// inOffice checks that who acts, votes or leaves a seat has it at that instant.
func (j *judge) inOffice() *Refusal {
	w, a, f := j.w, j.act, j.s.fold
	if TypeOf(a.Type).Fact() {
		return nil
	}
	by := f.canon(a.By)
	if w.vacant(by) && !(w.sideOf(by) == "" && j.structural()) {
		return refuse(NotInOffice, "by", fmt.Sprintf("%s is vacant on %s and cannot act", a.By, w.date()), "While it is vacant those above it act for it.")
	}
	for i, p := range a.Through {
		if !w.actsFor(f.canon(p), by) {
			return refuse(NotInOffice, fmt.Sprintf("through[%d]", i), fmt.Sprintf("%s is not in office for %s on %s", p, a.By, w.date()), "")
		}
	}
	if bad := j.votesInOffice(by); bad != nil {
		return bad
	}
	switch d := a.Data.(type) {
	case *RoleVacated:
		return j.sits(f.canon(d.Role), f.canon(d.Party), "")
	case *MemberDeparted:
		return j.sits(f.canon(d.Body), f.canon(d.Party), d.Capacity)
	default:
	}
	return nil
}

func (j *judge) votesInOffice(by string) *Refusal {
	r := j.act.Resolution
	if b := j.w.body(by); r == nil || b == nil || !b.alive {
		return nil
	}
	v := j.voters(by, r)
	for _, l := range []struct {
		name string
		who  []string
	}{{"for", r.For}, {"against", r.Against}, {"abstained", r.Abstained}, {"recused", r.Recused}} {
		for i, p := range l.who {
			if !v.may[j.s.fold.canon(p)] {
				return refuse(NotInOffice, fmt.Sprintf("resolution.%s[%d]", l.name, i), fmt.Sprintf("%s had no vote in %s on %s", p, j.act.By, j.s.fold.date(r.Date.At)), "")
			}
		}
	}
	if r.Casting != "" && !v.chairs[j.s.fold.canon(r.Casting)] {
		return refuse(NotInOffice, "resolution.casting", fmt.Sprintf("%s was not in the chair of %s on %s", r.Casting, j.act.By, j.s.fold.date(r.Date.At)), "")
	}
	return nil
}

func (j *judge) sits(id, p, as string) *Refusal {
	for _, s := range j.w.occupied(id) {
		if s.party == p && (as == "" || s.as == as) {
			return nil
		}
	}
	return refuse(NotInOffice, "data.party", fmt.Sprintf("%s does not sit in %s on %s", j.w.nameOf(p), j.w.nameOf(id), j.w.date()), "")
}

// actsFor tells whether a person may be named as having acted for a party: the party itself, an occupant, a member.
func (w *world) actsFor(person, by string) bool {
	if person == by {
		return true
	}
	var acts []uint64
	if contains(w.persons(nil, by, &acts), person) {
		return true
	}
	for _, s := range w.occupied(by) {
		if contains(w.persons(nil, s.party, &acts), person) {
			return true
		}
	}
	return false
}
