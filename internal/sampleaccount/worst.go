package sampleaccount

import (
	"fmt"
	"slices"
	"strings"

	"iamctl/inventory"
)

// The sizes that IAM allows, in characters that are not white space, and the
// managed policies that a role may have once its quota is raised (IAM User Guide,
// "IAM and AWS STS quotas").
const (
	managedSize  = 6144
	inlineSize   = 10_240
	trustSize    = 4096
	worstManaged = 20
)

// WorstShapes are the ways in which a legal role makes as many or as long items as
// it can; within is one that stays below what iamctl compares in one role.
func WorstShapes() []string {
	return []string{"pairs", "services", "negated", "conditions", "split", "mixed", "within"}
}

// Worst makes an account with one role of the shape, whose policies are as large as
// IAM allows, and a small role beside it that differs in one action. Accounts of
// two environments have nothing in common in the large role, unless same.
func Worst(o Options, shape string, same bool) *inventory.Account {
	w := worst{mark: o.Environment[:1], shape: shape}
	if same {
		w.mark = "x"
	}
	a := &inventory.Account{ID: o.ID, Partition: "aws"}
	// Names and paths as long as IAM allows: every row has them.
	name, path, policy := "worst-"+strings.Repeat("r", 58), "/"+strings.Repeat("p", 510)+"/", "%0128d"
	if shape == "within" {
		name, path, policy = "worst", "/", "p%d"
	}
	role := inventory.Role{
		Name: name, Path: path, ARN: "arn:aws:iam::" + o.ID + ":role" + path + name,
		Trust:  w.trust(),
		Inline: []inventory.InlinePolicy{{Name: strings.Repeat("i", 128), Document: w.policy(inlineSize, worstManaged)}},
	}
	for i := range worstManaged + 1 {
		p := inventory.Policy{Name: fmt.Sprintf(policy, i), Path: "/", DefaultVersion: "v1", Document: w.policy(managedSize, i)}
		p.ARN = o.policy(p.Name)
		a.Policies = append(a.Policies, p)
		if ref := (inventory.PolicyRef{Name: p.Name, ARN: p.ARN}); i < worstManaged {
			role.Attached = append(role.Attached, ref)
		} else {
			role.Boundary = &ref
		}
	}
	action := "sqs:SendMessage"
	if o.Drift > 0 {
		action = "sqs:DeleteMessage"
	}
	a.Roles = []inventory.Role{role, {
		Name: "small", Path: "/", ARN: "arn:aws:iam::" + o.ID + ":role/small",
		Trust:  document(`{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`),
		Inline: []inventory.InlinePolicy{{Name: "p", Document: document(statement("Allow", list(action), list("*")))}},
	}}
	a.Sort()
	return a
}

// withinPart is the part of a document's size by which 22 of them come to somewhat
// less than 500,000 items.
const withinPart = 9

type worst struct{ mark, shape string }

// wide are patterns of many actions each, of services with many actions.
var wide = []string{"ec2:*e*", "iam:*e*", "sagemaker:*e*", "glue:*e*", "connect:*e*", "rds:*e*", "ssm:*e*", "iot:*e*", "quicksight:*e*", "chime:*e*"}

// policy returns a document of about size characters; n tells it apart.
func (w *worst) policy(size, n int) inventory.Document {
	shape := w.shape
	if shape == "mixed" {
		all := WorstShapes()
		shape = all[n%(len(all)-2)]
	}
	switch shape {
	case "within":
		return document(statement("Allow", list("ec2:*e*"), w.fill(size/withinPart, n, `arn:aws:ec2:*:*:*/%s`)))
	case "pairs":
		return document(statement("Allow", list("ec2:*e*"), w.fill(size-90, n, `arn:aws:ec2:*:*:*/%s`)))
	case "services":
		return document(statement("Allow", list(wide...), w.fill(size-250, n, `arn:*:*:*:*:%s*`)))
	case "negated":
		half := (size - 90) / 2
		return document(`{"Effect":"Allow","NotAction":` + w.fill(half, n, "s3:%s") + `,"NotResource":` + w.fill(half, n, "arn:aws:s3:::%s") + `}`)
	case "conditions":
		half := (size - 150) / 2
		return document(`{"Effect":"Allow","Action":"ec2:*e*","Resource":` + w.fill(half, n, `arn:aws:ec2:*:*:*/%s`) +
			`,"Condition":{"StringLike":{"aws:PrincipalTag/x":` + w.fill(half, n, "%s") + `}}}`)
	}
	// Many statements of one group.
	var all []string
	for i := 0; ; i++ {
		s := statement("Allow", list("ec2:*e*", "s3:*e*"), list(fmt.Sprintf("arn:aws:lambda:*:*:%s", w.name(n, 2*i)), fmt.Sprintf("arn:aws:ec2:*:*:*/%s", w.name(n, 2*i+1))))
		if size -= len(s) + 1; size < 45 {
			return document(strings.Join(all, ","))
		}
		all = append(all, s)
	}
}

// trust returns a trust policy of as many principals as fit, by a condition.
func (w *worst) trust() inventory.Document {
	half := (trustSize - 200) / 2
	return document(`{"Effect":"Allow","Principal":{"AWS":` + w.fill(half, 0, "arn:aws:iam::123456789012:role/%s") +
		`},"Action":["sts:*e*","sts:*a*"],"Condition":{"StringLike":{"aws:PrincipalTag/x":` + w.fill(half, 0, "%s") + `}}}`)
}

// fill returns a list of as many names in the format as fit into size characters.
func (w *worst) fill(size, n int, format string) string {
	var values []string
	for i := 0; ; i++ {
		v := fmt.Sprintf(format, w.name(n, i))
		if size -= len(v) + 3; size < 2 {
			return list(values...)
		}
		values = append(values, v)
	}
}

// name returns a short name, other ones for other numbers and marks.
func (w *worst) name(n, i int) string {
	const digits = "abcdefghijklmnopqrstuvwxyz"
	i = i*(worstManaged+1) + n
	b := []byte(w.mark)
	for ; i > 0; i /= len(digits) {
		b = append(b, digits[i%len(digits)])
	}
	slices.Reverse(b[1:])
	return string(b)
}
