package html

import (
	"maps"
	"slices"

	"iamctl/policy"
	"iamctl/result"
)

// survey is what is known after a look at all drift.
type survey struct {
	run       *result.Result
	roles     []*shownRole
	inSync    []*result.Pair
	kinds     []string
	byKind    map[string]*figures
	byService map[string]*figures
	commits   []*result.Commit
	commitAt  map[result.Commit]int
	// expired are the expired waivers by fingerprint.
	expired map[string]int
	// waived are the roles that a waiver accepts drift of, or did.
	waived [][]*shownRole
	total  roleTally
	// aws are the policies that AWS changed, as rows of the filter.
	aws map[*result.AWSChange]*shownRole
	// items is how many items of common roles each account alone has, and
	// attributes how many of their attributes differ.
	items      [2]int
	attributes int
}

func newSurvey(r *result.Result) *survey {
	s := &survey{
		run: r, byKind: map[string]*figures{}, byService: map[string]*figures{},
		commitAt: map[result.Commit]int{}, expired: map[string]int{}, waived: make([][]*shownRole, len(r.Waivers)), aws: map[*result.AWSChange]*shownRole{},
	}
	for i, w := range r.Waivers {
		if w.State == result.WaiverExpired && w.Fingerprint != "" {
			s.expired[w.Fingerprint] = i
		}
	}
	s.roles, s.inSync = shownRoles(r)
	for _, role := range s.roles {
		for d := range role.drifts() {
			figuresOf(s.byKind, kindOf(&d)).add(d.Side, s.isWaived(&d.Mark))
		}
	}
	for i := range r.AWSChanges {
		figuresOf(s.byKind, kindAWS).add(result.Both, s.isWaived(&r.AWSChanges[i].Mark))
	}
	s.sortKinds()
	for _, role := range s.roles {
		s.look(role)
		s.services(role)
	}
	for i := range r.AWSChanges {
		s.lookAWS(&r.AWSChanges[i])
	}
	if r.Audit != nil {
		for i := range r.Audit.Findings {
			s.lookFinding(&r.Audit.Findings[i])
		}
	}
	return s
}

// isWaived reports whether a waiver that has not expired accepts the drift.
func (s *survey) isWaived(m *result.Mark) bool {
	return m.Waiver != nil && !s.run.Waivers[*m.Waiver].Void()
}

// expiredWaiver returns the index of the expired waiver that accepted the drift.
func (s *survey) expiredWaiver(m *result.Mark, fingerprint string) (int, bool) {
	if s.isWaived(m) {
		return 0, false
	}
	if m.Waiver != nil {
		return *m.Waiver, true
	}
	i, ok := s.expired[fingerprint]
	return i, ok
}

// look counts the drifts of a role.
func (s *survey) look(role *shownRole) {
	t := &role.tally
	for d := range role.drifts() {
		s.count(role, &d)
		if k := slices.Index(s.kinds, kindOf(&d)); !slices.Contains(t.Kinds, k) {
			t.Kinds = append(t.Kinds, k)
		}
		if c := d.Mark.FirstSeen; c != nil {
			s.remember(c)
			if t.First == nil || earlier(c, t.First) {
				t.First = c
			}
		}
	}
	slices.Sort(t.Kinds)
	s.total.add(t)
	if role.Side == result.Both {
		for side := range 2 {
			s.items[side] += role.Items[side].Len()
		}
	}
	s.attributes += len(role.Attributes)
}

// lookAWS counts a policy that AWS changed.
func (s *survey) lookAWS(c *result.AWSChange) {
	t := roleTally{Drifts: 1, Kinds: []int{slices.Index(s.kinds, kindAWS)}}
	_, expired := s.expiredWaiver(&c.Mark, c.Fingerprint)
	switch {
	case s.isWaived(&c.Mark):
		t.Waived++
	case expired:
		t.Expired++
		fallthrough
	default:
		switch c.Age {
		case result.AgeNew:
			t.New++
		case result.AgeKnown:
			t.Known++
		}
	}
	if c.FirstSeen != nil {
		s.remember(c.FirstSeen)
	}
	s.aws[c] = &shownRole{ID: awsID(c), Side: result.Both, Meaning: c.Meaning, Level: c.Meaning.Level(), tally: t}
	s.total.add(&t)
}

// count counts a drift of a role by what is known of it.
func (s *survey) count(role *shownRole, d *result.Drift) {
	t := &role.tally
	t.Drifts++
	if s.isWaived(&d.Mark) {
		t.Waived++
		s.addWaived(*d.Mark.Waiver, role)
		return
	}
	if waiver, ok := s.expiredWaiver(&d.Mark, d.Fingerprint); ok {
		t.Expired++
		s.addWaived(waiver, role)
	}
	switch d.Mark.Age {
	case result.AgeNew:
		t.New++
	case result.AgeKnown:
		t.Known++
	}
}

// add adds the counts of another role.
func (t *roleTally) add(other *roleTally) {
	t.Drifts += other.Drifts
	t.New += other.New
	t.Known += other.Known
	t.Waived += other.Waived
	t.Expired += other.Expired
}

// addWaived notes that waiver i accepts drift of the role, or did.
func (s *survey) addWaived(i int, role *shownRole) {
	if list := s.waived[i]; len(list) == 0 || list[len(list)-1] != role {
		s.waived[i] = append(list, role)
	}
}

// services counts the items of a role by service, those of a role of one
// account too.
func (s *survey) services(role *shownRole) {
	seen := map[string]bool{}
	for side := range role.Items {
		for _, it := range role.Items[side].All() {
			service := policy.Fold(it.Service)
			m := &it.Mark
			if role.Side != result.Both {
				m = &role.Mark
			}
			figuresOf(s.byService, service).add(side, s.isWaived(m))
			seen[service] = true
		}
	}
	role.tally.Services = slices.Sorted(maps.Keys(seen))
}
