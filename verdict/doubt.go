package verdict

import (
	"strings"

	"iamctl/policy"
)

// unreadable says why nobody can say what a document means, "" if it is plain.
func unreadable(d *policy.Document) string {
	switch d.Version {
	case variablesVersion, "2008-10-17", "":
	default:
		return "version"
	}
	if !harmless(d.Unknown) {
		return "elements"
	}
	return ""
}

// harmless reports whether none of the elements can carry a permission.
func harmless(list []policy.Element) bool {
	for _, e := range list {
		switch policy.Fold(e.Name) {
		case "sid", "id":
		case "condition":
			if !strings.HasSuffix(e.JSON, `":{}}`) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func elements(list []policy.Element) string {
	var b strings.Builder
	for _, e := range list {
		b.WriteString(e.Name + "\x00" + e.JSON + "\x00")
	}
	return b.String()
}

// doubtKey is the same for statements that apply to the same, whatever that is.
// actions says that they are a part of the doubt.
func doubtKey(s *policy.Statement, variables, actions bool) string {
	version := "2008-10-17"
	if variables {
		version = variablesVersion
	}
	c := policy.CanonicalStatement(s, version, "")
	if !actions {
		c.Action, c.NotAction = nil, nil
	}
	d := policy.Document{Statements: []policy.Statement{c}}
	return d.String()
}

// repeated reports whether two conditions have the same operator and key: AWS
// does not say whether one of them is enough.
func repeated(list []policy.Condition) bool {
	for i := range list {
		for j := range i {
			if policy.CompareFold(list[i].Operator, list[j].Operator) == 0 && policy.CompareFold(list[i].Key, list[j].Key) == 0 {
				return true
			}
		}
	}
	return false
}
