package cli

import (
	"fmt"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) statementCommand() *cobra.Command {
	from, until := "", ""
	cmd := &cobra.Command{
		Use:   "statement PARTY",
		Short: "What a party held, delegated, decided and accounted for over a period",
		Long: "Prints the statement of responsibilities of a person, with every change dated: the seats they had, the authority they\n" +
			"held in person and in those seats, what they passed on and remained accountable for, what they decided, the accounts\n" +
			"they gave and received, the assurance they commissioned and reviewed, and from whom and to whom they handed over. Of\n" +
			"a role or body it tells the same, and who sat there. Without --until it goes up to --at.",
		Example: "  buckstop statement anjali\n  buckstop statement caio --from 2026-01-01 --until 2026-07-01\n" +
			"  buckstop statement anjali -o anjali.txt",
		Args: words("PARTY"), Annotations: map[string]string{asks: "yes"},
	}
	cmd.Flags().StringVar(&from, "from", "", "from this `TIME` on (default from the beginning)")
	cmd.Flags().StringVar(&until, "until", "", "up to this `TIME`, which is the first not covered (default up to --at, and with it)")
	a.reporting(cmd, func(v *domain.View, args []string) (outgoing, error) {
		first, last := domain.Beginning, domain.Forever
		for _, bound := range []struct {
			flag, value string
			at          *domain.Instant
		}{{"--from", from, &first}, {"--until", until, &last}} {
			if bound.value == "" {
				continue
			}
			at, err := a.moment(bound.flag, bound.value, v.Zone())
			if err != nil {
				return outgoing{}, err
			}
			*bound.at = at
		}
		s, err := projections.AskStatement(v, args[0], first, last)
		if err != nil {
			return outgoing{}, err
		}
		p := statementPage{names: names{v}, calendar: calendar{v.Zone()}, s: s}
		return outgoing{s, p.table, p.print}, nil
	})
	return cmd
}

// statementPage is a statement as a company secretary would file it.
type statementPage struct {
	*screen
	names
	calendar
	s       *projections.Statement
	section int
	missing []string
}

func (p statementPage) print(to *screen) {
	p.screen = to
	s := p.s
	p.printf("%s\n", p.bold("STATEMENT OF RESPONSIBILITIES"))
	p.wrapped("", "", p.bold(labelled(s.Party, s.Name.Text))+", "+p.kindOf(s.Kind))
	entity := s.Organization.String()
	if s.LegalID != "" {
		entity += " (" + s.LegalID + ")"
	}
	p.wrapped("", "", entity)
	p.wrapped("", "", p.period()+", "+p.knownAs(s.Known))
	p.printf("\n")
	p.identity()
	p.seats()
	p.occupants()
	p.ultimate()
	name := called(s.Party, s.Name.Text)
	p.mandates("Authority held", "", s.Authority)
	p.mandates("Delegated to others", "Whoever delegates remains accountable for the outcome: so does "+name+
		" for what follows, over the times given.", s.Delegated)
	p.mandates("Answered for while a post below was vacant", "Where nobody is in office, the nearest delegator above that has "+
		"somebody answers. It fell to "+name+":", s.Fallen)
	p.deeds("Decisions, and acts of direction and management", s.Decisions)
	p.deeds("Accounts given and received", s.Accounts)
	p.deeds("Assurance commissioned, reported and reviewed", s.Assurance)
	p.handovers()
	p.covers()
	if len(p.missing) > 0 {
		p.wrapped("", "", "Nothing is recorded under: "+strings.Join(p.missing, "; ")+".")
		p.printf("\n")
	}
	p.wrapped(p.dim("Rests on acts "), strings.Repeat(" ", 14), p.dim(strings.Join(s.Because, ", ")))
}

func (p *statementPage) kindOf(kind string) string {
	switch kind {
	case "governing":
		if n := len(p.s.Ultimate); n > 0 && !p.s.Ultimate[n-1].Until.IsZero() {
			return "the governing body " + p.through(p.s.Ultimate[n-1].Until.Instant)
		}
		return "the governing body"
	case "management":
		return "a management body"
	}
	return article(kind)
}

