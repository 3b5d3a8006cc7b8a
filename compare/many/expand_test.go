package many_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/compare/many"
)

func TestExpand(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"a/account.json": "{}", "b/account.json": "", "notes/readme.txt": "x", "accounts.json": `{"accounts": []}`,
		"saved.json": `{"UserDetailList": []`, "readme.txt": "x",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	base := func(list []string) (out []string) {
		for _, p := range list {
			out = append(out, filepath.Base(p))
		}
		return out
	}
	sources, skipped, err := many.Expand(filepath.Join(dir, "*"))
	if d := cmp.Diff([]string{"a", "b", "saved.json"}, base(sources)); d != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, d)
	}
	if d := cmp.Diff([]string{"accounts.json", "notes", "readme.txt"}, base(skipped)); d != "" {
		t.Errorf("skipped (-want +got):\n%s", d)
	}
	if _, _, err := many.Expand(filepath.Join(dir, "n*")); err == nil || !strings.Contains(err.Error(), "nothing that matches is a snapshot") {
		t.Errorf("no snapshot: %v", err)
	}
	if _, _, err := many.Expand(filepath.Join(dir, "[")); err == nil {
		t.Error("a wrong pattern is taken")
	}
	for _, plain := range []string{"dev", "profile-*", "git:HEAD:a", "./a"} {
		if sources, _, err := many.Expand(plain); err != nil || len(sources) != 1 || sources[0] != plain {
			t.Errorf("%s: %v, %v", plain, sources, err)
		}
	}
}
