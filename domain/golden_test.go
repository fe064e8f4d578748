package domain_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"buckstop/domain"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// update lets missing stored goldens be written. Goldens that exist are never written again: what was ever shipped stays
// readable, byte by byte.
var update = flag.Bool("update", false, "write the stored goldens that are missing; none that exists is changed")

func goldenPath(tree, actType string, version int) string {
	return filepath.Join("testdata", tree, fmt.Sprintf("%s.v%d.json", actType, version))
}

func golden(t testing.TB, actType string) []byte {
	t.Helper()
	b, err := os.ReadFile(goldenPath("acts", actType, domain.TypeOf(actType).Version))
	require.NoError(t, err)
	return b
}

func TestGoldensAreThereForEveryVersionOfEveryActTypeAndForNothingElse(t *testing.T) {
	var want []string
	for _, typ := range domain.ActTypes() {
		for v := 1; v <= typ.Version; v++ {
			want = append(want, fmt.Sprintf("%s.v%d.json", typ.Name, v))
		}
	}
	for _, tree := range []string{"acts", "stored"} {
		files, err := os.ReadDir(filepath.Join("testdata", tree))
		require.NoError(t, err)
		var got []string
		for _, f := range files {
			got = append(got, f.Name())
		}
		assert.ElementsMatch(t, want, got, tree)
	}
}

// TestGoldenActsSurviveTheCodec decodes every golden, finds in its encoding all that it says, and settles, encodes and
// decodes it again to the same.
func TestGoldenActsSurviveTheCodec(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for _, typ := range domain.ActTypes() {
		t.Run(typ.Name, func(t *testing.T) {
			text := golden(t, typ.Name)
			a, wrapped, err := domain.DecodeAct(text)
			require.NoError(t, err)
			assert.False(t, wrapped)
			assert.Equal(t, typ.Name, a.Type)
			assert.JSONEq(t, string(text), string(a.Encode()), "what was decoded says something else")

			require.NoError(t, domain.Settle(a, london))
			encoded := a.Encode()
			b, _, err := domain.DecodeAct(encoded)
			require.NoError(t, err)
			require.NoError(t, domain.Settle(b, london))
			assert.Equal(t, string(encoded), string(b.Encode()))
			assert.Equal(t, a.ID, b.ID)
			if typ.Name != "act.corrected" { // its data is read once the act it corrects is known
				markDays(a)
				assert.Equal(t, a.Data, b.Data)
			}
		})
	}
}

// markDays makes the times that an act was given as days the instants that they are once encoded.
func markDays(a *domain.Act) {
	a.Effective.Day = false
	switch d := a.Data.(type) {
	case *domain.DelegationGranted:
		d.Until.Day = false
	case *domain.DelegationVaried:
		d.Until.Day = false
	case *domain.MemberAppointed:
		d.Until.Day = false
	case *domain.RoleAssigned:
		d.Until.Day = false
	default:
	}
}

// TestGoldenActsAreFull finds every member that data may have in the golden of its type, so that the stored form of each
// is pinned.
func TestGoldenActsAreFull(t *testing.T) {
	seen := map[string]bool{}
	for _, typ := range domain.ActTypes() {
		a, _, err := domain.DecodeAct(golden(t, typ.Name))
		require.NoError(t, err)
		for path, said := range sayings("data", reflect.ValueOf(a.Data).Elem()) {
			assert.True(t, said, "%s: the golden lacks %s", typ.Name, path)
		}
		seen["resolution"] = seen["resolution"] || a.Resolution != nil
		seen["rationale"] = seen["rationale"] || !a.Rationale.IsZero()
		seen["evidence"] = seen["evidence"] || len(a.Evidence) > 0
		seen["clauses"] = seen["clauses"] || len(a.Clauses) > 0
		seen["through"] = seen["through"] || len(a.Through) > 0
	}
	assert.Len(t, seen, 5)
	for member, ok := range seen {
		assert.True(t, ok, "no golden has %s", member)
	}
}

// sayings tells for every member of a struct, those of nested ones included, whether it says anything; of a list, whether
// any of its items does.
func sayings(path string, v reflect.Value) map[string]bool {
	out := map[string]bool{}
	for i := range v.NumField() {
		name, f := path+"."+v.Type().Field(i).Name, v.Field(i)
		if !v.Type().Field(i).IsExported() || name == "data.Removed" || name == "data.Content" {
			continue
		}
		if f.Kind() == reflect.Pointer && !f.IsNil() {
			f = f.Elem()
		}
		var items []reflect.Value
		switch plain := f.Type().PkgPath() != "buckstop/domain" || f.Type().NumMethod() > 0; {
		case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct:
			for k := range f.Len() {
				items = append(items, f.Index(k))
			}
		case f.Kind() == reflect.Struct && !plain:
			items = append(items, f)
		}
		out[name] = !f.IsZero() || name == "data.ReportEvery"
		for _, item := range items {
			for k, said := range sayings(name, item) {
				out[k] = out[k] || said
			}
		}
	}
	return out
}

