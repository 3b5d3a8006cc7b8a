package diff_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/inventory"
)

// TestNotesAreFew: of many notes of a kind the first are written out, and the
// others counted.
func TestNotesAreFew(t *testing.T) {
	roles := func(n int, suffix string) *inventory.Account {
		a := &inventory.Account{}
		for i := range n {
			r := withInline().Roles[0]
			r.Name = fmt.Sprintf("app%d-%s", i, suffix)
			a.Roles = append(a.Roles, r)
		}
		a.Sort()
		return a
	}
	paired := func(n int) *diff.Changes {
		return compared(t, `{}`, [2]string{"one", "two"}, roles(n, "1AB2DEF3HIJKL"), roles(n, "ZYX9WU7SRQPO"))
	}
	for _, tt := range []struct {
		reason string
		notes  []string
		each   string
		want   int
		rest   string
	}{
		{"random suffixes, all of them", paired(50).Notes, "were paired by the name without", 50, ""},
		{"one more", paired(51).Notes, "were paired by the name without", 50, "1 more were paired"},
	} {
		each, rest := 0, ""
		for _, note := range tt.notes {
			if strings.Contains(note, tt.each) {
				each++
			}
			if strings.Contains(note, " more ") {
				rest += note
			}
		}
		if each != tt.want || !strings.HasPrefix(rest, tt.rest) || tt.rest == "" && rest != "" {
			t.Errorf("%s: %d notes and %q, want %d and %q", tt.reason, each, rest, tt.want, tt.rest)
		}
		if len(slices.Compact(slices.Sorted(slices.Values(tt.notes)))) != len(tt.notes) {
			t.Errorf("%s: a note is there twice", tt.reason)
		}
	}
}
