package grant

import (
	"slices"

	"iamctl/audit/asking"
	"iamctl/policy"
	"iamctl/verdict"
)

// region returns the Region in which all requests of an action to the account of the holder
// are made, "" where that is not known.
func (g Grant) region(action string) string {
	arn, _ := policy.ParseARN(g.holder.ARN)
	return asking.Region(arn.Partition, action)
}

// elsewhere returns the Denies of what nobody can ask for where some permissions ask for the
// Region: of those actions that are asked about, all that are done in one alone.
func (g Grant) elsewhere(of ...*verdict.Permissions) []*policy.Document {
	if !slices.ContainsFunc(of, func(p *verdict.Permissions) bool { return asks(p, asking.Placed) }) {
		return nil
	}
	var out []*policy.Document
	for _, action := range g.only {
		if region := g.region(action); region != "" {
			out = append(out, denied(policy.Statement{Action: []string{action}, Condition: []policy.Condition{asking.Elsewhere(region)}}))
		}
	}
	return out
}
