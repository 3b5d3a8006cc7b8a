package reference

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"iamctl/policy"
)

// accessLevels are those of the Service Authorization Reference. Of several
// levels that a source has for an action, the last one in this list counts.
var accessLevels = []string{"", "Read", "List", "Write", "Tagging", "Permissions management"}

func validAccess(access string) bool { return slices.Contains(accessLevels, access) }

func strongest(a, b string) string {
	if slices.Index(accessLevels, a) >= slices.Index(accessLevels, b) {
		return a
	}
	return b
}

// validToken reports whether s can be a service prefix or an action's name:
// in a policy it would be that name, and no pattern.
func validToken(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c > '~', c == ':', c == '*', c == '?', c == '"', c == '\\':
			return false
		}
	}
	return s != ""
}

// validText reports whether s can be another name, a type or an ARN format:
// it is not empty, is UTF-8 and has no control characters.
func validText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
		}
	}
	return s != ""
}

func checkPage(p Page) error {
	if !validToken(p.Prefix) {
		return fmt.Errorf("%q is not a service prefix", p.Prefix)
	}
	for _, a := range p.Actions {
		if err := checkAction(a); err != nil {
			return fmt.Errorf("service %s: %w", p.Prefix, err)
		}
	}
	for _, t := range p.ResourceTypes {
		if err := checkTexts([]string{t.Name}, t.Formats, t.ConditionKeys); err != nil {
			return fmt.Errorf("service %s: resource type %q: %w", p.Prefix, t.Name, err)
		}
	}
	for _, k := range p.ConditionKeys {
		if !validText(k.Name) || k.Type != "" && !validText(k.Type) {
			return fmt.Errorf("service %s: condition key %q of type %q: empty or with control characters", p.Prefix, k.Name, k.Type)
		}
	}
	return nil
}

func checkAction(a PageAction) error {
	if !validToken(a.Name) {
		return fmt.Errorf("%q is not an action name", a.Name)
	}
	if !validAccess(a.Access) {
		return fmt.Errorf("action %s has the unknown access level %q", a.Name, a.Access)
	}
	if err := checkTexts(a.ResourceTypes, a.ConditionKeys); err != nil {
		return fmt.Errorf("action %s: %w", a.Name, err)
	}
	return nil
}

func checkTexts(lists ...[]string) error {
	for _, list := range lists {
		for _, s := range list {
			if !validText(s) {
				return fmt.Errorf("%q is empty or has control characters", s)
			}
		}
	}
	return nil
}

// compareNames orders names without regard to letter case, and names that
// differ in nothing else by their bytes.
func compareNames(a, b string) int {
	if c := policy.CompareFold(a, b); c != 0 {
		return c
	}
	return cmp.Compare(a, b)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// union returns the sorted values of both lists, without "".
func union(a, b []string) []string {
	out := slices.DeleteFunc(append(slices.Clone(a), b...), func(s string) bool { return s == "" })
	slices.Sort(out)
	return slices.Compact(out)
}

// joinTypes writes the types of a condition key as one text.
func joinTypes(types []string) string { return strings.Join(union(types, nil), ", ") }
