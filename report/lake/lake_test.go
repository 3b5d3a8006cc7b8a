package lake_test

import (
	"bytes"
	"flag"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/reference"
	"iamctl/report/lake"
)

// updating reports whether the golden files are to be written anew: the flag is that of
// package resulttest.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

// file returns the bytes of a table.
func file[T any](t rapid.TB, rows iter.Seq[T]) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := lake.Write(&b, "test", rows)
	if err != nil {
		t.Fatal(err)
	}
	if want := int64(len(slices.Collect(rows))); n != want {
		t.Errorf("%d rows are written of %d", n, want)
	}
	return b.Bytes()
}

// readBack checks that the rows of a table are in its file, and that it has the same bytes
// each time.
func readBack[T any](t rapid.TB, rows iter.Seq[T]) []T {
	t.Helper()
	b := file(t, rows)
	if !bytes.Equal(b, file(t, rows)) {
		t.Error("the same rows have other bytes the next time")
	}
	got, err := parquet.Read[T](bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Collect(rows)
	if len(want)+len(got) > 0 {
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	}
	return got
}

// hostile are texts as only an attacker writes them.
var hostile = rapid.SampledFrom([]string{
	"app", "", "a\x00b", "\xff\xfe", "caf\xe9", `\x{FF}`, "=cmd", "\u202e", "é", "a'b\"c", "../../x", strings.Repeat("x", 300),
})

func documents() *rapid.Generator[inventory.Document] {
	long := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::` + strings.Repeat("b", 6144-113) + `/*"}]}`
	return rapid.SampledFrom([]inventory.Document{
		"", "{", "\xff", inventory.Document(long),
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}`,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["iam:*"],"NotResource":"arn:aws:s3:::a","Condition":{"StringEquals":{"aws:PrincipalTag/x":["1","2"]}}}]}`,
		`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sqs:SendMessage","x:Y"],"Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}`,
	})
}

func accounts() *rapid.Generator[*inventory.Account] {
	return rapid.Custom(func(t *rapid.T) *inventory.Account {
		a := &inventory.Account{ID: rapid.SampledFrom([]string{"", "001234567890", "x"}).Draw(t, "id"), Partition: "aws", Alias: hostile.Draw(t, "alias")}
		for range rapid.IntRange(0, 2).Draw(t, "policies") {
			a.Policies = append(a.Policies, inventory.Policy{Name: hostile.Draw(t, "policy"), ARN: hostile.Draw(t, "arn"), Document: documents().Draw(t, "document")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "roles") {
			a.Roles = append(a.Roles, role(t, a))
		}
		a.Users = []inventory.User{{Name: "u", Inline: []inventory.InlinePolicy{{Name: "i", Document: documents().Draw(t, "user's")}}}}
		for range rapid.IntRange(0, 2).Draw(t, "gaps") {
			a.Gaps = append(a.Gaps, inventory.Gap{
				Kind: inventory.GapRead, Entity: inventory.EntityRole, Blind: true, Reason: hostile.Draw(t, "reason"),
				Part: rapid.SampledFrom([]inventory.Part{"", inventory.PartTag, inventory.PartInstanceProfile}).Draw(t, "part"),
			})
		}
		a.Sort()
		return a
	})
}

func role(t *rapid.T, a *inventory.Account) inventory.Role {
	r := inventory.Role{Name: hostile.Draw(t, "name"), ID: hostile.Draw(t, "role id"), ARN: hostile.Draw(t, "role arn"), Path: hostile.Draw(t, "path"), Trust: documents().Draw(t, "trust")}
	for range rapid.IntRange(0, 2).Draw(t, "inline") {
		r.Inline = append(r.Inline, inventory.InlinePolicy{Name: hostile.Draw(t, "inline name"), Document: documents().Draw(t, "inline")})
	}
	for _, p := range a.Policies {
		r.Attached = append(r.Attached, inventory.PolicyRef{Name: p.Name, ARN: p.ARN})
	}
	if rapid.Bool().Draw(t, "known") {
		text, n := hostile.Draw(t, "description"), int32(3600)
		r.Description, r.MaxSessionDuration, r.InstanceProfiles = &text, &n, []inventory.InstanceProfile{}
		r.Created, r.LastUsed = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), &inventory.LastUse{Region: "eu-west-1"}
		r.Tags = []inventory.Tag{{Key: hostile.Draw(t, "key"), Value: hostile.Draw(t, "value")}}
	}
	return r
}

// What is in a file is what was read, whatever the texts.
func TestReadBack(t *testing.T) {
	ref := reference.Embedded()
	rapid.Check(t, func(t *rapid.T) {
		a := accounts().Draw(t, "account")
		f := flatten.Account(a, ref)
		from := lake.Source{Tag: "dev", Name: "fleet/dev"}
		roles := readBack(t, lake.RolesOf(f, from))
		items := readBack(t, lake.ItemsOf(f, from))
		documents := readBack(t, lake.DocumentsOf(a, from.Tag))
		checkRoles(t, f, roles)
		checkItems(t, f, items)
		checkDocuments(t, roles, items, documents)
	})
}

func checkRoles(t *rapid.T, f *inventory.Flat, rows []lake.Role) {
	if len(rows) != len(f.Roles) {
		t.Fatalf("%d rows of %d roles", len(rows), len(f.Roles))
	}
	for i, row := range rows {
		r := f.Roles[i]
		if (row.Description == nil) != (r.Description == nil) || (row.MaxSessionSeconds == nil) != (r.MaxSessionDuration == nil) || row.LastUsedRead != (r.LastUsed != nil) || row.LastUsed != nil {
			t.Errorf("what was not read is told from what there is not: %+v", row)
		}
		blind := func(part inventory.Part) bool {
			return slices.ContainsFunc(f.Gaps, func(g inventory.Gap) bool {
				return g.Entity == inventory.EntityRole && g.Name == "" && (g.Part == "" || g.Part == part)
			})
		}
		if (row.Tags == nil) != blind(inventory.PartTag) || (row.InstanceProfiles == nil) != (r.InstanceProfiles == nil || blind(inventory.PartInstanceProfile)) {
			t.Errorf("tags %v and instance profiles %v with gaps %v", row.Tags, row.InstanceProfiles, f.Gaps)
		}
		if len(row.Policies) != len(r.Policies) || row.Complete && slices.ContainsFunc(row.Policies, func(p lake.Policy) bool { return !p.Flattened }) {
			t.Errorf("%d policies of %d, complete %t: %v", len(row.Policies), len(r.Policies), row.Complete, row.Policies)
		}
	}
}

func checkItems(t *rapid.T, f *inventory.Flat, rows []lake.Item) {
	var want []inventory.Item
	for it := range f.Items() {
		it = it.Marked()
		for _, s := range []*string{&it.RoleName, &it.Path, &it.PolicyName} {
			*s = valid(*s)
		}
		want = append(want, it)
	}
	var got []inventory.Item
	s := func(p *string) string {
		if p == nil {
			return ""
		}
		return *p
	}
	for _, r := range rows {
		got = append(got, inventory.Item{
			RoleName: r.RoleName, Path: r.RolePath, PolicyName: s(r.PolicyName), PolicyType: r.PolicyType, Effect: r.Effect,
			Service: s(r.Service), Action: s(r.Action), ARN: s(r.Resource), Principal: s(r.Principal), PrincipalType: s(r.PrincipalType),
			Negated: strings.Join(r.Negated, " "), Condition: s(r.Condition), Statement: s(r.Statement), Note: s(r.Note),
		})
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("items (-want +got):\n%s", d)
	}
}

// checkDocuments checks that each digest has its document, once.
func checkDocuments(t *rapid.T, roles []lake.Role, items []lake.Item, rows []lake.Document) {
	has := map[string]bool{}
	for _, d := range rows {
		if has[d.SHA256] {
			t.Errorf("%s is there twice", d.SHA256)
		}
		has[d.SHA256] = true
		if !utf8.ValidString(d.Document) || d.Exact != (int(d.Bytes) == len(d.Document)) {
			t.Errorf("%q of %d bytes, exact %t", d.Document, d.Bytes, d.Exact)
		}
	}
	for _, r := range roles {
		for _, p := range r.Policies {
			if p.DocumentSHA256 != nil && !has[*p.DocumentSHA256] || p.DocumentSHA256 == nil && p.Flattened {
				t.Errorf("the document of %+v is not there", p)
			}
		}
	}
	for _, it := range items {
		if it.DocumentSHA256 == nil || !has[*it.DocumentSHA256] {
			t.Errorf("the document of %+v is not there", it)
		}
	}
}

// valid is what a text becomes whose bytes are not UTF-8.
func valid(s string) string {
	return strings.NewReplacer("\xff", `\x{FF}`, "\xfe", `\x{FE}`, "caf\xe9", `caf\x{E9}`).Replace(s)
}

// Engines are told the columns in docs/lake.md: a change of one is a change of all lakes.
func TestSchema(t *testing.T) {
	var b strings.Builder
	for _, s := range []string{lake.Schema[lake.Document](), lake.Schema[lake.Drift](), lake.Schema[lake.Finding](), lake.Schema[lake.Item](), lake.Schema[lake.Role]()} {
		b.WriteString(s + "\n")
	}
	golden := filepath.Join("testdata", "schema.txt")
	if updating() {
		if err := os.WriteFile(golden, []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if d := cmp.Diff(string(want), b.String()); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
}

func TestPath(t *testing.T) {
	day := time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ id, tag, want, reason string }{
		{"001234567890", "dev", "roles/day=2026-01-31/account=001234567890/part-0.parquet", "an id, with its zeros"},
		{"", "dev", "roles/day=2026-01-31/account=unknown-dev/part-0.parquet", "an id that the source does not say"},
		{"../../../etc", "dev", "roles/day=2026-01-31/account=unknown-dev/part-0.parquet", "what is no id leads nowhere"},
		{"１２３４56789012", "dev", "roles/day=2026-01-31/account=unknown-dev/part-0.parquet", "digits of another script"},
		{"", "../a=b\x00", "roles/day=2026-01-31/account=unknown-..%2Fa%3Db%00/part-0.parquet", "a tag from a file leads nowhere either"},
	} {
		if got := lake.Path(lake.Roles, day, lake.Partition(tt.id, tt.tag)); got != tt.want {
			t.Errorf("%s: %s", tt.reason, got)
		}
	}
}

// Many rows go to several groups, and none is lost.
func TestManyRows(t *testing.T) {
	const n = 150_000
	rows := func(yield func(lake.Item) bool) {
		action := "GetObject"
		for i := range n {
			if !yield(lake.Item{RoleName: "r", Effect: "Allow", Action: &action, Negated: []string{}, PolicyType: string(rune('a' + i%3))}) {
				return
			}
		}
	}
	b := file(t, rows)
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if f.NumRows() != n || len(f.RowGroups()) != 3 {
		t.Errorf("%d rows in %d groups", f.NumRows(), len(f.RowGroups()))
	}
}
