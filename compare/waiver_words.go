package compare

import (
	"fmt"
	"strings"

	"iamctl/internal/visible"
	"iamctl/policy"
	"iamctl/result"
	"iamctl/verdict/severity"
	"iamctl/waiver"
)

// misnamed says that a waiver names another role than the one whose meaning it is bound
// to, "" if it does not. Whoever reads the file reads the name, not the fingerprint.
func (c *comparison) misnamed(p *result.Pair, v *waiver.Waiver) string {
	role := visible.Escape(p.RoleName)
	if v.Role == "" || policy.Fold(v.Role) == policy.Fold(role) {
		return ""
	}
	return fmt.Sprintf("%s has %q as its \"role\", and its fingerprint is of %s", c.placeOf(v), v.Role, role)
}

// warnOfWords warns of a waiver bound to a meaning whose "drift" tells people something
// else than what it accepts. It decides nothing: what AWS adds may change what that is.
func (c *comparison) warnOfWords(v *waiver.Waiver, scope string) {
	if v.Drift == "" {
		return
	}
	warn := func(format string, args ...any) {
		c.Warn(fmt.Sprintf("%s: the waiver %s says %q, but %s: look at what it accepts, then write it anew with 'iamctl waive --meaning'",
			c.placeOf(v), v.Fingerprint, visible.Escape(v.Drift), fmt.Sprintf(format, args...)))
	}
	accepted := c.accepted(v)
	if v.Comparison[0] != c.sides[0].Tag {
		return // it was written with the accounts the other way round, and so are its words
	}
	r, judged, ok := c.meanings.Accepted(scope == result.ScopeTrust, accepted)
	if !ok {
		return
	}
	begin := scope + " " + string(r.Verdict) + ": "
	words, _, _ := strings.Cut(judged.Kind, ":")
	switch {
	case !strings.HasPrefix(v.Drift, begin):
		warn("it accepts %s", visible.Escape(begin+judged.Kind))
	case judged.Level == severity.Critical && !strings.Contains(v.Drift, visible.Escape(words)):
		warn("what it accepts is critical: %s", visible.Escape(judged.Kind))
	}
}

// placeOf returns where a waiver is.
func (c *comparison) placeOf(v *waiver.Waiver) string {
	if v.At == (waiver.Position{}) {
		return c.Waivers.Path
	}
	return fmt.Sprintf("%s: %s", c.Waivers.Path, v.At)
}
