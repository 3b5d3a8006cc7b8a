package paths

import (
	"fmt"
	"unicode/utf8"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/rule"
)

// The limits of paths (IAM User Guide, "IAM and AWS STS quotas").
const (
	// switchLimit is how many characters path and name may have together for the console
	// to switch to the role.
	switchLimit = 64
	pathLimit   = 512
)

// length finds roles that a person or another role may assume, but not by the console, and
// paths that are longer than IAM allows.
func length(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, h := range in.Account.Holders {
		if n := utf8.RuneCountInString(h.Path); n > pathLimit {
			f := rule.Of(h)
			f.Message = fmt.Sprintf("the path has %d characters, and %d are the most", n, pathLimit)
			out = append(out, f)
		}
	}
	for _, r := range roles(in) {
		n := utf8.RuneCountInString(r.Path) + utf8.RuneCountInString(r.Name)
		if r.Path == "/" || n <= switchLimit || !switched(in, r) {
			continue
		}
		f := rule.Of(r)
		f.Key = "switch"
		f.Message = fmt.Sprintf("path and name have %d characters together, and the console switches to roles of %d at the most", n, switchLimit)
		f.Fix, f.Choice = anew(r, rule.Placeholder("PATH")), true
		out = append(out, f)
	}
	return out
}

// switched reports whether principals of an account get in: services and identity
// providers do not switch.
func switched(in *rule.Input, r *account.Holder) bool {
	return r.Trust.Document == nil || gate.New(in.Comparer, r.Trust.Document).Assuming().WithKey("aws:PrincipalAccount").Anybody().Open()
}
