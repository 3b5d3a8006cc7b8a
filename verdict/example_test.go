package verdict_test

import (
	"fmt"

	"iamctl/policy"
	"iamctl/verdict"
)

// A document is what package policy parsed. Problems are for those who print them:
// what they leave in doubt is Unknown here.
func document(text string) *policy.Document {
	d, _, err := policy.Parse(text)
	if err != nil {
		panic(err)
	}
	return d
}

func ExampleIdentity() {
	old := document(`{"Version": "2012-10-17", "Statement": {
		"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*"}}`)
	new := document(`{"Version": "2012-10-17", "Statement": {
		"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::reports/*"}}`)
	r := verdict.Identity(
		&verdict.Permissions{Identity: []*policy.Document{old}},
		&verdict.Permissions{Identity: []*policy.Document{new}},
		verdict.Options{})
	w := r.Witnesses[0]
	fmt.Println(r.Verdict, r.Gained.Names())
	fmt.Println("side", w.AllowedBy, "allows", w.Request.Action, "on", w.Request.Resource)
	// Output:
	// MORE [s3:PutObject]
	// side 2 allows s3:PutObject on arn:aws:s3:::reports/x
}

func ExampleTrust() {
	old := document(`{"Version": "2012-10-17", "Statement": {
		"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::555555555555:root"},
		"Condition": {"StringEquals": {"sts:ExternalId": "7f3a"}}}}`)
	new := document(`{"Version": "2012-10-17", "Statement": {
		"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "arn:aws:iam::555555555555:root"}}}`)
	r := verdict.Trust(old, new, verdict.Options{})
	fmt.Println(r.Verdict, r.Witnesses[0].Request.Principal.Value)
	// Output:
	// MORE arn:aws:iam::555555555555:role/x
}

func ExampleComparer() {
	// One comparer for many comparisons: it keeps what they have in common.
	c := verdict.NewComparer(verdict.Options{})
	any := &verdict.Permissions{Identity: []*policy.Document{
		document(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}`),
	}}
	described := &verdict.Permissions{Identity: []*policy.Document{
		document(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}}`),
	}}
	fmt.Println(c.Identity(any, described).Verdict, c.Identity(any, any).Verdict)
	// Output:
	// LESS EQUAL
}
