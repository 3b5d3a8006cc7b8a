package sarif

import (
	"cmp"
	"strings"

	"iamctl/result"
)

// Locate returns the file of a role, as a slash-separated path from the root of
// the repository, and a line in it, from 1. side is the account and role the
// role's name before rewriting, "" for the account's own file. ok is false if
// there is no such file.
type Locate func(side int, role string) (uri string, line int, ok bool)

// Source returns the text of a file that Locate named, nil if it cannot be read.
// With it, lines are those of the policy and action that differ.
type Source func(uri string) []byte

// locator finds the files and lines of drift.
type locator struct {
	locate Locate
	source Source
	// fallback is the file of what has none of its own.
	fallback string
	// names are, by side, the policy names before rewriting by the names that
	// they were rewritten to.
	names [2]map[string][]string

	uri  string
	file *roleFile
}

func newLocator(r *result.Result, o Options) *locator {
	l := &locator{locate: o.Locate, source: o.Source, fallback: cmp.Or(o.Fallback, result.FileName)}
	for side, rewrites := range [][]result.Rewrite{r.Rewrites.A, r.Rewrites.B} {
		l.names[side] = map[string][]string{}
		for _, w := range rewrites {
			if w.Field == "policyname" {
				l.names[side][w.After] = append(l.names[side][w.After], w.Before)
			}
		}
	}
	return l
}

// find returns a role's file on a side, else that on the other side, else an
// account's own file, else the fallback. on is the side of the role's file, -1 for
// any other.
func (l *locator) find(side int, names [2]string) (uri string, line, on int) {
	if l.locate == nil {
		return l.fallback, 1, -1
	}
	for _, s := range []int{side, 1 - side} {
		if names[s] == "" {
			continue
		}
		if uri, line, ok := l.locate(s, names[s]); ok {
			return uri, line, s
		}
	}
	for _, s := range []int{side, 1 - side} {
		if uri, line, ok := l.locate(s, ""); ok {
			return uri, line, -1
		}
	}
	return l.fallback, 1, -1
}

// place returns the location of a role's drift in the file of a side, or in
// another that find returns. lineOf returns the line in the role's file.
func (l *locator) place(side int, names [2]string, lineOf func(f *roleFile, side int) int) *physical {
	uri, line, on := l.find(side, names)
	if on >= 0 && lineOf != nil {
		if f := l.open(uri); f != nil {
			line = max(line, 1)
			if n := lineOf(f, on); n > 0 {
				line = n
			}
		}
	}
	return placeIn(uri, line)
}

// open returns a file. It reads the file once for all drift of a role.
func (l *locator) open(uri string) *roleFile {
	if l.source == nil {
		return nil
	}
	if l.file == nil || l.uri != uri {
		l.uri, l.file = uri, newRoleFile(l.source(uri))
	}
	return l.file
}

// itemLine returns a function that returns the line of an item: that of its
// action, resource or principal in the policy, else that of the policy.
func (l *locator) itemLine(it *result.Item) func(*roleFile, int) int {
	action := it.FullAction()
	if action == "*:*" {
		action = "*"
	}
	texts := []string{action, it.ARN, it.Principal}
	for _, o := range it.Originals {
		texts = append(texts, o.ARN, o.Principal)
	}
	return func(f *roleFile, side int) int {
		if it.PolicyType == "trust" || it.PolicyType == "boundary" {
			return f.line(it.PolicyType, texts...)
		}
		list := "inline "
		if it.PolicyType == "managed" {
			list = "attached "
		}
		names := append([]string{it.PolicyName}, l.names[side][it.PolicyName]...)
		for _, o := range it.Originals {
			names = append(names, o.PolicyName)
		}
		for _, name := range names {
			if n := f.line(list+name, texts...); n > 0 {
				return n
			}
		}
		return f.line("name")
	}
}

// attributeLine returns the like for an attribute.
func (l *locator) attributeLine(a *result.Attribute) func(*roleFile, int) int {
	return func(f *roleFile, side int) int {
		value := []result.Value{a.A, a.B}[side]
		key := value.OriginalKey
		if i := strings.LastIndex(key, ": "); a.Kind == "future" && i >= 0 {
			_, action, _ := strings.Cut(key[i+len(": "):], " ")
			if n := f.line(policyPart(key[:i]), action); n > 0 {
				return n
			}
		}
		parts := map[string]string{
			"rolename": "name", "path": "path", "boundary": "boundary", "maxsessionduration": "maxSessionDuration",
			"description": "description", "tag": "tags " + key, "policy": policyPart(key),
			"instanceprofile": "instanceProfiles " + value.OriginalValue[strings.LastIndexByte(value.OriginalValue, '/')+1:],
		}
		if n := f.line(parts[a.Kind]); n > 0 {
			return n
		}
		return f.line("name")
	}
}

// policyPart returns the part of a policy by its attribute's key, such as
// "managed ReadOnlyAccess".
func policyPart(key string) string {
	if name, ok := strings.CutPrefix(key, "managed "); ok {
		return "attached " + name
	}
	return key
}
