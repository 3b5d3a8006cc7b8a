package organization

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"golang.org/x/sync/errgroup"

	"iamctl/extract"
	"iamctl/extract/connect"
	"iamctl/inventory"
)

// StageTree and StagePolicies are the stages that Progress is called with.
const (
	StageTree     = "accounts of the organisation"
	StagePolicies = "policies of the organisation"
)

// atOnce is how many calls are made at a time: Organizations allows few in a second.
const atOnce = 4

// Options say what is read of an organisation.
type Options struct {
	// Tags reports that the tags of accounts are read, which is a call for each.
	Tags bool
	// Policies reports that the control policies are read.
	Policies bool
	// Progress is called as the reading goes on; it may be nil.
	Progress extract.Progress
}

// Read reads the organisation of which the session's account is the management account or a
// delegated administrator. Its errors are of type *connect.Error, or wrap the context's
// error once the context is done.
func Read(ctx context.Context, s *connect.Session, o Options) (*inventory.Organization, error) {
	r := begin(s, &inventory.Organization{}, o)
	within, cancel := s.InTime(ctx)
	defer cancel()
	if err := r.read(within); err != nil {
		return nil, err
	}
	r.org.Sort()
	return r.org, nil
}

// ReadPolicies reads the control policies of an organisation that was read without them, and
// what they are attached to. Its errors are those of Read. Nothing else may use the
// organisation meanwhile.
func ReadPolicies(ctx context.Context, s *connect.Session, org *inventory.Organization, progress extract.Progress) error {
	r := begin(s, org, Options{Progress: progress})
	within, cancel := s.InTime(ctx)
	defer cancel()
	if _, err := r.root(within); err != nil {
		return err
	}
	err := r.policies(within)
	org.Sort()
	return err
}

func begin(s *connect.Session, org *inventory.Organization, o Options) *reading {
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	client := organizations.NewFromConfig(s.Config(), func(o *organizations.Options) { o.Retryer = s.Calls() })
	return &reading{Session: s, o: o, client: client, org: org}
}

// reading is the reading of one organisation.
type reading struct {
	*connect.Session
	o      Options
	client *organizations.Client

	mu  sync.Mutex
	org *inventory.Organization
	// enabled are the types of policies that the root has switched on.
	enabled []types.PolicyType
}

func (r *reading) read(ctx context.Context) error {
	if err := r.describe(ctx); err != nil {
		return err
	}
	if err := r.walk(ctx); err != nil {
		return err
	}
	if r.o.Tags {
		if err := r.tags(ctx); err != nil {
			return err
		}
	}
	if r.o.Policies {
		return r.policies(ctx)
	}
	return nil
}

func (r *reading) describe(ctx context.Context) error {
	const call = "organizations:DescribeOrganization"
	out, err := r.client.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
	if err != nil {
		return r.Fail(ctx, call, 0, err)
	}
	if out.Organization == nil || aws.ToString(out.Organization.Id) == "" {
		return &connect.Error{Profile: r.ProfileName(), Call: call, Reason: "the answer names no organisation", Next: "check endpoint_url of the profile"}
	}
	r.org.ID = aws.ToString(out.Organization.Id)
	r.org.Management = aws.ToString(out.Organization.MasterAccountId)
	return nil
}

// each calls one for every element of a list, a few at a time, until one fails.
func each[T any](ctx context.Context, list []T, one func(context.Context, T) error) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(atOnce)
	for _, v := range list {
		g.Go(func() error {
			if ctx.Err() != nil {
				return nil // the first failure is the one that counts
			}
			return one(ctx, v)
		})
	}
	return g.Wait()
}

// page returns the cursor of a page of Organizations, which says that there is another by
// naming it.
func page(entities int, next *string) connect.Cursor {
	return connect.Page(entities, aws.ToString(next) != "", next)
}
