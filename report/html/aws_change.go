package html

import (
	"strings"

	"iamctl/result"
)

// awsChangeRow is a policy that AWS changed, with the roles that have it.
type awsChangeRow struct {
	*result.AWSChange
	// Row is what the filter looks at.
	Row  roleRow
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

// AWSChangeRows are the policies that AWS changed, the worst first.
func (p *page) AWSChangeRows() []awsChangeRow {
	var out []awsChangeRow
	for f := range p.Ranked() {
		c := f.AWS
		if c == nil {
			continue
		}
		section, roles := p.section(p.survey.aws[c]), c.RoleNames()
		first, rest := cut(roles, p.limits.list)
		row := awsChangeRow{
			AWSChange: c, Row: roleRow{section}, Text: strings.TrimPrefix(c.Line(result.Whole, p.Tags()), "~ "), Mark: p.survey.mark(&c.Mark, c.Fingerprint),
			Scopes: section.Scopes(), First: first, Total: len(roles), More: len(rest),
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
