package html

import (
	"strings"
	"time"

	"iamctl/result"
)

// mark is what is known of a drift, as shown beside it.
type mark struct {
	Age             string
	Waiver, Expired int // numbers of waivers, from 1
	First           firstSeen
	Fingerprint     string
}

// shortHash is how much of a commit's hash is shown beside a drift.
const shortHash = 8

// firstSeen is the first commit that shows a drift.
type firstSeen struct {
	Number  int // in the list of commits, from 1
	Day     string
	Hash    string
	AtLeast bool
}

// Known is the commit, nil if none is known.
func (f firstSeen) Known() *firstSeen {
	if f.Number == 0 {
		return nil
	}
	return &f
}

// mark returns what is known of the drift with a fingerprint.
func (s *survey) mark(m *result.Mark, fingerprint string) mark {
	v := mark{Age: m.Age, First: s.first(m.FirstSeen), Fingerprint: fingerprint}
	if s.isWaived(m) {
		v.Waiver = *m.Waiver + 1
	} else if i, ok := s.expiredWaiver(m, fingerprint); ok {
		v.Expired = i + 1
	}
	return v
}

// first returns the zero value for no commit.
func (s *survey) first(c *result.Commit) firstSeen {
	if c == nil {
		return firstSeen{}
	}
	return firstSeen{s.number(c), day(c.Time), c.Hash[:min(len(c.Hash), shortHash)], c.AtLeast}
}

// day returns the day of a time in RFC 3339, in the zone it is written in.
func day(time string) string {
	day, _, _ := strings.Cut(time, "T")
	return day
}

// remember puts a commit in the list of commits.
func (s *survey) remember(c *result.Commit) {
	key := *c
	key.AtLeast = false
	if _, ok := s.commitAt[key]; !ok {
		s.commitAt[key] = len(s.commits)
		s.commits = append(s.commits, c)
	}
}

// number returns the commit's place in the list, from 1.
func (s *survey) number(c *result.Commit) int {
	key := *c
	key.AtLeast = false
	return s.commitAt[key] + 1
}

// earlier reports whether commit c is older than d. Texts that are no times are
// compared as texts.
func earlier(c, d *result.Commit) bool {
	x, err := time.Parse(time.RFC3339, c.Time)
	y, err2 := time.Parse(time.RFC3339, d.Time)
	if err != nil || err2 != nil {
		return c.Time < d.Time
	}
	return x.Before(y)
}
