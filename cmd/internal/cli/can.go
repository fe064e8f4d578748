package cli

import (
	"fmt"
	"regexp"
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) canCommand() *cobra.Command {
	var given []string
	var amounts []domain.Quantity
	cmd := &cobra.Command{
		Use:   "can PARTY POWER SCOPE",
		Short: "Whether a party may decide something, and if not, why not and who could",
		Long: "Says whether a party may exercise a power over a scope, in person or in a seat it has: through which chain of\n" +
			"delegations, on which conditions, and what is left of each limit over a period. If it may not, it gives every reason,\n" +
			"with the acts to look at, and names those who could decide it instead. What is decided up to --at counts.\n\n" +
			"The exit code is 0 if it may and 3 if it may not.",
		Example: "  buckstop can caio model.deploy claims-triage\n" +
			"  buckstop can rhiannon spend.data fraud-screening --amount spend=9500GBP\n" +
			"  buckstop can caio claim.approve claims-triage --amount claim=900GBP --amount spend=50GBP --at 2026-05-06",
		Annotations: map[string]string{asks: "yes"},
		Args: func(cmd *cobra.Command, args []string) (err error) {
			if amounts, err = quantities(cmd, given); err == nil {
				err = words("PARTY", "POWER", "SCOPE")(cmd, args)
			}
			return err
		},
		RunE: a.asking(func(v *domain.View, args []string) error { return a.can(v, args[0], args[1], args[2], amounts) }),
	}
	cmd.Flags().StringArrayVar(&given, "amount", nil, "how `MUCH` it takes, and of what: spend=1000GBP or 'spend=1000.50 GBP';\nmay be given several times")
	return cmd
}

func (a *app) can(v *domain.View, party, power, scope string, amounts []domain.Quantity) error {
	c, err := projections.AskCan(v, party, power, scope, amounts)
	if err != nil {
		return err
	}
	if a.flags.json {
		err = a.document(c)
	} else {
		err = canPage{screen: a.out, names: names{v}, calendar: calendar{v.Zone()}, c: c, amounts: amounts}.print()
	}
	if err == nil && !c.Allowed {
		err = &reported{exitCheck}
	}
	return err
}

// quantities reads what --amount was given.
func quantities(cmd *cobra.Command, given []string) ([]domain.Quantity, error) {
	var out []domain.Quantity
	for _, g := range given {
		q, wrong := quantity(g)
		if wrong != "" {
			return nil, &problem{Code: codeUsage, Detail: wrong, Cure: "Write --amount spend=1000.50GBP, or in quotes 'spend=1000.50 GBP'.", Path: "--amount"}
		}
		out = append(out, q)
	}
	return out, nil
}

var (
	// amountWritten takes apart what comes after the dimension: a number and its unit, in either order.
	amountWritten = regexp.MustCompile(`^([0-9.][0-9.,'’_ \x{a0}\x{202f}]*)(.*)$`)
	unitBefore    = regexp.MustCompile(`^([A-Za-z]+) ?([0-9.].*)$`)
	separated     = regexp.MustCompile(`['’_ \x{a0}\x{202f}]`)
	exponent      = regexp.MustCompile(`^[eE][+-]?[0-9]`)
)

// quantity reads one amount, or says what is wrong with it. What could be read in two ways is not guessed at.
func quantity(given string) (domain.Quantity, string) {
	var q domain.Quantity
	dimension, rest, ok := strings.Cut(given, "=")
	dimension, rest = strings.TrimSpace(dimension), strings.TrimSpace(rest)
	if !ok || dimension == "" {
		return q, fmt.Sprintf("%q does not say what it is an amount of", given)
	}
	if m := unitBefore.FindStringSubmatch(rest); m != nil {
		rest = m[2] + m[1]
	}
	m := amountWritten.FindStringSubmatch(rest)
	if m == nil {
		return q, fmt.Sprintf("%q gives no amount of %s, which is digits without a sign", given, dimension)
	}
	number, unit := strings.TrimSpace(m[1]), strings.TrimSpace(m[2])
	switch {
	case strings.Contains(number, ","):
		return q, fmt.Sprintf("%q has a comma, which some set between thousands and others before decimals: write all digits together, and a point before decimals", given)
	case separated.MatchString(number):
		return q, fmt.Sprintf("%q has something between its digits: write them all together, and a point before decimals", given)
	case exponent.MatchString(unit):
		return q, fmt.Sprintf("%q has an exponent: write all digits", given)
	case unit == "":
		return q, fmt.Sprintf("%q has no unit", given)
	}
	if strings.HasPrefix(number, ".") {
		number = "0" + number
	}
	value, err := domain.ParseAmount(number, false)
	if err != nil {
		return q, err.Error()
	}
	for _, w := range []string{dimension, unit} {
		if len(w) > 40 || !domain.ValidID(w) {
			return q, fmt.Sprintf("%q is no unit or dimension: up to 40 letters, digits and . _ : / @ | + -", w)
		}
	}
	return domain.Quantity{Dimension: dimension, Unit: unit, Value: value}, ""
}
