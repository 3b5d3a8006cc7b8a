package result_test

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/resulttest"
)

// TestReadIsComplete: what is read and written again is the file, to the byte,
// and so is nothing lost on the way through Run.
func TestReadIsComplete(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		checkComplete(t, resulttest.File(t, changes, marks))
	}
	checkComplete(t, resulttest.File(t, resulttest.Rewritten(t), nil))
}

func checkComplete(t interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, file string,
) {
	t.Helper()
	r, err := result.Read(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := r.Write(&again); err != nil {
		t.Fatal(err)
	}
	if again.String() == file {
		return
	}
	var want, got any
	if err := json.Unmarshal([]byte(file), &want); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(again.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("read and written again (-want +got):\n%s", d)
	}
	t.Fatalf("the same values in other bytes:\n%s\nand\n%s", file, again.String())
}

// TestFileLaw: whatever the text, the file is complete, and the text report
// made of it is the one made of Changes.
func TestFileLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := resulttest.AnyChanges(t)
		var file bytes.Buffer
		if err := resulttest.Result(c, m).Write(&file); err != nil {
			t.Fatal(err)
		}
		checkComplete(t, file.String())
		r, err := result.Read(&file)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for d := range r.Drifts() {
			i++
			if d.Mark != (result.Mark{}) && m == nil {
				t.Fatal("a mark from nowhere")
			}
		}
		for range result.Drifts(c) {
			i--
		}
		if i != 0 {
			t.Fatalf("%d drifts more in the file", i)
		}
	})
}

func TestDriftsAreThoseOfTheFile(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		r := resulttest.Reread(t, changes, marks)
		var want, got []result.Drift
		for d := range resulttest.Result(changes, marks).Drifts() {
			want = append(want, d)
		}
		for d := range r.Drifts() {
			got = append(got, d)
		}
		if len(want) != len(got) {
			t.Fatalf("%s: %d drifts, the file has %d", c.Name, len(want), len(got))
		}
		for i := range want {
			w, g := want[i].Text(), got[i].Text()
			if a, b := want[i].Severity(), got[i].Severity(); a != b {
				t.Errorf("%s: %s is %s, in the file %s", c.Name, w, a, b)
			}
			want[i].Text, got[i].Text = nil, nil
			if d := cmp.Diff(want[i], got[i], cmpopts.IgnoreFields(result.Drift{}, "Pair", "Unique", "AWS")); d != "" || w != g {
				t.Errorf("%s (-Changes +file):\n%s\n%q and %q", c.Name, d, w, g)
			}
			if (want[i].AWS == nil) != (got[i].AWS == nil) {
				t.Errorf("%s: AWS made %q in one of the two", c.Name, w)
			}
			if p, q := want[i].Pair, got[i].Pair; (p == nil) != (q == nil) || p != nil && p.RoleName != q.RoleName {
				t.Errorf("%s: a drift of another role: %v and %v", c.Name, p, q)
			}
		}
	}
}

