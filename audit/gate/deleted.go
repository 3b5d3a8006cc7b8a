package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// alive returns a trust policy without the principals that were deleted: a nil one for a
// nil one.
func alive(d *policy.Document) *policy.Document {
	if d == nil {
		return nil
	}
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if s.Principal != nil {
			s.Principal = slices.DeleteFunc(slices.Clone(s.Principal), Deleted)
			if len(s.Principal) == 0 {
				continue
			}
		}
		out.Statements = append(out.Statements, s)
	}
	return &out
}

// Deleted reports whether a principal is the unique id of a user or a role: IAM puts it
// in place of the ARN when it deletes one (IAM User Guide, "IAM identifiers").
func Deleted(p policy.Principal) bool {
	return p.Type == "AWS" && (strings.HasPrefix(p.Value, "AROA") || strings.HasPrefix(p.Value, "AIDA")) && !strings.Contains(p.Value, ":")
}
