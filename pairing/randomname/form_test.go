package randomname_test

import (
	"strings"
	"testing"

	"iamctl/equivalency"
	"iamctl/pairing/randomname"
)

// FuzzOf: the made-up parts of a name lie in it, one after the other, and leave some of
// it; those of one name are the same each time.
func FuzzOf(f *testing.F) {
	for _, name := range []string{
		"web-AppRole-Nx6jvr7SIftR", "Stack-FuncRole675BB04A-8fXpQ9zr1GYd", "app-20230908101112131400000001",
		"StackSet-guard-8a1f3c5e-7b2d-4f60-9c1e-0a2b4c6d8e0f-Role-8fXpQ9zr1GYd", "amplify-app-prod-114411-authRole",
		"cdk-hnb659fds-deploy-role-111111111111-eu-west-1", "AWSSSO_0123456789abcdef_DO_NOT_DELETE", "fn-role-abc123de", "a--", "-3fa9c1e",
	} {
		f.Add(name, "/")
	}
	f.Add("AWSReservedSSO_Admin_0123456789abcdef", "/aws-reserved/sso.amazonaws.com/")
	kinds := []randomname.Kind{equivalency.Role, equivalency.ManagedPolicy, equivalency.InstanceProfile, equivalency.SAMLProvider}
	f.Fuzz(func(t *testing.T, name, path string) {
		for _, kind := range kinds {
			form, ok := randomname.Of(kind, name, path)
			if !ok {
				continue
			}
			if len(form.Parts) == 0 || form.Tool == "" {
				t.Fatalf("%q: %+v", name, form)
			}
			for _, parts := range [][]equivalency.Span{form.Parts, form.Wider} {
				at, left := 0, len(name)
				for _, p := range parts {
					if p.From < at || p.To <= p.From || p.To > len(name) {
						t.Fatalf("%q: parts %v", name, parts)
					}
					at, left = p.To, left-(p.To-p.From)
				}
				if left == 0 {
					t.Fatalf("%q: nothing is left without %v", name, parts)
				}
			}
		}
	})
}

// TestWordsAndLetters: what reads like words is none that a tool drew, the more the
// longer it is.
func TestWordsAndLetters(t *testing.T) {
	for _, word := range strings.Fields("PRODUCTION01 Development1 INTEGRATIONS SUBSCRIPTION CUSTOMER0001 CustomerData BackupRole12 DEPLOYROLE24 September23") {
		if f, ok := randomname.Of(equivalency.Role, "app-team-"+word, "/"); ok {
			t.Errorf("%s is taken for %s: %.1f bits", word, f.Tool, f.Evidence)
		}
	}
	for _, drawn := range strings.Fields("Nx6jvr7SIftR utlZfOjUStEk 8fXpQ9zr1GYd 17JA3GHYD8TO 1TCLUMCY77KXG") {
		if f, ok := randomname.Of(equivalency.Role, "app-team-"+drawn, "/"); !ok || f.Evidence < 0 {
			t.Errorf("%s is taken for a word: %.1f bits", drawn, f.Evidence)
		}
	}
}
