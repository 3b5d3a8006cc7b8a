package result

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// documentSet gathers policy documents, each distinct text once, in the order
// in which they come.
type documentSet struct {
	index map[string]int
	texts []string
	// managed are the documents of each account's managed policies by ARN,
	// before rewriting.
	managed [2]map[string]inventory.Document
}

func newDocumentSet(c *diff.Changes) *documentSet {
	s := &documentSet{index: map[string]int{}}
	for side := range s.managed {
		s.managed[side] = map[string]inventory.Document{}
		flat := c.Account(side).Flat
		if flat == nil || flat.Account == nil {
			continue
		}
		for i := range flat.Policies {
			s.managed[side][flat.Policies[i].ARN] = flat.Policies[i].Document
		}
	}
	return s
}

// add gives the index of a policy's document, nil where the account does not
// have one.
func (s *documentSet) add(side int, r *normalize.Role, p *normalize.Policy) *int {
	text := string(s.document(side, r, p))
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

func (s *documentSet) document(side int, r *normalize.Role, p *normalize.Policy) inventory.Document {
	switch p.Type {
	case inventory.Trust:
		return r.Raw.Trust
	case inventory.Inline:
		for _, in := range r.Raw.Inline {
			if in.Name == p.Raw.Name {
				return in.Document
			}
		}
		return ""
	}
	return s.managed[side][p.Raw.ARN]
}

// unique gives the documents of all policies of a role of one account alone.
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

// appendIfAny leaves out policies without any document.
func appendIfAny(list []PolicyDocuments, d PolicyDocuments) []PolicyDocuments {
	if d.A == nil && d.B == nil {
		return list
	}
	return append(list, d)
}

// policyKey is what policies of a pair are compared by.
type policyKey struct {
	kind inventory.PolicyType
	name string
}

func keyOf(p *normalize.Policy) policyKey { return policyKey{p.Type, p.Name} }

func (k policyKey) compare(l policyKey) int {
	return cmp.Or(cmp.Compare(k.kind, l.kind), cmp.Compare(k.name, l.name))
}

// pair gives the documents of both sides of the policies that differ: in an
// item, in being there, or in their ARN.
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

// differingPolicies are the policies of a pair that differ, sorted.
func differingPolicies(p *diff.Pair) []policyKey {
	differ := map[policyKey]bool{}
	for side := range 2 {
		last := -1
		for _, ref := range p.Only(side) {
			if int(ref.Policy) != last {
				last = int(ref.Policy)
				differ[keyOf(&p.Role(side).Policies[last])] = true
			}
		}
	}
	for i := range p.Attributes {
		a := &p.Attributes[i]
		switch a.Kind {
		case normalize.KindPolicy:
			kind, name, _ := strings.Cut(a.Key, " ")
			differ[policyKey{inventory.PolicyType(kind), name}] = true
		case normalize.KindBoundary:
			for side := range 2 {
				for _, b := range boundariesOf(p.Role(side)) {
					differ[keyOf(b)] = true
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(differ), policyKey.compare)
}

// policiesOf are a role's policies of one type and name: nearly always one.
func policiesOf(r *normalize.Role, k policyKey) []*normalize.Policy {
	var out []*normalize.Policy
	for i := range r.Policies {
		if p := &r.Policies[i]; keyOf(p) == k {
			out = append(out, p)
		}
	}
	return out
}

func boundariesOf(r *normalize.Role) []*normalize.Policy {
	var out []*normalize.Policy
	for i := range r.Policies {
		if r.Policies[i].Type == inventory.Boundary {
			out = append(out, &r.Policies[i])
		}
	}
	return out
}
