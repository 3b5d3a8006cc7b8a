package html

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"iamctl/policy"
	"iamctl/result"
)

// The kinds of drift: a role of one account, items by the type of their
// policy, attributes by their kind.
const (
	htmlKindRole      = "role"
	htmlKindItems     = "items "
	htmlKindAttribute = "attribute "
)

// htmlKinds are the known kinds in their order, with what the page calls
// them. Others come after them under their own names.
var htmlKinds = []struct{ kind, label string }{
	{htmlKindRole, "role in one account"},
	{htmlKindItems + "trust", "trust"},
	{htmlKindItems + "inline", "inline policy"},
	{htmlKindItems + "managed", "managed policy"},
	{htmlKindItems + "boundary", "boundary policy"},
	{htmlKindAttribute + "policy", "policy attached"},
	{htmlKindAttribute + "boundary", "boundary set"},
	{htmlKindAttribute + "path", "path"},
	{htmlKindAttribute + "maxsessionduration", "session duration"},
	{htmlKindAttribute + "tag", "tag"},
	{htmlKindAttribute + "description", "description"},
	{htmlKindAttribute + "rolename", "letter case of name"},
}

func htmlKindLabel(kind string) string {
	for _, k := range htmlKinds {
		if k.kind == kind {
			return k.label
		}
	}
	return kind
}

// htmlFigures count drift by where it stands; Waived is apart from the rest.
type htmlFigures struct{ A, B, Both, Waived int }

func (f *htmlFigures) add(side int, waived bool) {
	switch {
	case waived:
		f.Waived++
	case side == 0:
		f.A++
	case side == 1:
		f.B++
	default:
		f.Both++
	}
}

func (f *htmlFigures) total() int { return f.A + f.B + f.Both + f.Waived }

// htmlSurvey is what is known after looking at all drift once.
type htmlSurvey struct {
	run       *result.Result
	roles     []*htmlRole
	inSync    []*result.Pair
	kinds     []string
	byKind    map[string]*htmlFigures
	byService map[string]*htmlFigures
	commits   []*result.Commit
	commitAt  map[result.Commit]int
	// expired are the expired waivers by fingerprint.
	expired map[string]int
	// waived are the roles that a waiver accepts drift of, or did.
	waived [][]*htmlRole
	total  htmlTally
	items  [2]int // of common roles
	// attributes is how many attributes of common roles differ.
	attributes int
}

func newHTMLSurvey(r *result.Result) *htmlSurvey {
	s := &htmlSurvey{
		run: r, byKind: map[string]*htmlFigures{}, byService: map[string]*htmlFigures{},
		commitAt: map[result.Commit]int{}, expired: map[string]int{}, waived: make([][]*htmlRole, len(r.Waivers)),
	}
	for i, w := range r.Waivers {
		if w.State == result.WaiverExpired && w.Fingerprint != "" {
			s.expired[w.Fingerprint] = i
		}
	}
	s.roles, s.inSync = htmlRoles(r)
	for _, role := range s.roles {
		for d := range role.drifts() {
			htmlFigure(s.byKind, htmlKindOf(&d)).add(d.Side, s.isWaived(&d.Mark))
		}
	}
	s.sortKinds()
	for _, role := range s.roles {
		s.look(role)
		s.services(role)
	}
	return s
}

func htmlFigure(m map[string]*htmlFigures, key string) *htmlFigures {
	f := m[key]
	if f == nil {
		f = &htmlFigures{}
		m[key] = f
	}
	return f
}

// isWaived tells whether a waiver that holds accepts the drift.
func (s *htmlSurvey) isWaived(m *result.Mark) bool {
	return m.Waiver != nil && s.run.Waivers[*m.Waiver].State != result.WaiverExpired
}

// expiredWaiver is the index of the expired waiver that accepted the drift.
func (s *htmlSurvey) expiredWaiver(m *result.Mark, fingerprint string) (int, bool) {
	if s.isWaived(m) {
		return 0, false
	}
	if m.Waiver != nil {
		return *m.Waiver, true
	}
	i, ok := s.expired[fingerprint]
	return i, ok
}

func (s *htmlSurvey) sortKinds() {
	order := func(kind string) int {
		for i, k := range htmlKinds {
			if k.kind == kind {
				return i
			}
		}
		return len(htmlKinds)
	}
	s.kinds = slices.SortedFunc(maps.Keys(s.byKind), func(a, b string) int {
		return cmp.Or(order(a)-order(b), strings.Compare(a, b))
	})
}

// look counts the drifts of a role.
func (s *htmlSurvey) look(role *htmlRole) {
	t := &role.tally
	for d := range role.drifts() {
		t.Drifts++
		waiver, expired := s.expiredWaiver(&d.Mark, d.Fingerprint)
		switch {
		case s.isWaived(&d.Mark):
			t.Waived++
			s.addWaived(*d.Mark.Waiver, role)
		case expired:
			t.Expired++
			s.addWaived(waiver, role)
		}
		if !s.isWaived(&d.Mark) {
			switch d.Mark.Age {
			case result.AgeNew:
				t.New++
			case result.AgeKnown:
				t.Known++
			}
		}
		if k := slices.Index(s.kinds, htmlKindOf(&d)); !slices.Contains(t.Kinds, k) {
			t.Kinds = append(t.Kinds, k)
		}
		s.commit(d.Mark.FirstSeen)
		if c := d.Mark.FirstSeen; c != nil && (t.First == nil || htmlBefore(c, t.First)) {
			t.First = c
		}
	}
	slices.Sort(t.Kinds)
	s.total.Drifts += t.Drifts
	s.total.New += t.New
	s.total.Known += t.Known
	s.total.Waived += t.Waived
	s.total.Expired += t.Expired
	for side := range 2 {
		if role.Side == htmlBoth {
			s.items[side] += role.Items[side].Len()
		}
	}
	s.attributes += len(role.Attributes)
}

func (s *htmlSurvey) addWaived(i int, role *htmlRole) {
	if list := s.waived[i]; len(list) == 0 || list[len(list)-1] != role {
		s.waived[i] = append(list, role)
	}
}

// services counts the items of a role, those of a role of one account too.
func (s *htmlSurvey) services(role *htmlRole) {
	seen := map[string]bool{}
	for side := range role.Items {
		for _, it := range role.Items[side].All() {
			service := policy.Fold(it.Service)
			mark := &it.Mark
			if role.Side != htmlBoth {
				mark = &role.Mark
			}
			htmlFigure(s.byService, service).add(side, s.isWaived(mark))
			seen[service] = true
		}
	}
	role.tally.Services = slices.Sorted(maps.Keys(seen))
}

// commit remembers a commit for the list of commits.
func (s *htmlSurvey) commit(c *result.Commit) {
	if c == nil {
		return
	}
	key := *c
	key.AtLeast = false
	if _, ok := s.commitAt[key]; !ok {
		s.commitAt[key] = len(s.commits)
		s.commits = append(s.commits, c)
	}
}

// number is the commit's place in the list, from 1.
func (s *htmlSurvey) number(c *result.Commit) int {
	key := *c
	key.AtLeast = false
	return s.commitAt[key] + 1
}

// htmlBefore tells whether commit c is older. Times that are none compare as
// text.
func htmlBefore(c, d *result.Commit) bool {
	x, err := time.Parse(time.RFC3339, c.Time)
	y, err2 := time.Parse(time.RFC3339, d.Time)
	if err != nil || err2 != nil {
		return c.Time < d.Time
	}
	return x.Before(y)
}
