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
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"

	"iamctl/inventory"
)

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
func (s *Server) Profile(name string) string { return Profile(name, s.URL) }

// Profile returns a section of a shared config file that leads to a server at an address.
func Profile(name, url string) string {
	return "[profile " + name + "]\nregion = us-east-1\nendpoint_url = " + url +
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

// Log returns every call, in the order in which they came.
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
