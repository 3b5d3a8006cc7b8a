package normalize

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
)

// Kind is a kind of attribute of a role.
type Kind string

// The kinds of attributes, in the order in which they are reported.
const (
	// KindName is the role's name where it differs in letter case alone.
	KindName               Kind = driftkind.RoleName
	KindPath               Kind = driftkind.Path
	KindBoundary           Kind = driftkind.Boundary
	KindMaxSessionDuration Kind = driftkind.MaxSessionDuration
	// KindInstanceProfile says that the role is in the instance profile of that
	// ARN.
	KindInstanceProfile Kind = driftkind.InstanceProfile
	KindTag             Kind = driftkind.Tag
	KindDescription     Kind = driftkind.Description
	// KindPolicy says that the role has the inline policy, or the managed
	// policy of that ARN attached.
	KindPolicy Kind = driftkind.Policy
	// KindFuture says that a policy has a pattern of actions which the other account's
	// policy has not, but all of the actions that match it today.
	KindFuture Kind = driftkind.Future
	// KindEffective says that control policies of the organisation leave the roles of both
	// accounts different permissions. Its key is the scope, identity or trust.
	KindEffective Kind = driftkind.Effective
)

// KindImpossible is the kind of a pair of an action and a resource that the
// reference calls impossible. It is no kind of attribute, but may be left out of a
// comparison as these may.
const KindImpossible Kind = driftkind.Impossible

// KindAWSManaged is the kind of a change that AWS made to a policy of its own. It is
// no kind of attribute either.
const KindAWSManaged Kind = driftkind.AWSManaged

// Kinds returns all kinds of attributes in their order.
func Kinds() []Kind {
	var out []Kind
	for _, k := range driftkind.Attributes() {
		out = append(out, Kind(k))
	}
	return out
}

// IgnorableKinds returns the kinds that may be left out of a comparison.
func IgnorableKinds() []Kind { return append(Kinds(), KindImpossible, KindAWSManaged) }

// Plural returns the word for several attributes of the kind.
func (k Kind) Plural() string {
	if stem, ok := strings.CutSuffix(string(k), "y"); ok {
		return stem + "ies"
	}
	return string(k) + "s"
}

// Field returns the dictionary's field for the values of a kind of attribute. A
// policy's value is its ARN, and so is an instance profile's: its name and path are in
// it.
func (k Kind) Field() (Field, bool) {
	switch k {
	case KindPath:
		return FieldPath, true
	case KindBoundary, KindInstanceProfile, KindPolicy:
		return FieldARN, true
	case KindTag:
		return FieldTag, true
	case KindDescription:
		return FieldDescription, true
	}
	return "", false
}

// Compare orders attributes by kind, in the order of Kinds, then by key.
func (a Attribute) Compare(b Attribute) int {
	if a.Kind != b.Kind {
		return cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind))
	}
	return cmp.Compare(a.Key, b.Key)
}

var kinds = Kinds()
