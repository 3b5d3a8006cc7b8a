package report

import "iter"

// Drifts gives every difference of a run, in the order of the function of
// that name, with its mark.
func (r *Run) Drifts() iter.Seq[Drift] {
	return func(yield func(Drift) bool) {
		tags := r.tags()
		for i := range r.CommonRoles {
			if !r.CommonRoles[i].drifts(i, tags, yield) {
				return
			}
		}
		for side := range 2 {
			for u := range pointers(r.unique(side)) {
				d := Drift{
					Fingerprint: u.Fingerprint, Kind: DriftRole, Side: side, RoleName: u.RoleName, Path: u.Path, Mark: u.RunMark,
					Text: func() string { return uniqueText(whole, side, tags[side], &u.RunRole, len(u.Items)) }, pair: -1,
				}
				d.Originals[side], d.OriginalPaths[side] = u.OriginalRoleName, u.OriginalPath
				if !yield(d) {
					return
				}
			}
		}
	}
}

func (p *RunPair) drifts(i int, tags [2]string, yield func(Drift) bool) bool {
	d := Drift{
		RoleName: p.RoleName, Path: p.A.Path, pair: i,
		Originals: [2]string{p.A.OriginalRoleName, p.B.OriginalRoleName}, OriginalPaths: [2]string{p.A.OriginalPath, p.B.OriginalPath},
	}
	d.Kind, d.Side = DriftAttribute, Both
	for a := range pointers(p.Attributes) {
		d.Fingerprint, d.Mark = a.Fingerprint, a.RunMark
		d.Text = func() string { return attributeText(whole, tags, a) }
		if !yield(d) {
			return false
		}
	}
	d.Kind = DriftItem
	for side := range 2 {
		d.Side = side
		for it := range pointers(p.only(side)) {
			d.Fingerprint, d.Mark = it.Fingerprint, it.RunMark
			d.Text = func() string {
				return itemText(whole, side, &it.RunItemColumns, actionText(&it.RunItemColumns), it.Names)
			}
			if !yield(d) {
				return false
			}
		}
	}
	return true
}

func (r *Run) tags() [2]string { return [2]string{r.Accounts.A.Tag, r.Accounts.B.Tag} }

func (r *Run) account(side int) *RunAccount { return []*RunAccount{&r.Accounts.A, &r.Accounts.B}[side] }

// unique are the roles of one account alone.
func (r *Run) unique(side int) []RunUnique {
	return [][]RunUnique{r.UniqueRoles.A, r.UniqueRoles.B}[side]
}

// only are the items that one account's role has and the other's has not.
func (p *RunPair) only(side int) []RunItem { return [][]RunItem{p.OnlyA, p.OnlyB}[side] }

// role is the pair's role in one account.
func (p *RunPair) role(side int) *RunRole { return []*RunRole{&p.A, &p.B}[side] }
