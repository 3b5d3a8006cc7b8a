package resulttest

import (
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/result"
)

// DriftOf finds the fingerprint of the drift whose role and text hold words.
func DriftOf(c *diff.Changes, role, text string) string {
	for d := range result.Drifts(c) {
		if strings.Contains(d.RoleName, role) && strings.Contains(d.Text(), text) {
			return d.Fingerprint
		}
	}
	panic("no drift " + role + " " + text)
}

// Marked is sample with a pair that has a reason, and with marks of every
// kind.
func Marked() (*diff.Changes, *result.Marks) {
	c := Sample()
	c.A.Flat.Caller = "arn:aws:sts::111111111111:assumed-role/auditor/\x1b[31malice"
	c.B.Flat.Commit = "fedcba9876543210fedcba9876543210fedcba98"
	c.Excluded = []diff.Excluded{{Rule: diff.ServiceLinked, Roles: [2][]string{{"AWSServiceRoleForX"}, nil}}}
	c.Common[1].Reason = "by the name without CloudFormation's random suffix"
	waived, rule := DriftOf(c, "=cmd", "tag"), DriftOf(c, "only-in-dev", "role")
	expired := DriftOf(c, "=cmd", "path")
	fresh, known := DriftOf(c, "app1", "shared"), DriftOf(c, "app1", "logs")
	zero, one := 0, 1
	marks := map[string]result.Mark{
		waived:  {Waiver: &zero, Age: result.AgeKnown},
		rule:    {Waiver: &one, Age: result.AgeNew},
		expired: {Waiver: &[]int{2}[0], Age: result.AgeKnown},
		fresh:   {Age: result.AgeNew},
		known: {Age: result.AgeKnown, FirstSeen: &result.Commit{
			Hash: "0123456789abcdef0123456789abcdef01234567", Time: "2026-10-03T09:00:00Z", Author: "Eve <\x1b[31m>", Subject: "Add @logs #7", AtLeast: true,
		}},
	}
	return c, &result.Marks{
		Waivers: []result.Waiver{
			{Fingerprint: waived, Owner: "alice", Reason: "owner tag is per account", Ticket: "OPS-1", Expires: "2027-01-01", State: result.WaiverUsed, Count: 1},
			{Role: "only-in-*", Reason: "=not shared", State: result.WaiverUsed, Count: 1, Roles: 1, Wide: "it matches 4 of 5 roles\x1b"},
			{Fingerprint: expired, Owner: "bob\n", Reason: "moving\x1b[2J", Expires: "2026-11-01", State: result.WaiverExpired, Count: 1},
			{Fingerprint: strings.Repeat("ab", 16), Owner: "carol", Reason: "gone?", Expires: "2027-01-01", State: result.WaiverUnmatched, Successor: fresh},
			{
				Fingerprint: strings.Repeat("ef", 16), Owner: "dave", Reason: "meant so", Expires: "2027-01-01", State: result.WaiverOutgrown, Count: 2,
				Meaning: "identity", Of: "app1\x1b", Outgrown: "qa allows s3:DeleteObject on *\x1b, dev does not, and that was not accepted",
			},
		},
		File: "waivers.json", SHA256: strings.Repeat("1b", 32), Since: "git:main",
		Of: func(f string) result.Mark { return marks[f] },
		Fixed: []result.Fixed{
			{Fingerprint: strings.Repeat("cd", 16), RoleName: "app1_accountname", Text: "+ inline s3: Allow s3:* on *", Side: "b"},
			{Fingerprint: strings.Repeat("ef", 16), RoleName: "=cmd,@x", Text: "~ description: dev \"\x1b\" -> qa \"\""},
		},
	}
}

// AllWaived waives everything.
func AllWaived() *result.Marks {
	zero := 0
	return &result.Marks{
		Waivers: []result.Waiver{{Role: "*", Reason: "today's state", State: result.WaiverUsed, Count: 8}},
		Of:      func(string) result.Mark { return result.Mark{Waiver: &zero} },
	}
}

// Rewritten is Changes made by the real steps: a value that belongs to no
// account is rewritten on both sides, so that items become one and equal
// ones may hide drift.
func Rewritten(t *testing.T) *diff.Changes {
	t.Helper()
	allow := func(arn string) inventory.Item {
		return inventory.Item{Effect: "Allow", Service: "s3", Action: "GetObject", ARN: arn}
	}
	side := func(tag string, items ...inventory.Item) *normalize.Account {
		flat := &inventory.Flat{
			Account: &inventory.Account{Partition: "aws"},
			Roles: []inventory.FlatRole{{
				Role:     &inventory.Role{Name: "app", Path: "/"},
				Policies: []inventory.FlatPolicy{{Name: "p", Type: inventory.Inline, Items: Document(items...)}},
			}},
		}
		a, err := normalize.Apply(flat, equivalency.Identity{Tag: tag, Source: tag}, &equivalency.Rules{
			Rewrites: []equivalency.Rule{{Value: "red", Placeholder: "team"}, {Value: "blue", Placeholder: "team"}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	a := side("dev", allow("arn:aws:s3:::red-logs"), allow("arn:aws:s3:::blue-logs"), allow("arn:aws:s3:::red-data"))
	b := side("qa", allow("arn:aws:s3:::red-data"))
	return diff.Compare(a, b, diff.Options{})
}
