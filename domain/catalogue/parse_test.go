package catalogue

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"buckstop/domain"

	"github.com/stretchr/testify/require"
)

const (
	head      = "id,title,parent,kind,class,governance,management,iso37000,evidence_governance,evidence_management,note\n"
	top       = "acme:1,Top,,group,hybrid,,,,,,\n"
	governed  = "acme:1.1,Limits,acme:1,clause,governance,Set limits,,6.9 6.9.3,appetite.set/GB,,\n"
	shared    = "acme:1.2,Both,acme:1,clause,hybrid,Set,Choose,,direction.set/GB policy.adopted/any,decision.taken/M,word\n"
	managed   = "acme:1.3,Work,acme:1,control,management,,Do,,,decision.taken/M concern.raised/any,\n"
	whole     = head + top + governed + shared + managed
	principle = "id,title,parent,kind,verb,evidence_governance,note\nacme:1,Top,,group,foundation,,\nacme:1.1,Aim,acme:1,principle,direct,direction.set/GB,\n"
)

func TestCatalogueOfOnesOwnIsRead(t *testing.T) {
	c, err := Parse("acme", []byte(whole))
	require.NoError(t, err)
	require.Equal(t, "acme", c.ID)
	require.Equal(t, "acme", c.Title)
	require.Equal(t, []Row{
		{ID: "acme:1", Title: "Top", Kind: "group", Class: Hybrid, ISO37000: []string{}},
		{ID: "acme:1.1", Title: "Limits", Parent: "acme:1", Kind: "clause", Class: Governance, Governance: "Set limits",
			ISO37000: []string{"6.9", "6.9.3"}, ByGovernance: []domain.Demand{{Type: "appetite.set", By: domain.ByGovernance}}, Leaf: true},
		{ID: "acme:1.2", Title: "Both", Parent: "acme:1", Kind: "clause", Class: Hybrid, Governance: "Set", Management: "Choose", ISO37000: []string{},
			ByGovernance: []domain.Demand{{Type: "direction.set", By: domain.ByGovernance}, {Type: "policy.adopted", By: domain.ByEither}},
			ByManagement: []domain.Demand{{Type: "decision.taken", By: domain.ByManagement}}, Note: "word", Leaf: true},
		{ID: "acme:1.3", Title: "Work", Parent: "acme:1", Kind: "control", Class: Management, Management: "Do", ISO37000: []string{},
			ByManagement: []domain.Demand{{Type: "decision.taken", By: domain.ByManagement}, {Type: "concern.raised", By: domain.ByEither}}, Leaf: true},
	}, c.Rows)
}

func TestPrinciplesOfOnesOwnAreTheGoverningBodys(t *testing.T) {
	c, err := Parse("acme", []byte(principle))
	require.NoError(t, err)
	r, _ := c.Row("acme:1.1")
	require.Equal(t, Row{ID: "acme:1.1", Title: "Aim", Parent: "acme:1", Kind: "principle", Class: Governance, Verb: "direct",
		ISO37000: []string{}, ByGovernance: []domain.Demand{{Type: "direction.set", By: domain.ByGovernance}}, Leaf: true}, r)
}

func TestWhatSpreadsheetsMakeOfAFileIsRead(t *testing.T) {
	want, err := Parse("acme", []byte(whole))
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(whole), "\n")
	for i, l := range lines {
		cells := strings.Split(l, ",")
		slices.Reverse(cells)
		lines[i] = strings.Join(cells, " , ")
	}
	for name, text := range map[string]string{
		"byte order mark":         "\ufeff" + whole,
		"carriage returns":        strings.ReplaceAll(whole, "\n", "\r\n"),
		"no line feed at the end": strings.TrimSpace(whole),
		"empty rows":              whole + "\n" + strings.Repeat(",", 10) + "\n , ,\n",
		"columns in other order":  strings.Join(lines, "\n"),
	} {
		got, err := Parse("acme", []byte(text))
		require.NoError(t, err, name)
		require.Equal(t, want, got, name)
	}
}

