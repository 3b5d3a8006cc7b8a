package pairing_test

import (
	"fmt"
	"strings"
	"testing"

	"iamctl/inventory"
)

// TestNotesAreFew: of many notes of a kind the first are written out, and the others
// counted.
func TestNotesAreFew(t *testing.T) {
	named := func(n int, format, suffix string) *inventory.Account {
		var names []string
		for i := range n {
			names = append(names, fmt.Sprintf(format, i)+suffix)
		}
		return roles("1", "/", names...)
	}
	recreated := func(n int, id string) *inventory.Account {
		a := named(n, "app%d", "")
		for i := range a.Roles {
			a.Roles[i].ID = fmt.Sprintf("AROA%s%014d", id, i)
		}
		return a
	}
	crowded := func(n int, suffixes ...string) *inventory.Account {
		a := &inventory.Account{ID: "111111111111"}
		for _, s := range suffixes {
			a.Roles = append(a.Roles, named(n, "app%d-Role", s).Roles...)
		}
		return a
	}
	const one, two, three = "-1AB2DEF3HIJKL", "-ZYX9WU7SRQPO", "-9QW2XZ7PLM4K"
	for _, tt := range []struct {
		reason, each string
		x, y         func(n int) *inventory.Account
		most         int
		rest         string
	}{
		{
			"pairs", "were paired by the name without",
			func(n int) *inventory.Account { return crowded(n, one) }, func(n int) *inventory.Account { return crowded(n, two) },
			50, "1 more roles were paired",
		},
		{
			"names that fit several", "not paired, because without",
			func(n int) *inventory.Account { return crowded(n, one, three) }, func(n int) *inventory.Account { return crowded(n, two) },
			20, "1 more names without a made-up part fit several",
		},
		{
			"names that do not look random enough", "were not paired",
			func(n int) *inventory.Account { return named(n, "app%d", "-4829173") }, func(n int) *inventory.Account { return named(n, "app%d", "-9917352") },
			20, "1 more names look as if",
		},
		{
			"recreated roles", "was recreated: another RoleId",
			func(n int) *inventory.Account { return recreated(n, "OLD") }, func(n int) *inventory.Account { return recreated(n, "NEW") },
			20, "1 more roles were recreated",
		},
	} {
		for n, rest := range map[int]string{tt.most: "", tt.most + 1: tt.rest} {
			each, more := 0, ""
			for _, note := range compared(t, `{}`, tt.x(n), tt.y(n)).Notes {
				if strings.Contains(note, " more ") {
					more += note
				} else if strings.Contains(note, tt.each) {
					each++
				}
			}
			if each != tt.most || !strings.HasPrefix(more, rest) || rest == "" && more != "" {
				t.Errorf("%s, %d: %d notes and %q, want %d and %q", tt.reason, n, each, more, tt.most, rest)
			}
		}
	}
}
