package domain

import "fmt"

// The acts on the record: what correcting and annulling does to the acts they name.

// correct gives the act it names the content it says, from this sequence on.
func (s *State) correct(a *Act, d *ActCorrected, e *entry) error {
	target, ok := s.ids[d.Act]
	if !ok {
		return fmt.Errorf("it corrects %q, which is not recorded", d.Act)
	}
	e.target = target
	e.merged = s.merge(d, target)
	s.amended[target] = true
	return s.restate(target, e)
}

// annul takes the effect of the act it names, from this sequence on.
func (s *State) annul(d *ActAnnulled, e *entry) error {
	target, ok := s.ids[d.Act]
	if !ok {
		return fmt.Errorf("it annuls %q, which is not recorded", d.Act)
	}
	e.target = target
	return s.restate(target, e)
}

// remark adds a ratification or an attestation to the act it names, which stays as it is.
func (s *State) remark(id string) {
	if target, ok := s.ids[id]; ok {
		t := s.fold.entries[target-1]
		s.fold.changeEntry(t)
		t.records = append(t.records[:len(t.records):len(t.records)], s.fold.seq)
	}
}

// restate adds an act on the record to its target and gives whatever stands at the end of that line its content anew.
func (s *State) restate(target uint64, e *entry) error {
	f := s.fold
	t := f.entries[target-1]
	f.changeEntry(t)
	t.records = append(t.records[:len(t.records):len(t.records)], f.seq)
	for t.target != 0 {
		target = t.target
		t = f.entries[target-1]
	}
	content := s.contentOf(target, f.seq)
	if d, ok := t.data().(*PartyRenamed); ok {
		s.realias(t, d, content)
	}
	if t.act == nil {
		f.changeEntry(t)
		if t.content, t.gone = content, content == nil; content != nil && s.asRecorded(target, content) {
			t.content = nil
		}
		return nil
	}
	if changesNothing(t.act.Data) {
		f.changeEntry(t)
		t.content = content
		return nil
	}
	if content != t.content {
		f.place(target, content)
	}
	return nil
}

// realias makes the id that a renaming gave follow what became of the renaming.
func (s *State) realias(t *entry, d *PartyRenamed, content *Act) {
	f := s.fold
	set := func(id, of string) {
		if id != "" {
			s.realize(id, of)
		}
	}
	if t.content != nil {
		if was, ok := t.content.Data.(*PartyRenamed); ok {
			set(was.NewID, "")
		}
	}
	if content != nil {
		is := content.Data.(*PartyRenamed)
		set(is.NewID, f.canon(is.ID))
	}
}

// realize makes an id lead to a party, from this sequence on.
func (s *State) realize(id, of string) {
	s.fold.aliases[id] = append(s.fold.aliases[id], alias{of, s.fold.seq})
	m := &s.marks[len(s.marks)-1]
	m.aliases = append(m.aliases, id)
}

// merge gives what an act says once corrected: what the correction leaves out stays as it stands.
func (s *State) merge(d *ActCorrected, target uint64) *Act {
	n := *s.said(target)
	if stands := s.stands(target); stands != nil {
		n = *stands
	}
	n.Data = d.Content
	if !d.Effective.IsZero() {
		n.Effective = d.Effective
	}
	if d.By != "" {
		n.By = d.By
	}
	if d.Through != nil {
		n.Through = d.Through
	}
	if d.Resolution != nil {
		n.Resolution = d.Resolution
	}
	if !d.Rationale.IsZero() {
		n.Rationale = d.Rationale
	}
	if d.Evidence != nil {
		n.Evidence = d.Evidence
	}
	if d.Clauses != nil {
		n.Clauses = d.Clauses
	}
	return &n
}

// readCorrection reads the data of a correction as the type of the act it corrects asks for.
func (s *State) readCorrection(d *ActCorrected, target *Act, stored bool) (Data, *Refusal) {
	t := TypeOf(target.Type)
	content := t.data()
	if is, ok := target.Data.(*PartyRenamed); ok {
		content.(*PartyRenamed).person = is.person
	}
	if bad := decodeData(content, d.given, s.words, stored); bad != nil {
		return nil, bad.under("data.data")
	}
	whole := Act{Type: target.Type, Data: content, Effective: target.Effective}
	if !d.Effective.IsZero() {
		whole.Effective = d.Effective
	}
	if err := whole.settle(s.zone, !stored); err != nil {
		bad := err.(*Refusal)
		bad.Path = "data." + bad.Path
		return nil, bad
	}
	return content, nil
}

// dead tells whether an act is annulled, as known at a sequence: a live annulment names it.
func (s *State) dead(seq, known uint64) bool {
	for _, r := range s.fold.entries[seq-1].records {
		if r > known {
			break
		}
		if _, ok := s.fold.entries[r-1].act.Data.(*ActAnnulled); ok && !s.dead(r, known) {
			return true
		}
	}
	return false
}

// contentOf gives what an act says as known at a sequence: its newest live correction, else its own; nil where it is
// annulled.
func (s *State) contentOf(seq, known uint64) *Act {
	if s.dead(seq, known) {
		return nil
	}
	e := s.fold.entries[seq-1]
	for i := len(e.records) - 1; i >= 0; i-- {
		r := e.records[i]
		if r > known {
			continue
		}
		if c := s.fold.entries[r-1]; c.merged != nil && !s.dead(r, known) {
			return c.merged
		}
	}
	return s.said(seq)
}

// asRecorded tells whether what an act says is what it said when it was recorded, and no correction of it.
func (s *State) asRecorded(seq uint64, content *Act) bool {
	for _, r := range s.fold.entries[seq-1].records {
		if s.fold.entries[r-1].merged == content {
			return false
		}
	}
	return true
}
