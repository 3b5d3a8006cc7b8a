package severity

import (
	"maps"
	"slices"
	"strings"

	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
	"iamctl/verdict/keyname"
)

// unguarded judges a gain of which a part was allowed before too, in another context: a
// condition no longer guards, or guards less.
func (j *judge) unguarded() *Judgement {
	if len(keysOf(documents(j.old)...)) == 0 {
		return nil
	}
	was, _ := j.parts()
	keys := keysOf(documents(was)...)
	if len(keys) == 0 {
		return nil
	}
	w := j.due(unconditioned(nil))
	if w == nil || !j.inSomeContext(w) {
		return nil
	}
	keys = due(keys, func(keys map[string]bool) bool {
		return with(was, unconditioned(keys)).Decide(&w.Request).Outcome == eval.Allowed
	})
	if gone := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return guards(key, &w.Request, j.new.Decide) }); len(gone) > 0 {
		return &Judgement{Level: High, Kind: j.named(gone) + " removed" + j.from(w), Witness: w}
	}
	return j.because(j.named(keys)+" widened", w)
}

// because judges a gain that has a cause, and may be on everything for another one.
func (j *judge) because(cause string, w *verdict.Witness) *Judgement {
	if found := j.everywhere(); found != nil {
		found.Kind += "; " + cause
		return found
	}
	return &Judgement{Level: j.level(), Kind: cause + ": " + j.amount(), Witness: w}
}

// named names the conditions on keys.
func (j *judge) named(keys []string) string {
	return conditions(keys, slices.Concat(documents(j.old), documents(j.new))...)
}

// from says of which actions conditions were removed, the witness being of one, and how
// much was gained.
func (j *judge) from(w *verdict.Witness) string {
	was, now := j.parts()
	rest := j.amounts(with(was, unconditioned(nil)), now)
	left := len(possible(&rest.Gained))
	if left == 0 && rest.Verdict != verdict.Unknown {
		return ": " + j.amount()
	}
	text := " from " + w.Request.Action
	if n := len(j.list) - left; n > 1 && rest.Verdict != verdict.Unknown {
		text = " from " + actions(n)
	}
	return text + "; " + j.broadened() + j.amount()
}

// due returns those of the keys without whose conditions something is allowed; allowed
// says whether it is without the conditions on some of them, and it is without all.
func due(keys []string, allowed func(map[string]bool) bool) []string {
	set := map[string]bool{}
	for _, key := range keys {
		set[key] = true
	}
	for _, key := range keys {
		if delete(set, key); !allowed(set) {
			set[key] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

// conditions names the conditions on keys of documents.
func conditions(keys []string, list ...*policy.Document) string {
	names := make([]string, len(keys))
	for i, key := range keys {
		names[i] = keyname.Of(key, list...)
	}
	if len(names) == 1 {
		return "condition " + names[0]
	}
	return "conditions " + join(names)
}

// due returns a witness of what was gained and the old side would allow if it was
// edited, nil if there is none. Where there are boundaries it is of an action of which
// nothing else was gained: the one witness at hand depends on the spelling.
func (j *judge) due(e edit) *verdict.Witness {
	names := j.names()
	was, now := j.parts()
	part := with(was, e)
	if was.Boundary == nil && now.Boundary == nil {
		if w := gained(j.Result); w != nil && part.Decide(&w.Request).Outcome == eval.Allowed {
			return w
		}
		everything := []*policy.Document{allow(j.mentioned(names), []string{"*"})}
		was, now = &verdict.Permissions{Identity: was.Identity, Boundary: everything}, &verdict.Permissions{Identity: now.Identity, Boundary: part.Identity}
		return j.replayed(gained(j.c.Identity(was, now)))
	}
	left := map[string]bool{}
	r := j.amounts(part, now)
	if r.Verdict == verdict.Unknown {
		return nil
	}
	for _, name := range r.Gained.Names() {
		left[name] = true
	}
	names = slices.DeleteFunc(names, func(name string) bool { return left[name] })
	if len(names) == 0 {
		return nil
	}
	return j.witness(names)
}

// parts returns what the sides say about all that was gained.
func (j *judge) parts() (old, new *verdict.Permissions) {
	if j.part[0] == nil {
		names := j.names()
		j.part[0], j.part[1] = narrowed(j.old, names), narrowed(j.new, names)
	}
	return j.part[0], j.part[1]
}

// names are those of the actions gained, without impossible pairs.
func (j *judge) names() []string {
	out := make([]string, len(j.list))
	for i, a := range j.list {
		out[i] = a.Name
	}
	slices.Sort(out)
	return out
}

// mentioned returns the actions for a statement about all that was gained.
func (j *judge) mentioned(names []string) []string {
	if len(names) > maxNarrow {
		return []string{"*"}
	}
	return names
}

func denies(p *verdict.Permissions) bool {
	return slices.ContainsFunc(documents(p), func(d *policy.Document) bool {
		return d != nil && slices.ContainsFunc(d.Statements, func(s policy.Statement) bool { return s.Effect == "Deny" })
	})
}

// inSomeContext reports whether the old side allows the action and resource of a
// request in some other context.
func (j *judge) inSomeContext(w *verdict.Witness) bool {
	p := narrowed(j.old, []string{w.Request.Action})
	if r := w.Request.Resource; r != "*" && !strings.ContainsAny(r, "*?$") {
		p = limited(p, policy.Statement{Effect: "Deny", Action: []string{"*"}, NotResource: []string{r}})
	}
	return j.amounts(&verdict.Permissions{}, p).Gained.Actions > 0
}

// undenied judges a gain of which a part was denied before. An explicit Deny is more
// than not to allow: it holds whatever the policies of resources say.
func (j *judge) undenied() *Judgement {
	if !denies(j.old) {
		return nil
	}
	if w := j.due(allowing); w != nil {
		return &Judgement{Level: High, Kind: "a Deny no longer guards: " + j.amount(), Witness: w}
	}
	return nil
}
