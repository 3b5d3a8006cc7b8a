package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"iamctl/inventory"
	"iamctl/result"
)

// registries is a policy in which glue:GetTags is allowed on one of two resources,
// which by the reference it can not use. The rest is the same for both.
func registries(tags int) inventory.Document {
	actions := []string{`"glue:GetRegistry"`, `"glue:GetSchema"`}
	actions[tags] += `,"glue:GetTags"`
	return document(`{"Effect":"Allow","Action":[`+actions[0]+`],"Resource":"arn:aws:glue:*:*:registry/NAME"}`,
		`{"Effect":"Allow","Action":[`+actions[1]+`],"Resource":"arn:aws:glue:*:*:schema/NAME"}`)
}

func named(d inventory.Document, name string) inventory.Document {
	return inventory.Document(strings.ReplaceAll(string(d), "NAME", name))
}

// TestImpossiblePairsOfOneSide: the impossible pairs of a role that one account alone
// has are listed, and the role's drift is another one once they change.
func TestImpossiblePairsOfOneSide(t *testing.T) {
	unique := func(d inventory.Document) *result.Unique {
		dev, qa := story("dev", devID), story("qa", qaID)
		role := dev.Roles[0]
		role.Name, role.ARN, role.Attached, role.Boundary, role.InstanceProfiles = "alone", "arn:aws:iam::"+devID+":role/alone", nil, nil, nil
		role.Inline = []inventory.InlinePolicy{{Name: "p-dev", Document: d}}
		dev.Roles = append(dev.Roles, role)
		c := compareStories(t, storyDictionary, dev, qa)
		if len(c.UniqueRoles.A) != 1 || len(c.CommonRoles) != 1 || c.CommonRoles[0].Differs {
			t.Fatalf("found\n%s", strings.Join(found(c), "\n"))
		}
		return &c.UniqueRoles.A[0]
	}
	list := func(items result.Items) []string {
		var out []string
		for _, it := range items.All() {
			out = append(out, it.PolicyName+" "+it.FullAction()+" "+it.ARN+" "+fmt.Sprint(it.Originals))
		}
		return out
	}
	one, other := unique(named(registries(0), "x-dev")), unique(named(registries(1), "x-dev"))
	if d := cmp.Diff(list(one.Items), list(other.Items)); d != "" {
		t.Fatalf("the items differ:\n%s", d)
	}
	for u, want := range map[*result.Unique]string{one: "registry", other: "schema"} {
		arn := "arn:aws:glue:*:*:" + want + "/x-"
		original := result.Columns{PolicyName: "p-dev", ARN: arn + "dev"}
		if d := cmp.Diff([]string{"p-accountname glue:GetTags " + arn + "accountname " + fmt.Sprint([]result.Columns{original})}, list(u.Impossible)); d != "" {
			t.Errorf("-want +got\n%s", d)
		}
	}
	if one.Fingerprint == other.Fingerprint {
		t.Error("who accepted the role accepts other pairs of it")
	}
	for _, tt := range []struct {
		reason string
		d      inventory.Document
		same   bool
	}{
		{"the statements in another order", document(`{"Effect":"Allow","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/x-dev"}`,
			`{"Effect":"Allow","Action":["glue:GetTags","glue:GetRegistry"],"Resource":"arn:aws:glue:*:*:registry/x-dev"}`), true},
		{"the pair in a statement of its own", document(`{"Effect":"Allow","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/x-dev"}`,
			`{"Effect":"Allow","Action":"glue:GetRegistry","Resource":"arn:aws:glue:*:*:registry/x-dev"}`,
			`{"Effect":"Allow","Action":"glue:GetTags","Resource":"arn:aws:glue:*:*:registry/x-dev"}`), true},
		{"without the pair", document(`{"Effect":"Allow","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/x-dev"}`,
			`{"Effect":"Allow","Action":"glue:GetRegistry","Resource":"arn:aws:glue:*:*:registry/x-dev"}`), false},
	} {
		if u := unique(tt.d); (u.Fingerprint == one.Fingerprint) != tt.same {
			t.Errorf("%s: the same drift is %v\n%v", tt.reason, !tt.same, list(u.Impossible))
		}
	}
	plain := unique(allow(`"Action":["s3:GetObject","sqs:*","iam:PassRole"],"Resource":"*"`))
	if plain.Impossible.Len() > 0 {
		t.Errorf("every pair is possible: %v", list(plain.Impossible))
	}
}

