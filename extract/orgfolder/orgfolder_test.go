package orgfolder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"iamctl/extract/jsonfile/jsonfiletest"
	"iamctl/inventory"
)

func sample() *inventory.Organization {
	return &inventory.Organization{
		ID: "o-abc123", Management: "111111111111",
		Units: []inventory.Unit{
			{ID: "ou-ab12-cd34", Name: "Prod", Parent: "r-ab12", Path: "Root/Prod", Policies: []string{"p-z", "p-FullAWSAccess"}},
			{ID: "r-ab12", Name: "Root", Path: "Root", Policies: []string{"p-FullAWSAccess"}},
		},
		Members: []inventory.Member{
			{ID: "222222222222", Name: "pay\xffments", Unit: "ou-ab12-cd34", Path: "Root/Prod", Status: "ACTIVE", Tags: []inventory.Tag{{Key: "team", Value: "a"}}, Policies: []string{"p-z"}},
			{ID: "111111111111", Name: "management", Unit: "r-ab12", Path: "Root", Status: "ACTIVE", Management: true},
		},
		Policies: []inventory.ControlPolicy{
			{ID: "p-z", ARN: "arn:aws:organizations::111111111111:policy/o-abc123/service_control_policy/p-z", Name: "z", Type: inventory.ServiceControl, Document: `{"Statement":[],"Version":"2012-10-17"}`},
			{ID: "p-FullAWSAccess", ARN: "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", Name: "FullAWSAccess", Type: inventory.ServiceControl, AWSManaged: true, Document: `{"Statement":[{"Action":"*","Effect":"Allow","Resource":"*"}],"Version":"2012-10-17"}`},
			{ID: "p-r", ARN: "arn:r", Name: "r", Type: inventory.ResourceControl, Document: `no JSON`},
		},
		Gaps: []inventory.Gap{{Kind: inventory.GapRead, Entity: inventory.EntityUnit, Name: "ou-x", Part: inventory.Part(inventory.ServiceControl), Blind: true, Reason: "denied"}},
	}
}

func mustWrite(t *testing.T, dir string, o *inventory.Organization) {
	t.Helper()
	if err := Write(dir, o); err != nil {
		t.Fatal(err)
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[e.Name()] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "fleet", "organization")
	in := sample()
	mustWrite(t, dir, in)
	if d := cmp.Diff(sample(), in); d != "" {
		t.Errorf("Write changed what it was given:\n%s", d)
	}
	got, err := Read(context.Background(), dir)
	if err != nil {
		t.Fatal(err)
	}
	want := sample()
	want.Sort()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-written +read\n%s", d)
	}
	if info, err := os.Stat(filepath.Join(dir, FileName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v, want 0600", FileName, info.Mode(), err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v, want 0700", info.Mode(), err)
	}
}

// Read is the inverse of Write, and what is written again are the same bytes, whatever the
// order that AWS had.
func TestSurvives(t *testing.T) {
	base := t.TempDir()
	text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))
	rapid.Check(t, func(rt *rapid.T) {
		o := sample()
		o.Members[0].Name, o.Units[0].Name, o.Units[0].Path = text.Draw(rt, "name"), text.Draw(rt, "unit"), text.Draw(rt, "path")
		o.Policies[0].Name = text.Draw(rt, "policy")
		o.Policies[0].Document = inventory.Document(jsonfiletest.Documents().Draw(rt, "document"))
		dir, err := os.MkdirTemp(base, "x")
		if err != nil {
			rt.Fatal(err)
		}
		if err := Write(dir, o); err != nil {
			rt.Fatal(err)
		}
		first := tree(t, dir)
		got, err := Read(context.Background(), dir)
		if err != nil {
			rt.Fatal(err)
		}
		want := *o
		want.Sort()
		if d := cmp.Diff(&want, got, cmpopts.IgnoreFields(inventory.ControlPolicy{}, "Document")); d != "" {
			rt.Fatalf("-written +read\n%s", d)
		}
		if err := Write(dir, got); err != nil {
			rt.Fatal(err)
		}
		if d := cmp.Diff(first, tree(t, dir)); d != "" {
			rt.Fatalf("written again\n%s", d)
		}
	})
}

