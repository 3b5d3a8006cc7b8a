package many

import (
	"cmp"
	"context"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"iamctl/diff"
	"iamctl/fleet"
	"iamctl/meaning"
	"iamctl/normalize"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// asking is a form that is held against the reference.
type asking struct {
	key  string // of the role
	form *matrix.Form
}

// two are the accounts of which one has the reference and one another form.
type two struct {
	reference, other int
	// own reports of either whether what is its own is rewritten on both sides (own.go).
	own [2]bool
	// named reports that the reference's account is called by its name (called.go).
	named bool
}

// compare orders pairs.
func (a two) compare(b two) int {
	return cmp.Or(cmp.Compare(a.reference, b.reference), cmp.Compare(a.other, b.other))
}

// differences returns the roles with what is different of each form, once each: of a form that
// is bound by different control policies in several accounts, once for each of these.
func (m *run) differences(ctx context.Context) ([]matrix.Role, error) {
	keys := m.sortedKeys()
	roles, groups := make([]matrix.Role, len(keys)), make([][]fleet.Group, len(keys))
	work, forms, attached := map[two][]asking{}, 0, m.attached()
	for k, key := range keys {
		groups[k] = m.split(key, m.groups(key))
		roles[k] = matrix.Role{Name: m.names[key], Forms: make([]matrix.Form, len(groups[k]))}
		reference := m.referenceOf(key, groups[k][0])
		named := len(groups[k]) > 1 && m.isNamed(reference, groups[k][0].Accounts, attached)
		for i, g := range groups[k] {
			roles[k].Forms[i] = matrix.Form{Accounts: g.Accounts, Absent: g.Form == fleet.Absent}
			if i > 0 {
				accounts := m.asOwn(two{reference: reference, other: m.other(key, g), named: named}, key)
				accounts.own[0] = accounts.own[0] && m.agrees(key, g.Form)
				work[accounts] = append(work[accounts], asking{key, &roles[k].Forms[i]})
				forms++
			}
		}
	}
	m.room = min(statementsOfForm, statementsOfAll/max(1, forms))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for accounts, asked := range work {
		g.Go(func() error { return m.judge(ctx, accounts, asked) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for k := range roles {
		roles[k].Forms = gathered(roles[k].Forms, groups[k])
		otherwise(&roles[k], groups[k])
	}
	return roles, nil
}

// sortedKeys returns the keys of the roles, by their names.
func (m *run) sortedKeys() []string {
	return slices.SortedFunc(maps.Keys(m.forms), func(a, b string) int {
		return cmp.Or(cmp.Compare(policy.Fold(m.names[a]), policy.Fold(m.names[b])), cmp.Compare(a, b))
	})
}

// judge says what is different of roles of two accounts.
func (m *run) judge(ctx context.Context, accounts two, asked []asking) error {
	keys := make([]string, len(asked))
	for i, a := range asked {
		keys[i] = a.key
	}
	h, err := m.hold(ctx, accounts, keys)
	if err != nil {
		return err
	}
	c, wanted := h.changes, h.named(asked)
	j := m.within(meaning.NewJudge(c, m.Reference), accounts)
	if len(m.members) > 2 { // of two nobody knows which is right, as in a comparison of two
		j.Among(m.foreign(accounts))
	}
	j.General(func(role string) bool { f := wanted[policy.Fold(role)]; return f != nil && len(f.Accounts) > 1 })
	is := func(name string) bool { return wanted[policy.Fold(name)] != nil }
	m.effects(j, c, is)
	// What counts by meaning is known of each form, whatever the run counts by.
	r := result.New(c, result.Meta{By: result.ByMeaning})
	r.SetMeanings(
		func(p *diff.Pair) *meaning.Meaning {
			if !is(p.Name) || !j.Differs(p) {
				return nil
			}
			return j.Pair(p)
		},
		func(side int, role *normalize.Role) *meaning.Meaning {
			if !is(role.Name) {
				return nil
			}
			return j.Alone(side, role)
		},
		func(*diff.AWSChange) *meaning.Meaning { return nil },
	)
	fill(r, wanted)
	shows := shower{j, m.room, m.owned, accounts.other}
	shows.show(c, r, wanted)
	for _, f := range wanted {
		if f.Difference != nil && len(f.Difference.Names) > 0 {
			f.Difference.What = m.whose(f.Difference.Names) + "; " + f.Difference.What
		}
	}
	for _, a := range asked {
		if a.form.Difference == nil { // two names, and it is not known whether they are one role's
			a.form.Difference = &matrix.Difference{Kind: matrix.Differs, Severity: severity.Low, Verdict: verdict.Unknown, What: "could not be compared"}
		}
		a.form.Difference.Between = &[2]int{accounts.reference, accounts.other}
	}
	printDifferences(c, wanted)
	return ctx.Err()
}

// fill puts what is different into forms, by the role.
func fill(r *result.Result, wanted map[string]*matrix.Form) {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		if f := wanted[policy.Fold(p.RoleName)]; f != nil {
			f.Difference = pairDifference(r, p)
		}
	}
	for side, kind := range []string{matrix.Missing, matrix.Extra} {
		list := *r.UniqueRoles.Of(side)
		for i := range list {
			if f := wanted[policy.Fold(list[i].RoleName)]; f != nil {
				f.Difference = aloneDifference(kind, &list[i])
				f.Difference.Roles[side] = alone(&list[i].Role)
			}
		}
	}
}
