package verdict

import (
	"strings"
	"sync"

	"iamctl/reference"
	"iamctl/verdict/internal/resource"
)

// format is an ARN format of the reference.
type format struct {
	text    string
	pattern *resource.Pattern
	example func() string // an ARN
	// anyService says that the format does not say of which service it is.
	anyService bool
}

// formatTable has the formats that were asked for so far.
type formatTable struct {
	partition, account string
	byText             sync.Map // of *format
	byService          sync.Map // of [][]*format, by *reference.Service
}

func (t *formatTable) of(text string) *format {
	if f, ok := t.byText.Load(text); ok {
		return f.(*format)
	}
	f := &format{text: text, pattern: resource.Format(text)}
	service := strings.SplitN(text, ":", 4)
	f.anyService = len(service) == 4 && service[2] == "*"
	f.example = sync.OnceValue(func() string { return t.example(f.pattern) })
	actual, _ := t.byText.LoadOrStore(text, f)
	return actual.(*format)
}

// example returns an ARN that a pattern matches.
func (t *formatTable) example(p *resource.Pattern) (arn string) {
	q := resource.Query{Patterns: []*resource.Pattern{p}, Must: []int{0}, Partition: t.partition, Account: t.account}
	budget := 100_000
	_ = q.Each(&budget, func(c resource.Class) bool {
		arn = c.Text
		return false
	})
	return arn
}

// service returns the formats of each resource type of a service.
func (t *formatTable) service(s *reference.Service) [][]*format {
	if list, ok := t.byService.Load(s); ok {
		return list.([][]*format)
	}
	list := make([][]*format, len(s.ResourceTypes))
	for i := range s.ResourceTypes {
		for _, p := range s.ResourceTypes[i].Patterns() {
			list[i] = append(list[i], t.of(p))
		}
	}
	actual, _ := t.byService.LoadOrStore(s, list)
	return actual.([][]*format)
}
