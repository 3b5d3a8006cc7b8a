package html

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"iamctl/internal/visible"
	"iamctl/report"
	"iamctl/result"
	"iamctl/result/matrix"
	"iamctl/verdict/question"
)

const (
	// heatWords is how many bytes of words on differences a heat map has, and heatPrints how
	// many fingerprints: a page stays under 20 MB.
	heatWords  = 8 << 20
	heatPrints = 200_000
	// heatLine is how many characters of a line it has.
	heatLine = 400
	// heatDigits is how many characters of a fingerprint it has.
	heatDigits = 12
)

// heat is the data of a heat map, as its script reads it. Its names are short, for there may
// be half a million outliers.
type heat struct {
	// Accounts have the key, the label, the name and the path.
	Accounts [][4]string `json:"accounts"`
	Roles    []heatRole  `json:"roles"`
	Waivers  []string    `json:"waivers"`
	// Texts are the lines of statements, each distinct one once.
	Texts []string `json:"texts"`
	// Cut reports that there was no room for all words.
	Cut bool `json:"cut"`
}

type heatRole struct {
	Name string `json:"n"`
	// Absent reports that the reference is not to have the role.
	Absent bool       `json:"z,omitempty"`
	Forms  []heatForm `json:"f,omitempty"`
}

// heatForm is a form that differs from the reference.
type heatForm struct {
	Kind     string `json:"k"` // d, m, e or c, as matrix.Differs, Missing, Extra and Effective
	Severity string `json:"s"`
	Verdict  string `json:"v"`
	// Same reports that it does not count.
	Same  bool     `json:"u,omitempty"`
	Lines []string `json:"w,omitempty"`
	// Policies are what one side alone says.
	Policies []heatPolicy `json:"d,omitempty"`
	// Accounts are the first index and then the steps to each next one.
	Accounts []int `json:"a"`
	// Prints are the fingerprints' beginnings, one behind the other.
	Prints string `json:"p,omitempty"`
	// Marks have a letter for each account: n is new, k is known; "" where none has one.
	Marks string `json:"m,omitempty"`
	// Waived are the waivers by the place of the account in the form.
	Waived map[int]int `json:"x,omitempty"`
}

// heatOf returns the data of a heat map. What AWS and people wrote is spelled out.
func heatOf(m *matrix.Matrix) *heat {
	h := &heater{m: m, out: &heat{Waivers: []string{}, Roles: make([]heatRole, len(m.Roles))}, said: heatTexts{texts: []string{}, known: map[string]int{}}}
	keys, labels := m.Keys(), m.Labels()
	for i := range m.Accounts {
		a := &m.Accounts[i]
		h.out.Accounts = append(h.out.Accounts, [4]string{
			report.Clip(keys[i], result.TagLimit), report.Clip(labels[i], result.TagLimit), report.Clip(a.Name, heatLine), report.Clip(a.Path, heatLine),
		})
	}
	for i := range m.Waivers {
		h.out.Waivers = append(h.out.Waivers, report.WaiverText(report.Clip, &m.Waivers[i]))
	}
	for _, i := range worstRoles(m) {
		r := &m.Roles[i]
		one := heatRole{Name: report.Clip(r.Name, heatLine), Absent: r.Forms[0].Absent}
		for k := range r.Forms[1:] {
			one.Forms = append(one.Forms, h.form(r, &r.Forms[k+1]))
		}
		h.out.Roles[i] = one
	}
	h.out.Texts = h.said.texts
	return h.out
}

