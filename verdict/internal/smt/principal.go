package smt

import (
	"fmt"
	"strings"

	"iamctl/policy"
)

// The keys that follow from who asks (IAM User Guide, "AWS global condition context
// keys").
const (
	principalARN     = "aws:principalarn"
	principalAccount = "aws:principalaccount"
)

// principal returns where a principal of a policy is who asks.
func (e *encoder) principal(p policy.Principal) pair {
	if p.Type == "*" && p.Value == "*" {
		return sure(yes)
	}
	var list []pair
	for i, who := range e.callers.list {
		is := sure(term(fmt.Sprintf("(= caller %d)", i)))
		if i == 0 {
			list = append(list, is.and(e.anyone(p)))
			continue
		}
		switch truth := matchesCaller(p, who); truth {
		case certain:
			list = append(list, is)
		case unclear:
			list = append(list, is.and(e.doubt("principal "+policy.Fold(p.Type)+p.Value)))
		}
	}
	return anyOf(list, func(p pair) pair { return p })
}

// anyone returns where a principal is the role or user of any account.
func (e *encoder) anyone(p policy.Principal) pair {
	doubt := func(where term) pair { return sure(where).and(e.doubt("principal " + policy.Fold(p.Type) + p.Value)) }
	switch kind := typeOf(p); {
	case kind == "" || kind == "CanonicalUser":
		return doubt(yes)
	case kind != "AWS":
		return sure(no)
	case p.Value == "*":
		return sure(yes)
	case strings.ContainsAny(p.Value, "*?"):
		return doubt(in(callerARN, glob(p.Value).re()))
	}
	if id, partition, ok := accountOf(p.Value); ok {
		is := equal("account", quote(id))
		if partition != "" {
			is = and(is, equal("partition", quote(partition)))
		}
		return sure(is)
	}
	// Of names that differ in letter case alone there is one in an account.
	is := equal(callerARN, quote(p.Value))
	e.assert(or(is, not(in(callerARN, folded(p.Value, true)))))
	out := sure(is)
	arn, _ := policy.ParseARN(p.Value)
	if session, ok := strings.CutPrefix(arn.Resource, "assumed-role/"); ok {
		name, _, _ := strings.Cut(session, "/")
		role := func(name term) term {
			return and(equal("partition", quote(arn.Partition)), equal("account", quote(arn.Account)),
				in("who", `(re.++ (str.to_re "role/") (re.opt (re.++ re.all (str.to_re "/"))) `+name+")"))
		}
		exact := role("(str.to_re " + quote(name) + ")")
		e.assert(or(exact, not(role(folded(name, true)))))
		out = out.or(doubt(exact))
	}
	return out
}

// truth is whether a principal of a policy is one that is named.
type truth int

const (
	never truth = iota
	unclear
	certain
)

func matchesCaller(p, who policy.Principal) truth {
	switch kind := typeOf(p); {
	case kind == "" || kind == "CanonicalUser" && who.Type == "AWS" || kind == "AWS" && p.Value == "*" && who.Type != "AWS":
		return unclear
	case kind != who.Type:
		return never
	case p.Value == "*" && kind == "AWS":
		return certain
	case strings.ContainsAny(p.Value, "*?"):
		if kind != "AWS" && !strings.Contains(p.Value, "*") {
			break
		}
		if kind != "AWS" || glob(p.Value).matches(who.Value) {
			return unclear
		}
		return never
	case kind == "AWS":
		if id, partition, ok := accountOf(p.Value); ok {
			arn, isARN := policy.ParseARN(who.Value)
			if isARN && arn.Account == id && (partition == "" || partition == arn.Partition) {
				return certain
			}
			return never
		}
		return max(sameName(p.Value, who.Value), sessionOf(p.Value, who.Value), min(sessionOf(who.Value, p.Value), unclear))
	}
	return sameName(p.Value, who.Value)
}

func sameName(a, b string) truth {
	switch {
	case a == b:
		return certain
	case strings.EqualFold(a, b):
		return unclear
	}
	return never
}

// sessionOf answers whether an ARN is a session of the role.
func sessionOf(role, session string) truth {
	r, _ := policy.ParseARN(role)
	s, _ := policy.ParseARN(session)
	path, isRole := strings.CutPrefix(r.Resource, "role/")
	name, isSession := strings.CutPrefix(s.Resource, "assumed-role/")
	if !isRole || !isSession || r.Partition != s.Partition || r.Account != s.Account {
		return never
	}
	name, _, _ = strings.Cut(name, "/")
	return sameName(path[strings.LastIndexByte(path, '/')+1:], name)
}
