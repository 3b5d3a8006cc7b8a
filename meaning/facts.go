package meaning

import (
	"slices"
	"strings"
	"sync"

	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// facts are condition keys of which requests that a role makes, or that ask for it, have a
// known value: an absent key has none (IAM User Guide, "AWS global condition context keys").
type facts struct {
	context map[string][]string
	// tags is the prefix of the keys for tags, all of which are in context if they are there,
	// "" where they are not known.
	tags string
	// absent are further keys that no request has.
	absent []string
}

// asking returns what is known of requests that a role makes. Of its tags a session may
// have others: those are not counted.
func asking(r *inventory.Role, b *Bounds) *facts {
	arn, _ := policy.ParseARN(r.ARN)
	f := &facts{context: map[string][]string{
		"aws:principalarn": {r.ARN}, "aws:principalaccount": {arn.Account}, "aws:principaltype": {"AssumedRole"},
		"aws:principalisawsservice": {"false"},
	}, absent: []string{"aws:username", "aws:principalservicename", "aws:principalservicenameslist"}}
	f.add(r, b, "aws:principal")
	return f
}

// asked returns what is known of requests to assume a role.
func asked(r *inventory.Role, b *Bounds) *facts {
	arn, _ := policy.ParseARN(r.ARN)
	f := &facts{context: map[string][]string{"aws:resourceaccount": {arn.Account}}}
	f.add(r, b, "aws:resource")
	return f
}

func (f *facts) add(r *inventory.Role, b *Bounds, prefix string) {
	if b.Organization != "" {
		f.context[prefix+"orgid"] = []string{b.Organization}
	}
	if b.Path != "" {
		f.context[prefix+"orgpaths"] = []string{b.Path}
	}
	f.tags = prefix + "tag/"
	for _, t := range r.Tags {
		f.context[f.tags+policy.Fold(t.Key)] = []string{t.Value}
	}
}

// known reports whether the value of a key is known, or that there is none.
func (f *facts) known(key string) bool {
	key = policy.Fold(key)
	_, has := f.context[key]
	return has || slices.Contains(f.absent, key) || f.tags != "" && strings.HasPrefix(key, f.tags)
}

// holds reports whether a condition holds; known is false where that depends on more than
// what is known.
func (f *facts) holds(c *policy.Condition) (holds, known bool) {
	if !f.known(c.Key) || slices.ContainsFunc(c.Values, func(v string) bool { return strings.Contains(v, "${") }) {
		return false, false
	}
	one := &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{
		Effect: "Allow", Action: []string{"*"}, Resource: []string{"*"}, Condition: []policy.Condition{*c},
	}}}
	p := eval.Permissions{Identity: []*policy.Document{one}}
	d := p.Decide(&eval.Request{Action: "sts:GetCallerIdentity", Resource: "*", Context: f.context})
	return d.Outcome == eval.Allowed, d.Outcome == eval.Allowed || d.Outcome == eval.NotAllowed
}

// resolved returns a document without the conditions of which it is known that they hold.
// Statements with one that does not hold stay where they are and apply to nothing.
func (d *document) resolved(f *facts) *document {
	if d.problem != "" {
		return d
	}
	out := *d
	for i := range d.own.Statements {
		for k := range d.own.Statements[i].Condition {
			c := &d.own.Statements[i].Condition[k]
			holds, known := f.holds(c)
			if !known {
				continue
			}
			if out.own == d.own {
				own, tokens := copied(d.own), copied(d.tokens)
				out.own, out.tokens = own, tokens
			}
			for _, to := range []*policy.Document{out.own, out.tokens} {
				s := &to.Statements[i]
				if !holds {
					nothing(s)
				}
				s.Condition = slices.DeleteFunc(slices.Clone(s.Condition), func(x policy.Condition) bool {
					return x.Operator == c.Operator && policy.CompareFold(x.Key, c.Key) == 0
				})
			}
		}
	}
	if out.own != d.own {
		out.printed = sync.OnceValue(out.print)
	}
	return &out
}

func copied(d *policy.Document) *policy.Document {
	out := *d
	out.Statements = slices.Clone(d.Statements)
	return &out
}

// nothing makes a statement apply to nothing.
func nothing(s *policy.Statement) {
	s.Action, s.NotAction = nil, []string{"*"}
}

// resolvedAll returns documents as resolved does.
func resolvedAll(list []*document, f *facts) []*document {
	if list == nil {
		return nil
	}
	out := make([]*document, len(list))
	for i, d := range list {
		out[i] = d.resolved(f)
	}
	return out
}

// Bounds is what the control policies of an organisation leave to an account.
type Bounds struct {
	// Organization is its id, and Path the way to the account as aws:PrincipalOrgPaths has
	// it, "" where that is not known.
	Organization, Path string
	Service, Resource  inventory.Bounds
	// Callers returns what bounds another account, nil for one that no organisation has, and
	// may be nil itself.
	Callers func(account string) *Bounds
	// Members returns the accounts of an organisation with an id, none for one that was not
	// read, and may be nil itself.
	Members func(organization string) []string
}
