package result

import (
	"iamctl/inventory"
	"iamctl/verdict/severity"
)

// Tally is the drift of a result, counted. In the figures by account, whose index
// 0 is account A, an attribute that both accounts have counts for both.
type Tally struct {
	// Waived and New count accepted and new drift by account. New drift that is
	// waived counts as waived alone.
	Waived, New [2]int
	// WaivedAll and NewAll count the same drift once.
	WaivedAll, NewAll int
	// Roles is how many common roles have drift that counts (Result.Matters) and that
	// no waiver accepts, and Only how many roles of one account alone none accepts.
	Roles int
	Only  [2]int
	// AWS is how many policies of AWS's changed likewise.
	AWS int
	// Findings is how many findings of audits each account alone has that no waiver
	// accepts.
	Findings [2]int
	// FormRoles and FormAWS are how many of either have only such drift that does not
	// count.
	FormRoles, FormAWS int
	// Worst is how bad the worst drift is that counts and that no waiver accepts, ""
	// if there is none.
	Worst severity.Level
}

// Drift reports whether there is drift that counts and that no waiver accepts.
func (t *Tally) Drift() bool {
	return t.Roles+t.Only[0]+t.Only[1]+t.AWS+t.Findings[0]+t.Findings[1] > 0
}

// Open reports whether there is drift that no waiver accepts, whether it counts or not.
func (t *Tally) Open() bool { return t.Drift() || t.FormRoles+t.FormAWS > 0 }

// see takes into account how bad a drift is that counts.
func (t *Tally) see(l severity.Level) {
	if l == "" {
		l = severity.High // not known
	}
	if t.Worst == "" || l.Worse(t.Worst) {
		t.Worst = l
	}
}

// count counts the drifts of a result.
func (r *Result) count() {
	r.tally = Tally{}
	for p := range pointers(r.CommonRoles) {
		p.open, p.newOpen, p.counted, p.parts, p.unlisted = 0, 0, 0, [3]part{}, false
	}
	if r.unmarked() {
		r.countUnmarked()
	} else {
		for d := range r.Drifts() {
			r.add(&d, 1)
		}
	}
	for p := range pointers(r.CommonRoles) {
		r.countRole(p)
	}
}

// countRole counts a common role of which all drifts were added.
func (r *Result) countRole(p *Pair) {
	if p.open == 0 {
		return
	}
	if r.Meta.By == ByMeaning && p.OpenIn("") > 0 && r.isUnlisted(p) {
		p.unlisted = true
		p.counted = p.open
		r.tally.see(p.Meaning.OwnLevel())
	}
	if p.counted > 0 {
		r.tally.Roles++
	} else {
		r.tally.FormRoles++
	}
}

// unmarked reports whether no drift has a mark. It can be counted without
// fingerprints then.
func (r *Result) unmarked() bool {
	return r.changes != nil && (r.marks == nil || r.marks.Of == nil)
}

func (r *Result) countUnmarked() {
	for p := range pointers(r.CommonRoles) {
		for a := range pointers(p.Attributes) {
			r.add(&Drift{Kind: DriftAttribute, Side: a.Side(), Detail: a.Kind, Attribute: a, Pair: p}, 1)
		}
		for side := range 2 {
			r.addItems(Drift{Kind: DriftItem, Side: side, Pair: p}, p.Only(side))
			r.addItems(Drift{Kind: DriftImpossible, Side: side, Pair: p}, p.Impossible(side))
		}
	}
	for side := range 2 {
		for u := range pointers(*r.UniqueRoles.Of(side)) {
			r.add(&Drift{Kind: DriftRole, Side: side, Unique: u}, 1)
		}
	}
	for c := range pointers(r.AWSChanges) {
		r.add(&Drift{Kind: DriftAWS, Side: Both, AWS: c}, 1)
	}
	for d := range r.Audit.Drifts() {
		r.add(&d, 1)
	}
}

// addItems adds the drifts of a list, which differ in their scope alone.
func (r *Result) addItems(d Drift, items Items) {
	trust := 0
	for i := range items.Len() {
		if items.source.policyType(i) == string(inventory.Trust) {
			trust++
		}
	}
	if n := items.Len() - trust; n > 0 {
		r.add(&d, n)
	}
	if trust > 0 {
		d.Detail = string(inventory.Trust)
		r.add(&d, trust)
	}
}

// add adds n drifts that are alike.
func (r *Result) add(d *Drift, n int) {
	t := &r.tally
	if d.Pair != nil {
		d.Pair.parts[partOf(d.Scope())].all += n
	}
	if d.Mark.Waiver != nil {
		t.WaivedAll += n
		count(&t.Waived, d.Side)
		return
	}
	if d.Mark.Age == AgeNew {
		t.NewAll += n
		count(&t.New, d.Side)
	}
	matters := r.Matters(d)
	if matters {
		t.see(d.Severity())
	}
	switch {
	case d.Pair != nil:
		d.Pair.add(d, n, matters)
	case d.Unique != nil:
		t.Only[d.Side]++
	case d.Finding != nil:
		t.Findings[d.Side]++
	case matters:
		t.AWS++
	default:
		t.FormAWS++
	}
}

func (p *Pair) add(d *Drift, n int, matters bool) {
	p.open += n
	p.parts[partOf(d.Scope())].open += n
	if matters {
		p.counted += n
	}
	if d.Mark.Age == AgeNew {
		p.newOpen += n
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
