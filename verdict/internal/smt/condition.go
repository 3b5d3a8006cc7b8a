package smt

import (
	"encoding/base64"
	"fmt"
	"strings"

	"iamctl/policy"
)

// condition returns where a condition holds (IAM User Guide, "IAM JSON policy
// elements: Condition operators").
func (e *encoder) condition(c policy.Condition, variables bool) pair {
	op, ok := policy.ParseOperator(c.Operator)
	id := fmt.Sprintf("%s %s %q %v", policy.Fold(c.Operator), policy.Fold(c.Key), sorted(c.Values), variables)
	if !ok || len(c.Values) == 0 {
		return e.doubt(id)
	}
	k := e.keys[policy.Fold(c.Key)]
	if op.Kind == policy.NullOperator {
		return e.null(c, op, k, id)
	}
	present := e.present(c, op, k, variables)
	return choose(k.count(0), e.missing(op, id), present)
}

func (e *encoder) null(c policy.Condition, op policy.Operator, k *key, id string) pair {
	if op.Qualifier != "" {
		return e.doubt(id)
	}
	return anyOf(c.Values, func(v string) pair {
		switch policy.Fold(v) {
		case "true":
			return sure(k.count(0))
		case "false":
			return sure(not(k.count(0)))
		}
		return e.doubt("null " + v)
	})
}

// missing answers where the key is absent.
func (e *encoder) missing(op policy.Operator, id string) pair {
	switch {
	case op.Qualifier == "ForAllValues":
		return sure(yes)
	case op.Qualifier == "ForAnyValue" && op.IfExists:
		return e.doubt("missing " + id)
	case op.Qualifier == "ForAnyValue":
		return sure(no)
	}
	return sure(boolean(op.IfExists || op.Negated))
}

// present answers where the key has values.
func (e *encoder) present(c policy.Condition, op policy.Operator, k *key, variables bool) pair {
	one := func(n int) pair {
		p := anyOf(c.Values, func(v string) pair { return e.compare(op, k, n, v, variables) })
		if op.Negated {
			return p.not()
		}
		return p
	}
	first := one(0)
	if op.Qualifier == "" {
		if k.slots == 1 {
			return first
		}
		return choose(k.count(1), first, unsure)
	}
	empty := []term{yes}
	all, some := sure(yes), sure(no)
	for n := range k.slots {
		there := sure(k.more(n))
		if n == 0 {
			there = sure(yes)
		}
		x := one(n)
		all, some = all.and(there.not().or(x)), some.or(there.and(x))
		if k.family == ofText && k.string {
			empty = append(empty, or(there.not().sure, equal(k.text(n), quote(""))))
		} else {
			empty = []term{no}
		}
	}
	// What sets of empty text are AWS does not say.
	if op.Qualifier == "ForAllValues" {
		return pair{all.sure, or(all.may, and(empty...))}
	}
	return pair{and(some.sure, not(and(empty...))), some.may}
}

// compare answers whether value n of a key and one of a condition are as the
// operator has it, its negation aside.
func (e *encoder) compare(op policy.Operator, k *key, n int, want string, variables bool) pair {
	vague := func() pair {
		return e.doubt(fmt.Sprintf("compare %s %d %d %s %s", k.name, n, op.Kind, op.Comparison, want))
	}
	switch k.family {
	case ofNumber:
		return ordered(op.Comparison, k.value(n), want, parseNumber, vague)
	case ofDate:
		return ordered(op.Comparison, k.value(n), want, parseDate, vague)
	case ofAddress:
		return within(k.value(n), want, vague)
	}
	switch op.Kind {
	case policy.BinaryOperator:
		if _, err := base64.StdEncoding.Strict().DecodeString(want); err != nil {
			return vague()
		}
		is := equal(k.text(n), quote(want))
		return pair{is, or(is, not(in(k.text(n), base64Text)))}
	case policy.BoolOperator:
		return e.sameBool(k.text(n), want, variables, vague)
	case policy.StringIgnoreCaseOperator:
		return e.sameFold(k.text(n), want, variables)
	case policy.ARNOperator:
		return e.likeARN(k, n, want, variables, vague)
	}
	p, ok := e.parse(want, variables, op.Kind == policy.StringLikeOperator)
	matches := e.match(k.text(n), p)
	return pair{and(ok.sure, matches), ok.andMaybe(matches)}
}

// andMaybe is where a text may match: where its variables have more than one value
// nobody can say.
func (p pair) andMaybe(matches term) term {
	return and(p.may, or(and(p.may, not(p.sure)), matches))
}

const base64Text term = `(re.++ (re.* ((_ re.^ 4) ` + digit64 + `)) (re.opt (re.union (re.++ ((_ re.^ 2) ` + digit64 +
	`) (str.to_re "==")) (re.++ ((_ re.^ 3) ` + digit64 + `) (str.to_re "=")))))`

const digit64 = `(re.union (re.range "a" "z") (re.range "A" "Z") (re.range "0" "9") (str.to_re "+") (str.to_re "/"))`

func (e *encoder) sameBool(value term, want string, variables bool, vague func() pair) pair {
	if variables && strings.Contains(want, "${") {
		e.skip("a variable in Bool")
		return unsure
	}
	other := map[string]string{"true": "false", "false": "true"}
	word := policy.Fold(want)
	if other[word] == "" {
		return vague()
	}
	return pair{in(value, folded(word, false)), not(in(value, folded(other[word], false)))}
}

func (e *encoder) sameFold(value term, want string, variables bool) pair {
	p, ok := e.parse(want, variables, false)
	switch {
	case p.has(variable):
		e.skip("a variable where letter case does not count")
		return unsure
	case !isASCII(want):
		e.skip("letters outside of ASCII whose case does not count")
		return unsure
	}
	text := ""
	if len(p) > 0 {
		text = p[0].text
	}
	return pair{and(ok.sure, in(value, folded(text, false))), and(ok.may, in(value, folded(text, true)))}
}

// likeARN compares each of the six segments on its own.
func (e *encoder) likeARN(k *key, n int, want string, variables bool, vague func() pair) pair {
	is := yes
	if k.string {
		is = term(string(k.value(n)) + "_arn")
	}
	whole, ok := e.parse(want, variables, true)
	parts := strings.SplitN(want, ":", segments)
	var matches term
	switch {
	case variables && early(want):
		e.skip("a variable before the fifth colon of a condition's ARN")
		return unsure
	case whole.onlyStars():
		return pair{is, yes}
	case len(parts) < segments:
		p := vague().and(sure(e.match(k.text(n), whole)))
		return pair{and(is, p.sure), or(not(is), p.may)}
	default:
		list := []term{}
		for i, part := range parts {
			p, _ := e.parse(part, variables, true)
			if i == 0 {
				list = append(list, boolean(p.matches("arn")))
				continue
			}
			list = append(list, e.match(k.segment(n, i), p))
		}
		matches = and(list...)
	}
	return pair{and(is, ok.sure, matches), or(not(is), ok.andMaybe(matches))}
}
