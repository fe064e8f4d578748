package domain

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"time"
)

// Recording is what recording an act takes from outside: the domain has no clock, no randomness and no users of its own.
type Recording struct {
	Principal string                                   // who records
	Now       time.Time                                // the writer's clock; the ledger never goes back behind its last act
	ID        string                                   // the id of an act that came without one
	Seed      [32]byte                                 // random, and new for each act; salts are drawn from it
	Open      func(seal string) (text string, ok bool) // reads a personal text again, to tell a resend; may be nil
}

// Sealed is a personal text with the salt under which the stored act seals it. It is kept outside the log, and must be on
// disk before the act is.
type Sealed struct {
	Seal    string   // base64url SHA-256 of salt and text
	Salt    [32]byte // secret for as long as the text is
	Text    string
	Persons []string // whose erasure destroys it
}

// Accepted is an act that the ledger takes: the bytes to be stored, which are final.
type Accepted struct {
	Seq      uint64
	ID       string
	Subject  string // the NATS subject it is stored and published on
	Stored   []byte
	Leaf     [32]byte
	Recorded time.Time
	Personal []Sealed
	Known    bool // it was recorded before, with the same content; Stored, Subject and Personal are empty
}

// Decide judges an act against everything recorded so far, and, if it is accepted, makes it part of the state as
// pending: later acts are judged knowing it, but no question is answered from it until [State.Commit]. A refused act
// (a [Refusal]) leaves the state as it was. Decide changes a, settling its times and filling in what the ledger works out.
func (s *State) Decide(a *Act, in Recording) (Accepted, error) {
	if a.ID == "" {
		a.ID = in.ID
	}
	if err := s.settleGiven(a); err != nil {
		return Accepted{}, err
	}
	if seq, ok := s.ids[a.ID]; ok {
		return s.resend(a, seq, in)
	}
	out := Accepted{Seq: s.next(), ID: a.ID, Recorded: s.clock(in.Now)}
	j := &judge{s: s, act: a, principal: in.Principal, now: InstantOf(out.Recorded)}
	if bad := j.judge(); bad != nil {
		return Accepted{}, bad
	}
	var err error
	if out.Personal, err = s.seal(a, in.Seed); err != nil {
		return Accepted{}, err
	}
	s.wrap(a, in.Principal, &out)
	if len(out.Stored) > maxAct {
		return Accepted{}, refuse(Invalid, "", fmt.Sprintf("the act takes %d bytes as stored; %d are the most", len(out.Stored), maxAct),
			"Keep long documents outside and cite them as evidence by their SHA-256.")
	}
	if err := s.record(a, in.Principal, out.Recorded, out.Leaf); err != nil {
		return Accepted{}, err
	}
	if bad := j.consequences(); bad != nil {
		s.Rollback(out.Seq)
		return Accepted{}, bad
	}
	return out, nil
}

// clock gives the recorded time of the next act: it never goes back.
func (s *State) clock(now time.Time) time.Time {
	now = now.UTC().Round(0)
	if n := len(s.recorded); n > 0 && now.Before(s.recorded[n-1]) {
		return s.recorded[n-1]
	}
	return now
}

// settleGiven makes the times of an act from outside instants in the ledger's time zone: for the act that opens it, in
// the zone it names. What depends on the state is read here too: the data of a correction, whether a name is a person's.
func (s *State) settleGiven(a *Act) error {
	zone := s.zone
	switch d := a.Data.(type) {
	case *LedgerOpened:
		z, err := s.zones(zoneOr(d.TimeZone))
		if err != nil {
			return refuse(Invalid, "data.timeZone", fmt.Sprintf("the time zone %q is not known", d.TimeZone),
				"Give an IANA name such as Europe/London.")
		}
		zone = z
	case *PartyRenamed:
		if p := s.newest().party(s.fold.canon(d.ID)); p != nil {
			d.person = p.kind == "person"
		}
	case *ActCorrected:
		target, ok := s.ids[d.Act]
		if !ok {
			return refuse(UnknownAct, "data.act", fmt.Sprintf("no act %q is recorded", d.Act), "")
		}
		content, bad := s.readCorrection(d, s.said(target), false)
		if bad != nil {
			return bad
		}
		d.Content = content
		a.markDates(a.dates)
	default:
	}
	return a.settle(zone, true)
}

// newest is the state at the end of all time, with everything pending: for what does not depend on when.
func (s *State) newest() *world {
	return s.worldAt(Pos{At: Forever})
}

// seal puts seals in the place of personal texts, and gives what was sealed.
func (s *State) seal(a *Act, seed [32]byte) ([]Sealed, error) {
	if !a.personal {
		return nil, nil
	}
	var out []Sealed
	persons := s.personsNamed(a)
	err := a.eachField(func(w *walker, fd *field) error {
		if fd.kind != isText || !fd.personal && !fd.text().Personal || fd.text().Seal != "" {
			return nil
		}
		mac := hmac.New(sha256.New, seed[:])
		mac.Write([]byte(w.path()))
		p := Sealed{Text: fd.text().Plain, Persons: persons}
		mac.Sum(p.Salt[:0])
		p.Seal = SealOf(p.Salt, p.Text)
		*fd.text() = Text{Seal: p.Seal, Personal: true}
		out = append(out, p)
		return nil
	})
	return out, err
}

// SealOf gives the seal over a text: base64url, without padding, of the SHA-256 of salt and text.
func SealOf(salt [32]byte, text string) string {
	h := sha256.New()
	h.Write(salt[:])
	h.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// personsNamed gives the persons whose erasure destroys what an act says personally: those it names in its data, or else
// the person in whose name it is done.
func (s *State) personsNamed(a *Act) []string {
	var out []string
	w := s.newest()
	a.eachField(func(_ *walker, fd *field) error {
		if fd.kind != isID || fd.space != spaceParty || fd.str() == &a.By {
			return nil
		}
		id := s.fold.canon(*fd.str())
		isNew := false
		if d, ok := a.Data.(*PartyRegistered); ok {
			isNew = d.Kind == "person" && d.ID == id
		}
		if p := w.party(id); (isNew || p != nil && p.kind == "person") && !contains(out, id) {
			out = append(out, id)
		}
		return nil
	})
	if p := w.party(s.fold.canon(a.By)); len(out) == 0 && p != nil && p.kind == "person" {
		out = []string{s.fold.canon(a.By)}
	}
	return out
}

// wrap makes the stored form.
func (s *State) wrap(a *Act, principal string, out *Accepted) {
	bare := *a
	bare.ID = ""
	subject := s.subject(a)
	e := Envelope{
		ID: a.ID, Ledger: s.ledger, Type: a.Type, Version: TypeOf(a.Type).Version, Subject: subject, Recorded: out.Recorded,
		Seq: out.Seq, RecordedBy: principal, Dates: a.Dates(), Act: bare.Encode(),
	}
	if out.Seq > 1 {
		last := s.lastLeaf()
		e.Prev = hex.EncodeToString(last[:])
	}
	a.encoded = e.Act
	out.Stored = e.Append(make([]byte, 0, len(e.Act)+len(e.ID)+len(e.Subject)+len(e.Dates)+len(principal)+420))
	out.Leaf = LeafHash(out.Stored)
	out.Subject = Subject(s.ledger, a.Type, subject)
}
