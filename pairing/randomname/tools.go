package randomname

import (
	"regexp"
	"strings"

	"iamctl/equivalency"
)

// identityCenter recognises the roles of permission sets, which end in 16 hex digits
// (IAM Identity Center User Guide, "Referencing permission sets"), and the SAML
// provider that Identity Center makes, of which an account may trust several. Sixteen digits alone or letters alone speak
// neither for nor against it.
func identityCenter(kind Kind, name, path string) (Form, bool) {
	f := Form{Tool: "IAM Identity Center's random part"}
	switch kind {
	case equivalency.SAMLProvider:
		m := identityProvider.FindStringSubmatchIndex(name)
		if m == nil {
			return f, false
		}
		f.Parts, f.Between = spans(m), true
	case equivalency.Role:
		if !strings.HasPrefix(path, IdentityCenterPath) {
			return f, false
		}
		m := permissionSet.FindStringSubmatchIndex(name)
		if m == nil {
			return f, false
		}
		f.Parts = spans(m)
	default:
		return f, false
	}
	hex := name[f.Parts[0].From:f.Parts[0].To]
	if f.Evidence = certain; only(hex, digits) || only(hex, smalls) {
		f.Evidence = -1
	}
	return f, true
}

// IdentityCenterPath is where Identity Center's roles are; nobody else may make roles
// there.
const IdentityCenterPath = "/aws-reserved/sso.amazonaws.com/"

var (
	permissionSet    = regexp.MustCompile(`^AWSReservedSSO_.+_([0-9a-f]{16})$`)
	identityProvider = regexp.MustCompile(`^AWSSSO_([0-9a-f]{16})_DO_NOT_DELETE$`)
)

// spans returns the groups of a match.
func spans(match []int) []equivalency.Span {
	var out []equivalency.Span
	for i := 2; i < len(match); i += 2 {
		if match[i] >= 0 {
			out = append(out, equivalency.Span{From: match[i], To: match[i+1]})
		}
	}
	return out
}

// terraform recognises what name_prefix appends: date and time to 1/10,000 s and eight
// hex digits of a counter.
func terraform(_ Kind, name, _ string) (Form, bool) {
	const time, counter = 18, 8
	at := len(name) - time - counter
	if at <= 0 || !plausibleTime(name[at:at+time]) || !only(name[at+time:], hexDigits) {
		return Form{}, false
	}
	return Form{Tool: "Terraform's time stamp", Parts: last(name, time+counter), Evidence: certain}, true
}

// amplify recognises the roles of an Amplify app, named for the time of day at which
// they were made, or by five hex digits.
func amplify(kind Kind, name, _ string) (Form, bool) {
	m := amplifyRole.FindStringSubmatchIndex(name)
	if kind != equivalency.Role || m == nil {
		return Form{}, false
	}
	f := Form{Tool: "Amplify's time stamp", Parts: spans(m), Evidence: certain}
	switch part := name[m[2]:m[3]]; {
	case len(part) == 6 && !plausibleClock(part):
		return Form{}, false
	case len(part) == 5:
		f.draw(part, 16, 0)
	}
	return f, true
}

var amplifyRole = regexp.MustCompile(`^amplify-.+-([0-9]{6}|[0-9a-f]{5})-(?:authRole|unauthRole)$`)

// sageMaker recognises what SageMaker's console makes, with date and time.
func sageMaker(_ Kind, name, _ string) (Form, bool) {
	m := sageMakerName.FindStringSubmatchIndex(name)
	if m == nil || !plausibleTime(strings.Replace(name[m[2]:m[3]], "T", "", 1)) {
		return Form{}, false
	}
	return Form{Tool: "SageMaker's time stamp", Parts: spans(m), Evidence: certain}, true
}

var sageMakerName = regexp.MustCompile(`^AmazonSageMaker[A-Za-z]*-.+-([0-9]{8}T[0-9]{6})$`)

