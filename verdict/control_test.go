package verdict_test

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"iamctl/internal/raced"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/policy/eval/evaltest"
	"iamctl/verdict"
)

const full = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`

// controlled returns permissions for everything within levels, each a document.
func controlled(levels ...string) *verdict.Permissions {
	p := permissions(document(full))
	p.Control = [][]*policy.Document{}
	for _, l := range levels {
		p.Control = append(p.Control, []*policy.Document{document(l)})
	}
	return p
}

func TestControlPolicies(t *testing.T) {
	statement := func(s string) string { return `{"Version": "2012-10-17", "Statement": [` + s + `]}` }
	allow := func(actions string) string {
		return statement(`{"Effect": "Allow", "Action": [` + actions + `], "Resource": "*"}`)
	}
	denying := statement(`{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}`)
	bounded := controlled(full, denying)
	bounded.Identity = []*policy.Document{document(allow(`"s3:GetObject", "s3:PutObject"`))}
	less := controlled(full, denying)
	less.Identity = []*policy.Document{document(allow(`"s3:GetObject"`))}
	limited := controlled(allow(`"s3:*"`))
	limited.Identity, limited.Boundary = []*policy.Document{document(allow(`"s3:*", "sqs:*"`))}, []*policy.Document{document(allow(`"s3:Get*", "sqs:*"`))}
	alike := controlled(full)
	alike.Identity = []*policy.Document{document(allow(`"s3:Get*"`))}
	for _, tt := range []struct {
		old, new *verdict.Permissions
		want     verdict.Verdict
		reason   string
	}{
		{permissions(document(full)), controlled(full, full, full), verdict.Equal, "FullAWSAccess bounds nothing"},
		{permissions(document(full)), controlled(), verdict.Equal, "an organisation without levels bounds nothing"},
		{permissions(document(full)), controlled(denying), verdict.Less, "what a level denies"},
		{controlled(full, denying, full), controlled(denying, full), verdict.Equal, "at which level does not matter"},
		{controlled(full), controlled(full, allow(`"s3:*"`)), verdict.Less, "what a level does not allow"},
		{controlled(allow(`"s3:*"`), allow(`"s3:Get*"`)), controlled(allow(`"s3:Get*"`)), verdict.Equal, "the narrower level decides"},
		{controlled(allow(`"s3:*"`), allow(`"sqs:*"`)), controlled(statement("")), verdict.Equal, "levels with nothing in common allow nothing"},
		{controlled(allow(`"s3:*"`)), controlled(allow(`"s3:*", "sqs:*"`)), verdict.More, "an allow list that grows"},
		{controlled(allow(`"s3:*"`), allow(`"s3:*", "sqs:SendMessage"`)), controlled(allow(`"s3:*"`), allow(`"s3:*"`)), verdict.Equal, "what another level does not allow anyway"},
		{controlled(allow(`"s3:*"`)), controlled(allow(`"sqs:*"`)), verdict.Different, "allow lists of others"},
		{bounded, less, verdict.Equal, "the role allows more, and a policy of both denies it"},
		{limited, alike, verdict.Equal, "identity, boundary and level together"},
		{controlled(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}}]}`), controlled(full, statement(`{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}`)), verdict.Equal, "an allow list and a deny list of one region"},
		{controlled(statement(`{"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret"}`)), controlled(allow(`"*"`), statement(`{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "iam:*", "Resource": "*"}`)), verdict.More, "the elements that these policies have had since 2025"},
		{controlled(statement(`{"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*"}`)), controlled(full), verdict.Unknown, "no such policy has a Principal"},
	} {
		r := verdict.Identity(tt.old, tt.new, verdict.Options{})
		checkResult(t, r)
		if r.Verdict != tt.want {
			t.Errorf("%s (%s), want %s: %s", r.Verdict, r.Reason, tt.want, tt.reason)
		}
	}
}

