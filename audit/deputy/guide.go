package deputy

// guides are the services whose own guide shows aws:SourceAccount or aws:SourceArn in
// the trust policy of their role, with the guide and its page.
var guides = map[string]string{
	"scheduler.amazonaws.com":     `EventBridge Scheduler User Guide, "Confused deputy prevention in EventBridge Scheduler",`,
	"sagemaker.amazonaws.com":     `SageMaker AI Developer Guide, "Cross-service confused deputy prevention",`,
	"vpc-flow-logs.amazonaws.com": `VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs",`,
	"states.amazonaws.com":        `Step Functions Developer Guide, "Creating an IAM role for your state machine",`,
	"bedrock.amazonaws.com":       `Bedrock User Guide, "Service roles",`,
	"ssm.amazonaws.com":           `Systems Manager User Guide, "Create the IAM service role required for Systems Manager in hybrid and multicloud environments",`,
	"datasync.amazonaws.com":      `DataSync User Guide, "Cross-service confused deputy prevention",`,
	"personalize.amazonaws.com":   `Personalize Developer Guide, "Cross-service confused deputy prevention",`,
	"fis.amazonaws.com":           `Resilience Hub User Guide, "Single-account execution role",`,
	"ecs-tasks.amazonaws.com":     `ECS Developer Guide, "Amazon ECS task IAM role",`,
	"appstream.amazonaws.com":     `AppStream 2.0 Developer Guide, "Fleet machine role cross-service confused deputy prevention",`,
	"transfer.amazonaws.com":      `Transfer Family User Guide, "Cross-service confused deputy prevention",`,
	"frauddetector.amazonaws.com": `Fraud Detector User Guide, "Confused deputy prevention",`,
}
