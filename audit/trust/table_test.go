package trust_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"iamctl/policy"
)

// row is a trust policy with the rules that are to find something in it. The role is in
// the account 111111111111, which has a role with the unique id AROAEXAMPLEID3STAYING;
// 222222222222 is friendly, and o-own1234567 the organisation.
type row struct {
	Reason string
	// Near is the reason of a row in which nothing is found, and which differs by one
	// element; "" for none.
	Near         string
	Want         []string
	Organization *string // where it is another one
	Policy       json.RawMessage
}

func table(t *testing.T) []row {
	t.Helper()
	data, err := os.ReadFile("testdata/policies.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []row
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		var r row
		d := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(&r); err != nil {
			t.Fatalf("%v: %s", err, lines.Bytes())
		}
		out = append(out, r)
	}
	return out
}

// The table is what it says: half of the rows are by one element from one that passes.
func TestTable(t *testing.T) {
	rows, near := table(t), 0
	byReason := map[string]row{}
	for _, r := range rows {
		if _, ok := byReason[r.Reason]; ok {
			t.Errorf("%s: twice", r.Reason)
		}
		byReason[r.Reason] = r
	}
	for _, r := range rows {
		if r.Near == "" {
			continue
		}
		near++
		base, ok := byReason[r.Near]
		if !ok || len(base.Want) > 0 || len(r.Want) == 0 {
			t.Errorf("%s: %q is no row that passes, or this one passes too", r.Reason, r.Near)
			continue
		}
		a, b := elements(t, base.Policy), elements(t, r.Policy)
		gone := slices.DeleteFunc(slices.Clone(a), func(e string) bool { return slices.Contains(b, e) })
		come := slices.DeleteFunc(slices.Clone(b), func(e string) bool { return slices.Contains(a, e) })
		if len(gone) > 1 || len(come) > 1 || len(gone)+len(come) == 0 {
			t.Errorf("%s: differs from %q by more than one element, or none:\n%q\n%q", r.Reason, r.Near, gone, come)
		}
	}
	if len(rows) < 300 || 2*near < len(rows) {
		t.Errorf("%d rows, %d of them near a passing one", len(rows), near)
	}
}

// elements are the elements of a policy's statements, each with its place.
func elements(t *testing.T, text []byte) []string {
	t.Helper()
	d, _, err := policy.Parse(string(text))
	if err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	var out []string
	for i, s := range d.Statements {
		add := func(words ...string) {
			out = append(out, strings.Join(append([]string{string(rune('0' + i))}, words...), " "))
		}
		add(s.Effect)
		for _, a := range s.Action {
			add(a)
		}
		for _, p := range s.Principal {
			add(p.Type, p.Value)
		}
		for _, c := range s.Condition {
			add(append([]string{c.Operator, c.Key}, c.Values...)...)
		}
	}
	return out
}
