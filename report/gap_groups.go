package report

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/result"
)

// GapGroup is gaps of one cause: a call that was denied, for however many entities.
type GapGroup struct {
	First *result.Gap
	Count int
}

// GapGroups puts together the gaps of one account that a denied call left, in the
// order of the first of each group. All other gaps are groups of their own.
func GapGroups(gaps []result.Gap) []GapGroup {
	type cause struct {
		account, entity, part, call string
		blind                       bool
	}
	var groups []GapGroup
	at := map[cause]int{}
	for i := range gaps {
		g := &gaps[i]
		call, denied := deniedCall(g.Reason)
		if !denied {
			groups = append(groups, GapGroup{g, 1})
			continue
		}
		c := cause{g.Account, g.Entity, g.PolicyType, call, g.Blind}
		if n, ok := at[c]; ok {
			groups[n].Count++
			continue
		}
		at[c] = len(groups)
		groups = append(groups, GapGroup{g, 1})
	}
	return groups
}

// deniedCodes are AWS's codes for a call that the caller may not make (IAM API
// Reference, "Common Errors").
var deniedCodes = []string{"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized"}

// deniedCall returns the call that was denied, such as "iam:ListRoleTags", by the
// reason of a gap: the call, AWS's code and its message.
func deniedCall(reason string) (call string, denied bool) {
	parts := strings.SplitN(reason, ": ", 3)
	if len(parts) < 3 || !strings.HasPrefix(parts[0], "iam:") {
		return "", false
	}
	return parts[0], slices.Contains(deniedCodes, parts[1])
}

// Text returns the group in one line, with text from AWS escaped.
func (g *GapGroup) Text(esc result.Escape) string {
	text := GapText(esc, g.First)
	if g.Count == 1 {
		return text
	}
	return fmt.Sprintf("%s (and the same for %d more)", text, g.Count-1)
}
