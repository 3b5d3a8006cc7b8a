package live_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"iamctl/extract/connect"
	"iamctl/extract/live"
	"iamctl/internal/fakeiam"
)

// TestCancel interrupts an extraction in every state in which it may be. It
// must end within a second, and say that it was interrupted.
func TestCancel(t *testing.T) {
	hour := fakeiam.Answer{Delay: time.Hour}
	tests := []struct {
		reason  string
		o       fakeiam.Options
		profile string
		change  func(*live.Options)
	}{
		{reason: "waiting for the identity", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Always(hour)}}},
		{reason: "waiting for a page", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(hour), "GetAccountAuthorizationDetails")}}},
		{
			reason: "throttled, with the real waits", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Throttled), "ListRoles")}},
			change: func(o *live.Options) { o.Retry = connect.Retry{} },
		},
		{
			reason: "in a wait of ten minutes", o: fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.Always(fakeiam.Broken), "ListRoles")}},
			change: func(o *live.Options) { o.Retry = connect.Retry{Base: 10 * time.Minute, Cap: 10 * time.Minute} },
		},
		{reason: "reading roles one by one", o: fakeiam.Options{Faults: []fakeiam.Fault{noDetails, fakeiam.Only(fakeiam.Always(fakeiam.Answer{Delay: 50 * time.Millisecond}), "GetRole")}}},
		{reason: "in a credential_process", profile: "[profile dev]\nendpoint_url = URL\ncredential_process = sleep 3; true\n"},
		{
			reason:  "asking for an MFA code",
			profile: "[profile dev]\nendpoint_url = URL\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile base]\nKEYS\n",
			change: func(o *live.Options) {
				o.MFAToken = func(string) (string, error) { time.Sleep(30 * time.Second); return "", errors.New("too late") }
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			t.Parallel()
			server := serve(t, sample(300), tt.o)
			o := options(t, server)
			if tt.profile != "" {
				o.Files = configFile(t, server.URL, tt.profile)
			}
			if tt.change != nil {
				tt.change(&o)
			}
			ctx, cancel := context.WithCancel(t.Context())
			var interrupted time.Time
			var mu sync.Mutex
			time.AfterFunc(300*time.Millisecond, func() {
				mu.Lock()
				defer mu.Unlock()
				interrupted = time.Now()
				cancel()
			})
			got, err := live.Extract(ctx, o)
			mu.Lock()
			defer mu.Unlock()
			if interrupted.IsZero() {
				t.Fatalf("it ended by itself: %v, %v", got != nil, err)
			}
			if took := time.Since(interrupted); took > time.Second {
				t.Errorf("it took %v to end", took)
			}
			if got != nil || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), `profile "dev"`) {
				t.Errorf("Extract = %v, %v; want no account and the context's error", got != nil, err)
			}
		})
	}
}

// TestSilence: a connection on which nothing comes is given up and the call
// made again; one on which something comes now and then is not.
func TestSilence(t *testing.T) {
	want := sample(3)
	server := serve(t, want, fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.First(1, fakeiam.Answer{Delay: time.Hour}), "ListRoles")}})
	o := options(t, server)
	o.Retry.Silence = 200 * time.Millisecond
	start := time.Now()
	extract(t, o)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v to notice the silence", took)
	}
	// A third one if the second took a connection that was at rest for as long
	// as the first was silent.
	if n := server.Calls("ListRoles"); n != 2 && n != 3 {
		t.Errorf("%d calls of ListRoles, want a second one after the silence", n)
	}
}

func TestWaiting(t *testing.T) {
	server := serve(t, sample(1), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.First(2, fakeiam.Throttled), "ListRoles")}})
	o := options(t, server)
	var mu sync.Mutex
	var waits []string
	o.Waiting = func(reason string, d time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		if d <= 0 {
			t.Errorf("a wait of %v", d)
		}
		waits = append(waits, reason)
	}
	extract(t, o)
	if len(waits) != 2 || !strings.HasPrefix(waits[0], "Throttling: ") {
		t.Errorf("waits %q, want two for throttling", waits)
	}
}

// TestAdaptive runs with the pacing that the other tests leave out.
func TestAdaptive(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: waits of seconds")
	}
	server := serve(t, sample(30), fakeiam.Options{Faults: []fakeiam.Fault{fakeiam.Only(fakeiam.First(1, fakeiam.Throttled), "ListRoles")}})
	o := options(t, server)
	o.Retry.Unpaced = false
	if got := extract(t, o); len(got.Roles) != 30 {
		t.Errorf("%d roles, want 30", len(got.Roles))
	}
}
