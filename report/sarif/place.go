package sarif

import (
	"net/url"
	"strings"

	"iamctl/result"
)

// Locate names the file that holds a role, as a slash-separated path from the
// root of the repository, and a line in it, from 1. side is the account, role
// the role's name before rewriting, "" for the account's own file. ok is false
// where there is no such file.
type Locate func(side int, role string) (uri string, line int, ok bool)

// Source gives the text of a file that Locate named, nil where it cannot be
// read. With it, lines are those of the policy and action that differ.
type Source func(uri string) []byte

// places finds where drift stands.
type places struct {
	locate Locate
	source Source
	// names gives, side by side, the policy names that rewriting made from
	// others, with what they were.
	names [2]map[string][]string

	uri  string
	file *roleFile
}

func newPlaces(r *result.Result, locate Locate, source Source) *places {
	p := &places{locate: locate, source: source}
	for side, rewrites := range [][]result.Rewrite{r.Rewrites.A, r.Rewrites.B} {
		p.names[side] = map[string][]string{}
		for _, w := range rewrites {
			if w.Field == "policyname" {
				p.names[side][w.After] = append(p.names[side][w.After], w.Before)
			}
		}
	}
	return p
}

// find looks for a role's file on a side and, failing that, on the other and
// for the accounts' own files. on is the side that it was found on, -1 for an
// account's own file.
func (p *places) find(side int, names [2]string) (uri string, line, on int, ok bool) {
	if p.locate == nil {
		return "", 0, -1, false
	}
	for _, s := range []int{side, 1 - side} {
		if names[s] == "" {
			continue
		}
		if uri, line, ok = p.locate(s, names[s]); ok {
			return uri, line, s, true
		}
	}
	for _, s := range []int{side, 1 - side} {
		if uri, line, ok = p.locate(s, ""); ok {
			return uri, line, -1, true
		}
	}
	return "", 0, -1, false
}

// place is the location of drift of a role in the file of a side: of account
// A, the baseline, where there is a choice. look finds the line in it.
func (p *places) place(side int, names [2]string, look func(f *roleFile, side int) int) *physical {
	uri, line, on, ok := p.find(side, names)
	if !ok {
		return nil
	}
	if on >= 0 && look != nil {
		if f := p.open(uri); f != nil {
			line = max(line, 1)
			if n := look(f, on); n > 0 {
				line = n
			}
		}
	}
	a := artifact{URI: (&url.URL{Path: uri}).String()}
	if len(uri) > 0 && uri[0] == '/' {
		a.URI = (&url.URL{Scheme: "file", Path: uri}).String()
	} else {
		a.URIBaseID = "%SRCROOT%"
	}
	return &physical{a, region{max(line, 1)}}
}

// open reads a file, once for all drift of a role.
func (p *places) open(uri string) *roleFile {
	if p.source == nil {
		return nil
	}
	if p.file == nil || p.uri != uri {
		p.uri, p.file = uri, newRoleFile(p.source(uri))
	}
	return p.file
}

// itemLine finds the line of an item: that of its action, resource or
// principal in the policy, else the policy's.
func (p *places) itemLine(it *result.Item) func(*roleFile, int) int {
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
		names := append([]string{it.PolicyName}, p.names[side][it.PolicyName]...)
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

// attributeLine finds the line of an attribute.
func (p *places) attributeLine(a *result.Attribute) func(*roleFile, int) int {
	return func(f *roleFile, side int) int {
		key := []result.Value{a.A, a.B}[side].OriginalKey
		parts := map[string]string{
			"rolename": "name", "path": "path", "boundary": "boundary", "maxsessionduration": "maxSessionDuration",
			"description": "description", "tag": "tags " + key, "policy": policyPart(key),
		}
		if n := f.line(parts[a.Kind]); n > 0 {
			return n
		}
		return f.line("name")
	}
}

// policyPart is the part of a policy from an attribute's key, such as "managed
// ReadOnlyAccess".
func policyPart(key string) string {
	if name, ok := strings.CutPrefix(key, "managed "); ok {
		return "attached " + name
	}
	return key
}
