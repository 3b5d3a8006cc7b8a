// Package paths has the rules about the paths of roles: policies that name a path protect
// or pass what is on it, as long as every role is where its name says (AWS Security Blog,
// "Optimize AWS administration with IAM paths").
package paths

import (
	"iamctl/audit/rule"
	"iamctl/verdict/severity"
)

const source = `AWS Security Blog, "Optimize AWS administration with IAM paths"`

// Rules are the rules of the package.
var Rules = []rule.Rule{
	{
		ID: "NO-BOUNDARY", Severity: severity.Medium, Check: noBoundary,
		Title:  "roles without the boundary that their convention asks for",
		Why:    "the boundary is what limits whoever writes the role's policies",
		Source: `IAM User Guide, "Permissions boundaries for IAM entities"`,
		Blind:  "roles whose names match no path_conventions of the configuration",
	},
	{
		ID: "PATH-CONVENTION", Severity: severity.Low, Check: convention, Source: source,
		Title: "roles on another path than their convention's",
		Why:   "policies that name a path do not reach the role, or reach one that is none of theirs",
		Blind: "roles whose names and paths match no path_conventions of the configuration",
	},
	{
		ID: "PATH-UNPROTECTED", Severity: severity.Medium, Check: unprotected, Source: source,
		Title: "roles that a Deny on their convention's path does not reach",
		Why:   "the role looks protected by its name, and is not: it is on another path",
		Blind: "service control policies; what conditions of the Deny ask for",
	},
	{
		ID: "PATH-LENGTH", Severity: severity.Low, Check: length,
		Title:  "roles that nobody can switch to, and paths that are too long",
		Why:    "the console switches to roles whose path and name have no more than 64 characters together",
		Source: `IAM User Guide, "Switch from a user to an IAM role (console)" and "IAM and AWS STS quotas"`,
	},
	{
		ID: "PATH-EMPTY", Severity: severity.Low, Check: empty, Source: source,
		Title: "policies that protect or pass a path without any role",
		Why:   "the path is misspelt, or whoever makes a role there gets what nobody has looked at",
		Blind: "paths of which a policy names a part by a wildcard or a variable alone",
	},
}
