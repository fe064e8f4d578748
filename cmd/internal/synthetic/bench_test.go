package synthetic

import (
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"buckstop/cmd/internal/ledger"
	"buckstop/domain"
	"buckstop/projections"

	"github.com/stretchr/testify/require"
)

// acts is how many acts the benchmarks here fold: a million, or BUCKSTOP_BENCH_ACTS.
func acts(b *testing.B) int {
	if n, err := strconv.Atoi(os.Getenv("BUCKSTOP_BENCH_ACTS")); err == nil {
		return n
	}
	return 1_000_000
}

func fold(t testing.TB, n int) (*domain.State, *History) {
	h := New(n, 1)
	s := domain.NewState("synthetic", time.LoadLocation)
	now := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range n {
		text := h.Next()
		a, _, err := domain.DecodeAct(text)
		require.NoError(t, err)
		out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: now.Add(time.Duration(i) * time.Second)})
		require.NoError(t, err, "act %d: %s", i+1, text)
		s.Commit(out.Seq)
	}
	return s, h
}

// TestASyntheticHistoryIsAcceptedWhole also shows that the benchmarks measure what the rules accept.
func TestASyntheticHistoryIsAcceptedWhole(t *testing.T) { fold(t, 20_000) }

// BenchmarkWho asks who is accountable for a system, at random instants as known at random sequences; the chain has five
// delegations.
func BenchmarkWho(b *testing.B) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := acts(b)
	start := time.Now()
	s, h := fold(b, n)
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	systems := h.Systems()
	rng := rand.New(rand.NewPCG(7, 7))
	from, until := time.Date(2016, 2, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	steps := 0
	b.ResetTimer()
	for range b.N {
		at := from.Add(time.Duration(rng.Int64N(int64(until.Sub(from)))))
		known := uint64(n/4) + uint64(rng.IntN(n-n/4))
		v, err := s.View(domain.InstantOf(at), known)
		if err != nil {
			b.Fatal(err)
		}
		w, err := projections.AskWho(v, systems[rng.IntN(len(systems))], "")
		if err != nil {
			b.Fatal(err)
		}
		if len(w.Holders) > 0 {
			steps += len(w.Holders[0].Chain)
		}
	}
	b.ReportMetric(float64(steps)/float64(b.N), "steps/op")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(n), "B/act")
	b.ReportMetric(float64(n)/took.Seconds(), "acts/s")
}

// BenchmarkDecide decodes, judges and folds acts; BenchmarkLoad folds them from their stored form, as a start does.
func BenchmarkDecide(b *testing.B) {
	const n = 100_000
	h := New(n, 1)
	texts := make([][]byte, n)
	for i := range texts {
		texts[i] = h.Next()
	}
	b.ReportAllocs()
	for b.Loop() {
		s := domain.NewState("synthetic", time.LoadLocation)
		for i, text := range texts {
			a, _, err := domain.DecodeAct(text)
			if err != nil {
				b.Fatal(err)
			}
			out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: time.Unix(int64(i), 0)})
			if err != nil {
				b.Fatal(err)
			}
			s.Commit(out.Seq)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/act")
}

func BenchmarkLoad(b *testing.B) {
	const n = 100_000
	h := New(n, 1)
	s := domain.NewState("synthetic", time.LoadLocation)
	stored := make([][]byte, n)
	for i := range n {
		a, _, err := domain.DecodeAct(h.Next())
		require.NoError(b, err)
		out, err := s.Decide(a, domain.Recording{Principal: "operator", Now: time.Unix(int64(i), 0)})
		require.NoError(b, err)
		s.Commit(out.Seq)
		stored[i] = out.Stored
	}
	b.ReportAllocs()
	for b.Loop() {
		s := domain.NewState("synthetic", time.LoadLocation)
		for _, bytes := range stored {
			if err := s.Load(bytes); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/act")
}

// TestMain collects garbage as seldom as the program does.
func TestMain(m *testing.M) {
	ledger.Tune()
	os.Exit(m.Run())
}
