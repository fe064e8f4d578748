package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// globals are the flags that every command takes.
type globals struct {
	ledger   string
	data     string
	nats     string
	creds    string
	unsynced bool
	as       string
	json     bool
	at       string
	known    string
}

func (a *app) globalFlags(root *cobra.Command) {
	f, g := root.PersistentFlags(), &a.flags
	f.SortFlags = false
	f.StringVar(&g.ledger, "ledger", "", "the ledger's `ID`; may be left out when there is only one")
	f.StringVar(&g.data, "data", "", "the `DIRECTORY` of the embedded ledger (default ~/.local/share/buckstop)")
	f.StringVar(&g.nats, "nats", "", "the `URL` of a NATS server with JetStream, in place of --data")
	f.StringVar(&g.creds, "nats-creds", "", "the credentials `FILE` for --nats")
	f.BoolVar(&g.unsynced, "allow-unsynced", false, "accept a NATS server that cannot be shown to sync every write: a power\ncut may then lose what it has acknowledged")
	f.StringVar(&g.as, "as", "operator", "record as this `PRINCIPAL`")
	f.StringVar(&g.at, "at", "", "the `TIME` asked about: a date in the ledger's time zone, or RFC 3339\n(default now)")
	f.StringVar(&g.known, "known", "", "how much of the record to use: a sequence `NUMBER`, date or RFC 3339 time\n(default all of it)")
	f.BoolVar(&g.json, "json", false, "print JSON: one document, or one object a line")
}

// fromEnvironment are the flags that BUCKSTOP_* variables set. When is asked about is not among them: a forgotten
// variable must not change an answer.
var fromEnvironment = []string{"ledger", "data", "nats", "nats-creds", "allow-unsynced", "as", "json"}

func variable(flag string) string {
	return "BUCKSTOP_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// Commands that answer a question take --at and --known.
const asks = "asks"

// settle fills in, from the environment, the flags that were not given, and refuses those that make no sense together.
func (a *app) settle(cmd *cobra.Command) error {
	f := a.root.PersistentFlags()
	for _, name := range []string{"at", "known"} {
		if f.Changed(name) && cmd.Annotations[asks] == "" {
			return usage(cmd, "--%s is for questions; %s takes none", name, cmd.Name())
		}
	}
	given := a.given
	f.VisitAll(func(fl *pflag.Flag) { given[fl.Name] = fl.Changed })
	if given["data"] && given["nats"] {
		return usage(cmd, "--data and --nats name two places; give one")
	}
	for _, name := range fromEnvironment {
		value := a.env(variable(name))
		// Where a flag says where the acts lie, a variable that says it otherwise is overruled.
		if value == "" || given[name] || name == "data" && given["nats"] || (name == "nats" || name == "nats-creds") && given["data"] {
			continue
		}
		if err := f.Set(name, value); err != nil {
			return usage(cmd, "%s=%s: %s", variable(name), value, err)
		}
	}
	if a.flags.data != "" && a.flags.nats != "" {
		return usage(cmd, "BUCKSTOP_DATA and BUCKSTOP_NATS name two places; set one, or give --data or --nats")
	}
	if a.flags.creds != "" && a.flags.nats == "" {
		return usage(cmd, "--nats-creds goes with --nats")
	}
	if a.flags.as == "" {
		return usage(cmd, "--as names nobody")
	}
	if a.flags.nats == "" && a.flags.data == "" {
		a.flags.data = a.defaultData()
	}
	return nil
}

// defaultData follows the XDG Base Directory Specification, which has relative paths ignored. It is empty where there is no
// home directory.
func (a *app) defaultData() string {
	if dir := a.env("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "buckstop")
	}
	home := a.env("HOME")
	if home == "" {
		home = a.env("USERPROFILE")
	}
	if home == "" {
		return ""
	}
	return filepath.Join(home, ".local", "share", "buckstop")
}
