package live

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam"

	"iamctl/extract/connect"
)

// pageSize is the most that IAM returns in one page.
const pageSize = 1000

// session reads one account.
type session struct {
	*connect.Session
	o   Options
	iam *iam.Client
}

// open connects to the account. It calls nothing over the network.
func open(ctx context.Context, o Options) (*session, error) {
	o = o.withDefaults()
	c := o.Session
	if c == nil {
		var err error
		if c, err = connect.Open(ctx, o.connection()); err != nil {
			return nil, err
		}
	}
	client := iam.NewFromConfig(c.Config(), func(o *iam.Options) { o.Retryer = c.Calls() })
	return &session{c, o, client}, nil
}

func (o Options) connection() connect.Options {
	return connect.Options{
		Profile: o.Profile, Region: o.Region, Files: o.Files, Waiting: o.Waiting, MFAToken: o.MFAToken,
		Called: o.Called, Connections: o.Connections, HTTPClient: o.HTTPClient, Retry: o.Retry, Limits: o.Limits,
	}
}

func (o Options) withDefaults() Options {
	if o.Concurrency <= 0 {
		o.Concurrency = 8
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	return o
}
