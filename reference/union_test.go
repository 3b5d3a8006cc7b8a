package reference

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func build(t *testing.T, version string, pages ...Page) *Reference {
	t.Helper()
	r, err := Build(version, "test", pages)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestOver(t *testing.T) {
	base := build(
		t, "2026-01-02",
		Page{
			Prefix:        "s3",
			ResourceTypes: []ResourceType{{Name: "bucket", Formats: []string{"arn:b"}}, {Name: "any"}, {Name: "object", Formats: []string{"arn:o"}}},
			Actions: []PageAction{
				{Name: "Get", Access: "Read", ResourceTypes: []string{"bucket"}}, {Name: "List", Access: "List"}, {Name: "Put", Access: "Write", ResourceTypes: []string{"object"}},
			},
		},
		Page{Prefix: "iam", Actions: []PageAction{{Name: "GetUser", Access: "Read"}}},
	)
	file := build(
		t, "2020-01-01",
		Page{
			Prefix:        "S3",
			ResourceTypes: []ResourceType{{Name: "bucket", Formats: []string{"arn:b2"}}, {Name: "any", Formats: []string{"arn:x"}}, {Name: "object", Formats: []string{"arn:o"}}},
			Actions: []PageAction{
				{Name: "get", Access: "Write", ResourceTypes: []string{"object"}}, {Name: "List", ResourceTypes: []string{"bucket"}}, {Name: "New"},
			},
		},
		Page{Prefix: "own", Actions: []PageAction{{Name: "Do"}}},
	)
	file.file = "iam.json"
	u := file.Over(base)
	if got, want := u.Services(), []string{"iam", "own", "s3"}; !slices.Equal(got, want) {
		t.Errorf("services %q, want %q", got, want)
	}
	s, _ := u.Service("s3")
	types := func(name string) string {
		a, ok := s.Lookup(name)
		if !ok {
			return "no action"
		}
		var names []string
		for _, i := range a.ResourceTypes {
			names = append(names, s.ResourceTypes[i].Name+"="+strings.Join(s.ResourceTypes[i].Formats, "|"))
		}
		return a.Name + " " + a.Access + " " + strings.Join(names, " ")
	}
	for _, tt := range []struct{ action, want, reason string }{
		{"Get", "Get Read bucket=arn:b|arn:b2 object=arn:o", "the types and formats of both, named as in the base"},
		{"List", "List List ", "an action on every resource stays so"},
		{"Put", "Put Write object=arn:o", "what the file lacks"},
		{"New", "New  ", "what the file adds"},
	} {
		if got := types(tt.action); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.reason, got, tt.want)
		}
	}
	for _, r := range s.ResourceTypes {
		if r.Name == "any" && len(r.Formats) > 0 {
			t.Errorf("a type of any format has %q", r.Formats)
		}
	}
	var notes []string
	for _, n := range u.Notes() {
		notes = append(notes, n.String())
	}
	want := []string{
		"iam.json lacks 1 service that the built-in reference of 2026-01-02 has, and which was taken from there: iam",
		"iam.json lacks 1 action that the built-in reference of 2026-01-02 has, and which was taken from there: s3:Put",
	}
	if !slices.Equal(notes, want) {
		t.Errorf("notes %q, want %q", notes, want)
	}
	if got := u.Version(); got != "2020-01-01 over 2026-01-02" {
		t.Errorf("version %q", got)
	}
}

// TestOverItself: a file that was written from the base adds and lacks nothing.
func TestOverItself(t *testing.T) {
	var file bytes.Buffer
	if err := Embedded().Write(&file); err != nil {
		t.Fatal(err)
	}
	r, err := Read("iam.json", &file)
	if err != nil {
		t.Fatal(err)
	}
	u := r.Over(Embedded())
	if path, sum := u.File(); path != "iam.json" || len(sum) != 64 {
		t.Errorf("from %s of digest %s", path, sum)
	}
	if len(u.Notes()) > 0 || u.Version() != r.Version() {
		t.Errorf("version %s, notes %v", u.Version(), u.Notes())
	}
	for _, prefix := range u.Services() {
		got, _ := u.Service(prefix)
		if want, _ := Embedded().Service(prefix); got != want {
			t.Errorf("%s is not the base's", prefix)
		}
	}
}

func BenchmarkOver(b *testing.B) {
	var file bytes.Buffer
	if err := Embedded().Write(&file); err != nil {
		b.Fatal(err)
	}
	r, err := Read("iam.json", &file)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.Over(Embedded())
	}
}
