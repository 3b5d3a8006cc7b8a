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
	// Profile is a profile of the shared configuration, "" for what the
	// SDK's default chain finds.
	Profile string
	// Region picks the endpoints, "" for the profile's own region, or else
	// one of the partition that the profile shows, or else us-east-1.
	Region string
	// Files are the shared files, the zero value for where the SDK looks.
	Files Files
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
	// HTTPClient replaces the SDK's, nil for that with a timeout.
	HTTPClient aws.HTTPClient
	// Retry is how patient the calls are.
	Retry Retry
	// Limits bound the answers.
	Limits Limits
	// Concurrency limits the calls at a time where entities are read one by
	// one, 0 for 8.
	Concurrency int
}

// Files are the paths of the shared files; "" for the usual place.
type Files struct {
	Config      string
	Credentials string
}

// Retry is how patient a call is; zero fields take the default.
type Retry struct {
	// MaxAttempts is how often a call is made before it fails (15).
	MaxAttempts int
	// Base is the wait before the second attempt (500 ms). It doubles with
	// each further one up to Cap (30 s); each wait is between half of that
	// and all of it, by chance.
	Base, Cap time.Duration
	// Silence is how long a connection may deliver nothing (60 s).
	Silence time.Duration
	// Unpaced leaves out the SDK's adaptive pacing, which slows down to one
	// call in two seconds once IAM throttles.
	Unpaced bool
}

func (o Options) withDefaults() Options {
	if o.Retry.MaxAttempts <= 0 {
		o.Retry.MaxAttempts = 15
	}
	if o.Retry.Base <= 0 {
		o.Retry.Base = 500 * time.Millisecond
	}
	if o.Retry.Cap <= 0 {
		o.Retry.Cap = 30 * time.Second
	}
	if o.Retry.Silence <= 0 {
		o.Retry.Silence = time.Minute
	}
	o.Limits = o.Limits.withDefaults()
	if o.Concurrency <= 0 {
		o.Concurrency = 8
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Waiting == nil {
		o.Waiting = func(string, time.Duration) {}
	}
	return o
}

// Extract reads an account. Its errors are of type *Error or that of Identified,
// or wrap the context's error once the context is done.
func Extract(ctx context.Context, o Options) (*inventory.Account, error) {
	s, err := connect(ctx, o)
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
	within, cancel := s.o.Limits.inTime(ctx)
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
	s, err := connect(ctx, o)
	if err != nil {
		return "", "", "", err
	}
	account, err := s.identify(ctx)
	if err != nil {
		return "", "", "", err
	}
	if alias, err = s.alias(ctx); err != nil && !denied(err) {
		return "", "", "", err
	}
	return account.ID, account.Partition, alias, nil
}

// profileName returns how messages name the profile.
func (s *session) profileName() string {
	switch {
	case s.o.Profile != "":
		return s.o.Profile
	case s.shared != nil && s.shared.Profile != "":
		return s.shared.Profile
	}
	return "default"
}
