package html

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/result"
	"iamctl/verdict"
	"iamctl/verdict/question"
	"iamctl/verdict/severity"
)

// scopeName is a scope with what the page calls it.
type scopeName struct{ name, title, short string }

// scopes are the scopes of a meaning.
var scopes = []scopeName{
	{result.ScopeIdentity, "What it may do", "permissions"},
	{result.ScopeTrust, "Who may assume it", "trust"},
	{result.ScopeEffective, "What it may do within control policies", "effective"},
	{result.ScopeEffectiveTrust, "Who may assume it within control policies", "effective trust"},
}

// levelOption is a severity in the filter.
type levelOption struct {
	Level severity.Level
	Total int
}

// Levels are the severities that there are, worst first.
func (p *page) Levels() []levelOption {
	counts := map[severity.Level]int{}
	for _, r := range p.survey.roles {
		counts[r.Level]++
	}
	for _, r := range p.survey.aws {
		counts[r.Level]++
	}
	var out []levelOption
	for _, l := range severity.Levels() {
		if counts[l] > 0 {
			out = append(out, levelOption{l, counts[l]})
		}
	}
	return out
}

// Verdicts are the verdicts of roles for the filter and the search: those of the scopes
// that are not EQUAL, or EQUAL.
func (r *shownRole) Verdicts() []verdict.Verdict {
	if r.Meaning == nil {
		return nil
	}
	var out []verdict.Verdict
	for _, sc := range scopes {
		if s := r.Meaning.Of(sc.name); s != nil && s.Verdict != verdict.Equal && !slices.Contains(out, s.Verdict) {
			out = append(out, s.Verdict)
		}
	}
	if out == nil {
		return []verdict.Verdict{verdict.Equal}
	}
	return out
}

// Unchanged reports whether nothing in what is permitted has changed.
// Nothing is folded that an action which AWS may add would change.
func (r *shownRole) Unchanged() bool {
	return r.Meaning != nil && r.Level == severity.None && !slices.ContainsFunc(scopes, func(sc scopeName) bool {
		s := r.Meaning.Of(sc.name)
		return s != nil && !result.Unchanged(s)
	})
}

// VerdictText sums up the verdicts in the table of roles.
func (r *shownRole) VerdictText() string {
	if r.Unchanged() {
		return "no change in permission"
	}
	var parts []string
	for _, sc := range scopes {
		if s := r.Meaning.Of(sc.name); s != nil && (s.Verdict != verdict.Equal || s.Severity != severity.None) {
			parts = append(parts, sc.short+" "+string(s.Verdict))
		}
	}
	if parts == nil {
		return string(verdict.Equal)
	}
	return strings.Join(parts, ", ")
}

// Folded says what differs of a role although it permits the same: for what the page
// folds.
func (s roleSection) Folded() string {
	text := plural(s.tally.Drifts, "difference", "differences") + " in form or description"
	for _, v := range s.Scopes() {
		if v.Kind != "" {
			text += "; " + v.Kind
		}
	}
	return text
}

// WithMeaning reports whether the table of roles has columns for what drift means.
func (r roleRow) WithMeaning() bool { return r.page.Meant }

// VerdictWords are the verdicts for the filter.
func (r roleRow) VerdictWords() string {
	var words []string
	for _, v := range r.Verdicts() {
		words = append(words, string(v))
	}
	return strings.Join(words, " ")
}

// scopeView is what the differences of a scope mean, as shown.
type scopeView struct {
	*result.Scope
	Title, Sentence, short string
	section                roleSection
	trust                  bool
}

// Scopes are what the differences of the role mean, nil where that is not known.
func (s roleSection) Scopes() []scopeView { return s.page.scopes(s, s.Meaning) }

func (p *page) scopes(s roleSection, m *result.Meaning) []scopeView {
	var out []scopeView
	for _, sc := range scopes {
		if scope := m.Of(sc.name); scope != nil {
			trust := sc.name == result.ScopeTrust || sc.name == result.ScopeEffectiveTrust
			out = append(out, scopeView{scope, sc.title, sentence(scope.Verdict, trust, p.Tags()), sc.short, s, trust})
		}
	}
	return out
}

// sentence says a verdict in words.
func sentence(v verdict.Verdict, trust bool, tags [2]string) string {
	more, each := "%s allows more than %s", "each allows what the other does not"
	if trust {
		more, each = "%s lets more in than %s", "each lets in whom the other does not"
	}
	switch v {
	case verdict.More:
		return fmt.Sprintf(more, tags[1], tags[0])
	case verdict.Less:
		return fmt.Sprintf(more, tags[0], tags[1])
	case verdict.Different:
		return each
	case verdict.Equal:
		if trust {
			return "no change in trust"
		}
		return "no change in permission"
	}
	return "not decided"
}

// Later is the verdict with the actions that AWS may add, "" where it is the same.
func (s scopeView) Later() verdict.Verdict {
	if s.Future == s.Verdict {
		return ""
	}
	return s.Future
}

// amountView is how much was gained or lost.
type amountView struct {
	Word, Text string
}

// maxAmounts is how many services with their access levels are named.
const maxAmounts = 12

// Amounts are how much account B alone allows, and how much account A alone.
func (s scopeView) Amounts() []amountView {
	var out []amountView
	for i, a := range []*question.Amount{s.Gained, s.Lost} {
		if a == nil || a.Actions == 0 && a.Pairs == 0 {
			continue
		}
		out = append(out, amountView{[]string{"Gained", "Lost"}[i] + " in " + s.section.page.Tag(1), amountText(a)})
	}
	return out
}

func amountText(a *question.Amount) string {
	text := plural(a.Actions, "action", "actions")
	first, rest := cut(a.Services, maxAmounts)
	for i, x := range first {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		text += sep + strings.TrimSpace(x.Service+" "+x.Access) + " " + thousands(x.Actions)
	}
	if len(rest) > 0 {
		text += " and " + thousands(len(rest)) + " more"
	}
	return text
}
