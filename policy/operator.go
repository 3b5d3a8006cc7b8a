package policy

import (
	"strings"
	"sync"
)

// OperatorKind is what an operator compares.
type OperatorKind int

// The kinds of operators.
const (
	StringOperator           OperatorKind = iota // exact text; `*` and `?` are literal
	StringIgnoreCaseOperator                     // exact text, letter case aside
	StringLikeOperator                           // patterns that span everything
	ARNOperator                                  // patterns, each of six ARN segments on its own
	NumericOperator                              // decimals
	DateOperator                                 // ISO 8601 or seconds since 1970
	BoolOperator                                 // true, false; letter case aside
	BinaryOperator                               // base64
	IPOperator                                   // addresses and CIDR blocks
	NullOperator                                 // is the key absent
)

// Operator is a condition operator of the policy language, taken apart.
type Operator struct {
	// Name is the whole operator as AWS spells it.
	Name string
	// Qualifier is ForAllValues, ForAnyValue or "".
	Qualifier string
	// Base is the operator without qualifier and IfExists. ArnEquals and
	// ArnLike stay apart here, though they do the same.
	Base string
	Kind OperatorKind
	// Negated operators want that no value matches.
	Negated bool
	// Comparison is how a key's value relates to the condition's value:
	// "=", "<", "<=", ">" or ">=". Negated operators have "=".
	Comparison string
	// IfExists operators hold where the key is absent.
	IfExists bool
}

// Like reports whether the values are patterns.
func (o Operator) Like() bool { return o.Kind == StringLikeOperator || o.Kind == ARNOperator }

// operators are all operators without qualifier and IfExists (IAM User Guide,
// "IAM JSON policy elements: Condition operators").
var operators = []Operator{
	{Base: "ArnEquals", Kind: ARNOperator, Comparison: "="},
	{Base: "ArnLike", Kind: ARNOperator, Comparison: "="},
	{Base: "ArnNotEquals", Kind: ARNOperator, Comparison: "=", Negated: true},
	{Base: "ArnNotLike", Kind: ARNOperator, Comparison: "=", Negated: true},
	{Base: "BinaryEquals", Kind: BinaryOperator, Comparison: "="},
	{Base: "Bool", Kind: BoolOperator, Comparison: "="},
	{Base: "DateEquals", Kind: DateOperator, Comparison: "="},
	{Base: "DateGreaterThan", Kind: DateOperator, Comparison: ">"},
	{Base: "DateGreaterThanEquals", Kind: DateOperator, Comparison: ">="},
	{Base: "DateLessThan", Kind: DateOperator, Comparison: "<"},
	{Base: "DateLessThanEquals", Kind: DateOperator, Comparison: "<="},
	{Base: "DateNotEquals", Kind: DateOperator, Comparison: "=", Negated: true},
	{Base: "IpAddress", Kind: IPOperator, Comparison: "="},
	{Base: "NotIpAddress", Kind: IPOperator, Comparison: "=", Negated: true},
	{Base: "Null", Kind: NullOperator, Comparison: "="},
	{Base: "NumericEquals", Kind: NumericOperator, Comparison: "="},
	{Base: "NumericGreaterThan", Kind: NumericOperator, Comparison: ">"},
	{Base: "NumericGreaterThanEquals", Kind: NumericOperator, Comparison: ">="},
	{Base: "NumericLessThan", Kind: NumericOperator, Comparison: "<"},
	{Base: "NumericLessThanEquals", Kind: NumericOperator, Comparison: "<="},
	{Base: "NumericNotEquals", Kind: NumericOperator, Comparison: "=", Negated: true},
	{Base: "StringEquals", Kind: StringOperator, Comparison: "="},
	{Base: "StringEqualsIgnoreCase", Kind: StringIgnoreCaseOperator, Comparison: "="},
	{Base: "StringLike", Kind: StringLikeOperator, Comparison: "="},
	{Base: "StringNotEquals", Kind: StringOperator, Comparison: "=", Negated: true},
	{Base: "StringNotEqualsIgnoreCase", Kind: StringIgnoreCaseOperator, Comparison: "=", Negated: true},
	{Base: "StringNotLike", Kind: StringLikeOperator, Comparison: "=", Negated: true},
}

// operatorIndex has every operator with every qualifier and IfExists, by its
// name as AWS spells it and by that folded. Null takes no IfExists.
var operatorIndex = sync.OnceValue(func() map[string]Operator {
	m := make(map[string]Operator, 12*len(operators))
	for _, o := range operators {
		for _, qualifier := range []string{"", "ForAllValues:", "ForAnyValue:"} {
			for _, suffix := range []string{"", "IfExists"} {
				if suffix != "" && o.Kind == NullOperator {
					continue
				}
				o.Name = qualifier + o.Base + suffix
				o.Qualifier, o.IfExists = strings.TrimSuffix(qualifier, ":"), suffix != ""
				m[o.Name], m[Fold(o.Name)] = o, o
			}
		}
	}
	return m
})

// Operators returns the names of all operators without qualifier and IfExists,
// sorted.
func Operators() []string {
	names := make([]string, len(operators))
	for i, o := range operators {
		names[i] = o.Base
	}
	return names
}

// ParseOperator takes an operator apart, whatever its letter case. It is false
// for one that the language does not have.
func ParseOperator(name string) (Operator, bool) {
	o, ok := operatorIndex()[name]
	if !ok {
		o, ok = operatorIndex()[Fold(name)]
	}
	return o, ok
}
