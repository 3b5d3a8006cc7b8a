package live

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

func codes(list ...string) map[string]bool {
	set := map[string]bool{}
	for _, c := range list {
		set[c] = true
	}
	return set
}

// What AWS's codes mean (IAM API Reference, "Common Errors"; STS likewise).
var (
	deniedCodes  = codes("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized")
	expiredCodes = codes("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired")
	unknownCodes = codes("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure",
		"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "MissingAuthenticationToken")
)

// code is AWS's code for the error of a call, "" where AWS gave none. An
// error on the way to credentials is not one of the call.
func code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) && len(operations(err)) < 2 {
		return api.ErrorCode()
	}
	return ""
}

// operations returns the calls that failed within each other: a call, and inside
// it the one that should have got its credentials.
func operations(err error) []*smithy.OperationError {
	var all []*smithy.OperationError
	var op *smithy.OperationError
	for errors.As(err, &op) {
		all = append(all, op)
		err = op.Err
	}
	return all
}

// explain says what happened and what to do about it, without credentials.
func (s *session) explain(err error) (reason, next string) {
	reason, next = s.explainConfig(err)
	if reason == "" {
		reason, next = s.explainCredentials(err)
	}
	if reason == "" {
		reason, next = s.explainCall(err)
	}
	return s.secrets.hide(reason), next
}

// explainConfig knows the errors of the shared configuration.
func (s *session) explainConfig(err error) (reason, next string) {
	var missing config.SharedConfigProfileNotExistError
	var mfa *noMFA
	if problem := profileProblem(err); problem != "" {
		return problem, "correct the profile"
	}
	switch {
	case errors.As(err, &missing):
		return s.missing(), "`iamctl listprofiles` shows the profiles there are"
	case errors.As(err, &mfa):
		return mfa.Error(), "run iamctl in a terminal, or use credentials that already went through MFA (such as a profile with credential_process = aws configure export-credentials --profile " + s.profileName() + ")"
	}
	return "", ""
}

// profileProblem words the SDK's errors about a profile that cannot work, ""
// for other errors.
func profileProblem(err error) string {
	var role config.SharedConfigAssumeRoleError
	var missing config.SharedConfigProfileNotExistError
	switch {
	case errors.As(err, &role) && errors.As(role.Err, &missing):
		return "its source_profile " + missing.Profile + " does not exist"
	case errors.As(err, &role):
		return "its role_arn " + role.RoleARN + " cannot be assumed: " + role.Err.Error()
	case strings.Contains(err.Error(), "partial credentials found"):
		return "of aws_access_key_id and aws_secret_access_key, one is missing"
	}
	return ""
}

// missing says where a profile was looked for, and what may hide it there.
func (s *session) missing() string {
	paths := s.o.Files.paths()
	reason := "there is no such profile in " + strings.Join(paths, " or ")
	for _, path := range paths {
		if _, err := scanHeadings(path); err != nil {
			reason += "; " + err.Error()
		}
	}
	return reason
}

// explainCredentials knows the errors of getting credentials.
func (s *session) explainCredentials(err error) (reason, next string) {
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
		return "there are no credentials", "`aws configure --profile " + s.profileName() + "` or `aws sso login --profile " + s.profileName() + "` gets some"
	case noAnswer(inner):
		return "no credentials: " + what, hint
	case inner.ServiceID == "STS" && len(ops) > 1:
		return "no credentials: sts:" + inner.OperationName + ": " + what, "check role_arn, and that its trust policy and the source profile allow it"
	case s.logsIn():
		return "no credentials: " + what, s.login()
	}
	return "no credentials: " + what, "check the profile with `aws sts get-caller-identity --profile " + s.profileName() + "`"
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
func (s *session) login() string {
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
func (s *session) logsIn() bool {
	for c := s.shared; c != nil; c = c.Source {
		if c.LoginSession != "" || c.SSOSessionName != "" || c.SSOStartURL != "" {
			return true
		}
	}
	return false
}

// explainCall knows the errors of the calls themselves.
func (s *session) explainCall(err error) (reason, next string) {
	prefix := ""
	var spent *retry.MaxAttemptsError
	if errors.As(err, &spent) {
		prefix = fmt.Sprintf("gave up after %d attempts: ", spent.Attempt)
	}
	var api smithy.APIError
	if errors.As(err, &api) {
		if c := api.ErrorCode(); c == "" || c == "UnknownError" {
			return prefix + "an error (HTTP status " + status(err) + ") without a code of AWS's", "check endpoint_url and the proxy"
		}
		reason, next = s.explainAPI(api)
		return prefix + reason, next
	}
	switch {
	case cutShort(err).Bool():
		return prefix + "the answer ends in the middle", "run again"
	case untrusted(err):
		return prefix + root(err), "trust the certificate by ca_bundle in the profile or AWS_CA_BUNDLE"
	case noAnswer(err):
		return prefix + root(err), "check the network, the proxy, and region and endpoint_url of the profile"
	}
	return prefix + root(err), ""
}

func (s *session) explainAPI(api smithy.APIError) (reason, next string) {
	c := api.ErrorCode()
	switch {
	case expiredCodes[c]:
		return "the credentials have expired (" + c + ")", s.login()
	case c == "SignatureDoesNotMatch" || c == "InvalidSignatureException":
		// The message repeats the request with its headers.
		return "AWS does not accept the signature (" + c + ")", "check the secret access key, and the clock of this machine"
	case unknownCodes[c]:
		return c + ": " + api.ErrorMessage(), "check the access key; an account of GovCloud or China needs its own region in the profile"
	case deniedCodes[c]:
		return c + ": " + api.ErrorMessage(), "allow the call in a policy of the caller"
	}
	if throttled(api) {
		return c + ": " + api.ErrorMessage(), "AWS limits the calls on the account; run again later"
	}
	return c + ": " + api.ErrorMessage(), ""
}

// status returns the answer's HTTP status.
func status(err error) string {
	var answer interface{ HTTPStatusCode() int }
	if errors.As(err, &answer) {
		return strconv.Itoa(answer.HTTPStatusCode())
	}
	return "unknown"
}

func throttled(api smithy.APIError) bool {
	_, ok := retry.DefaultThrottleErrorCodes[api.ErrorCode()]
	return ok
}

// root returns an error without the SDK's words on which operation it was.
func root(err error) string {
	if ops := operations(err); len(ops) > 0 {
		err = ops[len(ops)-1].Err
	}
	var spent *retry.MaxAttemptsError
	if errors.As(err, &spent) {
		err = spent.Err
	}
	var send *smithyhttp.RequestSendError
	if errors.As(err, &send) {
		err = send.Err
	}
	return err.Error()
}
