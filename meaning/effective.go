package meaning

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Effective is what two roles may do, and who may assume them, within the control policies
// of their organisations.
type Effective struct {
	Identity, Trust *Scope
	// Changes are attributes of normalize.KindEffective: that the control policies alone
	// leave the roles different permissions.
	Changes []diff.AttributeChange
}

// Level is a place on the way from the root of an organisation to an account, with its
// control policies in the order of eval.Permissions.
type Level struct {
	// Type is that of the policies, ServiceControl or ResourceControl.
	Type inventory.PolicyType
	// Name is that of the root, the unit or the account with its id, "" where what is said
	// must hold for several accounts.
	Name     string
	Policies []Policy
}

// Within tells the judge what bounds both accounts, and what they are called where it is said
// which control policies make a difference.
func (j *Judge) Within(of [2]*Bounds, called [2]string) { j.bounds, j.called = of, called }

// Tags returns the tags of both accounts.
func (j *Judge) Tags() [2]string { return j.tags }

// Effective returns what the roles of a pair may do effectively, nil where the judge knows of
// no organisations. Of a pair that is asked for again the answer is kept.
func (j *Judge) Effective(p *diff.Pair) *Effective {
	if j.bounds[0] == nil || j.bounds[1] == nil {
		return nil
	}
	if e, ok := j.effective.Load(p.A); ok {
		return e.(*Effective)
	}
	e := &Effective{}
	bare := [2]*role{j.role(0, p.A, nil), j.role(1, p.B, nil)}
	e.Identity = j.effectively(e, p, bare, false)
	e.Trust = j.effectively(e, p, bare, true)
	j.effective.Store(p.A, e)
	return e
}

// effectively compares one kind of permissions of a pair.
func (j *Judge) effectively(e *Effective, p *diff.Pair, bare [2]*role, trust bool) *Scope {
	var sides [2]*role
	named := namedAccounts(p.A.Raw.Trust, p.B.Raw.Trust)
	for side, r := range []*normalize.Role{p.A, p.B} {
		var why string
		j.named.Store(r, named)
		if sides[side], why = j.bounded(side, r, bare[side], trust); why != "" {
			return j.unbounded(side, why)
		}
	}
	compare := j.comparing(trust)
	s := compare(sides)
	if why := cmp.Or(sides[0].unknown, sides[1].unknown); why != "" && s.Verdict != verdict.Equal {
		return undecidedCallers(why)
	}
	if trust && s.Verdict != verdict.Equal && s.Verdict != verdict.Unknown {
		if why := j.unnamed(s, sides, named); why != "" && compare(bare).Verdict != verdict.Equal {
			return undecided(why)
		}
	}
	switch {
	case s.Verdict == verdict.Equal && s.Future == verdict.Equal && !p.Differs():
	case s.Verdict == verdict.Equal && s.Future == verdict.Equal:
		j.refuses(s, compare(bare), sides, trust, "no effective difference")
	default:
		if c := j.control(sides, trust); c != nil {
			c.Key = map[bool]string{false: "identity", true: "trust"}[trust]
			e.Changes = append(e.Changes, *c)
			s.Kind = because(c, j.called) + ": " + s.Kind
			if !s.Level.Worse(severity.Low) {
				s.Level = severity.Low
			}
		}
	}
	return s
}

// effectiveAlone returns what control policies leave to a role that a side alone has, nil where
// that is not asked.
func (j *Judge) effectiveAlone(side int, r *normalize.Role, bare *role) *Effective {
	if j.bounds[side] == nil {
		return nil
	}
	e := &Effective{Identity: j.leftAlone(side, r, bare, false), Trust: j.leftAlone(side, r, bare, true)}
	everyRoleTrusts(e.Trust)
	return e
}

// leftAlone is one kind of permissions of effectiveAlone.
func (j *Judge) leftAlone(side int, r *normalize.Role, bare *role, trust bool) *Scope {
	compare := j.comparing(trust)
	sides, alone := [2]*role{{}, {}}, [2]*role{{}, {}}
	alone[side] = bare
	var why string
	if sides[side], why = j.bounded(side, r, bare, trust); why != "" {
		return j.unbounded(side, why)
	}
	s := compare(sides)
	if why := sides[side].unknown; why != "" && s.Verdict != verdict.Equal {
		return undecidedCallers(why)
	}
	if s.Verdict == verdict.Equal && s.Future == verdict.Equal {
		j.refuses(s, compare(alone), sides, trust, "nothing is left of it")
	}
	return s
}

// comparing returns what compares one kind of permissions.
func (j *Judge) comparing(trust bool) func([2]*role) *Scope {
	if trust {
		return j.trust
	}
	return j.identity
}

// unbounded is the scope of a role of which it is not known what bounds it.
func (j *Judge) unbounded(side int, why string) *Scope {
	s := &scope{}
	s.unknown("what bounds the role of " + j.called[side] + " is not known: " + why)
	return &s.Scope
}

// undecidedCallers is the scope of roles of which one trusts an account of which it is not known
// what bounds it.
func undecidedCallers(why string) *Scope {
	return undecided("what bounds an account that the trust policy names is not known: " + why)
}

// undecided is a scope that is not decided.
func undecided(why string) *Scope {
	s := &scope{}
	s.unknown(why)
	return &s.Scope
}

