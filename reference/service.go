package reference

import (
	"sort"
	"strings"
	"sync"

	"iamctl/policy"
)

// Service is what AWS publishes for one service prefix. It is shared between
// callers: treat it as read-only.
type Service struct {
	// Prefix is the part of an action before the colon, such as "s3".
	Prefix string
	// Actions are sorted by name without regard to letter case.
	Actions []Action
	// ResourceTypes are sorted by name without regard to letter case.
	ResourceTypes []ResourceType
	// ConditionKeys are sorted by name without regard to letter case. Every
	// key that an action or a resource type names is among them.
	ConditionKeys []ConditionKey

	folded *foldedNames
}

// foldedNames are the names of the actions in lower case, made when first
// needed.
type foldedNames struct {
	once  sync.Once
	names []string
}

// Action is one action of a service.
type Action struct {
	// Name is without the service prefix, such as "GetObject".
	Name string
	// Access is List, Read, Write, "Permissions management" or Tagging, and
	// "" where the source does not say.
	Access string
	// ResourceTypes are ascending indexes into Service.ResourceTypes. None
	// means that the action has no resource-level permission.
	ResourceTypes []int
	// ConditionKeys are the names of the keys that a statement with this
	// action may use, sorted; the global aws: keys that hold for every
	// action are mostly not repeated by AWS.
	ConditionKeys []string
}

// ResourceType is one resource type of a service.
type ResourceType struct {
	Name string
	// Formats are ARN formats such as "arn:${Partition}:s3:::${BucketName}",
	// sorted. The service of an ARN may differ from the prefix. None means
	// that a source named the type and gave no format.
	Formats []string
	// ConditionKeys are the names of the keys of this type, sorted.
	ConditionKeys []string

	patterns []string
	shapes   *serviceShapes
	index    int // in shapes
}

// ConditionKey is one condition key of a service.
type ConditionKey struct {
	// Name is with its prefix and may hold a placeholder, such as
	// "aws:RequestTag/${TagKey}".
	Name string
	// Type is as AWS writes it, such as String, ArrayOfString, ARN, Bool,
	// Numeric, Date or IPAddress; several are joined by ", ", and "" means
	// that the source does not say.
	Type string
}

// prepare fills what is precomputed.
func (s *Service) prepare() {
	s.folded = &foldedNames{}
	shapes := &serviceShapes{types: s.ResourceTypes}
	for i := range s.ResourceTypes {
		t := &s.ResourceTypes[i]
		t.patterns = t.makePatterns()
		t.shapes, t.index = shapes, i
	}
}

// Lookup returns the action with that name, without regard to letter case.
func (s *Service) Lookup(name string) (*Action, bool) {
	i, ok := sort.Find(len(s.Actions), func(i int) int { return policy.CompareFold(name, s.Actions[i].Name) })
	if !ok {
		return nil, false
	}
	return &s.Actions[i], true
}

// Expand returns the actions whose name matches the pattern (* and ?), without
// regard to letter case, in the order of Actions.
func (s *Service) Expand(namePattern string) []*Action {
	pattern := policy.Fold(namePattern)
	literal, rest := pattern, ""
	if i := strings.IndexAny(pattern, "*?"); i >= 0 {
		literal, rest = pattern[:i], pattern[i:]
	}
	var out []*Action
	first := sort.Search(len(s.Actions), func(i int) bool { return policy.CompareFold(s.Actions[i].Name, literal) >= 0 })
	for i := first; i < len(s.Actions); i++ {
		name := s.Actions[i].Name
		if len(name) < len(literal) || policy.CompareFold(name[:len(literal)], literal) != 0 {
			break
		}
		if rest == "*" || policy.Match(rest, s.lowerName(i)[len(literal):]) {
			out = append(out, &s.Actions[i])
		}
	}
	return out
}

func (s *Service) lowerName(i int) string {
	if s.folded == nil {
		return policy.Fold(s.Actions[i].Name) // a Service that a caller put together
	}
	s.folded.once.Do(func() {
		for _, a := range s.Actions {
			s.folded.names = append(s.folded.names, policy.Fold(a.Name))
		}
	})
	return s.folded.names[i]
}

// Patterns returns the formats with every placeholder as `*`, in the order of
// Formats. A type without formats has the one pattern `*`, so that nothing is
// taken for impossible. The result is shared: treat it as read-only.
func (t *ResourceType) Patterns() []string {
	if t.patterns != nil {
		return t.patterns
	}
	return t.makePatterns() // a type that a caller put together
}

func (t *ResourceType) makePatterns() []string {
	if len(t.Formats) == 0 {
		return []string{"*"}
	}
	out := make([]string, len(t.Formats))
	for i, f := range t.Formats {
		out[i] = placeholders(f)
	}
	return out
}

// Pattern returns the name with every placeholder as `*`. AWS writes some
// tag keys as a plain "tag-key".
func (k ConditionKey) Pattern() string {
	name := placeholders(k.Name)
	if prefix, ok := strings.CutSuffix(name, "/tag-key"); ok {
		return prefix + "/*"
	}
	return name
}
