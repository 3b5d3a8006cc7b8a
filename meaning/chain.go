package meaning

import (
	"crypto/sha256"
	"slices"
	"strings"
	"sync"

	"iamctl/internal/digest"
	"iamctl/inventory"
	"iamctl/normalize"
	"iamctl/normalize/rewrite"
	"iamctl/policy"
)

// Chain is the control policies that bound an account, as they bear on its roles. It tells
// roles of many accounts apart: two that are the same, of accounts of which the chains have
// one print for them, are left the same.
type Chain struct {
	bounds    *Bounds
	texts     *Texts
	partition string
	rewriter  *normalize.Rewriter
	of        [2]bearing // by service and by resource control policies
	// callers are the bearings of accounts that roles trust, nil for none, by id.
	callers map[string]*bearing
}

// bearing is what control policies of one type say.
type bearing struct {
	// text is the same for accounts that are bound by the same policies.
	text string
	// conditions are those of which it may depend on the role or on its account whether they
	// hold.
	conditions []policy.Condition
}

// NewChain returns the chain of an account of a partition, in which r rewrites its values.
func NewChain(b *Bounds, texts *Texts, partition string, r *normalize.Rewriter) *Chain {
	c := &Chain{bounds: b, texts: texts, partition: partition, rewriter: r, callers: map[string]*bearing{}}
	for i, of := range []*inventory.Bounds{&b.Service, &b.Resource} {
		c.of[i] = c.bearing(of)
	}
	return c
}

// Known reports whether all is known of what bounds the account.
func (c *Chain) Known() bool {
	return c.bounds.Service.Unknown == "" && c.bounds.Resource.Unknown == ""
}

// bearing reads levels of policies. A level at which everything is allowed and nothing denied
// bounds nothing, and is as if it were not there; one that is there twice is there once.
func (c *Chain) bearing(of *inventory.Bounds) bearing {
	if of.Unknown != "" {
		return bearing{text: of.Unknown}
	}
	var out bearing
	var levels []string
	for _, l := range of.Levels {
		if text := c.level(&l, &out); text != "" && !slices.Contains(levels, text) {
			levels = append(levels, text)
		}
	}
	slices.Sort(levels)
	out.text = strings.Join(levels, "")
	return out
}

// level returns a text for a level, "" for one that bounds nothing.
func (c *Chain) level(l *inventory.Level, into *bearing) string {
	r := c.rewriter
	parts := []string{"level"}
	var all []policy.Statement
	allows := false
	for _, p := range l.Policies {
		d := c.texts.known.in(string(p.Document), c.partition)
		if d == nil {
			parts = append(parts, p.ID, "unreadable", string(p.Document))
			all = append(all, policy.Statement{})
			continue
		}
		put := r.Document(d.Canonical, func(f rewrite.Found) string { return "\x00" + f.Placeholder })
		parts = append(parts, p.ID, p.Name, put.String())
		allows = allows || allowsEverything(d.Canonical)
		all = append(all, d.Canonical.Statements...)
		into.add(r.Document(d.Canonical, func(f rewrite.Found) string { return f.Own }))
	}
	if allows && !slices.ContainsFunc(all, func(s policy.Statement) bool { return s.Effect != "Allow" }) {
		return ""
	}
	return string(digest.Append(nil, parts...))
}

// allowsEverything reports whether a document allows everything to everybody without a condition.
func allowsEverything(d *policy.Document) bool {
	return len(d.Unknown) == 0 && slices.ContainsFunc(d.Statements, func(s policy.Statement) bool {
		return s.Effect == "Allow" && slices.Contains(s.Action, "*") && slices.Contains(s.Resource, "*") &&
			len(s.Condition) == 0 && len(s.Unknown) == 0 && s.NotPrincipal == nil &&
			(s.Principal == nil || slices.Contains(s.Principal, policy.Principal{Type: "*", Value: "*"}))
	})
}

// add adds the conditions of a document that may depend on the role or its account.
func (b *bearing) add(d *policy.Document) {
	for _, c := range conditionsOnSides(d) {
		if !slices.ContainsFunc(b.conditions, func(o policy.Condition) bool { return sameCondition(&c, &o) }) {
			b.conditions = append(b.conditions, c)
		}
	}
}

