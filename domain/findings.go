package domain

import (
	"slices"
	"strings"
)

// FindingCode names what a finding says (DOMAIN, section 7). Codes are public and permanent.
type FindingCode string

// The findings, in the order of DOMAIN, section 7.
const (
	NoGoverningBody         FindingCode = "NO_GOVERNING_BODY"
	Vacant                  FindingCode = "VACANT"
	Lapsed                  FindingCode = "LAPSED"
	Unaccepted              FindingCode = "UNACCEPTED"
	ReviewOverdue           FindingCode = "REVIEW_OVERDUE"
	AccountOverdue          FindingCode = "ACCOUNT_OVERDUE"
	Expiring                FindingCode = "EXPIRING"
	UltraVires              FindingCode = "ULTRA_VIRES"
	Undermined              FindingCode = "UNDERMINED"
	LateAuthority           FindingCode = "LATE_AUTHORITY"
	DirectionByManagement   FindingCode = "DIRECTION_BY_MANAGEMENT"
	PolicyWithoutParameters FindingCode = "POLICY_WITHOUT_PARAMETERS"
	NoAppetite              FindingCode = "NO_APPETITE"
	NoDirection             FindingCode = "NO_DIRECTION"
	NoCriteria              FindingCode = "NO_CRITERIA"
	AppetiteBreach          FindingCode = "APPETITE_BREACH"
	NotIndependent          FindingCode = "NOT_INDEPENDENT"
	SelfReview              FindingCode = "SELF_REVIEW"
	NotReceived             FindingCode = "NOT_RECEIVED"
	SamePerson              FindingCode = "SAME_PERSON"
	Conflicted              FindingCode = "CONFLICTED"
	SystemActed             FindingCode = "SYSTEM_ACTED"
	DutyUnmet               FindingCode = "DUTY_UNMET"
)

// Severity says how much a finding matters.
type Severity string

// The severities, from the least.
const (
	Low      Severity = "low"
	Medium   Severity = "medium"
	High     Severity = "high"
	Critical Severity = "critical"
)

// Severities lists them from the least.
func Severities() []Severity { return []Severity{Low, Medium, High, Critical} }

// AtLeast tells whether a severity is another or above it.
func (s Severity) AtLeast(least Severity) bool {
	all := Severities()
	return slices.Index(all, s) >= slices.Index(all, least)
}

// FindingKind is what is the same for every finding of a code.
type FindingKind struct {
	Code     FindingCode
	Title    string   // what it is called in a list
	Severity Severity // where the case does not make it less
	Clauses  []string // that it bears on
}

var findingKinds = []FindingKind{
	{NoGoverningBody, "No governing body", Critical, []string{"iso37000:4.3.1"}},
	{Vacant, "Post vacant", Medium, []string{"iso37000:4.2.2", "iso42001:5.3"}},
	{Lapsed, "Delegation without support", High, []string{"iso37000:4.2.2", "iso42001:5.3"}},
	{Unaccepted, "Not accepted", Medium, []string{"iso37000:4.2.2"}},
	{ReviewOverdue, "Review overdue", Medium, []string{"iso37000:6.4"}},
	{AccountOverdue, "Account overdue", Medium, []string{"iso37000:6.5"}},
	{Expiring, "Expiring", Low, []string{"iso37000:4.2.2"}},
	{UltraVires, "Decision without authority", High, []string{"iso37000:4.2.2", "iso42001:5.3"}},
	{Undermined, "Ground fallen away", High, []string{"iso37000:4.2.2", "iso37000:6.8"}},
	{LateAuthority, "Authority recorded late", Low, []string{"iso37000:4.2.2"}},
	{DirectionByManagement, "Direction by management", High, []string{"iso37000:4.2.3", "iso42001:6.2"}},
	{PolicyWithoutParameters, "Policy without parameters", High, []string{"iso37000:4.2.3", "iso42001:5.2"}},
	{NoAppetite, "No appetite set", Medium, []string{"iso37000:6.9.3", "iso42001:6.1.3"}},
	{NoDirection, "No direction set", Medium, []string{"iso37000:6.3", "iso42001:6.2"}},
	{NoCriteria, "No criteria set", Medium, []string{"iso37000:6.9.3", "iso42001:6.1.1"}},
	{AppetiteBreach, "Appetite breached", High, []string{"iso37000:6.9.3", "iso42001:9.1"}},
	{NotIndependent, "Assurance not independent", High, []string{"iso37000:6.4.3.3", "iso42001:9.2"}},
	{SelfReview, "Only management's own review", Medium, []string{"iso37000:6.4", "iso42001:9.3"}},
	{NotReceived, "Assurance not received", High, []string{"iso37000:6.4", "iso42001:9.3"}},
	{SamePerson, "One person on both sides", Medium, []string{"iso37000:4.2.2", "iso37000:6.4.3.3"}},
	{Conflicted, "Voted for their own authority", Medium, []string{"iso37000:4.3.1", "iso37000:6.7"}},
	{SystemActed, "System acted unanswered for", High, []string{"iso37000:4.2.2", "iso42001:A.9.2"}},
	{DutyUnmet, "Governing body's duty unmet", Medium, nil},
}

