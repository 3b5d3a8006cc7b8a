// Package deputy has the rule about roles that a service may be made to use by another
// account: the confused deputy between services.
package deputy

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/audit/account"
	"iamctl/audit/gate"
	"iamctl/audit/rule"
	"iamctl/policy"
	"iamctl/verdict/severity"
)

// Confused is TRUST-DEPUTY.
var Confused = rule.Rule{
	ID: "TRUST-DEPUTY", Severity: severity.Medium,
	Title:  "roles that a service may use for another account, where the service's guide shows how to keep it from that",
	Why:    "somebody else's resource, which names the role, makes the service use it for them",
	Source: `IAM User Guide, "The confused deputy problem" (Cross-service), and the guide of each service`,
	Blind:  "services whose guides do not show the condition in the trust policy of their role, EC2 and Lambda among them: they are never a finding",
	Check:  confused,
}

func confused(in *rule.Input) []rule.Finding {
	var out []rule.Finding
	for _, r := range in.Account.Trusting() {
		g := gate.New(in.Comparer, r.Trust.Document)
		var open []string
		from := len(out)
		for _, service := range g.Services() {
			guide, ok := guides[gate.Global(service)]
			if !ok {
				continue
			}
			of := g.Since(in.Day).As(policy.Principal{Type: "Service", Value: service})
			if of.Asks([]string{owner}, func(_ policy.Condition, value string) bool { return !strings.ContainsAny(value, "*?$") }) {
				continue
			}
			a := others(of).Anybody()
			if !a.Open() {
				continue
			}
			open = append(open, service)
			out = append(out, finding(r, a, service, guide))
		}
		change := mended(r.Trust.Document, open, in.Own())
		for i := from; i < len(out); i++ {
			out[i].Rewriting(change)
		}
	}
	return out
}

func finding(r *account.Holder, a gate.Answer, service, guide string) rule.Finding {
	f := rule.In(r, r.Trust, a.Statement)
	f.Key, f.Witness, f.Unknown = service, a.Witness, a.Unknown
	f.Message = fmt.Sprintf("%s may use the role for any account; %s shows a condition on aws:SourceAccount or aws:SourceArn", service, guide)
	return f
}

// others returns the gate for requests alone that a service makes for an account, a
// resource and an organisation that the policy does not name.
func others(g gate.Gate) gate.Gate {
	g = g.Assuming()
	deny := func(operator, key string, values ...string) {
		if len(values) > 0 {
			g = g.But(policy.Condition{Operator: operator, Key: key, Values: values})
		}
	}
	ids := g.Accounts()
	for _, key := range []string{owner, source} {
		if len(g.Conditions(key)) > 0 {
			g = g.WithKey(key)
		}
	}
	deny("StringEquals", owner, ids...)
	for _, id := range ids {
		deny("ArnLike", source, "arn:*:*:*:"+id+":*")
	}
	deny("ArnLike", source, whole(g, source)...)
	deny("StringEqualsIgnoreCase", organization, whole(g, organization)...)
	deny("ForAnyValue:StringLike", paths, whole(g, paths)...)
	return g
}

// The condition keys that say for whom a service asks.
const (
	owner        = "aws:SourceAccount"
	source       = "aws:SourceArn"
	organization = "aws:SourceOrgID"
	paths        = "aws:SourceOrgPaths"
)

// whole returns the values of a key that name one organisation, or the resource of an
// ARN without an account, such as a bucket's.
func whole(g gate.Gate, key string) []string {
	var out []string
	for _, c := range g.Conditions(key) {
		for _, v := range c.Values {
			name, _, _ := strings.Cut(v, "/")
			if arn, ok := policy.ParseARN(v); ok && key == source {
				name = arn.Resource
				if arn.Account != "" || strings.HasPrefix(name, "*") {
					continue
				}
				name = ""
			}
			if !strings.ContainsAny(name, "*?$") && v != "" {
				out = append(out, v)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
