package toolname

import "strings"

// Words returns the tools' words in the name of a thing of a kind, or in a pattern of
// such names. Words of two frames may overlap.
func Words(kind, name string) []Span {
	var out []Span
	for _, f := range byKind[kind] {
		out = append(out, f.words(name)...)
	}
	return out
}

// Beside returns the words that a part of a text shows to be a tool's: that part was
// drawn by the tool.
func Beside(text string, drawn Span) []Span {
	if drawn.To > len(text) {
		return nil
	}
	text = text[:drawn.To]
	if part, ok := Console.Drawn(Role, text); !ok || part != drawn {
		return nil
	}
	return Console.words(text)
}

// framed are the frames with words that hold by themselves.
var framed = []*Frame{
	PermissionSet, IdentityProvider, Amplify, QuickSetup, StepFunctions,

	// Of AWS's own beginnings the rest does not matter.
	frame(Role, `'AWSReservedSSO'_<any>`),
	frame(SAMLProvider, `'AWSSSO'_<any>`),
	frame(Role, `'AWS-QuickSetup(?:-[A-Z][A-Za-z0-9]*)*'<in><rest>`),
	frame(Role+" "+Policy, `'AmazonSageMaker'<rest>`),
	frame(Role+" "+Policy, `'AmazonSageMaker'<letters>-'Execution(?:Role|Policy)'-<time>`),
	frame(Role+" "+Policy, `'AmazonSageMaker'<letters>-<any>-'Execution(?:Role|Policy)'-<time>`),

	// The CDK's bootstrap (CDK Developer Guide, "Customize CDK bootstrapping").
	frame(Role, `'cdk'-<qualifier>-'(?:deploy|file-publishing|image-publishing|lookup|cfn-exec)-role'-<account>-<region>`),
	patterns(Role, `'cdk'-<cut>`),
	patterns(Role, `'cdk'-<default>-'deploy|file(?:-publishing)?|image(?:-publishing)?|lookup|cfn(?:-exec)?'-<cut>`),
	frame(Policy, `'cdk'-<qualifier>-'(?:file-publishing|image-publishing)-role-default-policy|permissions-boundary'-<account>-<region>`),
	frame(Bucket, `'cdk'-<qualifier>-'assets'-<account>-<region>`),
	frame(Parameter, `'cdk-bootstrap'/<qualifier>/'version'`),
	frame(Repository, `'cdk'-<qualifier>-'container-assets'-<account>-<region>`),

	// What a stack of a StackSet makes, and what deploys it (CloudFormation User Guide,
	// "Grant service-managed permissions").
	frame(Role+" "+Policy+" "+InstanceProfile, `'StackSet'-<stackset>`),
	frame(Role, `'stacksets-exec'-<hex32>`),

	// The stacks of eksctl (eksctl User Guide, "IAM roles for service accounts").
	frame(Role, `'eksctl'-<any>-'(?:cluster|fargate)-(?:ServiceRole|FargatePodExecutionRole)'-<suffix>`),
	frame(Role+" "+InstanceProfile, `'eksctl'-<any>-'nodegroup'-<any>-'NodeInstance(?:Role|Profile)'-<suffix>`),
	frame(Role, `'eksctl'-<any>-'addon-iamserviceaccount|podidentityrole|addon'-<any>-'Role1'-<suffix>`),
	// EKS's own, of a node group.
	exact(InstanceProfile, `'eks'-<uuid>`),

	// What the consoles of services make.
	exact(Role+" "+Policy, `'AWS[A-Za-z0-9]*'-<uuid>`),
	frame(Policy, `'AWSLambda[A-Za-z0-9]*ExecutionRole'<rest>`),
	exact(Policy, `'XRayAccessPolicy|CloudWatchLogsDeliveryFullAccessPolicy|[A-Za-z0-9]+ScopedAccessPolicy|Amazon[-_]EventBridge[A-Za-z_-]*'-<uuid>`),
	frame(Role, `'codebuild'-<any>-'service-role'`),
	frame(Policy, `'CodeBuild(?:Base|Batch|CloudWatchLogs|Vpc|ImageRepository|SecretsManager|ManagedSecret|CodeConnectionsSourceCredentials)Policy'-<any>`),
	frame(Role+" "+Policy, `'AWSCodePipelineServiceRole'-<region>-<any>`),
	frame(Role+" "+Policy, `'cwe-role|start-pipeline-execution'-<region>-<any>`),
	frame(Role, `'config-role'-<region>`),
	frame(Role+" "+Policy, `'AWSGlueServiceRole|AWSGlueServiceNotebookRole'-<any>`),
	frame(Role+" "+Policy, `'KinesisFirehoseService(?:Role|Policy)'-<any>`),
	frame(Role, `'VPCFlowLogs-Cloudwatch'-<millis>`),
	frame(Role, `'CloudTrailRoleForCloudWatchLogs'_<any>`),
	frame(Role+" "+Policy, `'CloudWatchSynthetics(?:Role|Policy)'-<any>`),
	frame(Role, `'Amazon_EventBridge_(?:Invoke|Scheduler|Pipe)(?:_[A-Z][A-Za-z]*)*'_<any>`),
	frame(Role+" "+Policy, `'AmazonBedrockExecutionRole(?:For[A-Za-z]+)?'<sep><any>`),
	frame(Role, `'AmazonRedshift-CommandsAccessRole'-<time>`),
	frame(Role, `'AmazonComprehendServiceRole|AmazonGrafanaServiceRole|AmazonMWAA'-<any>`),
	frame(Role, `'datazone_usr_role'_<any>`),
	frame(Role, `'Cognito'_<any>'(?:Auth|Unauth)_Role'`),
}

// byKind are the frames by kind.
var byKind = func() map[string][]*Frame {
	m := map[string][]*Frame{}
	for _, f := range framed {
		for kind := range strings.FieldsSeq(f.kinds) {
			m[kind] = append(m[kind], f)
		}
	}
	return m
}()
