package waiver

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/internal/jsontree"
)

// Check returns what is wrong with a file. Parse has checked what it returns.
// An error is an Errors.
func (f *File) Check() error {
	if f == nil {
		return nil
	}
	c := &checker{}
	for i := range f.Waivers {
		c.waiver(&f.Waivers[i], nil)
	}
	for i := range f.Ignore {
		c.rule(&f.Ignore[i], nil)
	}
	return jsontree.Sorted("", c.errs)
}

// places are those of an entry and of its members in the file, by name. bad
// members have been complained about. nil is an entry that is in no file.
type places struct {
	entry Position
	at    map[string]Position
	bad   map[string]bool
}

type checker struct {
	errs []*Error
	// seen are the waivers by fingerprint.
	seen map[string]*Waiver
	// ids are those of the rules of audits, nil for any.
	ids []string
	// place is the entry's that is being checked.
	place *places
}

// fail notes a mistake in a member of the entry, unless there is one already.
func (c *checker) fail(member, format string, args ...any) {
	var at Position
	if c.place != nil {
		if c.place.bad[member] {
			return
		}
		at = c.place.entry
		if p, ok := c.place.at[member]; ok {
			at = p
		}
	}
	c.errs = append(c.errs, &Error{At: at, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) waiver(w *Waiver, p *places) {
	c.place = p
	of := "the waiver"
	if fingerprint(w.Fingerprint) && p == nil {
		of += " of " + w.Fingerprint
	}
	switch {
	case w.Fingerprint == "":
		c.fail("fingerprint", `%s has no "fingerprint": copy the drift's from the report or from diff.json`, of)
	case !fingerprint(w.Fingerprint):
		c.fail("fingerprint", "%q is no fingerprint, which is 32 of the characters 0-9 and a-f: copy the drift's from the report or from diff.json", jsontree.Cut(w.Fingerprint))
	default:
		c.once(w)
	}
	if blank(w.Owner) {
		c.fail("owner", `%s has no "owner": name who answers for it`, of)
	}
	c.reason(w.Reason, of)
	if w.Expires.IsZero() {
		c.fail("expires", `%s has no "expires": give the last day on which it counts, such as "2027-01-31"`, of)
	}
	c.date(w.Expires)
	c.comparison(w.Comparison)
	c.meaning(w, of)
	c.finding(w, of)
}

// comparison checks that a comparison has two tags.
func (c *checker) comparison(p Comparison) {
	if p != (Comparison{}) && (p[0] == "" || p[1] == "" || p[0] == p[1]) {
		c.fail("comparison", `"comparison" names %q and %q: give the tags of the two accounts, such as ["dev", "qa"], or leave it out for every comparison`, jsontree.Cut(p[0]), jsontree.Cut(p[1]))
	}
}

func (c *checker) reason(reason, of string) {
	if blank(reason) {
		c.fail("reason", `%s has no "reason": say why the drift is accepted`, of)
	}
}

// date checks dates that were not read from text.
func (c *checker) date(d Date) {
	if !d.IsZero() && !d.Valid() {
		c.fail("expires", "%s is no day of the calendar: give the last day on which the entry counts", d)
	}
}

// once checks that no entry before has the fingerprint.
func (c *checker) once(w *Waiver) {
	first := c.seen[w.Fingerprint]
	if first == nil {
		if c.seen == nil {
			c.seen = map[string]*Waiver{}
		}
		c.seen[w.Fingerprint] = w
		return
	}
	place := ""
	if first.At != (Position{}) {
		place = ", first at " + first.At.String()
	}
	c.fail("fingerprint", "the fingerprint %s is waived here for the second time%s: keep one of the two", w.Fingerprint, place)
}

func (c *checker) rule(r *Rule, p *places) {
	c.place = p
	const of = "the rule"
	if r.OfAudit() || c.any("rule", "entity") || c.present("account") && !c.any("role", "path", "kind") {
		c.found(r, of)
		c.reason(r.Reason, of)
		c.date(r.Expires)
		return
	}
	if r.Role == "" && r.Path == "" && len(r.Kinds) == 0 && !c.present("kind") {
		c.fail("", `%s has neither "role" nor "path" nor "kind": give a pattern of the role names or paths that it is for, such as "AWSServiceRoleFor*", or a kind of drift, such as "impossible"; for findings of audits, a "rule"`, of)
	}
	c.kinds(r)
	c.outliers(r, of)
	c.empty("role", r.Role)
	c.empty("path", r.Path)
	if strings.Contains(r.Role, "/") {
		c.fail("role", `the role pattern %q could match no role, for names hold no "/": write it as "path"`, jsontree.Cut(r.Role))
	}
	if r.Path != "" && !strings.ContainsAny(r.Path[:1], "/*?") {
		c.fail("path", `the path pattern %q could match no path, for paths begin with "/": begin it so, or with "*"`, jsontree.Cut(r.Path))
	}
	if len(r.Kinds) == 0 && (r.Role == "" || everyName(r.Role)) && (r.Path == "" || everyPath(r.Path)) && r.Role+r.Path != "" {
		c.fail("role", `%s matches every role, and no drift would be left to report: name the roles that it is for`, of)
	}
	c.reason(r.Reason, of)
	c.date(r.Expires)
	c.comparison(r.Comparison)
}

// kinds checks the kinds of drift that a rule is for.
func (c *checker) kinds(r *Rule) {
	for i, k := range r.Kinds {
		switch {
		case !slices.Contains(driftkind.All(), k):
			c.fail("kind", "there is no kind of drift %q: there are %s", jsontree.Cut(k), strings.Join(driftkind.All(), ", "))
		case slices.Contains(r.Kinds[:i], k):
			c.fail("kind", "the kind %q is there twice: leave one out", k)
		case k == driftkind.AWSManaged && r.Role+r.Path != "":
			c.fail("kind", "what AWS changed in its own policies (%q) is no role's: leave out \"role\" and \"path\", or the kind", k)
		}
	}
	if len(r.Kinds) == 0 && c.present("kind") {
		c.fail("kind", `the list of kinds is empty and could match nothing: leave "kind" out for drift of every kind`)
	}
}

// present reports whether the entry is in a file and has the member.
func (c *checker) present(member string) bool {
	if c.place == nil {
		return false
	}
	_, ok := c.place.at[member]
	return ok
}

// empty checks that a pattern in the file is not empty.
func (c *checker) empty(member, pattern string) {
	if pattern == "" && c.present(member) {
		c.fail(member, "the %s pattern is empty and could match nothing: leave it out for any %s", member, member)
	}
}

// fingerprint reports whether s may be one.
func fingerprint(s string) bool {
	return len(s) == 32 && strings.Trim(s, "0123456789abcdef") == ""
}

// blank reports whether s has nothing but white space. The schema's patterns
// name the same characters.
func blank(s string) bool { return strings.Trim(s, "\t\n\f\r ") == "" }
