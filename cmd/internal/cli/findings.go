package cli

import (
	"fmt"
	"slices"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

// codeFindings is the problem of findings that --fail-on does not let pass.
const codeFindings = "FINDINGS"

func (a *app) findingsCommand() *cobra.Command {
	by, all, failOn := projections.FindingsQuery{}, false, ""
	severity := ""
	cmd := &cobra.Command{
		Use:   "findings",
		Short: "What a governing body should look at, and what would cure it",
		Long: "Lists what is to be found, the severest first: decisions without authority, posts that are vacant, delegations that\n" +
			"lost their support, reviews and accounts that are overdue, measures past an appetite, and what the governing body has\n" +
			"not set. Each says since when, what would cure it, and the acts to look at. Findings are worked out from the acts for\n" +
			"the times asked about; what was ratified or put right is left out, unless --all is given.\n\n" +
			"With --fail-on the exit code is 3 if one that is listed and not cured is at least so severe.",
		Example: "  buckstop findings --scope aims\n  buckstop findings --at 2026-03-16 --known 2026-03-20\n" +
			"  buckstop findings --severity high --fail-on high\n  buckstop findings --all -o findings.csv",
		Args: words(), Annotations: map[string]string{asks: "yes"},
	}
	f := cmd.Flags()
	f.StringVar(&by.Scope, "scope", "", "only those over this `SCOPE` and the scopes below it")
	f.StringVar(&by.Code, "code", "", "only those of this `CODE`, such as ULTRA_VIRES")
	f.StringVar(&severity, "severity", "", "only those of at least this `SEVERITY`: low, medium, high or critical")
	f.BoolVar(&all, "all", false, "also those that are cured, with by whom and when")
	f.StringVar(&failOn, "fail-on", "", "end with exit code 3 if there is an open one of at least this `SEVERITY`")
	var severe []projections.Finding
	a.reporting(cmd, func(v *domain.View, _ []string) (outgoing, error) {
		by.Open = !all
		answer, err := projections.AskFindings(v, by)
		if err != nil {
			return outgoing{}, err
		}
		for _, x := range answer.Findings {
			if failOn != "" && x.Cured == nil && x.Severity.AtLeast(domain.Severity(failOn)) {
				severe = append(severe, x)
			}
		}
		p := findingsPage{names: names{v}, calendar: calendar{v.Zone()}, f: answer, by: by}
		p.whole = by.Code != "" || !report.ToStream(cmd.Flag("output").Value.String())
		return outgoing{answer, p.table, p.print}, nil
	})
	show := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if severity, err = severityNamed("--severity", severity); err == nil {
			by.Severity = domain.Severity(severity)
			failOn, err = severityNamed("--fail-on", failOn)
		}
		if err == nil {
			by.Code, err = findingCodeNamed(by.Code)
		}
		if err == nil {
			err = show(cmd, args)
		}
		if err == nil && len(severe) > 0 {
			err = failing(severe, failOn)
		}
		return err
	}
	return cmd
}

// failing is the error of findings that --fail-on does not let pass.
func failing(severe []projections.Finding, failOn string) error {
	return &problem{Code: codeFindings, Detail: counted(len(severe), "open finding") + ofSeverity(domain.Severity(failOn)),
		Cure: "To cure the first: " + toCure(&severe[0]), Path: "--fail-on"}
}

// toCure says what would cure a finding, as a sentence: where a catalogue only says what the act should hold, with the act.
func toCure(f *projections.Finding) string {
	words := f.Cure.Words
	if words == capital(words) {
		return words
	}
	return strings.TrimSuffix(fmt.Sprintf("Record %s: %s", f.Cure.Type, words), ".") + "."
}

// ofSeverity says which findings a least severity lets through; the least of all lets through any.
func ofSeverity(least domain.Severity) string {
	switch least {
	case "", domain.Low:
		return ""
	case domain.Critical:
		return " of severity critical"
	}
	return " of severity " + string(least) + " or above"
}

// severityNamed gives the severity that a flag names, however it is written.
func severityNamed(flag, given string) (string, error) {
	var all []string
	for _, s := range domain.Severities() {
		all = append(all, string(s))
	}
	return oneOf(flag, "severity", given, strings.ToLower(given), all)
}

// findingCodeNamed gives the code of findings that is meant: ultra-vires is ULTRA_VIRES.
func findingCodeNamed(given string) (string, error) {
	var all []string
	for _, k := range domain.FindingKinds() {
		all = append(all, string(k.Code))
	}
	return oneOf("--code", "code of findings", given, strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToUpper(given)), all)
}

// oneOf gives a word that is one of a list, and else an error with the whole list, the nearest first.
func oneOf(flag, what, given, word string, all []string) (string, error) {
	if given == "" || slices.Contains(all, word) {
		return word, nil
	}
	cure := "There are " + listed(all) + "."
	if near := nearest(word, all); near != "" {
		cure = "Did you mean " + near + "? " + cure
	}
	return "", &problem{Code: codeUsage, Detail: fmt.Sprintf("%q is no %s", given, what), Cure: cure, Path: flag}
}

// nearest gives the word of a list that most likely was meant: the one that another begins, or else that is the fewest
// letters away, and not too many.
func nearest(word string, all []string) string {
	best, least := "", len(word)/3+1
	for _, w := range all {
		n := lettersApart(word, w)
		if len(word) >= 3 && strings.Contains(w, word) {
			n = 0
		}
		if n < least || n == least && best == "" {
			best, least = w, n
		}
	}
	return best
}

// lettersApart is how many letters are to be put in, left out or changed to make one word of another.
func lettersApart(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
