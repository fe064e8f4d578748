package domain

import (
	"strconv"
	"strings"
	"time"

	"github.com/sosodev/duration"
)

// wrongPower says what is wrong with a power: lower-case dotted words, `*` for all, or words and `.*` for all below.
func wrongPower(p string) string {
	const wrong = "is no power: lower-case words with dots between them, such as spend.cloud; * for all, spend.* for spend and below"
	if p == "*" {
		return ""
	}
	words := strings.TrimSuffix(p, ".*")
	if len(p) > 200 || words == "" {
		return wrong
	}
	for _, w := range strings.Split(words, ".") {
		if w == "" {
			return wrong
		}
		for i := range len(w) {
			if c := w[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
				return wrong
			}
		}
	}
	return ""
}

// wrongSinglePower is wrongPower for a power that is used, not granted: without a star.
func wrongSinglePower(p string) string {
	if strings.Contains(p, "*") {
		return "names many powers where one is wanted"
	}
	return wrongPower(p)
}

func wrongClause(c string) string {
	catalogue, number, ok := strings.Cut(c, ":")
	if !ok || catalogue == "" || number == "" || !ValidID(c) {
		return "is no clause: the catalogue, a colon and the number, such as iso42001:5.3"
	}
	return ""
}

func wrongHash(h string) string {
	if len(h) != 64 || strings.Trim(h, "0123456789abcdef") != "" {
		return "is no SHA-256: 64 lower-case hexadecimal digits"
	}
	return ""
}

// wrongURI allows https and relative references alone, so that nothing recorded can be made to run.
func wrongURI(u string) string {
	const wrong = "is neither an https address nor a relative one"
	if strings.ContainsAny(u, " \\") || strings.HasPrefix(u, "//") || u == "" {
		return wrong
	}
	if i := strings.IndexAny(u, ":/?#"); i >= 0 && u[i] == ':' && !strings.HasPrefix(u, "https://") {
		return wrong
	}
	return ""
}

// wrongDuration allows ISO 8601 durations of whole days and longer, more than none.
func wrongDuration(s string) string {
	d, err := duration.Parse(s)
	if err != nil || d.Negative || d.Hours != 0 || d.Minutes != 0 || d.Seconds != 0 {
		return "is no ISO 8601 duration in days, weeks, months or years, such as P3M"
	}
	total := 0.0
	for _, part := range []float64{d.Years, d.Months, d.Weeks, d.Days} {
		if part != float64(int(part)) || part > 10000 {
			return "is no ISO 8601 duration in whole days, weeks, months or years, such as P3M"
		}
		total += part
	}
	if total == 0 {
		return "is a duration of nothing"
	}
	return ""
}

func wrongYearStart(s string) string {
	if _, err := time.Parse("2006-01-02", "2001-"+s); err != nil || len(s) != 5 {
		return "is no day of the year of the form MM-DD"
	}
	return ""
}

func wrongBase64(s string) string {
	if s == "" || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=") != "" {
		return "is no base64"
	}
	return ""
}

// wrongKey allows a public key in base64, or as OpenSSH writes it.
func wrongKey(s string) string {
	if len(s) > 4096 {
		return "is too long for a public key"
	}
	return ""
}

func wrongOrigin(s string) string {
	if !strings.HasPrefix(s, "https://") && !strings.HasPrefix(s, "http://localhost") {
		return "is no https origin"
	}
	return ""
}

// wrongZone leaves to the ledger whether there is such a time zone; here only what no zone is called is refused.
func wrongZone(s string) string {
	if s == "Local" || strings.HasPrefix(s, "/") || strings.Contains(s, "..") {
		return "is no IANA time zone"
	}
	return ""
}

func wrongLedger(s string) string {
	if !ValidLedgerID(s) {
		return "is no ledger id: up to 63 of the characters a–z 0–9 -, not beginning with -"
	}
	return ""
}

func wrongUnit(s string) string {
	if len(s) > 40 || !ValidID(s) {
		return "is no unit or dimension: up to 40 letters, digits and . _ : / @ | + -"
	}
	return ""
}

func anyWord(s string) string {
	if s == "" || len(s) > 200 {
		return "must be from 1 to 200 characters, not " + strconv.Itoa(len(s))
	}
	return ""
}
