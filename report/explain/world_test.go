package explain_test

import (
	"strings"

	"iamctl/inventory"
)

// tags and ids are those of the two accounts.
var (
	tags = [2]string{"dev", "qa"}
	ids  = [2]string{"111111111111", "222222222222"}
)

const (
	ec2    = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`
	get    = `{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/*"}`
	list   = `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::data"}`
	deny   = `{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::data/secret/*"}`
	github = `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::ID:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity",` +
		`"Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:acme/app:SUB"}}}`
)

// role is a role in both accounts; an empty trust is that of EC2, and "-" is that the
// account does not have the role. ENV and ID are the account's own.
type role struct {
	name     string
	trust    [2]string
	identity [2][]string // a policy each
	more     func(side int, r *inventory.Role)
}

const none = "-"

var world = []role{
	{name: "same", identity: [2][]string{{get}, {get}}},
	{name: "split", identity: [2][]string{{get + "," + list}, {get, list}}},
	{name: "writer_ENV", identity: [2][]string{
		{`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-ENV/*"}`},
		{`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::app-ENV/*","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}},` +
			`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-ENV/*"}`},
	}},
	{name: "shrunk", identity: [2][]string{{get}, {get + "," + deny}}},
	{name: "mixed", identity: [2][]string{
		{`{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::archive-dev/*"}`},
		{`{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::archive-dev/*"}`},
	}},
	{name: "odd", identity: [2][]string{
		{`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-dev/*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-d*"}`},
		{`{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-qa/*"},{"Effect":"Deny","Action":"s3:GetObject","Resource":"arn:aws:s3:::app-d*"},` + list},
	}},
	{
		name: "ci", trust: [2]string{strings.Replace(github, "SUB", "ref:refs/heads/main", 1), strings.Replace(github, "SUB", "*", 1)},
		identity: [2][]string{{`{"Effect":"Allow","Action":"*","Resource":"*"}`}, {`{"Effect":"Allow","Action":"*","Resource":"*"}`}},
		more: func(side int, r *inventory.Role) {
			if side == 0 {
				r.Boundary = &inventory.PolicyRef{Name: "limit", ARN: "arn:aws:iam::" + ids[side] + ":policy/limit"}
			}
		},
	},
	{name: "old", trust: [2]string{"", none}, identity: [2][]string{{`{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::old/*"}`}}},
	{name: "new", trust: [2]string{none, ""}, identity: [2][]string{1: {`{"Effect":"Allow","Action":"iam:*","Resource":"*"}`}}},
	{name: "watcher", more: func(_ int, r *inventory.Role) {
		r.Attached = []inventory.PolicyRef{{Name: "Watch", ARN: "arn:aws:iam::aws:policy/Watch"}}
	}},
	{name: "broken", more: func(_ int, r *inventory.Role) {
		r.Inline = []inventory.InlinePolicy{{Name: "p\x1b[31m", Document: "no document"}}
	}},
	{name: "long", more: func(side int, r *inventory.Role) {
		seconds := int32(3600 * (side + 1))
		r.MaxSessionDuration = &seconds
	}},
}

// account returns the account of a side.
func account(side int) *inventory.Account {
	own := strings.NewReplacer("ENV", tags[side], "ID", ids[side])
	document := func(statements string) inventory.Document {
		return inventory.Document(own.Replace(`{"Version":"2012-10-17","Statement":[` + statements + `]}`))
	}
	a := &inventory.Account{ID: ids[side], Partition: "aws", Policies: []inventory.Policy{
		{Name: "Watch", ARN: "arn:aws:iam::aws:policy/Watch", Path: "/", DefaultVersion: []string{"v1", "v2"}[side], Document: document([]string{get, get + "," + list}[side])},
		{Name: "limit", ARN: "arn:aws:iam::" + ids[side] + ":policy/limit", Path: "/", DefaultVersion: "v1", Document: document(`{"Effect":"Allow","Action":"s3:*","Resource":"*"}`)},
	}}
	for _, w := range world {
		if w.trust[side] == none {
			continue
		}
		name := own.Replace(w.name)
		r := inventory.Role{Name: name, ARN: "arn:aws:iam::" + ids[side] + ":role/" + name, Path: "/", Trust: document(w.trust[side])}
		if w.trust[side] == "" {
			r.Trust = document(ec2)
		}
		for i, statements := range w.identity[side] {
			r.Inline = append(r.Inline, inventory.InlinePolicy{Name: []string{"access", "extra"}[i], Document: document(statements)})
		}
		if w.more != nil {
			w.more(side, &r)
		}
		a.Roles = append(a.Roles, r)
	}
	return a
}
