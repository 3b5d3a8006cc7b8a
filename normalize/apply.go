package normalize

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/policy"
)

// Apply normalises an account by the rules for it. Two roles that would get
// one name are a *MergeError; several are joined.
func Apply(flat *inventory.Flat, self equivalency.Identity, rules *equivalency.Rules) (*Account, error) {
	a := &applier{
		r:       NewRewriter(rules),
		tables:  map[*inventory.Items]*Table{},
		known:   map[Field]map[string]outcome{},
		marks:   map[string]*mark{},
		matched: map[int]bool{},
		unowned: map[string]bool{},
	}
	out := &Account{
		Tag: self.Tag, Source: self.Source, Flat: flat, Rewriter: a.r,
		Roles: make([]Role, len(flat.Roles)),
	}
	for i := range flat.Roles {
		out.Roles[i] = a.role(&flat.Roles[i])
	}
	slices.SortStableFunc(out.Roles, func(x, y Role) int {
		return cmp.Or(cmp.Compare(x.Key, y.Key), cmp.Compare(x.Raw.Name, y.Raw.Name))
	})
	if err := merges(self.Tag, out.Roles); err != nil {
		return nil, err
	}
	out.Rewrites = a.rewrites()
	out.matched, out.unowned = a.matched, a.unowned
	return out, nil
}

// MergeError tells of two roles of one account that would get one name, so
// that one of them would not be compared.
type MergeError struct {
	// Account is the account's tag.
	Account string
	// First and Second are the roles' names, in byte order.
	First, Second string
	// Name is what they would both be called.
	Name string
}

func (e *MergeError) Error() string {
	if policy.Fold(e.First) == policy.Fold(e.Second) {
		return fmt.Sprintf("account %q has two roles that differ in letter case alone, %q and %q, which IAM does not allow: check where the data comes from",
			e.Account, e.First, e.Second)
	}
	return fmt.Sprintf("by the dictionary the roles %q and %q of account %q would both be called %q, and one of them could not be compared",
		e.First, e.Second, e.Account, e.Name)
}

// merges finds roles of one key; they are sorted by it.
func merges(account string, roles []Role) error {
	var errs []error
	for i := 1; i < len(roles); i++ {
		if a, b := &roles[i-1], &roles[i]; a.Key == b.Key {
			errs = append(errs, &MergeError{Account: account, First: a.Raw.Name, Second: b.Raw.Name, Name: b.Name})
		}
	}
	if len(errs) == 1 {
		return errs[0]
	}
	return errors.Join(errs...)
}

// applier normalises one account and remembers what it rewrote.
type applier struct {
	r      *Rewriter
	tables map[*inventory.Items]*Table
	// known are the texts in which something was found, and every condition
	// and statement, which cost more to look at.
	known   map[Field]map[string]outcome
	marks   map[string]*mark
	key     []byte // scratch
	matched map[int]bool
	unowned map[string]bool
}

type outcome struct {
	after string
	mark  *mark
}

// text rewrites one text and gives its mark, nil where nothing was found.
func (a *applier) text(f Field, s string) (string, *mark) {
	if s == "" || f != FieldCondition && f != FieldStatement && !a.r.rewriting.any(bit(f), s) {
		return s, nil
	}
	known := a.known[f]
	if o, ok := known[s]; ok {
		return o.after, o.mark
	}
	if known == nil {
		known = map[string]outcome{}
		a.known[f] = known
	}
	after, h := a.r.rewrite(f, s)
	o := outcome{after, a.mark(h)}
	known[s] = o
	return o.after, o.mark
}

// mark gives equal hits one mark.
func (a *applier) mark(h hits) *mark {
	if h.none() {
		return nil
	}
	for _, i := range h.rules {
		rule := &a.r.rules.Rewrites[i]
		a.matched[rule.Entry] = true
		if doubtful(rule) {
			a.unowned[rule.Value] = true
		}
	}
	a.key = h.appendKey(a.key[:0])
	m := a.marks[string(a.key)]
	if m == nil {
		m = a.r.mark(h)
		a.marks[string(a.key)] = m
	}
	return m
}

// appendKey writes the hits so that only equal ones give equal bytes.
func (h *hits) appendKey(b []byte) []byte {
	b = strconv.AppendBool(b, h.merged)
	b = binary.AppendUvarint(b, uint64(len(h.rules)))
	for _, list := range [][]int{h.rules, h.loose} {
		for _, i := range list {
			b = binary.AppendUvarint(b, uint64(i))
		}
	}
	return b
}

func (a *applier) rewrites() []Rewrite {
	var out []Rewrite
	for field, known := range a.known {
		if field == equivalency.Service {
			field = FieldPrincipal
		}
		for before, o := range known {
			if o.after != before {
				out = append(out, Rewrite{Field: field, Before: before, After: o.after})
			}
		}
	}
	slices.SortFunc(out, func(x, y Rewrite) int {
		return cmp.Or(strings.Compare(string(x.Field), string(y.Field)), strings.Compare(x.Before, y.Before), strings.Compare(x.After, y.After))
	})
	return slices.Compact(out)
}

func (a *applier) role(raw *inventory.FlatRole) Role {
	out := Role{Raw: raw, Policies: make([]Policy, len(raw.Policies))}
	out.Name, _ = a.text(FieldRoleName, raw.Name)
	out.Key = policy.Fold(out.Name)
	out.Path, _ = a.text(FieldPath, raw.Path)
	out.Attributes = a.attributes(raw.Role)
	for i := range raw.Policies {
		p := &raw.Policies[i]
		name, _ := a.text(FieldPolicyName, p.Name)
		arn, _ := a.text(FieldARN, p.ARN)
		out.Policies[i] = Policy{Name: name, Type: p.Type, ARN: arn, Raw: p, Table: a.table(p.Items)}
	}
	slices.SortStableFunc(out.Policies, func(x, y Policy) int {
		return cmp.Or(cmp.Compare(x.Type, y.Type), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ARN, y.ARN))
	})
	return out
}
