package projections

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/domain/catalogue"

	"github.com/stretchr/testify/require"
)

// openManaged opens a ledger whose board let ben manage everything below it, with a scope inside another and one beside.
func openManaged(t *testing.T) *book {
	b := openBook(t, "UTC", "2026-01-01")
	b.ok("party.registered", "2026-01-01", "board", `{"id":"ben","kind":"person","name":"Ben"}`)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"aims","name":"AI management system"}`)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"triage","name":"Triage","parent":"aims"}`)
	b.ok("scope.defined", "2026-01-01", "board", `{"id":"hr","name":"People"}`)
	b.ok("delegation.granted", "2026-01-10", "board", `{"id":"d-ben","from":"board","to":"ben","scope":"organization","powers":["*"]}`)
	return b
}

// citing records an act that cites clauses.
func (b *book) citing(kind, effective, by, clauses, data string) uint64 {
	b.t.Helper()
	b.n++
	text := fmt.Sprintf(`{"id":"a%d","type":%q,"effective":%q,"by":%q,"clauses":[%q],"data":%s}`, b.n, kind, effective, by, clauses, data)
	_, out, err := decide(b.s, offer{text: []byte(text), now: bookOpened.AddDate(0, 0, b.n)})
	require.NoError(b.t, err, "%s %s", kind, data)
	b.s.Commit(out.Seq)
	return out.Seq
}

func (b *book) coverage(name, scope, at string, known uint64) *Coverage {
	b.t.Helper()
	of, ok := catalogue.Embedded(name)
	require.True(b.t, ok)
	c, err := AskCoverage(b.view(at, known), of, scope)
	require.NoError(b.t, err)
	return c
}

// stands gives the status of a row of iso42001.
func (b *book) stands(clause, scope, at string, known uint64) Status {
	b.t.Helper()
	return rowOf(b.t, b.coverage("iso42001", scope, at, known), clause).Status
}

func rowOf(t *testing.T, c *Coverage, number string) *Clause {
	t.Helper()
	i := slices.IndexFunc(c.Rows, func(r Clause) bool { return r.ID == c.Catalogue+":"+number })
	require.GreaterOrEqual(t, i, 0, number)
	return &c.Rows[i]
}

func dutyOf(t *testing.T, c *Coverage, id string) *Owed {
	t.Helper()
	i := slices.IndexFunc(c.Duties, func(d Owed) bool { return d.ID == "duty:"+id })
	require.GreaterOrEqual(t, i, 0, id)
	return &c.Duties[i]
}

const (
	aDirection = `{"id":"dir","scope":"aims","statement":"Sooner"}`
	anAppetite = `{"id":"ap","scope":"aims","category":"harm","stance":"averse","statement":"None"}`
	aPolicy    = `{"id":"pol","scope":"aims","title":"AI","version":"1"}`
)

func TestDirectionAppetiteAndPolicyByTheGoverningBodyAreItsOwn(t *testing.T) {
	b := openManaged(t)
	require.Equal(t, Unmet, b.stands("5.1", "aims", "2026-03-01", 0))
	require.Equal(t, Unmet, b.stands("5.2", "aims", "2026-03-01", 0))
	b.ok("direction.set", "2026-02-01", "board", aDirection)
	b.ok("appetite.set", "2026-02-02", "board", anAppetite)
	b.citing("policy.adopted", "2026-02-03", "board", "iso42001:5.2", aPolicy)
	c := b.coverage("iso42001", "aims", "2026-03-01", 0)
	require.Equal(t, Met, rowOf(t, c, "5.1").Status)
	g := rowOf(t, c, "5.2").Governance
	require.Equal(t, Met, g.Status)
	require.Equal(t, 3, g.Acts)
	newest := g.Evidence[2]
	require.Equal(t, "policy.adopted", newest.Type)
	require.Equal(t, "board", newest.By)
	require.Equal(t, "Board", newest.ByName.String())
	require.True(t, newest.Governance)
	require.Contains(t, c.Because, newest.Act)
	require.Equal(t, Met, dutyOf(t, c, "own-appetite").Status)
	require.Equal(t, Unmet, dutyOf(t, c, "set-criteria").Status)
}

