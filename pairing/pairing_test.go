package pairing_test

import (
	"strings"
	"testing"

	"iamctl/diff"
	"iamctl/equivalency"
	"iamctl/extract/flatten"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/pairing"
	"iamctl/reference"
)

// compared compares two accounts by a dictionary.
func compared(t *testing.T, dictionary string, accounts ...*inventory.Account) *diff.Changes {
	t.Helper()
	d, err := equivalency.Parse("d.json", []byte(dictionary))
	if err != nil {
		t.Fatal(err)
	}
	ids := [2]equivalency.Identity{{Tag: "x", Source: "x", ID: accounts[0].ID}, {Tag: "y", Source: "y", ID: accounts[1].ID}}
	var flats [2]*inventory.Flat
	var rules [2]*equivalency.Rules
	for i, a := range accounts {
		a.Sort()
		flats[i] = flatten.Account(a, reference.Embedded())
		if rules[i], err = d.Rules(ids[i], ids[1-i]); err != nil {
			t.Fatal(err)
		}
	}
	notes := pairing.Apply([2]*inventory.Account(accounts), rules).Notes
	var normal [2]*normalize.Account
	for i := range flats {
		if normal[i], err = normalize.Apply(flats[i], ids[i], rules[i]); err != nil {
			t.Fatal(err)
		}
	}
	return diff.Compare(normal[0], normal[1], diff.Options{Notes: notes})
}

const trust = `{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`

// roles returns an account whose id is 12 times the digit, with roles of the names.
func roles(digit, path string, names ...string) *inventory.Account {
	a := &inventory.Account{ID: strings.Repeat(digit, 12), Partition: "aws"}
	for _, name := range names {
		a.Roles = append(a.Roles, inventory.Role{
			Name: name, Path: path, ARN: "arn:aws:iam::" + a.ID + ":role" + path + name, Trust: trust,
		})
	}
	return a
}

const sso = "/aws-reserved/sso.amazonaws.com/eu-west-1/"

