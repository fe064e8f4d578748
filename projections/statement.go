package projections

import (
	"slices"
	"time"

	"buckstop/domain"
)

// Statement is everything a party held, delegated, decided, was accountable for and accounted for over a period, with every
// change dated: for a person also in each seat they occupied and for each team and system they answered for. It has what
// goes into a statement of responsibilities.
//
// What began before the period is given from its true beginning. What goes on at the end of the period has no end; what
// ended before the period is left out. Parties and scopes are called what they are called at the answer's instant.
type Statement struct {
	Party        string     `json:"party"`
	Name         Text       `json:"name"`
	Kind         string     `json:"kind"`
	Organization Text       `json:"organization"`
	LegalID      string     `json:"legalId,omitempty"`
	From         Time       `json:"from,omitzero"`  // the period's first instant; absent: from the beginning
	Until        Time       `json:"until,omitzero"` // the first instant after it; absent: up to and with the answer's instant
	Identity     []Deed     `json:"identity"`       // registered, renamed, left, returned, erased; established, dissolved, succeeded
	Seats        []Office   `json:"seats"`          // where the party sat, and for what it answered
	Occupants    []Office   `json:"occupants"`      // who sat in the party, or answered for it
	Vacancies    []Vacancy  `json:"vacancies"`      // of a role or body: when it existed and nobody was in office
	Ultimate     []Ultimacy `json:"ultimate"`       // in the governing body, which remains accountable for everything
	Authority    []Mandate  `json:"authority"`      // delegations held
	Delegated    []Mandate  `json:"delegated"`      // delegations given, for which the party remains accountable
	Fallen       []Mandate  `json:"fallen"`         // delegations of others that the party answered for, since they were vacant
	Decisions    []Deed     `json:"decisions"`
	Accounts     []Deed     `json:"accounts"`  // given and received, with what the other side did about them
	Assurance    []Deed     `json:"assurance"` // commissioned, reported and reviewed, with what the others did about it
	Handovers    []Handover `json:"handovers"`
	Covers       []Cover    `json:"covers"` // who acted in whose absence
	Answer
}

// Span is from when to when something was so.
type Span struct {
	From    Time     `json:"from,omitzero"`  // absent: from the beginning
	Until   Time     `json:"until,omitzero"` // the first instant not covered; absent: it goes on at the end of the period
	Because []string `json:"because"`        // ids of acts, in recorded order
}

// Cause is an act by which something changed.
type Cause struct {
	Act      string    `json:"act"`
	Type     string    `json:"type"`
	Recorded time.Time `json:"recorded"`
	By       string    `json:"by"`
	Sentence string    `json:"sentence"`
}

// Office is a time in a seat: a role, a body, or answering for a team, organization or system.
type Office struct {
	Post         string  `json:"post"`
	PostName     Text    `json:"postName"`
	PostKind     string  `json:"postKind"`
	Party        string  `json:"party"` // who sat in it
	Name         Text    `json:"name"`
	As           string  `json:"as"`            // basis or capacity; answerable
	Term         Time    `json:"term,omitzero"` // as given: the first instant not covered
	Covers       string  `json:"covers,omitempty"`
	AlternateFor string  `json:"alternateFor,omitempty"`
	Began        []Cause `json:"began"`
	Ended        []Cause `json:"ended"` // empty while it goes on, and where its term passed
	Span
}

// Vacancy is a time in which a role or body existed and nobody was in office.
type Vacancy struct {
	Post string `json:"post"`
	Span
}

// Ultimacy is a time in which the party was the governing body or a member of it who counts.
type Ultimacy struct {
	Body string `json:"body"`
	Name Text   `json:"name"`
	Span
}

// Mandate is a delegation over the time in which the party held it, remained accountable for it or answered for it.
type Mandate struct {
	Delegation         string  `json:"delegation"`
	Through            string  `json:"through,omitempty"` // the seat by which it concerns the party; absent: in its own name
	ThroughName        Text    `json:"throughName,omitzero"`
	From               string  `json:"from"` // who delegated it; a governing body that succeeded it is in the chains
	FromName           Text    `json:"fromName"`
	To                 string  `json:"to"`
	ToName             Text    `json:"toName"`
	RemainsAccountable bool    `json:"remainsAccountable"` // here: of the party
	Granted            Time    `json:"granted"`            // when it was, whether or not the party was there
	EndedAs            string  `json:"endedAs,omitempty"`  // revoked, declined, left or expired, if that ended it here
	Ended              []Cause `json:"ended"`              // the acts by which it ended, or ended to concern the party
	EndNote            string  `json:"endNote,omitempty"`  // the term that ended with it, where one did
	Spells             []Terms `json:"spells"`             // in each of which nothing about it changed
}

