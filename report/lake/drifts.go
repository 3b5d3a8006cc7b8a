package lake

import (
	"iter"
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/result/matrix"
)

// The kinds of the table drifts, besides those of package result/matrix.
const awsChanged = "awsmanaged"

// Drift is a row of the table drifts: a role of an account that is not as in the account, or
// in most accounts, that it is held against; or a policy of AWS's of another version.
type Drift struct {
	AccountID  *string `parquet:"account_id,dict"`
	AccountTag string  `parquet:"account_tag,dict"`
	// AgainstID and AgainstTag are the account that the account is held against, nil where
	// that is what most accounts have.
	AgainstID  *string `parquet:"against_id,dict"`
	AgainstTag *string `parquet:"against_tag,dict"`
	// RoleName is normalised, and nil of a policy of AWS's.
	RoleName *string `parquet:"role_name"`
	// PolicyARN is that of a policy of AWS's that AWS changed.
	PolicyARN *string `parquet:"policy_arn"`
	// Kind is differs, missing, extra or awsmanaged.
	Kind     string  `parquet:"kind,dict"`
	Severity *string `parquet:"severity,dict"`
	// IdentityVerdict says what the role may do against the other, and TrustVerdict who may
	// assume it: EQUAL, MORE, LESS, DIFFERENT, UNKNOWN; nil where that does not differ.
	IdentityVerdict *string `parquet:"identity_verdict,dict"`
	TrustVerdict    *string `parquet:"trust_verdict,dict"`
	What            string  `parquet:"what"`
	// Fingerprints name the differences, sorted; nil where the file does not say.
	Fingerprints []string `parquet:"fingerprints,list,optional"`
	// Waived is true if waivers accept all of them, and Age is new or known where the
	// comparison was held against an earlier one.
	Waived bool    `parquet:"waived"`
	Age    *string `parquet:"age,dict"`
}

// AccountKey is an account as a comparison names it.
type AccountKey struct{ ID, Tag string }

// Drifted is an account of a comparison with its drifts.
type Drifted struct {
	AccountKey
	Drifts []Drift
}

// DriftsOfDiff returns the drifts of a comparison of two accounts: those of account B, held
// against account A. Findings of audits are in a table of their own.
func DriftsOfDiff(r *result.Result) Drifted {
	out := Drifted{AccountKey: AccountKey{r.Accounts.B.ID, r.Accounts.B.Tag}}
	rows := map[any]*open{}
	var order []*open
	for d := range r.Drifts() {
		var key any
		switch {
		case d.Finding != nil:
			continue
		case d.AWS != nil:
			key = d.AWS
		case d.Unique != nil:
			key = d.Unique
		default:
			key = d.Pair
		}
		row := rows[key]
		if row == nil {
			row = &open{Drift: driftOf(r, &d)}
			rows[key], order = row, append(order, row)
		}
		row.add(d.Fingerprint, &d.Mark)
	}
	for _, row := range order {
		out.Drifts = append(out.Drifts, row.finished())
	}
	return out
}

// driftOf returns the row of what differs, without its differences.
func driftOf(r *result.Result, d *result.Drift) Drift {
	row := Drift{
		AccountID: orNull(r.Accounts.B.ID), AccountTag: text(r.Accounts.B.Tag), AgainstID: orNull(r.Accounts.A.ID), AgainstTag: orNull(r.Accounts.A.Tag),
		RoleName: orNull(d.RoleName), Kind: matrix.Differs, Fingerprints: []string{},
	}
	var m *result.Meaning
	switch {
	case d.AWS != nil:
		row.Kind, row.PolicyARN, m = awsChanged, orNull(d.AWS.ARN), d.AWS.Meaning
		row.What = text(d.AWS.Summary(result.Whole, r.Tags()))
		row.Severity = orNull(m.Level())
	case d.Unique != nil:
		m = d.Unique.Meaning
		row.Kind, row.What = matrix.Missing, "the role is missing"
		if d.Side == 1 {
			row.Kind, row.What = matrix.Extra, "a role that the other account does not have"
		}
		row.Severity = orNull(m.Level())
	default:
		m = d.Pair.Meaning
		row.What, row.Severity = whatOf(d.Pair), orNull(d.Pair.Severity())
	}
	row.IdentityVerdict, row.TrustVerdict = verdictOf(m.Of(result.ScopeIdentity)), verdictOf(m.Of(result.ScopeTrust))
	return row
}

