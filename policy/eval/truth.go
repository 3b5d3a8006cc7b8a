package eval

import "strconv"

// truth is an answer of three: unclear is what AWS does not say.
type truth int8

const (
	no truth = iota
	unclear
	yes
)

// answer is a truth with the reason for which it is unclear.
type answer struct {
	truth truth
	why   *reason
}

// reason is a text and what it is about, put together only when asked for.
type reason struct{ text, subject string }

func (r *reason) String() string {
	if r.subject == "" {
		return r.text
	}
	return r.text + ": " + strconv.Quote(r.subject)
}

func doubt(text, subject string) answer { return answer{unclear, &reason{text, subject}} }

func sure(b bool) answer {
	if b {
		return answer{truth: yes}
	}
	return answer{truth: no}
}

func (a answer) not() answer { return answer{yes - a.truth, a.why} }

func (a answer) and(b answer) answer {
	if b.truth < a.truth {
		return b
	}
	return a
}

// or returns b only where it is the better answer, so that the first reason
// remains.
func (a answer) or(b answer) answer {
	if b.truth > a.truth {
		return b
	}
	return a
}

// anyOf reports whether the question is true of an element.
func anyOf[T any](list []T, question func(T) answer) answer {
	var a answer
	for _, e := range list {
		if a = a.or(question(e)); a.truth == yes {
			break
		}
	}
	return a
}

// allOf reports whether the question is true of every element.
func allOf[T any](list []T, question func(T) answer) answer {
	a := answer{truth: yes}
	for _, e := range list {
		if a = a.and(question(e)); a.truth == no {
			break
		}
	}
	return a
}
