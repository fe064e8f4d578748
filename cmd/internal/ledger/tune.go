package ledger

import (
	"os"
	"runtime/debug"
)

// Tune has the process collect garbage less often than Go would by itself. What a ledger holds in memory is large and
// stays; going over it for every doubling costs an import a sixth of its speed. A program calls it once, at its start. GOGC
// in the environment has the last word.
func Tune() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
}
