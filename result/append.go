package result

import (
	"iter"
	"strconv"

	"iamctl/internal/visible"
)

// These append members of diff.json, a comma after each; the name is ours and
// needs no escaping.

func appendMember(dst []byte, name, value string) []byte {
	return append(visible.AppendJSON(appendName(dst, name), value), ',')
}

// appendMemberIf appends a member that has a value.
func appendMemberIf(dst []byte, name, value string) []byte {
	if value == "" {
		return dst
	}
	return appendMember(dst, name, value)
}

func appendName(dst []byte, name string) []byte {
	return append(append(append(dst, '"'), name...), '"', ':')
}

// appendListIf appends an array on one line, unless it is empty.
func appendListIf[T any](dst []byte, name string, list []T, one func([]byte, *T) []byte) []byte {
	if len(list) == 0 {
		return dst
	}
	dst = append(appendName(dst, name), '[')
	for i := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = one(dst, &list[i])
	}
	return append(dst, ']', ',')
}

// endObject ends an object, taking away the comma after its last member.
func endObject(dst []byte) []byte {
	if n := len(dst) - 1; dst[n] == ',' {
		dst = dst[:n]
	}
	return append(dst, '}')
}

// pointers yields pointers to the elements of s.
func pointers[T any](s []T) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i := range s {
			if !yield(&s[i]) {
				return
			}
		}
	}
}

// Items of diff.json. A member without a value is left out, but for the first
// five.

func appendColumns(dst []byte, c *Columns) []byte {
	dst = appendMember(appendMember(dst, "policyname", c.PolicyName), "policytype", c.PolicyType)
	dst = appendMember(appendMember(appendMember(dst, "effect", c.Effect), "service", c.Service), "action", c.Action)
	dst = appendMemberIf(appendMemberIf(appendMemberIf(dst, "arn", c.ARN), "principal", c.Principal), "principaltype", c.PrincipalType)
	dst = appendMemberIf(appendMemberIf(dst, "negated", c.Negated), "condition", c.Condition)
	return appendMemberIf(appendMemberIf(dst, "statement", c.Statement), "note", c.Note)
}

func appendOriginal(dst []byte, c *Columns) []byte {
	dst = appendMemberIf(append(dst, '{'), "policyname", c.PolicyName)
	dst = appendMemberIf(appendMemberIf(dst, "arn", c.ARN), "principal", c.Principal)
	return endObject(appendMemberIf(appendMemberIf(dst, "condition", c.Condition), "statement", c.Statement))
}

func appendNameOf(dst []byte, n *Name) []byte {
	dst = appendMember(appendMember(append(dst, '{'), "value", n.Value), "owner", n.Owner)
	return endObject(appendMemberIf(dst, "expected", n.Expected))
}

// appendItemTail appends what comes after an item's columns.
func appendItemTail(dst []byte, it *Item) []byte {
	dst = appendListIf(dst, "originals", it.Originals, appendOriginal)
	dst = appendListIf(dst, "names", it.Names, appendNameOf)
	return endObject(appendMark(appendMember(dst, "fingerprint", it.Fingerprint), &it.Mark))
}

func appendItem(dst []byte, it *Item) []byte {
	return appendItemTail(appendColumns(append(dst, '{'), &it.Columns), it)
}

func appendMasked(dst []byte, m *MaskedItem) []byte {
	dst = appendColumns(append(dst, '{'), &m.Columns)
	dst = appendMember(appendMember(dst, "value", m.Value), "reason", m.Reason)
	dst = appendListIf(dst, "originals_a", m.OriginalsA, appendOriginal)
	return endObject(appendListIf(dst, "originals_b", m.OriginalsB, appendOriginal))
}

func appendMark(dst []byte, m *Mark) []byte {
	if m.Waiver != nil {
		dst = append(strconv.AppendInt(appendName(dst, "waiver"), int64(*m.Waiver), 10), ',')
	}
	dst = appendMemberIf(dst, "age", m.Age)
	if c := m.FirstSeen; c != nil {
		dst = append(dst, `"first_seen":{`...)
		dst = appendMember(appendMember(dst, "hash", c.Hash), "time", c.Time)
		dst = appendMember(appendMember(dst, "author", c.Author), "subject", c.Subject)
		if c.AtLeast {
			dst = append(dst, `"at_least":true,`...)
		}
		dst = append(endObject(dst), ',')
	}
	return dst
}
