package account

import (
	"cmp"
	"slices"

	"iamctl/inventory"
	"iamctl/policy"
)

// New returns the account with its documents parsed, each distinct text once. Of gaps it
// says more than the inventory does where a document is none.
func New(a *inventory.Account, tag string) *Account {
	out := &Account{
		Account: a, Tag: tag, Gaps: slices.Clone(a.Gaps),
		holders: map[key]*Holder{}, policies: map[string]*inventory.Policy{}, parsed: map[inventory.Document]*parsed{},
	}
	for i := range a.Policies {
		out.policies[a.Policies[i].ARN] = &a.Policies[i]
	}
	for i := range a.Roles {
		out.role(&a.Roles[i])
	}
	groups := map[string]*inventory.Group{}
	for i := range a.Groups {
		groups[a.Groups[i].Name] = &a.Groups[i]
	}
	for i := range a.Users {
		out.user(&a.Users[i], groups)
	}
	for i := range a.Groups {
		g := &a.Groups[i]
		h := out.add(&Holder{Kind: inventory.EntityGroup, Name: g.Name, ID: g.ID, ARN: g.ARN, Path: g.Path})
		h.Policies = out.policiesOf(h, "", g.Inline, g.Attached)
	}
	out.unheld()
	slices.SortFunc(out.Gaps, inventory.Gap.Compare)
	out.Gaps = slices.Compact(out.Gaps)
	return out
}

func (a *Account) add(h *Holder) *Holder {
	a.Holders = append(a.Holders, h)
	a.holders[key{h.Kind, policy.Fold(h.Name)}] = h
	return h
}

func (a *Account) role(r *inventory.Role) {
	h := a.add(&Holder{Kind: inventory.EntityRole, Name: r.Name, ID: r.ID, ARN: r.ARN, Path: r.Path, Tags: r.Tags})
	h.Policies = a.policiesOf(h, "", r.Inline, r.Attached)
	h.Boundary = a.boundary(h, r.Boundary)
	h.tagless = a.untagged(h)
	h.NoProfile = r.InstanceProfiles != nil && len(r.InstanceProfiles) == 0 && !slices.ContainsFunc(a.Gaps, func(g inventory.Gap) bool {
		return g.Part == inventory.PartInstanceProfile && (g.Name == "" || g.Name == r.Name)
	})
	h.Trust = &Policy{Type: inventory.Trust, Document: a.document(h, inventory.PartTrust, "", r.Trust)}
}

func (a *Account) user(u *inventory.User, groups map[string]*inventory.Group) {
	h := a.add(&Holder{Kind: inventory.EntityUser, Name: u.Name, ID: u.ID, ARN: u.ARN, Path: u.Path, Tags: u.Tags, Groups: u.Groups})
	h.Policies = a.policiesOf(h, "", u.Inline, u.Attached)
	h.Boundary = a.boundary(h, u.Boundary)
	h.tagless = a.untagged(h)
	for _, name := range u.Groups {
		if g := groups[name]; g != nil {
			h.Policies = append(h.Policies, a.policiesOf(h, name, g.Inline, g.Attached)...)
		}
	}
}

// untagged reports whether the source says that it could not read the tags of a holder.
func (a *Account) untagged(h *Holder) bool {
	return slices.ContainsFunc(a.Gaps, func(g inventory.Gap) bool {
		return g.Blind && (g.Entity == "" || g.Entity == h.Kind) && (g.Name == "" || g.Name == h.Name) && (g.Part == "" || g.Part == inventory.PartTag)
	})
}

func (a *Account) policiesOf(h *Holder, group string, inline []inventory.InlinePolicy, attached []inventory.PolicyRef) []Policy {
	var out []Policy
	for _, p := range inline {
		out = append(out, Policy{Type: inventory.Inline, Name: p.Name, Group: group, Document: a.document(h, inventory.PartInline, p.Name, p.Document)})
	}
	for _, ref := range attached {
		out = append(out, *a.managed(h, inventory.Managed, group, ref))
	}
	return out
}