// whatOf says in words what differs of a role.
func whatOf(p *result.Pair) string {
	var parts []string
	for _, scope := range []string{result.ScopeIdentity, result.ScopeTrust} {
		if s := p.Meaning.Of(scope); s != nil && !result.Unchanged(s) {
			parts = append(parts, scope+": "+s.Kind)
		}
	}
	for i := range p.Attributes {
		if a := &p.Attributes[i]; a.Scope() == "" && !slices.Contains(parts, a.Kind) {
			parts = append(parts, a.Kind)
		}
	}
	if len(parts) == 0 {
		return "written otherwise: no change in permission"
	}
	return text(strings.Join(parts, "; "))
}

func verdictOf(s *result.Scope) *string {
	if s == nil || result.Unchanged(s) {
		return nil
	}
	return orNull(s.Verdict)
}

// open is a row to which differences are added. any is true once one of them is not waived.
type open struct {
	Drift
	any bool
}

// add adds one difference.
func (o *open) add(fingerprint string, m *result.Mark) {
	o.Fingerprints = append(o.Fingerprints, fingerprint)
	o.any = o.any || m.Waiver == nil
	if m.Age != "" && (o.Age == nil || m.Age == result.AgeNew) {
		o.Age = orNull(m.Age)
	}
}

func (o *open) finished() Drift {
	slices.Sort(o.Fingerprints)
	o.Fingerprints = slices.Compact(o.Fingerprints)
	o.Waived = !o.any
	return o.Drift
}

// DriftsOfMatrix returns the outliers of a comparison of many accounts, an account each, in
// the matrix's order. Every account is there, those without outliers too.
func DriftsOfMatrix(m *matrix.Matrix) []Drifted {
	out, against := make([]Drifted, len(m.Accounts)), idOf(m, m.Against)
	for i := range m.Accounts {
		out[i].AccountKey = AccountKey{m.Accounts[i].ID, m.Accounts[i].Tag}
	}
	for i := range m.Roles {
		r := &m.Roles[i]
		for k := range r.Forms {
			f := &r.Forms[k]
			if f.Difference == nil {
				continue
			}
			for n, a := range f.Accounts {
				row := driftIn(m, a, &f.Outliers[n], against)
				row.RoleName, row.Kind, row.Severity = orNull(r.Name), text(f.Difference.Kind), orNull(f.Difference.Severity)
				row.IdentityVerdict, row.TrustVerdict = verdictOf(f.Difference.Identity), verdictOf(f.Difference.Trust)
				row.What = text(f.Difference.What)
				out[a].Drifts = append(out[a].Drifts, row)
			}
		}
	}
	for i := range m.AWSChanges {
		c := &m.AWSChanges[i]
		for _, a := range c.Accounts {
			row := driftIn(m, a, &c.Outlier, against)
			row.Kind, row.PolicyARN = awsChanged, orNull(c.Policy)
			row.What = text("version " + c.Versions[1] + " in place of " + c.Versions[0])
			out[a].Drifts = append(out[a].Drifts, row)
		}
	}
	return out
}

// driftIn returns the row of an outlier of an account, without what it is. against is the
// id of the account that all are held against, "" for none.
func driftIn(m *matrix.Matrix, account int, o *matrix.Outlier, against string) Drift {
	a := &m.Accounts[account]
	row := Drift{
		AccountID: orNull(a.ID), AccountTag: text(a.Tag), AgainstID: orNull(against), AgainstTag: orNull(m.Against),
		Waived: o.Waiver != nil, Age: orNull(o.Age),
	}
	if o.Fingerprint != "" {
		row.Fingerprints = []string{o.Fingerprint}
	}
	return row
}

// idOf returns the id of the account with a tag, "" for none.
func idOf(m *matrix.Matrix, tag string) string {
	for i := range m.Accounts {
		if m.Accounts[i].Tag == tag {
			return m.Accounts[i].ID
		}
	}
	return ""
}

// Rows yields drifts as rows of the table.
func (d *Drifted) Rows() iter.Seq[Drift] { return slices.Values(d.Drifts) }
