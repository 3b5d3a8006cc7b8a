package eval_test

import (
	"fmt"

	"iamctl/policy"
	"iamctl/policy/eval"
)

func parse(text string) *policy.Document {
	d, problems, err := policy.Parse(text)
	if err != nil || len(problems) > 0 {
		panic(fmt.Sprint(problems, err))
	}
	return d
}

func ExamplePermissions_Decide() {
	p := eval.Permissions{Identity: []*policy.Document{parse(`{"Version": "2012-10-17", "Statement": [
		{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::app1/*"},
		{"Effect": "Deny", "Action": "*", "Resource": "*",
		 "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}]}`)}}
	for _, address := range []string{"10.1.2.3", "192.0.2.1", "not an address"} {
		d := p.Decide(&eval.Request{
			Action:   "s3:GetObject",
			Resource: "arn:aws:s3:::app1/x",
			Context:  map[string][]string{"aws:SourceIp": {address}},
		})
		fmt.Printf("%s %v %q\n", d.Outcome, d.By, d.Reason)
	}
	// Output:
	// allowed [{false 0 0 0}] ""
	// denied [{false 0 1 0}] ""
	// undecided [{false 0 1 0}] "a value of the request is not an address: \"not an address\""
}

// A boundary allows nothing on its own, and nothing is allowed beyond it.
func ExamplePermissions_Decide_boundary() {
	p := eval.Permissions{
		Identity: []*policy.Document{parse(`{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`)},
		Boundary: []*policy.Document{parse(`{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}`)},
	}
	for _, action := range []string{"s3:GetObject", "iam:CreateUser"} {
		d := p.Decide(&eval.Request{Action: action, Resource: "arn:aws:s3:::app1/x"})
		fmt.Println(action, d.Outcome, d.By)
	}
	// Output:
	// s3:GetObject allowed [{false 0 0 0} {true 0 0 0}]
	// iam:CreateUser not allowed [{true 0 -1 0}]
}

// A role in a trust policy is also each of its sessions.
func ExampleTrust() {
	trust := parse(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
		"Principal": {"AWS": "arn:aws:iam::123456789012:role/ops/deployer"}}}`)
	for _, who := range []string{
		"arn:aws:sts::123456789012:assumed-role/deployer/run-1",
		"arn:aws:iam::123456789012:role/other",
	} {
		d := eval.Trust(trust, &eval.Request{Principal: policy.Principal{Type: "AWS", Value: who}, Action: "sts:AssumeRole"})
		fmt.Println(who, d.Outcome)
	}
	// Output:
	// arn:aws:sts::123456789012:assumed-role/deployer/run-1 allowed
	// arn:aws:iam::123456789012:role/other not allowed
}