// TestWhatIsWrongWithAFileIsToldWithItsPlace breaks one rule at a time. A case is the file, and each problem's line,
// column and some of its message.
func TestWhatIsWrongWithAFileIsToldWithItsPlace(t *testing.T) {
	change := func(old, new string) string {
		require.Equal(t, 1, strings.Count(whole, old), old)
		return strings.Replace(whole, old, new, 1)
	}
	inPrinciples := func(old, new string) string {
		require.Equal(t, 1, strings.Count(principle, old), old)
		return strings.Replace(principle, old, new, 1)
	}
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"nothing":          {"", []string{"1||empty"}},
		"no rows":          {head, []string{"1||no rows"}},
		"column unknown":   {strings.Replace(whole, "note", "note,owner", 1), []string{`1|owner|no column "owner"`}},
		"column missing":   {strings.Replace(whole, ",note", "", 1), []string{"1|note|missing"}},
		"column misspelt":  {strings.Replace(whole, "title", "Title", 1), []string{`1|Title|no column`, "1|title|missing"}},
		"column twice":     {strings.Replace(whole, ",note", ",note,title", 1), []string{"1|title|twice"}},
		"forms mixed":      {strings.Replace(whole, ",note", ",note,verb", 1), []string{`1|verb|no column`}},
		"header no CSV":    {`id,"ti"tle` + "\n" + top, []string{"1||not CSV"}},
		"other separator":  {strings.ReplaceAll(principle, ",", ";"), []string{"1|id;title|no column", "1|id|missing", "1|title|missing", "1|parent|", "1|kind|", "1|class|", "1|governance|", "1|management|", "1|iso37000|", "1|evidence_governance|", "1|evidence_management|", "1|note|"}},
		"cell too few":     {change("appetite.set/GB,,", "appetite.set/GB,"), []string{"3||10 cells"}},
		"comma unquoted":   {change("Set limits", "Set, limit"), []string{"3||12 cells"}},
		"quotation mark":   {change("Set limits", `Set "limits"`), []string{"3||not CSV"}},
		"left open":        {change("Set limits", `"Set limits`), []string{"3||down to line 5 this is not CSV"}},
		"no UTF-8":         {change("Set limits", "Set \xe9tat"), []string{"3|governance|UTF-8"}},
		"NUL":              {change("Set limits", "Set\x00limits"), []string{"3|governance|control"}},
		"tab":              {change("Set limits", "\tSet limits"), []string{"3|governance|control"}},
		"next line":        {change("Set limits", "Set\u0085limits"), []string{"3|governance|control"}},
		"line separator":   {change("Set limits", "Set\u2028limits"), []string{"3|governance|control"}},
		"line feed":        {change("Set limits", "\"Set\nlimits\""), []string{"3|governance|control"}},
		"turned direction": {change("Set limits", "Set \u202elimits"), []string{"3|governance|direction"}},

		"id without prefix":  {change("acme:1.1", "1.1"), []string{`3|id|no id of the catalogue acme`}},
		"id of another":      {change("acme:1.1", "acme2:1.1"), []string{"3|id|no id of"}},
		"id without number":  {change("acme:1.1", "acme:"), []string{"3|id|no id of"}},
		"id empty":           {change("acme:1.1", ""), []string{"3|id|no id of"}},
		"id not ASCII":       {change("acme:1.1", "acme:§1"), []string{"3|id|is no id"}},
		"id with space":      {change("acme:1.1", "acme:1 1"), []string{"3|id|is no id"}},
		"id too long":        {change("acme:1.1", "acme:"+strings.Repeat("1", 200)), []string{"3|id|is no id"}},
		"id twice":           {change("acme:1.2", "acme:1.1"), []string{"4|id|on line 3 already"}},
		"title empty":        {change("Limits", " "), []string{"3|title|no title"}},
		"parent unknown":     {change("Limits,acme:1,", "Limits,acme:9,"), []string{`3|parent|no row "acme:9"`}},
		"parent below":       {change("Limits,acme:1,", "Limits,acme:1.2,"), []string{"3|parent|only on line 4"}},
		"parent itself":      {change("Limits,acme:1,", "Limits,acme:1.1,"), []string{"3|parent|its own"}},
		"kind unknown":       {change("control", "principle"), []string{"5|kind|no kind"}},
		"kind empty":         {change("control", ""), []string{"5|kind|no kind"}},
		"class unknown":      {change("hybrid,Set", "mixed,Set"), []string{"4|class|no class"}},
		"class empty":        {change("group,hybrid", "group,"), []string{"2|class|no class"}},
		"management governs": {change("management,,Do", "management,Rule,Do"), []string{"5|governance|no governance half"}},
		"heading governs":    {change("group,hybrid,", "group,management,Rule"), []string{"2|governance|no governance half"}},
		"half not named":     {change("governance,Set limits", "governance,"), []string{"3|governance|governance half"}},
		"hybrid with one":    {change("Set,Choose", "Set,"), []string{"4|management|management half"}},
		"hybrid with other":  {change("Set,Choose", ",Choose"), []string{"4|governance|governance half"}},
		"management unnamed": {change("management,,Do", "management,,"), []string{"5|management|management half"}},
		"reference unknown":  {change("6.9 6.9.3", "6.9 6.99 iso37000:6.1"), []string{`3|iso37000|"6.99"`, `3|iso37000|"iso37000:6.1"`}},

		"group with evidence":   {change("hybrid,,,,,,", "hybrid,,,,appetite.set/GB,decision.taken/M,"), []string{"2|evidence_governance|no evidence of its own", "2|evidence_management|no evidence of its own"}},
		"group of nothing":      {whole + "acme:2,Next,,group,management,,,,,,\n", []string{"6|kind|holds no row"}},
		"no governing evidence": {change("6.9 6.9.3,appetite.set/GB", "6.9 6.9.3,"), []string{"3|evidence_governance|no evidence"}},
		"no managing evidence":  {change(",decision.taken/M,word", ",,word"), []string{"4|evidence_management|no evidence"}},
		"words, no evidence":    {change("Set limits,", "Set limits,Keep to them"), []string{"3|evidence_management|no evidence"}},
		"evidence, no words":    {change("appetite.set/GB,,", "appetite.set/GB,decision.taken/M,"), []string{"3|evidence_management|no such half"}},
		"evidence, no half":     {change("Do,,,", "Do,,appetite.set/GB,"), []string{"5|evidence_governance|no such half"}},
		"type unknown":          {change("6.9 6.9.3,appetite.set/GB", "6.9 6.9.3,appetite.get/GB"), []string{`3|evidence_governance|"appetite.get" is no act type`}},
		"by nobody":             {change("6.9 6.9.3,appetite.set/GB", "6.9 6.9.3,appetite.set"), []string{"3|evidence_governance|by whom"}},
		"by somebody":           {change("6.9 6.9.3,appetite.set/GB", "6.9 6.9.3,appetite.set/gb"), []string{`3|evidence_governance|by "gb"`}},
		"by whom it cannot be":  {change("6.9 6.9.3,appetite.set/GB", "6.9 6.9.3,appetite.set/M"), []string{"3|evidence_governance|governing body alone"}},

		"verb unknown":            {inPrinciples("direct,", "lead,"), []string{"3|verb|no verb"}},
		"principle of a standard": {inPrinciples("principle,", "control,"), []string{"3|kind|no kind"}},
		"principle, no evidence":  {inPrinciples("direction.set/GB", ""), []string{"3|evidence_governance|no evidence"}},
		"heading over principles": {inPrinciples("foundation,", "foundation,direction.set/GB"), []string{"2|evidence_governance|no evidence of its own"}},
		"heading over nothing":    {inPrinciples("Aim,acme:1", "Aim,"), []string{"2|kind|holds no row"}},
		"all that is wrong":       {strings.NewReplacer("Limits", "", "Both,acme:1", "Both,acme:7", ",Do,", ",,").Replace(whole), []string{"3|title|", "4|parent|", "5|management|"}},
		"beside what is no CSV":   {strings.NewReplacer("Limits", "", "Work", `Wo"rk`).Replace(whole), []string{"3|title|", "5||not CSV"}},
		"below what is no CSV":    {change("Top", `To"p`), []string{"2||not CSV"}},
		"below what is no row":    {change("Top", "Top,"), []string{"2||12 cells"}},
		"over what is no row":     {head + top + strings.Replace(governed, ",,\n", ",\n", 1), []string{"3||10 cells"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Parse("acme", []byte(c.file))
			require.Nil(t, got)
			require.Equal(t, domain.Invalid, domain.CodeOf(err))
			var ps Problems
			require.ErrorAs(t, err, &ps)
			require.Len(t, ps, len(c.want), err.Error())
			for i, p := range ps {
				part := strings.SplitN(c.want[i], "|", 3)
				require.Equal(t, part[0], fmt.Sprint(p.Line), p)
				require.Contains(t, p.Column, part[1], p)
				require.Equal(t, part[1] == "", p.Column == "", p)
				require.Contains(t, p.Message, part[2])
				require.True(t, strings.HasSuffix(p.Cure, "."), p.Cure)
			}
		})
	}
}

