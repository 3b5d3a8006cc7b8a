package eval_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// BenchmarkManaged asks the largest policy of the file that the environment
// variable IAMCTL_MANAGED_POLICIES names: see policy.TestManagedPolicies.
func BenchmarkManaged(b *testing.B) {
	text, err := os.ReadFile(os.Getenv("IAMCTL_MANAGED_POLICIES"))
	if err != nil {
		b.Skip("IAMCTL_MANAGED_POLICIES names no file of policies")
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		b.Fatal(err)
	}
	var name, largest string
	for n, d := range all {
		if len(d) > len(largest) {
			name, largest = n, string(d)
		}
	}
	p := eval.Permissions{Identity: []*policy.Document{parse(largest)}}
	s := p.Identity[0].Statements[0]
	for _, action := range []string{s.Action[0], s.Action[len(s.Action)-1], "nosuch:Action"} {
		r := eval.Request{Action: action, Resource: "arn:aws:s3:::app1/x"}
		b.Run(fmt.Sprintf("%s/%s/%s", name, action, p.Decide(&r).Outcome), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Decide(&r)
			}
		})
	}
}

// large is a policy as large as the largest of AWS's own: 150,000 characters,
// 5,000 actions.
func large() *policy.Document {
	var b strings.Builder
	for i := range 50 {
		fmt.Fprintf(&b, `{"Effect": "Allow", "Resource": ["arn:aws:svc%[1]d:*:*:table/${aws:PrincipalTag/team}/*", "arn:aws:svc%[1]d:*:*:app/*"],
			"Condition": {"StringLike": {"aws:PrincipalTag/team": "r*"}, "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.0.2.0/24"]}}, "Action": [`, i)
		for j := range 100 {
			fmt.Fprintf(&b, `"svc%d:DescribeThing%03d",`, i, j)
		}
		b.WriteString(`"last:Get*"]},`)
	}
	return statementsOf("2012-10-17", strings.TrimSuffix(b.String(), ","))
}

func BenchmarkDecide(b *testing.B) {
	p := eval.Permissions{Identity: []*policy.Document{large()}}
	b.Logf("%d characters", len(p.Identity[0].String()))
	for _, bb := range []struct {
		name    string
		request eval.Request
	}{
		{"no action matches", eval.Request{Action: "other:Get", Resource: "arn:aws:svc1:eu-west-1:1:app/x"}},
		{"the last statement allows", eval.Request{Action: "svc49:DescribeThing099", Resource: "arn:aws:svc49:eu-west-1:1:table/red/x"}},
		{"every action matches, no resource does", eval.Request{Action: "last:GetIt", Resource: "arn:aws:other:eu-west-1:1:app/x"}},
	} {
		bb.request.Context = map[string][]string{"aws:PrincipalTag/team": {"red"}, "aws:SourceIp": {"192.0.2.1"}}
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Decide(&bb.request)
			}
		})
	}
}
