package diff_test

import (
	"fmt"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/reference"
)

// exampleAccount has one role, which may do some actions on a bucket.
func exampleAccount(environment, id, actions string) *inventory.Account {
	name := "app_" + environment
	return &inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{{
		Name: name, ARN: "arn:aws:iam::" + id + ":role/" + name, Path: "/",
		Trust: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}`,
		Inline: []inventory.InlinePolicy{{Name: "data", Document: inventory.Document(
			`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":` + actions + `,"Resource":"arn:aws:s3:::app-` + environment + `/*"}}`)}},
	}}}
}

// Two accounts are flattened, normalised by a dictionary and compared.
func ExampleCompare() {
	dictionary, err := equivalency.Parse("equivalency_list.json", []byte(`{"env": ["dev", "qa"]}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	accounts := []*inventory.Account{
		exampleAccount("dev", "111111111111", `"s3:GetObject"`),
		exampleAccount("qa", "222222222222", `["s3:GetObject","s3:PutObject"]`),
	}
	ids := []equivalency.Identity{{Tag: "dev", ID: "111111111111"}, {Tag: "qa", ID: "222222222222"}}
	var sides [2]*normalize.Account
	for i, a := range accounts {
		rules, err := dictionary.Rules(ids[i], ids[1-i])
		if err != nil {
			fmt.Println(err)
			return
		}
		if sides[i], err = normalize.Apply(flatten.Account(a, reference.Embedded()), ids[i], rules); err != nil {
			fmt.Println(err)
			return
		}
	}
	changes := diff.Compare(sides[0], sides[1], diff.Options{})
	for i := range changes.Common {
		p := &changes.Common[i]
		for _, ref := range p.OnlyB {
			it := p.B.Policies[ref.Policy].Items.Item(int(ref.Row))
			fmt.Printf("%s: only in qa: %s %s:%s on %s\n", p.Name, it.Effect, it.Service, it.Action, it.ARN)
		}
	}
	// Output:
	// app_env: only in qa: Allow s3:PutObject on arn:aws:s3:::app-env/*
}
