package html

import (
	"slices"
	"strconv"

	"iamctl/result"
)

// htmlRoleView is a role's section.
type htmlRoleView struct {
	*htmlRole
	page *htmlPage
}

func (p *htmlPage) role(r *htmlRole) htmlRoleView { return htmlRoleView{r, p} }

// htmlRoleVerdict is what the drift of a role means, with a request that one
// side allows and the other does not.
type htmlRoleVerdict struct{ Word, Text, Witness string }

// Verdict is the place for the verdict and its witness. diff.json does not
// carry them yet: once result.Pair does, they are to be given here, and the
// template "verdict" shows them at the head of the role. Until then there is
// nothing to show, and no element.
func (v htmlRoleView) Verdict() *htmlRoleVerdict { return nil }

// Tags are the accounts' short names.
func (v htmlRoleView) Tags() [2]string { return v.page.Tags() }

// Tally is what the table of roles says of the role.
func (v htmlRoleView) Tally() *htmlTally { return &v.tally }

// First is the first commit that shows a drift of the role.
func (v htmlRoleView) First() htmlFirst { return v.page.survey.first(v.tally.First) }

// Tag is the account that has the role, or "both".
func (v htmlRoleView) Tag() string { return v.page.Tag(v.Side) }

// Class is the CSS class of the account.
func (v htmlRoleView) Class() string { return htmlClass(v.Side) }

// OwnMark is the mark of a role of one account.
func (v htmlRoleView) OwnMark() htmlMark { return v.page.survey.mark(&v.Mark, v.Fingerprint) }

// OneAccount tells that one account alone has the role.
func (v htmlRoleView) OneAccount() bool { return v.Side != htmlBoth }

// htmlIdentity is the role in one account.
type htmlIdentity struct {
	*result.Role
	Tag, Class string
}

// Identities are the role as the accounts know it.
func (v htmlRoleView) Identities() []htmlIdentity {
	var out []htmlIdentity
	for side, in := range v.In {
		if in != nil {
			out = append(out, htmlIdentity{in, v.page.Tag(side), htmlClass(side)})
		}
	}
	return out
}

// htmlAttributeRow is an attribute that differs.
type htmlAttributeRow struct {
	*result.Attribute
	Mark htmlMark
}

// Values are the two values. The key before rewriting is there only where it
// is another.
func (a htmlAttributeRow) Values() [2]result.Value {
	values := [2]result.Value{a.A, a.B}
	for i := range values {
		if values[i].OriginalKey == a.Key {
			values[i].OriginalKey = ""
		}
	}
	return values
}

// AttributeRows are the attributes that differ.
func (v htmlRoleView) AttributeRows() []htmlAttributeRow {
	var out []htmlAttributeRow
	for i := range v.Attributes {
		a := &v.Attributes[i]
		out = append(out, htmlAttributeRow{a, v.page.survey.mark(&a.Mark, a.Fingerprint)})
	}
	return out
}

// Lists are the items that one account alone has.
func (v htmlRoleView) Lists() []*htmlOneSide {
	var out []*htmlOneSide
	for side := range v.Items {
		if v.Items[side].Len() > 0 {
			list := v.page.survey.oneSide(v.htmlRole, side, v.page.items)
			list.Tag = v.page.Tag(side)
			out = append(out, list)
		}
	}
	return out
}

// Whole tells that all documents stand where they belong, in full.
func (v htmlRoleView) Whole() bool { return v.page.documents.whole }

// Docs are the documents of the role's policies.
func (v htmlRoleView) Docs() []htmlPolicyDocs {
	var out []htmlPolicyDocs
	for _, d := range v.Documents {
		p := htmlPolicyDocs{Tags: v.Tags(), Whole: v.Whole(), Policy: htmlPolicy(d.PolicyType, d.PolicyName)}
		if pair, ok := htmlPair(d); ok {
			p.Comparison = v.page.documents.byPair[pair]
			p.Here = p.Comparison.Number == 0
		}
		out = append(out, p)
	}
	return out
}

// htmlMaskedShown is how many masked items of a role are listed.
const htmlMaskedShown = 50

// MaskedItems are the first masked items, MaskedMore how many more there are.
func (v htmlRoleView) MaskedItems() []result.MaskedItem {
	var first []result.MaskedItem
	for m := range v.Masked.All() {
		if len(first) == htmlMaskedShown {
			break
		}
		first = append(first, m)
	}
	return first
}

// MaskedMore is how many masked items are not listed.
func (v htmlRoleView) MaskedMore() int { return max(0, v.Masked.Len()-htmlMaskedShown) }

// htmlRow is a role in the table.
type htmlRow struct {
	htmlRoleView
}

// htmlChunk is how many rows are one part of the table. A browser lays out
// only the parts that are in sight.
const htmlChunk = 100

// Chunks are the rows of the table of roles.
func (p *htmlPage) Chunks() [][]htmlRow {
	rows := make([]htmlRow, len(p.survey.roles))
	for i, r := range p.survey.roles {
		rows[i] = htmlRow{p.role(r)}
	}
	return slices.Collect(slices.Chunk(rows, htmlChunk))
}

// Flags say in what state the role is, a letter each, for the filter: o open,
// n new, k known, w waived, x waiver expired, a and b in one account alone, g
// not compared in part, m masked items.
func (r htmlRow) Flags() string {
	var out []byte
	for _, f := range []struct {
		letter byte
		is     bool
	}{
		{'o', r.tally.Open() > 0},
		{'n', r.tally.New > 0},
		{'k', r.tally.Known > 0},
		{'w', r.tally.Waived > 0},
		{'x', r.tally.Expired > 0},
		{'a', r.Side == 0},
		{'b', r.Side == 1},
		{'g', len(r.Blind) > 0},
		{'m', r.Masked.Len() > 0},
	} {
		if f.is {
			out = append(out, f.letter)
		}
	}
	return string(out)
}

// KindNumbers are the kinds of the role's drift for the filter, each between
// dots.
func (r htmlRow) KindNumbers() string {
	out := []byte{'.'}
	for _, k := range r.tally.Kinds {
		out = append(strconv.AppendInt(out, int64(k), 10), '.')
	}
	return string(out)
}

// KindLabels name the kinds of the role's drift.
func (r htmlRow) KindLabels() []string {
	var out []string
	for _, k := range r.tally.Kinds {
		if kind := r.page.survey.kinds[k]; kind != htmlKindRole {
			out = append(out, htmlKindLabel(kind))
		}
	}
	return out
}

// htmlFewServices is how many services a row names.
const htmlFewServices = 6

// FewServices are the first services of items that differ.
func (r htmlRow) FewServices() []string {
	first, _ := htmlCut(r.tally.Services, htmlFewServices)
	return first
}

// MoreServices is how many services the row does not name.
func (r htmlRow) MoreServices() int { return len(r.tally.Services) - len(r.FewServices()) }

// OnlyA and OnlyB are how many items one account alone has.
func (r htmlRow) OnlyA() int { return r.Items[0].Len() }
func (r htmlRow) OnlyB() int { return r.Items[1].Len() }
