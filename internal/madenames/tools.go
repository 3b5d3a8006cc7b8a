// Package madenames makes names of IAM entities as AWS and deployment tools make them,
// and names that merely look like those: near misses. It is for tests, knows nothing
// of what recognises such names, and follows what the tools' documentation says.
package madenames

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Name is the name of an entity.
type Name struct {
	// Kind is role, policy or saml-provider.
	Kind, Name, Path string
}

// Tool is a tool that makes parts of names up.
type Tool struct {
	Name string
	Kind string
	Path string
	// make returns a name for a stem, drawn anew each time; limit is the longest
	// name.
	make func(r *rand.Rand, stem stem) string
	// near returns a name that somebody gave, of the same shape.
	near func(r *rand.Rand, stem stem) string
}

// stem is what two names of one entity have in common.
type stem struct{ stack, logical string }

func (s stem) name() string { return s.stack + "-" + s.logical }

// Pair returns two names of one entity, the n-th. No two have a stem in common.
func (t *Tool) Pair(r *rand.Rand, n int) (a, b Name) {
	s := newStem(r, n)
	for a = (Name{t.Kind, t.make(r, s), t.Path}); b.Name == "" || a.Name == b.Name; {
		b = Name{t.Kind, t.make(r, s), t.Path}
	}
	return a, b
}

// NearMiss returns two names of two entities that differ in a part of the shape that
// the tool makes up. Of three pairs, one is of two names that somebody gave side by
// side.
func (t *Tool) NearMiss(r *rand.Rand, n int) (a, b Name) {
	s := newStem(r, n)
	for a = (Name{t.Kind, t.near(r, s), t.Path}); b.Name == "" || a.Name == b.Name; {
		name := t.near(r, s)
		if r.IntN(3) == 0 {
			name = sibling(r, a.Name, len(s.name()))
		}
		b = Name{t.Kind, name, t.Path}
	}
	return a, b
}

// newStem returns a stack's name, which holds n, and a logical id.
func newStem(r *rand.Rand, n int) stem {
	logical := title(pick(r, words)) + title(pick(r, words))
	if r.IntN(2) == 0 {
		logical += "Role"
	}
	return stem{fmt.Sprintf("%s-%s%d", pick(r, words), pick(r, words), n), logical}
}

const (
	digits  = "0123456789"
	hex     = digits + "abcdef"
	small   = digits + "abcdefghijklmnopqrstuvwxyz"
	capital = digits + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	mixed   = capital + "abcdefghijklmnopqrstuvwxyz"
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// draw draws n characters.
func draw(r *rand.Rand, from string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = from[r.IntN(len(from))]
	}
	return string(b)
}

func title(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// stamp returns a date and a time of day.
func stamp(r *rand.Rand) (date, clock string) {
	return fmt.Sprintf("%04d%02d%02d", 2016+r.IntN(11), 1+r.IntN(12), 1+r.IntN(28)),
		fmt.Sprintf("%02d%02d%02d", r.IntN(24), r.IntN(60), r.IntN(60))
}

func uuid(r *rand.Rand) string {
	return strings.Join([]string{draw(r, hex, 8), draw(r, hex, 4), "4" + draw(r, hex, 3), draw(r, "89ab", 1) + draw(r, hex, 3), draw(r, hex, 12)}, "-")
}

// Tools returns the tools.
func Tools() []Tool {
	date := func(r *rand.Rand) string { d, _ := stamp(r); return d }
	clock := func(r *rand.Rand) string { _, c := stamp(r); return c }
	return []Tool{
		{"CloudFormation", "role", "/", suffix(mixed, 12, 64), nearSuffix(12)},
		{"CloudFormation, formerly", "role", "/", suffix(capital, 13, 64), nearSuffix(13)},
		{"CloudFormation, formerly, 12", "role", "/", suffix(capital, 12, 64), nearSuffix(12)},
		{"CloudFormation, policies", "policy", "/", suffix(mixed, 12, 128), nearSuffix(12)},
		{"CDK", "role", "/", func(r *rand.Rand, s stem) string {
			return s.name() + hashOf(s) + "-" + draw(r, mixed, 12)
		}, func(r *rand.Rand, s stem) string { return s.name() + hashOf(s) + "-" + spell(r, 12, anyStyle(r)) }},
		{"StackSets", "role", "/", func(r *rand.Rand, s stem) string {
			return "StackSet-" + s.stack + "-" + uuid(r) + "-" + s.logical + "-" + draw(r, mixed, 12)
		}, func(r *rand.Rand, s stem) string {
			return "StackSet-" + s.stack + "-" + uuid(r) + "-" + s.logical + "-" + spell(r, 12, anyStyle(r))
		}},
		{"Terraform", "role", "/", func(r *rand.Rand, s stem) string {
			return s.name() + "-" + date(r) + clock(r) + draw(r, digits, 4) + fmt.Sprintf("%08x", 1+r.IntN(300))
		}, nearTerraform},
		{"Pulumi", "role", "/", func(r *rand.Rand, s stem) string { return s.name() + "-" + draw(r, hex, 7) }, func(r *rand.Rand, s stem) string {
			return s.name() + "-" + spellHex(r, 7)
		}},
		{"Amplify", "role", "/", func(r *rand.Rand, s stem) string { return "amplify-" + s.name() + "-" + clock(r) + "-authRole" }, func(r *rand.Rand, s stem) string {
			return "amplify-" + s.name() + "-" + pick(r, []string{spell(r, 6, 2), "9" + draw(r, digits, 5), draw(r, digits, 2) + "7" + draw(r, digits, 3)}) + "-authRole"
		}},
		{"Lambda's console", "role", "/service-role/", console("", 8), nearConsole("", 8)},
		{"Lambda's console, path /", "role", "/", console("", 8), nearConsole("", 8)},
		{"Step Functions' console", "role", "/service-role/", console("StepFunctions-", 9), nearConsole("StepFunctions-", 9)},
		{"Lambda's console, policies", "policy", "/service-role/", func(r *rand.Rand, s stem) string {
			return "AWSLambda" + s.logical + strings.ReplaceAll(s.stack, "-", "") + "-" + uuid(r)
		}, func(r *rand.Rand, s stem) string {
			return "AWSLambda" + s.logical + strings.ReplaceAll(s.stack, "-", "") + "-" + nearUUID(r)
		}},
		{"SageMaker's console", "role", "/service-role/", func(r *rand.Rand, s stem) string {
			return "AmazonSageMaker" + s.logical + "-" + s.stack + "-ExecutionRole-" + date(r) + "T" + clock(r)
		}, func(r *rand.Rand, s stem) string {
			return "AmazonSageMaker" + s.logical + "-" + s.stack + "-ExecutionRole-" + pick(r, []string{date(r), spell(r, 8, 2) + "T" + clock(r), "2023" + "1" + draw(r, "3456789", 1) + "01T" + clock(r)})
		}},
		{"CDK bootstrap", "role", "/", func(r *rand.Rand, s stem) string {
			return "cdk-" + qualifier(s) + "-file-publishing-role-111111111111-" + pick(r, regions)
		}, func(r *rand.Rand, s stem) string {
			return "cdk-" + qualifier(s) + "-file-publishing-role-111111111111-" + pick(r, words)
		}},
		{"Identity Center", "role", "/aws-reserved/sso.amazonaws.com/eu-west-1/", func(r *rand.Rand, s stem) string {
			return "AWSReservedSSO_" + s.name() + "_" + draw(r, hex, 16)
		}, func(r *rand.Rand, s stem) string {
			return "AWSReservedSSO_" + s.name() + "_" + spell(r, 16, 2)
		}},
	}
}
