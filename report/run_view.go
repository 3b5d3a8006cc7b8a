package report

// view is the run as the text looks at it.
func (r *Run) view() *view {
	t := newTally(len(r.CommonRoles), r.Drifts())
	v := &view{head: r, tally: t}
	v.pairs = func(yield func(pairView) bool) {
		for i := range r.CommonRoles {
			if t.left[i] > 0 && !yield(r.CommonRoles[i].view(t.left[i], t.freshIn[i])) {
				return
			}
		}
	}
	for side := range 2 {
		v.unique[side] = func(yield func(uniqueView) bool) {
			for u := range pointers(r.unique(side)) {
				if u.Waiver == nil && !yield(uniqueView{u.RunRole, len(u.Items), u.Fingerprint, u.RunMark}) {
					return
				}
			}
		}
	}
	v.masked = func(yield func(value, reason string) bool) {
		for i := range r.CommonRoles {
			for _, m := range r.CommonRoles[i].Masked {
				if !yield(m.Value, m.Reason) {
					return
				}
			}
		}
	}
	return v
}

func (p *RunPair) view(left, fresh int) pairView {
	return pairView{
		name: p.RoleName, reason: p.Reason, originals: [2]string{p.A.OriginalRoleName, p.B.OriginalRoleName},
		attributes: p.Attributes, items: [2]itemList{runItems(p.OnlyA), runItems(p.OnlyB)}, left: left, fresh: fresh,
	}
}

// runItems is an itemList of a Run.
type runItems []RunItem

func (l runItems) length() int              { return len(l) }
func (l runItems) mark(i int) RunMark       { return l[i].RunMark }
func (l runItems) fingerprint(i int) string { return l[i].Fingerprint }
func (l runItems) action(i int) string      { return actionText(&l[i].RunItemColumns) }

func (l runItems) key(i int) any {
	k := l[i].RunItemColumns
	k.Service, k.Action = "", ""
	return k
}

func (l runItems) item(i int) (RunItemColumns, []RunName) { return l[i].RunItemColumns, l[i].Names }
