package reference

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/policy"
)

// small is an iam.json as Write writes it.
const small = `{
  "format": "iamctl-reference",
  "formatVersion": 1,
  "version": "2026-09-26",
  "source": "a test",
  "services": {
    "s3": {
      "keys": {
        "s3:authType": "String",
        "s3:prefix": "String"
      },
      "resources": {
        "bucket": {"formats": ["arn:${Partition}:s3:::${BucketName}"]},
        "object": {"formats": ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"], "keys": ["s3:authType"]}
      },
      "actions": {
        "GetObject": {"access": "Read", "resources": ["object"], "keys": ["s3:authType"]},
        "ListAllMyBuckets": {"access": "List"},
        "ListBucket": {"access": "List", "resources": ["bucket"], "keys": ["s3:authType", "s3:prefix"]}
      }
    }
  }
}
`

// emptyService is small without actions, as Write lays it out.
const emptyService = `{
  "format": "iamctl-reference",
  "formatVersion": 1,
  "version": "1",
  "source": "a test",
  "services": {
    "x": {
      "keys": {
      },
      "resources": {
      },
      "actions": {
      }
    }
  }
}
`

func TestReadWrite(t *testing.T) {
	for _, text := range []string{small, emptyService} {
		r, err := Read("iam.json", strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(text, written(t, r)); diff != "" {
			t.Errorf("(-read +written)\n%s", diff)
		}
	}
}

func TestRead(t *testing.T) {
	r, err := Read("iam.json", strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := r.Service("S3")
	if !ok {
		t.Fatal("no service s3")
	}
	want := &Service{
		Prefix: "s3",
		Actions: []Action{
			{Name: "GetObject", Access: "Read", ResourceTypes: []int{1}, ConditionKeys: []string{"s3:authType"}},
			{Name: "ListAllMyBuckets", Access: "List"},
			{Name: "ListBucket", Access: "List", ResourceTypes: []int{0}, ConditionKeys: []string{"s3:authType", "s3:prefix"}},
		},
		ResourceTypes: []ResourceType{
			{Name: "bucket", Formats: []string{"arn:${Partition}:s3:::${BucketName}"}},
			{Name: "object", Formats: []string{"arn:${Partition}:s3:::${BucketName}/${ObjectName}"}, ConditionKeys: []string{"s3:authType"}},
		},
		ConditionKeys: []ConditionKey{{"s3:authType", "String"}, {"s3:prefix", "String"}},
	}
	if diff := cmp.Diff(want, s, cmpopts.IgnoreUnexported(Service{}, ResourceType{})); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	bucket := []policy.Shape{{Pattern: "arn:*:s3:::*", Longer: []string{"arn:*:s3:::*/*"}}}
	if diff := cmp.Diff(bucket, s.ResourceTypes[0].Shapes()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if r.Version() != "2026-09-26" || r.Source() != "a test" {
		t.Errorf("version %q, source %q", r.Version(), r.Source())
	}
}

// TestReadSame reads files that differ from small in nothing that counts.
func TestReadSame(t *testing.T) {
	tests := []struct {
		reason, old, new string
	}{
		{"a byte order mark", "{\n  \"format\"", "\ufeff{\n  \"format\""},
		{"line ends of Windows", "\n", "\r\n"},
		{"no white space", "\n", ""},
		{"the services before the version of the format", "", ""},
		{"escapes", `"GetObject"`, `"Get\u004fbject"`},
		{"escapes in a list", `["object"]`, `["\u006fbject"]`},
		{
			"actions out of order", "        \"GetObject\": {\"access\": \"Read\", \"resources\": [\"object\"], \"keys\": [\"s3:authType\"]},\n        \"ListAllMyBuckets\": {\"access\": \"List\"},",
			"        \"ListAllMyBuckets\": {\"access\": \"List\"},\n        \"GetObject\": {\"access\": \"Read\", \"resources\": [\"object\"], \"keys\": [\"s3:authType\"]},",
		},
		{"a list out of order", `["s3:authType", "s3:prefix"]`, `["s3:prefix", "s3:authType"]`},
		{"an empty list", `{"access": "List"}`, `{"access": "List", "resources": [], "keys": [ ]}`},
	}
	for _, tt := range tests {
		text := strings.ReplaceAll(small, tt.old, tt.new)
		if tt.old == "" {
			text = strings.Replace(small, "  \"formatVersion\": 1,\n", "", 1)
			text = strings.TrimSuffix(text, "\n}\n") + ",\n \"formatVersion\": 1}"
		}
		if text == small {
			t.Fatalf("%s: the case changes nothing", tt.reason)
		}
		r, err := Read("iam.json", strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", tt.reason, err)
			continue
		}
		if diff := cmp.Diff(small, written(t, r)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", tt.reason, diff)
		}
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		reason, old, new string
		want             string // of the error, after the file's name
	}{
		{"unknown resource type", `["object"]`, `["objct"]`, `line 17, column 54: action GetObject names the resource type "objct", which is not among the resources of s3`},
		{"unknown condition key of an action", `"keys": ["s3:authType", "s3:prefix"]`, `"keys": ["s3:nope"]`, `line 19, column 75: action ListBucket names the condition key "s3:nope"`},
		{"unknown condition key of a type", `${ObjectName}"], "keys": ["s3:authType"]`, `${ObjectName}"], "keys": ["s3:AUTHTYPE"]`, `line 14, column 94: resource type object names the condition key "s3:AUTHTYPE"`},
		{"the same action twice", `"ListAllMyBuckets"`, `"GetObject"`, `line 18, column 9: the action GetObject stands twice`},
		{"twice but for the letter case", `"ListAllMyBuckets"`, `"GETOBJECT"`, `line 18, column 9: the action`},
		{"the same resource type twice", `"object": {"formats"`, `"bucket": {"formats"`, `line 14, column 9: the resource type bucket stands twice`},
		{"the same key twice", `"s3:prefix": "String"`, `"S3:AUTHTYPE": "String"`, `the condition key`},
		{"the same name twice in a list", `["s3:authType", "s3:prefix"]`, `["s3:authType", "s3:authType"]`, `"s3:authType" stands twice`},
		{"a member twice", `{"access": "List"}`, `{"access": "List", "access": "Read"}`, `line 18, column 48: "access" stands twice`},
		{"a member of a service twice", "\"actions\": {\n", "\"keys\": {}, \"actions\": {\n", `line 16, column 7: service s3: "keys" stands twice`},
		{"a member of the file twice", `"source": "a test"`, `"source": "a", "source": "b"`, `line 5, column 18: "source" stands twice`},
		{"a service twice", "\n    \"s3\": {", "\n    \"S3\": {}, \"s3\": {", `line 7, column 15: the service s3 stands twice`},
		{"a misspelt member of an action", `{"access": "List"}`, `{"acess": "List"}`, `line 18, column 30: action ListAllMyBuckets: unknown member "acess"`},
		{"a misspelt member of a type", `{"formats": ["arn:${Partition}:s3:::${BucketName}"]}`, `{"format": []}`, `resource type bucket: unknown member "format"`},
		{"a misspelt member of a service", `"resources": {` + "\n", `"resource": {` + "\n", `service s3: unknown member "resource"`},
		{"a misspelt member of the file", `"source"`, `"sauce"`, `line 5, column 3: unknown member "sauce"`},
		{"no such access level", `"access": "Read"`, `"access": "read"`, `line 17, column 33: action GetObject: "read" is not an access level (Read, List, Write, Tagging, Permissions management)`},
		{"access is no string", `"access": "Read"`, `"access": 1`, `line 17, column 33: access level of the action GetObject: expected a string, found a number`},
		{"a list is no list", `["object"]`, `"object"`, `line 17, column 54: resources of the action GetObject: expected a list, found a string`},
		{"a list of other things", `["object"]`, `["object", {"a": [1]}]`, `line 17, column 65: resources of the action GetObject: expected a string, found an object`},
		{"an action is no object", `{"access": "List"}`, `["List"]`, `line 18, column 29: action ListAllMyBuckets: expected an object, found a list`},
		{"a key's type is no string", `"s3:prefix": "String"`, `"s3:prefix": null`, `line 10, column 22: type of the condition key s3:prefix: expected a string, found null`},
		{"a pattern for an action", `"ListAllMyBuckets"`, `"List*"`, `line 18, column 9: service s3: "List*" is not an action name`},
		{"an action with its prefix", `"ListAllMyBuckets"`, `"s3:ListAllMyBuckets"`, `is not an action name`},
		{"an empty format", `["arn:${Partition}:s3:::${BucketName}"]`, `[""]`, `line 13, column 31: formats of bucket: "" is empty or has control characters`},
		{"a control character", `"s3:prefix": "String"`, `"s3:prefix": "\u0007"`, `condition key s3:prefix: "\a" is not a type`},
		{"another format", `"iamctl-reference"`, `"terraform"`, `line 2, column 13: the format is "terraform", not "iamctl-reference"`},
		{"a version of the format from the future", `"formatVersion": 1`, `"formatVersion": 2`, `line 3, column 20: the format's version is 2 and this iamctl reads 1: a newer iamctl wrote the file`},
		{"a version of the format that is no number", `"formatVersion": 1`, `"formatVersion": "1"`, `line 3, column 20: the format's version is "1", not a number from 1`},
		{"no version of the format", "  \"formatVersion\": 1,\n", ``, `line 1, column 1: it has no member "formatVersion"`},
		{"no version", "  \"version\": \"2026-09-26\",\n", ``, `it has no member "version"`},
		{"no format", "  \"format\": \"iamctl-reference\",\n", ``, `it has no member "format"`},
		{"of two errors the first", `["object"], "keys": ["s3:authType"]},`, `["objct"], "keys": ["s3:nope"]},`, `line 17, column 54: `},
		{"services are no object", `"services": {`, `"services": [], "x": {`, `line 6, column 15: services: expected an object, found a list`},
		{"cut short", "\n        \"ListBucket\"", "\x00", `line 18, column 48: not valid JSON`},
		{"a comma too many", `{"access": "List"}`, `{"access": "List",}`, `line 18, column 47: not valid JSON`},
		{"a comma too few", "\"version\": \"2026-09-26\",\n", "\"version\": \"2026-09-26\"\n", `line 5, column 3: not valid JSON`},
		{"columns count characters", `"source": "a test"`, `"source": "äöü" x`, `line 5, column 19: not valid JSON`},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			text := strings.Replace(small, tt.old, tt.new, 1)
			if text == small {
				t.Fatal("the case changes nothing")
			}
			checkFileError(t, text, tt.want)
		})
	}
	checkFileError(t, small+"{}", "line 24, column 1: there is more text after the end")
	checkFileError(t, small[:len(small)-3], "line 22, column 4: the JSON text ends too early")
	checkFileError(t, "", "line 1, column 1: the JSON text ends too early")
	checkFileError(t, "[]", "line 1, column 1: iam.json: expected an object, found a list")
	checkFileError(t, "{}", `line 1, column 1: it has no member "format"`)
	checkFileError(t, `{"format": "iamctl-reference", "formatVersion": 1, "version": "1", "source": "1", "services": {}}`, "it holds no services")
}

func checkFileError(t *testing.T, text, want string) {
	t.Helper()
	_, err := Read("dir/iam.json", strings.NewReader(text))
	var file *FileError
	if !errors.As(err, &file) {
		t.Fatalf("error %v, want a *FileError with %q", err, want)
	}
	got := err.Error()
	if !strings.HasPrefix(got, "dir/iam.json: line ") || !strings.Contains(got, want) {
		t.Errorf("error %q\nwant it to have %q", got, want)
	}
	if !strings.HasSuffix(got, "`iamctl init --force`") {
		t.Errorf("error %q does not say what to do next", got)
	}
}

func TestReadForeign(t *testing.T) {
	tests := []struct{ reason, text string }{
		{"as AWS IAMCTL has it", `{"conditionOperators": ["StringEquals"], "conditionKeys": ["aws:CurrentTime"],
			"serviceMap": {"Amazon S3": {"StringPrefix": "s3", "Actions": ["GetObject"], "ARNFormat": "arn:aws:s3:::<bucket_name>/<key_name>", "HasResource": true}}}`},
		{"the map alone", `{"serviceMap": {}}`},
		{"damaged further on", `{"serviceMap": {}, "version": 3}`},
	}
	for _, tt := range tests {
		_, err := Read("iam.json", strings.NewReader(tt.text))
		var foreign *ForeignFormatError
		if !errors.As(err, &foreign) || foreign.Name != "iam.json" {
			t.Errorf("%s: error %v, want a *ForeignFormatError", tt.reason, err)
			continue
		}
		if !strings.Contains(err.Error(), "move it away and run `iamctl init`") {
			t.Errorf("%s: error %q does not say what to do next", tt.reason, err)
		}
	}
	checkFileError(t, strings.Replace(small, `"source"`, `"serviceMap": {}, "source"`, 1), `unknown member "serviceMap"`)
}

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "iam.json")
	if _, err := Load(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error of a file that is not there: %v", err)
	}
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	r, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(small, written(t, r)); diff != "" {
		t.Error(diff)
	}
	if _, err := Load(filepath.Dir(path)); err == nil {
		t.Error("a folder was read")
	}
}

func TestReadSizeLimit(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: large files")
	}
	spaces := bytes.Repeat([]byte(" "), maxFile+1)
	_, err := Read("iam.json", bytes.NewReader(spaces))
	var file *FileError
	if !errors.As(err, &file) || !strings.Contains(err.Error(), "larger than 64 MiB") {
		t.Errorf("error %v", err)
	}
}

func TestReadFails(t *testing.T) {
	broken := fmt.Errorf("disk on fire")
	_, err := Read("iam.json", failingReader{broken})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "iam.json") {
		t.Errorf("error %v", err)
	}
}

type failingReader struct{ err error }

func (r failingReader) Read([]byte) (int, error) { return 0, r.err }

// TestFullWriter makes sure that no write error is lost.
func TestFullWriter(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: large files")
	}
	broken := fmt.Errorf("disk full")
	if err := Embedded().Write(failingWriter{broken}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if err := Embedded().WriteEmbedded(failingWriter{broken}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }
