package snapshot

import (
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"iamctl/extract/jsonfile"
	"iamctl/inventory"
)

// kinds are the definitions of the schema and the structs they describe.
var kinds = map[string]any{
	"account": accountFile{}, "gap": jsonfile.Gap{}, "role": roleFile{}, "policy": policyFile{}, "user": userFile{}, "group": groupFile{},
	"policyRef": refFile{}, "inlinePolicy": inlineFile{}, "instanceProfile": profileFile{}, "tag": jsonfile.Tag{},
	"version": versionFile{}, "lastUsed": lastUsedFile{}, "lastUse": lastUseFile{},
}

func schema(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	f, err := os.Open("snapshot.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	doc, err := jsonschema.UnmarshalJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("snapshot.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("snapshot.json#/$defs/" + kind)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchemaHasTheFields(t *testing.T) {
	for kind, v := range kinds {
		var fields, required []string
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			name, opts, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ",")
			fields = append(fields, name)
			if opts == "" {
				required = append(required, name)
			}
		}
		if !slices.IsSorted(fields) {
			t.Errorf("%s: the fields are not sorted: %v", kind, fields)
		}
		s := schema(t, kind)
		var got []string
		for name := range s.Properties {
			got = append(got, name)
		}
		slices.Sort(got)
		if d := cmp.Diff(fields, got); d != "" {
			t.Errorf("%s: the fields of the schema: -want +got\n%s", kind, d)
		}
		if d := cmp.Diff(required, s.Required); d != "" {
			t.Errorf("%s: the required fields of the schema: -want +got\n%s", kind, d)
		}
	}
}

func TestSchemaFitsTheFiles(t *testing.T) {
	dir := t.TempDir()
	a := full()
	a.LastUsedDay = time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC)
	a.Roles[0].Created, a.Roles[0].LastUsed = a.LastUsedDay, &inventory.LastUse{At: a.LastUsedDay, Region: "eu-west-1"}
	a.Policies = append(a.Policies, inventory.Policy{
		Name: "own", ARN: "arn:aws:iam::123456789012:policy/own", Path: "/", DefaultVersion: "v2", Document: "{}", Created: a.LastUsedDay,
		Others: []inventory.PolicyVersion{{ID: "v1", Created: a.LastUsedDay, Document: "{}"}},
	})
	write(t, dir, a)
	ofFolder := map[string]string{".": "account", versionsName: "version", rolesName: "role", customerName: "policy", awsManagedName: "policy", usersName: "user", groupsName: "group"}
	seen := map[string]bool{}
	for name, content := range tree(t, dir) {
		kind := ofFolder[path.Dir(name)]
		if name == lastUsedName {
			kind = "lastUsed"
		}
		seen[kind] = true
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(content))
		if err != nil {
			t.Fatal(err)
		}
		s := schema(t, kind)
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		doc.(map[string]any)["nmae"] = "x"
		if s.Validate(doc) == nil {
			t.Errorf("%s: the schema lets an unknown field pass", name)
		}
	}
	if len(seen) != 7 {
		t.Errorf("files of %v, want all seven kinds", seen)
	}
}
