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

// Build returns a reference made from pages; pages with the same prefix are
// merged. What is odd in the pages and was kept all the same is in Notes. An
// error means that a page cannot be used at all. version is the date of the
// data, or what else distinguishes two states of it; source says where the
// pages come from.
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
