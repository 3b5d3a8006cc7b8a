package report

import (
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/gocarina/gocsv"

	"iamctl/result/resulttest"
)

// BenchmarkHarvest writes a million items, and the same by gocsv beside it.
func BenchmarkHarvest(b *testing.B) {
	f := resulttest.Bulk(1_000_000)
	items := slices.Collect(f.Items())
	run := func(name string, write func(w io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			var c resulttest.CountWriter
			b.ReportAllocs()
			for b.Loop() {
				c.N = 0
				if err := write(&c); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(c.N)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(items)), "ns/row")
		})
	}
	run("iamctl", func(w io.Writer) error { return Harvest(w, f) })
	run("gocsv-guarded", func(w io.Writer) error { return WriteTable(w, slices.Values(items)) })
	run("gocsv", func(w io.Writer) error { return gocsv.Marshal(items, w) })
}

func TestHarvestSameAsGocsv(t *testing.T) {
	f := resulttest.Bulk(3000)
	var fast, slow bytes.Buffer
	if err := Harvest(&fast, f); err != nil {
		t.Fatal(err)
	}
	if err := WriteTable(&slow, marked(f.Items())); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fast.Bytes(), slow.Bytes()) {
		t.Fatal("differs")
	}
}
