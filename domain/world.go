package domain

// deepest bounds every walk along chains and up the scopes, so that no history whatever makes a question endless.
const deepest = 4096

// within tells whether the world's instant is before the end of something.
func (w *world) within(until Instant) bool {
	if w.note != nil {
		w.note.compared(until)
	}
	return w.at.Before(until)
}

// reader gives what a cell holds, at the instant and as known by whoever asks; nil for nothing.
type reader interface {
	get(cellKey) any
	of(*cell) any // the same, for a cell at hand
	// drawn gives what was drawn on a delegation from one place to another, both included, but for what an act drew itself.
	drawn(on tallyKey, from, to Pos, but uint64) sum
}

// world is the ledger's state at one instant, as known at one sequence: the answers of DOMAIN, section 4, from the cells
// of a reader.
type world struct {
	r    reader
	at   Instant
	fold *fold
	memo *memo    // nil where the cells may change between questions, and where what is read is noted
	note *tracker // nil where nothing asks what the answer depends on
}

// memo remembers, for the span of one question, what it has worked out.
type memo struct {
	scopes   []scopeMemo
	chains   []chainMemo
	at       string // the scope that reserved is of
	reserved []string
	acts     []uint64
}

type scopeMemo struct {
	id string
	s  *scope
}

type chainMemo struct {
	d     *delegation
	chain []*delegation
}

func (w *world) governing() *governing {
	g, _ := w.r.get(key(cellGoverning, "")).(*governing)
	if g == nil {
		return &governing{}
	}
	return g
}

// date gives the world's instant as people write it: as a day where it is the first instant of one.
func (w *world) date() string { return w.fold.date(w.at) }

func (f *fold) date(at Instant) string {
	if at == Beginning || at == Forever {
		return at.String()
	}
	t := at.Time().In(f.zone)
	switch y, m, d := t.Date(); {
	case InstantOf(FirstOfDay(y, m, d, f.zone)) == at:
		return t.Format("2 January 2006")
	case t.Second() == 0:
		return t.Format("2 January 2006, 15:04 MST")
	default:
		return t.Format("2 January 2006, 15:04:05 MST")
	}
}

// sideOf gives "" for the governing body, so that what one did is its successor's, and the party's id for any other.
func (w *world) sideOf(id string) string {
	if id == w.governing().body {
		return ""
	}
	return id
}

func (w *world) party(id string) *party {
	p, _ := w.r.get(key(cellParty, id)).(*party)
	return p
}

func (w *world) presence(id string) *presence {
	p, _ := w.r.get(key(cellPresence, id)).(*presence)
	return p
}

func (w *world) away(id string) bool {
	p := w.presence(id)
	return p != nil && p.away
}

func (w *world) role(id string) *role {
	r, _ := w.r.get(key(cellRole, id)).(*role)
	return r
}

func (w *world) body(id string) *body {
	b, _ := w.r.get(key(cellBody, id)).(*body)
	return b
}

func (w *world) seats(id string) seats {
	s, _ := w.r.get(key(cellSeats, id)).(seats)
	return s
}

func (w *world) seated(id string) idSet {
	s, _ := w.r.get(key(cellSeated, id)).(idSet)
	return s
}

func (w *world) scope(id string) *scope {
	if w.memo != nil {
		for i := range w.memo.scopes {
			if w.memo.scopes[i].id == id {
				return w.memo.scopes[i].s
			}
		}
	}
	s, _ := w.r.get(key(cellScope, id)).(*scope)
	if w.memo != nil && len(w.memo.scopes) < cap(w.memo.scopes) {
		w.memo.scopes = append(w.memo.scopes, scopeMemo{id, s})
	}
	return s
}

func (w *world) scopeName(id string) *scopeName {
	s, _ := w.r.get(key(cellScopeName, id)).(*scopeName)
	return s
}

func (w *world) delegation(id string) *delegation {
	d, _ := w.r.get(key(cellDelegation, id)).(*delegation)
	return d
}

func (w *world) over(scope string) idSet {
	s, _ := w.r.get(key(cellOver, scope)).(idSet)
	return s
}

func (w *world) held(party string) idSet {
	s, _ := w.r.get(key(cellHeld, party)).(idSet)
	return s
}

// setAt gives the directions, policies, appetites, criteria or matters that are set at exactly a scope.
func (w *world) setAt(s space, scope string) idSet {
	ids, _ := w.r.get(cellKey{cellSet, s, scope}).(idSet)
	return ids
}

func (w *world) parameter(s space, id string) *parameter {
	p, _ := w.r.get(cellKey{cellParameter, s, id}).(*parameter)
	return p
}

func (w *world) recorder(id string) *recorder {
	r, _ := w.r.get(key(cellRecorder, id)).(*recorder)
	return r
}

func (w *world) powers() idSet {
	s, _ := w.r.get(key(cellPowers, "")).(idSet)
	return s
}

func (w *world) thing(s space, id string) *thing {
	t, _ := w.r.get(cellKey{cellThing, s, id}).(*thing)
	return t
}

