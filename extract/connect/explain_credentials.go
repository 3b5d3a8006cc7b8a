package connect

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
)

// explainCredentials knows the errors of getting credentials.
func (s *Session) explainCredentials(err error) (reason, next string) {
	var token *ssocreds.InvalidTokenError
	var process *processcreds.ProviderError
	if errors.As(err, &token) {
		return token.Error(), s.login()
	}
	if errors.As(err, &process) {
		return explainProcess(process), "run the profile's credential_process by hand and see what it says"
	}
	ops := operations(err)
	if len(ops) == 0 || !withoutCredentials(err) {
		return "", ""
	}
	inner := ops[len(ops)-1]
	what, hint := s.explainCall(inner)
	what = strings.TrimPrefix(what, "get identity: get credentials: failed to refresh cached credentials, ")
	switch {
	case inner.ServiceID == "ec2imds":
		return "there are no credentials", "`aws configure --profile " + s.ProfileName() + "` or `aws sso login --profile " + s.ProfileName() + "` gets some"
	case noAnswer(inner):
		return "no credentials: " + what, hint
	case inner.ServiceID == "STS" && len(ops) > 1 && s.role.ARN != "" && inner.OperationName == "AssumeRole":
		return "sts:AssumeRole of " + s.role.ARN + ": " + what, "check that the role is there and trusts the profile " + s.ProfileName() + ", and --role-name and --external-id"
	case inner.ServiceID == "STS" && len(ops) > 1:
		return "no credentials: sts:" + inner.OperationName + ": " + what, "check role_arn, and that its trust policy and the source profile allow it"
	case s.logsIn():
		return "no credentials: " + what, s.login()
	}
	return "no credentials: " + what, "check the profile with `aws sts get-caller-identity --profile " + s.ProfileName() + "`"
}

// withoutCredentials reports whether a call failed before it was made, for want
// of credentials to sign it with.
func withoutCredentials(err error) bool {
	return strings.Contains(err.Error(), "get identity:")
}

// explainProcess drops what the process printed: the SDK repeats it whole,
// and it may hold the very credentials.
func explainProcess(err *processcreds.ProviderError) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	if errors.As(err.Err, &syntax) || errors.As(err.Err, &kind) || strings.Contains(err.Error(), "parse failed") {
		return "the credential_process printed something that is not the JSON it should be"
	}
	return err.Error()
}

// login returns how to get new credentials.
func (s *Session) login() string {
	for c := s.shared; c != nil; c = c.Source {
		switch {
		case c.LoginSession != "":
			return "`aws login --profile " + c.Profile + "` starts a new session"
		case c.SSOSessionName != "" || c.SSOStartURL != "":
			return "`aws sso login --profile " + c.Profile + "` starts a new session"
		}
	}
	return "renew the credentials of the profile and run again"
}

// logsIn reports whether the profile's credentials come from a session that
// somebody opened.
func (s *Session) logsIn() bool {
	for c := s.shared; c != nil; c = c.Source {
		if c.LoginSession != "" || c.SSOSessionName != "" || c.SSOStartURL != "" {
			return true
		}
	}
	return false
}
