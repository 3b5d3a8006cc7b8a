package connect

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"
)

// Limits bound what a server may answer: an endpoint_url may lead anywhere. Zero
// fields take the default, which is far beyond what AWS answers.
type Limits struct {
	// Answer is the largest answer, and Total that of all answers for an account,
	// in bytes (64 MiB, 4 GiB).
	Answer, Total int64
	// Pages is how many pages a list may have, and Empty how many in a row may
	// be empty (10,000, 100).
	Pages, Empty int
	// Entities is how many entities a list may have (200,000). AWS's largest
	// quotas are some 10,000.
	Entities int
	// AnswerTime is how long one answer may take, and Time the whole reading (5
	// minutes, 4 hours).
	AnswerTime, Time time.Duration
}

func (l Limits) withDefaults() Limits {
	return Limits{
		Answer: or(l.Answer, 64<<20), Total: or(l.Total, 4<<30),
		Pages: or(l.Pages, 10_000), Empty: or(l.Empty, 100), Entities: or(l.Entities, 200_000),
		AnswerTime: or(l.AnswerTime, 5*time.Minute), Time: or(l.Time, 4*time.Hour),
	}
}

func or[T int | int64 | time.Duration](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// limitError says which limit a server broke. No further attempt will do better.
type limitError struct{ reason string }

func (e *limitError) Error() string { return e.reason }

func overLimit(format string, args ...any) error { return &limitError{fmt.Sprintf(format, args...)} }

// Answers of another service than the one that was asked.
var (
	errNotXML  = errors.New("the answer is empty or no XML, as those of IAM and STS are")
	errNotJSON = errors.New("the answer is empty or no JSON, as those of Organizations are")
)

// foreign reports whether the answer is that of another service.
func foreign(err error) bool { return errors.Is(err, errNotXML) || errors.Is(err, errNotJSON) }

// bounded is the body of an answer within limits.
type bounded struct {
	io.ReadCloser
	limits  Limits
	total   *atomic.Int64
	started time.Time
	taken   int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.taken += int64(n)
	switch {
	case b.taken > b.limits.Answer:
		return n, overLimit("the answer has more than %d MiB", b.limits.Answer>>20)
	case b.total.Add(int64(n)) > b.limits.Total:
		return n, overLimit("all answers together have more than %d MiB", b.limits.Total>>20)
	case time.Since(b.started) > b.limits.AnswerTime:
		return n, overLimit("the answer takes longer than %v", b.limits.AnswerTime)
	}
	return n, err
}

// bodies bounds the answers of a session.
type bodies struct {
	limits Limits
	total  atomic.Int64
}

// of returns a body within limits, and the error other if it does not begin as the answers
// of the service do.
func (b *bodies) of(body io.ReadCloser, begin byte, other error) (io.ReadCloser, error) {
	limited := &bounded{ReadCloser: body, limits: b.limits, total: &b.total, started: time.Now()}
	buffered := bufio.NewReader(limited)
	whole := struct {
		io.Reader
		io.Closer
	}{buffered, body}
	for {
		c, err := buffered.ReadByte()
		switch {
		case err == io.EOF:
			return whole, other
		case err != nil:
			return whole, err
		case bytes.IndexByte([]byte(" \t\r\n\xef\xbb\xbf"), c) >= 0:
			continue
		case c != begin:
			return whole, other
		}
		return whole, buffered.UnreadByte()
	}
}

// InTime returns a context that ends after the time that a reading may take.
func (s *Session) InTime(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, s.o.Limits.Time, overLimit("the reading takes longer than %v", s.o.Limits.Time))
}
