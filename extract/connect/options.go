// Package connect connects to AWS by a profile of the shared configuration: it finds
// region, endpoint and credentials, assumes roles of other accounts, is patient where AWS
// throttles, bounds what a server may answer, and says in words what failed and what to do
// about it, without credentials. It makes one call itself, sts:GetCallerIdentity, besides
// those that get credentials.
package connect

import (
	"cmp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// Options are by which profile to connect, and how.
type Options struct {
	// Profile is a profile of the shared configuration, "" for what the
	// SDK's default chain finds.
	Profile string
	// Region picks the endpoints, "" for the profile's own region, or else
	// one of the partition that the profile shows, or else us-east-1.
	Region string
	// Files are the shared files, the zero value for where the SDK looks.
	Files Files
	// Waiting is called before each wait for another attempt of a call, with
	// the reason. It may be called from several goroutines at once, and may be
	// nil.
	Waiting func(reason string, wait time.Duration)
	// MFAToken asks for the code of the MFA device that a profile's
	// mfa_serial names. Accounts that are read side by side may ask at the
	// same time. With nil, such a profile is an error.
	MFAToken func(serial string) (string, error)
	// Called is called for each attempt of a call, those for credentials included. It may
	// be called from several goroutines at once, and may be nil.
	Called func()
	// Connections are shared with other sessions; nil for connections of its own.
	Connections *Connections
	// HTTPClient replaces the SDK's, nil for that with a timeout.
	HTTPClient aws.HTTPClient
	// Retry is how patient the calls are.
	Retry Retry
	// Limits bound the answers.
	Limits Limits
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
	o.Retry.MaxAttempts = or(o.Retry.MaxAttempts, 15)
	o.Retry.Base = or(o.Retry.Base, 500*time.Millisecond)
	o.Retry.Cap = or(o.Retry.Cap, 30*time.Second)
	o.Retry.Silence = or(o.Retry.Silence, silence)
	o.Limits = o.Limits.withDefaults()
	if o.Waiting == nil {
		o.Waiting = func(string, time.Duration) {}
	}
	if o.Called == nil {
		o.Called = func() {}
	}
	return o
}

// ProfileName returns how messages name the profile.
func (s *Session) ProfileName() string {
	if s.shared != nil {
		return cmp.Or(s.o.Profile, s.shared.Profile, "default")
	}
	return cmp.Or(s.o.Profile, "default")
}
