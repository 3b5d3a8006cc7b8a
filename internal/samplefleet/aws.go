package samplefleet

import "iamctl/inventory"

// managed are policies of AWS's, as they were in 2025 (AWS Managed Policy Reference).
var managed = []awsPolicy{
	{"AmazonS3ReadOnlyAccess", "", "v3", `{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}`},
	{"AmazonSQSFullAccess", "", "v1", `{"Action":["sqs:*"],"Effect":"Allow","Resource":"*"}`},
	{"AWSXRayDaemonWriteAccess", "", "v2", `{"Effect":"Allow","Action":["xray:PutTraceSegments","xray:PutTelemetryRecords","xray:GetSamplingRules","xray:GetSamplingTargets","xray:GetSamplingStatisticSummaries"],"Resource":["*"]}`},
	{"AWSLambdaBasicExecutionRole", "service-role/", "v1", `{"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}`},
	{"AWSLambdaVPCAccessExecutionRole", "service-role/", "v3", `{"Sid":"AWSLambdaVPCAccessExecutionPermissions","Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents","ec2:CreateNetworkInterface","ec2:DescribeNetworkInterfaces","ec2:DescribeSubnets","ec2:DeleteNetworkInterface","ec2:AssignPrivateIpAddresses","ec2:UnassignPrivateIpAddresses"],"Resource":"*"}`},
	{"AmazonSSMManagedInstanceCore", "", "v2", `{"Effect":"Allow","Action":["ssm:DescribeAssociation","ssm:GetDeployablePatchSnapshotForInstance","ssm:GetDocument","ssm:DescribeDocument","ssm:GetManifest","ssm:GetParameter","ssm:GetParameters","ssm:ListAssociations","ssm:ListInstanceAssociations","ssm:PutInventory","ssm:PutComplianceItems","ssm:PutConfigurePackageResult","ssm:UpdateAssociationStatus","ssm:UpdateInstanceAssociationStatus","ssm:UpdateInstanceInformation"],"Resource":"*"},{"Effect":"Allow","Action":["ssmmessages:CreateControlChannel","ssmmessages:CreateDataChannel","ssmmessages:OpenControlChannel","ssmmessages:OpenDataChannel"],"Resource":"*"},{"Effect":"Allow","Action":["ec2messages:AcknowledgeMessage","ec2messages:DeleteMessage","ec2messages:FailMessage","ec2messages:GetEndpoint","ec2messages:GetMessages","ec2messages:SendReply"],"Resource":"*"}`},
	{"AmazonECSTaskExecutionRolePolicy", "service-role/", "v1", `{"Effect":"Allow","Action":["ecr:GetAuthorizationToken","ecr:BatchCheckLayerAvailability","ecr:GetDownloadUrlForLayer","ecr:BatchGetImage","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}`},
}

type awsPolicy struct{ name, path, version, statements string }

func (p awsPolicy) arn() string { return "arn:aws:iam::aws:policy/" + p.path + p.name }

func awsPolicies() []inventory.Policy {
	var out []inventory.Policy
	for _, p := range managed {
		out = append(out, inventory.Policy{Name: p.name, ARN: p.arn(), Path: "/" + p.path, DefaultVersion: p.version, Document: document(p.statements)})
	}
	return out
}