func TestRolesPairWithoutMadeUpParts(t *testing.T) {
	for _, tt := range []struct {
		reason, path string
		a, b         []string
		// want is in the reason of the pair, "" if nothing is to pair; note is
		// among the notes.
		want, note string
	}{
		{"Identity Center", sso, []string{"AWSReservedSSO_Admin_0123456789abcdef"}, []string{"AWSReservedSSO_Admin_fedcba9876543210"}, "Identity Center", ""},
		{"another permission set", sso, []string{"AWSReservedSSO_Admin_0123456789abcdef"}, []string{"AWSReservedSSO_Audit_fedcba9876543210"}, "", ""},
		{"a path of one's own", "/", []string{"AWSReservedSSO_Admin_0123456789abcdef"}, []string{"AWSReservedSSO_Admin_fedcba9876543210"}, "", ""},
		{"sixteen digits on either side are a number", sso, []string{"AWSReservedSSO_Admin_2026010100000000"}, []string{"AWSReservedSSO_Admin_2026123123595999"}, "", "do not look random enough"},
		{"sixteen digits on one side are drawn", sso, []string{"AWSReservedSSO_Admin_2026010100000000"}, []string{"AWSReservedSSO_Admin_fedcba9876543210"}, "Identity Center", ""},
		{"CloudFormation, formerly", "/", []string{"app-Role-1AB2DEF3HIJKL"}, []string{"app-Role-ZYX9WU7SRQPO"}, "CloudFormation", "were paired by the name without CloudFormation's random part"},
		{"CloudFormation, without a digit", "/", []string{"web-TaskRole-utlZfOjUStEk"}, []string{"web-TaskRole-Nx6jvr7SIftR"}, "CloudFormation", ""},
		{"a name that is nothing but the suffix", "/", []string{"-1AB2DEF3HIJKL"}, []string{"-ZYX9WU7SRQPO"}, "", ""},
		{"no stack's name", "/", []string{"Role-1AB2DEF3HIJKL"}, []string{"Role-ZYX9WU7SRQPO"}, "", ""},
		{"no logical id has an underscore", "/", []string{"app-my_Role-1AB2DEF3HIJKL"}, []string{"app-my_Role-ZYX9WU7SRQPO"}, "", ""},
		{"digits are no suffix of CloudFormation's", "/", []string{"app-Role-123456789012"}, []string{"app-Role-210987654321"}, "", ""},
		{"13 of either case are none", "/", []string{"app-Role-1abcdefghijkl"}, []string{"app-Role-zYxwvutsrqpo1"}, "", ""},
		{"words in capitals", "/", []string{"data-team-INTEGRATIONS"}, []string{"data-team-SUBSCRIPTION"}, "", ""},
		{"a word and a number", "/", []string{"data-tenant-CUSTOMER0001"}, []string{"data-tenant-CUSTOMER0002"}, "", ""},
		{"words and numbers by turns", "/", []string{"data-billing-CUST01ACME42"}, []string{"data-billing-CUST77ZETA13"}, "", ""},
		{"words in humps", "/", []string{"app-my-BackupRole12"}, []string{"app-my-DeployRole34"}, "", ""},
		{"a word that only one side has in place of the suffix", "/", []string{"app-Role-PRODUCTION01"}, []string{"app-Role-Development1"}, "", ""},
		{"the CDK", "/", []string{"Stack-FuncRole675BB04A-8fXpQ9zr1GYd"}, []string{"Stack-FuncRole675BB04A-Lk2JiHg7FeDc"}, "CloudFormation", ""},
		{"the CDK, with another hash", "/", []string{"app-Role1A2B3C4D-1AB2DEF3HIJKL"}, []string{"app-RoleF7E60A19-ZYX9WU7SRQPO"}, "what else", ""},
		{"a nested stack", "/", []string{"app-Net-1XDDEMJLM5D3V-Role-17JA3GHYD8TO"}, []string{"app-Net-0PKQ3LM8ZTYRA-Role-9QW2XZ7PLM4K"}, "what else", ""},
		{"a stack of a StackSet", "/", []string{"StackSet-guard-8a1f3c5e-7b2d-4f60-9c1e-0a2b4c6d8e0f-Role-8fXpQ9zr1GYd"}, []string{"StackSet-guard-19c3e5a7-2f4b-4d8e-a1c3-5e7092b4d6f8-Role-Lk2JiHg7FeDc"}, "what else", ""},
		{"a stack of a StackSet, its UUID cut", "/", []string{"StackSet-StackSetPasswordPolicy-5e1837a-LambdaRole-1TCLUMCY77KXG"}, []string{"StackSet-StackSetPasswordPolicy-90bd4f2-LambdaRole-0QX7RZKPW1MLB"}, "what else", ""},
		{"a stack of Amplify's", "/", []string{"amplify-app-prod-114411-api-ApiRole-8fXpQ9zr1GYd"}, []string{"amplify-app-prod-235901-api-ApiRole-Lk2JiHg7FeDc"}, "what else", ""},
		{"StackSets whose names end in years", "/", []string{"StackSet-team-2023-Role-8fXpQ9zr1GYd"}, []string{"StackSet-team-2024-Role-Lk2JiHg7FeDc"}, "", ""},
		{"Terraform", "/", []string{"app-20230908101112131400000001"}, []string{"app-2023101112131415160000000a"}, "Terraform", ""},
		{"twenty-six digits that are no time", "/", []string{"app-20231308101112131400000001"}, []string{"app-20231411121314151600000003"}, "", ""},
		{"nothing but a time", "/", []string{"20230908101112131400000001"}, []string{"20231011121314151600000003"}, "", ""},
		{"Pulumi", "/", []string{"app-role-3fa9c1e"}, []string{"app-role-b07d2e4"}, "Pulumi", ""},
		{"hexadecimal words", "/", []string{"app-decade7"}, []string{"app-facade1"}, "", ""},
		{"serial numbers", "/", []string{"customer-1000234"}, []string{"customer-1000987"}, "", ""},
		{"Amplify", "/", []string{"amplify-app-prod-114411-authRole"}, []string{"amplify-app-prod-235901-authRole"}, "Amplify", ""},
		{"Amplify, five digits", "/", []string{"amplify-app-prod-1f3a9-unauthRole"}, []string{"amplify-app-prod-7c04e-unauthRole"}, "Amplify", ""},
		{"not the same role of Amplify's", "/", []string{"amplify-app-prod-114411-authRole"}, []string{"amplify-app-prod-235901-unauthRole"}, "", ""},
		{"no time of day", "/", []string{"amplify-app-prod-991111-authRole"}, []string{"amplify-app-prod-997722-authRole"}, "", ""},
		{"Lambda's console", "/service-role/", []string{"fn-role-abc123de"}, []string{"fn-role-z9y8x7w6"}, "console", ""},
		{"Lambda's console, elsewhere", "/", []string{"fn-role-abc123de"}, []string{"fn-role-z9y8x7w6"}, "console", ""},
		{"words of eight letters", "/service-role/", []string{"fn-role-internal"}, []string{"fn-role-readonly"}, "", ""},
		{"Step Functions", "/service-role/", []string{"StepFunctions-Flow-role-k3j9x2m1q"}, []string{"StepFunctions-Flow-role-0pz8w5trv"}, "console", ""},
		{"nine characters of another's", "/service-role/", []string{"Flow-role-k3j9x2m1q"}, []string{"Flow-role-0pz8w5trv"}, "", ""},
		{"SageMaker", "/service-role/", []string{"AmazonSageMaker-ExecutionRole-20230908T101112"}, []string{"AmazonSageMaker-ExecutionRole-20240101T235959"}, "SageMaker", ""},
		{"a SageMaker role of a date that is none", "/service-role/", []string{"AmazonSageMaker-ExecutionRole-20233908T101112"}, []string{"AmazonSageMaker-ExecutionRole-20240101T235959"}, "", ""},
		{"Quick Setup", "/", []string{"AWS-QuickSetup-HostMgmtRole-eu-west-1-q7x2k"}, []string{"AWS-QuickSetup-HostMgmtRole-eu-west-1-0wz8p"}, "Quick Setup", ""},
		{"Quick Setup's fixed names", "/", []string{"AWS-QuickSetup-Local-admin"}, []string{"AWS-QuickSetup-Local-users"}, "", ""},
		{"the CDK's bootstrap of another region of one account", "/", []string{"cdk-hnb659fds-deploy-role-111111111111-eu-west-1"}, []string{"cdk-hnb659fds-deploy-role-111111111111-us-gov-east-1"}, "", ""},
		{"two candidates", "/", []string{"app-Role-1AB2DEF3HIJKL", "app-Role-2AB3DEF4HIJKL"}, []string{"app-Role-ZYX9WU7SRQPO"}, "", "several roles have the same name: app-Role-1AB2DEF3HIJKL, app-Role-2AB3DEF4HIJKL, app-Role-ZYX9WU7SRQPO"},
		{"different tools", "/", []string{"app-Role-1AB2DEF3HIJKL"}, []string{"app-Role-3fa9c1e"}, "", ""},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			for _, swap := range []bool{false, true} {
				a, b := roles("1", tt.path, tt.a...), roles("1", tt.path, tt.b...)
				if swap {
					a, b = b, a
				}
				c := compared(t, `{}`, a, b)
				got := ""
				for _, p := range c.Common {
					got += p.Reason
					if p.Differs() || p.A.Name != p.B.Name {
						t.Errorf("differs: %+v", p)
					}
				}
				if tt.want == "" && len(c.Common) > 0 || !strings.Contains(got, tt.want) {
					t.Errorf("pairs %q, want %q", got, tt.want)
				}
				if notes := strings.Join(c.Notes, "\n"); !swap && !strings.Contains(notes, tt.note) {
					t.Errorf("notes %q, want %q", notes, tt.note)
				}
			}
		})
	}
}

