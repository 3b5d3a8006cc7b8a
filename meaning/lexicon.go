package meaning

import (
	"fmt"
	"hash/fnv"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
)

// lexicon has the tokens that stand for what is meant to differ between two accounts.
type lexicon struct {
	tokens map[string]string // by placeholder
	// own are the values of each account by token, the likeliest first.
	own [2]map[string][]string
	// addresses stand for placeholders where only an address can be.
	addresses map[string]string
	account   string // the token of the accounts' own ids
	partition string
}

// firstToken is the first character of the plane of private use that stands for a
// placeholder. One character cannot be torn apart.
const firstToken = 0xF0000

// privateUse reports whether a text has such a character of its own.
func privateUse(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r >= firstToken && r <= 0xFFFFD })
}

func newLexicon(accounts [2]*normalize.Account) *lexicon {
	l := &lexicon{tokens: map[string]string{}, addresses: map[string]string{}}
	placeholders := map[string]bool{equivalency.Random: true, equivalency.IDOf: true}
	for side, a := range accounts {
		l.own[side] = map[string][]string{}
		for _, rule := range a.Rewriter.Rules().Rewrites {
			placeholders[rule.Placeholder], placeholders[rewrite.InKey(rule.Placeholder)] = true, true
		}
	}
	for i, p := range slices.Sorted(maps.Keys(placeholders)) {
		l.tokens[p] = string(rune(firstToken + i))
	}
	for _, a := range accounts {
		l.addSpecial(a)
	}
	for side, a := range accounts {
		for _, rule := range a.Rewriter.Rules().Rewrites {
			l.addOwn(side, rule)
		}
	}
	if l.partition == "" {
		l.partition = partitionOf(accounts[0])
	}
	if l.account == "" && accounts[0].ID() == accounts[1].ID() {
		l.account = accounts[0].ID()
	}
	return l
}

// addSpecial chooses tokens for ids and partitions, which must look like one.
func (l *lexicon) addSpecial(a *normalize.Account) {
	rules := a.Rewriter.Rules()
	for _, rule := range rules.Rewrites {
		if slices.Contains(rules.IDs(), rule.Value) {
			l.account = accountToken(rule.Placeholder)
			l.tokens[rule.Placeholder] = l.account
		}
	}
	if p := rules.Partition; p != nil {
		l.partition = "aws-own"
		l.tokens[rules.Rewrites[p.Rule].Placeholder] = l.partition
	}
}

func (l *lexicon) addOwn(side int, rule equivalency.Rule) {
	for _, placeholder := range []string{rule.Placeholder, rewrite.InKey(rule.Placeholder)} {
		token := l.tokens[placeholder]
		if !slices.Contains(l.own[side][token], rule.Value) {
			l.own[side][token] = append(l.own[side][token], rule.Value)
		}
	}
	if least, ok := l.addresses[rule.Placeholder]; !ok || rule.Value < least {
		l.addresses[rule.Placeholder] = rule.Value
	}
}

// accountToken returns the id of an account that nobody has.
func accountToken(placeholder string) string {
	h := fnv.New32a()
	h.Write([]byte(placeholder))
	return fmt.Sprintf("0000%08d", h.Sum32()%100_000_000)
}

func partitionOf(a *normalize.Account) string {
	if a.Flat == nil || a.Flat.Account == nil {
		return ""
	}
	return a.Flat.Partition
}

// address returns the address of a side for one of a block that stands for those of
// both sides; found are those that the documents of the side have.
func (l *lexicon) address(side int, a netip.Addr, found func(token string) []string) netip.Addr {
	for _, placeholder := range slices.Sorted(maps.Keys(l.addresses)) {
		from, err := netip.ParsePrefix(l.addresses[placeholder])
		own := append(found(l.addresses[placeholder]), l.own[side][l.tokens[placeholder]]...)
		if err != nil || len(own) == 0 || !from.Contains(a) {
			continue
		}
		if to, err := netip.ParsePrefix(own[0]); err == nil && to != from {
			return to.Addr()
		}
		return a
	}
	return a
}

// token returns what stands for a text that was found.
func (l *lexicon) token(f rewrite.Found) string {
	switch {
	case f.Plain:
		return f.Placeholder
	case f.Field == equivalency.Address:
		return l.addresses[f.Placeholder]
	}
	return l.tokens[f.Placeholder]
}
