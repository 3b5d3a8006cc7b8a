package paths

import (
	"encoding/json"
	"fmt"
	"strings"

	"iamctl/audit/config"
	"iamctl/audit/rule"
)

// SCP is a service control policy that keeps who is on one path from the roles of another
// (AWS Security Blog, "Optimize AWS administration with IAM paths").
type SCP struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	// Document is the policy. Who administers is a placeholder in it.
	Document *Document `json:"document"`
}

// Document is a policy's text.
type Document struct {
	Version   string
	Statement []Statement
}

// Statement is a Deny on the roles of a path to principals that are not on it.
type Statement struct {
	Effect    string
	Action    []string
	Resource  string
	Condition map[string]map[string][]string
}

// maxSCP is how many characters a service control policy may have, blanks included (AWS
// Organizations User Guide, "Quotas and service limits for AWS Organizations").
const maxSCP = 5120

// prevented is what policies prevent that a principal does to the roles of a path that it is
// not on.
var prevented = []struct {
	name, description string
	actions           []string
}{
	{"paths-pass-role", "only principals on a path pass its roles to services", []string{"iam:PassRole"}},
	{"paths-iam", "only principals on a path make, change and delete its roles", []string{
		"iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
		"iam:PutRolePermissionsBoundary", "iam:PutRolePolicy", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription",
	}},
	{"paths-assume-role", "only principals on a path assume its roles", []string{"sts:AssumeRole"}},
}

// SCPs returns the policies that prevent what conventions do not want: that a principal
// passes, changes or assumes the roles of a path that it is not on. A path below another
// is part of that; the path "/" has none. What is too long for one policy is several.
func SCPs(conventions []config.PathConvention) []SCP {
	out := []SCP{}
	for _, p := range prevented {
		var statements []Statement
		for _, path := range pathsOf(conventions) {
			statements = append(statements, denied(path, p.actions))
		}
		documents := split(statements)
		for i, d := range documents {
			name := p.name
			if len(documents) > 1 {
				name = fmt.Sprintf("%s-%d", p.name, i+1)
			}
			out = append(out, SCP{name, p.description, d})
		}
	}
	return out
}

// split returns as few documents as hold statements in their order.
func split(statements []Statement) []*Document {
	var out []*Document
	for _, s := range statements {
		if n := len(out); n > 0 {
			longer := &Document{out[n-1].Version, append(out[n-1].Statement, s)}
			if size(longer) <= maxSCP {
				out[n-1] = longer
				continue
			}
		}
		out = append(out, &Document{"2012-10-17", []Statement{s}})
	}
	return out
}

// size returns the characters of a document with an element a line.
func size(d *Document) int {
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		panic(err) // it is made of strings
	}
	return len(text)
}

// everywhere begins the ARN of a role of any account and partition.
const everywhere = "arn:*:iam::*:role"

func denied(path string, actions []string) Statement {
	roles := everywhere + literal.Replace(path) + "*"
	admins := everywhere + "/" + rule.Placeholder("ADMINISTRATORS")
	return Statement{"Deny", actions, roles, map[string]map[string][]string{"ArnNotLike": {"aws:PrincipalArn": {roles, admins}}}}
}

// literal writes text into a policy that has patterns and variables there (IAM User Guide,
// "IAM policy elements: Variables and tags").
var literal = strings.NewReplacer("$", "${$}", "*", "${*}", "?", "${?}")

// pathsOf returns the paths of conventions, each once, without those below another.
func pathsOf(conventions []config.PathConvention) []string {
	var out []string
	for i, c := range conventions {
		below := c.Path == "/"
		for k, o := range conventions {
			below = below || o.Path != "/" && strings.HasPrefix(c.Path, o.Path) && (c.Path != o.Path || k < i)
		}
		if !below {
			out = append(out, c.Path)
		}
	}
	return out
}
