package domain

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/govalues/decimal"
	"golang.org/x/text/unicode/norm"
)

// Text is a text in an act. A personal one (the name of a person, or what was given as {"personal": "…"}) is kept outside
// the log; the act holds only a seal over it: base64url SHA-256 of a 32-byte salt and the text.
type Text struct {
	Plain    string // the text itself; empty in a stored act whose text is personal
	Seal     string // the seal, in a stored act whose text is personal
	Personal bool   // the text is, or is to be, kept outside the log
	Erased   bool   // the text was destroyed (in answers only)
}

// IsZero tells whether there is no text.
func (t Text) IsZero() bool { return t.Plain == "" && t.Seal == "" && !t.Erased }

// String gives the text as people read it, and says so where it is sealed or erased.
func (t Text) String() string {
	switch {
	case t.Erased:
		return "(erased)"
	case t.Plain == "" && t.Seal != "":
		return "(sealed)"
	}
	return t.Plain
}

// When is a time in an act: a day, which begins at its first instant in the ledger's time zone, or an instant.
type When struct {
	Text string  // as given, or as stored
	At   Instant // valid once the act has been settled in its ledger's time zone
	Day  bool    // it was given as a day
}

// IsZero tells whether no time is given.
func (w When) IsZero() bool { return w.Text == "" }

func (w *When) settle(zone *time.Location, rewrite bool) error {
	at, isDay, err := ParseInstant(w.Text, zone)
	if err != nil {
		return err
	}
	w.At = at
	if rewrite {
		w.Day = w.Day || isDay
		w.Text = at.String()
	}
	return nil
}

// Amount is an exact decimal: at most 15 digits before and 4 after the point. It keeps the spelling it was given in.
type Amount struct {
	Text  string
	Value decimal.Decimal
}

// ParseAmount reads an amount; with signed, a leading minus is allowed.
func ParseAmount(s string, signed bool) (Amount, error) {
	digits := s
	if signed {
		digits = strings.TrimPrefix(s, "-")
	}
	whole, part, point := strings.Cut(digits, ".")
	if !allDigits(whole) || len(whole) > 15 || point && (!allDigits(part) || len(part) > 4) {
		return Amount{}, fmt.Errorf("%q is no amount: at most 15 digits before and 4 after the point, without sign or exponent", s)
	}
	v, err := decimal.Parse(s)
	return Amount{Text: s, Value: v}, err
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// ValidID tells whether s is an id: ASCII, [A-Za-z0-9][A-Za-z0-9._:/@|+-]{0,199}.
func ValidID(s string) bool {
	if s == "" || len(s) > 200 || !alphanumeric(s[0]) {
		return false
	}
	for i := 1; i < len(s); i++ {
		if c := s[i]; !alphanumeric(c) && strings.IndexByte("._:/@|+-", c) < 0 {
			return false
		}
	}
	return true
}

// ValidLedgerID tells whether s is the id of a ledger: [a-z0-9][a-z0-9-]{0,62}.
func ValidLedgerID(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// checkText says what is wrong with a text: it is valid UTF-8 in normal form C, without control characters (line feeds
// are allowed in long texts) and without the characters that turn the direction of writing.
func checkText(s string, long bool) error {
	ascii := true
	for i := range len(s) {
		c := s[i]
		if c < 0x20 && !(long && c == '\n') || c == 0x7f {
			return fmt.Errorf("holds the control character %q", rune(c))
		}
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		return nil
	}
	if !utf8.ValidString(s) {
		return fmt.Errorf("is not valid UTF-8")
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' {
			return fmt.Errorf("holds the control character %q", r)
		}
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return fmt.Errorf("holds %U, which turns the direction of writing", r)
		}
	}
	if !norm.NFC.IsNormalString(s) {
		return fmt.Errorf("is not in Unicode normal form C; write accented letters as one character")
	}
	return nil
}
