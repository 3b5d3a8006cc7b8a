package choose_test

import (
	"testing"

	"iamctl/compare/choose"
	"iamctl/inventory"
)

func TestMatch(t *testing.T) {
	m := &inventory.Member{ID: "111111111111", Name: "Payments-Prod", Path: "Root/Workloads/Prod", Tags: []inventory.Tag{{Key: "env", Value: "Prod"}, {Key: "Team", Value: "a=b"}}}
	for _, tt := range []struct {
		pattern string
		want    bool
		reason  string
	}{
		{"111111111111", true, "the id"},
		{"1111*", true, "the beginning of it"},
		{"payments-prod", true, "the name, without regard to case"},
		{"*-prod", true, "the end of the name"},
		{"prod", false, "a part is not the whole"},
		{"Root/Workloads/Prod", true, "the unit itself"},
		{"Root/Workloads", false, "an account of a unit below is not right in it"},
		{"Root/Workloads/*", true, "all below"},
		{"Root/Workloads/Prod/*", true, "the accounts of the unit are below it"},
		{"root/*/payments-????", true, "the path with the name"},
		{"Root/Sandbox/*", false, "another unit"},
		{"tag:env=prod", true, "a tag, its value without regard to case"},
		{"tag:ENV=prod", false, "the key with regard to case"},
		{"tag:env=*", true, "any value"},
		{"tag:Team=a=*", true, "an equals sign in the value"},
		{"tag:team=x", false, "no such tag"},
		{"[P]ayments-Prod", false, "brackets are themselves"},
	} {
		p, err := choose.Parse(tt.pattern)
		if err != nil || p.Match(m) != tt.want || p.String() != tt.pattern {
			t.Errorf("%s: %v, %v; want %v: %s", tt.pattern, p.Match(m), err, tt.want, tt.reason)
		}
	}
	for _, bad := range []string{"", " ", "tag:", "tag:env", "tag:=x"} {
		if _, err := choose.Parse(bad); err == nil {
			t.Errorf("%q is taken for a pattern", bad)
		}
	}
}

// TestAlone: an account without name and unit is not matched by patterns of these.
func TestAlone(t *testing.T) {
	for _, pattern := range []string{"", "/*", "tag:x=*"} {
		p, err := choose.Parse(pattern)
		if err == nil && p.Match(&inventory.Member{ID: "111111111111"}) {
			t.Errorf("%q matches an account of which only the id is known", pattern)
		}
	}
}

func TestTakes(t *testing.T) {
	parse := func(texts ...string) (all []choose.Pattern) {
		for _, text := range texts {
			p, err := choose.Parse(text)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, p)
		}
		return all
	}
	m := &inventory.Member{ID: "111111111111", Name: "app"}
	for _, tt := range []struct {
		include, exclude []string
		want             bool
		reason           string
	}{
		{nil, nil, true, "no pattern"},
		{[]string{"x", "app"}, nil, true, "one of several"},
		{[]string{"x"}, nil, false, "none"},
		{[]string{"app"}, []string{"1*"}, false, "leaving out goes before"},
		{nil, []string{"x"}, true, "another is left out"},
	} {
		c := choose.Choice{Include: parse(tt.include...), Exclude: parse(tt.exclude...)}
		if c.Takes(m) != tt.want {
			t.Errorf("%s: %v", tt.reason, !tt.want)
		}
	}
}