// FindingKinds lists every kind of finding, in the order of DOMAIN, section 7.
func FindingKinds() []FindingKind { return slices.Clone(findingKinds) }

// Finding is something that a governing body should look at, at one instant as known at one sequence. It is computed and
// never stored.
type Finding struct {
	Code     FindingCode
	Severity Severity
	Kind     string  // of the thing it is about: delegation, decision, scope, …
	About    string  // its id
	Scope    string  // the scope concerned; empty for none
	Party    string  // the id borne by the party concerned; empty for none
	Since    Instant // from when on it has held without a break up to the instant asked about
	Acts     []uint64
	Clauses  []string
	Sentence string
	Cure     Cure
	Cured    *Cured // a finding that was ratified, or that a later act put right, stays and says so
}

// Cure is the act that would cure a finding.
type Cure struct {
	Type  string // of act
	Words string
}

// Cured says by what a finding was cured.
type Cured struct {
	By    string // the party
	Since Instant
	Act   uint64
}

// Key tells findings apart: of one thing a code is raised once.
func (f *Finding) Key() string { return string(f.Code) + " " + f.Kind + " " + f.About }

// Findings gives everything that is to be found at the view's instant as it knows it: what is not cured first, the
// severest first, in the order of DOMAIN, section 7, and of what they are about.
func (v *View) Findings() []Finding {
	r := v.state.rulings
	r.mu.Lock()
	defer r.mu.Unlock()
	r.takeIn(v.known)
	x := examine(r, v)
	x.all()
	return x.sorted()
}

func (x *examiner) sorted() []Finding {
	slices.SortStableFunc(x.out, func(a, b Finding) int {
		if (a.Cured == nil) != (b.Cured == nil) {
			if a.Cured == nil {
				return -1
			}
			return 1
		}
		if a.Severity != b.Severity {
			return slices.Index(Severities(), b.Severity) - slices.Index(Severities(), a.Severity)
		}
		if a.Code != b.Code {
			return kindIndex(a.Code) - kindIndex(b.Code)
		}
		if c := strings.Compare(a.Kind, b.Kind); c != 0 {
			return c
		}
		return strings.Compare(a.About, b.About)
	})
	return x.out
}

func kindIndex(c FindingCode) int {
	return slices.IndexFunc(findingKinds, func(k FindingKind) bool { return k.Code == c })
}

// Title is what findings of the code are called in a list.
func (f *Finding) Title() string {
	if i := kindIndex(f.Code); i >= 0 {
		return findingKinds[i].Title
	}
	return string(f.Code)
}

// FindingOf gives what a key tells of a finding.
func FindingOf(key string) Finding {
	code, rest, _ := strings.Cut(key, " ")
	kind, about, _ := strings.Cut(rest, " ")
	f := Finding{Code: FindingCode(code), Kind: kind, About: about}
	if i := kindIndex(f.Code); i >= 0 {
		f.Severity, f.Clauses = findingKinds[i].Severity, findingKinds[i].Clauses
	}
	return f
}