// TestMaskedImpossiblePairs: a pair that the reference calls impossible and that is equal
// by a value which belongs to nobody is listed with what it was, and weighed.
func TestMaskedImpossiblePairs(t *testing.T) {
	const nobodys, owned = `{"team": ["red", "blue"]}`, `{"version":2,"equivalencies":[{"placeholder":"team","values":{"dev":"red","qa":"blue"}}]}`
	for _, tt := range []struct {
		reason, dictionary string
		names              [2]string
		items              [2]int // before and with the pair
		masked             []string
	}{
		{"each side's own", owned, [2]string{"red", "blue"}, [2]int{2, 3}, nil},
		{"a value on both sides, whoever has it", nobodys, [2]string{"red", "red"}, [2]int{0, 0}, []string{"glue:GetTags x-red x-red"}},
		{"values that changed places", nobodys, [2]string{"red-blue", "blue-red"}, [2]int{2, 3}, []string{"glue:GetTags x-red-blue x-blue-red"}},
		{"no value at all", nobodys, [2]string{"green", "green"}, [2]int{0, 0}, nil},
		{"the other account's", owned, [2]string{"red", "red"}, [2]int{0, 0}, nil},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			for i, withPair := range []bool{false, true} {
				dev, qa := story("dev", devID), story("qa", qaID)
				for side, a := range []*inventory.Account{dev, qa} {
					a.Roles[0].Name, a.Roles[0].InstanceProfiles = "app1", nil
					d := named(registries(0), "x-"+tt.names[side])
					if !withPair {
						d = inventory.Document(strings.ReplaceAll(string(d), `,"glue:GetTags"`, ""))
					}
					a.Roles[0].Inline[0].Document = d
				}
				c := compareStories(t, tt.dictionary, dev, qa)
				var masked []string
				for m := range c.CommonRoles[0].Masked.All() {
					if !strings.Contains(m.Note, "impossible by the reference of ") {
						continue
					}
					before := func(list []result.Columns) string {
						if len(list) != 1 {
							return fmt.Sprint(list)
						}
						return strings.TrimPrefix(list[0].ARN, "arn:aws:glue:*:*:registry/")
					}
					masked = append(masked, m.FullAction()+" "+before(m.OriginalsA)+" "+before(m.OriginalsB))
				}
				if want := tt.masked; withPair && !slices.Equal(masked, want) || !withPair && masked != nil {
					t.Errorf("with the pair %v: masked %q, want %q", withPair, masked, want)
				}
				n := 0
				for _, e := range c.Entries {
					if e.Placeholder == "team" {
						n = e.Items
					}
				}
				if n != tt.items[i] {
					t.Errorf("with the pair %v: %d items are equal by the entry, want %d", withPair, n, tt.items[i])
				}
			}
		})
	}
}

// TestImpossiblePairOfAPlaceholder: a pair that one side has with the placeholder as it
// is differs for certain, as an item does.
func TestImpossiblePairOfAPlaceholder(t *testing.T) {
	dev, qa := story("dev", devID), story("qa", qaID)
	dev.Roles[0].Inline[0].Document = named(registries(0), "x-dev")
	qa.Roles[0].Inline[0].Document = named(registries(0), "x-accountname")
	for _, sides := range [][2]*inventory.Account{{dev, qa}, {qa, dev}} {
		tags := [2]string{"dev", "qa"}
		if sides[0] == qa {
			tags = [2]string{"qa", "dev"}
		}
		c := compareTagged(t, storyDictionary, tags, sides[0], sides[1])
		// The items with the resource say so already.
		if got := found(c); !c.Drift || len(impossible(c)) > 0 || len(got) != 4 {
			t.Errorf("found\n%s\n%v", strings.Join(got, "\n"), impossible(c))
		}
	}
}

