package matrix

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict"
)

// Ending returns how a comparison ended, in words.
func Ending(m *matrix.Matrix) string {
	of := fmt.Sprintf("%s of %s", result.Count(len(m.Roles), "role", "roles"), result.Count(len(m.Accounts), "account", "accounts"))
	end := "in sync: " + of
	switch open := len(m.OpenAWS()); {
	case m.Incomplete:
		end = fmt.Sprintf("incomplete: a part could not be %s; of %s %d differ", result.Undone(m.Gaps), of, m.Counts.Roles)
	case m.Counts.Roles > 0:
		end = fmt.Sprintf("drift: of %s %d differ", of, m.Counts.Roles)
	case open > 0:
		end = fmt.Sprintf("drift: of %s none differs but in policies that AWS changed", of)
	}
	for _, part := range []struct {
		n    int
		text string
	}{
		{m.Counts.Uncounted, result.Count(m.Counts.Uncounted, "outlier", "outliers") + " without a change in meaning"},
		{m.Counts.Waived, fmt.Sprintf("%d waived", m.Counts.Waived)},
	} {
		if part.n > 0 {
			end += "; " + part.text
		}
	}
	if m.Counts.New != nil {
		end += fmt.Sprintf("; %d new, %d gone", *m.Counts.New, len(m.Gone))
	}
	return end
}

// reference says what the outliers of a role are held against.
func reference(f *matrix.Form) string {
	n := result.Count(len(f.Accounts), "account", "accounts")
	if f.Absent {
		return "not in " + n
	}
	return n + " the same"
}

// formText returns what is different in the accounts of a form that are open, such as
// "2 allow more (critical: iam:PassRole on *): payments-prod, sandbox-7".
func formText(esc result.Escape, m *matrix.Matrix, f openForm, of limits) string {
	d := f.Difference
	n := len(f.open)
	text := ""
	switch {
	case d.Kind == matrix.Missing:
		text = fmt.Sprintf("missing in %d", n)
		if left := nothingLeft(esc, d); left != "" {
			text += " (" + left + ")"
		}
	case d.Kind == matrix.Extra:
		text = fmt.Sprintf("only in %d (%s)", n, strings.TrimSuffix(string(d.Severity)+"; "+nothingLeft(esc, d), "; "))
	default:
		text = fmt.Sprintf("%d %s (%s: %s)", n, verb(d.Verdict, n), d.Severity, esc(d.What, result.LineLimit))
	}
	text += ": " + tags(esc, m, f.Accounts, f.open, of.accounts)
	switch news := newIn(f.Form, f.open); {
	case news == 0:
	case news == n:
		text += " [new]"
	default:
		text += fmt.Sprintf(" [%d new]", news)
	}
	return text
}

