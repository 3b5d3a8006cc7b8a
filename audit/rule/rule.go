// Package rule is what the rules of an audit have in common: what a rule is, what it is
// asked about and what it finds.
package rule

import (
	"time"

	"iamctl/audit/account"
	"iamctl/audit/config"
	"iamctl/audit/grant"
	"iamctl/verdict"
	"iamctl/verdict/severity"
)

// Rule is one thing that an audit looks for.
type Rule struct {
	// ID is the published one where there is one, such as IAM-057.
	ID string
	// Severity is that of its findings, unless one says otherwise.
	Severity severity.Level
	// Title says in a line what it looks for.
	Title string
	// Why says why that matters.
	Why string
	// Source is the page that the rule comes from.
	Source string
	// Controls are the controls of CIS AWS Foundations, AWS Config and the like that ask
	// for the same.
	Controls []string
	// Blind says what the rule cannot see, "" for nothing that matters.
	Blind string
	// Check returns what the rule finds, in any order.
	Check func(*Input) []Finding
}

// Input is what a rule is asked about. Rules of one account share it, one after the
// other.
type Input struct {
	Account *account.Account
	Config  *config.Config
	// Day is the day of the audit, UTC.
	Day time.Time
	// Comparer searches for requests.
	Comparer *verdict.Comparer

	asker *grant.Asker
	kept  map[any]any
}

// Grant returns the permissions of a holder, to be asked about.
func (in *Input) Grant(h *account.Holder) grant.Grant {
	return in.grants().Of(h)
}

func (in *Input) grants() *grant.Asker {
	if in.asker == nil {
		in.asker = grant.NewAsker(in.Comparer, in.Day)
	}
	return in.asker
}

// Within does something with no more than the steps of a limited comparer for all that is
// asked meanwhile: what is not found by then is unknown.
func (in *Input) Within(limited *verdict.Comparer, do func()) {
	in.grants()
	defer func(c *verdict.Comparer) { in.Comparer = c }(in.Comparer)
	in.Comparer = limited
	in.asker.Within(limited, do)
}

// Once returns what several rules of an account need, made for the first of them. The key
// is of a type of the caller's own.
func Once[T any](in *Input, key any, make func() T) T {
	if v, ok := in.kept[key]; ok {
		return v.(T)
	}
	v := make()
	if in.kept == nil {
		in.kept = map[any]any{}
	}
	in.kept[key] = v
	return v
}

// Own returns the id of the account, "" if it is not known.
func (in *Input) Own() string { return in.Account.ID }
