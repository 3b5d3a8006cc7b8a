package compare_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"iamctl/inventory"
)

// toolNames are names that AWS and tools give, as their documentation spells them:
// kind, path and name. ID is the account's id, HEX and the like are drawn anew in each
// account, and what is in small letters after an X was chosen by somebody.
var toolNames = strings.Fields(`
	role/cdk-hnb659fds-deploy-role-ID-eu-north-1 role/cdk-hnb659fds-file-publishing-role-ID-eu-north-1
	role/cdk-xq1-image-publishing-role-ID-eu-north-1 role/cdk-xq1-lookup-role-ID-eu-north-1 role/cdk-xq1-cfn-exec-role-ID-eu-north-1
	role/amplify-xshop-xe-CLOCK-authRole role/amplify-xshop-xe-CLOCK-unauthRole
	role/service-role/AmazonSageMaker-ExecutionRole-TIME policy/service-role/AmazonSageMaker-ExecutionPolicy-TIME
	role/service-role/AmazonSageMakerServiceCatalogProductsUseRole
	instance-profile/eks-UUID
	policy/service-role/AWSLambdaBasicExecutionRole-UUID policy/service-role/AWSLambdaVPCAccessExecutionRole-UUID
	policy/service-role/XRayAccessPolicy-UUID policy/service-role/LambdaInvokeScopedAccessPolicy-UUID
	role/service-role/xfn-role-SMALL8 role/service-role/StepFunctions-xflow-role-SMALL9
	role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_xset_HEX16
	role/AWS-QuickSetup-HostMgmtRole-eu-north-1-SMALL5 role/AWS-QuickSetup-StackSet-Local-ExecutionRole
	role/StackSet-xguard-UUID-Xr-SUFFIX role/stacksets-exec-0123456789abcdef0123456789abcdef
	role/eksctl-xc-cluster-ServiceRole-SUFFIX role/eksctl-xc-nodegroup-xn-NodeInstanceRole-SUFFIX
	role/eksctl-xc-addon-iamserviceaccount-xns-xsa-Role1-SUFFIX instance-profile/eksctl-xc-nodegroup-xn-NodeInstanceProfile-SUFFIX
	role/service-role/codebuild-xb-service-role policy/service-role/CodeBuildBasePolicy-xb-eu-north-1
	role/service-role/AWSCodePipelineServiceRole-eu-north-1-xp role/service-role/cwe-role-eu-north-1-xp
	role/service-role/config-role-eu-north-1 role/service-role/AWSGlueServiceRole-xg role/service-role/Amazon_EventBridge_Invoke_Lambda_xl
	role/service-role/KinesisFirehoseServiceRole-xs-eu-north-1 role/service-role/AmazonBedrockExecutionRoleForAgents_xa
	role/Cognito_xpoolAuth_Role role/Cognito_xpoolUnauth_Role role/datazone_usr_role_xd_xp
	role/OrganizationAccountAccessRole role/AWSCloudFormationStackSetAdministrationRole role/AWSCloudFormationStackSetExecutionRole
	role/AWSControlTowerExecution role/service-role/AWSControlTowerAdmin role/aws-controltower-AuditReadOnlyRole
	role/ecsTaskExecutionRole role/ecsInstanceRole instance-profile/ecsInstanceRole role/ecsAutoscaleRole
	role/AmazonEKSAutoClusterRole role/AmazonEKS_EBS_CSI_DriverRole role/eksClusterRole
	role/rds-monitoring-role role/dms-vpc-role role/dms-cloudwatch-logs-role role/EMR_DefaultRole role/EMR_EC2_DefaultRole
	role/service-role/AWSBackupDefaultServiceRole role/AmazonSSMRoleForInstancesQuickSetup role/CloudTrail_CloudWatchLogs_Role
	role/aws-elasticbeanstalk-ec2-role role/aws-elasticbeanstalk-service-role role/lambda_basic_execution role/aws-ec2-spot-fleet-tagging-role
`)