func TestAPolicyOfManagementsWithoutParametersUsurps(t *testing.T) {
	b := openManaged(t)
	b.citing("policy.adopted", "2026-03-03", "ben", "iso42001:5.2", aPolicy)
	c := b.coverage("iso42001", "aims", "2026-04-01", 0)
	r := rowOf(t, c, "5.2")
	require.Equal(t, Usurped, r.Status)
	require.Equal(t, 1, r.Governance.Acts, "named for both halves, it is one act")
	require.Equal(t, "ben", r.Governance.Evidence[0].By)
	require.False(t, r.Governance.Evidence[0].Governance)
	require.Equal(t, Met, r.Management.Status)
	require.Equal(t, Unmet, b.stands("5.2", "aims", "2026-03-02", 0), "not yet")
	b.ok("direction.set", "2026-05-01", "board", aDirection)
	require.Equal(t, Met, b.stands("5.2", "aims", "2026-05-01", 0))
	require.Equal(t, Usurped, b.stands("5.2", "aims", "2026-04-30", 0), "before the direction")
	require.Equal(t, Usurped, b.stands("5.2", "aims", "2026-05-01", b.s.Last()-1), "before it was known")
}

func TestABroadTypeCountsOnlyWhereItCitesTheRowOrOneAboveIt(t *testing.T) {
	b := openManaged(t)
	decision := func(id, clause string) {
		data := fmt.Sprintf(`{"id":%q,"scope":"aims","power":"run","summary":"Go on"}`, id)
		if clause == "" {
			b.ok("decision.taken", "2026-02-01", "ben", data)
		} else {
			b.citing("decision.taken", "2026-02-01", "ben", clause, data)
		}
	}
	decision("d1", "")
	require.Equal(t, Unmet, b.stands("8.1", "", "2026-03-01", 0), "it cites nothing")
	decision("d2", "iso27001:8.1")
	decision("d3", "iso42001:7.1")
	require.Equal(t, Unmet, b.stands("8.1", "", "2026-03-01", 0), "it cites another")
	require.Equal(t, Met, b.stands("7.1", "", "2026-03-01", 0))
	decision("d4", "iso42001:8")
	require.Equal(t, Met, b.stands("8.1", "", "2026-03-01", 0), "it cites the row above")
	require.Equal(t, Unmet, b.stands("6.3", "", "2026-03-01", 0))
	decision("d5", "iso42001:A.6.2")
	require.Equal(t, Met, b.stands("A.6.2.5", "", "2026-03-01", 0))
	require.Equal(t, Unmet, b.stands("A.6.1.3", "", "2026-03-01", 0), "a row beside it is not below it")
	decision("d6", "iso42001:A.6")
	require.Equal(t, Met, b.stands("A.6.1.3", "", "2026-03-01", 0), "two rows up")
	b.ok("review.held", "2026-02-01", "ben", `{"id":"rv","scope":"aims","summary":"All well"}`)
	require.Equal(t, Usurped, b.stands("9.3.1", "", "2026-03-01", 0), "other types need cite nothing")
}

