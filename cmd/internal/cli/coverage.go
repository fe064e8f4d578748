package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"buckstop/domain"
	"buckstop/domain/catalogue"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) coverageCommand() *cobra.Command {
	scope, only := "", projections.Narrowed{}
	status := ""
	cmd := &cobra.Command{
		Use:   "coverage CATALOGUE|FILE",
		Short: "Is our ISO 42001 governance or management? What is met, unmet or usurped, and by whose acts",
		Long: "Goes through the clauses of a standard: which are governance, which management, and which have a half of each; whose\n" +
			"acts in force show each half; and whether it is met, unmet or usurped, which is a governing body's half that only\n" +
			"management's acts show. Then come the duties that no clause asks of the governing body.\n\n" +
			"The catalogues are " + listed(catalogue.Names()) + ". A FILE is one of your own: a CSV named after what its ids begin\n" +
			"with, as acme-policy.csv holds acme-policy:1.1, in the form of those that come with the program.",
		Example: "  buckstop coverage iso42001\n  buckstop coverage iso42001 --scope claims-triage --clause 5\n" +
			"  buckstop coverage iso42001 --status usurped --at 2026-03-01\n  buckstop coverage iso42001 --duties\n" +
			"  buckstop coverage ./acme-policy.csv -o coverage.csv",
		Args: words("CATALOGUE|FILE"), ValidArgs: catalogue.Names(), Annotations: map[string]string{asks: "yes"},
	}
	f := cmd.Flags()
	f.StringVar(&scope, "scope", "", "count only acts that cover this `SCOPE`: over it or a scope above it")
	f.StringVar(&status, "status", "", "list only what has this `STATUS`: met, unmet or usurped")
	f.StringVar(&only.Clause, "clause", "", "list only the clause of this `NUMBER`, such as 5 or A.2, and those below it")
	f.BoolVar(&only.Duties, "duties", false, "list only the governing body's duties")
	var of *catalogue.Catalogue
	a.reporting(cmd, func(v *domain.View, _ []string) (outgoing, error) {
		c, err := projections.AskCoverage(v, of, scope)
		if err != nil {
			return outgoing{}, err
		}
		if only != (projections.Narrowed{}) {
			c.Narrow(only)
		}
		p := coveragePage{names: names{v}, calendar: calendar{v.Zone()}, c: c}
		return outgoing{c, p.table, p.print}, nil
	})
	show := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if of, err = a.catalogueNamed(args[0]); err != nil {
			return err
		}
		if only.Duties && only.Clause != "" {
			return usage(cmd, "--duties and --clause exclude each other: no clause asks for the duties")
		}
		if status, err = oneOf("--status", "status", status, strings.ToLower(status), []string{"met", "unmet", "usurped"}); err != nil {
			return err
		}
		only.Status = projections.Status(status)
		if only.Clause, err = clauseNamed(of, only.Clause); err != nil {
			return err
		}
		return show(cmd, args)
	}
	return cmd
}

// catalogueNamed gives the catalogue that comes with the program by a name, or else reads the file.
func (a *app) catalogueNamed(name string) (*catalogue.Catalogue, error) {
	if c, ok := catalogue.Embedded(name); ok {
		return c, nil
	}
	text, err := os.ReadFile(name)
	isPath := strings.ContainsAny(name, `/\`) || strings.EqualFold(filepath.Ext(name), ".csv")
	switch {
	case errors.Is(err, fs.ErrNotExist) && !isPath:
		cure := "There are " + listed(catalogue.Names()) + "; one of your own is named by its file, such as acme-policy.csv."
		if near := nearest(strings.ToLower(name), catalogue.Names()); near != "" {
			cure = "Did you mean " + near + "? " + cure
		}
		return nil, &problem{Code: codeNotFound, Detail: fmt.Sprintf("there is no catalogue %q", name), Cure: cure}
	case errors.Is(err, fs.ErrNotExist):
		return nil, &problem{Code: codeNotFound, Detail: "there is no such file", File: name}
	case err != nil:
		return nil, &problem{Code: codeFailure, Detail: err.Error()}
	}
	prefix := filepath.Base(name)
	if ext := filepath.Ext(prefix); strings.EqualFold(ext, ".csv") {
		prefix = strings.TrimSuffix(prefix, ext)
	}
	if taken := strings.ToLower(prefix); slices.Contains(catalogue.Names(), taken) || taken == "duty" {
		return nil, &problem{Code: string(domain.Invalid), Detail: prefix + " is what the program's own ids begin with", File: name,
			Cure: "Give the file another name, and its ids the same prefix.", kind: kinds[exitRefused]}
	}
	c, err := catalogue.Parse(prefix, text)
	return c, a.misread(err, name)
}

// misread tells all that is wrong with a catalogue's file.
func (a *app) misread(err error, file string) error {
	var all catalogue.Problems
	if !errors.As(err, &all) {
		return err
	}
	exit := exitFailure
	for _, one := range all {
		p := &problem{Code: string(domain.Invalid), Detail: one.Message, Cure: one.Cure, File: file, Line: one.Line, Path: one.Column,
			kind: kinds[exitRefused]}
		a.complain(p)
		exit = p.exitCode()
	}
	return &reported{exit}
}

// clauseNamed gives the number of a clause, with or without the catalogue's name before it.
func clauseNamed(c *catalogue.Catalogue, given string) (string, error) {
	number := strings.TrimPrefix(given, c.ID+":")
	if number == "" && given == "" {
		return "", nil
	}
	var top []string
	for _, r := range c.Rows {
		n := strings.TrimPrefix(r.ID, c.ID+":")
		if n == number || number != "" && strings.HasPrefix(n, number+".") {
			return number, nil
		}
		if r.Parent == "" && len(top) < 30 {
			top = append(top, n)
		}
	}
	return "", &problem{Code: codeNotFound, Detail: fmt.Sprintf("%s has no clause %q", c.ID, given), Path: "--clause",
		Cure: "At the top there are " + listed(top) + "."}
}
