package extract

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseSpec(t *testing.T) {
	tests := []struct {
		in      string
		want    Spec
		fails   string // part of the error
		tag     string
		written string // what String returns, if not in
		reason  string
	}{
		{in: "dev", want: Spec{Kind: Profile, Name: "dev"}, tag: "dev", reason: "a plain name"},
		{in: "my profile", want: Spec{Kind: Profile, Name: "my profile"}, tag: "my profile", reason: "blanks are legal in profiles"},
		{in: "profile:dev", want: Spec{Kind: Profile, Name: "dev"}, tag: "dev", written: "dev", reason: "forced"},
		{in: "profile:a/b.json", want: Spec{Kind: Profile, Name: "a/b.json"}, tag: "a/b.json", reason: "forced, though it looks like a path"},
		{in: "profile:git:x", want: Spec{Kind: Profile, Name: "git:x"}, tag: "git:x", reason: "one prefix is taken"},
		{in: "baseline/dev", want: Spec{Kind: Folder, Name: "baseline/dev"}, tag: "dev", reason: "a slash makes a path"},
		{in: "dev/", want: Spec{Kind: Folder, Name: "dev/"}, tag: "dev", reason: "a slash at the end too"},
		{in: "./git:a:b", want: Spec{Kind: Folder, Name: "./git:a:b"}, tag: "git:a:b", reason: "a path that begins otherwise"},
		{in: "dev.json", want: Spec{Kind: File, Name: "dev.json"}, tag: "dev", reason: "a file"},
		{in: "out/dev.json", want: Spec{Kind: File, Name: "out/dev.json"}, tag: "dev", reason: "a file in a folder"},
		{in: "dev.json/", want: Spec{Kind: Folder, Name: "dev.json/"}, tag: "dev", reason: "the slash at the end says folder"},
		{in: ".json", want: Spec{Kind: File, Name: ".json"}, tag: ".json", reason: "no tag would be left"},
		{in: "dev.JSON", want: Spec{Kind: Profile, Name: "dev.JSON"}, tag: "dev.JSON", reason: "as the rule is written"},
		{in: "dev.json.bak", want: Spec{Kind: Profile, Name: "dev.json.bak"}, tag: "dev.json.bak", reason: "does not end in .json"},
		{in: "git:HEAD:base/dev", want: Spec{Kind: Git, Name: "base/dev", Rev: "HEAD"}, tag: "dev", reason: "git"},
		{in: "git:HEAD^{/a:b}:x/y:z", want: Spec{Kind: Git, Name: "x/y:z", Rev: "HEAD^{/a:b}"}, tag: "y:z", reason: "colons in braces and in the path"},
		{in: "git:main@{2026-01-02 03:04}:dev", want: Spec{Kind: Git, Name: "dev", Rev: "main@{2026-01-02 03:04}"}, tag: "dev", reason: "a date"},
		{in: "org:mgmt", want: Spec{Kind: Organization, Name: "mgmt"}, tag: "mgmt", reason: "an organisation"},
		{in: "org:", want: Spec{Kind: Organization}, tag: "default", reason: "what the SDK's default chain finds"},
		{in: "org:mgmt/ou-ab12-12345678", want: Spec{Kind: Organization, Name: "mgmt", Unit: "ou-ab12-12345678"}, tag: "mgmt", reason: "a unit"},
		{in: "org:/ou-ab12-12345678", want: Spec{Kind: Organization, Unit: "ou-ab12-12345678"}, tag: "default", reason: "a unit by the default chain"},
		{in: "org:mgmt/123456789012", want: Spec{Kind: Organization, Name: "mgmt", Account: "123456789012"}, tag: "123456789012", reason: "one account"},
		{in: "org:team/mgmt", want: Spec{Kind: Organization, Name: "team/mgmt"}, tag: "team/mgmt", reason: "a profile with a slash"},
		{in: "org:team/mgmt/ou-ab12-12345678", want: Spec{Kind: Organization, Name: "team/mgmt", Unit: "ou-ab12-12345678"}, tag: "team/mgmt", reason: "a unit of it"},
		{in: "org:a/123456789012/", want: Spec{Kind: Organization, Name: "a/123456789012"}, tag: "a/123456789012", reason: "a profile that looks like an account of another"},
		{in: "org:mgmt/", want: Spec{Kind: Organization, Name: "mgmt"}, tag: "mgmt", written: "org:mgmt", reason: "the slash is not needed"},
		{in: "org:mgmt/ou-x", fails: "no id of an organisational unit", reason: "a mistyped unit"},
		{in: "org:a\x1b", fails: "control", reason: "a control character"},
		{in: "accounts:a.csv", want: Spec{Kind: Accounts, Name: "a.csv"}, tag: "a.csv", reason: "a file of accounts"},
		{in: "accounts:d/a.CSV/123456789012", want: Spec{Kind: Accounts, Name: "d/a.CSV", Account: "123456789012"}, tag: "123456789012", reason: "one of them"},
		{in: "accounts:a", fails: "no .csv file", reason: "another file"},
		{in: "accounts:", fails: "no .csv file", reason: "nothing"},
		{in: "profile:org:x", want: Spec{Kind: Profile, Name: "org:x"}, tag: "org:x", reason: "a profile that looks like an organisation"},
		{in: "git:HEAD", fails: "no path", reason: "one colon"},
		{in: "git:", fails: "no path", reason: "nothing"},
		{in: "git::x", fails: "no revision", reason: "the index is no revision"},
		{in: "git:HEAD:", fails: "no path", reason: "empty path"},
		{in: "git:--upload-pack=x:y", fails: "dash", reason: "an option of git is no revision"},
		{in: "profile:", fails: "no name", reason: "forced nothing"},
		{in: "profile: ", fails: "no name", reason: "forced blank"},
		{in: "", fails: "empty", reason: "nothing"},
		{in: "  ", fails: "empty", reason: "blanks"},
		{in: ".", fails: "./", reason: "the folder is meant, say how"},
		{in: "..", fails: "../", reason: "the folder is meant, say how"},
		{in: "de\x1bv", fails: "control", reason: "a control character"},
		{in: "a/\x00", fails: "control", reason: "NUL in a path"},
	}
	for _, tt := range tests {
		got, err := ParseSpec(tt.in)
		if tt.fails != "" {
			if err == nil || !strings.Contains(err.Error(), tt.fails) || !errors.Is(err, ErrSource) {
				t.Errorf("ParseSpec(%q) = %v, %v; want an error with %q: %s", tt.in, got, err, tt.fails, tt.reason)
			}
			continue
		}
		if d := cmp.Diff(tt.want, got); d != "" || err != nil {
			t.Errorf("ParseSpec(%q): %v: %s\n%s", tt.in, err, tt.reason, d)
		}
		if tag := got.DefaultTag(); tag != tt.tag {
			t.Errorf("%q has the tag %q, want %q: %s", tt.in, tag, tt.tag, tt.reason)
		}
		if tt.written == "" {
			tt.written = tt.in
		}
		if got.String() != tt.written {
			t.Errorf("%q is written %q, want %q: %s", tt.in, got, tt.written, tt.reason)
		}
	}
}

