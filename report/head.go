package report

import (
	"fmt"

	"iamctl/result"
)

// HeadText returns when a result came about, "" where it does not say.
func HeadText(esc result.Escape, m *result.Meta) string {
	if m.Time == "" {
		return ""
	}
	return "Compared " + esc(m.Time, result.TagLimit)
}

// ReadBy returns by whom an account was read, "" where no call was made.
func ReadBy(esc result.Escape, a *result.Account) string {
	if a.Caller == "" {
		return ""
	}
	return "read by " + esc(a.Caller, result.LineLimit)
}

// AtCommit returns the commit that a snapshot was read at, "" for what is read from
// no commit.
func AtCommit(esc result.Escape, a *result.Account) string {
	if a.Commit == "" {
		return ""
	}
	return "commit " + esc(shortHash(a.Commit), result.TagLimit)
}

// ExcludedText returns how many roles a rule left out, by account.
func ExcludedText(esc result.Escape, tags [2]string, x *result.Excluded) string {
	return fmt.Sprintf("%s: %s in %s, %s in %s", esc(x.Rule, result.TagLimit),
		result.Count(len(x.A), "role", "roles"), esc(tags[0], result.TagLimit),
		result.Count(len(x.B), "role", "roles"), esc(tags[1], result.TagLimit))
}

// excludedRoles returns how many roles were left out.
func excludedRoles(r *result.Result) int {
	n := 0
	for i := range r.Excluded {
		n += len(r.Excluded[i].A) + len(r.Excluded[i].B)
	}
	return n
}
