package reference

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// s3Page has the shape of AWS's page of S3.
const s3Page = `{
  "Name" : "s3",
  "Actions" : [ {
    "Name" : "GetObject",
    "ActionConditionKeys" : [ "s3:authType" ],
    "Annotations" : { "Properties" : { "IsList" : false, "IsPermissionManagement" : false, "IsTaggingOnly" : false, "IsWrite" : false } },
    "Resources" : [ { "Name" : "object" } ],
    "SupportedBy" : { "IAM Access Analyzer Policy Generation" : false, "IAM Action Last Accessed" : false }
  }, {
    "Name" : "ListAllMyBuckets",
    "Annotations" : { "Properties" : { "IsList" : true, "IsPermissionManagement" : false, "IsTaggingOnly" : false, "IsWrite" : false } }
  }, {
    "Name" : "PutBucketPolicy",
    "Annotations" : { "Properties" : { "IsList" : false, "IsPermissionManagement" : true, "IsTaggingOnly" : false, "IsWrite" : true } },
    "Resources" : [ { "Name" : "bucket" } ]
  } ],
  "ConditionKeys" : [ { "Name" : "s3:authType", "Types" : [ "String" ] } ],
  "Operations" : [ { "Name" : "GetObject", "AuthorizedActions" : [ { "Name" : "GetObject", "Service" : "s3" } ] } ],
  "Resources" : [
    { "Name" : "bucket", "ARNFormats" : [ "arn:${Partition}:s3:::${BucketName}" ] },
    { "Name" : "object", "ARNFormats" : [ "arn:${Partition}:s3:::${BucketName}/${ObjectName}" ], "ConditionKeys" : [ "s3:authType" ] } ],
  "Version" : "v1.4"
}`

// s3Services is what becomes of it.
const s3Services = `
    "s3": {
      "keys": {
        "s3:authType": "String"
      },
      "resources": {
        "bucket": {"formats": ["arn:${Partition}:s3:::${BucketName}"]},
        "object": {"formats": ["arn:${Partition}:s3:::${BucketName}/${ObjectName}"], "keys": ["s3:authType"]}
      },
      "actions": {
        "GetObject": {"access": "Read", "resources": ["object"], "keys": ["s3:authType"]},
        "ListAllMyBuckets": {"access": "List"},
        "PutBucketPolicy": {"access": "Permissions management", "resources": ["bucket"]}
      }
    }`

// fakeAWS serves files by path and counts the requests.
type fakeAWS struct {
	*httptest.Server
	mu       sync.Mutex
	requests map[string]int
}

// handler answers the n-th request, from 1, of a path.
type handler func(w http.ResponseWriter, r *http.Request, n int)

