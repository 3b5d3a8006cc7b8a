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

func (m *run) noteAWS(account int, c *diff.Changes) {
	for i := range c.AWSChanges {
		x := &c.AWSChanges[i]
		v := awsVersion{x.ARN, x.Versions}
		m.aws[v] = append(m.aws[v], account)
	}
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