func TestWriteReplaces(t *testing.T) {
	dir := t.TempDir()
	mustWrite(t, dir, sample())
	if err := os.WriteFile(filepath.Join(dir, "README.md"), []byte("ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := sample()
	o.Policies = o.Policies[1:]
	mustWrite(t, dir, o)
	files := tree(t, dir)
	if _, ok := files["scp-p-z.json"]; ok || len(files) != 4 || files["README.md"] != "ours" {
		t.Errorf("files %v, want those of the two policies, organization.json and README.md", files)
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, tt := range []struct {
		change       func(*inventory.Organization)
		want, reason string
	}{
		{func(o *inventory.Organization) { o.Units[0].Parent = o.Units[0].ID }, "below itself", "a unit above itself would end no walk"},
		{func(o *inventory.Organization) { o.Units[0].Parent = "ou-none" }, "not there", "who is above is not known"},
		{func(o *inventory.Organization) { o.Members[0].Unit = "ou-none" }, "not there", "what bounds the account is not known"},
		{func(o *inventory.Organization) { o.Members[0].ID = o.Members[1].ID }, "twice", "which of them is meant"},
		{func(o *inventory.Organization) { o.Units[0].ID = o.Units[1].ID }, "twice", "which of them is meant"},
		{func(o *inventory.Organization) {
			o.Policies[0].ID = "P-Z"
			o.Policies[2] = o.Policies[0]
			o.Policies[2].ID = "p-z"
		}, "twice", "one file on a disk without case"},
		{func(o *inventory.Organization) { o.Policies[0].Type = "TAG_POLICY" }, "TAG_POLICY", "no control policy"},
	} {
		o := sample()
		tt.change(o)
		dir := filepath.Join(t.TempDir(), "new")
		if err := Write(dir, o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want an error with %q: %s", err, tt.want, tt.reason)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a folder is left behind", tt.reason)
		}
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "account.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, sample()); !errors.Is(err, ErrNoOrganization) {
		t.Errorf("a snapshot's folder: %v, want ErrNoOrganization", err)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, tt := range []struct{ file, text, want, reason string }{
		{FileName, `{`, FileName, "no JSON"},
		{FileName, `{"format":"iamctl-snapshot","version":1}`, "iamctl-snapshot", "another format"},
		{FileName, `{"format":"iamctl-organization","version":2,"id":"o","management":"1"}`, "version 2", "of a later iamctl"},
		{FileName, `{"format":"iamctl-organization","version":1,"id":"o"}`, `"management" is missing`, "who is exempt is not known"},
		{FileName, `{"format":"iamctl-organization","version":1,"id":"o","management":"1","acounts":[]}`, "acounts", "it would go unseen"},
		{FileName, `{"format":"iamctl-organization","version":1,"id":"o","management":"1","units":[{"id":"a","name":"a"}]}`, `"path" is missing`, "a unit's part"},
		{FileName, `{"format":"iamctl-organization","version":1,"id":"o","management":"1","units":[{"id":"a","name":"a","path":"a","parent":"a"}]}`, "below itself", "a walk without end"},
		{"scp-x.json", `{"arn":"a","document":{},"id":"p-x","name":"x","type":"RESOURCE_CONTROL_POLICY"}`, "rcp-", "a type that its name denies"},
		{"scp-x.json", `{"arn":"a","document":{},"id":"p-x","name":"x","type":"TAG_POLICY"}`, "TAG_POLICY", "no control policy"},
		{"scp-x.json", `{"arn":"a","id":"p-x","name":"x","type":"SERVICE_CONTROL_POLICY"}`, `"document" is missing`, "it would allow everything, or nothing"},
		{"scp-y.json", `{"arn":"a","document":{},"id":"p-z","name":"x","type":"SERVICE_CONTROL_POLICY"}`, "already", "which of them is attached"},
		{"scp-x.json", `{"a":"` + strings.Repeat("x", 1<<20) + `"}`, "larger than 1 MiB", "too large"},
	} {
		dir := t.TempDir()
		mustWrite(t, dir, sample())
		if err := os.WriteFile(filepath.Join(dir, tt.file), []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(context.Background(), dir); err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%v, want an error with %q and the file: %s", err, tt.want, tt.reason)
		}
	}
	dir := t.TempDir()
	mustWrite(t, dir, sample())
	if err := os.Remove(filepath.Join(dir, FileName)); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), dir); !errors.Is(err, ErrNoOrganization) {
		t.Errorf("a write that was killed: %v, want ErrNoOrganization", err)
	}
	if _, err := Read(context.Background(), filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	mustWrite(t, dir, sample())
	if _, err := Read(ctx, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}

func TestLinksAreNotFollowedOutside(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "x.json")
	mustWrite(t, dir, sample())
	if err := os.WriteFile(out, []byte(`{}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(out, filepath.Join(dir, "scp-out.json")); err != nil {
		t.Skip(err)
	}
	if _, err := Read(context.Background(), dir); err == nil {
		t.Error("a link out of the folder was read")
	}
}

func TestSchemaFitsTheFiles(t *testing.T) {
	data, err := os.Open("organization.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer data.Close()
	doc, err := jsonschema.UnmarshalJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("o.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("o.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	mustWrite(t, dir, sample())
	for name, content := range tree(t, dir) {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		doc.(map[string]any)["nmae"] = "x"
		if s.Validate(doc) == nil {
			t.Errorf("%s: the schema lets an unknown field pass", name)
		}
	}
}
