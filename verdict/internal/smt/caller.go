package smt

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/policy"
)

// callers are who may ask for a role. Number 0 is a role or a user of any account;
// the others are those that the policies name and, of every type, one that they do
// not.
type callers struct {
	list       []policy.Principal
	partitions map[string][]string // of accounts that are named, "" is any
}

func typeOf(p policy.Principal) string {
	for _, t := range []string{"AWS", "Service", "Federated", "CanonicalUser"} {
		if strings.EqualFold(t, p.Type) {
			return t
		}
	}
	return ""
}

// accountOf returns the account that a principal stands for.
func accountOf(value string) (id, partition string, ok bool) {
	if policy.IsAccountID(value) {
		return value, "", true
	}
	arn, ok := policy.ParseARN(value)
	return arn.Account, arn.Partition, ok && arn.Service == "iam" && arn.Resource == "root"
}

// declareCallers declares who asks.
func (e *encoder) declareCallers() {
	c := &callers{partitions: map[string][]string{}}
	e.callers = c
	c.list = []policy.Principal{{}, {Type: "Service", Value: "x.amazonaws.com"}, {Type: "Federated", Value: "x.example.com"}}
	e.eachStatement(func(s *statement) {
		for _, p := range s.Principal {
			e.callers.add(p)
		}
	})
	e.declare("caller", "Int")
	e.assert(term(fmt.Sprintf("(<= 0 caller %d)", len(c.list)-1)))
	for _, name := range []string{"partition", "account", "who"} {
		e.declare(name, "String")
	}
	e.assert(in("account", `((_ re.^ 12) (re.range "0" "9"))`))
	e.assert(in("who", `(re.++ (re.union (str.to_re "role/") (str.to_re "user/")) re.allchar re.all)`))
	e.declare("name", "String")
	e.assert(`(and (str.suffixof (str.++ "/" name) who) (not (str.contains name "/")))`)
	var named []string
	for id := range c.partitions {
		named = append(named, id)
	}
	slices.Sort(named)
	other := e.partitions()
	for _, id := range named {
		var list []term
		for _, p := range c.partitions[id] {
			list = append(list, equal("partition", quote(p)))
		}
		other = "(ite " + equal("account", quote(id)) + " " + or(list...) + " " + other + ")"
	}
	e.assert(other)
	e.fix(named)
}

// partitions are those of accounts that no principal names.
func (e *encoder) partitions() term {
	list := []term{equal("partition", quote("aws"))}
	e.eachStatement(func(s *statement) {
		for _, c := range s.Condition {
			for _, v := range c.Values {
				if parts := strings.Split(v, ":"); policy.Fold(c.Key) == principalARN && len(parts) > 1 && parts[0] == "arn" && !strings.ContainsAny(parts[1], "*?$") {
					list = append(list, equal("partition", quote(parts[1])))
				}
			}
		}
	})
	return or(list...)
}

// add notes the principal and its account.
func (c *callers) add(p policy.Principal) {
	kind := typeOf(p)
	if kind == "" || p.Value == "" || strings.ContainsAny(p.Value, "*?") {
		return
	}
	p.Type = kind
	id, partition, isAccountName := accountOf(p.Value)
	if arn, ok := policy.ParseARN(p.Value); ok && kind == "AWS" && !isAccountName {
		id, partition = arn.Account, arn.Partition
	}
	if partition == "" {
		partition = "aws"
	}
	if kind == "AWS" && policy.IsAccountID(id) && !slices.Contains(c.partitions[id], partition) {
		c.partitions[id] = append(c.partitions[id], partition)
	}
	if !(kind == "AWS" && isAccountName) && !slices.Contains(c.list, p) {
		c.list = append(c.list, p)
	}
}

const callerARN term = `(str.++ "arn:" partition ":iam::" account ":" who)`

