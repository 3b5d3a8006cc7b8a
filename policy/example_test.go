package policy_test

import (
	"fmt"

	"iamctl/policy"
)

// Two spellings of one policy have one canonical form.
func ExampleCanonical() {
	for _, text := range []string{
		`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"S3:getobject","Resource":"*"}}`,
		`{"Statement":[{"Sid":"Read","Resource":["*"],"Action":["s3:GetObject"],"Effect":"Allow"}],"Version":"2012-10-17"}`,
	} {
		d, problems, err := policy.Parse(text)
		if err != nil || len(problems) > 0 {
			fmt.Println(problems, err)
			return
		}
		s := policy.Canonical(d, "aws").Statements[0]
		fmt.Println(s.Effect, s.Action, s.Resource)
	}
	// Output:
	// Allow [s3:getobject] [*]
	// Allow [s3:getobject] [*]
}

// A syntax error says where it is.
func ExampleParse() {
	_, _, err := policy.Parse("{\"Version\": \"2012-10-17\",\n \"Statement\": [}")
	fmt.Println(err)
	// Output:
	// line 2, column 16: invalid character '}' at start of value
}

func ExampleCovers() {
	fmt.Println(policy.Covers("arn:aws:s3:::logs-*", "arn:aws:s3:::logs-2026-*"))
	fmt.Println(policy.Covers("arn:aws:s3:::logs-2026-*", "arn:aws:s3:::logs-*"))
	// Output:
	// true
	// false
}