func TestControlPolicyDecides(t *testing.T) {
	deny := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}]}`
	r := verdict.Identity(controlled(full, full), controlled(full, deny), verdict.Options{})
	if by := r.Witnesses[0].Refused.By; len(by) != 1 || by[0] != (eval.Statement{Level: 2, Index: 1}) {
		t.Errorf("%v decides, want the second statement of the second level", by)
	}
	allow := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}`
	r = verdict.Identity(controlled(full, full), controlled(full, allow), verdict.Options{})
	if by := r.Witnesses[0].Refused.By; len(by) != 1 || by[0] != (eval.Statement{Level: 2, Document: -1, Index: -1}) {
		t.Errorf("%v decides, want the second level as a whole", by)
	}
}

func TestResourceControlPolicies(t *testing.T) {
	trust := document(`{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ["arn:aws:iam::222222222222:root", "arn:aws:iam::333333333333:root"]}}]}`)
	rcp := func(statement string) [][]*policy.Document {
		everything := `{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}`
		return [][]*policy.Document{{document(`{"Version": "2012-10-17", "Statement": [` + everything + `]}`)}, {document(`{"Version": "2012-10-17", "Statement": [` + everything + statement + `]}`)}}
	}
	of := func(control [][]*policy.Document) *eval.Admission {
		return &eval.Admission{Trust: trust, Control: control, Role: "arn:aws:iam::111111111111:role/app"}
	}
	deny := func(rest string) [][]*policy.Document {
		return rcp(`, {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"` + rest + `}`)
	}
	for _, tt := range []struct {
		control [][]*policy.Document
		want    verdict.Verdict
		reason  string
	}{
		{rcp(""), verdict.Equal, "RCPFullAWSAccess bounds nothing"},
		{deny(`, "Resource": "*"`), verdict.Less, "nobody may assume it"},
		{deny(`, "Resource": "arn:aws:iam::*:role/app"`), verdict.Less, "the role is meant"},
		{deny(`, "Resource": "arn:aws:iam::*:role/other"`), verdict.Equal, "another role is meant"},
		{deny(`, "NotResource": "arn:aws:iam::*:role/app"`), verdict.Equal, "the role is left out"},
		{deny(`, "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ["222222222222", "333333333333"]}}`), verdict.Equal, "who is trusted is let in"},
		{deny(`, "Resource": "*", "Condition": {"StringNotEquals": {"aws:PrincipalAccount": "222222222222"}}`), verdict.Less, "one of the trusted is not"},
		{rcp(`, {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}`), verdict.Equal, "other services"},
		{[][]*policy.Document{{}}, verdict.Less, "a level without a policy allows nothing"},
	} {
		for _, swapped := range []bool{false, true} {
			old, new, want := of(nil), of(tt.control), tt.want
			if swapped {
				old, new, want = new, old, flipped(want)
			}
			r := lawComparer.Admission(old, new)
			checkResult(t, r)
			if r.Verdict != want {
				t.Errorf("%s (%s), want %s: %s", r.Verdict, r.Reason, want, tt.reason)
			}
		}
	}
}

// bruteLevels draws levels of documents; AWS's own is at some.
func bruteLevels(t *rapid.T) [][]*policy.Document {
	var levels [][]*policy.Document
	for range rapid.IntRange(0, 3).Draw(t, "levels") {
		var level []*policy.Document
		for range rapid.IntRange(0, 2).Draw(t, "attached") {
			level = append(level, bruteDocument(t))
		}
		if rapid.Bool().Draw(t, "full") || len(level) == 0 {
			level = append(level, document(full))
		}
		levels = append(levels, level)
	}
	return levels
}

// TestLawsOfLevels: a policy that denies never allows more, AWS's own changes nothing, and
// neither does the order of levels, a level twice, or an organisation that bounds nothing.
func TestLawsOfLevels(t *testing.T) {
	n := tally{}
	law(t, func(t *rapid.T) {
		p, q := lawPermissions(t), lawPermissions(t)
		if rapid.Bool().Draw(t, "in an organisation") {
			holdLevels(t, n, p, q)
			return
		}
		bare := lawComparer.Identity(p, q)
		for _, side := range []*verdict.Permissions{p, q} {
			for range rapid.IntRange(0, 3).Draw(t, "levels") {
				side.Control = append(side.Control, []*policy.Document{document(full)})
			}
		}
		if r := lawComparer.Identity(p, q); r.Verdict != bare.Verdict || r.Future != bare.Future {
			t.Fatalf("%s without an organisation, and %s in one that bounds nothing:\n%s", bare.Verdict, r.Verdict, shown(p, q, r))
		}
	})
	n.log(t, false)
}

