package toolname

import "regexp"

// tagKey is a tag's key of AWS's or a tool's: AWS's own begin with aws: (Tagging AWS
// Resources User Guide); the others are those of the CDK, of eksctl, and of what runs in
// a cluster of EKS (EKS User Guide, "Amazon EKS cluster IAM role" and its add-ons).
// What follows one of the tools' domains and is none of their keys is somebody's.
var tagKey = regexp.MustCompile(`(?i)^(?:(aws:[^/]*|ebs\.csi\.aws\.com/cluster|` +
	`aws-cdk:(?:bootstrap-role|auto-delete-(?:images|objects)|subnet-(?:name|type)|cr-owned)|` +
	`eks:(?:eks-)?(?:cluster-name|nodegroup-name|fargate-profile-name|addon-name)|eks:kubernetes-(?:node-class|node-pool)-name|` +
	`(?:alpha\.eksctl\.io|eksctl\.cluster\.k8s\.io/v1alpha1)/(?:cluster-name|cluster-oidc-enabled|eksctl-version|` +
	`iamserviceaccount-name|nodegroup-name|nodegroup-type|fargate-profile-name|addon-name|karpenter-version|podidentityassociation-name)|` +
	`(?:elbv2|ingress|service)\.k8s\.aws/(?:cluster|resource|stack)|` +
	`karpenter\.sh/(?:discovery|nodepool|nodeclaim|provisioner-name|managed-by|capacity-type|registered|initialized)|` +
	`karpenter\.k8s\.aws/(?:ec2nodeclass|cluster))$|` +
	`((?:kubernetes\.io/cluster|k8s\.io/cluster-autoscaler|alpha\.eksctl\.io|eksctl\.cluster\.k8s\.io/v1alpha1|(?:elbv2|ingress|service)\.k8s\.aws|karpenter\.sh|karpenter\.k8s\.aws)/))`)

// TagWord returns AWS's or a tool's words in the key of a tag, which may be in any letter
// case.
func TagWord(key string) (word Span, ok bool) {
	m := tagKey.FindStringSubmatchIndex(key)
	switch {
	case m == nil:
		return Span{}, false
	case m[2] >= 0:
		return Span{m[2], m[3]}, true
	}
	return Span{m[4], m[5] - 1}, true
}

// IsOwnTag reports whether a tool says what the value of a tag is: the CDK tags each of
// its bootstrap roles with what it is for.
func IsOwnTag(key string) bool { return key == "aws-cdk:bootstrap-role" }
