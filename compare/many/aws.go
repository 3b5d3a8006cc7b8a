package many

import (
	"cmp"
	"maps"
	"slices"

	"iamctl/diff"
	"iamctl/result/matrix"
)

// awsVersion is a policy of AWS's with the version of the account that all are compared
// with, and another.
type awsVersion struct {
	arn      string
	versions [2]string
}

// awsVersions returns those that differ of each role, by its name in the second account.
func awsVersions(c *diff.Changes) map[string][]awsVersion {
	out := map[string][]awsVersion{}
	for i := range c.AWSChanges {
		x := &c.AWSChanges[i]
		for _, h := range x.Holders {
			out[h.B.Raw.Name] = append(out[h.B.Raw.Name], awsVersion{x.ARN, x.Versions})
		}
	}
	return out
}

func (m *run) awsChanges() []matrix.AWSChange {
	var out []matrix.AWSChange
	for _, v := range slices.SortedFunc(maps.Keys(m.aws), func(a, b awsVersion) int {
		return cmp.Or(cmp.Compare(a.arn, b.arn), slices.Compare(a.versions[:], b.versions[:]))
	}) {
		slices.Sort(m.aws[v])
		out = append(out, matrix.AWSChange{Policy: v.arn, Versions: v.versions, Accounts: m.aws[v]})
	}
	return out
}
