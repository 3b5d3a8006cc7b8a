package reference

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"iamctl/policy"
)

func TestBuildMerges(t *testing.T) {
	pages := []Page{
		{
			Prefix:        "elb",
			Actions:       []PageAction{{Name: "Delete", Access: "Write", ResourceTypes: []string{"old"}}, {Name: "Common", Access: "Write", ResourceTypes: []string{"old"}, ConditionKeys: []string{"elb:A"}}},
			ResourceTypes: []ResourceType{{Name: "old", Formats: []string{"arn:${Partition}:elb:::old/${X}"}}},
			ConditionKeys: []ConditionKey{{"elb:A", "String"}, {"aws:TagKeys", "String"}},
		},
		{
			Prefix:        "ELB",
			Actions:       []PageAction{{Name: "common", Access: "Permissions management", ResourceTypes: []string{"New", "old"}, ConditionKeys: []string{"ELB:b", "elb:A"}}},
			ResourceTypes: []ResourceType{{Name: "new", Formats: []string{"arn:${Partition}:elb:::new/${X}"}}, {Name: "old", Formats: []string{"arn:${Partition}:elb:::old2/${X}"}, ConditionKeys: []string{"elb:B"}}},
			ConditionKeys: []ConditionKey{{"elb:B", "Bool"}, {"aws:TagKeys", "ArrayOfString"}},
		},
	}
	r, err := Build("1", "a test", pages)
	if err != nil {
		t.Fatal(err)
	}
	want := `  "services": {
    "elb": {
      "keys": {
        "aws:TagKeys": "ArrayOfString, String",
        "elb:A": "String",
        "elb:B": "Bool"
      },
      "resources": {
        "new": {"formats": ["arn:${Partition}:elb:::new/${X}"]},
        "old": {"formats": ["arn:${Partition}:elb:::old/${X}", "arn:${Partition}:elb:::old2/${X}"], "keys": ["elb:B"]}
      },
      "actions": {
        "Common": {"access": "Permissions management", "resources": ["new", "old"], "keys": ["elb:A", "elb:B"]},
        "Delete": {"access": "Write", "resources": ["old"]}
      }
    }
  }
}
`
	_, got, _ := strings.Cut(written(t, r), "\"source\": \"a test\",\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	var notes []string
	for _, n := range r.Notes() {
		if n.Kind != Duplicate || n.Service != "elb" {
			t.Errorf("note %+v", n)
		}
		notes = append(notes, n.String())
	}
	if len(notes) < 3 {
		t.Errorf("notes %q, want one for the prefix, the type and the action that stand twice", notes)
	}
}

// TestBuildKeeps makes sure that what a source does not define is kept and
// noted.
func TestBuildKeeps(t *testing.T) {
	r, err := Build("1", "a test", []Page{{
		Prefix:        "x",
		Actions:       []PageAction{{Name: "A", Access: "Read", ResourceTypes: []string{"thing"}, ConditionKeys: []string{"x:k"}}, {Name: "B"}},
		ResourceTypes: []ResourceType{{Name: "bare", ConditionKeys: []string{"x:l"}}},
		ConditionKeys: []ConditionKey{{Name: "x:m"}},
	}, {Prefix: "y"}})
	if err != nil {
		t.Fatal(err)
	}
	s, _ := r.Service("x")
	a, _ := s.Lookup("A")
	if diff := cmp.Diff([]string{"*"}, s.ResourceTypes[a.ResourceTypes[0]].Patterns()); diff != "" {
		t.Errorf("patterns of the undefined type (-want +got)\n%s", diff)
	}
	want := []Note{
		{Dangling, "x", "action A names the condition key x:k, which is not defined"},
		{Dangling, "x", "action A names the resource type thing, which is not defined"},
		{Incomplete, "x", "action B has no access level"},
		{Dangling, "x", "resource type bare names the condition key x:l, which is not defined"},
		{Incomplete, "x", "resource type bare has no ARN format"},
		{Incomplete, "x", "condition key x:m has no type"},
		{Incomplete, "y", "the service has no actions"},
	}
	if diff := cmp.Diff(want, r.Notes()); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
	if _, err := Read("iam.json", strings.NewReader(written(t, r))); err != nil {
		t.Errorf("what was written cannot be read: %v", err)
	}
}

func TestBuildErrors(t *testing.T) {
	one := func(p Page) []Page {
		if p.Prefix == "" {
			p.Prefix = "x"
		}
		return []Page{p}
	}
	tests := []struct {
		reason string
		pages  []Page
		want   string
	}{
		{"nothing", nil, "holds no services"},
		{"a prefix with a colon", one(Page{Prefix: "s3:"}), `"s3:" is not a service prefix`},
		{"an action that is a pattern", one(Page{Actions: []PageAction{{Name: "Get*"}}}), `"Get*" is not an action name`},
		{"no such access level", one(Page{Actions: []PageAction{{Name: "A", Access: "write"}}}), `unknown access level "write"`},
		{"an action's type without a name", one(Page{Actions: []PageAction{{Name: "A", ResourceTypes: []string{""}}}}), "is empty"},
		{"a type without a name", one(Page{ResourceTypes: []ResourceType{{}}}), "is empty"},
		{"an empty format", one(Page{ResourceTypes: []ResourceType{{Name: "t", Formats: []string{""}}}}), "is empty"},
		{"control characters", one(Page{ConditionKeys: []ConditionKey{{Name: "k\x1b[2J"}}}), "control characters"},
		{"not UTF-8", one(Page{ConditionKeys: []ConditionKey{{Name: "k", Type: "\xff"}}}), "control characters"},
	}
	for _, tt := range tests {
		if _, err := Build("1", "a test", tt.pages); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.reason, err, tt.want)
		}
	}
	if _, err := Build("", "a test", one(Page{})); err == nil {
		t.Error("a reference without a version was built")
	}
}

