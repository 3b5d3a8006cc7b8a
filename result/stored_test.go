package result_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/result"
)

// TestItemsKeepWhatTheyShare: texts and lists are kept once each, and come back for
// every item as they were.
func TestItemsKeepWhatTheyShare(t *testing.T) {
	zero, one, none := 0, 1, -1
	commit := &result.Commit{Hash: "h", Time: "t", Author: "a", Subject: "s"}
	marks := []result.Mark{
		{},
		{Age: "new"},
		{Age: "known"},
		{Waiver: &zero},
		{Waiver: &one},
		{Waiver: &none},
		{Waiver: &zero, Age: "new"},
		{FirstSeen: commit},
		{FirstSeen: &result.Commit{}},
		{FirstSeen: &result.Commit{AtLeast: true}},
		{Age: "new", Waiver: &one, FirstSeen: commit},
	}
	columns := []result.Columns{
		{},
		{PolicyName: "p", Effect: "Allow", Service: "s3", Action: "GetObject"},
		{PolicyType: "p", Note: "Allow"},
		{Negated: "NotAction", Condition: "c", Statement: "s", ARN: "a", Principal: "x", PrincipalType: "y"},
	}
	lists := [][]result.Columns{nil, {{ARN: "a"}}, {{ARN: "a"}, {}}, {{}, {ARN: "a"}}, {{Principal: "a"}}}
	names := [][]result.Name{nil, {{Value: "v", Owner: "o"}}, {{Value: "v", Owner: "o", Expected: "e"}}, {{Value: "o", Owner: "v"}, {Value: "v", Owner: "o"}}}
	var items []result.Item
	var masked []result.MaskedItem
	for i := range 300 {
		items = append(items, result.Item{
			Columns: columns[i%len(columns)], Originals: lists[i%len(lists)], Names: names[i/3%len(names)],
			Fingerprint: fmt.Sprint(i), Mark: marks[i%len(marks)],
		})
		masked = append(masked, result.MaskedItem{
			Columns: columns[i%len(columns)], Value: fmt.Sprint(i % 7), Reason: "r", OriginalsA: lists[i%len(lists)], OriginalsB: lists[i/5%len(lists)],
		})
	}
	list := result.NewItems(items)
	for i, it := range list.All() {
		if diff := cmp.Diff(items[i], it); diff != "" || !cmp.Equal(it, list.At(i)) {
			t.Errorf("item %d (-want +got)\n%s", i, diff)
		}
	}
	if diff := cmp.Diff(masked, slices.Collect(result.NewMaskedItems(masked).All())); diff != "" {
		t.Errorf("masked items (-want +got)\n%s", diff)
	}
	groups := map[int]result.Columns{}
	for i, o := range list.Outlines() {
		c := items[i].Columns
		c.Service, c.Action = "", ""
		if had, ok := groups[o.Group]; ok && had != c {
			t.Errorf("item %d is in a group of others: %v and %v", i, had, c)
		}
		groups[o.Group] = c
	}
	if len(groups) != len(columns) {
		t.Errorf("%d groups, want %d", len(groups), len(columns))
	}
}

// TestReadLongFiles: what is wrong far behind the beginning has its line, and a
// format that is not at the beginning is found.
func TestReadLongFiles(t *testing.T) {
	long := strings.Repeat(" \n", 50_000)
	for _, tt := range []struct{ reason, text, want string }{
		{"broken behind 100 KB", `{"format":"iamctl-diff","version":1,` + long + `"meta":[]}`, "line 50001: /meta: an array"},
		{"cut off", `{"format":"iamctl-diff","version":1,` + long, "line 50001: the file is cut off"},
		{"another format, late", `{"x":0,` + long + `"format":"other","version":1}`, "its format is"},
		{"the format late", `{"x":0,` + long + `"format":"iamctl-diff","version":1}`, "line 1: /x is not known"},
	} {
		if _, err := result.Read(strings.NewReader(tt.text)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.reason, err, tt.want)
		}
	}
}
