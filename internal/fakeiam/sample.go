package fakeiam

import (
	"fmt"
	"time"

	"iamctl/inventory"
)

// Sample returns an account with the given number of roles, the same for the
// same arguments, that holds every kind of thing an account has: paths,
// descriptions, boundaries, tags, instance profiles, service-linked roles,
// inline and managed policies, users and groups.
func Sample(id string, roles int) *inventory.Account {
	a := &inventory.Account{ID: id, Partition: "aws", Alias: "sample-" + id[:4]}
	a.Policies = samplePolicies(id)
	for i := range roles {
		a.Roles = append(a.Roles, sampleRole(id, i, a.Policies))
	}
	a.Groups = []inventory.Group{{
		Name: "auditors", ID: ID("AGPA", id+"auditors"), Path: "/team/",
		ARN:      "arn:aws:iam::" + id + ":group/team/auditors",
		Inline:   []inventory.InlinePolicy{{Name: "look", Document: statement("Allow", "iam:Get*", "*")}},
		Attached: []inventory.PolicyRef{ref(a.Policies[0])},
	}}
	a.Users = []inventory.User{{
		Name: "audrey", ID: ID("AIDA", id+"audrey"), Path: "/team/",
		ARN:      "arn:aws:iam::" + id + ":user/team/audrey",
		Inline:   []inventory.InlinePolicy{{Name: "own+keys", Document: statement("Allow", "iam:*AccessKey*", "arn:aws:iam::*:user/${aws:username}")}},
		Attached: []inventory.PolicyRef{ref(a.Policies[1])},
		Boundary: boundaryRef(a.Policies[2]),
		Groups:   []string{"auditors"},
		Tags:     []inventory.Tag{{Key: "mail", Value: "audrey+iam@example.com"}},
	}}
	for i := range a.Roles {
		a.Roles[i].Created, a.Roles[i].LastUsed = made, &inventory.LastUse{}
		if i%3 > 0 {
			a.Roles[i].LastUsed = &inventory.LastUse{At: made.Add(time.Duration(i) * time.Hour), Region: "us-east-1"}
		}
	}
	for i := range a.Policies {
		if p := &a.Policies[i]; p.Created.IsZero() {
			p.Created = made
		}
	}
	a.Users[0].Created, a.Groups[0].Created = made, made
	a.Sort()
	return a
}

// samplePolicies returns an AWS-managed policy, one of the account, one that is
// a boundary alone and one that nothing refers to.
func samplePolicies(id string) []inventory.Policy {
	own := "arn:aws:iam::" + id + ":policy/"
	return []inventory.Policy{
		{
			Name: "ReadOnlyAccess", ARN: "arn:aws:iam::aws:policy/ReadOnlyAccess", ID: ID("ANPA", "ReadOnlyAccess"), Path: "/",
			DefaultVersion: "v99", Document: statement("Allow", "s3:Get*", "*"),
		},
		{
			Name: "app", ARN: own + "app/app", ID: ID("ANPA", id+"app"), Path: "/app/",
			DefaultVersion: "v3", Document: statement("Allow", "s3:PutObject", "arn:aws:s3:::app-"+id+"/100%/a+b/*"),
			Others: []inventory.PolicyVersion{{ID: "v2", Created: made, Document: Decoy}},
		},
		{
			Name: "limit", ARN: own + "limit", ID: ID("ANPA", id+"limit"), Path: "/",
			DefaultVersion: "v1", Document: statement("Allow", "*", "*"),
		},
		{
			Name: "unused", ARN: own + "unused", ID: ID("ANPA", id+"unused"), Path: "/",
			DefaultVersion: "v2", Document: statement("Deny", "*", "*"),
		},
	}
}

func sampleRole(id string, i int, policies []inventory.Policy) inventory.Role {
	path := "/"
	switch i % 10 {
	case 3:
		path = "/app/"
	case 7:
		path = "/aws-service-role/svc" + fmt.Sprint(i) + ".amazonaws.com/"
	}
	name := fmt.Sprintf("app%05d_role+x", i)
	description := ""
	if i%2 == 0 {
		description = fmt.Sprintf("role %d, \"quoted\" & <marked>\r\n\tsecond line é", i)
	}
	seconds := int32(3600 + 3600*(i%12))
	r := inventory.Role{
		Name: name, ID: ID("AROA", id+name), Path: path,
		ARN:                "arn:aws:iam::" + id + ":role" + path + name,
		Description:        &description,
		MaxSessionDuration: &seconds,
		Trust:              inventory.Document(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`),
		Inline: []inventory.InlinePolicy{
			{Name: "bucket", Document: statement("Allow", "s3:GetObject", fmt.Sprintf("arn:aws:s3:::bucket-%05d/*", i))},
			{Name: "table=1", Document: statement("Allow", "dynamodb:*Item", fmt.Sprintf("arn:aws:dynamodb:*:%s:table/t %d?", id, i))},
		},
		Attached:         []inventory.PolicyRef{ref(policies[0]), ref(policies[1])},
		InstanceProfiles: []inventory.InstanceProfile{},
		Tags:             []inventory.Tag{{Key: "env", Value: "dev"}, {Key: "number", Value: fmt.Sprint(i)}},
	}
	if i%5 == 0 {
		r.Boundary = boundaryRef(policies[2])
		r.InstanceProfiles = []inventory.InstanceProfile{{Name: name, Path: path, ARN: "arn:aws:iam::" + id + ":instance-profile" + path + name}}
	}
	return r
}

func statement(effect, action, resource string) inventory.Document {
	return inventory.Document(fmt.Sprintf(`{"Version":"2012-10-17","Statement":[{"Effect":%q,"Action":%q,"Resource":%q}]}`, effect, action, resource))
}

func ref(p inventory.Policy) inventory.PolicyRef {
	return inventory.PolicyRef{Name: p.Name, ARN: p.ARN}
}

func boundaryRef(p inventory.Policy) *inventory.PolicyRef {
	b := ref(p)
	return &b
}
