package randomname

import (
	"strings"

	"iamctl/equivalency"
	"iamctl/equivalency/toolname"
)

// identityCenter recognises the roles of permission sets, which end in 16 hex digits
// (IAM Identity Center User Guide, "Referencing permission sets"), and the SAML
// provider that Identity Center makes, of which an account may trust several. Sixteen digits alone or letters alone speak
// neither for nor against it.
func identityCenter(kind Kind, name, path string) (Form, bool) {
	f := Form{Tool: "IAM Identity Center's random part"}
	switch kind {
	case equivalency.SAMLProvider:
		if !f.fill(toolname.IdentityProvider, kind, name) {
			return f, false
		}
		f.Between = true
	case equivalency.Role:
		if !strings.HasPrefix(path, IdentityCenterPath) || !f.fill(toolname.PermissionSet, kind, name) {
			return f, false
		}
	default:
		return f, false
	}
	hex := f.part(name)
	if f.Evidence = certain; only(hex, digits) || only(hex, smalls) {
		f.Evidence = -1
	}
	return f, true
}

// IdentityCenterPath is where Identity Center's roles are; nobody else may make roles
// there.
const IdentityCenterPath = "/aws-reserved/sso.amazonaws.com/"

// fill fills in the part that the tool drew of a name; it is false for a name that is
// not in the tool's frame.
func (f *Form) fill(frame *toolname.Frame, kind Kind, name string) bool {
	part, ok := frame.Drawn(string(kind), name)
	f.Parts = []equivalency.Span{equivalency.Span(part)}
	return ok
}

// part returns the first part.
func (f *Form) part(name string) string { return name[f.Parts[0].From:f.Parts[0].To] }

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
	f := Form{Tool: "Amplify's time stamp", Evidence: certain}
	if !f.fill(toolname.Amplify, kind, name) {
		return Form{}, false
	}
	switch part := f.part(name); {
	case len(part) == 6 && !plausibleClock(part):
		return Form{}, false
	case len(part) == 5:
		f.draw(part, 16, 0)
	}
	return f, true
}

// sageMaker recognises what SageMaker's console makes, with date and time.
func sageMaker(kind Kind, name, _ string) (Form, bool) {
	f := Form{Tool: "SageMaker's time stamp", Evidence: certain}
	return f, f.fill(toolname.SageMaker, kind, name) && plausibleTime(strings.Replace(f.part(name), "T", "", 1))
}

// uuid recognises the UUIDs that the consoles append to the policies of a service's
// role, such as AWSLambdaBasicExecutionRole-UUID, and the names of EKS's instance
// profiles. On other paths a UUID may be that of a customer.
func uuid(kind Kind, name, path string) (Form, bool) {
	if at := len(name) - 37; at < 1 || name[at] != '-' {
		return Form{}, false
	}
	f := Form{Tool: "the console's random part", Evidence: certain}
	profile := kind == equivalency.InstanceProfile && strings.HasPrefix(name, "eks-")
	if !f.fill(toolname.UUID, kind, name) || !strings.HasPrefix(path, "/service-role/") && !strings.HasPrefix(name, "AWS") && !profile {
		return Form{}, false
	}
	hex := strings.ReplaceAll(f.part(name), "-", "")
	return f, !only(hex, digits) && !only(hex, smalls)
}

// bootstrap recognises the CDK's bootstrap roles, of which there is one set in every
// region (CDK Developer Guide, "Bootstrapping"). The account's id in the name is
// rewritten as everywhere. Within one account each region's role is another.
func bootstrap(kind Kind, name, _ string) (Form, bool) {
	f := Form{Tool: "the CDK bootstrap's region", Evidence: certain, Between: true}
	return f, f.fill(toolname.Bootstrap, kind, name)
}

// quickSetup recognises the roles of a configuration of Systems Manager Quick Setup,
// which end in five small letters and digits.
func quickSetup(kind Kind, name, _ string) (Form, bool) {
	f := Form{Tool: "Quick Setup's random part"}
	if !f.fill(toolname.QuickSetup, kind, name) {
		return Form{}, false
	}
	f.draw(f.part(name), 36, 0)
	return f, true
}

// console recognises the roles that the consoles of Lambda and Step Functions make:
// NAME-role- and eight small letters and digits, or nine. They are below
// /service-role/; elsewhere it takes more evidence.
func console(kind Kind, name, path string) (Form, bool) {
	if !strings.Contains(name, "-role-") {
		return Form{}, false
	}
	f := Form{Tool: "the console's random part"}
	if !f.fill(toolname.Console, kind, name) && !f.fill(toolname.StepFunctions, kind, name) {
		return Form{}, false
	}
	pair := 5.0
	if strings.HasPrefix(path, "/service-role/") {
		pair = 3
	}
	f.draw(f.part(name), 36, pair)
	return f, true
}

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
