package smt

import (
	"fmt"
	"slices"

	"iamctl/policy"
)

// family is what the values of a key are compared as.
type family int

const (
	ofNothing family = iota // only asked whether it is there
	ofText
	ofNumber
	ofDate
	ofAddress
)

func (f family) String() string {
	return [...]string{"nothing", "text", "number", "date", "address"}[f]
}

func familyOf(k policy.OperatorKind) family {
	switch k {
	case policy.NullOperator:
		return ofNothing
	case policy.NumericOperator:
		return ofNumber
	case policy.DateOperator:
		return ofDate
	case policy.IPOperator:
		return ofAddress
	}
	return ofText
}

// key is a condition key of the request.
type key struct {
	name   string
	prefix string // of its constants
	family family
	// sets are the different conditions with a set qualifier, plain says that there
	// are others, or variables.
	sets  []string
	plain bool
	// arn says that ARN operators compare it, string that others do too.
	arn, string bool
	slots       int
}

// mostSlots is how many values a key may have.
const mostSlots = 16

// count is where the key has n values.
func (k *key) count(n int) term {
	if k.slots == 1 {
		if n == 0 {
			return not(term(k.prefix + "there"))
		}
		return term(k.prefix + "there")
	}
	return term(fmt.Sprintf("(= %sn %d)", k.prefix, n))
}

// more is where the key has a value with number n, from 0.
func (k *key) more(n int) term {
	if k.slots == 1 {
		return k.count(1)
	}
	return term(fmt.Sprintf("(> %sn %d)", k.prefix, n))
}

// value is the number or time with number n, from 0.
func (k *key) value(n int) term { return term(fmt.Sprintf("%sv%d", k.prefix, n)) }

// segment is segment i of the ARN with number n.
func (k *key) segment(n, i int) term { return term(fmt.Sprintf("%sv%d_%d", k.prefix, n, i)) }

// text is the text with number n.
func (k *key) text(n int) term {
	if k.arn && !k.string {
		return k.concat(n)
	}
	return k.value(n)
}

func (k *key) concat(n int) term {
	parts := []term{quote("arn:")}
	for i := 1; i < segments; i++ {
		if parts = append(parts, k.segment(n, i)); i < segments-1 {
			parts = append(parts, quote(":"))
		}
	}
	return concat(parts)
}

// collect finds the keys of all statements and how they are compared.
func (e *encoder) collect() {
	e.eachStatement(func(s *statement) {
		for _, c := range s.Condition {
			e.collectCondition(c, s.variables)
		}
		for _, r := range slices.Concat(s.Resource, s.NotResource) {
			if s.variables && !e.trust {
				e.collectVariables(r)
			}
		}
	})
	for _, k := range e.keyOrder {
		k.slots = 1
		if len(k.sets) > 0 && !oneValue(k.name) {
			// A value for each condition that is to find one, and one that is not empty.
			k.slots = len(k.sets) + 1
		}
		if k.slots > mostSlots {
			e.skip("many conditions on sets of values of one key")
		}
	}
}

func (e *encoder) use(name string, f family) *key {
	k := e.keys[name]
	if k == nil {
		k = &key{name: name, prefix: fmt.Sprintf("k%d_", len(e.keys))}
		e.keys[name] = k
		e.keyOrder = append(e.keyOrder, k)
	}
	switch {
	case f == ofNothing:
	case k.family != ofNothing && k.family != f:
		e.skip("a key that is compared as " + min(k.family, f).String() + " and as " + max(k.family, f).String())
	default:
		k.family = f
	}
	return k
}

func (e *encoder) collectCondition(c policy.Condition, variables bool) {
	op, ok := policy.ParseOperator(c.Operator)
	if !ok || len(c.Values) == 0 {
		return
	}
	k := e.use(policy.Fold(c.Key), familyOf(op.Kind))
	switch {
	case op.Kind == policy.NullOperator:
		return
	case op.Qualifier == "":
		k.plain = true
	default:
		if set := fmt.Sprint(op.Name, sorted(c.Values)); !slices.Contains(k.sets, set) {
			k.sets = append(k.sets, set)
		}
	}
	if op.Kind == policy.ARNOperator {
		k.arn = true
	} else {
		k.string = true
	}
	if variables && takesVariables(op.Kind) {
		for _, v := range c.Values {
			e.collectVariables(v)
		}
	}
}

// takesVariables reports whether the values of an operator may have variables (IAM
// User Guide, "IAM policy elements: Variables and tags").
func takesVariables(k policy.OperatorKind) bool {
	return familyOf(k) == ofText && k != policy.BinaryOperator
}

func (e *encoder) collectVariables(text string) {
	for {
		i, j, ok := policy.NextVariable(text)
		if !ok {
			return
		}
		if !isLiteral(text[i:j]) {
			v := policy.ParseVariable(text, i, j)
			k := e.use(policy.Fold(text[v.KeyFrom:v.KeyTo]), ofText)
			k.plain, k.string = true, true
		}
		text = text[j:]
	}
}

// declareKeys declares how many values each key has, and which. A key that is there
// without a value is not looked at: whatever asks for it is in doubt, or answers as
// if it were absent.
func (e *encoder) declareKeys() {
	for _, k := range e.keyOrder {
		if k.slots == 1 {
			e.declare(k.prefix+"there", "Bool")
		} else {
			e.declare(k.prefix+"n", "Int")
			e.assert(term(fmt.Sprintf("(<= 0 %sn %d)", k.prefix, k.slots)))
		}
		if k.name == userName && !e.trust {
			e.assert(k.count(0))
		}
		for n := range k.slots {
			e.declareValue(k, n)
		}
	}
}

func (e *encoder) declareValue(k *key, n int) {
	switch k.family {
	case ofNumber, ofDate:
		e.declare(string(k.value(n)), "Real")
	case ofAddress:
		e.declare(string(k.value(n))+"_4", "Bool")
		e.declare(string(k.value(n)), "(_ BitVec 128)")
	case ofText:
		if k.string {
			e.declare(string(k.value(n)), "String")
		}
		if k.arn {
			e.declareARN(k, n)
		}
	}
}

// declareARN declares the segments of a value. Where only ARN operators compare it,
// it is one: whatever is certain of another value, of which they are in doubt, is
// certain of an ARN too.
func (e *encoder) declareARN(k *key, n int) {
	for i := 1; i < segments; i++ {
		e.declare(string(k.segment(n, i)), "String")
		if i < segments-1 {
			e.assert(not("(str.contains " + k.segment(n, i) + ` ":")`))
		}
	}
	if !k.string {
		return
	}
	is := term(e.declare(string(k.value(n))+"_arn", "Bool"))
	e.assert(or(not(is), equal(k.value(n), k.concat(n))))
	e.assert(or(is, not(in(k.value(n), glob("arn:*:*:*:*:*").re()))))
}
