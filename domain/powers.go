package domain

import "strings"

// powerCovers tells whether holding one power is holding another: * covers all, spend.* covers spend and what is below.
func powerCovers(have, want string) bool {
	if have == "*" || have == want {
		return true
	}
	stem, star := strings.CutSuffix(have, ".*")
	if !star {
		return false
	}
	want = strings.TrimSuffix(want, ".*")
	return want == stem || strings.HasPrefix(want, stem) && want[len(stem)] == '.'
}

// meetPowers gives the powers that two lists share; nil stands for all.
func meetPowers(a, b []string) []string {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	if within(b, a) {
		return b
	}
	if within(a, b) {
		return a
	}
	out := make([]string, 0, len(b))
	add := func(p string) {
		if !contains(out, p) {
			out = append(out, p)
		}
	}
	for _, x := range a {
		for _, y := range b {
			switch {
			case powerCovers(x, y):
				add(y)
			case powerCovers(y, x):
				add(x)
			}
		}
	}
	return out
}

// within tells whether every power of a list is covered by another list.
func within(list, by []string) bool {
	for _, p := range list {
		if !conferred(by, nil, p) {
			return false
		}
	}
	return true
}

// withoutReserved takes reserved powers out: whole where a reservation covers them; where one reaches only into a wider
// power, it is returned beside it, as an exception.
func withoutReserved(powers, reserved []string) (left, except []string) {
	if len(reserved) == 0 {
		return powers, nil
	}
	for _, p := range powers {
		taken := false
		for _, r := range reserved {
			taken = taken || powerCovers(r, p)
		}
		if taken {
			continue
		}
		left = append(left, p)
		for _, r := range reserved {
			if powerCovers(p, r) && !contains(except, r) {
				except = append(except, r)
			}
		}
	}
	return left, except
}

// conferred tells whether powers, less their exceptions, hold a power.
func conferred(powers, except []string, want string) bool {
	for _, e := range except {
		if powerCovers(e, want) {
			return false
		}
	}
	for _, p := range powers {
		if powerCovers(p, want) {
			return true
		}
	}
	return false
}
