package html

import (
	"slices"

	"iamctl/report"
	"iamctl/result"
)

// waiverRow is a waiver with its number and the roles it is about.
type waiverRow struct {
	*result.Waiver
	Number int
	Roles  []*shownRole
	More   int
}

// maxWaiverRoles is how many roles of a waiver are named.
const maxWaiverRoles = 8

// WaiverRows are the waivers: first those that have expired, then those that
// fit nothing, and last those that accept drift.
func (p *page) WaiverRows() []waiverRow {
	var out []waiverRow
	for i := range p.Waivers {
		few, more := cut(p.survey.waived[i], maxWaiverRoles)
		out = append(out, waiverRow{&p.Waivers[i], i + 1, few, len(more)})
	}
	slices.SortStableFunc(out, func(a, b waiverRow) int { return a.rank() - b.rank() })
	return out
}

// For is what an ignore rule is for, "" for a waiver.
func (w waiverRow) For() string {
	if w.Role == "" {
		return ""
	}
	return report.RuleName(w.Waiver)
}

// rank is the place of the waiver's state in the list. States that this version
// does not know come before those that need no look.
func (w waiverRow) rank() int {
	switch w.State {
	case result.WaiverExpired, result.WaiverOutgrown:
		return 0
	case result.WaiverUnmatched:
		return 1
	case result.WaiverUsed:
		return 3
	}
	return 2
}

// Expired are the waivers past their last day.
func (p *page) Expired() []waiverRow {
	return slices.DeleteFunc(p.WaiverRows(), func(w waiverRow) bool { return w.State != result.WaiverExpired })
}

// gapRow is a gap, and how many others have the same cause.
type gapRow struct {
	*result.Gap
	Others int
}

// gapList are gaps by cause: the first are open, the others folded.
type gapList struct {
	First, Folded []gapRow
	// FoldedGaps are the gaps in the folded rows, and More those in no row.
	FoldedGaps, More int
}

// maxOpenGaps is how many causes are not folded.
const maxOpenGaps = 25

// GapList are all gaps: a denied call is one row, however many roles it concerns.
func (p *page) GapList() gapList {
	var rows []gapRow
	for _, g := range report.GapGroups(p.Gaps) {
		rows = append(rows, gapRow{g.First, g.Count - 1})
	}
	var out gapList
	var rest []gapRow
	out.First, rest = cut(rows, maxOpenGaps)
	out.Folded, rest = cut(rest, p.limits.list)
	out.FoldedGaps, out.More = gapsIn(out.Folded), gapsIn(rest)
	return out
}

func gapsIn(rows []gapRow) int {
	n := len(rows)
	for i := range rows {
		n += rows[i].Others
	}
	return n
}

// cut returns the first n elements of a list and the others.
func cut[T any](list []T, n int) (first, rest []T) {
	n = min(n, len(list))
	return list[:n], list[n:]
}

// FixedFirst are the first drifts of the earlier run that are gone.
func (p *page) FixedFirst() []result.Fixed {
	first, _ := cut(p.Fixed, p.limits.list)
	return first
}

// FixedMore is how many of them are not listed.
func (p *page) FixedMore() int { return len(p.Fixed) - len(p.FixedFirst()) }

// SideTag is the tag of account "a" or "b", "" for anything else.
func (p *page) SideTag(side string) string {
	switch side {
	case "a":
		return p.Tag(0)
	case "b":
		return p.Tag(1)
	}
	return ""
}

// rewriteList are the values that the dictionary rewrote in an account.
type rewriteList struct {
	Tag         string
	Total, More int
	First       []result.Rewrite
}

// RewriteLists are the rewritten values, for each account that has some.
func (p *page) RewriteLists() []rewriteList {
	var out []rewriteList
	for side := range 2 {
		if all := *p.Rewrites.Of(side); len(all) > 0 {
			first, rest := cut(all, p.limits.list)
			out = append(out, rewriteList{p.Tag(side), len(all), len(rest), first})
		}
	}
	return out
}

// commitRow is a commit with its number.
type commitRow struct {
	*result.Commit
	Number int
}

// Commits are the commits that first show a drift, in the order in which the
// page names them.
func (p *page) Commits() []commitRow {
	var out []commitRow
	for i, c := range p.survey.commits {
		out = append(out, commitRow{c, i + 1})
	}
	return out
}
