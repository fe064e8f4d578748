package cli

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
)

// setting is a flag's value and where it came from.
type setting struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

func (a *app) configCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Every setting, its value and where it came from",
		Long:  "Shows every setting, its value and where it came from: a flag, a BUCKSTOP_* variable or the default.",
		Args:  words(),
		RunE: func(*cobra.Command, []string) error {
			all := a.settings()
			if a.flags.json {
				for _, s := range all {
					if err := a.line(s); err != nil {
						return err
					}
				}
				return nil
			}
			var rows [][]any
			for _, s := range all {
				rows = append(rows, []any{s.Name, or(s.Value, "–"), s.From})
			}
			a.out.table([]any{"Setting", "Value", "From"}, rows, 1)
			return nil
		},
	}
}

func (a *app) settings() []setting {
	f := a.root.PersistentFlags()
	var all []setting
	for _, name := range fromEnvironment {
		fl := f.Lookup(name)
		s := setting{name, fl.Value.String(), "default"}
		switch {
		case a.given[name]:
			s.From = "--" + name
		case fl.Changed:
			s.From = variable(name)
		case name == "data" && s.Value != "" && filepath.IsAbs(a.env("XDG_DATA_HOME")):
			s.From = "XDG_DATA_HOME"
		}
		if name == "nats" {
			s.Value = redacted(s.Value)
		}
		all = append(all, s)
	}
	return all
}

func uintText(n uint64) string { return fmt.Sprint(n) }
