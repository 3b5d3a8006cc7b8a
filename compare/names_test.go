package compare_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"iamctl/inventory"
)

// namePlaces are statements with a name, NAME, where somebody chose it although
// what is around it is AWS's: in condition keys, and in policy variables.
var namePlaces = []struct{ reason, statement string }{
	{"a tag key of a resource", `"Condition":{"StringEquals":{"aws:ResourceTag/NAME-owner":"x"}}`},
	{"of a request", `"Condition":{"StringEquals":{"aws:RequestTag/NAME":"x"}}`},
	{"of a principal", `"Condition":{"StringNotEquals":{"aws:PrincipalTag/team/NAME":"x"}}`},
	{"of a role", `"Condition":{"StringEquals":{"iam:ResourceTag/x.NAME:y":"x"}}`},
	{"of a cluster", `"Condition":{"StringLike":{"ec2:ResourceTag/kubernetes.io/cluster/NAME-eks":"owned"}}`},
	{"of a node pool", `"Condition":{"StringEquals":{"ec2:ResourceTag/karpenter.sh/NAME-pool":"x"}}`},
	{"of a cluster, beside EKS's keys", `"Condition":{"StringEquals":{"aws:ResourceTag/eks:cluster-NAME":"x"}}`},
	{"of an object", `"Condition":{"StringEquals":{"s3:ExistingObjectTag/NAME":"x"}}`},
	{"of a database", `"Condition":{"StringEquals":{"rds:db-tag/NAME":["x","y"]}}`},
	{"of a parameter, in small letters", `"Condition":{"Null":{"ssm:resourceTag/NAME":"true"}}`},
	{"an encryption context", `"Condition":{"StringEquals":{"kms:EncryptionContext:app:NAME":"x"}}`},
	{"an issuer's path", `"Condition":{"StringEquals":{"oidc.eks.eu-west-1.amazonaws.com/id/NAME:sub":"x","oidc.eks.eu-west-1.amazonaws.com/id/NAME:aud":"sts.amazonaws.com"}}`},
	{"an issuer's host", `"Condition":{"ForAnyValue:StringLike":{"idp.NAME.example.com:amr":"x"}}`},
	{"beside other keys, so that their order changes", `"Condition":{"StringEquals":{"aws:ResourceTag/NAME":"x","aws:ResourceTag/f":"x","aws:ResourceTag/m":"x"}}`},
	{"in a list of keys that must be there", `"Condition":{"ForAllValues:StringEquals":{"aws:TagKeys":["NAME-owner","x"]}}`},
	{"a tag key in a variable", `"Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/NAME-owner}"}}`},
	{"a variable's default value", `"Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team, 'NAME'}"}}`},
	{"a default value that holds a brace", `"Condition":{"StringEquals":{"aws:ResourceTag/team":"${aws:PrincipalTag/team, 'a}NAME'}"}}`},
}

// TestNamesAmongAWSWords: where a name is, each account may have its own, and one
// that has the other's has drifted. No name is silent both ways.
func TestNamesAmongAWSWords(t *testing.T) {
	tried, wrong := 0, 0
	for _, values := range [][2]string{
		{"dev", "qa"}, {"Dev-Cluster", "zz-Cluster"}, {"0123456789ABCDEF0123456789ABCDEF", "FEDCBA9876543210FEDCBA9876543210"}, {devID, qaID},
	} {
		dictionary := fmt.Sprintf(`{"version": 2, "equivalencies": [{"placeholder": "env", "values": {"dev": "dev", "qa": "qa"}},
			{"placeholder": "OTHER", "values": {"dev": %q, "qa": %q}}]}`, values[0], values[1])
		if values[0] == "dev" || values[0] == devID {
			dictionary = `{"accountname": ["dev", "qa"]}`
		}
		for _, place := range namePlaces {
			for _, tt := range []struct {
				reason string
				names  [2]string
				sync   bool
			}{
				{"each has its own", values, true},
				{"both have dev's", [2]string{values[0], values[0]}, false},
				{"both have qa's", [2]string{values[1], values[1]}, false},
				{"each has the other's", [2]string{values[1], values[0]}, false},
				{"both have one that is nobody's", [2]string{"third", "third"}, true},
				{"one has one that is nobody's", [2]string{values[0], "third"}, false},
				{"one has none", [2]string{values[0], ""}, false},
			} {
				var accounts [2]*inventory.Account
				for i, a := range []*inventory.Account{story("dev", devID), story("qa", qaID)} {
					a.Roles[0].Inline[0].Document = allow(`"Action":"ec2:StartInstances","Resource":"*",` + strings.ReplaceAll(place.statement, "NAME", tt.names[i]))
					accounts[i] = a
				}
				c := compareStories(t, dictionary, accounts[0], accounts[1])
				tried++
				if c.Drift == tt.sync || c.Incomplete {
					wrong++
					t.Errorf("%s, %s: %q is in sync: %v, want %v\n%s", place.reason, tt.reason, tt.names, !c.Drift, tt.sync, strings.Join(found(c), "\n"))
				}
				if tt.names[0] == tt.names[1] && !tt.sync && !strings.Contains(strings.Join(found(c), "\n"), ", expected ") {
					t.Errorf("%s, %s: nothing says whose the name is:\n%s", place.reason, tt.reason, strings.Join(found(c), "\n"))
				}
			}
		}
	}
	t.Logf("%d tried, %d wrong", tried, wrong)
}

