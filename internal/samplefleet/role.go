package samplefleet

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"iamctl/inventory"
)

// shape is what a role is in all accounts.
type shape struct {
	service  int
	buckets  int
	boundary bool
	profile  bool
	aws      [2]int
	shared   [2]int
}

// sharedPolicies is the number of an account's own managed policies.
const sharedPolicies = 12

func drawShape(draw *rand.Rand, i int) shape {
	return shape{
		service: draw.IntN(len(services)), buckets: 3 + draw.IntN(12), boundary: i%3 == 0, profile: i%4 == 0,
		aws: [2]int{draw.IntN(len(managed)), draw.IntN(len(managed))}, shared: [2]int{draw.IntN(sharedPolicies), draw.IntN(sharedPolicies)},
	}
}

// services are who may assume roles.
var services = []string{"ec2.amazonaws.com", "lambda.amazonaws.com", "ecs-tasks.amazonaws.com", "states.amazonaws.com"}

// maker makes one account.
type maker struct {
	fleet *Fleet
	// id is the account's, and other that of another account of the fleet.
	id, other   string
	environment string
	account     int
	draw        *rand.Rand
}

// suffix is what CloudFormation puts behind names (AWS CloudFormation User Guide, "Name
// type"), another one in each account.
func (m *maker) suffix(role int) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	draw := rand.New(rand.NewPCG(m.fleet.Seed+uint64(role), 1<<40+uint64(m.account)))
	out := make([]byte, 12)
	for i := range out {
		out[i] = letters[draw.IntN(len(letters))]
	}
	return string(out)
}

// suffixed reports whether a role has a name that CloudFormation made.
func (f *Fleet) suffixed(role int) bool { return f.Suffixes && role%5 == 0 }

func (m *maker) name(role int) string {
	if m.fleet.suffixed(role) {
		return fmt.Sprintf("stack%d-%s-Role-%s", role, m.environment, m.suffix(role))
	}
	return fmt.Sprintf("app-%d-%s", role, m.environment)
}

func (m *maker) arn(resource string) string { return "arn:aws:iam::" + m.id + ":" + resource }

// IDPart returns the part of an account's id that the unique ids of its roles and policies have.
func IDPart(id string) string { return id[:11] }

// uniqueID returns an id as IAM makes it, with a prefix such as AROA.
func (m *maker) uniqueID(prefix string, n int) string {
	return fmt.Sprintf("%s%s%05d", prefix, IDPart(m.id), n)
}

func (m *maker) role(i int) inventory.Role {
	s := m.fleet.shapes[i]
	name, description, session := m.name(i), fmt.Sprintf("Application %d of the %s environment", i, m.environment), int32(3600)
	r := inventory.Role{
		Name: name, ID: m.uniqueID("AROA", i), ARN: m.arn("role/apps/" + name), Path: "/apps/",
		Description: &description, MaxSessionDuration: &session,
		Created: time.Date(2024, 1, 1, 0, 0, m.account+i, 0, time.UTC),
		Trust:   m.trust(i, s),
		Inline:  []inventory.InlinePolicy{{Name: "data", Document: m.data(i, s)}, {Name: "queues", Document: m.queues(i)}},
		Tags:    []inventory.Tag{{Key: "environment", Value: m.environment}, {Key: "team", Value: fmt.Sprintf("team-%d", i%10)}},
	}
	for _, n := range unique(s.aws) {
		r.Attached = append(r.Attached, inventory.PolicyRef{Name: managed[n].name, ARN: managed[n].arn()})
	}
	for _, n := range unique(s.shared) {
		r.Attached = append(r.Attached, inventory.PolicyRef{Name: sharedName(n), ARN: m.arn("policy/" + sharedName(n))})
	}
	if s.boundary {
		r.Boundary = &inventory.PolicyRef{Name: boundaryName, ARN: m.arn("policy/" + boundaryName)}
	}
	r.InstanceProfiles = []inventory.InstanceProfile{}
	if s.profile {
		profile := fmt.Sprintf("profile-%d", i)
		r.InstanceProfiles = append(r.InstanceProfiles, inventory.InstanceProfile{Name: profile, ARN: m.arn("instance-profile/" + profile), Path: "/"})
	}
	return r
}

func unique(pair [2]int) []int {
	if pair[0] == pair[1] {
		return pair[:1]
	}
	return pair[:]
}

