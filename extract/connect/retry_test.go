package connect

import (
	"errors"
	"net"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// TestPatience adds up the waits by default: at their shortest they must
// outlast two minutes of throttling, at their longest they must not take more
// than ten.
func TestPatience(t *testing.T) {
	s := &Session{o: Options{}.withDefaults(), secrets: newSecrets()}
	err := &smithy.GenericAPIError{Code: "Throttling"}
	var shortest, longest time.Duration
	for attempt := 1; attempt < s.o.Retry.MaxAttempts; attempt++ {
		var low, high time.Duration
		for range 200 {
			d, stop := s.backoff(attempt, s.o.Retry.MaxAttempts, err)
			if stop != nil {
				t.Fatalf("attempt %d: %v", attempt, stop)
			}
			if low == 0 || d < low {
				low = d
			}
			high = max(high, d)
		}
		if high > s.o.Retry.Cap || high == low {
			t.Errorf("attempt %d: waits between %v and %v, want some chance, and none above %v", attempt, low, high, s.o.Retry.Cap)
		}
		shortest, longest = shortest+low, longest+high
	}
	if shortest < 2*time.Minute || longest > 10*time.Minute {
		t.Errorf("all waits are between %v and %v together, want between 2 and 10 minutes", shortest, longest)
	}
}

// TestDials: a mistyped endpoint ends in seconds, not in minutes.
func TestDials(t *testing.T) {
	s := &Session{o: Options{}.withDefaults(), secrets: newSecrets()}
	refused := &smithyhttp.RequestSendError{Err: &net.OpError{Op: "dial", Err: errors.New("refused")}}
	if _, err := s.backoff(dialsForIdentity-1, dialsForIdentity, refused); err != nil {
		t.Errorf("no further attempt before the last one: %v", err)
	}
	var spent *retry.MaxAttemptsError
	if _, err := s.backoff(dialsForIdentity, dialsForIdentity, refused); !errors.As(err, &spent) || spent.Attempt != dialsForIdentity {
		t.Errorf("after the last attempt: %v, want that it gives up", err)
	}
	if _, err := s.backoff(dialsForIdentity, dialsForIdentity, &smithy.GenericAPIError{Code: "Throttling"}); err != nil {
		t.Errorf("an answer is no silence: %v", err)
	}
}

// TestNoQuota: the SDK's own quota ends retries after a hundred in a row.
func TestNoQuota(t *testing.T) {
	s := &Session{o: Options{}.withDefaults(), secrets: newSecrets()}
	r := s.retryer(5)
	for i := range 1000 {
		if _, err := r.GetRetryToken(t.Context(), &smithy.GenericAPIError{Code: "Throttling"}); err != nil {
			t.Fatalf("retry %d: %v", i, err)
		}
	}
	if r.MaxAttempts() != s.o.Retry.MaxAttempts {
		t.Errorf("%d attempts, want %d", r.MaxAttempts(), s.o.Retry.MaxAttempts)
	}
}
