package report

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("diff.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("diff.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func rendered(t testing.TB, c *diff.Changes, m Meta, marks *Marks) string {
	t.Helper()
	var b bytes.Buffer
	if err := JSON(&b, c, m, marks); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONFollowsItsSchema(t *testing.T) {
	s := compiled(t)
	withTime := meta
	withTime.Time = "2026-11-21T20:00:00Z"
	for _, c := range cases {
		for _, m := range []Meta{meta, withTime, {Version: "1"}} {
			changes, marks := c.changes()
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(rendered(t, changes, m, marks)))
			if err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	}
}

// TestSchemaRefuses: a schema that lets everything pass would show nothing.
func TestSchemaRefuses(t *testing.T) {
	s := compiled(t)
	whole := rendered(t, sample(), meta, nil)
	for _, c := range []struct{ old, new, reason string }{
		{`"format":"iamctl-diff"`, `"format":"other"`, "another format"},
		{`"version":1`, `"version":2`, "another version"},
		{`"drift":true`, `"drift":"yes"`, "a text for a truth"},
		{`"effect":"Deny",`, ``, "an item without effect"},
		{`"differs":true`, `"differs":true,"extra":1`, "a member that is not described"},
		{`"fingerprint":"`, `"fingerprint":"X`, "a fingerprint that is none"},
		{`"gaps":{"a":1,"b":1}`, `"gaps":{"a":1,"b":-1}`, "a negative count"},
	} {
		broken := strings.Replace(whole, c.old, c.new, 1)
		if broken == whole {
			t.Fatalf("%s: %s is not in the file", c.reason, c.old)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(broken))
		if err != nil {
			t.Fatalf("%s: %v", c.reason, err)
		}
		if s.Validate(v) == nil {
			t.Errorf("the schema accepts %s", c.reason)
		}
	}
}

// readItem and the types below read diff.json as a later report would.
type readItem struct {
	PolicyName, PolicyType, Effect, Service, Action, ARN string
	Principal, PrincipalType, Negated, Condition         string
	Statement, Note, Fingerprint                         string
	Originals                                            []map[string]string
	Names                                                []struct{ Value, Owner, Expected string }
}

type readFile struct {
	Drift, Incomplete bool
	Counts            map[string]map[string]int
	CommonRoles       []struct {
		RoleName   string
		A, B       map[string]any
		Attributes []struct{ Kind, Key, Fingerprint string }
		OnlyA      []readItem `json:"only_a"`
		OnlyB      []readItem `json:"only_b"`
		Masked     []readItem
	} `json:"common_roles"`
	UniqueRoles map[string][]struct {
		RoleName, Fingerprint string
		Items                 []readItem
	} `json:"unique_roles"`
}

func read(t *testing.T, c *diff.Changes) readFile {
	t.Helper()
	var f readFile
	if err := json.Unmarshal([]byte(rendered(t, c, meta, nil)), &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// TestJSONHoldsTheItems reads every item back and holds it against Changes.
func TestJSONHoldsTheItems(t *testing.T) {
	c := sample()
	f := read(t, c)
	check := func(what string, got []readItem, want []inventory.Item) {
		var items []inventory.Item
		for _, g := range got {
			items = append(items, inventory.Item{
				PolicyName: g.PolicyName, PolicyType: g.PolicyType, Effect: g.Effect, Service: g.Service, Action: g.Action,
				ARN: g.ARN, Principal: g.Principal, PrincipalType: g.PrincipalType, Negated: g.Negated,
				Condition: g.Condition, Statement: g.Statement, Note: g.Note,
			})
		}
		for i := range want {
			want[i].RoleName, want[i].Path = "", ""
		}
		if d := cmp.Diff(want, items); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	for i := range c.Common {
		p := &c.Common[i]
		for side, got := range [][]readItem{f.CommonRoles[i].OnlyA, f.CommonRoles[i].OnlyB} {
			var want []inventory.Item
			for _, ref := range p.Only(side) {
				want = append(want, c.Difference(p.Role(side), side, ref).Item)
			}
			check(p.Name, got, want)
		}
	}
	for side, name := range []string{"a", "b"} {
		for i, r := range c.Only(side) {
			var want []inventory.Item
			for ref := range allItems(r) {
				want = append(want, c.Difference(r, side, ref).Item)
			}
			check(r.Name, f.UniqueRoles[name][i].Items, want)
		}
	}
}

func TestJSONOriginalsAndNames(t *testing.T) {
	items := read(t, sample()).CommonRoles[1].OnlyB
	if len(items) != 2 {
		t.Fatalf("%d items", len(items))
	}
	want := []map[string]string{{"policyname": "s3-qa", "arn": "arn:aws:s3:::app1-qa/shared/*"}}
	if d := cmp.Diff(want, items[0].Originals); d != "" {
		t.Errorf("originals (-want +got):\n%s", d)
	}
	if n := items[1].Names; len(n) != 1 || n[0].Value != "111111111111" || n[0].Owner != "dev" ||
		n[0].Expected != "arn:aws:s3:::logs-222222222222/*" {
		t.Errorf("names: %+v", n)
	}
}

// fingerprints gives all fingerprints of a file, sorted.
func fingerprints(t *testing.T, c *diff.Changes) []string {
	f := read(t, c)
	var all []string
	add := func(items []readItem) {
		for _, it := range items {
			all = append(all, it.Fingerprint)
		}
	}
	for _, r := range f.CommonRoles {
		add(r.OnlyA)
		add(r.OnlyB)
		for _, a := range r.Attributes {
			all = append(all, a.Fingerprint)
		}
	}
	for _, roles := range f.UniqueRoles {
		for _, r := range roles {
			all = append(all, r.Fingerprint)
			add(r.Items)
		}
	}
	slices.Sort(all)
	return all
}

func TestFingerprints(t *testing.T) {
	want := fingerprints(t, sample())
	if len(want) != 11 || len(slices.Compact(slices.Clone(want))) != len(want) {
		t.Fatalf("not eleven different fingerprints: %q", want)
	}
	if d := cmp.Diff(want, fingerprints(t, swapped(sample()))); d != "" {
		t.Errorf("swapping the sides changes fingerprints:\n%s", d)
	}
}

func TestFingerprintFollowsTheContent(t *testing.T) {
	put := inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "arn:aws:s3:::a", Condition: `{"a":1}`}
	of := func(change func(*inventory.Item), tags ...string) string {
		it := put
		change(&it)
		here, there := "dev", "qa"
		if len(tags) > 0 {
			here, there = tags[0], tags[1]
		}
		a, b := account(here, here, "1", plainRole("app", "/", it)), account(there, there, "2")
		var out struct{ Fingerprint string }
		j := newJSONItems(a, b, uniqueItems(&diff.Changes{OnlyA: []*normalize.Role{&a.Roles[0]}}, 0), nil)
		if err := json.Unmarshal(j.appendDifference(nil, &a.Roles[0], diff.Ref{}), &out); err != nil {
			t.Fatal(err)
		}
		return out.Fingerprint
	}
	base := of(func(*inventory.Item) {})
	for _, c := range []struct {
		same   bool
		got    string
		reason string
	}{
		{true, of(func(it *inventory.Item) { it.Action, it.Service = "putobject", "S3" }), "letter case of an action"},
		{true, of(func(it *inventory.Item) { it.Note = "unknown action" }), "a note, which changes with the reference"},
		{false, of(func(it *inventory.Item) { it.Effect = "Deny" }), "effect"},
		{false, of(func(it *inventory.Item) { it.Action = "PutObjectAcl" }), "action"},
		{false, of(func(it *inventory.Item) { it.ARN = "arn:aws:s3:::A" }), "letter case of a resource"},
		{false, of(func(it *inventory.Item) { it.Principal = "x" }), "principal"},
		{false, of(func(it *inventory.Item) { it.PrincipalType = "AWS" }), "principal's type"},
		{false, of(func(it *inventory.Item) { it.Negated = "NotAction" }), "negated"},
		{false, of(func(it *inventory.Item) { it.Condition = "" }), "condition"},
		{false, of(func(it *inventory.Item) { it.Condition, it.Statement = "", `{"a":1}` }), "the same text in another column"},
		{false, of(func(*inventory.Item) {}, "qa", "dev"), "the other account has it"},
		{false, of(func(*inventory.Item) {}, "dev", "prod"), "seen against another account"},
	} {
		if (c.got == base) != c.same {
			t.Errorf("%s: fingerprint same = %v, want %v", c.reason, c.got == base, c.same)
		}
	}
}

// TestFingerprintStaysWherever: more drift around it changes nothing.
func TestFingerprintStaysWherever(t *testing.T) {
	extra := inventory.Item{Effect: "Allow", Service: "a4b", Action: "*", ARN: "*"}
	drift := inventory.Item{Effect: "Allow", Service: "s3", Action: "PutObject", ARN: "*"}
	alone := changes(account("dev", "dev", "1", plainRole("app", "/")), account("qa", "qa", "2", plainRole("app", "/", drift)))
	among := changes(account("dev", "dev", "1", plainRole("app", "/x/")), account("qa", "qa", "2", plainRole("app", "/y/", extra, drift)))
	one, two := fingerprints(t, alone), fingerprints(t, among)
	if len(one) != 1 || len(two) != 2 || !slices.Contains(two, one[0]) {
		t.Errorf("alone %q, among others %q", one, two)
	}
}

// TestJSONSaysWhatIsKnown reads the marks and the documents back.
func TestJSONSaysWhatIsKnown(t *testing.T) {
	c, m := marked()
	r := reread(t, c, m)
	if r.Meta.Since != "git:main" || r.Meta.Waivers != "waivers.json" || r.Meta.WaiversSHA256 != m.SHA256 {
		t.Errorf("meta: %+v", r.Meta)
	}
	if d := cmp.Diff(m.Waivers, r.Waivers); d != "" {
		t.Errorf("waivers (-want +got):\n%s", d)
	}
	if d := cmp.Diff(m.Fixed, r.Fixed); d != "" {
		t.Errorf("fixed (-want +got):\n%s", d)
	}
	want := map[string]Sides[int]{countWaived: {2, 1}, countNew: {0, 1}, countFixed: {1, 2}}
	for name, n := range want {
		if r.Counts[name] != n {
			t.Errorf("%s is %v, want %v", name, r.Counts[name], n)
		}
	}
	pair := &r.CommonRoles[1]
	if pair.Reason != c.Common[1].Reason {
		t.Errorf("reason %q", pair.Reason)
	}
	if a := r.CommonRoles[0].Attributes; a[0].Waiver != nil || a[1].Waiver == nil || *a[1].Waiver != 0 {
		t.Errorf("the expired waiver accepts %v, the one in force %v", a[0].Waiver, a[1].Waiver)
	}
	if it := pair.OnlyB[1]; it.Age != AgeKnown || it.FirstSeen == nil || it.FirstSeen.Subject != "Add @logs #7" || !it.FirstSeen.AtLeast {
		t.Errorf("since when: %+v", it.RunMark)
	}
}

// TestJSONDocuments: both sides of a policy that differs, each text once.
func TestJSONDocuments(t *testing.T) {
	r := reread(t, sample(), nil)
	text := func(i *int) string {
		if i == nil {
			return ""
		}
		return r.Documents[*i].Text
	}
	seen := map[string]bool{}
	for _, d := range r.Documents {
		if seen[d.Text] {
			t.Errorf("%q stands twice", d.Text)
		}
		seen[d.Text] = true
	}
	app := r.CommonRoles[1].Documents
	if len(app) != 1 || app[0].PolicyType != "inline" || app[0].PolicyName != "s3-accountname" ||
		text(app[0].A) != "{\n  \"of\": \"inline s3-dev\"\n}" || text(app[0].B) != "{\n  \"of\": \"inline s3-qa\"\n}" {
		t.Errorf("a policy that differs, of which the trust policy is none: %+v", app)
	}
	if d := r.CommonRoles[2].Documents; d != nil {
		t.Errorf("a role in sync has documents: %+v", d)
	}
	for _, u := range r.UniqueRoles.A {
		if len(u.Documents) != 1 || text(u.Documents[0].A) == "" || u.Documents[0].B != nil {
			t.Errorf("%s: %+v", u.RoleName, u.Documents)
		}
	}
}

// TestDocumentsOfAttributes: a policy that is attached on one side, and a
// boundary that differs.
func TestDocumentsOfAttributes(t *testing.T) {
	boundary := func(arn string) roleFixture {
		f := plainRole("app", "/")
		f.policies = append(f.policies, policyFixture{name: "Limit", rawName: "Limit", arn: arn, kind: inventory.Boundary})
		return f
	}
	c := changes(account("dev", "dev", "1", boundary("arn:1")), account("qa", "qa", "2", boundary("arn:2")))
	if d := reread(t, c, nil).CommonRoles[0].Documents; d != nil {
		t.Errorf("nothing differs, but there is %+v", d)
	}
	c.Common[0].Attributes = []diff.AttributeChange{
		{Kind: normalize.KindBoundary, A: diff.AttributeValue{Has: true, Value: "arn:1"}, B: diff.AttributeValue{Has: true, Value: "arn:2"}},
		{Kind: normalize.KindPolicy, Key: "managed Reader", A: diff.AttributeValue{Has: true}},
	}
	zero, one := 0, 1
	want := []RunPolicyDocuments{
		{PolicyType: "boundary", PolicyName: "Limit", A: &zero, B: &zero},
		{PolicyType: "managed", PolicyName: "Reader", A: &one, B: &one},
	}
	if d := cmp.Diff(want, reread(t, c, nil).CommonRoles[0].Documents); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}
