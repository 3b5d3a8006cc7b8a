package result

import (
	"iamctl/diff"
	"iamctl/normalize"
)

// documentSet gathers policy documents: each distinct text once, in the order in
// which they were added. A nil set gathers nothing.
type documentSet struct {
	index map[string]int
	texts []string
	// of finds the documents of each account.
	of [2]*normalize.Documents
}

func newDocumentSet(c *diff.Changes) *documentSet {
	return &documentSet{
		index: map[string]int{},
		of:    [2]*normalize.Documents{normalize.NewDocuments(c.A), normalize.NewDocuments(c.B)},
	}
}

// add returns the index of a policy's document, nil if the account does not have
// one.
func (s *documentSet) add(side int, r *normalize.Role, p *normalize.Policy) *int {
	text := string(s.of[side].Of(r, p))
	if text == "" {
		return nil
	}
	i, ok := s.index[text]
	if !ok {
		i = len(s.texts)
		s.index[text] = i
		s.texts = append(s.texts, text)
	}
	return &i
}

// unique returns the documents of all policies of a role of one account alone.
func (s *documentSet) unique(side int, r *normalize.Role) []PolicyDocuments {
	if s == nil {
		return nil
	}
	var out []PolicyDocuments
	for i := range r.Policies {
		p := &r.Policies[i]
		d := PolicyDocuments{PolicyType: string(p.Type), PolicyName: p.Name}
		d.set(side, s.add(side, r, p))
		out = appendIfAny(out, d)
	}
	return out
}

func (d *PolicyDocuments) set(side int, document *int) {
	if side == 0 {
		d.A = document
	} else {
		d.B = document
	}
}

// appendIfAny appends the documents of a policy that has some.
func appendIfAny(list []PolicyDocuments, d PolicyDocuments) []PolicyDocuments {
	if d.A == nil && d.B == nil {
		return list
	}
	return append(list, d)
}

// pair returns both sides' documents of the policies that differ: in an item, in
// being there, or in their ARN.
func (s *documentSet) pair(p *diff.Pair) []PolicyDocuments {
	if s == nil || !p.Differs() {
		return nil
	}
	var out []PolicyDocuments
	for _, k := range differingPolicies(p) {
		a, b := policiesOf(p.A, k), policiesOf(p.B, k)
		for i := range max(len(a), len(b)) {
			d := PolicyDocuments{PolicyType: string(k.kind), PolicyName: k.name}
			if i < len(a) {
				d.A = s.add(0, p.A, a[i])
			}
			if i < len(b) {
				d.B = s.add(1, p.B, b[i])
			}
			out = appendIfAny(out, d)
		}
	}
	return out
}
