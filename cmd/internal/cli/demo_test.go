package cli

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"buckstop/domain"
	"buckstop/eventstore"

	"github.com/stretchr/testify/require"
)

// The hash of the demo's last act, and with it of all before, as the last leaf names them by their chain. It changes with the
// demo's data and with the stored form of acts, and must never change otherwise.
func TestEveryDemoHasTheSameBytes(t *testing.T) {
	var leaves []string
	for range 2 {
		store, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir()})
		require.NoError(t, err)
		s, err := recordDemo(t.Context(), store, &progress{to: newScreen(&strings.Builder{}, func(string) string { return "" })})
		require.NoError(t, err)
		require.EqualValues(t, 229, s.last.Seq)
		leaves = append(leaves, s.last.Leaf)
		s.ledger.Close()
		require.NoError(t, store.Close())
	}
	require.Equal(t, leaves[0], leaves[1])
}

// TestTheDemoAnswersAsItsStorySays holds the demo's answers to what its author demands of them.
func TestTheDemoAnswersAsItsStorySays(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	for _, q := range []struct {
		ask                               string
		holder, answerable, chain, powers []string
		limits                            map[string]string
		until                             string
	}{
		{"claims-triage --at 2026-09-15", []string{"triage-agent"}, []string{"oisin"}, []string{"d-ceo", "d-caio", "d-triage-team", "d-triage-agent"},
			[]string{"claim.approve"}, map[string]string{"claim GBP act": "750", "spend GBP act": "20000", "spend GBP year": "600000"}, "2027-04-19T23:00:00Z"},
		{"claims-triage --at 2025-12-10", []string{"caio"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio"},
			[]string{"claim.approve", "model.configure", "model.deploy", "model.retire", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "75000", "spend GBP year": "600000"}, "2028-03-01T00:00:00Z"},
		{"fraud-screening --at 2026-03-16", []string{"caio"}, []string{"anjali"}, []string{"d-ceo", "d-caio"},
			[]string{"claim.approve", "model.configure", "model.deploy", "model.retire", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "75000", "spend GBP year": "600000"}, "2028-03-01T00:00:00Z"},
		{"fraud-screening --at 2026-03-16 --known 67", []string{"marek"}, []string{"marek"}, []string{"d-ceo", "d-caio", "d-fraud"},
			[]string{"model.configure", "model.deploy", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "15000", "spend GBP year": "60000"}, "2027-06-02T23:00:00Z"},
		{"fraud-screening --at 2026-09-15", []string{"rhiannon"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio", "d-fraud-2"},
			[]string{"model.configure", "model.deploy", "spend.*"},
			map[string]string{"claim GBP act": "5000", "spend GBP act": "10000", "spend GBP year": "40000"}, "2028-03-01T00:00:00Z"},
		{"claims-triage --at 2025-11-02", []string{"caio"}, []string{"rhiannon"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage --at 2025-11-02 --known 51", []string{"caio"}, []string{"callum"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage model.deploy --at 2026-09-15", []string{"caio"}, []string{"anjali"}, []string{"d-ceo", "d-caio"}, nil, nil, ""},
		{"claims-triage model.approve-high-risk --at 2026-09-15", []string{}, []string{"callum", "desmond", "harpreet", "philippa", "sian"}, nil, nil, nil, ""},
	} {
		answer := succeeds(t, "", append([]string{"--data", kept, "--json", "who"}, strings.Fields(q.ask)...)...)
		got := compared(t, answer)
		require.Equal(t, "board", got["ultimate"], q.ask)
		require.Equal(t, q.holder, got["holders"], q.ask)
		require.Equal(t, q.answerable, got["answerable"], q.ask)
		if q.chain != nil {
			require.Equal(t, q.chain, got["chain"], q.ask)
		}
		if q.powers != nil {
			require.Equal(t, q.powers, got["powers"], q.ask)
			require.Equal(t, q.limits, got["limits"], q.ask)
			require.Contains(t, answer, `"until":"`+q.until+`","chain"`, q.ask)
		}
	}
}

func TestTheDemosAgentMayPayWhatItsLimitOfTheDayAllows(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	for at, code := range map[string]int{"2026-06-15": exitCheck, "2026-09-15": exitOK, demoToday: exitCheck} {
		r := run(t, "", "--data", kept, "can", "triage-agent", "claim.approve", "claims-triage", "--amount", "claim=700GBP", "--at", at)
		require.Equal(t, code, r.code, at)
	}
}

func TestTheDemoHasEveryTypeOfAct(t *testing.T) {
	told, err := readScript()
	require.NoError(t, err)
	var missing []string
	for _, a := range domain.ActTypes() {
		if !slices.ContainsFunc(told.acts, func(line []byte) bool { return bytes.Contains(line, []byte(`"type": "`+a.Name+`"`)) }) {
			missing = append(missing, a.Name)
		}
	}
	require.Empty(t, missing)
}

// moments are when something is asked: at an instant, as known at a sequence, or with 0 with everything known.
type moments struct {
	at    string
	known int
}

// everyFinding says for each code when in the demo it is raised and when it is gone, or cured, and what happened.
var everyFinding = []struct {
	code, about     string
	raised, cleared moments
	cured           bool // it stays to be seen
	story           string
}{
	{"NO_GOVERNING_BODY", "company-board", moments{"2026-11-02", 196}, moments{"2026-11-02", 200}, false, "the company's board takes over before its third director is entered"},
	{"VACANT", "d-caio", moments{"2025-11-02", 51}, moments{"2025-11-02", 52}, false, "the acting officer's start is corrected to the weekend before"},
	{"LAPSED", "d-chat", moments{"2026-05-05", 0}, moments{"2026-05-19", 0}, false, "the chat assistant moves under the AIMS, and its authority follows three weeks later"},
	{"UNACCEPTED", "d-pricing", moments{"2024-06-01", 0}, moments{"2024-06-11", 0}, false, "the head of pricing countersigns his letter"},
	{"REVIEW_OVERDUE", "d-ceo", moments{"2026-10-05", 0}, moments{"2026-10-22", 0}, false, "the Board reviews the chief executive's authority three weeks late"},
	{"ACCOUNT_OVERDUE", "d-triage-team", moments{"2026-10-05", 0}, moments{"2026-10-15", 0}, false, "the claims automation team accounts for its first half-year"},
	{"EXPIRING", "d-chat", moments{"2026-04-22", 0}, moments{"2026-05-19", 0}, false, "the chat assistant's trial is prolonged"},
	{"ULTRA_VIRES", "claim-231177", moments{"2026-10-08", 0}, moments{"2026-10-14", 0}, true, "the agent pays once more after it was suspended, and its team ratifies"},
	{"UNDERMINED", "dec-watchlist", moments{"2026-05-20", 68}, moments{"2026-06-17", 70}, true, "a letter entered late takes the ground from a purchase"},
	{"LATE_AUTHORITY", "dec-telematics", moments{"2026-10-04", 0}, moments{"2026-10-06", 0}, true, "a letter that raised a limit is found behind the purchase order"},
	{"DIRECTION_BY_MANAGEMENT", "obj-chat", moments{"2026-10-13", 163}, moments{"2026-10-13", 164}, false, "the entry of an objective had left out what it serves"},
	{"POLICY_WITHOUT_PARAMETERS", "pol-chat", moments{"2025-04-02", 0}, moments{"2026-04-30", 0}, false, "house rules for the chat assistant, where the Board had set nothing"},
	{"NO_APPETITE", "member-chat", moments{"2025-03-11", 0}, moments{"2026-04-30", 0}, false, "the chat assistant is bought outside the Board's appetite, and brought under it"},
	{"NO_DIRECTION", "member-chat", moments{"2025-04-02", 0}, moments{"2026-04-30", 0}, false, "the same, for direction"},
	{"NO_CRITERIA", "member-chat", moments{"2025-03-18", 0}, moments{"2026-04-30", 0}, false, "the same, for criteria"},
	{"APPETITE_BREACH", "demo-154", moments{"2026-10-07", 0}, moments{"2026-11-14", 0}, true, "wrong declines past red in the third quarter, and back in November"},
	{"NOT_INDEPENDENT", "as-drift-2026", moments{"2026-10-13", 164}, moments{"2026-10-13", 165}, false, "the former acting officer checks her own model; her declaration is entered"},
	{"SELF_REVIEW", "member-chat", moments{"2025-10-14", 0}, moments{"2026-09-29", 0}, false, "member services reviews itself until assurers report on the AIMS"},
	{"NOT_RECEIVED", "as-triage-2025", moments{"2025-12-20", 0}, moments{"2026-02-25", 0}, false, "internal audit's report is noted, and accepted only three months later"},
	{"SAME_PERSON", "d-pricing", moments{"2026-10-06", 0}, moments{"2026-11-10", 0}, false, "the chief AI officer acts as her own head of pricing"},
	{"CONFLICTED", "d-outcomes", moments{"2026-02-01", 0}, moments{"2026-10-22", 0}, false, "two directors vote for their own committee's powers; it is decided again without them"},
	{"SYSTEM_ACTED", "claim-229844", moments{"2026-10-09", 0}, moments{"2026-10-14", 0}, true, "the agent pays while the contract of the man who answers for it has run out"},
	{"DUTY_UNMET", "duty:account-to-stakeholders", moments{"2026-10-29", 0}, moments{"2026-10-31", 194}, false, "members are told what AI decides; until it turns out that nothing was sent"},
}

func TestEveryFindingIsRaisedAndClearedInTheDemo(t *testing.T) {
	t.Parallel()
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	codes := map[string]bool{}
	for _, f := range everyFinding {
		codes[f.code] = true
		found, cured := finding(t, kept, f.raised, f.code, f.about)
		require.True(t, found && !cured, "%s of %s is to be open at %v: %s", f.code, f.about, f.raised, f.story)
		found, cured = finding(t, kept, f.cleared, f.code, f.about)
		require.Equal(t, f.cured, found, "%s of %s at %v: %s", f.code, f.about, f.cleared, f.story)
		require.Equal(t, f.cured, cured, "%s of %s at %v: %s", f.code, f.about, f.cleared, f.story)
	}
	require.Len(t, codes, len(domain.FindingKinds()))
	for _, f := range []struct {
		code, about  string
		at           moments
		found, cured bool
	}{
		{"UNDERMINED", "dec-watchlist", moments{"2026-05-20", 67}, false, false},
		{"REVIEW_OVERDUE", "d-ceo", moments{"2026-11-01", 73}, true, false},
		{"ACCOUNT_OVERDUE", "d-triage-team", moments{"2026-11-01", 73}, true, false},
		{"APPETITE_BREACH", "demo-048", moments{"2026-11-01", 73}, true, false},
		{"APPETITE_BREACH", "demo-048", moments{"2026-11-01", 0}, true, true},
		{"ULTRA_VIRES", "dec-telematics", moments{"2026-09-17", 114}, true, false},
		{"LATE_AUTHORITY", "dec-telematics", moments{"2026-09-17", 115}, true, false},
		{"NOT_RECEIVED", "as-drift-2026", moments{"2026-11-12", 0}, true, false},
		{"DUTY_UNMET", "duty:account-to-stakeholders", moments{demoToday, 0}, true, false},
	} {
		found, cured := finding(t, kept, f.at, f.code, f.about)
		require.Equal(t, f.found, found, "%+v", f)
		require.Equal(t, f.cured, cured, "%+v", f)
	}
}

// finding tells whether something is found, and whether it is cured.
func finding(t *testing.T, kept string, m moments, code, about string) (found, cured bool) {
	t.Helper()
	args := []string{"--data", kept, "--json", "findings", "--all", "--code", code, "--at", m.at}
	if m.known != 0 {
		args = append(args, "--known", fmt.Sprint(m.known))
	}
	for _, f := range foundBy(t, args...) {
		if f.About == about {
			return true, f.Cured != nil
		}
	}
	return false, false
}

type foundOne struct {
	Code, Severity, About string
	Cured                 any
}

func foundBy(t *testing.T, args ...string) []foundOne {
	t.Helper()
	var answer struct{ Findings []foundOne }
	require.NoError(t, json.Unmarshal([]byte(succeeds(t, "", args...)), &answer))
	return answer.Findings
}

// What is open on the demo's last day is open for two months after it, but for what ends by itself.
func TestTheDemoEndsWithWhatABoardCouldTalkAbout(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	for _, at := range []string{demoToday, "2026-11-23", "2027-01-20"} {
		var got []string
		for _, f := range foundBy(t, "--data", kept, "--json", "findings", "--at", at) {
			if f.Code != "EXPIRING" {
				got = append(got, f.Severity+" "+f.Code+" "+f.About)
			}
		}
		require.Equal(t, []string{
			"high ULTRA_VIRES goodwill-2204", "high DIRECTION_BY_MANAGEMENT obj-ai-everywhere", "high POLICY_WITHOUT_PARAMETERS pol-ai-everywhere",
			"medium VACANT d-cfo", "medium NO_DIRECTION organization", "medium NO_CRITERIA organization", "medium DUTY_UNMET duty:account-to-stakeholders",
		}, got, at)
	}
}

// Of clauses 5 and 6 the Board has done a part for the whole Society, and its management another in its place; for the AI
// management system the Board has done all of it.
func TestTheDemosManagementUsurpsAPartOfClauses5And6(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	for scope, want := range map[string]map[string]string{
		"organization": {"5.1": "met", "5.2": "usurped", "5.3": "met", "6.1.1": "usurped", "6.1.2": "usurped", "6.1.3": "met", "6.1.4": "usurped", "6.2": "usurped"},
		"aims":         {"5.1": "met", "5.2": "met", "5.3": "met", "6.1.1": "met", "6.1.2": "met", "6.1.3": "met", "6.1.4": "met", "6.2": "met"},
	} {
		var answer struct {
			Rows []struct {
				ID         string
				Governance *struct{ Status string }
			}
		}
		require.NoError(t, json.Unmarshal([]byte(succeeds(t, "", "--data", kept, "--json", "coverage", "iso42001", "--scope", scope, "--at", demoToday)), &answer))
		got := map[string]string{}
		for _, r := range answer.Rows {
			if n := strings.TrimPrefix(r.ID, "iso42001:"); want[n] != "" && r.Governance != nil {
				got[n] = r.Governance.Status
			}
		}
		require.Equal(t, want, got, scope)
	}
}

func TestTheDemosRefusedAttemptsAreKeptOnce(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	succeeds(t, "", "demo", "--keep", kept)
	var codes []string
	for _, r := range decodeLines[struct{ Code string }](t, succeeds(t, "", "--data", kept, "--json", "log", "--refused")) {
		codes = append(codes, r.Code)
	}
	require.Equal(t, []string{"RESERVED_MATTER", "GOVERNANCE_ACT", "NOT_NATURAL", "NO_QUORUM", "NOT_ENTITLED"}, codes)
}

func TestTheDemoErasesAPerson(t *testing.T) {
	kept := t.TempDir()
	succeeds(t, "", "demo", "--keep", kept)
	shown := succeeds(t, "", "--data", kept, "show", "demo-103")
	require.Contains(t, shown, "(erased) left")
	require.NotContains(t, shown, "Rowlands")
	require.NoError(t, filepath.WalkDir(kept, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		require.NotContains(t, string(b), "Rowlands", path)
		return err
	}))
}

// TestTheDemoIsAttestedByItsChair holds the signature to DOMAIN, section 3. It is over the leaf of an act, which changes with
// everything before it: with UPDATE_DEMO set, a new key signs anew, is written to the demo's acts and forgotten.
func TestTheDemoIsAttestedByItsChair(t *testing.T) {
	var attested struct {
		Act, Statement string
		Signature      struct{ Key, Value string }
	}
	var key struct{ ID, Person, Algorithm, PublicKey string }
	told, err := readScript()
	require.NoError(t, err)
	for _, line := range told.acts {
		var a struct {
			Type string
			Data json.RawMessage
		}
		require.NoError(t, json.Unmarshal(line, &a))
		switch {
		case a.Type == "act.attested":
			require.NoError(t, json.Unmarshal(a.Data, &attested))
		case a.Type == "key.registered" && bytes.Contains(a.Data, []byte(`"philippa"`)):
			require.NoError(t, json.Unmarshal(a.Data, &key))
		}
	}
	require.Equal(t, key.ID, attested.Signature.Key)
	require.Equal(t, "ed25519", key.Algorithm)

	store, err := eventstore.Open(t.Context(), eventstore.Config{Dir: t.TempDir()})
	require.NoError(t, err)
	defer func() { _ = store.Close() }()
	s, err := recordDemo(t.Context(), store, &progress{to: newScreen(&strings.Builder{}, func(string) string { return "" })})
	require.NoError(t, err)
	defer s.ledger.Close()
	seq := uint64(slices.IndexFunc(told.acts, func(line []byte) bool { return bytes.Contains(line, []byte(`"id": "`+attested.Act+`"`)) }) + 1)
	stored, err := s.ledger.Stored(t.Context(), seq)
	require.NoError(t, err)
	leaf := domain.LeafHash(stored)
	m := []byte("buckstop-attest-v1\n" + demoLedger + "\n" + hex.EncodeToString(leaf[:]) + "\n" + attested.Statement)

	if os.Getenv("UPDATE_DEMO") != "" {
		public, private, err := ed25519.GenerateKey(nil)
		require.NoError(t, err)
		file := filepath.Join("demo", "acts.jsonl")
		b, err := os.ReadFile(file)
		require.NoError(t, err)
		for old, now := range map[string][]byte{key.PublicKey: public, attested.Signature.Value: ed25519.Sign(private, m)} {
			require.Equal(t, 1, bytes.Count(b, []byte(`"`+old+`"`)), old)
			b = bytes.Replace(b, []byte(`"`+old+`"`), []byte(`"`+base64.StdEncoding.EncodeToString(now)+`"`), 1)
		}
		require.NoError(t, os.WriteFile(file, b, 0o600))
		t.Skip("signed anew; run the tests again")
	}
	public, err := base64.StdEncoding.DecodeString(key.PublicKey)
	require.NoError(t, err)
	signature, err := base64.StdEncoding.DecodeString(attested.Signature.Value)
	require.NoError(t, err)
	require.True(t, ed25519.Verify(public, m, signature), "the demo changed before act %d: sign it anew with UPDATE_DEMO=1", seq)
	require.False(t, ed25519.Verify(public, append(m, ' '), signature))
}

// TestWhatTheDemoSuggestsCanBeTried runs the commands that it prints.
func TestWhatTheDemoSuggestsCanBeTried(t *testing.T) {
	kept := t.TempDir()
	out := succeeds(t, "", "demo", "--keep", kept)
	_, next, _ := strings.Cut(out, "Try next")
	n := 0
	for line := range lines(next) {
		_, command, ok := strings.Cut(line, " --data "+kept+" ")
		if !ok {
			continue
		}
		n++
		r := run(t, "", append([]string{"--data", kept}, strings.Fields(strings.ReplaceAll(command, "'", ""))...)...)
		require.Contains(t, []int{exitOK, exitCheck}, r.code, "%s: %s", command, r.stderr)
		require.NotEmpty(t, r.stdout, command)
	}
	require.Equal(t, 10, n)
}
