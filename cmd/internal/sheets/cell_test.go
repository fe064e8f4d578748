package sheets

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNumbersComeOutAsTheyWereTyped(t *testing.T) {
	for stored, want := range map[string]string{
		"200000": "200000", "1234.5": "1234.5", "1.1000000000000001": "1.1", "1234.0999999999999": "1234.1", "2.0000000000000001E-4": "0.0002",
		"1E-4": "0.0001", "2E5": "200000", "-12.5": "-12.5", "0": "0", "-0": "0", "0.10": "0.1", "999999999999999": "999999999999999",
		"50000.010000000002": "50000.01", " 7 ": "7",
	} {
		c := counted(0, stored, asNumber, false)
		require.Equal(t, number, c.holds, "%s: %s", stored, c.text)
		require.Equal(t, want, c.text, stored)
	}
	for _, stored := range []string{"0.30000000000000004", "1E15", "1.23456789012345E+18", "1e400", "NaN", "Inf", "0x10", "1_000", "12,5", "--1", "0.1234567890123456"} {
		require.Equal(t, flaw, counted(0, stored, asNumber, false).holds, stored)
	}
}

func TestEveryAmountOfTheLedgerSurvivesASpreadsheet(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		digits := 1 + r.IntN(11)
		whole := r.Int64N(int64(math.Pow10(digits)))
		typed := strconv.FormatInt(whole, 10) + "." + strconv.Itoa(1000+r.IntN(9000))
		f, err := strconv.ParseFloat(typed, 64)
		require.NoError(t, err)
		// A spreadsheet program stores 17 digits.
		c := counted(0, strconv.FormatFloat(f, 'G', 17, 64), asNumber, false)
		require.Equal(t, number, c.holds, "%s: %s", typed, c.text)
		back, err := strconv.ParseFloat(c.text, 64)
		require.NoError(t, err)
		require.Equal(t, f, back, typed)
		require.LessOrEqual(t, len(c.text), len(typed), typed)
	}
}

func TestDatesAreReadByTheCalendarOfTheWorkbook(t *testing.T) {
	for _, c := range []struct {
		stored   string
		from1904 bool
		want     string
	}{{"46082", false, "2026-03-01"}, {"61", false, "1900-03-01"}, {"44620", true, "2026-03-01"}, {"0", true, "1904-01-01"}, {"2958465", false, "9999-12-31"}} {
		d := counted(0, c.stored, asDay, c.from1904)
		require.Equal(t, day, d.holds, d.text)
		require.Equal(t, c.want, d.text)
	}
	for _, stored := range []string{"60", "1", "0", "-5", "46082.5", "2958466", "1e300"} {
		require.Equal(t, flaw, counted(0, stored, asDay, false).holds, stored)
	}
	require.Equal(t, flaw, counted(0, "0.5", asClock, false).holds)
}

func TestDatesAsTextAreReadWhereThereIsOneWayToReadThem(t *testing.T) {
	for text, want := range map[string]string{
		"2026-03-01": "2026-03-01", "2026-3-1": "2026-03-01", "2026/03/01": "2026-03-01", "1 March 2026": "2026-03-01", "1 mar 2026": "2026-03-01",
		"March 1, 2026": "2026-03-01", "2026-03-01T09:00:00Z": "2026-03-01T09:00:00Z",
	} {
		got, ok := written(text)
		require.True(t, ok, text)
		require.Equal(t, want, got)
	}
	for _, text := range []string{"01/02/2026", "1.2.2026", "1-2-2026", "02/26", "2026", "2026-02-30", "soon", "01/02/2026 at 9 o'clock"} {
		_, ok := written(text)
		require.False(t, ok, text)
	}
}

func TestFormatsSayWhatANumberMeans(t *testing.T) {
	for code, want := range map[string]format{
		"yyyy-mm-dd": asDay, `yyyy\-mm\-dd`: asDay, "d mmmm yyyy": asDay, "mmm": asDay, "[$-809]dd mmmm yyyy": asDay, "DD/MM/YYYY": asDay,
		"yyyy-mm-dd hh:mm": asDay, "h:mm AM/PM": asClock, "[h]:mm:ss": asClock, "[mm]:ss": asClock, "0.00%": asShare, "0": asNumber,
		"#,##0.00": asNumber, `"day "0`: asNumber, "[Red]0.00": asNumber, "General": asNumber, `0.00 "GBP"`: asNumber, "@": asNumber,
		`_-* #,##0.00_-;\-* #,##0.00_-`: asNumber, `[$£-809]#,##0.00`: asNumber, `\d0`: asNumber, `"unclosed`: asNumber, "[unclosed": asNumber,
	} {
		require.Equal(t, want, formatOf(200, code), code)
	}
	require.Equal(t, []format{asNumber, asShare, asDay, asClock, asDay}, []format{formatOf(0, ""), formatOf(9, ""), formatOf(14, ""), formatOf(20, ""), formatOf(22, "")})
}
