package policy_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iamctl/policy"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// canonicalValues returns what the canonical form leaves of one condition's
// values.
func canonicalValues(operator string, values []string) []string {
	s := canonicalOf(policy.Statement{Condition: []policy.Condition{{operator, "k", values}}})
	return s.Condition[0].Values
}

// checkValues fails unless the canonical values are the same for any order,
// with duplicates, and for the canonical values themselves.
func checkValues(t *rapid.T, operator string, values []string) []string {
	got := canonicalValues(operator, values)
	again := append(rapid.Permutation(values).Draw(t, "permuted"), values[0])
	if diff := cmp.Diff(got, canonicalValues(operator, again)); diff != "" {
		t.Errorf("%s %q permuted: -want +got:\n%s", operator, values, diff)
	}
	if diff := cmp.Diff(got, canonicalValues(operator, got)); diff != "" {
		t.Errorf("%s %q: not idempotent: -first +second:\n%s", operator, values, diff)
	}
	return got
}

// TestCoveredARNs: what is left of a list of ARNs matches what the list did,
// each segment on its own.
func TestCoveredARNs(t *testing.T) {
	var arns [][]string
	for _, first := range []string{"", "a", "ab"} {
		for _, fourth := range []string{"", "a"} {
			for _, last := range []string{"", "a", "b", "ab", "ba", "a:b", "aab", "*"} {
				arns = append(arns, []string{first, "x", "x", fourth, "x", last})
			}
		}
	}
	part := rapid.SampledFrom([]string{"", "a", "*", "?", "a*", "*b"})
	last := rapid.SampledFrom([]string{"", "a", "*", "?", "a*", "*b", "**", "a:*", "*?", "${v}", "${v}*", "a${v}", "*${*}"})
	pattern := rapid.Custom(func(t *rapid.T) string {
		if rapid.IntRange(0, 7).Draw(t, "short") == 0 {
			return rapid.SampledFrom([]string{"*", "a*", "*:x:x:*", "*:x:x:a:*"}).Draw(t, "pattern")
		}
		return part.Draw(t, "first") + ":x:x:" + part.Draw(t, "fourth") + ":x:" + last.Draw(t, "last")
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(pattern, 1, 8).Draw(t, "patterns")
		got := checkValues(t, "ArnLike", list)
		for _, v := range []string{"a", "*", ""} { // also: no value
			for _, arn := range arns {
				if want := anyARN(list, arn, v); anyARN(got, arn, v) != want {
					t.Errorf("%q, the variable %q: %q became %q", arn, v, list, got)
				}
			}
		}
		for _, p := range list {
			if strings.Count(p, ":") < 5 && !slices.Contains(got, policy.CanonicalPattern(p)) {
				t.Errorf("%q is no whole ARN, but has gone: %q became %q", p, list, got)
			}
		}
	})
}

// anyARN reports whether one of the whole ARNs in the list matches, where the
// variable has the given value, or none if that is empty.
func anyARN(list []string, arn []string, value string) bool {
	return slices.ContainsFunc(list, func(p string) bool {
		if value == "" && strings.Contains(p, "${v}") {
			return false
		}
		segments := strings.SplitN(p, ":", 6)
		if len(segments) != 6 {
			return false
		}
		for i, s := range segments {
			if !matchLiterally(s, arn[i], value) {
				return false
			}
		}
		return true
	})
}

// TestContainedBlocks: what is left of a list of blocks holds the same addresses.
func TestContainedBlocks(t *testing.T) {
	base := []uint32{0, 10 << 24, 10<<24 + 256, 11 << 24, 255 << 24}
	block := rapid.Custom(func(t *rapid.T) string {
		a := rapid.SampledFrom(base).Draw(t, "base") + rapid.Uint32Range(0, 15).Draw(t, "offset")
		bits := rapid.SampledFrom([]int{-1, 0, 1, 7, 8, 23, 24, 28, 29, 30, 31, 32}).Draw(t, "bits")
		s := fmt.Sprintf("%d.%d.%d.%d", a>>24, a>>16&255, a>>8&255, a&255)
		if bits >= 0 {
			s += fmt.Sprintf("/%d", bits)
		}
		return s
	})
	other := rapid.SampledFrom([]string{"::/0", "::1", "2001:db8::/32", "2001:db8::1", "::ffff:10.0.0.1", "::ffff:0.0.0.0/96", "10.0.0", "x", ""})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.OneOf(block, block, other), 1, 8).Draw(t, "blocks")
		operator := rapid.SampledFrom([]string{"IpAddress", "NotIpAddress", "ForAllValues:IpAddress"}).Draw(t, "operator")
		got := checkValues(t, operator, list)
		for _, b := range base {
			for offset := range uint32(40) {
				if want := anyBlock(list, b+offset); anyBlock(got, b+offset) != want {
					t.Errorf("%08x: %q became %q", b+offset, list, got)
				}
			}
		}
		for _, v := range []string{"::/0", "2001:db8::/32", "::ffff:10.0.0.1", "10.0.0", "x", ""} {
			covered := v == "2001:db8::/32" && slices.Contains(list, "::/0")
			kept := slices.Contains(got, v) || slices.Contains(got, v+"/128")
			if slices.Contains(list, v) && kept == covered {
				t.Errorf("%q: %q became %q", v, list, got)
			}
		}
		for i, p := range got {
			for j, q := range got {
				if i != j && within(q, p) {
					t.Errorf("%q still holds %q", p, q)
				}
			}
		}
	})
}

