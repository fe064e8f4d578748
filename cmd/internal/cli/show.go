package cli

import (
	"bytes"
	"encoding/json"
	"strings"

	"buckstop/domain"
	"buckstop/projections"

	"github.com/spf13/cobra"
)

func (a *app) showCommand() *cobra.Command {
	return &cobra.Command{
		Use:         "show ACT",
		Short:       "One act whole, as it was recorded and as it stands",
		Long:        "Shows an act by its id or its number: what was recorded, how it stands today, and what corrected, annulled,\nratified or signed it.",
		Example:     "  buckstop show 51\n  buckstop show demo-051 --known 51",
		Args:        words("ACT"),
		Annotations: map[string]string{asks: "yes"},
		RunE: a.asking(func(v *domain.View, args []string) error {
			s, err := projections.AskShow(v, args[0])
			if err != nil {
				return err
			}
			if a.flags.json {
				return a.document(s)
			}
			a.show(names{v}, s)
			return nil
		}),
	}
}

func (a *app) show(n names, s *projections.Shown) {
	c, out := calendar{n.v.Zone()}, a.out
	out.printf("%s\n", out.bold("Act "+uintText(s.Seq)+": "+s.Type+" ("+s.ID+")"))
	out.wrapped("", "", n.party(s.By)+": "+s.Sentence+".")
	out.printf("\n")
	line := func(name, words string) { out.wrapped("  "+out.dim(pad(name, 14)), strings.Repeat(" ", 16), words) }
	effective := c.day(s.Effective)
	if was := effectiveOf(s.Act); was != s.Effective {
		effective += ", corrected from " + c.day(was)
	}
	line("effective", effective)
	line("recorded", c.time(s.Recorded)+", by "+s.RecordedBy)
	for _, r := range []struct {
		name string
		acts []string
	}{{"corrected by", s.Corrections}, {"annulled by", some(s.AnnulledBy)}, {"ratified by", s.Ratified}, {"signed by", s.Attested}} {
		if len(r.acts) > 0 {
			line(r.name, strings.Join(r.acts, ", "))
		}
	}
	if s.State == "without effect" {
		line("state", "without effect: what it is about is missing or had ended by then")
	}
	out.printf("\n%s\n%s\n", "As it was recorded:", indented(s.Act, ""))
	switch {
	case bytes.Equal(s.Stands, []byte("null")):
		out.printf("\nIt is annulled: as the record stands, it never happened.\n")
	case !bytes.Equal(s.Stands, s.Act):
		out.printf("\nAs it stands, corrected:\n%s\n", indented(s.Stands, ""))
	}
}

// effectiveOf reads when an act, as recorded, holds from.
func effectiveOf(act []byte) domain.Instant {
	var a struct {
		Effective domain.Instant `json:"effective"`
	}
	_ = json.Unmarshal(act, &a)
	return a.Effective
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func pad(s string, width int) string { return s + strings.Repeat(" ", max(width-len(s), 0)) }
