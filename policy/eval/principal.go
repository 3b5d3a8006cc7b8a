package eval

import (
	"strings"

	"iamctl/policy"
)

// principal answers whether the statement of a trust policy is about who asks
// (IAM User Guide, "AWS JSON policy elements: Principal").
func (q *question) principal(s *policy.Statement) answer {
	if s.Resource != nil || s.NotResource != nil {
		return doubt("a trust policy has no Resource", "")
	}
	return q.admits(s)
}

// admits is principal whatever the statement says of resources: those of resource control
// policies have both.
func (q *question) admits(s *policy.Statement) answer {
	switch {
	case q.request.Principal.Value == "":
		return doubt("the request names no principal", "")
	case s.NotPrincipal != nil:
		return doubt("a trust policy has no NotPrincipal", "")
	}
	return element("Principal", s.Principal, nil, q.matchesPrincipal)
}

func (q *question) matchesPrincipal(p policy.Principal) answer {
	who := q.request.Principal
	sameType := strings.EqualFold(p.Type, who.Type)
	switch kind := policy.Fold(p.Type); {
	case kind == "*" && p.Value == "*":
		return sure(true)
	case kind == "aws" && p.Value == "*" && !sameType:
		return doubt("AWS does not say whether the principal AWS: * is also services and identity providers", who.Value)
	case kind == "canonicaluser" && strings.EqualFold(who.Type, "AWS"):
		return doubt("a canonical user is an account that is not known", p.Value)
	case kind != "aws" && kind != "service" && kind != "federated" && kind != "canonicaluser":
		return doubt("there is no such type of principal", p.Type)
	case !sameType:
		return sure(false)
	case kind == "aws":
		return matchesAWS(p.Value, who.Value)
	case strings.Contains(p.Value, "*"):
		return doubt("a wildcard in a principal", p.Value)
	}
	return sameName(p.Value, who.Value)
}

// matchesAWS answers whether a principal of a policy is the one that asks, its
// account, its role, or everyone. A unique id (AROA...) is of a principal that
// was deleted: it is itself alone, not a role with the name of old.
func matchesAWS(principal, who string) answer {
	if principal == "*" {
		return sure(true)
	}
	if strings.ContainsAny(principal, "*?") {
		if (pattern{text: principal}).matches(who) {
			return doubt("a wildcard in a principal's ARN", principal)
		}
		return sure(false)
	}
	if account, partition, ok := account(principal); ok {
		a, b, ok := accountOf(who)
		return sure(ok && a == account && (partition == "" || b == "" || b == partition))
	}
	if noAccount(principal) {
		return doubt("AWS takes no such principal", principal)
	}
	return sameName(principal, who).or(sessionOf(principal, who)).or(someSession(principal, who))
}

// noAccount reports whether a principal is a number that is no account's. AWS
// refuses a policy with one.
func noAccount(principal string) bool {
	return len(principal) != 12 && strings.Trim(principal, "0123456789") == ""
}

// account returns the account that a principal stands for: its id, or the ARN
// of its root, which are the same and mean every principal of the account. The
// partition is "" if the principal does not name it.
func account(principal string) (id, partition string, ok bool) {
	if policy.IsAccountID(principal) {
		return principal, "", true
	}
	arn, ok := policy.ParseARN(principal)
	return arn.Account, arn.Partition, ok && arn.Service == "iam" && arn.Resource == "root"
}

// accountOf returns the account of who asks.
func accountOf(who string) (id, partition string, ok bool) {
	if id, partition, ok = account(who); ok {
		return id, partition, true
	}
	arn, ok := policy.ParseARN(who)
	return arn.Account, arn.Partition, ok
}

// sessionOf answers whether who is a session of the role. A session's ARN does
// not have the role's path.
func sessionOf(role, who string) answer {
	r, _ := policy.ParseARN(role)
	s, _ := policy.ParseARN(who)
	path, isRole := strings.CutPrefix(r.Resource, "role/")
	session, isSession := strings.CutPrefix(s.Resource, "assumed-role/")
	if !isRole || !isSession || s.Partition != r.Partition || s.Account != r.Account {
		return sure(false)
	}
	name, _, _ := strings.Cut(session, "/")
	return sameName(path[strings.LastIndexByte(path, '/')+1:], name)
}

// someSession is in doubt if the principal is one session of the role that
// asks: a role asks by any session.
func someSession(principal, who string) answer {
	if sessionOf(who, principal).truth == no {
		return sure(false)
	}
	return doubt("a role asks, and the policy names one of its sessions", principal)
}

// sameName is in doubt where letter case alone is different.
func sameName(a, b string) answer {
	switch {
	case a == b:
		return sure(true)
	case strings.EqualFold(a, b):
		return doubt("a principal in other letter case", a)
	}
	return sure(false)
}
