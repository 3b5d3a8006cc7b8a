package lake

import (
	"encoding/json"
	"iter"

	"iamctl/result/found"
)

// Finding is a row of the table findings: what a rule of an audit found.
type Finding struct {
	AccountID  *string  `parquet:"account_id,dict"`
	AccountTag string   `parquet:"account_tag,dict"`
	Rule       string   `parquet:"rule,dict"`
	Title      string   `parquet:"title,dict"`
	Controls   []string `parquet:"controls,list"`
	Severity   string   `parquet:"severity,dict"`
	// Entity is the name of the role, user or group, the ARN of a managed policy that
	// nobody holds, or "account".
	Entity     string  `parquet:"entity"`
	EntityType string  `parquet:"entity_type,dict"`
	ARN        *string `parquet:"arn"`
	PolicyName *string `parquet:"policy_name,dict"`
	PolicyType *string `parquet:"policy_type,dict"`
	// GroupName is the group through which a user has the policy.
	GroupName *string `parquet:"group_name,dict"`
	// Statement is the statement's place in the document, from 0.
	Statement *int32  `parquet:"statement"`
	Sid       *string `parquet:"sid"`
	Message   string  `parquet:"message"`
	// The witness is a request that is allowed; its context is JSON.
	WitnessPrincipal *string `parquet:"witness_principal"`
	WitnessAction    *string `parquet:"witness_action,dict"`
	WitnessResource  *string `parquet:"witness_resource"`
	WitnessContext   *string `parquet:"witness_context"`
	// Steps are those of a chain, in words.
	Steps []string `parquet:"steps,list"`
	Fix   *string  `parquet:"fix"`
	// FixChoice is true if the fix has a placeholder.
	FixChoice bool `parquet:"fix_choice"`
	// Undecided says why it could not be decided.
	Undecided *string `parquet:"undecided"`
	// Fingerprint names the finding as long as its statement stays as it is.
	Fingerprint string `parquet:"fingerprint"`
}

// FindingsOf yields the findings of an account, in their order. rules are those that were
// asked.
func FindingsOf(id string, from Source, rules []found.Rule, findings []found.Finding) iter.Seq[Finding] {
	byID := make(map[string]*found.Rule, len(rules))
	for i := range rules {
		byID[rules[i].ID] = &rules[i]
	}
	return func(yield func(Finding) bool) {
		for i := range findings {
			row := findingOf(&findings[i])
			row.AccountID, row.AccountTag = orNull(id), text(from.Tag)
			if r := byID[row.Rule]; r != nil {
				row.Title, row.Controls = r.Title, append(row.Controls, r.Controls...)
			}
			if !yield(row) {
				return
			}
		}
	}
}

func findingOf(f *found.Finding) Finding {
	row := Finding{
		Rule: f.Rule, Controls: []string{}, Severity: string(f.Severity), Entity: text(f.Entity), EntityType: f.EntityType, ARN: orNull(f.ARN),
		PolicyName: orNull(f.Policy), PolicyType: orNull(f.PolicyType), GroupName: orNull(f.Group), Sid: orNull(f.Sid), Message: text(f.Message),
		Steps: []string{}, Fix: orNull(f.Fix), FixChoice: f.FixChoice, Undecided: orNull(f.Unknown), Fingerprint: f.Fingerprint,
	}
	if f.Statement != nil {
		n := int32(*f.Statement)
		row.Statement = &n
	}
	if w := f.Witness; w != nil {
		row.WitnessPrincipal, row.WitnessAction, row.WitnessResource = orNull(w.Principal), orNull(w.Action), orNull(w.Resource)
		if context, err := json.Marshal(w.Context); err == nil {
			row.WitnessContext = orNull(string(context))
		}
	}
	for _, s := range f.Steps {
		row.Steps = append(row.Steps, text(s.EntityType+" "+s.Entity+": "+s.Message))
	}
	return row
}
