package connect

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// plainBodies hides the WriteTo method of the SDK's request bodies. With it
// net/http copies a body in a way that, when the answer's headers come
// before the copy is done, now and then fails the whole attempt with "use of
// closed network connection" (smithy-go 1.28.8, on fast connections).
type plainBodies struct{ aws.HTTPClient }

func (c plainBodies) Do(r *http.Request) (*http.Response, error) {
	if r.Body != nil && r.Body != http.NoBody {
		r.Body = struct{ io.ReadCloser }{r.Body}
	}
	return c.HTTPClient.Do(r)
}

// answers is how the answers of services begin, and the error of one that does not.
var answers = map[string]struct {
	begin byte
	other error
}{
	iam.ServiceID:           {'<', errNotXML},
	sts.ServiceID:           {'<', errNotXML},
	organizations.ServiceID: {'{', errNotJSON},
}

// wholeAnswers makes an answer that ends too early an error. The SDK takes a
// good status with an empty body for an empty result without a word, and an
// account must never look empty because a proxy lost its roles. An answer that is
// no XML or JSON, as the service has it, or is beyond the limits, is an error at once. A decoder of
// XML that got all it needed never reads up to the end; JSON is looked at before it is
// decoded. Other services that serve credentials speak neither. The client of an EC2 host's metadata
// names neither service nor operation, so that the context has those of the
// call that it gets credentials for: its stack has another name.
func (s *Session) wholeAnswers(stack *middleware.Stack) error {
	return stack.Deserialize.Add(middleware.DeserializeMiddlewareFunc("WholeAnswers",
		func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
			s.o.Called()
			out, metadata, err := next.HandleDeserialize(ctx, in)
			known, ok := answers[awsmiddleware.GetServiceID(ctx)]
			if r, is := out.RawResponse.(*smithyhttp.Response); ok && is && r.Body != nil && r.StatusCode/100 == 2 &&
				awsmiddleware.GetOperationName(ctx) == stack.ID() {
				body, failed := s.bodies.of(r.Body, known.begin, known.other)
				if r.Body = (wholeBody{body}); known.begin == '{' && failed == nil {
					r.Body, failed = wholeJSON(body)
				}
				if failed != nil && err == nil {
					err = &smithy.DeserializationError{Err: failed}
				}
			}
			return out, metadata, err
		}), middleware.After)
}

type wholeBody struct{ io.ReadCloser }

func (b wholeBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

// wholeJSON reads a body of JSON, which is an error if it ends too early.
func wholeJSON(body io.ReadCloser) (io.ReadCloser, error) {
	data, err := io.ReadAll(body)
	if err == nil && !json.Valid(data) {
		err = io.ErrUnexpectedEOF
	}
	return struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(data), body}, err
}

// untrusted reports whether the server's certificate was refused.
func untrusted(err error) bool {
	var verify *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.As(err, &verify) || errors.As(err, &authority) || errors.As(err, &host)
}
