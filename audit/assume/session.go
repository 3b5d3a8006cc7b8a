package assume

import (
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
)

// maxSessions is how many sessions of a role are asked about that a trust policy names.
const maxSessions = 10

// SessionRole returns the name of the role that the ARN of a session is of, "" if it is none
// that a principal may be: AWS takes no wildcards there (IAM User Guide, "AWS JSON policy
// elements: Principal").
func SessionRole(arn string) string {
	a, ok := policy.ParseARN(arn)
	rest, session := strings.CutPrefix(a.Resource, "assumed-role/")
	name, as, named := strings.Cut(rest, "/")
	if !ok || a.Service != "sts" || !session || !named || as == "" || strings.ContainsAny(arn, "*?$") {
		return ""
	}
	return name
}

// sessions asks a trust policy about a holder: of a role about a session of a name that the
// policy does not have, and then about each that it names. Who assumes a role chooses the
// name.
func (q *Question) sessions(d *policy.Document, l *look, h *account.Holder, ask func(*policy.Document) Door) Door {
	own := slices.DeleteFunc(slices.Clone(l.sessions), func(s string) bool { return !sessionOf(s, h) })
	if len(own) == 0 {
		return ask(d)
	}
	other := own[0][:strings.LastIndexByte(own[0], '/')+1] + "zz-any-session"
	for slices.Contains(own, other) {
		other += "-"
	}
	door := by(d, ask(as(d, own, "", h.ARN)), other)
	for i, s := range own {
		if door.Named && door.Unknown == "" || i == maxSessions {
			break
		}
		x := ask(as(d, own, s, h.ARN))
		if !x.Open || door.Open && door.Unknown == "" && !x.Named {
			continue
		}
		door = by(d, x, s)
	}
	return door
}

// by returns a door with the request of a session, if the trust policy does not let in the
// role without a word of that.
func by(d *policy.Document, door Door, session string) Door {
	if door.Witness != nil && eval.Trust(d, door.Witness).Outcome != eval.Allowed {
		r := *door.Witness
		r.Principal.Value = session
		door.Witness = &r
	}
	return door
}

// sessionOf reports whether the ARN of a session is one of a holder's.
func sessionOf(arn string, h *account.Holder) bool {
	a, _ := policy.ParseARN(arn)
	r, _ := policy.ParseARN(h.ARN)
	return h.Kind == inventory.EntityRole && SessionRole(arn) == h.Name && a.Account == r.Account && a.Partition == r.Partition
}

// as returns a trust policy as one session of a role meets it: its ARN is the role's, and
// the other sessions of the role are nobody.
func as(d *policy.Document, sessions []string, session, role string) *policy.Document {
	out := *d
	out.Statements = nil
	for _, s := range d.Statements {
		if s.Principal != nil {
			var list []policy.Principal
			for _, p := range s.Principal {
				if p.Value == session {
					p.Value = role
				}
				if !slices.Contains(sessions, p.Value) {
					list = append(list, p)
				}
			}
			if s.Principal = list; len(list) == 0 {
				continue
			}
		}
		out.Statements = append(out.Statements, s)
	}
	return &out
}
