package domain

import (
	"fmt"
	"math/bits"
	"strings"
)

// sum is an exact sum of amounts, in ten-thousandths. An amount has at most 19 digits, so that some 10^19 of them fit.
type sum struct {
	hi int64
	lo uint64
}

// sumOf gives an amount as a sum.
func sumOf(a Amount) sum {
	coef, scale := a.Value.Coef(), a.Value.Scale()
	s := sum{lo: coef}
	for ; scale < 4; scale++ {
		hi, lo := bits.Mul64(s.lo, 10)
		s = sum{int64(uint64(s.hi)*10 + hi), lo}
	}
	if a.Value.IsNeg() {
		s = s.negated()
	}
	return s
}

func (s sum) plus(t sum) sum {
	lo, carry := bits.Add64(s.lo, t.lo, 0)
	return sum{s.hi + t.hi + int64(carry), lo}
}

func (s sum) negated() sum {
	lo, carry := bits.Add64(^s.lo, 1, 0)
	return sum{^s.hi + int64(carry), lo}
}

func (s sum) minus(t sum) sum { return s.plus(t.negated()) }

func (s sum) negative() bool { return s.hi < 0 }

// above tells whether s is more than t.
func (s sum) above(t sum) bool { return s.hi > t.hi || s.hi == t.hi && s.lo > t.lo }

// String gives the sum as a decimal without needless zeros.
func (s sum) String() string {
	sign := ""
	if s.negative() {
		sign, s = "-", s.negated()
	}
	var digits []byte // from the last
	for s.hi != 0 || s.lo != 0 {
		var rest uint64
		s.hi, rest = s.hi/10, uint64(s.hi%10)
		s.lo, rest = bits.Div64(rest, s.lo, 10)
		digits = append(digits, byte('0'+rest))
	}
	for len(digits) < 5 {
		digits = append(digits, '0')
	}
	var b strings.Builder
	b.WriteString(sign)
	for i := len(digits) - 1; i >= 4; i-- {
		b.WriteByte(digits[i])
	}
	part := strings.TrimRight(fmt.Sprintf("%c%c%c%c", digits[3], digits[2], digits[1], digits[0]), "0")
	if part != "" {
		b.WriteString("." + part)
	}
	return b.String()
}
