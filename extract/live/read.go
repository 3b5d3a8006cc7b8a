package live

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"iamctl/extract/connect"
	"iamctl/inventory"
	"iamctl/policy"
)

// read fills the account. The three lists are read side by side; that one of
// them is denied stops none of the others.
func (s *session) read(ctx context.Context, account *inventory.Account) error {
	var g *gathered
	var l *listing
	var noDetails, noList, noAlias error
	group, within := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		g, err = s.readDetails(within, s.iam)
		return unless(connect.Denied, err, &noDetails)
	})
	group.Go(func() (err error) {
		l, err = s.listRoles(within, s.iam)
		return unless(connect.Denied, err, &noList)
	})
	group.Go(func() (err error) {
		account.Alias, err = s.alias(within)
		return unless(connect.Denied, err, &noAlias)
	})
	if err := group.Wait(); err != nil {
		return err
	}
	if noAlias != nil {
		account.Notes = append(account.Notes, "the account's alias is not known: "+connect.Because(noAlias))
	}
	g, err := s.reconcile(ctx, g, l, noDetails, noList)
	if err != nil {
		return err
	}
	if err := s.completePolicies(ctx, g); err != nil {
		return err
	}
	g.fill(account)
	return s.sameAccount(account)
}

// sameAccount returns an error if a role is of another account than the caller:
// the two services were asked at different places.
func (s *session) sameAccount(a *inventory.Account) error {
	for i := range a.Roles {
		if id := connect.AccountOf(a.Roles[i].ARN); policy.IsAccountID(id) && id != a.ID {
			return &connect.Error{
				Profile: s.ProfileName(),
				Reason:  fmt.Sprintf("sts:GetCallerIdentity says that this is account %s, but the role %s is of account %s", a.ID, a.Roles[i].Name, id),
				Next:    "check endpoint_url of the profile, for each service",
			}
		}
	}
	return nil
}

// unless keeps an error of the kind aside and returns every other.
func unless(kind func(error) bool, err error, aside *error) error {
	if err != nil && kind(err) {
		*aside = err
		return nil
	}
	return err
}

// reconcile makes one of the two lists of roles, or does with one of them.
func (s *session) reconcile(ctx context.Context, g *gathered, l *listing, noDetails, noList error) (*gathered, error) {
	switch {
	case noDetails != nil && noList != nil:
		return nil, &connect.Error{
			Profile: s.ProfileName(), Call: "iam:GetAccountAuthorizationDetails and iam:ListRoles", Code: "AccessDenied",
			Reason: "both are denied, so the account cannot be read: " + connect.Because(noDetails), Next: "allow both in a policy of the caller",
		}
	case noDetails != nil:
		g, err := s.oneByOne(ctx, l)
		if err != nil {
			return nil, err
		}
		g.notes = append(g.notes, "read by IAM's single List and Get calls, which takes longer, because of "+connect.Because(noDetails))
		return g, nil
	case noList != nil:
		for _, part := range []inventory.Part{inventory.PartDescription, inventory.PartMaxSessionDuration} {
			g.gaps = append(g.gaps, gap(roleGap("", part), noList))
		}
		return g, nil
	}
	return g, s.join(ctx, g, l)
}

// fill moves what was gathered into the account.
func (g *gathered) fill(a *inventory.Account) {
	a.Gaps = append(a.Gaps, g.gaps...)
	a.Notes = append(a.Notes, g.notes...)
	a.Roles = values(a, g.roles)
	a.Users = values(a, g.users)
	a.Groups = values(a, g.groups)
	for _, e := range g.policies {
		a.Gaps = append(a.Gaps, e.gaps...)
		if !e.unknown {
			a.Policies = append(a.Policies, e.value)
		}
		if e.note != "" {
			a.Notes = append(a.Notes, e.note)
		}
	}
}

// values takes the entities out of their entries and adds their gaps.
func values[T any](a *inventory.Account, from map[string]entry[T]) []T {
	var all []T
	for _, e := range from {
		all = append(all, e.value)
		a.Gaps = append(a.Gaps, e.gaps...)
	}
	return all
}
