package cli

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress is a bar on stderr, where that is a terminal; elsewhere it is silent. It appears when the work has taken a
// second.
type progress struct {
	what  string
	to    *screen
	since time.Time
	bar   *progressbar.ProgressBar
}

func (a *app) progress(what string) *progress {
	return &progress{what: what, to: a.err, since: time.Now()}
}

// of says how far the work has come; of an unknown whole, all is -1.
func (p *progress) of(done, all int64) {
	if !p.to.terminal || time.Since(p.since) < time.Second {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions64(all, progressbar.OptionSetWriter(io.Writer(p.to)), progressbar.OptionSetDescription(p.what),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionSetWidth(24), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(all > 0))
	}
	_ = p.bar.Set64(done)
}

// hide takes the bar off the screen, so that something can be printed; it comes back by itself.
func (p *progress) hide() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
