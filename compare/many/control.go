package many

import (
	"context"
	"slices"
	"sync"

	"iamctl/compare"
	"iamctl/equivalency"
	"iamctl/extract"
	"iamctl/inventory"
	"iamctl/meaning"
	"iamctl/normalize"
)

// findOrganizations reads the organisations of the accounts, where control policies are counted
// and that was not done already.
func (o *Options) findOrganizations(ctx context.Context, sides []compare.Side) (err error) {
	if o.Effective != nil && o.organizations == nil {
		o.organizations, err = o.Effective.Read(ctx, o.Reader, sides)
	}
	return err
}

// controls numbers what bounds roles: those of one number and one form are left the same. It is
// safe for concurrent use.
type controls struct {
	texts meaning.Texts

	mu      sync.Mutex
	numbers map[string]uint32
	// unknown are numbers of which it is not known what bounds the roles.
	unknown map[uint32]bool
}

func (c *controls) number(print string, known bool) uint32 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.numbers == nil {
		c.numbers, c.unknown = map[string]uint32{}, map[uint32]bool{}
	}
	n, ok := c.numbers[print]
	if !ok {
		n = uint32(len(c.numbers) + 1)
		c.numbers[print], c.unknown[n] = n, !known
	}
	return n
}

// enclose finds what bounds an account, and returns a number for each of its roles.
func (m *run) enclose(a *member, rules *equivalency.Rules) []uint32 {
	out := make([]uint32, len(a.account.Roles))
	if m.organizations == nil {
		return out
	}
	a.bounds = unnamed(m.organizations.Bounds(a.identity.ID))
	gaps := compare.UnknownBounds("", a.bounds)
	for i := range gaps {
		gaps[i].Blind = true
	}
	m.gapsOf(a.side, gaps)
	chain := meaning.NewChain(a.bounds, &m.controls.texts, a.account.Partition, normalize.NewRewriter(rules))
	managed := map[string]inventory.Document{}
	for i := range a.account.Policies {
		managed[a.account.Policies[i].ARN] = a.account.Policies[i].Document
	}
	for i := range a.account.Roles {
		r := &a.account.Roles[i]
		print := chain.Print(r, identityDocuments(r, managed))
		if m.whole {
			print += a.side.Tag
		}
		out[i] = m.controls.number(print, len(gaps) == 0 || r.ServiceLinked())
	}
	return out
}

// identityDocuments returns the documents of what a role may do.
func identityDocuments(r *inventory.Role, managed map[string]inventory.Document) []inventory.Document {
	var out []inventory.Document
	for i := range r.Inline {
		out = append(out, r.Inline[i].Document)
	}
	for _, p := range r.Attached {
		out = append(out, managed[p.ARN])
	}
	if r.Boundary != nil {
		out = append(out, managed[r.Boundary.ARN])
	}
	return out
}

// encloseReference is enclose for the account that all are compared with: its values are rewritten as
// beside any other account.
func (m *run) encloseReference() ([]uint32, error) {
	rules, err := m.Dictionary.Rules(m.reference.identity, equivalency.Identity{})
	if err != nil {
		return nil, err
	}
	return m.enclose(m.reference, rules), nil
}

// unnamed returns bounds whose levels have no names: what is said of an account holds for
// others whose policies are attached elsewhere.
func unnamed(b *meaning.Bounds) *meaning.Bounds {
	for _, of := range []*inventory.Bounds{&b.Service, &b.Resource} {
		of.Levels = slices.Clone(of.Levels)
		for i := range of.Levels {
			of.Levels[i].ID, of.Levels[i].Name = "", ""
		}
	}
	return b
}

// bound notes what bounds a role in an account.
func (m *run) bound(key string, account int, control uint32) {
	if m.organizations == nil {
		return
	}
	if m.bounds[key] == nil {
		m.bounds[key] = make([]uint32, len(m.members))
	}
	m.bounds[key][account] = control
}

// within returns a judge of two accounts within what bounds them.
func (m *run) within(j *meaning.Judge, of two) *meaning.Judge {
	if m.organizations == nil {
		return j
	}
	j.Within([2]*meaning.Bounds{m.members[of.reference].bounds, m.members[of.other].bounds}, [2]string{m.calledReference(of), "this account"})
	return j
}

// sinceRevision notes that organisations are looked at as they are now.
func (o *Options) sinceRevision() []string {
	if o.organizations == nil || len(o.Since) < 4 || o.Since[:4] != "git:" {
		return nil
	}
	if _, err := extract.ParseSpec(o.Since); err == nil {
		return nil
	}
	return []string{"the control policies are those of now, for the earlier run too"}
}
