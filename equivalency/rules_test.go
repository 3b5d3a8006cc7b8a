package equivalency_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"iamctl/equivalency"
)

const (
	devID = "123456789012"
	qaID  = "987654321098"
)

var (
	dev = equivalency.Identity{Tag: "dev", Source: "corp-dev", ID: devID, Alias: "corp-development"}
	qa  = equivalency.Identity{Tag: "qa", Source: "profile:corp-qa", ID: qaID}

	// before and now are one account.
	before = equivalency.Identity{Tag: "old", Source: "baseline/dev", Name: "dev", ID: devID}
	now    = equivalency.Identity{Tag: "new", Source: "profile:dev", Name: "dev", ID: devID}
)

func parse(t *testing.T, text string) *equivalency.Dictionary {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func scoped(entries string) string {
	return `{"version": 2, "equivalencies": [` + entries + `]}`
}

func TestRules(t *testing.T) {
	type rule = equivalency.Rule
	type foreign = equivalency.Foreign
	ownID := func(id string) rule { return rule{Value: id, Placeholder: "000000000000", Owned: true, Entry: -1} }
	gov, commercial := dev, qa
	gov.Partition, commercial.Partition = "aws-us-gov", "aws"
	one := equivalency.Rules{Rewrites: []rule{ownID(devID)}, Placeholders: []string{"000000000000"}, Idle: true}
	foreignID := foreign{Value: qaID, Owner: "qa", Expected: devID, Entry: -1}

	tests := []struct {
		reason      string
		text        string
		self, other equivalency.Identity
		want        equivalency.Rules
	}{
		{
			reason: "an account's own id needs no entry",
			text:   `{}`, self: dev, other: qa,
			want: equivalency.Rules{Rewrites: []rule{ownID(devID)}, Foreign: []foreign{foreignID}, Placeholders: []string{"000000000000"}},
		},
		{
			reason: "a source that does not tell its id has no rule for it, and the other's id is foreign all the same",
			text:   `{}`, self: equivalency.Identity{Tag: "dev"}, other: qa,
			want: equivalency.Rules{Foreign: []foreign{{Value: qaID, Owner: "qa", Entry: -1}}, Placeholders: []string{"000000000000"}},
		},
		{
			reason: "without any id there is nothing to do",
			text:   `{}`, self: equivalency.Identity{Tag: "dev"}, other: equivalency.Identity{Tag: "qa"},
		},
		{
			reason: "a baseline against the account itself: the id is nobody's foreign value",
			text:   `{}`, self: dev, other: equivalency.Identity{Tag: "baseline", ID: devID},
			want: equivalency.Rules{Rewrites: []rule{ownID(devID)}, Placeholders: []string{"000000000000"}},
		},
		{
			reason: "where the partitions differ, each account's own is known, and nobody's word",
			text:   `{}`, self: gov, other: commercial,
			want: equivalency.Rules{
				Rewrites:     []rule{ownID(devID), {Value: "aws-us-gov", Placeholder: "PARTITION", Owned: true, Entry: -1}},
				Foreign:      []foreign{foreignID, {Value: "aws", Owner: "qa", Expected: "aws-us-gov", Entry: -1}},
				Placeholders: []string{"000000000000", "PARTITION"},
				Partition:    &equivalency.Partition{Own: "aws-us-gov", Other: "aws", Rule: 1, Foreign: 1},
			},
		},
		{
			reason: "an entry that has the partitions has their placeholder, and its other values stay words",
			text:   `{"WHERE": ["aws", "aws-us-gov", "dev"], "PARTITION": ["x"]}`, self: gov, other: commercial,
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "dev", Placeholder: "WHERE", Owned: true},
					{Value: "x", Placeholder: "PARTITION", Entry: 1},
					ownID(devID),
					{Value: "aws-us-gov", Placeholder: "WHERE", Owned: true},
				},
				Foreign:      []foreign{foreignID, {Value: "aws", Owner: "qa", Expected: "aws-us-gov"}},
				Placeholders: []string{"WHERE", "PARTITION", "000000000000"},
				Partition:    &equivalency.Partition{Own: "aws-us-gov", Other: "aws", Rule: 3, Foreign: 1},
			},
		},
		{
			reason: "a placeholder for partitions that no entry has",
			text:   `{"PARTITION": ["dev"]}`, self: gov, other: commercial,
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "dev", Placeholder: "PARTITION", Owned: true}, ownID(devID), {Value: "aws-us-gov", Placeholder: "AWS-PARTITION", Owned: true, Entry: -1},
				},
				Foreign:      []foreign{foreignID, {Value: "aws", Owner: "qa", Expected: "aws-us-gov", Entry: -1}},
				Placeholders: []string{"PARTITION", "000000000000", "AWS-PARTITION"},
				Partition:    &equivalency.Partition{Own: "aws-us-gov", Other: "aws", Rule: 2, Foreign: 1},
			},
		},
		{
			reason: "in one partition its name is a word",
			text:   `{"version": 2, "equivalencies": [{"placeholder": "P", "values": {"dev": "aws-us-gov"}}]}`, self: gov,
			other: equivalency.Identity{Tag: "qa", ID: qaID, Partition: "aws-us-gov"},
			want: equivalency.Rules{
				Rewrites: []rule{{Value: "aws-us-gov", Placeholder: "P", Owned: true}, ownID(devID)}, Foreign: []foreign{foreignID},
				Placeholders: []string{"P", "000000000000"},
			},
		},
		{
			reason: "an emulator's account has the placeholder for its id, so another one serves",
			text:   `{}`, self: equivalency.Identity{Tag: "dev", ID: "000000000000"}, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "000000000000", Placeholder: "111111111111", Owned: true, Entry: -1}},
				Foreign:      []foreign{{Value: qaID, Owner: "qa", Expected: "000000000000", Entry: -1}},
				Placeholders: []string{"111111111111"},
			},
		},
		{
			reason: "owners inferred from tags",
			text:   `{"accountname": ["dev", "qa"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "dev", Placeholder: "accountname", Owned: true}, ownID(devID)},
				Foreign:      []foreign{{Value: "qa", Owner: "qa", Expected: "dev"}, foreignID},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "owners inferred from the other's profile, with the prefix that forces one, and one's own alias",
			text:   `{"accountname": ["corp-development", "corp-qa"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "corp-development", Placeholder: "accountname", Owned: true}, ownID(devID)},
				Foreign:      []foreign{{Value: "corp-qa", Owner: "qa", Expected: "corp-development"}, foreignID},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "names are compared exactly: DEV is nobody's, and rewritten on both sides",
			text:   `{"accountname": ["DEV", "QA"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "DEV", Placeholder: "accountname"}, {Value: "QA", Placeholder: "accountname"}, ownID(devID)},
				Foreign:      []foreign{foreignID},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "a third value of an entry stays without owner; a rule for it remembers the account's own",
			text:   `{"accountname": ["dev", "qa", "prod"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "dev", Placeholder: "accountname", Owned: true},
					{Value: "prod", Placeholder: "accountname", Own: "dev"},
					ownID(devID),
				},
				Foreign:      []foreign{{Value: "qa", Owner: "qa", Expected: "dev"}, foreignID},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "by elimination the one value without owner is the counterpart of the other's",
			text:   `{"accountname": ["development", "qa"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "development", Placeholder: "accountname"}, ownID(devID)},
				Foreign:      []foreign{{Value: "qa", Owner: "qa", Expected: "development"}, foreignID},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "ids in the dictionary: no second rule for them",
			text:   `{"ACCOUNT": ["123456789012", "987654321098"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: devID, Placeholder: "ACCOUNT", Owned: true}},
				Foreign:      []foreign{{Value: qaID, Owner: "qa", Expected: devID}},
				Placeholders: []string{"ACCOUNT"},
			},
		},
		{
			reason: "only the other's id in the dictionary: both ids meet in its placeholder",
			text:   `{"ACCOUNT": ["987654321098"]}`, self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: devID, Placeholder: "ACCOUNT", Owned: true, Entry: -1}},
				Foreign:      []foreign{{Value: qaID, Owner: "qa", Expected: devID}},
				Placeholders: []string{"ACCOUNT"},
			},
		},
		{
			reason: "an id listed for some fields only: the other fields have their rule still",
			text:   scoped(`{"placeholder": "ACCOUNT", "values": {"dev": "123456789012", "qa": "987654321098"}, "fields": ["arn"]}`), self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: devID, Placeholder: "ACCOUNT", Owned: true, Fields: []equivalency.Field{"arn"}},
					{Value: devID, Placeholder: "000000000000", Owned: true, Entry: -1, Fields: allBut("arn")},
				},
				Foreign: []foreign{
					{Value: qaID, Owner: "qa", Expected: devID, Fields: []equivalency.Field{"arn"}},
					{Value: qaID, Owner: "qa", Expected: devID, Fields: allBut("arn"), Entry: -1},
				},
				Placeholders: []string{"ACCOUNT", "000000000000"},
			},
		},
		{
			reason: "the scoped form, by tag, alias and id; accounts that are not compared have no say",
			text: scoped(`{"placeholder": "team", "values": {"dev": ["red", "blue"], "987654321098": "green", "prod": "black"}, "match": "substring", "fields": ["rolename"]},
				{"placeholder": "P", "values": {"corp-development": "x", "prod": "y"}}, {"placeholder": "Q", "values": {"prod": "z"}}`),
			self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "red", Placeholder: "team", Owned: true, Substring: true, Fields: []equivalency.Field{"rolename"}},
					{Value: "blue", Placeholder: "team", Owned: true, Substring: true, Fields: []equivalency.Field{"rolename"}},
					{Value: "x", Placeholder: "P", Owned: true, Entry: 1},
					ownID(devID),
				},
				Foreign: []foreign{
					{Value: "green", Owner: "qa", Expected: "red", Substring: true, Fields: []equivalency.Field{"rolename"}}, foreignID,
				},
				Placeholders: []string{"team", "P", "000000000000"},
			},
		},
		{
			reason: "what both accounts have in an entry is foreign to neither",
			text:   scoped(`{"placeholder": "P", "values": {"dev": "x", "qa": ["x", "y"]}}`), self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "x", Placeholder: "P", Owned: true}, ownID(devID)},
				Foreign:      []foreign{{Value: "y", Owner: "qa", Expected: "x"}, foreignID},
				Placeholders: []string{"P", "000000000000"},
			},
		},
		{
			reason: "a value that another entry gives to this account is not foreign",
			text:   scoped(`{"placeholder": "P", "values": {"dev": "x", "qa": "y"}}, {"placeholder": "Q", "values": {"dev": "y", "qa": "x"}}`), self: dev, other: qa,
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "x", Placeholder: "P", Owned: true}, {Value: "y", Placeholder: "Q", Owned: true, Entry: 1}, ownID(devID)},
				Foreign:      []foreign{foreignID},
				Placeholders: []string{"P", "Q", "000000000000"},
			},
		},
		{
			reason: "a snapshot against the account itself: nothing is meant to differ",
			text:   scoped(`{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}`), self: before, other: now,
			want: one,
		},
		{
			reason: "the same, seen from the account",
			text:   scoped(`{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}}`), self: now, other: before,
			want: one,
		},
		{
			reason: "the same in the IAMCTL form, whatever answers to a tag or to an alias",
			text:   `{"accountname": ["monday", "dev", "corp-development", "qa"]}`, self: equivalency.Identity{Tag: "monday", ID: devID}, other: dev,
			want: one,
		},
		{
			reason: "ids and shared literals of the dictionary do not apply in one account either",
			text:   `{"version": 2, "equivalencies": [{"placeholder": "ID", "values": {"dev": "123456789012", "qa": "987654321098"}}], "shared": ["b-123456789012"]}`, self: before, other: now,
			want: one,
		},
		{
			reason: "a short name counts like a tag, of two accounts too",
			text:   `{"accountname": ["dev", "qa"]}`,
			self:   equivalency.Identity{Tag: "a", Name: "dev"}, other: equivalency.Identity{Tag: "b", Name: "qa"},
			want: equivalency.Rules{
				Rewrites:     []rule{{Value: "dev", Placeholder: "accountname", Owned: true}},
				Foreign:      []foreign{{Value: "qa", Owner: "b", Expected: "dev"}},
				Placeholders: []string{"accountname"},
			},
		},
		{
			reason: "a short name that two accounts have means the one that has it for its tag",
			text:   `{"accountname": ["dev", "qa"]}`,
			self:   equivalency.Identity{Tag: "dev", Name: "dev", ID: devID}, other: equivalency.Identity{Tag: "b", Name: "dev", ID: qaID},
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "dev", Placeholder: "accountname", Owned: true},
					{Value: "qa", Placeholder: "accountname", Own: "dev"},
					ownID(devID),
				},
				Foreign:      []foreign{{Value: qaID, Owner: "b", Expected: devID, Entry: -1}},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "the same, seen from the other",
			text:   `{"accountname": ["dev", "qa"]}`,
			self:   equivalency.Identity{Tag: "b", Name: "dev", ID: qaID}, other: equivalency.Identity{Tag: "dev", Name: "dev", ID: devID},
			want: equivalency.Rules{
				Rewrites: []rule{{Value: "qa", Placeholder: "accountname"}, ownID(qaID)},
				Foreign: []foreign{
					{Value: "dev", Owner: "dev", Expected: "qa"},
					{Value: devID, Owner: "dev", Expected: qaID, Entry: -1},
				},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "names that the dictionary itself ties to ids",
			text: scoped(`{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}},
				{"placeholder": "000000000000", "values": {"dev": "123456789012", "qa": "987654321098"}}`),
			self: equivalency.Identity{Tag: "a", ID: devID}, other: equivalency.Identity{Tag: "b", ID: qaID},
			want: equivalency.Rules{
				Rewrites: []rule{
					{Value: "dev", Placeholder: "accountname", Owned: true},
					{Value: devID, Placeholder: "000000000000", Owned: true, Entry: 1},
				},
				Foreign: []foreign{
					{Value: "qa", Owner: "b", Expected: "dev"},
					{Value: qaID, Owner: "b", Expected: devID, Entry: 1},
				},
				Placeholders: []string{"accountname", "000000000000"},
			},
		},
		{
			reason: "a name with an id under another placeholder may be another account's, such as a partner of it",
			text: scoped(`{"placeholder": "accountname", "values": {"dev": "dev", "qa": "qa"}},
				{"placeholder": "PARTNER", "values": {"dev": "123456789012", "qa": "987654321098"}}`),
			self: equivalency.Identity{Tag: "a", ID: devID}, other: equivalency.Identity{Tag: "b", ID: qaID},
			want: equivalency.Rules{
				Rewrites:     []rule{ownID(devID)},
				Foreign:      []foreign{{Value: qaID, Owner: "b", Expected: devID, Entry: -1}},
				Placeholders: []string{"000000000000"},
			},
		},
		{
			reason: "shared literals come along",
			text:   `{"version": 2, "shared": ["dev-tools"]}`, self: equivalency.Identity{Tag: "dev"}, other: equivalency.Identity{Tag: "qa"},
			want: equivalency.Rules{Shared: []string{"dev-tools"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			got, err := parse(t, tt.text).Rules(tt.self, tt.other)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&tt.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			back, err := parse(t, tt.text).Rules(tt.other, tt.self)
			if err != nil {
				t.Fatal(err)
			}
			less := func(a, b string) bool { return a < b }
			if diff := cmp.Diff(got.Placeholders, back.Placeholders, cmpopts.SortSlices(less)); diff != "" {
				t.Errorf("the two sides know different placeholders:\n%s", diff)
			}
		})
	}
}

