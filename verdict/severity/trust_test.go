package severity_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// lets is a statement of a trust policy.
func lets(principal, condition string) string {
	action := "sts:AssumeRole"
	if strings.Contains(principal, "Federated") {
		action = "sts:AssumeRoleWith*"
	}
	return `{"Effect":"Allow","Action":"` + action + `","Principal":` + principal + `,"Condition":{` + condition + `}}`
}

func TestTrust(t *testing.T) {
	const (
		anyone   = `"*"`
		account  = `{"AWS":"111111111111"}`
		other    = `{"AWS":"arn:aws:iam::222222222222:root"}`
		ci       = `{"AWS":"arn:aws:iam::111111111111:role/ci"}`
		roleX    = `{"AWS":"arn:aws:iam::111111111111:role/x"}`
		deploy   = `{"AWS":"arn:aws:iam::111111111111:role/deploy"}`
		unnamed  = `{"AWS":"<account>"}`
		unnamedC = `{"AWS":"arn:aws:iam::<account>:role/ci"}`
		lambda   = `{"Service":"lambda.amazonaws.com"}`
		cognito  = `{"Federated":"cognito-identity.amazonaws.com"}`
		saml     = `{"Federated":"arn:aws:iam::111111111111:saml-provider/corp"}`
		tf       = `{"Federated":"arn:aws:iam::111111111111:oidc-provider/app.terraform.io"}`
		gitHub   = `{"Federated":"arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"}`
		eks      = `{"Federated":"arn:aws:iam::111111111111:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"}`

		external = `"StringEquals":{"sts:ExternalId":"x"}`
		mfa      = `"Bool":{"aws:MultiFactorAuthPresent":"true"}`
		org      = `"StringEquals":{"aws:PrincipalOrgID":"o-x"}`
		source   = `"StringEquals":{"aws:SourceAccount":"111111111111"}`
	)
	const (
		signedIn = `"ForAnyValue:StringLike":{"cognito-identity.amazonaws.com:amr":"authenticated"}`
		pool     = `"StringEquals":{"cognito-identity.amazonaws.com:aud":"eu-west-1:1"},` + signedIn
	)
	sub := func(values string) string {
		return `"StringEquals":{"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"},"StringLike":{"token.actions.githubusercontent.com:sub":"` + values + `"}`
	}
	from := func(key, value string) string { return `"StringLike":{"` + key + `":"` + value + `"}` }
	serviceAccount := func(value string) string {
		return from("oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub", "system:serviceaccount:"+value)
	}
	c := verdict.NewComparer(verdict.Options{})
	for _, tt := range []struct {
		old, new string
		want     severity.Level
		kind     string
		reason   string
	}{
		{lets(ci, ""), lets(ci, ""), severity.None, "no change in trust", "the same"},
		{`{"Effect":"Allow","Principal":"*","Action":"sts:TagSession"}`, `{"Effect":"Allow","Principal":"*","Action":"sts:Tag*"}`, severity.Low, "no change in trust today; more once AWS adds actions", "a pattern for all that matches it"},
		{lets(ci, ""), lets(`{"AWS":"*"}`, ""), severity.Critical, "opened to anyone in AWS", "everyone"},
		{lets(ci, ""), lets(anyone, external), severity.Critical, "opened to anyone in AWS with sts:ExternalId", "everyone who knows a secret"},
		{lets(ci, ""), lets(anyone, org), severity.Critical, "opened to any account of the organisation o-x", "accounts that were not there"},
		{lets(anyone, org), lets(anyone, ""), severity.Critical, `"any account of the organisation o-x" became "anyone in AWS"`, "from an organisation to everyone"},
		{lets(anyone, org), lets(anyone, from("aws:PrincipalOrgID", "*")), severity.Critical, `"any account of the organisation o-x" became "any account of the organisation `, "any organisation"},
		{lets(anyone, `"StringEquals":{"my:Key":"a"}`), lets(anyone, `"StringEquals":{"MY:key":["a","b"]}`), severity.High, "condition MY:key for anyone in AWS widened", "letter case of a key is no difference"},
		{lets(lambda, ""), lets(`{"AWS":"*"}`, ""), severity.Critical, "not decided as a whole, but opened to anyone in AWS", "services may be everyone or not"},

		{lets(ci, ""), lets(ci, "") + "," + lets(other, ""), severity.Critical, "account 222222222222 added", "an account"},
		{lets(ci, ""), lets(anyone, from("aws:PrincipalAccount", "222222222222")), severity.Critical, "account 222222222222 added; narrowed: role ci of account 111111111111 removed", "an account, by a condition"},
		{lets(ci, ""), lets(ci, "") + "," + lets(anyone, from("aws:PrincipalArn", "arn:aws:iam::222222222222:role/x")), severity.Critical, "role x of account 222222222222 added", "a role of another account, by a condition"},
		{lets(ci, ""), lets(ci, "") + "," + lets(unnamed, ""), severity.Critical, "account <account> added", "a dictionary's placeholder"},
		{lets(ci, ""), lets(ci, "") + "," + lets(unnamedC, ""), severity.Critical, "role ci of account <account> added", "a dictionary's placeholder in an ARN"},
		{lets(ci, ""), lets(ci, "") + "," + lets(anyone, from("aws:PrincipalArn", "arn:aws:iam::222222222222:user/*")), severity.Critical, "account 222222222222 added", "users of another account"},
		{lets(ci, ""), lets(ci, "") + "," + lets(anyone, from("aws:PrincipalAccount", "2222*")), severity.Critical, "account 2222", "accounts of a pattern"},
		{"", lets(ci, ""), severity.Critical, "role ci of account 111111111111 added", "nobody was let in"},
		{"", lets(gitHub, sub("repo:acme/*")), severity.High, "any repository of acme added", "nobody was let in, then users of a provider"},
		{lets(gitHub, sub("*")), "", severity.Low, "trust narrowed: anyone on GitHub removed", "nobody is let in any more"},
		{lets(ci, ""), lets(account, ""), severity.High, "any principal of account 111111111111 added", "wider in the same account"},
		{lets(ci, ""), lets(ci, "") + "," + lets(deploy, ""), severity.High, "role deploy of account 111111111111 added", "another role of the account"},
		{lets(account, "") + "," + strings.Replace(lets(ci, ""), "Allow", "Deny", 1), lets(account, ""), severity.High, "role ci of account 111111111111 added", "no longer denied"},
		{lets(anyone, from("aws:PrincipalArn", "arn:aws:iam::111111111111:role/ci")), lets(account, ""), severity.High, "any principal of account 111111111111 added", "wider, from a condition"},

		{lets(roleX, ""), lets(account, ""), severity.High, "any principal of account 111111111111 added", "the role that is named is not who came"},
		{lets(account, ""), strings.Replace(lets(account, ""), "AssumeRole", "*", 1), severity.High, "account 111111111111 may sts:SetSourceIdentity and sts:TagSession", "the account was there"},
		{
			lets(account, `"StringEquals":{"aws:PrincipalAccount":"111111111111"},"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}`), lets(account, ""), severity.High,
			"condition aws:SourceIp for account 111111111111 removed", "the account is always that of who asks",
		},
		{
			lets(account, `"StringEquals":{"aws:PrincipalAccount":"111111111111"},"StringNotEquals":{"sts:ExternalId":"x"}`), lets(account, ""), severity.High,
			"condition sts:ExternalId for account 111111111111 removed", "it was only one that did not do",
		},
		{lets(account, external), lets(account, ""), severity.High, "account 111111111111 needs no external id any more", "the external id is gone"},
		{lets(account, external), lets(account, from("sts:ExternalId", "*")), severity.High, "any external id will do for account 111111111111", "any external id"},
		{lets(account, external), lets(account, `"Null":{"sts:ExternalId":"false"}`), severity.High, "any external id will do for account 111111111111", "one is needed still"},
		{lets(account, `"Null":{"sts:ExternalId":"false"}`), lets(account, external), severity.Low, "trust narrowed: account 111111111111 needs a certain external id", "one was needed before"},
		{lets(account, `"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}`), lets(account, `"Null":{"aws:MultiFactorAuthAge":"false"}`), severity.High, "MFA of any age will do for account 111111111111", "without MFA there is no age"},
		{lets(account, `"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}`), lets(account, ""), severity.High, "MFA no longer needed for account 111111111111", "no age is asked for"},
		{lets(account, external), lets(account, from("sts:ExternalId", "x*")), severity.High, "another external id for account 111111111111", "more external ids"},
		{lets(account, external), lets(account, `"StringEquals":{"sts:ExternalId":"y"}`), severity.High, "another external id for account 111111111111", "another one"},
		{lets(account, external), lets(account, `"StringEqualsIfExists":{"sts:ExternalId":"x"}`), severity.High, "account 111111111111 needs no external id any more", "it may be left out"},
		{lets(account, mfa), lets(account, `"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}`), severity.High, "MFA no longer needed for account 111111111111", "access keys say nothing of MFA"},
		{lets(account, mfa), lets(account, ""), severity.High, "MFA no longer needed for account 111111111111", "MFA"},
		{lets(account, from("aws:SourceVpc", "vpc-1")), lets(account, ""), severity.High, "condition aws:SourceVpc for account 111111111111 removed", "another condition"},

		{lets(ci, ""), strings.Replace(lets(ci, external), "AssumeRole", "Assume*", 1), severity.Low, "impossible: no principal of such a type can ask for that; narrowed: account 111111111111 needs an external id", "a role brings no token of a provider"},
		{strings.Replace(lets(ci, external), "AssumeRole", "Assume*", 1), lets(ci, ""), severity.High, "account 111111111111 needs no external id any more", "and back"},
		{lets(lambda, "") + "," + strings.Replace(lets(ci, ""), "AssumeRole", "AssumeRoleWithSAML", 1), lets(lambda, "") + "," + lets(ci, ""), severity.Critical, "role ci of account 111111111111 added", "of whom nobody could come"},

		{lets(ci, ""), lets(ci, "") + "," + lets(lambda, ""), severity.High, "service lambda.amazonaws.com added", "a service"},
		{lets(lambda, source), lets(lambda, ""), severity.High, "condition aws:SourceAccount for service lambda.amazonaws.com removed", "whoever makes the service come"},

		{lets(gitHub, sub("repo:acme/*")), lets(gitHub, sub("*")), severity.Critical, `"any repository of acme" became "anyone on GitHub"`, "anyone on GitHub"},
		{lets(gitHub, sub("repo:acme/*")), lets(gitHub, ""), severity.Critical, `"any repository of acme" became "anyone on GitHub"`, "no condition at all"},
		{lets(gitHub, sub("repo:acme/app:ref:refs/heads/main")), lets(gitHub, sub("repo:acme/app:*")), severity.High, `"main alone of acme/app" became "any branch or pull request of acme/app"`, "any branch"},
		{lets(ci, ""), lets(ci, "") + "," + lets(gitHub, sub("repo:acme/*")), severity.High, "any repository of acme added", "a provider, some of its users"},
		{lets(ci, ""), lets(ci, "") + "," + lets(cognito, ""), severity.Critical, "anyone on Amazon Cognito added", "a provider, everyone"},
		{lets(ci, ""), lets(ci, "") + "," + lets(saml, ""), severity.High, "anyone on the SAML provider corp added", "one's own provider"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("repo:acme/app:*")) + "," + lets(gitHub, sub("repo:acme/web:*")), severity.High, "any branch or pull request of acme/web added", "one more"},
		{lets(gitHub, sub("repo:acme/*")), lets(gitHub, sub("repo:other/*")), severity.High, `"any repository of acme" became "any repository of other"`, "said once"},
		{lets(eks, serviceAccount("web:app")), lets(eks, serviceAccount("*")), severity.High, `"service account app of namespace web" became "any service account"`, "one's own cluster"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("*acme*")), severity.Critical, `"any branch or pull request of acme/app" became "any repository of *acme*"`, "anybody can have such an owner"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("*:ref:refs/heads/main")), severity.Critical, `"any branch or pull request of acme/app" became "main alone of any repository on GitHub"`, "main of anybody"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("repo:?/app:*")+`,"StringNotLike":{"token.actions.githubusercontent.com:sub":"repo:x/*"}`), severity.Critical, `"any branch or pull request of acme/app" became "some of anyone on GitHub"`, "no example of the pattern is let in, others are"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("repo:acme*")+`,"StringNotLike":{"token.actions.githubusercontent.com:sub":["repo:acme?*/*"]}`), severity.High, ``, "of those that begin so the owner alone"},
		{lets(tf, from("app.terraform.io:sub", "organization:acme:*")), lets(tf, from("app.terraform.io:sub", "*acme*")), severity.Critical, `"any workspace of acme" became "any workspace of *acme*"`, "anybody can have such an organisation"},
		{lets(cognito, pool), lets(cognito, signedIn), severity.Critical, `"identity pool eu-west-1:1 on Amazon Cognito with cognito-identity.amazonaws.com:amr" became "anyone on Amazon Cognito with cognito-identity.amazonaws.com:amr"`, "every pool says so of its users"},
		{lets(gitHub, sub("repo:acme/app:*")), lets(gitHub, sub("*")+`,"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`), severity.Critical, "", "another condition does not name the tenant"},
		{
			lets(gitHub, sub("repo:acme/app:*")+`,"StringEqualsIgnoreCase":{"token.actions.githubusercontent.com:actor":"me"}`), lets(gitHub, sub("*")+`,"StringEqualsIgnoreCase":{"token.actions.githubusercontent.com:actor":"me"}`), severity.High,
			`"any branch or pull request of acme/app with token.actions.githubusercontent.com:actor" became "anyone on GitHub with token.actions.githubusercontent.com:actor"`, "another claim guards",
		},
		{
			lets(gitHub, sub("repo:acme/app:*")+`,"Null":{"token.actions.githubusercontent.com:actor":"false"}`), lets(gitHub, sub("*")+`,"Null":{"token.actions.githubusercontent.com:actor":"false"}`), severity.Critical,
			`"any branch or pull request of acme/app with token.actions.githubusercontent.com:actor" became "anyone on GitHub with token.actions.githubusercontent.com:actor"`, "everybody has that claim",
		},

		{lets(account, ""), lets(ci, ""), severity.Low, "trust narrowed: any principal of account 111111111111 removed", "narrower"},
		{lets(account, ""), lets(account, external), severity.Low, "trust narrowed: account 111111111111 needs an external id", "a condition more"},
		{lets(gitHub, sub("*")), lets(gitHub, sub("repo:acme/*")), severity.Low, `trust narrowed: "anyone on GitHub" became "any repository of acme"`, "narrower"},
		{lets(ci, "") + "," + lets(other, ""), lets(ci, ""), severity.Low, "trust narrowed: account 222222222222 removed", "an account less"},
	} {
		old, new := document(t, strings.ReplaceAll(tt.old, `,"Condition":{}`, "")), document(t, strings.ReplaceAll(tt.new, `,"Condition":{}`, ""))
		r := c.Trust(old, new)
		if j := severity.Trust(c, old, new, r); j.Level != tt.want || !strings.HasPrefix(j.Kind, tt.kind) || strings.Count(j.Kind, tt.kind) > 1 && tt.kind != "" || strings.HasSuffix(j.Kind, " ") {
			t.Errorf("%s:\n%s\n -> %s\n%s (%s) is %s: %q, want %s: %q", tt.reason, tt.old, tt.new, r.Verdict, r.Reason, j.Level, j.Kind, tt.want, tt.kind)
		}
	}
}

