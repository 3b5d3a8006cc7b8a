package severity

import (
	"slices"

	"iamctl/policy"
	"iamctl/verdict"
)

// edit changes a statement, and reports whether it is kept.
type edit func(*policy.Statement) bool

// with returns permissions with their statements edited.
func with(p *verdict.Permissions, e edit) *verdict.Permissions {
	return &verdict.Permissions{Identity: editedAll(p.Identity, e), Boundary: editedAll(p.Boundary, e), Control: p.Control}
}

func editedAll(list []*policy.Document, e edit) []*policy.Document {
	if list == nil {
		return nil
	}
	out := make([]*policy.Document, len(list))
	for i, d := range list {
		out[i] = edited(d, e)
	}
	return out
}

// edited returns a document with its statements edited.
func edited(d *policy.Document, e edit) *policy.Document {
	if d == nil {
		return nil
	}
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if e(&s) {
			out.Statements = append(out.Statements, s)
		}
	}
	return &out
}

// unconditioned returns what leaves out the conditions on the keys, in lower case: those
// of an Allow, and a Deny that depends on one. nil is all keys.
func unconditioned(keys map[string]bool) edit {
	about := func(c policy.Condition) bool { return keys == nil || keys[policy.Fold(c.Key)] }
	return func(s *policy.Statement) bool {
		if s.Effect == "Deny" {
			return !slices.ContainsFunc(s.Condition, about)
		}
		s.Condition = slices.DeleteFunc(slices.Clone(s.Condition), about)
		return true
	}
}

// allowing leaves out what denies whatever the context is.
func allowing(s *policy.Statement) bool { return s.Effect != "Deny" || len(s.Condition) > 0 }

// limited returns permissions with denies added.
func limited(p *verdict.Permissions, denies ...policy.Statement) *verdict.Permissions {
	d := &policy.Document{Version: "2012-10-17", Statements: denies}
	return &verdict.Permissions{Identity: append(slices.Clip(p.Identity), d), Boundary: p.Boundary, Control: p.Control}
}

func allow(actions, resources []string) *policy.Document {
	return &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: actions, Resource: resources}}}
}
