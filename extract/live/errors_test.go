package live_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"iamctl/extract/connect"
	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// rewrite serves an account with the good answers to an action rewritten.
func rewrite(t *testing.T, a *inventory.Account, action string, change func(body string) string) live.Options {
	t.Helper()
	behind := serve(t, a, fakeiam.Options{})
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(form)))
		record := httptest.NewRecorder()
		behind.ServeHTTP(record, r)
		body := record.Body.String()
		if strings.Contains(string(form), "Action="+action+"&") {
			body, record.Code = change(body), http.StatusOK
		}
		w.WriteHeader(record.Code)
		io.WriteString(w, body)
	}))
	t.Cleanup(front.Close)
	return live.Options{Profile: "dev", Files: configFile(t, front.URL, plainProfile), Retry: quick}
}

// wantError fails unless the extraction fails with the text in its error.
func wantError(t *testing.T, o live.Options, text string) *connect.Error {
	t.Helper()
	got, err := live.Extract(t.Context(), o)
	if got != nil {
		t.Errorf("an account came with the error")
	}
	var e *connect.Error
	if !errors.As(err, &e) {
		t.Fatalf("error %v, want a *connect.Error with %q", err, text)
	}
	if !strings.Contains(err.Error(), text) {
		t.Errorf("error %q\nwant %q in it", err, text)
	}
	noSecrets(t, err.Error())
	return e
}

func TestErrors(t *testing.T) {
	tests := []struct {
		reason string
		o      fakeiam.Options
		want   string
	}{
		{
			"credentials expire in the midst",
			fakeiam.Options{PageSize: 2, Faults: []fakeiam.Fault{fakeiam.Only(func(c fakeiam.Call) fakeiam.Answer {
				if c.Nth > 2 {
					return fakeiam.Expired
				}
				return fakeiam.Answer{}
			}, "GetAccountAuthorizationDetails")}},
			`profile "dev": iam:GetAccountAuthorizationDetails, page 3: the credentials have expired (ExpiredToken); renew the credentials of the profile and run again`,
		},
		{
			"credentials are expired",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Always(fakeiam.Expired)}},
			`sts:GetCallerIdentity: the credentials have expired (ExpiredToken)`,
		},
		{
			"the key is not known",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Always(fakeiam.Answer{Status: 403, Code: "InvalidClientTokenId", Message: "The security token included in the request is invalid."})}},
			`an account of GovCloud or China needs its own region`,
		},
		{
			"throttling never ends",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Throttled), "ListRoles")}},
			`iam:ListRoles, page 1: gave up after 4 attempts: Throttling: Rate exceeded; AWS limits the calls`,
		},
		{
			"the service is down",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Unavailable), "ListRoles")}},
			`iam:ListRoles, page 1: gave up after 4 attempts: ServiceUnavailable: `,
		},
		{
			"every answer breaks off",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Truncated), "GetAccountAuthorizationDetails")}},
			`iam:GetAccountAuthorizationDetails, page 1: gave up after 4 attempts: the answer ends in the middle; run again`,
		},
		{
			"every answer ends early",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Lost), "GetAccountAuthorizationDetails")}},
			`iam:GetAccountAuthorizationDetails, page 1: gave up after 4 attempts: the answer ends in the middle; run again`,
		},
		{
			"every answer is empty",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Nothing), "ListRoles")}},
			`iam:ListRoles, page 1: gave up after 3 attempts: the answer is empty or no XML, as those of IAM and STS are; check endpoint_url of the profile and the proxy`,
		},
		{
			"nobody answers",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Always(fakeiam.Dropped)}},
			`check the network, the proxy, and region and endpoint_url of the profile`,
		},
		{
			"an error without a code",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Answer{Status: 418}), "ListRoles")}},
			`iam:ListRoles, page 1: an error (HTTP status 418) without a code of AWS's; check endpoint_url and the proxy`,
		},
		{
			"a fault that is nobody's",
			fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Answer{Status: 400, Code: "ValidationError", Message: "no"}), "ListRoles")}},
			`iam:ListRoles, page 1: ValidationError: no`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			o := options(t, serve(t, sample(9), tt.o))
			o.Retry.MaxAttempts = 4
			wantError(t, o, tt.want)
		})
	}
}

// TestForeignAnswers are good answers of something that is not IAM.
func TestForeignAnswers(t *testing.T) {
	for name, body := range map[string]string{
		"a page of a hotel's network": "<html><head><title>Welcome</title></head><body>Log in</body></html>",
		"JSON":                        `{"message": "hello"}`,
		"an XML prolog":               `<?xml version="1.0"?>`,
		"an empty result":             `<GetAccountAuthorizationDetailsResponse></GetAccountAuthorizationDetailsResponse>`,
	} {
		t.Run(name, func(t *testing.T) {
			o := rewrite(t, sample(3), "GetAccountAuthorizationDetails", func(string) string { return body })
			o.Retry.MaxAttempts = 2
			wantError(t, o, "iam:GetAccountAuthorizationDetails, page 1: ")
		})
	}
	o := rewrite(t, sample(3), "GetCallerIdentity", func(string) string {
		return `<GetCallerIdentityResponse><GetCallerIdentityResult></GetCallerIdentityResult></GetCallerIdentityResponse>`
	})
	wantError(t, o, "sts:GetCallerIdentity: the answer names no account")
}

// TestNoSecretsInErrors has AWS repeat whatever it was sent, as it does when
// a signature is wrong.
func TestNoSecretsInErrors(t *testing.T) {
	for _, code := range []string{"SignatureDoesNotMatch", "AccessDenied", "ValidationError", "InvalidClientTokenId", "Odd"} {
		t.Run(code, func(t *testing.T) {
			parrot := func(c fakeiam.Call) fakeiam.Answer {
				var b strings.Builder
				c.Header.Write(&b)
				return fakeiam.Answer{Status: 403, Code: code, Message: b.String() + " key " + keyID + " secret " + secret + " token " + token}
			}
			server := serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(parrot, "ListRoles", "GetAccountAuthorizationDetails")}})
			e := wantError(t, options(t, server), "")
			noSecrets(t, e.Reason+e.Next)
			if strings.Contains(e.Error(), "Signature=") {
				t.Errorf("a signature in: %s", e)
			}
			if errors.Unwrap(e) != nil {
				t.Error("the error unwraps to one that holds credentials")
			}
		})
	}
}
