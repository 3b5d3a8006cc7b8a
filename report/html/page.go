package html

import (
	"slices"

	"iamctl/report"
	"iamctl/result"
)

// page is a result as the templates see it.
type page struct {
	*result.Result
	survey    *survey
	documents *comparisons
	limits    limits
	// statements are those that decide.
	statements *statements
	// Meant reports whether the page says what differences mean.
	Meant bool
	// items is how many items of a side of a role are shown.
	items  int
	Charts []*chart
	// LeftOut is how many items are not shown.
	LeftOut int
}

func newPage(r *result.Result, l limits) *page {
	p := &page{Result: r, survey: newSurvey(r), limits: l, statements: newStatements(r)}
	p.Meant = slices.ContainsFunc(p.survey.roles, func(r *shownRole) bool { return r.Meaning != nil })
	p.items = l.items(p.survey.roles)
	p.documents = newComparisons(r, p.survey.roles, l.page)
	p.Charts = p.survey.charts(l.list)
	for _, role := range p.survey.roles {
		for _, items := range role.Items {
			p.LeftOut += max(0, items.Len()-p.items)
		}
	}
	return p
}

// Roles are the roles with something to show, the worst first.
func (p *page) Roles() []*shownRole { return p.survey.roles }

// InSync are the common roles in which nothing differs.
func (p *page) InSync() []*result.Pair { return p.survey.inSync }

// Shared are the documents that several roles have.
func (p *page) Shared() []policyDocuments {
	var out []policyDocuments
	for _, c := range p.documents.Shared {
		out = append(out, policyDocuments{Tags: p.Tags(), Policy: c.Policy, Comparison: c, Here: true})
	}
	return out
}

// Whole reports whether all documents are where they belong, in full.
func (p *page) Whole() bool { return p.documents.whole }

// Named is how many documents are not shown because nothing in them differs.
func (p *page) Named() int { return p.documents.named() }

// Dropped is how many documents were left out.
func (p *page) Dropped() int { return p.documents.dropped() }

// Tag is the short name of a side's account, "both" for result.Both.
func (p *page) Tag(side int) string {
	switch side {
	case 0:
		return p.Accounts.A.Tag
	case 1:
		return p.Accounts.B.Tag
	}
	return "both"
}

// sideClass is the CSS class of a side.
func sideClass(side int) string {
	switch side {
	case 0:
		return "A"
	case 1:
		return "B"
	}
	return "M"
}

// Both are the two accounts.
func (p *page) Both() []account {
	return []account{{&p.Accounts.A, "A"}, {&p.Accounts.B, "B"}}
}

// account is an account with its CSS class.
type account struct {
	*result.Account
	Class string
}

// AtCommit is the commit that the account was read at, and ReadBy by whom; "" where
// there is none.
func (a account) AtCommit() string { return report.AtCommit(result.Whole, a.Account) }
func (a account) ReadBy() string   { return report.ReadBy(result.Whole, a.Account) }

// kindOption is a kind of drift in the filter.
type kindOption struct {
	Number int
	Label  string
	Total  int
}

// Kinds are the kinds of drift that there are.
func (p *page) Kinds() []kindOption {
	var out []kindOption
	for i, k := range p.survey.kinds {
		out = append(out, kindOption{i, kindLabel(k), p.survey.byKind[k].total()})
	}
	return out
}
