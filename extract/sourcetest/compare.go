package sourcetest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/inventory"
)

func (c *contract) compare() []cmp.Option {
	// Who read the account is no part of it, nor from which files, nor on which day.
	opts := []cmp.Option{cmpopts.EquateEmpty(), cmpopts.IgnoreFields(inventory.Account{}, "Caller", "Commit", "LastUsedDay"), cmpopts.IgnoreFields(inventory.Role{}, "File"), cmpopts.IgnoreFields(inventory.Policy{}, "File")}
	if c.byMeaning {
		opts = append(opts, cmp.Comparer(func(x, y inventory.Document) bool {
			return x == y || cmp.Equal(meaning(x), meaning(y))
		}))
	}
	return opts
}

// strip takes from the account what the source cannot tell.
func (c *contract) strip(a *inventory.Account) {
	if c.lacks(Alias) {
		a.Alias = ""
	}
	if c.lacks(Gaps) {
		a.Gaps, a.Notes = nil, nil
	}
	for i := range a.Roles {
		if c.lacks(RoleAttributes) {
			a.Roles[i].Description, a.Roles[i].MaxSessionDuration = nil, nil
		}
		if c.lacks(LastUsed) {
			a.Roles[i].LastUsed = nil
		}
	}
	for i := range a.Policies {
		if c.lacks(PolicyTags) {
			a.Policies[i].Tags = nil
		}
		if c.lacks(Versions) {
			a.Policies[i].Others = nil
		}
	}
}

// meaning returns a document as a JSON value with lists of strings sorted, or
// its text where it is not JSON.
func meaning(d inventory.Document) any {
	dec := json.NewDecoder(strings.NewReader(string(d)))
	dec.UseNumber()
	var v any
	if dec.Decode(&v) != nil || dec.More() {
		return string(d)
	}
	return inOrder(v)
}

func inOrder(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = inOrder(v[k])
		}
	case []any:
		strs := make([]string, 0, len(v))
		for i := range v {
			if s, ok := v[i].(string); ok {
				strs = append(strs, s)
			}
			v[i] = inOrder(v[i])
		}
		if len(strs) == len(v) {
			slices.Sort(strs)
			return strs
		}
	}
	return v
}

// backwards turns every list around.
func backwards(a *inventory.Account) *inventory.Account {
	slices.Reverse(a.Roles)
	slices.Reverse(a.Policies)
	slices.Reverse(a.Users)
	slices.Reverse(a.Groups)
	slices.Reverse(a.Gaps)
	slices.Reverse(a.Notes)
	for i := range a.Roles {
		r := &a.Roles[i]
		slices.Reverse(r.Inline)
		slices.Reverse(r.Attached)
		slices.Reverse(r.Tags)
		slices.Reverse(r.InstanceProfiles)
	}
	for i := range a.Users {
		u := &a.Users[i]
		slices.Reverse(u.Inline)
		slices.Reverse(u.Attached)
		slices.Reverse(u.Tags)
		slices.Reverse(u.Groups)
	}
	for i := range a.Groups {
		slices.Reverse(a.Groups[i].Inline)
		slices.Reverse(a.Groups[i].Attached)
	}
	for i := range a.Policies {
		slices.Reverse(a.Policies[i].Tags)
		slices.Reverse(a.Policies[i].Others)
	}
	return a
}
