package passrole

import (
	"fmt"
	"iter"

	"iamctl/audit/account"
	"iamctl/audit/grant"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
)

// place is a statement about passing roles, as a holder has it.
type place struct {
	in     *rule.Input
	holder *account.Holder
	index  int // of the policy
	at     int // of the statement
	*policy.Statement
}

// grant is what the statement allows by itself, denies and boundary counted.
func (p *place) grant() grant.Grant {
	return p.in.Grant(p.holder).By(p.index, p.at).Only(action)
}

// eachStatement returns the check that asks about every statement that allows to pass
// roles, of every holder, and if there is a second check about every one that denies it: what
// denies and boundaries leave of them differs. How AWS writes its own policies is nothing that
// an account's owner can mend.
func eachStatement(check func(p *place) *rule.Finding, denies ...func(p *place) *rule.Finding) func(in *rule.Input) []rule.Finding {
	return func(in *rule.Input) []rule.Finding {
		var out []rule.Finding
		for p := range places(in) {
			checks := denies
			if p.Effect == "Allow" {
				checks = []func(p *place) *rule.Finding{check}
			}
			for _, check := range checks {
				if f := check(p); f != nil {
					f.Fix, f.Choice = rule.Replacing(p.holder, &p.holder.Policies[p.index]), true
					out = append(out, *f)
				}
			}
		}
		return out
	}
}

// places returns the statements about passing roles of all holders.
func places(in *rule.Input) iter.Seq[*place] {
	return func(yield func(*place) bool) {
		for _, h := range holders(in) {
			for i := range h.Policies {
				d := h.Policies[i].Document
				if d == nil || h.Policies[i].Group != "" || inventory.AWSManaged(h.Policies[i].ARN) {
					continue
				}
				for k := range d.Statements {
					if s := &d.Statements[k]; s.About(action) && !yield(&place{in, h, i, k, s}) {
						return
					}
				}
			}
		}
	}
}

func (p *place) finding(a grant.Answer, format string, args ...any) *rule.Finding {
	f := rule.In(p.holder, &p.holder.Policies[p.index], p.at)
	f.Message, f.Witness, f.Unknown = fmt.Sprintf(format, args...), a.Witness, a.Unknown
	return &f
}
