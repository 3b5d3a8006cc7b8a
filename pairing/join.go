package pairing

import (
	"maps"
	"slices"

	"iamctl/pairing/randomname"
)

// Row is what is known of the names of a role of many accounts. The zero Row knows nothing.
type Row struct {
	// Accounts are those that have the role.
	Accounts []int
	// best is the name that speaks most for a tool, nil for none.
	best *Made
	// stems are the stems that all names have, "" for none.
	stems [2]string
}

// Add adds the name that an account has for the role. The order of names means nothing.
func (r *Row) Add(l Made) {
	stems := l.stems()
	if r.best == nil {
		r.best, r.stems = &l, stems
		return
	}
	for i, s := range stems {
		if s != r.stems[i] {
			r.stems[i] = ""
		}
	}
	if l.better(r.best) {
		r.best = &l
	}
}

// Joined are rows that are one role's.
type Joined struct {
	// Rows are indexes, ascending.
	Rows []int
	// Name is the role's, without what the tool made up.
	Name string
}

// Join finds the rows that are one role's, although the accounts have other names for it: those
// that are equal without the made-up part, and then without all that may be made up. Where an
// account has two that may be meant, neither is joined. Of the others each is held against the
// one whose name speaks most for a tool, as those of two accounts are. What is found depends
// neither on the order of the rows nor on that of the accounts.
func Join(rows []Row) []Joined {
	var sets []*set
	for i := range rows {
		if r := &rows[i]; r.best != nil {
			sets = append(sets, &set{Row: *r, rows: []int{i}})
		}
	}
	for wide := range 2 {
		sets = joinBy(sets, wide)
	}
	var out []Joined
	for _, s := range sets {
		if len(s.rows) > 1 {
			slices.Sort(s.rows)
			out = append(out, Joined{s.rows, s.name})
		}
	}
	slices.SortFunc(out, func(a, b Joined) int { return a.Rows[0] - b.Rows[0] })
	return out
}

// set are rows that are one role's.
type set struct {
	Row
	rows []int
	name string
}

// joinBy joins sets by their stems, or by the wider ones.
func joinBy(sets []*set, wide int) []*set {
	of := map[string][]*set{}
	var out []*set
	for _, s := range sets {
		if stem := s.stems[wide]; stem != "" {
			of[stem] = append(of[stem], s)
		} else {
			out = append(out, s)
		}
	}
	for _, stem := range slices.Sorted(maps.Keys(of)) {
		out = append(out, joinStem(of[stem], wide)...)
	}
	return out
}

// joinStem joins the sets of one stem.
func joinStem(sets []*set, wide int) (out []*set) {
	count := map[int]int{}
	for _, s := range sets {
		for _, a := range s.Accounts {
			count[a]++
		}
	}
	var into *set
	sets = slices.DeleteFunc(sets, func(s *set) bool {
		several := slices.ContainsFunc(s.Accounts, func(a int) bool { return count[a] > 1 })
		if several {
			out = append(out, s)
		} else if into == nil || s.best.better(into.best) {
			into = s
		}
		return several
	})
	if into == nil {
		return out
	}
	best := into.best
	for _, s := range sets {
		switch {
		case s == into:
		case randomname.Same(best.form, s.best.form):
			into.take(s)
			into.name = []string{best.Stem, best.Wide}[wide]
		default:
			out = append(out, s)
		}
	}
	return append(out, into)
}

// take joins another set to this one.
func (s *set) take(other *set) {
	s.rows, s.Accounts = append(s.rows, other.rows...), append(slices.Clip(s.Accounts), other.Accounts...)
	for i := range s.stems {
		if s.stems[i] != other.stems[i] {
			s.stems[i] = ""
		}
	}
}
