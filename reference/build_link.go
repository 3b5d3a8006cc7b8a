package reference

import (
	"slices"

	"iamctl/policy"
)

// service resolves the names. Names that nothing defines become definitions
// without a format or type, so that no link is lost.
func (b *builder) service() *Service {
	for _, name := range sortedKeys(b.acts) {
		a := b.acts[name]
		what := "action " + a.Name
		a.ConditionKeys = b.resolveKeys(what, a.ConditionKeys)
		a.ResourceTypes = b.resolveTypes(what, a.ResourceTypes)
		if a.Access == "" {
			b.note(Incomplete, "action %s has no access level", a.Name)
		}
	}
	s := &Service{Prefix: b.prefix}
	s.ResourceTypes = b.resourceTypes()
	s.ConditionKeys = b.conditionKeys()
	b.linkActions(s)
	s.prepare()
	if len(s.Actions) == 0 {
		b.note(Incomplete, "the service has no actions")
	}
	return s
}

func (b *builder) resourceTypes() []ResourceType {
	var list []ResourceType
	for _, name := range sortedKeys(b.types) {
		t := b.types[name]
		t.ConditionKeys = b.resolveKeys("resource type "+name, t.ConditionKeys)
		t.Formats = b.distinct("resource type "+name, t.Formats)
		if len(t.Formats) == 0 && !b.undefined[policy.Fold(name)] {
			b.note(Incomplete, "resource type %s has no ARN format", name)
		}
		list = append(list, *t)
	}
	return list
}

// conditionKeys returns the keys, also those that only the actions and resource
// types name: it comes after them.
func (b *builder) conditionKeys() []ConditionKey {
	var list []ConditionKey
	for _, name := range sortedKeys(b.keys) {
		if b.keys[name].Type == "" && !b.undefined[name] {
			b.note(Incomplete, "condition key %s has no type", b.keys[name].Name)
		}
		list = append(list, *b.keys[name])
	}
	return list
}

func (b *builder) linkActions(s *Service) {
	slices.SortFunc(s.ResourceTypes, func(x, y ResourceType) int { return compareNames(x.Name, y.Name) })
	index := map[string]int{}
	for i, t := range s.ResourceTypes {
		index[t.Name] = i
	}
	for _, name := range sortedKeys(b.acts) {
		a := b.acts[name]
		out := Action{Name: a.Name, Access: a.Access, ConditionKeys: a.ConditionKeys}
		for _, t := range a.ResourceTypes {
			out.ResourceTypes = append(out.ResourceTypes, index[t])
		}
		slices.Sort(out.ResourceTypes)
		s.Actions = append(s.Actions, out)
	}
}

func (b *builder) resolveKeys(what string, names []string) []string {
	var out []string
	for _, name := range b.distinct(what, names) {
		k, ok := b.keys[policy.Fold(name)]
		if !ok {
			b.note(Dangling, "%s names the condition key %s, which is not defined", what, name)
			k = &ConditionKey{Name: name}
			b.keys[policy.Fold(name)] = k
			b.undefined[policy.Fold(name)] = true
		}
		out = append(out, k.Name)
	}
	return b.distinct(what, out)
}

func (b *builder) resolveTypes(what string, names []string) []string {
	var out []string
	for _, name := range b.distinct(what, names) {
		if _, ok := b.types[name]; !ok {
			name = b.similarType(what, name)
		}
		out = append(out, name)
	}
	return b.distinct(what, out)
}

// similarType finds the type whose name differs in letter case only.
func (b *builder) similarType(what, name string) string {
	var found []string
	for other := range b.types {
		if policy.Fold(other) == policy.Fold(name) {
			found = append(found, other)
		}
	}
	if len(found) == 1 {
		return found[0]
	}
	b.note(Dangling, "%s names the resource type %s, which is not defined", what, name)
	b.types[name] = &ResourceType{Name: name}
	b.undefined[policy.Fold(name)] = true
	return name
}

// distinct sorts and drops repetitions, which it notes.
func (b *builder) distinct(what string, names []string) []string {
	out := slices.Clone(names)
	slices.SortFunc(out, compareNames)
	out = slices.Compact(out)
	if len(out) < len(names) {
		b.note(Duplicate, "%s has a name or format more than once", what)
	}
	return out
}
