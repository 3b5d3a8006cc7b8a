package severity

import (
	"cmp"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// Trust judges the result of comparing whom two trust policies let in. Nil documents let
// nobody in.
func Trust(c *verdict.Comparer, old, new *policy.Document, r *verdict.Result) Judgement {
	return (*Account)(nil).Trust(c, old, new, r)
}

// Trust is like the function, and knows which account the role is in: its own account
// is never one that was not there.
func (a *Account) Trust(c *verdict.Comparer, old, new *policy.Document, r *verdict.Result) Judgement {
	switch {
	case r.Verdict == verdict.Equal:
		return unchanged("no change in trust", "", r)
	case r.Verdict == verdict.Unknown && r.Gained.Actions == 0:
		return Judgement{Level: High, Kind: "not decided"}
	case r.Impossible && r.Verdict != verdict.Unknown:
		return Judgement{Level: Low, Kind: impossibleCallers}
	}
	// A quarter is for the words about what was lost.
	t, back := trust{c.Limited(Steps * 3 / 4), a.own(), old, new}, trust{c.Limited(Steps / 4), a.own(), new, old}
	found := t.judge(&back, r)
	if r.Verdict == verdict.Unknown || t.c.Spent() && found.Level != Critical {
		return undecided(found)
	}
	return found
}

const impossibleCallers = "impossible: no principal of such a type can ask for that"

func (t *trust) judge(back *trust, r *verdict.Result) Judgement {
	lost := back.findings(witnessOf(r, 1))
	if r.Gained.Actions == 0 {
		return Judgement{Level: Low, Kind: "trust narrowed" + texts(lost, finding.narrowed)}
	}
	list := t.findings(gained(r))
	j := unworded(gained(r))
	if len(list) > 0 {
		j = Judgement{Level: list[0].level, Kind: strings.TrimPrefix(texts(list, finding.widened), ": "), Witness: list[0].witness}
	}
	lost = slices.DeleteFunc(lost, func(l finding) bool {
		return slices.ContainsFunc(list, func(f finding) bool { return f.more == l.less })
	})
	if less := texts(lost, finding.narrowed); less != "" {
		j.Kind += lostToo + less
	}
	return j
}

// unworded judges a gain, w being a witness of it, for which there are no other words.
func unworded(w *verdict.Witness) Judgement {
	switch {
	case w == nil:
		return Judgement{Level: High, Kind: "trust widened"}
	case w.Impossible:
		return Judgement{Level: Low, Kind: impossibleCallers}
	}
	return Judgement{Level: High, Kind: "trust widened: " + w.Request.Principal.Value}
}

// What the words are made of: what was lost comes after what was gained.
const (
	lostToo = "; narrowed"
	became  = " became "
)

// finding is one thing that a change of trust lets somebody do.
type finding struct {
	level Level
	// more says it in words, less the reverse.
	more, less string
	witness    *verdict.Witness
}

func (f finding) widened() string  { return f.more }
func (f finding) narrowed() string { return f.less }

// maxTexts is how many findings are said.
const maxTexts = 3

func texts(list []finding, text func(finding) string) string {
	var out []string
	for _, f := range list {
		if t := text(f); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return ""
	}
	n := max(len(out)-maxTexts, 0)
	return ": " + strings.Join(out[:len(out)-n], "; ") + more(n)
}

// trust asks what new lets in that old does not.
type trust struct {
	c *verdict.Comparer
	// own is the role's account, "" if it is not known.
	own      string
	old, new *policy.Document
}

// findings returns what new lets in and old does not, worst first; w is a witness of it,
// nil if there is nothing.
func (t *trust) findings(w *verdict.Witness) []finding {
	if w == nil {
		return nil
	}
	if f := t.finding(t.stranger()); f != nil {
		// That is everybody else too.
		return []finding{*f}
	}
	var out []finding
	add := func(who caller) bool {
		f := t.finding(who)
		if f != nil {
			out = append(out, *f)
		}
		return f != nil
	}
	for _, list := range t.accounts(w) {
		for i, who := range list {
			if add(who) && i == 0 {
				break
			}
		}
	}
	for _, who := range t.others() {
		add(who)
	}
	slices.SortStableFunc(out, func(a, b finding) int {
		return cmp.Compare(slices.Index(Levels(), a.level), slices.Index(Levels(), b.level))
	})
	return out
}

// finding returns what the callers of a kind gained, nil if nothing that is possible.
func (t *trust) finding(who caller) *finding {
	g := gain{trust: t, caller: who, was: who.part(t.old), now: who.part(t.new)}
	r := t.c.Trust(g.was, g.now)
	if g.witness = t.replayed(g.plainest(gained(r))); g.witness == nil {
		// The request may be one of a principal that is named and let in already.
		if r.Gained.Actions == 0 || !g.unnamed() {
			return nil
		}
		r = t.c.Trust(g.was, g.now)
		if g.witness = t.replayed(g.plainest(gained(r))); g.witness == nil {
			return nil
		}
	}
	if g.witness.Impossible {
		return nil
	}
	for _, a := range possible(&r.Gained) {
		g.names = append(g.names, a.Name)
	}
	f := g.finding()
	if f.witness == nil {
		f.witness = g.witness
	}
	return f
}

func (t *trust) replayed(w *verdict.Witness) *verdict.Witness {
	return replayed(w, deciding(t.old), deciding(t.new))
}

func deciding(d *policy.Document) func(*eval.Request) eval.Decision {
	return func(r *eval.Request) eval.Decision { return eval.Trust(d, r) }
}