// known tells whether an id of the parties' space is one the ledger knows: a registered party, present or not, or a role
// or body that exists.
func (w *world) known(id string) bool {
	return w.post(id) || w.party(id) != nil
}

// post tells whether an id is a role or body that exists.
func (w *world) post(id string) bool {
	if r := w.role(id); r != nil {
		return r.alive
	}
	b := w.body(id)
	return b != nil && b.alive
}

// exists tells whether a party can be given something: it is known, and no person who left.
func (w *world) exists(id string) bool { return w.post(id) || w.party(id) != nil && !w.away(id) }

func (w *world) scopeOr(id string) string {
	if id == "" {
		return w.fold.root
	}
	return id
}

// scopeAlive tells whether a scope exists: it was defined and not retired since, and neither was any above it since it
// came under that one.
func (w *world) scopeAlive(id string) bool {
	return w.scopeAliveSince(id, Pos{At: Forever})
}

// scopeAliveSince tells whether a scope exists and did so without a break since a place.
func (w *world) scopeAliveSince(id string, since Pos) bool { return w.aliveSince(w.scope(id), since) }

func (w *world) aliveSince(s *scope, since Pos) bool {
	for range deepest {
		if s == nil || !s.alive || since.Before(s.since) {
			return false
		}
		if s.parent == "" {
			return true
		}
		since = s.attached
		s = w.scopeIn(s.above)
	}
	return false
}

func (w *world) scopeIn(c *cell) *scope {
	s, _ := w.r.of(c).(*scope)
	return s
}

func (w *world) delegationIn(c *cell) *delegation {
	d, _ := w.r.of(c).(*delegation)
	return d
}

// covers tells whether a scope is another or above it.
func (w *world) covers(above, id string) bool {
	var s *scope
	for range deepest {
		if id == above {
			return true
		}
		if s == nil {
			s = w.scope(id)
		} else {
			s = w.scopeIn(s.above)
		}
		if s == nil || s.parent == "" {
			return false
		}
		id = s.parent
	}
	return false
}

// nameOf gives the id that a party, role or body bears.
func (w *world) nameOf(id string) string {
	if r := w.role(id); r != nil {
		return r.id
	}
	if p := w.party(id); p != nil {
		return p.id
	}
	if b := w.body(id); b != nil {
		return b.id
	}
	return id
}

// occupied gives the seats of a role or body that are held now.
func (w *world) occupied(id string) seats {
	all := w.seats(id)
	over := false
	for i := range all {
		over = !w.within(all[i].until) || over
	}
	if over {
		return all.without(func(s *seat) bool { return w.at.Before(s.until) })
	}
	return all
}

// vacant tells whether a role or body has nobody who could act for it.
func (w *world) vacant(id string) bool {
	if r := w.role(id); r != nil && r.alive {
		return len(w.occupied(id)) == 0
	}
	if b := w.body(id); b != nil && b.alive {
		return len(votersOf(w.occupied(id), w.at)) == 0
	}
	return false
}

// votersOf gives the parties that are members of a body with a vote: each once, and neither its secretary nor its
// observers nor those who only stand in for another.
func votersOf(all seats, at Instant) []string {
	var out []string
	for i := range all {
		if s := &all[i]; at.Before(s.until) && s.as != "secretary" && s.as != "observer" && s.alternateFor == "" && !contains(out, s.party) {
			out = append(out, s.party)
		}
	}
	return out
}

// persons adds the natural persons who answer where id does: a person; the occupants of a role, where someone covers an
// absent one the actor alone; the voting members of a body; the answerable of a team, organization or system.
func (w *world) persons(out []string, id string, acts *[]uint64) []string {
	return w.personsWithin(out, id, acts, 0)
}

func (w *world) personsWithin(out []string, id string, acts *[]uint64, depth int) []string {
	if depth > 16 {
		return out
	}
	r := w.role(id)
	if r != nil {
		return w.personsIn(out, w.occupied(id), false, acts, depth)
	}
	if p := w.party(id); p != nil {
		if p.kind == "person" {
			if !w.away(id) && !contains(out, id) {
				*acts = append(*acts, p.seq)
				out = append(out, id)
			}
			return out
		}
		*acts = append(*acts, p.seq)
		if p.answerable == "" {
			return out
		}
		return w.personsWithin(out, p.answerable, acts, depth+1)
	}
	return w.personsIn(out, w.occupied(id), true, acts, depth)
}

// personsIn adds the persons who answer by their seats.
func (w *world) personsIn(out []string, all seats, isBody bool, acts *[]uint64, depth int) []string {
	for i := range all {
		s := &all[i]
		if isBody && (s.as == "secretary" || s.as == "observer" || s.alternateFor != "") || !isBody && covered(all, s) {
			continue
		}
		*acts = append(*acts, s.seq)
		out = w.personsWithin(out, s.party, acts, depth+1)
	}
	return out
}

// covered tells whether someone covers the occupant of a seat; two who cover each other both answer.
func covered(all seats, s *seat) bool {
	for i := range all {
		if c := &all[i]; c.covers == s.party && c.party != s.party && s.covers != c.party {
			return true
		}
	}
	return false
}
