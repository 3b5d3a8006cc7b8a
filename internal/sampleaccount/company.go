package sampleaccount

import (
	"fmt"

	"iamctl/inventory"
)

// company is an account as companies have it: most roles are of services, which share
// trust policies and managed policies and have an inline policy about things of their own;
// some deploy others, some may be assumed by name or by whoever may, a few are of
// administrators.
type company struct{ inventory.Account }

// Company makes such an account, with users and groups. It has no drift.
func Company(o Options) *inventory.Account {
	c := &company{inventory.Account{ID: o.ID, Partition: "aws"}}
	for _, p := range companyPolicies {
		c.Policies = append(c.Policies, inventory.Policy{Name: p.name, ARN: "arn:aws:iam::aws:policy/" + p.name, Path: "/", DefaultVersion: "v1", Document: document(p.statements)})
	}
	for i := range o.Roles {
		c.Roles = append(c.Roles, c.role(i))
	}
	c.people()
	c.Sort()
	return &c.Account
}

var companyPolicies = []struct{ name, statements string }{
	{"AdministratorAccess", statement("Allow", list("*"), list("*"))},
	{"PowerUserAccess", `{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}`},
	{"ReadOnlyAccess", statement("Allow", list("s3:Get*", "s3:List*", "ec2:Describe*", "iam:Get*", "iam:List*", "lambda:Get*", "lambda:List*"), list("*"))},
	{"AWSLambdaBasicExecutionRole", statement("Allow", list("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"), list("*"))},
	{"AmazonECSTaskExecutionRolePolicy", statement("Allow", list("ecr:GetAuthorizationToken", "ecr:BatchGetImage", "logs:PutLogEvents"), list("*"))},
	{"AmazonSSMManagedInstanceCore", statement("Allow", list("ssm:GetParameter", "ssm:UpdateInstanceInformation", "ssmmessages:*", "ec2messages:*"), list("*"))},
	{"CloudWatchAgentServerPolicy", statement("Allow", list("cloudwatch:PutMetricData", "ec2:DescribeTags", "logs:*"), list("*"))},
}

func attached(names ...string) []inventory.PolicyRef {
	var out []inventory.PolicyRef
	for _, name := range names {
		out = append(out, inventory.PolicyRef{Name: name, ARN: "arn:aws:iam::aws:policy/" + name})
	}
	return out
}

func (c *company) arn(i int) string { return fmt.Sprintf("arn:aws:iam::%s:role/app-%d", c.ID, i) }

func ofService(name string) inventory.Document {
	return document(fmt.Sprintf(`{"Effect":"Allow","Principal":{"Service":%q},"Action":"sts:AssumeRole"}`, name))
}

func ofPrincipal(arn, condition string) inventory.Document {
	return document(fmt.Sprintf(`{"Effect":"Allow","Principal":{"AWS":%q},"Action":"sts:AssumeRole","Condition":{%s}}`, arn, condition))
}

