// Package sampleaccount makes accounts of any size for benchmarks: roles as
// accounts have them, each with documents of its own and with managed
// policies that many share.
package sampleaccount

import (
	"fmt"
	"strings"

	"iamctl/inventory"
)

// ItemsPerRole is about how many items a role has.
const ItemsPerRole = 1200

// managed is the number of managed policies; each role has two of them.
const managed = 20

// Options are what account to make.
type Options struct {
	Environment string // part of names: app-17-dev
	ID          string
	Roles       int
	// Drift adds an action to every n-th role, 0 to none.
	Drift int
}

// New makes an account. The same options make the same account, and two
// environments differ in their name and id alone.
func New(o Options) *inventory.Account {
	a := &inventory.Account{ID: o.ID, Partition: "aws"}
	for i := range managed {
		name := fmt.Sprintf("shared-%02d", i)
		a.Policies = append(a.Policies, inventory.Policy{
			Name: name, ARN: o.policy(name), Path: "/", DefaultVersion: "v1",
			Document: document(statement("Allow", list("rds:Describe*", "ec2:Describe*"), list("*")) + "," +
				statement("Allow", list("sqs:*"), list(fmt.Sprintf("arn:aws:sqs:eu-west-1:%s:shared-%d-%s", o.ID, i, o.Environment)))),
		})
	}
	for i := range o.Roles {
		a.Roles = append(a.Roles, o.role(i))
	}
	a.Sort()
	return a
}

func (o Options) policy(name string) string { return "arn:aws:iam::" + o.ID + ":policy/" + name }

func (o Options) role(i int) inventory.Role {
	name := fmt.Sprintf("app-%d-%s", i, o.Environment)
	description, session := fmt.Sprintf("Application %d", i), int32(3600)
	return inventory.Role{
		Name: name, ARN: "arn:aws:iam::" + o.ID + ":role/" + name, Path: "/", ID: fmt.Sprintf("AROAEXAMPLE%s%09d", strings.ToUpper(o.Environment), i),
		Description: &description, MaxSessionDuration: &session,
		Trust: document(fmt.Sprintf(`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:role/deployer"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"app-%d"}}}`, o.ID, i)),
		Inline: []inventory.InlinePolicy{
			{Name: "data", Document: o.data(i)},
			{Name: "queues", Document: document(statement("Allow", list("sqs:SendMessage", "sqs:Receive*"), list(fmt.Sprintf("arn:aws:sqs:eu-west-1:%s:app-%d-%s", o.ID, i, o.Environment))))},
		},
		Attached: []inventory.PolicyRef{o.shared(i), o.shared(i + 7)},
		Tags:     []inventory.Tag{{Key: "environment", Value: o.Environment}, {Key: "team", Value: fmt.Sprintf("team-%d", i%10)}},
	}
}

func (o Options) shared(i int) inventory.PolicyRef {
	name := fmt.Sprintf("shared-%02d", i%managed)
	return inventory.PolicyRef{Name: name, ARN: o.policy(name)}
}

// data returns the large document of a role: many actions of S3 on ten buckets.
func (o Options) data(i int) inventory.Document {
	actions := []string{"s3:Get*", "s3:List*", "s3:Put*", "s3:Delete*"}
	if o.Drift > 0 && i%o.Drift == 0 {
		actions = append(actions, "s3:CreateJob")
	}
	var resources []string
	for b := range 10 {
		resources = append(resources, fmt.Sprintf("arn:aws:s3:::app-%d-%s-%d", i, o.Environment, b))
	}
	return document(statement("Allow", list(actions...), list(resources...)) + "," +
		statement("Deny", list("s3:Delete*"), list(resources[0])))
}

func statement(effect, actions, resources string) string {
	return fmt.Sprintf(`{"Effect":%q,"Action":%s,"Resource":%s}`, effect, actions, resources)
}

func document(statements string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
}

func list(values ...string) string { return `["` + strings.Join(values, `","`) + `"]` }
