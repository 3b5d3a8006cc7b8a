package resulttest

import (
	"bytes"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/meaning"
	"iamctl/result"
)

// Meta is what made the results.
var Meta = result.Meta{Iamctl: "1.2.3", Time: "2026-11-03T12:00:00Z", Dictionary: "equivalency_list.json", DictionarySHA256: strings.Repeat("0a", 32), Reference: "2026-01-01"}

// Result is the result of a comparison with what is known of it; m may be nil.
func Result(c *diff.Changes, m *result.Marks) *result.Result {
	r := result.New(c, Meta)
	j := meaning.NewJudge(c, nil)
	r.SetMeanings(j.Differing, j.Alone, j.AWS)
	r.Judge(m)
	return r
}

// Bare is a Result that does not say what its differences mean, as those of files of
// version 1.
func Bare(c *diff.Changes, m *result.Marks) *result.Result {
	r := result.New(c, Meta)
	r.Judge(m)
	return r
}

// File is the diff.json of a comparison.
func File(t testing.TB, c *diff.Changes, m *result.Marks) string {
	t.Helper()
	return Written(t, Result(c, m))
}

// Written is the diff.json of a result.
func Written(t testing.TB, r *result.Result) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Reread is the result that is read from the diff.json of a comparison.
func Reread(t testing.TB, c *diff.Changes, m *result.Marks) *result.Result {
	t.Helper()
	r, err := result.Read(strings.NewReader(File(t, c, m)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Cases are comparisons of all kinds.
var Cases = []struct {
	Name    string
	Changes func() (*diff.Changes, *result.Marks)
	Reason  string
}{
	{"sample", unmarked(Sample), "something of everything"},
	{"empty", unmarked(Empty), "no roles at all: every file is there, with its header"},
	{"one_sided", unmarked(OneSided), "all roles on one side"},
	{"marked", Marked, "waivers, ages, commits and reasons"},
	{"changed_by_aws", unmarked(ChangedByAWS), "a policy of AWS's that AWS changed"},
	{"meant", unmarked(Meant), "policies as AWS has them, with a drift of every severity"},
	{"changed_by_aws_marked", markedByAWS, "the same, held against an earlier run"},
}

// unmarked is a comparison of whose drift nothing is known.
func unmarked(of func() *diff.Changes) func() (*diff.Changes, *result.Marks) {
	return func() (*diff.Changes, *result.Marks) { return of(), nil }
}
