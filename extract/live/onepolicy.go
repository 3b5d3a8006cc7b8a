package live

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"iamctl/extract"
	"iamctl/extract/connect"
	"iamctl/inventory"
)

// policyHead returns a managed policy without its document.
func policyHead(p types.Policy) policyEntry {
	e := policyEntry{missing: true}
	e.value = inventory.Policy{
		Name: aws.ToString(p.PolicyName), ARN: aws.ToString(p.Arn), ID: aws.ToString(p.PolicyId), Path: aws.ToString(p.Path),
		Description:    p.Description,
		DefaultVersion: aws.ToString(p.DefaultVersionId),
		Tags:           tags(p.Tags),
		Created:        moment(p.CreateDate),
	}
	return e
}

// referred returns the ARNs of all policies that are attached or a boundary.
func (g *gathered) referred() map[string]bool {
	arns := map[string]bool{}
	add := func(attached []inventory.PolicyRef, boundary *inventory.PolicyRef) {
		for _, p := range attached {
			arns[p.ARN] = true
		}
		if boundary != nil {
			arns[boundary.ARN] = true
		}
	}
	for _, e := range g.roles {
		add(e.value.Attached, e.value.Boundary)
	}
	for _, e := range g.users {
		add(e.value.Attached, e.value.Boundary)
	}
	for _, e := range g.groups {
		add(e.value.Attached, nil)
	}
	return arns
}

// completePolicies leaves out the AWS-managed policies that nothing refers
// to and reads the documents that are missing, each once.
func (s *session) completePolicies(ctx context.Context, g *gathered) error {
	referred := g.referred()
	for arn := range g.policies {
		if connect.AccountOf(arn) == "aws" && !referred[arn] {
			delete(g.policies, arn)
		}
	}
	for arn := range referred {
		if _, ok := g.policies[arn]; !ok {
			g.policies[arn] = policyEntry{missing: true, unknown: true, entry: entry[inventory.Policy]{
				value: inventory.Policy{ARN: arn, Name: extract.PolicyName(arn)},
			}}
		}
	}
	var missing []string
	for _, arn := range slices.Sorted(maps.Keys(g.policies)) {
		if g.policies[arn].missing {
			missing = append(missing, arn)
		}
	}
	return s.eachPolicy(ctx, g, missing)
}

func (s *session) eachPolicy(ctx context.Context, g *gathered, arns []string) error {
	if len(arns) == 0 {
		return nil
	}
	heads := maps.Clone(g.policies)
	return s.concurrently(ctx, StageEachPolicy, arns, func(ctx context.Context, arn string) (func(), error) {
		e, err := s.onePolicy(ctx, heads[arn])
		return func() { g.policies[arn] = e }, err
	})
}

// onePolicy reads the document of a managed policy's default version, and the versions
// that are not in force. What fails is a gap on the policy, unless everything else would
// fail as well.
func (s *session) onePolicy(ctx context.Context, e policyEntry) (policyEntry, error) {
	version := e.value.DefaultVersion
	if version == "" || e.value.Description == nil {
		found, err := s.getPolicy(ctx, e.value.ARN)
		switch {
		case err == nil:
			found.value.Others, found.note = e.value.Others, e.note
			e = found
		case connect.Fatal(err):
			return e, err
		case version == "":
			e.gaps = append(e.gaps, gap(policyGap(e.value.ARN, e.value.Name), err))
			return e, nil
		}
	}
	encoded, err := s.getDocument(ctx, e.value.ARN, e.value.DefaultVersion)
	switch {
	case err == nil:
		e.value.Document = document(&e.gaps, policyGap(e.value.ARN, e.value.Name), encoded)
	case connect.Fatal(err):
		return e, err
	default:
		e.gaps = append(e.gaps, gap(policyGap(e.value.ARN, e.value.Name), err))
	}
	err = s.readOthers(ctx, &e)
	return e, err
}

func (s *session) getPolicy(ctx context.Context, arn string) (policyEntry, error) {
	out, err := s.iam.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &arn})
	if err == nil && (out.Policy == nil || out.Policy.DefaultVersionId == nil) {
		err = errNothing
	}
	if err != nil {
		return policyEntry{}, s.Fail(ctx, "iam:GetPolicy", 0, fmt.Errorf("%s: %w", arn, err))
	}
	return policyHead(*out.Policy), nil
}

func (s *session) getDocument(ctx context.Context, arn, version string) (*string, error) {
	out, err := s.iam.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: &arn, VersionId: &version})
	if err == nil && out.PolicyVersion == nil {
		err = errNothing
	}
	if err != nil {
		return nil, s.Fail(ctx, "iam:GetPolicyVersion", 0, fmt.Errorf("%s %s: %w", arn, version, err))
	}
	return out.PolicyVersion.Document, nil
}
