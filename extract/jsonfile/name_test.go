package jsonfile

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	long := strings.Repeat("ü", 64)
	for _, tt := range []struct{ name, want, reason string }{
		{"app1_dev", "app1_dev", "a plain name is its own file name"},
		{"=+,.@-_", "=+,.@-_", "all that IAM allows"},
		{"../x", "%2E.%2Fx", "a way out of the folder"},
		{"..", "%2E%2E", "the folder above"},
		{".", "%2E", "this folder"},
		{".git", "%2Egit", "hidden files are not ours"},
		{"x.", "x%2E", "Windows drops a dot at the end"},
		{`a\b`, "a%5Cb", "Windows' separator"},
		{"a\x00\x1b", "a%00%1B", "control characters"},
		{"con", "%63on", "a device on Windows"},
		{"COM1.x", "%43OM1.x", "a device with an ending"},
		{"com10", "com10", "no device"},
		{"console", "console", "no device"},
		{"50%", "50%25", "the sign itself"},
		{"ü", "%C3%BC", "written in two ways on some disks"},
		{"", "%", "no name"},
		{strings.Repeat("a", 128), strings.Repeat("a", 128), "the longest of IAM's names"},
		{long, FileName(long), "too long"},
	} {
		if got := FileName(tt.name); got != tt.want || len(got) > maxStem {
			t.Errorf("FileName(%q) = %q, want %q: %s", tt.name, got, tt.want, tt.reason)
		}
	}
}

// Two names have two files, on a disk that does not tell case too if the
// names differ in more than case.
func TestFileNamesDiffer(t *testing.T) {
	letters := rapid.SampledFrom([]rune("aAbB.%-/c\x00üÜ~ "))
	names := rapid.OneOf(rapid.StringOfN(letters, 0, 6, -1), rapid.StringOfN(letters, 90, 110, -1), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		a, b := names.Draw(t, "a"), names.Draw(t, "b")
		x, y := FileName(a), FileName(b)
		if a != b && x == y || !strings.EqualFold(a, b) && strings.EqualFold(x, y) {
			t.Fatalf("%q and %q are both %q", a, b, x)
		}
		for _, c := range []byte(x) {
			if !plain(c) && c != '%' {
				t.Fatalf("FileName(%q) = %q holds %q", a, x, c)
			}
		}
		if len(x) > maxStem || strings.HasPrefix(x, ".") || strings.HasSuffix(x, ".") {
			t.Fatalf("FileName(%q) = %q", a, x)
		}
	})
}
