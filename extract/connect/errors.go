package connect

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Error is a failed reading. It holds no credential, also where AWS repeated
// one, which is why it does not unwrap.
type Error struct {
	// Profile is the profile that was read.
	Profile string
	// Call is the action that failed, such as "iam:ListRoles", "" where no
	// call was made, and Page the page of it, from 1, 0 for a call without.
	Call string
	Page int
	// Code is AWS's code for the error, "" where it has none.
	Code string
	// Reason says what happened, Next what to do about it ("" if nothing).
	Reason string
	Next   string

	cause error
	// fatal is true if the other calls will fail in the same way.
	fatal bool
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "profile %q: ", e.Profile)
	if e.Call != "" {
		b.WriteString(e.Call)
		if e.Page > 0 {
			fmt.Fprintf(&b, ", page %d", e.Page)
		}
		b.WriteString(": ")
	}
	b.WriteString(e.Reason)
	if e.Next != "" {
		b.WriteString("; " + e.Next)
	}
	return b.String()
}

// Is looks at what caused the error.
func (e *Error) Is(target error) bool { return errors.Is(e.cause, target) }

// Fail makes an error of what a call returned. Once the context is done,
// whatever the call returned follows from that.
func (s *Session) Fail(ctx context.Context, call string, page int, err error) error {
	var limit *limitError
	if errors.As(context.Cause(ctx), &limit) {
		err = limit
	} else if ctx.Err() != nil {
		return fmt.Errorf("profile %q: %s: %w", s.ProfileName(), call, ctx.Err())
	}
	reason, next := s.explain(err)
	c := code(err)
	return &Error{
		Profile: s.ProfileName(), Call: call, Page: page, Code: c, Reason: reason, Next: next, cause: err,
		fatal: expiredCodes[c] || unknownCodes[c] || noAnswer(err) || withoutCredentials(err) || errors.As(err, &limit),
	}
}

// configError makes an error of a configuration that could not be loaded.
func (s *Session) configError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("profile %q: %w", s.ProfileName(), ctx.Err())
	}
	reason, next := s.explain(err)
	if next == "" {
		next = "correct it in " + strings.Join(s.o.Files.paths(), " or ")
	}
	return &Error{Profile: s.ProfileName(), Reason: reason, Next: next, cause: err}
}

// Denied reports whether the account does not allow the call.
func Denied(err error) bool {
	var e *Error
	return errors.As(err, &e) && deniedCodes[e.Code]
}

// Gone reports whether what the call asked for is not there.
func Gone(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == "NoSuchEntity"
}

// Fatal reports whether other calls will fail in the same way: the context is
// done, the credentials are no longer good, or nothing answers.
func Fatal(err error) bool {
	var e *Error
	return !errors.As(err, &e) || e.fatal
}

// Because returns what happened in the words of a gap.
func Because(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Call + ": " + e.Reason
	}
	return err.Error()
}