func sameCondition(a, b *policy.Condition) bool {
	return a.Operator == b.Operator && a.Key == b.Key && slices.Equal(a.Values, b.Values)
}

// Print returns a digest of all that has a part in what the control policies leave to a role,
// but for what the role itself says. documents are those of its policies and its boundary.
func (c *Chain) Print(r *inventory.Role, documents []inventory.Document) string {
	none := bearing{}
	service, resource := &c.of[0], &c.of[1]
	if r.ServiceLinked() {
		service, resource = &none, &none
	}
	asks, is := holding{of: func() *facts { return asking(r, c.bounds) }}, holding{of: func() *facts { return asked(r, c.bounds) }}
	asks.add(service.conditions)
	is.add(resource.conditions)
	for _, d := range documents {
		asks.add(c.texts.conditions(d, c.partition))
	}
	is.add(c.texts.conditions(r.Trust, c.partition))
	parts := []string{service.text, resource.text}
	for _, id := range namedAccounts(r.Trust) {
		if of := c.caller(id); of != nil {
			if arn, _ := policy.ParseARN(r.ARN); id == arn.Account {
				id = "own"
			}
			parts = append(parts, id, of.text)
			is.add(of.conditions)
		}
	}
	return string(digest.Append(nil, append(parts, string(asks.out), string(is.out))...))
}

// caller returns what bounds an account that a role trusts, nil for one that no organisation
// has.
func (c *Chain) caller(id string) *bearing {
	of, ok := c.callers[id]
	if !ok {
		if b := c.bounds.caller(id); b != nil {
			read := c.bearing(&b.Service)
			of = &read
		}
		c.callers[id] = of
	}
	return of
}

// holding says of conditions whether they hold, by facts that are made once they are needed.
type holding struct {
	of    func() *facts
	facts *facts
	out   []byte
}

func (h *holding) add(list []policy.Condition) {
	for i := range list {
		if h.facts == nil {
			h.facts = h.of()
		}
		holds, known := h.facts.holds(&list[i])
		switch {
		case !known:
			h.out = append(h.out, '?')
		case holds:
			h.out = append(h.out, '+')
		default:
			h.out = append(h.out, '-')
		}
	}
}

// Texts keeps the documents of many accounts, and what they have of conditions on who asks and
// what is asked for. It is safe for concurrent use.
type Texts struct {
	known shelf

	mu    sync.Mutex
	about map[[sha256.Size]byte][]policy.Condition // by the digest of the text
}

// mostTexts is how many documents of roles are kept.
const mostTexts = 1 << 16

// conditions returns those of a document that may depend on the role or its account.
func (t *Texts) conditions(text inventory.Document, partition string) []policy.Condition {
	if !mayBeAboutSides(string(text)) {
		return nil
	}
	key := sha256.Sum256([]byte(partition + "\x00" + string(text)))
	t.mu.Lock()
	list, ok := t.about[key]
	t.mu.Unlock()
	if ok {
		return list
	}
	if d, _, err := policy.Parse(string(text)); err == nil {
		list = conditionsOnSides(policy.CanonicalStatements(d, partition))
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.about == nil {
		t.about = map[[sha256.Size]byte][]policy.Condition{}
	}
	if len(t.about) < mostTexts {
		t.about[key] = list
	}
	return list
}

// mayBeAboutSides reports whether a text may have a key that aboutSides knows, in whatever
// letter case or with escapes.
func mayBeAboutSides(text string) bool {
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			return true
		case text[i] != ':':
		case i+1 < len(text) && (text[i+1]|0x20 == 'p' || text[i+1]|0x20 == 'r') && i >= 3 && strings.EqualFold(text[i-3:i], "aws"):
			return true
		}
	}
	return false
}

// conditionsOnSides returns the conditions of a document whose keys are about who asks or what
// is asked for.
func conditionsOnSides(d *policy.Document) []policy.Condition {
	var out []policy.Condition
	for i := range d.Statements {
		for _, c := range d.Statements[i].Condition {
			if key := policy.Fold(c.Key); strings.HasPrefix(key, "aws:principal") || strings.HasPrefix(key, "aws:resource") {
				out = append(out, c)
			}
		}
	}
	return out
}
