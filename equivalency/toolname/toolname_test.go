package toolname

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	const uuid = "8a1f3c5e-7b2d-4f60-9c1e-0a2b4c6d8e0f"
	for _, tt := range []struct{ kind, name, want, reason string }{
		{Role, "cdk-hnb659fds-deploy-role-111111111111-eu-west-1", "cdk deploy-role", "a bootstrap role"},
		{Role, "cdk-shop-cfn-exec-role-111111111111-us-gov-west-1", "cdk cfn-exec-role", "with another qualifier"},
		{Role, "cdk-hnb659fds-dev-role-111111111111-eu-west-1", "", "of another template"},
		{Role, "cdk-hnb659fds-deploy-role-1111-eu-west-1", "", "no account's id"},
		{Role, "cdk-hnb659fds-deploy-role-*", "cdk deploy-role", "a pattern"},
		{Role, "cdk-*-deploy-role-${aws:PrincipalAccount}-*", "cdk deploy-role", "of any account"},
		{Role, "cdk-hnb659fds-image-*", "cdk image", "of several roles"},
		{Role, "cdk-shop-image-*", "", "which may be those of an app"},
		{Role, "cdk-*", "cdk", "of all"},
		{Role, "cdkshop*-deploy-role-*", "", "of longer words"},
		{Role, "cdk-shop-*xdeploy-role-*", "", "at either end"},
		{Role, "cdk-shop", "", "a name that begins so"},
		{Policy, "cdk-hnb659fds-deploy-role-111111111111-eu-west-1", "", "a policy of a role's name"},
		{Bucket, "cdk-hnb659fds-assets-111111111111-eu-west-1", "cdk assets", "a bucket"},
		{Repository, "cdk-hnb659fds-container-assets-*", "cdk container-assets", "a repository"},
		{Role, "amplify-shop-dev-120000-authRole", "amplify authRole", "an app's"},
		{Role, "amplify-shop-dev-authRole", "", "nothing drawn"},
		{Role, "amplify-shop-*-unauthRole", "amplify unauthRole", "a pattern for what was drawn"},
		{Role, "AWSReservedSSO_Admin_0123456789abcdef", "AWSReservedSSO AWSReservedSSO", "in two frames"},
		{SAMLProvider, "AWSSSO_0123456789abcdef_DO_NOT_DELETE", "AWSSSO DO_NOT_DELETE AWSSSO", "a provider"},
		{Role, "AmazonSageMaker-ExecutionRole-20240101T120000", "AmazonSageMaker AmazonSageMaker ExecutionRole", "an execution role"},
		{Role, "AmazonSageMakerDev", "", "a longer word"},
		{Role, "AWS-QuickSetup-SSM-DefaultEC2MgmtRole-eu-west-1", "AWS-QuickSetup-SSM-DefaultEC2MgmtRole", "a region is none"},
		{InstanceProfile, "eks-" + uuid, "eks", "a node group's"},
		{InstanceProfile, "eks-*", "", "a pattern that may be anybody's"},
		{Role, "eks-" + uuid, "", "no profile"},
		{Role, "fn-role-abc123de", "", "words that only what was drawn can tell"},
		{Role, "StepFunctions-flow-role-abc123def", "StepFunctions role", "that service's own"},
		{"group", "cdk-hnb659fds-deploy-role-111111111111-eu-west-1", "", "no kind that tools name"},
	} {
		var got []string
		for _, w := range Words(tt.kind, tt.name) {
			got = append(got, tt.name[w.From:w.To])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%s: %s has %q, want %q", tt.reason, tt.name, got, tt.want)
		}
	}
}

func TestTagWord(t *testing.T) {
	for _, tt := range []struct{ key, want, reason string }{
		{"aws:cloudformation:stack-name", "aws:cloudformation:stack-name", "AWS's own"},
		{"aws-cdk:bootstrap-role", "aws-cdk:bootstrap-role", "the CDK's"},
		{"alpha.eksctl.io/cluster-name", "alpha.eksctl.io/cluster-name", "eksctl's"},
		{"elbv2.k8s.aws/cluster", "elbv2.k8s.aws/cluster", "a controller's"},
		{"Kubernetes.io/cluster/dev", "Kubernetes.io/cluster", "a cluster's name is none"},
		{"karpenter.sh/discovery", "karpenter.sh/discovery", "Karpenter's"},
		{"karpenter.sh/dev-pool", "karpenter.sh", "what follows is somebody's"},
		{"karpenter.sh/discovery-dev", "karpenter.sh", "what follows is somebody's"},
		{"elbv2.k8s.aws/dev", "elbv2.k8s.aws", "what follows is somebody's"},
		{"eks:cluster-name", "eks:cluster-name", "EKS's"},
		{"eks:cluster-dev", "", "not EKS's"},
		{"aws-cdk:dev", "", "not the CDK's"},
		{"cluster", "", "somebody's"},
		{"corp.example/cluster-name", "", "of a domain of one's own"},
		{"x-kubernetes.io/cluster/dev", "", "a longer word"},
	} {
		w, ok := TagWord(tt.key)
		if got := tt.key[w.From:w.To]; got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s: %s has %q (%v), want %q", tt.reason, tt.key, got, ok, tt.want)
		}
		if own := IsOwnTag(tt.key); own != (tt.reason == "the CDK's") {
			t.Errorf("%s: the value is the tool's: %v", tt.reason, own)
		}
	}
}

func TestGiven(t *testing.T) {
	for _, tt := range []struct {
		kind, text string
		want       int
		reason     string
	}{
		{Role, "rds-monitoring-role", 19, "RDS's"},
		{Role, "ecsInstanceRole*", 15, "a pattern"},
		{InstanceProfile, "ecsInstanceRole", 15, "its profile"},
		{Policy, "ecsInstanceRole", 0, "a policy"},
		{Role, "rds-monitoring-role-dev", 0, "with more"},
		{Role, "", 0, "nothing"},
		{Role, "*", 0, "anything"},
	} {
		n, ok := Given(tt.kind, tt.text)
		if ok != (tt.want > 0) || ok && n != tt.want {
			t.Errorf("%s: %s: %d, %v", tt.reason, tt.text, n, ok)
		}
	}
}

func TestBeside(t *testing.T) {
	const name = "arn:aws:iam::111111111111:role/service-role/fn-role-abc123de"
	if got := Beside(name, Span{len(name) - 8, len(name)}); len(got) != 1 || name[got[0].From:got[0].To] != "role" {
		t.Errorf("the console's word: %v", got)
	}
	for _, drawn := range []Span{{len(name) - 7, len(name)}, {0, 3}, {len(name), len(name) + 8}} {
		if got := Beside(name, drawn); got != nil {
			t.Errorf("%v has %v beside it", drawn, got)
		}
	}
}

// FuzzWords: words lie in the name, and a part that was drawn does too.
func FuzzWords(f *testing.F) {
	f.Add("cdk-hnb659fds-deploy-role-111111111111-eu-west-1")
	f.Add("eksctl-a-addon-b-Role1-*")
	f.Add("StackSet-a-01234567-${")
	f.Fuzz(func(t *testing.T, name string) {
		for kind, frames := range byKind {
			words := Words(kind, name)
			for _, frame := range frames {
				if part, ok := frame.Drawn(kind, name); ok && frame.name.SubexpIndex("drawn") > 0 {
					words = append(words, part)
				}
			}
			if slices.ContainsFunc(words, func(w Span) bool { return w.From < 0 || w.To <= w.From || len(name) < w.To }) {
				t.Fatalf("%q: %v", name, words)
			}
		}
	})
}