func holdLevels(t *rapid.T, n tally, p, q *verdict.Permissions) {
	p.Control = [][]*policy.Document{{lawDocument(t)}, {lawDocument(t), document(full)}, {document(full)}}
	moved := *p
	moved.Control = rapid.Permutation(append(slices.Clone(p.Control), p.Control[0])).Draw(t, "moved")
	if r := compare(t, n, p, &moved); r.Verdict != verdict.Equal && r.Verdict != verdict.Unknown {
		t.Fatalf("%s after moving to levels of equal policies:\n%s", r.Verdict, shown(p, &moved, r))
	}
	denied := *p
	deny := lawStatement(t)
	deny.Effect = "Deny"
	at := rapid.IntRange(0, 2).Draw(t, "level")
	denied.Control = slices.Clone(p.Control)
	denied.Control[at] = append(slices.Clone(p.Control[at]), &policy.Document{Version: "2012-10-17", Statements: []policy.Statement{deny}})
	r := compare(t, n, p, &denied)
	if r.Verdict == verdict.More || r.Verdict == verdict.Different || r.Future == verdict.More || r.Future == verdict.Different {
		t.Fatalf("%s with a policy more that denies:\n%s", r.Verdict, shown(p, &denied, r))
	}
	q.Control = [][]*policy.Document{{lawDocument(t)}}
	r = compare(t, n, p, q)
	if back := lawComparer.Identity(q, p); back.Verdict != flipped(r.Verdict) {
		t.Fatalf("%s, and swapped %s:\n%s", r.Verdict, back.Verdict, shown(p, q, r))
	}
	holdLevelsAgainstRequests(t, p, q, r)
}

func holdLevelsAgainstRequests(t *rapid.T, p, q *verdict.Permissions, r *verdict.Result) {
	random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
	all := slices.Concat(p.Identity, q.Identity, p.Boundary, q.Boundary, slices.Concat(p.Control...), slices.Concat(q.Control...))
	for range 60 {
		request := evaltest.Request(random, all...)
		old, new := p.Decide(request).Outcome, q.Decide(request).Outcome
		gained := new == eval.Allowed && (old == eval.NotAllowed || old == eval.Denied)
		lost := old == eval.Allowed && (new == eval.NotAllowed || new == eval.Denied)
		if gained && (r.Future == verdict.Equal || r.Future == verdict.Less) || lost && (r.Future == verdict.Equal || r.Future == verdict.More) {
			t.Fatalf("%s, but %+v is %s by old, %s by new:\n%s", r.Verdict, *request, old, new, shown(p, q, r))
		}
	}
}

// TestExplosiveLevels ends within a number of steps, as TestExplosivePolicies does.
func TestExplosiveLevels(t *testing.T) {
	raced.Skip(t, "searches that end at their limit")
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	c := verdict.NewComparer(verdict.Options{})
	unpack(t, c)
	for i := range 20 {
		r := rand.New(rand.NewPCG(uint64(i), 8))
		var sides [2]*verdict.Permissions
		for side := range sides {
			pool := []*policy.Document{explosive(r, i), explosive(r, i), explosive(r, i+1), explosive(r, i+1)}
			sides[side] = permissions(pool[0])
			for k := range 6 { // pairs of them, all different
				sides[side].Control = append(sides[side].Control, []*policy.Document{pool[k%4], pool[(k+1+k/4)%4]})
			}
		}
		begun := processorTime()
		result := c.Identity(sides[0], sides[1])
		t.Logf("%d: %s (%s) in %v", i, result.Verdict, result.Reason, processorTime()-begun)
		checkResult(t, result)
	}
}