func TestWhatIsWithdrawnAnnulledOrCorrectedAwayIsNoEvidence(t *testing.T) {
	b := openManaged(t)
	b.ok("appetite.set", "2026-02-01", "board", anAppetite)
	b.ok("appetite.withdrawn", "2026-04-01", "board", `{"id":"ap"}`)
	require.Equal(t, Met, b.coverage("iso42001", "aims", "2026-03-31", 0).Duties[0].Status)
	require.Equal(t, Unmet, b.coverage("iso42001", "aims", "2026-04-01", 0).Duties[0].Status)
	require.Equal(t, Met, b.coverage("iso42001", "aims", "2026-04-01", b.s.Last()-1).Duties[0].Status)
	require.Equal(t, Unmet, b.stands("6.2", "aims", "2026-04-01", 0))

	objective := b.ok("objective.set", "2026-04-02", "ben", `{"id":"o","scope":"aims","statement":"More"}`)
	require.Equal(t, Usurped, b.stands("6.2", "aims", "2026-05-01", 0))
	b.ok("act.corrected", "2026-04-03", "ben", fmt.Sprintf(`{"act":"a%d","data":{"id":"o","scope":"hr","statement":"More"}}`, b.n))
	require.Equal(t, Unmet, b.stands("6.2", "aims", "2026-05-01", 0), "corrected to another scope")
	require.Equal(t, Usurped, b.stands("6.2", "hr", "2026-05-01", 0))
	require.Equal(t, Usurped, b.stands("6.2", "aims", "2026-05-01", objective), "as known before the correction")
	b.ok("act.annulled", "2026-04-04", "ben", fmt.Sprintf(`{"act":"a%d","reason":"Never set"}`, b.n-1))
	require.Equal(t, Unmet, b.stands("6.2", "", "2026-05-01", 0))

	b.ok("decision.taken", "2026-04-02", "ben", `{"id":"d","scope":"aims","power":"run","summary":"Go on"}`)
	b.ok("act.corrected", "2026-04-05", "ben", fmt.Sprintf(`{"act":"a%d","clauses":["iso42001:8"],
		"data":{"id":"d","scope":"aims","power":"run","summary":"Go on"}}`, b.n))
	require.Equal(t, Met, b.stands("8.1", "aims", "2026-05-01", 0), "a correction that adds the clause counts")
	require.Equal(t, Unmet, b.stands("8.1", "aims", "2026-05-01", b.s.Last()-1))
}

func TestAnActCountsForItsScopeAndThoseBelowIt(t *testing.T) {
	b := openManaged(t)
	b.ok("direction.set", "2026-02-01", "board", aDirection)
	b.ok("objective.set", "2026-02-01", "ben", `{"id":"o","scope":"triage","statement":"More"}`)
	require.Equal(t, Unmet, b.stands("6.2", "aims", "2026-03-01", 0), "the objective is over a scope below")
	require.Equal(t, Met, b.stands("6.2", "triage", "2026-03-01", 0))
	require.Equal(t, Unmet, b.stands("6.2", "hr", "2026-03-01", 0))
	require.Equal(t, Met, b.stands("6.2", "", "2026-03-01", 0), "without a scope every act counts")
	require.Equal(t, Unmet, dutyOf(t, b.coverage("iso42001", "hr", "2026-03-01", 0), "set-direction").Status)
	of, _ := catalogue.Embedded("iso42001")
	_, err := AskCoverage(b.view("2026-03-01", 0), of, "nowhere")
	require.Equal(t, domain.UnknownScope, domain.CodeOf(err))
	require.Equal(t, "Triage", b.coverage("iso42001", "triage", "2026-03-01", 0).ScopeName.String())
}

func TestAHybridIsMetOnlyByBothHalves(t *testing.T) {
	b := openManaged(t)
	b.ok("criteria.set", "2026-02-01", "board", `{"id":"cr","scope":"aims","statement":"By harm"}`)
	r := rowOf(t, b.coverage("iso42001", "aims", "2026-03-01", 0), "6.1.2")
	require.Equal(t, []Status{Unmet, Met, Unmet}, []Status{r.Status, r.Governance.Status, r.Management.Status})
	b.ok("assessment.completed", "2026-02-02", "ben", `{"id":"as","scope":"aims","kind":"risk","result":"Low"}`)
	require.Equal(t, Met, b.stands("6.1.2", "aims", "2026-03-01", 0))
	require.Equal(t, Met, b.stands("8.2", "aims", "2026-03-01", 0))
	require.Empty(t, b.stands("6", "aims", "2026-03-01", 0), "a heading has no status")
}

