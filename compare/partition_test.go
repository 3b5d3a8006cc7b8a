package compare_test

import (
	"strings"
	"testing"

	"iamctl/inventory"
)

// partitions have, with their own domains, what differs between partitions.
var partitions = map[string]struct{ domain, signIn, region string }{
	"aws":        {"amazonaws.com", "signin.aws.amazon.com", "us-east-1"},
	"aws-us-gov": {"amazonaws.com", "signin.amazonaws-us-gov.com", "us-gov-west-1"},
	"aws-cn":     {"amazonaws.com.cn", "signin.amazonaws.cn", "cn-north-1"},
	"aws-iso":    {"c2s.ic.gov", "signin.aws.amazon.com", "us-iso-east-1"},
	"aws-eusc":   {"amazonaws.eu", "signin.aws.amazon.com", "eusc-de-east-1"},
}

// partitionStory is the story of an account in a partition, with PARTITION, DOMAIN,
// SIGNIN and REGION of another one in all texts of which there are several.
func partitionStory(environment, id, partition string, texts string) *inventory.Account {
	fill := func(s, partition string) string {
		p := partitions[partition]
		return strings.NewReplacer("PARTITION", partition, "DOMAIN", p.domain, "SIGNIN", p.signIn, "REGION", p.region, "ENV", environment, "ID", id).Replace(s)
	}
	a := &inventory.Account{ID: id, Partition: partition}
	r := inventory.Role{
		Name: "app", Path: "/", ARN: fill("arn:PARTITION:iam::ID:role/app", partition), Description: new("the app"),
		Trust:    allow(fill(`"Principal":{"AWS":"ID","Service":"ec2.DOMAIN"},"Action":"sts:AssumeRole"`, partition)),
		Attached: []inventory.PolicyRef{{Name: "ReadOnlyAccess", ARN: fill("arn:PARTITION:iam::aws:policy/ReadOnlyAccess", partition)}},
		Boundary: &inventory.PolicyRef{Name: "Edge", ARN: fill("arn:PARTITION:iam::ID:policy/Edge", partition)},
	}
	a.Policies = []inventory.Policy{
		{Name: "ReadOnlyAccess", ARN: r.Attached[0].ARN, Path: "/", Document: allow(fill(`"Action":"s3:Get*","Resource":"arn:PARTITION:s3:::*"`, partition))},
		{Name: "Edge", ARN: r.Boundary.ARN, Path: "/", Document: allow(`"Action":"*","Resource":"*"`)},
	}
	// The texts are of the partition that they begin with.
	kind, text, _ := strings.Cut(texts, " ")
	of, text, _ := strings.Cut(text, " ")
	if of == "own" {
		of = partition
	}
	switch text = fill(text, of); kind {
	case "inline":
		r.Inline = []inventory.InlinePolicy{{Name: "own", Document: allow(text)}}
	case "trust":
		r.Trust = allow(text)
	case "tag":
		r.Tags = []inventory.Tag{{Key: "of", Value: text}}
	case "attached":
		r.Attached[0].ARN, a.Policies[0].ARN = text, text
	case "boundary":
		r.Boundary.ARN, a.Policies[1].ARN = text, text
	case "managed":
		a.Policies[0].Document = allow(text)
	}
	a.Roles = []inventory.Role{r}
	return a
}