// TestWithinOneAccount: regions and SAML providers tell apart what one account has
// together, and differ between two accounts without meaning.
func TestWithinOneAccount(t *testing.T) {
	for _, tt := range []struct {
		reason string
		a, b   string // ID in them is the account's
		saml   bool
	}{
		{"the CDK's bootstrap, by region", "cdk-hnb659fds-deploy-role-ID-eu-west-1", "cdk-hnb659fds-deploy-role-ID-us-east-1", false},
		{"Identity Center's SAML provider", "AWSSSO_0123456789abcdef_DO_NOT_DELETE", "AWSSSO_fedcba9876543210_DO_NOT_DELETE", true},
	} {
		account := func(digit, name string) *inventory.Account {
			a := roles(digit, "/", "trusting")
			name = strings.Replace(name, "-ID-", "-"+a.ID+"-", 1)
			trusted, action := `"AWS":"arn:aws:iam::`+a.ID+`:role/`+name, "sts:AssumeRole"
			if tt.saml {
				trusted, action = `"Federated":"arn:aws:iam::`+a.ID+`:saml-provider/`+name, "sts:AssumeRoleWithSAML"
			} else {
				a.Roles = append(a.Roles, roles(digit, "/", name).Roles...)
			}
			a.Roles[0].Trust = inventory.Document(`{"Statement":[{"Effect":"Allow","Principal":{` + trusted + `"},"Action":"` + action + `"}]}`)
			return a
		}
		for _, digit := range []string{"1", "2"} {
			for _, names := range [][2]string{{tt.a, tt.b}, {tt.b, tt.a}} {
				c := compared(t, `{}`, account("1", names[0]), account(digit, names[1]))
				if want := digit == "1"; c.Drift() != want {
					t.Errorf("%s, accounts 1 and %s: drift %t, want %t", tt.reason, digit, c.Drift(), want)
				}
			}
			if c := compared(t, `{}`, account("1", tt.a), account(digit, tt.a)); c.Drift() {
				t.Errorf("%s, accounts 1 and %s: the same name differs", tt.reason, digit)
			}
		}
	}
}

