package snapshot

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/extract/jsonfile"
)

// FuzzRoleFile: no file makes the reader panic, and a role that can be read
// is the same after it is written and read again.
func FuzzRoleFile(f *testing.F) {
	f.Add([]byte(goodRole))
	f.Add([]byte(`{"name":"a","arn":"b","path":"/","trust":"%7B%7D","inline":[{"name":"p","document":{"Statement":{"Action":["b","a"]}}}],"tags":[{"key":"k","value":{"percentEncoded":"%FF"}}]}`))
	f.Add([]byte(`{"name":"a","arn":"b","path":"/","trust":"","boundary":{"arn":"x","name":"y"},"maxSessionDuration":1e3}`))
	f.Add([]byte(`{"name":`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, err := readAs("f", data, (*roleFile).from)
		if err != nil {
			return
		}
		file, err := jsonfile.Encode(ptr(roleTo(first)))
		if err != nil {
			t.Fatalf("it was read, but cannot be written: %v", err)
		}
		second, err := readAs("f", file, (*roleFile).from)
		if err != nil {
			t.Fatalf("it was written, but cannot be read: %v\n%s", err, file)
		}
		again, err := jsonfile.Encode(ptr(roleTo(second)))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(string(file), string(again)); d != "" {
			t.Fatalf("-first +second\n%s", d)
		}
	})
}
