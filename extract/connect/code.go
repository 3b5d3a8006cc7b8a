package connect

import (
	"errors"

	"github.com/aws/smithy-go"
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

// code returns AWS's code for the error of a call, "" where it has none. An
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
