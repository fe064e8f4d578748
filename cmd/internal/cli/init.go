package cli

import (
	"context"
	"fmt"
	"time"

	"buckstop/domain"

	"github.com/spf13/cobra"
)

// opening is what `init` is told.
type opening struct {
	organization, legalID, body, bodyName string
	quorum                                int
	zone, yearStart, root, rootName       string
	effective                             string
}

func (a *app) initCommand() *cobra.Command {
	o := &opening{}
	cmd := &cobra.Command{
		Use:   "init LEDGER",
		Short: "Open a ledger",
		Long: "Opens the ledger of an organization: records ledger.opened, its first act, by which the governing body is named.\n" +
			"Whoever opens a ledger is its first recorder.",
		Example: "  buckstop init acme --organization \"Acme Ltd\" --governing-body board --governing-body-name \"Board of Directors\" \\\n" +
			"    --time-zone Europe/London --effective 2026-01-01",
		Args: words("LEDGER"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if a.flags.ledger != "" && a.flags.ledger != args[0] {
				return usage(cmd, "--ledger %s and LEDGER %s name two ledgers", a.flags.ledger, args[0])
			}
			a.flags.ledger = args[0]
			for _, name := range []string{"organization", "governing-body"} {
				if !cmd.Flags().Changed(name) {
					return usage(cmd, "--%s is missing", name)
				}
			}
			text, err := a.openingAct(o, cmd.Flags().Changed("quorum"))
			if err != nil {
				return err
			}
			return a.init(cmd.Context(), o, text)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.organization, "organization", "", "the organization's `NAME` (required)")
	f.StringVar(&o.body, "governing-body", "", "the governing body's `ID` (required)")
	f.StringVar(&o.bodyName, "governing-body-name", "", "its `NAME` (default the id)")
	f.IntVar(&o.quorum, "quorum", 0, "`HOW-MANY` of its members are a quorum")
	f.StringVar(&o.legalID, "legal-id", "", "the organization's registered `NUMBER`")
	f.StringVar(&o.zone, "time-zone", "", "the IANA `ZONE` that days are read in (default UTC)")
	f.StringVar(&o.yearStart, "year-start", "", "the first day of the financial year, `MM-DD` (default 01-01)")
	f.StringVar(&o.root, "root", "", "the root scope's `ID` (default organization)")
	f.StringVar(&o.rootName, "root-name", "", "its `NAME` (default the id)")
	f.StringVar(&o.effective, "effective", "", "from when the ledger holds, `DATE` or RFC 3339 time (default today)")
	return cmd
}

// openingAct writes ledger.opened.
func (a *app) openingAct(o *opening, quorum bool) ([]byte, error) {
	type thing struct {
		ID     string `json:"id"`
		Name   string `json:"name"`
		Quorum *int   `json:"quorum,omitempty"`
	}
	type organization struct {
		Name    string `json:"name"`
		LegalID string `json:"legalId,omitempty"`
	}
	type data struct {
		Organization  organization `json:"organization"`
		GoverningBody thing        `json:"governingBody"`
		TimeZone      string       `json:"timeZone,omitempty"`
		YearStart     string       `json:"yearStart,omitempty"`
		Root          *thing       `json:"root,omitempty"`
	}
	d := data{Organization: organization{o.organization, o.legalID}, TimeZone: o.zone, YearStart: o.yearStart,
		GoverningBody: thing{ID: o.body, Name: or(o.bodyName, o.body)}}
	if quorum {
		d.GoverningBody.Quorum = &o.quorum
	}
	if o.root != "" || o.rootName != "" {
		id := or(o.root, "organization")
		d.Root = &thing{ID: id, Name: or(o.rootName, id)}
	}
	if o.effective == "" {
		zone, err := time.LoadLocation(o.zone)
		if err != nil {
			zone = time.UTC
		}
		o.effective = a.now().In(zone).Format(time.DateOnly)
	}
	return plainJSON(struct {
		Type      string `json:"type"`
		Effective string `json:"effective"`
		By        string `json:"by"`
		Data      data   `json:"data"`
	}{"ledger.opened", o.effective, o.body, d})
}

func (a *app) init(ctx context.Context, o *opening, text []byte) error {
	if _, _, err := domain.DecodeAct(text); err != nil {
		return err
	}
	l, err := a.openOrNew(ctx, false)
	if err != nil {
		return err
	}
	defer l.Close()
	if !l.fresh {
		return &problem{Code: codeExists, Detail: fmt.Sprintf("the ledger %s exists already in %s", l.ID(), a.place()),
			Cure: "Record in it, or choose another id."}
	}
	r, err := l.Record(ctx, a.flags.as, text)
	if err != nil {
		return err
	}
	if err = a.receipt(l, r, text); err == nil && !a.flags.json {
		a.next(l, o)
	}
	return a.concluded(ctx, l, err)
}

// next says what to do with a ledger that was just opened.
func (a *app) next(l *opened, o *opening) {
	a.out.printf("\nThe ledger %s of %s is open, in %s.\n", l.ID(), o.organization, a.place())
	a.out.printf("Next, say who sits on its governing body: put acts like these into a file, one a line,\n\n")
	for _, act := range []string{
		`{"type":"party.registered","effective":"%[1]s","by":"%[2]s","data":{"id":"ada","kind":"person","name":"Ada Okafor"}}`,
		`{"type":"member.appointed","effective":"%[1]s","by":"%[2]s","data":{"body":"%[2]s","party":"ada","capacity":"chair"}}`,
	} {
		a.out.printf("  "+act+"\n", o.effective, o.body)
	}
	again := program()
	for _, name := range []string{"data", "nats", "nats-creds", "as"} {
		if a.given[name] {
			again += " --" + name + " " + a.root.PersistentFlags().Lookup(name).Value.String()
		}
	}
	again += " --ledger " + l.ID()
	a.out.printf("\nand record them:\n\n  %s record acts.jsonl\n  %s seats %s\n  %s who %s\n", again, again, o.body, again, or(o.root, "organization"))
	a.out.printf("\nOr fill in a workbook with parties, posts and delegations, and import it:\n\n  %s import --template organisation.xlsx\n  %s import organisation.xlsx\n", again, again)
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
