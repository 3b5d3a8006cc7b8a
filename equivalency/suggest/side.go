package suggest

import (
	"slices"
	"strings"

	"iamctl/equivalency"
	"iamctl/policy"
)

// side is one account.
type side struct {
	account equivalency.Identity
	texts   []text
	roles   []role
	// names are the tokens of what the account is called, folded.
	names [][]uint32
	// values are the account's own in the dictionary.
	values map[string]bool
	// applied rewrites the proposals that were chosen so far.
	applied rewriter
	// open are the placeholders of entries to which this account's value
	// could be matched because the other account has none, with the value.
	open map[uint32]string
}

// text is a text with its tokens.
type text struct {
	Text
	// base is what the dictionary leaves of it, now what the chosen proposals
	// leave of that.
	base, now []uint32
	// sum is the hash of what it is now.
	sum uint64
	// numbers are the identifiers in it as it is now, once sought is true.
	numbers []span
	sought  bool
	// roles are those that have it, by their places, ascending.
	roles []uint32
	// same is true if the other account has the text too, as it is now.
	same bool
}

// span is a run of tokens.
type span struct{ from, to int }

// newSearch reads two accounts. The error is about the dictionary.
func newSearch(a, b Account, o Options) (*search, error) {
	d := o.Dictionary
	words := newVocabulary()
	s := &search{dictionary: d, fixedIn: o.FixedIn, words: words, runs: runs{words: words, ids: map[string]uint32{}}}
	if s.fixedIn == nil {
		s.fixedIn = equivalency.FixedIn
	}
	accounts := [2]*Account{&a, &b}
	var rules [2]*equivalency.Rules
	for i := range accounts {
		r, err := d.Rules(accounts[i].identity(), accounts[1-i].identity())
		if err != nil {
			return nil, err
		}
		rules[i] = r
	}
	for _, r := range rules {
		for _, p := range r.Placeholders {
			if !slices.Contains(s.taken, p) {
				s.taken = append(s.taken, p)
			}
		}
	}
	// What a tool made up pairs by itself.
	s.taken = append(s.taken, equivalency.Random, equivalency.IDOf)
	for i := range accounts {
		s.sides[i] = s.side(accounts[i], rules[i], rules[1-i])
	}
	s.spellKeys()
	return s, nil
}

func (s *search) side(a *Account, own, others *equivalency.Rules) side {
	out := side{account: a.identity(), values: known(a, own), open: s.openEntries(own, others)}
	for _, name := range []string{a.Tag, a.Name, strings.TrimPrefix(a.Source, "profile:"), a.Alias, a.ID} {
		// The folders on the way to a file name nothing.
		if name != "" && !strings.ContainsAny(name, `/\`) {
			out.names = append(out.names, s.words.split(nil, policy.Fold(name)))
		}
	}
	m := s.masker(own)
	byName := map[string]uint32{}
	for i, t := range merged(a.Names) {
		x := m.text(t.Text)
		for _, name := range t.roles {
			id, ok := byName[name]
			if !ok {
				id = uint32(len(out.roles))
				byName[name] = id
				out.roles = append(out.roles, role{base: m.text(Text{Field: equivalency.RoleName, Value: name}).base})
			}
			r := &out.roles[id]
			r.texts = append(r.texts, uint32(i))
			r.awsMade = r.awsMade || t.Field == equivalency.Path && slices.ContainsFunc(awsPaths, func(p string) bool { return strings.HasPrefix(t.Value, p) })
			x.roles = append(x.roles, id)
		}
		out.texts = append(out.texts, x)
	}
	return out
}

// known returns the values that the dictionary has for an account or as shared,
// and the account's id, which needs no entry.
func known(a *Account, own *equivalency.Rules) map[string]bool {
	out := map[string]bool{a.ID: true}
	for _, r := range own.Rewrites {
		out[r.Value] = true
	}
	for _, literal := range own.Shared {
		out[literal] = true
	}
	return out
}

// openEntries are entries that have a value of this account and none of the
// other, and that hold everywhere, by the token of their placeholder.
func (s *search) openEntries(own, others *equivalency.Rules) map[uint32]string {
	out := map[uint32]string{}
	if s.dictionary == nil || s.dictionary.Form != equivalency.FormScoped {
		return out
	}
	for _, r := range own.Rewrites {
		if r.Entry < 0 || r.Fields != nil || r.Substring {
			continue
		}
		has := func(o equivalency.Rule) bool { return o.Placeholder == r.Placeholder }
		token := s.words.placeholder(r.Placeholder)
		if _, seen := out[token]; !seen && !slices.ContainsFunc(others.Rewrites, has) {
			out[token] = r.Value
		}
	}
	return out
}

// answersTo reports whether the account has the run in one of its names. Numbers
// name nothing by themselves.
func (s *search) answersTo(side *side, run []uint32) bool {
	folded := make([]uint32, len(run))
	named := false
	for i, id := range run {
		folded[i] = s.words.tokens[id].folded
		named = named || s.words.tokens[id].kind == word || s.words.tokens[id].kind == accountID
	}
	return named && slices.ContainsFunc(side.names, func(name []uint32) bool { return holds(name, folded) })
}
