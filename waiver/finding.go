package waiver

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/jsontree"
	"iamctl/internal/nearest"
	"iamctl/policy"
)

// Found is a finding of an audit, as waivers and rules see it.
type Found struct {
	Fingerprint string
	// Rule is the id of the audit's rule.
	Rule string
	// Entity is the name of what it is about, and Account the account's id, or its tag
	// where that is not known.
	Entity, Account string
}

// OfAudit reports whether the waiver is for a finding of audits.
func (w *Waiver) OfAudit() bool { return w.Rule != "" }

// OfAudit reports whether the rule is for findings of audits.
func (r *Rule) OfAudit() bool {
	return len(r.Rules) > 0 || r.Entity != "" || r.Account != "" && r.Role+r.Path == "" && len(r.Kinds) == 0
}

// ForAudit returns the entries that are for an audit of accounts by rules, given by their
// ids. What is for others has no say in it, and is not missed there either.
func (f *File) ForAudit(accounts, rules []string) *File {
	out := &File{}
	if f == nil {
		return out
	}
	out.Schema, out.Comment = f.Schema, f.Comment
	of := func(account string) bool { return account == "" || slices.Contains(accounts, account) }
	asked := func(id string) bool {
		return slices.ContainsFunc(rules, func(r string) bool { return strings.EqualFold(r, id) })
	}
	for _, w := range f.Waivers {
		if w.OfAudit() && of(w.Account) && asked(w.Rule) {
			out.Waivers = append(out.Waivers, w)
		}
	}
	for _, r := range f.Ignore {
		if r.OfAudit() && of(r.Account) && (len(r.Rules) == 0 || slices.ContainsFunc(r.Rules, asked)) {
			out.Ignore = append(out.Ignore, r)
		}
	}
	return out
}

// Finding returns the entry that accepts a finding of an audit, as Drift does that of a
// drift. A rule matches a finding if it names the finding's rule, or none, and its
// patterns match the name of the entity, without regard to letter case.
func (j *Judge) Finding(f *Found) (index int, ok bool) {
	a := j.accept(f.Fingerprint)
	for i := range j.file.Ignore {
		if j.file.Ignore[i].matches(f) {
			a.by(len(j.file.Waivers)+i, j.file.Ignore[i].Expires)
		}
	}
	return a.index, a.index >= 0
}

func (r *Rule) matches(f *Found) bool {
	return (len(r.Rules) == 0 || slices.ContainsFunc(r.Rules, func(id string) bool { return strings.EqualFold(id, f.Rule) })) &&
		(r.Entity == "" || policy.Match(policy.Fold(r.Entity), policy.Fold(f.Entity))) &&
		(r.Account == "" || r.Account == f.Account)
}

// finding checks what a waiver of a finding has.
func (c *checker) finding(w *Waiver, of string) {
	if c.present("rule") || w.OfAudit() {
		if blank(w.Rule) {
			c.fail("rule", `%s has an empty "rule": name the rule of the audit that it is for, such as "IAM-057"`, of)
		} else {
			c.known(w.Rule)
		}
		if c.present("account") && w.Account == "" {
			c.fail("account", `%s has an empty "account": leave it out for any`, of)
		}
		if w.Role != "" || w.Drift != "" || w.Comparison != (Comparison{}) || w.Meaning != nil || c.any("role", "drift", "comparison", "meaning") {
			c.fail("rule", `%s has a "rule", and is for a finding of audits: leave out "role", "drift", "comparison" and "meaning", or "rule"`, of)
		}
		return
	}
	if w.Entity+w.Finding != "" || c.any("entity", "finding") {
		c.fail("", `%s has "entity" or "finding" and no "rule": name the rule of the audit that it is for, such as "IAM-057"`, of)
		return
	}
	c.outlier(w, of)
}

// found checks what a rule for findings has.
func (c *checker) found(r *Rule, of string) {
	c.empty("entity", r.Entity)
	c.empty("account", r.Account)
	if r.Role+r.Path != "" || len(r.Kinds) > 0 || r.Comparison != (Comparison{}) || c.any("role", "path", "kind", "comparison") {
		c.fail("", `%s is for findings of audits ("rule", "entity", "account"): leave those out, or "role", "path", "kind" and "comparison"`, of)
	}
	if len(r.Rules) == 0 && c.present("rule") {
		c.fail("rule", `the list of rules is empty and could match nothing: leave "rule" out for findings of every rule`)
	}
	if len(r.Rules) == 0 && (r.Entity == "" || everyName(r.Entity)) {
		c.fail("entity", `%s accepts every finding, and none would be left to report: name the "rule" or the "entity" that it is for`, of)
	}
	for i, id := range r.Rules {
		switch {
		case blank(id):
			c.fail("rule", `a "rule" is empty: name one that 'iamctl audit --list' has`)
		case slices.Contains(r.Rules[:i], id):
			c.fail("rule", "the rule %q is there twice: leave one out", jsontree.Cut(id))
		default:
			c.known(id)
		}
	}
}

// known checks the id of a rule of audits, in which letter case does not matter.
func (c *checker) known(id string) {
	if len(c.ids) == 0 || slices.ContainsFunc(c.ids, func(k string) bool { return strings.EqualFold(k, id) }) {
		return
	}
	hint := "'iamctl audit --list' has them"
	if near := nearest.Name(id, c.ids); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	c.fail("rule", "audits have no rule %q: %s", jsontree.Cut(id), hint)
}

// any reports whether the entry is in a file and has one of the members.
func (c *checker) any(members ...string) bool { return slices.ContainsFunc(members, c.present) }