// fix says what the keys that follow from who asks are.
func (e *encoder) fix(named []string) {
	for i, p := range e.callers.list {
		is := term(fmt.Sprintf("(= caller %d)", i))
		arn, isARN := policy.ParseARN(p.Value)
		switch {
		case i == 0:
			e.fixKey(is, principalARN, callerARN)
			e.fixKey(is, principalAccount, "account")
			e.fixKey(and(is, `(str.prefixof "role/" who)`), userName, "")
			e.fixKey(and(is, `(str.prefixof "user/" who)`), userName, "name")
		case p.Type != "AWS":
			e.fixKey(is, principalARN, "")
			e.fixKey(is, principalAccount, "")
			e.fixKey(is, userName, "")
		case !isARN: // somebody deleted, whom nothing else names
			for _, id := range named {
				e.assert(or(not(is), not(equal("account", quote(id)))))
			}
			e.fixKey(is, principalARN, callerARN)
			e.fixKey(is, principalAccount, "account")
		default:
			e.fixKey(is, principalAccount, quoteUnlessEmpty(arn.Account))
			e.fixKey(is, userName, quoteUnlessEmpty(userOf(arn)))
			if arn.Service == "iam" {
				e.fixKey(is, principalARN, quote(p.Value))
			} else {
				e.fixSession(is, arn)
			}
		}
	}
}

// fixSession says that a session has its role's ARN: a role of that name that the
// policies name, or one with any path.
func (e *encoder) fixSession(is term, arn policy.ARN) {
	session, ok := strings.CutPrefix(arn.Resource, "assumed-role/")
	if !ok {
		return
	}
	name, _, _ := strings.Cut(session, "/")
	var named []term
	for _, p := range e.callers.list {
		if sessionOf(p.Value, arn.String()) == certain {
			named = append(named, equal(callerARN, quote(p.Value)))
		}
	}
	if len(named) == 0 {
		role := `(re.++ (str.to_re "role/") (re.opt (re.++ re.allchar re.all (str.to_re "/"))) (str.to_re ` + quote(name) + "))"
		named = []term{and(equal("partition", quote(arn.Partition)), equal("account", quote(arn.Account)), in("who", role))}
	}
	e.assert(or(not(is), or(named...)))
	e.fixKey(is, principalARN, callerARN)
}

// userOf returns the name of a user, "" for others.
func userOf(arn policy.ARN) string {
	path, ok := strings.CutPrefix(arn.Resource, "user/")
	if !ok {
		return ""
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

func quoteUnlessEmpty(s string) term {
	if s == "" {
		return ""
	}
	return quote(s)
}

// fixKey says what the value of a key is, "" being absent.
func (e *encoder) fixKey(is term, name string, value term) {
	k := e.keys[name]
	switch {
	case k == nil:
	case value == "":
		e.assert(or(not(is), k.count(0)))
	case k.family == ofNothing:
		e.assert(or(not(is), k.count(1)))
	case k.family != ofText:
		e.skip("a principal that is compared as " + k.family.String())
	default:
		t := []term{k.count(1)}
		if k.string {
			t = append(t, equal(k.value(0), value))
		}
		if k.arn && name == principalARN {
			t = append(t, segmentsOf(k, value)...)
		}
		e.assert(or(not(is), and(t...)))
	}
}

// segmentsOf says what the segments of an ARN are: of callerARN, or of an ARN that
// is named.
func segmentsOf(k *key, value term) []term {
	list := []term{"partition", quote("iam"), quote(""), "account", "who"}
	if value != callerARN {
		arn, _ := policy.ParseARN(strings.Trim(string(value), `"`))
		list = []term{quote(arn.Partition), quote(arn.Service), quote(arn.Region), quote(arn.Account), quote(arn.Resource)}
	}
	var out []term
	for i, t := range list {
		out = append(out, equal(k.segment(0, i+1), t))
	}
	if k.string {
		out = append(out, k.value(0)+"_arn")
	}
	return out
}