// performers says who may perform acts of a type, as the table of DOMAIN, section 3, has it.
var performers = map[string][]string{
	"GB": {
		"ledger.opened", "organization.renamed", "recorder.appointed", "recorder.removed", "governing-body.succeeded",
		"power.defined", "purpose.defined", "direction.set", "direction.withdrawn", "appetite.set", "appetite.withdrawn",
		"criteria.set", "matter.reserved", "matter.released", "stakeholders.informed",
	},
	"GB, holder": {
		"party.renamed", "person.left", "person.returned", "person.erased", "body.constituted", "body.changed",
		"body.dissolved", "member.appointed", "member.departed", "role.established", "role.abolished", "role.assigned",
		"role.vacated", "scope.defined", "scope.renamed", "scope.moved", "scope.retired", "key.registered", "key.revoked",
		"policy.adopted", "policy.withdrawn", "assurance.commissioned",
	},
	"GB/c": {"assurance.reviewed"},
	"any": {
		"party.registered", "decision.taken", "objective.set", "assessment.completed", "measure.reported", "review.held",
		"concern.raised", "concern.resolved",
	},
	"its own rule": {
		"delegation.granted", "delegation.accepted", "delegation.declined", "delegation.varied", "delegation.suspended",
		"delegation.resumed", "delegation.revoked", "assurance.reported", "account.given", "account.received",
		"act.corrected", "act.annulled", "act.ratified", "act.attested",
	},
}

