package connect

import (
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// explain says what happened and what to do about it, without credentials.
func (s *Session) explain(err error) (reason, next string) {
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
func (s *Session) explainConfig(err error) (reason, next string) {
	var missing config.SharedConfigProfileNotExistError
	var mfa *noMFA
	if problem := profileProblem(err); problem != "" {
		return problem, "correct the profile"
	}
	switch {
	case errors.As(err, &missing):
		return s.missing(), "`iamctl listprofiles` shows the profiles there are"
	case errors.As(err, &mfa):
		return mfa.Error(), "run iamctl in a terminal, or use credentials that already went through MFA (such as a profile with credential_process = aws configure export-credentials --profile " + s.ProfileName() + ")"
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
	case errors.As(err, &role) && role.Err == nil:
		// The SDK has no error for this one.
		return "its role_arn " + role.RoleARN + " cannot be assumed: its source_profile has no credentials"
	case errors.As(err, &role):
		return "its role_arn " + role.RoleARN + " cannot be assumed: " + role.Err.Error()
	case strings.Contains(err.Error(), "partial credentials found"):
		return "of aws_access_key_id and aws_secret_access_key, one is missing"
	}
	return ""
}

// missing says where a profile was looked for, and what may hide it there.
func (s *Session) missing() string {
	paths := s.o.Files.paths()
	reason := "there is no such profile in " + strings.Join(paths, " or ")
	for _, path := range paths {
		if _, err := scanHeadings(path); err != nil {
			reason += "; " + err.Error()
		}
	}
	return reason
}