// document reads statements, nil for none.
func document(t *testing.T, statements string) *policy.Document {
	if statements == "" {
		return nil
	}
	return permissions(t, statements).Identity[0]
}

// TestPlace: what is critical is in the order of the table.
func TestPlace(t *testing.T) {
	c := verdict.NewComparer(verdict.Options{})
	judged := func(old, new string) severity.Judgement {
		p, q := document(t, old), document(t, new)
		return severity.Trust(c, p, q, c.Trust(p, q))
	}
	everything := permissions(t, `{"Effect":"Allow","Action":"*","Resource":"*"}`)
	administrator := severity.Identity(c, permissions(t, get), everything, c.Identity(permissions(t, get), everything))
	escalated := severity.Identity(c, permissions(t, get), permissions(t, attach), c.Identity(permissions(t, get), permissions(t, attach)))
	own, github := lets(`{"AWS":"111111111111"}`, ""), `{"Federated":"arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}`
	sub := func(value string) string {
		return lets(github, `"StringLike":{"token.actions.githubusercontent.com:sub":"`+value+`"}`)
	}
	for _, tt := range []struct {
		j      severity.Judgement
		want   int
		reason string
	}{
		{judged(own, lets(`{"AWS":"*"}`, "")), -2, "opened to everyone in AWS"},
		{judged(lets(`{"AWS":"*"}`, `"StringEquals":{"aws:PrincipalOrgID":"o-abc1234567"}`), lets(`{"AWS":"*"}`, "")), -2, "the organisation became everyone"},
		{judged(sub("repo:acme/app:*"), sub("*")), -2, "everyone on GitHub"},
		{judged(lets(`{"AWS":["*","111111111111"]}`, ""), own), 0, "no longer open"},
		{judged(own, lets(`{"AWS":"*"}`, `"StringEquals":{"sts:ExternalId":"x"}`)), 0, "everyone who knows something"},
		{judged(own, lets(`{"AWS":["111111111111","222222222222"]}`, "")), 0, "an account"},
		{administrator, -1, "an administrator"},
		{escalated, 0, "a way to more"},
	} {
		if got := severity.Place(tt.j.Level, tt.j.Kind); got != tt.want {
			t.Errorf("%s: %s: %q is at %d, want %d", tt.reason, tt.j.Level, tt.j.Kind, got, tt.want)
		}
	}
}