func TestACommitteeStandsForTheGoverningBodyInAssuranceAlone(t *testing.T) {
	b := openManaged(t)
	b.ok("body.constituted", "2026-01-02", "board", `{"id":"audit","name":"Audit","kind":"committee","parent":"board"}`)
	b.ok("member.appointed", "2026-01-02", "board", `{"body":"audit","party":"grace"}`)
	b.ok("party.registered", "2026-01-02", "board", `{"id":"firm","kind":"organization","name":"Firm"}`)
	b.ok("delegation.granted", "2026-01-10", "board", `{"id":"d-audit","from":"board","to":"audit","scope":"organization","powers":["*"]}`)
	b.ok("assurance.commissioned", "2026-02-01", "audit", `{"id":"as","scope":"aims","provider":"firm","line":"external"}`)
	b.citing("policy.adopted", "2026-02-01", "audit", "iso42001:5.2", aPolicy)
	c := b.coverage("iso42001", "", "2026-03-01", 0)
	g := rowOf(t, c, "9.2.1").Governance
	require.Equal(t, Met, g.Status)
	require.Equal(t, "audit", g.Evidence[0].By)
	require.Equal(t, Met, dutyOf(t, c, "demand-assurance").Status)
	require.Equal(t, Usurped, rowOf(t, c, "5.2").Status, "a committee's policy is not the governing body's")
	b.ok("assurance.commissioned", "2026-02-02", "ben", `{"id":"as2","scope":"hr","provider":"firm","line":"external"}`)
	require.Equal(t, Usurped, b.stands("9.2.1", "hr", "2026-03-01", 0))
	require.Equal(t, Unmet, dutyOf(t, b.coverage("iso42001", "hr", "2026-03-01", 0), "demand-assurance").Status)
}

func TestWhatAFormerGoverningBodyDidIsItsSuccessors(t *testing.T) {
	b := openManaged(t)
	b.ok("direction.set", "2026-02-01", "board", aDirection)
	b.ok("stakeholders.informed", "2026-02-01", "board", `{"id":"si","audience":"members","scope":"aims","period":"2025","summary":"All of it"}`)
	b.ok("governing-body.succeeded", "2026-04-01", "board", `{"id":"council","name":"Council"}`)
	for at, by := range map[string]string{"2026-03-31": "board", "2026-04-01": "council"} {
		g := rowOf(t, b.coverage("iso42001", "aims", at, 0), "4.2").Governance
		require.Equal(t, Met, g.Status)
		require.Len(t, g.Evidence, 2)
		require.Equal(t, []string{by, by}, []string{g.Evidence[0].By, g.Evidence[1].By}, at)
	}
}

func TestADelegationIsEvidenceUntilItEnds(t *testing.T) {
	b := openManaged(t)
	b.ok("delegation.granted", "2026-02-01", "ben", `{"id":"d-sub","from":"ben","to":"alan","scope":"aims"}`)
	b.ok("delegation.revoked", "2026-04-01", "board", `{"id":"d-ben"}`)
	c := b.coverage("iso42001", "aims", "2026-03-01", 0)
	require.Equal(t, Met, rowOf(t, c, "5.3").Status)
	require.Equal(t, Met, rowOf(t, c, "5.3").Management.Status)
	require.Equal(t, Met, dutyOf(t, c, "delegate-within-limits").Status)
	c = b.coverage("iso42001", "aims", "2026-04-01", 0)
	require.Equal(t, Usurped, rowOf(t, c, "5.3").Status, "what management granted lapsed, and shows that it did")
	b.ok("delegation.revoked", "2026-05-01", "ben", `{"id":"d-sub"}`)
	require.Equal(t, Unmet, rowOf(t, b.coverage("iso42001", "aims", "2026-05-01", 0), "5.3").Status)
	require.Equal(t, Unmet, dutyOf(t, c, "delegate-within-limits").Status)
}

