package findings

import (
	"iter"
	"slices"

	"iamctl/result/audited"
	"iamctl/verdict/severity"
)

// many is how many findings a report has that begins with an overview.
const many = 20

// most is how many findings of one rule, severity and account a report shows that may be
// cut.
const most = 10

// manyAccounts is of how many accounts a report that may be cut names all, and shows findings
// account by account.
const manyAccounts = 20

// group is the findings of one rule and severity.
type group struct {
	severity severity.Level
	rule     string
	total    int
}

// overview returns the groups of findings, the worst first, then by rule; nil where there
// are so few that all can be looked at.
func overview(open []*audited.Finding) []group {
	if len(open) <= many {
		return nil
	}
	var out []group
	for _, f := range open {
		is := func(g group) bool { return g.severity == f.Severity && g.rule == f.Rule }
		i := slices.IndexFunc(out, is)
		if i < 0 {
			i = len(out)
			out = append(out, group{severity: f.Severity, rule: f.Rule})
		}
		out[i].total++
	}
	return out
}

// title returns what a rule looks for.
func title(a *audited.Audit, rule string) string {
	for i := range a.Rules {
		if a.Rules[i].ID == rule {
			return a.Rules[i].Title
		}
	}
	return ""
}

// shown yields the findings that a report shows: the first of each rule, severity and
// account, of many accounts of each rule and severity, or every one. With the last of a group
// it yields how many more there are.
func shown(a *audited.Audit, every bool) iter.Seq2[*audited.Finding, int] {
	open := a.Open()
	key := func(f *audited.Finding) groupKey {
		k := groupKey{severity: f.Severity, rule: f.Rule}
		if len(a.Accounts) <= manyAccounts {
			k.account, k.tag = f.Account, f.Tag
		}
		return k
	}
	total, had := map[groupKey]int{}, map[groupKey]int{}
	for _, f := range open {
		total[key(f)]++
	}
	return func(yield func(f *audited.Finding, more int) bool) {
		for _, f := range open {
			k := key(f)
			had[k]++
			more := 0
			switch {
			case !every && had[k] > most:
				continue
			case !every && had[k] == most:
				more = total[k] - most
			}
			if !yield(f, more) {
				return
			}
		}
	}
}

// groupKey names the findings of which the first are shown.
type groupKey struct {
	severity           severity.Level
	rule, account, tag string
}

// named returns the accounts that a report names, and how many it leaves out.
func named(a *audited.Audit, every bool) (accounts []audited.Account, left int) {
	if every || len(a.Accounts) <= manyAccounts {
		return a.Accounts, 0
	}
	return a.Accounts[:manyAccounts], len(a.Accounts) - manyAccounts
}
