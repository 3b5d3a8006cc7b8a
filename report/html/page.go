package html

import (
	"slices"

	"iamctl/result"
)

// htmlPage is the run as the page's templates see it.
type htmlPage struct {
	*result.Result
	survey    *htmlSurvey
	documents *htmlComparisons
	limits    htmlLimits
	items     int // how many items of a side of a role are shown
	Charts    []*htmlChart
	// LeftOut is how many items are not shown.
	LeftOut int
}

func newHTMLPage(r *result.Result, limits htmlLimits) *htmlPage {
	p := &htmlPage{Result: r, survey: newHTMLSurvey(r), limits: limits}
	p.items = limits.items(p.survey.roles)
	p.documents = newHTMLComparisons(r, p.survey.roles, limits.page)
	p.Charts = p.survey.charts(limits.list)
	for _, role := range p.survey.roles {
		for _, items := range role.Items {
			p.LeftOut += max(0, items.Len()-p.items)
		}
	}
	return p
}

// Roles are the roles with something to show, sorted by name.
func (p *htmlPage) Roles() []*htmlRole { return p.survey.roles }

// InSync are the common roles in which nothing differs.
func (p *htmlPage) InSync() []*result.Pair { return p.survey.inSync }

// Shared are the documents that several roles have.
func (p *htmlPage) Shared() []htmlPolicyDocs {
	var out []htmlPolicyDocs
	for _, c := range p.documents.Shared {
		out = append(out, htmlPolicyDocs{Tags: p.Tags(), Policy: c.Policy, Comparison: c, Here: true})
	}
	return out
}

// Whole tells that all documents stand where they belong, in full.
func (p *htmlPage) Whole() bool { return p.documents.whole }

// Named is how many documents are not shown because nothing in them differs.
func (p *htmlPage) Named() int { return p.documents.named() }

// Dropped is how many documents were left out.
func (p *htmlPage) Dropped() int { return p.documents.dropped() }

// Tag is the account's short name; htmlBoth is "both".
func (p *htmlPage) Tag(side int) string {
	switch side {
	case 0:
		return p.Accounts.A.Tag
	case 1:
		return p.Accounts.B.Tag
	}
	return "both"
}

// Tags are both accounts' short names.
func (p *htmlPage) Tags() [2]string { return [2]string{p.Tag(0), p.Tag(1)} }

// htmlClass is the CSS class of a side.
func htmlClass(side int) string {
	switch side {
	case 0:
		return "A"
	case 1:
		return "B"
	}
	return "M"
}

// Both are the two accounts.
func (p *htmlPage) Both() []htmlAccount {
	return []htmlAccount{{&p.Accounts.A, "A"}, {&p.Accounts.B, "B"}}
}

type htmlAccount struct {
	*result.Account
	Class string
}

// htmlKind is a kind of drift in the filter.
type htmlKind struct {
	Number int
	Label  string
	Total  int
}

// Kinds are the kinds of drift of the run.
func (p *htmlPage) Kinds() []htmlKind {
	var out []htmlKind
	for i, k := range p.survey.kinds {
		out = append(out, htmlKind{i, htmlKindLabel(k), p.survey.byKind[k].total()})
	}
	return out
}

// htmlWaiverRow is a waiver with its number and the roles it is about.
type htmlWaiverRow struct {
	*result.Waiver
	Number int
	Roles  []*htmlRole
	More   int
}

// htmlFewRoles is how many roles are named where more may be meant.
const htmlFewRoles = 8

// WaiverRows are the waivers: expired ones first, then those that fit
// nothing, in the order of the run.
func (p *htmlPage) WaiverRows() []htmlWaiverRow {
	rank := map[string]int{result.WaiverExpired: 0, result.WaiverUnmatched: 1, result.WaiverUsed: 3}
	var out []htmlWaiverRow
	for i := range p.Waivers {
		roles := p.survey.waived[i]
		few := roles[:min(len(roles), htmlFewRoles)]
		out = append(out, htmlWaiverRow{&p.Waivers[i], i + 1, few, len(roles) - len(few)})
	}
	slices.SortStableFunc(out, func(a, b htmlWaiverRow) int {
		order := func(state string) int {
			if n, ok := rank[state]; ok {
				return n
			}
			return 2
		}
		return order(a.State) - order(b.State)
	})
	return out
}

// Expired are the waivers past their last day.
func (p *htmlPage) Expired() []htmlWaiverRow {
	rows := p.WaiverRows()
	return slices.DeleteFunc(rows, func(w htmlWaiverRow) bool { return w.State != result.WaiverExpired })
}

// htmlGapList are gaps: the first in plain sight, the others folded.
type htmlGapList struct {
	First, Folded []result.Gap
	More          int
}

// htmlPlainGaps is how many gaps stand unfolded.
const htmlPlainGaps = 25

// GapList are all gaps of the run.
func (p *htmlPage) GapList() htmlGapList {
	first, rest := htmlCut(p.Gaps, htmlPlainGaps)
	folded, more := htmlCut(rest, p.limits.list)
	return htmlGapList{first, folded, len(more)}
}

func htmlCut[T any](list []T, n int) (first, rest []T) {
	n = min(n, len(list))
	return list[:n], list[n:]
}

// FixedFirst are the first fixed drifts, FixedMore how many more there are.
func (p *htmlPage) FixedFirst() []result.Fixed {
	first, _ := htmlCut(p.Fixed, p.limits.list)
	return first
}

// FixedMore is how many fixed drifts are not listed.
func (p *htmlPage) FixedMore() int { return len(p.Fixed) - len(p.FixedFirst()) }

// SideTag is the tag of account "a" or "b", "" for anything else.
func (p *htmlPage) SideTag(side string) string {
	switch side {
	case "a":
		return p.Tag(0)
	case "b":
		return p.Tag(1)
	}
	return ""
}

// htmlRewriteList are the values that the dictionary rewrote in an account.
type htmlRewriteList struct {
	Tag         string
	Total, More int
	First       []result.Rewrite
}

// RewriteLists are the rewritten values, for each account that has some.
func (p *htmlPage) RewriteLists() []htmlRewriteList {
	var out []htmlRewriteList
	for side, all := range [][]result.Rewrite{p.Rewrites.A, p.Rewrites.B} {
		if len(all) > 0 {
			first, rest := htmlCut(all, p.limits.list)
			out = append(out, htmlRewriteList{p.Tag(side), len(all), len(rest), first})
		}
	}
	return out
}

// htmlCommit is a commit with its number.
type htmlCommit struct {
	*result.Commit
	Number int
}

// Commits are the commits that first show a drift, in the order in which the
// page names them.
func (p *htmlPage) Commits() []htmlCommit {
	var out []htmlCommit
	for i, c := range p.survey.commits {
		out = append(out, htmlCommit{c, i + 1})
	}
	return out
}