func newFakeAWS(t *testing.T, files map[string]handler) *fakeAWS {
	f := &fakeAWS{requests: map[string]int{}}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		f.requests[r.URL.Path]++
		n := f.requests[r.URL.Path]
		f.mu.Unlock()
		serve, ok := files[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		serve(w, r, n)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *fakeAWS) count(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requests[path]
}

func serveText(text string) handler {
	return func(w http.ResponseWriter, _ *http.Request, _ int) { fmt.Fprint(w, text) }
}

// failFirst answers the first n requests with bad.
func failFirst(n int, bad, good handler) handler {
	return func(w http.ResponseWriter, r *http.Request, i int) {
		if i <= n {
			bad(w, r, i)
			return
		}
		good(w, r, i)
	}
}

func serveStatus(code int) handler {
	return func(w http.ResponseWriter, _ *http.Request, _ int) { http.Error(w, "no", code) }
}

func hangUp(w http.ResponseWriter, _ *http.Request, _ int) { panic(http.ErrAbortHandler) }

// cutOff announces more than it sends.
func cutOff(w http.ResponseWriter, _ *http.Request, _ int) {
	w.Header().Set("Content-Length", "5000")
	fmt.Fprint(w, s3Page[:100])
}

func zipped(text string, header bool) handler {
	return func(w http.ResponseWriter, _ *http.Request, _ int) {
		if header {
			w.Header().Set("Content-Encoding", "gzip")
		}
		z := gzip.NewWriter(w)
		fmt.Fprint(z, text)
		z.Close()
	}
}

const (
	listPath = "/v1/service-list.json"
	s3Path   = "/v1/s3/s3.json"
	s3List   = `[{"service": "s3", "url": "https://servicereference.us-east-1.amazonaws.com/v1/s3/s3.json"}]`
)

// update is Update with short waits.
func update(ctx context.Context, url string, progress func(done, total int, service string)) (*Reference, error) {
	if progress == nil {
		progress = func(int, int, string) {}
	}
	f := newFetcher(nil)
	f.backoff, f.maxWait, f.timeout = time.Millisecond, 5*time.Millisecond, 10*time.Second
	u := updater{fetcher: f, progress: progress}
	return u.run(ctx, url)
}

// services returns the part of an iam.json that holds the services.
func services(t *testing.T, r *Reference) string {
	t.Helper()
	_, rest, _ := strings.Cut(written(t, r), `"services": {`)
	return strings.TrimSuffix(rest, "\n  }\n}\n")
}

func TestUpdateSucceeds(t *testing.T) {
	tests := []struct {
		reason string
		files  map[string]handler
	}{
		{"plain", map[string]handler{listPath: serveText(s3List), s3Path: serveText(s3Page)}},
		{"gzip", map[string]handler{listPath: zipped(s3List, true), s3Path: zipped(s3Page, true)}},
		{"gzip that the headers do not tell", map[string]handler{listPath: zipped(s3List, false), s3Path: zipped(s3Page, false)}},
		{"a 500, a 503, then the file", map[string]handler{listPath: failFirst(1, serveStatus(500), serveText(s3List)), s3Path: failFirst(2, serveStatus(503), serveText(s3Page))}},
		{"throttled, then the file", map[string]handler{listPath: serveText(s3List), s3Path: failFirst(4, serveStatus(429), serveText(s3Page))}},
		{"connection lost, then the file", map[string]handler{listPath: failFirst(1, hangUp, serveText(s3List)), s3Path: failFirst(3, hangUp, serveText(s3Page))}},
		{"cut off on the way, then the file", map[string]handler{listPath: serveText(s3List), s3Path: failFirst(1, cutOff, serveText(s3Page))}},
		{"relative address", map[string]handler{listPath: serveText(`[{"service": "s3", "url": "s3/s3.json"}]`), "/v1/s3/s3.json": serveText(s3Page)}},
		{"the list at the root, as AWS documents it too", map[string]handler{"/": serveText(s3List), s3Path: serveText(s3Page)}},
		{"the list at the root by its name", map[string]handler{"/service-list.json": serveText(s3List), s3Path: serveText(s3Page)}},
		{"403 for a file that is not there", map[string]handler{listPath: serveStatus(403), "/": serveText(s3List), s3Path: serveText(s3Page)}},
		{"an entry twice", map[string]handler{listPath: serveText(s3List[:len(s3List)-1] + "," + s3List[1:]), s3Path: serveText(s3Page)}},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			aws := newFakeAWS(t, tt.files)
			r, err := update(t.Context(), aws.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(s3Services, services(t, r)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if r.Source() != "AWS service reference" || !strings.HasPrefix(r.Version(), "sha256:") {
				t.Errorf("source %q, version %q", r.Source(), r.Version())
			}
		})
	}
}

func TestUpdateFails(t *testing.T) {
	twoServices := `[{"service": "s3", "url": "/v1/s3/s3.json"}, {"service": "sqs", "url": "/v1/sqs/sqs.json"}]`
	tests := []struct {
		reason   string
		files    map[string]handler
		want     string
		requests int // of the page of S3, -1 where the order or net/http decides
	}{
		{"no list", nil, "/v1/service-list.json: the server answered 404", 0},
		{"the list is no list", map[string]handler{listPath: serveText(`{"services": []}`)}, "line 1, column 1: list of services: expected a list, found an object", 0},
		{"the list is empty", map[string]handler{listPath: serveText(`[]`)}, "the list of services is empty", 0},
		{"the list is a web page", map[string]handler{listPath: serveText(`<html>`)}, "line 1, column 1: not valid JSON", 0},
		{"an entry without an address", map[string]handler{listPath: serveText(`[{"service": "s3"}]`)}, "lacks service or url", 0},
		{"another host", map[string]handler{listPath: serveText(`[{"service": "s3", "url": "http://169.254.169.254/latest"}]`)}, "is on another host", 0},
		{"another scheme", map[string]handler{listPath: serveText(`[{"service": "s3", "url": "file:///etc/passwd"}]`)}, "is on another host", 0},
		{"a page missing", map[string]handler{listPath: serveText(twoServices), s3Path: serveText(s3Page)}, "service sqs: ", -1},
		{"a page missing, not tried again", map[string]handler{listPath: serveText(s3List), s3Path: serveStatus(404)}, "the server answered 404 Not Found", 1},
		{"500 for good", map[string]handler{listPath: serveText(s3List), s3Path: serveStatus(500)}, "the server answered 500 Internal Server Error, 5 times in a row", 5},
		{"connection lost for good", map[string]handler{listPath: serveText(s3List), s3Path: hangUp}, "5 times in a row", -1},
		{"a page cut short", map[string]handler{listPath: serveText(s3List), s3Path: serveText(s3Page[:len(s3Page)-10])}, "s3.json: line 22, column 13: the JSON text ends too early", 1},
		{"a page cut off for good", map[string]handler{listPath: serveText(s3List), s3Path: cutOff}, "unexpected EOF, 5 times in a row", 5},
		{"damaged gzip", map[string]handler{listPath: serveText(s3List), s3Path: serveText("\x1f\x8bnonsense")}, "gzip: invalid header", 1},
		{"a page without a name", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Actions": []}`)}, "has no Name", 1},
		{"a page without actions", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Name": "s3"}`)}, "has no Actions", 1},
		{"a member twice", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Name": "s3", "Name": "s4", "Actions": []}`)}, `"Name" stands twice`, 1},
		{"another shape", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Name": "s3", "Actions": {"GetObject": {}}}`)}, "line 1, column 27: Actions: expected a list, found an object", 1},
		{"a property of another type", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Name": "s3", "Actions": [{"Name": "A", "Annotations": {"Properties": {"IsWrite": "yes"}}}]}`)}, "property IsWrite: expected true or false, found a string", 1},
		{"a pattern for an action", map[string]handler{listPath: serveText(s3List), s3Path: serveText(`{"Name": "s3", "Actions": [{"Name": "Get*"}]}`)}, `"Get*" is not an action name`, 1},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			aws := newFakeAWS(t, tt.files)
			r, err := update(t.Context(), aws.URL+"/", nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
			if r != nil {
				t.Error("there is a reference in spite of the error")
			}
			if got := aws.count(s3Path); tt.requests >= 0 && got != tt.requests {
				t.Errorf("%d requests for the page, want %d", got, tt.requests)
			}
		})
	}
	for _, bad := range []string{"", "servicereference", "ftp://host/", "http://", "http://[::1"} {
		if _, err := Update(t.Context(), nil, bad, nil); err == nil {
			t.Errorf("no error for the address %q", bad)
		}
	}
}

func TestUpdateSizeLimit(t *testing.T) {
	bomb := func(w http.ResponseWriter, _ *http.Request, _ int) {
		z := gzip.NewWriter(w)
		defer z.Close()
		for range maxList>>20 + 1 {
			if _, err := z.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
				return
			}
		}
	}
	aws := newFakeAWS(t, map[string]handler{listPath: bomb})
	_, err := update(t.Context(), aws.URL, nil)
	if err == nil || !strings.Contains(err.Error(), "larger than 8 MiB") || aws.count(listPath) != 1 {
		t.Errorf("error %v after %d requests", err, aws.count(listPath))
	}
}

func TestUpdateCancelled(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	started := make(chan struct{})
	hang := func(_ http.ResponseWriter, r *http.Request, _ int) {
		close(started)
		select {
		case <-r.Context().Done():
		case <-release:
		}
	}
	tests := []struct {
		reason string
		page   handler
	}{
		{"while an answer is awaited", hang},
		{"while waiting to try again", func(w http.ResponseWriter, r *http.Request, n int) {
			w.Header().Set("Retry-After", "3600")
			serveStatus(503)(w, r, n)
			close(started)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			started = make(chan struct{})
			aws := newFakeAWS(t, map[string]handler{listPath: serveText(s3List), s3Path: tt.page})
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				<-started
				cancel()
			}()
			r, err := Update(ctx, nil, aws.URL, nil)
			if !errors.Is(err, context.Canceled) || r != nil {
				t.Errorf("reference %v, error %v", r, err)
			}
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Update(ctx, nil, "http://127.0.0.1:1/", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: error %v", err)
	}
}

func TestUpdateProgress(t *testing.T) {
	aws := newFakeAWS(t, awsPages(t, Embedded(), []string{"s3", "sqs", "sns", "kms"}))
	var got []string
	next := 0
	_, err := update(t.Context(), aws.URL, func(done, total int, service string) {
		if done != next || total != 4 || (service == "") != (done == 0) {
			t.Errorf("progress(%d, %d, %q), expected %d of 4", done, total, service, next)
		}
		next++
		got = append(got, service)
	})
	if err != nil || len(got) != 5 {
		t.Errorf("progress for %q, error %v", got, err)
	}
}

func TestUpdateVersion(t *testing.T) {
	dated := func(text, date string) handler {
		return func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Last-Modified", date)
			fmt.Fprint(w, text)
		}
	}
	aws := newFakeAWS(t, map[string]handler{
		listPath: dated(s3List, "Mon, 02 Feb 2026 23:59:59 GMT"),
		s3Path:   dated(s3Page, "Sun, 01 Mar 2026 00:00:00 GMT"),
	})
	r, err := update(t.Context(), aws.URL, nil)
	if err != nil || r.Version() != "2026-03-01" {
		t.Errorf("version %q, error %v, want the day of the newest file", r.Version(), err)
	}
	first, _ := update(t.Context(), newFakeAWS(t, map[string]handler{listPath: serveText(s3List), s3Path: serveText(s3Page)}).URL, nil)
	other, _ := update(t.Context(), newFakeAWS(t, map[string]handler{listPath: serveText(s3List), s3Path: serveText(strings.Replace(s3Page, "GetObject", "GetObjekt", 1))}).URL, nil)
	if first.Version() == other.Version() {
		t.Errorf("without dates, different content has the same version %q", first.Version())
	}
}

// TestUpdateMergesAndNotes: two pages of one prefix, and oddities of the pages.
func TestUpdateMergesAndNotes(t *testing.T) {
	aws := newFakeAWS(t, map[string]handler{
		listPath: serveText(`[{"service": "elb", "url": "/a.json", "modified": 1}, {"service": "elb-v2", "url": "/b.json"}]`),
		"/a.json": serveText(`{"Name": "elb", "Actions": [{"Name": "A", "Annotations": {"Properties": {"IsWrite": true}}, "Resources": [{"Name": "gone"}]}],
			"Resources": null, "ConditionKeys": [], "News": {"x": [1, "}"]}}`),
		"/b.json": serveText(`{"Name": "elb", "Actions": [{"Name": "B", "Annotations": {"Properties": {"IsTaggingOnly": true, "IsWrite": true}}}, {"Name": "C", "Annotations": {"Properties": null}}]}`),
	})
	r, err := update(t.Context(), aws.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := `
    "elb": {
      "keys": {
      },
      "resources": {
        "gone": {"formats": []}
      },
      "actions": {
        "A": {"access": "Write", "resources": ["gone"]},
        "B": {"access": "Tagging"},
        "C": {"access": ""}
      }
    }`
	if diff := cmp.Diff(want, services(t, r)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	notes := []Note{
		{Duplicate, "elb", `the list of services calls it "elb-v2"`},
		{Unused, "", `page: "News" is not used (1 times)`},
		{Unused, "", `service: "modified" is not used (1 times)`},
		{Dangling, "elb", "action A names the resource type gone, which is not defined"},
		{Incomplete, "elb", "action C has no access level"},
	}
	if diff := cmp.Diff(notes, r.Notes()); diff != "" {
		t.Errorf("notes (-want +got)\n%s", diff)
	}
}

// TestUpdateWhole serves the embedded table in AWS's form: the same facts must
// come out, for all services, whatever way they took.
func TestUpdateWhole(t *testing.T) {
	if testing.Short() {
		t.Skip("left out: -short: the whole table")
	}
	aws := newFakeAWS(t, awsPages(t, Embedded(), Embedded().Services()))
	r, err := update(t.Context(), aws.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := services(t, Embedded()); want != services(t, r) {
		t.Error("the services are not those of the embedded table")
	}
	if len(r.Notes()) > 0 {
		t.Errorf("notes: %v", r.Notes())
	}
}

// awsPages writes services of a reference as AWS's files.
func awsPages(t *testing.T, ref *Reference, prefixes []string) map[string]handler {
	t.Helper()
	files := map[string]handler{}
	type object = map[string]any
	var list []object
	for _, prefix := range prefixes {
		s, ok := ref.Service(prefix)
		if !ok {
			t.Fatalf("no service %s", prefix)
		}
		var actions, resources, keys []object
		for _, a := range s.Actions {
			var types []object
			for _, name := range s.typeNames(a.ResourceTypes) {
				types = append(types, object{"Name": name})
			}
			actions = append(actions, object{"Name": a.Name, "ActionConditionKeys": a.ConditionKeys, "Resources": types, "Annotations": object{"Properties": object{
				"IsList": a.Access == "List", "IsTaggingOnly": a.Access == "Tagging", "IsPermissionManagement": a.Access == "Permissions management",
				"IsWrite": a.Access != "List" && a.Access != "Read",
			}}})
		}
		for _, r := range s.ResourceTypes {
			resources = append(resources, object{"Name": r.Name, "ARNFormats": r.Formats, "ConditionKeys": r.ConditionKeys})
		}
		for _, k := range s.ConditionKeys {
			keys = append(keys, object{"Name": k.Name, "Types": []string{k.Type}})
		}
		page, err := json.Marshal(object{"Name": s.Prefix, "Actions": append([]object{}, actions...), "Resources": resources, "ConditionKeys": keys, "Operations": []object{}, "Version": "v1.4"})
		if err != nil {
			t.Fatal(err)
		}
		path := "/v1/" + prefix + "/" + prefix + ".json"
		files[path] = serveText(string(page))
		list = append(list, object{"service": prefix, "url": strings.TrimSuffix(DefaultURL, "/") + path})
	}
	text, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	files[listPath] = serveText(string(text))
	return files
}