// Terms is a time in which a delegation conferred the same.
type Terms struct {
	Span
	State            string           `json:"state"` // in-force, pending, suspended or lapsed
	Scope            string           `json:"scope"`
	ScopeName        Text             `json:"scopeName"`
	Powers           []string         `json:"powers"` // effective; none unless in force
	Reserved         []string         `json:"reserved"`
	Limits           []Limit          `json:"limits"`
	Ends             Time             `json:"ends,omitzero"` // the earliest end of the chain, as then foreseen
	Conditions       []Proviso        `json:"conditions"`    // its own and those above it
	Responsibilities []Responsibility `json:"responsibilities"`
	Chain            []Link           `json:"chain"`          // from the governing body down
	Vacant           bool             `json:"vacant"`         // nobody answered for its holder: it fell to the delegators above
	Began            []Cause          `json:"began"`          // the acts by which it came to be so
	Note             string           `json:"note,omitempty"` // the term that ended, where one did
}

// Link is one delegation of a chain. Its delegator remains accountable.
type Link struct {
	Delegation string `json:"delegation"`
	From       string `json:"from"`
	To         string `json:"to"`
}

// Deed is an act that the party did or took part in, or that is about it.
type Deed struct {
	Entry
	Through    []string `json:"through"`      // the persons who acted
	As         string   `json:"as,omitempty"` // what the party had to do with it, where that is not plain
	Scope      string   `json:"scope,omitempty"`
	Resolution string   `json:"resolution,omitempty"` // its reference
	Detail     *Text    `json:"detail,omitempty"`     // what an account, a report or an outcome says
	Because    []string `json:"because"`
}

// Handover is how a seat was come to and passed on.
type Handover struct {
	Post         string     `json:"post"`
	PostName     Text       `json:"postName"`
	Party        string     `json:"party"`
	Name         Text       `json:"name"`
	Span                    // in office, in whatever bases one after another
	Predecessor  *Neighbour `json:"predecessor"`
	VacantBefore *Span      `json:"vacantBefore"`
	Successor    *Neighbour `json:"successor"`
	VacantAfter  *Span      `json:"vacantAfter"`
}

// Neighbour is who was in a seat before or after another.
type Neighbour struct {
	Party string `json:"party"`
	Name  Text   `json:"name"`
	Span
}

// Cover is a time in which one acted in the absence of another, and what they held meanwhile.
type Cover struct {
	Post        string   `json:"post"`
	PostName    Text     `json:"postName"`
	Absent      string   `json:"absent"`
	AbsentName  Text     `json:"absentName"`
	Actor       string   `json:"actor"`
	ActorName   Text     `json:"actorName"`
	Delegations []string `json:"delegations"` // in force to the post at any time in it
	Span
}

// AskStatement gives the statement of a party over [from, until): Beginning stands for everything before until, and Forever
// for everything up to and with the view's instant. A party that is not known is refused, UNKNOWN_PARTY; a period without an
// instant, INVALID.
func AskStatement(v *domain.View, party string, from, until domain.Instant) (*Statement, error) {
	end := until
	if until == domain.Forever {
		end = domain.InstantOf(v.At().Time().Add(1))
	}
	if !from.Before(end) {
		return nil, &domain.Refusal{Code: domain.Invalid, Path: "until", Message: "the period is empty: it ends before it begins",
			Cure: "Ask for a period that ends after it begins; its end is the first day not covered."}
	}
	b := &biography{v: v, from: from, until: end, named: map[string][]uint64{}, posts: map[string]*postStory{}}
	if err := b.meet(party); err != nil {
		return nil, err
	}
	s := &Statement{Party: b.who.ID, Name: Text{b.who.Name}, Kind: b.who.Kind, From: Time{from}, Until: Time{until}}
	var acts []uint64
	name, legalID := v.Organization(&acts)
	s.Organization, s.LegalID = Text{name}, legalID
	b.findHats()
	s.Identity = b.identity()
	s.Seats, s.Occupants, s.Vacancies, s.Ultimate = b.seats(), b.occupants(), b.vacancies(), b.ultimate()
	s.Authority, s.Delegated, s.Fallen = b.authority(), b.delegated(), b.fallen()
	b.deeds(s)
	s.Handovers, s.Covers = b.handovers(), b.covers()
	s.Answer = answerOf(v, append(acts, b.acts...))
	return s, nil
}

// span makes a span of the times a spell has, with the acts it rests on.
func (b *biography) span(from, until domain.Instant, acts []uint64) Span {
	b.acts = append(b.acts, acts...)
	return Span{Time{from}, Time{until}, b.v.ActIDs(slices.Clone(acts))}
}

// causes tells of acts.
func (b *biography) causes(seqs []uint64) []Cause {
	out := []Cause{}
	for _, n := range seqs {
		r, ok := b.v.Act(n)
		if !ok {
			continue
		}
		e := entryOf(b.v, r)
		out = append(out, Cause{e.ID, e.Type, e.Recorded, e.By, e.Sentence})
		b.acts = append(b.acts, n)
	}
	return out
}