func FuzzParseSpec(f *testing.F) {
	for _, s := range []string{"dev", "a/b", "x.json", "git:HEAD:a", "git:a{:}:b", "profile:.", ".", "profile:git:", "org:", "org:a/ou-ab12-12345678", "org:a//", "org:a/123456789012/", "accounts:a.csv/123456789012"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		spec, err := ParseSpec(source)
		if err != nil {
			return
		}
		again, err := ParseSpec(spec.String())
		if err != nil || again != spec {
			t.Fatalf("%q is %#v, written %q, read as %#v, %v", source, spec, spec.String(), again, err)
		}
		if spec.DefaultTag() == "" {
			t.Fatalf("%q has no tag", source)
		}
	})
}

func TestLocate(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "plain"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "d.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path   string
		want   Kind
		reason string
	}{
		{"plain", File, "a file without the ending"},
		{"d.json", Folder, "a folder with the ending"},
	} {
		spec, err := ParseSpec(filepath.Join(dir, tt.path))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := spec.Locate(); err != nil || got.Kind != tt.want {
			t.Errorf("%s is %v, %v; want %v: %s", tt.path, got.Kind, err, tt.want, tt.reason)
		}
	}
	_, err := Spec{Kind: Folder, Name: "nowhere/"}.Locate()
	if err == nil || !strings.Contains(err.Error(), "profile:nowhere") {
		t.Errorf("got %v; want the way to a profile of that name", err)
	}
	_, err = Spec{Kind: File, Name: "plain/x.json"}.Locate()
	if !errors.Is(err, ErrSource) {
		t.Errorf("got %v, want %v", err, ErrSource)
	}
	if got, err := (Spec{Kind: Profile, Name: "dev"}).Locate(); err != nil || got.Kind != Profile {
		t.Errorf("a profile became %v, %v", got, err)
	}
}

func TestValidTag(t *testing.T) {
	for _, tt := range []struct{ tag, fails, reason string }{
		{"dev", "", "plain"},
		{"a.B_1-+=,@", "", "every kind of character"},
		{"..a", "", "dots are fine with more"},
		{strings.Repeat("a", MaxTag), "", "the longest"},
		{strings.Repeat("a", MaxTag+1), "longer", "too long"},
		{"", "empty", "nothing"},
		{".", "folder", "this folder"},
		{"..", "folder", "the folder above"},
		{"-x", "dash", "reads as a flag"},
		{"a/b", "'/'", "a separator"},
		{`a\b`, `'\\'`, "Windows' separator"},
		{"a b", "' '", "a blank"},
		{"a\x00", `'\x00'`, "NUL"},
		{"ü", "'ü'", "written in two ways on some disks"},
		{"a:b", "':'", "a stream on Windows"},
	} {
		err := ValidTag(tt.tag)
		if tt.fails == "" && err != nil || tt.fails != "" && (err == nil || !strings.Contains(err.Error(), tt.fails)) {
			t.Errorf("ValidTag(%q) = %v, want %q: %s", tt.tag, err, tt.fails, tt.reason)
		}
	}
	if !SameTag("Dev", "dev") || SameTag("dev", "qa") {
		t.Error("tags are the same without regard to case, and only then")
	}
}