func TestProblemSaysWhereWhatAndHowToCureIt(t *testing.T) {
	_, err := Parse("acme", []byte(head+top+strings.Replace(governed, "governance,Set", "boss,Set", 1)))
	require.EqualError(t, err, `line 3, class: "boss" is no class. Write governance, hybrid or management.`)
}

func TestCatalogueIsNamedAsItsIdsCanBegin(t *testing.T) {
	for _, name := range []string{"", "a:b", "acme policy", "§", "\xff", strings.Repeat("a", 201)} {
		_, err := Parse(name, []byte(strings.ReplaceAll(whole, "acme:", name+":")))
		require.ErrorContains(t, err, "named", "%q", name)
		require.Equal(t, domain.Invalid, domain.CodeOf(err), "%q", name)
	}
}

func TestFileBeyondTheLimitsIsRefused(t *testing.T) {
	row := func(i int) string { return fmt.Sprintf("acme:%d,T,,clause,management,,Do,,,decision.taken/M,\n", i) }
	var b strings.Builder
	b.WriteString(head)
	for i := range maxRows {
		b.WriteString(row(i))
	}
	c, err := Parse("acme", []byte(b.String()))
	require.NoError(t, err)
	require.Len(t, c.Rows, maxRows)
	_, err = Parse("acme", []byte(b.String()+row(maxRows)))
	require.ErrorContains(t, err, "line 10002: the file has more than 10000 rows")
	require.Len(t, err, 1)
	// What stands beyond the limit is not said to be missing.
	last := strings.LastIndex(b.String(), "acme:")
	_, err = Parse("acme", []byte(b.String()[:last]+"acme:x,T,,group,management,,,,,,\nacme:x.1,T,acme:x,clause,management,,Do,,,decision.taken/M,\n"))
	require.Len(t, err, 1)

	long := whole[:len(whole)-1] + strings.Repeat("x", maxBytes-len(whole)+1)
	_, err = Parse("acme", []byte(long))
	require.NoError(t, err)
	_, err = Parse("acme", []byte(long+"x"))
	require.ErrorContains(t, err, "4194305 bytes")
}

