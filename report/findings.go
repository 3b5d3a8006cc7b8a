package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"iamctl/internal/driftkind"
	"iamctl/result"
	"iamctl/result/found"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// FirstFindings is how many of the worst findings a report begins with.
const FirstFindings = 5

// Finding is what a difference of a role means, in words: of what it may do, of who may
// assume it, or of what is neither. Its texts are escaped.
type Finding struct {
	// Of is the role, or the policy that AWS changed.
	Of    result.Finding
	Level severity.Level
	// Name is the role's as account A writes it, or that of the policy.
	Name string
	What string
	// place is that of what it means among findings of its level.
	place int
	// Example is a request that one side alone allows, "" if there is none.
	Example string
}

// Findings returns what the open drift means, the worst first; nil where there is none, or
// where a part of the result does not say what it means, as one that an older version wrote.
// Every report has these words in this order.
func Findings(esc result.Escape, r *result.Result) []Finding {
	if r.Version < 2 {
		return nil
	}
	var list []Finding
	f := newFinder(esc, r)
	for x := range r.Ranked() {
		if x.Meaning() == nil && x.Audited == nil {
			return nil
		}
		for _, found := range f.find(&x) {
			found.Of = x
			if x.Pair == nil {
				found.place = x.Place()
			}
			list = append(list, found)
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int {
		return cmp.Or(result.Rank(a.Level)-result.Rank(b.Level), a.place-b.place)
	})
	return list
}

// finder finds what differences mean.
type finder struct {
	esc  result.Escape
	r    *result.Result
	tags [2]string
}

func newFinder(esc result.Escape, r *result.Result) *finder { return &finder{esc, r, r.Tags()} }

// find returns what the open drift of a role, or of a policy that AWS changed, means.
func (f *finder) find(x *result.Finding) []Finding {
	switch {
	case x.Pair != nil && x.Pair.Open() > 0:
		return f.pair(x.Pair)
	case x.Unique != nil && isOpen(&x.Unique.Mark):
		return []Finding{f.unique(x.Unique, x.Side)}
	case x.AWS != nil && isOpen(&x.AWS.Mark):
		return []Finding{f.aws(x.AWS)}
	case x.Audited != nil && isOpen(&x.Audited.Mark):
		return []Finding{f.audited(x.Audited)}
	}
	return nil
}

// level returns how bad the open differences of a role are, "" where that is not known.
func (f *finder) level(p *result.Pair) severity.Level {
	if p.Meaning == nil {
		return ""
	}
	worst := severity.None
	for _, x := range f.pair(p) {
		if x.Level.Worse(worst) {
			worst = x.Level
		}
	}
	return worst
}

// pair returns what the open differences of a common role mean, at least one finding.
func (f *finder) pair(p *result.Pair) []Finding {
	var list []Finding
	name := f.esc(p.A.OriginalRoleName, result.LineLimit)
	for _, scope := range scopes {
		if s := f.r.OpenScope(p, scope); s != nil {
			x := Finding{Level: s.Severity, place: severity.Place(s.Severity, s.Kind), Name: name, What: f.scope(scope, s), Example: f.example(scope, s)}
			x.within(f, p, scope)
			list = append(list, x)
		}
	}
	for i := range p.Attributes {
		if a := &p.Attributes[i]; isOpen(&a.Mark) && a.Kind == driftkind.Effective {
			if s := p.Meaning.Of(a.Effective()); s != nil {
				list = append(list, Finding{Level: s.Severity, place: severity.Place(s.Severity, s.Kind), Name: name, What: f.scope(a.Effective(), s), Example: f.example(a.Effective(), s)})
			}
		}
	}
	for i := range p.Attributes {
		if a := &p.Attributes[i]; isOpen(&a.Mark) && (a.Kind == driftkind.MaxSessionDuration || a.Kind == driftkind.InstanceProfile) {
			list = append(list, Finding{Level: severity.Low, Name: name, What: f.attribute(a)})
		}
	}
	if list == nil {
		list = append(list, Finding{Level: severity.None, Name: name, What: f.form(p)})
	}
	return list
}

// scope says what a scope means.
func (f *finder) scope(scope string, s *result.Scope) string {
	text := f.esc(s.Kind, result.LineLimit)
	if s.Verdict == verdict.Unknown && s.Reason != "" {
		text += ": " + f.esc(s.Reason, result.LineLimit)
	}
	switch scope {
	case result.ScopeTrust:
		return "trust: " + strings.TrimPrefix(text, "trust ")
	case result.ScopeEffective:
		return "effective: " + text
	case result.ScopeEffectiveTrust:
		return "effective trust: " + text
	}
	return text
}

// attribute says what a length of sessions or an instance profile means.
func (f *finder) attribute(a *result.Attribute) string {
	tags := [2]string{f.esc(f.tags[0], result.TagLimit), f.esc(f.tags[1], result.TagLimit)}
	if side := a.Side(); side != result.Both {
		return fmt.Sprintf("%s only in %s: %s", f.esc(a.Kind, result.TagLimit), tags[side], f.esc([2]string{a.A.Value, a.B.Value}[side], result.LineLimit))
	}
	if a.Kind == driftkind.MaxSessionDuration {
		return fmt.Sprintf("a session may last %s s in %s, %s s in %s", f.esc(a.B.Value, result.TagLimit), tags[1], f.esc(a.A.Value, result.TagLimit), tags[0])
	}
	return strings.TrimPrefix(a.Line(f.esc, f.tags), "~ ")
}

// form says what differs of a role that may do the same, and that the same may assume.
func (f *finder) form(p *result.Pair) string {
	var parts []string
	for _, scope := range scopes {
		if p.OpenIn(scope) > 0 {
			parts = append(parts, f.same(scope, p.Meaning.Own(scope)))
		}
	}
	if p.OpenIn("") == 0 {
		return strings.Join(parts, ", ")
	}
	var kinds []string
	for i := range p.Attributes {
		if a := &p.Attributes[i]; isOpen(&a.Mark) && !slices.Contains(kinds, a.Kind) {
			kinds = append(kinds, a.Kind)
		}
	}
	parts = append(parts, f.esc(strings.Join(kinds, ", "), result.LineLimit)+" alone")
	return strings.Join(parts, "; ")
}

// same says of a scope that permits the same what is different about it.
func (f *finder) same(scope string, s *result.Scope) string {
	text := "no change in permission"
	if scope == result.ScopeTrust {
		text = "no change in trust"
	}
	if s != nil && s.Kind != "" && (scope == result.ScopeTrust || strings.HasPrefix(s.Kind, text)) {
		text = f.esc(s.Kind, result.LineLimit)
	}
	return text
}

// unique says what a role means that one account alone has.
func (f *finder) unique(u *result.Unique, side int) Finding {
	out := Finding{Level: u.Meaning.Severity, Name: f.esc(u.OriginalRoleName, result.LineLimit), What: "role only in " + f.esc(f.tags[side], result.TagLimit)}
	for _, scope := range scopes {
		if s := u.Meaning.Left(scope); s != nil && s.Verdict == verdict.Equal && !result.Unchanged(u.Meaning.Of(scope)) {
			out.What += ": " + strings.TrimPrefix(scope+": ", result.ScopeIdentity+": ") + f.esc(s.Kind, result.LineLimit)
		}
	}
	for _, scope := range scopes {
		s := u.Meaning.Of(scope)
		if s != nil && s.Severity == u.Meaning.Severity && !result.Unchanged(s) {
			out.add(f, scope, s)
			break
		}
	}
	return out
}

// aws says what a change of AWS's means, once for all roles that have the policy.
func (f *finder) aws(c *result.AWSChange) Finding {
	out := Finding{Level: c.Meaning.Severity, Name: f.esc(c.PolicyName, result.LineLimit), What: c.Summary(f.esc, f.tags)}
	if s := c.Meaning.Identity; s != nil {
		out.add(f, result.ScopeIdentity, s)
	}
	return out
}

// audited says what a finding of an audit means that one account alone has.
func (f *finder) audited(o *result.OneSided) Finding {
	what := fmt.Sprintf("audit %s only in %s: %s", f.esc(o.Rule, result.TagLimit), f.esc(f.tags[o.At()], result.TagLimit), f.esc(o.Message, result.LineLimit))
	out := Finding{Level: o.Level(), Name: f.esc(o.Entity, result.LineLimit), What: what}
	if q := o.Witness; q != nil {
		out.Example = f.esc(FindingRequest(q), result.LineLimit)
	}
	return out
}

// FindingRequest returns a request that proves a finding, in a line.
func FindingRequest(q *found.Request) string {
	text := q.Principal + " " + q.Action
	if q.Resource != "" {
		text += " on " + q.Resource
	}
	if context := ContextText(q.Principal, q.Context); context != "" {
		text += " with " + context
	}
	return text
}

// FindingSteps returns the requests of the steps of a finding that its witness is none of,
// a line each.
func FindingSteps(f *found.Finding) []string {
	var out []string
	for i := range f.Steps {
		if s := &f.Steps[i]; s.Witness != nil && (i > 0 || f.Witness == nil) {
			out = append(out, StepRequest(s))
		}
	}
	return out
}

// StepRequest returns the request that proves a step, in a line, "" if there is none.
func StepRequest(s *found.Step) string {
	switch {
	case s.Witness == nil:
		return ""
	case s.TrustOf != "":
		return FindingRequest(s.Witness) + ", by the trust policy of " + s.TrustOf
	}
	return FindingRequest(s.Witness)
}

// add adds what a scope means to what the finding says already.
func (x *Finding) add(f *finder, scope string, s *result.Scope) {
	if what := f.scope(scope, s); what != "" {
		x.What += ": " + what
	}
	x.Example = f.example(scope, s)
}
