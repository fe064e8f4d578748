package catalogue

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

func get(t testing.TB, name string) *Catalogue {
	t.Helper()
	c, ok := Embedded(name)
	require.True(t, ok, name)
	return c
}

func TestEmbeddedCataloguesAreWholeAndInTheirOrder(t *testing.T) {
	require.Equal(t, []string{"iso42001", "iso37000", "iso27001", "iso9001"}, Names())
	for name, rows := range map[string]int{"iso42001": 92, "iso27001": 41, "iso9001": 85, "iso37000": 30} {
		c := get(t, name)
		require.Len(t, c.Rows, rows, name)
		require.Equal(t, name, c.ID)
		require.NotEqual(t, name, c.Title)
	}
	require.Len(t, Duties(), 10)
	_, ok := Embedded("iso42001.csv")
	require.False(t, ok)
}

// The copy that ships must not drift from the material for tests unseen.
func TestEmbeddedFilesAreThoseOfTheMaterialForTests(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "catalog")
	if _, err := os.Stat(dir); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is absent, and tests in CI need it", dir)
		}
		t.Skipf("%s is absent; this test needs it", dir)
	}
	ours := map[string][]byte{"duties.csv": dutiesFile}
	for _, e := range embedded {
		ours[e.name+".csv"] = e.text
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	require.NoError(t, err)
	require.Len(t, files, len(ours))
	for _, file := range files {
		theirs, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(theirs), string(ours[filepath.Base(file)]), filepath.Base(file))
	}
}

func TestEmbeddedIso42001HasTheControlsOfAnnexA(t *testing.T) {
	controls := 0
	for _, r := range get(t, "iso42001").Rows {
		annex := strings.HasPrefix(r.ID, "iso42001:A.")
		if r.Kind == "control" {
			controls++
			require.True(t, annex && r.Leaf, r.ID)
			continue
		}
		require.True(t, !annex || r.Kind == "group" && !r.Leaf, r.ID)
	}
	require.Equal(t, 38, controls)
}

func TestEmbeddedEvidenceIsActTypesOfTheLedger(t *testing.T) {
	listed := 0
	check := func(id string, list []domain.Demand, may ...domain.Side) {
		for _, e := range list {
			listed++
			require.NotNil(t, domain.TypeOf(e.Type), "%s: %s", id, e)
			require.Contains(t, may, e.By, "%s: %s", id, e)
			require.False(t, e.By == domain.ByManagement && domain.TypeOf(e.Type).GoverningBodyAlone(), "%s: %s", id, e)
		}
	}
	for _, name := range Names() {
		for _, r := range get(t, name).Rows {
			// Otherwise a governance half could be met, and not usurped, by management.
			check(r.ID, r.ByGovernance, domain.ByGovernance)
			check(r.ID, r.ByManagement, domain.ByManagement, domain.ByEither)
			require.Equal(t, r.Kind == "group", len(r.ByGovernance)+len(r.ByManagement) == 0, r.ID)
		}
	}
	for _, d := range Duties() {
		check(d.ID, d.Evidence, domain.ByGovernance)
		require.Equal(t, d.Evidence[0].Type, d.CureType, d.ID)
		require.NotEmpty(t, d.Cure, d.ID)
	}
	require.Greater(t, listed, 300)
}

func TestEmbeddedReferencesLeadToARow(t *testing.T) {
	principles, aims := get(t, "iso37000"), get(t, "iso42001")
	check := func(id string, refs []string) {
		require.NotEmpty(t, refs, id)
		for _, ref := range refs {
			_, ok := principles.Row("iso37000:" + ref)
			require.True(t, ok, "%s: %s", id, ref)
		}
	}
	for _, name := range []string{"iso42001", "iso27001", "iso9001"} {
		for _, r := range get(t, name).Rows {
			check(r.ID, r.ISO37000)
		}
	}
	for _, d := range Duties() {
		check(d.ID, d.ISO37000)
		ceiling, ok := aims.Row(d.Ceiling)
		require.True(t, ok && ceiling.Kind != "group", "%s: %s", d.ID, d.Ceiling)
	}
}

