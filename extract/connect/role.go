package connect

import (
	"cmp"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"
)

// Role is a role that is assumed (AWS Security Token Service API Reference, AssumeRole).
type Role struct {
	ARN string
	// ExternalID is what the role's trust policy may ask for, "" for none.
	ExternalID string
	// Session names the session in CloudTrail, "" for iamctl.
	Session string
}

// As returns a connection as a role that the session assumes, or as the session itself
// where the role has no ARN. It shares what the session has asked for and found out, such
// as credentials, but is as patient as if it were alone, and bounds its own answers. The
// credentials of the role are renewed before they end. Waiting and called are those of
// Options.
func (s *Session) As(role Role, waiting func(reason string, wait time.Duration), called func()) *Session {
	one := *s
	one.role, one.bodies = role, &bodies{limits: s.o.Limits}
	one.o.Waiting, one.o.Called = waiting, called
	one.o = one.o.withDefaults()
	one.cfg.APIOptions = []func(*middleware.Stack) error{one.wholeAnswers}
	one.cfg.Retryer = func() aws.Retryer { return one.retryer(dialsForCredentials) }
	if role.ARN != "" {
		one.cfg.Credentials = watched{one.assumed(), s.secrets}
	}
	return &one
}

// assumed returns the credentials of the role.
func (s *Session) assumed() aws.CredentialsProvider {
	provider := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(s.cfg), s.role.ARN, func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName = cmp.Or(s.role.Session, "iamctl")
		o.Duration = time.Hour // more than a role that assumes a role may have is refused
		if s.role.ExternalID != "" {
			o.ExternalID = &s.role.ExternalID
		}
	})
	return aws.NewCredentialsCache(provider, func(o *aws.CredentialsCacheOptions) { o.ExpiryWindow = renewEarly })
}
