package main

import (
	"strings"
	"testing"

	"iamctl/result/matrix"
)

// TestOutlierByName: roles and accounts may have an @ in their names, and what may be two is
// none.
func TestOutlierByName(t *testing.T) {
	found := func(role, id, tag, print string) matrix.Found {
		return matrix.Found{Key: id, Label: tag, Role: &matrix.Role{Name: role}, Account: &matrix.Account{ID: id, Tag: tag}, Outlier: &matrix.Outlier{Fingerprint: print}}
	}
	all := []matrix.Found{
		found("app", "111111111111", "dev", "aaaaaaaa"), found("app", "222222222222", "@4", "bbbbbbbb"),
		found("app@x", "111111111111", "dev", "cccccccc"), found("a", "333333333333", "b@c", "dddddddd"), found("a@b", "444444444444", "c", "eeeeeeee"),
		found("old", "111111111111", "dev", ""),
	}
	for _, tt := range []struct{ arg, want, fails, reason string }{
		{"app@dev", "aaaaaaaa", "", "role and tag"},
		{"APP@111111111111", "aaaaaaaa", "", "roles regardless of case, accounts by id"},
		{"app@@4", "bbbbbbbb", "", "a tag that begins with an @"},
		{"app@x@dev", "cccccccc", "", "a role with an @"},
		{"a@b@333333333333", "", "no outlier of this run is a@b@333333333333", "no role of that name there"},
		{"a@b@444444444444", "eeeeeeee", "", "the id says which of the two"},
		{"a@b@c", "", "is the role a in b@c, and the role a@b in c: give the fingerprint", "two have it"},
		{"app@", "", "no outlier of this run is app@", "no account"},
		{"old@dev", "", "has no fingerprints", "of a version before"},
		{"dddddddd", "dddddddd", "", "a fingerprint"},
	} {
		got, err := outlierOf(all, tt.arg)
		switch {
		case err != nil && (tt.fails == "" || !strings.Contains(err.Error(), tt.fails)):
			t.Errorf("%s: %v, want %q", tt.reason, err, tt.fails)
		case err == nil && (tt.fails != "" || got.Outlier.Fingerprint != tt.want):
			t.Errorf("%s: %s, want %s%s", tt.reason, got.Outlier.Fingerprint, tt.want, tt.fails)
		}
	}
}
