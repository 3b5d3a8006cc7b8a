package normalize

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// Apply normalises an account by the rules for it. Two roles that would get one
// name by the rules are gaps; two that have one name but for letter case are a
// *MergeError, and several errors are joined.
func Apply(flat *inventory.Flat, self equivalency.Identity, rules *equivalency.Rules) (*Account, error) {
	a := newApplier(rewrite.New(rules))
	a.aws = newApplier(rewrite.New(rules.OfAWS()))
	out := &Account{
		Tag: self.Tag, Source: self.Source, Flat: flat, Rewriter: a.rewriter,
		Roles: make([]Role, len(flat.Roles)),
	}
	for i := range flat.Roles {
		out.Roles[i] = a.role(&flat.Roles[i])
	}
	out.separate()
	if err := checkKeys(self.Tag, out.Roles); err != nil {
		return nil, err
	}
	out.Rewrites = a.rewrites()
	out.matched, out.ambiguous = a.used()
	out.texts = a.texts
	return out, nil
}

// applier normalises one account and remembers what it rewrote.
type applier struct {
	rewriter *rewrite.Rewriter
	tracer   *rewrite.Tracer
	tables   map[*inventory.Items]*Table
	// texts are those in which something was found, and every condition and
	// statement, for these take longer.
	texts map[Field]map[string]rewritten
	// aws normalises the documents of AWS's own policies.
	aws *applier
}

// rewritten is what became of a text.
type rewritten struct {
	after string
	trace *rewrite.Trace
}

func newApplier(r *rewrite.Rewriter) *applier {
	return &applier{
		rewriter: r,
		tracer:   rewrite.NewTracer(r),
		tables:   map[*inventory.Items]*Table{},
		texts:    map[Field]map[string]rewritten{},
	}
}

// text rewrites one text. The trace is nil where nothing was found.
func (a *applier) text(f Field, s string) (after string, trace *rewrite.Trace) {
	if !a.rewriter.Finds(f, s) {
		return s, nil
	}
	texts := a.texts[f]
	if r, ok := texts[s]; ok {
		return r.after, r.trace
	}
	if texts == nil {
		texts = map[string]rewritten{}
		a.texts[f] = texts
	}
	after, trace = a.tracer.Rewrite(f, s)
	texts[s] = rewritten{after, trace}
	return after, trace
}

// rewrites returns every distinct rewrite so far, sorted.
func (a *applier) rewrites() []Rewrite {
	var out []Rewrite
	if a.aws != nil {
		out = a.aws.rewrites()
	}
	for field, texts := range a.texts {
		field = field.Listed()
		for before, r := range texts {
			if r.after != before {
				out = append(out, Rewrite{Field: field, Before: before, After: r.after})
			}
		}
	}
	slices.SortFunc(out, func(x, y Rewrite) int {
		return cmp.Or(strings.Compare(string(x.Field), string(y.Field)), strings.Compare(x.Before, y.Before), strings.Compare(x.After, y.After))
	})
	return slices.Compact(out)
}

// used returns the entries of which a value was rewritten so far, and the
// rewritten values that are ambiguous.
func (a *applier) used() (entries map[int]bool, ambiguous map[string]bool) {
	entries, ambiguous = map[int]bool{}, map[string]bool{}
	if a.aws != nil {
		entries, ambiguous = a.aws.used()
	}
	for t := range a.tracer.Traces() {
		for _, rule := range t.Rules {
			entries[rule.Entry] = true
		}
		for _, v := range t.Ambiguous {
			ambiguous[v] = true
		}
	}
	return entries, ambiguous
}

func (a *applier) role(raw *inventory.FlatRole) Role {
	out := Role{Raw: raw, Policies: make([]Policy, len(raw.Policies))}
	out.Name, _ = a.text(FieldRoleName, raw.Name)
	out.Key = policy.Fold(out.Name)
	if k := a.rewriter.Rules().Known; k != nil {
		out.Reason = k.Reasons[raw.Name]
	}
	out.Path, _ = a.text(FieldPath, raw.Path)
	out.Attributes = a.attributes(raw.Role)
	for i := range raw.Policies {
		p := &raw.Policies[i]
		name, arn := a.policyTexts(raw.Name, p.Type, p.Name, p.ARN)
		out.Policies[i] = Policy{Name: name, Type: p.Type, ARN: arn, Raw: p, Table: a.tableOf(p)}
	}
	slices.SortStableFunc(out.Policies, func(x, y Policy) int {
		return cmp.Or(cmp.Compare(x.Type, y.Type), cmp.Compare(x.Name, y.Name), cmp.Compare(x.ARN, y.ARN))
	})
	return out
}
