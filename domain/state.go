package domain

import (
	"fmt"
	"slices"
	"sort"
	"time"
)

// State is what one ledger's acts amount to. It is derived from them alone: loading the same stored acts gives the same
// state. It answers questions at any effective instant as known at any sequence ([State.View]), and judges new acts
// ([State.Decide]).
//
// One goroutine may change a State (Load, Decide, Commit, Rollback) while none reads it; any number may read it at once.
type State struct {
	Duties    []Duty // what a governing body owes, for DUTY_UNMET; given before the first question
	ledger    string
	zones     func(name string) (*time.Location, error)
	zone      *time.Location
	fold      *fold
	words     *interner
	ids       map[string]uint64 // of acts
	amended   map[uint64]bool   // the acts that corrections name
	actIDs    []string          // by sequence: a question that rests on many acts names them all
	things    [spaces]map[string]*thingIndex
	factIndex factIndex
	rulings   *rulings
	recorded  []time.Time // of each act
	leaves    [][32]byte  // of the acts not committed yet, and the last that is
	committed uint64
	marks     []mark  // of the acts not committed yet
	entries   []entry // room for entries to come
	room      []byte  // and for facts
}

// mark is what it takes to take one act back.
type mark struct {
	journal int
	id      string
	made    []*thingIndex
	named   []*thingIndex
	aliases []string
}

// NewState gives the state of a ledger before its first act. zones finds a time zone by its IANA name, as
// [time.LoadLocation] does.
func NewState(ledger string, zones func(string) (*time.Location, error)) *State {
	s := &State{
		ledger: ledger, zones: zones, zone: time.UTC,
		fold: newFold(), words: &interner{map[string]string{}},
		ids: map[string]uint64{}, amended: map[uint64]bool{},
	}
	s.rulings = newRulings(s)
	return s
}

// Ledger is the ledger's id.
func (s *State) Ledger() string { return s.ledger }

// Zone is the ledger's time zone; UTC before it is opened.
func (s *State) Zone() *time.Location { return s.zone }

// Last is the sequence of the newest act that is committed; 0 before the first.
func (s *State) Last() uint64 { return s.committed }

// Root is the id of the scope that holds all others; empty before the ledger is opened.
func (s *State) Root() string { return s.fold.root }

// next is the sequence of the act that would be recorded now.
func (s *State) next() uint64 { return uint64(len(s.fold.entries)) + 1 }

// Load takes in a stored act, in order, without judging it: it was judged when it was recorded. It refuses bytes that
// are no stored act of this ledger or do not follow the act before; a state that refused to load an act is of no more use.
func (s *State) Load(stored []byte) error {
	in, err := Read(stored, LeafHash(stored), nil)
	if err != nil {
		return err
	}
	return s.Add(&in)
}

// Stored is an act read from its stored form, ready to be loaded. Reading is the half of loading that needs no state, so
// that it can be done beside it.
type Stored struct {
	envelope Envelope
	kind     *ActType
	leaf     [32]byte
	act      *Act
	fact     []byte     // of a fact: its JSON, in what was read
	makes    []thingKey // of a fact: what it makes
}

// Read reads a stored act whose leaf hash is at hand. before is the one read before it, or nil; it is only looked at.
func Read(stored []byte, leaf [32]byte, before *Stored) (Stored, error) {
	last := &Envelope{}
	if before != nil {
		last = &before.envelope
	}
	e, err := readEnvelope(stored, last)
	if err != nil {
		return Stored{}, err
	}
	out := Stored{envelope: e, kind: TypeOf(e.Type), leaf: leaf}
	switch {
	case out.kind == nil:
		return out, fmt.Errorf("the stored act %d is a %q, which this version does not know", e.Seq, e.Type)
	case out.kind.loose():
		out.fact = e.Act
		bad := eachName(out.fact, out.kind, func(sp space, id []byte, made bool) {
			if made {
				out.makes = append(out.makes, thingKey{sp, string(id)})
			}
		})
		if bad != nil {
			return out, fmt.Errorf("the stored act %d: %w", e.Seq, bad)
		}
	default:
		out.act, err = readAct(&e)
	}
	return out, err
}

// Expect makes room for n acts in all, so that loading them does not make it again and again.
func (s *State) Expect(n int) {
	ids := make(map[string]uint64, n)
	for id, seq := range s.ids {
		ids[id] = seq
	}
	s.ids = ids
	s.recorded = slices.Grow(s.recorded, n-len(s.recorded))
	s.actIDs = slices.Grow(s.actIDs, n-len(s.actIDs))
	s.fold.entries = slices.Grow(s.fold.entries, n-len(s.fold.entries))
}

