package meaning

import (
	"slices"
	"strings"
	"sync"

	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// document is a policy document of an account.
type document struct {
	Policy
	// tokens is the document with tokens, own with the account's own names; the
	// statements of both are in canonical form and in the places that they have.
	tokens, own *policy.Document
	// written is the document as the account has it.
	written *policy.Document
	// found are the texts of the account for which tokens stand, by token.
	found map[string][]string
	// printed returns the statements in tokens, as text.
	printed func() []string
	// marked returns the document as an Allowed has it, "" if it cannot.
	marked func() string
	// problem says why nothing may be concluded from it, "" if all is well.
	problem string
}

// library makes documents, each distinct one of an account once.
type library struct {
	lexicon *lexicon
	shelf   *shelf
	side    int
	account *normalize.Account
	texts   *normalize.Documents

	mu    sync.Mutex
	known map[documentKey]*document
}

type documentKey struct {
	text     inventory.Document
	rewriter *rewrite.Rewriter
}

func newLibrary(l *lexicon, s *shelf, side int, a *normalize.Account) *library {
	return &library{lexicon: l, shelf: s, side: side, account: a, texts: normalize.NewDocuments(a), known: map[documentKey]*document{}}
}

// said returns the policy with its problem.
func (d *document) said() string {
	return strings.TrimSpace(string(d.Type)+" policy "+d.Name) + " " + d.problem
}

// of returns the document of a role's policy.
func (l *library) of(r *normalize.Role, p *normalize.Policy) *document {
	d := document{problem: "could not be read"}
	if !p.Raw.Blind {
		d = *l.get(l.texts.Of(r, p), p.Rewriter)
	}
	d.Policy = Policy{p.Type, p.Name, p.Raw.ARN, l.texts.File(r, p)}
	return &d
}

// get returns the document of a text by the rules for it.
func (l *library) get(text inventory.Document, r *rewrite.Rewriter) *document {
	if r == nil {
		r = l.account.Rewriter
	}
	key := documentKey{text, r}
	l.mu.Lock()
	d := l.known[key]
	l.mu.Unlock()
	if d != nil {
		return d
	}
	d = l.read(string(text), r)
	l.mu.Lock()
	l.known[key] = d
	l.mu.Unlock()
	return d
}

func (l *library) read(text string, r *rewrite.Rewriter) *document {
	if text == "" {
		return &document{problem: "is not there"}
	}
	read := l.shelf.get(text, l.account)
	switch {
	case read == nil:
		return &document{problem: "is no policy document"}
	case l.reserved(text) || strings.Contains(text, `\u`) && l.reserved(read.Written.String()):
		return &document{problem: "has characters of private use"}
	}
	plain := read.Canonical
	d := &document{found: map[string][]string{}, tokens: plain, own: plain, written: read.Written}
	d.printed = sync.OnceValue(d.print)
	d.marked = sync.OnceValue(func() string {
		if d.tokens == plain {
			return asIs(plain)
		}
		return l.lexicon.marked(plain, r)
	})
	rewritten := r.Document(plain, func(f rewrite.Found) string {
		token := l.lexicon.token(f)
		if !slices.Contains(d.found[token], f.Own) {
			d.found[token] = append(d.found[token], f.Own)
		}
		return token
	})
	if len(d.found) > 0 {
		d.tokens, d.own = rewritten, r.Document(plain, func(f rewrite.Found) string { return f.Own })
	}
	return d
}

// reserved reports whether a text has something that a token is.
func (l *library) reserved(text string) bool {
	token := l.lexicon.account
	return privateUse(text) || token != l.account.ID() && token != "" && strings.Contains(text, token)
}

// shelf has documents in canonical form, so that a text that both accounts have is
// parsed once: that which was parsed when the accounts were flattened not even once.
type shelf struct{ known sync.Map }

// shelved is a text as an account of a partition has it.
type shelved struct{ text, partition string }

// get returns the document of a text of an account, nil if it is none.
func (s *shelf) get(text string, a *normalize.Account) *inventory.ParsedDocument {
	if a.Flat != nil {
		if d := a.Flat.Parsed.Get(inventory.Document(text), partitionOf(a)); d != nil {
			return d
		}
	}
	return s.in(text, partitionOf(a))
}

// in returns the document of a text of accounts of a partition, nil if it is none.
func (s *shelf) in(text, partition string) *inventory.ParsedDocument {
	key := shelved{text, partition}
	if d, ok := s.known.Load(key); ok {
		return d.(*inventory.ParsedDocument)
	}
	var out *inventory.ParsedDocument
	if d, _, err := policy.Parse(text); err == nil {
		out = &inventory.ParsedDocument{Written: d, Canonical: policy.CanonicalStatements(d, partition)}
	}
	d, _ := s.known.LoadOrStore(key, out)
	return d.(*inventory.ParsedDocument)
}
