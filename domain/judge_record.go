package domain

import "fmt"

// envelope judges the act on the record itself, apart from what it does to the act it names: who records it, whether its
// parties exist, and the resolution of a body that does it.
func (j *judge) envelope() *Refusal {
	for _, step := range restating {
		if bad := step(j); bad != nil {
			return bad
		}
	}
	return nil
}

// mayRestate: an act is corrected or annulled by who did it, by a delegator above them, or by the governing body.
func (j *judge) mayRestate() *Refusal {
	w, by := j.w, j.s.fold.canon(j.act.By)
	if w.sideOf(by) == "" {
		return nil
	}
	original := j.s.stands(j.named())
	if original == nil {
		original = j.s.said(j.named())
	}
	did := j.s.fold.canon(original.By)
	if w.away(by) {
		return refuse(NotEntitled, "by", fmt.Sprintf("%s has left by %s", j.act.By, w.date()), "Have a delegator above them or the governing body do it.")
	}
	if by == did {
		return nil
	}
	for _, id := range w.held(did) {
		if contains(w.sidesAbove(w.delegation(id)), by) {
			return nil
		}
	}
	return refuse(NotEntitled, "by", fmt.Sprintf("%s is an act of %s; neither they nor a delegator above them is %s", original.ID, w.nameOf(did), j.act.By), "")
}

// speaksFor checks that who corrects an act may say that it was another's: that it is they, a delegator above the other, or
// the governing body, and that the principal records for the other too.
func (j *judge) speaksFor(whom string) *Refusal {
	w, by, other := j.w, j.s.fold.canon(j.act.By), j.s.fold.canon(whom)
	above := w.sideOf(by) == "" || by == other
	for _, id := range w.held(other) {
		above = above || w.sideOf(other) != "" && contains(w.sidesAbove(w.delegation(id)), by)
	}
	if !above {
		return refuse(NotEntitled, "data.by", fmt.Sprintf("%s does not say of an act that it was done by %s", j.act.By, whom), "Have them, a delegator above them or the governing body correct it.")
	}
	return j.recordsFor(whom)
}

// named gives the sequence of the act that an act on the record names.
func (j *judge) named() uint64 {
	switch d := j.act.Data.(type) {
	case *ActCorrected:
		return j.s.ids[d.Act]
	case *ActAnnulled:
		return j.s.ids[d.Act]
	default:
		return 0
	}
}

// correction judges a correction: its envelope, and what it says at the corrected act's place, knowing all recorded
// since, but not what the act said before.
func (j *judge) correction(d *ActCorrected) *Refusal {
	s, f := j.s, j.s.fold
	seq := s.ids[d.Act]
	said := s.said(seq)
	switch {
	case seq == 1:
		return refuse(Invalid, "data.act", "the act that opened the ledger cannot be corrected", "")
	case TypeOf(said.Type).Family == Record:
		return refuse(Invalid, "data.act", fmt.Sprintf("%s is an act on the record; only the original is corrected", d.Act), "Name the original act, or annul this one.")
	case s.dead(seq, f.seq):
		return refuse(Invalid, "data.act", d.Act+" is annulled and cannot be corrected", "Record what is right as a new act.")
	case madeID(d.Content) != madeID(said.Data):
		return refuse(Invalid, "data.data.id", fmt.Sprintf("the id %q is corrected to %q; an id never changes", madeID(said.Data), madeID(d.Content)),
			"Annul the act and record a new one.")
	}
	if bad := j.envelope(); bad != nil {
		return bad
	}
	merged := s.merge(d, seq)
	if !merged.untilAfter() {
		return refuse(Invalid, "data.data.until", "the term ends at or before it begins", "")
	}
	if stood := s.stands(seq); f.canon(merged.By) != f.canon(stood.By) {
		if bad := j.speaksFor(merged.By); bad != nil {
			return bad
		}
	}
	j.lifeless = s.namesWithLife(seq)
	from := len(f.journal)
	f.seq = s.next()
	f.place(seq, nil)
	c := &judge{s: s, act: merged, principal: j.principal, now: j.now, target: seq, w: s.worldAt(Pos{At: merged.Effective.At, Seq: seq})}
	bad := c.shape()
	if bad == nil {
		bad = c.content()
	}
	f.rollback(from)
	f.seq = s.next() - 1
	if bad != nil {
		if bad.Path != "" {
			bad.Path = "data." + bad.Path
		}
		return bad
	}
	return nil
}

