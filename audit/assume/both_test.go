package assume_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"iamctl/audit/assume"
	"iamctl/audit/audittest"
	"iamctl/audit/config"
	"iamctl/audit/rule"
	"iamctl/inventory"
	"iamctl/policy"
	"iamctl/policy/eval"
	"iamctl/verdict"
)

// contexts are the requests that drawn conditions tell apart.
func contexts() []map[string][]string {
	var out []map[string][]string
	for _, id := range []string{"", "a", "b", "ab", "c", "cb", "ac"} {
		for _, mfa := range []string{"", "true", "false"} {
			c := map[string][]string{}
			if id != "" {
				c["sts:ExternalId"] = []string{id}
			}
			if mfa != "" {
				c["aws:MultiFactorAuthPresent"] = []string{mfa}
			}
			out = append(out, c)
		}
	}
	return out
}

var drawn = []map[string]any{
	nil,
	{"StringEquals": map[string]any{"sts:ExternalId": "a"}},
	{"StringEquals": map[string]any{"sts:ExternalId": []string{"a", "b"}}},
	{"StringLike": map[string]any{"sts:ExternalId": "a*"}},
	{"StringLike": map[string]any{"sts:ExternalId": "*b"}},
	{"StringNotEquals": map[string]any{"sts:ExternalId": "b"}},
	{"StringNotLike": map[string]any{"sts:ExternalId": "a*"}},
	{"StringEqualsIfExists": map[string]any{"sts:ExternalId": "b"}},
	{"Null": map[string]any{"sts:ExternalId": "true"}},
	{"Null": map[string]any{"sts:ExternalId": "false"}, "Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}},
	{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "false"}},
	{"BoolIfExists": map[string]any{"aws:MultiFactorAuthPresent": "false"}, "StringEquals": map[string]any{"sts:ExternalId": "b"}},
}

// A role may be assumed if one request passes both sides, and only then.
func TestOneRequest(t *testing.T) {
	const user, role = "arn:aws:iam::" + audittest.ID + ":user/ann", "arn:aws:iam::" + audittest.ID + ":role/r"
	open, shut := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		draw := func(what string, principals []string) string {
			var list []map[string]any
			for i := range rapid.IntRange(1, 3).Draw(rt, what) {
				s := map[string]any{"Effect": "Allow", "Action": "sts:AssumeRole"}
				if i > 0 && rapid.IntRange(0, 2).Draw(rt, "deny") == 0 {
					s["Effect"] = "Deny"
				}
				if c := rapid.SampledFrom(drawn).Draw(rt, "condition"); c != nil {
					s["Condition"] = c
				}
				if principals == nil {
					s["Resource"] = "*"
				} else {
					s["Principal"] = map[string]any{"AWS": rapid.SampledFrom(principals).Draw(rt, "principal")}
				}
				list = append(list, s)
			}
			text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": list})
			if err != nil {
				rt.Fatal(err)
			}
			return string(text)
		}
		hers := draw("hers", nil)
		trust := draw("trust", []string{"arn:aws:iam::" + audittest.ID + ":root", audittest.ID, user, "arn:aws:iam::" + audittest.ID + ":user/bob", "*"})
		a := audittest.New().User("ann", nil, hers).Role("/", "r", trust).Account()
		in := &rule.Input{Account: a, Config: &config.Config{}, Day: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Comparer: verdict.NewComparer(verdict.Options{})}
		ann, r := a.Of(inventory.EntityUser, "ann"), a.Of(inventory.EntityRole, "r")
		answer, door := assume.Of(in).Ask(ann, r)
		got := door.Open && answer.Open()

		whole := r.Trust.Document
		named := *whole
		named.Statements = nil
		for _, s := range r.Trust.Document.Statements {
			if v := s.Principal[0].Value; s.Effect == "Deny" || v == user || v == "*" {
				named.Statements = append(named.Statements, s)
			}
		}
		want := false
		for _, c := range contexts() {
			request := func() *eval.Request {
				context := map[string][]string{"aws:PrincipalArn": {user}, "aws:PrincipalAccount": {audittest.ID}}
				for k, v := range c {
					context[k] = v
				}
				return &eval.Request{Principal: policy.Principal{Type: "AWS", Value: user}, Action: "sts:AssumeRole", Resource: role, Context: context}
			}
			identity := ann.Permissions().Decide(request()).Outcome
			want = want || identity == eval.Allowed && eval.Trust(r.Trust.Document, request()).Outcome == eval.Allowed ||
				identity != eval.Denied && eval.Trust(&named, request()).Outcome == eval.Allowed
		}
		if got != want && answer.Unknown == "" && door.Unknown == "" {
			rt.Errorf("hers %s\ntrust %s\nit may: %v, want %v", hers, trust, got, want)
		}
		if both := strings.Contains(hers, "ExternalId") && strings.Contains(trust, "ExternalId"); both && got && answer.Policy != nil {
			r := *answer.Witness
			r.Context = maps.Clone(r.Context)
			if r.Context == nil {
				r.Context = map[string][]string{}
			}
			r.Context["aws:PrincipalArn"], r.Context["aws:PrincipalAccount"] = []string{user}, []string{audittest.ID}
			if d := eval.Trust(whole, &r).Outcome; d != eval.Allowed {
				rt.Errorf("hers %s\ntrust %s\nthe witness %+v is %s by the trust policy", hers, trust, r, d)
			}
		}
		if want {
			open++
		} else {
			shut++
		}
	})
	if open == 0 || shut == 0 {
		t.Errorf("%d open, %d shut", open, shut)
	}
}
