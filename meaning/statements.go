package meaning

import (
	"iamctl/normalize"
)

// Statements returns the statements of a role's policy of a side, to be shown: in canonical
// form, as the dictionary rewrites them, with <NAME> for the placeholder NAME, and without
// their Sids. Statements of two accounts that mean the same by the dictionary are equal. It
// reports false if the document could not be read.
func (j *Judge) Statements(side int, r *normalize.Role, p *normalize.Policy) ([]string, bool) {
	l := j.libraries[side]
	if p.Raw.Blind {
		return nil, false
	}
	read := l.shelf.get(string(l.texts.Of(r, p)), l.account)
	if read == nil {
		return nil, false
	}
	rewriter := p.Rewriter
	if rewriter == nil {
		rewriter = l.account.Rewriter
	}
	shown := rewriter.Document(read.Canonical, marking)
	out := make([]string, len(shown.Statements))
	for i, s := range shown.Statements {
		s.Sid = ""
		out[i] = s.String()
	}
	return out, true
}
