package many_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iamctl/compare/many"
	"iamctl/extract"
)

// matching are what a pattern may match, by the files that there are.
var matching = []struct {
	reason, name string
	files        map[string]string
	source       bool
}{
	{"a snapshot", "dev", map[string]string{"dev/account.json": "{}"}, true},
	{"a snapshot whose account is empty", "dev", map[string]string{"dev/account.json": ""}, true},
	{"a write that was interrupted", "dev", map[string]string{"dev/.iamctl-pending/journal.json": "{}"}, true},
	{"a snapshot without its account, with a role", "dev", map[string]string{"dev/roles/r.json": `{"arn": "arn:aws:iam::123456789012:role/r"}`}, true},
	{"a snapshot without its account, with a role that is cut off", "dev", map[string]string{"dev/roles/r.json": `{"arn": "arn:aws:iam::12`}, true},
	{"a snapshot without its account, with a user", "dev", map[string]string{"dev/users/u.json": `{"arn": "arn:aws:iam::123456789012:user/u"}`}, true},
	{"a snapshot without its account, with a policy", "dev", map[string]string{"dev/policies/customer/p.json": `{"arn": "arn:aws:iam::123456789012:policy/p"}`}, true},
	{"a snapshot without its account, with a version", "dev", map[string]string{"dev/policies/versions/p@v1.json": `{"policy": "arn:aws:iam::123456789012:policy/p"}`}, true},
	{"a snapshot without its account and roles, with a group in China", "dev", map[string]string{"dev/groups/g.json": `{"arn": "arn:aws-cn:iam::123456789012:group/g"}`, "dev/roles/.keep": ""}, true},
	{"notes", "notes", map[string]string{"notes/readme.txt": "x"}, false},
	{"roles of another tool, each a folder", "ansible", map[string]string{"ansible/roles/web/main.yml": "x"}, false},
	{"roles of another tool", "chef", map[string]string{"chef/roles/web.json": `{"name": "web", "json_class": "Chef::Role"}`}, false},
	{"a folder of snapshots", "fleets", map[string]string{"fleets/dev/account.json": "{}"}, false},
	{"roles that are a file", "notes", map[string]string{"notes/roles": "arn:aws:iam::123456789012:role/r"}, false},

	{"account details", "saved.json", map[string]string{"saved.json": `{"UserDetailList": [], "RoleDetailList": []}`}, true},
	{"account details that are cut off", "saved.json", map[string]string{"saved.json": `{"UserDetailList": [{"Path": "/`}, true},
	{"account details of which the first name is cut off", "saved.json", map[string]string{"saved.json": "{\n    \"UserDeta"}, true},
	{"pages of account details that are cut off", "saved.json", map[string]string{"saved.json": "[\n  {\n"}, true},
	{"account details, sorted and cut off", "saved.json", map[string]string{"saved.json": `{"IsTruncated"`}, true},
	{"account details of PowerShell, in UTF-16", "saved.json", map[string]string{"saved.json": "\xff\xfe" + strings.Join(strings.Split(`{"UserDetailList": [`, ""), "\x00") + "\x00"}, true},
	{"the empty file of a call that failed", "saved.json", map[string]string{"saved.json": ""}, true},
	{"the error of a call that failed", "saved.json", map[string]string{"saved.json": "\nAn error occurred (AccessDenied) when calling"}, true},
	{"account details as a table", "saved.json", map[string]string{"saved.json": "GROUPDETAILLIST\tarn:aws:iam::123456789012:group/g"}, true},
	{"account details by another name", "saved.txt", map[string]string{"saved.txt": `{"UserDetailList": [], "RoleDetailList": []}`}, false},
	{"other JSON", "list.json", map[string]string{"list.json": `{"accounts": []}`}, false},
	{"other JSON that is cut off", "list.json", map[string]string{"list.json": `{"accounts": [`}, false},
	{"JSON that is empty", "list.json", map[string]string{"list.json": `{}`}, false},
	{"a list that is empty", "list.json", map[string]string{"list.json": `[]`}, false},
}

func TestExpand(t *testing.T) {
	for _, tt := range matching {
		dir := t.TempDir()
		for name, text := range tt.files {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		sources, skipped, err := many.Expand(filepath.Join(dir, "*"))
		list := skipped
		if tt.source {
			list = sources
		}
		if len(sources)+len(skipped) != 1 || len(list) != 1 || filepath.Base(list[0]) != tt.name || tt.source != (err == nil) {
			t.Errorf("%s: the sources are %v, left out are %v: %v", tt.reason, sources, skipped, err)
		}
		if !tt.source && !strings.Contains(err.Error(), "nothing that matches is a snapshot") {
			t.Errorf("%s: %v", tt.reason, err)
		}
	}
}

// TestExpandKeepsLinksThatLeadNowhere: what they were to be cannot be read, and is not left out.
func TestExpandKeepsLinksThatLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"dev", "prod.json", ".hidden"} {
		if err := os.Symlink(filepath.Join(dir, "nowhere", name), filepath.Join(dir, name)); err != nil {
			t.Skip("needs symbolic links")
		}
	}
	sources, skipped, err := many.Expand(filepath.Join(dir, "*"))
	if want := []string{filepath.Join(dir, "dev"), filepath.Join(dir, "prod.json")}; err != nil || !slices.Equal(sources, want) || len(skipped) > 0 {
		t.Errorf("%v, left out are %v: %v", sources, skipped, err)
	}
}

// TestExpandNamesPaths: what a pattern matches in the working folder is a path, whatever it
// would be as a source by its name.
func TestExpandNamesPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"dev", "git:v1:x", "org:mgmt"} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Skip("needs colons in names")
		}
		if err := os.WriteFile(filepath.Join(name, "account.json"), []byte("{}"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	sources, _, err := many.Expand("." + string(filepath.Separator) + "*")
	if err != nil || len(sources) != 3 {
		t.Fatal(sources, err)
	}
	for _, s := range sources {
		if !extract.IsThere(s) {
			t.Errorf("%s is no path", s)
		}
	}
}

func TestExpandTakesArguments(t *testing.T) {
	if _, _, err := many.Expand(filepath.Join(t.TempDir(), "[")); err == nil {
		t.Error("a wrong pattern is taken")
	}
	for _, plain := range []string{"dev", "profile-*", "git:HEAD:a", "./a"} {
		if sources, _, err := many.Expand(plain); err != nil || len(sources) != 1 || sources[0] != plain {
			t.Errorf("%s: %v, %v", plain, sources, err)
		}
	}
}
