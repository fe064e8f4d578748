package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
)

// count is what became of some rows.
type count struct {
	Recorded  int `json:"recorded"`
	Known     int `json:"known"`     // recorded before, with the same content
	Refused   int `json:"refused"`   // by a rule
	Malformed int `json:"malformed"` // INVALID
	Failed    int `json:"failed"`    // could not be stored
}

// tally counts an import.
type tally struct {
	count
	Unwrapped int    `json:"unwrapped"`      // stored acts that came as exported
	Last      uint64 `json:"last,omitempty"` // the highest sequence among them
	types     map[string]*count
}

func (t *tally) note(g gist, r ledger.Result) {
	of := t.types[g.Type]
	if of == nil {
		of = &count{}
		t.types[g.Type] = of
	}
	if g.wrapped {
		t.Unwrapped++
	}
	for _, c := range []*count{&t.count, of} {
		switch code := domain.CodeOf(r.Err); {
		case r.Err == nil && r.Receipt.Known:
			c.Known++
		case r.Err == nil:
			c.Recorded++
		case code == domain.Invalid:
			c.Malformed++
		case code != "":
			c.Refused++
		default:
			c.Failed++
		}
	}
}

type typeCount struct {
	Type string `json:"type"` // empty for rows that are no act
	count
}

// byType gives the counts by type, sorted.
func (t *tally) byType() []typeCount {
	var out []typeCount
	for _, name := range slices.Sorted(maps.Keys(t.types)) {
		out = append(out, typeCount{name, *t.types[name]})
	}
	return out
}

// summary prints what became of the rows.
func (im *importing) summary() error {
	t := &im.tally
	if im.flags.json {
		return im.document(struct {
			Ledger      string `json:"ledger"`
			File        string `json:"file"`
			DryRun      bool   `json:"dryRun"`
			Interrupted bool   `json:"interrupted,omitempty"`
			tally
			Types []typeCount `json:"types"`
		}{im.l.ID(), im.rows.in.name, im.dry, im.interrupted, *t, t.byType()})
	}
	var rows [][]any
	cell := func(n int) string {
		if n == 0 {
			return "–"
		}
		return grouped(fmt.Sprint(n))
	}
	for _, c := range t.byType() {
		if c.Type == "" {
			c.Type = "(no act)"
		}
		rows = append(rows, []any{c.Type, cell(c.Recorded), cell(c.Known), cell(c.Refused), cell(c.Malformed)})
	}
	recorded := "Recorded"
	if im.dry {
		recorded = "To record"
	}
	if len(rows) > 0 {
		im.out.table([]any{"Type", recorded, "Already known", "Refused", "Malformed"}, rows, 0)
		im.out.printf("\n")
	}
	im.out.printf("%s\n", im.sentence())
	return nil
}

// sentence is the summary in words.
func (im *importing) sentence() string {
	t := &im.tally
	did := fmt.Sprintf("%s: %s recorded in %s", im.rows.in.name, counted(t.Recorded, "act"), im.l.ID())
	if im.dry {
		did = fmt.Sprintf("Dry run of %s: %s would be recorded in %s, and nothing was", im.rows.in.name, counted(t.Recorded, "act"), im.l.ID())
	}
	for _, part := range []struct {
		n    int
		what string
	}{{t.Known, "already known"}, {t.Refused, "refused"}, {t.Malformed, "malformed"}, {t.Failed, "not stored"}} {
		if part.n > 0 {
			did += fmt.Sprintf("; %s %s", grouped(fmt.Sprint(part.n)), part.what)
		}
	}
	if t.Unwrapped > 0 {
		did += fmt.Sprintf("; %s unwrapped", grouped(fmt.Sprint(t.Unwrapped)))
	}
	return strings.TrimSuffix(did, ".") + "."
}
