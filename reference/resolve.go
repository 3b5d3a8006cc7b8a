package reference

import (
	"slices"
	"strings"

	"iamctl/policy"
)

// resolve makes the service of what was collected.
func (d *decoder) resolve() (*Service, error) {
	s := &Service{Prefix: d.prefix}
	err := sortNamed("condition key", d.keys, policy.CompareFold)
	if err == nil {
		err = sortNamed("resource type", d.types, compareNames)
	}
	if err == nil {
		err = sortNamed("action", d.actions, policy.CompareFold)
	}
	if err != nil {
		return nil, err
	}
	s.ConditionKeys = make([]ConditionKey, len(d.keys))
	for i, k := range d.keys {
		s.ConditionKeys[i] = ConditionKey{Name: k.name, Type: k.kind}
		d.isKey[k.name] = true
	}
	if s.ResourceTypes, err = d.resolveTypes(); err != nil {
		return nil, err
	}
	if s.Actions, err = d.resolveActions(); err != nil {
		return nil, err
	}
	s.prepare()
	return s, nil
}

// sortNamed sorts by name and refuses two names that compare as the same.
func sortNamed[T any, P interface {
	*T
	self() *named
}](what string, list []T, same func(a, b string) int) error {
	for i := 1; i < len(list); i++ {
		if same(P(&list[i-1]).self().name, P(&list[i]).self().name) < 0 {
			continue
		}
		slices.SortStableFunc(list, func(x, y T) int { return compareNames(P(&x).self().name, P(&y).self().name) })
		return refuseSame[T, P](what, list, same)
	}
	return nil
}

// refuseSame is for a sorted list.
func refuseSame[T any, P interface {
	*T
	self() *named
}](what string, list []T, same func(a, b string) int) error {
	for i := 1; i < len(list); i++ {
		if a, b := P(&list[i-1]).self(), P(&list[i]).self(); same(a.name, b.name) == 0 {
			return errorAt(max(a.at, b.at), "the %s %s stands twice", what, b.name)
		}
	}
	return nil
}

func (d *decoder) resolveTypes() ([]ResourceType, error) {
	out := make([]ResourceType, len(d.types))
	for i, t := range d.types {
		formats, err := d.texts(t.formats, "formats of", t.name)
		if err != nil {
			return nil, err
		}
		keys, err := d.keyList(t.keys, "resource type", t.name)
		if err != nil {
			return nil, err
		}
		out[i] = ResourceType{Name: t.name, Formats: formats, ConditionKeys: keys}
		d.typeIndex[t.name] = i
	}
	return out, nil
}

func (d *decoder) resolveActions() ([]Action, error) {
	out := make([]Action, len(d.actions))
	for i, a := range d.actions {
		access, err := d.access(a)
		if err != nil {
			return nil, err
		}
		types, err := d.typeList(a)
		if err != nil {
			return nil, err
		}
		keys, err := d.keyList(a.keys, "action", a.name)
		if err != nil {
			return nil, err
		}
		out[i] = Action{Name: a.name, Access: access, ResourceTypes: types, ConditionKeys: keys}
	}
	return out, nil
}

func (d *decoder) access(a rawAction) (string, error) {
	if a.access.at == 0 {
		return "", nil
	}
	p := parser{text: a.access.text}
	access, _, err := p.string("access level of the action", a.name)
	if err != nil {
		return "", shift(err, a.access.at)
	}
	i := slices.Index(accessLevels, access)
	if i < 0 {
		return "", errorAt(a.access.at, "action %s: %q is not an access level (%s)", a.name, access, strings.Join(accessLevels[1:], ", "))
	}
	return accessLevels[i], nil
}
