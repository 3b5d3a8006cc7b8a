package benchmark

import (
	"fmt"
	"time"

	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// A role is idle after so many days without use (CIS AWS Foundations, of credentials), and
// unused after so many (IAM Access Analyzer).
const (
	idleDays   = 45
	unusedDays = 90
)

// unused finds the roles that were not used for a while, counted up to the day of the
// audit, or that on which AWS was asked if that is earlier. That it is not known of roles
// is one finding, which fails no run.
func unused(in *rule.Input) []rule.Finding {
	day := in.Day
	if asked := in.Account.LastUsedDay; !asked.IsZero() && asked.Before(day) {
		day = asked
	}
	var out []rule.Finding
	own, unknown := 0, 0
	for i := range in.Account.Roles {
		r := &in.Account.Roles[i]
		h := in.Account.Of(inventory.EntityRole, r.Name)
		if h.OfAWS() {
			continue
		}
		own++
		if r.LastUsed == nil || r.LastUsed.At.IsZero() && r.Created.IsZero() {
			unknown++
			continue
		}
		if days := idle(r, day); days >= idleDays {
			f := rule.Of(h)
			f.Message, f.Fix = idleness(r, days, day), deletion(r)
			if days < unusedDays {
				f.Severity = severity.Low
			}
			out = append(out, f)
		}
	}
	if unknown > 0 {
		f := rule.OfAccount()
		f.Severity = severity.None
		f.Message = fmt.Sprintf("when roles were last used is not known of %d of %d", unknown, own)
		f.Unknown = "the source does not say: read the account itself, or take its snapshot with --last-used"
		out = append(out, f)
	}
	return out
}

// idle returns the whole days from the last use of a role, or else its creation, to a day.
func idle(r *inventory.Role, day time.Time) int {
	since := r.LastUsed.At
	if since.IsZero() {
		since = r.Created
	}
	return int(day.Sub(since.Truncate(24*time.Hour)) / (24 * time.Hour))
}

func idleness(r *inventory.Role, days int, day time.Time) string {
	until := fmt.Sprintf("%d days before %s", days, day.Format(time.DateOnly))
	if r.LastUsed.At.IsZero() {
		return fmt.Sprintf("AWS knows of no use of it, and it was created on %s, %s", r.Created.Format(time.DateOnly), until)
	}
	where := ""
	if r.LastUsed.Region != "" {
		where = " in " + r.LastUsed.Region
	}
	return fmt.Sprintf("it was last used on %s%s, %s", r.LastUsed.At.Format(time.DateOnly), where, until)
}

// deletion returns the commands that delete a role (IAM API Reference, "DeleteRole").
func deletion(r *inventory.Role) string {
	name := []string{"role-name", r.Name}
	var out []string
	for _, p := range r.InstanceProfiles {
		out = append(out, rule.Command("iam remove-role-from-instance-profile", append(name, "instance-profile-name", p.Name)...))
	}
	for _, p := range r.Attached {
		out = append(out, rule.Command("iam detach-role-policy", append(name, "policy-arn", p.ARN)...))
	}
	for _, p := range r.Inline {
		out = append(out, rule.Command("iam delete-role-policy", append(name, "policy-name", p.Name)...))
	}
	return rule.Commands(append(out, rule.Command("iam delete-role", name...))...)
}