// nothingLeft says that control policies leave nothing of a role that one side alone has, ""
// if something is left or nobody asked.
func nothingLeft(esc result.Escape, d *matrix.Difference) string {
	var out []string
	for name, words := range map[string]string{result.ScopeEffective: "", result.ScopeEffectiveTrust: "trust: "} {
		if s := d.Scope(name); s != nil && s.Verdict == verdict.Equal {
			out = append(out, words+esc(s.Kind, result.LineLimit))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

func newIn(f *matrix.Form, open []int) int {
	n := 0
	for _, i := range open {
		if f.Outliers[i].Age == result.AgeNew {
			n++
		}
	}
	return n
}

// verb says what a verdict means of so many accounts.
func verb(v verdict.Verdict, n int) string {
	s, are := "", "are"
	if n == 1 {
		s, are = "s", "is"
	}
	switch v {
	case verdict.More:
		return "allow" + s + " more"
	case verdict.Less:
		return "allow" + s + " less"
	case verdict.Different:
		return "allow" + s + " other things"
	case verdict.Unknown:
		return are + " undecided"
	}
	if n == 1 {
		return "differs"
	}
	return "differ"
}

// limits are how many forms of a role a text has, the worst, and how many accounts of a form
// it names; 0 is all.
type limits struct{ forms, accounts int }

// brief are the limits of a text that is not the whole.
var brief = limits{forms: 6, accounts: 8}

// tags returns what accounts are called, of which which are meant by place, or all where it is
// nil: so many of them, 0 for all.
func tags(esc result.Escape, m *matrix.Matrix, list, which []int, named int) string {
	if which == nil {
		for i := range list {
			which = append(which, i)
		}
	}
	var out []string
	if named == 0 {
		named = len(which)
	}
	for _, i := range which[:min(len(which), named)] {
		out = append(out, esc(m.Labels()[list[i]], result.TagLimit))
	}
	text := strings.Join(out, ", ")
	if more := len(which) - named; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// RoleText returns what is different of a role, in one line without its name.
func RoleText(esc result.Escape, m *matrix.Matrix, r *matrix.Role) string {
	return roleText(esc, m, r, brief)
}

func roleText(esc result.Escape, m *matrix.Matrix, r *matrix.Role, of limits) string {
	list, rest := openForms(m, r, of)
	parts := []string{reference(&r.Forms[0])}
	for _, f := range list {
		parts = append(parts, formText(esc, m, f, of))
	}
	return strings.Join(append(parts, rest...), "; ")
}

// openForm is a form with its accounts that are open, by place.
type openForm struct {
	*matrix.Form
	open []int
}

// openForms returns the forms of a role that a text has, the worst, and how many others
// there are, in words.
func openForms(m *matrix.Matrix, r *matrix.Role, of limits) (list []openForm, rest []string) {
	forms, accounts := 0, 0
	for i := range r.Forms {
		open := m.Open(&r.Forms[i])
		switch {
		case len(open) == 0:
		case of.forms == 0 || len(list) < of.forms:
			list = append(list, openForm{&r.Forms[i], open})
		default:
			forms++
			accounts += len(open)
		}
	}
	if forms > 0 {
		rest = append(rest, fmt.Sprintf("%s in %d", result.Count(forms, "other form", "other forms"), accounts))
	}
	return list, rest
}

// shortNamed is how many accounts of a form a short text names.
const shortNamed = 3

// shortText returns what is different of a role in few words, the accounts before what it is:
// a line that is too long is cut off behind them.
func shortText(esc result.Escape, m *matrix.Matrix, r *matrix.Role) string {
	list, parts := openForms(m, r, brief)
	for i := len(list) - 1; i >= 0; i-- {
		f, d, n := list[i], list[i].Difference, len(list[i].open)
		text, what := fmt.Sprintf("%d %s", n, verb(d.Verdict, n)), " ("+esc(d.What, result.LineLimit)+")"
		switch d.Kind {
		case matrix.Missing:
			text, what = fmt.Sprintf("missing in %d", n), ""
		case matrix.Extra:
			text, what = fmt.Sprintf("only in %d", n), ""
		}
		parts = slices.Insert(parts, 0, text+": "+tags(esc, m, f.Accounts, f.open, shortNamed)+what)
	}
	return strings.Join(parts, "; ")
}

// exampleOf returns a request that one account of the reference or of a form alone allows, in the
// names of that, "" if there is none.
func exampleOf(esc result.Escape, m *matrix.Matrix, r *matrix.Role, f openForm) string {
	if !f.Difference.OfBoth() {
		return ""
	}
	d, between := f.Difference, [2]int{r.Forms[0].Accounts[0], f.Accounts[f.open[0]]}
	if d.Between != nil {
		between = *d.Between
	}
	sides := [2]string{m.Labels()[between[0]], m.Labels()[between[1]]}
	for _, name := range []string{result.ScopeIdentity, result.ScopeTrust} {
		own, left := d.Scope(name), d.Scope(result.EffectiveOf(name))
		of := own
		if left != nil {
			name, of = result.EffectiveOf(name), left // nothing else is left of it
		}
		if text := ""; of != nil && (own == nil || own.Severity == d.Severity || of.Severity == d.Severity || d.Identity == nil || d.Trust == nil) {
			if text = report.ExampleOf(esc, sides, name, of); text != "" {
				return text
			}
		}
	}
	return ""
}

// awsText returns in a line what AWS changed.
func awsText(esc result.Escape, m *matrix.Matrix, c *matrix.AWSChange) string {
	text := fmt.Sprintf("AWS changed %s: it is %s in %s, %s elsewhere", esc(c.Policy, result.LineLimit),
		esc(c.Versions[1], result.TagLimit), tags(esc, m, c.Accounts, nil, brief.accounts), esc(c.Versions[0], result.TagLimit))
	if c.Age == result.AgeNew {
		text += " [new]"
	}
	return text
}
