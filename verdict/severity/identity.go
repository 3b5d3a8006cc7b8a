package severity

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Identity judges the result of comparing what two roles may do.
//
// Each question is one more comparison: is the new side an administrator, would it be
// nothing new if the old side's conditions were not there, and so on. So the answer
// does not depend on how the documents are written.
func Identity(c *verdict.Comparer, old, new *verdict.Permissions, r *verdict.Result) Judgement {
	j := judge{c, old, new, r}
	switch {
	case r.Verdict == verdict.Equal && r.Future == verdict.Equal:
		return Judgement{Level: None, Kind: "no change in permission"}
	case r.Verdict == verdict.Equal:
		return Judgement{Level: None, Kind: "no change in permission, until AWS adds actions"}
	case r.Verdict == verdict.Unknown && r.Gained.Actions == 0:
		return Judgement{Level: High, Kind: "not decided"}
	case r.Verdict == verdict.Unknown:
		return undecided(j.gain())
	case r.Impossible:
		return Judgement{Level: Low, Kind: "impossible: no such action takes such a resource"}
	case r.Gained.Actions == 0:
		return Judgement{Level: Low, Kind: j.loss()}
	}
	return j.gain()
}

type judge struct {
	c        *verdict.Comparer
	old, new *verdict.Permissions
	*verdict.Result
}

// loss says what a change is that takes something away.
func (j *judge) loss() string {
	if j.old.Boundary == nil && j.new.Boundary != nil {
		return "narrowed: a boundary was added"
	}
	return "narrowed: " + actions(j.Lost.Actions) + " less"
}

// gain judges a change that gives something, the worst first.
func (j *judge) gain() Judgement {
	if j.administrator(j.new) && !j.administrator(j.old) {
		return Judgement{Level: Critical, Kind: "administrator gained: every action on everything"}
	}
	if gained := j.escalations(); len(gained) > 0 {
		return Judgement{Level: Critical, Kind: "privilege escalation gained: " + gained[0].String() + more(len(gained)-1), Escalations: gained}
	}
	if j.old.Boundary != nil && j.new.Boundary == nil {
		return Judgement{Level: Critical, Kind: "the boundary is gone: " + j.amount()}
	}
	if lost := j.guard(); lost != "" {
		return Judgement{Level: High, Kind: lost + ": " + j.amount()}
	}
	access := accesses(&j.Gained)
	switch {
	case access["Permissions management"] > 0:
		return Judgement{Level: High, Kind: "permissions management gained: " + j.amount()}
	case access["Write"]+access["Tagging"]+access[""] == 0:
		return Judgement{Level: Low, Kind: "reads gained: " + j.amount()}
	case j.everywhere():
		return Judgement{Level: High, Kind: "writes on everything gained, without a condition: " + j.amount()}
	}
	if access["Write"]+access["Tagging"] == 0 {
		return Judgement{Level: Medium, Kind: "actions gained that the reference does not know: " + j.amount()}
	}
	return Judgement{Level: Medium, Kind: "writes gained: " + j.amount()}
}

// undecided is what a change means of which a part is proved: at least that.
func undecided(j Judgement) Judgement {
	j.Kind = "not decided as a whole, but " + j.Kind
	if j.Level != Critical {
		j.Level = High
	}
	return j
}

// amount says how much was gained, and lost.
func (j *judge) amount() string {
	text := actions(j.Gained.Actions) + " more"
	if j.Lost.Actions > 0 {
		text += ", " + actions(j.Lost.Actions) + " less"
	}
	return text
}

func actions(n int) string {
	if n == 1 {
		return "1 action"
	}
	return fmt.Sprintf("%d actions", n)
}

func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" and %d more", n)
}

// accesses returns how many actions an amount has of each access level.
func accesses(a *verdict.Amount) map[string]int {
	out := map[string]int{}
	for _, s := range a.Services {
		out[s.Access] += s.Actions
	}
	return out
}

// administrator reports whether permissions allow everything. Whoever may not do what
// the probes ask for does not; comparing with everything takes long.
func (j *judge) administrator(p *verdict.Permissions) bool {
	for _, r := range probes {
		if p.Decide(&r).Outcome != eval.Allowed {
			return false
		}
	}
	return j.c.Identity(everything, p).Verdict == verdict.Equal
}

var probes = []eval.Request{
	{Action: "iam:CreateUser", Resource: "arn:aws:iam::123456789012:user/x"},
	{Action: "s3:GetObject", Resource: "arn:aws:s3:::x/x"},
	{Action: "ec2:DescribeInstances", Resource: "*"},
}

var everything = &verdict.Permissions{Identity: []*policy.Document{allow([]string{"*"}, []string{"*"})}}

func allow(actions, resources []string) *policy.Document {
	return &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{{Effect: "Allow", Action: actions, Resource: resources}}}
}

// guard says what limited the old side and no longer does, if what is gained is due to
// that alone: without its conditions, or without its denies, the old side would allow
// all that the new one does.
func (j *judge) guard() string {
	nothingNew := func(old *verdict.Permissions) bool {
		v := j.c.Identity(old, j.new).Verdict
		return v == verdict.Equal || v == verdict.Less
	}
	switch {
	case nothingNew(with(j.old, unconditioned)):
		return "a condition no longer guards"
	case nothingNew(with(j.old, allowing)):
		return "a Deny no longer guards"
	}
	return ""
}

// everywhere reports whether writes are gained by statements alone that are about all
// resources and have no condition.
func (j *judge) everywhere() bool {
	always := with(broad(j.new), func(s *policy.Statement) bool { return s.Effect != "Allow" || s.Condition == nil })
	access := accesses(&j.c.Identity(j.old, always).Gained)
	return access["Write"]+access["Tagging"]+access["Permissions management"] > 0
}

// broad returns permissions without the statements that allow something on some
// resources alone.
func broad(p *verdict.Permissions) *verdict.Permissions {
	out := with(p, func(s *policy.Statement) bool {
		return s.Effect != "Allow" || s.NotResource != nil || slices.ContainsFunc(s.Resource, wild)
	})
	out.Boundary = p.Boundary
	return out
}

// wild reports whether a resource is everything, or every resource of a type.
func wild(resource string) bool {
	last := resource[strings.LastIndexAny(resource, ":/")+1:]
	return last != "" && strings.Trim(last, "*") == "" && !strings.Contains(strings.TrimSuffix(resource, last), "/")
}

// with returns permissions with the statements that edit keeps, as it leaves them.
func with(p *verdict.Permissions, edit func(*policy.Statement) bool) *verdict.Permissions {
	each := func(list []*policy.Document) []*policy.Document {
		if list == nil {
			return nil
		}
		out := make([]*policy.Document, len(list))
		for i, d := range list {
			out[i] = edited(d, edit)
		}
		return out
	}
	return &verdict.Permissions{Identity: each(p.Identity), Boundary: each(p.Boundary)}
}

// edited returns a document with the statements that edit keeps, as it leaves them.
func edited(d *policy.Document, edit func(*policy.Statement) bool) *policy.Document {
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if edit(&s) {
			out.Statements = append(out.Statements, s)
		}
	}
	return &out
}

// unconditioned drops the conditions of an Allow.
func unconditioned(s *policy.Statement) bool {
	if s.Effect == "Allow" {
		s.Condition = nil
	}
	return true
}

// allowing drops a Deny.
func allowing(s *policy.Statement) bool { return s.Effect != "Deny" }
