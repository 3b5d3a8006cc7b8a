package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

func reread(t testing.TB, c *diff.Changes, m *Marks) *Run {
	t.Helper()
	r, err := ReadRun(strings.NewReader(rendered(t, c, meta, m)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRunIsComplete: what is read and written again is the file, to the byte,
// and so is nothing lost on the way through Run.
func TestRunIsComplete(t *testing.T) {
	for _, c := range cases {
		changes, marks := c.changes()
		checkComplete(t, rendered(t, changes, meta, marks))
	}
	checkComplete(t, rendered(t, rewritten(t), meta, nil))
}

func checkComplete(t interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}, file string,
) {
	t.Helper()
	r, err := ReadRun(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	if err := RunJSON(&again, r); err != nil {
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

// TestRunLaw: whatever the text, the file is complete, and the text report
// made of it is the one made of Changes.
func TestRunLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, m := anyChanges(t)
		var file bytes.Buffer
		if err := JSON(&file, c, meta, m); err != nil {
			t.Fatal(err)
		}
		checkComplete(t, file.String())
		r, err := ReadRun(&file)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for d := range r.Drifts() {
			i++
			if d.Mark != (RunMark{}) && m == nil {
				t.Fatal("a mark from nowhere")
			}
		}
		for range Drifts(c) {
			i--
		}
		if i != 0 {
			t.Fatalf("%d drifts more in the file", i)
		}
	})
}

// anyChanges is a role on both sides and one on each, with any text.
func anyChanges(t *rapid.T) (*diff.Changes, *Marks) {
	text := func(name string) string { return anyText().Draw(t, name) }
	role := func(name string) roleFixture {
		return roleFixture{
			name: name, path: text("path"), rawName: text("raw name"), rawPath: text("raw path"),
			attributes: []normalize.Attribute{{Kind: normalize.KindTag, Key: text("key"), Value: text("value"), RawValue: text("raw value")}},
			policies: []policyFixture{
				{name: text("policy"), rawName: "raw" + text("raw policy"), kind: inventory.Inline, items: rapid.SliceOfN(anyItem(), 0, 3).Draw(t, "items")},
				{kind: inventory.Trust, items: []inventory.Item{anyItem().Draw(t, "trust")}},
			},
		}
	}
	c := changes(account("dev", text("source"), "1", role("r"), role("a")), account("qa", text("source"), "2", role("r"), role("b")))
	c.Common[0].Reason = text("reason")
	c.Common[0].Attributes = []diff.AttributeChange{{
		Kind: normalize.KindDescription, A: diff.AttributeValue{Has: true, Value: text("a")}, B: diff.AttributeValue{Has: true, Value: text("b")},
	}}
	c.Gaps = []inventory.Gap{{Account: "qa", Entity: "role", Name: text("gap"), Reason: text("why"), Raw: text("raw")}}
	c.Notes = []string{text("note")}
	if rapid.Bool().Draw(t, "unmarked") {
		return c, nil
	}
	one := 0
	m := &Marks{
		Waivers: []RunWaiver{{Role: text("pattern"), Owner: text("owner"), Reason: text("reason"), State: WaiverUsed}},
		Since:   text("since"), Fixed: []RunFixed{{Fingerprint: strings.Repeat("0", 32), RoleName: text("role"), Text: text("fixed")}},
	}
	commit := &RunCommit{Hash: text("hash"), Time: text("time"), Author: text("author"), Subject: text("subject")}
	m.Of = func(f string) RunMark {
		switch f[0] & 3 {
		case 0:
			return RunMark{Waiver: &one, Age: AgeKnown}
		case 1:
			return RunMark{Age: AgeNew, FirstSeen: commit}
		}
		return RunMark{}
	}
	return c, m
}

// TestRunTextIsTheText: a report made later says what was said at once.
func TestRunTextIsTheText(t *testing.T) {
	for _, c := range cases {
		changes, marks := c.changes()
		for _, o := range []TextOptions{{}, {Lines: 12, Width: 60}, {Color: true, Folder: "x"}} {
			var got bytes.Buffer
			if err := RunText(&got, reread(t, changes, marks), o); err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(shownText(t, changes, marks, o), got.String()); d != "" {
				t.Errorf("%s (-at once +later):\n%s", c.name, d)
			}
		}
	}
}

func TestDriftsAreThoseOfTheFile(t *testing.T) {
	for _, c := range cases {
		changes, marks := c.changes()
		r := reread(t, changes, marks)
		var want, got []Drift
		for d := range markedDrifts(changes, marks) {
			want = append(want, d)
		}
		for d := range r.Drifts() {
			got = append(got, d)
		}
		if len(want) != len(got) {
			t.Fatalf("%s: %d drifts, the file has %d", c.name, len(want), len(got))
		}
		for i := range want {
			w, g := want[i].Text(), got[i].Text()
			want[i].Text, got[i].Text = nil, nil
			if d := cmp.Diff(want[i], got[i], cmp.AllowUnexported(Drift{})); d != "" || w != g {
				t.Errorf("%s (-Changes +Run):\n%s\n%q and %q", c.name, d, w, g)
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
	for d := range Drifts(sample()) {
		text := d.Text()
		got = append(got, line{d.Kind, d.RoleName, text[:min(len(text), 12)], d.Side})
	}
	want := []line{
		{DriftAttribute, "=cmd,@x", `~ path: dev `, Both},
		{DriftAttribute, "=cmd,@x", `- tag =owner`, Both},
		{DriftAttribute, "=cmd,@x", `+ descriptio`, Both},
		{DriftItem, "=cmd,@x", `- inline +p:`, 0},
		{DriftItem, "=cmd,@x", `+ inline +p:`, 1},
		{DriftItem, "app1_accountname", `+ inline s3-`, 1},
		{DriftItem, "app1_accountname", `+ inline s3-`, 1},
		{DriftRole, "AWSServiceRoleForSupport", `- role /aws-`, 0},
		{DriftRole, "only-in-dev", `- role /team`, 0},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for d := range Drifts(sample()) {
		if d.RoleName == "app1_accountname" && (d.Originals != [2]string{"app1_dev", "app1_qa"} || d.Path != "/") {
			t.Errorf("originals %q, path %q", d.Originals, d.Path)
		}
	}
}

func TestDriftsEnd(t *testing.T) {
	n := 0
	for range Drifts(sample()) {
		n++
	}
	for stop := 1; stop <= n; stop++ {
		seen := 0
		for range Drifts(sample()) {
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
	of := func(change func(*roleFixture), more ...func(*diff.Changes)) string {
		f := plainRole("app", "/", get, put)
		f.attributes = append(f.attributes, normalize.Attribute{Kind: normalize.KindTag, Key: "k", Value: "v"})
		change(&f)
		c := changes(account("dev", "dev", "1", f), account("qa", "qa", "2"))
		for _, m := range more {
			m(c)
		}
		return newRoleDigests(c, 0).fingerprint(c.OnlyA[0])
	}
	items := func(items ...inventory.Item) func(*roleFixture) {
		return func(f *roleFixture) { f.policies[0].items = items }
	}
	noted := get
	noted.Note = "unknown action"
	deny := get
	deny.Effect = "Deny"
	base := of(func(*roleFixture) {})
	for _, c := range []struct {
		same   bool
		got    string
		reason string
	}{
		{true, of(items(put, get)), "another order"},
		{true, of(items(noted, put)), "a note, which changes with the reference"},
		{true, of(items(get, noted, put)), "an item twice, but for the note"},
		{true, of(func(f *roleFixture) { f.name = "APP" }), "letter case of the name"},
		{true, of(func(f *roleFixture) { f.rawName, f.rawPath = "x", "/y/" }), "the name before rewriting"},
		{
			true, of(func(f *roleFixture) {
				f.attributes = append(f.attributes, normalize.Attribute{Kind: normalize.KindMaxSessionDuration, Unknown: true})
			}),
			"what the source does not carry",
		},
		{false, of(items(get)), "an item less"},
		{false, of(items(get, put, deny)), "an item more"},
		{false, of(items(deny, put)), "another effect"},
		{false, of(func(f *roleFixture) { f.policies[0].kind = inventory.Boundary }), "a boundary in place of a policy"},
		{false, of(func(f *roleFixture) { f.policies[0].name = "Writer" }), "another policy"},
		{false, of(func(f *roleFixture) {
			f.policies = append(f.policies, policyFixture{name: "empty", kind: inventory.Inline})
		}), "a policy more"},
		{false, of(func(f *roleFixture) { f.attributes[0].Value = "/x/" }), "path"},
		{false, of(func(f *roleFixture) { f.attributes[2].Value = "w" }), "a tag's value"},
		{false, of(func(f *roleFixture) { f.name = "other" }), "another role"},
		{false, of(func(*roleFixture) {}, func(c *diff.Changes) { c.B.Tag = "prod" }), "seen against another account"},
		{false, of(func(*roleFixture) {}, func(c *diff.Changes) { c.OnlyA[0].Policies[0].Raw.Blind = true }), "a policy that cannot be read"},
		{false, of(func(*roleFixture) {}, func(c *diff.Changes) { c.Ignored = []normalize.Kind{normalize.KindTag} }), "tags left out"},
	} {
		if (c.got == base) != c.same {
			t.Errorf("%s: fingerprint same = %v, want %v", c.reason, c.got == base, c.same)
		}
	}
	noPath := func(c *diff.Changes) { c.Ignored = []normalize.Kind{normalize.KindPath} }
	if of(func(*roleFixture) {}, noPath) != of(func(f *roleFixture) { f.attributes[0].Value = "/x/" }, noPath) {
		t.Error("a path that is not compared changes the fingerprint")
	}
}
