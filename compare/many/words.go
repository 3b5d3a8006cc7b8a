package many

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// pairDifference says what is different of a role of two accounts.
func pairDifference(r *result.Result, p *result.Pair) *matrix.Difference {
	d := &matrix.Difference{Kind: matrix.Differs, Severity: p.Severity(), Verdict: verdict.Equal}
	if d.Severity == "" {
		d.Severity = severity.None
	}
	var parts []string
	worst := 0
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		s := p.Meaning.Of(scope)
		if s == nil || result.Unchanged(s) {
			continue
		}
		*scopeOf(d, scope) = s
		d.Verdict = together(d.Verdict, s.Verdict)
		if rank := result.Rank(s.Severity); len(parts) == 0 || rank >= worst {
			parts, worst = append(parts, say(scope, s)), rank
		} else {
			parts = slices.Insert(parts, 0, say(scope, s))
		}
	}
	d.What = strings.Join(append(parts, others(p)...), "; ")
	d.Roles, d.SameMeaning = [2]*result.Role{alone(&p.A), alone(&p.B)}, p.Counted() == 0 && len(p.Blind) == 0
	if len(p.Blind) > 0 {
		d.Verdict = verdict.Unknown
		d.What = strings.TrimPrefix(d.What+"; a part could not be read", "; ")
	}
	return d
}

// alone returns a copy of a role, which does not keep the comparison in memory that it is of.
func alone(r *result.Role) *result.Role {
	out := *r
	return &out
}

// aloneDifference says what it means that one account alone has a role.
func aloneDifference(kind string, u *result.Unique) *matrix.Difference {
	d := &matrix.Difference{Kind: kind, Severity: u.Meaning.Level(), Verdict: verdict.Equal, What: "the role is missing"}
	if kind == matrix.Extra {
		d.What = "a role that the others do not have"
	}
	if u.Meaning == nil {
		d.Severity, d.Verdict = severity.Low, verdict.Unknown
		return d
	}
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		if s := u.Meaning.Of(scope); s != nil && !result.Unchanged(s) {
			*scopeOf(d, scope) = s
			d.Verdict = together(d.Verdict, s.Verdict)
		}
	}
	return d
}

func scopeOf(d *matrix.Difference, scope string) **result.Scope {
	if scope == result.ScopeTrust {
		return &d.Trust
	}
	return &d.Identity
}

func say(scope string, s *result.Scope) string {
	text := s.Kind
	if s.Verdict == verdict.Unknown && s.Reason != "" {
		text += ": " + s.Reason
	}
	if scope == result.ScopeTrust {
		return "trust: " + strings.TrimPrefix(text, "trust ")
	}
	return text
}

// others says what differs that changes no permission.
func others(p *result.Pair) []string {
	var kinds []string
	for i := range p.Attributes {
		a := &p.Attributes[i]
		if a.Scope() == "" && !slices.Contains(kinds, a.Kind) {
			kinds = append(kinds, a.Kind)
		}
	}
	if len(kinds) == 0 {
		if p.Meaning != nil && result.Unchanged(p.Meaning.Identity) && result.Unchanged(p.Meaning.Trust) {
			return []string{"written otherwise: no change in permission"}
		}
		return nil
	}
	return []string{differ(kinds)}
}

// nouns are what attributes are called, as subjects of a sentence.
var nouns = map[string]string{
	driftkind.RoleName: "letter case of the name", driftkind.MaxSessionDuration: "session duration",
	driftkind.InstanceProfile: "instance profiles", driftkind.Tag: "tags", driftkind.Future: "patterns of actions",
	driftkind.Policy: "policies", driftkind.Effective: "control policies",
}

// differ says which attributes differ.
func differ(kinds []string) string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = cmp.Or(nouns[k], k)
	}
	last := len(list) - 1
	switch {
	case last > 0:
		return strings.Join(list[:last], ", ") + " and " + list[last] + " differ"
	case strings.HasSuffix(list[0], "s"):
		return list[0] + " differ"
	}
	return list[0] + " differs"
}

// together returns the verdict of two scopes.
func together(a, b verdict.Verdict) verdict.Verdict {
	switch {
	case a == b || b == verdict.Equal:
		return a
	case a == verdict.Equal:
		return b
	case a == verdict.Unknown || b == verdict.Unknown:
		return verdict.Unknown
	}
	return verdict.Different
}

// namedInWords is how many accounts the words for a difference name.
const namedInWords = 3

// whose says whose names a form has: each account once, by its id and name.
func (m *run) whose(names []matrix.Name) string {
	var out []string
	said := map[int]bool{}
	for _, n := range names {
		first := n.Accounts[0]
		switch {
		case slices.ContainsFunc(n.Accounts, func(i int) bool { return said[i] }):
			continue
		case len(n.Accounts) > 1:
			out = append(out, fmt.Sprintf("names %q, as %d accounts are called, such as %s", n.Value, len(n.Accounts)+n.More, m.members[first].title()))
		case n.Value == m.members[first].identity.ID || hasValue(names, first, m.members[first].identity.ID):
			out = append(out, "names account "+m.members[first].title())
		default:
			out = append(out, fmt.Sprintf("names account %s, by %q", m.members[first].title(), n.Value))
		}
		said[first] = true
	}
	if more := len(out) - namedInWords; more > 0 {
		out = append(out[:namedInWords], fmt.Sprintf("names %d more accounts", more))
	}
	return strings.Join(out, "; ")
}

// hasValue reports whether an account alone is called something among names.
func hasValue(names []matrix.Name, account int, value string) bool {
	return slices.ContainsFunc(names, func(n matrix.Name) bool { return n.Value == value && len(n.Accounts) == 1 && n.Accounts[0] == account })
}

// title returns what a person calls an account: its id and its name, else its tag.
func (i *member) title() string {
	name := i.side.Tag
	if i.side.Member != nil {
		name = cmp.Or(i.side.Member.Name, name)
	}
	if i.identity.ID == "" || name == i.identity.ID {
		return name
	}
	return i.identity.ID + " (" + name + ")"
}