// scenario is one ledger in which the golden of each act type is accepted once. Between them stand the acts that make
// what they refer to. Besides the board and the chief executive's line there are, to try others at each golden: stella,
// who holds every power over the whole; hal, who holds the act types that a holder may perform; otto, who holds the same
// over a scope elsewhere; and mallory, who holds nothing.
var scenario = `
golden ledger.opened
2026-01-02 board party.registered {"id":"ada","kind":"person","name":"Ada Okafor"}
2026-01-02 board party.registered {"id":"grace","kind":"person","name":"Grace Thorne"}
2026-01-02 board party.registered {"id":"alan","kind":"person","name":"Alan Whitby"}
2026-01-02 board party.registered {"id":"ben","kind":"person","name":"Ben Hale"}
2026-01-02 board party.registered {"id":"cara","kind":"person","name":"Cara Iyer"}
2026-01-02 board party.registered {"id":"dev","kind":"person","name":"Dev Rao"}
2026-01-02 board party.registered {"id":"olga","kind":"person","name":"Olga Lind"}
2026-01-02 board party.registered {"id":"nora","kind":"person","name":"Nora Quist"}
2026-01-02 board party.registered {"id":"hal","kind":"person","name":"Hal Moss"}
2026-01-02 board party.registered {"id":"stella","kind":"person","name":"Stella Roe"}
2026-01-02 board party.registered {"id":"otto","kind":"person","name":"Otto Brandt"}
2026-01-02 board party.registered {"id":"mallory","kind":"person","name":"Mallory Vane"}
2026-01-02 board party.registered {"id":"northgate","kind":"organization","name":"Northgate Assurance LLP","answerable":"nora"}
2026-01-02 board party.registered {"id":"triage-bot","kind":"system","name":"Claims triage","answerable":"cara"}
golden party.registered
2026-01-02 board scope.defined {"id":"technology","name":"Technology"}
2026-01-02 board scope.defined {"id":"triage","name":"Claims triage","parent":"technology"}
2026-01-02 board scope.defined {"id":"legacy-scoring","name":"The old scoring"}
2026-01-02 board scope.defined {"id":"elsewhere","name":"The Dublin branch"}
2026-01-02 board body.constituted {"id":"ethics-forum","name":"Ethics forum","kind":"forum"}
2026-01-02 board role.established {"id":"ceo","name":"Chief Executive"}
2026-01-02 board role.established {"id":"cdo","name":"Chief Data Officer"}
2026-01-02 board role.assigned {"role":"ceo","party":"ben"}
2026-01-03 board member.appointed {"body":"board","party":"ada","capacity":"chair"}
2026-01-03 board member.appointed {"body":"board","party":"grace"}
2026-01-04 board delegation.granted {"id":"d-ceo","from":"board","to":"ceo","scope":"meridian"} resolved 2026-01-04
2026-01-04 board delegation.granted {"id":"d-stella","from":"board","to":"stella","scope":"meridian","powers":["*"]} resolved 2026-01-04
2026-01-04 board delegation.granted {"id":"d-hal","from":"board","to":"hal","scope":"meridian","powers":["HOLDER"]} resolved 2026-01-04
2026-01-04 board delegation.granted {"id":"d-otto","from":"board","to":"otto","scope":"elsewhere","powers":["HOLDER"]} resolved 2026-01-04
golden body.constituted
golden member.appointed
golden organization.renamed
golden role.established
golden scope.defined
golden power.defined
2026-01-16 board power.defined {"id":"spend.cloud","name":"Buying computing"} resolved 2026-01-12
2026-01-16 board power.defined {"id":"spend.acquisition","name":"Buying companies"} resolved 2026-01-12
2026-01-16 board power.defined {"id":"ledger.close","name":"Closing the ledger"} resolved 2026-01-12
golden key.registered
golden matter.reserved
golden recorder.appointed
2026-01-19 board role.assigned {"role":"cto","party":"cara"} resolved 2026-01-19
2026-01-19 board member.appointed {"body":"audit-committee","party":"alan","capacity":"chair"} resolved 2026-01-19
2026-01-19 board member.appointed {"body":"audit-committee","party":"grace"} resolved 2026-01-19
2026-01-19 board member.appointed {"body":"audit-committee","party":"olga","capacity":"observer"} resolved 2026-01-19
grant-audit: 2026-01-21 board delegation.granted {"id":"d-audit","from":"board","to":"audit-committee","scope":"meridian","powers":["assurance.commissioned","assurance.reviewed"]} resolved 2026-01-19
golden purpose.defined
golden body.changed
golden body.dissolved
golden direction.set
golden appetite.set
golden criteria.set
golden policy.adopted
golden delegation.granted
golden delegation.accepted
golden scope.renamed
golden scope.moved
2026-03-04 ceo delegation.granted {"id":"d-dev","from":"ceo","to":"dev","scope":"triage","acceptance":"required"} {"through":["ben"]}
golden delegation.declined
golden delegation.varied
golden decision.taken
golden objective.set
golden assessment.completed
golden measure.reported
golden review.held
golden concern.raised
concern-twice: 2026-04-15 dev concern.raised {"id":"con-drift-again","scope":"triage","severity":"high","summary":"Drift since the March release"}
golden assurance.commissioned
golden concern.resolved
golden role.assigned
golden party.renamed
golden delegation.suspended
golden delegation.resumed
golden role.vacated
golden assurance.reported
golden assurance.reviewed
golden account.given
golden account.received
golden stakeholders.informed
golden act.corrected
golden act.annulled
golden act.ratified
golden act.attested
golden member.departed
golden recorder.removed
golden person.left
golden person.returned
golden person.erased
golden role.abolished
golden scope.retired
golden key.revoked
golden direction.withdrawn
golden policy.withdrawn
golden appetite.withdrawn
golden matter.released
golden delegation.revoked
golden governing-body.succeeded
`

// playScenario records the scenario; before each golden it lets a test try something else in its place.
func playScenario(t *testing.T, before func(s *story, actType string)) (s *story, stored map[string][]byte) {
	t.Helper()
	s, stored = begin(t, "meridian"), map[string][]byte{}
	holder := strings.Join(performers["GB, holder"], `","`)
	for line := range strings.Lines(strings.ReplaceAll(scenario, "HOLDER", holder)) {
		line = strings.TrimSpace(line)
		actType, isGolden := strings.CutPrefix(line, "golden ")
		switch {
		case line == "":
		case isGolden:
			if before != nil {
				before(s, actType)
			}
			require.NotContains(t, stored, actType, "recorded twice")
			stored[actType] = s.record(golden(t, actType), "operator", line).isAccepted().out.Stored
		default:
			s.and(line)
		}
	}
	return s, stored
}