// bounded returns a role within what bounds it, or why that is not known.
func (j *Judge) bounded(side int, r *normalize.Role, bare *role, trust bool) (*role, string) {
	b := j.bounds[side]
	of, f, kind := &b.Service, asking(r.Raw.Role, b), ServiceControl
	if trust {
		of, f, kind = &b.Resource, asked(r.Raw.Role, b), ResourceControl
	}
	out := &role{
		identity: resolvedAll(bare.identity, f), boundary: resolvedAll(bare.boundary, f), trust: resolvedAll(bare.trust, f),
		arn: r.Raw.ARN, tokenARN: j.libraries[side].withTokens(r.Raw.ARN), general: bare.general,
	}
	switch {
	case r.Raw.ServiceLinked():
		return out, ""
	case of.Unknown != "":
		return nil, of.Unknown
	}
	if of.Exempt == "" {
		out.control = j.controlLevels(side, of, kind, f)
	}
	if trust {
		var levels []controlLevel
		levels, out.unknown = j.callers(side, r, j.namedBy(r))
		out.control = append(out.control, levels...)
	}
	return out, ""
}

// controlLevels returns the levels of what bounds a side's account.
func (j *Judge) controlLevels(side int, of *inventory.Bounds, kind inventory.PolicyType, f *facts) (out []controlLevel) {
	for _, l := range of.Levels {
		level := controlLevel{Level: Level{Type: kind, Name: levelName(&l)}}
		for _, p := range l.Policies {
			d := *j.libraries[side].get(p.Document, nil)
			d.Policy = Policy{Type: kind, Name: p.Name + " (" + p.ID + ")", ARN: p.ARN}
			level.Policies = append(level.Policies, d.Policy)
			level.documents = append(level.documents, (&d).resolved(f))
		}
		out = append(out, level)
	}
	return out
}

// levelName returns what a level is called, "" for one without a name.
func levelName(l *inventory.Level) string {
	if l.ID == "" {
		return ""
	}
	return l.Name + " (" + l.ID + ")"
}

// The types of policies that control policies are named by.
const (
	ServiceControl  inventory.PolicyType = "SCP"
	ResourceControl inventory.PolicyType = "RCP"
)

// refuses says which control policy makes nothing of a difference that there would be.
func (j *Judge) refuses(s, bare *Scope, sides [2]*role, trust bool, nothing string) {
	if bare.Verdict == verdict.Equal || bare.Verdict == verdict.Unknown {
		return
	}
	s.Kind = nothing
	for i := range bare.Witnesses {
		w := &bare.Witnesses[i]
		r := sides[w.AllowedBy-1]
		if by := r.asker(trust)(&w.Request).By; len(by) > 0 && by[0].Level > 0 {
			s.Kind += ", " + r.names(by[0]) + " " + doing(by[0])
			return
		}
	}
}

// doing is what a control policy, or a level without one that allows something, does.
func doing(at eval.Statement) string {
	if at.Document < 0 {
		return "do not allow it"
	}
	return "denies it"
}

// names names a control policy, or those of a level.
func (r *role) names(at eval.Statement) string {
	l := r.control[at.Level-1]
	of := ""
	if l.Name != "" {
		of = " of " + l.Name
	}
	if at.Document >= 0 {
		p := l.Policies[at.Document]
		return "the " + string(p.Type) + " " + p.Name + of
	}
	if of == "" {
		of = " of a level with " + cmp.Or(namesOf(l.Policies), "none")
	}
	return "the " + string(l.Type) + "s" + of
}

func namesOf(list []Policy) string {
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = p.Name
	}
	return strings.Join(out, ", ")
}

// control returns the change that control policies alone make, nil if they make none: what
// each of the roles may do is compared within what bounds the one and what bounds the other.
func (j *Judge) control(sides [2]*role, trust bool) *diff.AttributeChange {
	var said [2][]string
	unknown := ""
	for _, of := range sides {
		old, new := *of, *of
		old.control, new.control = sides[0].control, sides[1].control
		old.tokenARN, new.tokenARN = sides[0].tokenARN, sides[1].tokenARN
		r := j.compareTokens(&old, &new, trust)
		if r.Verdict == verdict.Unknown || r.Future == verdict.Unknown {
			unknown = cmp.Or(unknown, r.Reason, "it could not be decided")
		}
		for i := range r.Witnesses {
			w := &r.Witnesses[i]
			side := 2 - w.AllowedBy
			if by := w.Refused.By; len(by) > 0 && by[0].Level > 0 {
				said[side] = append(said[side], sides[side].names(by[0])+" "+doing(by[0]))
			}
		}
	}
	if said[0] == nil && said[1] == nil && unknown == "" {
		return nil
	}
	c := &diff.AttributeChange{Kind: normalize.KindEffective}
	for side, to := range []*diff.AttributeValue{&c.A, &c.B} {
		slices.Sort(said[side])
		text := strings.Join(slices.Compact(said[side]), " and ")
		switch {
		case text != "":
		case said[1-side] != nil:
			text = "allowed"
		default:
			text = "not decided: " + unknown
		}
		*to = diff.AttributeValue{Has: true, Value: text, Raw: text}
	}
	return c
}

// because says which control policies make a difference.
func because(c *diff.AttributeChange, tags [2]string) string {
	var out []string
	for side, v := range []diff.AttributeValue{c.A, c.B} {
		if v.Value != "allowed" {
			out = append(out, "in "+tags[side]+" "+v.Value)
		}
	}
	return strings.Join(out, ", ")
}

// compareTokens compares what roles may do, or who may assume them, in tokens.
func (j *Judge) compareTokens(old, new *role, trust bool) *verdict.Result {
	if trust {
		return j.comparer.Admission(old.admission(tokens, old.tokenARN), new.admission(tokens, new.tokenARN))
	}
	return j.comparer.Identity(old.permissions(tokens), new.permissions(tokens))
}