// TestPartitions: each account has its own partition, as it has its own id; what names
// another one is drift.
func TestPartitions(t *testing.T) {
	const dictionary = `{"version": 2, "equivalencies": [{"placeholder": "where", "values": {
		"dev": ["us-east-1", "us-gov-west-1", "cn-north-1", "us-iso-east-1", "eusc-de-east-1"], "qa": ["us-east-1", "us-gov-west-1", "cn-north-1", "us-iso-east-1", "eusc-de-east-1"]}}]}`
	tried, wrong := 0, 0
	for _, tt := range []struct {
		kind, text string
		// domain reports that only partitions with domains of their own differ in it,
		// signIn the same of the sign-in.
		domain, signIn bool
	}{
		{kind: "inline", text: `"Action":"s3:GetObject","Resource":["arn:PARTITION:s3:::b","arn:PARTITION:s3:::b/*"]`},
		{kind: "inline", text: `"Action":"sqs:*","Resource":"arn:PARTITION:sqs:REGION:ID:q"`},
		{kind: "inline", text: `"Action":"s3:GetObject","NotResource":["arn:PARTITION:s3:::b/*","arn:PARTITION:s3:::c/*"]`},
		{kind: "inline", text: `"Action":"iam:*","Resource":"*","Condition":{"ArnLike":{"iam:PolicyARN":["arn:PARTITION:iam::aws:policy/*","arn:PARTITION:iam::ID:policy/*"]}}`},
		{kind: "inline", text: `"Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.REGION.DOMAIN"}}`, domain: true},
		{kind: "inline", text: `"Action":"iam:PassRole","Resource":"*","Condition":{"StringLike":{"iam:PassedToService":["ec2.DOMAIN","*.DOMAIN"]}}`, domain: true},
		{kind: "trust", text: `"Principal":{"AWS":"arn:PARTITION:iam::333333333333:role/x"},"Action":"sts:AssumeRole"`},
		{kind: "trust", text: `"Principal":{"Service":"lambda.DOMAIN"},"Action":"sts:AssumeRole"`, domain: true},
		{kind: "trust", text: `"Principal":{"Federated":"arn:PARTITION:iam::ID:oidc-provider/oidc.eks.REGION.DOMAIN/id/AB"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.REGION.DOMAIN/id/AB:sub":"x","oidc.eks.REGION.DOMAIN/id/AB:aud":"sts.DOMAIN"}}`},
		{kind: "trust", text: `"Principal":{"Federated":"*"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"oidc.eks.REGION.DOMAIN/id/AB:sub":"x"}}`, domain: true},
		{kind: "trust", text: `"Principal":{"Federated":"arn:PARTITION:iam::ID:saml-provider/x"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://SIGNIN/saml"}}`},
		{kind: "trust", text: `"Principal":{"AWS":"*"},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://REGION.SIGNIN/saml"}}`, signIn: true},
		{kind: "tag", text: `arn:PARTITION:s3:::b`},
		{kind: "attached", text: `arn:PARTITION:iam::aws:policy/ReadOnlyAccess`},
		{kind: "boundary", text: `arn:PARTITION:iam::333333333333:policy/Edge`},
		{kind: "managed", text: `"Action":"s3:Get*","Resource":"arn:PARTITION:s3:::aws-*"`},
	} {
		for _, pair := range [][2]string{{"aws", "aws-us-gov"}, {"aws", "aws-cn"}, {"aws-cn", "aws-us-gov"}, {"aws-iso", "aws"}, {"aws-eusc", "aws-cn"}} {
			x, y := partitions[pair[0]], partitions[pair[1]]
			differ := !tt.domain && !tt.signIn || tt.domain && x.domain != y.domain || tt.signIn && x.signIn != y.signIn
			for _, of := range [][2]string{{"own", "own"}, {pair[0], pair[0]}, {pair[1], pair[1]}, {pair[1], pair[0]}} {
				want := of[0] != "own" && differ
				// The hosts of the partition aws are known everywhere.
				host := partitions[of[0]]
				if of[0] == of[1] && (tt.domain && host.domain == "amazonaws.com" || tt.signIn && host.signIn == "signin.aws.amazon.com") {
					want = false
				}
				dev := partitionStory("dev", devID, pair[0], tt.kind+" "+of[0]+" "+tt.text)
				qa := partitionStory("qa", qaID, pair[1], tt.kind+" "+of[1]+" "+tt.text)
				c := compareStories(t, dictionary, dev, qa)
				tried++
				if c.Drift != want || c.Incomplete {
					wrong++
					t.Errorf("%s of %v in %v, %s: drift %v, want %v\n%s %v", tt.kind, of, pair, tt.text, c.Drift, want, strings.Join(found(c), "\n"), c.Gaps)
				}
			}
		}
	}
	t.Logf("%d tried, %d wrong", tried, wrong)
}
