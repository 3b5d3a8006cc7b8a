package compare

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"iamctl/compare/choose"
	"iamctl/extract"
	"iamctl/extract/organization"
	"iamctl/internal/hint"
	"iamctl/internal/nearest"
	"iamctl/inventory"
)

// Members are the accounts that sources name, each by itself or as one of many.
type Members struct {
	Sides []Side
	// Suspended are accounts that were left out because they are suspended or closed.
	Suspended []Side
	// Organizations are those that were read, in the order of the sources. What could not be
	// read of one is a gap of it.
	Organizations []*inventory.Organization

	// profiles are those by which the organisations were read.
	profiles []string

	// named are the ids that sources of many name, in whatever unit, suspended or not.
	named map[extract.Spec]map[string]bool
}

// Gone reports whether an account is of a source of many that was read and does not name it
// any more.
func (m *Members) Gone(account extract.Spec) bool {
	ids := m.named[account.Of("")]
	return ids != nil && account.Account != "" && !ids[account.Account]
}

// name notes the accounts that a source names.
func (m *Members) name(source extract.Spec, all []inventory.Member) {
	if m.named == nil {
		m.named = map[extract.Spec]map[string]bool{}
	}
	ids := make(map[string]bool, len(all))
	for i := range all {
		ids[all[i].ID] = true
	}
	m.named[source.Of("")] = ids
}

// MemberOptions say which accounts of many are taken, and what else is read.
type MemberOptions struct {
	choose.Choice
	// Policies reports that the control policies of organisations are read.
	Policies bool
}

// Members returns the accounts that sources name. An organisation, or a list of accounts, is
// replaced by its accounts, each with its id as tag, in the order of the ids; suspended
// ones are left out, with a remark. A pattern of Include that matches no account is an
// error, one of Exclude a remark. Sources of one account stay as they are.
func (r *Reader) Members(ctx context.Context, sources []Side, o MemberOptions) (*Members, error) {
	m := &members{r: r, o: o, read: map[string]*inventory.Organization{}, seen: map[extract.Spec]bool{}}
	for _, s := range sources {
		if err := m.add(ctx, s); err != nil {
			return nil, err
		}
	}
	if err := m.choose(); err != nil {
		return nil, err
	}
	return &m.Members, m.distinct()
}

// members is the gathering of accounts from sources.
type members struct {
	Members
	r    *Reader
	o    MemberOptions
	read map[string]*inventory.Organization // by profile
	seen map[extract.Spec]bool
	// suspended are accounts that are left out.
	suspended []Side
}

func (m *members) add(ctx context.Context, s Side) error {
	var all []inventory.Member
	switch {
	case !s.Spec.Many():
		m.Sides = append(m.Sides, s)
		return nil
	case s.Spec.Kind == extract.Accounts:
		rows, err := m.r.list(ctx, s.Spec.Name)
		if err != nil {
			return err
		}
		for _, row := range rows {
			all = append(all, row.Member)
		}
		m.name(s.Spec, all)
	default:
		org, err := m.organization(ctx, s.Spec.Name)
		if err != nil {
			return err
		}
		m.name(s.Spec, org.Members)
		if all, err = below(org, s.Spec); err != nil {
			return err
		}
	}
	m.take(s.Spec, all)
	return nil
}

// take adds accounts of a source, but for those that it has already in another unit of it.
func (m *members) take(from extract.Spec, all []inventory.Member) {
	slices.SortStableFunc(all, func(a, b inventory.Member) int { return strings.Compare(a.ID, b.ID) })
	for i := range all {
		s := Side{Spec: from.Of(all[i].ID), Tag: all[i].ID, Member: &all[i]}
		if m.seen[s.Spec] {
			continue
		}
		m.seen[s.Spec] = true
		if active(all[i].Status) {
			m.Sides = append(m.Sides, s)
		} else {
			m.suspended = append(m.suspended, s)
		}
	}
}

// active reports whether an account with a status of AWS's can be read: one that is
// suspended, or about to be closed or opened, denies every call.
func active(status string) bool { return status == "" || status == "ACTIVE" }

// organization reads the organisation of a profile, once.
func (m *members) organization(ctx context.Context, profile string) (*inventory.Organization, error) {
	if org := m.read[profile]; org != nil {
		return org, nil
	}
	spec := extract.Spec{Kind: extract.Organization, Name: profile}
	step := m.r.begin(spec.String())
	s, err := m.r.byProfile(ctx, profile, step)
	if err == nil {
		m.read[profile], err = organization.Read(ctx, s, organization.Options{Tags: m.o.ByTag(), Policies: m.o.Policies, Progress: step.Stage})
	}
	if err != nil {
		step.Failed(err)
		return nil, fmt.Errorf("%s: %w", spec, err)
	}
	step.Done(len(m.read[profile].Members), "account", len(m.read[profile].Gaps))
	m.Organizations, m.profiles = append(m.Organizations, m.read[profile]), append(m.profiles, profile)
	return m.read[profile], nil
}

