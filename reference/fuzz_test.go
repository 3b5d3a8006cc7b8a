package reference

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzRead: whatever is read does not crash, and what was read can be written
// and read again without a change.
func FuzzRead(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(emptyService))
	f.Add([]byte(`{"serviceMap": {}}`))
	f.Add([]byte(`{"format":"iamctl-reference","services":{"a":{"actions":{"b":{}}}},"formatVersion":1,"version":"1","source":"\u00e9"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := Read("iam.json", bytes.NewReader(data))
		if err != nil {
			return
		}
		text := written(t, r)
		again, err := Read("iam.json", strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := cmp.Diff(text, written(t, again)); diff != "" {
			t.Error(diff)
		}
	})
}

// FuzzPage does the same for a page of AWS's service reference.
func FuzzPage(f *testing.F) {
	f.Add([]byte(s3Page))
	f.Add([]byte(`{"Name":"x","Actions":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		page, _, err := readPage("page", data, (*pageReader).page)
		if err != nil {
			return
		}
		if r, err := Build("1", "a test", []Page{page}); err == nil {
			if _, err := Read("iam.json", strings.NewReader(written(t, r))); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzParser compares the parser with encoding/json.
func FuzzParser(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte(`[{"a" : [1e3, -0.5,true ,false,null], "b\\\"\u00e9": "\\"}, {}, [ ], "", "{[\"", 0 ]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := newParser(data)
		if err != nil {
			return
		}
		var want any
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber()
		if err := d.Decode(&want); err != nil {
			t.Skip() // such as too deep
		}
		if text, at := p.value(); strings.TrimSpace(text) != text || text != strings.TrimSpace(p.text[at:]) {
			t.Fatalf("the value of %q is %q", data, text)
		}
		p.pos = 0
		if diff := cmp.Diff(want, decodeAny(t, p)); diff != "" {
			t.Errorf("%q (-encoding/json +parser)\n%s", data, diff)
		}
	})
}

func decodeAny(t *testing.T, p *parser) any {
	switch p.next() {
	case '{':
		out := map[string]any{}
		must(t, p.object("x", "", func(name string, _ int) error {
			out[name] = decodeAny(t, p)
			return nil
		}))
		return out
	case '[':
		out := []any{}
		must(t, p.array("x", "", func() error {
			out = append(out, decodeAny(t, p))
			return nil
		}))
		return out
	case '"':
		s, _, err := p.string("x", "")
		must(t, err)
		return s
	}
	switch text, _ := p.value(); text {
	case "true", "false":
		return text == "true"
	case "null":
		return nil
	default:
		return json.Number(text)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	must(t, os.WriteFile(path, []byte("abc"), 0o600))
	f, err := os.Open(path)
	must(t, err)
	defer f.Close()
	for _, limit := range []int64{2, 3, 4} {
		_, err := f.Seek(0, 0)
		must(t, err)
		if got, err := readAll(f, limit); err != nil || string(got) != "abc"[:min(limit, 3)] {
			t.Errorf("limit %d: %q, %v", limit, got, err)
		}
	}
}
