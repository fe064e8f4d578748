package synthetic

import (
	"math/rand/v2"
	"testing"
	"time"

	"buckstop/domain"
	"buckstop/projections"
)

// BenchmarkFindings asks for every finding, at random instants as known at random sequences. Beforehand the record is taken
// in once, which the first question after a start does.
func BenchmarkFindings(b *testing.B) {
	n := acts(b)
	s, _ := fold(b, n)
	s.Duties = projections.Duties()
	start := time.Now()
	v, err := s.View(domain.InstantOf(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)), 0)
	if err != nil {
		b.Fatal(err)
	}
	first := len(v.Findings())
	took := time.Since(start)
	rng := rand.New(rand.NewPCG(7, 7))
	from, until := time.Date(2016, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	found := 0
	b.ResetTimer()
	for range b.N {
		at := from.Add(time.Duration(rng.Int64N(int64(until.Sub(from)))))
		v, err := s.View(domain.InstantOf(at), uint64(n/4)+uint64(rng.IntN(n-n/4)))
		if err != nil {
			b.Fatal(err)
		}
		found += len(v.Findings())
	}
	b.ReportMetric(float64(found)/float64(b.N), "findings/op")
	b.ReportMetric(float64(first), "findings-now")
	b.ReportMetric(took.Seconds(), "first-s")
	b.ReportMetric(float64(took.Nanoseconds())/float64(n), "ns/act-taken-in")
}

// BenchmarkWatch follows the findings, act by act and instant by instant, as what publishes them does.
func BenchmarkWatch(b *testing.B) {
	n := acts(b)
	s, _ := fold(b, n)
	s.Duties = projections.Duties()
	from := n - min(n/2, 100_000)
	w := s.Watch(domain.InstantOf(s.Recorded(uint64(from))), uint64(from))
	left, changes := 0, 0
	b.ResetTimer()
	for range b.N {
		if left == 0 {
			b.StopTimer()
			w, left = s.Watch(domain.InstantOf(s.Recorded(uint64(from))), uint64(from)), n-from
			b.StartTimer()
		}
		left--
		changes += len(w.Until(domain.InstantOf(s.Recorded(w.Known() + 1))))
		changes += len(w.Learn())
	}
	b.ReportMetric(float64(changes)/float64(b.N), "changes/act")
}
