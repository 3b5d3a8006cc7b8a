package suggest

import (
	"slices"
	"strings"

	"iamctl/equivalency"
)

// side is one account.
type side struct {
	account equivalency.Identity
	texts   []text
	// names are the tokens of what the account is called, folded.
	names [][]uint32
	// values are those that the dictionary gives the account already.
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
	// same tells that the other account has the text too, as it is now.
	same bool
}

// newSearch reads two accounts. The error is about the dictionary.
func newSearch(a, b Account, d *equivalency.Dictionary) (*search, error) {
	words := newVocabulary()
	s := &search{dictionary: d, words: words, runs: runs{words: words, ids: map[string]uint32{}}}
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
	for i := range accounts {
		s.sides[i] = s.side(accounts[i], accounts[1-i], rules[i], rules[1-i])
	}
	return s, nil
}

func (s *search) side(a, other *Account, own, others *equivalency.Rules) side {
	out := side{account: a.identity(), values: s.known(a, other), open: s.openEntries(own, others)}
	for _, name := range []string{a.Tag, strings.TrimPrefix(a.Source, "profile:"), a.Alias, a.ID} {
		if name != "" {
			out.names = append(out.names, s.words.split(nil, foldASCII(name)))
		}
	}
	masks := s.masks(own)
	var room []uint32
	for _, t := range merged(a.Names) {
		room = s.words.split(room[:0], t.Value)
		base := masks.rewrite(make([]uint32, 0, len(room)), room, t.Field)
		out.texts = append(out.texts, text{Text: t, base: base})
	}
	return out
}

// masks makes opaque what is no proposal's business: what the dictionary
// rewrites, its placeholders and its shared literals.
func (s *search) masks(r *equivalency.Rules) *rewriter {
	w := &rewriter{pin: func(id uint32) uint32 { return s.words.opaque("shared " + s.words.tokens[id].text) }}
	for _, p := range s.taken {
		w.add(rule{tokens: s.words.split(nil, p), put: s.placeholderToken(p)})
	}
	for _, v := range r.Rewrites {
		w.add(rule{tokens: s.words.split(nil, v.Value), put: s.placeholderToken(v.Placeholder), fields: v.Fields})
	}
	for _, literal := range r.Shared {
		w.pinned = append(w.pinned, s.words.split(nil, literal))
	}
	return w
}

func (s *search) placeholderToken(placeholder string) uint32 {
	return s.words.opaque(placeholderMark + placeholder)
}

// placeholderMark begins the name of a placeholder's token.
const placeholderMark = "for "

// known are the values that the dictionary has for an account or as shared,
// and the accounts' ids: they need no entry, and where an account has the
// other's that is drift.
func (s *search) known(a, other *Account) map[string]bool {
	out := map[string]bool{a.ID: true, other.ID: true}
	if s.dictionary == nil {
		return out
	}
	id := a.identity()
	for _, e := range s.dictionary.Entries {
		for _, v := range e.Values {
			if s.dictionary.Form == equivalency.FormIAMCTL || id.AnswersTo(v.Account) {
				out[v.Text] = true
			}
		}
	}
	for _, literal := range s.dictionary.Shared {
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
		token := s.placeholderToken(r.Placeholder)
		if _, seen := out[token]; !seen && !slices.ContainsFunc(others.Rewrites, has) {
			out[token] = r.Value
		}
	}
	return out
}

// calls tells whether the account has the run in one of its names. Numbers
// name nothing by themselves.
func (s *search) calls(side *side, run []uint32) bool {
	folded := make([]uint32, len(run))
	named := false
	for i, id := range run {
		folded[i] = s.words.tokens[id].folded
		named = named || s.words.tokens[id].kind == word || s.words.tokens[id].kind == accountID
	}
	return named && slices.ContainsFunc(side.names, func(name []uint32) bool { return holds(name, folded) })
}
