package policy

import "strings"

// Variable is a policy variable, ${Key} or ${Key, 'Default'}, as the places of
// its parts in the text that it was found in. (IAM User Guide, "IAM policy
// elements: Variables and tags".)
type Variable struct {
	KeyFrom, KeyTo         int
	DefaultFrom, DefaultTo int // between the quotes
	HasDefault             bool
}

// ParseVariable returns the parts of the variable s[from:to], which NextVariable
// found.
func ParseVariable(s string, from, to int) Variable {
	v := Variable{KeyFrom: from + len("${"), KeyTo: to - len("}")}
	comma := strings.IndexByte(s[v.KeyFrom:v.KeyTo], ',')
	if comma < 0 {
		return v
	}
	at, end := v.KeyFrom+comma, v.KeyTo
	v.KeyTo = at
	first, last := strings.IndexByte(s[at:end], '\''), strings.LastIndexByte(s[at:end], '\'')
	if first < last {
		v.DefaultFrom, v.DefaultTo, v.HasDefault = at+first+1, at+last, true
	}
	return v
}
