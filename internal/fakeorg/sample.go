package fakeorg

import (
	"fmt"

	"iamctl/internal/fakeiam"
	"iamctl/inventory"
)

// Management is the id of the management account of Sample.
const Management = "100000000000"

// Sample returns an organisation with a number of member accounts besides the management
// account, named app-1 and so on, in units three deep, with service and resource control
// policies; and the accounts, which have two roles each.
func Sample(members int) (*inventory.Organization, map[string]*inventory.Account) {
	o := &inventory.Organization{
		ID: "o-example123", Management: Management,
		Units: []inventory.Unit{
			{ID: "r-ab12", Name: "Root", Path: "Root", Policies: []string{"p-FullAWSAccess", "p-RCPFullAWSAccess"}},
			{ID: "ou-ab12-workload", Name: "Workloads", Parent: "r-ab12", Path: "Root/Workloads", Policies: []string{"p-FullAWSAccess"}},
			{ID: "ou-ab12-prod0000", Name: "Prod", Parent: "ou-ab12-workload", Path: "Root/Workloads/Prod", Policies: []string{"p-FullAWSAccess", "p-nousers00"}},
			{ID: "ou-ab12-eu000000", Name: "EU", Parent: "ou-ab12-prod0000", Path: "Root/Workloads/Prod/EU", Policies: []string{"p-FullAWSAccess"}},
		},
		Policies: []inventory.ControlPolicy{
			control("p-FullAWSAccess", "FullAWSAccess", inventory.ServiceControl, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`, true),
			control("p-nousers00", "NoUsers", inventory.ServiceControl, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}]}`, false),
			control("p-RCPFullAWSAccess", "RCPFullAWSAccess", inventory.ResourceControl, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`, true),
		},
	}
	accounts := map[string]*inventory.Account{Management: fakeiam.Sample(Management, 2)}
	o.Members = []inventory.Member{{ID: Management, Name: "management", Unit: "r-ab12", Path: "Root", Status: "ACTIVE", Management: true, Policies: []string{"p-FullAWSAccess"}}}
	for i := range members {
		id := fmt.Sprintf("2%011d", i+1)
		u := o.Units[1+i%3]
		env := []string{"dev", "prod"}[i%2]
		o.Members = append(o.Members, inventory.Member{
			ID: id, Name: fmt.Sprintf("app-%d", i+1), Unit: u.ID, Path: u.Path, Status: "ACTIVE",
			Tags: []inventory.Tag{{Key: "env", Value: env}}, Policies: []string{"p-FullAWSAccess"},
		})
		accounts[id] = fakeiam.Sample(id, 2)
	}
	o.Sort()
	return o, accounts
}

func control(id, name, kind, document string, managed bool) inventory.ControlPolicy {
	return inventory.ControlPolicy{
		ID: id, ARN: "arn:aws:organizations::" + Management + ":policy/o-example123/" + id, Name: name, Type: kind,
		AWSManaged: managed, Document: inventory.Document(document),
	}
}
