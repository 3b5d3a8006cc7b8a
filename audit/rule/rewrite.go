package rule

import "iamctl/policy"

// Rewrite is a change of a policy, statement by statement: it returns what is to be in the
// place of the one at a place of the document as it was, from 0; nil for nothing. A second
// time it changes no more, so that findings may share one.
type Rewrite func(at int, s policy.Statement) []policy.Statement

// Rewritten returns a document with changes, one after the other; "" if no statement is left.
func Rewritten(d *policy.Document, changes ...Rewrite) string {
	out := *d
	out.Statements = nil
	for at, s := range d.Statements {
		list := []policy.Statement{s}
		for _, change := range changes {
			var next []policy.Statement
			for _, s := range list {
				next = append(next, change(at, s)...)
			}
			list = next
		}
		out.Statements = append(out.Statements, list...)
	}
	if len(out.Statements) == 0 {
		return ""
	}
	return out.String()
}

// Rewriting sets the fix of a finding about a role's trust policy: the command that puts
// the policy with a change in its place, or one with a placeholder for nil.
func (f *Finding) Rewriting(change Rewrite) {
	f.Change = change
	document := ""
	if change != nil {
		document = Rewritten(f.Policy.Document, change)
	}
	f.Trust(document)
}
