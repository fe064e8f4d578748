package domain_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"buckstop/domain"
)

func seed(f *testing.F, trees ...string) {
	f.Helper()
	for _, tree := range trees {
		files, err := filepath.Glob(filepath.Join("testdata", tree, "*.json"))
		if err != nil || len(files) == 0 {
			f.Fatal("no goldens to begin with", err)
		}
		for _, file := range files {
			b, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(b)
		}
	}
}

func FuzzDecodeAct(f *testing.F) {
	seed(f, "acts", "stored")
	f.Add([]byte(`{"type":"x","data":{"a":[1,-0.5e+7,null,true,{}]}}`))
	f.Add([]byte(strings.Repeat("[", 12_000)))
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, _, err := domain.DecodeAct(text)
		if err != nil {
			if a != nil {
				t.Fatal("an act beside an error")
			}
			if domain.CodeOf(err) != domain.Invalid {
				t.Fatalf("refused without INVALID: %v", err)
			}
			return
		}
		if err := domain.Settle(a, london); err != nil {
			if domain.CodeOf(err) != domain.Invalid {
				t.Fatalf("refused without INVALID: %v", err)
			}
			return
		}
		first := a.Encode()
		b, _, err := domain.DecodeAct(first)
		if err != nil {
			t.Fatalf("what it encodes to is refused: %v\n%s", err, first)
		}
		if err := domain.Settle(b, time.UTC); err != nil {
			t.Fatalf("what it encodes to does not settle: %v\n%s", err, first)
		}
		if second := b.Encode(); string(first) != string(second) {
			t.Fatalf("encoded\n%s\nand then\n%s", first, second)
		}
	})
}

func FuzzReadStored(f *testing.F) {
	seed(f, "stored", "acts")
	f.Fuzz(func(t *testing.T, stored []byte) {
		e, a, err := domain.ReadStored(stored)
		if err != nil {
			return
		}
		if a == nil || a.ID != e.ID || a.Type != e.Type {
			t.Fatalf("the act is not the one in the envelope: %+v", e)
		}
		a.Encode()
	})
}

func FuzzLoad(f *testing.F) {
	seed(f, "stored")
	f.Fuzz(func(t *testing.T, stored []byte) {
		s := domain.NewState("meridian", time.LoadLocation)
		opened, err := os.ReadFile(filepath.Join("testdata", "stored", "ledger.opened.v1.json"))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Load(opened); err != nil {
			t.Fatal(err)
		}
		e, err := domain.ReadEnvelope(stored)
		if err != nil {
			return
		}
		leaf := domain.LeafHash(opened)
		e.Seq, e.Ledger, e.Prev = 2, "meridian", hexOf(leaf[:])
		if s.Load(e.Append(nil)) != nil && s.Last() != 1 {
			t.Fatal("what was not loaded left something behind")
		}
	})
}

func hexOf(b []byte) string {
	const digits = "0123456789abcdef"
	var out strings.Builder
	for _, c := range b {
		out.WriteByte(digits[c>>4])
		out.WriteByte(digits[c&15])
	}
	return out.String()
}

func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{
		"2026-03-01", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.123456789+05:30", "0001-01-01", "9999-12-31T23:59:59.999999999Z",
		"0000-12-31", "10000-01-01", "2016-12-31T23:59:60Z", "2026-03-01t09:00:00z", "2026-03-01T09:00:00,5Z", "2026-03-01T24:00:00Z",
		"2026-03-01T09:00:00+24:00", "2026-02-30", "", "x", "2026-03-29T01:30:00+00:00", "2011-12-30",
	} {
		f.Add(s)
	}
	var zones []*time.Location
	for _, name := range []string{"UTC", "Europe/London", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kolkata"} {
		z, err := time.LoadLocation(name)
		if err != nil {
			f.Fatal(err)
		}
		zones = append(zones, z)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, zone := range zones {
			at, isDate, err := domain.ParseInstant(s, zone)
			if err != nil {
				continue
			}
			if at.Before(domain.InstantOf(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC))) || !at.Before(domain.Forever) {
				t.Fatalf("%q is outside the years 1 to 9999", s)
			}
			again, date, err := domain.ParseInstant(at.String(), zone)
			if err != nil || date || again != at {
				t.Fatalf("%q gives %s, which gives %s (%v)", s, at, again, err)
			}
			if isDate {
				// The day holds its first instant; the nanosecond before belongs to an earlier one.
				first, before := at.Time().In(zone), at.Time().Add(-1).In(zone)
				if zone.String() == "Pacific/Apia" && s == "2011-12-30" {
					continue // Samoa skipped it
				}
				if first.Format(time.DateOnly) != s || before.Format(time.DateOnly) >= s {
					t.Fatalf("%s in %s begins at %s, after %s", s, zone, first, before)
				}
			}
		}
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "1", "50000", "123456789012345.1234", "1234567890123456", "1.00001", "-1", "+1", "1e3", "", ".", "5.", ".5", "-0", "00"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, signed bool) {
		a, err := domain.ParseAmount(s, signed)
		if err != nil {
			return
		}
		if a.Text != s {
			t.Fatalf("%q is spelt %q", s, a.Text)
		}
		whole, part, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
		if len(whole) == 0 || len(whole) > 15 || len(part) > 4 || strings.Trim(whole+part, "0123456789") != "" || !signed && s[0] == '-' {
			t.Fatalf("%q is taken for an amount", s)
		}
		again, err := domain.ParseAmount(a.Value.String(), true)
		if err != nil || again.Value.Cmp(a.Value) != 0 {
			t.Fatalf("%q is %s, which is %s (%v)", s, a.Value, again.Value, err)
		}
		if a.Value.IsNeg() && !signed {
			t.Fatalf("%q is negative", s)
		}
	})
}