func TestEvidenceIsTheNewestAndCountsAll(t *testing.T) {
	b := openManaged(t)
	for i := range 13 {
		b.ok("concern.raised", fmt.Sprintf("2026-02-%02d", 20-i), "ben", fmt.Sprintf(`{"id":"c%d","scope":"aims","severity":"low","summary":"So"}`, i))
	}
	h := rowOf(t, b.coverage("iso42001", "", "2026-03-01", 0), "10.2").Management
	require.Equal(t, 13, h.Acts)
	require.Len(t, h.Evidence, 10)
	require.Equal(t, "2026-02-20T00:00:00Z", h.Evidence[9].Effective.Time().Format(time.RFC3339), "recorded first, effective last")
}

func TestEveryRowIsCountedOnceInTheTallies(t *testing.T) {
	b := openManaged(t)
	for _, name := range catalogue.Names() {
		c := b.coverage(name, "", "2026-03-01", 0)
		n, leaves := 0, 0
		for i, t := range c.Tally {
			n += all(t)
			parts := 0
			for _, p := range c.Parts {
				parts += all(p.Tally[i])
			}
			if parts != all(t) {
				n = -1
			}
		}
		for _, r := range c.Rows {
			if r.Leaf {
				leaves++
			}
		}
		require.Equal(t, leaves, n, name)
	}
}

func TestNarrowingKeepsWhatIsBelowAClause(t *testing.T) {
	numbers := func(to Narrowed) string {
		c := openManaged(t).coverage("iso42001", "", "2026-03-01", 0)
		c.Narrow(to)
		var out []string
		for _, r := range c.Rows {
			out = append(out, c.Number(r.ID))
		}
		for _, d := range c.Duties {
			out = append(out, d.ID)
		}
		return strings.Join(out, " ")
	}
	require.Equal(t, "5 5.1 5.2 5.3", numbers(Narrowed{Clause: "5"}))
	require.Equal(t, "5.3", numbers(Narrowed{Clause: "5", Status: Met}))
	require.Equal(t, "6.1.1", numbers(Narrowed{Clause: "6.1.1"}))
	require.Equal(t, "10 10.1 10.2", numbers(Narrowed{Clause: "10"}))
	require.True(t, strings.HasPrefix(numbers(Narrowed{Clause: "A"}), "A.2 A.2.2 "))
	require.Equal(t, "duty:delegate-within-limits duty:keep-competent", numbers(Narrowed{Duties: true, Status: Met}))
}

// openDemo records the acts of the sample organization.
func openDemo(t *testing.T) *book {
	dir := filepath.Join("..", "cmd", "internal", "cli", "demo")
	acts, err := os.ReadFile(filepath.Join(dir, "acts.jsonl"))
	require.NoError(t, err)
	recorded, err := os.ReadFile(filepath.Join(dir, "recorded.txt"))
	require.NoError(t, err)
	b := &book{t: t, s: domain.NewState("demo", time.LoadLocation)}
	b.s.Duties = Duties()
	times := strings.Fields(string(recorded))
	for i, line := range bytes.Split(bytes.TrimSpace(acts), []byte("\n")) {
		now, err := time.Parse(time.RFC3339, times[i])
		require.NoError(t, err)
		_, out, err := decide(b.s, offer{text: line, now: now})
		require.NoError(t, err, "%s", line)
		b.s.Commit(out.Seq)
	}
	return b
}

func TestEveryCatalogueAnswersOnARealLedger(t *testing.T) {
	b := openDemo(t)
	for _, name := range catalogue.Names() {
		for _, scope := range []string{"", "claims-triage"} {
			c := b.coverage(name, scope, "2026-09-15", 0)
			require.Len(t, c.Duties, 10)
			for _, p := range c.Essay {
				require.NotContains(t, p, "  ")
				require.NotContains(t, p, "()")
				require.NotContains(t, p, " .")
			}
			for _, r := range c.Rows {
				require.Equal(t, r.Kind == "group", r.Status == "", r.ID)
				require.False(t, r.Governance != nil && r.Governance.Status != Unmet && r.Governance.Acts == 0, r.ID)
			}
		}
	}
	require.Equal(t, Met, rowOf(t, b.coverage("iso37000", "", "2026-09-15", 0), "6.4").Status)
}

