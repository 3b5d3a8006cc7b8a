package many

import (
	"strconv"
	"strings"

	"iamctl/inventory"
)

// print returns the print of a role, nil if it has none.
func (t *template) print(i int) *print {
	if t == nil {
		return nil
	}
	r := &t.couple.accounts[1].Roles[i]
	if t.held[r.Name] {
		return nil
	}
	t.begin()
	ok := true
	for s := range textsOf(r) {
		ok = ok && t.text(s)
	}
	for _, p := range r.Attached {
		ok = ok && t.managed("attached", p)
	}
	if r.Boundary != nil {
		ok = ok && t.managed("boundary", *r.Boundary)
	}
	if !ok {
		return nil
	}
	return t.sum()
}

// textsOf yields what a role says, but for what it refers to. What is not compared is not
// among it: the unique id, when it was made and used, and the file.
func textsOf(r *inventory.Role) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		add := func(list ...string) bool {
			for _, s := range list {
				if !yield(s) {
					return false
				}
			}
			return true
		}
		description, session := "unknown", "unknown"
		if r.Description != nil {
			description = "known " + *r.Description
		}
		if r.MaxSessionDuration != nil {
			session = strconv.Itoa(int(*r.MaxSessionDuration))
		}
		if !add(r.Name, r.ARN, r.Path, description, session, string(r.Trust), "inline", strconv.Itoa(len(r.Inline))) {
			return
		}
		for _, p := range r.Inline {
			if !add(p.Name, string(p.Document)) {
				return
			}
		}
		if !add("tags", strconv.FormatBool(r.Tags == nil), strconv.Itoa(len(r.Tags))) {
			return
		}
		for _, tag := range r.Tags {
			if !add(tag.Key, tag.Value) {
				return
			}
		}
		if !add("profiles", strconv.FormatBool(r.InstanceProfiles == nil), strconv.Itoa(len(r.InstanceProfiles))) {
			return
		}
		for _, p := range r.InstanceProfiles {
			if !add(p.Name, p.ARN, p.Path) {
				return
			}
		}
		add("attached", strconv.FormatBool(r.Attached == nil), strconv.Itoa(len(r.Attached)))
	}
}

// managed adds a managed policy with its document.
func (t *template) managed(how string, ref inventory.PolicyRef) bool {
	t.add(how)
	p := t.policies[ref.ARN]
	if p == nil || p.print == nil || !t.text(ref.Name) || !t.text(ref.ARN) {
		return false
	}
	t.buf = append(t.buf, p.print[:]...)
	return true
}

// plain reports whether what becomes of a role is sure to become of every other with its
// print: no text has what may mean another thing in another account.
func (t *template) plain(i int) bool {
	r := &t.couple.accounts[1].Roles[i]
	for s := range textsOf(r) {
		if !t.plainText(s) {
			return false
		}
	}
	refs := r.Attached
	if r.Boundary != nil {
		refs = append(refs[:len(refs):len(refs)], *r.Boundary)
	}
	for _, ref := range refs {
		if !t.plainText(ref.ARN) || !t.plainText(string(t.policies[ref.ARN].of.Document)) {
			return false
		}
	}
	return true
}

// uniqueIDs are what unique ids of entities begin with.
var uniqueIDs = []string{"AROA", "AIDA", "AGPA", "ANPA"}

func (t *template) plainText(s string) bool {
	if strings.ContainsRune(s, '\\') || strings.ContainsRune(s, 0) {
		return false
	}
	for _, list := range [][]string{uniqueIDs, t.placeholders} {
		for _, v := range list {
			if strings.Contains(s, v) {
				return false
			}
		}
	}
	return true
}
