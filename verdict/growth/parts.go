package growth

import (
	"iter"

	"iamctl/policy"
	"iamctl/verdict"
)

const (
	// mostSplit is how many parts a statement is split into, and mostParts how many
	// parts are looked at.
	mostSplit = 200
	mostParts = 1000
)

// parts yields what permissions allow in parts: one of a statement that allows, with its
// first action, resource and principal alone and so on, under all that limits it.
func parts(p *verdict.Permissions) iter.Seq[*verdict.Permissions] {
	return func(yield func(*verdict.Permissions) bool) {
		limits := filtered(p.Identity, limiting)
		for _, d := range p.Identity {
			if d == nil {
				continue
			}
			for i := range d.Statements {
				if limiting(&d.Statements[i]) {
					continue
				}
				for s := range split(&d.Statements[i]) {
					if !yield(&verdict.Permissions{Identity: joined(s, d, limits), Boundary: p.Boundary}) {
						return
					}
				}
			}
		}
	}
}

// joined returns a statement of a document with what limits it. Where there is one
// document, so it stays: a trust policy has no other.
func joined(s policy.Statement, of *policy.Document, limits []*policy.Document) []*policy.Document {
	alone := &policy.Document{Version: of.Version, Statements: []policy.Statement{s}}
	if len(limits) != 1 {
		return append([]*policy.Document{alone}, limits...)
	}
	alone.Statements = append(alone.Statements, limits[0].Statements...)
	alone.Unknown = limits[0].Unknown
	return []*policy.Document{alone}
}

// limiting reports whether a statement takes away, or might.
func limiting(s *policy.Statement) bool { return s.Effect != "Allow" }

func allowing(s *policy.Statement) bool { return !limiting(s) }

// filtered returns documents with some of their statements.
func filtered(list []*policy.Document, which func(*policy.Statement) bool) []*policy.Document {
	out := []*policy.Document{}
	for _, d := range list {
		if d == nil {
			continue
		}
		kept := *d
		kept.Statements = nil
		for i := range d.Statements {
			if which(&d.Statements[i]) {
				kept.Statements = append(kept.Statements, d.Statements[i])
			}
		}
		out = append(out, &kept)
	}
	return out
}

// split yields a statement for each of its actions, resources and principals, or as it is
// if these are too many.
func split(s *policy.Statement) iter.Seq[policy.Statement] {
	return func(yield func(policy.Statement) bool) {
		if max(len(s.Action), 1)*max(len(s.Resource), 1)*max(len(s.Principal), 1) > mostSplit {
			yield(*s)
			return
		}
		for a := range each(s.Action) {
			for r := range each(s.Resource) {
				for p := range each(s.Principal) {
					one := *s
					one.Action, one.Resource, one.Principal = a, r, p
					if !yield(one) {
						return
					}
				}
			}
		}
	}
}

// each yields the values of a list one by one, and an empty list as it is.
func each[T any](list []T) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		if len(list) == 0 {
			yield(list)
			return
		}
		for i := range list {
			if !yield(list[i : i+1 : i+1]) {
				return
			}
		}
	}
}

// both returns permissions that allow at least what a part and a whole have in common:
// the boundaries' own statements that allow are left out.
func both(part, whole *verdict.Permissions) *verdict.Permissions {
	out := &verdict.Permissions{Boundary: filtered(whole.Identity, allowing)}
	out.Identity = append(out.Identity, part.Identity...)
	for _, list := range [][]*policy.Document{part.Boundary, whole.Identity, whole.Boundary} {
		out.Identity = append(out.Identity, filtered(list, limiting)...)
	}
	return out
}
