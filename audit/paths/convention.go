package paths

import (
	"fmt"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
)

// conventionOf returns the convention of a role, nil if there is none: the first of which
// the pattern matches its name. Names differ by more than letter case, as IAM has it.
func conventionOf(in *rule.Input, r *account.Holder) *config.PathConvention {
	for i := range in.Config.PathConventions {
		if c := &in.Config.PathConventions[i]; policy.MatchFold(c.Name, r.Name) {
			return c
		}
	}
	return nil
}

// roles returns the roles whose path the account's owner chooses.
func roles(in *rule.Input) []*account.Holder {
	var out []*account.Holder
	for _, r := range in.Account.Each(inventory.EntityRole) {
		if !r.OfAWS() {
			out = append(out, r)
		}
	}
	return out
}

// on reports whether a role is on a path, or on one below it.
func on(r *account.Holder, path string) bool { return strings.HasPrefix(r.Path, path) }

// convention finds roles on another path than their convention's, and roles of no
// convention on the path of one.
func convention(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, r := range roles(in) {
		c := conventionOf(in, r)
		switch {
		case c == nil:
			out = append(out, intruder(in, r)...)
		case c.Path == "/" && r.Path != "/" || !on(r, c.Path):
			f := rule.Of(r)
			f.Message = fmt.Sprintf("the role is on the path %s; by the convention %s it belongs on %s, and a path cannot be changed: make the role anew", r.Path, c.Name, c.Path)
			f.Fix, f.Choice = anew(r, c.Path), true
			out = append(out, f)
		}
	}
	return out
}

// intruder finds a role that its name does not bring to the path of a convention.
func intruder(in *rule.Input, r *account.Holder) []rule.Finding {
	for _, c := range in.Config.PathConventions {
		if c.Path == "/" || !on(r, c.Path) {
			continue
		}
		f := rule.Of(r)
		f.Message = fmt.Sprintf("the role is on the path %s of the convention %s, which its name does not match", c.Path, c.Name)
		f.Fix, f.Choice = anew(r, rule.Placeholder("PATH")), true
		return []rule.Finding{f}
	}
	return nil
}

// anew returns the command that makes a role on another path.
func anew(r *account.Holder, path string) string {
	return rule.Command("iam create-role", "role-name", rule.Placeholder("NEW_NAME"), "path", path, "assume-role-policy-document", "file://"+rule.Placeholder("TRUST_POLICY")+".json")
}

// noBoundary finds roles without the boundary of their convention.
func noBoundary(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, r := range roles(in) {
		c := conventionOf(in, r)
		if c == nil || c.Boundary == "" || r.Boundary != nil && sameBoundary(r.Boundary.ARN, c.Boundary) {
			continue
		}
		want := here(in, c.Boundary)
		f := rule.Of(r)
		f.Message = fmt.Sprintf("the role has no boundary; the convention %s asks for %s", c.Name, want)
		if r.Boundary != nil {
			f.Message = fmt.Sprintf("the role has the boundary %s; the convention %s asks for %s", r.Boundary.ARN, c.Name, want)
		}
		f.Fix = rule.Command("iam put-role-permissions-boundary", "role-name", r.Name, "permissions-boundary", want)
		out = append(out, f)
	}
	return out
}

// sameBoundary reports whether a boundary is that of a convention. The boundary of a role
// is AWS's or of the role's own account: one convention is for many accounts.
func sameBoundary(arn, want string) bool {
	_, name, _ := strings.Cut(arn, ":policy/")
	_, wanted, _ := strings.Cut(want, ":policy/")
	return name == wanted && inventory.AWSManaged(arn) == inventory.AWSManaged(want)
}

// here returns the ARN of a convention's boundary in the account.
func here(in *rule.Input, boundary string) string {
	arn, ok := policy.ParseARN(boundary)
	if !ok || in.Own() == "" || inventory.AWSManaged(boundary) {
		return boundary
	}
	arn.Account = in.Own()
	if in.Account.Partition != "" {
		arn.Partition = in.Account.Partition
	}
	return arn.String()
}
