package eval

import (
	"bytes"
	"encoding/base64"
	"net/netip"
	"strings"

	"iamctl/policy"
)

// compare answers whether a value of the request and one of the condition are
// as the operator has it, its negation aside. String, ARN and Bool operators
// have variables. (IAM User Guide, "IAM JSON policy elements: Condition
// operators".)
func (q *question) compare(op policy.Operator, have, want string, variables bool) answer {
	switch op.Kind {
	case policy.NumericOperator:
		return ordered(op.Comparison, have, want, parseDecimal)
	case policy.DateOperator:
		return ordered(op.Comparison, have, want, parseInstant)
	case policy.IPOperator:
		return within(have, want)
	case policy.BinaryOperator:
		return sameBytes(have, want)
	}
	p, a := pattern{text: want}, sure(true)
	if variables {
		if p, a = q.substitute(want, op.Like()); a.truth != yes {
			return a
		}
	}
	switch op.Kind {
	case policy.StringOperator:
		return sure(have == p.text)
	case policy.StringIgnoreCaseOperator:
		return sameFold(have, p.text)
	case policy.StringLikeOperator:
		return sure(p.matches(have))
	case policy.ARNOperator:
		return likeARN(have, p)
	}
	return sameBool(have, p.text)
}

// sameFold is in doubt about letters outside of ASCII.
func sameFold(a, b string) answer {
	switch {
	case policy.Fold(a) == policy.Fold(b):
		return sure(true)
	case strings.EqualFold(a, b):
		return doubt("letter case outside of ASCII", b)
	}
	return sure(false)
}

// likeARN compares each of the six parts on its own. AWS does not say what a
// pattern with fewer parts matches, other than a mere `*`.
func likeARN(have string, p pattern) answer {
	switch {
	case strings.Count(have, ":") < segments-1 || !strings.HasPrefix(have, "arn:"):
		return doubt("a value of the request is not an ARN", have)
	case p.onlyStars():
		return sure(true)
	case strings.Count(p.text, ":") >= segments-1:
		return sure(matchesARN(p, have))
	case p.matches(have):
		return doubt("an ARN of a condition has fewer than six parts", p.text)
	}
	return sure(false)
}

func sameBool(have, want string) answer {
	a, ok := boolean(have)
	if !ok {
		return doubt("a value of the request is neither true nor false", have)
	}
	b, ok := boolean(want)
	if !ok {
		return doubt("a value of a condition is neither true nor false", want)
	}
	return sure(a == b)
}

func boolean(s string) (value, ok bool) {
	switch policy.Fold(s) {
	case "true":
		return true, true
	case "false":
		return false, true
	}
	return false, false
}

func sameBytes(have, want string) answer {
	a, err := base64.StdEncoding.Strict().DecodeString(have)
	if err != nil {
		return doubt("a value of the request is not base64", have)
	}
	b, err := base64.StdEncoding.Strict().DecodeString(want)
	if err != nil {
		return doubt("a value of a condition is not base64", want)
	}
	return sure(bytes.Equal(a, b))
}

// within answers whether an address is in a block, or is that address. Blocks
// may have host bits, which do not count. IPv4 addresses in the form of IPv6
// are in doubt.
func within(have, want string) answer {
	address, err := netip.ParseAddr(have)
	if err != nil || address.Zone() != "" || address.Is4In6() {
		return doubt("a value of the request is not an address", have)
	}
	block, err := netip.ParsePrefix(want)
	if err != nil {
		alone, err := netip.ParseAddr(want)
		if err != nil || alone.Zone() != "" {
			return doubt("a value of a condition is neither address nor block", want)
		}
		block = netip.PrefixFrom(alone, alone.BitLen())
	}
	if block.Addr().Is4In6() {
		return doubt("a value of a condition is an IPv4 address as IPv6", want)
	}
	return sure(block.Contains(address))
}
