package html

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"iamctl/result"
)

// maker makes results by hand, as the comparison of two accounts would.
type maker struct {
	*result.Result
	texts map[string]int
}

func newMaker() *maker {
	return &maker{&result.Result{
		Format: "iamctl-diff", Version: 1,
		Accounts: result.Sides[result.Account]{
			A: result.Account{Tag: "dev", Source: "baseline/dev", ID: "111122223333", Partition: "aws", Alias: "company-dev"},
			B: result.Account{Tag: "qa", Source: "qa", ID: "444455556666", Partition: "aws"},
		},
		Counts:     map[string]result.Sides[int]{},
		OutOfScope: []string{"service control policies (SCPs)", "resource control policies (RCPs)", "session policies", "resource policies"},
	}, map[string]int{}}
}

func (m *maker) document(text string) *int {
	at, ok := m.texts[text]
	if !ok {
		at = len(m.Documents)
		m.texts[text] = at
		m.Documents = append(m.Documents, result.Document{Text: text})
	}
	return &at
}

// documents are those of one policy; "" is none.
func (m *maker) documents(kind, name, a, b string) result.PolicyDocuments {
	d := result.PolicyDocuments{PolicyType: kind, PolicyName: name}
	if a != "" {
		d.A = m.document(a)
	}
	if b != "" {
		d.B = m.document(b)
	}
	return d
}

func madeFingerprint(parts ...any) string {
	sum := sha256.Sum256(fmt.Append(nil, parts...))
	return hex.EncodeToString(sum[:16])
}

// role is a role of an account; name has %s in place of the environment.
func (m *maker) role(side int, name string) result.Role {
	account := m.Accounts.Of(side)
	own, common := name, name
	if strings.Contains(name, "%s") {
		own, common = fmt.Sprintf(name, account.Tag), fmt.Sprintf(name, "accountname")
	}
	return result.Role{
		RoleName: common, Path: "/", OriginalRoleName: own, OriginalPath: "/",
		ARN: "arn:aws:iam::" + account.ID + ":role/" + own, RoleID: "AROA" + strings.ToUpper(madeFingerprint(side, name)[:17]),
	}
}

func (m *maker) pair(name string) result.Pair {
	p := result.Pair{Differs: true, A: m.role(0, name), B: m.role(1, name)}
	p.RoleName = p.A.RoleName
	return p
}

func madeItem(kind, name, effect, action, arn string) result.Item {
	service, short, _ := strings.Cut(action, ":")
	return result.Item{
		Columns:     result.Columns{PolicyType: kind, PolicyName: name, Effect: effect, Service: service, Action: short, ARN: arn},
		Fingerprint: madeFingerprint(kind, name, effect, action, arn),
	}
}

func madeAttribute(kind, key, a, b string) result.Attribute {
	return result.Attribute{
		Kind: kind, Key: key, Fingerprint: madeFingerprint(kind, key, a, b),
		A: result.Value{Has: a != "", Value: a, OriginalValue: a}, B: result.Value{Has: b != "", Value: b, OriginalValue: b},
	}
}

func pointerTo[T any](v T) *T { return &v }

var (
	madeCommit = &result.Commit{Hash: "9f2c7d1b0e4a5c6d7e8f90123456789abcdef012", Time: "2026-10-02T09:14:00+02:00", Author: "Ada Okafor", Subject: "Snapshot of 2 October"}
	madeOlder  = &result.Commit{Hash: "13be77aa0e4a5c6d7e8f90123456789abcdef012", Time: "2026-08-21T22:00:00Z", Author: "nightly", Subject: "Snapshot of 21 August", AtLeast: true}
)

const (
	trustLambda = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	ordersDev   = `{"Version":"2012-10-17","Statement":[{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:111122223333:orders-dev"},{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}},{"Sid":"Logs","Effect":"Allow","Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"arn:aws:logs:eu-west-1:111122223333:log-group:/orders/dev:*"}]}`
	ordersQA    = `{"Version":"2012-10-17","Statement":[{"Sid":"Logs","Effect":"Allow","Action":["logs:PutLogEvents","logs:CreateLogStream"],"Resource":"arn:aws:logs:eu-west-1:444455556666:log-group:/orders/qa:*"},{"Sid":"Archive","Effect":"Allow","Action":["s3:PutObject","s3:PutObjectAcl","s3:DeleteObject"],"Resource":["arn:aws:s3:::orders-dev-archive/*"]},{"Sid":"Queue","Effect":"Allow","Action":["sqs:ReceiveMessage","sqs:DeleteMessage","sqs:GetQueueAttributes"],"Resource":"arn:aws:sqs:eu-west-1:444455556666:orders-qa"},{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:securetransport":"false"}}}]}`
	trustCIDev  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:example/orders:ref:refs/heads/main"}}}}`
	trustCIQA   = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::444455556666:oidc-provider/token.actions.githubusercontent.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"repo:example/orders:*"}}}}`
	readOnlyDev = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:Describe*","s3:GetObject","s3:ListBucket"],"Resource":"*"}]}`
	readOnlyQA  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:Describe*","rds:Describe*","s3:GetObject","s3:ListBucket","secretsmanager:GetSecretValue"],"Resource":"*"}]}`
	boundaryDev = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":["iam:CreateUser","iam:CreateAccessKey"],"Resource":"*"}]}`
)
