package domain

// said gives what an act said as it was recorded.
func (s *State) said(seq uint64) *Act {
	e := s.fold.entries[seq-1]
	if e.act != nil {
		return e.act
	}
	a, bad := decodeAct(e.fact, nil, true)
	if bad != nil {
		panic("domain: act " + e.id + " was read once and cannot be read again: " + bad.Error())
	}
	a.ID = e.id
	a.markDates(e.dates)
	if err := a.settle(s.zone, false); err != nil {
		panic("domain: act " + e.id + " was read once and cannot be read again: " + err.Error())
	}
	return a
}

// stands gives what an act says as it stands, as newest known, and nil where it is annulled.
func (s *State) stands(seq uint64) *Act {
	e := s.fold.entries[seq-1]
	if e.content != nil || e.fact == nil || e.gone {
		return e.content
	}
	return s.said(seq)
}

// data gives what an act said, but nil for a fact kept as JSON: of that nothing begins, ends or changes.
func (e *entry) data() Data {
	if e.act == nil {
		return nil
	}
	return e.act.Data
}

// loose tells whether of acts of a type the JSON is kept alone.
func (t *ActType) loose() bool { return looseTypes[t.Name] }

var looseTypes = func() map[string]bool {
	m := map[string]bool{}
	for i := range registry {
		d := registry[i].data()
		if _, erases := d.(*PersonErased); changesNothing(d) && registry[i].Family != Record && !erases {
			m[registry[i].Name] = true
		}
	}
	return m
}()
