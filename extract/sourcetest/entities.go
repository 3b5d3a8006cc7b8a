package sourcetest

import (
	"fmt"
	"time"

	"iamctl/inventory"
)

const (
	accountID = "123456789012"
	trustEC2  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	readOnly  = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":"*"}]}`
)

// created is when everything was made.
var created = time.Date(2024, 2, 29, 23, 59, 58, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

func account() *inventory.Account {
	return &inventory.Account{ID: accountID, Partition: "aws", Alias: "acme-dev"}
}

func empty() *inventory.Account { return account() }

// role is one with nothing but what every role has.
func role(path, name string) inventory.Role {
	return inventory.Role{
		Name: name, ID: id("AROA", path+name), ARN: arn("role", path, name), Path: path,
		Description: ptr("The role " + name), MaxSessionDuration: ptr(int32(3600)), Trust: trustEC2,
		InstanceProfiles: []inventory.InstanceProfile{}, Created: created, LastUsed: &inventory.LastUse{},
	}
}

func customer(path, name, document string) inventory.Policy {
	return inventory.Policy{
		Name: name, ARN: arn("policy", path, name), ID: id("ANPA", path+name), Path: path,
		DefaultVersion: "v1", Document: inventory.Document(document), Created: created, Others: []inventory.PolicyVersion{},
	}
}

func managed(path, name string) inventory.Policy {
	p := customer(path, name, readOnly)
	p.ARN, p.DefaultVersion, p.Others = "arn:aws:iam::aws:policy"+path+name, "v12", nil
	return p
}

func arn(kind, path, name string) string {
	return "arn:aws:iam::" + accountID + ":" + kind + path + name
}

// id makes up a unique id in IAM's form.
func id(prefix, of string) string {
	sum := uint64(14695981039346656037)
	for _, c := range []byte(of) {
		sum = (sum ^ uint64(c)) * 1099511628211
	}
	return fmt.Sprintf("%s%016X", prefix, sum)
}

func ref(p inventory.Policy) inventory.PolicyRef {
	return inventory.PolicyRef{Name: p.Name, ARN: p.ARN}
}