// Add takes in a stored act that was read: see [State.Load].
func (s *State) Add(in *Stored) error {
	e := &in.envelope
	if err := s.follows(e); err != nil {
		return err
	}
	if in.fact != nil {
		x := s.newEntry()
		*x = entry{id: e.ID, kind: in.kind, fact: s.lay(in.fact), dates: s.words.same(e.Dates), by: s.words.same(e.RecordedBy)}
		m := s.enter(x, e.Recorded, in.leaf)
		for _, k := range in.makes {
			s.make(k, m)
		}
		s.Commit(e.Seq)
		return nil
	}
	if err := in.act.settle(s.zone, false); err != nil {
		return fmt.Errorf("act %d: %w", e.Seq, err)
	}
	s.fold.final = true
	err := s.record(in.act, e.RecordedBy, e.Recorded, in.leaf)
	s.fold.final = false
	if err != nil {
		return fmt.Errorf("act %d: %w", e.Seq, err)
	}
	s.Commit(e.Seq)
	return nil
}

// Erased gives the persons whose erasure is recorded and not annulled.
func (s *State) Erased() []string {
	var out []string
	for i, e := range s.fold.entries[:s.committed] {
		if d, ok := e.data().(*PersonErased); ok && !s.dead(uint64(i)+1, s.committed) {
			out = append(out, s.fold.canon(d.Person))
		}
	}
	return out
}

// follows checks that a stored act comes after the acts recorded so far.
func (s *State) follows(e *Envelope) error {
	switch last := s.lastLeaf(); {
	case e.Ledger != s.ledger:
		return fmt.Errorf("act %d is of the ledger %q, not %q", e.Seq, e.Ledger, s.ledger)
	case e.Seq != s.next():
		return fmt.Errorf("act %d stands where act %d is expected", e.Seq, s.next())
	case e.Seq > 1 && e.prev != last:
		return fmt.Errorf("act %d does not follow act %d as stored: one of the two was altered", e.Seq, e.Seq-1)
	case s.ids[e.ID] != 0:
		return fmt.Errorf("act %d has the id %q of act %d", e.Seq, e.ID, s.ids[e.ID])
	}
	return nil
}

func (s *State) lastLeaf() [32]byte {
	if len(s.leaves) == 0 {
		return [32]byte{}
	}
	return s.leaves[len(s.leaves)-1]
}

// record puts an act, accepted now or earlier, at the end of the record and into the fold.
func (s *State) record(a *Act, principal string, at time.Time, leaf [32]byte) error {
	if err := s.readContent(a); err != nil {
		return err
	}
	e := s.newEntry()
	*e = entry{id: a.ID, kind: TypeOf(a.Type), act: a, by: s.words.same(principal)}
	m := s.enter(e, at, leaf)
	s.index(a, m)
	defer func() { a.encoded = nil }()
	if err := s.effect(a, e, principal); err != nil {
		s.Rollback(s.fold.seq)
		return err
	}
	return nil
}

// newEntry and lay give room for what most of a ledger's acts need and few questions look at, so that it does not lie
// scattered among what they do look at.
func (s *State) newEntry() *entry {
	if len(s.entries) == 0 {
		s.entries = make([]entry, 256)
	}
	e := &s.entries[0]
	s.entries = s.entries[1:]
	return e
}

func (s *State) lay(fact []byte) []byte {
	if len(s.room) < len(fact) {
		s.room = make([]byte, max(256<<10, len(fact)))
	}
	n := copy(s.room, fact)
	out := s.room[:n:n]
	s.room = s.room[n:]
	return out
}

// enter puts an entry at the end of the record.
func (s *State) enter(e *entry, at time.Time, leaf [32]byte) *mark {
	m := s.mark(e.id)
	s.fold.entries = append(s.fold.entries, e)
	s.actIDs = append(s.actIDs, e.id)
	s.fold.seq = uint64(len(s.fold.entries))
	s.recorded = append(s.recorded, at)
	s.leaves = append(s.leaves, leaf)
	s.ids[e.id] = s.fold.seq
	return m
}

// mark begins a mark, in room that an earlier one left.
func (s *State) mark(id string) *mark {
	if n := len(s.marks); n < cap(s.marks) {
		s.marks = s.marks[:n+1]
	} else {
		s.marks = append(s.marks, mark{})
	}
	m := &s.marks[len(s.marks)-1]
	m.journal, m.id, m.made, m.named, m.aliases = len(s.fold.journal), id, m.made[:0], m.named[:0], m.aliases[:0]
	return m
}

