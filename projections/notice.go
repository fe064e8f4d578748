package projections

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"buckstop/domain"

	"github.com/google/uuid"
)

// Notice tells subscribers that a finding appeared, or that it is no more or was cured. It names parties by their ids alone,
// so that nothing personal is in it.
type Notice struct {
	State string         `json:"state"` // appeared or cleared
	At    domain.Instant `json:"at"`    // the instant at which it is so
	Known Known          `json:"known"` // with this much of the record known
	Finding
}

// The states of a notice.
const (
	Appeared = "appeared"
	Cleared  = "cleared"
)

// NoticeOf makes the notice of a change. v is any view of the ledger that knows as much, and was not told to reveal names.
func NoticeOf(v *domain.View, c *domain.Change) Notice {
	n := Notice{State: Cleared, At: c.At, Known: Known{c.Known, v.RecordedAt(c.Known)}, Finding: findingOf(v, &c.Finding)}
	if c.Appeared {
		n.State = Appeared
	}
	return n
}

// Key tells findings apart, as [domain.Finding.Key] does.
func (n *Notice) Key() string {
	f := domain.Finding{Code: n.Code, Kind: n.Kind, About: n.About}
	return f.Key()
}

// Subject is the NATS subject that the notice is published on: finding.<ledger>.<code>.
func (n *Notice) Subject(ledger string) string { return "finding." + ledger + "." + string(n.Code) }

// cloudEvent is a CloudEvent 1.0 in structured JSON mode.
type cloudEvent struct {
	SpecVersion string         `json:"specversion"`
	ID          string         `json:"id"`
	Source      string         `json:"source"`
	Type        string         `json:"type"`
	Subject     string         `json:"subject"`
	Time        domain.Instant `json:"time"`
	ContentType string         `json:"datacontenttype"`
	Data        Notice         `json:"data"`
}

// Event gives the notice as the CloudEvent that is stored and published. The same notice has the same id wherever it is made.
func (n *Notice) Event(ledger string) ([]byte, error) {
	h := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%s\n%s\n%d", ledger, n.Key(), n.State, n.At, n.Known.Seq))
	id := uuid.UUID(h[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // version 8 of RFC 9562
	return json.Marshal(cloudEvent{"1.0", id.String(), "/ledgers/" + ledger, "buckstop.finding." + n.State + ".v1", n.About, n.At, "application/json", *n})
}

// ReadNotice reads what Event wrote.
func ReadNotice(event []byte) (Notice, error) {
	var e cloudEvent
	if err := json.Unmarshal(event, &e); err != nil {
		return Notice{}, fmt.Errorf("it is no notice of a finding: %w", err)
	}
	if e.Data.State != Appeared && e.Data.State != Cleared {
		return Notice{}, fmt.Errorf("it is no notice of a finding: its state is %q", e.Data.State)
	}
	return e.Data, nil
}
