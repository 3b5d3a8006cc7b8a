package snapshot

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"iamctl/extract"
	"iamctl/inventory"

	"github.com/google/go-cmp/cmp"
)

const (
	goodAccount = `{"format":"iamctl-snapshot","version":1,"id":"123456789012","partition":"aws"}`
	goodRole    = `{"name":"app","arn":"arn:aws:iam::123456789012:role/app","path":"/","trust":{}}`
)

// readFiles reads a snapshot of the given files.
func readFiles(files map[string]string) (*inventory.Account, error) {
	fsys := fstest.MapFS{}
	for path, content := range files {
		fsys[path] = &fstest.MapFile{Data: []byte(content)}
	}
	return ReadFS(context.Background(), fsys, "base/dev")
}

func with(files map[string]string) map[string]string {
	out := map[string]string{"account.json": goodAccount}
	for path, content := range files {
		if content == "" {
			delete(out, path)
			continue
		}
		out[path] = content
	}
	return out
}

func TestReadHandEdited(t *testing.T) {
	for _, tt := range []struct {
		file, content string
		want          inventory.Document
		reason        string
	}{
		{"roles/app.json", `{"trust":{"b" : [ 2.0, 1 ], "a":"\u0041"},"path":"/","name":"app","arn":"x"}`, `{"b":[2.0,1],"a":"\u0041"}`, "keys in any order, the document as it is but compact"},
		{"roles/zzz.json", `{"name":"app","arn":"x","path":"/","trust":"{ \"a\": 1}"}`, `{ "a": 1}`, "a file of another name, the document as text"},
		{"roles/App.JSON", `{"name":"app","arn":"x","path":"/","trust":"%7B%22a%22%3A1%7D"}`, `{"a":1}`, "percent-encoded, the ending in capitals"},
		{"roles/a.json", "\xef\xbb\xbf" + `{"name":"app","arn":"x","path":"/","trust":{},"description":null,"tags":[]}`, `{}`, "a byte order mark, null for absent, an empty list"},
	} {
		got, err := readFiles(with(map[string]string{tt.file: tt.content}))
		if err != nil {
			t.Errorf("%v: %s", err, tt.reason)
			continue
		}
		want := &inventory.Account{ID: "123456789012", Partition: "aws", Roles: []inventory.Role{{Name: "app", ARN: "x", Path: "/", Trust: tt.want, File: tt.file, InstanceProfiles: []inventory.InstanceProfile{}}}}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
	}
}

// ownPolicy is a policy file with that list of other versions than v6, and ownVersion the
// file of one of them.
func ownPolicy(others string) string {
	return `{"name":"p","arn":"x","path":"/","document":{},"defaultVersion":"v6","otherVersions":` + others + `}`
}

const ownVersion = `{"policy":"x","version":"v1","created":"2026-01-31T00:00:00Z","document":{"a":1}}`

// TestOtherVersions: a snapshot of before does not say which versions a policy has, and one
// of now which, with what they say, whatever their files are called.
func TestOtherVersions(t *testing.T) {
	for _, tt := range []struct {
		files  map[string]string
		want   []inventory.PolicyVersion
		reason string
	}{
		{map[string]string{"policies/customer/p.json": `{"name":"p","arn":"x","path":"/","document":{},"defaultVersion":"v6"}`}, nil, "not known"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`[]`)}, []inventory.PolicyVersion{}, "none"},
		{
			map[string]string{"policies/customer/p.json": ownPolicy(`["v10","v1"]`), "policies/versions/z.json": ownVersion, "policies/versions/a.json": strings.Replace(ownVersion, "v1", "v10", 1)},
			[]inventory.PolicyVersion{
				{ID: "v1", Created: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Document: `{"a":1}`},
				{ID: "v10", Created: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Document: `{"a":1}`},
			},
			"in the order in which they were made",
		},
	} {
		a, err := readFiles(with(tt.files))
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
			continue
		}
		if d := cmp.Diff(tt.want, a.Policies[0].Others); d != "" {
			t.Errorf("%s: -want +got\n%s", tt.reason, d)
		}
	}
}

