package report

// The states of a waiver.
const (
	// WaiverUsed accepts drift of this run.
	WaiverUsed = "used"
	// WaiverExpired is past its last day and accepts nothing.
	WaiverExpired = "expired"
	// WaiverUnmatched fits no drift of this run.
	WaiverUnmatched = "unmatched"
)

// The ages of a drift in a run that was held against another.
const (
	// AgeNew is of drift that the other run does not have.
	AgeNew = "new"
	// AgeKnown is of drift that both runs have.
	AgeKnown = "known"
)

// Marks is what is known of the drift besides what it is: who accepted it,
// and since when it is there. A nil *Marks knows nothing.
type Marks struct {
	// Waivers are the waivers and ignore rules, each with what it did.
	Waivers []RunWaiver
	// File is the path of the file of waivers, "" if there was none, and
	// SHA256 the digest of the file in hex.
	File   string
	SHA256 string
	// Of gives what is known of the drift with a fingerprint; nil for
	// nothing. It must always give the same, and several goroutines may ask
	// at once. A mark with an expired waiver counts as one without.
	Of func(fingerprint string) RunMark
	// Since names the run that this one was held against, "" for none, and
	// Fixed is the drift of that run which is no more.
	Since string
	Fixed []RunFixed
}

// of is what is known of a drift.
func (m *Marks) of(fingerprint string) RunMark {
	if m == nil || m.Of == nil {
		return RunMark{}
	}
	mark := m.Of(fingerprint)
	if mark.Waiver != nil && m.Waivers[*mark.Waiver].State == WaiverExpired {
		mark.Waiver = nil
	}
	return mark
}

// waives tells whether there can be waived drift at all.
func (m *Marks) waives() bool { return m != nil && (m.File != "" || len(m.Waivers) > 0) }

// heldAgainst tells whether the drift has ages.
func (m *Marks) heldAgainst() bool { return m != nil && (m.Since != "" || len(m.Fixed) > 0) }

// tally counts the drift of a run. An attribute that differs counts for both
// accounts in the figures by account; in the others each drift counts once.
type tally struct {
	// waived and fresh are accepted and new drift, index 0 of account A.
	waived, fresh [2]int
	// waivedAll and freshAll are the same of both accounts together; new
	// drift that is waived counts as waived alone.
	waivedAll, freshAll int
	// left is how many differences no waiver accepts, by common role, and
	// freshIn how many of those are new; roles is how many common roles have
	// one, and only how many roles of one account alone no waiver accepts.
	left, freshIn []int
	roles         int
	only          [2]int
}

// drift tells whether there is drift that no waiver accepts.
func (t *tally) drift() bool { return t.roles+t.only[0]+t.only[1] > 0 }

// newTally counts drifts; pairs is how many common roles there are.
func newTally(pairs int, drifts func(yield func(Drift) bool)) *tally {
	t := &tally{left: make([]int, pairs), freshIn: make([]int, pairs)}
	for d := range drifts {
		t.add(&d)
	}
	return t
}

func (t *tally) add(d *Drift) {
	if d.Mark.Waiver != nil {
		t.waivedAll++
		count(&t.waived, d.Side)
		return
	}
	if d.Mark.Age == AgeNew {
		t.freshAll++
		count(&t.fresh, d.Side)
	}
	if d.Kind == DriftRole {
		t.only[d.Side]++
		return
	}
	t.left[d.pair]++
	if t.left[d.pair] == 1 {
		t.roles++
	}
	if d.Mark.Age == AgeNew {
		t.freshIn[d.pair]++
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

func fixedCount(fixed []RunFixed) [2]int {
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
