package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// principal is a role, user or group with the calls that read its policies.
type principal struct {
	entity inventory.Entity
	name   string

	listCall, getCall, attachedCall string

	list     func(ctx context.Context, marker *string) ([]string, connect.Cursor, error)
	get      func(ctx context.Context, policy string) (*string, error)
	attached func(ctx context.Context, marker *string) ([]types.AttachedPolicy, connect.Cursor, error)
}

// parts reads the policies of a principal. A denied call leaves a gap on
// what it would have returned.
func (s *session) parts(ctx context.Context, p principal) (inline []inventory.InlinePolicy, attached []inventory.PolicyRef, gaps []inventory.Gap, err error) {
	inline, err = s.inline(ctx, p, &gaps)
	if err != nil {
		return nil, nil, nil, err
	}
	err = s.Pages(ctx, p.attachedCall, func(marker *string) (connect.Cursor, error) {
		page, c, err := p.attached(ctx, marker)
		attached = append(attached, policyRefs(page)...)
		return c, err
	})
	if err != nil && connect.Denied(err) {
		about := inventory.Gap{Entity: p.entity, Name: p.name, Part: inventory.PartManaged}
		gaps, err = append(gaps, gap(about, err)), nil
	}
	return inline, attached, gaps, err
}

// inline reads the inline policies of a principal.
func (s *session) inline(ctx context.Context, p principal, gaps *[]inventory.Gap) ([]inventory.InlinePolicy, error) {
	var names []string
	err := s.Pages(ctx, p.listCall, func(marker *string) (connect.Cursor, error) {
		page, c, err := p.list(ctx, marker)
		names = append(names, page...)
		return c, err
	})
	if err != nil {
		if connect.Denied(err) {
			*gaps = append(*gaps, gap(inlineGap(p.entity, p.name, ""), err))
			err = nil
		}
		return nil, err
	}
	var all []inventory.InlinePolicy
	for _, name := range names {
		one, err := s.oneInline(ctx, p, name, gaps)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// oneInline reads an inline policy. If that is denied, the policy is known to
// be there, and its document is a gap.
func (s *session) oneInline(ctx context.Context, p principal, name string, gaps *[]inventory.Gap) (inventory.InlinePolicy, error) {
	one := inventory.InlinePolicy{Name: name}
	encoded, err := p.get(ctx, name)
	if err == nil {
		one.Document = document(gaps, inlineGap(p.entity, p.name, name), encoded)
		return one, nil
	}
	err = s.Fail(ctx, p.getCall, 0, err)
	switch {
	case connect.Gone(err):
		return one, errChanged
	case connect.Denied(err):
		*gaps = append(*gaps, gap(inlineGap(p.entity, p.name, name), err))
		return one, nil
	}
	return one, err
}
