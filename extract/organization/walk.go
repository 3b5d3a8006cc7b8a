package organization

import (
	"cmp"
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
	"iamctl/policy"
)

// maxDepth is how deep units are nested at most below the root (AWS Organizations User
// Guide, "Quotas": five).
const maxDepth = 10

// walk reads the units, one level of the tree after the other, and then the accounts of all.
func (r *reading) walk(ctx context.Context) error {
	root, err := r.root(ctx)
	if err != nil {
		return err
	}
	r.org.Units = []inventory.Unit{root}
	for level, depth := r.org.Units, 0; len(level) > 0; depth++ {
		if depth > maxDepth {
			return r.odd("organizations:ListOrganizationalUnitsForParent", fmt.Sprintf("units are nested more than %d deep", maxDepth))
		}
		before := len(r.org.Units)
		if err := each(ctx, level, r.units); err != nil {
			return err
		}
		level = r.org.Units[before:]
	}
	if err := each(ctx, r.org.Units, r.accounts); err != nil {
		return err
	}
	return r.once()
}

// root returns the root and notes which types of policies it has switched on.
func (r *reading) root(ctx context.Context) (inventory.Unit, error) {
	const call = "organizations:ListRoots"
	var roots []types.Root
	err := r.Pages(ctx, call, func(next *string) (connect.Cursor, error) {
		out, err := r.client.ListRoots(ctx, &organizations.ListRootsInput{NextToken: next})
		if err != nil {
			return connect.Cursor{}, err
		}
		roots = append(roots, out.Roots...)
		return page(len(out.Roots), out.NextToken), nil
	})
	if err != nil {
		return inventory.Unit{}, err
	}
	if len(roots) != 1 {
		return inventory.Unit{}, r.odd(call, fmt.Sprintf("the organisation has %d roots, not one", len(roots)))
	}
	for _, t := range roots[0].PolicyTypes {
		if t.Status == types.PolicyTypeStatusEnabled || t.Status == types.PolicyTypeStatusPendingDisable {
			r.enabled = append(r.enabled, t.Type)
		}
	}
	name := cmp.Or(aws.ToString(roots[0].Name), "Root")
	return inventory.Unit{ID: aws.ToString(roots[0].Id), Name: name, Path: name}, nil
}

// units adds the units right below a unit.
func (r *reading) units(ctx context.Context, above inventory.Unit) error {
	return r.Pages(ctx, "organizations:ListOrganizationalUnitsForParent", func(next *string) (connect.Cursor, error) {
		out, err := r.client.ListOrganizationalUnitsForParent(ctx, &organizations.ListOrganizationalUnitsForParentInput{ParentId: &above.ID, NextToken: next})
		if err != nil {
			return connect.Cursor{}, err
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, u := range out.OrganizationalUnits {
			name := aws.ToString(u.Name)
			r.org.Units = append(r.org.Units, inventory.Unit{ID: aws.ToString(u.Id), Name: name, Parent: above.ID, Path: above.Path + "/" + name})
		}
		return page(len(out.OrganizationalUnits), out.NextToken), nil
	})
}

// accounts adds the accounts right below a unit.
func (r *reading) accounts(ctx context.Context, above inventory.Unit) error {
	return r.Pages(ctx, "organizations:ListAccountsForParent", func(next *string) (connect.Cursor, error) {
		out, err := r.client.ListAccountsForParent(ctx, &organizations.ListAccountsForParentInput{ParentId: &above.ID, NextToken: next})
		if err != nil {
			return connect.Cursor{}, err
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		for _, a := range out.Accounts {
			r.org.Members = append(r.org.Members, r.member(a, above))
		}
		r.o.Progress(StageTree, len(r.org.Members), 0)
		return page(len(out.Accounts), out.NextToken), nil
	})
}

func (r *reading) member(a types.Account, in inventory.Unit) inventory.Member {
	id := aws.ToString(a.Id)
	return inventory.Member{
		ID: id, Name: aws.ToString(a.Name), Unit: in.ID, Path: in.Path,
		// AWS had Status before State.
		Status: cmp.Or(string(a.State), string(a.Status)), Management: id == r.org.Management,
	}
}

// once drops the second of two equal ids: what is moved while the tree is read comes twice.
// Ids that AWS cannot have given are an error.
func (r *reading) once() error {
	members, units := map[string]bool{}, map[string]bool{}
	kept := r.org.Members[:0]
	for _, m := range r.org.Members {
		if !policy.IsAccountID(m.ID) {
			return r.odd("organizations:ListAccountsForParent", fmt.Sprintf("the answer has an account with the id %q", m.ID))
		}
		if !members[m.ID] {
			kept = append(kept, m)
		}
		members[m.ID] = true
	}
	r.org.Members = kept
	for _, u := range r.org.Units {
		if units[u.ID] || u.ID == "" {
			return r.odd("organizations:ListOrganizationalUnitsForParent", fmt.Sprintf("the unit %q comes twice; it may have been moved meanwhile", u.ID))
		}
		units[u.ID] = true
	}
	return nil
}

// odd returns the error of an answer that AWS does not send.
func (r *reading) odd(call, reason string) error {
	return &connect.Error{Profile: r.ProfileName(), Call: call, Reason: reason, Next: "run again; check endpoint_url of the profile"}
}
