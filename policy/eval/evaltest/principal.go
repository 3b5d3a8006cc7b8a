package evaltest

import (
	"strings"

	"iamctl/policy"
)

// principal draws who asks: one that the statement names, or of its account.
func (d *drawing) principal(s *policy.Statement) policy.Principal {
	list := append(append([]policy.Principal{}, s.Principal...), s.NotPrincipal...)
	if len(list) == 0 || d.once(10) {
		list = []policy.Principal{
			{Type: "AWS", Value: "arn:aws:iam::123456789012:role/other"},
			{Type: "Service", Value: "ssm.amazonaws.com"},
			{Type: "AWS", Value: "arn:aws:iam::999999999999:user/ann"},
		}
	}
	p := pick(d, list)
	arn, isARN := policy.ParseARN(p.Value)
	switch {
	case p.Type == "*" || p.Type == "AWS" && p.Value == "*":
		return policy.Principal{Type: "AWS", Value: "arn:aws:sts::123456789012:assumed-role/any/s"}
	case p.Type != "AWS" || d.once(4):
		return p
	case len(p.Value) == 12:
		return policy.Principal{Type: "AWS", Value: "arn:aws:iam::" + p.Value + ":role/x/y"}
	case isARN && arn.Resource == "root":
		return policy.Principal{Type: "AWS", Value: strings.TrimSuffix(p.Value, "root") + "role/x/y"}
	case isARN && strings.HasPrefix(arn.Resource, "role/"):
		name := arn.Resource[strings.LastIndexByte(arn.Resource, '/')+1:]
		arn.Service, arn.Resource = "sts", "assumed-role/"+name+"/session"
		return policy.Principal{Type: "AWS", Value: arn.String()}
	}
	return p
}
