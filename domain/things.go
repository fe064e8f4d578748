package domain

import "sort"

// The values that cells hold. None is changed once it is written; a change is a new value.

// life is the part that roles, bodies and scopes share: they begin, end, and may begin again under their id.
type life struct {
	alive bool
	since Pos    // of the beginning now in force
	seq   uint64 // the act that began or ended it
}

type (
	governing struct {
		body string
		seq  uint64
	}
	organization struct {
		name    Text
		legalID string
		seq     uint64
	}
	party struct {
		kind       string
		id         string // the id it bears
		name       Text
		answerable string
		ledger     string
		seq        uint64 // registered by
		named      uint64 // named by
	}
	presence struct {
		away  bool
		since Pos // of the latest leaving or return
		seq   uint64
	}
	role struct {
		life
		id    string // the id it bears
		name  Text
		scope string
		named uint64
	}
	body struct {
		life
		id      string
		name    Text
		kind    string // governing, committee, management or forum
		scope   string
		parent  string
		quorum  int
		changed uint64
	}
	scope struct {
		life
		parent   string
		above    *cell  // of the parent
		attached Pos    // when it came under that parent
		moved    uint64 // the act by which it did
	}
	scopeName struct {
		name Text
		kind string
		seq  uint64
	}
	parameter struct {
		alive bool
		scope string
		data  Data
		pos   Pos    // of the act that set or withdrew it
		by    string // who set it; empty for the governing body
	}
	recorder struct {
		all     bool
		parties []string
		persons []string
		seqs    []uint64
	}
	thing struct {
		scope string
		party string // who provides, holds or raised it
		seq   uint64
	}
)

// seat is one party's place in a role or body.
type seat struct {
	party        string
	sitter       *cell  // of the party, if it is registered
	as           string // basis or capacity
	from, until  Instant
	covers       string
	alternateFor string
	seq          uint64
}

type seats []seat

func (s seats) without(keep func(*seat) bool) seats {
	var out seats
	for i := range s {
		if keep(&s[i]) {
			out = append(out, s[i])
		}
	}
	return out
}

// idSet is a sorted set of ids.
type idSet []string

func (s idSet) find(id string) (int, bool) {
	i := sort.SearchStrings(s, id)
	return i, i < len(s) && s[i] == id
}

// with and without share no memory with s where they differ from it.
func (s idSet) with(id string) idSet {
	i, ok := s.find(id)
	if ok {
		return s
	}
	out := make(idSet, 0, len(s)+1)
	out = append(append(out, s[:i]...), id)
	return append(out, s[i:]...)
}

func (s idSet) without(id string) idSet {
	i, ok := s.find(id)
	if !ok {
		return s
	}
	if len(s) == 1 {
		return nil
	}
	out := make(idSet, 0, len(s)-1)
	return append(append(out, s[:i]...), s[i+1:]...)
}

// delegation is a delegation's own state: its terms as granted and varied, and what was done to it. What it confers
// depends on those it stands on, and is derived for each question.
type delegation struct {
	// What tells whether it is in force comes first, together.
	granted         Pos
	until           Instant // Forever where it has no term
	ended           string  // revoked, declined or left; empty while it is not
	suspensions     []suspension
	closed          bool // subdelegation is not permitted
	needsAcceptance bool
	accepted        bool
	holder          *cell // of the role that to is, if it is one
	over            *cell // of the scope
	carrier         *cell // of the delegation it stands on; nil under the governing body
	to, from, scope string
	powers          []string // nil: all of the one it stands on
	limits          []Limit
	maxDepth        int // -1 for no limit of its own

	id, under        string
	rests            terms
	responsibilities []Responsibility
	conditions       Text
	reviewBy         When
	reportEvery      string
	instrument       Text
}

// terms holds, for each term that was varied and each thing that was done to a delegation, the act that did so last.
type terms struct {
	powers, responsibilities, limits, conditions, under, until, reviewBy, reportEvery, subdelegation uint64
	accepted, resumed, ended                                                                         uint64
}

// acts adds the acts that the delegation rests on now.
func (d *delegation) restsOn(acts []uint64) []uint64 {
	t := &d.rests
	acts = append(acts, d.granted.Seq)
	for _, n := range [...]uint64{t.powers, t.responsibilities, t.limits, t.conditions, t.under, t.until, t.reviewBy,
		t.reportEvery, t.subdelegation, t.accepted, t.resumed, t.ended} {
		if n > 0 {
			acts = append(acts, n)
		}
	}
	for _, s := range d.suspensions {
		acts = append(acts, s.seq)
	}
	return acts
}

type suspension struct {
	by  string
	seq uint64
}

// due is the work of one pass over the fold: acts to apply again, by place.
type due []Pos

func (d due) Len() int           { return len(d) }
func (d due) Less(i, j int) bool { return d[i].Before(d[j]) }
func (d due) Swap(i, j int)      { d[i], d[j] = d[j], d[i] }
func (d *due) Push(x any)        { *d = append(*d, x.(Pos)) }
func (d *due) Pop() any {
	n := len(*d) - 1
	x := (*d)[n]
	*d = (*d)[:n]
	return x
}
