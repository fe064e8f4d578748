package cli

import (
	"path"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

// refusedLog lists the attempts that were refused.
func (a *app) refusedLog(cmd *cobra.Command, q projections.LogQuery) error {
	for _, name := range []string{"from", "to", "at", "known"} {
		if cmd.Flags().Changed(name) {
			return usage(cmd, "--%s is for acts; what was refused is not in the record", name)
		}
	}
	if _, err := path.Match(q.Type, ""); err != nil {
		return usage(cmd, "--type: %q is no pattern", q.Type)
	}
	l, err := a.open(cmd.Context())
	if err != nil {
		return err
	}
	defer l.Close()
	narrowed := q.Type != "" || q.By != ""
	ask := ledger.RefusedQuery{Limit: q.Limit}
	if narrowed {
		ask.Limit = 0
	}
	all, err := l.Refused(cmd.Context(), ask)
	if err != nil {
		return err
	}
	return put(l, domain.InstantOf(a.now()), 0, func(v *domain.View) error {
		some := refusedThatFit(v, all, q)
		switch {
		case a.flags.json:
			for _, r := range some {
				if err := a.line(r); err != nil {
					return err
				}
			}
		case len(some) > 0:
			a.refusals(names{v}, calendar{v.Zone()}, some)
		case narrowed:
			a.out.printf("No refused attempt fits.\n")
		default:
			a.out.printf("No attempt was refused in the last year.\n")
		}
		return nil
	})
}

// refusedThatFit gives the newest of those of a type or code, and of who tried them.
func refusedThatFit(v *domain.View, all []ledger.Refused, q projections.LogQuery) []ledger.Refused {
	var some []ledger.Refused
	var acts []uint64
	by := v.Party(q.By, &acts).Key
	for _, r := range all {
		byType, _ := path.Match(q.Type, r.Type)
		byCode, _ := path.Match(q.Type, string(r.Code))
		if q.Type != "" && !byType && !byCode {
			continue
		}
		if q.By != "" && r.RecordedBy != q.By && (r.By == "" || v.Party(r.By, &acts).Key != by) {
			continue
		}
		some = append(some, r)
	}
	if q.Limit > 0 && len(some) > q.Limit {
		some = some[len(some)-q.Limit:]
	}
	return some
}

func (a *app) refusals(n names, c calendar, all []ledger.Refused) {
	var rows [][]any
	for _, r := range all {
		who := r.RecordedBy
		if r.By != "" {
			who += " for " + n.person(r.By)
		}
		rows = append(rows, []any{r.Time.In(c.zone).Format("2 Jan 2006 15:04"), r.Code, who, or(r.Type, "(malformed)"), r.Message})
	}
	a.out.table([]any{"Refused", "Rule", "Who tried", "Act", "Why"}, rows, 4)
}