// uuid recognises the UUIDs that the consoles append to the policies of a service's
// role, such as AWSLambdaBasicExecutionRole-UUID, and the names of EKS's instance
// profiles. On other paths a UUID may be that of a customer.
func uuid(kind Kind, name, path string) (Form, bool) {
	if at := len(name) - 37; at < 1 || name[at] != '-' {
		return Form{}, false
	}
	m := uuidName.FindStringSubmatchIndex(name)
	profile := kind == equivalency.InstanceProfile && strings.HasPrefix(name, "eks-")
	if m == nil || !strings.HasPrefix(path, "/service-role/") && !strings.HasPrefix(name, "AWS") && !profile {
		return Form{}, false
	}
	hex := strings.ReplaceAll(name[m[2]:m[3]], "-", "")
	if only(hex, digits) || only(hex, smalls) {
		return Form{}, false
	}
	return Form{Tool: "the console's random part", Parts: spans(m), Evidence: certain}, true
}

var uuidName = regexp.MustCompile(`^.+-([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`)

// bootstrap recognises the CDK's bootstrap roles, of which there is one set in every
// region (CDK Developer Guide, "Bootstrapping"). The account's id in the name is
// rewritten as everywhere. Within one account each region's role is another.
func bootstrap(kind Kind, name, _ string) (Form, bool) {
	m := bootstrapRole.FindStringSubmatchIndex(name)
	if kind != equivalency.Role || m == nil {
		return Form{}, false
	}
	return Form{Tool: "the CDK bootstrap's region", Parts: spans(m), Evidence: certain, Between: true}, true
}

var bootstrapRole = regexp.MustCompile(`^cdk-[a-z0-9]{1,10}-[a-z-]+-role-[0-9]{12}-([a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2})$`)

// quickSetup recognises the roles of a configuration of Systems Manager Quick Setup,
// which end in five small letters and digits.
func quickSetup(kind Kind, name, _ string) (Form, bool) {
	m := quickSetupRole.FindStringSubmatchIndex(name)
	if kind != equivalency.Role || m == nil {
		return Form{}, false
	}
	f := Form{Tool: "Quick Setup's random part", Parts: spans(m)}
	f.draw(name[m[2]:m[3]], 36, 0)
	return f, true
}

var quickSetupRole = regexp.MustCompile(`^AWS-QuickSetup-.+-([a-z0-9]{5})$`)

// console recognises the roles that the consoles of Lambda and Step Functions make:
// NAME-role- and eight small letters and digits, or nine. They are below
// /service-role/; elsewhere it takes more evidence.
func console(kind Kind, name, path string) (Form, bool) {
	if !strings.Contains(name, "-role-") {
		return Form{}, false
	}
	m := consoleRole.FindStringSubmatchIndex(name)
	if kind != equivalency.Role || m == nil || m[3]-m[2] == 9 && !strings.HasPrefix(name, "StepFunctions-") {
		return Form{}, false
	}
	pair := 5.0
	if strings.HasPrefix(path, "/service-role/") {
		pair = 3
	}
	f := Form{Tool: "the console's random part", Parts: spans(m)}
	f.draw(name[m[2]:m[3]], 36, pair)
	return f, true
}

var consoleRole = regexp.MustCompile(`^.+-role-([a-z0-9]{8,9})$`)

// pulumi recognises the seven hex digits that Pulumi appends.
func pulumi(_ Kind, name, _ string) (Form, bool) {
	const size = 7
	at := len(name) - size
	if at < 2 || name[at-1] != '-' || !only(name[at:], hexDigits) {
		return Form{}, false
	}
	f := Form{Tool: "Pulumi's random part", Parts: last(name, size)}
	f.draw(name[at:], 16, 0)
	return f, true
}

// plausibleTime reports whether digits begin with a date and a time of day.
func plausibleTime(text string) bool {
	return len(text) >= 14 && only(text, digits) && "2006" <= text[:4] && text[:4] < "2100" &&
		between(text[4:6], 1, 12) && between(text[6:8], 1, 31) && plausibleClock(text[8:14])
}

// plausibleClock reports whether six digits are a time of day.
func plausibleClock(text string) bool {
	return between(text[:2], 0, 23) && between(text[2:4], 0, 59) && between(text[4:6], 0, 59)
}
