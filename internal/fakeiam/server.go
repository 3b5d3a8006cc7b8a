// Package fakeiam is an HTTP server for tests that speaks the query protocol
// of AWS IAM and STS for one account: requests as forms, answers as XML, pages
// with markers, documents percent-encoded as RFC 3986 says, errors as AWS words
// them. It follows the IAM API Reference (2010-05-08) and the STS API Reference
// (2011-06-15). It answers reads alone, and AssumeRole.
//
// A Server counts its calls, so that a test can say how many there may be,
// and fails on demand: see Fault.
package fakeiam

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"iamctl/inventory"
)

// Options change how the account is served.
type Options struct {
	// PageSize caps the items of a page whatever MaxItems asks for, as AWS
	// may; 0 for no cap beyond MaxItems (100 unless asked, at most 1000).
	PageSize int
	// EmptyPages puts an empty page that says IsTruncated before every page.
	EmptyPages bool
	// OmitPolicy leaves a managed policy out of
	// GetAccountAuthorizationDetails, nil for none.
	OmitPolicy func(arn string) bool
	// OmitDocument leaves the default version's document of a managed policy
	// out of GetAccountAuthorizationDetails, nil for none.
	OmitDocument func(arn string) bool
	// Unattached are managed policies that GetAccountAuthorizationDetails
	// lists although nothing refers to them.
	Unattached []inventory.Policy
	// OldVersions is how many versions besides the default one every managed
	// policy has. Their documents are Decoy, and the default is not the last.
	OldVersions int
	// View picks the account that a call sees, for changes during a scan;
	// nil for always the one given to New.
	View func(Call) *inventory.Account
	// Encode encodes documents, nil for RFC 3986 as AWS does.
	Encode func(inventory.Document) string
	// Faults are asked in order; the first that wants to fails the call.
	Faults []Fault
	// Latency delays every answer.
	Latency time.Duration
}

type pageKey struct {
	account *inventory.Account
	form    string
}

// Call is one request as a Fault and a View see it.
type Call struct {
	Action string
	// Nth counts the calls of the action, Total those of every action,
	// both from 1.
	Nth, Total int
	Form       url.Values
	Header     http.Header
}

// Server serves one account at URL until Close.
type Server struct {
	URL string

	account *inventory.Account
	options Options
	server  *httptest.Server
	pages   sync.Map // rendered answers: pageKey -> []byte

	mu    sync.Mutex
	total int
	calls map[string]int
	log   []Call
}

// New starts a server on a loopback port. The account must not change while
// it is served; entities without an id get one made from their name.
func New(account *inventory.Account, o Options) *Server {
	if o.Encode == nil {
		o.Encode = Encode
	}
	s := &Server{account: account, options: o, calls: map[string]int{}}
	s.server = httptest.NewServer(s)
	s.URL = s.server.URL
	return s
}

// Profile returns a section of a shared config file that leads to the server.
func (s *Server) Profile(name string) string {
	return "[profile " + name + "]\nregion = us-east-1\nendpoint_url = " + s.URL +
		"\naws_access_key_id = AKIAFAKEFAKEFAKEFAKE\naws_secret_access_key = fakeSecretFakeSecretFakeSecretFakeSecret\n"
}

// Close ends the server and the connections that are open.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// Calls returns how often the action was called, "" for every action.
func (s *Server) Calls(action string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if action == "" {
		return s.total
	}
	return s.calls[action]
}

// Actions returns the actions that were called, sorted.
func (s *Server) Actions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var names []string
	for name := range s.calls {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Log is every call in the order in which they came.
func (s *Server) Log() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil || r.Method != http.MethodPost {
		s.fail(w, &apiError{http.StatusBadRequest, "MalformedInput", "expected a form by POST"}, "none")
		return
	}
	call := s.count(r)
	id := requestID(call.Total)
	if !wait(r, s.options.Latency) {
		return
	}
	for _, fault := range s.options.Faults {
		if answer := fault(call); answer != (Answer{}) {
			if !s.misbehave(w, r, answer, call, id) {
				return
			}
		}
	}
	body, err := s.answer(call, id)
	if err != nil {
		s.fail(w, err, id)
		return
	}
	send(w, http.StatusOK, body, id)
}

func (s *Server) count(r *http.Request) Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	action := r.PostForm.Get("Action")
	s.total++
	s.calls[action]++
	call := Call{Action: action, Nth: s.calls[action], Total: s.total, Form: r.PostForm, Header: r.Header}
	s.log = append(s.log, call)
	return call
}

// answer renders what a healthy AWS would say.
func (s *Server) answer(call Call, id string) ([]byte, *apiError) {
	if call.Header.Get("Authorization") == "" {
		return nil, &apiError{http.StatusForbidden, "MissingAuthenticationToken", "Request is missing Authentication Token"}
	}
	op, ok := operations[call.Action]
	if !ok || call.Form.Get("Version") != op.version {
		return nil, &apiError{http.StatusBadRequest, "InvalidAction", "Could not find operation " + call.Action + " for version " + call.Form.Get("Version")}
	}
	account := s.account
	if s.options.View != nil {
		account = s.options.View(call)
	}
	// Pages of thousands of roles are rendered once: a benchmark of a client
	// must not measure the server.
	key := pageKey{account, call.Form.Encode()}
	inner, ok := s.pages.Load(key)
	if !ok {
		q := &query{server: s, account: account, form: call.Form, out: &writer{}}
		if err := op.run(q); err != nil {
			return nil, err
		}
		inner = q.out.Bytes()
		s.pages.Store(key, inner)
	}
	return envelope(call.Action, op.namespace, inner.([]byte), id), nil
}

func (s *Server) fail(w http.ResponseWriter, e *apiError, id string) {
	send(w, e.status, e.render(id), id)
}

func send(w http.ResponseWriter, status int, body []byte, id string) {
	head(w, len(body), id)
	w.WriteHeader(status)
	w.Write(body)
}

func head(w http.ResponseWriter, length int, id string) {
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.Header().Set("x-amzn-RequestId", id)
}

// wait sleeps, and reports whether the client is still there afterwards.
func wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}

func requestID(n int) string {
	return fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
}
