package fakeiam

import (
	"iamctl/inventory"
)

// tags writes a tag list.
func (q *query) tags(tags []inventory.Tag) {
	list(q.out, "Tags", tags, func(t inventory.Tag) {
		q.out.text("Key", t.Key)
		q.out.text("Value", t.Value)
	})
}

// boundary writes the permissions boundary. Its type reads Policy in some of
// AWS's answers and PermissionsBoundaryPolicy in others; clients must not care.
func (q *query) boundary(b *inventory.PolicyRef) {
	if b == nil {
		return
	}
	q.out.in("PermissionsBoundary", func() {
		q.out.text("PermissionsBoundaryType", "Policy")
		q.out.text("PermissionsBoundaryArn", b.ARN)
	})
}

// attached writes a list of attached managed policies.
func (q *query) attached(name string, refs []inventory.PolicyRef) {
	list(q.out, name, refs, func(p inventory.PolicyRef) {
		q.out.text("PolicyName", p.Name)
		q.out.text("PolicyArn", p.ARN)
	})
}

func (q *query) attachedPage(page []inventory.PolicyRef) { q.attached("AttachedPolicies", page) }

// inlineDetails writes inline policies with their documents.
func (q *query) inlineDetails(name string, policies []inventory.InlinePolicy) {
	list(q.out, name, policies, func(p inventory.InlinePolicy) {
		q.out.text("PolicyName", p.Name)
		q.out.text("PolicyDocument", q.encode(p.Document))
	})
}

// inlineNames writes the names of inline policies.
func (q *query) inlineNames(page []inventory.InlinePolicy) {
	var names []string
	for _, p := range page {
		names = append(names, p.Name)
	}
	q.out.names("PolicyNames", names)
}

// inlinePolicy writes the one inline policy that the call names.
func (q *query) inlinePolicy(owner, name string, policies []inventory.InlinePolicy) *apiError {
	wanted := q.form.Get("PolicyName")
	for _, p := range policies {
		if p.Name == wanted {
			q.out.text(owner, name)
			q.out.text("PolicyName", p.Name)
			q.out.text("PolicyDocument", q.encode(p.Document))
			return nil
		}
	}
	return noSuchEntity("policy", wanted)
}
