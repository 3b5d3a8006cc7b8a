package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"testing"

	"github.com/gocarina/gocsv"

	"iamctl/inventory"
	"iamctl/result/resulttest"
)

// bulkItems is a document of 40 actions on 10 resources.
func bulkItems(name string) *inventory.Items {
	t := &inventory.Items{
		Effects: []string{"Allow"}, Principals: []inventory.Principal{{}},
		Terms: []inventory.Terms{{Condition: `{"StringEquals":{"aws:RequestedRegion":["eu-central-1"]}}`}},
	}
	for i := range 40 {
		t.Actions = append(t.Actions, inventory.Action{Service: "dynamodb", Name: fmt.Sprintf("DescribeThing%02d", i)})
	}
	for i := range 10 {
		t.Resources = append(t.Resources, fmt.Sprintf("arn:aws:dynamodb:eu-central-1:111111111111:table/%s-%d", name, i))
	}
	for a := range t.Actions {
		for r := range t.Resources {
			t.Rows = append(t.Rows, inventory.Row{Action: uint32(a), Resource: uint32(r)})
		}
	}
	return t
}

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
	run("gocsv-guarded", func(w io.Writer) error { return writeTable(w, slices.Values(items)) })
	run("gocsv", func(w io.Writer) error { return gocsv.Marshal(items, w) })
}

func TestHarvestSameAsGocsv(t *testing.T) {
	f := resulttest.Bulk(3000)
	var fast, slow bytes.Buffer
	if err := Harvest(&fast, f); err != nil {
		t.Fatal(err)
	}
	if err := writeTable(&slow, f.Items()); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fast.Bytes(), slow.Bytes()) {
		t.Fatal("differs")
	}
}
