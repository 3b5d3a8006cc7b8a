package result

// Tally is the drift of a result, counted. In the figures by account, whose index
// 0 is account A, an attribute that both accounts have counts for both.
type Tally struct {
	// Waived and New count accepted and new drift by account. New drift that is
	// waived counts as waived alone.
	Waived, New [2]int
	// WaivedAll and NewAll count the same drift once.
	WaivedAll, NewAll int
	// Roles is how many common roles have drift that no waiver accepts, and
	// Only how many roles of one account alone none accepts.
	Roles int
	Only  [2]int
	// AWS is how many policies of AWS's changed likewise.
	AWS int
}

// Drift reports whether there is drift that no waiver accepts.
func (t *Tally) Drift() bool { return t.Roles+t.Only[0]+t.Only[1]+t.AWS > 0 }

// count counts the drifts of a result.
func (r *Result) count() {
	r.tally = Tally{}
	for i := range r.CommonRoles {
		r.CommonRoles[i].open, r.CommonRoles[i].newOpen = 0, 0
	}
	if r.unmarked() {
		r.countUnmarked()
		return
	}
	for d := range r.Drifts() {
		r.tally.add(&d)
	}
}

// unmarked reports whether no drift has a mark. It can be counted without
// fingerprints then.
func (r *Result) unmarked() bool {
	return r.changes != nil && (r.marks == nil || r.marks.Of == nil)
}

func (r *Result) countUnmarked() {
	for i := range r.CommonRoles {
		p := &r.CommonRoles[i]
		if p.open = p.Differences(); p.open > 0 {
			r.tally.Roles++
		}
	}
	r.tally.Only = [2]int{len(r.UniqueRoles.A), len(r.UniqueRoles.B)}
	r.tally.AWS = len(r.AWSChanges)
}

func (t *Tally) add(d *Drift) {
	if d.Mark.Waiver != nil {
		t.WaivedAll++
		count(&t.Waived, d.Side)
		return
	}
	if d.Mark.Age == AgeNew {
		t.NewAll++
		count(&t.New, d.Side)
	}
	if d.AWS != nil {
		t.AWS++
		return
	}
	if d.Pair == nil {
		t.Only[d.Side]++
		return
	}
	if d.Pair.open++; d.Pair.open == 1 {
		t.Roles++
	}
	if d.Mark.Age == AgeNew {
		d.Pair.newOpen++
	}
}

// count counts a drift of one side, or of both.
func count(n *[2]int, side int) {
	if side != 1 {
		n[0]++
	}
	if side != 0 {
		n[1]++
	}
}

// fixedCount counts the fixed drift by account.
func fixedCount(fixed []Fixed) [2]int {
	var n [2]int
	for _, f := range fixed {
		switch f.Side {
		case "a":
			n[0]++
		case "b":
			n[1]++
		default:
			count(&n, Both)
		}
	}
	return n
}
