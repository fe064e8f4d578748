package projections

import "buckstop/domain"

// Seats answers who sits in a role or body.
type Seats struct {
	Party     string     `json:"party"`
	Name      Text       `json:"name"`
	Kind      string     `json:"kind,omitempty"`
	Exists    bool       `json:"exists"`
	Occupants []Occupant `json:"occupants"`
	Answer
}

// Occupant is who sits in a seat, or answers for a team, organization or system.
type Occupant struct {
	Party        string `json:"party"`
	Name         Text   `json:"name"`
	As           string `json:"as"` // basis or capacity
	Since        Time   `json:"since,omitzero"`
	Until        Time   `json:"until,omitzero"` // the first instant not covered
	Covers       string `json:"covers,omitempty"`
	CoveredBy    string `json:"coveredBy,omitempty"` // who acts and answers in the absence
	AlternateFor string `json:"alternateFor,omitempty"`
	Act          string `json:"act"`
}

// AskSeats answers for a role or body. One that does not exist at the instant has no occupants, and Exists is false.
func AskSeats(v *domain.View, party string) (*Seats, error) {
	q := asking(v)
	defer q.done()
	p := q.party(party)
	s := &Seats{Party: p.ID, Name: Text{p.Name}, Kind: p.Kind, Exists: p.Exists, Occupants: []Occupant{}}
	if p.Exists {
		s.Occupants = p.occupants
	}
	s.Answer = answerOf(v, q.acts)
	return s, nil
}