func TestReadErrors(t *testing.T) {
	file := func(path ...string) string {
		return strings.ReplaceAll(filepath.Join(append([]string{"base", "dev"}, path...)...), "\\", "/")
	}
	for _, tt := range []struct {
		files        map[string]string
		want, reason string
	}{
		{map[string]string{"account.json": "", "roles/app.json": goodRole}, "it has roles, but no account.json; restore that file", "a part of a snapshot"},
		{map[string]string{"account.json": "", "roles/app.json": `{"name": "web"}`}, "it has no account.json; make one with", "not a snapshot"},
		{map[string]string{"account.json": "", "dev/account.json": "{}", "qa/account.json": "{}"}, "lie below it: " + file("dev") + ", " + file("qa"), "the folder above was given"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":2,"new":1}`}, "format version 2", "a later version, whatever else it has"},
		{map[string]string{"account.json": `{"format":"x","version":1}`}, `format "x"`, "another format"},
		{map[string]string{"account.json": `{"version":1}`}, `format ""`, "no format"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":1,"id":"1"}`}, `account.json:1:1: the field "partition" is missing`, "a missing field"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":1,"id":"12","partition":"aws"}`}, `account.json:1:1: the field "id" is "12", which is no account's id`, "an id of two digits"},
		{map[string]string{"account.json": strings.Replace(goodAccount, "}", `,"gaps":[{"kind":"read","entity":"role","reason":"x"}]}`, 1)}, `the field "blind" is missing`, "a gap that may be blind or not"},
		{map[string]string{"roles/app.json": "{\n  \"nmae\": \"app\"}"}, file("roles", "app.json") + `:2:3: "/nmae": this field is not known`, "a field with a slip"},
		{map[string]string{"roles/app.json": "{\n\"tags\": [\n  {\"key\":\"ü\",  \"value\":\"v\", \"x\":1}]}"}, file("roles", "app.json") + `:3:29: "/tags/0/x": this field is not known`, "the column counts characters"},
		{map[string]string{"roles/app.json": "{\"name\":\"app\",\n<<<<<<< HEAD\n"}, file("roles", "app.json") + `:2:1: `, "a merge conflict"},
		{map[string]string{"roles/app.json": `{"name":"app"`}, "ends too early", "cut off"},
		{map[string]string{"roles/app.json": ""}, "", "no file is no role"},
		{map[string]string{"roles/app.json": " "}, file("roles", "app.json") + ":1:2: the JSON text ends too early", "empty"},
		{map[string]string{"roles/app.json": goodRole + "\n" + goodRole}, file("roles", "app.json") + ":2:1: ", "two in one file"},
		{map[string]string{"roles/app.json": `{"name":"app","name":"b"}`}, `:1:15: "/name": the field stands here twice`, "a field twice"},
		{map[string]string{"roles/app.json": `[]`}, ":1:1: a value of another type is wanted here, not a list", "a list"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, "{}", "3", 1)}, `:1:77: "/trust": a policy document is an object`, "a number for a document"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"app"`, "\"a\xffp\"", 1)}, `"/name": the text is not valid UTF-8`, "a bad byte in a name"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, "{}", `{"a":1,"a":2}`, 1)}, `"/trust/a": the field stands here twice`, "a key twice in a document"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"app"`, "7", 1)}, `"/name": a string is wanted here`, "a number for a name"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"app"`, `""`, 1)}, `the field "name" is empty`, "an empty name"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"trust"`, `"maxSessionDuration":"1","trust"`, 1)}, `"/maxSessionDuration": `, "a string for a number"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `,"trust":{}`, "", 1)}, `the field "trust" is missing`, "no trust policy"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"trust"`, `"inline":[{"name":"p"}],"trust"`, 1)}, `"/inline/0": the field "document" is missing`, "an inline policy without document"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"trust"`, `"attached":[{"arn":"a","name":"n"},{"arn":"x"}],"trust"`, 1)}, `"/attached/1": the field "name" is missing`, "an attached policy without name"},
		{map[string]string{"roles/a.json": goodRole, "roles/b.json": strings.Replace(goodRole, `"app"`, `"APP"`, 1)}, file("roles", "b.json") + `: the "role app" is in ` + file("roles", "a.json") + " already", "one name in two files"},
		{map[string]string{"policies/aws/a.json": `{"name":"p","arn":"x","path":"/","document":{}}`, "policies/customer/b.json": `{"name":"q","arn":"x","path":"/","document":{}}`}, `the "policy x" is in`, "one ARN in two files"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"trust"`, `"created":"31.1.2026","trust"`, 1)}, `"/created": a time such as 2026-01-31T12:00:00Z is wanted here`, "a date of another form"},
		{map[string]string{"roles/app.json": strings.Replace(goodRole, `"trust"`, `"created":"0001-01-01T00:00:00Z","trust"`, 1)}, `"/created": a time such as`, "a date that none could be"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["v1"]`)}, `it has the version "v1" in otherVersions, and no file in policies/versions is of that`, "a version without its file"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`[]`), "policies/versions/p@v1.json": ownVersion}, file("policies", "versions", "p@v1.json") + `: the version "v1" of the policy "x" is in another file already, or the policy's own file does not have it in otherVersions`, "a version that the policy does not know"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["v1"]`), "policies/versions/a.json": ownVersion, "policies/versions/b.json": ownVersion}, file("policies", "versions", "b.json") + `: the version "v1"`, "a version in two files"},
		{map[string]string{"policies/versions/p@v1.json": ownVersion}, `does not have it in otherVersions; remove the file`, "a version without its policy"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["v6"]`)}, `the field "otherVersions": there are two versions "v6"`, "the version in force beside itself"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["v1","v1"]`)}, `the field "otherVersions": there are two versions "v1"`, "a version twice"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["../x"]`)}, `"../x" is no id of a version`, "no version"},
		{map[string]string{"policies/customer/p.json": ownPolicy(`["v1","v2","v3","v4","v5"]`)}, `there are more versions than the 5 that IAM keeps of a policy`, "six versions"},
		{map[string]string{"policies/versions/p@v1.json": `{"policy":"x","version":"v1"}`}, `the field "document" is missing`, "a version without document"},
		{map[string]string{"policies/versions/p/v1.json": ownVersion}, "policies/versions/p: a folder has no place here", "a folder of versions"},
		{map[string]string{"last-used.json": `{"day":"2026-01-32","roles":[]}`}, `last-used.json:1:8: "/day": a day such as 2026-01-31 is wanted here`, "no day"},
		{map[string]string{"last-used.json": `{}`}, `the field "roles" is missing`, "no roles"},
		{map[string]string{"last-used.json": `{"roles":[{"name":"a"},{"name":"A"}]}`}, `the role "A" is in it twice`, "a role twice"},
		{map[string]string{"last-used.json": `{"roles":[{"at":"2026-01-31T00:00:00Z"}]}`}, `"/roles/0": the field "name" is missing`, "a use of no role"},
		{map[string]string{"last-used.json": `{"roles":[{"name":"a","when":1}]}`}, `"/roles/0/when": this field is not known`, "a field with a slip"},
		{map[string]string{"policies/p.json": "{}"}, "policies/p.json: a policy belongs into", "a policy in the folder above"},
		{map[string]string{"roles/team/app.json": goodRole}, "roles/team: a folder has no place here", "a folder of roles"},
		{map[string]string{"users/u.json": `{"name":"u"}`}, `the field "arn" is missing`, "a user"},
		{map[string]string{"groups/g.json": `{"arn":"u"}`}, `the field "name" is missing`, "a group"},
		{map[string]string{"roles/b.json": "{", "roles/a.json": "["}, file("roles", "a.json"), "of two faults the first"},
		{map[string]string{".iamctl-pending/account.json": goodAccount}, "a write of this snapshot was interrupted: it has .iamctl-pending; complete it with: iamctl snapshot", "a pending write without its record"},
		{map[string]string{".iamctl-pending/journal.json": `{"remove":["roles/a.json"]}`, ".iamctl-pending/roles/app.json": goodRole}, "it has .iamctl-pending", "a whole one: what it says is in nobody's sight"},
		{map[string]string{".iamctl-pending": "x"}, "it has .iamctl-pending", "a file of that name"},
	} {
		_, err := readFiles(with(tt.files))
		if tt.want == "" && err == nil {
			continue
		}
		if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "\\", "/"), tt.want) {
			t.Errorf("got %v\nwant %q: %s", err, tt.want, tt.reason)
		}
	}
}

