package report

import (
	"cmp"
	"io"
	"slices"

	"github.com/go-json-experiment/json"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
)

// verdictsName is the file of what the differences of common roles mean.
const verdictsName = "verdicts.csv"

// verdictRow is a row of verdicts.csv: a scope of a common role that differs, and of
// each direction in which one side allows more a request that proves it.
type verdictRow struct {
	RoleName  string `csv:"rolename"` // as account A writes it
	Scope     string `csv:"scope"`
	Verdict   string `csv:"verdict"`
	Future    string `csv:"future_verdict"`
	Kind      string `csv:"kind"`
	Severity  string `csv:"severity"`
	Reason    string `csv:"reason"`
	Gained    int    `csv:"actions_gained"`
	Lost      int    `csv:"actions_lost"`
	AllowedBy string `csv:"allowed_by"` // 1 or 2
	Principal string `csv:"witness_principal"`
	Action    string `csv:"witness_action"`
	Resource  string `csv:"witness_resource"`
	// Context is a JSON object of condition keys: a value, or a list of values.
	Context string `csv:"witness_context"`
}

func writeVerdicts(w io.Writer, r *result.Result) error {
	return WriteTable(w, func(yield func(verdictRow) bool) {
		for _, p := range judged(r) {
			for _, scope := range result.Scopes() {
				for _, row := range verdictRows(p, scope) {
					if !yield(row) {
						return
					}
				}
			}
		}
	})
}

// judged returns the common roles of which there is something to say, the worst first,
// also those of which AWS alone changed a policy.
func judged(r *result.Result) []*result.Pair {
	var list []*result.Pair
	for i := range r.CommonRoles {
		if p := &r.CommonRoles[i]; p.Meaning != nil {
			list = append(list, p)
		}
	}
	rank := func(p *result.Pair) int { return min(result.Rank(p.Severity()), result.Rank(p.Meaning.Severity)) }
	place := func(p *result.Pair) int { return (&result.Finding{Pair: p}).Place() }
	slices.SortStableFunc(list, func(p, q *result.Pair) int { return cmp.Or(rank(p)-rank(q), place(p)-place(q)) })
	return list
}

func verdictRows(p *result.Pair, scope string) []verdictRow {
	s := p.Meaning.Of(scope)
	if s == nil {
		return nil
	}
	row := verdictRow{
		RoleName: p.A.OriginalRoleName, Scope: scope, Verdict: string(s.Verdict), Future: string(s.Future), Kind: s.Kind,
		Severity: string(s.Severity), Reason: s.Reason,
	}
	if s.Gained != nil && s.Lost != nil {
		row.Gained, row.Lost = s.Gained.Actions, s.Lost.Actions
	}
	if s.Verdict == verdict.Unknown || len(s.Witnesses) == 0 {
		return []verdictRow{row}
	}
	rows := make([]verdictRow, len(s.Witnesses))
	for i := range s.Witnesses {
		rows[i] = row
		rows[i].prove(&s.Witnesses[i])
	}
	return rows
}

func (r *verdictRow) prove(w *question.Witness) {
	r.AllowedBy = string(rune('0' + w.AllowedBy))
	r.Principal, r.Action, r.Resource = w.Principal, w.Action, w.Resource
	context, err := json.Marshal(w.Context, json.Deterministic(true))
	r.Context = cmp.Or(string(context), "{}")
	if err != nil {
		r.Context = "{}" // texts are always valid
	}
}
