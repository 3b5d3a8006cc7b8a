package fakeiam

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Fault looks at a call and says how it fails; the zero Answer lets it pass.
// Faults are called from many goroutines at once.
type Fault func(Call) Answer

// Answer is a failing answer.
type Answer struct {
	// Status and Code make an error answer, with Message.
	Status  int
	Code    string
	Message string
	// Delay comes before the answer, whatever it is.
	Delay time.Duration
	// Cut sends this share of a good answer's bytes, between 0 and 1, and
	// drops the connection.
	Cut float64
	// Short is Cut, but ends the answer in good order, as a proxy may do
	// that lost the rest.
	Short float64
	// Empty is a good status without a body.
	Empty bool
	// Drop ends the connection without an answer.
	Drop bool
}

// Only limits a fault to some actions.
func Only(f Fault, actions ...string) Fault {
	return func(c Call) Answer {
		if !slices.Contains(actions, c.Action) {
			return Answer{}
		}
		return f(c)
	}
}

// Always fails every call with the answer.
func Always(a Answer) Fault {
	return func(Call) Answer { return a }
}

// First fails the first n calls of each action.
func First(n int, a Answer) Fault {
	return func(c Call) Answer {
		if c.Nth <= n {
			return a
		}
		return Answer{}
	}
}

// Nth fails the nth call of each action alone.
func Nth(n int, a Answer) Fault {
	return func(c Call) Answer {
		if c.Nth == n {
			return a
		}
		return Answer{}
	}
}

// Every fails every nth call, counted over all actions.
func Every(n int, a Answer) Fault {
	return func(c Call) Answer {
		if c.Total%n == 0 {
			return a
		}
		return Answer{}
	}
}

// After fails all calls after the first n, counted over all actions.
func After(n int, a Answer) Fault {
	return func(c Call) Answer {
		if c.Total > n {
			return a
		}
		return Answer{}
	}
}

// Sometimes fails calls with the given probability, with one of the answers,
// from a seeded source.
func Sometimes(probability float64, seed uint64, answers ...Answer) Fault {
	var mu sync.Mutex
	source := rand.New(rand.NewPCG(seed, seed))
	return func(Call) Answer {
		mu.Lock()
		defer mu.Unlock()
		if source.Float64() >= probability {
			return Answer{}
		}
		return answers[source.IntN(len(answers))]
	}
}

// Deny denies the actions, as IAM words it.
func Deny(actions ...string) Fault {
	return Only(func(c Call) Answer {
		return Answer{
			Status: http.StatusForbidden, Code: "AccessDenied",
			Message: "User: arn:aws:iam::123456789012:user/auditor is not authorized to perform: iam:" + c.Action + " because no identity-based policy allows the action",
		}
	}, actions...)
}

// AWS's answers when it cannot or will not.
var (
	// Throttled is IAM's answer to too many calls.
	Throttled = Answer{Status: http.StatusBadRequest, Code: "Throttling", Message: "Rate exceeded"}
	// Unavailable and Broken are faults of the service.
	Unavailable = Answer{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable", Message: "The request has failed due to a temporary failure of the server."}
	Broken      = Answer{Status: http.StatusInternalServerError, Code: "ServiceFailure", Message: "The request processing has failed because of an unknown error, exception or failure."}
	// Expired is the answer to credentials that were good once.
	Expired = Answer{Status: http.StatusForbidden, Code: "ExpiredToken", Message: "The security token included in the request is expired"}
	// Truncated and Lost end an answer early, roughly and in good order.
	Truncated = Answer{Cut: 0.6}
	Lost      = Answer{Short: 0.6}
	// Nothing is an empty answer with a good status.
	Nothing = Answer{Empty: true}
	// Dropped is a connection that ends without an answer.
	Dropped = Answer{Drop: true}
)

// misbehave carries out a fault. It returns true where the fault was only a
// delay, and the call is to be answered as usual.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, a Answer, call Call, id string) (goOn bool) {
	if !wait(r, a.Delay) {
		return false
	}
	switch {
	case a.Drop:
		panic(http.ErrAbortHandler)
	case a.Empty:
		send(w, http.StatusOK, nil, id)
	case a.Cut > 0, a.Short > 0:
		s.cut(w, a, call, id)
	case a.Status != 0:
		s.fail(w, &apiError{a.Status, a.Code, a.Message}, id)
	default:
		return true
	}
	return false
}

// cut sends the beginning of the good answer.
func (s *Server) cut(w http.ResponseWriter, a Answer, call Call, id string) {
	body, err := s.answer(call, id)
	if err != nil {
		s.fail(w, err, id)
		return
	}
	if a.Short > 0 {
		send(w, http.StatusOK, body[:int(a.Short*float64(len(body)))], id)
		return
	}
	head(w, len(body), id)
	w.Write(body[:int(a.Cut*float64(len(body)))])
	http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}
