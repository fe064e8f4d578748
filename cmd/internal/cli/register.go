package cli

import (
	"fmt"
	"strings"

	"buckstop/cmd/internal/report"
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) registerCommand() *cobra.Command {
	by := projections.RegisterQuery{}
	cmd := &cobra.Command{
		Use:   "register",
		Short: "Every delegation, with its state and what it effectively allows",
		Long: "Prints the delegation-of-authority matrix: every delegation that is not over, with who delegated what to whom, over\n" +
			"which scope, for how long, and the powers and limits that remain of it after every step of its chain and what is\n" +
			"reserved to the governing body. A delegation comes after the one it stands on.",
		Example: "  buckstop register --at 2026-03-01\n  buckstop register --scope aims --all\n  buckstop register -o register.csv",
		Args:    words(), Annotations: map[string]string{asks: "yes"},
	}
	f := cmd.Flags()
	f.StringVar(&by.Scope, "scope", "", "only those over this `SCOPE` and the scopes below it")
	f.StringVar(&by.Party, "party", "", "only those from or to this `PARTY`, or a seat it has then")
	f.BoolVar(&by.All, "all", false, "also those that are over: revoked, declined, expired, or ended as their holder left")
	a.reporting(cmd, func(v *domain.View, _ []string) (outgoing, error) {
		r, err := projections.AskRegister(v, by)
		p := registerPage{names: names{v}, calendar: calendar{v.Zone()}, r: r}
		return outgoing{r, p.table, p.print}, err
	})
	return cmd
}

// registerPage is the register as people and spreadsheets read it.
type registerPage struct {
	names
	calendar
	r *projections.Register
}

func (p registerPage) print(s *screen) {
	var acts []uint64
	name, _ := p.v.Organization(&acts)
	s.printf("%s\n", s.bold("Register of delegated authority"))
	s.wrapped("", "", name.String())
	s.wrapped("", "", p.heading(p.r.At, p.r.Known.Seq, p.r.Known.Recorded))
	s.printf("\n")
	if len(p.r.Delegations) == 0 {
		s.wrapped("", "", "There is no delegation"+p.narrowed()+".")
		return
	}
	body := p.party(p.v.Governing(&acts))
	s.wrapped("", "", fmt.Sprintf("%s%s: %s. Each stands on the one above it that is a level higher, and those of level 1 are "+
		"the governing body's own. What they allow is what every step of the chain allows. Every delegator remains accountable for "+
		"what it delegated, and %s for everything.", counted(len(p.r.Delegations), "delegation"), p.narrowed(), p.states(), body))
	s.printf("\n")
	t := report.Table{Columns: []string{"Delegation", "From, to", "Over", "Allows", "Term"}}
	for i := range p.r.Delegations {
		t.Rows = append(t.Rows, p.row(s, &p.r.Delegations[i]))
	}
	s.laid("", t)
}

// narrowed says which delegations were asked for.
func (p registerPage) narrowed() string {
	out := ""
	if p.r.Scope != "" {
		out += " over " + p.scope(p.r.Scope) + " or a scope below it"
	}
	if p.r.Party != "" {
		out += " from or to " + p.party(p.r.Party) + " or a seat it has"
	}
	return out
}

func (p registerPage) states() string {
	order, n := []string{}, map[string]int{}
	for _, d := range p.r.Delegations {
		if n[d.State] == 0 {
			order = append(order, d.State)
		}
		n[d.State]++
	}
	if len(order) == 1 && len(p.r.Delegations) > 1 {
		return "all " + stated(order[0])
	}
	for i, state := range order {
		order[i] = fmt.Sprintf("%d %s", n[state], stated(state))
	}
	return listed(order)
}

// stated writes a delegation's state for people.
func stated(state string) string {
	switch state {
	case "in-force":
		return "in force"
	case "pending":
		return "awaiting acceptance"
	case "left":
		return "ended as its holder left"
	}
	return state
}

