// Package fakeorg is an HTTP server for tests that serves an AWS organisation: AWS
// Organizations in its JSON protocol, sts:AssumeRole into the accounts, and IAM and STS of
// each of them by package fakeiam. It follows the AWS Organizations API Reference
// (2016-11-28).
package fakeorg

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// Call is one call as a Fault sees it.
type Call struct {
	// Action is that of the API, and About the id or the ARN that it is about, "" for none.
	Action, About string
	// Nth counts the calls of the action with the same About, from 1.
	Nth int
}

// Options change how the organisation is served.
type Options struct {
	// PageSize is how many elements a page has, 0 for 20.
	PageSize int
	// Fault returns AWS's code for the error with which a call fails, "" for none. It may be
	// nil, and is called from many goroutines at once.
	Fault func(Call) string
	// Foreign answers calls about the organisation with this text, "" for as AWS does;
	// only the first so many if Times is not 0.
	Foreign string
	Times   int
	// Lifetime is how long the credentials of a role are good, 0 for an hour.
	Lifetime time.Duration
	// Off are types of policies that the root has switched off.
	Off []string
	// Latency delays every answer, those of the accounts included.
	Latency time.Duration
}

// Assumed is a call of sts:AssumeRole.
type Assumed struct{ RoleARN, ExternalID, Session string }

// Server serves an organisation at URL until Close. The credentials of a profile are those
// of the management account.
type Server struct {
	URL string

	org      *inventory.Organization
	options  Options
	server   *httptest.Server
	accounts map[string]*fakeiam.Server

	mu      sync.Mutex
	calls   map[Call]int
	total   map[string]int
	assumed []Assumed
}

// New starts a server on a loopback port. accounts are those that can be read, by id.
func New(org *inventory.Organization, accounts map[string]*inventory.Account, o Options) *Server {
	if o.PageSize == 0 {
		o.PageSize = 20
	}
	s := &Server{org: org, options: o, accounts: map[string]*fakeiam.Server{}, calls: map[Call]int{}, total: map[string]int{}}
	for id, a := range accounts {
		s.accounts[id] = fakeiam.New(a, fakeiam.Options{Latency: o.Latency})
	}
	s.server = httptest.NewServer(s)
	s.URL = s.server.URL
	return s
}

// Profile returns a section of a shared config file that leads to the management account.
func (s *Server) Profile(name string) string { return fakeiam.Profile(name, s.URL) }

// Close ends the servers.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
	for _, a := range s.accounts {
		a.Close()
	}
}

// Calls returns how often an action was called.
func (s *Server) Calls(action string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total[action]
}

// Assumed returns the calls of sts:AssumeRole, in the order in which they came.
func (s *Server) Assumed() []Assumed {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.assumed)
}

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		s.organizations(w, r, target[strings.LastIndexByte(target, '.')+1:])
		return
	}
	if err := r.ParseForm(); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if r.PostForm.Get("Action") == "AssumeRole" {
		time.Sleep(s.options.Latency)
		s.assumeRole(w, r)
		return
	}
	id := s.caller(r)
	account := s.accounts[id]
	if account == nil {
		http.Error(w, "no account "+id, http.StatusBadRequest)
		return
	}
	account.ServeHTTP(w, r)
}

// caller returns the account whose credentials signed a request.
func (s *Server) caller(r *http.Request) string {
	_, key, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	if rest, ok := strings.CutPrefix(key, "ASIA"); ok && len(rest) >= 12 {
		return rest[:12]
	}
	return s.org.Management
}

// fails reports whether a call fails, and counts it.
func (s *Server) fails(action, about string) string {
	s.mu.Lock()
	c := Call{Action: action, About: about}
	s.calls[c]++
	s.total[action]++
	c.Nth = s.calls[c]
	s.mu.Unlock()
	if s.options.Fault == nil {
		return ""
	}
	return s.options.Fault(c)
}

func (s *Server) assumeRole(w http.ResponseWriter, r *http.Request) {
	arn := r.PostForm.Get("RoleArn")
	s.mu.Lock()
	s.assumed = append(s.assumed, Assumed{arn, r.PostForm.Get("ExternalId"), r.PostForm.Get("RoleSessionName")})
	s.mu.Unlock()
	id := strings.Split(arn+":::::", ":")[4]
	code := s.fails("AssumeRole", arn)
	if code == "" && s.accounts[id] == nil {
		code = "AccessDenied"
	}
	w.Header().Set("Content-Type", "text/xml")
	if code != "" {
		w.WriteHeader(status(code))
		fmt.Fprintf(w, "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s of %s</Message></Error></ErrorResponse>", code, code, arn)
		return
	}
	life := s.options.Lifetime
	if life == 0 {
		life = time.Hour
	}
	fmt.Fprintf(w, "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA%sFAKE</AccessKeyId><SecretAccessKey>assumedSecretAssumedSecret</SecretAccessKey>"+
		"<SessionToken>assumedSessionToken</SessionToken><Expiration>%s</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>",
		id, time.Now().Add(life).UTC().Format(time.RFC3339))
}

// status returns the HTTP status of an error.
func status(code string) int {
	if strings.HasPrefix(code, "AccessDenied") {
		return http.StatusForbidden
	}
	if code == "ServiceException" {
		return http.StatusInternalServerError
	}
	return http.StatusBadRequest
}

func (s *Server) organizations(w http.ResponseWriter, r *http.Request, action string) {
	var in struct {
		ParentId, PolicyId, ResourceId, Filter, NextToken string
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	time.Sleep(s.options.Latency)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if s.foreign() {
		fmt.Fprint(w, s.options.Foreign)
		return
	}
	about := in.ParentId + in.PolicyId + in.ResourceId + in.Filter
	if code := s.fails(action, about); code != "" {
		w.WriteHeader(status(code))
		json.NewEncoder(w).Encode(map[string]string{"__type": code, "Message": code + " of " + action})
		return
	}
	name, list := s.list(action, in.ParentId+in.PolicyId+in.ResourceId, in.Filter)
	if name == "" {
		json.NewEncoder(w).Encode(list)
		return
	}
	json.NewEncoder(w).Encode(s.page(name, list.([]any), in.NextToken))
}

func (s *Server) foreign() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.total["foreign"]++
	return s.options.Foreign != "" && (s.options.Times == 0 || s.total["foreign"] <= s.options.Times)
}

func (s *Server) page(name string, list []any, from string) map[string]any {
	start := 0
	fmt.Sscanf(from, "from-%d", &start)
	end := min(start+s.options.PageSize, len(list))
	out := map[string]any{name: list[start:end]}
	if end < len(list) {
		out["NextToken"] = fmt.Sprintf("from-%d", end)
	}
	return out
}