// worstRoles returns the places of the roles, the worst first: where there is no room for all
// words, those of the worst are there.
func worstRoles(m *matrix.Matrix) []int {
	out := make([]int, len(m.Roles))
	for i := range out {
		out[i] = i
	}
	rank := func(i int) int {
		if r := &m.Roles[i]; len(r.Forms) > 1 {
			return result.Rank(r.Forms[1].Difference.Severity)
		}
		return math.MaxInt
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	return out
}

type heater struct {
	m             *matrix.Matrix
	out           *heat
	said          heatTexts
	words, prints int
}

func (h *heater) form(r *matrix.Role, f *matrix.Form) heatForm {
	d := f.Difference
	kind := d.Kind[:1]
	if d.Kind == matrix.Effective {
		kind = "c" // control policies
	}
	out := heatForm{Kind: kind, Severity: string(d.Severity), Verdict: string(d.Verdict), Same: !h.m.Matters(d)}
	if out.Lines = h.fit(heatLines(h.m, r, f)); out.Lines != nil {
		out.Policies = h.said.policies(d.Policies)
	}
	last := 0
	marks, any := make([]byte, len(f.Accounts)), false
	for i, a := range f.Accounts {
		out.Accounts = append(out.Accounts, a-last)
		last = a
		o := &f.Outliers[i]
		marks[i] = '-'
		switch o.Age {
		case result.AgeNew:
			marks[i], any = 'n', true
		case result.AgeKnown:
			marks[i], any = 'k', true
		}
		if o.Waiver != nil {
			if out.Waived == nil {
				out.Waived = map[int]int{}
			}
			out.Waived[i] = *o.Waiver
		}
	}
	if any {
		out.Marks = string(marks)
	}
	if h.prints += len(f.Outliers); h.prints <= heatPrints {
		var b strings.Builder
		for i := range f.Outliers {
			fmt.Fprintf(&b, "%-*.*s", heatDigits, heatDigits, f.Outliers[i].Fingerprint)
		}
		out.Prints = b.String()
	} else {
		h.out.Cut = true
	}
	return out
}

// fit returns the lines if there is room for them.
func (h *heater) fit(lines []string) []string {
	for _, l := range lines {
		h.words += len(l) + 3
	}
	if h.words+h.said.used > heatWords {
		h.out.Cut = true
		return nil
	}
	return lines
}

// heatLines say what is different in a form: in words, then for what the role may do and for
// who may assume it the verdict, a request that proves it, and the statements that decide.
func heatLines(m *matrix.Matrix, r *matrix.Role, f *matrix.Form) []string {
	d := f.Difference
	out := []string{report.Clip(d.What, heatLine)}
	sides := [2]string{"the others", "this account"}
	for _, name := range result.Scopes() {
		of := d.Scope(name)
		if of == nil {
			continue
		}
		out = append(out, heatTitles[name]+": "+string(of.Verdict)+": "+report.Clip(of.Kind, heatLine))
		if e := report.ExampleOf(report.Clip, sides, name, of); e != "" {
			out = append(out, "E.g. "+e)
		}
		if len(of.Witnesses) > 0 {
			out = append(out, statementLines(sides, &of.Witnesses[0])...)
		}
	}
	return append(out, attributeLines(d.Attributes)...)
}

// heatTitles are what the scopes are about.
var heatTitles = map[string]string{
	result.ScopeIdentity: "What it may do", result.ScopeTrust: "Who may assume it",
	result.ScopeEffective: "What it may do within control policies", result.ScopeEffectiveTrust: "Who may assume it within control policies",
}

// statementLines say which statements decide about a request.
func statementLines(sides [2]string, w *question.Witness) []string {
	var out []string
	for side, places := range w.Statements {
		var list []string
		for _, p := range places[:min(len(places), 4)] {
			list = append(list, strings.TrimSpace(report.Clip(p.PolicyType, result.TagLimit)+" "+report.Clip(p.PolicyName, heatLine))+fmt.Sprintf(" statement %d", p.Statement+1))
		}
		if list != nil {
			out = append(out, "Decided in "+report.Clip(sides[side], result.TagLimit)+" by "+strings.Join(list, ", "))
		}
	}
	return out
}

// text returns the data as JSON for a script element: with no < in it, and nothing that is a
// command in the log of a CI.
func (h *heat) text() ([]byte, error) {
	b, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return visible.EscapeJSON(nil, b), nil
}