// TestImpossiblePairsAsWritten: a pair that differs is listed with all that it was in its
// account, column by column.
func TestImpossiblePairsAsWritten(t *testing.T) {
	dev, qa := story("dev", devID), story("qa", qaID)
	condition := func(env string) string {
		return `,"Condition":{"StringEquals":{"aws:ResourceTag/env":"x-` + env + `"}}`
	}
	dev.Roles[0].Inline[0].Document = document(`{"Effect":"Allow","Action":["glue:GetRegistry","glue:GetTags"],"Resource":"arn:aws:glue:*:*:registry/dev"`+condition("dev")+`}`,
		`{"Effect":"Allow","Action":"glue:GetSchema","Resource":"arn:aws:glue:*:*:schema/dev"`+condition("dev")+`}`)
	qa.Roles[0].Inline[0].Document = document(`{"Effect":"Allow","Action":"glue:GetRegistry","Resource":"arn:aws:glue:*:*:registry/qa"`+condition("qa")+`}`,
		`{"Effect":"Allow","Action":["glue:GetSchema","glue:GetTags"],"Resource":"arn:aws:glue:*:*:schema/qa"`+condition("qa")+`}`)
	c := compareStories(t, storyDictionary, dev, qa)
	got := c.CommonRoles[0].ImpossibleA.First(2)
	want := []result.Columns{{ARN: "arn:aws:glue:*:*:registry/dev", Condition: `{"StringEquals":{"aws:resourcetag/env":["x-dev"]}}`}}
	if len(got) != 1 || cmp.Diff(want, got[0].Originals) != "" {
		t.Errorf("in dev: %+v\n%s", got, strings.Join(found(c), "\n"))
	}
}

// TestMaskedPairsEitherWay: what is masked does not depend on the order of the sides,
// however the patterns are spelled.
func TestMaskedPairsEitherWay(t *testing.T) {
	statements := func(tags string) inventory.Document {
		return document(`{"Effect":"Allow","Action":["glue:GetRegistry",`+tags+`],"Resource":"arn:aws:glue:*:*:registry/red"}`,
			`{"Effect":"Allow","Action":["glue:GetSchema","glue:GetTags","glue:UntagResource"],"Resource":"arn:aws:glue:*:*:schema/x"}`)
	}
	for _, tags := range [][2]string{
		{`"glue:GetTags"`, `"glue:GetTags"`},
		{`"glue:GetTag*"`, `"glue:GetTags"`},
		{`"glue:GetTags","glue:UntagResource"`, `"glue:UntagR*","glue:GetTag*"`},
		{`"glue:*Tag*"`, `"glue:GetTags","glue:UntagResource"`},
	} {
		dev, qa := story("dev", devID), story("qa", qaID)
		dev.Roles[0].Inline[0].Document, qa.Roles[0].Inline[0].Document = statements(tags[0]), statements(tags[1])
		const dictionary = `{"accountname": ["dev", "qa"], "team": ["red", "blue"]}`
		there := compareTagged(t, dictionary, [2]string{"dev", "qa"}, dev, qa)
		back := compareTagged(t, dictionary, [2]string{"qa", "dev"}, qa, dev)
		n := [2]int{there.CommonRoles[0].Masked.Len(), back.CommonRoles[0].Masked.Len()}
		if n[0] != n[1] || n[0] < 2 || there.CommonRoles[0].Differences() != back.CommonRoles[0].Differences() {
			t.Errorf("%q: %d masked one way and %d the other; %d differ", tags, n[0], n[1], there.CommonRoles[0].Differences())
		}
	}
}
