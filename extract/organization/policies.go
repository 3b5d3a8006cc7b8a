package organization

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"iamctl/extract/connect"
	"iamctl/inventory"
)

// policies reads the control policies of the types that are switched on.
func (r *reading) policies(ctx context.Context) error {
	for _, kind := range []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy} {
		if !slices.Contains(r.enabled, kind) {
			continue // such policies bound nothing
		}
		list, err := r.listed(ctx, kind)
		if err == nil {
			err = each(ctx, list, r.policy)
		}
		if err := r.aside(err, string(kind)); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) listed(ctx context.Context, kind types.PolicyType) ([]types.PolicySummary, error) {
	var all []types.PolicySummary
	err := r.Pages(ctx, "organizations:ListPolicies", func(next *string) (connect.Cursor, error) {
		out, err := r.client.ListPolicies(ctx, &organizations.ListPoliciesInput{Filter: kind, NextToken: next})
		if err != nil {
			return connect.Cursor{}, err
		}
		all = append(all, out.Policies...)
		return page(len(out.Policies), out.NextToken), nil
	})
	return all, err
}

// policy reads the text and the targets of a policy.
func (r *reading) policy(ctx context.Context, about types.PolicySummary) error {
	id := aws.ToString(about.Id)
	targets, err := r.targets(ctx, id)
	if err != nil {
		return r.aside(err, id)
	}
	if len(targets) == 0 {
		return nil // a policy that is attached to nothing bounds nothing
	}
	p := inventory.ControlPolicy{ID: id, ARN: aws.ToString(about.Arn), Name: aws.ToString(about.Name), Type: string(about.Type), AWSManaged: about.AwsManaged}
	out, err := r.client.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: &id})
	switch {
	case err != nil:
		err = r.aside(r.Fail(ctx, "organizations:DescribePolicy", 0, err), id)
	case out.Policy == nil || aws.ToString(out.Policy.Content) == "":
		r.gap(id, "organizations:DescribePolicy: AWS sent no document")
	default:
		p.Document = inventory.Document(*out.Policy.Content)
	}
	if err != nil {
		return err
	}
	r.attach(p, targets)
	return nil
}

func (r *reading) targets(ctx context.Context, policy string) (map[string]bool, error) {
	targets := map[string]bool{}
	err := r.Pages(ctx, "organizations:ListTargetsForPolicy", func(next *string) (connect.Cursor, error) {
		out, err := r.client.ListTargetsForPolicy(ctx, &organizations.ListTargetsForPolicyInput{PolicyId: &policy, NextToken: next})
		if err != nil {
			return connect.Cursor{}, err
		}
		for _, t := range out.Targets {
			targets[aws.ToString(t.TargetId)] = true
		}
		return page(len(out.Targets), out.NextToken), nil
	})
	return targets, err
}

// attach adds a policy, and its id to what it is attached to.
func (r *reading) attach(p inventory.ControlPolicy, targets map[string]bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.org.Policies = append(r.org.Policies, p)
	for i := range r.org.Units {
		if u := &r.org.Units[i]; targets[u.ID] {
			u.Policies = append(u.Policies, p.ID)
		}
	}
	for i := range r.org.Members {
		if m := &r.org.Members[i]; targets[m.ID] {
			m.Policies = append(m.Policies, p.ID)
		}
	}
	r.o.Progress(StagePolicies, len(r.org.Policies), 0)
}

// aside makes a gap of what the caller is not allowed to read, and returns any other error.
func (r *reading) aside(err error, about string) error {
	if err == nil || !connect.Denied(err) {
		return err
	}
	r.gap(about, connect.Because(err))
	return nil
}

func (r *reading) gap(about, reason string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.org.Gaps = append(r.org.Gaps, inventory.Gap{Kind: inventory.GapRead, Entity: inventory.EntityPolicy, Name: about, Blind: true, Reason: reason})
}