func (a *Account) boundary(h *Holder, ref *inventory.PolicyRef) *Policy {
	if ref == nil {
		return nil
	}
	return a.managed(h, inventory.Boundary, "", *ref)
}

// managed returns a managed policy as a holder has it. What is not in the account could
// not be read, of which there is a gap.
func (a *Account) managed(h *Holder, kind inventory.PolicyType, group string, ref inventory.PolicyRef) *Policy {
	out := &Policy{Type: kind, Name: ref.Name, ARN: ref.ARN, Group: group}
	p := a.policies[ref.ARN]
	if p == nil {
		a.gap(inventory.Gap{Kind: inventory.GapRead, Entity: h.Kind, Name: h.Name, Part: inventory.Part(kind), PolicyName: ref.Name, Blind: true, Reason: "the policy " + ref.ARN + " is not among those that were read"})
		return out
	}
	out.Name = cmp.Or(out.Name, p.Name)
	read := a.parse(p.Document)
	out.Document = read.document
	a.problem(inventory.Gap{Entity: inventory.EntityPolicy, Name: p.ARN}, read, p.Document)
	return out
}

func (a *Account) document(h *Holder, part inventory.Part, name string, text inventory.Document) *policy.Document {
	read := a.parse(text)
	a.problem(inventory.Gap{Entity: h.Kind, Name: h.Name, Part: part, PolicyName: name}, read, text)
	return read.document
}

// unheld adds the policies of the account's own that nobody has, as a boundary neither.
func (a *Account) unheld() {
	held := map[string]bool{}
	for _, h := range a.Holders {
		for i := range h.Policies {
			held[h.Policies[i].ARN] = true
		}
		if h.Boundary != nil {
			held[h.Boundary.ARN] = true
		}
	}
	for i := range a.Policies {
		if p := &a.Policies[i]; !held[p.ARN] && !inventory.AWSManaged(p.ARN) {
			h := a.add(&Holder{Kind: inventory.EntityPolicy, Name: p.ARN, ID: p.ID, ARN: p.ARN, Path: p.Path, Tags: p.Tags})
			h.Policies = []Policy{*a.managed(h, inventory.Managed, "", inventory.PolicyRef{Name: p.Name, ARN: p.ARN})}
		}
	}
}

// parsed is a document of a text, nil if it is none.
type parsed struct {
	document *policy.Document
	problem  string
	// odd are the parts of the document that no rule can be asked about.
	odd []policy.Problem
}

func (a *Account) parse(text inventory.Document) *parsed {
	if p := a.parsed[text]; p != nil {
		return p
	}
	p := &parsed{}
	if text == "" {
		p.problem = "the document could not be read"
	} else if d, problems, err := policy.Parse(string(text)); err != nil {
		p.problem = err.Error()
	} else {
		p.document = d
		p.odd = slices.DeleteFunc(problems, func(o policy.Problem) bool { return o.Minor })
	}
	a.parsed[text] = p
	return p
}

// problem adds the gap of a document that is none, unless the source has told of it.
func (a *Account) problem(g inventory.Gap, p *parsed, text inventory.Document) {
	if p.document == nil {
		g.Kind, g.Raw, g.Reason, g.Blind = inventory.GapParse, string(text), p.problem, true
		if text == "" {
			g.Kind = inventory.GapRead
		}
		a.gap(g)
		return
	}
	var list []inventory.Gap
	for _, o := range p.odd {
		g.Kind, g.Reason = inventory.GapParse, o.String()
		list = append(list, g)
	}
	a.gap(list...)
}

// gap adds gaps of one document, unless one of it is known.
func (a *Account) gap(list ...inventory.Gap) {
	for i := range list {
		g := &list[i]
		g.Account = a.Tag
		known := func(o inventory.Gap) bool {
			return o.Entity == g.Entity && (o.Name == "" || o.Name == g.Name) && (o.Part == "" || o.Part == g.Part) && (o.PolicyName == "" || o.PolicyName == g.PolicyName)
		}
		if i == 0 && slices.ContainsFunc(a.Gaps, known) {
			return
		}
	}
	a.Gaps = append(a.Gaps, list...)
}