// toolReferences are what a policy may name such things by besides their ARNs.
var toolReferences = strings.Fields(`
	arn:aws:iam::*:role/cdk-* arn:aws:iam::*:role/cdk-*-deploy-role-* arn:aws:iam::ID:role/cdk-hnb659fds-file-publishing-role-*
	arn:aws:iam::ID:role/cdk-hnb659fds-image-* arn:aws:iam::ID:role/cdk-hnb659fds-lookup-role-ID-eu-north-1
	arn:aws:iam::ID:role/cdk-hnb659fds-deploy-role-${aws:PrincipalAccount}-* arn:aws:sts::ID:assumed-role/cdk-xq1-lookup-role-ID-eu-north-1/*
	arn:aws:s3:::cdk-hnb659fds-assets-ID-eu-north-1/* arn:aws:s3:::cdk-hnb659fds-assets-*
	arn:aws:ecr:eu-north-1:ID:repository/cdk-hnb659fds-container-assets-ID-eu-north-1
	arn:aws:ssm:eu-north-1:ID:parameter/cdk-bootstrap/hnb659fds/version
	arn:aws:iam::ID:role/service-role/AmazonSageMaker-ExecutionRole-* arn:aws:iam::ID:role/service-role/AmazonSageMaker*
	arn:aws:iam::ID:role/amplify-*-authRole arn:aws:iam::ID:role/AWS-QuickSetup-* arn:aws:iam::*:role/stacksets-exec-*
	arn:aws:iam::ID:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_* arn:aws:iam::ID:role/ecsInstanceRole*
	arn:aws:iam::ID:saml-provider/AWSSSO_*_DO_NOT_DELETE arn:aws:iam::ID:policy/service-role/AWSLambdaBasicExecutionRole*`)

// fill fills in what a tool draws.
func fill(r *rand.Rand, id, name string) string {
	draw := func(alphabet string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = alphabet[r.IntN(len(alphabet))]
		}
		return string(b)
	}
	const hex, small = "0123456789abcdef", "0123456789abcdefghijklmnopqrstuvwxyz"
	clock := fmt.Sprintf("%02d%02d%02d", r.IntN(24), r.IntN(60), r.IntN(60))
	return strings.NewReplacer(
		"UUID", draw(hex, 8)+"-"+draw(hex, 4)+"-4"+draw(hex, 3)+"-a"+draw(hex, 3)+"-"+draw(hex, 12), "ID", id, "CLOCK", clock,
		"TIME", fmt.Sprintf("20%d%02d%02dT%s", 20+r.IntN(6), 1+r.IntN(12), 1+r.IntN(28), clock),
		"SMALL8", "q7"+draw(small, 4)+"4x", "SMALL9", "z8"+draw(small, 5)+"3k", "SMALL5", "k8"+draw(small, 1)+"2w", "HEX16", draw(hex, 15)+"a",
		"SUFFIX", draw(hex+"GHJKQRSTUVWXYZghjkqrstuvwxyz", 12)).Replace(name)
}

