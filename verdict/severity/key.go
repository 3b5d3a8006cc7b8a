package severity

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict"
)

// keysOf returns the condition keys of documents, in lower case and sorted.
func keysOf(list ...*policy.Document) []string {
	var out []string
	for _, d := range list {
		if d == nil {
			continue
		}
		for _, s := range d.Statements {
			for _, c := range s.Condition {
				out = append(out, policy.Fold(c.Key))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func documents(p *verdict.Permissions) []*policy.Document {
	return slices.Concat(p.Identity, p.Boundary)
}

// probeValues are values of each type that nobody has named, addresses those of IPv4
// alone: a condition on them is none on others.
var (
	probeValues = []string{
		anyName, "203.0.113.99", "2001:db8:ffff::99", "true", "false", "-1", "999999999999", "1971-01-01T00:00:00Z", "2999-01-01T00:00:00Z",
		"arn:aws:s3:::" + anyName, "arn:aws:iam::000000000000:role/" + anyName,
	}
	addresses = []string{"0.0.0.1", "10.1.2.3", "203.0.113.99", "255.255.255.254"}
)
