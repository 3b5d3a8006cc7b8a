package pairing

import (
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize/rewrite"
)

// Found is what two accounts have in common besides the dictionary.
type Found struct {
	// Known is for the rules of either account.
	Known [2]*equivalency.Known
	// Pairs are the names that differ and mean one entity, by kind and name.
	Pairs []Pair
	// Made are the roles of either account that a tool may have named, but for those that have
	// one name in both, in the order of the account's roles.
	Made [2][]Made
	// Unpaired are the names that may be one entity's, and were not paired.
	Unpaired []Unpaired
	// Notes are remarks for the reader: what paired and why, and what did not.
	Notes []string
}

// Pair is one entity's name in either account.
type Pair struct {
	Kind equivalency.EntityKind
	A, B string
	// Reason says by what they pair.
	Reason string
}

// Find finds the names and ids of two accounts that mean one entity. The rules are
// those of the dictionary, each account's for itself; they are not changed. told are the
// names of roles that are known to be one, as Join finds them, and that pair if they are
// equal without what a tool may have made up.
func Find(accounts [2]*inventory.Account, rules [2]*equivalency.Rules, told ...[2]string) *Found {
	f := &finder{accounts: accounts, told: told}
	for side, a := range accounts {
		f.rewriters[side] = rewrite.New(rules[side])
		f.known[side] = newKnown(a)
	}
	f.roles()
	f.entities("policies", equivalency.ManagedPolicy, policies)
	f.entities("SAML providers", equivalency.SAMLProvider, samlProviders)
	f.entities("instance profiles", equivalency.InstanceProfile, instanceProfiles)
	f.attached()
	f.noteRecreated()
	return &Found{Known: f.known, Pairs: f.pairs, Made: f.made, Unpaired: f.unpaired, Notes: f.notes.all()}
}

// Apply finds what Find does and adds it to the rules, which it changes.
func Apply(accounts [2]*inventory.Account, rules [2]*equivalency.Rules, told ...[2]string) *Found {
	found := Find(accounts, rules, told...)
	for side, r := range rules {
		r.Known = found.Known[side]
		r.Placeholders = append(r.Placeholders, equivalency.Random, equivalency.IDOf)
	}
	return found
}

// finder works on two accounts.
type finder struct {
	accounts  [2]*inventory.Account
	rewriters [2]*rewrite.Rewriter
	known     [2]*equivalency.Known
	// rolePairs are the indexes of the roles that are one, -1 for none.
	rolePairs [][2]int
	// exact is how many of rolePairs, the first ones, have equal names.
	exact int
	pairs []Pair
	// told are roles that are one, by their names, and made those that a tool may have named.
	told [][2]string
	made [2][]Made
	// unpaired are names that were not paired.
	unpaired []Unpaired
	forms    formCache
	// madeManaged are the managed policies of a side whose names may be made up.
	madeManaged [2]map[inventory.PolicyRef]bool
	notes       notes
}

// oneAccount reports whether both sides are one account.
func (f *finder) oneAccount() bool {
	return f.accounts[0].ID != "" && f.accounts[0].ID == f.accounts[1].ID
}

// roles pairs the roles.
func (f *finder) roles() {
	var lists [2][]entity
	for side, a := range f.accounts {
		for i := range a.Roles {
			r := &a.Roles[i]
			lists[side] = append(lists[side], f.entity(side, equivalency.RoleName, equivalency.Role, r.Name, r.Path))
		}
	}
	m := match(lists, f.told...)
	f.made = m.made
	f.exact = len(m.exact)
	f.rolePairs = append(f.rolePairs, m.exact...)
	for _, p := range m.pairs {
		f.rolePairs = append(f.rolePairs, [2]int{p.a, p.b})
	}
	for side, alone := range m.single {
		for _, i := range alone {
			p := [2]int{-1, -1}
			p[side] = i
			f.rolePairs = append(f.rolePairs, p)
		}
	}
	f.use("roles", equivalency.Role, lists, m)
}

// entities pairs the entities of another kind, which list returns of an account.
func (f *finder) entities(plural string, kind equivalency.EntityKind, list func(*inventory.Account) []named) {
	var lists [2][]entity
	for side, a := range f.accounts {
		for _, n := range list(a) {
			lists[side] = append(lists[side], f.entity(side, fieldOf(kind), kind, n.name, n.path))
		}
	}
	f.use(plural, kind, lists, match(lists))
}

// fieldOf returns the field whose rules hold for the names of a kind.
func fieldOf(kind equivalency.EntityKind) rewrite.Field {
	switch kind {
	case equivalency.Role:
		return equivalency.RoleName
	case equivalency.ManagedPolicy:
		return equivalency.PolicyName
	}
	return equivalency.ARN
}

// use adds what was matched to what is known, with notes.
func (f *finder) use(plural string, kind equivalency.EntityKind, lists [2][]entity, m *matched) {
	names := [2]map[string][]equivalency.Span{}
	for side := range names {
		names[side] = map[string][]equivalency.Span{}
		for i, parts := range m.parts[side] {
			names[side][lists[side][i].name] = parts
		}
		if len(names[side]) > 0 {
			f.known[side].Names[kind] = names[side]
		}
	}
	for _, p := range m.pairs {
		a, b := lists[0][p.a].name, lists[1][p.b].name
		f.notes.pair(plural, a, b, p.reason)
		f.pairs = append(f.pairs, Pair{kind, a, b, p.reason})
		if kind == equivalency.Role {
			f.known[0].Reasons[a], f.known[1].Reasons[b] = p.reason, p.reason
		}
	}
	left := unpaired(kind, plural, lists, m)
	f.unpaired = append(f.unpaired, left...)
	f.notes.left(left)
}
