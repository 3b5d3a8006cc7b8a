package connect

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// explainCall knows the errors of the calls themselves.
func (s *Session) explainCall(err error) (reason, next string) {
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
	var limit *limitError
	switch {
	case errors.As(err, &limit):
		return limit.reason, "check endpoint_url of the profile and the proxy"
	case errors.Is(err, errNotXML):
		return prefix + errNotXML.Error(), "check endpoint_url of the profile and the proxy"
	case errors.Is(err, errNotJSON):
		return prefix + errNotJSON.Error(), "check endpoint_url of the profile and the proxy"
	case cutShort(err).Bool():
		return prefix + "the answer ends in the middle", "run again"
	case untrusted(err):
		return prefix + root(err), "trust the certificate by ca_bundle in the profile or AWS_CA_BUNDLE"
	case noAnswer(err):
		return prefix + root(err), "check the network, the proxy, and region and endpoint_url of the profile"
	}
	return prefix + root(err), ""
}

func (s *Session) explainAPI(api smithy.APIError) (reason, next string) {
	c := api.ErrorCode()
	switch {
	case expiredCodes[c]:
		return "the credentials have expired (" + c + ")", s.login()
	case c == "SignatureDoesNotMatch" || c == "InvalidSignatureException":
		// The message repeats the request with its headers.
		return "AWS does not accept the signature (" + c + ")", "check the secret access key, and the clock of this machine"
	case unknownCodes[c]:
		return c + ": " + api.ErrorMessage(), "check the access key; an account of GovCloud or China needs its own region in the profile"
	case c == "AWSOrganizationsNotInUseException":
		return "the account of the profile is in no organisation (" + c + ")", "give a profile of the management account, or of a delegated administrator"
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
