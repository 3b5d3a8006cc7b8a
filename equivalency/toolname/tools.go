package toolname

// The frames whose gaps a tool fills, each from the tool's documentation.
var (
	// PermissionSet is a role of IAM Identity Center's, and IdentityProvider the SAML
	// provider that it makes (IAM Identity Center User Guide, "Referencing permission
	// sets").
	PermissionSet    = frame(Role, `'AWSReservedSSO'_<any>_<!hex16>`)
	IdentityProvider = frame(SAMLProvider, `'AWSSSO'_<!hex16>_'DO_NOT_DELETE'`)

	// Bootstrap is a role that the CDK bootstraps, of which there is one in every region
	// (CDK Developer Guide, "Bootstrapping"); a custom template may have others.
	Bootstrap = frame(Role, `cdk-<qualifier>-<small>-role-<account>-<!region>`)

	// StackSet is the name of a stack of a StackSet's, with its UUID or what is left of
	// it, and begins the names that the stack makes (CloudFormation User Guide, "Working
	// with StackSets").
	StackSet = frame(Role, `'StackSet'-<some>-<!uuidcut>`)

	// Amplify is a role of an app of Amplify's, with the time of day at which it was made
	// or five hex digits.
	Amplify = frame(Role, `'amplify'-<any>-<!clock>-'(?:un)?authRole(?:-idp)?'`)

	// SageMaker is what SageMaker's console makes, with date and time.
	SageMaker = frame(Role+" "+Policy, `'AmazonSageMaker'<letters>-<any>-<!time>`)

	// QuickSetup is a role of a configuration of Systems Manager Quick Setup.
	QuickSetup = frame(Role, `'AWS-QuickSetup'-<any>-<!small5>`)

	// Console is a role that Lambda's console makes, and StepFunctions one of that
	// service's console. A name of the first may as well be somebody's: it takes what
	// was drawn to tell.
	Console       = frame(Role, `<any>-'role'-<!small8>`)
	StepFunctions = frame(Role, `'StepFunctions'-<any>-'role'-<!small9>`)

	// UUID is any name that ends in a UUID.
	UUID = frame(Role+" "+Policy+" "+InstanceProfile, `<any>-<!uuid>`)
)