// TestAWSWordsAndNames: a word of AWS's is nobody's name, and the same word is one
// wherever somebody chose it.
func TestAWSWordsAndNames(t *testing.T) {
	resource := func(arn string) string { return `"Action":"*","Resource":"` + arn + `"` }
	principal := func(kind, p string) string {
		return `"Action":"sts:AssumeRole","Principal":{"` + kind + `":"` + p + `"}`
	}
	for _, tt := range []struct {
		reason string
		// words are a value of dev's and its counterpart of qa's.
		words [2]string
		// dev and qa are what the accounts' statements say.
		dev, qa string
		sync    bool
	}{
		{"a type of resource", [2]string{"dev", "qa"}, resource("arn:aws:glue:*:*:devEndpoint/*"), "", true},
		{"of a wildcard", [2]string{"log", "qa"}, resource("arn:aws:logs:*:*:log-group*"), "", true},
		{"a thing of that type", [2]string{"dev", "qa"}, resource("arn:aws:glue:*:*:devEndpoint/dev"), "", false},
		{"each its own", [2]string{"dev", "qa"}, resource("arn:aws:glue:*:*:devEndpoint/dev"), resource("arn:aws:glue:*:*:devEndpoint/qa"), true},
		{"a bucket called like a type", [2]string{"log", "qa"}, resource("arn:aws:s3:::log-group/*"), "", false},
		{"a table called index", [2]string{"index", "qa"}, resource("arn:aws:dynamodb:*:*:table/index"), "", false},
		{"an index of a table", [2]string{"index", "qa"}, resource("arn:aws:dynamodb:*:*:table/x/index/y"), "", true},
		{"a value that has the type in it", [2]string{"log-group:/a", "log-group:/b"}, resource("arn:aws:logs:*:*:log-group:/a"), resource("arn:aws:logs:*:*:log-group:/b"), true},
		{"and the other's", [2]string{"log-group:/a", "log-group:/b"}, resource("arn:aws:logs:*:*:log-group:/a"), "", false},
		{"a whole ARN as a value", [2]string{"arn:aws:sqs:eu-west-1:1:a", "arn:aws:sqs:eu-west-1:1:b"}, resource("arn:aws:sqs:eu-west-1:1:a"), resource("arn:aws:sqs:eu-west-1:1:b"), true},
		{"a whole role as a value", [2]string{"arn:aws:iam::333333333333:role/a", "arn:aws:iam::333333333333:role/b"}, principal("AWS", "arn:aws:iam::333333333333:role/a"), principal("AWS", "arn:aws:iam::333333333333:role/b"), true},
		{"roles", [2]string{"role", "qa"}, principal("AWS", "arn:aws:iam::333333333333:role/x"), "", true},
		{"a role called role", [2]string{"role", "qa"}, principal("AWS", "arn:aws:iam::333333333333:role/role"), "", false},
		{"sessions", [2]string{"assumed", "qa"}, principal("AWS", "arn:aws:sts::333333333333:assumed-role/x/y"), "", true},
		{"a session's name", [2]string{"assumed", "qa"}, principal("AWS", "arn:aws:sts::333333333333:assumed-role/x/assumed"), "", false},
		{"a service-linked role", [2]string{"support", "qa"}, principal("AWS", "arn:aws:iam::333333333333:role/aws-service-role/support.amazonaws.com/AWSServiceRoleForSupport"), "", true},
		{"its name in a session", [2]string{"Support", "qa"}, principal("AWS", "arn:aws:sts::333333333333:assumed-role/AWSServiceRoleForSupport/x"), "", true},
		{"of another account", [2]string{"333333333333", "444444444444"}, principal("AWS", "arn:aws:iam::333333333333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"), "", false},
		{"Identity Center's region, of a third account", [2]string{"eu-west-1", "us-east-1"}, principal("AWS", "arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_x_0123456789abcdef"), "", true},
		{"a permission set", [2]string{"Dev", "QA"}, principal("AWS", "arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef"), "", false},
		{
			"each its own set",
			[2]string{"Dev", "QA"},
			principal("AWS", "arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Dev_0123456789abcdef"),
			principal("AWS", "arn:aws:iam::333333333333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_QA_0123456789abcdef"), true,
		},
		{"its identity provider", [2]string{"DELETE", "QA"}, principal("Federated", "arn:aws:iam::333333333333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"), "", true},
		{"the consoles' path", [2]string{"service", "qa"}, principal("AWS", "arn:aws:iam::333333333333:role/service-role/x"), "", true},
		{"a role below it", [2]string{"service", "qa"}, principal("AWS", "arn:aws:iam::333333333333:role/service-role/service"), "", false},
		{"AWS's policy", [2]string{"ReadOnlyAccess", "qa"}, `"Action":"iam:AttachRolePolicy","Resource":"*","Condition":{"ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}`, "", true},
		{"an own policy by its name", [2]string{"ReadOnlyAccess", "qa"}, `"Action":"iam:AttachRolePolicy","Resource":"*","Condition":{"ArnEquals":{"iam:PolicyARN":"arn:aws:iam::333333333333:policy/ReadOnlyAccess"}}`, "", false},
		{"AWS's ARN with a region", [2]string{"eu-west-1", "us-east-1"}, resource("arn:aws:bedrock-agentcore:eu-west-1:aws:browser/x"), "", true},
		{"an own one", [2]string{"eu-west-1", "us-east-1"}, resource("arn:aws:sqs:eu-west-1:*:x"), "", false},
		{"each in its region", [2]string{"eu-west-1", "us-east-1"}, resource("arn:aws:sqs:eu-west-1:*:x"), resource("arn:aws:sqs:us-east-1:*:x"), true},
		{"AWS's key", [2]string{"s3", "qa"}, resource("arn:aws:kms:*:*:alias/aws/s3"), "", true},
		{"an own key", [2]string{"s3", "qa"}, resource("arn:aws:kms:*:*:alias/s3"), "", false},
		{"a service's log groups", [2]string{"lambda", "qa"}, resource("arn:aws:logs:*:*:log-group:/aws/lambda/x"), "", true},
		{"a function's", [2]string{"lambda", "qa"}, resource("arn:aws:logs:*:*:log-group:/aws/lambda/lambda"), "", false},
		{"a service", [2]string{"lambda", "qa"}, principal("Service", "replicator.lambda.amazonaws.com"), "", true},
		{"its region", [2]string{"eu-west-1", "us-east-1"}, principal("Service", "logs.eu-west-1.amazonaws.com"), "", false},
		{"a service in a condition", [2]string{"s3", "qa"}, `"Action":"kms:Decrypt","Resource":"*","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}}`, "", true},
		{"an issuer's host", [2]string{"eks", "qa"}, principal("Federated", "arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/X"), "", true},
		{
			"a whole issuer as a value",
			[2]string{"oidc.eks.eu-west-1.amazonaws.com/id/A", "oidc.eks.us-east-1.amazonaws.com/id/B"},
			principal("Federated", "arn:aws:iam::333333333333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A"),
			principal("Federated", "arn:aws:iam::333333333333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/B"), true,
		},
		{"an identity provider that everybody shares", [2]string{"dev", "qa"}, principal("Federated", "arn:aws:iam::333333333333:oidc-provider/vstoken.dev.azure.com/x"), "", true},
		{"an identity provider of dev's", [2]string{"dev", "qa"}, principal("Federated", "arn:aws:iam::333333333333:oidc-provider/idp.dev.example.com"), "", false},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			dictionary := fmt.Sprintf(`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": ["dev"], "qa": "qa"}},
				{"placeholder": "WHAT", "values": {"dev": %q, "qa": %q}}]}`, tt.words[0], tt.words[1])
			if slices.Contains(tt.words[:], "dev") || slices.Contains(tt.words[:], "qa") {
				dictionary = fmt.Sprintf(`{"version": 2, "equivalencies": [{"placeholder": "accountname", "values": {"dev": ["dev", %q], "qa": ["qa", %q]}}]}`, tt.words[0], tt.words[1])
			}
			if tt.qa == "" {
				tt.qa = tt.dev
			}
			accounts := [2]*inventory.Account{story("dev", devID), story("qa", qaID)}
			for i, s := range []string{tt.dev, tt.qa} {
				accounts[i].Roles[0].Inline[0] = inventory.InlinePolicy{Name: "own", Document: allow(`"Action":"sns:Publish","Resource":"*"`)}
				if strings.Contains(s, `"Principal"`) {
					accounts[i].Roles[0].Trust = allow(s)
				} else {
					accounts[i].Roles[0].Inline[0].Document = allow(s)
				}
			}
			if c := compareStories(t, dictionary, accounts[0], accounts[1]); c.Drift == tt.sync || c.Incomplete {
				t.Errorf("in sync: %v, want %v\n%s", !c.Drift, tt.sync, strings.Join(found(c), "\n"))
			}
			if tt.dev == tt.qa {
				return
			}
			// Each has what is the other's.
			accounts[0].Roles[0].Trust, accounts[1].Roles[0].Trust = accounts[1].Roles[0].Trust, accounts[0].Roles[0].Trust
			a, b := &accounts[0].Roles[0].Inline[0], &accounts[1].Roles[0].Inline[0]
			a.Document, b.Document = b.Document, a.Document
			if c := compareStories(t, dictionary, accounts[0], accounts[1]); !c.Drift {
				t.Error("nothing is found where each has what is the other's")
			}
		})
	}
}

