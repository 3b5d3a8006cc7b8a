package result_test

import (
	"bytes"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
	"iamctl/result/resulttest"
)

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.Schema()))
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

// written is a diff.json that something else made.
func written(t *testing.T, c *diff.Changes, m result.Meta, marks *result.Marks) string {
	t.Helper()
	r := result.New(c, m)
	r.Judge(marks)
	return resulttest.Written(t, r)
}

func TestJSONFollowsItsSchema(t *testing.T) {
	s := compiled(t)
	withTime := resulttest.Meta
	withTime.Time = "2026-11-21T20:00:00Z"
	withTime.Inputs = []result.Input{
		{Kind: result.InputDictionary, Path: "d.json", SHA256: strings.Repeat("0a", 32)},
		{Kind: result.InputReference, Version: "2026-01-01"},
		{Kind: result.InputWaivers, Path: "w.json", SHA256: strings.Repeat("0b", 32)},
		{Kind: result.InputSince, Path: "git:HEAD", Version: "0c0c"},
	}
	for _, c := range resulttest.Cases {
		for _, m := range []result.Meta{resulttest.Meta, withTime, {Iamctl: "1"}} {
			changes, marks := c.Changes()
			v, err := jsonschema.UnmarshalJSON(strings.NewReader(written(t, changes, m, marks)))
			if err != nil {
				t.Fatalf("%s: %v", c.Name, err)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("%s: %v", c.Name, err)
			}
		}
	}
}

