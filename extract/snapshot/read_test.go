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

func TestReadErrors(t *testing.T) {
	file := func(path ...string) string {
		return strings.ReplaceAll(filepath.Join(append([]string{"base", "dev"}, path...)...), "\\", "/")
	}
	for _, tt := range []struct {
		files        map[string]string
		want, reason string
	}{
		{map[string]string{"account.json": "", "roles/app.json": goodRole}, "it has no account.json; make one with", "not a snapshot"},
		{map[string]string{"account.json": "", "dev/account.json": "{}", "qa/account.json": "{}"}, "lie below it: " + file("dev") + ", " + file("qa"), "the folder above was given"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":2,"new":1}`}, "format version 2", "a later version, whatever else it has"},
		{map[string]string{"account.json": `{"format":"x","version":1}`}, `format "x"`, "another format"},
		{map[string]string{"account.json": `{"version":1}`}, `format ""`, "no format"},
		{map[string]string{"account.json": `{"format":"iamctl-snapshot","version":1,"id":"1"}`}, `account.json:1:1: the field "partition" is missing`, "a missing field"},
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
