package report

import (
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
)

// The parts of a Run, made from Changes.

// headOf makes all of a Run that comes before its roles.
func headOf(c *diff.Changes, meta Meta, m *Marks, t *tally) *Run {
	r := &Run{
		Format: jsonFormat, Version: jsonVersion,
		Meta: RunMeta{
			Iamctl: meta.Version, Time: meta.Time, Dictionary: meta.Dictionary, DictionarySHA256: meta.DictionarySHA256,
			Reference: meta.Reference,
		},
		Accounts: Sides[RunAccount]{runAccount(c.A), runAccount(c.B)},
		Drift:    t.drift(), Incomplete: c.Incomplete(), Counts: countsOf(c, m, t),
		OutOfScope: outOfScope, Notes: c.Notes,
	}
	for _, k := range c.Ignored {
		r.Ignored = append(r.Ignored, string(k))
	}
	for _, g := range c.Gaps {
		r.Gaps = append(r.Gaps, runGap(g))
	}
	if m != nil {
		r.Meta.Waivers, r.Meta.WaiversSHA256, r.Meta.Since = m.File, m.SHA256, m.Since
		r.Waivers, r.Fixed = m.Waivers, m.Fixed
	}
	return r
}

// countsOf gives the figures by their members in diff.json. Those on waivers
// and on what is new are there only where something is known of them.
func countsOf(c *diff.Changes, m *Marks, t *tally) map[string]Sides[int] {
	counts := map[string]Sides[int]{}
	n := c.Counts()
	for _, f := range metrics {
		v := f.of(&n)
		counts[f.member] = Sides[int]{v[0], v[1]}
	}
	if m.waives() {
		counts[countWaived] = Sides[int]{t.waived[0], t.waived[1]}
	}
	if m.heldAgainst() {
		fixed := fixedCount(m.Fixed)
		counts[countNew] = Sides[int]{t.fresh[0], t.fresh[1]}
		counts[countFixed] = Sides[int]{fixed[0], fixed[1]}
	}
	return counts
}

func runAccount(a *normalize.Account) RunAccount {
	r := RunAccount{Tag: a.Tag, Source: a.Source}
	if a.Flat != nil && a.Flat.Account != nil {
		r.ID, r.Partition, r.Alias = a.Flat.ID, a.Flat.Partition, a.Flat.Alias
	}
	return r
}

func runRole(r *normalize.Role) RunRole {
	return RunRole{
		RoleName: r.Name, Path: r.Path, OriginalRoleName: r.Raw.Name, OriginalPath: r.Raw.Path,
		ARN: r.Raw.ARN, RoleID: r.Raw.ID, ServiceLinked: r.Raw.ServiceLinked(),
	}
}

// runPairHead is a pair without its items and documents.
func runPairHead(c *diff.Changes, p *diff.Pair, m *Marks) RunPair {
	r := RunPair{RoleName: p.Name, Reason: p.Reason, Differs: p.Differs(), A: runRole(p.A), B: runRole(p.B)}
	for i := range p.Attributes {
		a := runAttribute(c, p, &p.Attributes[i])
		a.RunMark = m.of(a.Fingerprint)
		r.Attributes = append(r.Attributes, a)
	}
	for _, g := range p.Blind {
		r.Blind = append(r.Blind, runGap(g))
	}
	return r
}

func runAttribute(c *diff.Changes, p *diff.Pair, a *diff.AttributeChange) RunAttribute {
	return RunAttribute{
		Kind: string(a.Kind), Key: a.Key, A: runValue(a.A), B: runValue(a.B), Fingerprint: attributeFingerprint(c, p, a),
	}
}

func runValue(v diff.AttributeValue) RunValue {
	return RunValue{Has: v.Has, Value: v.Value, OriginalKey: v.RawKey, OriginalValue: v.Raw, Names: runNames(v.Names)}
}

func runNames(names []normalize.Named) []RunName {
	var out []RunName
	for _, n := range names {
		out = append(out, RunName{n.Value, n.Owner, n.Expected})
	}
	return out
}

// runUniqueHead is a role of one account alone without its items, marks and
// documents.
func runUniqueHead(r *normalize.Role) RunUnique {
	u := RunUnique{RunRole: runRole(r)}
	for _, a := range r.Attributes {
		u.Attributes = append(u.Attributes, RunOwnAttribute{string(a.Kind), a.Key, a.Value, a.RawKey, a.RawValue, a.Unknown})
	}
	return u
}

// spelledItem gives the columns of an item and the other account's values in
// it.
func spelledItem(c *diff.Changes, r *normalize.Role, side int, ref diff.Ref) (RunItemColumns, []RunName) {
	d := c.Difference(r, side, ref)
	it := &d.Item
	return RunItemColumns{
		PolicyName: it.PolicyName, PolicyType: it.PolicyType, Effect: it.Effect, Service: it.Service, Action: it.Action,
		ARN: it.ARN, Principal: it.Principal, PrincipalType: it.PrincipalType, Negated: it.Negated,
		Condition: it.Condition, Statement: it.Statement, Note: it.Note,
	}, runNames(d.Names)
}

func itemCount(r *normalize.Role) int {
	n := 0
	for i := range r.Policies {
		n += r.Policies[i].Items.Len()
	}
	return n
}

func runGap(g inventory.Gap) RunGap {
	return RunGap{
		Account: g.Account, Kind: string(g.Kind), Entity: string(g.Entity), Name: g.Name, PolicyType: string(g.Part), PolicyName: g.PolicyName,
		Blind: g.Blind, Reason: g.Reason, Raw: g.Raw,
	}
}
