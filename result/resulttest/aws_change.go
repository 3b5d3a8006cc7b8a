package resulttest

import (
	"iamctl/diff"
	"iamctl/inventory"
	"iamctl/result"
)

// ChangedByAWS is Changes of two roles that have a policy of AWS's which AWS
// changed, and of a third that differs by itself.
func ChangedByAWS() *diff.Changes {
	action := func(name string) inventory.Item {
		return inventory.Item{Effect: "Allow", Service: "s3", Action: name, ARN: "*"}
	}
	const hostile = "=reader\x1b[2J"
	before, after := []inventory.Item{action("GetObject"), action("ListOld")}, []inventory.Item{action("GetObject"), action("ListNew"), action("PutNew")}
	c := Changes(
		Account("dev", "dev", "111111111111", PlainRole(hostile, "/", before...), PlainRole("second", "/", before...), PlainRole("third", "/a/", action("Get1"))),
		Account("qa", "qa", "222222222222", PlainRole(hostile, "/", after...), PlainRole("second", "/", after...), PlainRole("third", "/a/", action("Get2"))),
	)
	change := diff.AWSChange{
		Name: "Reader", ARN: "arn:aws:iam::aws:policy/Reader", Versions: [2]string{"v9", "v10"},
		OnlyA: c.Common[0].OnlyA, OnlyB: c.Common[0].OnlyB,
	}
	for i := range c.Common[:2] {
		p := &c.Common[i]
		change.Holders = append(change.Holders, diff.AWSHolder{A: p.A, B: p.B, Type: inventory.Managed})
		p.OnlyA, p.OnlyB = nil, nil
	}
	c.AWSChanges = []diff.AWSChange{change}
	return c
}

// markedByAWS is the same, new and with a commit.
func markedByAWS() (*diff.Changes, *result.Marks) {
	c := ChangedByAWS()
	fingerprint := DriftOf(c, "", "AWS changed")
	return c, &result.Marks{Since: "git:main", Of: func(f string) result.Mark {
		if f != fingerprint {
			return result.Mark{Age: result.AgeKnown}
		}
		return result.Mark{Age: result.AgeNew, FirstSeen: &result.Commit{Hash: "0123456789abcdef", Time: "2026-10-03T09:00:00Z", Author: "Eve", Subject: "snapshot"}}
	}}
}