// TestSchemaRefuses: a schema that lets everything pass would show nothing.
func TestSchemaRefuses(t *testing.T) {
	s := compiled(t)
	whole := resulttest.File(t, resulttest.Sample(), nil)
	for _, c := range []struct{ old, new, reason string }{
		{`"format":"iamctl-diff"`, `"format":"other"`, "another format"},
		{`"version":2`, `"version":3`, "another version"},
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

// TestJSONHoldsTheItems reads every item back and holds it against Changes.
func TestJSONHoldsTheItems(t *testing.T) {
	c := resulttest.Sample()
	r := resulttest.Reread(t, c, nil)
	check := func(what string, got result.Items, role *normalize.Role, refs iter.Seq[result.Ref]) {
		var items, want []result.Columns
		for _, it := range got.All() {
			items = append(items, it.Columns)
		}
		for ref := range refs {
			p := &role.Policies[ref.Policy]
			it := p.Items.Item(int(ref.Row))
			want = append(want, result.Columns{
				PolicyName: p.Name, PolicyType: string(p.Type), Effect: it.Effect, Service: it.Service, Action: it.Action,
				ARN: it.ARN, Principal: it.Principal, PrincipalType: it.PrincipalType, Negated: it.Negated,
				Condition: it.Condition, Statement: it.Statement, Note: it.Note,
			})
		}
		if d := cmp.Diff(want, items); d != "" {
			t.Errorf("%s (-want +got):\n%s", what, d)
		}
	}
	for i := range c.Common {
		p := &c.Common[i]
		for side := range 2 {
			check(p.Name, r.CommonRoles[i].Only(side), p.Role(side), slices.Values(p.Only(side)))
		}
	}
	for side := range 2 {
		for i, role := range c.Only(side) {
			check(role.Name, (*r.UniqueRoles.Of(side))[i].Items, role, result.RefsOf(role))
		}
	}
}

func TestJSONOriginalsAndNames(t *testing.T) {
	items := resulttest.Reread(t, resulttest.Sample(), nil).CommonRoles[1].OnlyB.First(3)
	if len(items) != 2 {
		t.Fatalf("%d items", len(items))
	}
	want := []result.Columns{{PolicyName: "s3-qa", ARN: "arn:aws:s3:::app1-qa/shared/*"}}
	if d := cmp.Diff(want, items[0].Originals); d != "" {
		t.Errorf("originals (-want +got):\n%s", d)
	}
	if n := items[1].Names; len(n) != 1 || n[0].Value != "111111111111" || n[0].Owner != "dev" ||
		n[0].Expected != "arn:aws:s3:::logs-222222222222/*" {
		t.Errorf("names: %+v", n)
	}
}

// fingerprints returns all fingerprints of a file, sorted.
func fingerprints(t *testing.T, c *diff.Changes) []string {
	r := resulttest.Reread(t, c, nil)
	var all []string
	add := func(items result.Items) {
		for _, it := range items.All() {
			all = append(all, it.Fingerprint)
		}
	}
	for _, p := range r.CommonRoles {
		add(p.OnlyA)
		add(p.OnlyB)
		for _, a := range p.Attributes {
			all = append(all, a.Fingerprint)
		}
	}
	for side := range 2 {
		for _, u := range *r.UniqueRoles.Of(side) {
			all = append(all, u.Fingerprint)
			add(u.Items)
		}
	}
	slices.Sort(all)
	return all
}

func TestFingerprints(t *testing.T) {
	want := fingerprints(t, resulttest.Sample())
	if len(want) != 11 || len(slices.Compact(slices.Clone(want))) != len(want) {
		t.Fatalf("not eleven different fingerprints: %q", want)
	}
	if d := cmp.Diff(want, fingerprints(t, resulttest.Swapped(resulttest.Sample()))); d != "" {
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
		a, b := resulttest.Account(here, here, "1", resulttest.PlainRole("app", "/", it)), resulttest.Account(there, there, "2")
		r := result.New(resulttest.Changes(a, b), resulttest.Meta)
		return r.UniqueRoles.A[0].Items.First(1)[0].Fingerprint
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
	alone := resulttest.Changes(resulttest.Account("dev", "dev", "1", resulttest.PlainRole("app", "/")), resulttest.Account("qa", "qa", "2", resulttest.PlainRole("app", "/", drift)))
	among := resulttest.Changes(resulttest.Account("dev", "dev", "1", resulttest.PlainRole("app", "/x/")), resulttest.Account("qa", "qa", "2", resulttest.PlainRole("app", "/y/", extra, drift)))
	one, two := fingerprints(t, alone), fingerprints(t, among)
	if len(one) != 1 || len(two) != 2 || !slices.Contains(two, one[0]) {
		t.Errorf("alone %q, among others %q", one, two)
	}
}

// TestJSONSaysWhatIsKnown reads the marks and the documents back.
func TestJSONSaysWhatIsKnown(t *testing.T) {
	c, m := resulttest.Marked()
	r := resulttest.Reread(t, c, m)
	if r.Meta.Since != "git:main" || r.Meta.Waivers != "waivers.json" || r.Meta.WaiversSHA256 != m.SHA256 {
		t.Errorf("meta: %+v", r.Meta)
	}
	if d := cmp.Diff(m.Waivers, r.Waivers); d != "" {
		t.Errorf("waivers (-want +got):\n%s", d)
	}
	if d := cmp.Diff(m.Fixed, r.Fixed); d != "" {
		t.Errorf("fixed (-want +got):\n%s", d)
	}
	want := map[string]result.Sides[int]{"waived_differences": {2, 0}, "new_differences": {0, 1}, "fixed_differences": {1, 2}}
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
	if it := pair.OnlyB.First(2)[1]; it.Age != result.AgeKnown || it.FirstSeen == nil || it.FirstSeen.Subject != "Add @logs #7" || !it.FirstSeen.AtLeast {
		t.Errorf("since when: %+v", it.Mark)
	}
}

// TestJSONDocuments: both sides of a policy that differs, each text once.
func TestJSONDocuments(t *testing.T) {
	r := resulttest.Reread(t, resulttest.Sample(), nil)
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
	boundary := func(arn string) resulttest.Role {
		f := resulttest.PlainRole("app", "/")
		f.Policies = append(f.Policies, resulttest.Policy{Name: "Limit", RawName: "Limit", ARN: arn, Kind: inventory.Boundary})
		return f
	}
	c := resulttest.Changes(resulttest.Account("dev", "dev", "1", boundary("arn:1")), resulttest.Account("qa", "qa", "2", boundary("arn:2")))
	if d := resulttest.Reread(t, c, nil).CommonRoles[0].Documents; d != nil {
		t.Errorf("nothing differs, but there is %+v", d)
	}
	c.Common[0].Attributes = []diff.AttributeChange{
		{Kind: normalize.KindBoundary, A: diff.AttributeValue{Has: true, Value: "arn:1"}, B: diff.AttributeValue{Has: true, Value: "arn:2"}},
		{Kind: normalize.KindPolicy, Key: "managed Reader", A: diff.AttributeValue{Has: true}},
	}
	zero, one := 0, 1
	want := []result.PolicyDocuments{
		{PolicyType: "boundary", PolicyName: "Limit", A: &zero, B: &zero},
		{PolicyType: "managed", PolicyName: "Reader", A: &one, B: &one},
	}
	if d := cmp.Diff(want, resulttest.Reread(t, c, nil).CommonRoles[0].Documents); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestOriginalsOfSeveralRows: rows that became one, and masked items.
func TestOriginalsOfSeveralRows(t *testing.T) {
	c := resulttest.Rewritten(t)
	file := resulttest.File(t, c, nil)
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled(t).Validate(v); err != nil {
		t.Error(err)
	}
	want := []result.Columns{{ARN: "arn:aws:s3:::blue-logs"}, {ARN: "arn:aws:s3:::red-logs"}}
	if d := cmp.Diff(want, resulttest.Reread(t, c, nil).CommonRoles[0].OnlyA.First(1)[0].Originals); d != "" {
		t.Errorf("originals (-want +got):\n%s", d)
	}
	for _, part := range []string{
		`"originals_a":[{"arn":"arn:aws:s3:::red-data"}]`, `"originals_b":[{"arn":"arn:aws:s3:::red-data"}]`,
	} {
		if !strings.Contains(file, part) {
			t.Errorf("%s has no %s", result.FileName, part)
		}
	}
}

// TestOriginalsOnlyWhereSomethingChanged: of a policy that was rewritten, a row
// that was not has no originals.
func TestOriginalsOnlyWhereSomethingChanged(t *testing.T) {
	get := func(arn string) inventory.Item {
		return inventory.Item{Effect: "Allow", Service: "s3", Action: "GetObject", ARN: arn}
	}
	role := resulttest.PlainRole("app", "/")
	role.Policies[0].Items = []inventory.Item{get("*"), get("arn:aws:s3:::app-accountname")}
	role.Policies[0].Raw = []inventory.Item{get("*"), get("arn:aws:s3:::app-dev")}
	c := resulttest.Changes(resulttest.Account("dev", "dev", "1", role), resulttest.Account("qa", "qa", "2"))
	for _, r := range []*result.Result{resulttest.Result(c, nil), resulttest.Reread(t, c, nil)} {
		items := r.UniqueRoles.A[0].Items.First(2)
		if items[0].Originals != nil {
			t.Errorf("%s has the originals %+v", items[0].ARN, items[0].Originals)
		}
		if d := cmp.Diff([]result.Columns{{ARN: "arn:aws:s3:::app-dev"}}, items[1].Originals); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
}
