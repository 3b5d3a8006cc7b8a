// Package jsonfiletest makes what tests write to files and read back.
package jsonfiletest

import (
	"encoding/json"
	"strings"

	"pgregory.net/rapid"
)

// Documents are policy documents and things that only look like them.
func Documents() *rapid.Generator[string] {
	str := rapid.OneOf(rapid.SampledFrom([]string{"Statement", "Action", "Principal", "Condition", "AWS", "a", "b", "ü", "\u2028\x00"}), rapid.StringN(0, 4, -1))
	quoted := rapid.Map(str, func(s string) string { b, _ := json.Marshal(s); return string(b) })
	number := rapid.SampledFrom([]string{"0", "-0", "1.0", "1E400", "98765432109876543210", "true", "null"})
	var value func(depth int) *rapid.Generator[string]
	value = func(depth int) *rapid.Generator[string] {
		if depth == 0 {
			return rapid.OneOf(quoted, number)
		}
		inner := value(depth - 1)
		list := rapid.Map(rapid.SliceOfN(inner, 0, 3), func(v []string) string { return "[" + strings.Join(v, ", ") + "]" })
		object := rapid.Custom(func(t *rapid.T) string {
			var members []string
			for range rapid.IntRange(0, 3).Draw(t, "members") {
				members = append(members, quoted.Draw(t, "key")+": "+inner.Draw(t, "value"))
			}
			return "{" + strings.Join(members, ",") + "}"
		})
		return rapid.OneOf(inner, list, object)
	}
	raw := rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })
	return rapid.OneOf(value(5), value(5), raw, rapid.Map(raw, func(s string) string { return " {" + s }))
}