func TestADutyIsUnmetExactlyWhereItIsAFinding(t *testing.T) {
	b := openDemo(t)
	seen := map[Status]bool{}
	for at := time.Date(2023, 8, 20, 0, 0, 0, 0, time.UTC); at.Year() < 2027; at = at.AddDate(0, 0, 13) {
		for _, known := range []uint64{0, 28, 51, 67} {
			v := b.view(at.Format(time.RFC3339), known)
			f, err := AskFindings(v, FindingsQuery{Code: string(domain.DutyUnmet), Open: true})
			require.NoError(t, err)
			var found, owed []string
			for _, x := range f.Findings {
				found = append(found, x.About)
			}
			of, _ := catalogue.Embedded("iso42001")
			c, err := AskCoverage(v, of, "")
			require.NoError(t, err)
			for _, d := range c.Duties {
				seen[d.Status] = true
				if d.Status != Met {
					owed = append(owed, d.ID)
				}
			}
			slices.Sort(found)
			slices.Sort(owed)
			if v.Governing(new([]uint64)) == "" {
				continue
			}
			require.Equal(t, owed, found, "at %s known %d", at, known)
		}
	}
	require.True(t, seen[Met] && seen[Unmet])
}

// essayOn gives the essay on a catalogue of one's own.
func (b *book) essayOn(rows ...string) []string {
	b.t.Helper()
	csv := "id,title,parent,kind,class,governance,management,iso37000,evidence_governance,evidence_management,note\n" + strings.Join(rows, "\n") + "\n"
	of, err := catalogue.Parse("own", []byte(csv))
	require.NoError(b.t, err)
	c, err := AskCoverage(b.view("2026-03-01", 0), of, "")
	require.NoError(b.t, err)
	return c.Essay
}

func TestTheEssayFitsAnyCatalogue(t *testing.T) {
	b := openManaged(t)
	const (
		governance = "own:1,Aim,,clause,governance,Aim,,,direction.set/GB,,"
		hybrid     = "own:2,Both,,clause,hybrid,Frame,Do,,delegation.granted/GB,objective.set/M,"
		managed    = "own:3,Do,,clause,management,,Do,,,objective.set/M,"
	)
	require.Equal(t, []string{
		"Governance throughout. The one clause of own, counting those with none below them, is the governing body's to answer for.",
		"By the acts in force, nobody has done the governing body's part in the one clause that asks something of it.",
	}, b.essayOn(governance)[:2])
	essay := b.essayOn(managed)
	require.Len(t, essay, 2, "there is nothing for the governing body to have done")
	require.Equal(t, "Management throughout. The one clause of own, counting those with none below them, is management's; "+
		"nothing is asked of the governing body, so that nothing done under it is governance.", essay[0])
	require.Equal(t, []string{
		"Some of each, as it is written. Of the 3 clauses of own, counting those with none below them, 1 is management's alone, " +
			"1 is governance and 1 has a half of each. Governance is concentrated in clause 1 (Aim). The governing body also has a " +
			"part in clause 2 (Both). Clause 3 is management's throughout.",
		"By the acts in force, the governing body has done its part in 1 of the 2 that ask something of it; in 1 nobody has. " +
			"In clause 1 nobody has done 1. Elsewhere it has done 2. Management's part shows in none of the 2 that ask something " +
			"of it: there is no act in the record, which is not to say that nothing is done.",
		"No clause of ISO/IEC 42001 asks the governing body itself for the ten duties that it owes over AI. It has met two of " +
			"them, and still owes eight: own the organization's appetite for AI risk; set the criteria by which AI risk and impact " +
			"are judged; set what AI is to serve and the value it is to create; reserve the AI decisions that only the governing body " +
			"takes; require assurance over the AIMS from someone independent of it; review that assurance and challenge what it " +
			"finds; hold those entrusted with AI to account; answer to stakeholders for what the organization's AI does to them.",
	}, b.essayOn(governance, hybrid, managed))
	b.ok("objective.set", "2026-02-01", "ben", `{"id":"o","scope":"aims","statement":"More"}`)
	b.ok("delegation.revoked", "2026-02-01", "board", `{"id":"d-ben"}`)
	require.Equal(t, "By the acts in force, management acted in the governing body's place in the one clause that asks something of it. "+
		"In clause 2 management did 2 in its place. Management's part shows wherever it has one.", b.essayOn(hybrid, managed)[1])
	b.ok("delegation.granted", "2026-02-02", "board", `{"id":"d-2","from":"board","to":"ben","scope":"organization"}`)
	require.Equal(t, "By the acts in force, the governing body has done its part in the one clause that asks something of it. "+
		"In clause 2 it has done 2. Management's part shows wherever it has one.", b.essayOn(hybrid, managed)[1])
}