func allBut(out equivalency.Field) []equivalency.Field {
	var fields []equivalency.Field
	for _, f := range equivalency.Fields() {
		if f != out {
			fields = append(fields, f)
		}
	}
	return fields
}

func TestRulesRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason string
		text   string
		want   string
	}{
		{
			"swapped ids", scoped(`{"placeholder": "A", "values": {"dev": "987654321098", "qa": "123456789012"}}`),
			`line 1, column 73: the entry "A" gives the account "dev" the id 987654321098, which is that of "qa"`,
		},
		{
			"a name that means one account by its tag and the other by its id",
			scoped(`{"placeholder": "000000000000", "values": {"qa": "123456789012"}}`),
			`the entry "000000000000" gives the account "qa" the id 123456789012, which is that of "dev"`,
		},
		{
			"one account under two names", scoped(`{"placeholder": "P", "values": {"dev": "x"}}, {"placeholder": "Q", "values": {"123456789012": "x"}}`),
			`the value "x" stands for "P" already`,
		},
		{
			"the account's own id for a placeholder", `{"123456789012": ["987654321098"]}`,
			`line 1, column 2: the placeholder "123456789012" is itself a value`,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			_, err := parse(t, tt.text).Rules(dev, qa)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestRulesOfNoDictionary(t *testing.T) {
	var d *equivalency.Dictionary
	got, err := d.Rules(dev, qa)
	if err != nil || len(got.Rewrites) != 1 || len(got.Foreign) != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}

// TestRulesOfIAMCTLDefaultList: what "iamctl init" of AWS's IAMCTL writes is taken
// as it is, whatever the accounts' ids are.
func TestRulesOfIAMCTLDefaultList(t *testing.T) {
	const list = `{"accountid": ["123456789012", "234567890123"], "accountprefix1": ["apples-production", "oranges-production", "apples-development", "oranges-development"]}`
	d, err := equivalency.Parse("equivalency_list.json", []byte(list))
	if err != nil {
		t.Fatal(err)
	}
	for _, ids := range [][2]string{{"123456789012", "234567890123"}, {"111111111111", "123456789012"}, {"112345678901", "234567890112"}} {
		a, b := equivalency.Identity{Tag: "dev", ID: ids[0]}, equivalency.Identity{Tag: "qa", ID: ids[1]}
		if _, err := d.Rules(a, b); err != nil {
			t.Errorf("%v: %v", ids, err)
		}
		if _, err := d.Rules(b, a); err != nil {
			t.Errorf("%v: %v", ids, err)
		}
	}
}
