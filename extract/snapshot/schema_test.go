package snapshot

import (
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// kinds are the definitions of the schema and the structs they describe.
var kinds = map[string]any{
	"account": accountFile{}, "gap": gapFile{}, "role": roleFile{}, "policy": policyFile{}, "user": userFile{}, "group": groupFile{},
	"policyRef": refFile{}, "inlinePolicy": inlineFile{}, "instanceProfile": profileFile{}, "tag": tagFile{},
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
	write(t, dir, full())
	ofFolder := map[string]string{".": "account", rolesName: "role", customerName: "policy", awsManagedName: "policy", usersName: "user", groupsName: "group"}
	seen := map[string]bool{}
	for name, content := range tree(t, dir) {
		kind := ofFolder[path.Dir(name)]
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
	if len(seen) != 5 {
		t.Errorf("files of %v, want all five kinds", seen)
	}
}
