package equivalency

import (
	"strings"

	"iamctl/equivalency/toolname"
	"iamctl/policy"
)

// EntityKind is a kind of entity of IAM, as ARNs spell it.
type EntityKind string

// The kinds of entities whose names and ids may be known.
const (
	Role            EntityKind = toolname.Role
	ManagedPolicy   EntityKind = toolname.Policy
	InstanceProfile EntityKind = toolname.InstanceProfile
	SAMLProvider    EntityKind = toolname.SAMLProvider
)

// Random is put in place of the parts of names that a tool made up. No name of IAM's
// can hold it.
const Random = "<random>"

// IDOf is put before an entity's ARN in a condition where its unique id was: what a
// condition compares is the id as a text, which the ARN never equals (IAM User Guide,
// "IAM JSON policy elements: Condition operators"). No name of IAM's can hold it.
const IDOf = "<id of>"

// Known is what an account's rules know of its own entities besides the dictionary.
type Known struct {
	// Account is the account's id. ARNs of other accounts name other entities.
	Account string
	// Names are the parts of names that a tool made up: each is rewritten to
	// Random, wherever the whole name stands for the entity.
	Names map[EntityKind]map[string][]Span
	// Attached are likewise those of the names of a role's policies, by the role's
	// name and the policy's type and name as in "inline data", where the policy can
	// be told by its role alone.
	Attached map[string]map[string][]Span
	// IDs are the ARNs of the account's entities by their unique ids, such as
	// AROA...: as a principal an id is written as the ARN is (IAM User Guide, "IAM
	// identifiers"), in a condition as IDOf and the ARN.
	IDs map[string]string
	// Reasons say by what role names pair although they differ, by name.
	Reasons map[string]string
}

// ofAccount reports whether an ARN's account may be the one with the id: that id, any
// account, or a variable for one.
func ofAccount(account, id string) bool {
	return account == id || account == "*" || len(account) > 2 && account[:2] == "${"
}

// In returns the parts of a text that a tool made up: a text that is an entity's whole
// name, or its ARN. Fields that hold no names have none.
func (k *Known) In(field Field, text string) []Span {
	if k == nil || len(k.Names) == 0 {
		return nil
	}
	switch field {
	case RoleName:
		return k.Names[Role][text]
	case PolicyName:
		return k.Names[ManagedPolicy][text]
	case Condition, Tag, Description:
		if parts := k.Names[Role][text]; parts != nil {
			return parts
		}
	case ARN, Principal:
	default:
		return nil
	}
	return k.inARN(text)
}

// inARN returns the made-up parts of the name in an ARN of an entity of the account.
func (k *Known) inARN(text string) []Span {
	arn, ok := policy.ParseARN(text)
	if !ok || !ofAccount(arn.Account, k.Account) {
		return nil
	}
	kind, from, to := entityIn(arn)
	parts := k.Names[kind][arn.Resource[from:to]]
	if parts == nil {
		return nil
	}
	return Shift(parts, len(text)-len(arn.Resource)+from)
}

// BesideMade returns the words of a text that are a tool's because of the parts that it
// made up. Where the tool drew nothing they may be somebody's own.
func BesideMade(text string, made []Span) *Fixed {
	f := &Fixed{}
	for _, m := range made {
		for _, w := range toolname.Beside(text, toolname.Span(m)) {
			f.word(w.From, w.To)
		}
	}
	return f
}

// entityIn returns the kind of an ARN's entity and where in the resource its name is:
// after the path, or before the session of an assumed role. The kinds of other services
// than IAM are those of package toolname.
func entityIn(arn policy.ARN) (kind EntityKind, from, to int) {
	before, rest, ok := strings.Cut(arn.Resource, "/")
	switch {
	case arn.Service == "s3":
		return toolname.Bucket, 0, len(before)
	case !ok:
		return "", 0, 0
	case arn.Service == "ecr" && before == "repository":
		return toolname.Repository, len(before) + 1, len(arn.Resource)
	case arn.Service == "ssm" && before == "parameter":
		return toolname.Parameter, len(before) + 1, len(arn.Resource)
	case arn.Service == "iam":
		return EntityKind(before), strings.LastIndexByte(arn.Resource, '/') + 1, len(arn.Resource)
	case arn.Service == "sts" && before == "assumed-role":
		name, _, _ := strings.Cut(rest, "/")
		return Role, len(before) + 1, len(before) + 1 + len(name)
	}
	return "", 0, 0
}

// Shift returns spans further on in a text.
func Shift(parts []Span, by int) []Span {
	out := make([]Span, len(parts))
	for i, p := range parts {
		out[i] = Span{p.From + by, p.To + by}
	}
	return out
}

// ID returns the ARN of the entity whose unique id begins a text, and the id's length;
// "" if there is none. What follows may be a session, as in AROA...:session, or a
// wildcard for it.
func (k *Known) ID(field Field, text string) (arn string, length int) {
	if k == nil || len(k.IDs) == 0 || (field != Principal && field != Condition) || len(text) == 0 || text[0] != 'A' {
		return "", 0
	}
	n := strings.IndexAny(text, ":*")
	if n < 0 {
		n = len(text)
	}
	return k.IDs[text[:n]], n
}
