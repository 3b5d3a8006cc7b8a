package report

import "iamctl/result"

// manyAlone is how many roles of either account alone are many whatever the number
// of common ones.
const manyAlone = 10

// suggestHint returns what to do about many roles that stand alone in both accounts,
// as they do where the dictionary does not know the names of the environments; ""
// where there is nothing to do.
func suggestHint(r *result.Result) string {
	fewer := min(len(r.UniqueRoles.A), len(r.UniqueRoles.B))
	if fewer == 0 || fewer < manyAlone && 2*fewer < len(r.CommonRoles) {
		return ""
	}
	return "Roles stand alone in both accounts. If some are meant to be the same, " +
		"'iamctl suggest' proposes entries for the dictionary"
}
