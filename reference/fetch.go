package reference

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

// fetcher gets files over HTTP and tries again where that can help.
type fetcher struct {
	client   *http.Client
	attempts int
	// backoff is the wait after the first failure; it doubles each time, up
	// to maxWait, and is taken between half and whole.
	backoff, maxWait time.Duration
	// timeout bounds one attempt.
	timeout time.Duration
}

func newFetcher(client *http.Client) *fetcher {
	if client == nil {
		client = &http.Client{}
	}
	return &fetcher{client: client, attempts: 5, backoff: 200 * time.Millisecond, maxWait: 30 * time.Second, timeout: time.Minute}
}

// answer is a file that was fetched.
type answer struct {
	body []byte
	// modified is what the server says of the file, the zero time if nothing.
	modified time.Time
}

// statusError is an answer that is not the file.
type statusError struct {
	code   int
	status string
	after  time.Duration
}

func (e *statusError) Error() string { return "the server answered " + e.status }

// missing reports whether there is no such file. CloudFront and S3 also
// answer 403 for that.
func (e *statusError) missing() bool {
	return e.code == http.StatusNotFound || e.code == http.StatusForbidden || e.code == http.StatusGone
}

// tooLargeError is an answer above the limit.
type tooLargeError struct{ limit int64 }

func (e *tooLargeError) Error() string {
	return fmt.Sprintf("the answer is larger than %d MiB", e.limit>>20)
}

// get fetches a file of at most limit bytes, unpacked.
func (f *fetcher) get(ctx context.Context, url string, limit int64) (answer, error) {
	for attempt := 1; ; attempt++ {
		got, err := f.try(ctx, url, limit)
		if err == nil {
			return got, nil
		}
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		if !temporary(err) {
			return answer{}, fmt.Errorf("%s: %w", url, err)
		}
		if attempt == f.attempts {
			return answer{}, fmt.Errorf("%s: %w, %d times in a row", url, err, attempt)
		}
		if err := f.wait(ctx, attempt, err); err != nil {
			return answer{}, err
		}
	}
}

func (f *fetcher) try(ctx context.Context, url string, limit int64) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, f.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}, err
	}
	resp, err := f.client.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return answer{}, &statusError{code: resp.StatusCode, status: resp.Status, after: time.Duration(seconds) * time.Second}
	}
	body, err := readBody(resp.Body, limit)
	if err != nil {
		return answer{}, err
	}
	modified, _ := http.ParseTime(resp.Header.Get("Last-Modified"))
	return answer{body: body, modified: modified}, nil
}

// readBody reads a body and unpacks it if it is gzip, whatever the headers
// say: stores of static files lose them. No JSON text begins like gzip.
func readBody(body io.Reader, limit int64) ([]byte, error) {
	in := bufio.NewReader(body)
	var out io.Reader = in
	if start, _ := in.Peek(2); string(start) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		out = unzipped
	}
	data, err := io.ReadAll(io.LimitReader(out, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = &tooLargeError{limit}
	}
	return data, err
}

// temporary reports whether another attempt may succeed: all but a clear
// answer of the server.
func temporary(err error) bool {
	var status *statusError
	var tooLarge *tooLargeError
	switch {
	case errors.As(err, &status):
		return status.code >= 500 || status.code == http.StatusTooManyRequests || status.code == http.StatusRequestTimeout
	case errors.As(err, &tooLarge), errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return false
	}
	return true
}

func (f *fetcher) wait(ctx context.Context, attempt int, cause error) error {
	d := min(f.backoff<<(attempt-1), f.maxWait)
	d = d/2 + rand.N(d/2+1)
	var status *statusError
	if errors.As(cause, &status) {
		d = max(d, min(status.after, f.maxWait))
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
