package normalize

import "iamctl/inventory"

// Documents finds the policy documents of an account's roles as they are in the
// account.
type Documents struct{ managed map[string]*inventory.Policy }

// NewDocuments returns the documents of an account.
func NewDocuments(a *Account) *Documents {
	d := &Documents{managed: map[string]*inventory.Policy{}}
	if a.Flat != nil && a.Flat.Account != nil {
		for i := range a.Flat.Policies {
			d.managed[a.Flat.Policies[i].ARN] = &a.Flat.Policies[i]
		}
	}
	return d
}

// Of returns the document of a role's policy, "" if the account does not have it.
func (d *Documents) Of(r *Role, p *Policy) inventory.Document {
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
	return d.Managed(p.Raw.ARN)
}

// File returns the file of the source that has the document of a role's policy, "" if there
// is none.
func (d *Documents) File(r *Role, p *Policy) string {
	if p.Type == inventory.Trust || p.Type == inventory.Inline {
		return r.Raw.File
	}
	if m := d.managed[p.Raw.ARN]; m != nil {
		return m.File
	}
	return ""
}

// Managed returns the document of a managed policy, "" if the account does not have it.
func (d *Documents) Managed(arn string) inventory.Document {
	if p := d.managed[arn]; p != nil {
		return p.Document
	}
	return ""
}