// anyBlock reports whether one of the IPv4 blocks holds the address.
func anyBlock(list []string, address uint32) bool {
	return slices.ContainsFunc(list, func(s string) bool {
		a, bits, ok := ipv4Block(s)
		return ok && (bits == 0 || (a^address)>>(32-bits) == 0)
	})
}

// within reports whether the first IPv4 block lies in the second.
func within(inner, outer string) bool {
	a, n, okA := ipv4Block(inner)
	b, m, okB := ipv4Block(outer)
	return okA && okB && n >= m && (m == 0 || (a^b)>>(32-m) == 0)
}

func ipv4Block(s string) (address uint32, bits int, ok bool) {
	var a, b, c, d uint32
	bits = 32
	if n, _ := fmt.Sscanf(s+" ", "%d.%d.%d.%d/%d", &a, &b, &c, &d, &bits); n < 4 {
		return 0, 0, false
	}
	return a<<24 | b<<16 | c<<8 | d, bits, true
}

// TestCoveredPrincipals: what is left of a list of principals is the same people.
func TestCoveredPrincipals(t *testing.T) {
	all := []policy.Principal{
		{"*", "*"},
		{"AWS", "*"},
		{"AWS", "x"},
		{"AWS", "arn:aws:iam::123456789012:root"},
		{"AWS", "123456789012"},
		{"AWS", ""},
		{"Service", "x"},
		{"Service", "*"},
		{"Federated", "x"},
		{"CanonicalUser", "x"},
		{"Robot", "x"},
	}
	everyone := all[0]
	canonical := func(list []policy.Principal) []policy.Principal {
		return policy.CanonicalStatement(&policy.Statement{Principal: list}, "2012-10-17", "").Principal
	}
	for set := range 1 << len(all) {
		var list []policy.Principal
		for i, p := range all {
			if set>>i&1 != 0 {
				list = append(list, p)
			}
		}
		got := canonical(list)
		reversed := slices.Clone(list)
		slices.Reverse(reversed)
		if diff := cmp.Diff(got, canonical(append(reversed, list...))); diff != "" {
			t.Errorf("%v permuted: -want +got:\n%s", list, diff)
		}
		if diff := cmp.Diff(got, canonical(got)); diff != "" {
			t.Errorf("%v: not idempotent: -first +second:\n%s", list, diff)
		}
		for _, p := range all {
			if isOneOf(list, p) != isOneOf(got, p) {
				t.Errorf("%v: %v became %v", p, list, got)
			}
		}
		if slices.Contains(got, everyone) && slices.ContainsFunc(got, func(p policy.Principal) bool { return p.Type == "AWS" && p.Value != "" }) {
			t.Errorf("%v became %v", list, got)
		}
	}
}

// isOneOf reports whether whoever is p is meant by the list.
func isOneOf(list []policy.Principal, p policy.Principal) bool {
	return slices.ContainsFunc(list, func(q policy.Principal) bool {
		legal := p.Value != "" && p.Type != "Robot"
		const root = "arn:aws:iam::123456789012:root"
		return p == q || legal && q.Type == "*" || legal && p.Type == "AWS" && q == policy.Principal{Type: "AWS", Value: "*"} ||
			p.Type == "AWS" && q.Type == "AWS" && (p.Value == root && q.Value == "123456789012" || q.Value == root && p.Value == "123456789012")
	})
}

// matchLiterally is Match for a pattern with ${v} and ${*}, both literal text.
// The stars of either become a letter that occurs nowhere else.
func matchLiterally(pattern, s, value string) bool {
	const star = "\x01"
	pattern = strings.ReplaceAll(pattern, "${*}", star)
	pattern = strings.ReplaceAll(pattern, "${v}", strings.ReplaceAll(value, "*", star))
	return policy.Match(pattern, strings.ReplaceAll(s, "*", star))
}