// ControlPolicies reads the control policies of organisations that were read without them.
// The accounts may be read meanwhile: only the organisations change.
func (r *Reader) ControlPolicies(ctx context.Context, m *Members, progress Progress) error {
	for i, org := range m.Organizations {
		s, err := r.byProfile(ctx, m.profiles[i], step{Progress: progress})
		if err == nil {
			err = organization.ReadPolicies(ctx, s, org, progress.Stage)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", extract.Spec{Kind: extract.Organization, Name: m.profiles[i]}, err)
		}
	}
	return nil
}

// below returns the accounts of a source's unit and of the units below it.
func below(org *inventory.Organization, spec extract.Spec) ([]inventory.Member, error) {
	if spec.Unit == "" {
		return slices.Clone(org.Members), nil
	}
	if !slices.ContainsFunc(org.Units, func(u inventory.Unit) bool { return u.ID == spec.Unit }) {
		known := make([]string, len(org.Units))
		for i := range org.Units {
			known[i] = org.Units[i].ID
		}
		return nil, hint.With(fmt.Errorf("%s: the organisation has no unit %s", spec, spec.Unit), "%s", nearby(spec.Unit, known, "the units are in the console of AWS Organizations, or from `aws organizations list-organizational-units-for-parent`"))
	}
	within := map[string]bool{spec.Unit: true}
	for changed := true; changed; {
		changed = false
		for i := range org.Units {
			if u := &org.Units[i]; within[u.Parent] && !within[u.ID] {
				within[u.ID], changed = true, true
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(org.Members), func(a inventory.Member) bool { return !within[a.Unit] }), nil
}

// distinct returns an error if two accounts would have files of the same names.
func (m *members) distinct() error {
	tags := map[string]Side{}
	for _, s := range m.Sides {
		key := strings.ToLower(s.Tag)
		if other, ok := tags[key]; ok {
			return hint.With(fmt.Errorf("%s and %s have the same tag %q", other.Spec, s.Spec, s.Tag),
				"leave one out, by --exclude or from the sources; a SOURCE of one account may have another tag: SOURCE=TAG")
		}
		tags[key] = s
	}
	return nil
}

// choose leaves out the accounts that are suspended or not chosen.
func (m *members) choose() error {
	all := slices.Concat(m.Sides, m.suspended)
	for _, p := range m.o.Include {
		if !matchesAny(p, all) {
			return hint.With(fmt.Errorf("--include %s matches no account", p), "%s", m.similar(p, all))
		}
	}
	for _, p := range m.o.Exclude {
		if !matchesAny(p, all) {
			m.note(fmt.Sprintf("--exclude %s matches no account; %s", p, m.similar(p, all)))
		}
	}
	m.Sides = slices.DeleteFunc(m.Sides, func(s Side) bool { return !m.o.Takes(about(s)) })
	left := slices.DeleteFunc(m.suspended, func(s Side) bool { return !m.o.Takes(about(s)) })
	m.Suspended = left
	if len(left) > 0 {
		m.note(suspendedNote(left))
	}
	if len(m.Sides) == 0 {
		return hint.With(fmt.Errorf("of %d accounts none is left", len(all)), "check --include and --exclude, and which accounts are suspended")
	}
	return nil
}

func (m *members) note(text string) {
	if m.r.Note != nil {
		m.r.Note(text)
	}
}

// about returns what patterns look at: of an account that was named by itself, the tag.
func about(s Side) *inventory.Member {
	if s.Member != nil {
		return s.Member
	}
	return &inventory.Member{ID: s.Spec.Account, Name: s.Tag}
}

func matchesAny(p choose.Pattern, sides []Side) bool {
	return slices.ContainsFunc(sides, func(s Side) bool { return p.Match(about(s)) })
}

// similar says what is like a pattern that matches nothing.
func (m *members) similar(p choose.Pattern, all []Side) string {
	if p.ByTag() {
		return "see the tags of the accounts, and write tag:KEY=PATTERN with the key as it is there"
	}
	var known []string
	for _, s := range all {
		a := about(s)
		known = append(known, a.ID, a.Name, a.Path)
	}
	return nearby(p.String(), known, "patterns match ids, names, and paths of units such as Root/Workloads/*")
}

func nearby(name string, known []string, otherwise string) string {
	if n := nearest.Name(name, known); n != "" {
		return fmt.Sprintf("did you mean %q?", n)
	}
	return otherwise
}

// suspendedNote says in a line which accounts are left out.
func suspendedNote(left []Side) string {
	const named = 5
	var ids []string
	for _, s := range left[:min(len(left), named)] {
		ids = append(ids, s.Tag)
	}
	text := strings.Join(ids, ", ")
	if len(left) > named {
		text += fmt.Sprintf(" and %d more", len(left)-named)
	}
	if len(left) == 1 {
		return "1 account is suspended or closed and left out: " + text
	}
	return fmt.Sprintf("%d accounts are suspended or closed and left out: %s", len(left), text)
}
