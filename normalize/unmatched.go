package normalize

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"iamctl/equivalency"
)

// Warning is an entry of the dictionary that does less than its author is
// likely to have meant.
type Warning struct {
	// Placeholder is the entry's, "" for a warning about all of them.
	Placeholder string
	At          equivalency.Position
	// Reason says what is wrong with the entry.
	Reason string
	// Near are texts that the entry nearly matched, a few.
	Near []Near
}

// Near is a text that nearly matched.
type Near struct {
	// Account is the tag.
	Account string
	Field   Field
	Text    string
	// Why says why the text was left alone.
	Why string
}

func (w Warning) String() string {
	if w.Placeholder == "" {
		return w.Reason
	}
	var b strings.Builder
	fmt.Fprintf(&b, "the dictionary's entry %q", w.Placeholder)
	if w.At != (equivalency.Position{}) {
		fmt.Fprintf(&b, " (%s)", w.At)
	}
	b.WriteString(" " + w.Reason)
	for i, n := range w.Near {
		if i == 0 {
			b.WriteString("; left alone: ")
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q (%s in %s: %s)", n.Text, n.Field, n.Account, n.Why)
	}
	return b.String()
}

// Unmatched gives the entries that rewrote nothing on any of the accounts,
// with the near matches that they left alone, and the entries of the scoped
// form that have nothing for one of the accounts but for accounts that are not
// there. Entries that are about other accounts only are not of this
// comparison, unless all are: that is a warning by itself. An entry of the
// accounts' own ids is never reported, for it changes nothing. The order is
// that of the dictionary.
func Unmatched(d *equivalency.Dictionary, accounts ...*Account) []Warning {
	if d == nil {
		return nil
	}
	if w, ok := unnamed(d, accounts); ok {
		return []Warning{w}
	}
	var out []Warning
	var seekers []*seeker
	for i := range d.Entries {
		e := &d.Entries[i]
		bound, matched := 0, false
		for _, a := range accounts {
			if slices.ContainsFunc(a.Rewriter.rules.Rewrites, func(r equivalency.Rule) bool { return r.Entry == i }) {
				bound++
			}
			matched = matched || a.matched[i]
		}
		if bound == 0 || ownIDs(i, accounts) {
			continue
		}
		w := Warning{Placeholder: e.Placeholder, At: e.At}
		if bound < len(accounts) && d.Form == equivalency.FormScoped {
			w.Reason = strangers(i, e, accounts)
		}
		if !matched {
			seekers = append(seekers, newSeeker(i, len(out), accounts))
			w.Reason = strings.Join(slices.DeleteFunc([]string{"rewrote nothing", w.Reason}, func(s string) bool { return s == "" }), " and ")
		}
		if w.Reason != "" {
			out = append(out, w)
		}
	}
	seek(seekers, accounts)
	for _, s := range seekers {
		out[s.warning].Near = s.near
	}
	return out
}

// ownIDs tells whether an entry is one of account ids, own ids among them.
func ownIDs(entry int, accounts []*Account) bool {
	own := false
	for _, a := range accounts {
		for _, r := range a.Rewriter.rules.Rewrites {
			if r.Entry != entry {
				continue
			}
			if !equivalency.IsAccountID(r.Value) {
				return false
			}
			own = own || r.Value == a.id()
		}
	}
	return own
}

// strangers says which account an entry has nothing for, if it names others:
// the name may be misspelt.
func strangers(entry int, e *equivalency.Entry, accounts []*Account) string {
	var without, names []string
	known := map[string]bool{}
	for _, a := range accounts {
		has := false
		for _, r := range a.Rewriter.rules.Rewrites {
			if r.Entry == entry {
				known[r.Value], has = true, true
			}
		}
		if !has {
			without = append(without, a.Tag)
		}
	}
	for _, v := range e.Values {
		if !known[v.Text] && !slices.Contains(names, v.Account) {
			names = append(names, v.Account)
		}
	}
	if len(names) == 0 {
		return ""
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	return fmt.Sprintf("has no value for %s: %s, which it names, %s not in this comparison", quoted(without), quoted(names), verb)
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = strconv.Quote(n)
	}
	return strings.Join(out, " and ")
}
