package html

import (
	"strings"

	"iamctl/result"
)

// awsChangeRow is a policy that AWS changed, with the roles that have it.
type awsChangeRow struct {
	*result.AWSChange
	ID   string
	Text string
	Mark mark
	// Scopes are what the change means.
	Scopes []scopeView
	Lists  []actionList
	// First are the first roles of Total, and More how many are not named.
	First       []string
	Total, More int
}

// actionList are the actions of the items that a policy has on a side alone.
type actionList struct {
	Tag         string
	Total, More int
	Actions     []string
}

// AWSChangeRows are the policies that AWS changed.
func (p *page) AWSChangeRows() []awsChangeRow {
	var out []awsChangeRow
	for i := range p.AWSChanges {
		c := &p.AWSChanges[i]
		roles := c.RoleNames()
		first, rest := cut(roles, p.limits.list)
		row := awsChangeRow{
			AWSChange: c, ID: awsID(c), Text: strings.TrimPrefix(c.Line(result.Whole, p.Tags()), "~ "), Mark: p.survey.mark(&c.Mark, c.Fingerprint),
			Scopes: p.scopes(roleSection{&shownRole{Side: result.Both}, p}, c.Meaning), First: first, Total: len(roles), More: len(rest),
		}
		for side := range 2 {
			if n := c.Size(side); n > 0 {
				actions, more := cut(c.ActionsOnly(side), p.limits.list)
				row.Lists = append(row.Lists, actionList{p.Tag(side), n, len(more), actions})
			}
		}
		out = append(out, row)
	}
	return out
}