func (a *Act) untilAfter() bool {
	ok := true
	a.eachField(func(_ *walker, fd *field) error {
		if fd.kind == isWhen && fd.name == "until" && !fd.when().IsZero() {
			ok = ok && a.Effective.At.Before(fd.when().At)
		}
		return nil
	})
	return ok
}

// madeID gives data.id, of what an act makes or speaks about.
func madeID(d Data) string {
	var f form
	d.declare(&f)
	for i := range f.fields {
		if fd := &f.fields[i]; fd.name == "id" && fd.str() != nil {
			return *fd.str()
		}
	}
	return ""
}

// annulment judges an annulment.
func (j *judge) annulment(d *ActAnnulled) *Refusal {
	s := j.s
	seq, ok := s.ids[d.Act]
	switch {
	case !ok:
		return refuse(UnknownAct, "data.act", fmt.Sprintf("no act %q is recorded", d.Act), "")
	case seq == 1:
		return refuse(Invalid, "data.act", "the act that opened the ledger cannot be annulled", "")
	case s.dead(seq, s.fold.seq):
		return refuse(Invalid, "data.act", d.Act+" is annulled already", "")
	}
	if bad := j.envelope(); bad != nil {
		return bad
	}
	original := seq
	for s.fold.entries[original-1].target != 0 {
		original = s.fold.entries[original-1].target
	}
	j.lifeless = s.namesWithLife(original)
	return nil
}

// consequences looks, once an act is in the fold, at what it did to the acts around it. Recorded late, a beginning or end
// must alternate with those after it, and a scope must at no later instant come to lie under itself; and no correction or
// annulment may take a party, role, body or scope from under a live act that names it.
func (j *judge) consequences() *Refusal {
	f := j.s.fold
	onRecord := TypeOf(j.act.Type).Family == Record
	self := f.seq
	if onRecord {
		if self = j.named(); self == 0 {
			return nil
		}
		for f.entries[self-1].target != 0 {
			self = f.entries[self-1].target
		}
	}
	about := j.s.begunOrEnded(f.entries[self-1].data())
	lost := map[*entry]bool{}
	for i := j.s.marks[len(j.s.marks)-1].journal; i < len(f.journal); i++ {
		ch := &f.journal[i]
		if ch.what != entryChanged || lost[ch.entry] || ch.entry == f.entries[self-1] {
			continue
		}
		e := ch.entry
		lost[e] = true
		if e.content == nil || len(ch.before.writes) == 0 || len(e.writes) > 0 {
			continue
		}
		if d, ok := e.content.Data.(*ScopeMoved); ok && j.s.worldAt(e.pos).underItself(d) {
			return named(Cycle, "a scope would come to lie under itself", e.id)
		}
		if about.id != "" && j.s.begunOrEnded(e.content.Data) == about {
			return named(AlreadyExists, fmt.Sprintf("the beginnings and ends of %q would no longer alternate", about.id), e.id)
		}
	}
	if bad := j.bodiesUnderThemselves(f.entries[self-1]); bad != nil {
		return bad
	}
	if onRecord {
		return j.stillNamed()
	}
	return nil
}

// underItself tells whether a scope would be moved to where it lies under itself.
func (w *world) underItself(d *ScopeMoved) bool {
	return w.scopeAlive(d.ID) && w.covers(d.ID, w.scopeOr(d.Parent))
}

// bodiesUnderThemselves refuses what would put a body under itself at a later instant.
func (j *judge) bodiesUnderThemselves(e *entry) *Refusal {
	if _, ok := e.data().(*BodyConstituted); !ok {
		return nil
	}
	for _, n := range j.s.fold.entries {
		if n.content == nil {
			continue
		}
		d, ok := n.content.Data.(*BodyConstituted)
		if !ok || len(n.writes) == 0 {
			continue
		}
		w := j.s.worldAt(Pos{n.pos.At, n.pos.Seq + 1})
		id := d.Parent
		for depth := 0; id != "" && depth < deepest; depth++ {
			if id = j.s.fold.canon(id); id == d.ID {
				return named(Cycle, d.ID+" would come to lie under itself", n.id)
			}
			b := w.body(id)
			if b == nil {
				break
			}
			id = b.parent
		}
	}
	return nil
}

// begunOrEnded gives what an act begins or ends, and nothing for one that does neither.
func (s *State) begunOrEnded(d Data) thingKey {
	switch d.(type) {
	case *ScopeMoved, *PartyRenamed:
		return thingKey{}
	default:
		k := lifeOf(d)
		if k.space == spaceParty {
			k.id = s.fold.canon(k.id)
		}
		return k
	}
}

