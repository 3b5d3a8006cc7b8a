package connect

import (
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// retryer makes a client patient. While nothing answers at all it tries
// dials times, otherwise as often as the options say.
func (s *Session) retryer(dials int) aws.Retryer {
	standard := func(o *retry.StandardOptions) {
		o.MaxAttempts = s.o.Retry.MaxAttempts
		o.Backoff = retry.BackoffDelayerFunc(func(attempt int, err error) (time.Duration, error) {
			return s.backoff(attempt, dials, err)
		})
		// The SDK's retry quota is spent after a hundred retries in a row,
		// which a large account under throttling needs.
		o.RateLimiter = ratelimit.None
		o.Retryables = append([]retry.IsErrorRetryable{
			retry.IsErrorRetryableFunc(neverRetry), retry.IsErrorRetryableFunc(cutShort),
		}, o.Retryables...)
	}
	if s.o.Retry.Unpaced {
		return retry.NewStandard(standard)
	}
	return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
		o.StandardOptions = append(o.StandardOptions, standard)
	})
}

// triesForForeign is how often a call is tried whose answer is of another service: a proxy
// may lose one, but another service at the endpoint will not become IAM.
const triesForForeign = 3

// backoff returns the wait after the given failed attempt, counted from 1.
func (s *Session) backoff(attempt, dials int, err error) (time.Duration, error) {
	if attempt >= dials && noAnswer(err) || attempt >= triesForForeign && foreign(err) {
		return 0, &retry.MaxAttemptsError{Attempt: attempt, Err: err}
	}
	d := s.o.Retry.Cap
	if shift := max(attempt-1, 0); shift < 30 {
		d = min(d, s.o.Retry.Base<<shift)
	}
	// Half by chance: two accounts that were throttled together must not
	// come back together, and no wait is so short that the attempts are
	// used up at once.
	d = d/2 + rand.N(d/2+1)
	reason, _ := s.explain(err)
	s.o.Waiting(reason, d)
	return d, nil
}

// noAnswer reports whether the request never got as far as an answer.
func noAnswer(err error) bool {
	var send *smithyhttp.RequestSendError
	return errors.As(err, &send)
}

// neverRetry stops what the SDK takes for a connection that may heal: a
// certificate that is not trusted will not be in a minute either.
func neverRetry(err error) aws.Ternary {
	var limit *limitError
	if untrusted(err) || errors.As(err, &limit) {
		return aws.FalseTernary
	}
	return aws.UnknownTernary
}

// cutShort retries answers that end in the middle or are of another service, which the SDK does
// not.
func cutShort(err error) aws.Ternary {
	var syntax *xml.SyntaxError
	var bad *smithy.DeserializationError
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF),
		foreign(err),
		errors.As(err, &syntax) && syntax.Msg == "unexpected EOF",
		errors.As(err, &bad) && errors.Is(bad.Err, io.EOF):
		return aws.TrueTernary
	}
	return aws.UnknownTernary
}