func TestProblemsAreToldUpToALimit(t *testing.T) {
	_, err := Parse("acme", []byte(head+top+strings.Replace(governed, "appetite.set/GB", strings.Repeat("x ", 500_000), 1)))
	var ps Problems
	require.ErrorAs(t, err, &ps)
	require.Len(t, ps, maxProblems+1)
	require.Contains(t, ps[maxProblems].String(), "more problems")

	_, err = Parse("acme", []byte(head+top+strings.Replace(governed, "appetite.set/GB", strings.Repeat("é", 500_000), 1)))
	require.Less(t, len(err.Error()), 400)
}

func TestDutiesFileIsJudgedToo(t *testing.T) {
	text := string(dutiesFile)
	_, err := parseDuties([]byte(text), principles())
	require.NoError(t, err)
	for _, c := range []struct{ old, new, want string }{
		{"duty:set-criteria", "set-criteria", "line 3, id"},
		{"duty:set-criteria", "duty:own-appetite", "line 3, id"},
		{"Set the criteria by which AI risk and impact are judged", "", "line 3, title"},
		{"direct,6.9 6.9.3 6.10", "lead,6.9 6.9.3 6.10", "line 3, verb"},
		{"direct,6.9 6.9.3 6.10", "direct,6.9 6.99", "line 3, iso37000"},
		{"criteria.set/GB", "criteria.set/M", "line 3, evidence"},
		{"criteria.set/GB", "", "line 3, evidence"},
		{"criteria.set: what", "criteria.get: what", "line 3, cure"},
		{"matter.reserved: the powers over AI that may not be delegated", "matter.reserved", "line 5, cure"},
	} {
		require.Equal(t, 1, strings.Count(text, c.old), c.old)
		_, err := parseDuties([]byte(strings.Replace(text, c.old, c.new, 1)), principles())
		require.ErrorContains(t, err, c.want, c.new)
		require.Len(t, err, 1)
	}
}

