package reference

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// Page is what one page of a source says about one service prefix. Names are
// as the source writes them; nothing is resolved or merged yet.
type Page struct {
	Prefix        string
	Actions       []PageAction
	ResourceTypes []ResourceType
	ConditionKeys []ConditionKey
}

// PageAction is an action of a page. Access is as in Action.
type PageAction struct {
	Name, Access  string
	ResourceTypes []string
	ConditionKeys []string
}

// Build makes a reference of pages; pages with the same prefix merge. What is
// odd in the pages and was kept all the same is told by Notes. An error says
// that a page cannot be used at all. version is the date of the data or what
// else distinguishes two states; source names where the pages come from.
func Build(version, source string, pages []Page) (*Reference, error) {
	groups := map[string][]Page{}
	for i, p := range pages {
		if err := checkPage(p); err != nil {
			return nil, fmt.Errorf("service page %d: %w", i+1, err)
		}
		key := policy.Fold(p.Prefix)
		groups[key] = append(groups[key], p)
	}
	if !validText(version) || !validText(source) {
		return nil, fmt.Errorf("the source's name %q or version %q is empty or has control characters", source, version)
	}
	if len(groups) == 0 {
		return nil, errors.New("the source holds no services")
	}
	var services []*Service
	var notes []Note
	for _, key := range sortedKeys(groups) {
		b := builder{prefix: groups[key][0].Prefix}
		services = append(services, b.merge(groups[key]))
		notes = append(notes, b.notes...)
	}
	r := newReference(version, source, services)
	r.notes = notes
	return r, nil
}

// builder merges the pages of one service.
type builder struct {
	prefix string
	notes  []Note

	types map[string]*ResourceType
	keys  map[string]*ConditionKey // by folded name
	acts  map[string]*PageAction   // by folded name
	// undefined are the types and keys that are only named, by folded name.
	undefined map[string]bool
}

func (b *builder) merge(pages []Page) *Service {
	b.types = map[string]*ResourceType{}
	b.keys = map[string]*ConditionKey{}
	b.acts = map[string]*PageAction{}
	b.undefined = map[string]bool{}
	for _, p := range pages {
		if p.Prefix != b.prefix {
			b.note(Duplicate, "the prefix is also written %q", p.Prefix)
		}
		for _, k := range p.ConditionKeys {
			b.addKey(k)
		}
		for _, t := range p.ResourceTypes {
			b.addType(t)
		}
		for _, a := range p.Actions {
			b.addAction(a)
		}
	}
	return b.service()
}

func (b *builder) note(kind NoteKind, format string, args ...any) {
	b.notes = append(b.notes, Note{Kind: kind, Service: b.prefix, Text: fmt.Sprintf(format, args...)})
}

func (b *builder) addKey(k ConditionKey) {
	old, ok := b.keys[policy.Fold(k.Name)]
	if !ok {
		b.keys[policy.Fold(k.Name)] = &k
		return
	}
	if old.Name != k.Name {
		b.note(Duplicate, "condition key %s is also written %s", old.Name, k.Name)
	}
	old.Type = joinTypes(append(strings.Split(old.Type, ", "), strings.Split(k.Type, ", ")...))
}

func (b *builder) addType(t ResourceType) {
	old, ok := b.types[t.Name]
	if !ok {
		t.Formats = slices.Clone(t.Formats)
		t.ConditionKeys = slices.Clone(t.ConditionKeys)
		b.types[t.Name] = &t
		return
	}
	b.note(Duplicate, "resource type %s is defined again", t.Name)
	old.Formats = append(old.Formats, t.Formats...)
	old.ConditionKeys = append(old.ConditionKeys, t.ConditionKeys...)
}

func (b *builder) addAction(a PageAction) {
	key := policy.Fold(a.Name)
	old, ok := b.acts[key]
	if !ok {
		a.ResourceTypes = slices.Clone(a.ResourceTypes)
		a.ConditionKeys = slices.Clone(a.ConditionKeys)
		b.acts[key] = &a
		return
	}
	b.note(Duplicate, "action %s is defined again", a.Name)
	old.Access = strongest(old.Access, a.Access)
	old.ResourceTypes = append(old.ResourceTypes, a.ResourceTypes...)
	old.ConditionKeys = append(old.ConditionKeys, a.ConditionKeys...)
}

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
	for _, name := range sortedKeys(b.types) {
		t := b.types[name]
		t.ConditionKeys = b.resolveKeys("resource type "+name, t.ConditionKeys)
		t.Formats = b.distinct("resource type "+name, t.Formats)
		if len(t.Formats) == 0 && !b.undefined[policy.Fold(name)] {
			b.note(Incomplete, "resource type %s has no ARN format", name)
		}
		s.ResourceTypes = append(s.ResourceTypes, *t)
	}
	for _, name := range sortedKeys(b.keys) {
		if b.keys[name].Type == "" && !b.undefined[name] {
			b.note(Incomplete, "condition key %s has no type", b.keys[name].Name)
		}
		s.ConditionKeys = append(s.ConditionKeys, *b.keys[name])
	}
	b.linkActions(s)
	s.prepare()
	if len(s.Actions) == 0 {
		b.note(Incomplete, "the service has no actions")
	}
	return s
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
