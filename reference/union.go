package reference

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// Over returns the union of r, which was read from a file, and base: the file may
// add what base does not know, and takes nothing away. An action
// has the resource types of both, and a type the formats of both; what base has
// for every resource stays so. Services are merged when they are first asked for.
func (r *Reference) Over(base *Reference) *Reference {
	u := &Reference{version: r.version, source: r.source, entries: map[string]*entry{}, file: r.file, sha256: r.sha256}
	if r.version != base.version {
		u.version += " over " + base.version
	}
	for _, prefix := range base.prefixes {
		own, ok := r.entries[policy.Fold(prefix)]
		if !ok {
			u.add(prefix, base.entries[policy.Fold(prefix)])
			continue
		}
		below := base.entries[policy.Fold(prefix)]
		u.add(prefix, &entry{decode: func() *Service { return unionOf(below.get(), own.get()) }})
	}
	for _, prefix := range r.prefixes {
		if _, ok := base.entries[policy.Fold(prefix)]; !ok {
			u.add(prefix, r.entries[policy.Fold(prefix)])
		}
	}
	u.sort()
	u.notes = lacking(r, base)
	return u
}

// unionOf merges a service of a file into that of the base.
func unionOf(base, own *Service) *Service {
	if equalServices(base, own) {
		return base
	}
	below, above := pageOf(base), pageOf(own)
	for i := range above.Actions {
		a, ok := base.Lookup(above.Actions[i].Name)
		if ok && len(a.ResourceTypes) == 0 {
			above.Actions[i].ResourceTypes = nil
		}
		if ok && a.Access != "" {
			above.Actions[i].Access = a.Access
		}
	}
	for i := range above.ResourceTypes {
		t := &above.ResourceTypes[i]
		j := slices.IndexFunc(base.ResourceTypes, func(b ResourceType) bool { return b.Name == t.Name })
		if j >= 0 && len(base.ResourceTypes[j].Formats) == 0 {
			t.Formats = nil
		}
	}
	b := builder{prefix: base.Prefix}
	return b.merge([]Page{below, above})
}

// pageOf returns a service as a page of a source.
func pageOf(s *Service) Page {
	p := Page{Prefix: s.Prefix, ConditionKeys: s.ConditionKeys}
	for _, t := range s.ResourceTypes {
		p.ResourceTypes = append(p.ResourceTypes, ResourceType{Name: t.Name, Formats: t.Formats, ConditionKeys: t.ConditionKeys})
	}
	for _, a := range s.Actions {
		action := PageAction{Name: a.Name, Access: a.Access, ConditionKeys: a.ConditionKeys}
		for _, t := range a.ResourceTypes {
			action.ResourceTypes = append(action.ResourceTypes, s.ResourceTypes[t].Name)
		}
		p.Actions = append(p.Actions, action)
	}
	return p
}

// equalServices reports whether two services say the same.
func equalServices(x, y *Service) bool {
	return x.Prefix == y.Prefix &&
		slices.Equal(x.ConditionKeys, y.ConditionKeys) &&
		slices.EqualFunc(x.ResourceTypes, y.ResourceTypes, func(a, b ResourceType) bool {
			return a.Name == b.Name && slices.Equal(a.Formats, b.Formats) && slices.Equal(a.ConditionKeys, b.ConditionKeys)
		}) &&
		slices.EqualFunc(x.Actions, y.Actions, func(a, b Action) bool {
			return a.Name == b.Name && a.Access == b.Access && slices.Equal(a.ResourceTypes, b.ResourceTypes) && slices.Equal(a.ConditionKeys, b.ConditionKeys)
		})
}

// lackingNamed is how many services and how many actions a note names.
const lackingNamed = 5

// lacking notes the services and the actions that base has and the file lacks.
func lacking(r, base *Reference) []Note {
	var services, actions []string
	for _, prefix := range base.prefixes {
		own, ok := r.Service(prefix)
		if !ok {
			services = append(services, prefix)
			continue
		}
		below, _ := base.Service(prefix)
		for _, a := range below.Actions {
			if _, ok := own.Lookup(a.Name); !ok {
				actions = append(actions, prefix+":"+a.Name)
			}
		}
	}
	var notes []Note
	for _, l := range []struct {
		one, many string
		names     []string
	}{{"service", "services", services}, {"action", "actions", actions}} {
		if len(l.names) > 0 {
			notes = append(notes, Note{Kind: Incomplete, Text: fmt.Sprintf(
				"%s lacks %s that the built-in reference of %s has, and which %s taken from there: %s",
				r.file, counted(len(l.names), l.one, l.many), base.version, wasOrWere(len(l.names)), firstOf(l.names, lackingNamed))})
		}
	}
	return notes
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func wasOrWere(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// firstOf returns the first n of the names, and says how many more there are.
func firstOf(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}
