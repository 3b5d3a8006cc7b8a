package result

import (
	"iter"
	"slices"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// New returns the result of a comparison. Its drift has no marks until Judge is
// called.
func New(c *diff.Changes, meta Meta) *Result {
	docs := newDocumentSet(c)
	r := fill(c, meta, docs)
	for _, text := range docs.texts {
		r.Documents = append(r.Documents, Document{text})
	}
	r.Judge(nil)
	return r
}

// Drifts yields the differences of a comparison, for callers that need no
// Result.
func Drifts(c *diff.Changes) iter.Seq[Drift] { return fill(c, Meta{}, nil).Drifts() }

// fill returns a Result without the texts of its documents and without what
// Judge sets; docs may be nil.
func fill(c *diff.Changes, meta Meta, docs *documentSet) *Result {
	r := &Result{
		Format: fileFormat, Version: fileVersion, Meta: meta,
		Accounts:   Sides[Account]{accountOf(c.A), accountOf(c.B)},
		Incomplete: c.Incomplete(), OutOfScope: outOfScope, Notes: c.Notes, Gaps: gapsOf(c.Gaps),
		Entries:  entriesOf(c),
		Rewrites: Sides[[]Rewrite]{rewritesOf(c.A), rewritesOf(c.B)},
		changes:  c,
	}
	for _, k := range c.Ignored {
		r.Ignored = append(r.Ignored, string(k))
	}
	for _, x := range c.Excluded {
		r.Excluded = append(r.Excluded, Excluded{string(x.Rule), x.Roles[0], x.Roles[1]})
	}
	for i := range c.Common {
		r.CommonRoles = append(r.CommonRoles, r.pairOf(&c.Common[i], docs))
	}
	for side := range 2 {
		*r.UniqueRoles.Of(side) = r.uniqueOf(side, docs)
	}
	for i := range c.AWSChanges {
		r.AWSChanges = append(r.AWSChanges, r.awsChangeOf(&c.AWSChanges[i]))
	}
	return r
}

// outOfScope names what may allow or deny besides the policies that are
// compared.
var outOfScope = []string{
	"service control policies (SCPs)",
	"resource control policies (RCPs)",
	"session policies",
	"resource policies",
}

// WithinControlPolicies says that control policies were counted.
func (r *Result) WithinControlPolicies() {
	r.OutOfScope = append([]string{
		"SCPs of accounts that a trust policy lets in without naming them", "RCPs for other resources than the roles",
	}, outOfScope[2:]...)
}

func accountOf(a *normalize.Account) Account {
	out := Account{Tag: a.Tag, Source: a.Source}
	if a.Flat != nil && a.Flat.Account != nil {
		out.ID, out.Partition, out.Alias = a.Flat.ID, a.Flat.Partition, a.Flat.Alias
		out.Caller, out.Commit = a.Flat.Caller, a.Flat.Commit
	}
	return out
}

func gapsOf(gaps []inventory.Gap) []Gap {
	var out []Gap
	for _, g := range gaps {
		out = append(out, GapOf(g))
	}
	return out
}

// GapOf returns a gap as a result has it.
func GapOf(g inventory.Gap) Gap {
	return Gap{
		Account: g.Account, Kind: string(g.Kind), Entity: string(g.Entity), Name: g.Name, PolicyType: string(g.Part), PolicyName: g.PolicyName,
		Blind: g.Blind, Reason: g.Reason, Raw: g.Raw,
	}
}

func rewritesOf(a *normalize.Account) []Rewrite {
	out := make([]Rewrite, len(a.Rewrites))
	for i, w := range a.Rewrites {
		out[i] = Rewrite{string(w.Field), w.Before, w.After}
	}
	return out
}

// RoleOf returns a role as a result has it.
func RoleOf(r *normalize.Role) Role {
	return Role{
		RoleName: r.Name, Path: r.Path, OriginalRoleName: r.Raw.Name, OriginalPath: r.Raw.Path,
		ARN: r.Raw.ARN, RoleID: r.Raw.ID, ServiceLinked: r.Raw.ServiceLinked(),
	}
}

func (r *Result) pairOf(p *diff.Pair, docs *documentSet) Pair {
	out := Pair{
		RoleName: p.Name, Reason: p.Reason, Differs: p.Differs(), A: RoleOf(p.A), B: RoleOf(p.B), Blind: gapsOf(p.Blind),
		OnlyA:       Items{&lazyItems{result: r, role: p.A, side: 0, refs: p.OnlyA}},
		OnlyB:       Items{&lazyItems{result: r, role: p.B, side: 1, refs: p.OnlyB}},
		ImpossibleA: r.impossibleOf(p, 0), ImpossibleB: r.impossibleOf(p, 1),
		Masked: MaskedItems{refs: p.Masked, pairs: p.MaskedPairs, result: r, pair: p}, MaskedAttributes: maskedAttributes(p.MaskedTexts), Documents: docs.pair(p),
	}
	for i := range p.Attributes {
		out.Attributes = append(out.Attributes, attributeOf(r.changes, p, &p.Attributes[i]))
	}
	return out
}

func attributeOf(c *diff.Changes, p *diff.Pair, a *diff.AttributeChange) Attribute {
	return Attribute{
		Kind: string(a.Kind), Key: a.Key, A: valueOf(a.A), B: valueOf(a.B), Fingerprint: attributeFingerprint(c, p, a),
	}
}

func valueOf(v diff.AttributeValue) Value {
	return Value{Has: v.Has, Value: v.Value, OriginalKey: v.RawKey, OriginalValue: v.Raw, Names: namesOf(v.Names)}
}

func (r *Result) uniqueOf(side int, docs *documentSet) []Unique {
	digests := newRoleDigests(r.changes, side)
	roles := r.changes.Only(side)
	out := make([]Unique, 0, len(roles))
	for _, role := range roles {
		u := Unique{
			Role: RoleOf(role), Items: Items{&lazyItems{result: r, role: role, side: side, unique: true}},
			Impossible: r.impossibleAlone(side, role), Fingerprint: digests.fingerprint(role), Documents: docs.unique(side, role),
		}
		for _, a := range role.Attributes {
			u.Attributes = append(u.Attributes, OwnAttribute{string(a.Kind), a.Key, a.Value, a.RawKey, a.RawValue, a.Unknown})
		}
		out = append(out, u)
	}
	return slices.Clip(out)
}
