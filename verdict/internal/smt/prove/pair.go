package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"pgregory.net/rapid"

	"iamctl/policy"
	"iamctl/policy/policytest"
	"iamctl/verdict"
)

// pair is two sides to compare: of permissions or, for trust, of a document each.
type pair struct {
	name     string
	trust    bool
	old, new *verdict.Permissions
}

func bare(d ...*policy.Document) *verdict.Permissions { return &verdict.Permissions{Identity: d} }

// samples reads the samples of AWS on identity and trust policies of roles.
func samples(o *options) ([]pair, error) {
	if o.samples == "" {
		return nil, nil
	}
	var file struct {
		Questions []struct {
			File                 string
			Trust, Resource      bool
			Reference, Candidate json.RawMessage
		}
	}
	if err := readJSON(o.samples, &file); err != nil {
		return nil, err
	}
	var out []pair
	for i, q := range file.Questions {
		if q.Resource && !q.Trust {
			continue
		}
		old, _, err1 := policy.Parse(string(q.Reference))
		new, _, err2 := policy.Parse(string(q.Candidate))
		if err1 != nil || err2 != nil {
			return nil, fmt.Errorf("%s: %w, %w", q.File, err1, err2)
		}
		out = append(out, pair{fmt.Sprintf("sample %d %s", i, q.File), q.Trust, bare(old), bare(new)})
	}
	return out, nil
}

func readJSON(name string, into any) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, into)
}

// versions reads consecutive versions of AWS's managed policies.
func versions(o *options) ([]pair, error) {
	if o.versions == "" {
		return nil, nil
	}
	var file map[string]struct {
		Versions map[string]struct{ Document json.RawMessage }
	}
	if err := readJSON(o.versions, &file); err != nil {
		return nil, err
	}
	number := func(id string) int { n, _ := strconv.Atoi(strings.TrimPrefix(id, "v")); return n }
	var out []pair
	for _, arn := range slices.Sorted(maps.Keys(file)) {
		var last *policy.Document
		list := file[arn].Versions
		for _, id := range slices.SortedFunc(maps.Keys(list), func(a, b string) int { return number(a) - number(b) }) {
			d, _, err := policy.Parse(string(list[id].Document))
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", arn, id, err)
			}
			if last != nil {
				out = append(out, pair{arn + " " + id, false, bare(last), bare(d)})
			}
			last = d
		}
	}
	if o.every > 1 {
		var some []pair
		for i := 0; i < len(out); i += o.every {
			some = append(some, out[i])
		}
		out = some
	}
	return out, nil
}

// meeting draws permissions from few words: others, reworded ones, ones with a
// statement more, and ones with a boundary.
func meeting(o *options) ([]pair, error) {
	generator := rapid.Custom(func(t *rapid.T) pair {
		old := bare(policytest.Meeting().Draw(t, "old"))
		if rapid.IntRange(0, 4).Draw(t, "bounded") == 0 {
			old.Boundary = []*policy.Document{policytest.Meeting().Draw(t, "boundary")}
		}
		new := &verdict.Permissions{Identity: slices.Clone(old.Identity), Boundary: old.Boundary}
		extra := policytest.MeetingStatement().Draw(t, "statement")
		switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
		case kind < 2:
			new.Identity = []*policy.Document{reworded(t, old.Identity[0])}
		case kind < 4:
			new.Identity = append(new.Identity, &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{extra}})
		case kind < 8:
			new.Identity = []*policy.Document{policytest.Meeting().Draw(t, "new")}
		default:
			new.Boundary = []*policy.Document{policytest.Meeting().Draw(t, "boundary")}
		}
		return pair{"", false, old, new}
	})
	return draw(o, "meeting", generator), nil
}

func reworded(t *rapid.T, d *policy.Document) *policy.Document {
	return policytest.Split(policytest.Permuted(d).Draw(t, "permuted")).Draw(t, "split")
}

// identity draws permissions with all kinds of elements.
func identity(o *options) ([]pair, error) {
	return draw(o, "identity", rapid.Custom(func(t *rapid.T) pair {
		return sides(t, policytest.Identity(), false)
	})), nil
}

// trust draws trust policies.
func trust(o *options) ([]pair, error) {
	return draw(o, "trust", rapid.Custom(func(t *rapid.T) pair {
		return sides(t, policytest.Trust(), true)
	})), nil
}

// callers draws trust policies of few words, with conditions on who asks.
func callers(o *options) ([]pair, error) {
	return draw(o, "callers", rapid.Custom(func(t *rapid.T) pair {
		return sides(t, policytest.MeetingTrust(), true)
	})), nil
}

// sides draws a document and one that is reworded, one with another's statement
// more, or another.
func sides(t *rapid.T, of *rapid.Generator[*policy.Document], trust bool) pair {
	old, new := of.Draw(t, "old"), of.Draw(t, "new")
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		new = reworded(t, old)
	case 1, 2:
		more := *old
		more.Statements = append(slices.Clone(old.Statements), new.Statements[0])
		new = &more
	}
	return pair{"", trust, bare(old), bare(new)}
}

func draw(o *options, name string, from *rapid.Generator[pair]) []pair {
	out := make([]pair, o.n)
	for i := range out {
		out[i] = from.Example(int(o.seed)*1_000_000 + i)
		out[i].name = fmt.Sprintf("%s %d", name, i)
	}
	return out
}
