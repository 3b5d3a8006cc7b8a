package gate

import (
	"slices"
	"strings"
	"time"

	"iamctl/audit/asking"
	"iamctl/policy"
)

// Keys returns the condition keys that a trust policy asks for, in lower case, sorted.
// Those of its variables are among them.
func (g Gate) Keys() []string {
	if g.d == nil {
		return nil
	}
	var out []string
	for _, s := range g.d.Statements {
		for _, c := range s.Condition {
			out = append(out, policy.Fold(c.Key))
			for _, v := range c.Values {
				out = append(out, variables(v)...)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func variables(value string) []string {
	var out []string
	for at := 0; ; {
		i, j, ok := policy.NextVariable(value[at:])
		if !ok {
			return out
		}
		v := policy.ParseVariable(value, at+i, at+j)
		if key := strings.TrimSpace(value[v.KeyFrom:v.KeyTo]); strings.Contains(key, ":") {
			out = append(out, policy.Fold(key))
		}
		at += j
	}
}

// Conditions returns the conditions on a key.
func (g Gate) Conditions(key string) []policy.Condition {
	if g.d == nil {
		return nil
	}
	var out []policy.Condition
	for _, s := range g.d.Statements {
		for _, c := range s.Condition {
			if policy.CompareFold(c.Key, key) == 0 {
				out = append(out, c)
			}
		}
	}
	return out
}

// Only returns the gate for requests alone with no condition key that the policy asks
// for but some; those that follow from who asks, and the time, everybody has.
func (g Gate) Only(keys func(key string) bool) Gate {
	out := g
	for _, key := range g.Keys() {
		if !given(key) && !keys(key) {
			out = out.WithoutKey(key)
		}
	}
	return out
}

// Unguarded returns the gate for requests alone with none of the keys.
func (g Gate) Unguarded() Gate { return g.Only(func(string) bool { return false }) }

// Guards returns the condition keys that the request of an answer needs, in lower case,
// sorted, besides those that follow from who asks.
func (a Answer) Guards() []string {
	var out []string
	if a.Witness == nil {
		return nil
	}
	for key := range a.Witness.Context {
		if key = policy.Fold(key); !identity(key) {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Spelled returns condition keys as the policy writes them.
func (g Gate) Spelled(keys []string) []string {
	out := slices.Clone(keys)
	for i, key := range out {
		if list := g.Conditions(key); len(list) > 0 {
			out[i] = list[0].Key
		}
	}
	return out
}

func given(key string) bool { return identity(key) || asking.Timed(key) }

// identity reports whether a condition key follows from who asks.
func identity(key string) bool {
	return key == "aws:principalarn" || key == "aws:principalaccount" || key == isService
}

// Since returns the gate for requests alone from a day on.
func (g Gate) Since(day time.Time) Gate {
	if !slices.ContainsFunc(g.Keys(), asking.Timed) {
		return g
	}
	for _, c := range asking.Before(day) {
		g = g.But(c)
	}
	return g
}
