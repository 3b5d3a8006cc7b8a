package reference

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
}

// ConditionKey is one condition key of a service.
type ConditionKey struct {
	// Name is with its prefix and may hold a placeholder, such as
	// "aws:RequestTag/${TagKey}".
	Name string
	// Type is as AWS writes it, such as String, ArrayOfString, ARN, Bool,
	// Numeric, Date or IPAddress; several are joined by ", ".
	Type string
}

// Lookup returns the action with that name, without regard to letter case.
func (s *Service) Lookup(name string) (*Action, bool) { return nil, false }

// Expand returns the actions whose name matches the pattern (* and ?), without
// regard to letter case, in the order of Actions.
func (s *Service) Expand(namePattern string) []*Action { return nil }

// Patterns returns the formats with every placeholder as `*`, in the order of
// Formats. A type without formats has the one pattern `*`. The result is
// shared: treat it as read-only.
func (t *ResourceType) Patterns() []string { return t.patterns }