// toolAccount has all such names, drawn anew by a seed, and one role that names them
// in its trust, in resources and in conditions.
func toolAccount(id string, seed uint64) *inventory.Account {
	r := rand.New(rand.NewPCG(seed, 7))
	a := &inventory.Account{ID: id, Partition: "aws"}
	var arns, roles []string
	trust := allow(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`)
	user := inventory.Role{Name: "zz", Path: "/", ARN: "arn:aws:iam::" + id + ":role/zz", InstanceProfiles: []inventory.InstanceProfile{}}
	for _, n := range toolNames {
		arn := "arn:aws:iam::" + id + ":" + fill(r, id, n)
		arns = append(arns, arn)
		kind, path, name := n[:strings.IndexByte(n, '/')], arn[strings.IndexByte(arn, '/'):strings.LastIndexByte(arn, '/')+1], arn[strings.LastIndexByte(arn, '/')+1:]
		switch kind {
		case "role":
			roles = append(roles, arn)
			a.Roles = append(a.Roles, inventory.Role{Name: name, Path: path, ARN: arn, Trust: trust})
		case "policy":
			a.Policies = append(a.Policies, inventory.Policy{Name: name, Path: path, ARN: arn, Document: allow(`"Action":"sns:Publish","Resource":"*"`)})
			user.Attached = append(user.Attached, inventory.PolicyRef{Name: name, ARN: arn})
		case "instance-profile":
			user.InstanceProfiles = append(user.InstanceProfiles, inventory.InstanceProfile{ARN: arn})
		}
	}
	for _, ref := range toolReferences {
		arns = append(arns, strings.ReplaceAll(ref, "ID", id))
	}
	list := func(texts []string) string { text, _ := json.Marshal(texts); return string(text) }
	user.Trust = allow(`"Principal":{"AWS":` + list(roles) + `},"Action":"sts:AssumeRole"`)
	user.Tags = []inventory.Tag{
		{Key: "aws-cdk:bootstrap-role", Value: "image-publishing"},
		{Key: "alpha.eksctl.io/cluster-name", Value: "xc"},
		{Key: "kubernetes.io/cluster/xc", Value: "xowned"},
		{Key: "eks:cluster-name", Value: "xc"},
	}
	user.Inline = []inventory.InlinePolicy{{Name: "zy", Document: document(
		`{"Effect":"Allow","Action":"iam:PassRole","Resource":`+list(arns)+`}`,
		`{"Effect":"Deny","Action":"sns:Publish","Resource":"*","Condition":{"ArnLike":{"aws:PrincipalArn":`+list(roles)+`},
			"StringEquals":{"aws:ResourceTag/kubernetes.io/cluster/xc":"xowned","aws:RequestTag/elbv2.k8s.aws/cluster":"xc"}}}`,
		`{"Effect":"Deny","NotAction":"sns:Publish","NotResource":`+list(arns)+`}`)}}
	a.Roles = append(a.Roles, user)
	return a
}

// frameWords are words that tools have in their names, besides the common ones.
var frameWords = strings.Fields(`
	cdk amplify auth unauth authRole eks ecs eksctl nodegroup addon exec cfn-exec lookup file publishing image-publishing deploy-role
	SageMaker Amazon Execution ExecutionRole Role StackSet Stack Set QuickSetup Setup Mgmt Host Local SSO Reserved AWSReservedSSO
	Organization Account Access Control Tower rds dms vpc cloudwatch elasticbeanstalk ec2 spot basic execution Default EMR Backup Service
	bootstrap version kubernetes image-publishing Lambda Basic Step Functions Cognito Auth_Role Pipeline Glue codebuild assets container-assets StepFunctions stacksets DELETE`)

// TestToolsWordsAreNoNames: both accounts have what AWS and tools name, and no word of
// these names is an account's, whichever account a dictionary says it is of.
func TestToolsWordsAreNoNames(t *testing.T) {
	words := slices.Concat(commonWords, frameWords)
	slices.Sort(words)
	words = slices.Compact(words)
	dev, qa := toolAccount(devID, 1), toolAccount(qaID, 2)
	reversed := func(words ...string) string {
		d := strings.ReplaceAll(wordsDictionary(words...), `"dev": `, `"other": `)
		return strings.ReplaceAll(strings.ReplaceAll(d, `"qa": `, `"dev": `), `"other": `, `"qa": `)
	}
	wrong, tried := mustBeSilent(t, "no words", `{}`, dev, qa), 0
	round := func(what string, words ...string) {
		tried += 2 * 2 * len(words) * (len(toolNames) + len(toolReferences))
		wrong += mustBeSilent(t, what+" of dev's", wordsDictionary(words...), dev, qa)
		wrong += mustBeSilent(t, what+" of qa's", reversed(words...), dev, qa)
	}
	round("all words", words...)
	rounds := 8
	if os.Getenv("IAMCTL_LONG") != "" {
		rounds = len(words)
	}
	for i := range rounds {
		w, v := words[i*len(words)/rounds], words[(i*len(words)/rounds+71)%len(words)]
		round(w, w)
		tried += 2 * (len(toolNames) + len(toolReferences))
		wrong += mustBeSilent(t, w+" and "+v, fmt.Sprintf(`{"version": 2, "equivalencies": [{"placeholder": "WORD", "values": {"dev": %q, "qa": %q}}]}`, w, v), dev, qa)
	}
	t.Logf("%d names, %d references, %d words: %d tried, %d roles drift", len(toolNames), len(toolReferences), len(words), tried, wrong)
}

// namedAccount has a thing of a name, and a role that names it.
func namedAccount(id, name string) *inventory.Account {
	arn := "arn:aws:iam::" + id + ":" + name
	trust := allow(`"Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"`)
	a := &inventory.Account{ID: id, Partition: "aws", Roles: []inventory.Role{{
		Name: "zz", Path: "/", ARN: "arn:aws:iam::" + id + ":role/zz", Trust: trust,
		Inline: []inventory.InlinePolicy{{Name: "zy", Document: allow(`"Action":"iam:PassRole","Resource":"` + arn + `"`)}},
	}}}
	if kind, _, _ := strings.Cut(name, "/"); kind == "role" {
		last := strings.LastIndexByte(name, '/')
		a.Roles = append(a.Roles, inventory.Role{Name: name[last+1:], Path: name[len("role") : last+1], ARN: arn, Trust: trust})
	}
	return a
}

// TestToolsWordsElsewhereAreNames: what somebody chose is a name, in a tool's frame and
// where a name merely has one of its words.
func TestToolsWordsElsewhereAreNames(t *testing.T) {
	tried, wrong := 0, 0
	for _, tt := range []struct {
		reason, name string
		// words are dev's and qa's NAME.
		words [2]string
	}{
		{"a role that deploys", "role/my-NAME-role", [2]string{"deploy", "ship"}},
		{"by that alone", "role/NAME-role", [2]string{"deploy", "ship"}},
		{"with the tool's first word", "role/cdk-NAME-role", [2]string{"deploy", "ship"}},
		{"and more of the frame", "role/cdk-shop-NAME-role-eu-north-1", [2]string{"deploy", "ship"}},
		{"something before the frame", "role/x-cdk-hnb659fds-NAME-role-ID-eu-north-1", [2]string{"deploy", "ship"}},
		{"something behind it", "role/cdk-hnb659fds-NAME-role-ID-eu-north-1-x", [2]string{"deploy", "ship"}},
		{"a pattern of other names", "role/*-NAME-role-*", [2]string{"deploy", "ship"}},
		{"and of an app called cdk-shop", "role/cdk-shop-NAME-*", [2]string{"deploy", "ship"}},
		{"a role of a template of one's own", "role/cdk-hnb659fds-NAME-role-ID-eu-north-1", [2]string{"red", "blue"}},
		{"the CDK's qualifier", "role/cdk-NAME-deploy-role-ID-eu-north-1", [2]string{"red", "blue"}},
		{"in a pattern", "role/cdk-NAME-deploy-role-*", [2]string{"red", "blue"}},
		{"an app of Amplify's", "role/amplify-xshop-NAME-CLOCK-authRole", [2]string{"dev", "qa"}},
		{"a role like Amplify's", "role/app-NAME-role", [2]string{"auth", "login"}},
		{"a permission set", "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_NAME_HEX16", [2]string{"Dev", "QA"}},
		{"EKS's word", "role/NAME-nodes", [2]string{"eks", "lambda"}},
		{"in a profile", "instance-profile/NAME-nodes", [2]string{"eks", "lambda"}},
		{"in a pattern of profiles", "instance-profile/NAME-*", [2]string{"eks", "lambda"}},
		{"a cluster of eksctl's", "role/eksctl-NAME-cluster-ServiceRole-SUFFIX", [2]string{"dev", "qa"}},
		{"what is no console's", "role/fn-NAME-frontend", [2]string{"role", "ship"}},
		{"a given name with more", "role/rds-NAME-role-x", [2]string{"monitoring", "watch"}},
		{"and before it", "role/x-rds-NAME-role", [2]string{"monitoring", "watch"}},
		{"a whole given name", "role/NAME", [2]string{"rds-monitoring-role", "watcher"}},
		{"SageMaker's middle", "role/AmazonSageMaker-NAME-ExecutionRole-TIME", [2]string{"dev", "qa"}},
		{"SageMaker in a role of one's own", "role/my-NAME-ExecutionRole", [2]string{"SageMaker", "Tools"}},
		{"a build of CodeBuild's", "role/codebuild-NAME-service-role", [2]string{"dev", "qa"}},
		{"and one of one's own", "role/x-codebuild-NAME-role", [2]string{"service", "ship"}},
	} {
		dictionary := fmt.Sprintf(`{"version": 2, "equivalencies": [{"placeholder": "WORD", "values": {"dev": %q, "qa": %q}}]}`, tt.words[0], tt.words[1])
		for _, names := range [][2]int{{0, 1}, {0, 0}, {1, 1}, {1, 0}} {
			var accounts [2]*inventory.Account
			for side, id := range []string{devID, qaID} {
				r := rand.New(rand.NewPCG(uint64(side), 11))
				accounts[side] = namedAccount(id, fill(r, id, strings.ReplaceAll(tt.name, "NAME", tt.words[names[side]])))
			}
			c := compareStories(t, dictionary, accounts[0], accounts[1])
			tried++
			if sync := names == [2]int{0, 1}; c.Drift == sync || c.Incomplete {
				wrong++
				t.Errorf("%s: %s with %q and %q is in sync: %v\n%s", tt.reason, tt.name, tt.words[names[0]], tt.words[names[1]], !c.Drift, strings.Join(found(c), "\n"))
			}
		}
	}
	t.Logf("%d tried, %d wrong", tried, wrong)
}
