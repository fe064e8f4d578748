package domain

import "time"

// Settle makes an act's times instants as a ledger in a time zone does, for tests of the codec alone.
func Settle(a *Act, zone *time.Location) error { return a.settle(zone, true) }
