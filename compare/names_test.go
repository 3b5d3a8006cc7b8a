package compare_test

import (
	"fmt"
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