// TestBadBytesInOneDocument: they do not keep the other files from being read. The
// text is kept, for the parser of policies to refuse it.
func TestBadBytesInOneDocument(t *testing.T) {
	for _, tt := range []struct{ trust, want, reason string }{
		{"{\"Sid\":\"\xff\"}", "{\"Sid\":\"\xff\"}", "no UTF-8"},
		{`{"Sid":"\ud800"}`, `{"Sid":"\ud800"}`, "half of a surrogate pair"},
		{`"{}\ud800"`, `"{}\ud800"`, "the same in a string around the document"},
		{`"%7"`, `%7`, "cut percent-encoding"},
	} {
		a, err := readFiles(with(map[string]string{"roles/app.json": strings.Replace(goodRole, "{}", tt.trust, 1)}))
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
			continue
		}
		if string(a.Roles[0].Trust) != tt.want {
			t.Errorf("%s: got %q", tt.reason, a.Roles[0].Trust)
		}
	}
}

func TestReadNothing(t *testing.T) {
	_, err := Read(context.Background(), filepath.Join(t.TempDir(), "none"))
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, want %v", err, fs.ErrNotExist)
	}
	file := filepath.Join(t.TempDir(), "f")
	put(t, file, "x")
	if _, err := Read(context.Background(), file); !errors.Is(err, ErrNoSnapshot) {
		t.Errorf("got %v, want %v", err, ErrNoSnapshot)
	}
	var at *extract.FileError
	_, err = readFiles(with(map[string]string{"roles/app.json": "{\n1"}))
	if !errors.As(err, &at) || at.Line != 2 || at.Column != 1 {
		t.Errorf("got %#v, want line 2, column 1", at)
	}
}

// A link in a snapshot that came from elsewhere must not reach into the disk.
func TestReadFollowsNoLinks(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret")
	put(t, secret, `{"password":1}`)
	write(t, dir, account("a"))
	if err := os.Symlink(secret, filepath.Join(dir, "roles", "b.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "roles/b.json: it is no regular file") {
		t.Errorf("got %v", err)
	}
	os.RemoveAll(filepath.Join(dir, "roles"))
	if err := os.Symlink(filepath.Dir(secret), filepath.Join(dir, "roles")); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(context.Background(), dir); err == nil {
		t.Error("a folder elsewhere was read")
	}
	if _, err := Write(dir, account("a")); err == nil {
		t.Error("a folder elsewhere was written to")
	}
}

func TestReadThroughLink(t *testing.T) {
	base := t.TempDir()
	write(t, filepath.Join(base, "real"), account("a"))
	if err := os.Symlink("real", filepath.Join(base, "link")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(base, "link"), account("b"))
	if d := cmp.Diff(account("b"), read(t, filepath.Join(base, "real"))); d != "" {
		t.Errorf("-want +got\n%s", d)
	}
}
