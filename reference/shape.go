package reference

import (
	"slices"
	"strings"
	"sync"

	"iamctl/policy"
)

// slashed are the resources, as service and pattern of the last ARN part, or
// whole services, of which a part that varies may hold a slash. Placeholders
// that speak of a path need no entry.
var slashed = map[string]bool{
	// There is a longer format, but the name may hold a slash too.
	"amplify:apps/*/branches/*":  true, // the name of a git branch
	"budgets:budget/*":           true, // names exclude no more than "/action/"
	"resource-groups:group/*":    true, // groups of applications have an id behind a slash
	"transform-custom:package/*": true, // AWS's own begin with "AWS/"
	// There are longer formats, but not all: AWS's own policies name others
	// that actions on the shorter one use.
	"apigateway":        true, // the paths of requests
	"profile:domains/*": true, // domains/*/upload-jobs/*
	// The name may hold a slash, and AWS may add a longer format.
	"ecr-public:repository/*": true,
	"ecr:repository/*":        true,
	"events:event-bus/*":      true, // those of partners
	"events:event-source/*":   true,
	"iot:topic/*":             true,
	"iot:topicfilter/*":       true,
	"kms:alias/*":             true, // those of AWS
	"logs:log-group:*":        true,
	"secretsmanager:secret:*": true,
}

// Shapes returns the formats as shapes, in the order of Formats: the patterns
// are those of Patterns. AWS does not say which parts may hold a slash. Where the
// service has a longer format that continues with one, they are taken to hold
// none, unless names with slashes are known. The result is shared: treat it as
// read-only.
func (t *ResourceType) Shapes() []policy.Shape {
	if t.shapes != nil {
		return t.shapes.of(t.index)
	}
	alone := []ResourceType{*t} // a type that a caller put together
	return shapes(t, sortedPatterns(alone))
}

// serviceShapes are the shapes of a service's types, which depend on each
// other, made when the first are needed.
type serviceShapes struct {
	once  sync.Once
	types []ResourceType
	lists [][]policy.Shape // as types
}

func (s *serviceShapes) of(index int) []policy.Shape {
	s.once.Do(func() {
		all := sortedPatterns(s.types)
		s.lists = make([][]policy.Shape, len(s.types))
		for i := range s.types {
			s.lists[i] = shapes(&s.types[i], all)
		}
	})
	return s.lists[index]
}

func sortedPatterns(types []ResourceType) []string {
	var all []string
	for i := range types {
		all = append(all, types[i].Patterns()...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// shapes returns the shapes of a type of a service that has all these
// patterns, sorted.
func shapes(t *ResourceType, all []string) []policy.Shape {
	patterns := t.Patterns()
	out := make([]policy.Shape, len(patterns))
	for i, p := range patterns {
		out[i].Pattern = p
		if i < len(t.Formats) && endsInName(t.Formats[i]) && !mayHoldSlash(p) {
			out[i].Longer = behind(p+"/", all)
		}
	}
	return out
}

// endsInName reports whether the format ends in a placeholder, and none of its
// placeholders is a path. A star of AWS's own means all that is there.
func endsInName(format string) bool {
	return strings.HasSuffix(format, "}") && !strings.Contains(format, "Path") && !strings.Contains(format, "Slash")
}

// behind returns the sorted patterns that begin with the text.
func behind(text string, all []string) []string {
	from, _ := slices.BinarySearch(all, text)
	to := from
	for to < len(all) && strings.HasPrefix(all[to], text) {
		to++
	}
	if from == to {
		return nil
	}
	return all[from:to:to]
}

// mayHoldSlash reports whether slashed has one of the parts that vary.
func mayHoldSlash(pattern string) bool {
	arn, ok := policy.ParseARN(pattern)
	if !ok || slashed[arn.Service] {
		return true
	}
	for i := range len(arn.Resource) {
		if arn.Resource[i] == '*' && slashed[arn.Service+":"+arn.Resource[:i+1]] {
			return true
		}
	}
	return false
}