// TestAWSPoliciesNameNobody: what differs in one of AWS's policies names no account's
// thing, although the same words in an own policy of the same text do; and its name
// is in no doubt.
func TestAWSPoliciesNameNobody(t *testing.T) {
	accounts := [2]*inventory.Account{story("dev", devID), story("qa", qaID)}
	for i, a := range accounts {
		d := allow(`"Action":"s3:ListBucket","Resource":"arn:aws:s3:::dev-x"`)
		if i == 0 {
			d = allow(`"Action":"s3:ListBucket","Resource":"arn:aws:s3:::other"`)
		}
		arn := "arn:aws:iam::aws:policy/Alpha"
		a.Roles[0].Attached = append(a.Roles[0].Attached, inventory.PolicyRef{Name: "Alpha", ARN: arn})
		a.Roles[0].Inline = []inventory.InlinePolicy{{Name: "own", Document: d}}
		a.Policies = append(a.Policies, inventory.Policy{Name: "Alpha", ARN: arn, Path: "/", Document: d})
	}
	for _, dictionary := range []string{storyDictionary, `{"accountname": ["dev", "qa"], "LETTER": ["Alpha", "Beta"]}`} {
		c := compareStories(t, dictionary, accounts[0], accounts[1])
		lines := strings.Join(found(c), "\n") + "\n"
		if !strings.Contains(lines, "+ managed Allow s3:ListBucket arn:aws:s3:::dev-x    \n") {
			t.Errorf("the managed policy is not there, or names somebody:\n%s", lines)
		}
		if !strings.Contains(lines, "+ inline Allow s3:ListBucket arn:aws:s3:::dev-x     {dev's dev, expected arn:aws:s3:::qa-x}") {
			t.Errorf("the inline policy does not name dev's bucket:\n%s", lines)
		}
		if masked := c.CommonRoles[0].MaskedAttributes; len(masked) > 0 {
			t.Errorf("in doubt: %+v", masked)
		}
	}
}
