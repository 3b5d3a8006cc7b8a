package many

import (
	"cmp"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"iamctl/equivalency"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
	"iamctl/result/matrix"
)

// nameIndex finds the ids and names of accounts in what is left of texts after rewriting.
type nameIndex struct {
	// words are the names by their first word, folded, the longest first.
	words  map[string][]*ownedName
	shared []string
}

// ownedName is what one account or several are called.
type ownedName struct {
	text   string
	fields []equivalency.Field // nil is every field
	// accounts are indexes, ascending.
	accounts []int
}

// newNameIndex returns the index of the names that a dictionary knows accounts by.
func newNameIndex(f *equivalency.Fleet, members []*member) *nameIndex {
	n := &nameIndex{words: map[string][]*ownedName{}, shared: f.Dictionary().Shared}
	for i, m := range members {
		for _, o := range f.Owned(m.identity) {
			n.add(i, o)
		}
	}
	for _, list := range n.words {
		slices.SortStableFunc(list, func(a, b *ownedName) int { return cmp.Compare(len(b.text), len(a.text)) })
	}
	return n
}

func (n *nameIndex) add(account int, o equivalency.Owned) {
	word := policy.Fold(o.Text[:wordEnd(o.Text, 0)])
	for _, have := range n.words[word] {
		if have.text == o.Text && slices.Equal(have.fields, o.Fields) {
			if have.accounts[len(have.accounts)-1] != account {
				have.accounts = append(have.accounts, account)
			}
			return
		}
	}
	n.words[word] = append(n.words[word], &ownedName{o.Text, o.Fields, []int{account}})
}

// wordEnd returns where the word that begins at a byte of a text ends.
func wordEnd(text string, from int) int {
	to := from + 1
	for !equivalency.Boundary(text, to) {
		to++
	}
	return to
}

// in passes on the names in a text of another account than the one with the index.
func (n *nameIndex) in(account int, field equivalency.Field, text string, each func(*ownedName)) {
	var fixed *equivalency.Fixed
	for from := 0; from < len(text); {
		to := wordEnd(text, from)
		for _, o := range n.words[policy.Fold(text[from:to])] {
			end := from + len(o.text)
			if end > len(text) || !sameName(field, text[from:end], o.text) || !equivalency.Boundary(text, end) || o.fields != nil && !slices.Contains(o.fields, field) {
				continue
			}
			if fixed == nil {
				f := rewrite.FixedIn(field, text)
				fixed = &f
			}
			if to = end; !fixed.Blocks(from, end, equivalency.NamesResource(o.text)) && !n.isShared(text, from, end) && !slices.Contains(o.accounts, account) {
				each(o)
			}
			break
		}
		from = to
	}
}

// sameName reports whether a part of a text is a name. In condition keys letter case means
// nothing.
func sameName(field equivalency.Field, part, name string) bool {
	return part == name || field == equivalency.ConditionKey && policy.Fold(part) == policy.Fold(name)
}

// isShared reports whether a part of a text is in one that all accounts share.
func (n *nameIndex) isShared(text string, from, to int) bool {
	return slices.ContainsFunc(n.shared, func(s string) bool {
		for at := 0; ; at++ {
			i := strings.Index(text[at:], s)
			if i < 0 {
				return false
			}
			if at += i; at < to && from < at+len(s) && equivalency.Token(text, at, at+len(s)) {
				return true
			}
		}
	})
}

// statement passes on the names in a statement.
func (n *nameIndex) statement(account int, text string, each func(*ownedName)) {
	var elements map[string]jsontext.Value
	if json.Unmarshal([]byte(text), &elements) != nil {
		return
	}
	for name, value := range elements {
		column, text := rewrite.Statement, string(value)
		switch name {
		case "Resource", "NotResource":
			text = `{"NotResource":` + text + `}`
		case "Principal", "NotPrincipal":
			text = `{"NotPrincipal":` + text + `}`
		case "Condition":
			column = equivalency.Condition
		default:
			continue
		}
		for field, s := range rewrite.Strings(column, text) {
			n.in(account, field, s, each)
		}
	}
}

// saying is what one side of a difference alone says: statements, and values of attributes.
type saying struct {
	statements []string
	values     []valueIn
}

type valueIn struct {
	field equivalency.Field
	text  string
}

// namesOf returns the names of other accounts that what the second side alone says has, and
// what the first side alone says has not.
func (n *nameIndex) namesOf(account int, sides [2]saying) []matrix.Name {
	var found [2][]*ownedName
	for side := range sides {
		add := func(o *ownedName) {
			if !slices.Contains(found[side], o) {
				found[side] = append(found[side], o)
			}
		}
		for _, s := range sides[side].statements {
			n.statement(account, s, add)
		}
		for _, v := range sides[side].values {
			n.in(account, v.field, v.text, add)
		}
	}
	var out []matrix.Name
	for _, o := range found[1] {
		if !slices.Contains(found[0], o) {
			out = append(out, matrix.Name{Value: o.text, Accounts: o.accounts[:min(len(o.accounts), matrix.MaxOwners)], More: max(0, len(o.accounts)-matrix.MaxOwners)})
		}
	}
	slices.SortFunc(out, func(a, b matrix.Name) int {
		return cmp.Or(len(a.Accounts)-len(b.Accounts), cmp.Compare(a.Accounts[0], b.Accounts[0]), cmp.Compare(a.Value, b.Value))
	})
	return out
}