func TestTheEssayAnswersForISO42001FromTheActs(t *testing.T) {
	b := openManaged(t)
	b.ok("objective.set", "2026-02-01", "ben", `{"id":"o","scope":"aims","statement":"More"}`)
	c := b.coverage("iso42001", "aims", "2026-03-01", 0)
	require.Contains(t, c.Essay[0], "Mostly management, as it is written. Of the 70 clauses and controls of ISO/IEC 42001:2023, ")
	require.Contains(t, c.Essay[0], "Governance is concentrated in clause 5 (Leadership) and the framing half of clause 6 (Planning), ")
	require.Contains(t, c.Essay[1], "By the acts in force that cover AI management system (aims), the governing body has done its part in 5 "+
		"of the 26 that ask something of it; in 2 management acted in its place, and in 19 nobody has. "+
		"In clause 5 it has done 5.3; management did 5.1 in its place; nobody has done 5.2. "+
		"In the framing half of clause 6 it has done 6.1.3; management did 6.2 in its place; nobody has done 6.1.1, 6.1.2 and 6.1.4.")
	for _, name := range []string{"iso27001", "iso9001"} {
		require.Contains(t, b.coverage(name, "", "2026-03-01", 0).Essay[0],
			"Governance is concentrated in clause 5 (Leadership) and the framing half of clause 6 (Planning), ")
	}
	require.Contains(t, b.coverage("iso37000", "", "2026-03-01", 0).Essay[0], "Governance throughout. All 21 principles, clauses and terms of ISO 37000:2021, ")
	require.Equal(t, c, b.coverage("iso42001", "aims", "2026-03-01", 0), "the same question has the same answer")
}

// The counts are what the project says of the standard in public.
func TestGovernanceOfIso42001IsConcentratedInFewClauses(t *testing.T) {
	got := map[string][3]int{} // governance, hybrid, management; the controls of Annex A together
	for _, p := range openManaged(t).coverage("iso42001", "", "2026-03-01", 0).Parts {
		clause, _, _ := strings.Cut(p.Clause, ".")
		n := got[clause]
		for _, y := range p.Tally {
			n[map[catalogue.Class]int{catalogue.Governance: 0, catalogue.Hybrid: 1, catalogue.Management: 2}[y.Class]] += all(y)
		}
		got[clause] = n
	}
	require.Equal(t, map[string][3]int{"4": {0, 4, 0}, "5": {3, 0, 0}, "6": {0, 5, 1}, "7": {0, 0, 7}, "8": {0, 0, 4}, "9": {0, 5, 1},
		"10": {0, 0, 2}, "A": {5, 4, 29}}, got)
}
