// Package live reads an account from AWS, through the SDK's chain of shared
// configuration and credentials.
//
// It calls sts:GetCallerIdentity, iam:GetAccountAuthorizationDetails,
// iam:ListRoles and iam:ListAccountAliases, in pages of 1000 and never once
// per role. Where GetAccountAuthorizationDetails is denied, and for what is
// missing from its answers, it falls back to IAM's other Get and List calls.
// No call that changes anything is compiled in.
//
// What stays unreadable is a gap of the account; a run that breaks off midway
// is an error, never half an account.
package live

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"iamctl/extract"
	"iamctl/extract/connect"
	"iamctl/inventory"
)

// The stages that Progress is called with.
const (
	StageIdentity   = "identity"
	StageDetails    = "account details"
	StageRoles      = "roles"
	StageEachRole   = "roles one by one"
	StageEachUser   = "users one by one"
	StageEachGroup  = "groups one by one"
	StageEachPolicy = "policies one by one"
)

// Options are which account to read, and how.
type Options struct {
	// Session is a connection to the account, nil for one by the fields Profile to MFAToken
	// and HTTPClient to Limits, which count for nothing otherwise.
	Session *connect.Session
	// Profile is a profile of the shared configuration, "" for what the
	// SDK's default chain finds.
	Profile string
	// Region picks the endpoints, "" for the profile's own region, or else
	// one of the partition that the profile shows, or else us-east-1.
	Region string
	// Files are the shared files, the zero value for where the SDK looks.
	Files connect.Files
	// Identified is called with the account's id as soon as that is known, before
	// the long reading; its error ends the reading. It may be nil.
	Identified func(id string) error
	// Progress is called as the reading goes on; it may be nil.
	Progress extract.Progress
	// Waiting is called before each wait for another attempt of a call, with
	// the reason. It may be called from several goroutines at once, and may be
	// nil.
	Waiting func(reason string, wait time.Duration)
	// MFAToken asks for the code of the MFA device that a profile's
	// mfa_serial names. Accounts that are read side by side may ask at the
	// same time. With nil, such a profile is an error.
	MFAToken func(serial string) (string, error)
	// Day is the day of the reading, which the account gets for its LastUsedDay.
	Day time.Time
	// Called is called for each attempt of a call, those for credentials included. It may
	// be called from several goroutines at once, and may be nil.
	Called func()
	// Connections are shared with other readings; nil for connections of its own.
	Connections *connect.Connections
	// HTTPClient replaces the SDK's, nil for that with a timeout.
	HTTPClient aws.HTTPClient
	// Retry is how patient the calls are.
	Retry connect.Retry
	// Limits bound the answers.
	Limits connect.Limits
	// Concurrency limits the calls at a time where entities are read one by
	// one, 0 for 8.
	Concurrency int
}

// Extract reads an account. Its errors are of type *connect.Error or that of Identified,
// or wrap the context's error once the context is done.
func Extract(ctx context.Context, o Options) (*inventory.Account, error) {
	s, err := open(ctx, o)
	if err != nil {
		return nil, err
	}
	s.o.Progress(StageIdentity, 0, 1)
	account, err := s.identify(ctx)
	if err != nil {
		return nil, err
	}
	s.o.Progress(StageIdentity, 1, 1)
	if s.o.Identified != nil {
		if err := s.o.Identified(account.ID); err != nil {
			return nil, err
		}
	}
	within, cancel := s.InTime(ctx)
	defer cancel()
	if err := s.read(within, account); err != nil {
		return nil, err
	}
	account.LastUsedDay = extract.Time(o.Day)
	account.Sort()
	return account, nil
}

// Identity returns the account that a profile leads to: its id, its partition
// and its alias, "" where there is none or where it may not be read. Its
// errors are those of Extract.
func Identity(ctx context.Context, o Options) (id, partition, alias string, err error) {
	s, err := open(ctx, o)
	if err != nil {
		return "", "", "", err
	}
	account, err := s.identify(ctx)
	if err != nil {
		return "", "", "", err
	}
	if alias, err = s.alias(ctx); err != nil && !connect.Denied(err) {
		return "", "", "", err
	}
	return account.ID, account.Partition, alias, nil
}
