// Package beside finds which findings of two accounts are one: those of the same rule
// about the same entity, as a dictionary makes the accounts alike.
package beside

import (
	"strings"

	"iamctl/audit"
	"iamctl/audit/account"
	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// Alone returns the findings that one account alone has, by their places, and how many
// both have. found are those of each account.
//
// Two findings are one if rule, entity, severity and key are the same after rewriting, and
// either the statement is, or what the message says. Each is one with one other: two
// against one leave one.
func Alone(accounts [2]*normalize.Account, found [2][]audit.Finding) (alone [2][]int, both int) {
	var names [2]*namer
	for side := range names {
		names[side] = newNamer(accounts[side])
		for i := range found[side] {
			alone[side] = append(alone[side], i)
		}
	}
	for _, of := range []func(*namer, *audit.Finding) string{(*namer).byStatement, (*namer).byPolicy, (*namer).byMessage} {
		both += pair(&alone, func(side, i int) string { return of(names[side], &found[side][i]) })
	}
	return alone, both
}

// pair removes from both lists what has the same print, one against one, and returns how
// many pairs there were.
func pair(alone *[2][]int, print func(side, i int) string) int {
	waiting := map[string][]int{}
	for _, i := range alone[0] {
		p := print(0, i)
		waiting[p] = append(waiting[p], i)
	}
	gone, pairs := map[int]bool{}, 0
	var left [2][]int
	for _, i := range alone[1] {
		p := print(1, i)
		if list := waiting[p]; len(list) > 0 {
			gone[list[0]] = true
			waiting[p] = list[1:]
			pairs++
		} else {
			left[1] = append(left[1], i)
		}
	}
	for _, i := range alone[0] {
		if !gone[i] {
			left[0] = append(left[0], i)
		}
	}
	*alone = left
	return pairs
}

// namer writes what findings of an account are about as the dictionary rewrites it.
type namer struct {
	*normalize.Account
	roles     map[string]string // keys by folded names
	documents map[*policy.Document]*policy.Document
}

func newNamer(a *normalize.Account) *namer {
	n := &namer{a, map[string]string{}, map[*policy.Document]*policy.Document{}}
	for i := range a.Roles {
		n.roles[policy.Fold(a.Roles[i].Raw.Name)] = a.Roles[i].Key
	}
	return n
}

func (n *namer) text(field normalize.Field, text string) string {
	after, _ := n.Rewriter.Rewrite(field, text)
	return after
}

// entity returns the name of an entity, folded.
func (n *namer) entity(kind inventory.Entity, name string) string {
	switch kind {
	case inventory.EntityRole:
		if key, ok := n.roles[policy.Fold(name)]; ok {
			return key
		}
	case inventory.EntityPolicy:
		return policy.Fold(n.text(normalize.FieldARN, name))
	}
	return policy.Fold(n.text(normalize.FieldRoleName, name))
}

// words rewrites every word of a text for people, which may be a name, an id or an ARN.
func (n *namer) words(text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		core := strings.TrimRight(w, ",;:.")
		field := normalize.FieldRoleName
		if strings.Contains(core, ":") || digits(core) {
			field = normalize.FieldPrincipal
		}
		words[i] = n.text(field, core) + w[len(core):]
	}
	return strings.Join(words, " ")
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// about are the parts that all prints have.
func (n *namer) about(f *audit.Finding) []string {
	return []string{f.Rule.ID, string(f.Severity), string(f.Entity.Kind), n.entity(f.Entity.Kind, f.Entity.Name), n.words(f.Key)}
}

func (n *namer) policy(p *account.Policy) []string {
	if p == nil {
		return nil
	}
	field := normalize.FieldPolicyName
	if inventory.AWSManaged(p.ARN) {
		return []string{string(p.Type), p.Name, n.entity(inventory.EntityGroup, p.Group)}
	}
	return []string{string(p.Type), n.text(field, p.Name), n.entity(inventory.EntityGroup, p.Group)}
}

func (n *namer) byStatement(f *audit.Finding) string {
	parts := append(n.about(f), n.policy(f.Policy)...)
	if f.Policy != nil {
		if d := n.document(f.Policy); d != nil && f.Statement >= 0 && f.Statement < len(d.Statements) {
			s := policy.CanonicalStatement(&d.Statements[f.Statement], d.Version, n.Flat.Partition)
			parts = append(parts, s.String())
		} else {
			parts = append(parts, n.words(f.Message))
		}
	}
	return string(digest.Append(nil, parts...))
}

// byPolicy is for statements that differ and say the same of the rule.
func (n *namer) byPolicy(f *audit.Finding) string {
	return string(digest.Append(nil, append(append(n.about(f), n.words(f.Message)), n.policy(f.Policy)...)...))
}

// byMessage is for policies that have other names.
func (n *namer) byMessage(f *audit.Finding) string {
	return string(digest.Append(nil, append(n.about(f), n.words(f.Message))...))
}

// document returns a policy's document after rewriting, made once; one of AWS's has
// nothing to rewrite.
func (n *namer) document(p *account.Policy) *policy.Document {
	if p.Document == nil || inventory.AWSManaged(p.ARN) {
		return p.Document
	}
	d, ok := n.documents[p.Document]
	if !ok {
		d = n.Rewriter.Document(p.Document, func(f rewrite.Found) string { return f.Placeholder })
		n.documents[p.Document] = d
	}
	return d
}
