package html

import "iamctl/result"

// roleSection is the section of a role, as the templates see it.
type roleSection struct {
	*shownRole
	page *page
}

func (p *page) section(r *shownRole) roleSection { return roleSection{r, p} }

// Tags are the accounts' short names.
func (s roleSection) Tags() [2]string { return s.page.Tags() }

// Tally is what the table of roles says of the role.
func (s roleSection) Tally() *roleTally { return &s.tally }

// First is the first commit that shows a drift of the role.
func (s roleSection) First() firstSeen { return s.page.survey.first(s.tally.First) }

// Tag is the account that has the role, or "both".
func (s roleSection) Tag() string { return s.page.Tag(s.Side) }

// Class is the CSS class of the account.
func (s roleSection) Class() string { return sideClass(s.Side) }

// OwnMark is the mark of a role of one account.
func (s roleSection) OwnMark() mark { return s.page.survey.mark(&s.Mark, s.Fingerprint) }

// OneAccount reports whether one account alone has the role.
func (s roleSection) OneAccount() bool { return s.Side != result.Both }

// identity is the role in one account.
type identity struct {
	*result.Role
	Tag, Class string
}

// Identities are the role as the accounts know it.
func (s roleSection) Identities() []identity {
	var out []identity
	for side, in := range s.In {
		if in != nil {
			out = append(out, identity{in, s.page.Tag(side), sideClass(side)})
		}
	}
	return out
}

// attributeRow is an attribute that differs.
type attributeRow struct {
	*result.Attribute
	Mark mark
}

// Values are the two values. They have the key before rewriting only where it
// is another one.
func (a attributeRow) Values() [2]result.Value {
	values := [2]result.Value{a.A, a.B}
	for i := range values {
		if values[i].OriginalKey == a.Key {
			values[i].OriginalKey = ""
		}
	}
	return values
}

// AttributeRows are the attributes that differ.
func (s roleSection) AttributeRows() []attributeRow {
	var out []attributeRow
	for i := range s.Attributes {
		a := &s.Attributes[i]
		out = append(out, attributeRow{a, s.page.survey.mark(&a.Mark, a.Fingerprint)})
	}
	return out
}

// Lists are the items that one account alone has.
func (s roleSection) Lists() []*sideItems {
	return s.lists(s.Items)
}

// ImpossibleLists are the pairs that one account alone has and that the reference
// calls impossible.
func (s roleSection) ImpossibleLists() []*sideItems {
	out := s.lists(s.Impossible)
	for _, l := range out {
		l.Impossible = true
	}
	return out
}

func (s roleSection) lists(items [2]result.Items) []*sideItems {
	var out []*sideItems
	for side := range items {
		if items[side].Len() > 0 {
			list := s.page.survey.sideItems(s.shownRole, items[side], side, s.page.items)
			list.Tag = s.page.Tag(side)
			out = append(out, list)
		}
	}
	return out
}

// Whole reports whether all documents are where they belong, in full.
func (s roleSection) Whole() bool { return s.page.documents.whole }

// Docs are the documents of the role's policies.
func (s roleSection) Docs() []policyDocuments {
	var out []policyDocuments
	for _, d := range s.Documents {
		p := policyDocuments{Tags: s.Tags(), Whole: s.Whole(), Policy: policyLabel(d.PolicyType, d.PolicyName)}
		if pair, ok := indexPair(d); ok {
			p.Comparison = s.page.documents.byPair[pair]
			p.Here = p.Comparison.Number == 0
		}
		out = append(out, p)
	}
	return out
}

// maxMasked is how many masked items of a role are listed.
const maxMasked = 50

// MaskedItems are the first masked items.
func (s roleSection) MaskedItems() []result.MaskedItem {
	var first []result.MaskedItem
	for m := range s.Masked.All() {
		if len(first) == maxMasked {
			break
		}
		first = append(first, m)
	}
	return first
}

// MaskedMore is how many of them are not listed.
func (s roleSection) MaskedMore() int { return max(0, s.Masked.Len()-maxMasked) }

// MaskedFirst are the first masked names and attributes.
func (s roleSection) MaskedFirst() []result.MaskedAttribute {
	first, _ := cut(s.MaskedAttributes, maxMasked)
	return first
}

// MaskedAttributesMore is how many of them are not listed.
func (s roleSection) MaskedAttributesMore() int { return max(0, len(s.MaskedAttributes)-maxMasked) }