func named(code Code, message, id string) *Refusal {
	return &Refusal{Code: code, Message: message + ": see act " + id, Acts: []string{id}}
}

// lifeOf gives what an act begins, ends, moves or gives an id.
func lifeOf(d Data) thingKey {
	switch d := d.(type) {
	case *ScopeDefined:
		return thingKey{spaceScope, d.ID}
	case *ScopeMoved:
		return thingKey{spaceScope, d.ID}
	case *ScopeRetired:
		return thingKey{spaceScope, d.ID}
	case *RoleEstablished:
		return thingKey{spaceParty, d.ID}
	case *RoleAbolished:
		return thingKey{spaceParty, d.ID}
	case *BodyConstituted:
		return thingKey{spaceParty, d.ID}
	case *BodyDissolved:
		return thingKey{spaceParty, d.ID}
	case *GoverningBodySucceeded:
		return thingKey{spaceParty, d.ID}
	case *PartyRegistered:
		return thingKey{spaceParty, d.ID}
	case *PartyRenamed:
		return thingKey{spaceParty, d.ID}
	case *PersonLeft:
		return thingKey{spaceParty, d.Person}
	case *PersonReturned:
		return thingKey{spaceParty, d.Person}
	default:
		return thingKey{}
	}
}

// namesWithLife gives the live acts that name what an act begins or ends, or what lies below it, and find it there.
func (s *State) namesWithLife(seq uint64) []uint64 {
	k := lifeOf(s.fold.entries[seq-1].data())
	if k.id == "" {
		return nil
	}
	var out []uint64
	for _, n := range s.namesBelow(k, map[thingKey]bool{}) {
		if n != seq && s.findsAll(n) {
			out = append(out, n)
		}
	}
	return out
}

// namesBelow gives the acts that name a thing, and for a scope those that name what was ever put under it.
func (s *State) namesBelow(k thingKey, seen map[thingKey]bool) []uint64 {
	if seen[k] {
		return nil
	}
	seen[k] = true
	kk := k
	if k.space == spaceParty {
		kk.id = s.fold.canon(k.id)
	}
	out := append([]uint64(nil), s.namedBy(kk)...)
	for _, n := range s.namedBy(kk) {
		if d := s.fold.entries[n-1].data(); k.space == spaceScope {
			switch d := d.(type) {
			case *ScopeDefined:
				out = append(out, s.namesBelow(thingKey{spaceScope, d.ID}, seen)...)
			case *ScopeMoved:
				out = append(out, s.namesBelow(thingKey{spaceScope, d.ID}, seen)...)
			default:
			}
		}
	}
	return out
}

// findsAll tells whether a live act finds every party, role, body and scope it names at its place.
func (s *State) findsAll(seq uint64) bool {
	content := s.stands(seq)
	if content == nil {
		return false
	}
	w := s.worldAt(Pos{foldAt(content), seq})
	err := content.eachField(func(_ *walker, fd *field) error {
		ids := []string(nil)
		switch {
		case fd.kind == isID && fd.names:
			ids = []string{*fd.str()}
		case fd.kind == isIDs && fd.names:
			ids = *fd.strs()
		}
		for _, id := range ids {
			if fd.space == spaceParty && !w.known(s.fold.canon(id)) || fd.space == spaceScope && !w.finds(content.Data, id) {
				return refuse(UnknownID, "", id, "")
			}
		}
		return nil
	})
	return err == nil
}

// stillNamed refuses a correction or annulment after which an act no longer finds what it names.
func (j *judge) stillNamed() *Refusal {
	var ids []string
	for _, n := range j.lifeless {
		if e := j.s.fold.entries[n-1]; j.s.stands(n) != nil && !j.s.findsAll(n) && !contains(ids, e.id) {
			ids = append(ids, e.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	shown := ids
	if len(shown) > 10 {
		shown = append(append([]string(nil), ids[:10]...), fmt.Sprintf("%d more", len(ids)-10))
	}
	code := UnknownParty
	if lifeOf(j.s.fold.entries[j.original()-1].data()).space == spaceScope {
		code = UnknownScope
	}
	return &Refusal{Code: code, Path: "data.act", Acts: ids, Message: "acts that still stand name what would no longer exist: " + listed(shown, "and"),
		Cure: "Annul or correct them first."}
}

// original gives the sequence of the act at the end of the line of those that name one another.
func (j *judge) original() uint64 {
	seq := j.named()
	for j.s.fold.entries[seq-1].target != 0 {
		seq = j.s.fold.entries[seq-1].target
	}
	return seq
}
