package lake

import (
	"cmp"
	"encoding/hex"
	"iter"
	"slices"
	"time"

	"iamctl/internal/digest"
	"iamctl/inventory"
)

// Role is a row of the table roles.
type Role struct {
	AccountID    *string `parquet:"account_id,dict"`
	AccountTag   string  `parquet:"account_tag,dict"`
	AccountAlias *string `parquet:"account_alias,dict"`
	// AccountName and AccountPath are what the organisation, or the list of accounts, calls
	// the account, and the names of the units above it.
	AccountName  *string `parquet:"account_name,dict"`
	AccountPath  *string `parquet:"account_path,dict"`
	AWSPartition string  `parquet:"aws_partition,dict"`
	Source       string  `parquet:"source,dict"`
	RoleName     string  `parquet:"role_name"`
	RolePath     string  `parquet:"role_path,dict"`
	RoleID       *string `parquet:"role_id"`
	ARN          string  `parquet:"arn"`
	// ServiceLinked is true for a role of AWS's own services.
	ServiceLinked bool       `parquet:"service_linked"`
	Description   *string    `parquet:"description"`
	Created       *time.Time `parquet:"created,timestamp(millisecond)"`
	// MaxSessionSeconds is nil where the source does not carry it.
	MaxSessionSeconds *int32 `parquet:"max_session_seconds"`
	// LastUsedRead is true where the source says when the role was last used: then a null
	// in LastUsed is that it was not.
	LastUsedRead   bool       `parquet:"last_used_read"`
	LastUsed       *time.Time `parquet:"last_used,timestamp(millisecond)"`
	LastUsedRegion *string    `parquet:"last_used_region,dict"`
	BoundaryARN    *string    `parquet:"boundary_arn,dict"`
	TrustSHA256    *string    `parquet:"trust_sha256,dict"`
	// Tags, InstanceProfiles (ARNs) and Policies are nil where they were not read, and
	// empty where there are none.
	Tags             []Tag    `parquet:"tags,list,optional"`
	InstanceProfiles []string `parquet:"instance_profiles,list,optional"`
	// Policies are the role's, trust policy and boundary included, by type and name.
	Policies []Policy `parquet:"policies,list"`
	// PoliciesDigest changes with any of Policies.
	PoliciesDigest string `parquet:"policies_digest"`
	// Items is how many rows of the table items the role has.
	Items int64 `parquet:"items"`
	// Complete is true if everything of the role could be read, and Gaps is what not, and
	// what was not understood.
	Complete bool     `parquet:"complete"`
	Gaps     []string `parquet:"gaps,list"`
}

// Tag is a key and a value.
type Tag struct {
	Key   string `parquet:"key"`
	Value string `parquet:"value"`
}

// Policy is a policy of a role.
type Policy struct {
	Type string `parquet:"type"`
	// Name is nil for the trust policy, and ARN for what is embedded in the role.
	Name *string `parquet:"name"`
	ARN  *string `parquet:"arn"`
	// DocumentSHA256 is nil where the document was not read.
	DocumentSHA256 *string `parquet:"document_sha256"`
	// Flattened is true if the table items has what the document says.
	Flattened bool `parquet:"flattened"`
}

// RolesOf yields the roles of an account, by name.
func RolesOf(f *inventory.Flat, from Source) iter.Seq[Role] {
	return func(yield func(Role) bool) {
		t, missing := newTexts(f.Account), unreadOf(f)
		for i := range f.Roles {
			if !yield(roleOf(f, &f.Roles[i], from, t, missing)) {
				return
			}
		}
	}
}

func roleOf(f *inventory.Flat, r *inventory.FlatRole, from Source, t *texts, missing unread) Role {
	out := Role{
		AccountID: orNull(f.ID), AccountTag: text(from.Tag), AccountAlias: orNull(f.Alias), AccountName: orNull(from.Account), AccountPath: orNull(from.Path), AWSPartition: text(f.Partition), Source: text(from.Name),
		RoleName: text(r.Name), RolePath: text(r.Path), RoleID: orNull(r.ID), ARN: text(r.ARN), ServiceLinked: r.ServiceLinked(),
		Description: textOf(r.Description), Created: momentOf(r.Created), MaxSessionSeconds: r.MaxSessionDuration,
		TrustSHA256: shaOf(r.Trust), Policies: []Policy{}, Gaps: []string{}, Complete: true,
	}
	if u := r.LastUsed; u != nil {
		out.LastUsedRead, out.LastUsed, out.LastUsedRegion = true, momentOf(u.At), orNull(u.Region)
	}
	if r.Boundary != nil {
		out.BoundaryARN = orNull(r.Boundary.ARN)
	}
	if !missing.whole(r.Name, inventory.PartTag) {
		out.Tags = []Tag{}
		for _, tag := range r.Tags {
			out.Tags = append(out.Tags, Tag{text(tag.Key), text(tag.Value)})
		}
	}
	if r.InstanceProfiles != nil && !missing.whole(r.Name, inventory.PartInstanceProfile) {
		out.InstanceProfiles = []string{}
		for _, p := range r.InstanceProfiles {
			out.InstanceProfiles = append(out.InstanceProfiles, text(p.ARN))
		}
	}
	shas := t.of(r)
	for i := range r.Policies {
		p := &r.Policies[i]
		out.Items += int64(p.Items.Len())
		out.Policies = append(out.Policies, Policy{string(p.Type), orNull(p.Name), orNull(p.ARN), shas[i], !p.Blind})
	}
	out.PoliciesDigest = digestOf(out.Policies)
	for _, g := range f.Gaps {
		if concerns(&g, r) {
			out.Gaps = append(out.Gaps, text(reason(&g)))
			out.Complete = out.Complete && !g.Blind
		}
	}
	return out
}

// digestOf returns the digest of policies in hex.
func digestOf(policies []Policy) string {
	var values []string
	for _, p := range policies {
		values = append(values, p.Type)
		for _, s := range []*string{p.Name, p.ARN, p.DocumentSHA256} {
			if s == nil {
				values = append(values, "")
			} else {
				values = append(values, *s)
			}
		}
	}
	return hex.EncodeToString(digest.Append(nil, values...))
}

// concerns reports whether a gap is about a role, or a policy that it has.
func concerns(g *inventory.Gap, r *inventory.FlatRole) bool {
	switch g.Entity {
	case inventory.EntityAccount:
		return true
	case inventory.EntityRole:
		return g.Name == "" || g.Name == r.Name
	case inventory.EntityPolicy:
		return g.Name == "" || slices.ContainsFunc(r.Policies, func(p inventory.FlatPolicy) bool { return p.ARN == g.Name })
	}
	return false
}

func reason(g *inventory.Gap) string {
	what := cmp.Or(string(g.Part), string(g.Entity))
	if name := cmp.Or(g.PolicyName, g.Name); name != "" {
		what += " " + name
	}
	return what + ": " + g.Reason
}