// TestEqualNamesGoFirst: a name that both accounts have is no other's, and what is left
// does not pair with it.
func TestEqualNamesGoFirst(t *testing.T) {
	c := compared(t, `{}`, roles("1", "/", "app-Role-1AB2DEF3HIJKL"), roles("2", "/", "app-Role-1AB2DEF3HIJKL", "app-Role-2AB3DEF4HIJKL"))
	if len(c.Common) != 1 || c.Common[0].Reason != "" || len(c.OnlyB) != 1 || c.OnlyB[0].Name != "app-Role-2AB3DEF4HIJKL" {
		t.Errorf("common %+v, only in y %+v", c.Common, c.OnlyB)
	}
}

// TestNamesCutToFit: CloudFormation cuts names at 64 characters, and an environment's
// name decides where.
func TestNamesCutToFit(t *testing.T) {
	name := func(stack, logical, suffix string) string {
		stem := stack + "-" + logical
		return stem[:min(len(stem), 64-1-len(suffix))] + "-" + suffix
	}
	const dictionary, long = `{"env": ["development", "qa"]}`, "customer-payments-platform-"
	for _, tt := range []struct {
		reason, a, b string
		pairs        bool
	}{
		{
			"the logical id is cut further on", name(long+"development", "ReconciliationServiceRole", "1AB2DEF3HIJKL"), name(long+"qa", "ReconciliationServiceRole", "Lk2JiHg7FeDc"), true,
		},
		{
			"both are cut at one place", name(long+"development", "ReconciliationServiceRole", "Lk2JiHg7FeDc"), name(long+"development", "ReconciliationServiceRole", "8fXpQ9zr1GYd"), true,
		},
		{
			"another logical id", name(long+"development", "ReconciliationServiceRole", "1AB2DEF3HIJKL"), name(long+"qa", "RecordsServiceRole", "Lk2JiHg7FeDc"), false,
		},
		{
			"the stack's name is cut",
			"customer-payments-platfor-ReconciliationServiceRo-1AB2DEF3HIJKL", "customer-payments-platform-ReconciliationServiceRo-8fXpQ9zr1GYd", true,
		},
		{
			"a shorter name is another", "payments-platform-Recon-1AB2DEF3HIJKL", "payments-platform-ReconRole-8fXpQ9zr1GYd", false,
		},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			c := compared(t, dictionary, roles("1", "/", tt.a), roles("2", "/", tt.b))
			if got := len(c.Common) == 1; got != tt.pairs {
				t.Errorf("%s and %s pair: %t, want %t", tt.a, tt.b, got, tt.pairs)
			}
		})
	}
}