// readContent reads the data of a stored correction, now that the act it corrects is known.
func (s *State) readContent(a *Act) error {
	d, ok := a.Data.(*ActCorrected)
	if !ok || d.Content != nil {
		return nil
	}
	target, ok := s.ids[d.Act]
	if !ok {
		return fmt.Errorf("it corrects %q, which is not recorded", d.Act)
	}
	content, bad := s.readCorrection(d, s.said(target), true)
	if bad != nil {
		return bad
	}
	d.Content = content
	a.markDates(a.dates)
	return nil
}

// effect gives an act its effect: at its place in the fold, or, for an act on the record, on the act it names.
func (s *State) effect(a *Act, e *entry, principal string) error {
	f := s.fold
	switch d := a.Data.(type) {
	case *LedgerOpened:
		zone, err := s.zones(zoneOr(d.TimeZone))
		if err != nil {
			return fmt.Errorf("the time zone %q is not known here", d.TimeZone)
		}
		s.zone, f.zone, f.root, f.opener = zone, zone, "organization", principal
		if d.Root != nil {
			f.root = d.Root.ID
		}
		if d.YearStart != "" {
			f.yearStart = d.YearStart
		}
	case *PartyRenamed:
		if d.NewID != "" {
			s.realize(d.NewID, f.canon(d.ID))
		}
	case *ActCorrected:
		return s.correct(a, d, e)
	case *ActAnnulled:
		return s.annul(d, e)
	case *ActRatified:
		s.remark(d.Act)
	case *ActAttested:
		s.remark(d.Act)
	default:
	}
	if e.kind.loose() {
		e.fact, e.dates, e.act = s.lay(a.encoded), s.words.same(a.Dates()), nil
		return nil
	}
	if changesNothing(a.Data) {
		e.content = a
		return nil
	}
	f.place(f.seq, a)
	return nil
}

func zoneOr(name string) string {
	if name == "" {
		return "UTC"
	}
	return name
}

// Commit makes everything up to seq part of what is answered: it is on disk and will not be taken back.
func (s *State) Commit(seq uint64) {
	n := int(seq - s.committed)
	if n <= 0 {
		return
	}
	s.committed = seq
	if n == len(s.marks) {
		s.marks, s.fold.journal = s.marks[:0], s.fold.journal[:0]
	} else {
		cut := s.marks[n].journal
		for i := n; i < len(s.marks); i++ { // swapped, so that no two share the room they are given
			s.marks[i-n], s.marks[i] = s.marks[i], s.marks[i-n]
			s.marks[i-n].journal -= cut
		}
		s.marks = s.marks[:len(s.marks)-n]
		s.fold.journal = append(s.fold.journal[:0], s.fold.journal[cut:]...)
	}
	s.leaves = append(s.leaves[:0], s.leaves[len(s.leaves)-1-len(s.marks):]...)
}

// Rollback takes back every act from seq on, none of which may be committed.
func (s *State) Rollback(seq uint64) {
	s.rulings.forget(seq)
	for last := uint64(len(s.fold.entries)); last >= seq; last-- {
		m := &s.marks[len(s.marks)-1]
		s.fold.rollback(m.journal)
		delete(s.ids, m.id)
		for _, t := range m.made {
			t.made = 0
		}
		for _, t := range m.named {
			t.named = t.named[:len(t.named)-1]
		}
		for _, id := range m.aliases {
			as := s.fold.aliases[id]
			s.fold.aliases[id] = as[:len(as)-1]
		}
		s.fold.entries = s.fold.entries[:last-1]
		s.actIDs = s.actIDs[:last-1]
		s.recorded = s.recorded[:last-1]
		s.leaves = s.leaves[:len(s.leaves)-1]
		s.marks = s.marks[:len(s.marks)-1]
		s.fold.seq = last - 1
		if last == 1 {
			s.zone, s.fold.zone, s.fold.yearStart, s.fold.root, s.fold.opener = time.UTC, time.UTC, "01-01", "", ""
		}
	}
}

// Recorded gives when an act was recorded.
func (s *State) Recorded(seq uint64) time.Time { return s.recorded[seq-1] }

// SeqOf gives the sequence of the act with an id, and 0 where there is none.
func (s *State) SeqOf(id string) uint64 {
	if n := s.ids[id]; n <= s.committed {
		return n
	}
	return 0
}

// KnownAt gives the sequence of the last act recorded at or before an instant; 0 before the first.
func (s *State) KnownAt(t time.Time) uint64 {
	return uint64(sort.Search(int(s.committed), func(i int) bool { return s.recorded[i].After(t) }))
}
