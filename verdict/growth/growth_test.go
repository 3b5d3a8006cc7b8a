package growth_test

import (
	"strings"
	"testing"

	"iamctl/policy"
	"iamctl/verdict"
	"iamctl/verdict/growth"
)

var comparer = verdict.NewComparer(verdict.Options{})

// statements returns a document of statements in short: "Allow s3:Get*,s3:Put* on a,b",
// with " if CONDITION" at the end if there is one.
func document(t testing.TB, short ...string) *policy.Document {
	t.Helper()
	var b strings.Builder
	for i, s := range short {
		if i > 0 {
			b.WriteByte(',')
		}
		s, condition, _ := strings.Cut(s, " if ")
		effect, rest, _ := strings.Cut(s, " ")
		action, target, _ := strings.Cut(rest, " on ")
		b.WriteString(`{"Effect":"` + effect + `","Action":["` + strings.ReplaceAll(action, ",", `","`) + `"],`)
		if strings.HasPrefix(target, "{") {
			b.WriteString(`"Principal":` + target)
		} else {
			b.WriteString(`"Resource":["` + strings.ReplaceAll(target, ",", `","`) + `"]`)
		}
		if condition != "" {
			b.WriteString(`,"Condition":` + condition)
		}
		b.WriteByte('}')
	}
	d, _, err := policy.Parse(`{"Version":"2012-10-17","Statement":[` + b.String() + `]}`)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// bounded begins the statements of a boundary.
const bounded = "boundary"

func permissions(t testing.TB, short []string) *verdict.Permissions {
	t.Helper()
	p := &verdict.Permissions{}
	for i, s := range short {
		if s == bounded {
			p.Boundary = []*policy.Document{document(t, short[i+1:]...)}
			short = short[:i]
			break
		}
	}
	if len(short) > 0 {
		p.Identity = []*policy.Document{document(t, short...)}
	}
	return p
}

type sides [2][]string

// base is what both sides have in most rows.
const base = "Allow s3:GetObject on *"

var identityCases = []struct {
	name          string
	accepted, now sides
	// grown is the side that allows more than was accepted, -1 for none; of is the action
	// of the request that proves it, "" where nothing does.
	grown int
	of    string
	why   string
}{
	{"same", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject on *"}}, -1, "", "nothing changed"},
	{"merged", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {"Allow s3:PutObject,s3:GetObject on *"}}, -1, "", "the same in one statement"},
	{"one more action", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject,s3:DeleteObject on *"}}, 1, "s3:DeleteObject", "side 2 may more"},
	{"nothing accepted", sides{}, sides{{base}, {base, "Allow s3:PutObject on *"}}, 1, "s3:PutObject", "an accepted difference of nothing covers nothing"},
	{"nothing accepted, reworded", sides{}, sides{{base, "Allow s3:PutObject on *"}, {"Allow s3:PutObject,s3:GetObject on *"}}, -1, "", "and what is equal is no difference"},
	{"gone", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base}}, -1, "", "the difference went away"},
	{"smaller", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject on arn:aws:s3:::a/*"}}, -1, "", "narrower than accepted"},
	{"deny added", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject on *", "Deny s3:PutObject on arn:aws:s3:::a/*"}}, -1, "", "a Deny takes off the difference alone"},
	{"deny added that reaches further", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject on *", "Deny s3:* on arn:aws:s3:::a/*"}}, 0, "s3:GetObject", "side 1 now may what side 2 may not"},
	{"deny removed", sides{{base}, {"Allow s3:* on *", "Deny s3:Delete* on *"}}, sides{{base}, {"Allow s3:* on *"}}, 1, "s3:Delete", "what was denied is allowed"},
	{"deny removed on side 1", sides{{"Allow s3:* on *", "Deny s3:Put* on *"}, {"Allow s3:* on *"}}, sides{{"Allow s3:* on *"}, {"Allow s3:* on *"}}, -1, "", "side 1 caught up"},
	{"condition removed", sides{{base}, {base, `Allow s3:PutObject on * if {"Bool":{"aws:SecureTransport":"true"}}`}}, sides{{base}, {base, "Allow s3:PutObject on *"}}, 1, "s3:PutObject", "what guarded it is gone"},
	{"both grew", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base, "Allow sqs:* on *"}, {base, "Allow s3:PutObject on *", "Allow sqs:* on *"}}, -1, "", "both sides may sqs alike"},
	{"both grew, in one statement", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base, "Allow sqs:* on *"}, {base, "Allow s3:PutObject,sqs:* on *"}}, -1, "", "a statement is taken apart"},
	{"both grew, one denied", sides{{base, "Deny s3:Put* on *"}, {base, "Allow s3:PutObject on *"}}, sides{{base, "Deny s3:Put* on *", "Allow sqs:* on *"}, {base, "Allow s3:PutObject on *", "Allow sqs:* on *"}}, -1, "", "the Deny of one side has no part in it"},
	{"both grew beside a Deny", sides{{base}, {base, "Allow s3:PutObject on *", "Deny s3:PutObject on arn:aws:s3:::a/*"}}, sides{{base, "Allow sqs:* on *"}, {base, "Allow sqs:* on *", "Allow s3:PutObject on *", "Deny s3:PutObject on arn:aws:s3:::a/*"}}, -1, "", "what is denied is no part of it"},
	{"both shrank", sides{{base, "Allow sqs:* on *"}, {base, "Allow s3:PutObject on *", "Allow sqs:* on *"}}, sides{{base}, {base, "Allow s3:PutObject on *"}}, -1, "", "both sides lost sqs"},
	{"side 1 shrank", sides{{base, "Allow sqs:* on *"}, {base, "Allow s3:PutObject,sqs:* on *"}}, sides{{base}, {base, "Allow s3:PutObject,sqs:* on *"}}, 1, "sqs:", "side 2 alone still may"},
	{"lost more", sides{{base, "Allow s3:PutObject on *"}, {base}}, sides{{base, "Allow s3:PutObject on *"}, {}}, 0, "s3:GetObject", "side 2 lost more than was accepted"},
	{"other direction", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base, "Allow s3:PutObject on *"}, {base}}, 0, "s3:PutObject", "what side 2 may was accepted, not what side 1 may"},
	{"both widened", sides{{base}, {base, "Allow s3:PutObject on arn:aws:s3:::a/*"}}, sides{{base}, {base, "Allow s3:PutObject on arn:aws:s3:::*"}}, 1, "s3:PutObject", "the resource is wider"},
	{"boundary gone", sides{{base, bounded, base}, {"Allow s3:* on *", bounded, base}}, sides{{base, bounded, base}, {"Allow s3:* on *"}}, 1, "s3:", "the boundary limited it"},
	{"boundary kept", sides{{base, bounded, "Allow s3:* on *"}, {"Allow s3:* on *", bounded, "Allow s3:* on *"}}, sides{{"Allow sqs:* on *", base, bounded, "Allow s3:* on *"}, {"Allow sqs:*,s3:* on *", bounded, "Allow s3:* on *"}}, -1, "", "the boundaries keep both from sqs"},
	{"future", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, "Allow s3:PutObject,s3:PutObjec? on *"}}, 1, "", "AWS may add actions of that name"},
	{"undecided", sides{{base}, {base, "Allow s3:PutObject on *"}}, sides{{base}, {base, `Allow s3:PutObject on * if {"StringWrong":{"aws:x":"y"}}`}}, 0, "", "nobody knows the operator: side 2 may do less than was accepted, or not"},
}

func TestIdentity(t *testing.T) {
	for _, c := range identityCases {
		t.Run(c.name, func(t *testing.T) {
			accepted, now := roles(t, c.accepted), roles(t, c.now)
			check(t, growth.Identity(comparer, accepted, now), c.grown, c.of, c.why)
			swapped := c.grown
			if swapped >= 0 {
				swapped = 1 - swapped
			}
			check(t, growth.Identity(comparer, growth.Roles{accepted[1], accepted[0]}, growth.Roles{now[1], now[0]}), swapped, c.of, c.why+", the sides swapped")
		})
	}
}

func roles(t testing.TB, s sides) growth.Roles {
	return growth.Roles{permissions(t, s[0]), permissions(t, s[1])}
}

func check(t *testing.T, g *growth.Growth, side int, action, why string) {
	t.Helper()
	switch {
	case side < 0:
		if g != nil {
			t.Errorf("grown on side %d (%s, %+v): %s", g.Side, g.Reason, g.Request, why)
		}
	case g == nil:
		t.Errorf("not grown: %s", why)
	case g.Side != side, (g.Request == nil) != (action == ""), g.Request != nil && !strings.HasPrefix(g.Request.Action, action), (g.Request == nil) == (g.Reason == ""):
		t.Errorf("side %d, %+v, %q, want side %d, %s: %s", g.Side, g.Request, g.Reason, side, action, why)
	}
}

const (
	service  = `Allow sts:AssumeRole on {"Service":"ec2.amazonaws.com"}`
	account1 = `Allow sts:AssumeRole on {"AWS":"arn:aws:iam::111111111111:root"}`
	account2 = `Allow sts:AssumeRole on {"AWS":"arn:aws:iam::222222222222:root"}`
	external = ` if {"StringEquals":{"sts:ExternalId":"x"}}`
)

var trustCases = []struct {
	name          string
	accepted, now sides
	grown         int
	of            string
	why           string
}{
	{"reordered", sides{{service}, {service, account1}}, sides{{service}, {account1, service}}, -1, "", "the same in another order"},
	{"merged", sides{{service}, {service, account1}}, sides{{service}, {`Allow sts:AssumeRole on {"Service":"ec2.amazonaws.com","AWS":"111111111111"}`}}, -1, "", "the same in one statement"},
	{"another principal", sides{{service}, {service, account1}}, sides{{service}, {service, account1, account2}}, 1, "sts:AssumeRole", "a stranger gets in"},
	{"both trust another", sides{{service}, {service, account1}}, sides{{service, account2}, {service, account1, account2}}, -1, "", "on both sides alike"},
	{"external id lost", sides{{service}, {service, account1 + external}}, sides{{service}, {service, account1}}, 1, "sts:AssumeRole", "what guarded it is gone"},
	{"external id gained", sides{{service}, {service, account1}}, sides{{service}, {service, account1 + external}}, -1, "", "narrower than accepted"},
	{"nobody any more", sides{{service, account1}, {service}}, sides{{service, account1}, {}}, 0, "sts:AssumeRole", "the service lost it too"},
	{"deny removed", sides{{service}, {service, account1, `Deny sts:AssumeRole on {"AWS":"arn:aws:iam::111111111111:role/a"}`}}, sides{{service}, {service, account1}}, 1, "sts:AssumeRole", "the role gets in"},
}

func TestTrust(t *testing.T) {
	for _, c := range trustCases {
		t.Run(c.name, func(t *testing.T) {
			check(t, growth.Trust(comparer, roles(t, c.accepted), roles(t, c.now)), c.grown, c.of, c.why)
		})
	}
}
