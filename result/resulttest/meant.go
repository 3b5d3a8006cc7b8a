package resulttest

import (
	"fmt"
	"strings"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/reference"
)

// meantRole is a role with policies as AWS has them, in either account; "" for none.
type meantRole struct {
	name                     string
	identity, trust          [2]string // statements
	boundary                 [2]string
	description, differently string
}

const (
	ownTrust    = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`
	gitHubTrust = `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::%s:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity",` +
		`"Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"%s"}}}`
	everything   = `{"Effect":"Allow","Action":"*","Resource":"*"}`
	partnerTrust = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::555555555555:root"},"Action":"sts:AssumeRole"%s}`
)

// meantIDs are the ids of the two accounts of Meant.
var meantIDs = [2]string{"111111111111", "222222222222"}

func meantRoles() []meantRole {
	return []meantRole{
		{
			name:     "app1",
			identity: [2]string{`{"Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::app1-dev/shared/*"}`, `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::app1-qa/shared/*"}`},
			trust:    [2]string{ownTrust, ownTrust},
		},
		{name: "audit", identity: [2]string{`{"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*"}`, `{"Effect":"Allow","Action":"sqs:ListQueues","Resource":"*"}`}, trust: [2]string{ownTrust, ownTrust}, differently: "audit-all"},
		{
			name: "ci-deployer", identity: [2]string{everything, everything}, boundary: [2]string{`{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}`, ""},
			trust: [2]string{fmt.Sprintf(gitHubTrust, meantIDs[0], "repo:acme/app:ref:refs/heads/main"), fmt.Sprintf(gitHubTrust, meantIDs[1], "repo:acme/app:*")},
		},
		{
			name:     "orders-worker",
			identity: [2]string{`{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::orders-dev-archive/*"}`, `{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::orders-dev-archive/*"}`},
			trust:    [2]string{ownTrust, ownTrust},
		},
		{name: "partner-reports", trust: [2]string{fmt.Sprintf(partnerTrust, `,"Condition":{"StringEquals":{"sts:ExternalId":"partner-7f3a"}}`), fmt.Sprintf(partnerTrust, "")}},
		{name: "reader", identity: [2]string{`{"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`}, trust: [2]string{ownTrust, ownTrust}},
		{name: "tagged", trust: [2]string{ownTrust, ownTrust}, description: "moved to another team"},
		{name: "variable", identity: [2]string{`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/${aws:username}/*"}`, `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::home/*","Condition":{"StringFooled":{"aws:username":"x"}}}`}, trust: [2]string{ownTrust, ownTrust}},
		{name: "zz-admin", identity: [2]string{"", everything}, trust: [2]string{"", ownTrust}},
		{name: "zz-left", identity: [2]string{`{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`, ""}, trust: [2]string{ownTrust, ""}},
	}
}

func meantDocument(statements string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + statements + `]}`)
}

// meantAccount is an account of Meant as a source would read it.
func meantAccount(side int, roles []meantRole) *inventory.Account {
	id := meantIDs[side]
	a := &inventory.Account{ID: id, Partition: "aws"}
	for _, m := range roles {
		if m.trust[side] == "" {
			continue
		}
		description := ""
		r := inventory.Role{Name: m.name, ARN: "arn:aws:iam::" + id + ":role/" + m.name, Path: "/", Trust: meantDocument(m.trust[side]), Description: &description}
		if m.identity[side] != "" {
			name := m.name
			if side == 1 && m.differently != "" {
				name = m.differently
			}
			r.Inline = append(r.Inline, inventory.InlinePolicy{Name: name, Document: meantDocument(m.identity[side])})
		}
		if side == 1 {
			description = m.description
		}
		if m.boundary[side] != "" {
			arn := "arn:aws:iam::" + id + ":policy/developer-boundary"
			r.Boundary = &inventory.PolicyRef{Name: "developer-boundary", ARN: arn}
			if len(a.Policies) == 0 {
				a.Policies = append(a.Policies, inventory.Policy{Name: "developer-boundary", ARN: arn, Path: "/", DefaultVersion: "v1", Document: meantDocument(m.boundary[side])})
			}
		}
		a.Roles = append(a.Roles, r)
	}
	a.Sort()
	return a
}

// Meant is Changes of accounts with policies as AWS has them, so that their meaning is
// known: a drift of every severity and every verdict.
func Meant() *diff.Changes { return meantChanges(meantRoles()) }

// ManyMeant is Changes of so many common roles that all differ, in all the ways of
// Meant's. Each has documents of its own.
func ManyMeant(roles int) *diff.Changes {
	common := meantRoles()[:8]
	list := make([]meantRole, roles)
	for i := range list {
		m := common[i%len(common)]
		number := fmt.Sprintf("%05d", i)
		sid := func(statements string) string {
			return strings.ReplaceAll(statements, `{"Effect"`, `{"Sid":"n`+number+`","Effect"`)
		}
		m.name += "-" + number
		for side := range 2 {
			m.identity[side], m.trust[side] = sid(m.identity[side]), sid(m.trust[side])
		}
		list[i] = m
	}
	return meantChanges(list)
}

func meantChanges(roles []meantRole) *diff.Changes {
	d := &equivalency.Dictionary{Entries: []equivalency.Entry{{Placeholder: "accountname", Values: []equivalency.Value{{Account: "dev", Text: "dev"}, {Account: "qa", Text: "qa"}}}}}
	ids := [2]equivalency.Identity{{Tag: "dev", ID: meantIDs[0], Partition: "aws"}, {Tag: "qa", ID: meantIDs[1], Partition: "aws"}}
	var accounts [2]*normalize.Account
	for side, id := range ids {
		rules, err := d.Rules(id, ids[1-side])
		if err != nil {
			panic(err)
		}
		if accounts[side], err = normalize.Apply(flatten.Account(meantAccount(side, roles), reference.Embedded()), id, rules); err != nil {
			panic(err)
		}
		accounts[side].Source = id.Tag
	}
	return diff.Compare(accounts[0], accounts[1], diff.Options{})
}