// write gives a catalogue as a file.
func write(t testing.TB, c *Catalogue) []byte {
	join := func(list []domain.Demand) string {
		var words []string
		for _, e := range list {
			words = append(words, e.String())
		}
		return strings.Join(words, " ")
	}
	columns := standardForm
	if c.Rows[0].Verb != "" {
		columns = principlesForm
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	require.NoError(t, w.Write(columns))
	for _, r := range c.Rows {
		cells := map[string]string{
			"id": r.ID, "title": r.Title, "parent": r.Parent, "kind": r.Kind, "class": string(r.Class), "verb": r.Verb,
			"governance": r.Governance, "management": r.Management, "iso37000": strings.Join(r.ISO37000, " "),
			"evidence_governance": join(r.ByGovernance), "evidence_management": join(r.ByManagement), "note": r.Note,
		}
		var row []string
		for _, column := range columns {
			row = append(row, cells[column])
		}
		require.NoError(t, w.Write(row))
	}
	w.Flush()
	return b.Bytes()
}

// TestEveryFileAgreesWithWhatIsReadOfIt: nothing of an embedded catalogue is lost by reading it.
func TestEveryFileAgreesWithWhatIsReadOfIt(t *testing.T) {
	for _, e := range embedded {
		require.Equal(t, string(e.text), string(write(t, get(t, e.name))), e.name)
	}
}

// FuzzParse: whatever a file holds, it is told what is wrong with it, or what was read of it is itself a catalogue.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("data", "*.csv"))
	if err != nil || len(files) == 0 {
		f.Fatal("no catalogues to begin with", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.TrimSuffix(filepath.Base(file), ".csv"), b)
	}
	f.Add("acme", []byte(whole))
	f.Add("acme", []byte("\ufeff"+strings.ReplaceAll(principle, "\n", "\r\n")))
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		c, err := Parse(name, text)
		if err != nil {
			var ps Problems
			require.ErrorAs(t, err, &ps)
			require.NotEmpty(t, err.Error())
			require.Equal(t, domain.Invalid, domain.CodeOf(err))
			require.Nil(t, c)
			return
		}
		for i, r := range c.Rows {
			above := c.Above(r.ID)
			require.Equal(t, r.ID, above[0])
			require.LessOrEqual(t, len(above), i+1)
		}
		again, err := Parse(name, write(t, c))
		require.NoError(t, err)
		require.Equal(t, c, again)
	})
}
