package toolname

import "strings"

// Given reports whether AWS gave the whole name of a role or an instance profile, as
// its documentation and consoles do. A wildcard may follow the name, which is then the
// first n bytes of the text.
func Given(kind, text string) (n int, ok bool) {
	name := strings.TrimRight(text, "*")
	return len(name), (kind == Role || kind == InstanceProfile) && given[name]
}

// given are the names that AWS gives, by the service whose documentation has them.
var given = func() map[string]bool {
	m := map[string]bool{}
	for name := range strings.FieldsSeq(`
		OrganizationAccountAccessRole

		AWSCloudFormationStackSetAdministrationRole AWSCloudFormationStackSetExecutionRole

		AWSControlTowerAdmin AWSControlTowerBlueprintAccess AWSControlTowerCloudTrailRole
		AWSControlTowerConfigAggregatorRoleForOrganizations AWSControlTowerExecution AWSControlTowerStackSetRole
		AWSAFTAdmin AWSAFTExecution AWSAFTService
		aws-controltower-AdministratorExecutionRole aws-controltower-AuditAdministratorRole aws-controltower-AuditReadOnlyRole
		aws-controltower-ConfigRecorderRole aws-controltower-ForwardSnsNotificationRole aws-controltower-ReadOnlyExecutionRole

		ecsAnywhereRole ecsAutoscaleRole ecsCodeDeployRole ecsEventsRole ecsInfrastructureRole ecsInstanceRole
		ecsServiceRole ecsTaskExecutionRole
		AWSBatchServiceRole aws-ec2-spot-fleet-role aws-ec2-spot-fleet-tagging-role

		eksClusterRole AmazonEKSAutoClusterRole AmazonEKSAutoNodeRole AmazonEKSClusterRole AmazonEKSConnectorAgentRole
		AmazonEKSFargatePodExecutionRole AmazonEKSLoadBalancerControllerRole AmazonEKSLocalOutpostClusterRole AmazonEKSNodeRole
		AmazonEKSPodExecutionRole AmazonEKSVPCCNIRole AmazonEKS_EBS_CSI_DriverRole AmazonEKS_EFS_CSI_DriverRole

		rds-monitoring-role
		dms-access-for-endpoint dms-cloudwatch-logs-role dms-s3-access-role dms-secrets-manager-role dms-vpc-role
		EMR_AutoScaling_DefaultRole EMR_DefaultRole EMR_DefaultRole_V2 EMR_EC2_DefaultRole
		DataPipelineDefaultResourceRole DataPipelineDefaultRole
		DynamoDBAutoscaleRole

		AWSBackupDefaultServiceRole AWSDataLifecycleManagerDefaultRole AWSDataLifecycleManagerDefaultRoleForAMIManagement
		AmazonEC2RunCommandRoleForManagedInstances AmazonSSMRoleForInstancesQuickSetup SSM-JustInTimeAccessTokenRole
		CloudTrail_CloudWatchLogs_Role CloudWatch-CrossAccountSharingRole flowlogsRole
		EC2ImageBuilderDistributionCrossAccountRole EC2InstanceProfileForImageBuilder

		aws-elasticbeanstalk-ec2-role aws-elasticbeanstalk-service-role
		aws-codestar-service-role aws-opsworks-cm-ec2-role aws-opsworks-cm-service-role aws-opsworks-ec2-role aws-opsworks-service-role
		AWSCloud9SSMAccessRole
		lambda_basic_execution lambda_basic_vpc_execution
		ApplicationAutoScalingForAmazonAppStreamAccess AmazonAppStreamServiceAccess workspaces_DefaultRole
		MediaConvert_Default_Role MediaLiveAccessRole Elastic_Transcoder_Default_Role

		AmazonSageMakerCanvasEMRSExecutionAccess AmazonSageMakerQueryExecution
		AmazonSageMakerServiceCatalogProductsApiGatewayRole AmazonSageMakerServiceCatalogProductsCloudformationRole
		AmazonSageMakerServiceCatalogProductsCodeBuildRole AmazonSageMakerServiceCatalogProductsCodePipelineRole
		AmazonSageMakerServiceCatalogProductsEventsRole AmazonSageMakerServiceCatalogProductsExecutionRole
		AmazonSageMakerServiceCatalogProductsFirehoseRole AmazonSageMakerServiceCatalogProductsGlueRole
		AmazonSageMakerServiceCatalogProductsLambdaRole AmazonSageMakerServiceCatalogProductsLaunchRole
		AmazonSageMakerServiceCatalogProductsUseRole
	`) {
		m[name] = true
	}
	return m
}()
