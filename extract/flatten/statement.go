package flatten

import (
	"encoding/json"
	"strings"

	"iamctl/inventory"
	"iamctl/policy"
)

// groupKey is what statements have in common whose actions and resources
// may be looked at together: their union means the same however it is split.
type groupKey struct {
	effect string
	terms  inventory.Terms
}

// part is a statement with one kind of each element: Action or NotAction,
// Resource or NotResource, Principal or NotPrincipal. A legal statement is
// one part; one that has both of a kind is kept as all its parts.
type part struct {
	key        groupKey
	actions    []*action
	resources  []string
	principals []inventory.Principal
	// paired is true if resources are to be matched with the actions; not
	// so for negated ones.
	paired bool
	// beyond is true for actions on all but the resources.
	beyond bool
}

// parts takes a canonical statement apart.
func parts(s *policy.Statement, expand *expansions) []part {
	condition := policy.ConditionJSON(s.Condition)
	var out []part
	for _, a := range either("NotAction", s.Action, s.NotAction) {
		actions := expand.of(a.values, a.negated != "")
		for _, r := range either("NotResource", s.Resource, s.NotResource) {
			for _, p := range either("NotPrincipal", s.Principal, s.NotPrincipal) {
				out = append(out, part{
					key: groupKey{s.Effect, inventory.Terms{
						Negated:   strings.Join(nonEmpty(a.negated, r.negated, p.negated), " "),
						Condition: condition,
						Statement: wholeJSON(s, a.negated != "", r.negated != "", p.negated != ""),
					}},
					actions:    actions,
					resources:  orNone(r.values),
					principals: principals(p.values),
					paired:     a.negated == "" && r.negated == "",
					beyond:     a.negated == "" && r.negated != "",
				})
			}
		}
	}
	return out
}

type choice[T any] struct {
	negated string
	values  []T
}

// either returns the element, its Not form, or both where a statement has both;
// where it has neither, one choice without values.
func either[T any](name string, plain, not []T) []choice[T] {
	switch {
	case not == nil:
		return []choice[T]{{"", plain}}
	case plain == nil:
		return []choice[T]{{name, not}}
	}
	return []choice[T]{{"", plain}, {name, not}}
}

// wholeJSON returns the statement column: complete Not- lists and unknown
// elements.
func wholeJSON(s *policy.Statement, notAction, notResource, notPrincipal bool) string {
	whole := map[string]any{}
	if notAction {
		whole["NotAction"] = foldAll(s.NotAction)
	}
	if notResource {
		whole["NotResource"] = s.NotResource
	}
	if notPrincipal {
		whole["NotPrincipal"] = principalLists(s.NotPrincipal)
	}
	for _, e := range s.Unknown {
		whole[e.Name] = append(asList(whole[e.Name]), json.RawMessage(e.JSON))
	}
	if len(whole) == 0 {
		return ""
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(whole); err != nil {
		// The values are strings and JSON that the parser has read.
		panic("flatten: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func asList(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

func foldAll(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = policy.Fold(s)
	}
	return out
}

func principalLists(list []policy.Principal) map[string][]string {
	out := map[string][]string{}
	for _, p := range list {
		out[p.Type] = append(out[p.Type], p.Value)
	}
	return out
}

// principals returns one empty principal where the statement has none.
func principals(list []policy.Principal) []inventory.Principal {
	if len(list) == 0 {
		return []inventory.Principal{{}}
	}
	out := make([]inventory.Principal, len(list))
	for i, p := range list {
		out[i] = inventory.Principal{Type: p.Type, Value: p.Value}
	}
	return out
}

func orNone(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func nonEmpty(list ...string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
