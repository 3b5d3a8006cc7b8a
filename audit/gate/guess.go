package gate

import (
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
)

// Likely reports whether somebody gets in for certain: the evaluator says so of a request
// that is made of the values of conditions. It saves the search, and if it is false says
// nothing.
func (g Gate) Likely() bool {
	return g.d != nil && slices.ContainsFunc(g.d.Statements, func(s policy.Statement) bool {
		if s.Effect != "Allow" || len(s.Principal) == 0 {
			return false
		}
		r := guess(&s)
		return slices.ContainsFunc(assuming(r), func(action string) bool {
			r.Action = action
			return eval.Trust(g.d, r).Outcome == eval.Allowed
		})
	})
}

// assuming are the actions by which the principal of a request assumes a role.
func assuming(r *eval.Request) []string {
	switch {
	case r.Principal.Type != "Federated":
		return assume[:1]
	case ProviderOf(r.Principal.Value).SAML:
		return assume[1:2]
	}
	return assume[2:]
}

func guess(s *policy.Statement) *eval.Request {
	r := &eval.Request{Principal: s.Principal[0], Context: map[string][]string{}}
	arn, ok := policy.ParseARN(r.Principal.Value)
	if ok && arn.Service == "iam" && arn.Resource == "root" {
		r.Principal.Value = strings.TrimSuffix(r.Principal.Value, "root") + "role/x"
	}
	if ok && r.Principal.Type == "AWS" {
		r.Context["aws:principalarn"], r.Context["aws:principalaccount"] = []string{r.Principal.Value}, []string{arn.Account}
	}
	for _, c := range s.Condition {
		key := policy.Fold(c.Key)
		if _, ok := r.Context[key]; !ok && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(v string) bool { return strings.Contains(v, "$") }) {
			r.Context[key] = []string{strings.NewReplacer("*", "x", "?", "x").Replace(c.Values[0])}
		}
	}
	return r
}