func (c *company) role(i int) inventory.Role {
	name := fmt.Sprintf("app-%d", i)
	r := inventory.Role{
		Name: name, ARN: c.arn(i), Path: "/", ID: fmt.Sprintf("AROACOMPANY%09d", i),
		Tags: []inventory.Tag{{Key: "team", Value: fmt.Sprintf("team-%d", i%30)}},
	}
	own := statement("Allow", list("s3:GetObject", "s3:PutObject", "sqs:SendMessage"), list(fmt.Sprintf("arn:aws:s3:::%s-data/*", name), fmt.Sprintf("arn:aws:sqs:eu-west-1:%s:%s", c.ID, name))) + "," +
		statement("Allow", list("dynamodb:GetItem", "dynamodb:Query", "lambda:InvokeFunction"), list(fmt.Sprintf("arn:aws:dynamodb:eu-west-1:%s:table/%s", c.ID, name), fmt.Sprintf("arn:aws:lambda:eu-west-1:%s:function:%s-*", c.ID, name)))
	root := "arn:aws:iam::" + c.ID + ":root"
	switch k := i % 20; {
	case i%1000 == 999:
		r.Trust, r.Attached, own = ofPrincipal(root, `"Bool":{"aws:MultiFactorAuthPresent":"true"}`), attached("AdministratorAccess"), ""
	case k < 8:
		r.Trust, r.Attached = ofService("lambda.amazonaws.com"), attached("AWSLambdaBasicExecutionRole")
	case k < 11:
		r.Trust, r.Attached = ofService("ecs-tasks.amazonaws.com"), attached("AmazonECSTaskExecutionRolePolicy")
	case k < 14:
		r.Trust, r.Attached = ofService("ec2.amazonaws.com"), attached("AmazonSSMManagedInstanceCore", "CloudWatchAgentServerPolicy")
	case k == 14:
		r.Trust = ofService([]string{"states.amazonaws.com", "scheduler.amazonaws.com", "events.amazonaws.com"}[i/20%3])
	case k == 15:
		r.Trust, own = c.pipeline(i), c.deploys(i)
	case k == 16:
		r.Trust = ofPrincipal(c.arn(i-16), "")
	case k == 17:
		r.Trust, r.Attached = ofPrincipal(root, `"Bool":{"aws:MultiFactorAuthPresent":"true"}`), attached([]string{"ReadOnlyAccess", "PowerUserAccess"}[i/20%2])
	case k == 18:
		r.Trust = ofPrincipal(fmt.Sprintf("arn:aws:iam::%012d:root", 300000000000+i%7), fmt.Sprintf(`"StringEquals":{"sts:ExternalId":"id-%d"}`, i))
	default:
		r.Trust, own = ofPrincipal(root, ""), own+","+statement("Allow", list("sts:AssumeRole"), list(c.arn(i+20), c.arn(i+40)))
	}
	if own != "" {
		r.Inline = []inventory.InlinePolicy{{Name: "own", Document: document(own)}}
	}
	return r
}

// pipeline is the trust policy of who deploys a role, deploys what it may do.
func (c *company) pipeline(i int) inventory.Document {
	const issuer = "token.actions.githubusercontent.com"
	return document(fmt.Sprintf(`{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::%s:oidc-provider/%s"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"%[2]s:aud":"sts.amazonaws.com"},"StringLike":{"%[2]s:sub":"repo:acme/app-%d:*"}}}`, c.ID, issuer, i))
}

func (c *company) deploys(i int) string {
	function := fmt.Sprintf("arn:aws:lambda:eu-west-1:%s:function:app-%d-*", c.ID, i)
	return statement("Allow", list("lambda:CreateFunction", "lambda:UpdateFunctionConfiguration", "lambda:InvokeFunction"), list(function)) +
		fmt.Sprintf(`,{"Effect":"Allow","Action":"iam:PassRole","Resource":%q,"Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}}`, c.arn(i-15))
}

// people adds a group of administrators, others of developers, and users.
func (c *company) people() {
	for i := range 10 {
		name := fmt.Sprintf("group-%d", i)
		c.Groups = append(c.Groups, inventory.Group{Name: name, Path: "/", ARN: "arn:aws:iam::" + c.ID + ":group/" + name, Attached: attached([]string{"AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess"}[min(i, 2)])})
	}
	for i := range 100 {
		name := fmt.Sprintf("user-%d", i)
		c.Users = append(c.Users, inventory.User{Name: name, Path: "/", ARN: "arn:aws:iam::" + c.ID + ":user/" + name, Groups: []string{fmt.Sprintf("group-%d", i%10)}})
	}
}

// Mesh makes an account where every role may assume every role. Each may read something of
// its own and the last by name is an administrator's, or all are alike and none is.
func Mesh(o Options, alike bool) *inventory.Account {
	c := &company{inventory.Account{ID: o.ID, Partition: "aws"}}
	for i := range o.Roles {
		all := statement("Allow", list("sts:AssumeRole", "iam:PassRole", "lambda:*", "ssm:*"), list("*"))
		if i == o.Roles-1 && !alike {
			all = statement("Allow", list("*"), list("*"))
		}
		own := statement("Allow", list("s3:GetObject"), list(fmt.Sprintf("arn:aws:s3:::app-%d/*", i)))
		if alike {
			own = all
		}
		c.Roles = append(c.Roles, inventory.Role{
			Name: fmt.Sprintf("app-%05d", i), ARN: fmt.Sprintf("arn:aws:iam::%s:role/app-%05d", o.ID, i), Path: "/",
			Trust: ofPrincipal("arn:aws:iam::"+o.ID+":root", ""), Inline: []inventory.InlinePolicy{{Name: "own", Document: document(all + "," + own)}},
		})
	}
	c.Sort()
	return &c.Account
}
