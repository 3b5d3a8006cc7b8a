package fakeiam

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"iamctl/inventory"
)

type pageKey struct {
	account *inventory.Account
	form    string
}

// answer returns the body of a healthy AWS's answer.
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