// period says over which time the statement is.
func (p *statementPage) period() string {
	from, until := "From the beginning", "up to "+p.day(p.s.At)
	if !p.s.From.IsZero() {
		from = "From " + p.day(p.s.From.Instant)
	}
	if !p.s.Until.IsZero() {
		until = p.through(p.s.Until.Instant)
	}
	return from + " " + until
}

// heading begins a section, and tells whether there is anything in it.
func (p *statementPage) heading(title string, n int) bool {
	if n == 0 {
		p.missing = append(p.missing, lower(title))
		return false
	}
	p.section++
	p.printf("%s\n\n", p.bold(fmt.Sprintf("%d. %s", p.section, title)))
	return true
}

func lower(words string) string { return strings.ToLower(words[:1]) + words[1:] }

// began writes the first day of something, for a table.
func (p *statementPage) began(from projections.Time) string {
	if from.IsZero() {
		return "the beginning"
	}
	return p.short(from.Time())
}

// ended writes the last day of something, for a table.
func (p *statementPage) ended(until projections.Time) string {
	if until.IsZero() {
		return "continuing"
	}
	return p.last(until.Instant)
}

// over writes a time as the beginning of a sentence: From 1 March 2026 through 30 June 2026.
func (p *statementPage) over(s projections.Span) string {
	out := "From " + p.day(s.From.Instant)
	if s.Until.IsZero() {
		return out + " on"
	}
	return out + " " + p.through(s.Until.Instant)
}

func (p *statementPage) identity() {
	if p.heading("Identity", len(p.s.Identity)) {
		t := report.Table{Columns: []string{"Effective", "Recorded", "What was done", "Act"}}
		for _, d := range p.s.Identity {
			t.Add(p.short(d.Effective.Time()), p.shortDate(d.Recorded), p.done(&d), d.ID)
		}
		p.laid("   ", t)
		p.printf("\n")
	}
}

// done says what was done and by whom.
func (p *statementPage) done(d *projections.Deed) string {
	by, what := p.person(d.By), d.Sentence
	if !strings.HasPrefix(what, by+" ") {
		what = by + ": " + what
	}
	if d.State != "" {
		what += " [" + d.State + "]"
	}
	return what
}

func (p *statementPage) seats() {
	if p.s.Kind == "person" || len(p.s.Seats) > 0 {
		p.offices("Seats held", p.s.Seats, "Seat", func(o *projections.Office) string { return labelled(o.Post, o.PostName.Text) })
	}
}

func (p *statementPage) occupants() {
	if p.s.Kind == "person" {
		return
	}
	p.offices("Who was in office", p.s.Occupants, "Who", func(o *projections.Office) string { return labelled(o.Party, o.Name.Text) })
	for _, v := range p.s.Vacancies {
		p.wrapped("   ", "   ", p.over(v.Span)+" nobody was in office.")
	}
	if len(p.s.Vacancies) > 0 {
		p.printf("\n")
	}
}

func (p *statementPage) offices(title string, all []projections.Office, column string, call func(*projections.Office) string) {
	if !p.heading(title, len(all)) {
		return
	}
	t := report.Table{Columns: []string{column, "As", "From", "Through", "Acts"}}
	for i := range all {
		o := &all[i]
		ended := p.ended(o.Until)
		if o.Until.IsZero() && !o.Term.IsZero() {
			ended += "; for a term " + p.through(o.Term.Instant)
		}
		t.Add(call(o), seatedAs(p.names, projections.Occupant{As: o.As, Covers: o.Covers, AlternateFor: o.AlternateFor}), p.began(o.From), ended,
			strings.Join(o.Because, ", "))
	}
	p.laid("   ", t)
	p.printf("\n")
}

// ultimate says that the governing body remains accountable, and for how long the party was part of it.
func (p *statementPage) ultimate() {
	if len(p.s.Ultimate) == 0 {
		return
	}
	p.heading("Accountability with the governing body", 1)
	for _, u := range p.s.Ultimate {
		as := ", as a member of " + labelled(u.Body, u.Name.Text)
		if u.Body == p.s.Party {
			as = ""
		}
		p.wrapped("   ", "   ", fmt.Sprintf("%s%s. The governing body remains accountable for everything, whatever it has delegated.", p.over(u.Span), as))
	}
	p.printf("\n")
}