func (p registerPage) row(s *screen, d *projections.RegisteredGrant) []string {
	state := stated(d.State)
	if d.State != "in-force" {
		state = s.marked(state)
	}
	level := fmt.Sprintf("level %d", d.Depth+1)
	if d.Depth == 0 && d.Under != "" {
		level = "stands on " + d.Under + ", which is not there"
	}
	first := []string{d.Delegation, level, state}
	who := []string{labelled(d.From.Party, d.From.Name.Text), "to " + labelled(d.To.Party, d.To.Name.Text) + p.inSeat(s, d.To)}
	over := []string{labelled(d.Scope, d.ScopeName.Text)}
	term := []string{"from " + p.short(d.Granted.Time())}
	if !d.Until.IsZero() {
		term = append(term, p.ending(d.Until.Instant))
	}
	if !d.Ends.IsZero() && d.Ends != d.Until {
		term = append(term, p.ending(d.Ends.Instant)+", as one above it")
	}
	if !d.ReviewBy.IsZero() {
		term = append(term, "review by "+p.short(d.ReviewBy.Time()))
	}
	if d.ReportEvery != "" {
		term = append(term, "account every "+d.ReportEvery)
	}
	if d.Resolution != "" {
		term = append(term, "resolution "+d.Resolution)
	}
	var cells []string
	for _, lines := range [][]string{first, who, over, p.allows(d), term} {
		cells = append(cells, strings.Join(lines, "\n"))
	}
	return cells
}

// ending writes the end of a term for a table.
func (c calendar) ending(until domain.Instant) string {
	if last := c.last(until); !strings.HasPrefix(last, "until ") {
		return "through " + last
	}
	return c.last(until)
}

func (p registerPage) inSeat(s *screen, to projections.Post) string {
	switch {
	case to.Kind == "person":
		return ""
	case len(to.Occupants) == 0:
		return ": " + s.marked("vacant")
	}
	return ": " + listed(p.seats(to.Occupants))
}

// allows says what a delegation allows now, or where it is not in force, what it says.
func (p registerPage) allows(d *projections.RegisteredGrant) []string {
	var out []string
	may, most := d.Powers, d.Limits
	if d.State != "in-force" {
		if may, most = d.OwnPowers, d.OwnLimits; may == nil {
			may = []string{"all of the one it stands on"}
		}
		out = append(out, "nothing now; it says:")
	}
	out = append(out, strings.Join(powers(may), ", "))
	if len(d.Reserved) > 0 {
		out = append(out, "but not "+strings.Join(d.Reserved, ", "))
	}
	out = append(out, limits(most)...)
	if d.Conditions != nil {
		out = append(out, "if: "+d.Conditions.String())
	}
	if d.Levels != nil && *d.Levels == 0 {
		out = append(out, "not to be passed on")
	}
	return out
}

func (p registerPage) table() report.Table {
	t := report.Table{Columns: []string{"delegation", "state", "level", "under", "from", "from_name", "to", "to_name", "occupants",
		"scope", "scope_name", "powers", "reserved", "limits", "own_powers", "own_limits", "conditions", "responsibilities",
		"granted", "until", "ends", "levels_below", "review_by", "report_every", "acceptance", "instrument", "resolution", "acts"}}
	for i := range p.r.Delegations {
		d := &p.r.Delegations[i]
		levels, duties := "", []string{}
		if d.Levels != nil {
			levels = fmt.Sprint(*d.Levels)
		}
		for _, r := range d.Responsibilities {
			duties = append(duties, r.Statement.String())
		}
		var inOffice []string
		for _, o := range d.To.Occupants {
			inOffice = append(inOffice, o.Party)
		}
		t.Add(d.Delegation, d.State, fmt.Sprint(d.Depth+1), d.Under, d.From.Party, d.From.Name.String(), d.To.Party, d.To.Name.String(),
			joined(inOffice), d.Scope, d.ScopeName.String(), joined(d.Powers), joined(d.Reserved), joined(limitCells(d.Limits)),
			joined(d.OwnPowers), joined(limitCells(d.OwnLimits)), textOf(d.Conditions), joined(duties),
			p.iso(d.Granted), p.iso(d.Until.Instant), p.iso(d.Ends.Instant), levels, p.iso(d.ReviewBy.Instant), d.ReportEvery, d.Acceptance, textOf(d.Instrument), d.Resolution, joined(d.Because))
	}
	return t
}

// joined writes a list into one cell.
func joined(all []string) string { return strings.Join(all, "; ") }

func textOf(t *projections.Text) string {
	if t == nil {
		return ""
	}
	return t.String()
}

// limitCells writes limits plainly: spend 20000 GBP per act.
func limitCells(all []projections.Limit) []string {
	var out []string
	for _, l := range all {
		out = append(out, fmt.Sprintf("%s %s %s per %s", l.Dimension, l.Max, l.Unit, l.Per))
	}
	return out
}
