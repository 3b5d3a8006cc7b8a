package live

import (
	"context"
	"slices"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"golang.org/x/sync/errgroup"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// join adds to the roles what ListRoles alone has. Roles on which the two
// lists do not agree were created, deleted or both while the scan ran; each
// of them is looked at by itself, so that none is reported as removed that is
// there, nor compared by the policies of a role of the same name before it.
func (s *session) join(ctx context.Context, g *gathered, l *listing) error {
	var strays []string
	for key, r := range l.roles {
		e, ok := g.roles[key]
		if !ok || e.value.ID != r.ID || g.twice[key] || l.twice[key] {
			strays = append(strays, key)
			continue
		}
		e.value.Description, e.value.MaxSessionDuration = r.Description, r.MaxSessionDuration
		g.roles[key] = e
	}
	for key := range g.roles {
		if _, ok := l.roles[key]; !ok {
			strays = append(strays, key)
		}
	}
	slices.Sort(strays)
	return s.settleAll(ctx, g, l, strays)
}

func (s *session) settleAll(ctx context.Context, g *gathered, l *listing, strays []string) error {
	var mu sync.Mutex
	group, within := errgroup.WithContext(ctx)
	group.SetLimit(s.o.Concurrency)
	for _, key := range strays {
		detail, hasDetail := g.roles[key]
		known, hasListed := l.roles[key]
		group.Go(func() error {
			found, note, err := s.settle(within, optional(detail, hasDetail), optional(known, hasListed))
			if err != nil {
				return err
			}
			mu.Lock()
			defer mu.Unlock()
			g.notes = append(g.notes, note)
			delete(g.roles, key)
			if found != nil {
				g.roles[key] = *found
			}
			return nil
		})
	}
	return group.Wait()
}

func optional[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

// settle finds out about a role on which the lists do not agree; either of
// the two may be nil. It returns nil for a role that is not there any more.
func (s *session) settle(ctx context.Context, detail *entry[inventory.Role], known *listedRole) (*entry[inventory.Role], string, error) {
	if known == nil {
		return s.settleUnlisted(ctx, detail)
	}
	return s.settleAfresh(ctx, *known)
}

// settleUnlisted finds out about a role that ListRoles does not know.
func (s *session) settleUnlisted(ctx context.Context, detail *entry[inventory.Role]) (*entry[inventory.Role], string, error) {
	name := detail.value.Name
	r, err := s.getRole(ctx, name)
	switch {
	case err == nil && aws.ToString(r.RoleId) == detail.value.ID:
		l := listed(*r)
		detail.value.Description, detail.value.MaxSessionDuration = l.Description, l.MaxSessionDuration
		return detail, "role " + name + " was created during the scan", nil
	case err == nil:
		return s.settleAfresh(ctx, listed(*r))
	case connect.Gone(err):
		return nil, deletedNote(inventory.EntityRole, name), nil
	case connect.Denied(err):
		// What GetAccountAuthorizationDetails says was true during the scan;
		// the rest is not known.
		for _, part := range []inventory.Part{inventory.PartDescription, inventory.PartMaxSessionDuration} {
			detail.gaps = append(detail.gaps, gap(roleGap(name, part), err))
		}
		return detail, "role " + name + " was created or deleted during the scan", nil
	}
	return nil, "", err
}

func (s *session) settleAfresh(ctx context.Context, known listedRole) (*entry[inventory.Role], string, error) {
	found, err := s.oneRole(ctx, known, s.profilesOfRole)
	switch {
	case err != nil:
		return nil, "", err
	case found == nil:
		return nil, deletedNote(inventory.EntityRole, known.Name), nil
	}
	return found, "role " + known.Name + " was created during the scan and read by itself", nil
}

func deletedNote(kind inventory.Entity, name string) string {
	return string(kind) + " " + name + " was deleted during the scan and is left out"
}
