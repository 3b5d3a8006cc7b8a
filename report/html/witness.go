package html

import (
	"maps"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"iamctl/verdict/question"
)

// proof is a request that one account alone allows.
type proof struct {
	*question.Witness
	scope scopeView
}

// Proofs are the requests that prove the verdict.
func (s scopeView) Proofs() []proof {
	var out []proof
	for i := range s.Witnesses {
		if by := s.Witnesses[i].AllowedBy; by == 1 || by == 2 {
			out = append(out, proof{&s.Witnesses[i], s})
		}
	}
	return out
}

// By and Against are the tags of the account that allows the request, and of the other.
func (w proof) By() string      { return w.scope.section.page.Tag(w.AllowedBy - 1) }
func (w proof) Against() string { return w.scope.section.page.Tag(2 - w.AllowedBy) }

// Class is the CSS class of the account that allows the request.
func (w proof) Class() string { return sideClass(w.AllowedBy - 1) }

// keys are the condition keys of the request, sorted.
func (w proof) keys() []string { return slices.Sorted(maps.Keys(w.Context)) }

// Text is the request on a line. Whoever asks what a role may do is the role.
func (w proof) Text() string {
	text := w.Action
	if w.Resource != "" {
		text += " on " + w.Resource
	}
	if w.scope.trust {
		text += " by " + w.Principal
	}
	for i, k := range w.keys() {
		sep := ", "
		if i == 0 {
			sep = " with "
		}
		text += sep + k + " = " + strings.Join(w.Context[k], " and ")
	}
	return text
}

// Commands are commands that ask the same again: of iamctl, and of AWS where AWS can be
// asked.
func (w proof) Commands() []string {
	var out []string
	if c, ok := w.explain(); ok {
		out = append(out, c)
	}
	if !w.scope.trust && w.scope.section.In[w.AllowedBy-1] != nil {
		out = append(out, w.simulate())
	}
	return out
}

// explain asks iamctl. A comma in a value would end it: there is no command then.
func (w proof) explain() (string, bool) {
	if w.scope.section.Name == "" {
		return "", false // a policy of AWS's
	}
	parts := []string{"action=" + w.Action}
	if w.Resource != "" {
		parts = append(parts, "resource="+w.Resource)
	}
	if w.scope.trust {
		parts = append(parts, "principal="+w.Principal)
	}
	for _, k := range w.keys() {
		for _, v := range w.Context[k] {
			parts = append(parts, k+"="+v)
		}
	}
	if slices.ContainsFunc(parts, func(s string) bool { return strings.Contains(s, ",") }) {
		return "", false
	}
	accounts := &w.scope.section.page.Accounts
	return command("iamctl", "explain", accounts.A.Source, accounts.B.Source, w.scope.section.Name, "--request", strings.Join(parts, ",")), true
}

// contextEntry is a condition key as the simulator of AWS takes it.
type contextEntry struct {
	Name   string   `json:"ContextKeyName"`
	Values []string `json:"ContextKeyValues"`
	Type   string   `json:"ContextKeyType"`
}

// simulate asks AWS.
func (w proof) simulate() string {
	args := []string{"aws", "iam", "simulate-principal-policy", "--policy-source-arn", w.scope.section.In[w.AllowedBy-1].ARN, "--action-names", w.Action}
	if w.Resource != "" {
		args = append(args, "--resource-arns", w.Resource)
	}
	var entries []contextEntry
	for _, k := range w.keys() {
		entries = append(entries, contextEntry{k, w.Context[k], contextType(w.Context[k])})
	}
	if text, err := json.Marshal(entries); err == nil && entries != nil {
		args = append(args, "--context-entries", string(text))
	}
	return command(args...)
}

func contextType(values []string) string {
	switch {
	case len(values) != 1:
		return "stringList"
	case values[0] == "true" || values[0] == "false":
		return "boolean"
	}
	return "string"
}

// command joins the words of a command for a POSIX shell.
func command(words ...string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w
		if w == "" || strings.ContainsFunc(w, special) {
			out[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(out, " ")
}

// special reports whether a shell might act upon a character.
func special(r rune) bool {
	return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@+", r)
}