// TestGoldenActsAreStoredByteByByte records every golden in one ledger and compares what is stored. What differs with the
// place in the ledger is fixed, so that the scenario may grow: the sequence, the time, and the act before.
func TestGoldenActsAreStoredByteByByte(t *testing.T) {
	s, stored := playScenario(t, nil)
	for _, typ := range domain.ActTypes() {
		require.Contains(t, stored, typ.Name, "the scenario does not record it")
		e, _, err := domain.ReadStored(stored[typ.Name])
		require.NoError(t, err, typ.Name)
		require.Equal(t, string(stored[typ.Name]), string(e.Append(nil)), "reading and wrapping again changes %s", typ.Name)
		e.Recorded = time.Date(2026, 3, 9, 10, 12, 0, 123456789, time.UTC)
		if e.Seq > 1 {
			e.Seq, e.Prev = 42, strings.Repeat("0123456789abcdef", 4)
		}
		got, file := e.Append(nil), goldenPath("stored", typ.Name, typ.Version)
		want, err := os.ReadFile(file)
		if os.IsNotExist(err) && *update {
			require.NoError(t, os.WriteFile(file, got, 0o644))
			continue
		}
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), file)
	}
	s.restarted()
}

// TestGoldenStoredActsAreReadAndImported reads each stored golden as the ledger does when it starts and as an import does.
func TestGoldenStoredActsAreReadAndImported(t *testing.T) {
	for _, typ := range domain.ActTypes() {
		for v := 1; v <= typ.Version; v++ {
			b, err := os.ReadFile(goldenPath("stored", typ.Name, v))
			require.NoError(t, err)
			require.True(t, json.Valid(b), typ.Name)
			e, a, err := domain.ReadStored(b)
			require.NoError(t, err, typ.Name)
			assert.Equal(t, typ.Name, e.Type)
			assert.Equal(t, v, e.Version)
			assert.Equal(t, string(b), string(e.Append(nil)), "the envelope of %s", typ.Name)
			if v == typ.Version {
				bare := *a
				bare.ID = ""
				assert.Equal(t, string(e.Act), string(bare.Encode()), "the act in %s", typ.Name)
			}
			if strings.Contains(string(b), `"sealed":`) {
				continue // an export gives the texts themselves
			}
			imported, wrapped, err := domain.DecodeAct(b)
			require.NoError(t, err, typ.Name)
			assert.True(t, wrapped)
			assert.Equal(t, e.ID, imported.ID)
		}
	}
}

func TestEveryActTypeIsSaidWhoMayPerformIt(t *testing.T) {
	var listed, types []string
	for _, names := range performers {
		listed = append(listed, names...)
	}
	for _, typ := range domain.ActTypes() {
		types = append(types, typ.Name)
	}
	assert.ElementsMatch(t, types, listed)
}

// TestActsAreRefusedToWhoMayNotPerformThem tries each golden, just before it is recorded, in the name of others.
func TestActsAreRefusedToWhoMayNotPerformThem(t *testing.T) {
	class := map[string]string{}
	for c, names := range performers {
		for _, n := range names {
			class[n] = c
		}
	}
	playScenario(t, func(s *story, actType string) {
		try := func(by, through string) outcome {
			var act map[string]json.RawMessage
			require.NoError(t, json.Unmarshal(golden(t, actType), &act))
			delete(act, "resolution")
			delete(act, "through")
			if through != "" {
				act["through"] = json.RawMessage(`["` + through + `"]`)
			}
			act["by"] = json.RawMessage(`"` + by + `"`)
			act["id"] = json.RawMessage(`"tried-` + by + `"`)
			b, err := json.Marshal(act)
			require.NoError(t, err)
			a, _, err := domain.DecodeAct(b)
			require.NoError(t, err)
			o := outcome{story: s, line: actType + " by " + by}
			o.out, o.err = s.state.Decide(a, domain.Recording{Principal: "operator", Now: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
			if o.err == nil {
				s.state.Rollback(o.out.Seq)
			}
			return o
		}
		switch class[actType] {
		case "GB":
			if actType == "ledger.opened" {
				try("chief", "").isRefused(domain.GovernanceAct, "by")
				return
			}
			try("ceo", "ben").isRefused(domain.GovernanceAct, "by")
			try("stella", "").isRefused(domain.GovernanceAct, "by")
			try("mallory", "").isRefused(domain.GovernanceAct, "by")
		case "GB, holder":
			try("ceo", "ben").isAccepted()
			try("stella", "").isAccepted()
			try("hal", "").isAccepted()
			try("otto", "").isRefused(domain.NotEntitled, "by")
			try("mallory", "").isRefused(domain.NotEntitled, "by")
		case "GB/c":
			try("stella", "").isRefused(domain.NotEntitled, "by")
			try("ceo", "ben").isRefused(domain.NotEntitled, "by")
		case "any":
			try("mallory", "").isAccepted()
		case "its own rule":
			if actType != "act.attested" { // any person may attest, with a key of their own
				try("mallory", "").isRefused(domain.NotEntitled, "by")
			}
		}
	})
}
