package audit

import (
	"encoding/hex"

	"iamctl/audit/account"
	"iamctl/audit/rule"
	"iamctl/internal/digest"
	"iamctl/policy"
)

// fingerprint returns 16 bytes in hex of a SHA-256 over what a finding is about: the
// rule, the account, the entity, the policy and the statement in canonical form. It
// stays when the statement moves within its document, or the words of the message change.
func fingerprint(r *rule.Rule, a *account.Account, f *rule.Finding) string {
	values := []string{"iamctl finding 1", r.ID, a.ID, string(f.Entity.Kind), f.Entity.Name, f.Key}
	if p := f.Policy; p != nil {
		values = append(values, string(p.Type), p.Name, p.ARN, p.Group)
		if d := p.Document; d != nil && f.Statement >= 0 && f.Statement < len(d.Statements) {
			s := policy.CanonicalStatement(&d.Statements[f.Statement], d.Version, a.Partition)
			values = append(values, s.String())
		}
	}
	return hex.EncodeToString(digest.Append(nil, values...))
}