// genPages draws pages whose names collide often.
func genPages(t *rapid.T) []Page {
	token := rapid.StringMatching(`[aAbB]{1,2}`)
	text := rapid.StringMatching(`[aAb"\\ é/$]{1,2}`)
	list := rapid.SliceOfN(text, 0, 3)
	action := rapid.Custom(func(t *rapid.T) PageAction {
		return PageAction{Name: token.Draw(t, "action"), Access: rapid.SampledFrom(accessLevels).Draw(t, "access"), ResourceTypes: list.Draw(t, "types"), ConditionKeys: list.Draw(t, "keys")}
	})
	kind := rapid.Custom(func(t *rapid.T) ResourceType {
		return ResourceType{Name: text.Draw(t, "type"), Formats: list.Draw(t, "formats"), ConditionKeys: list.Draw(t, "keys")}
	})
	key := rapid.Custom(func(t *rapid.T) ConditionKey {
		return ConditionKey{Name: text.Draw(t, "key"), Type: rapid.SampledFrom([]string{"", "String", "ARN"}).Draw(t, "kind")}
	})
	page := rapid.Custom(func(t *rapid.T) Page {
		return Page{Prefix: token.Draw(t, "prefix"), Actions: rapid.SliceOfN(action, 0, 4).Draw(t, "actions"), ResourceTypes: rapid.SliceOfN(kind, 0, 4).Draw(t, "resources"), ConditionKeys: rapid.SliceOfN(key, 0, 4).Draw(t, "keys")}
	})
	return rapid.SliceOfN(page, 1, 5).Draw(t, "pages")
}

// TestLaws: what Build makes survives being written and read, and nothing
// that a page names is missing from it.
func TestLaws(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pages := genPages(rt)
		r, err := Build("1", "a test", pages)
		if err != nil {
			rt.Fatal(err)
		}
		text := written(t, r)
		again, err := Read("iam.json", strings.NewReader(text))
		if err != nil {
			rt.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(text, written(t, again)); diff != "" {
			rt.Fatalf("written, read and written (-first +second)\n%s", diff)
		}
		for _, p := range pages {
			checkKept(rt, again, p)
		}
	})
}

func checkKept(t *rapid.T, r *Reference, p Page) {
	s, ok := r.Service(p.Prefix)
	if !ok {
		t.Fatalf("service %s is missing", p.Prefix)
	}
	hasKeys := func(where string, have, want []string) {
		for _, k := range want {
			if !slices.ContainsFunc(have, func(h string) bool { return policy.CompareFold(h, k) == 0 }) {
				t.Fatalf("%s lost the key %q, it has %q", where, k, have)
			}
		}
	}
	for _, a := range p.Actions {
		got, ok := s.Lookup(a.Name)
		if !ok {
			t.Fatalf("action %s is missing", a.Name)
		}
		if strongest(got.Access, a.Access) != got.Access {
			t.Fatalf("action %s is %q, a page has %q", a.Name, got.Access, a.Access)
		}
		hasKeys(a.Name, got.ConditionKeys, a.ConditionKeys)
		names := s.typeNames(got.ResourceTypes)
		for _, want := range a.ResourceTypes {
			if !slices.ContainsFunc(names, func(h string) bool { return policy.CompareFold(h, want) == 0 }) {
				t.Fatalf("action %s lost the type %q, it has %q", a.Name, want, names)
			}
		}
	}
	for _, want := range p.ResourceTypes {
		i := slices.IndexFunc(s.ResourceTypes, func(h ResourceType) bool { return h.Name == want.Name })
		if i < 0 {
			t.Fatalf("type %q is missing", want.Name)
		}
		hasKeys(want.Name, s.ResourceTypes[i].ConditionKeys, want.ConditionKeys)
		for _, f := range want.Formats {
			if !slices.Contains(s.ResourceTypes[i].Formats, f) {
				t.Fatalf("type %q lost the format %q", want.Name, f)
			}
		}
	}
}

// TestBuildOrder: the order of what a page lists does not matter.
func TestBuildOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pages := genPages(rt)[:1]
		// Names that differ in letter case only take the first spelling.
		lowerNames(pages)
		first, err := Build("1", "a test", pages)
		if err != nil {
			rt.Fatal(err)
		}
		p := pages[0]
		slices.Reverse(p.Actions)
		slices.Reverse(p.ResourceTypes)
		slices.Reverse(p.ConditionKeys)
		second, err := Build("1", "a test", []Page{p})
		if err != nil {
			rt.Fatal(err)
		}
		if diff := cmp.Diff(written(t, first), written(t, second)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func lowerNames(pages []Page) {
	fold := func(list []string) {
		for i := range list {
			list[i] = strings.ToLower(list[i])
		}
	}
	for _, p := range pages {
		for i := range p.Actions {
			p.Actions[i].Name = strings.ToLower(p.Actions[i].Name)
			fold(p.Actions[i].ResourceTypes)
			fold(p.Actions[i].ConditionKeys)
		}
		for i := range p.ResourceTypes {
			p.ResourceTypes[i].Name = strings.ToLower(p.ResourceTypes[i].Name)
			fold(p.ResourceTypes[i].ConditionKeys)
		}
		for i := range p.ConditionKeys {
			p.ConditionKeys[i].Name = strings.ToLower(p.ConditionKeys[i].Name)
		}
	}
}
