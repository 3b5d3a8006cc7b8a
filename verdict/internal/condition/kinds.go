package condition

import (
	"strings"

	"iamctl/verdict/internal/glob"
)

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

// Named returns what Kinds does of the ARNs that begin with base, each told apart also by
// what the conditions on the key name say of its name: what is behind its last slash. all
// reports whether this is all that conditions tell apart, and not what variables may be.
func (s *Space) Named(key, name, base string, prefer []string, budget *int) (out []string, all bool, err error) {
	n, ok := s.index[name]
	if !ok {
		out, err = s.Kinds(key, base+"?*", prefer, budget)
		return out, true, err
	}
	seen := map[string]bool{}
	for depth := range 1 + s.slashes(key) {
		path := base + strings.Repeat("*/", depth)
		q := s.kinds(key, path+"?*", prefer)
		all = s.keys[n].behind(path, q) && !s.variable
		deeper := len(q.Patterns)
		q.Patterns = append(q.Patterns, glob.Parse(path+"*/*", glob.Reading{Wildcards: true}))
		classes, err := q.Classes(budget)
		if err != nil {
			return nil, false, err
		}
		for _, c := range classes {
			if id := c.Match.View(); !c.Match.Has(deeper) && !seen[id] {
				seen[strings.Clone(id)] = true
				out = append(out, c.Text)
			}
		}
	}
	return out, all, nil
}

// slashes returns how many slashes the patterns of a key's conditions have: a text with
// more of them is told from none with fewer.
func (s *Space) slashes(key string) int {
	count := 0
	if n, ok := s.index[key]; ok {
		for _, m := range s.keys[n].matchers {
			for _, t := range m.tests {
				if t, ok := t.(textTest); ok {
					count += strings.Count(t.text, "/")
				}
			}
		}
	}
	return count
}

// behind adds patterns of a key's values behind a path to a query, and reports whether
// all its conditions are such patterns.
func (k *key) behind(path string, q *glob.Query) bool {
	all := true
	for _, m := range k.matchers {
		for _, t := range m.tests {
			switch t := t.(type) {
			case textTest:
				text := t.text
				if !t.reading.Wildcards {
					text = literally.Replace(text)
				}
				q.Patterns = append(q.Patterns, glob.Parse(path+text, glob.Reading{Wildcards: true, Fold: t.reading.Fold}))
			case never:
			default:
				all = false
			}
		}
	}
	return all
}

// literally writes wildcards as characters.
var literally = strings.NewReplacer("${*}", "${*}", "${?}", "${?}", "${$}", "${$}", "*", "${*}", "?", "${?}")

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
