package condition

import "iamctl/verdict/internal/glob"

// Kinds returns a value of each kind that the conditions on a key, in lower case,
// tell apart among those that match the pattern; one if there are none.
func (s *Space) Kinds(key, pattern string, prefer []string, budget *int) ([]string, error) {
	q := s.kinds(key, pattern, prefer)
	classes, err := q.Classes(budget)
	var out []string
	for _, c := range classes {
		out = append(out, c.Text)
	}
	return out, err
}

func (s *Space) kinds(key, pattern string, prefer []string) *glob.Query {
	q := &glob.Query{Prefer: prefer, Must: []int{0}, Patterns: []glob.Pattern{glob.Parse(pattern, glob.Reading{Wildcards: true})}}
	if n, ok := s.index[key]; ok {
		for _, m := range s.keys[n].matchers {
			for _, t := range m.tests {
				if t, ok := t.(textTest); ok {
					q.Patterns = append(q.Patterns, t.pattern)
				}
			}
		}
	}
	return q
}

// Accounts returns an account's id of each kind that the conditions on a key and
// the patterns tell apart.
func (s *Space) Accounts(key string, patterns, prefer []string, budget *int) ([]string, error) {
	q := s.kinds(key, "????????????", prefer)
	for _, p := range patterns {
		q.Patterns = append(q.Patterns, glob.Parse(p, glob.Reading{Wildcards: true}))
	}
	classes, err := q.Classes(budget)
	var out []string
	for _, c := range classes {
		if id, ok := digits(q, c); ok {
			out = append(out, id)
		}
	}
	return out, err
}

// digits returns the text of a class with a digit for each character that is none.
func digits(q *glob.Query, c glob.Class) (string, bool) {
	text := []byte(c.Text)
	for i, b := range text {
		for d := byte('0'); (text[i] < '0' || text[i] > '9') && d <= '9'; d++ {
			if text[i] = d; !sameClass(q, c, string(text)) {
				text[i] = b
			}
		}
		if text[i] < '0' || text[i] > '9' {
			return "", false
		}
	}
	return string(text), true
}

func sameClass(q *glob.Query, c glob.Class, text string) bool {
	for i := range q.Patterns {
		if q.Patterns[i].Match(text) != c.Match.Has(i) {
			return false
		}
	}
	return true
}