func TestEmbeddedParentsComeBeforeTheirChildren(t *testing.T) {
	for _, name := range Names() {
		c, above := get(t, name), map[string]bool{"": true}
		for _, r := range c.Rows {
			require.True(t, above[r.Parent], r.ID)
			above[r.ID] = true
			// The number of a row says where it belongs; the column must not say otherwise.
			if r.Parent != "" {
				require.True(t, strings.HasPrefix(r.ID, r.Parent+"."), "%s below %s", r.ID, r.Parent)
			}
			leaf := !slices.ContainsFunc(c.Rows, func(o Row) bool { return o.Parent == r.ID })
			require.Equal(t, leaf, r.Leaf, r.ID)
		}
	}
}

func TestEmbeddedPrinciplesAreTheGoverningBodys(t *testing.T) {
	for _, r := range get(t, "iso37000").Rows {
		require.Equal(t, Governance, r.Class, r.ID)
		require.Contains(t, verbs, r.Verb, r.ID)
		require.Empty(t, r.ByManagement, r.ID)
	}
}

func TestEmbeddedCataloguesCannotBeChangedForOthers(t *testing.T) {
	for _, name := range Names() {
		before, spoilt := fmt.Sprint(*get(t, name)), get(t, name)
		for i := range spoilt.Rows {
			r := &spoilt.Rows[i]
			for j := range r.ISO37000 {
				r.ISO37000[j] = "0"
			}
			for _, list := range [][]domain.Demand{r.ByGovernance, r.ByManagement} {
				for j := range list {
					list[j] = domain.Demand{}
				}
			}
			r.ID = ""
		}
		require.Equal(t, before, fmt.Sprint(*get(t, name)))
	}
	before, spoilt := fmt.Sprint(Duties()), Duties()
	for i := range spoilt {
		spoilt[i].ISO37000[0], spoilt[i].Evidence[0], spoilt[i].ID = "0", domain.Demand{}, ""
	}
	require.Equal(t, before, fmt.Sprint(Duties()))
	Names()[0] = ""
	require.Equal(t, "iso42001", Names()[0])
}

func TestAboveGivesTheRowItselfAndThenWhatHoldsIt(t *testing.T) {
	c := get(t, "iso42001")
	require.Equal(t, []string{"iso42001:A.6.1.2", "iso42001:A.6.1", "iso42001:A.6"}, c.Above("iso42001:A.6.1.2"))
	require.Equal(t, []string{"iso42001:4"}, c.Above("iso42001:4"))
	require.Empty(t, c.Above("iso42001:3"))
	require.Empty(t, c.Above(""))
}

func TestRowIsFoundByItsId(t *testing.T) {
	r, ok := get(t, "iso42001").Row("iso42001:5.2")
	require.True(t, ok)
	require.Equal(t, Row{
		ID: "iso42001:5.2", Title: "AI policy", Parent: "iso42001:5", Kind: "clause", Class: Governance,
		Governance:   "Adopt the AI policy, or set the direction and appetite that bind it",
		Management:   "Draft it, adopt it within those limits, make it known",
		ISO37000:     []string{"3.2.9", "6.3", "6.9.3", "4.2.3"},
		ByGovernance: []domain.Demand{{Type: "policy.adopted", By: domain.ByGovernance}, {Type: "direction.set", By: domain.ByGovernance}, {Type: "appetite.set", By: domain.ByGovernance}},
		ByManagement: []domain.Demand{{Type: "policy.adopted", By: domain.ByManagement}},
		Note:         "Ceiling: top management may own the policy with no parameters from above",
		Leaf:         true,
	}, r)
	_, ok = get(t, "iso42001").Row("5.2")
	require.False(t, ok)
}

func TestExactlyFourTypesAreTooBroadToCountUncited(t *testing.T) {
	var broad []string
	for _, at := range domain.ActTypes() {
		if (domain.Demand{Type: at.Name}).Broad() {
			broad = append(broad, at.Name)
		}
	}
	require.ElementsMatch(t, []string{"decision.taken", "policy.adopted", "measure.reported", "act.attested"}, broad)
}