// TestDriftsOrder: role by role, then the roles of one account alone, each
// once.
func TestDriftsOrder(t *testing.T) {
	type line struct {
		Kind, Role, Text string
		Side             int
	}
	var got []line
	for d := range result.Drifts(resulttest.Sample()) {
		text := d.Text()
		got = append(got, line{d.Kind, d.RoleName, text[:min(len(text), 12)], d.Side})
	}
	want := []line{
		{result.DriftAttribute, "=cmd,@x", `~ path: dev `, result.Both},
		{result.DriftAttribute, "=cmd,@x", `- tag =owner`, 0},
		{result.DriftAttribute, "=cmd,@x", `+ descriptio`, 1},
		{result.DriftItem, "=cmd,@x", `- inline +p:`, 0},
		{result.DriftItem, "=cmd,@x", `+ inline +p:`, 1},
		{result.DriftItem, "app1_accountname", `+ inline s3-`, 1},
		{result.DriftItem, "app1_accountname", `+ inline s3-`, 1},
		{result.DriftImpossible, "app1_accountname", `- inline s3-`, 0},
		{result.DriftImpossible, "app1_accountname", `+ inline s3-`, 1},
		{result.DriftRole, "AWSServiceRoleForSupport", `- role /aws-`, 0},
		{result.DriftRole, "only-in-dev", `- role /team`, 0},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for d := range result.Drifts(resulttest.Sample()) {
		if d.RoleName == "app1_accountname" && (d.Pair.OriginalNames() != [2]string{"app1_dev", "app1_qa"} || d.Path != "/") {
			t.Errorf("originals %q, path %q", d.Pair.OriginalNames(), d.Path)
		}
	}
}

func TestDriftsEnd(t *testing.T) {
	n := 0
	for range result.Drifts(resulttest.Sample()) {
		n++
	}
	for stop := 1; stop <= n; stop++ {
		seen := 0
		for range result.Drifts(resulttest.Sample()) {
			if seen++; seen == stop {
				break
			}
		}
		if seen != stop {
			t.Errorf("stopped at %d after %d", stop, seen)
		}
	}
}

// TestRoleFingerprintFollowsTheContent: a waived role is news again once it
// may do something else.
func TestRoleFingerprintFollowsTheContent(t *testing.T) {
	get := inventory.Item{Effect: "Allow", Service: "s3", Action: "GetObject", ARN: "*"}
	put := inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "*"}
	of := func(change func(*resulttest.Role), more ...func(*diff.Changes)) string {
		f := resulttest.PlainRole("app", "/", get, put)
		f.Attributes = append(f.Attributes, normalize.Attribute{Kind: normalize.KindTag, Key: "k", Value: "v"})
		change(&f)
		c := resulttest.Changes(resulttest.Account("dev", "dev", "1", f), resulttest.Account("qa", "qa", "2"))
		for _, m := range more {
			m(c)
		}
		return result.New(c, resulttest.Meta).UniqueRoles.A[0].Fingerprint
	}
	items := func(items ...inventory.Item) func(*resulttest.Role) {
		return func(f *resulttest.Role) { f.Policies[0].Items = items }
	}
	noted := get
	noted.Note = "unknown action"
	deny := get
	deny.Effect = "Deny"
	base := of(func(*resulttest.Role) {})
	for _, c := range []struct {
		same   bool
		got    string
		reason string
	}{
		{true, of(items(put, get)), "another order"},
		{true, of(items(noted, put)), "a note, which changes with the reference"},
		{true, of(items(get, noted, put)), "an item twice, but for the note"},
		{true, of(func(f *resulttest.Role) { f.Name = "APP" }), "letter case of the name"},
		{true, of(func(f *resulttest.Role) { f.RawName, f.RawPath = "x", "/y/" }), "the name before rewriting"},
		{
			true, of(func(f *resulttest.Role) {
				f.Attributes = append(f.Attributes, normalize.Attribute{Kind: normalize.KindMaxSessionDuration, Unknown: true})
			}),
			"what the source does not carry",
		},
		{false, of(items(get)), "an item less"},
		{false, of(items(get, put, deny)), "an item more"},
		{false, of(items(deny, put)), "another effect"},
		{false, of(func(f *resulttest.Role) { f.Policies[0].Kind = inventory.Boundary }), "a boundary in place of a policy"},
		{false, of(func(f *resulttest.Role) { f.Policies[0].Name = "Writer" }), "another policy"},
		{false, of(func(f *resulttest.Role) {
			f.Policies = append(f.Policies, resulttest.Policy{Name: "empty", Kind: inventory.Inline})
		}), "a policy more"},
		{false, of(func(f *resulttest.Role) { f.Attributes[0].Value = "/x/" }), "path"},
		{false, of(func(f *resulttest.Role) { f.Attributes[2].Value = "w" }), "a tag's value"},
		{false, of(func(f *resulttest.Role) { f.Name = "other" }), "another role"},
		{false, of(func(*resulttest.Role) {}, func(c *diff.Changes) { c.B.Tag = "prod" }), "seen against another account"},
		{false, of(func(*resulttest.Role) {}, func(c *diff.Changes) { c.OnlyA[0].Policies[0].Raw.Blind = true }), "a policy that cannot be read"},
		{false, of(func(*resulttest.Role) {}, func(c *diff.Changes) { c.Ignored = []normalize.Kind{normalize.KindTag} }), "tags left out"},
	} {
		if (c.got == base) != c.same {
			t.Errorf("%s: fingerprint same = %v, want %v", c.reason, c.got == base, c.same)
		}
	}
	noPath := func(c *diff.Changes) { c.Ignored = []normalize.Kind{normalize.KindPath} }
	if of(func(*resulttest.Role) {}, noPath) != of(func(f *resulttest.Role) { f.Attributes[0].Value = "/x/" }, noPath) {
		t.Error("a path that is not compared changes the fingerprint")
	}
}

// TestBuiltDriftsAreTheDrifts: building the items changes nothing else.
func TestBuiltDriftsAreTheDrifts(t *testing.T) {
	for _, c := range resulttest.Cases {
		changes, marks := c.Changes()
		for _, r := range []*result.Result{resulttest.Result(changes, marks), resulttest.Reread(t, changes, marks)} {
			for i := range r.CommonRoles {
				p := &r.CommonRoles[i]
				next, stop := iter.Pull(r.BuiltDrifts(p))
				for want := range r.PairDrifts(p) {
					got, ok := next()
					if !ok || got.Text() != want.Text() {
						t.Fatalf("%s: %s has not the drift %q", c.Name, p.RoleName, want.Text())
					}
					if (got.Item != nil) != (got.Kind == result.DriftItem || got.Kind == result.DriftImpossible) || got.Item != nil && got.Item.Fingerprint != want.Fingerprint {
						t.Errorf("%s: the item of %q is %+v", c.Name, want.Text(), got.Item)
					}
					got.Item, got.Text, want.Text = nil, nil, nil
					if d := cmp.Diff(want, got, cmpopts.IgnoreFields(result.Drift{}, "Pair")); d != "" || got.Pair != p {
						t.Errorf("%s (-plain +built):\n%s", c.Name, d)
					}
				}
				if more, ok := next(); ok {
					t.Errorf("%s: one more drift: %q", c.Name, more.Text())
				}
				stop()
			}
		}
	}
}
