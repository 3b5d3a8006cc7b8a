package trust

import (
	"slices"

	"iamctl/audit/rule"
	"iamctl/verdict/severity"
)

// AddressOnly is TRUST-IP-ONLY.
var AddressOnly = rule.Rule{
	ID: "TRUST-IP-ONLY", Severity: severity.Medium,
	Title:  "roles that only an address guards against another account",
	Why:    "an address is shared, reused and forwarded, and says nothing of who asks: credentials that leak within its network are enough",
	Source: `IAM User Guide, "AWS global condition context keys" (aws:SourceIp) and "Access to AWS accounts owned by third parties"`,
	Check:  each(addressOnly),
}

func addressOnly(v *visit) []rule.Finding {
	if !slices.ContainsFunc(v.gate.Keys(), address) {
		return nil
	}
	var out []rule.Finding
	for _, who := range v.outsiders(v.gate.Only(func(key string) bool { return address(key) || asTheyLike(key) })) {
		d := v.role.Trust.Document
		for i := range d.Statements {
			if d.Statements[i].Effect != "Allow" {
				continue
			}
			if a := who.gate.Through(&d.Statements[i]).Anybody(); slices.ContainsFunc(a.Guards(), address) {
				out = append(out, v.finding(who.key, a, "only an address guards the role against "+who.words))
				break
			}
		}
	}
	return out
}

// address reports whether a condition key, in lower case, is an address.
func address(key string) bool { return key == sourceIP || key == "aws:vpcsourceip" }

// asTheyLike reports whether everybody chooses a condition key, in lower case, anew with
// each request.
func asTheyLike(key string) bool { return key == "aws:securetransport" || key == "sts:rolesessionname" }
