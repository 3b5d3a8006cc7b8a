package samplefleet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"iamctl/inventory"
)

// kinds are the differences by their names. Each changes role i of an account.
var kinds = map[string]func(m *maker, a *inventory.Account, i int){
	"action added":           inline(1, `"sqs:GetQueueAttributes"`, `"sqs:GetQueueAttributes","sqs:DeleteQueue"`),
	"action removed":         inline(0, `"dynamodb:PutItem"`, `"dynamodb:DescribeTable"`),
	"resource widened":       inline(0, `-task"`, `-*"`),
	"condition dropped":      inline(0, `,"Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}`, ``),
	"condition value":        inline(0, `"in/*"`, `"in/*","private/*"`),
	"deny dropped":           inline(0, `"Effect":"Deny"`, `"Effect":"Allow"`),
	"action turned around":   inline(0, `"Action":["s3:ListBucket","s3:GetBucketLocation"]`, `"NotAction":["s3:ListBucket","s3:GetBucketLocation"]`),
	"trust opened":           trust(`"AWS":"arn:aws:iam::`, `"AWS":"*","Federated":"arn:aws:iam::`),
	"trust without external": trust(`"sts:ExternalId"`, `"aws:SourceVpc"`),
	"trusts another account": func(m *maker, a *inventory.Account, i int) { trust(m.id, m.other)(m, a, i) },
	"names another account":  func(m *maker, a *inventory.Account, i int) { inline(1, m.id, m.other)(m, a, i) },
	"session":                func(_ *maker, a *inventory.Account, i int) { *a.Roles[i].MaxSessionDuration = 43200 },
	"description":            func(_ *maker, a *inventory.Account, i int) { *a.Roles[i].Description += ", edited" },
	"path":                   func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Path = "/old/" },
	"tag":                    func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Tags[1].Value = "nobody" },
	"tag added": func(_ *maker, a *inventory.Account, i int) {
		a.Roles[i].Tags = append(a.Roles[i].Tags, inventory.Tag{Key: "x", Value: "1"})
	},
	"boundary":              swapBoundary,
	"instance profile":      addProfile,
	"missing":               func(_ *maker, a *inventory.Account, i int) { a.Roles = slices.Delete(a.Roles, i, i+1) },
	"policy detached":       func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Attached = a.Roles[i].Attached[1:] },
	"policy attached":       attach,
	"inline policy renamed": func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Inline[1].Name = "other" },
	"inline policy removed": func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Inline = a.Roles[i].Inline[:1] },
	"inline policy unreadable": func(_ *maker, a *inventory.Account, i int) {
		a.Roles[i].Inline[1].Document = `{"Version":"2012-10-17","Statement":[`
	},
}

// Kinds returns the kinds of differences.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }

// missing is that an account does not have the role.
const missing = "missing"

// Unreadable is the kind that is also a gap, which makes a comparison incomplete.
const Unreadable = "inline policy unreadable"

// inline replaces a text in an inline policy.
func inline(n int, old, text string) func(*maker, *inventory.Account, int) {
	return func(_ *maker, a *inventory.Account, i int) {
		d := &a.Roles[i].Inline[n].Document
		*d = replaced(*d, old, text)
	}
}

func trust(old, text string) func(*maker, *inventory.Account, int) {
	return func(_ *maker, a *inventory.Account, i int) { a.Roles[i].Trust = replaced(a.Roles[i].Trust, old, text) }
}

func replaced(d inventory.Document, old, text string) inventory.Document {
	if !strings.Contains(string(d), old) {
		panic(fmt.Sprintf("no %s in %s", old, d))
	}
	return inventory.Document(strings.Replace(string(d), old, text, 1))
}

// swapBoundary takes the boundary away, or puts one there.
func swapBoundary(m *maker, a *inventory.Account, i int) {
	if a.Roles[i].Boundary != nil {
		a.Roles[i].Boundary = nil
		return
	}
	a.Roles[i].Boundary = &inventory.PolicyRef{Name: boundaryName, ARN: m.arn("policy/" + boundaryName)}
}

func addProfile(m *maker, a *inventory.Account, i int) {
	name := "extra-" + a.Roles[i].Tags[1].Value
	a.Roles[i].InstanceProfiles = append(a.Roles[i].InstanceProfiles, inventory.InstanceProfile{Name: name, ARN: m.arn("instance-profile/" + name), Path: "/"})
}

// attach attaches a policy of the account's own that no other role has.
func attach(m *maker, a *inventory.Account, i int) {
	name := fmt.Sprintf("special-%d", len(a.Policies))
	a.Policies = append(a.Policies, m.policy(name, document(`{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"*"}`)))
	a.Roles[i].Attached = append(a.Roles[i].Attached, inventory.PolicyRef{Name: name, ARN: m.arn("policy/" + name)})
}
