package assume

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/inventory"
	"iamctl/policy"
)

// look is what of principals a trust policy looks at, by its text. It says which of them
// are the same to it, and who need not ask.
type look struct {
	// closed says that no principal of an account is let in.
	closed bool
	// personal says that each may be another to it.
	personal bool
	// everybody says that an Allow names whoever asks.
	everybody bool
	// keys are the condition keys that it asks for, in lower case.
	keys []string
	// names are the ARNs, services and others that it names; those of services in lower
	// case too.
	names map[string]bool
	// sessions are the ARNs of sessions of roles among them.
	sessions []string
	// regional are the services among them that it names with a region, or as China has them,
	// by their names without.
	regional map[string][]string
}

// mentions reports whether a service or an identity provider may be let in.
func (l *look) mentions(who string) bool {
	return l.names["*"] || l.names[policy.Fold(who)] || l.names[who]
}

func (q *Question) look(d *policy.Document) *look {
	l := q.looks[d]
	if l == nil {
		l = &look{closed: true, keys: gate.New(q.in.Comparer, d).Keys(), names: map[string]bool{}, regional: map[string][]string{}}
		for i := range d.Statements {
			l.statement(&d.Statements[i])
		}
		q.looks[d] = l
	}
	return l
}

func (l *look) statement(s *policy.Statement) {
	if s.Effect != "Deny" && (s.Principal == nil || slices.ContainsFunc(s.Principal, ofAccounts)) {
		l.closed = false
	}
	l.everybody = l.everybody || s.Effect != "Deny" && slices.ContainsFunc(s.Principal, func(p policy.Principal) bool { return ofAccounts(p) && p.Value == "*" })
	for _, p := range slices.Concat(s.Principal, s.NotPrincipal) {
		if strings.HasPrefix(p.Value, "arn:") && strings.Contains(p.Value, ":sts:") {
			l.personal = true // a session, of a role
			if !slices.Contains(l.sessions, p.Value) {
				l.sessions = append(l.sessions, p.Value)
			}
		}
		l.names[p.Value], l.names[policy.Fold(p.Value)] = true, true
		if global := gate.Global(p.Value); p.Type == "Service" && !strings.EqualFold(global, p.Value) {
			l.regional[global] = append(l.regional[global], p.Value)
		}
	}
	l.personal = l.personal || s.NotPrincipal != nil || s.Unknown != nil
	for _, c := range s.Condition {
		l.personal = l.personal || personal(policy.Fold(c.Key)) || slices.ContainsFunc(c.Values, func(v string) bool { return strings.Contains(v, "${") })
	}
}

// ofAccounts reports whether a principal is of accounts: no service and no provider.
func ofAccounts(p policy.Principal) bool { return p.Type != "Service" && p.Type != "Federated" }

// personal reports whether a condition key, in lower case, may differ between principals
// of one kind in one account.
func personal(key string) bool {
	return strings.HasPrefix(key, "aws:principal") && key != "aws:principalaccount" && key != "aws:principalorgid" && key != "aws:principalorgpaths" ||
		key == "aws:userid" || key == "aws:username"
}

// stranger returns the ARN of a principal of a holder's kind that the trust policy does
// not name.
func (l *look) stranger(h *account.Holder) string {
	arn, _ := policy.ParseARN(h.ARN)
	kind := "user/"
	if h.Kind == inventory.EntityRole {
		kind = "role/"
	}
	arn.Resource = kind + anyMember
	for l.names[arn.String()] {
		arn.Resource += "-"
	}
	return arn.String()
}

// Names returns the ARNs that a trust policy names, by its text.
func (q *Question) Names(d *policy.Document) map[string]bool { return q.look(d).names }

// Personal reports whether a trust policy may tell principals apart that it does not name,
// by its text.
func (q *Question) Personal(d *policy.Document) bool { return q.look(d).personal }

// Everybody reports whether a trust policy may let in by name whoever asks, by its text.
func (q *Question) Everybody(d *policy.Document) bool { return q.look(d).everybody }
