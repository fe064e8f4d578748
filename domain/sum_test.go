package domain

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// tenThousandths gives a sum as math/big has it.
func tenThousandths(s sum) *big.Int {
	out := new(big.Int).Lsh(big.NewInt(s.hi), 64)
	return out.Add(out, new(big.Int).SetUint64(s.lo))
}

// randomAmount gives an amount of as many digits as amounts may have, or few, and its ten-thousandths.
func randomAmount(t testing.TB, r *rand.Rand) (Amount, *big.Int) {
	digits := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte("0000123456789999"[r.IntN(16)])
		}
		return b.String()
	}
	whole, part := digits(1+r.IntN(15)), digits(r.IntN(5))
	text := whole
	if part != "" {
		text += "." + part
	}
	if r.IntN(4) == 0 {
		text = "-" + text
	}
	a, err := ParseAmount(text, true)
	require.NoError(t, err)
	want, ok := new(big.Int).SetString(whole+(part + "0000")[:4], 10)
	require.True(t, ok)
	if text[0] == '-' {
		want.Neg(want)
	}
	return a, want
}

// decimalOf writes ten-thousandths as people do, by math/big.
func decimalOf(n *big.Int) string {
	text := new(big.Rat).SetFrac(n, big.NewInt(10_000)).FloatString(4)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

func TestSumsAreExactHoweverManyAmountsTheyHold(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	for range 200 {
		total, want := sum{}, new(big.Int)
		for range 1 + r.IntN(400) {
			a, n := randomAmount(t, r)
			s := sumOf(a)
			require.Equal(t, n, tenThousandths(s), a.Text)
			if r.IntN(2) == 0 {
				total, want = total.plus(s), want.Add(want, n)
			} else {
				total, want = total.minus(s), want.Sub(want, n)
			}
			if r.IntN(10) == 0 { // a jump beyond 64 bits, and back
				big := sum{hi: r.Int64N(1 << 40), lo: r.Uint64()}
				if r.IntN(2) == 0 {
					big = big.negated()
				}
				total, want = total.plus(big), want.Add(want, tenThousandths(big))
			}
			require.Equal(t, want, tenThousandths(total))
			require.Equal(t, new(bigInt).Neg(want), tenThousandths(total.negated()))
			require.Equal(t, want.Sign() < 0, total.negative())
			require.Equal(t, want.Cmp(n) > 0, total.above(s), "%s above %s", want, n)
			require.Equal(t, n.Cmp(want) > 0, s.above(total), "%s above %s", n, want)
			require.Equal(t, decimalOf(want), total.String())
		}
	}
}

type bigInt = big.Int

func TestSumsAtTheEdgesOfWhatAmountsMayBe(t *testing.T) {
	of := func(text string) sum {
		a, err := ParseAmount(text, true)
		require.NoError(t, err)
		return sumOf(a)
	}
	most, least := of("999999999999999.9999"), of("0.0001")
	require.Equal(t, "1000000000000000", most.plus(least).String())
	require.Equal(t, "999999999999999.9998", most.minus(least).String())
	require.Equal(t, "0", most.minus(most).String())
	require.False(t, most.minus(most).negative())
	require.Equal(t, "-0.0001", most.minus(most).minus(least).String())
	require.Equal(t, "0.5", of("000.5000").String())
	require.Equal(t, of("1.50"), of("1.5"))
	require.Equal(t, sum{}, of("-0"))
	total, want := sum{}, new(big.Int)
	for range 3000 { // well beyond 2^63 and 2^64 ten-thousandths
		total, want = total.plus(most), want.Add(want, tenThousandths(most))
	}
	require.Equal(t, want, tenThousandths(total))
	require.Equal(t, "2999999999999999999.7", total.String())
	require.True(t, total.above(most))
	require.True(t, most.above(total.negated()))
	require.False(t, total.above(total))
}