func (m *maker) trust(i int, s shape) inventory.Document {
	return document(
		fmt.Sprintf(`{"Effect":"Allow","Principal":{"Service":%q},"Action":"sts:AssumeRole"}`, services[s.service]),
		fmt.Sprintf(`{"Sid":"Deploy","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::%s:role/deployer"},"Action":["sts:AssumeRole","sts:TagSession"],`+
			`"Condition":{"StringEquals":{"sts:ExternalId":"app-%d","aws:PrincipalOrgID":"o-a1b2c3d4e5"}}}`, m.id, i))
}

// data returns the large document of a role.
func (m *maker) data(i int, s shape) inventory.Document {
	actions := m.respelled("s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload")
	var objects, buckets []string
	for b := range s.buckets {
		bucket := fmt.Sprintf("arn:aws:s3:::app-%d-%s-%s-%d", i, m.environment, m.id, b)
		buckets, objects = append(buckets, bucket), append(objects, bucket+"/*")
	}
	return document(
		fmt.Sprintf(`{"Sid":"Objects","Effect":"Allow","Action":%s,"Resource":%s}`, list(actions), list(m.respelled(objects...))),
		fmt.Sprintf(`{"Sid":"Buckets","Effect":"Allow","Action":["s3:ListBucket","s3:GetBucketLocation"],"Resource":%s,"Condition":{"StringLike":{"s3:prefix":["in/*","out/*"]}}}`, list(buckets)),
		fmt.Sprintf(`{"Sid":"Plain","Effect":"Deny","Action":"s3:*","Resource":%s,"Condition":{"Bool":{"aws:SecureTransport":"false"}}}`, list(objects[:1])),
		fmt.Sprintf(`{"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:Query","dynamodb:PutItem"],"Resource":["arn:aws:dynamodb:eu-west-1:%s:table/app-%d","arn:aws:dynamodb:eu-west-1:%s:table/app-%d/index/*"]}`, m.id, i, m.id, i),
		fmt.Sprintf(`{"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::%s:role/apps/app-%d-task","Condition":{"StringEquals":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}}`, m.id, i))
}

func (m *maker) queues(i int) inventory.Document {
	return document(fmt.Sprintf(`{"Effect":"Allow","Action":%s,"Resource":"arn:aws:sqs:eu-west-1:%s:app-%d-%s"}`,
		list(m.respelled("sqs:SendMessage", "sqs:ReceiveMessage", "sqs:GetQueueAttributes")), m.id, i, m.environment))
}

// respelled returns a list in another order, now and then.
func (m *maker) respelled(values ...string) []string {
	if m.fleet.Respelled && m.draw.IntN(4) == 0 {
		values = slices.Clone(values)
		m.draw.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
	}
	return values
}

const boundaryName = "developer-boundary"

func sharedName(n int) string { return fmt.Sprintf("shared-%02d", n) }

// shared returns the account's own managed policies.
func (m *maker) shared() []inventory.Policy {
	var out []inventory.Policy
	for n := range sharedPolicies {
		out = append(out, m.policy(sharedName(n), document(
			`{"Effect":"Allow","Action":["ec2:DescribeInstances","ec2:DescribeSecurityGroups","ec2:DescribeSubnets"],"Resource":"*"}`,
			fmt.Sprintf(`{"Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"arn:aws:kms:eu-west-1:%s:key/shared-%d"}`, m.id, n),
			fmt.Sprintf(`{"Effect":"Allow","Action":"sns:Publish","Resource":"arn:aws:sns:eu-west-1:%s:shared-%d-%s"}`, m.id, n, m.environment))))
	}
	return append(out, m.policy(boundaryName, document(
		`{"Effect":"Allow","Action":["s3:*","sqs:*","sns:*","dynamodb:*","ec2:Describe*","kms:*","logs:*","xray:*"],"Resource":"*"}`,
		`{"Effect":"Deny","Action":["iam:*","organizations:*"],"Resource":"*"}`)))
}

func (m *maker) policy(name string, d inventory.Document) inventory.Policy {
	return inventory.Policy{Name: name, ARN: m.arn("policy/" + name), ID: m.uniqueID("ANPA", len(name)), Path: "/", DefaultVersion: "v1", Document: d}
}

func document(statements ...string) inventory.Document {
	return inventory.Document(`{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`)
}

func list(values []string) string { return `["` + strings.Join(values, `","`) + `"]` }
