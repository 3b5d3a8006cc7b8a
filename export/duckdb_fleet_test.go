package export_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamctl/compare"
	"iamctl/compare/many"
	"iamctl/export"
	"iamctl/extract/snapshot"
	"iamctl/internal/sampleaccount"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/result/matrix"
)

// The days of docs/lake.md.
var (
	before = time.Date(2026, 1, 30, 0, 0, 0, 0, time.UTC)
	today  = time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
)

// fleet are four accounts on a day. Afterwards a role of the first was broadened, one is new
// and one is gone, and the last account cannot be read.
func fleet(day time.Time) []*inventory.Account {
	var out []*inventory.Account
	for i := range 4 {
		a := sampleaccount.Company(sampleaccount.Options{ID: fmt.Sprintf("00000000000%d", i), Roles: 12})
		a.LastUsedDay = day
		for k := range a.Roles {
			r := &a.Roles[k]
			r.Created = day.AddDate(0, 0, -100*(k%3)) // some are too new to be missed
			r.LastUsed = &inventory.LastUse{}
			if k%4 > 0 {
				r.LastUsed = &inventory.LastUse{At: day.AddDate(0, 0, -40*(k%4)), Region: "eu-west-1"}
			}
		}
		out = append(out, a)
	}
	odd := &out[2].Roles[3]
	odd.Inline = append(odd.Inline, inventory.InlinePolicy{Name: "hostile\x00\xff", Document: "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:PassRole\",\"Resource\":\"*\",\"Sid\":\"'\\\"\"}]}"})
	if day.After(before) {
		a := out[0]
		r := &a.Roles[1]
		r.Inline = append(r.Inline, inventory.InlinePolicy{Name: "more", Document: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:Pass*","Resource":"*"}]}`})
		fresh := a.Roles[2]
		fresh.Name, fresh.ARN = "fresh", strings.Replace(fresh.ARN, fresh.Name, "fresh", 1)
		a.Roles[4] = fresh
		out = out[:3]
	}
	for _, a := range out {
		a.Sort()
	}
	return out
}

// day is a fleet as it is on a day.
type day struct {
	time.Time
	sides    []compare.Side
	accounts []*inventory.Account // as they are read
	matrix   *matrix.Matrix
}

// fleetOn returns the fleet of a day, as snapshots.
func fleetOn(t *testing.T, at time.Time) *day {
	t.Helper()
	dir := t.TempDir()
	d := &day{Time: at}
	for i, a := range fleet(at) {
		path := filepath.Join(dir, fmt.Sprintf("account-%d", i))
		if _, err := snapshot.Write(path, a); err != nil {
			t.Fatal(err)
		}
		s, err := compare.NewSide(path, "")
		if err != nil {
			t.Fatal(err)
		}
		read, err := snapshot.Read(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		d.sides, d.accounts = append(d.sides, s), append(d.accounts, read)
	}
	return d
}

// export writes the fleet to a lake, with its drifts, and adds to the rows of each table.
func (d *day) export(t *testing.T, dir string, rows map[string]int64) {
	t.Helper()
	dictionary, err := compare.ReadDictionary("")
	if err != nil {
		t.Fatal(err)
	}
	d.matrix, err = many.Run(context.Background(), d.sides, many.Options{Inputs: compare.Inputs{Dictionary: dictionary, Reference: reference.Embedded()}, Reader: &compare.Reader{}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := d.matrix.Write(&b); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), matrix.FileName)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	o := options(dir)
	o.Day = d.Time
	if o.Drifts, err = export.ReadDrifts(context.Background(), []string{path}); err != nil {
		t.Fatal(err)
	}
	s, err := export.Run(context.Background(), d.sides, o)
	if err != nil {
		t.Fatal(err)
	}
	for table, n := range s.Rows {
		rows[table] += n
	}
}
