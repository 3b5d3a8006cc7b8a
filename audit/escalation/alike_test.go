package escalation_test

import (
	"strconv"
	"testing"

	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/escalation"
)

// Roles with the same documents are each asked, whoever was asked before.
func TestAlike(t *testing.T) {
	pass := document(allow("iam:PassRole", "ec2:RunInstances"))
	b := audittest.New().Role("/", "a", trust(""), pass).Role("/", "b", trust(""), pass).Role("/", "c", trust(""), pass)
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) > 0 {
		t.Errorf("nobody is stronger: found %v", audittest.Messages(found))
	}
	b.Role("/", "reader", trust("ec2.amazonaws.com"), document(allow("s3:GetObject")))
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 3 {
		t.Errorf("a stronger role: found %v", audittest.Messages(found))
	}
	own := document(on(allow("iam:PutRolePolicy"), arn("role/b")))
	b = audittest.New().Role("/", "a", trust(""), own).Role("/", "b", trust(""), own)
	if found := b.Check(t, &escalation.Rules[0], config.Config{}); len(found) != 1 || found[0].Entity.Name != "b" {
		t.Errorf("one that may lift itself: found %v", audittest.Messages(found))
	}
}

// Of very many roles that are not alike some are compared, and each of the others is said
// once not to have been.
func TestMany(t *testing.T) {
	const many = 310
	b := audittest.New()
	for i := range many {
		n := strconv.Itoa(i)
		b.Role("/", "r"+n, trust("ec2.amazonaws.com"), document(
			under(allow("iam:PassRole", "ec2:RunInstances"), "StringEquals", "aws:ResourceTag/t", n), on(allow("dynamodb:*"), "arn:aws:dynamodb:eu-west-1:"+audittest.ID+":table/"+n)))
	}
	found := b.Check(t, &escalation.Rules[0], config.Config{})
	unknown := 0
	for _, f := range found {
		if f.Unknown != "" {
			unknown++
		}
	}
	if len(found) != many || unknown != many-300 {
		t.Errorf("found %d of %d, of which %d are undecided", len(found), many, unknown)
	}
}

// What searches that are at an end do not decide is said of whom it is about, and of
// nobody else.
func TestSpent(t *testing.T) {
	b := audittest.New().Role("/", "root", trust("lambda.amazonaws.com"), document(allow("*"))).User("bob", nil, document(allow("s3:*")))
	for i := range 20 {
		n := strconv.Itoa(i)
		b.User("ann"+n, nil, document(under(allow("iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"), "StringEquals", "aws:RequestTag/t", n)))
	}
	sure := func() (sure, unknown int) {
		for _, f := range b.Check(t, &escalation.Rules[0], config.Config{}) {
			switch {
			case f.Entity.Name == "bob":
				t.Errorf("found %q", f.Message)
			case f.Unknown == "":
				sure++
			default:
				unknown++
			}
		}
		return sure, unknown
	}
	if s, u := sure(); s != 20 || u != 0 {
		t.Errorf("with all steps %d are found and %d undecided", s, u)
	}
	defer escalation.Steps(3000)()
	if s, u := sure(); s+u != 20 || u == 0 {
		t.Errorf("with few steps %d are found and %d undecided", s, u)
	}
}
