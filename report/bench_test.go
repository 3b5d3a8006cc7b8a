package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"iamctl/result"
	"iamctl/result/resulttest"
)

// BenchmarkItems writes a million differing items of one side.
func BenchmarkItems(b *testing.B) {
	c := resulttest.BulkChanges(1_000_000, true)
	items := c.Counts().DifferencesAmongCommonRoles[0]
	r := resulttest.Result(c, nil)
	run := func(name string, items int, write func(w io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			var n resulttest.CountWriter
			b.ReportAllocs()
			for b.Loop() {
				n.N = 0
				if err := write(&n); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(n.N)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(items), "ns/row")
		})
	}
	run("csv", items, func(w io.Writer) error { return writeDifferences(w, r, 0) })
	run("json", 2*items, r.Write)
	run("text", 2*items, func(w io.Writer) error { return Text(w, r, TextOptions{Lines: 1000}) })
}

// BenchmarkFolder writes the whole folder of two accounts of 600,000 items
// each to a disk: in sync, and with every item different.
func BenchmarkFolder(b *testing.B) {
	for _, all := range []bool{false, true} {
		c := resulttest.BulkChanges(600_000, all)
		b.Run(fmt.Sprintf("different=%v", all), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Folder(context.Background(), b.TempDir(), resulttest.Result(c, nil), names()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRead reads a diff.json of about 100 MB, and writes it again.
func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	if err := resulttest.Result(resulttest.BulkChanges(170_000, true), nil).Write(&file); err != nil {
		b.Fatal(err)
	}
	var run *result.Result
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if run, err = result.Read(bytes.NewReader(file.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		for b.Loop() {
			if err := run.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}
