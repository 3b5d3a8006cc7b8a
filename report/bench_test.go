package report

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// bulkAccount is bulk as a normalised account in which nothing was rewritten.
func bulkAccount(tag string, items int) *normalize.Account {
	f := bulk(items)
	a := &normalize.Account{Tag: tag, Source: tag, Flat: f, Rewriter: rewriterFor(tag)}
	tables := map[*inventory.Items]*normalize.Table{}
	for i := range f.Roles {
		raw := &f.Roles[i]
		r := normalize.Role{Name: raw.Name, Key: raw.Name, Path: raw.Path, Raw: raw}
		for j := range raw.Policies {
			p := &raw.Policies[j]
			if tables[p.Items] == nil {
				tables[p.Items] = &normalize.Table{Items: p.Items, Before: p.Items}
			}
			r.Policies = append(r.Policies, normalize.Policy{Name: p.Name, Type: p.Type, ARN: p.ARN, Raw: p, Table: tables[p.Items]})
		}
		a.Roles = append(a.Roles, r)
	}
	return a
}

// bulkChanges is two accounts that have the same roles, of which every item
// differs if all is set, none otherwise.
func bulkChanges(items int, all bool) *diff.Changes {
	c := &diff.Changes{A: bulkAccount("dev", items), B: bulkAccount("qa", items)}
	for i := range c.A.Roles {
		a, b := &c.A.Roles[i], &c.B.Roles[i]
		p := diff.Pair{Name: a.Name, A: a, B: b}
		if all {
			for ref := range allItems(a) {
				p.OnlyA = append(p.OnlyA, ref)
			}
			p.OnlyB = p.OnlyA
		}
		c.Common = append(c.Common, p)
	}
	return c
}

// BenchmarkItems writes a million differing items of one side.
func BenchmarkItems(b *testing.B) {
	c := bulkChanges(1_000_000, true)
	items := c.Counts().DifferencesAmongCommonRoles[0]
	run := func(name string, items int, write func(w io.Writer) error) {
		b.Run(name, func(b *testing.B) {
			var n countWriter
			b.ReportAllocs()
			for b.Loop() {
				n.n = 0
				if err := write(&n); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(n.n)
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(items), "ns/row")
		})
	}
	run("csv", items, func(w io.Writer) error { return writeDifferences(w, c, 0) })
	run("json", 2*items, func(w io.Writer) error { return JSON(w, c, meta, nil) })
	run("text", 2*items, func(w io.Writer) error { return Text(w, c, nil, TextOptions{Lines: summaryLines}) })
}

// BenchmarkFolder writes the whole folder of two accounts of 600,000 items
// each to a disk: in sync, and with every item different.
func BenchmarkFolder(b *testing.B) {
	for _, all := range []bool{false, true} {
		c := bulkChanges(600_000, all)
		b.Run(fmt.Sprintf("different=%v", all), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := Folder(context.Background(), b.TempDir(), c, names(), meta, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReadRun reads a diff.json of about 100 MB, and writes it again.
func BenchmarkReadRun(b *testing.B) {
	var file bytes.Buffer
	if err := JSON(&file, bulkChanges(170_000, true), meta, nil); err != nil {
		b.Fatal(err)
	}
	var run *Run
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		b.ReportAllocs()
		for b.Loop() {
			var err error
			if run, err = ReadRun(bytes.NewReader(file.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		for b.Loop() {
			if err := RunJSON(io.Discard, run); err != nil {
				b.Fatal(err)
			}
		}
	})
}
